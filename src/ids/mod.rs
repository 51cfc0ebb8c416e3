//! Numbers that say what they number: a fact's is no candidate's.
//!
//! Whatever a base lists is referred to by its place there, and the place has a
//! type of its own. An [`IndexVec`] takes only the numbers of what it holds, so a
//! mistaken one does not compile. Numbers hold for the base that they come from.

mod list;
mod options;

pub use list::IndexVec;
pub use options::{OptionId, OptionSet};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A place in a list, of a type of its own.
pub trait Id: Copy + Ord + fmt::Debug {
    /// The place with this number, from 0.
    fn new(index: usize) -> Self;
    /// Its number, from 0.
    fn index(self) -> usize;
}

/// A place in a list whose places have no type of their own.
impl Id for usize {
    #[inline]
    fn new(index: usize) -> usize {
        index
    }

    #[inline]
    fn index(self) -> usize {
        self
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
        pub struct $name(usize);

        #[allow(dead_code, reason = "whatever a place needs, any of them has")]
        impl $name {
            /// The one with this number, from 0.
            #[inline]
            #[must_use]
            pub const fn new(index: usize) -> $name {
                $name(index)
            }

            /// Its number, from 0.
            #[inline]
            #[must_use]
            pub const fn index(self) -> usize {
                self.0
            }

            /// The one after it.
            #[must_use]
            pub const fn next(self) -> $name {
                $name(self.0 + 1)
            }

            /// Those before it, in their order.
            pub fn before(self) -> impl DoubleEndedIterator<Item = $name> + Clone {
                (0..self.0).map($name)
            }
        }

        impl Id for $name {
            #[inline]
            fn new(index: usize) -> $name {
                $name(index)
            }

            #[inline]
            fn index(self) -> usize {
                self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// A fact of a base.
    FactId
    /// A group of facts.
    FactGroupId
    /// A decision of a base.
    DecisionId
    /// A candidate, among those of its decision.
    CandidateId
    /// A group of candidates, among those of their decision.
    GroupId
    /// A section of text, among those of its decision.
    SectionId
    /// A line of evidence, among those of its candidate.
    LineId
    /// A need, among those of its candidate.
    NeedId
    /// A case of a base.
    CaseId
    /// A document that a base leans on.
    SourceId
    /// A rule of the law.
    RuleId
    /// A unit of figures.
    UnitId
    /// A word that texts may leave open.
    WordId
    /// A platform.
    PlatformId
    /// Answers that contradict each other.
    ClashId
    /// A trade.
    TradeId
}

/// A candidate of a base: its decision, and its place there.
pub type CandidateRef = (DecisionId, CandidateId);
