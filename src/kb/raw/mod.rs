//! The knowledge base as written: every value with its place, nothing looked up yet.
//!
//! Each kind of table is declared once, by `form!`: what it is called, which
//! keys it has, and what their values are read into. Ids here are strings that
//! may name nothing at all; [`super::resolve`] turns this model into the checked one.

pub use super::parse::value::{Number, Span};
use crate::diagnostic::{At, FileId, Place};

/// Declares tables: for each a struct, its form, and how it is read.
///
/// `must` and `may` say whether a key can be missing, the type of a field what
/// its value is ([`Field`](super::parse::value::Field)). What follows the name
/// in brackets is not read from a key: the table's own id, or its place.
macro_rules! form {
    ($(
        $(#[$doc:meta])*
        $name:ident = $called:literal [$($given:ident: $given_type:ty = $from:expr),*] {
            $($need:ident $key:literal $field:ident: $type:ty,)*
        }
    )*) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name {
            $(pub $given: $given_type,)*
            $(pub $field: $type,)*
        }

        impl $crate::kb::parse::value::Record for $name {
            const FORM: $crate::kb::form::Form = $crate::kb::form::Form {
                name: $called,
                fields: &[$($crate::kb::form::Field {
                    key: $key,
                    kind: <$type as $crate::kb::parse::value::Field>::KIND,
                    required: form!(@$need),
                }),*],
            };

            fn read(reader: &mut $crate::kb::parse::Reader<'_>, table: &$crate::kb::parse::Table<'_>) -> $name {
                $name {
                    $($given: $from(reader, table),)*
                    $($field: $crate::kb::parse::value::Field::read(reader, table, $key),)*
                }
            }
        }
    )*};
    (@must) => { true };
    (@may) => { false };
}

mod candidate;
mod fact;
mod law;
mod manifest;
mod money;
mod sources;
mod trade;

pub use candidate::{Candidate, Case, Effort, Evidence, Figure, Need, Reported, Runs, SourcedText, Variant};
pub use fact::{Fact, FactGroup, FactOption};
pub use law::{Clash, Clashes, Rule};
pub use manifest::{Allowance, Counts, Deadline, Decision, Invariants, Manifest, Measured, Never, Plan, Questions, Section};
pub use money::{Chain, Factor, Money};
pub use sources::{Claim, Document, Sentence, Sources};
pub use trade::{Platform, Price, Trade};

/// Everything that was read.
#[derive(Debug, Default)]
pub struct Base {
    pub manifest: Option<Manifest>,
    /// The fact files by stem, in the manifest's order.
    pub groups: Vec<FactGroup>,
    /// Candidates per decision, in the manifest's order of decisions.
    pub candidates: Vec<Vec<Candidate>>,
    pub cases: Vec<Case>,
    pub rules: Vec<Rule>,
    pub trades: Vec<Trade>,
    pub platforms: Vec<Platform>,
    pub sources: Option<Sources>,
    pub invariants: Option<Invariants>,
    pub clashes: Option<Clashes>,
    pub money: Option<Money>,
    /// What could not be read at all.
    pub broken: Broken,
}

/// Files whose syntax is broken: what is missing from them is no fault of anybody else.
#[derive(Debug, Default)]
pub struct Broken {
    pub files: Vec<FileId>,
    /// The ids that they seem to declare.
    pub ids: Vec<String>,
    /// Whether the manifest is one of them: then nothing can be looked up.
    pub manifest: bool,
}

/// A condition as written.
#[derive(Debug)]
pub enum Condition {
    Is(At<String>, Vec<At<String>>),
    Has(At<String>, Vec<At<String>>),
    Yes(At<String>),
    AtLeast(At<String>, At<String>),
    Below(At<String>, At<String>),
    Chosen(At<String>, At<String>),
    All(Vec<At<Condition>>),
    Any(Vec<At<Condition>>),
    Not(Box<At<Condition>>),
}
