//! Which key comes next: guessed from the lines before.
//!
//! Nearly all inputs write their keys in one order. A guess is verified by
//! comparing the bytes, so it can only save time: a right one needs no search
//! for the end of the key and no hash, and lets the processor run ahead.

use super::cursor::Cursor;

/// The longest key that is guessed, with its quotation mark.
const LONGEST: usize = 32;

/// After how many lines in another order that one is learnt; after twice as
/// many, guessing is given up for a while.
const STRIKES: u32 = 3;
/// After how many such lines it is tried anew.
const HOPELESS: u32 = 64;

/// A key as it was last written, with the quotation mark behind it.
#[derive(Debug, Clone, Copy, Default)]
struct Token {
    low: u128,
    low_mask: u128,
    high: u128,
    high_mask: u128,
    /// 0 if it was not seen yet.
    len: usize,
}

/// What was learnt of the order of keys.
#[derive(Debug, Clone, Default)]
pub struct Order {
    tokens: Vec<Token>,
    follows: Vec<u32>,
    last: usize,
    hits: u32,
    misses: u32,
    /// How many lines in a row were in another order.
    strikes: u32,
}

impl Order {
    /// Begins a line; `keys` is how many keys there are.
    #[inline]
    pub fn begin(&mut self, keys: usize) {
        if self.tokens.len() == keys + 1 {
            self.strikes = if self.misses > self.hits { (self.strikes + 1) % HOPELESS } else { 0 };
        } else {
            self.tokens = vec![Token::default(); keys + 1];
            self.follows = (1..).take(keys + 1).collect();
            self.strikes = 0;
        }
        (self.hits, self.misses) = (0, 0);
        self.last = keys;
    }

    /// The next key if it is one of the two that were guessed; moves behind its
    /// quotation mark.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "the cursor stays in registers only if it is never lent to a call")]
    pub fn guess(&mut self, cursor: &mut Cursor<'_>) -> Option<u32> {
        if self.strikes >= 2 * STRIKES {
            return None;
        }
        let window = cursor.window()?;
        let mut number = *self.follows.get(self.last)?;
        for _ in 0..2 {
            let token = self.tokens.get(number as usize)?;
            let is_it = token.len != 0
                && window & token.low_mask == token.low
                && (token.len <= 16 || cursor.second_window()? & token.high_mask == token.high);
            if is_it {
                cursor.skip(token.len);
                self.last = number as usize;
                self.hits += 1;
                return Some(number);
            }
            number = *self.follows.get(number as usize)?;
        }
        None
    }

    /// Learns from a key that was not guessed.
    pub fn learn(&mut self, number: u32, key: &[u8]) {
        self.misses += 1;
        let Some(token) = self.tokens.get_mut(number as usize) else { return };
        let is_known = token.len == key.len() + 1 && key.first().copied() == token.low.to_le_bytes().first().copied();
        if key.len() < LONGEST && !is_known {
            let mut bytes = [0_u8; LONGEST];
            bytes[..key.len()].copy_from_slice(key);
            bytes[key.len()] = b'"';
            let mask: [u8; LONGEST] = std::array::from_fn(|at| if at <= key.len() { 0xFF } else { 0 });
            let halves = |bytes: [u8; LONGEST]| {
                let (low, high) = bytes.split_at(16);
                let word = |half: &[u8]| half.first_chunk::<16>().map_or(0, |half| u128::from_le_bytes(*half));
                (word(low), word(high))
            };
            let ((low, high), (low_mask, high_mask)) = (halves(bytes), halves(mask));
            *token = Token { low, low_mask, high, high_mask, len: key.len() + 1 };
        }
        if let Some(follows) = self.follows.get_mut(self.last).filter(|_| self.strikes >= STRIKES && self.misses > self.hits + 2)
        {
            *follows = number;
        }
        self.last = number as usize;
    }
}
