//! Conditions: when a line of evidence or a need holds.
//!
//! Three-valued (see [`crate::truth`]): on an unknown fact a condition is
//! unknown. Every fact, option and candidate in a condition is an index that
//! the checked knowledge base vouches for.

use crate::answer::{Answer, Answers};
use crate::ids::{CandidateId, DecisionId, FactId, OptionSet};
use crate::truth::Truth;
use serde::{Deserialize, Serialize};

/// A statement about the answers and about earlier decisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(clippy::missing_docs_in_private_items, reason = "each variant says what its fields are")]
pub enum Condition {
    /// The answer of a one-choice fact is one of the options.
    Is { fact: FactId, options: OptionSet },
    /// The answer of a several-choices fact has at least one of the options.
    Has { fact: FactId, options: OptionSet },
    /// The answer of a yes/no fact is yes.
    Yes { fact: FactId },
    /// The number is at least this, both scaled by ten to the fact's decimals.
    AtLeast { fact: FactId, bound: i64 },
    /// The number is below this.
    Below { fact: FactId, bound: i64 },
    /// An earlier decision keeps this candidate, as first or second.
    Chosen { decision: DecisionId, candidate: CandidateId },
    /// All of them hold.
    All(Vec<Condition>),
    /// At least one of them holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// It is known to hold: true or false, never unknown. No base can write
    /// it; what is made of rules and of running uses it.
    Known(Box<Condition>),
}

/// What a condition reads: a fact, or what an earlier decision chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variable {
    /// The answer to a fact.
    Fact(FactId),
    /// The choice of an earlier decision.
    Choice(DecisionId),
}

/// Whether an earlier decision keeps a candidate: unknown while it abstains or
/// while that is still open.
pub trait Choices {
    /// Whether `candidate` of `decision` is kept.
    fn chosen(&self, decision: DecisionId, candidate: CandidateId) -> Truth;
}

/// No decision has been taken: every `chosen` is unknown.
impl Choices for () {
    fn chosen(&self, _: DecisionId, _: CandidateId) -> Truth {
        Truth::Unknown
    }
}

/// What parts are worth together, from what none of them would be until what nothing changes any more.
fn joined(
    parts: &[Condition],
    (from, until): (Truth, Truth),
    join: impl Fn(Truth, Truth) -> Truth,
    truth: impl Fn(&Condition) -> Truth,
) -> Truth {
    let mut so_far = from;
    for part in parts {
        so_far = join(so_far, truth(part));
        if so_far == until {
            break;
        }
    }
    so_far
}

impl Condition {
    /// What the condition is worth under these answers and choices.
    pub fn truth(&self, answers: &Answers, choices: &impl Choices) -> Truth {
        match self {
            Condition::Chosen { decision, candidate } => choices.chosen(*decision, *candidate),
            // One part settles it, whatever the others are worth.
            Condition::All(parts) => joined(parts, (Truth::Yes, Truth::No), Truth::and, |part| part.truth(answers, choices)),
            Condition::Any(parts) => joined(parts, (Truth::No, Truth::Yes), Truth::or, |part| part.truth(answers, choices)),
            Condition::Not(part) => part.truth(answers, choices).not(),
            Condition::Known(part) => part.truth(answers, choices).is_yes().into(),
            Condition::Is { fact, .. }
            | Condition::Has { fact, .. }
            | Condition::Yes { fact }
            | Condition::AtLeast { fact, .. }
            | Condition::Below { fact, .. } => answers.get(*fact).map_or(Truth::Unknown, |answer| self.holds_for(answer)),
        }
    }

    fn holds_for(&self, answer: Answer) -> Truth {
        match (self, answer) {
            (Condition::Is { options, .. }, Answer::Choice(option)) => options.contains(option).into(),
            (Condition::Has { options, .. }, Answer::Choices(chosen)) => options.meets(chosen).into(),
            (Condition::Yes { .. }, Answer::YesNo(yes)) => yes.into(),
            (Condition::AtLeast { bound, .. }, Answer::Number(number)) => (number >= *bound).into(),
            (Condition::Below { bound, .. }, Answer::Number(number)) => (number < *bound).into(),
            _ => Truth::Unknown,
        }
    }

    /// Calls `visit` with every atom, that is every part that reads a variable.
    pub fn atoms<'a>(&'a self, visit: &mut impl FnMut(&'a Condition)) {
        match self {
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| part.atoms(visit)),
            Condition::Not(part) | Condition::Known(part) => part.atoms(visit),
            atom => visit(atom),
        }
    }

    /// What this condition reads, sorted, each once.
    #[must_use]
    pub fn variables(&self) -> Vec<Variable> {
        let mut found = Vec::new();
        self.atoms(&mut |atom| found.extend(atom.variable()));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The variable of an atom; `None` for a joined condition.
    #[must_use]
    pub fn variable(&self) -> Option<Variable> {
        match self {
            Condition::Is { fact, .. }
            | Condition::Has { fact, .. }
            | Condition::Yes { fact }
            | Condition::AtLeast { fact, .. }
            | Condition::Below { fact, .. } => Some(Variable::Fact(*fact)),
            Condition::Chosen { decision, .. } => Some(Variable::Choice(*decision)),
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) | Condition::Known(_) => None,
        }
    }
}
