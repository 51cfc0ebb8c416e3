//! What every candidate is told by the rest of the base: when it runs, what the
//! law asks of it, whether it is too slow for the deadline.

use super::look_up;
use super::manifest::section_ref;
use crate::condition::Condition;
use crate::diagnostic::{At, Diagnostic};
use crate::fact::{Fact, Kind};
use crate::ids::{CandidateId, DecisionId, FactId, OptionId, OptionSet};
use crate::kb::effort::{Deadline, PlanSections, PlanSettings};
use crate::kb::{Candidate, Keep, KnowledgeBase, Need, Origin, SectionRef, raw};
use crate::text::{Lang, Text};
use crate::words;

/// The most weeks of a deadline.
const MOST_WEEKS: i64 = 520;
/// The most hours a week that may be assumed.
const MOST_HOURS: i64 = 168;

/// By when money is needed.
pub fn deadline(kb: &KnowledgeBase, written: &raw::Deadline, faults: &mut Vec<Diagnostic>) -> Option<Deadline> {
    let is_choice = |fact: &Fact| matches!(fact.kind, Kind::Choice(_)) && fact.options_of.is_none();
    let fact = the_fact(kb, "deadline", written.fact.as_ref()?, ("choice", is_choice), faults)?;
    let mut weeks = Vec::new();
    for (option, at) in &written.weeks.0 {
        let options = kb.facts[fact].options().iter().map(|option| option.id.as_str());
        let option = look_up("unknown-option", option, options, faults);
        weeks.extend(option.zip(within(at, MOST_WEEKS, faults)));
    }
    Some(Deadline { fact, weeks })
}

/// What plans lean on.
pub fn plan(kb: &KnowledgeBase, written: Option<&raw::Plan>, faults: &mut Vec<Diagnostic>) -> PlanSettings {
    let Some(written) = written else {
        return PlanSettings { fact: None, people: None, hours: PlanSettings::HOURS, sections: None };
    };
    let is_number = |fact: &Fact| matches!(fact.kind, Kind::Number(_));
    let mut number = |at: &Option<At<String>>| at.as_ref().and_then(|at| the_fact(kb, "plan", at, ("number", is_number), faults));
    let (fact, people) = (number(&written.fact), number(&written.people));
    let hours = written.hours.as_ref().and_then(|at| within(at, MOST_HOURS, faults));
    PlanSettings { fact, people, hours: hours.unwrap_or(PlanSettings::HOURS), sections: sections(kb, written, faults) }
}

/// What plans say: all of the sections or none, those of streams of one decision and
/// those of measures of one.
fn sections(kb: &KnowledgeBase, written: &raw::Plan, faults: &mut Vec<Diagnostic>) -> Option<PlanSections> {
    let all = [&written.begin, &written.grow, &written.leave, &written.who, &written.step, &written.sign, &written.give_up];
    let given: Vec<&At<String>> = all.into_iter().flatten().collect();
    let first = given.first()?;
    let found: Vec<_> = given.iter().filter_map(|at| section_ref(at, &kb.decisions, faults)).collect();
    let is_one = |refs: &[SectionRef]| refs.windows(2).all(|pair| pair[0].decision == pair[1].decision);
    let keeps_all = |at: &SectionRef| kb.decisions[at.decision].keep == Keep::All;
    match found[..] {
        [begin, grow, leave, who, step, sign, give_up]
            if is_one(&found[..3]) && is_one(&found[3..]) && keeps_all(&begin) && keeps_all(&who) =>
        {
            Some(PlanSections { begin, grow, leave, who, step, sign, give_up })
        }
        _ if found.len() == given.len() => {
            let expected = "three sections of streams and four of measures";
            faults.push(Diagnostic::error("wrong-shape", first.place.clone()).with("expected", expected));
            None
        }
        _ => None,
    }
}

fn within(at: &At<i64>, most: i64, faults: &mut Vec<Diagnostic>) -> Option<u32> {
    let found = u32::try_from(at.value).ok().filter(|_| (1..=most).contains(&at.value));
    if found.is_none() {
        let fault = Diagnostic::error("setting-out-of-range", at.place.clone());
        faults.push(fault.with("min", "1").with("max", most.to_string()));
    }
    found
}

/// A fact of some kind that a table of the manifest names.
pub fn the_fact(
    kb: &KnowledgeBase,
    table: &'static str,
    at: &At<String>,
    (expected, fits): (&'static str, impl Fn(&Fact) -> bool),
    faults: &mut Vec<Diagnostic>,
) -> Option<FactId> {
    let fact = look_up("unknown-fact", at, kb.facts.iter().map(|fact| fact.id.as_str()), faults)?;
    if !fits(&kb.facts[fact]) {
        let fault = Diagnostic::error("condition-kind", at.place.clone()).related(kb.facts[fact].place.clone());
        faults.push(fault.with("condition", table).with("fact", &at.value).with("expected", expected));
        return None;
    }
    Some(fact)
}

/// Tells every candidate of a decision that keeps all what the rest of the base makes of it.
pub fn complete(kb: &mut KnowledgeBase) {
    for decision in kb.decisions.ids() {
        if kb.decisions[decision].keep == Keep::Leaders {
            continue;
        }
        for candidate in kb.decisions[decision].candidates.ids() {
            let one = kb.candidate(decision, candidate);
            let by_law = kb.needs_by_law((decision, candidate));
            let in_time = time_need(kb, one);
            let (runs, earns_most) = running(kb, decision, candidate);
            let one = &mut kb.decisions[decision].candidates[candidate];
            one.needs.extend(by_law.into_iter().chain(in_time));
            (one.runs, one.earns_most) = (runs, earns_most);
        }
    }
    kb.note_stops();
    kb.invariants.extend(kb.invariants_by_law());
}

/// That the first money comes before the deadline; nothing where it always does.
/// While no deadline is given, nothing is asked.
fn time_need(kb: &KnowledgeBase, one: &Candidate) -> Option<Need> {
    let deadline = kb.deadline.as_ref()?;
    let effort = one.effort.as_ref()?;
    let weeks = effort.first_cash_weeks?.low;
    let options = deadline.too_short(weeks);
    if options.is_empty() {
        return None;
    }
    let late = Condition::Known(Box::new(Condition::Is { fact: deadline.fact, options }));
    let number = weeks.to_string();
    let says = |lang| words::fill("need.too-slow", lang, &[("weeks", number.as_str())]);
    Some(Need {
        id: "deadline/weeks".to_owned(),
        lacks: Text { zh: says(Lang::Zh), en: says(Lang::En) },
        when: Condition::Not(Box::new(late)),
        sources: effort.sources.clone(),
        fixed: false,
        law: false,
        proven_by_running: true,
        obtainable: false,
        origin: Origin::Time(weeks),
        place: one.place.clone(),
    })
}

/// When a candidate runs, and when it is what most is earned with, as the facts
/// say whose options are the candidates.
fn running(kb: &KnowledgeBase, decision: DecisionId, candidate: CandidateId) -> (Option<Condition>, Option<Condition>) {
    let Some(options) = OptionId::checked(candidate.index()).map(OptionSet::of) else { return (None, None) };
    let (mut runs, mut most) = (Vec::new(), Vec::new());
    for (fact, one) in kb.facts.pairs().filter(|(_, one)| one.options_of == Some(decision)) {
        match one.kind {
            Kind::Choices { .. } => runs.push(Condition::Has { fact, options }),
            Kind::Choice(_) => most.push(Condition::Is { fact, options }),
            Kind::Number(_) | Kind::YesNo => {}
        }
    }
    runs.extend(most.iter().cloned());
    let known = |parts: Vec<Condition>| (!parts.is_empty()).then(|| Condition::Known(Box::new(Condition::Any(parts))));
    (known(runs), known(most))
}
