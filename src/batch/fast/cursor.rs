//! A cursor that only moves forward over the bytes of a block.
//!
//! Strings are searched sixteen bytes at a time with plain arithmetic on two
//! machine words. Behind its text a block has [`MARGIN`] bytes of padding, so
//! that such a window never leaves it; where one would, the cursor gives up and
//! the complete reader takes the line.

use super::names::Short;

/// How many bytes of padding a block has behind its text.
pub const MARGIN: usize = 64;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// A position in a block.
#[derive(Debug, Clone, Copy)]
pub struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// Marks the bytes that equal `byte`; exact up to and including the first mark.
const fn marks(word: u64, byte: u8) -> u64 {
    let zeros = word ^ (ONES * byte as u64);
    zeros.wrapping_sub(ONES) & !zeros & HIGHS
}

/// Keeps the bytes below the first mark, all of them if there is none.
const fn below(word: u64, marks: u64) -> u64 {
    word & ((marks & marks.wrapping_neg()) >> 7).wrapping_sub(1)
}

impl<'a> Cursor<'a> {
    /// A cursor at a position of a padded block.
    #[must_use]
    pub fn new(bytes: &'a [u8], at: usize) -> Cursor<'a> {
        Cursor { bytes, at }
    }

    /// The position.
    #[must_use]
    pub fn at(&self) -> usize {
        self.at
    }

    /// The byte under the cursor.
    #[inline]
    #[must_use]
    pub fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The byte under the cursor, which moves on.
    #[inline]
    pub fn byte(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// Moves on over one byte.
    #[inline]
    pub fn step(&mut self) {
        self.at += 1;
    }

    /// Moves on over these bytes if they are next.
    #[inline]
    pub fn take<const N: usize>(&mut self, text: &[u8; N]) -> Option<()> {
        (self.bytes.get(self.at..)?.first_chunk::<N>()? == text).then(|| self.at += N)
    }

    /// Moves on over blanks; not over line ends.
    #[inline]
    pub fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    /// The next sixteen bytes.
    #[inline]
    #[must_use]
    pub fn window(&self) -> Option<u128> {
        self.bytes.get(self.at..)?.first_chunk::<16>().map(|window| u128::from_le_bytes(*window))
    }

    /// The sixteen bytes behind those.
    #[inline]
    #[must_use]
    pub fn second_window(&self) -> Option<u128> {
        self.bytes.get(self.at + 16..)?.first_chunk::<16>().map(|window| u128::from_le_bytes(*window))
    }

    /// Moves on over `len` bytes.
    #[inline]
    pub fn skip(&mut self, len: usize) {
        self.at += len;
    }

    /// The text up to the next quotation mark, and moves behind it. The cursor
    /// stands behind the opening one.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "half of all time is spent here, and a call costs as much as the work")]
    pub fn name(&mut self) -> Option<(Short, &'a [u8])> {
        let from = self.at;
        let (low, high) = halves(self.window()?);
        let (ends_low, ends_high) = (marks(low, b'"'), marks(high, b'"'));
        if ends_low | ends_high == 0 {
            let mut moved = *self;
            let found = moved.long_name()?;
            *self = moved;
            return Some(found);
        }
        // No branch between short and longer names: which it is cannot be foreseen.
        let is_low = ends_low != 0;
        let (ends, before) = if is_low { (ends_low, 0) } else { (ends_high, 8) };
        let len = before + (ends.trailing_zeros() >> 3) as usize;
        let high = below(high, ends_high) & u64::from(is_low).wrapping_sub(1);
        self.at = from + len + 1;
        Some((Short { low: below(low, ends_low), high, len }, self.bytes.get(from..from + len)?))
    }

    /// The same for a name of sixteen bytes or more.
    #[inline(never)]
    fn long_name(&mut self) -> Option<(Short, &'a [u8])> {
        let from = self.at;
        let (low, high) = halves(self.window()?);
        loop {
            self.at += 16;
            let (more_low, more_high) = halves(self.window()?);
            let (ends_low, ends_high) = (marks(more_low, b'"'), marks(more_high, b'"'));
            if ends_low | ends_high != 0 {
                let more = if ends_low == 0 { 8 + (ends_high.trailing_zeros() >> 3) } else { ends_low.trailing_zeros() >> 3 };
                let end = self.at + more as usize;
                self.at = end + 1;
                return Some((Short { low, high, len: end - from }, self.bytes.get(from..end)?));
            }
        }
    }

    /// The raw text of a string and whether it has escapes, and moves behind it.
    /// The cursor stands behind the opening quotation mark. Gives up on control
    /// characters, broken UTF-8, broken escapes and surrogates.
    #[inline]
    pub fn text(&mut self) -> Option<(&'a [u8], bool)> {
        let from = self.at;
        let mut escapes = false;
        let mut ascii = true;
        loop {
            let (low, high) = halves(self.window()?);
            let special = |word: u64| {
                let control = word.wrapping_sub(ONES * 0x20) & !word & HIGHS;
                marks(word, b'"') | marks(word, b'\\') | control
            };
            let (stops_low, stops_high) = (special(low), special(high));
            ascii &= (low | high) & HIGHS == 0;
            if stops_low | stops_high == 0 {
                self.at += 16;
                continue;
            }
            let more = if stops_low == 0 { 8 + (stops_high.trailing_zeros() >> 3) } else { stops_low.trailing_zeros() >> 3 };
            self.at += more as usize;
            match self.byte()? {
                b'"' => break,
                b'\\' => {
                    escapes = true;
                    self.escape()?;
                }
                _ => return None,
            }
        }
        let text = self.bytes.get(from..self.at - 1)?;
        (ascii || std::str::from_utf8(text).is_ok()).then_some((text, escapes))
    }

    /// Moves over the rest of an escape.
    fn escape(&mut self) -> Option<()> {
        match self.byte()? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(()),
            b'u' => {
                let digits = self.bytes.get(self.at..self.at + 4)?;
                let surrogate = matches!(digits, [b'd' | b'D', b'8' | b'9' | b'a'..=b'f' | b'A'..=b'F', ..]);
                self.at += 4;
                (!surrogate && digits.iter().all(u8::is_ascii_hexdigit)).then_some(())
            }
            _ => None,
        }
    }

    /// A number without exponent, scaled by ten to `decimals`, and moves behind
    /// it. Gives up on anything that could overflow or lose a digit.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "the cursor stays in registers only if it is never lent to a call")]
    pub fn number(&mut self, decimals: u32) -> Option<i64> {
        let negative = self.peek()? == b'-';
        self.at += usize::from(negative);
        let from = self.at;
        let mut number = 0_i64;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            number = number.wrapping_mul(10).wrapping_add(i64::from(digit - b'0'));
            self.at += 1;
        }
        let whole = self.at - from;
        if whole == 0 || whole > 12 || (whole > 1 && self.bytes.get(from) == Some(&b'0')) {
            return None;
        }
        let mut places = 0_u32;
        if self.peek() == Some(b'.') {
            self.at += 1;
            while let Some(digit @ b'0'..=b'9') = self.peek() {
                number = number.wrapping_mul(10).wrapping_add(i64::from(digit - b'0'));
                self.at += 1;
                places += 1;
            }
            if places == 0 || places > 4 {
                return None;
            }
        }
        while places > decimals {
            if number % 10 != 0 {
                return None;
            }
            number /= 10;
            places -= 1;
        }
        while places < decimals {
            number *= 10;
            places += 1;
        }
        Some(if negative { -number } else { number })
    }
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the two halves")]
fn halves(both: u128) -> (u64, u64) {
    (both as u64, (both >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn padded(text: &str) -> Vec<u8> {
        [text.as_bytes(), &[0; MARGIN]].concat()
    }

    #[test]
    fn a_name_ends_at_the_first_quotation_mark() {
        for len in 0..50 {
            let name = "x".repeat(len);
            let bytes = padded(&format!("{name}\" and \" more"));
            let mut cursor = Cursor::new(&bytes, 0);
            let (short, whole) = cursor.name().expect("a mark is there");
            assert_eq!((short, whole, cursor.at()), (Short::of(name.as_bytes()), name.as_bytes(), len + 1));
        }
    }

    #[test]
    fn a_text_may_have_escapes_and_chinese_but_no_control_characters() {
        let text = |written: &str| {
            let bytes = padded(written);
            Cursor::new(&bytes, 0).text().map(|(text, escapes)| (text.to_vec(), escapes))
        };
        assert_eq!(text("群 group of many people\" ,"), Some(("群 group of many people".into(), false)));
        assert_eq!(text("a\\\"b\\u4f1a\""), Some((b"a\\\"b\\u4f1a".to_vec(), true)));
        for broken in ["a\nb\"", "a\\x\"", "a\\ud800\"", "a\\u12g4\"", "never closed"] {
            assert_eq!(text(broken), None, "{broken:?}");
        }
    }

    #[test]
    fn numbers_are_scaled_or_left_to_the_complete_reader() {
        let number = |written: &str| Cursor::new(&padded(written), 0).number(1);
        assert_eq!(number("12.5,"), Some(125));
        assert_eq!(number("-3}"), Some(-30));
        assert_eq!(number("7.00,"), Some(70));
        for unusual in ["012", "0.25", "1.", ".5", "-", "1234567890123", "x"] {
            assert_eq!(number(unusual), None, "{unusual}");
        }
        assert_eq!(Cursor::new(&padded("1e3"), 0).number(0), Some(1)); // the caller sees the `e`
    }
}
