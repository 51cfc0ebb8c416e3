//! From the text of a file to the base as written, with every fault of the file.

mod condition;
mod reader;
pub mod value;

use crate::diagnostic::{At, Diagnostic, FileId, Place};
pub use reader::{Reader, Table, is_id};
use toml::de::DeTable;
use value::Record;

/// Reads a file of one form. One whose syntax is broken has no content; its
/// stem is still what others may refer to.
pub fn file<T: Record>(file: FileId, stem: &str, text: &str, faults: &mut Vec<Diagnostic>) -> (T, bool) {
    match whole(file, text, faults) {
        Some(table) => (enter(file, stem, &table, faults), true),
        None => (enter(file, stem, &toml::Spanned::new(0..0, DeTable::new()), &mut Vec::new()), false),
    }
}

/// Reads a file of one form as far as its syntax is sound, without a word on
/// the form of what is left where it is not.
pub fn what_is_left<T: Record>(file: FileId, text: &str, faults: &mut Vec<Diagnostic>) -> (T, bool) {
    match whole(file, text, faults) {
        Some(table) => (enter(file, "", &table, faults), true),
        None => (enter(file, "", &crate::syntax::parse(text).0, &mut Vec::new()), false),
    }
}

/// The table of a file; `None`, with a fault, if its syntax is broken.
fn whole<'t>(file: FileId, text: &'t str, faults: &mut Vec<Diagnostic>) -> Option<toml::Spanned<DeTable<'t>>> {
    let (table, broken) = crate::syntax::parse(text);
    let is_whole = broken.is_empty();
    let fault = |one: crate::syntax::Broken| {
        Diagnostic::error("broken-syntax", Place { file, span: one.span }).with("reason", one.reason)
    };
    faults.extend(broken.into_iter().map(fault));
    is_whole.then_some(table)
}

fn enter<T: Record>(file: FileId, stem: &str, root: &toml::Spanned<DeTable<'_>>, faults: &mut Vec<Diagnostic>) -> T {
    let mut reader = Reader::new(file, faults);
    let first = root.get_ref().iter().map(|(key, _)| key.span()).min_by_key(|span| span.start);
    let name = At { value: stem.to_owned(), place: reader.place(first.unwrap_or(0..0)) };
    let table = reader.enter(root.get_ref(), root.span(), name, &T::FORM);
    T::read(&mut reader, &table)
}

/// The ids that a text seems to declare, for a file that cannot be read: nobody
/// who refers to one of them is at fault.
pub fn likely_ids(text: &str) -> Vec<String> {
    let after = |at: usize| text[at + 2..].trim_start_matches([' ', '\t', '"', '\'']).strip_prefix('=');
    let starts = |at: usize| !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let found = text.match_indices("id").filter(|(at, _)| starts(*at)).filter_map(|(at, _)| after(at));
    let id = |rest: &str| {
        let rest = rest.trim_start_matches([' ', '\t', '"', '\'']);
        rest.split(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit() && c != '-').next().unwrap_or_default().to_owned()
    };
    found.map(id).collect()
}
