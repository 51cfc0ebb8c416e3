//! What is no plain choice: lists, numbers, yes and no, unknown answers,
//! reserved keys, keys that do not count, blanks, and the end of the object.

use super::cursor::{Cursor, Span};
use super::fields::{Field, Several};
use super::line::Told;
use super::text::{is_harmless, is_text};
use super::{IGNORED, NO_KEY, NOTHING, Reader, UNSEEN, is_plain};
use crate::answer::Answer;
use crate::engine::compiled::marks::Marks;
use crate::ids::{CandidateId, FactId, OptionId, OptionSet};
use crate::profile::check::RESERVED;

impl Reader {
    /// Reads one key, whatever it is, and its value; says whether another key
    /// follows.
    #[inline(always)]
    pub(super) fn aside(
        &self,
        cursor: &mut Cursor<'_>,
        marks: &mut Marks,
        (rows, count): (&mut [u32], &mut usize),
        told: &mut Told,
    ) -> Option<bool> {
        let (string, called) = cursor.string()?;
        cursor.colon(string)?;
        let mut key = Reader::key(called);
        if key == NO_KEY {
            let text = string.text(cursor.block())?;
            key = Reader::key(self.names.get(text));
            if key == NO_KEY {
                (self.ignore_unknown && is_plain(text)).then_some(())?;
                skip(cursor)?;
                return cursor.comma(b'}');
            }
        }
        *told.seen.get_mut(key / 64)? |= 1 << (key % 64);
        told.keys += 1;
        let row = match (self.fields.get(key), cursor.peek()?) {
            (None, _) => {
                self.told(key - self.fields.len(), cursor, told)?;
                None
            }
            (_, b'n') => {
                cursor.take(*b"null")?;
                None
            }
            (Some(Field::Choices { names, several }), b'[') => {
                let chosen = self.chosen((*names, several), cursor, (&mut *rows, &mut *count))?;
                if chosen.is_empty() {
                    told.leave_blank(key)?;
                } else {
                    several.allows(chosen).then_some(())?;
                    if several.has_literals {
                        marks.sets.push((FactId::new(key), chosen));
                    }
                    self.keep(FactId::new(key), marks, Answer::Choices(chosen));
                }
                return cursor.comma(b'}');
            }
            (Some(Field::Choice { names, first }), b'"') => {
                let (value, called) = cursor.string()?;
                cursor.behind(value);
                let row = self.option(*names, called, value, cursor)?;
                if row == IGNORED {
                    None
                } else {
                    self.keep(FactId::new(key), marks, Answer::Choice(OptionId::checked((row - first) as usize)?));
                    Some(row)
                }
            }
            (Some(Field::Number(field)), _) => {
                let number = cursor.number(field.decimals)?;
                self.keep(FactId::new(key), marks, Answer::Number(number));
                Some(field.row(number)?)
            }
            (Some(Field::YesNo { first }), byte @ (b't' | b'f')) => {
                let yes = byte == b't';
                if yes { cursor.take(*b"true") } else { cursor.take(*b"false") }?;
                self.keep(FactId::new(key), marks, Answer::YesNo(yes));
                Some(first + u32::from(yes))
            }
            _ => return None,
        };
        match row {
            Some(row) => {
                *rows.get_mut(*count)? = row;
                *count += 1;
            }
            None => told.leave_blank(key)?,
        }
        cursor.comma(b'}')
    }

    /// The row of an option; [`IGNORED`] if it does not count.
    #[inline(always)]
    fn option(&self, names: usize, called: u32, string: Span, cursor: &Cursor<'_>) -> Option<u32> {
        let row = self.row(names, called);
        if row < UNSEEN { Some(row) } else { self.unusual(names, string.text(cursor.block())?) }
    }

    /// The options of a list, whose rows it adds; none for an unknown answer.
    #[inline(always)]
    fn chosen(
        &self,
        (names, several): (usize, &Several),
        cursor: &mut Cursor<'_>,
        (rows, count): (&mut [u32], &mut usize),
    ) -> Option<OptionSet> {
        let mut chosen = 0_u64;
        let mut has_more = cursor.open()?;
        if !has_more {
            self.drop_unknown.then_some(())?;
        }
        while has_more {
            let (item, called) = cursor.string()?;
            let row = self.option(names, called, item, cursor)?;
            if row != IGNORED {
                let bit = 1_u64.checked_shl(row - several.first)?;
                (chosen & bit == 0).then_some(())?;
                chosen |= bit;
                *rows.get_mut(*count)? = row;
                *count += 1;
            }
            cursor.behind(item);
            has_more = cursor.comma(b']')?;
        }
        Some(OptionSet::from_bits(chosen))
    }

    /// The value of a reserved key, or of the known label.
    #[inline(always)]
    fn told(&self, which: usize, cursor: &mut Cursor<'_>, told: &mut Told) -> Option<()> {
        if cursor.peek()? == b'n' {
            return cursor.take(*b"null");
        }
        let (value, text) = text(cursor)?;
        if which == RESERVED.len() {
            let label = self.labels.get(text);
            told.expected = Some((label != NOTHING).then(|| CandidateId::new(label as usize))?);
            return Some(());
        }
        is_text(text, cursor.index()).then_some(())?;
        if which == 0 {
            (!cursor.index().has_escapes || !text.contains(&b'\\')).then_some(())?;
            is_harmless(text).then_some(())?;
            told.id = Some(value.range());
        }
        Some(())
    }
}

/// A string that opens here, and moves behind it.
fn text<'a>(cursor: &mut Cursor<'a>) -> Option<(Span, &'a [u8])> {
    (cursor.peek()? == b'"').then_some(())?;
    let (span, _) = cursor.string()?;
    cursor.behind(span);
    Some((span, span.text(cursor.block())?))
}

/// Passes over the value of a key that does not count: anything flat.
fn skip(cursor: &mut Cursor<'_>) -> Option<()> {
    match cursor.peek()? {
        b'"' => {
            let (_, text) = text(cursor)?;
            is_text(text, cursor.index()).then_some(())
        }
        b'n' => cursor.take(*b"null"),
        b't' => cursor.take(*b"true"),
        b'f' => cursor.take(*b"false"),
        b'-' | b'0'..=b'9' => cursor.number(4).map(|_| ()),
        _ => None,
    }
}
