//! Workflow commands of GitHub Actions: one annotation per finding.
//!
//! A command ends with its line, and its properties end at `,` and `::`; so
//! `%`, CR and LF are escaped everywhere, `:` and `,` in properties as well.

use super::{Findings, region};
use crate::diagnostic::Level;
use crate::report::diagnostics::{headline, helps, note};
use crate::text::harmless;
use std::fmt::Write;

/// All findings as annotations.
#[must_use]
pub fn render(findings: &Findings<'_>) -> String {
    let mut out = String::new();
    for one in findings.found {
        let command = match one.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "notice",
        };
        let [(line, column), (end_line, end_column)] = region(findings.files, &one.place);
        let file = property(findings.files.name(one.place.file));
        let title = property(one.name);
        let more = note(one, findings.lang).into_iter().chain(helps(one, findings.lang));
        let message = std::iter::once(headline(one, findings.lang)).chain(more).collect::<Vec<_>>().join("\n");
        let columns = if line == end_line { format!(",col={column},endColumn={end_column}") } else { String::new() };
        let message = data(&message);
        let _ = writeln!(out, "::{command} file={file},line={line},endLine={end_line}{columns},title={title}::{message}");
    }
    out
}

/// A text as the message of a command.
pub(crate) fn data(text: &str) -> String {
    harmless(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A text as a property of a command.
pub(crate) fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
