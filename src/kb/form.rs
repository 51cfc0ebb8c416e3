//! The form of the knowledge base: which keys each table may have.
//!
//! Forms are data. The reader takes unknown and missing keys from them, and so
//! do the schemas for editors and the test that holds the tables of
//! `data/README.md` to them. Each is declared once, with what it is read into.

use super::parse::value::Record;
use super::raw;

/// What the value of a key must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `{ zh = "…", en = "…" }`, neither empty.
    Text,
    /// A string.
    String,
    /// A whole number.
    Integer,
    /// A number, perhaps with decimals.
    Number,
    /// A list of two whole numbers, the least and the most.
    Span,
    /// `true` or `false`.
    Boolean,
    /// One string, or a list of them.
    Strings,
    /// A table of the given form.
    Table(&'static Form),
    /// A list of tables of the given form.
    Tables(&'static Form),
    /// A table whose keys are ids and whose values have the given kind.
    Map(&'static Kind),
    /// A condition: a table with exactly one of the keys of [`CONDITIONS`].
    Condition,
    /// The answers of a case, written as in a profile.
    Answers,
}

/// One key of a table.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// What its value must be.
    pub kind: Kind,
    /// Whether it may not be missing.
    pub required: bool,
}

/// A kind of table: what it is called and which keys it has.
#[derive(Debug, PartialEq, Eq)]
pub struct Form {
    /// What such a table describes, for messages.
    pub name: &'static str,
    /// Its keys.
    pub fields: &'static [Field],
}

/// The keys of a condition, in the order of the design.
pub const CONDITIONS: [&str; 9] = ["is", "has", "yes", "at-least", "below", "chosen", "all", "any", "not"];

/// The form of a kind of file, by the name of its schema; `None` if there is no such kind.
#[must_use]
pub fn of(name: &str) -> Option<&'static Form> {
    FILES.iter().find(|(known, _)| *known == name).map(|(_, form)| form)
}

/// The kinds of files, by the names of their schemas.
pub static FILES: [(&str, Form); 11] = [
    ("manifest", raw::Manifest::FORM),
    ("facts", raw::FactGroup::FORM),
    ("candidate", raw::Candidate::FORM),
    ("case", raw::Case::FORM),
    ("invariants", raw::Invariants::FORM),
    ("sources", raw::Sources::FORM),
    ("rule", raw::Rule::FORM),
    ("trade", raw::Trade::FORM),
    ("platform", raw::Platform::FORM),
    ("clashes", raw::Clashes::FORM),
    ("money", raw::Money::FORM),
];
