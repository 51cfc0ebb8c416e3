//! What if: which answers would have to be different for another verdict, and
//! what differs between two pieces of advice.
//!
//! Only what somebody can bring about is proposed: never an opinion, never a fact
//! that the base calls unchangeable, never an option that it calls unwanted, and
//! nothing that contradicts another answer.
//! The sets found are the smallest there are, because all smaller ones were ruled
//! out; where the work ran out before that, this is said instead.

pub mod change;
pub mod each;
mod ground;
pub mod lead;
pub mod open;
pub mod others;
mod search;

use crate::answer::{Answer, Answers};
use crate::ids::FactId;
use crate::kb::KnowledgeBase;

use search::{Cost, IsIt, Lazy, Outcome, least};

/// The most ways that are proposed.
pub const WAYS: usize = 3;
/// The most changes that are looked for.
const MOST_CHANGES: usize = 12;

/// Answers that would all have to be different, in the order of the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The facts, with the answers they would need.
    pub changes: Vec<(FactId, Answer)>,
    /// What the changes cost together: the sum of their [efforts](crate::fact::Change::effort).
    pub effort: u32,
}

/// Ways to reach something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ways {
    /// Ways with the fewest changes, each with facts of its own, the easiest first: one to [`WAYS`] of them.
    pub smallest: Vec<Way>,
    /// Whether none with as few changes is easier than the first. That none has fewer is always so.
    pub is_easiest_of_them: bool,
    /// The easiest way of all, where more changes are easier than few.
    pub easier: Option<Way>,
    /// Whether no other way at all is easier than the easiest of these.
    pub is_easiest: bool,
}

impl Way {
    fn new(kb: &KnowledgeBase, mut changes: Vec<(FactId, Answer)>) -> Way {
        changes.sort_unstable_by_key(|(fact, _)| *fact);
        let effort = Way::effort(kb, &changes);
        Way { changes, effort }
    }

    fn effort(kb: &KnowledgeBase, changes: &[(FactId, Answer)]) -> u32 {
        changes.iter().filter_map(|(fact, _)| kb.facts[*fact].change.effort()).sum()
    }

    fn facts(&self) -> impl Iterator<Item = FactId> {
        self.changes.iter().map(|(fact, _)| *fact)
    }
}

impl Ways {
    /// The easiest of them.
    #[must_use]
    pub fn easiest(&self) -> Option<&Way> {
        self.easier.as_ref().or(self.smallest.first())
    }
}

/// Keeps the easiest ways that differ in their facts, ties in the order found.
fn keep(ways: &mut Vec<Way>, way: Way) {
    if ways.iter().all(|other| !other.facts().eq(way.facts())) {
        ways.push(way);
        ways.sort_by_key(|way| way.effort);
        ways.truncate(WAYS);
    }
}

/// What the search for ways came to.
enum Sought {
    Ways(Ways),
    /// No set of at most so many changes is enough; larger ones were not ruled out.
    NotWithin(usize),
    None,
}

/// The ways to reach some goal: the smallest, and the easiest where that is another.
fn seek(kb: &KnowledgeBase, goals: &[Lazy<'_>], is_it: &mut IsIt<'_>) -> Sought {
    let (smallest, is_easiest_of_them) = match least(kb, goals, (Cost::Changes, MOST_CHANGES), is_it) {
        Outcome::Ways(ways, is_whole) => (ways, is_whole),
        Outcome::NotWithin(changes) => return Sought::NotWithin(changes),
        Outcome::None => return Sought::None,
    };
    let effort = smallest.first().map_or(0, |way| way.effort as usize);
    // Only more changes can be easier, if all of the fewest were seen; each costs at least 1.
    let fewest = smallest.first().map_or(0, |way| way.changes.len());
    if is_easiest_of_them && effort <= fewest + 1 {
        return Sought::Ways(Ways { smallest, is_easiest_of_them, easier: None, is_easiest: true });
    }
    let (easier, is_easiest) = match least(kb, goals, (Cost::Effort, effort.saturating_sub(1)), is_it) {
        Outcome::Ways(ways, _) => (ways.into_iter().next(), true),
        Outcome::NotWithin(ruled_out) => (None, ruled_out + 1 >= effort),
        Outcome::None => (None, true),
    };
    Sought::Ways(Ways { smallest, is_easiest_of_them, easier, is_easiest })
}

/// Whether answers contradict each other that did not before.
fn clashes_newly(kb: &KnowledgeBase, before: &Answers, after: &Answers) -> bool {
    let holds = |clash: &crate::kb::clash::Clash, answers: &Answers| clash.when.truth(answers, &()).is_yes();
    kb.clashes.iter().any(|clash| holds(clash, after) && !holds(clash, before))
}
