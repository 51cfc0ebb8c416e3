//! Where the quotation marks of a line stand.
//!
//! One pass over the line, sixty-four bytes at a time, finds them all, and the
//! end of the line too. What follows then jumps from mark to mark instead of
//! searching; as no jump waits for the one before, the processor runs ahead.

use wide::u8x16;

/// How many bytes of padding a block has behind its text, so that a whole chunk
/// can be read wherever a line ends.
pub const MARGIN: usize = CHUNK;

/// How many bytes are looked at together.
const CHUNK: usize = 64;
/// Up to so many marks in a chunk are written without asking how many there are.
const USUAL: usize = 12;

/// The quotation marks of one line.
#[derive(Debug, Clone, Default)]
pub struct Index {
    marks: Vec<u32>,
    count: usize,
    /// Where the text of the line ends: at its `\n` or `\r\n`.
    pub end: usize,
    /// Where the next line begins.
    pub next: usize,
    /// Whether there is a backslash in the line.
    pub has_escapes: bool,
    /// Whether the line is all ASCII; it may be so even if this says no.
    pub is_ascii: bool,
}

/// What is found in one chunk, a bit per byte.
struct Found {
    quotes: u64,
    /// Whether there is any backslash or control character.
    is_special: bool,
    is_ascii: bool,
}

#[inline]
fn parts(chunk: &[u8; CHUNK]) -> [u8x16; 4] {
    let (parts, _) = chunk.as_chunks::<16>();
    std::array::from_fn(|part| u8x16::new(parts[part]))
}

/// A bit per byte for which `is` gives all ones.
#[inline]
fn bits(parts: &[u8x16; 4], is: impl Fn(u8x16) -> u8x16) -> u64 {
    let [a, b, c, d] = parts.map(|part| u64::from(is(part).to_bitmask()));
    a | b << 16 | c << 32 | d << 48
}

#[inline]
fn is_control(part: u8x16) -> u8x16 {
    part.min(u8x16::splat(0x1F)).simd_eq(part)
}

#[inline]
fn is_backslash(part: u8x16) -> u8x16 {
    part.simd_eq(u8x16::splat(b'\\'))
}

#[inline]
fn look(parts: &[u8x16; 4]) -> Found {
    let special = parts.map(|part| is_control(part) | is_backslash(part));
    let all = parts[0] | parts[1] | parts[2] | parts[3];
    Found {
        quotes: bits(parts, |part| part.simd_eq(u8x16::splat(b'"'))),
        is_special: (special[0] | special[1] | special[2] | special[3]).to_bitmask() != 0,
        is_ascii: all.to_bitmask() == 0,
    }
}

/// The bytes that stand behind a backslash which itself does not; `carry` says
/// whether the chunk begins with one, and then whether the next one does.
fn escaped(mut backslashes: u64, carry: &mut bool) -> u64 {
    let mut escaped = u64::from(*carry);
    backslashes &= !escaped;
    *carry = false;
    while backslashes != 0 {
        let at = backslashes.trailing_zeros();
        escaped |= 2_u64.wrapping_shl(at);
        *carry = at == 63;
        backslashes &= !3_u64.wrapping_shl(at);
    }
    escaped
}

impl Index {
    /// Finds the marks of the line that begins at `at` of a padded block;
    /// nothing if it has control characters, as a tab.
    #[inline]
    pub fn line(&mut self, block: &[u8], at: usize) -> Option<()> {
        u32::try_from(block.len()).ok()?;
        self.count = 0;
        self.has_escapes = false;
        let mut is_ascii = true;
        let mut from = at;
        let mut carry = false;
        loop {
            let parts = parts(block.get(from..)?.first_chunk::<CHUNK>()?);
            let found = look(&parts);
            is_ascii &= found.is_ascii;
            if found.is_special || carry {
                let backslashes = bits(&parts, is_backslash);
                let controls = bits(&parts, is_control);
                let line = (controls & controls.wrapping_neg()).wrapping_sub(1);
                self.has_escapes |= backslashes & line != 0;
                let quotes = found.quotes & line & !escaped(backslashes & line, &mut carry);
                self.note(quotes, from)?;
                if controls != 0 {
                    self.is_ascii = is_ascii;
                    return self.close(block, from + controls.trailing_zeros() as usize);
                }
            } else {
                self.note(found.quotes, from)?;
            }
            from += CHUNK;
        }
    }

    /// Notes the marks of a chunk.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a call costs as much as the work")]
    #[expect(clippy::cast_possible_truncation, reason = "the block is shorter")]
    fn note(&mut self, quotes: u64, from: usize) -> Option<()> {
        if self.marks.len() < self.count + CHUNK {
            self.grow();
        }
        let room = self.marks.get_mut(self.count..self.count + CHUNK)?.first_chunk_mut::<CHUNK>()?;
        let mut left = quotes;
        let mut next = || {
            let mark = (from as u32).wrapping_add(left.trailing_zeros());
            left &= left.wrapping_sub(1);
            mark
        };
        room[..USUAL].fill_with(&mut next);
        let count = quotes.count_ones() as usize;
        if count > USUAL {
            room[USUAL..].iter_mut().take(count - USUAL).for_each(|mark| *mark = next());
        }
        self.count += count;
        Some(())
    }

    #[cold]
    fn grow(&mut self) {
        self.marks.resize((self.count + CHUNK) * 2, 0);
    }

    /// Ends the line at a control character, if that is a line end.
    #[inline]
    fn close(&mut self, block: &[u8], end: usize) -> Option<()> {
        self.end = end;
        let is_return = *block.get(end)? == b'\r';
        let line_end = end + usize::from(is_return);
        self.next = line_end + 1;
        (*block.get(line_end)? == b'\n').then_some(())
    }

    /// The strings: where each opens and where it closes.
    #[inline]
    #[must_use]
    pub fn strings(&self) -> &[[u32; 2]] {
        self.marks.get(..self.count).map_or(&[], |marks| marks.as_chunks().0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str, at: usize) -> Option<(Vec<u32>, usize, usize)> {
        let mut index = Index::default();
        let block = [text.as_bytes(), &[0; MARGIN]].concat();
        index.line(&block, at)?;
        Some((index.strings().as_flattened().to_vec(), index.end, index.next))
    }

    /// The same, byte by byte.
    fn plainly(text: &str, at: usize) -> Option<(Vec<u32>, usize, usize)> {
        let mut found = Vec::new();
        let mut is_escaped = false;
        for (place, byte) in text.bytes().enumerate().skip(at) {
            match byte {
                b'\n' => return Some((found, place, place + 1)),
                b'\r' => return (text.as_bytes().get(place + 1) == Some(&b'\n')).then_some((found, place, place + 2)),
                0..0x20 => return None,
                b'"' if !is_escaped => found.push(u32::try_from(place).expect("the text is short")),
                _ => {}
            }
            is_escaped = byte == b'\\' && !is_escaped;
        }
        None
    }

    proptest::proptest! {
        #[test]
        fn marks_are_those_that_a_plain_loop_finds(
            text in "[ab\"\\\\]{0,70}[\"\\\\群a]{0,70}(\n|\r\n|\t|\r)[a\"\\\\]{0,9}",
            at in 0_usize..4,
        ) {
            let wanted = plainly(&text, at).map(|(mut marks, end, next)| {
                marks.truncate(marks.len() / 2 * 2);
                (marks, end, next)
            });
            proptest::prop_assert_eq!(marks(&text, at), wanted);
        }
    }

    #[test]
    fn a_line_may_be_all_marks() {
        let text = "\"".repeat(300) + "\n";
        assert_eq!(marks(&text, 0), Some(((0..300).collect(), 300, 301)));
    }
}
