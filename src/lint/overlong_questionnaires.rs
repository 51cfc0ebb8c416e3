//! `overlong-questionnaires`: the cases take more questions than the base promises.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, Level};
use crate::fact::decimal;
use crate::interview::simulate;

pub(super) struct OverlongQuestionnaires;

impl Lint for OverlongQuestionnaires {
    fn name(&self) -> &'static str {
        "overlong-questionnaires"
    }

    fn level(&self) -> Option<Level> {
        Some(Level::Error)
    }

    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>) {
        let Some(broken) = simulate::broken_promise(on.kb) else { return };
        let tenths = |mean: usize| decimal(i64::try_from(mean).unwrap_or(i64::MAX), 1);
        let finding = self.finding(&broken.promised.place);
        let finding = finding.with("most", broken.found.most.to_string()).with("mean", tenths(broken.found.mean()));
        let finding = finding.with("most-allowed", broken.promised.most.to_string());
        found.push(finding.with("mean-allowed", tenths(usize::from(broken.promised.mean))));
    }
}
