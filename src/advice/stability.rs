//! Stability: which single further answer would change the first page.
//!
//! What the first page says hangs on the type, on what the law stops, on the
//! stream that pays next, on the first week, and on what a year may bring. For every
//! fact that is not answered, every answer is tried in turn: one option of a choice,
//! one option alone of several choices, one cell of a number, yes and no. So "no single
//! further answer changes this page" is true as it is worded: nearly every answer moves
//! the sum a little, so what counts is one that doubles or halves it. What does not run
//! by the answers at hand is not tried as what most is earned with.

use super::earning::earning;
use super::plan::{Step, plan_with};
use super::stands::stands;
use crate::answer::{Answer, Answers};
use crate::engine::kernel::{Chosen, Readiness};
use crate::engine::running::{Running, running};
use crate::fact::{Fact, Kind};
use crate::ids::{CandidateId, CandidateRef, FactId, OptionId, OptionSet};
use crate::kb::blocks::{domain, thresholds};
use crate::kb::{Keep, KnowledgeBase};
use crate::profile::streams::Streams;
use std::collections::BTreeSet;

/// What a further answer would change, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Something is stopped, or no longer.
    Stops,
    /// Another leader, of the first leader decision.
    Leader,
    /// Another second, or another leader of a later decision.
    Second,
    /// Another stream pays next, or pays in time or not.
    Money,
    /// The first week holds something else.
    Week,
    /// A year brings more than twice as much, or less than half, or there is a sum at all.
    Sum,
}

impl Change {
    /// All of them by their ids in machine formats, in the order of the enum.
    pub const IDS: [&str; 6] = ["stops", "leader", "second", "money", "week", "sum"];

    /// Its id in machine formats.
    #[must_use]
    pub fn id(self) -> &'static str {
        Change::IDS[self as usize]
    }
}

/// A question whose answer may change the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The fact.
    pub fact: FactId,
    /// What one answer or another would change.
    pub changes: BTreeSet<Change>,
    /// How many of its answers change something.
    pub answers: usize,
    /// How many answers there are.
    pub of: usize,
}

/// What the first page says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The leader of the first leader decision.
    pub leader: Option<CandidateId>,
    /// What every decision keeps, nobody for those that keep all.
    pub chosen: Vec<Chosen>,
    /// What the law stops.
    pub stops: Vec<CandidateRef>,
    /// The stream that pays next, and whether that is in time.
    pub money: Option<(CandidateRef, Option<bool>)>,
    /// What begins in the first week.
    pub week: Vec<(Step, CandidateRef)>,
    /// What is left of the first year in the middle, in thousandths, where a sum is shown.
    pub sum: Option<i128>,
}

/// What a single answer would make of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The answer.
    pub answer: Answer,
    /// What the page would then say.
    pub page: Page,
    /// What of that differs, the gravest first.
    pub changes: BTreeSet<Change>,
}

/// The facts not answered of which a single answer changes the page, the gravest
/// change first, then the one that more of its answers make; ties in the order of asking.
/// That something may have to stop counts as grave where a rule of the law that says
/// so is likely to concern the community, and least where none is.
#[must_use]
pub fn open(kb: &KnowledgeBase, answers: &Answers) -> Vec<Open> {
    open_with(kb, (answers, &Streams::default()))
}

/// The same by answers and the operator's own numbers.
#[must_use]
pub fn open_with(kb: &KnowledgeBase, (answers, own): (&Answers, &Streams)) -> Vec<Open> {
    let bounds = thresholds(kb.conditions());
    let now = page_with(kb, (answers, own));
    let mut found = Vec::new();
    for fact in kb.facts.ids().filter(|fact| answers.is_open(*fact)) {
        let effects = tried_on(kb, (answers, own), (fact, bounds.get(&fact)), &now);
        let mut changes: BTreeSet<Change> = effects.iter().flat_map(|effect| effect.changes.iter().copied()).collect();
        let mut count = effects.iter().filter(|effect| !effect.changes.is_empty()).count();
        // Within the last cell of a number a sum goes on with it.
        if count == 0
            && let Kind::Number(range) = &kb.facts[fact].kind
        {
            let mut trial = answers.clone();
            trial.set(fact, Some(Answer::Number(range.max)));
            changes.extend(now.changes(&page_with(kb, (&trial, own))));
            count = usize::from(!changes.is_empty());
        }
        if count > 0 {
            found.push(Open { fact, changes, answers: count, of: effects.len() });
        }
    }
    found.sort_by_key(|open| {
        let is_likely = || kb.rules.iter().any(|rule| rule.asks_about(open.fact) && rule.likely(answers).is_yes());
        let counts = |change: &&Change| **change != Change::Stops || is_likely();
        let gravest = open.changes.iter().find(counts).copied();
        (gravest.is_none(), gravest, open.of - open.answers, open.fact)
    });
    found
}

/// What every single answer to a fact, given or not, would make of the page as it
/// stands now: one option of a choice, one option alone of several choices, one
/// cell of a number, yes and no.
#[must_use]
pub fn effects(kb: &KnowledgeBase, answers: &Answers, fact: FactId) -> Vec<Effect> {
    let bounds = thresholds(kb.conditions());
    tried_on(kb, (answers, &Streams::default()), (fact, bounds.get(&fact)), &page(kb, answers))
}

fn tried_on(
    kb: &KnowledgeBase,
    (answers, own): (&Answers, &Streams),
    (fact, bounds): (FactId, Option<&BTreeSet<i64>>),
    now: &Page,
) -> Vec<Effect> {
    let mut trial = answers.clone();
    let effect = |answer: Answer| {
        trial.set(fact, Some(answer));
        let page = page_with(kb, (&trial, own));
        let changes = now.changes(&page).collect();
        Effect { answer, page, changes }
    };
    tried(&kb.facts[fact], &running(kb, answers), bounds).into_iter().map(effect).collect()
}

/// The answers that stand for all single answers to a fact.
fn tried(fact: &Fact, running: &[Running], bounds: Option<&BTreeSet<i64>>) -> Vec<Answer> {
    match (&fact.kind, fact.options_of) {
        (Kind::Choices { options, .. }, _) => options.ids().map(OptionSet::of).map(Answer::Choices).collect(),
        (Kind::Choice(options), Some(decision)) => {
            let said: Vec<&Running> = running.iter().filter(|one| one.decision == decision).collect();
            let runs = |option: &OptionId| said.iter().any(|one| one.candidates.iter().any(|at| at.index() == option.index()));
            options.ids().filter(|option| said.is_empty() || runs(option)).map(Answer::Choice).collect()
        }
        _ => domain(fact, bounds),
    }
}

/// What the first page says under these answers.
#[must_use]
pub fn page(kb: &KnowledgeBase, answers: &Answers) -> Page {
    page_with(kb, (answers, &Streams::default()))
}

fn page_with(kb: &KnowledgeBase, (answers, own): (&Answers, &Streams)) -> Page {
    let stands = stands(kb, answers);
    let plan = plan_with(kb, (answers, own), &stands);
    let is_shown = !plan.is_stopped && plan.looming.is_empty();
    let year = is_shown.then(|| earning(kb, answers, own, &stands, &plan)).flatten();
    let first = kb.decisions.position(|decision| decision.keep == Keep::Leaders);
    Page {
        leader: first.and_then(|first| stands.kept.of(first).leader()),
        chosen: kb.decisions.ids().map(|decision| stands.kept.of(decision)).collect(),
        stops: stands.all(Readiness::Stop).collect(),
        money: plan.next_money.map(|money| (money.at, money.in_time)),
        week: plan.week(1).map(|action| (action.step, action.at)).collect(),
        sum: year.filter(|year| year.parts().next().is_some()).map(|year| year.year()[1]),
    }
}

impl Page {
    fn changes(&self, other: &Page) -> impl Iterator<Item = Change> {
        [
            (Change::Stops, self.stops != other.stops),
            (Change::Leader, self.leader != other.leader),
            (Change::Second, self.leader == other.leader && self.chosen != other.chosen),
            (Change::Money, self.money != other.money),
            (Change::Week, self.week != other.week),
            (Change::Sum, is_another(self.sum, other.sum)),
        ]
        .into_iter()
        .filter(|(_, changed)| *changed)
        .map(|(change, _)| change)
    }
}

/// Whether a sum is more than twice another, or there is only one of them.
fn is_another(one: Option<i128>, other: Option<i128>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.max(other) > 2 * one.min(other).max(0),
        (one, other) => one.is_some() != other.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::Change::{Leader, Money, Second, Stops, Sum, Week};

    #[test]
    fn ids_are_what_is_serialised() {
        for change in [Stops, Leader, Second, Money, Week, Sum] {
            assert_eq!(serde_json::to_value(change).expect("a word"), change.id());
        }
    }
}
