//! One line per finding: `path:line:column: level[name]: headline`.

use super::{Findings, level};
use crate::report::diagnostics::headline;
use crate::text::harmless_line;
use std::fmt::Write;

/// All findings, a line each.
#[must_use]
pub fn render(findings: &Findings<'_>) -> String {
    let mut out = String::new();
    for one in findings.found {
        let (line, column) = findings.files.line_column(&one.place);
        let path = harmless_line(findings.files.name(one.place.file));
        let headline = harmless_line(&headline(one, findings.lang));
        let _ = writeln!(out, "{path}:{line}:{column}: {}[{}]: {headline}", level(one.level), one.name);
    }
    out
}
