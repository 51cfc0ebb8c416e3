//! Profiles side by side: which answers differ, and what each difference did.
//!
//! Two to five profiles are judged by one base. Different communities are each
//! held against the first; the same community over time is held step by step,
//! which makes a review. What a difference did is worked out, not guessed: the
//! answer of the second is put into the first, alone, and everything is judged
//! again.

pub mod alone;
pub mod noted;
pub mod review;

use crate::advice::{Advice, Adviser};
use crate::answer::Answers;
use crate::ids::{CandidateId, CandidateRef, DecisionId, FactId};
use crate::kb::KnowledgeBase;
use crate::profile::Profile;
use crate::profile::done::Outcome;
use crate::whatif::change::Difference;
use crate::whatif::lead::decision;
use alone::{Alone, View};
use noted::Base;
use review::Planned;
use std::cmp::Reverse;

/// The most profiles that are compared at once.
pub const MOST: usize = 5;

/// A profile, as it is to be compared.
#[derive(Debug, Clone)]
pub struct Given<'a> {
    /// The profile.
    pub profile: &'a Profile,
    /// What it notes of what was planned, looked up in the base.
    pub done: Vec<(CandidateRef, Outcome)>,
}

/// A profile that was judged.
#[derive(Debug, Clone)]
pub struct Side<'a> {
    /// The profile.
    pub profile: &'a Profile,
    /// The advice on it.
    pub advice: Advice,
    /// How it stands.
    pub view: View,
    /// The base that it says it was written for, held against the one that judged.
    pub base: Base,
}

/// Two sides, the second held against the first.
#[derive(Debug, Clone)]
pub struct Step {
    /// The number of the first.
    pub from: usize,
    /// The number of the second.
    pub to: usize,
    /// What differs.
    pub difference: Difference,
    /// What each answer that differs does alone; what parts the two most comes first.
    pub answers: Vec<Alone>,
    /// By how much points move between the two candidates that come first (see
    /// [`Alone::toward`]) with all answers together.
    pub toward: i32,
    /// Answers of the second that are enough to give the first its leader, none of
    /// which can be left out; nothing if they have the same.
    pub enough: Option<Vec<FactId>>,
    /// What was planned on the first side, and what became of it; nothing unless it is one community.
    pub review: Vec<Planned>,
    /// Notes of the second side on what the plan of the first has not.
    pub besides: Vec<(CandidateRef, Outcome)>,
}

/// Profiles side by side.
#[derive(Debug, Clone)]
pub struct Comparison<'a> {
    /// The base that judged.
    pub kb: &'a KnowledgeBase,
    /// The decision that types are about.
    pub decision: Option<DecisionId>,
    /// The profiles.
    pub sides: Vec<Side<'a>>,
    /// Whether they are one community over time.
    pub is_review: bool,
    /// The pairs that are held against each other.
    pub steps: Vec<Step>,
}

impl<'a> Comparison<'a> {
    /// Judges profiles and holds them against each other.
    #[must_use]
    pub fn of(kb: &'a KnowledgeBase, given: &[Given<'a>]) -> Comparison<'a> {
        let adviser = Adviser::new(kb);
        let side = |one: &Given<'a>| Side {
            profile: one.profile,
            advice: adviser.advise_with(&one.profile.answers, &one.profile.streams),
            view: View::of(kb, &one.profile.answers, &one.profile.streams),
            base: Base::of(kb, one.profile.base.as_deref()),
        };
        let sides: Vec<Side<'a>> = given.iter().map(side).collect();
        let is_review = is_one_community(&sides);
        let before = |to: usize| if is_review { to - 1 } else { 0 };
        let steps = (1..sides.len()).map(|to| step(kb, (&sides, given), (before(to), to), is_review)).collect();
        Comparison { kb, decision: decision(kb), sides, is_review, steps }
    }

    /// The leader of each side.
    #[must_use]
    pub fn leaders(&self) -> Vec<Option<CandidateId>> {
        let Some(decision) = self.decision else { return vec![None; self.sides.len()] };
        self.sides.iter().map(|side| side.view.kept(decision).leader()).collect()
    }

    /// Whether the profiles name bases that differ, from each other or from the one that judged.
    #[must_use]
    pub fn is_mixed(&self) -> bool {
        self.sides.iter().any(|side| side.base.is_other())
    }
}

/// Whether all have the same id, or the same name and no id.
fn is_one_community(sides: &[Side<'_>]) -> bool {
    let called = |side: &Side<'_>| match (&side.profile.id, &side.profile.name) {
        (Some(id), _) => Some((true, id.trim().to_owned())),
        (None, Some(name)) => Some((false, name.trim().to_owned())),
        (None, None) => None,
    };
    let first = sides.first().and_then(called);
    first.is_some() && sides.iter().all(|side| called(side) == first)
}

fn step(kb: &KnowledgeBase, (sides, given): (&[Side<'_>], &[Given<'_>]), (from, to): (usize, usize), is_review: bool) -> Step {
    let (first, second) = (&sides[from], &sides[to]);
    let (before, after) = (&first.profile.answers, &second.profile.answers);
    let difference = Difference::between(kb, (before, &first.advice), (after, &second.advice));
    let poles = first.view.poles(&second.view);
    let mut answers: Vec<Alone> = difference.answers.iter().map(|fact| alone::alone(kb, first, after, *fact, poles)).collect();
    let is_other = difference.leaders.first().is_some_and(|one| one.before.first() != one.after.first());
    if is_other {
        answers.sort_by_key(|one| (Reverse(one.toward), one.fact));
    } else {
        answers.sort_by_key(|one| (Reverse((one.gravity(), one.toward.abs())), one.fact));
    }
    let facts: Vec<FactId> = answers.iter().map(|one| one.fact).collect();
    let (review, besides) = if is_review { review::review(first, second, &given[to].done) } else { (Vec::new(), Vec::new()) };
    Step {
        from,
        to,
        toward: first.view.toward(&second.view, poles),
        enough: is_other.then(|| enough(kb, before, after, &facts)),
        difference,
        answers,
        review,
        besides,
    }
}

/// Answers of the second that are enough for its leader, none of which can be left out:
/// they are taken over in this order until it leads, then what is not needed is given back,
/// until nothing more can be: one answer may only be spared once another is.
fn enough(kb: &KnowledgeBase, before: &Answers, after: &Answers, facts: &[FactId]) -> Vec<FactId> {
    let with = |taken: &[FactId]| {
        let mut answers = before.clone();
        for fact in taken {
            answers.set(*fact, after.get(*fact));
        }
        alone::leader(kb, &answers)
    };
    let wanted = alone::leader(kb, after);
    let mut taken: Vec<FactId> = Vec::new();
    for fact in facts {
        if with(&taken) == wanted {
            break;
        }
        taken.push(*fact);
    }
    let without = |taken: &[FactId], fact: &FactId| taken.iter().copied().filter(|one| one != fact).collect::<Vec<_>>();
    while let Some(spared) = taken.iter().rev().find(|fact| with(&without(&taken, fact)) == wanted) {
        taken = without(&taken, spared);
    }
    taken
}
