//! What a candidate takes, in numbers, and how many of other things a base promises.

use super::SectionRef;
use crate::answer::{Answer, Answers};
use crate::diagnostic::Place;
use crate::ids::{DecisionId, FactId, OptionId, OptionSet};
use serde::{Deserialize, Serialize};

/// A range of whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The least.
    pub low: u32,
    /// The most; not below the least.
    pub high: u32,
}

/// What a candidate takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effort {
    /// Hours until it first runs.
    pub setup_hours: Option<Span>,
    /// Hours a week while it runs.
    pub weekly_hours: Option<Span>,
    /// Weeks from the start to the first money.
    pub first_cash_weeks: Option<Span>,
    /// Documents it leans on.
    pub sources: Vec<String>,
}

/// By when money is needed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The choice that asks it.
    pub fact: FactId,
    /// Options that set a deadline, and the weeks that it leaves; others set none.
    pub weeks: Vec<(OptionId, u32)>,
}

impl Deadline {
    /// The weeks that an answer leaves; `None` if it sets no deadline.
    #[must_use]
    pub fn of(&self, answers: &Answers) -> Option<u32> {
        let Some(Answer::Choice(chosen)) = answers.get(self.fact) else { return None };
        self.weeks.iter().find(|(option, _)| *option == chosen).map(|(_, weeks)| *weeks)
    }

    /// The options under which something that takes so many weeks comes too late.
    #[must_use]
    pub fn too_short(&self, weeks: u32) -> OptionSet {
        self.weeks.iter().filter(|(_, left)| *left < weeks).map(|(option, _)| *option).collect()
    }
}

/// What plans lean on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanSettings {
    /// The number that says how many hours a week the team has, if a fact asks that.
    pub fact: Option<FactId>,
    /// The number that says how many people run it, if a fact asks that.
    pub people: Option<FactId>,
    /// The hours a week that are assumed while that is not known.
    pub hours: u32,
    /// What plans say; `None` for a base that plans nothing.
    pub sections: Option<PlanSections>,
}

/// The sections that plans say: of streams, then of measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanSections {
    /// How a stream begins.
    pub begin: SectionRef,
    /// How one that runs takes its next step.
    pub grow: SectionRef,
    /// How one is given up.
    pub leave: SectionRef,
    /// Who takes a measure.
    pub who: SectionRef,
    /// How it is taken.
    pub step: SectionRef,
    /// The sign that it works.
    pub sign: SectionRef,
    /// When it is given up.
    pub give_up: SectionRef,
}

impl PlanSettings {
    /// The hours that are assumed where a base says nothing.
    pub const HOURS: u32 = 10;

    /// Whether the candidates of a decision are the measures that plans take.
    #[must_use]
    pub fn are_measures(&self, decision: DecisionId) -> bool {
        self.sections.is_some_and(|sections| sections.step.decision == decision)
    }
}

/// How well a decision must come out over the cases, in percent; `None` where
/// nothing is promised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// The decision that is measured.
    pub decision: DecisionId,
    /// In how many cases the first label leads, or the first candidate really runs, at least.
    pub first: Option<u8>,
    /// All-keeping decisions: the area under the curve, at least.
    pub auc: Option<u8>,
    /// All-keeping decisions: how many of what really runs may be called impossible, at most.
    pub never: Option<u8>,
    /// Leader decisions: how many of the cases with two labels keep both, at least.
    pub kept: Option<u8>,
    /// Leader decisions: how many of the other cases may get a second, at most.
    pub extra: Option<u8>,
    /// All-keeping decisions: facts that tell what runs, which are hidden when that is measured.
    pub hides: Vec<FactId>,
    /// Where the decision is named.
    pub place: Place,
}

/// How many entries a base says that it has; `None` where it says nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Its cases.
    pub cases: Option<usize>,
    /// Its facts.
    pub facts: Option<usize>,
    /// Cases with two labels of the first decision.
    pub hybrids: Option<usize>,
}
