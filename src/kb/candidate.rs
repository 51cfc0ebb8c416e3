//! Candidates: what a decision can choose, and what is known about each.

use super::{effort, money, template};
use crate::condition::Condition;
use crate::diagnostic::Place;
use crate::ids::{CandidateId, CandidateRef, GroupId, IndexVec, LineId, NeedId, RuleId, SectionId, UnitId};
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// One thing that a decision can choose.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Candidate {
    /// Its id: the stem of its file.
    pub id: String,
    /// What it is called.
    pub name: Text,
    /// One sentence about it.
    pub summary: Text,
    /// Documents it leans on.
    pub sources: Vec<String>,
    /// The groups it belongs to, as indices into the decision's groups.
    pub(crate) groups: Vec<GroupId>,
    /// Candidates of the same decision that it may become.
    pub(crate) grows_into: Vec<CandidateId>,
    /// Candidates of the same decision that should come first.
    pub(crate) after: Vec<CandidateId>,
    /// Its texts, one per section of the decision.
    pub(crate) texts: IndexVec<SectionId, Option<SourcedText>>,
    /// What speaks for and against it.
    pub evidence: IndexVec<LineId, Evidence>,
    /// What must be true before it works.
    pub needs: IndexVec<NeedId, Need>,
    /// Figures about it.
    pub(crate) figures: Vec<Figure>,
    /// What it takes, if that is known.
    pub(crate) effort: Option<effort::Effort>,
    /// How it brings in money, if that is known.
    pub(crate) money: Option<money::Chain>,
    /// When it is in place and need not be begun.
    pub(crate) done: Option<Condition>,
    /// Whether it makes the community larger or sell more.
    pub(crate) grows: bool,
    /// What it is of use to, as decision and candidate; everything if empty.
    pub(crate) serves: Vec<CandidateRef>,
    /// The message of a trade that is sent when it begins, by its id.
    pub(crate) message: Option<String>,
    /// The message of a trade that is sent when it takes its next step.
    pub(crate) grow_message: Option<String>,
    /// When it runs today, if some fact asks that; never unknown.
    pub(crate) runs: Option<Condition>,
    /// When it is what most is earned with, if some fact asks that; never unknown.
    pub(crate) earns_most: Option<Condition>,
    /// The first line of its file.
    pub(crate) place: Place,
}

/// A text and the documents it leans on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SourcedText {
    /// The text for everybody, with the base's own words.
    pub text: Text,
    /// The text for everybody, taken apart.
    pub template: template::Template,
    /// What is said instead under conditions, in this order.
    pub variants: Vec<Variant>,
    /// Documents it leans on.
    pub sources: Vec<String>,
}

/// What a text says instead under a condition.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Variant {
    /// When it may be said.
    pub when: Condition,
    /// What is said.
    pub template: template::Template,
    /// Documents it leans on.
    pub sources: Vec<String>,
}

/// A trait that speaks for or against a candidate.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Evidence {
    /// Its id, unique in the candidate; it outlives reordering and rewording.
    pub id: String,
    /// The trait in words: a statement about the community.
    pub statement: Text,
    /// When the community has it.
    pub(crate) when: Condition,
    /// The name of its strength.
    pub(crate) strength: String,
    /// Points in decibans (I. J. Good, *Probability and the Weighing of
    /// Evidence*, 1950): +10 makes the candidate ten times likelier, before tempering.
    pub points: i32,
    /// Documents it leans on.
    pub sources: Vec<String>,
    /// Why it may be that it decides nothing by itself.
    pub(crate) supporting: Option<Text>,
    /// Where it stands.
    pub(crate) place: Place,
}

/// What must be true before a candidate works.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own in a base")]
pub struct Need {
    /// Its id, unique in the candidate; it outlives reordering and rewording.
    pub id: String,
    /// What to do where it is missing.
    pub(crate) lacks: Text,
    /// When it is met.
    pub(crate) when: Condition,
    /// Documents it leans on.
    pub sources: Vec<String>,
    /// Whether it can never change.
    pub fixed: bool,
    /// Whether the law asks for it.
    pub law: bool,
    /// Whether running the candidate proves it.
    pub(crate) proven_by_running: bool,
    /// Whether the law's need can be had; says nothing of other needs.
    pub(crate) obtainable: bool,
    /// Where it comes from.
    pub(crate) origin: Origin,
    /// Where it stands.
    pub(crate) place: Place,
}

/// Where a need comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// The candidate's file.
    Written,
    /// A rule of the law that governs the candidate, by its number.
    Rule(RuleId),
    /// The weeks until it can bring the first money, held against the deadline.
    Time(u32),
}

/// What kind of need it is: what becomes of a candidate that lacks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NeedKind {
    /// The law asks for it.
    Law,
    /// It can never change.
    Fixed,
    /// The first money must come in time.
    Time,
    /// Running the candidate proves it.
    Proven,
    /// It can change, and counts whether the candidate runs or not.
    Open,
}

impl Need {
    /// What kind of need it is.
    #[must_use]
    pub(crate) fn kind(&self) -> NeedKind {
        match self.origin {
            Origin::Time(_) => NeedKind::Time,
            _ if self.law => NeedKind::Law,
            _ if self.fixed => NeedKind::Fixed,
            _ if self.proven_by_running => NeedKind::Proven,
            _ => NeedKind::Open,
        }
    }

    /// Whether the candidate's file says it.
    #[must_use]
    pub fn is_written(&self) -> bool {
        self.origin == Origin::Written
    }
}

/// A measured range.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Figure {
    /// Its id.
    pub id: String,
    /// What is measured.
    pub label: Text,
    /// The lower end, in thousandths.
    pub low: i64,
    /// The upper end, in thousandths.
    pub high: i64,
    /// The unit, as an index into the base's units.
    pub unit: UnitId,
    /// When it was true: a year, a month, or `n.d.` if the document has no date.
    pub as_of: String,
    /// Documents it comes from.
    pub sources: Vec<String>,
    /// Whom it is shown to; everybody if it is missing.
    pub when: Option<Condition>,
    /// Where its id stands.
    pub place: Place,
}
