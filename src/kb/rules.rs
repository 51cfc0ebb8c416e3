//! Rules that a base sets itself: what must never come out, and which lints it
//! does without, each with its reason.

use crate::condition::Condition;
use crate::diagnostic::Place;
use crate::ids::{CandidateId, DecisionId};
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// Something that must never be recommended under any answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Invariant {
    /// Its id.
    pub id: String,
    /// The rule in words.
    pub says: Text,
    /// The decision.
    pub decision: DecisionId,
    /// The candidate that must not stand so.
    pub candidate: CandidateId,
    /// How it must not stand.
    pub standing: Standing,
    /// Only while this holds; always if it is missing.
    pub when: Option<Condition>,
    /// Except while this holds.
    pub unless: Option<Condition>,
    /// The rule of the law that it comes from; the base wrote it itself if there is none.
    pub origin: Option<String>,
    /// Where its id stands.
    pub place: Place,
}

/// How a candidate comes out of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// All needs are met.
    Open,
    /// No need fails, and some are not known to be met.
    Confirm,
    /// A need fails that can change, or it waits for others.
    Later,
    /// It runs and fits.
    Keep,
    /// It runs, and something is missing that can be mended.
    Mend,
    /// It leads.
    Leader,
    /// It leads or is the second.
    Chosen,
}

impl Standing {
    /// The standings of candidates where all are kept.
    pub const OF_ALL: [Standing; 5] = [Standing::Open, Standing::Confirm, Standing::Later, Standing::Keep, Standing::Mend];
    /// The standings of candidates where leaders are kept.
    pub const OF_LEADERS: [Standing; 2] = [Standing::Leader, Standing::Chosen];

    /// Its word in a base.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Standing::Open => "open",
            Standing::Confirm => "confirm",
            Standing::Later => "later",
            Standing::Keep => "keep",
            Standing::Mend => "mend",
            Standing::Leader => "leader",
            Standing::Chosen => "chosen",
        }
    }
}

/// A lint that the base does without at some place, and why.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Allowance {
    /// The name of the lint.
    pub lint: String,
    /// The file or folder it is about, below the base and without `.toml`;
    /// everywhere if it is missing.
    pub at: Option<String>,
    /// Why.
    #[allow(dead_code, reason = "it has to be said, for whoever reads the base")]
    pub reason: Text,
    /// Where the name of the lint stands.
    pub place: Place,
}
