//! One line, from string to string, into answers.
//!
//! Most of a line is choices that follow one another, `"key":"option","key":…`:
//! a small loop takes those. Whatever else there is, is taken aside (see
//! [`super::aside`]), one key at a time.

use super::cursor::Cursor;
use super::{Reader, Sheet, UNSEEN};
use crate::answer::Answer;
use crate::engine::compiled::marks::Marks;
use crate::ids::{CandidateId, FactId};

/// How many keys are told apart.
pub const MOST_KEYS: usize = 256;

/// A bit per key.
pub type Keys = [u64; MOST_KEYS / 64];

/// What a line says.
#[derive(Debug, Default)]
pub struct Told {
    /// Where the id stands.
    pub id: Option<std::ops::Range<usize>>,
    /// The candidate that the known label names.
    pub expected: Option<CandidateId>,
    /// Keys that are there.
    pub seen: Keys,
    /// Keys that are there and leave their fact unknown.
    pub blank: Keys,
    /// How many keys there are, those that do not count aside.
    pub keys: usize,
}

impl Told {
    /// Notes that a key leaves its fact unknown.
    pub fn leave_blank(&mut self, key: usize) -> Option<()> {
        *self.blank.get_mut(key / 64)? |= 1 << (key % 64);
        Some(())
    }
}

/// What the strings of a line are called, and where each opens and closes.
#[derive(Debug, Clone, Copy)]
struct Strings<'a> {
    block: &'a [u8],
    places: &'a [[u32; 2]],
    called: &'a [u32],
}

impl Strings<'_> {
    /// Whether a string that closes here is followed by this byte, perhaps a space, and the next string.
    #[inline(always)]
    fn is_joined(&self, close: u32, by: u8) -> bool {
        let from = close as usize;
        let word = self.block.get(from..from + 4).and_then(<[u8]>::first_chunk::<4>);
        word.map(|word| u32::from_le_bytes(*word)).is_some_and(|word| {
            let is_tight = word & 0x00FF_FFFF == u32::from_le_bytes([b'"', by, b'"', 0]);
            is_tight | (word == u32::from_le_bytes([b'"', by, b' ', b'"']))
        })
    }
}

impl Reader {
    /// Reads one object whose strings were found. As [`Reader::read`].
    pub(super) fn line(&self, block: &[u8], at: usize, sheet: &mut Sheet) -> Option<usize> {
        let places = sheet.index.strings();
        let called = sheet.called.get(..places.len())?;
        let strings = Strings { block, places, called };
        let mut told = Told::default();
        // Every string stands for one row at most: an option for its own, a key for a number.
        // What the last line left there is overwritten.
        let mut rows = std::mem::take(&mut sheet.marks.rows);
        rows.resize(places.len(), 0);
        let mut count = 0;
        let mut cursor = Cursor::new(block, at, &sheet.index, called);
        (cursor.peek()? == b'{').then_some(())?;
        let mut has_more = cursor.open()?;
        while has_more {
            let pairs = self.choices(strings, cursor.nth(), rows.get_mut(count..)?, &mut told.seen)?;
            count += pairs;
            told.keys += pairs;
            cursor.to(cursor.nth() + 2 * pairs);
            has_more = self.aside(&mut cursor, &mut sheet.marks, (&mut rows, &mut count), &mut told)?;
        }
        cursor.blanks();
        let keys: u32 = told.seen.iter().map(|seen| seen.count_ones()).sum();
        (cursor.at() == sheet.index.end && keys as usize == told.keys).then_some(())?;
        let marks = &mut sheet.marks;
        rows.truncate(count);
        marks.rows = rows;
        for (known, (seen, blank)) in marks.known.iter_mut().zip(told.seen.iter().zip(told.blank)) {
            *known = seen & !blank;
        }
        if let Some(known) = marks.known.last_mut().filter(|_| !self.fields.len().is_multiple_of(64)) {
            *known &= (1 << (self.fields.len() % 64)) - 1;
        }
        (sheet.id, sheet.expected) = (told.id, told.expected);
        Some(sheet.index.next)
    }

    /// Reads choices from a string on, as long as each is followed by another
    /// key; says how many, and puts their rows one behind the other.
    #[inline(always)]
    fn choices(&self, strings: Strings<'_>, nth: usize, rows: &mut [u32], seen: &mut Keys) -> Option<usize> {
        // Where proofs need the answers themselves, all is taken aside.
        let rows = if self.needs_answers { &mut [] } else { rows };
        let (places, _) = strings.places.get(nth..)?.as_chunks::<2>();
        let (called, _) = strings.called.get(nth..)?.as_chunks::<2>();
        let mut count = 0;
        for (([[_, key_end], [_, end]], [key, name]), row) in places.iter().zip(called).zip(rows) {
            let number = Reader::key(*key);
            let Some(names) = self.choice_names.get(number) else { break };
            let found = self.row(*names as usize, *name);
            if !strings.is_joined(*key_end, b':') || found >= UNSEEN || !strings.is_joined(*end, b',') {
                break;
            }
            *row = found;
            *seen.get_mut(number / 64)? |= 1 << (number % 64);
            count += 1;
        }
        Some(count)
    }

    /// Keeps an answer where a proof needs it.
    #[inline]
    pub(super) fn keep(&self, fact: FactId, marks: &mut Marks, answer: Answer) {
        if self.needs_answers {
            marks.give(fact, answer);
        }
    }
}
