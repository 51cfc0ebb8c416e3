//! Cases: real communities that a base is judged by.

use crate::answer::Answers;
use crate::diagnostic::Place;
use crate::ids::{CandidateId, CandidateRef, DecisionId, UnitId};
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// A real community with answers and the verdict a person gave it.
#[derive(Debug, Clone, Serialize, Deserialize)]
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
    #[allow(dead_code, reason = "it has to be said, for whoever reads the base")]
    pub outcome: Option<CaseOutcome>,
    /// What is on record about it.
    pub record: Option<Record>,
    /// Numbers that it reports.
    pub reported: Vec<Reported>,
    /// Whether it is kept apart from what the base was made by.
    pub unseen: bool,
    /// The first line of its file.
    pub place: Place,
}

impl Case {
    /// What a person expects of a decision, the first candidate first: empty if nobody should lead,
    /// `None` if nothing was said.
    #[must_use]
    pub fn expected(&self, decision: DecisionId) -> Option<&[CandidateId]> {
        self.expect.iter().find(|(of, _)| *of == decision).map(|(_, labels)| labels.as_slice())
    }
}

/// What a case really earns with, as decision and candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Runs {
    /// Everything that earns.
    pub streams: Vec<CandidateRef>,
    /// What earns most, if that is known.
    pub most: Option<CandidateRef>,
}

/// What is on record about a case, in words.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Record {
    /// How many people.
    #[allow(dead_code, reason = "it has to be said, for whoever reads the base")]
    pub size: Option<Text>,
    /// What they pay.
    #[allow(dead_code, reason = "it has to be said, for whoever reads the base")]
    pub price: Option<Text>,
    /// How many hours it takes.
    #[allow(dead_code, reason = "it has to be said, for whoever reads the base")]
    pub hours: Option<Text>,
    /// What it brings.
    #[allow(dead_code, reason = "it has to be said, for whoever reads the base")]
    pub income: Option<Text>,
    /// Documents that say so.
    pub sources: Vec<String>,
}

/// A number that a case reports of a stream.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reported {
    /// The stream, as decision and candidate.
    pub stream: CandidateRef,
    /// What is reported.
    pub what: What,
    /// The least that is reported, in thousandths.
    pub low: i64,
    /// The most that is reported, in thousandths.
    pub high: i64,
    /// The unit, as an index into the base's units.
    pub unit: UnitId,
    /// When it was true.
    #[allow(dead_code, reason = "it has to be said, for whoever reads the base")]
    pub as_of: String,
    /// Documents that say so.
    pub sources: Vec<String>,
}

/// What a case reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// What one payment is.
    Price,
    /// How many pay.
    Payers,
    /// Takings of a year.
    Income,
}

impl What {
    /// All of them.
    pub const ALL: [What; 3] = [What::Price, What::Payers, What::Income];

    /// Its word in a base.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            What::Price => "price",
            What::Payers => "payers",
            What::Income => "income",
        }
    }
}

/// What became of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
