//! A comparison of bases as workflow commands of GitHub Actions: one annotation
//! per change that is more than words and per case that another one leads, and an
//! error where the version falls short.

use super::version;
use super::wording::Writer;
use crate::diff::Diff;
use crate::diff::changes::{Change, How, Step};
use crate::diff::entries::Kind;
use crate::report::findings::github::{data, property};
use crate::report::page::Extent;
use crate::text::Lang;
use std::fmt::Write;

/// The annotations; all point into the new base, whose folder is given as it was named.
#[must_use]
pub fn render(diff: &Diff<'_>, folder: &str, lang: Lang) -> String {
    let writer = Writer { diff, lang, extent: Extent::Usual };
    let mut out = String::new();
    let (text, is_due) = version(diff, lang);
    let level = if is_due { "error" } else { "notice" };
    one(&mut out, level, &format!("{folder}/qun.toml"), 1, "diff-version", &text);
    for change in diff.changes.iter().filter(|change| change.step > Step::Patch) {
        let level = if change.step == Step::Major { "warning" } else { "notice" };
        let (path, line) = place(change);
        let title = format!("diff-{}", change.step.id());
        one(&mut out, level, &format!("{folder}/{path}"), line, &title, &writer.change(change));
    }
    for case in diff.cases.iter().filter(|case| case.moved.is_flip()) {
        let known = &diff.bases.old.cases[case.case[0]];
        let text = writer.moved(known.name.get(lang), &known.id, &case.moved);
        one(&mut out, "warning", &format!("{folder}/cases/{}.toml", known.id), 1, "diff-flip", &text);
    }
    out
}

/// Where a change shows in the new base: what is gone, at the head of its file, or of
/// the manifest where the file is gone as well.
fn place(change: &Change) -> (&str, usize) {
    let is_part = matches!(change.kind, Kind::Line | Kind::Need | Kind::Choice | Kind::Fact | Kind::Strength | Kind::Clash);
    match change.how {
        How::Removed if is_part => (&change.place.0, 1),
        How::Removed => ("qun.toml", 1),
        How::Added | How::Changed => (&change.place.0, change.place.1),
    }
}

fn one(out: &mut String, level: &str, file: &str, line: usize, title: &str, text: &str) {
    let (file, title, text) = (property(file), property(title), data(text));
    let _ = writeln!(out, "::{level} file={file},line={line},title={title}::{text}");
}
