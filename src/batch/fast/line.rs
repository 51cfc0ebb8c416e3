//! One line, from string to string, into answers.

use super::cursor::{Cursor, Span};
use super::fields::Field;
use super::index::Index;
use super::{IGNORED, NO_KEY, NOTHING, Reader, Sheet, UNSEEN, is_plain};
use crate::answer::Answer;
use crate::batch::marks::Marks;
use crate::profile::check::RESERVED;

/// How many keys are told apart; a line with others is for the complete reader.
const MOST_KEYS: usize = 256;

/// What a line says besides answers.
#[derive(Debug, Default)]
struct Told {
    id: Option<std::ops::Range<usize>>,
    expected: Option<usize>,
}

/// A bit per key.
type Keys = [u64; MOST_KEYS / 64];

impl Reader {
    /// Reads one object whose strings were found; `KEEPS` says whether the
    /// answers themselves are wanted as well. As [`Reader::read`].
    pub(super) fn line<const KEEPS: bool>(&self, block: &[u8], at: usize, sheet: &mut Sheet) -> Option<usize> {
        let Sheet { index, marks, called, .. } = sheet;
        let mut cursor = Cursor::new(block, at, index, called);
        let mut told = Told::default();
        let (mut seen, mut blank) = (Keys::default(), Keys::default());
        let mut count = 0;
        let mut has_more = cursor.open()?;
        while has_more {
            let (key, called) = cursor.string()?;
            let mut number = Reader::key(called);
            if number == NO_KEY {
                number = Reader::key(self.names.get(key.text(block)?));
            }
            if number == NO_KEY {
                (self.ignore_unknown && is_plain(key.text(block)?)).then_some(())?;
                cursor.colon(key)?;
                skip(&mut cursor, block, index)?;
            } else {
                let (word, bit) = (number / 64, 1 << (number % 64));
                *seen.get_mut(word)? |= bit;
                count += 1;
                let has_answer = match self.fields.get(number) {
                    Some(Field::Choice { names, first }) if cursor.follows(key, *b"\":\"") => {
                        let (value, called) = cursor.string()?;
                        let field = (number, *names, *first);
                        let has_answer = self.choose::<KEEPS>(field, (value, called), block, marks)?;
                        if has_answer && cursor.follows(value, *b"\",\"") {
                            continue;
                        }
                        cursor.behind(value);
                        has_answer
                    }
                    Some(field) => {
                        cursor.colon(key)?;
                        self.value::<KEEPS>((number, field), &mut cursor, block, marks)?
                    }
                    None => {
                        cursor.colon(key)?;
                        self.told(number - self.fields.len(), &mut cursor, (block, index), &mut told)?;
                        false
                    }
                };
                if !has_answer {
                    *blank.get_mut(word)? |= bit;
                }
            }
            has_more = cursor.comma(b'}')?;
        }
        cursor.blanks();
        let is_once = seen.iter().map(|seen| seen.count_ones()).sum::<u32>() == count;
        (is_once && cursor.at() == index.end).then_some(())?;
        for (known, (seen, blank)) in marks.known.iter_mut().zip(seen.iter().zip(blank)) {
            *known = seen & !blank;
        }
        let next = index.next;
        (sheet.id, sheet.expected) = (told.id, told.expected);
        Some(next)
    }

    /// Marks the option that a string is; false if it does not count.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "half of all time is spent here, and a call costs as much as the work")]
    fn choose<const KEEPS: bool>(
        &self,
        (fact, names, first): (usize, usize, u32),
        (value, called): (Span, u32),
        block: &[u8],
        marks: &mut Marks,
    ) -> Option<bool> {
        let mut row = self.row(names, called);
        if row >= UNSEEN {
            row = self.unusual(names, value.text(block)?)?;
            if row == IGNORED {
                return Some(false);
            }
        }
        marks.rows.push(row);
        if KEEPS {
            marks.give(fact, Answer::Choice(u8::try_from(row - first).ok()?));
        }
        Some(true)
    }

    /// The value of a fact, behind its colon; false if it leaves it unknown.
    #[inline]
    fn value<const KEEPS: bool>(
        &self,
        (fact, field): (usize, &Field),
        cursor: &mut Cursor<'_>,
        block: &[u8],
        marks: &mut Marks,
    ) -> Option<bool> {
        match (field, cursor.peek()?) {
            (_, b'n') => {
                cursor.take(*b"null")?;
                return Some(false);
            }
            (Field::Choice { names, first }, b'"') => {
                let string = cursor.string()?;
                cursor.behind(string.0);
                return self.choose::<KEEPS>((fact, *names, *first), string, block, marks);
            }
            (Field::Choices { names, several }, b'[') => {
                let chosen = self.chosen(*names, several.first, cursor, block)?;
                if chosen == 0 {
                    return Some(false);
                }
                several.allows(chosen).then_some(())?;
                marks.choices(several.first, chosen);
                if several.has_literals {
                    marks.sets.push((u32::try_from(fact).ok()?, chosen));
                }
                if KEEPS {
                    marks.give(fact, Answer::Choices(chosen));
                }
            }
            (Field::Number(field), _) => {
                let number = cursor.number(field.decimals)?;
                marks.rows.push(field.row(number)?);
                if KEEPS {
                    marks.give(fact, Answer::Number(number));
                }
            }
            (Field::YesNo { first }, byte @ (b't' | b'f')) => {
                let yes = byte == b't';
                if yes { cursor.take(*b"true") } else { cursor.take(*b"false") }?;
                marks.rows.push(first + u32::from(yes));
                if KEEPS {
                    marks.give(fact, Answer::YesNo(yes));
                }
            }
            _ => return None,
        }
        Some(true)
    }

    /// The options of a list; 0 for an unknown answer.
    #[inline]
    fn chosen(&self, names: usize, first: u32, cursor: &mut Cursor<'_>, block: &[u8]) -> Option<u64> {
        let mut chosen = 0_u64;
        if !cursor.open()? {
            return self.drop_unknown.then_some(0);
        }
        loop {
            let (item, called) = cursor.string()?;
            let mut row = self.row(names, called);
            if row >= UNSEEN {
                row = self.unusual(names, item.text(block)?)?;
            }
            if row != IGNORED {
                let bit = 1_u64.checked_shl(row - first)?;
                (chosen & bit == 0).then_some(())?;
                chosen |= bit;
            }
            if cursor.follows(item, *b"\",\"") {
                continue;
            }
            cursor.behind(item);
            if !cursor.comma(b']')? {
                return Some(chosen);
            }
        }
    }

    /// The value of a reserved key, or of the known label.
    #[inline]
    fn told(&self, which: usize, cursor: &mut Cursor<'_>, (block, index): (&[u8], &Index), told: &mut Told) -> Option<()> {
        if cursor.peek()? == b'n' {
            return cursor.take(*b"null");
        }
        (cursor.peek()? == b'"').then_some(())?;
        let (value, _) = cursor.string()?;
        cursor.behind(value);
        let text = value.text(block)?;
        if which == RESERVED.len() {
            let label = self.labels.get(text);
            told.expected = Some((label != NOTHING).then_some(label as usize)?);
            return Some(());
        }
        is_text(text, index).then_some(())?;
        if which == 0 {
            (!index.has_escapes || !text.contains(&b'\\')).then_some(())?;
            told.id = Some(value.range());
        }
        Some(())
    }
}

/// Passes over the value of a key that does not count: anything flat.
fn skip(cursor: &mut Cursor<'_>, block: &[u8], index: &Index) -> Option<()> {
    match cursor.peek()? {
        b'"' => {
            let (value, _) = cursor.string()?;
            cursor.behind(value);
            is_text(value.text(block)?, index).then_some(())
        }
        b'n' => cursor.take(*b"null"),
        b't' => cursor.take(*b"true"),
        b'f' => cursor.take(*b"false"),
        b'-' | b'0'..=b'9' => cursor.number(4).map(|_| ()),
        _ => None,
    }
}

/// Whether the inside of a string is UTF-8 with escapes that JSON knows.
/// Surrogates are left to the complete reader.
fn is_text(text: &[u8], index: &Index) -> bool {
    (index.is_ascii || std::str::from_utf8(text).is_ok()) && (!index.has_escapes || has_good_escapes(text))
}

fn has_good_escapes(mut text: &[u8]) -> bool {
    while let Some(at) = memchr::memchr(b'\\', text) {
        let skipped = match &text[at + 1..] {
            [b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => 2,
            [b'u', digits @ ..] => {
                let Some(digits) = digits.first_chunk::<4>() else { return false };
                let is_surrogate = matches!(digits, [b'd' | b'D', b'8' | b'9' | b'a'..=b'f' | b'A'..=b'F', ..]);
                if is_surrogate || !digits.iter().all(u8::is_ascii_hexdigit) {
                    return false;
                }
                6
            }
            _ => return false,
        };
        text = &text[at + skipped..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::fast::MARGIN;

    #[test]
    fn a_text_may_have_escapes_and_chinese_but_nothing_broken() {
        let text = |written: &[u8]| {
            let block = [b"\"", written, b"\"\n", &[0; MARGIN]].concat();
            let mut index = Index::default();
            index.line(&block, 0)?;
            skip(&mut Cursor::new(&block, 0, &index, &[NOTHING]), &block, &index)
        };
        for whole in ["", "群 group of many people", "a\\\"b\\u4f1a\\\\"] {
            assert_eq!(text(whole.as_bytes()), Some(()), "{whole:?}");
        }
        for broken in [&b"a\nb"[..], b"a\tb", b"a\\x", b"a\\ud800", b"a\\u12g4", b"a\\u12", b"a\\", b"\xE7\xBE", b"\xFF"] {
            assert_eq!(text(broken), None, "{broken:?}");
        }
    }
}
