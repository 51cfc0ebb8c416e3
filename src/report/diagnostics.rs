//! Findings for a reader at a terminal: the text they point at, with carets.

use crate::diagnostic::{Diagnostic, Files, Level, Place};
use crate::text::{Lang, harmless, harmless_line};
use crate::words;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Mark, Renderer, Snippet};
use std::ops::Range;

/// One finding, with or without colour, ending with a line break.
#[must_use]
pub fn human(found: &Diagnostic, files: &Files, lang: Lang, colour: bool) -> String {
    let place = &found.place;
    let near = found.related.iter().filter(|other| other.file == place.file);
    let window = lines_around(files, place, near.clone());
    let source = harmless(&files.text(place.file)[window.clone()]);
    let within = |span: &Range<usize>| visible(&source, &(span.start - window.start..span.end - window.start));
    let name = harmless_line(files.name(place.file));
    let level = match found.level {
        Level::Error => Mark::ERROR.with_name(words::say("level.error", lang)),
        Level::Warning => Mark::WARNING.with_name(words::say("level.warning", lang)),
        Level::Note => Mark::NOTE.with_name(words::say("level.note", lang)),
    };
    let label = wording(found, "label", lang).unwrap_or_default();
    let primary = Snippet::source(source.as_ref())
        .line_start(files.line(place.file, window.start).0)
        .path(name)
        .annotation(AnnotationKind::Primary.span(within(&place.span)).label(label));
    let primary = near.fold(primary, |snippet, other| snippet.annotation(AnnotationKind::Context.span(within(&other.span))));
    let mut group = level.primary_title(headline(found, lang)).id(found.name).element(primary);
    for other in found.related.iter().filter(|other| other.file != place.file) {
        let window = lines_around(files, other, std::iter::empty());
        let source = harmless(&files.text(other.file)[window.clone()]).into_owned();
        let span = visible(&source, &(other.span.start - window.start..other.span.end - window.start));
        let line = files.line(other.file, window.start).0;
        let snippet = Snippet::source(source).line_start(line).path(harmless_line(files.name(other.file)));
        group = group.element(snippet.annotation(AnnotationKind::Context.span(span)));
    }
    if let Some(note) = note(found, lang) {
        group = group.element(Mark::NOTE.with_name(words::say("level.note", lang)).message(note));
    }
    for help in helps(found, lang) {
        group = group.element(Mark::HELP.with_name(words::say("level.help", lang)).message(help));
    }
    let report: [Group<'_>; 1] = [group];
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Ascii).render(&report) + "\n"
}

/// What is wrong, in one line that makes sense alone.
#[must_use]
pub fn headline(found: &Diagnostic, lang: Lang) -> String {
    wording(found, "headline", lang).unwrap_or_else(|| found.name.to_owned())
}

/// What else is known about it, by its reason if it names one.
#[must_use]
pub fn note(found: &Diagnostic, lang: Lang) -> Option<String> {
    match found.because {
        Some(reason) => wording(found, &format!("note-{reason}"), lang),
        None => wording(found, "note", lang),
    }
}

/// What to do about it: the likely spelling first.
#[must_use]
pub fn helps(found: &Diagnostic, lang: Lang) -> Vec<String> {
    let near = found.near.as_ref().map(|near| words::fill("near.help", lang, &[("near", &harmless_line(near))]));
    near.into_iter().chain(wording(found, "help", lang)).collect()
}

/// A part of a finding's wording, its gaps filled; `None` if it has no such part.
#[must_use]
pub fn wording(found: &Diagnostic, part: &str, lang: Lang) -> Option<String> {
    let wording = words::find(&format!("fault.{}.{part}", found.name))?;
    let own = found.texts.iter().map(|(gap, text)| (*gap, harmless_line(text.get(lang))));
    let given = found.particulars.iter().map(|(gap, value)| (*gap, particular(gap, value, lang)));
    let safe: Vec<_> = given.chain(own).collect();
    let gaps: Vec<_> = safe.iter().map(|(gap, value)| (*gap, value.as_str())).collect();
    Some(words::fill_in(wording.get(lang), &gaps))
}

/// What fills a gap: kinds of values by their names in the reader's language,
/// everything else as it is.
fn particular(gap: &str, value: &str, lang: Lang) -> String {
    let kind = words::find(&format!("kind.{}", value.replace(' ', "-"))).filter(|_| ["expected", "found"].contains(&gap));
    kind.map_or_else(|| harmless_line(value), |name| name.get(lang).to_owned())
}

/// The whole lines around a place and others of its file: all that has to be looked at to show them.
fn lines_around<'a>(files: &Files, place: &Place, others: impl Iterator<Item = &'a Place>) -> Range<usize> {
    let text = files.text(place.file);
    let (start, end) = others
        .fold((place.span.start, place.span.end), |(start, end), other| (start.min(other.span.start), end.max(other.span.end)));
    let (start, end) = (start.min(text.len()), end.min(text.len()));
    files.line(place.file, start).1..text[end..].find('\n').map_or(text.len(), |at| end + at)
}

/// A span that a caret can stand under, even if there is no text there.
fn visible(source: &str, span: &Range<usize>) -> Range<usize> {
    let start = span.start.min(source.len());
    let line_end = source[start..].find('\n').map_or(source.len(), |end| start + end);
    start..span.end.clamp(start, line_end.max(start))
}
