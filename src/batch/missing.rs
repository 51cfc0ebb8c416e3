//! What becomes of questions that a row says nothing of.

use crate::answer::Answers;
use crate::fact::Facts;
use crate::ids::FactId;

/// What becomes of questions that a row says nothing of. "Don't know" says something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Missing {
    /// They are unknown.
    #[default]
    Unknown,
    /// The row is rejected.
    Strict,
    /// They have these answers, as far as there are some.
    Assume(Answers),
}

impl Missing {
    /// Whether nothing is made of them.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        *self == Missing::Unknown
    }

    /// Does it to the answers of a row; the facts whose answers were assumed.
    ///
    /// # Errors
    ///
    /// The facts that are missing, where none may be.
    pub fn settle(&self, facts: &Facts, answers: &mut Answers) -> Result<Vec<FactId>, Vec<FactId>> {
        if self.is_unknown() {
            return Ok(Vec::new());
        }
        let mut open: Vec<FactId> = facts.ids().filter(|fact| answers.is_open(*fact)).collect();
        match self {
            Missing::Strict if !open.is_empty() => Err(open),
            Missing::Strict | Missing::Unknown => Ok(Vec::new()),
            Missing::Assume(others) => {
                open.retain(|fact| others.get(*fact).is_some());
                for fact in &open {
                    answers.set(*fact, others.get(*fact));
                }
                Ok(open)
            }
        }
    }
}
