//! The plan as a calendar (RFC 5545): an entry over whole days for everything that
//! is to be done, from the week in which it begins to the one in which it is set up.
//!
//! Days are counted from the one that is given, never from a clock, and the marks of
//! entries follow from what they say, so the same plan gives the same bytes.

use super::phrases::Subject;
use super::plan;
use crate::advice::Advice;
use crate::advice::plan::{Action, Step};
use crate::answer::Answers;
use crate::kb::KnowledgeBase;
use crate::text::{Lang, harmless_line};
use icalendar::{Calendar, Component, Event, Property};
use jiff::ToSpan;
use jiff::civil::Date;

/// Days in a week.
const DAYS: i64 = 7;

/// The twelve weeks as a calendar whose first week begins on `start`; `None` if the
/// dates would leave the calendar that can be written.
#[must_use]
pub fn ics(
    kb: &KnowledgeBase,
    answers: &Answers,
    advice: &Advice,
    name: Option<&str>,
    lang: Lang,
    start: Date,
) -> Option<String> {
    let name = name.map(harmless_line);
    let open = kb.facts.ids().filter(|fact| answers.is_open(*fact)).count();
    let subject = Subject { kb, answers, advice, lang, open, name: name.as_deref() };
    let title = subject.say("heading.plan");
    let mut calendar = Calendar::new();
    calendar.name(&name.as_ref().map_or_else(|| title.clone(), |name| format!("{name} {title}")));
    for action in &advice.plan.actions {
        calendar.push(event(&subject, action, start)?);
    }
    Some(calendar.done().to_string())
}

fn event(subject: &Subject<'_>, action: &Action, start: Date) -> Option<Event> {
    let day = |weeks: u32| start.checked_add((i64::from(weeks) * DAYS).days()).ok().map(|day| day.strftime("%Y%m%d").to_string());
    let (first, behind) = (day(action.first - 1)?, day(action.last)?);
    let given_up = plan::give_up(subject, action).map(|text| subject.fill("plan.give-up", &[("text", &text)]));
    let sign = plan::sign(subject, action).map(|text| subject.fill("advice.week-sign", &[("sign", &text)]));
    let told = [Some(plan::item(subject, action, false).concat()), sign, given_up, Some(plan::hours(subject, action))];
    let told: Vec<String> = told.into_iter().flatten().map(|text| harmless_line(&text)).collect();
    let rule = match action.step {
        Step::Stop(rule) | Step::Check(rule) => format!("-{}", subject.kb.rules[rule].id),
        _ => String::new(),
    };
    let (decision, one) = action.at;
    let (decision, one) = (&subject.kb.decisions[decision].id, &subject.kb.candidate(decision, one).id);
    let date = |name: &str, day: &str| {
        let mut property = Property::new(name, day);
        property.add_parameter("VALUE", "DATE");
        property.done()
    };
    let mut event = Event::new();
    event
        .uid(&format!("{first}-{}-{decision}-{one}{rule}@qun", action.step.id()))
        .summary(&harmless_line(&plan::title(subject, action.step, action.at)))
        .description(&told.join("\n"))
        .append_property(date("DTSTART", &first))
        .append_property(date("DTEND", &behind))
        .add_property("DTSTAMP", format!("{first}T000000Z"))
        .add_property("TRANSP", "TRANSPARENT");
    Some(event.done())
}
