//! `unused-allowances`: exceptions that nothing needs any more.

use super::{ALL, Lint, Subject};
use crate::diagnostic::{Diagnostic, Level};
use crate::kb::KnowledgeBase;
use crate::spelling::nearest;

pub(super) struct UnusedAllowances;

impl Lint for UnusedAllowances {
    fn name(&self) -> &'static str {
        "unused-allowances"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Warning)
    }

    /// Nothing by itself: what was used is known only after all others spoke.
    fn check(&self, _: &Subject<'_>, _: &mut Vec<Diagnostic>) {}
}

/// The allowances that kept no finding back, of lints that had their say.
pub(super) fn unused(kb: &KnowledgeBase, used: &[bool], spoke: &[&str]) -> Vec<Diagnostic> {
    let left = kb.allowances.iter().zip(used).filter(|(_, used)| !**used).map(|(allowance, _)| allowance);
    let report = |allowance: &crate::kb::rules::Allowance| {
        let known = super::find(&allowance.lint).is_some();
        if known && !spoke.contains(&allowance.lint.as_str()) {
            return None;
        }
        let finding = UnusedAllowances.finding(&allowance.place).with("lint", &allowance.lint);
        let near = if known { None } else { nearest(&allowance.lint, ALL.iter().map(|lint| lint.name())) };
        Some(finding.because(if known { "idle" } else { "unknown" }).near(near))
    };
    left.filter_map(report).collect()
}
