//! A comparison of bases as workflow commands of GitHub Actions: one annotation
//! per change that is more than words and per case that another one leads, and an
//! error where the version falls short.

use super::version;
use super::wording::Writer;
use crate::diff::Diff;
use crate::diff::changes::{How, Step};
use crate::report::findings::github::{data, property};
use crate::report::page::Extent;
use crate::text::Lang;
use std::fmt::Write;

/// The annotations; `folders` are those of the old and of the new base as they were named.
#[must_use]
pub fn render(diff: &Diff<'_>, folders: [&str; 2], lang: Lang) -> String {
    let writer = Writer { diff, lang, extent: Extent::Usual };
    let mut out = String::new();
    let (text, is_due) = version(diff, lang);
    let level = if is_due { "error" } else { "notice" };
    one(&mut out, level, &format!("{}/qun.toml", folders[1]), 1, "diff-version", &text);
    for change in diff.changes.iter().filter(|change| change.step > Step::Patch) {
        let level = if change.step == Step::Major { "warning" } else { "notice" };
        let folder = folders[usize::from(change.how != How::Removed)];
        let title = format!("diff-{}", change.step.id());
        one(&mut out, level, &format!("{folder}/{}", change.place.0), change.place.1, &title, &writer.change(change));
    }
    for case in diff.cases.iter().filter(|case| case.moved.is_flip()) {
        let known = &diff.bases.old.cases[case.case[0]];
        let text = writer.moved(known.name.get(lang), &known.id, &case.moved);
        one(&mut out, "warning", &format!("{}/cases/{}.toml", folders[1], known.id), 1, "diff-flip", &text);
    }
    out
}

fn one(out: &mut String, level: &str, file: &str, line: usize, title: &str, text: &str) {
    let (file, title, text) = (property(file), property(title), data(text));
    let _ = writeln!(out, "::{level} file={file},line={line},title={title}::{text}");
}
