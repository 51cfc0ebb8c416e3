//! Clashes: answers that contradict each other.

use super::KnowledgeBase;
use crate::answer::Answers;
use crate::condition::Condition;
use crate::diagnostic::Place;
use crate::text::Text;
use crate::truth::Truth;
use serde::{Deserialize, Serialize};

/// Answers that contradict each other.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Clash {
    /// Its id.
    pub id: String,
    /// When the answers do.
    pub when: Condition,
    /// The contradiction in words.
    pub says: Text,
    /// Which answer to believe, or to look at again.
    pub believe: Text,
    /// Documents it leans on.
    pub sources: Vec<String>,
    /// Where its id stands.
    pub place: Place,
}

impl KnowledgeBase {
    /// The clashes that certainly are in these answers, in the order of their file.
    pub(crate) fn clashes_in<'a>(&'a self, answers: &'a Answers) -> impl Iterator<Item = &'a Clash> {
        self.clashes.iter().filter(|clash| clash.when.truth(answers, &()) == Truth::Yes)
    }
}
