//! `coverage-gaps`: too little of the base is tried out by the cases.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, FileId, Level, Place};

pub(super) struct CoverageGaps;

impl Lint for CoverageGaps {
    fn name(&self) -> &'static str {
        "coverage-gaps"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Error)
    }

    /// Only where the caller says how much is enough.
    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        let Some(least) = on.min_coverage else { return };
        let manifest = on.files.ids().find(|file| on.files.name(*file).ends_with("qun.toml")).unwrap_or(FileId(0));
        let place = Place { file: manifest, span: 0..0 };
        for share in on.proofs().coverage.shares.iter().filter(|share| share.percent() < least) {
            let finding = self.finding(&place).with("percent", share.percent().to_string()).with("least", least.to_string());
            let finding = finding.with("reached", share.reached.to_string()).with("all", share.all.to_string());
            found.push(finding.with("of", share.of));
        }
    }
}
