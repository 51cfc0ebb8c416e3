//! A cursor that only moves forward over one line, from token to token.
//!
//! Strings end where the [`Index`] says.

use super::index::Index;
use super::number;
use std::{iter, slice};

/// Where the inside of a string stands in the block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Behind the opening quotation mark.
    pub from: u32,
    /// At the closing one.
    pub to: u32,
}

impl Span {
    /// Its text.
    #[inline]
    #[must_use]
    pub fn text(self, block: &[u8]) -> Option<&[u8]> {
        block.get(self.range())
    }

    /// Its place.
    #[inline]
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.from as usize..self.to as usize
    }
}

/// A position in a line.
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    bytes: &'a [u8],
    strings: iter::Zip<slice::Iter<'a, [u32; 2]>, slice::Iter<'a, u32>>,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// A cursor at the beginning of a line whose strings were found, and what
    /// each is called.
    #[must_use]
    pub fn new(bytes: &'a [u8], at: usize, index: &'a Index, called: &'a [u32]) -> Cursor<'a> {
        Cursor { bytes, strings: index.strings().iter().zip(called), at }
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

    /// Moves on over these bytes if they are next.
    #[inline]
    pub fn take<const N: usize>(&mut self, text: [u8; N]) -> Option<()> {
        (*self.bytes.get(self.at..)?.first_chunk::<N>()? == text).then(|| self.at += N)
    }

    /// Moves on over blanks; a line with others than spaces has no index.
    #[inline]
    pub fn blanks(&mut self) {
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
    }

    /// Moves on over an opening bracket and the blanks behind. Says whether a
    /// string opens there; if not, moves behind the closing bracket.
    #[inline]
    pub fn open(&mut self) -> Option<bool> {
        let closing = match self.peek()? {
            b'{' => b'}',
            b'[' => b']',
            _ => return None,
        };
        self.at += 1;
        self.blanks();
        let byte = self.peek()?;
        self.at += usize::from(byte == closing);
        (byte == b'"' || byte == closing).then_some(byte == b'"')
    }

    /// Moves behind a key, its colon, and the blanks around that.
    #[inline]
    pub fn colon(&mut self, key: Span) -> Option<()> {
        self.behind(key);
        if self.peek()? != b':' {
            self.blanks();
            (self.peek()? == b':').then_some(())?;
        }
        self.at += 1;
        self.blanks();
        Some(())
    }

    /// Moves on over a comma up to the string that opens behind it, or over this
    /// closing bracket. Says whether it was a comma.
    #[inline]
    pub fn comma(&mut self, closing: u8) -> Option<bool> {
        self.blanks();
        let byte = self.peek()?;
        self.at += 1;
        if byte == b',' {
            self.blanks();
            return (self.peek()? == b'"').then_some(true);
        }
        (byte == closing).then_some(false)
    }

    /// The next string and what it is called. That it opens where the cursor is
    /// has been seen before. The cursor stays.
    #[inline]
    pub fn string(&mut self) -> Option<(Span, u32)> {
        let ([open, close], called) = self.strings.next()?;
        Some((Span { from: open.wrapping_add(1), to: *close }, *called))
    }

    /// Whether a string ends with these three bytes, its own quotation mark the
    /// first of them and that of the next string the last: how keys, values and
    /// items mostly join.
    #[inline]
    #[must_use]
    pub fn follows(&self, string: Span, join: [u8; 3]) -> bool {
        let from = string.to as usize;
        let [a, b, c] = join;
        let word = self.bytes.get(from..from + 4).and_then(<[u8]>::first_chunk::<4>);
        word.is_some_and(|word| u32::from_le_bytes(*word) & 0x00FF_FFFF == u32::from_le_bytes([a, b, c, 0]))
    }

    /// Moves behind a string.
    #[inline]
    pub fn behind(&mut self, string: Span) {
        self.at = string.to as usize + 1;
    }

    /// Moves on over a number without exponent, scaled by ten to `decimals`.
    #[inline]
    pub fn number(&mut self, decimals: u32) -> Option<i64> {
        let (number, behind) = number::read(self.bytes, self.at, decimals)?;
        self.at = behind;
        Some(number)
    }
}
