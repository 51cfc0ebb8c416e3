//! Three-valued truth: what a condition is worth before every answer is in.
//!
//! A visitor may skip questions, so a condition can be *not known yet*. The
//! tables are Kleene's strong ones (S. C. Kleene, *Introduction to
//! Metamathematics*, 1952, §64): an unknown operand matters only when it could
//! still change the result.

use serde::Serialize;

/// What is known about a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Truth {
    /// It does not hold.
    No,
    /// An open answer still decides it.
    Unknown,
    /// It holds.
    Yes,
}

impl Truth {
    /// True only when both are: one `No` settles it, whatever is still unasked.
    ///
    /// ```
    /// use qun::Truth::{No, Unknown, Yes};
    /// assert_eq!(Unknown.and(No), No);
    /// assert_eq!(Unknown.and(Yes), Unknown);
    /// ```
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }

    /// True as soon as one is: one `Yes` settles it.
    ///
    /// ```
    /// use qun::Truth::{No, Unknown, Yes};
    /// assert_eq!(Unknown.or(Yes), Yes);
    /// assert_eq!(Unknown.or(No), Unknown);
    /// ```
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }

    /// The opposite; what is unknown stays unknown.
    #[must_use]
    #[allow(clippy::should_implement_trait, reason = "a plain method reads better next to `and` and `or`")]
    pub fn not(self) -> Truth {
        match self {
            Truth::No => Truth::Yes,
            Truth::Unknown => Truth::Unknown,
            Truth::Yes => Truth::No,
        }
    }

    /// Whether the statement certainly holds.
    #[must_use]
    pub fn is_yes(self) -> bool {
        self == Truth::Yes
    }
}

impl From<bool> for Truth {
    fn from(known: bool) -> Truth {
        if known { Truth::Yes } else { Truth::No }
    }
}
