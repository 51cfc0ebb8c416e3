//! What is said of rows that are judged all the same: answers that contradict each
//! other, and former names. All are counted; the first of a piece are kept to be named.

use super::complete::Origin;
use crate::diagnostic::Diagnostic;
use crate::ids::ClashId;

/// How many of each a piece keeps.
const KEPT: usize = 16;

/// Answers of a row that contradict each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clashing {
    /// The input and the row.
    pub origin: Origin,
    /// The clash, by its number in the base.
    pub clash: ClashId,
}

/// A former name in the head of a table, which counts as row 0, or in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outdated {
    /// The input and the row.
    pub origin: Origin,
    /// What is called otherwise now.
    pub diagnostic: Diagnostic,
}

/// The first remarks of a piece, in the order of their rows.
#[derive(Debug, Clone, Default)]
pub struct Remarks {
    /// Contradictions.
    pub clashes: Vec<Clashing>,
    /// Former names.
    pub outdated: Vec<Outdated>,
}

impl Remarks {
    /// Forgets them.
    pub fn clear(&mut self) {
        self.clashes.clear();
        self.outdated.clear();
    }

    /// Keeps a contradiction if it is among the first.
    pub fn clash(&mut self, origin: &Origin, clash: ClashId) {
        if self.clashes.len() < KEPT {
            self.clashes.push(Clashing { origin: origin.clone(), clash });
        }
    }

    /// Keeps the former names that are among the first; says how many there are.
    pub fn former(&mut self, origin: &Origin, found: Vec<Diagnostic>) -> u64 {
        let (count, left) = (found.len() as u64, KEPT.saturating_sub(self.outdated.len()));
        let note = |diagnostic| Outdated { origin: origin.clone(), diagnostic };
        self.outdated.extend(found.into_iter().take(left).map(note));
        count
    }
}
