//! What a run is asked to do.

use super::missing::Missing;
use super::rule::Rule;
use crate::ids::{CandidateId, DecisionId};
use crate::kb::{Keep, KnowledgeBase};
use crate::spelling::normal;
use std::collections::HashMap;

/// How much a line of output says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// What was chosen.
    #[default]
    Brief,
    /// The ranking with points as well.
    Ranked,
    /// The whole judgement.
    Full,
}

/// What becomes of an option that the base does not list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnknownValues {
    /// The row is rejected.
    #[default]
    Reject,
    /// The value is dropped and the rest of its list kept; an empty list is an unknown answer.
    Unknown,
}

/// The most bytes of one line.
pub const LONGEST_LINE: usize = 2_000_000;
/// The deepest nesting of one line.
pub const DEEPEST: usize = 64;
/// The usual size of a block.
pub const BLOCK: usize = 512 << 10;

/// What a run is asked to do.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Options {
    /// How much a line of output says.
    pub detail: Detail,
    /// The decisions to print, as indices; all if empty.
    pub decisions: Vec<DecisionId>,
    /// Whether keys that the base does not know are passed over.
    pub ignore_unknown: bool,
    /// What becomes of an option that the base does not list.
    pub(crate) unknown_values: UnknownValues,
    /// What becomes of questions that a row says nothing of.
    pub(crate) missing: Missing,
    /// Whether a line of JSON has its input as well, under `input`.
    pub keep: bool,
    /// Whether a line of JSON says under `ask` which answers alone would settle it;
    /// takes [`Options::ask_next`].
    pub each_ask: bool,
    /// What no verdict should meet; those that do are counted.
    pub(crate) fail_on: Option<Rule>,
    /// The key or column with the label that is already known, compared with the
    /// first leader decision that is printed.
    pub expect: Option<String>,
    /// Whether bad rows say which spelling was probably meant, which takes time.
    pub suggest: bool,
    /// After how many bad rows the run ends; never if `None`.
    pub max_errors: Option<u64>,
    /// The size of a block in bytes.
    pub block: usize,
    /// Whether it is counted which question would settle the most rows.
    pub ask_next: bool,
    /// Whether the engine judges every row as well, and the run ends at the first
    /// difference. Debug builds do so unless told otherwise.
    pub verify: bool,
    /// How many threads judge.
    pub jobs: usize,
    /// Whether ordinary lines take the fast path. Off, every line goes through
    /// the complete reader and comes out the same.
    pub fast: bool,
}

impl Options {
    /// Whether a line of JSON has more than the verdict.
    #[must_use]
    pub fn has_tail(&self) -> bool {
        self.keep || self.each_ask || !self.missing.is_unknown()
    }

    /// Whether rows may take the fast path.
    #[must_use]
    pub fn is_fast(&self) -> bool {
        self.fast && self.missing.is_unknown()
    }

    /// The decision that known labels are compared with, if they are.
    #[must_use]
    pub fn expected(&self, kb: &KnowledgeBase) -> Option<DecisionId> {
        self.expect.as_ref()?;
        let printed = |decision: &DecisionId| self.decisions.is_empty() || self.decisions.contains(decision);
        kb.decisions.ids().filter(printed).find(|decision| kb.decisions[*decision].keep == Keep::Leaders)
    }

    /// The candidates of that decision by every name that a known label may have:
    /// id or name, in the form in which names are compared.
    #[must_use]
    pub fn labels(&self, kb: &KnowledgeBase) -> HashMap<String, CandidateId> {
        let mut found = HashMap::new();
        if let Some(decision) = self.expected(kb) {
            for (number, one) in kb.decisions[decision].candidates.pairs() {
                for name in [one.id.clone(), normal(&one.name.zh), normal(&one.name.en)] {
                    found.entry(name).or_insert(number);
                }
            }
        }
        found
    }
}

impl Default for Options {
    fn default() -> Options {
        Options {
            detail: Detail::Brief,
            decisions: Vec::new(),
            ignore_unknown: false,
            unknown_values: UnknownValues::Reject,
            missing: Missing::Unknown,
            keep: false,
            each_ask: false,
            fail_on: None,
            expect: None,
            suggest: true,
            max_errors: None,
            block: BLOCK,
            ask_next: true,
            verify: cfg!(debug_assertions),
            jobs: 1,
            fast: true,
        }
    }
}
