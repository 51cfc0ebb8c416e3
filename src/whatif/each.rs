//! What every single answer is worth: to the lead of the first decision, and to the page.

use super::lead;
use crate::advice::stability::{Change, Effect, Page, effects, page};
use crate::answer::{Answer, Answers};
use crate::engine::chain::Kept;
use crate::engine::kernel::{Points, first_two, ranking};
use crate::engine::score::all_points;
use crate::ids::{CandidateId, FactId};
use crate::kb::KnowledgeBase;
use std::collections::BTreeSet;

/// What every single answer is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Each {
    /// What the page says as things stand.
    pub page: Page,
    /// The candidate whose lead is looked at: the first by points.
    pub first: CandidateId,
    /// Its lead over the next, in points.
    pub lead: i32,
    /// The facts of which some answer changes the page, the gravest change first;
    /// then those that only move the lead, the greatest move first.
    pub facts: Vec<Worth>,
}

/// What the answers to one fact are worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worth {
    /// The fact.
    pub fact: FactId,
    /// What each answer would do, and what the lead would be.
    pub answers: Vec<(Effect, i32)>,
    /// What the lead would be without the answer that is given, if one is.
    pub without: Option<i32>,
}

impl Worth {
    /// What one answer or another would change on the page, the gravest first.
    #[must_use]
    pub fn changes(&self) -> BTreeSet<Change> {
        self.answers.iter().flat_map(|(effect, _)| effect.changes.iter().copied()).collect()
    }

    /// The least and the greatest lead.
    #[must_use]
    pub fn leads(&self) -> (i32, i32) {
        let leads = || self.answers.iter().map(|(_, lead)| *lead);
        (leads().min().unwrap_or(0), leads().max().unwrap_or(0))
    }

    /// The answer that changes most: the gravest change, then the smallest lead.
    #[must_use]
    pub fn gravest(&self) -> Option<&Effect> {
        let changing = self.answers.iter().filter(|(effect, _)| !effect.changes.is_empty());
        changing.min_by_key(|(effect, lead)| (effect.changes.first().copied(), *lead)).map(|(effect, _)| effect)
    }
}

/// What every single answer to every fact is worth, given ones included.
#[must_use]
pub fn each(kb: &KnowledgeBase, answers: &Answers) -> Option<Each> {
    let decision = lead::decision(kb)?;
    let points = |answers: &Answers| all_points(kb, decision, answers, &Kept::default());
    let now = points(answers);
    let first = *ranking(&now).first()?;
    let lead = |answers: &Answers| lead_of(&points(answers), first);
    let with = |fact: FactId, answer: Option<Answer>| {
        let mut changed = answers.clone();
        changed.set(fact, answer);
        lead(&changed)
    };
    let mut facts: Vec<Worth> = kb
        .facts
        .ids()
        .map(|fact| {
            let all = effects(kb, answers, fact).into_iter();
            let all = all.map(|effect| (with(fact, Some(effect.answer)), effect)).map(|(lead, effect)| (effect, lead));
            Worth { fact, answers: all.collect(), without: answers.get(fact).map(|_| with(fact, None)) }
        })
        .collect();
    let lead_now = lead_of(&now, first);
    facts.retain(|one| !one.changes().is_empty() || one.leads() != (lead_now, lead_now));
    let moves = |one: &Worth| one.answers.iter().map(|(_, lead)| (lead - lead_now).abs()).max().unwrap_or(0);
    let gravity = |one: &Worth| one.changes().first().map_or((true, Change::Sum), |change| (false, *change));
    facts.sort_by_key(|one| (gravity(one), std::cmp::Reverse(moves(one)), one.fact));
    Some(Each { page: page(kb, answers), first, lead: lead_now, facts })
}

/// By how many points a candidate is ahead of the best of the others; below 0 if it is behind.
fn lead_of(points: &Points, one: CandidateId) -> i32 {
    let rival = match first_two(points) {
        (Some((first, _)), Some((_, second))) if first == one => second,
        (Some((_, first)), _) => first,
        (None, _) => 0,
    };
    points[one] - rival
}
