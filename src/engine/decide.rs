//! Choosing: leaders for decisions that keep the best, groups for those that keep all.

use super::bounds::{Endings, State, Tables};
use super::judgement::{Group, Margin, Sureness};
use super::score::{Kept, ranking};
use crate::answer::Answers;
use crate::condition::Choices;
use crate::kb::{Candidate, KnowledgeBase};
use crate::truth::Truth;

/// The leader and perhaps a second; empty for an abstention.
///
/// The second is kept if it is at most `margin` points behind; both must reach `floor`.
#[must_use]
pub fn leaders(points: &[i32], floor: i32, margin: i32) -> Vec<usize> {
    let order = ranking(points);
    let reaches = |candidate: &&usize| points[**candidate] >= floor;
    let Some(first) = order.first().filter(reaches) else { return Vec::new() };
    let close = |candidate: &&usize| points[*first] - points[**candidate] <= margin;
    let second = order.get(1).filter(reaches).filter(close);
    std::iter::once(*first).chain(second.copied()).collect()
}

/// What a decision may still end with: per possible ending the kept set,
/// sorted, and the empty one if it may abstain.
#[must_use]
pub fn endings(kb: &KnowledgeBase, tables: &Tables, answers: &Answers, earlier: &Endings) -> Vec<Vec<usize>> {
    let count = tables.candidates();
    let all = || 0..count;
    let can_reach = |one: usize| tables.range(one, answers, earlier).1 >= kb.floor;
    let within = |one: usize, behind: i32| {
        all().filter(|rival| *rival != one).all(|rival| {
            let most = tables.difference(one, rival, answers, earlier).1;
            most > -behind || (most == -behind && (behind > 0 || one < rival))
        })
    };
    let lead: Vec<usize> = all().filter(|one| can_reach(*one) && within(*one, 0)).collect();
    let keep: Vec<usize> = all().filter(|one| can_reach(*one) && within(*one, kb.hybrid_margin)).collect();
    let mut found = Vec::new();
    if all().all(|one| tables.range(one, answers, earlier).0 < kb.floor) {
        found.push(Vec::new());
    }
    for one in &lead {
        found.push(vec![*one]);
        found.extend(keep.iter().filter(|other| *other != one).map(|other| vec![*one.min(other), *one.max(other)]));
    }
    found.sort();
    found.dedup();
    found
}

/// How sure a leader is: against open answers, and against wrong ones.
#[must_use]
pub fn sureness(kb: &KnowledgeBase, tables: &Tables, state: &State<'_>, points: &[i32], leader: usize) -> Sureness {
    let rivals: Vec<usize> = (0..points.len()).filter(|rival| *rival != leader).collect();
    let fewest = |free: &dyn Fn(usize) -> bool| {
        let of = |rival: &usize| {
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
    points: &[i32],
    leader: usize,
    behind: Option<i32>,
) -> Option<usize> {
    let can_be_asked = |fact: usize| state.answers.is_open(fact);
    let rivals = (0..points.len()).filter(|rival| *rival != leader);
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
fn overturned_by(lead: i32, mut drops: Vec<super::bounds::Drop>) -> Option<usize> {
    drops.sort_by_key(|drop| (!drop.facts.is_empty(), std::cmp::Reverse(drop.size)));
    let mut left = lead;
    let mut answers = 0;
    for drop in drops {
        if left <= 0 {
            break;
        }
        left -= drop.size;
        answers += usize::from(!drop.facts.is_empty());
    }
    (left <= 0).then_some(answers)
}

/// The leader's lead over the next, if there is a next.
#[must_use]
pub fn margin(points: &[i32], chosen: &[usize]) -> Margin {
    let order = ranking(points);
    match (chosen.first(), order.get(1)) {
        (Some(leader), Some(next)) => Some(points[*leader] - points[*next]),
        _ => None,
    }
}

/// Into which group a candidate of an all-keeping decision falls.
pub fn group(candidate: &Candidate, points: i32, answers: &Answers, choices: &impl Choices) -> Group {
    let truths = candidate.needs.iter().map(|need| (need, need.when.truth(answers, choices)));
    let mut worst = Group::Open;
    for (need, truth) in truths {
        let group = match truth {
            Truth::Yes => Group::Open,
            Truth::Unknown => Group::Confirm,
            Truth::No if need.fixed => Group::Never,
            Truth::No => Group::Later,
        };
        worst = worst.max(group);
    }
    if points <= 0 { Group::Never } else { worst }
}

/// Whether the choice of a decision is the same whatever is still open.
#[must_use]
pub fn is_certain(endings: &[Vec<usize>], kept: &Kept, decision: usize) -> bool {
    let mut now = kept.of(decision).to_vec();
    now.sort_unstable();
    endings == [now]
}
