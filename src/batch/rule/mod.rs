//! A rule over verdicts: what `--fail-on` looks for.
//!
//! `type.chosen = brand and margin < 5`: tests of what a decision came to, joined
//! by `and`, `or`, `not` and brackets. A field without a decision belongs to the
//! decision named last before it. Truth is three-valued: a margin that there is
//! none of, since the decision abstains, is neither small nor large, so neither
//! a test of it nor its opposite holds.

mod holds;
mod parse;
mod tokens;

pub use holds::Rule;
pub use parse::{Fault, What};
