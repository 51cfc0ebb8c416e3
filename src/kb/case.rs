//! Cases: real communities that a base is judged by.

use crate::answer::Answers;
use crate::diagnostic::Place;
use crate::ids::{CandidateId, CandidateRef, DecisionId};
use crate::text::Text;

/// A real community with answers and the verdict a person gave it.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its id: the stem of its file.
    pub id: String,
    /// What it is called.
    pub name: Text,
    /// One sentence about it.
    pub summary: Text,
    /// Documents it leans on.
    pub sources: Vec<String>,
    /// Expected candidates by decision, first and perhaps second.
    pub expect: Vec<(DecisionId, Vec<CandidateId>)>,
    /// What its description says.
    pub answers: Answers,
    /// What it really earns with, if that is known.
    pub runs: Option<Runs>,
    /// What became of it, if that is known.
    pub outcome: Option<CaseOutcome>,
    /// What is on record about it.
    pub record: Option<Record>,
    /// Whether it is kept apart from what the base was made by.
    pub unseen: bool,
    /// The first line of its file.
    pub place: Place,
}

/// What a case really earns with, as decision and candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runs {
    /// Everything that earns.
    pub streams: Vec<CandidateRef>,
    /// What earns most, if that is known.
    pub most: Option<CandidateRef>,
}

/// What is on record about a case, in words.
#[derive(Debug, Clone)]
pub struct Record {
    /// How many people.
    pub size: Option<Text>,
    /// What they pay.
    pub price: Option<Text>,
    /// How many hours it takes.
    pub hours: Option<Text>,
    /// What it brings.
    pub income: Option<Text>,
    /// Documents that say so.
    pub sources: Vec<String>,
}

/// What became of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseOutcome {
    /// It runs.
    Runs,
    /// It became smaller.
    Declined,
    /// It ended.
    Failed,
}

impl CaseOutcome {
    /// All of them.
    pub const ALL: [CaseOutcome; 3] = [CaseOutcome::Runs, CaseOutcome::Declined, CaseOutcome::Failed];

    /// Its word in a base.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            CaseOutcome::Runs => "runs",
            CaseOutcome::Declined => "declined",
            CaseOutcome::Failed => "failed",
        }
    }
}
