//! Proofs about leaders: what open answers, and wrong ones, could still change.
//!
//! A leader that no completion takes the first place from is a *necessary
//! winner*, whoever could still come first a *possible winner* (Konczak & Lang
//! 2005); how many answers it takes is its flip distance.

use super::bounds::{Endings, Fall, State, Tables};
use super::judgement::Sureness;
use super::kernel::{Chosen, Points, Rule};
use crate::answer::Answers;
use crate::ids::{CandidateId, FactId};
use crate::kb::KnowledgeBase;
use crate::kb::blocks::KeptSet;

/// What a decision may still end with: per possible ending the kept set,
/// sorted, and the empty one if it may abstain.
#[must_use]
pub fn endings(kb: &KnowledgeBase, tables: &Tables, answers: &Answers, earlier: &Endings) -> Vec<KeptSet> {
    let least = |a: CandidateId, b: CandidateId| tables.difference(a, b, answers, earlier).0;
    let range = |one: CandidateId| tables.range(one, answers, earlier);
    let mut found = Vec::new();
    Rule::of(kb).endings(tables.candidates(), least, range, |chosen| {
        let mut kept: KeptSet = chosen.iter().collect();
        kept.sort_unstable();
        found.push(kept);
    });
    found.sort();
    found.dedup();
    found
}

/// How sure a leader is: against open answers, and against wrong ones.
#[must_use]
pub fn sureness(kb: &KnowledgeBase, tables: &Tables, state: &State<'_>, points: &Points, leader: CandidateId) -> Sureness {
    let rivals: Vec<CandidateId> = points.ids().filter(|rival| *rival != leader).collect();
    let fewest = |free: &dyn Fn(FactId) -> bool| {
        let of = |rival: &CandidateId| {
            let lead = points[leader] - points[*rival] + i32::from(leader < *rival);
            overturned_by(lead, tables.drops(kb, state, (leader, *rival), free))
        };
        rivals.iter().filter_map(of).min()
    };
    let lowest = tables.range(leader, state.answers, state.endings).0;
    let open = fewest(&|fact| state.answers.get(fact).is_none());
    Sureness { settled: open.is_none() && lowest >= kb.floor, open, wrong: fewest(&|_| true) }
}

/// How many of the questions that can still be asked would at least all have to
/// be answered against a leader to bring a rival within `behind` points of it,
/// or past it if that is `None`, or to take its floor from it; `None` if all
/// together would not. What was answered "don't know" stays so.
#[must_use]
pub fn against(
    kb: &KnowledgeBase,
    tables: &Tables,
    state: &State<'_>,
    points: &Points,
    leader: CandidateId,
    behind: Option<i32>,
) -> Option<usize> {
    let can_be_asked = |fact: FactId| state.answers.is_open(fact);
    let rivals = points.ids().filter(|rival| *rival != leader);
    let by_rival = rivals.filter_map(|rival| {
        let to_lose = behind.map_or(i32::from(leader < rival), |behind| -behind);
        let lead = points[leader] - points[rival] + to_lose;
        overturned_by(lead, tables.drops(kb, state, (leader, rival), can_be_asked))
    });
    let over_floor = points[leader] - kb.floor + 1;
    by_rival.chain(overturned_by(over_floor, tables.sinks(kb, state, leader, can_be_asked))).min()
}

/// The fewest blocks whose worst case takes at least `lead` points away; `None`
/// if all together do not. Earlier decisions cost no answer.
fn overturned_by(lead: i32, mut falls: Vec<Fall>) -> Option<usize> {
    falls.sort_by_key(|fall| (!fall.facts.is_empty(), std::cmp::Reverse(fall.size)));
    let mut left = lead;
    let mut answers = 0;
    for fall in falls {
        if left <= 0 {
            break;
        }
        left -= fall.size;
        answers += usize::from(!fall.facts.is_empty());
    }
    (left <= 0).then_some(answers)
}

/// Whether a decision keeps these whatever is still open.
#[must_use]
pub fn is_certain(endings: &[KeptSet], chosen: Chosen) -> bool {
    let mut now: KeptSet = chosen.iter().collect();
    now.sort_unstable();
    endings == [now]
}
