//! A review: what was planned, and what became of it.
//!
//! The operator's notes come first. Without a note the later answers may show it: a
//! stream that was to begin runs, one that was to be given up does not.

use super::Side;
use crate::advice::plan::{Action, Step};
use crate::engine::kernel::Readiness;
use crate::ids::CandidateRef;
use crate::profile::done::Outcome;

/// Something that was planned, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// What was to be done.
    pub action: Action,
    /// What became of it.
    pub fate: Fate,
}

/// What became of something that was planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// The profile says it.
    Noted(Outcome),
    /// The later answers show that it was done.
    Shown,
    /// Nothing is known of it, and it is planned again, from this week on.
    Again(u32),
    /// Nothing is known of it.
    Unknown,
}

impl Fate {
    /// Whether it was done; nothing if that is not known.
    #[must_use]
    pub fn is_done(&self) -> Option<bool> {
        match self {
            Fate::Noted(Outcome::Met | Outcome::On(_)) | Fate::Shown => Some(true),
            Fate::Noted(Outcome::Missed) => Some(false),
            Fate::Noted(Outcome::Words(_)) | Fate::Again(_) | Fate::Unknown => None,
        }
    }
}

/// What was planned on the first side and what became of it, and the notes on what was not planned.
pub(super) fn review(
    first: &Side<'_>,
    second: &Side<'_>,
    done: &[(CandidateRef, Outcome)],
) -> (Vec<Planned>, Vec<(CandidateRef, Outcome)>) {
    let actions = &first.view.plan.actions;
    let planned = actions.iter().map(|action| Planned { fate: fate(first, second, action, done), action: action.clone() });
    let is_besides = |note: &&(CandidateRef, Outcome)| !actions.iter().any(|action| action.at == note.0);
    (planned.collect(), done.iter().filter(is_besides).cloned().collect())
}

fn fate(first: &Side<'_>, second: &Side<'_>, action: &Action, done: &[(CandidateRef, Outcome)]) -> Fate {
    // A note is about the thing itself, and about a question of the law only where nothing else was planned about it.
    let asks = |step: Step| matches!(step, Step::Learn | Step::Check(_));
    let is_aside = asks(action.step) && first.view.plan.actions.iter().any(|other| other.at == action.at && !asks(other.step));
    if let Some((_, outcome)) = done.iter().find(|(at, _)| *at == action.at && !is_aside) {
        return Fate::Noted(outcome.clone());
    }
    let (decision, one) = action.at;
    let [was, is] = [first, second].map(|side| side.view.stands.decisions[decision][one].readiness);
    let is_shown = match action.step {
        Step::Begin { .. } => is.is_running() && !was.is_running(),
        Step::Stop(_) | Step::Drop => was.is_running() && !is.is_running(),
        Step::Mend(_) => is == Readiness::Keep,
        Step::Measure => is == Readiness::InPlace,
        Step::Learn | Step::Check(_) | Step::Grow => false,
    };
    if is_shown {
        return Fate::Shown;
    }
    let again = second.view.plan.actions.iter().find(|other| other.at == action.at && same(other.step, action.step));
    again.map_or(Fate::Unknown, |other| Fate::Again(other.first))
}

/// Whether two steps are the same thing to do, whatever lacks or which rule asks for it.
fn same(one: Step, other: Step) -> bool {
    std::mem::discriminant(&one) == std::mem::discriminant(&other)
}
