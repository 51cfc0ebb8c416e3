//! Answers changed: the page before and after, what differs first.

use super::Teller;
use crate::engine::kernel::Readiness;
use crate::ids::{CandidateId, DecisionId};
use crate::kb::KnowledgeBase;
use crate::money::together::leaps;
use crate::report::page::{Block, Page, Section};
use crate::report::phrases::{Subject, standing};
use crate::report::screen;
use crate::text::Lang;
use crate::whatif::change::{Difference, Leaders, Move, PlanChange, Side};

/// How many streams are named in the first sentence.
const NAMED: usize = 3;

/// Before and after.
#[must_use]
pub fn page(kb: &KnowledgeBase, before: Side<'_>, after: Side<'_>, lang: Lang) -> Page {
    let open = |side: Side<'_>| kb.facts.ids().filter(|fact| side.0.is_open(*fact)).count();
    let old = Subject { kb, answers: before.0, advice: before.1, lang, open: open(before), name: None };
    let new = Subject { kb, answers: after.0, advice: after.1, lang, open: open(after), name: None };
    let effect = Effect { old, new, difference: Difference::between(kb, before, after) };
    effect.page()
}

struct Effect<'a> {
    old: Subject<'a>,
    new: Subject<'a>,
    difference: Difference,
}

impl Effect<'_> {
    fn page(&self) -> Page {
        let mut page = Page { screen: vec![Block::Lead(self.lead())], sections: Vec::new() };
        let teller = Teller { kb: self.old.kb, answers: self.old.answers, lang: self.old.lang };
        let changed: Vec<String> =
            self.difference.answers.iter().map(|fact| teller.change(*fact, self.new.answers.get(*fact))).collect();
        let changed =
            if changed.is_empty() { self.old.say("whatif.none") } else { changed.join(&self.old.say("line.reason-joint")) };
        page.screen.push(Block::Entry(self.old.say("whatif.changed"), changed));
        page.screen.extend(self.difference.leaders.iter().map(|one| self.leaders(one)));
        let law =
            |subject: &Subject<'_>| screen::alarm(subject).map_or_else(|| subject.say("whatif.nothing-stops"), |(_, text)| text);
        page.screen.push(self.both("advice.stop", &law(&self.old), &law(&self.new)));
        page.screen.push(self.both("advice.next-money", &screen::money(&self.old), &screen::money(&self.new)));
        if let (Some(was), Some(is)) = (screen::earning(&self.old), screen::earning(&self.new)) {
            let year = |subject: &Subject<'_>| subject.forecast().map_or(0, |forecast| forecast.year()[1]);
            let is = if leaps(year(&self.old), year(&self.new)) {
                format!("{is}{}{}", self.old.space(), self.old.say("whatif.leap"))
            } else {
                is
            };
            page.screen.push(self.both("money.screen", &was, &is));
        }
        let heads = ["whatif.was", "whatif.is"].map(|key| self.old.say(key));
        page.sections.extend(readiness(&self.old, &self.difference, &heads));
        page.sections.extend(plan(&self.old, &self.difference, &["whatif.gone", "whatif.new"].map(|key| self.old.say(key))));
        page
    }

    /// What changes, in a sentence.
    fn lead(&self) -> String {
        let subject = &self.old;
        if self.difference.is_none() {
            let sums = screen::earning(&self.old).zip(screen::earning(&self.new));
            return subject.say(if sums.is_some_and(|(was, is)| was != is) { "whatif.only-money" } else { "whatif.no-effect" });
        }
        let mut parts = Vec::new();
        if let Some(first) = self.difference.leaders.first() {
            let heading = subject.kb.decisions[first.decision].heading.get(subject.lang);
            let names = |kept: &[CandidateId]| self.names(first.decision, kept);
            let (was, is) = (names(&first.before), names(&first.after));
            parts.push(if first.before == first.after {
                subject.fill("whatif.same", &[("heading", heading), ("name", &is)])
            } else {
                subject.fill("whatif.type", &[("heading", heading), ("before", &was), ("after", &is)])
            });
        }
        let gained = |is: &dyn Fn(Readiness) -> bool| -> Vec<String> {
            let moves = self.difference.moves.iter().filter(|one| is(one.after) && !is(one.before));
            moves.map(|one| subject.named(one.at.0, one.at.1)).collect()
        };
        for (key, names) in [
            ("whatif.stops", gained(&|one| one == Readiness::Stop)),
            ("whatif.opens", gained(&|one| one == Readiness::Open)),
            ("whatif.closes", gained(&|one| !one.is_alive() && one != Readiness::InPlace)),
        ] {
            if !names.is_empty() {
                let shown = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(&subject.say("line.list-joint"));
                let more = names.len().saturating_sub(NAMED);
                let shown = if more > 0 {
                    subject.fill("whatif.and-more", &[("names", &shown), ("n", &more.to_string())])
                } else {
                    shown
                };
                parts.push(subject.fill(key, &[("names", &shown)]));
            }
        }
        if let Some((_, money)) = &self.difference.money {
            let name = money.map_or_else(|| subject.say("whatif.nobody"), |money| subject.named(money.at.0, money.at.1));
            let was = self.difference.money.and_then(|(was, _)| was).map(|money| money.at);
            if was != money.map(|money| money.at) {
                parts.push(subject.fill("whatif.pays", &[("name", &name)]));
            }
        }
        parts.join(subject.space())
    }

    fn names(&self, decision: DecisionId, kept: &[CandidateId]) -> String {
        if kept.is_empty() { self.old.say("whatif.nobody") } else { self.old.names(decision, kept) }
    }

    /// Who leads before and after, with the margin.
    fn leaders(&self, one: &Leaders) -> Block {
        let heading = self.old.kb.decisions[one.decision].heading.get(self.old.lang).to_owned();
        let side = |subject: &Subject<'_>, kept: &[CandidateId]| {
            let names = self.names(one.decision, kept);
            match subject.advice.judgement.decisions[one.decision].lead().and_then(|lead| lead.margin) {
                Some(margin) => subject.fill("whatif.by", &[("names", &names), ("n", &margin.to_string())]),
                None => names,
            }
        };
        Block::Entry(heading, self.arrow(&side(&self.old, &one.before), &side(&self.new, &one.after)))
    }

    fn both(&self, key: &str, was: &str, is: &str) -> Block {
        Block::Entry(self.old.say(key), self.arrow(was, is))
    }

    fn arrow(&self, was: &str, is: &str) -> String {
        let (was, is) = (was.trim_end(), is.trim_end());
        if was == is {
            self.old.fill("whatif.same-as-before", &[("text", is)])
        } else {
            self.old.fill("whatif.before-after", &[("before", &bare(was)), ("after", is)])
        }
    }
}

/// Where everything stands that stands otherwise, by decision, under the heads of the two sides.
pub fn readiness(subject: &Subject<'_>, difference: &Difference, heads: &[String; 2]) -> Vec<Section> {
    let mut found = Vec::new();
    for (decision, one) in subject.kb.decisions.pairs() {
        let mut moves: Vec<&Move> = difference.moves.iter().filter(|one| one.at.0 == decision).collect();
        moves.sort_by_key(|one| (one.after, one.at.1));
        let group = |readiness: Readiness| standing(subject.kb, decision, readiness, subject.lang).to_owned();
        let row = |one: &&Move| vec![subject.named(one.at.0, one.at.1), group(one.before), group(one.after)];
        let rows: Vec<_> = moves.iter().map(row).collect();
        let heads = vec![subject.say("column.candidate"), heads[0].clone(), heads[1].clone()];
        let blocks = if rows.is_empty() { Vec::new() } else { vec![Block::Table(heads, rows)] };
        found.extend(Section::unless_empty(one.heading.get(subject.lang).to_owned(), blocks));
    }
    found
}

/// What only one side plans, with the words for either side.
pub fn plan(subject: &Subject<'_>, difference: &Difference, sides: &[String; 2]) -> Option<Section> {
    let row = |one: &PlanChange| {
        let step = subject.say(&format!("whatif.do.{}", one.step.id()));
        vec![sides[usize::from(one.is_new)].clone(), one.week.to_string(), step, subject.named(one.at.0, one.at.1)]
    };
    let rows: Vec<_> = difference.actions.iter().map(row).collect();
    let heads = ["whatif.in-plan", "whatif.week", "whatif.step-is", "column.candidate"].map(|key| subject.say(key)).to_vec();
    let blocks = if rows.is_empty() { Vec::new() } else { vec![Block::Table(heads, rows)] };
    Section::unless_empty(subject.say("whatif.plan"), blocks)
}

/// A sentence without its full stop, to stand before an arrow.
fn bare(text: &str) -> String {
    crate::report::phrases::clause(text)
}
