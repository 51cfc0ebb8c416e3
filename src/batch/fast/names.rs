//! Names to numbers: keys and options by hash, verified by comparison.
//!
//! Nearly every name is at most sixteen bytes long, so it fits two machine
//! words: its hash is one multiplication, and comparing it takes no loop. A name
//! that is not found here is not thereby unknown, since labels compare after
//! NFKC: only for plain ASCII is the answer final (see [`is_plain`]).

/// The first sixteen bytes of a name, zero behind its end, and its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Short {
    /// The first eight bytes.
    pub low: u64,
    /// The next eight.
    pub high: u64,
    /// The length of the whole name.
    pub len: usize,
}

impl Short {
    /// The beginning of a name.
    #[must_use]
    pub fn of(name: &[u8]) -> Short {
        let word = |from: usize| {
            let mut bytes = [0; 8];
            let part = name.get(from..name.len().min(from + 8)).unwrap_or_default();
            bytes[..part.len()].copy_from_slice(part);
            u64::from_le_bytes(bytes)
        };
        Short { low: word(0), high: word(8), len: name.len() }
    }
}

/// A slot of the table; empty if its number is [`NOTHING`].
#[derive(Debug, Clone, Copy)]
struct Slot {
    low: u64,
    high: u64,
    len: u32,
    number: u32,
}

const NOTHING: u32 = u32::MAX;

/// Names with their numbers.
#[derive(Debug, Clone)]
pub struct Names {
    slots: Vec<Slot>,
    /// Names longer than sixteen bytes, by slot.
    long: Vec<Box<[u8]>>,
    factor: u64,
    shift: u32,
}

impl Names {
    /// A table of names; of two equal names the first one counts.
    #[must_use]
    pub fn new<'a>(names: impl IntoIterator<Item = (&'a str, u32)>) -> Names {
        let mut distinct: Vec<(&str, u32)> = Vec::new();
        for (name, number) in names {
            if distinct.iter().all(|(other, _)| *other != name) {
                distinct.push((name, number));
            }
        }
        let bits = (distinct.len() * 3).next_power_of_two().trailing_zeros().max(3);
        let mut best: Option<(usize, Names)> = None;
        let mut factor = 0x9E37_79B9_7F4A_7C15_u64;
        for _ in 0..200 {
            factor = factor.wrapping_mul(0xD134_2543_DE82_EF95).wrapping_add(2) | 1;
            let mut one = Names::empty(bits, factor);
            let cost = distinct.iter().map(|(name, number)| one.insert(name, *number)).sum();
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, one));
            }
            if cost == 0 {
                break;
            }
        }
        best.map_or_else(|| Names::empty(3, factor), |(_, names)| names)
    }

    fn empty(bits: u32, factor: u64) -> Names {
        let slot = Slot { low: 0, high: 0, len: 0, number: NOTHING };
        Names { slots: vec![slot; 1 << bits], long: vec![Box::default(); 1 << bits], factor, shift: 64 - bits }
    }

    fn place(&self, name: Short) -> usize {
        let mixed = (name.low ^ name.high.rotate_left(29) ^ name.len as u64).wrapping_mul(self.factor);
        usize::try_from(mixed >> self.shift).unwrap_or_default()
    }

    /// Puts a name in, and says how many slots were taken before one was free.
    fn insert(&mut self, name: &str, number: u32) -> usize {
        let short = Short::of(name.as_bytes());
        let mut at = self.place(short);
        let mut steps = 0;
        while self.slots[at].number != NOTHING {
            at = (at + 1) % self.slots.len();
            steps += 1;
        }
        let len = u32::try_from(name.len()).unwrap_or(u32::MAX);
        self.slots[at] = Slot { low: short.low, high: short.high, len, number };
        self.long[at] = name.as_bytes().into();
        steps
    }

    /// The number of a name of which `short` is the beginning.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "half of all time is spent here, and a call costs as much as the work")]
    #[must_use]
    pub fn find(&self, short: Short, whole: &[u8]) -> Option<u32> {
        let mut at = self.place(short);
        loop {
            let slot = self.slots.get(at)?;
            if slot.number == NOTHING {
                return None;
            }
            let is_alike = slot.low == short.low && slot.high == short.high && slot.len as usize == short.len;
            if is_alike && (short.len <= 16 || *self.long[at] == *whole) {
                return Some(slot.number);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// The number of a name.
    #[must_use]
    pub fn get(&self, name: &[u8]) -> Option<u32> {
        self.find(Short::of(name), name)
    }
}

/// Whether a name equals its own NFKC form, trimmed: printable ASCII without an
/// escape and without blanks at its ends.
#[must_use]
pub fn is_plain(name: &[u8]) -> bool {
    let blank_ends = name.first() == Some(&b' ') || name.last() == Some(&b' ');
    !blank_ends && name.iter().all(|byte| (b' '..=b'~').contains(byte) && *byte != b'\\' && *byte != b'"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_and_no_other() {
        let names = ["a", "b", "membership", "a-name-longer-than-sixteen-bytes", "a-name-longer-than-sixteen-bytez", "会员", ""];
        let table = Names::new(names.iter().zip(0..).map(|(name, number)| (*name, number)));
        for (name, number) in names.iter().zip(0..) {
            assert_eq!(table.get(name.as_bytes()), Some(number), "{name}");
        }
        for other in ["c", "member", "membership\0", "a-name-longer-than-sixteen-byteZ", "会"] {
            assert_eq!(table.get(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn of_two_equal_names_the_first_counts() {
        assert_eq!(Names::new([("x", 1), ("x", 2)]).get(b"x"), Some(1));
    }
}
