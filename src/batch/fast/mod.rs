//! The fast path: ordinary lines, read in one forward pass without allocation.
//!
//! Three steps, each a loop that hardly branches: where the strings of the line
//! stand (`index`), which names they are (`names`), and what that answers
//! (`line`).
//!
//! What it accepts is a subset of what the complete reader accepts, with the
//! same answers. Anything unusual makes it give up, and the complete reader
//! takes the line: escapes in a key or an option, exponents, nesting, doubles,
//! and everything that is wrong. So no fault is worded here, and none is missed.

#![expect(
    clippy::inline_always,
    reason = "half of all time is spent here, and state that is lent to a call leaves the registers"
)]

mod aside;
mod cells;
mod cursor;
mod fields;
mod index;
mod line;
mod names;
mod number;
pub(super) mod text;

use super::options::{Options, UnknownValues};
use crate::engine::compiled::marks::Marks;
use crate::engine::compiled::plan::Plan;
use crate::ids::CandidateId;
use crate::kb::KnowledgeBase;
use crate::profile::check::RESERVED;
use crate::spelling::normal;
use crate::text::Text;
use fields::Field;
use index::Index;
pub use index::MARGIN;
use line::MOST_KEYS;
pub use names::is_plain;
use names::{NOTHING, Names};
use std::collections::BTreeMap;

/// Keys, options and ranges, ready to be looked up.
#[derive(Debug, Clone)]
pub struct Reader {
    /// Every name of a key or an option: which key it is, and which name (see [`Reader::key`]).
    names: Names,
    fields: Vec<Field>,
    /// Of choices: behind which place in `rows` their names are; of others: behind its end.
    choice_names: Vec<u32>,
    /// Per fact and name, the row of the option that it is, if any.
    rows: Vec<u32>,
    /// Candidates of the decision that known labels are compared with.
    labels: Names,
    ignore_unknown: bool,
    drop_unknown: bool,
    needs_answers: bool,
}

/// One profile as the fast path reads it.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// The answers, each fact at most once.
    pub marks: Marks,
    /// Where the raw text of the id stands in the block, if there is one.
    pub id: Option<std::ops::Range<usize>>,
    /// The candidate that the known label names, if there is one.
    pub expected: Option<CandidateId>,
    index: Index,
    /// What each string of the line is called, as far as that is found at once.
    called: Vec<u32>,
}

/// In a name's number, the key that it is not.
const NO_KEY: usize = 0xFFFF;
/// In a name's number, a key by its former name: there is no place for it, so the complete reader takes the line.
const FORMER_KEY: usize = 0xFFFE;
/// Stands for a name that is not an option of the fact.
const NO_OPTION: u32 = u32::MAX;
/// Stands for "don't know" among the options.
const DECLINED: u32 = u32::MAX - 1;
/// Stands for an option that does not count.
const IGNORED: u32 = u32::MAX - 2;
/// Stands for a string that was not found at once.
const UNSEEN: u32 = u32::MAX - 3;

/// Every spelling of a name that needs no normal form to be recognised.
fn spellings(id: &str, label: &Text) -> [String; 5] {
    [id.to_owned(), normal(&label.zh), normal(&label.en), label.zh.clone(), label.en.clone()]
}

impl Reader {
    /// Compiles the names of a base.
    #[must_use]
    pub fn new(plan: &Plan<'_>, options: &Options) -> Reader {
        let kb = plan.kb;
        let reserved = RESERVED.iter().copied().chain(options.expect.as_deref()).zip(kb.facts.len()..);
        let mut keys: Vec<(String, usize)> = reserved.map(|(key, number)| (key.to_owned(), number)).collect();
        for (number, fact) in kb.facts.pairs() {
            keys.extend(spellings(&fact.id, &fact.label).map(|name| (name, number.index())));
            keys.extend(fact.former.iter().flat_map(|name| [name.clone(), normal(name)]).map(|name| (name, FORMER_KEY)));
        }
        let options_of: Vec<Vec<(String, u32)>> =
            kb.facts.iter().zip(&plan.facts).map(|(fact, shape)| fields::rows(fact, shape)).collect();
        // A name's number holds the key that it is, if any, and which name it is, from 1.
        let mut called: BTreeMap<&str, u32> = BTreeMap::new();
        for (name, _) in options_of.iter().flatten() {
            called.entry(name).or_insert(0xFFFF_0000);
        }
        for (name, number) in keys.iter().rev() {
            called.insert(name, u32::try_from(*number).unwrap_or(0xFFFF) << 16);
        }
        // Too many to be told apart: then every line is for the complete reader.
        let is_small = called.len() < 0xFFFF && kb.facts.len() + RESERVED.len() < MOST_KEYS;
        if !is_small {
            called.clear();
        }
        called.values_mut().zip(1..).for_each(|(number, which)| *number |= which);
        let width = called.len() + 1;
        let mut rows = vec![UNSEEN; width * kb.facts.len()];
        for (of, options) in rows.chunks_exact_mut(width).zip(&options_of) {
            of[1..].fill(NO_OPTION);
            for (number, row) in options.iter().rev().filter_map(|(name, row)| Some((called.get(name.as_str())?, row))) {
                of[(number & 0xFFFF) as usize] = *row;
            }
        }
        let shapes = kb.facts.iter().zip(&plan.facts).zip(0..);
        let fields: Vec<Field> = shapes.map(|((fact, shape), number)| Field::of(fact, shape, number * width)).collect();
        let behind = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let choice_names = fields.iter().map(|field| match field {
            Field::Choice { names, .. } => u32::try_from(*names).unwrap_or(behind),
            _ => behind,
        });
        Reader {
            names: Names::new(called),
            choice_names: choice_names.collect(),
            fields,
            rows,
            labels: labels(kb, options),
            ignore_unknown: options.ignore_unknown && is_small,
            drop_unknown: options.unknown_values == UnknownValues::Unknown,
            needs_answers: plan.needs_answers,
        }
    }

    /// Forgets the last row.
    #[inline]
    pub fn begin(&self, sheet: &mut Sheet) {
        sheet.marks.clear(self.fields.len());
        sheet.id = None;
        sheet.expected = None;
    }

    /// Reads one object that begins at `at` of a padded block, and the line end
    /// behind it; gives the place behind that, or nothing if the line is for the
    /// complete reader.
    pub fn read(&self, block: &[u8], at: usize, sheet: &mut Sheet) -> Option<usize> {
        let rows = std::mem::take(&mut sheet.marks.rows);
        self.begin(sheet);
        sheet.marks.rows = rows; // they are written over
        sheet.index.line(block, at)?;
        self.names.find_all(block, sheet.index.strings(), &mut sheet.called)?;
        self.line(block, at, sheet)
    }

    /// The key with this name, facts first, then the reserved ones.
    #[inline]
    fn key(called: u32) -> usize {
        (called >> 16) as usize
    }

    /// The row of the option with this name, of the fact whose names are behind a place.
    #[inline]
    fn row(&self, names: usize, called: u32) -> u32 {
        self.rows.get(names + (called & 0xFFFF) as usize).copied().unwrap_or(UNSEEN)
    }

    /// The row of an option that was not found at once; nothing if the complete
    /// reader has to say.
    #[cold]
    fn unusual(&self, names: usize, text: &[u8]) -> Option<u32> {
        match self.row(names, self.names.get(text)) {
            DECLINED => None,
            NO_OPTION | UNSEEN => (self.drop_unknown && is_plain(text)).then_some(IGNORED),
            row => Some(row),
        }
    }
}

/// The candidates that known labels may name.
fn labels(kb: &KnowledgeBase, options: &Options) -> Names {
    let candidates = options.expected(kb).map_or(&[][..], |decision| &kb.decisions[decision].candidates);
    let named = candidates.iter().zip(0_u32..);
    let named: Vec<(String, u32)> =
        named.flat_map(|(one, number)| spellings(&one.id, &one.name).map(move |name| (name, number))).collect();
    Names::new(named.iter().map(|(name, number)| (name.as_str(), *number)))
}
