//! Names to numbers: keys and options by hash, verified by comparison.
//!
//! Nearly every name is at most sixteen bytes long, so it fits two machine
//! words, and comparing it takes no loop. No two of them share a slot: names are
//! put into buckets, and each bucket is moved until all its names find free
//! slots (hash and displace: Belazzougui, Botelho, Dietzfelbinger, 2009). A name
//! that is not found here is not thereby unknown, since labels compare after
//! NFKC: only for plain ASCII is the answer final (see [`is_plain`]).

use super::cursor::Span;

/// The number of no name; its low half is zero, so that it can stand for a
/// place in a table as any other.
pub const NOTHING: u32 = 0xFFFF_0000;

/// The longest name that is found at once.
const SHORT: usize = 16;

/// The first sixteen bytes of a name, zero behind its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Short {
    low: u64,
    high: u64,
}

/// What is kept of sixteen bytes, by the length of the name modulo 32; whatever
/// that is of longer names, no slot has their length.
const KEPT: [Short; 32] = {
    let mut kept = [Short { low: 0, high: 0 }; 32];
    let mut len = 0;
    while len <= SHORT {
        kept[len] = Short { low: bytes(len), high: if len < 8 { 0 } else { bytes(len - 8) } };
        len += 1;
    }
    kept
};

/// All ones in the first bytes of a word.
const fn bytes(count: usize) -> u64 {
    if count >= 8 { u64::MAX } else { (1 << (8 * count)) - 1 }
}

impl Short {
    /// A name of at most sixteen bytes; of a longer one its first and its last eight.
    fn of(name: &[u8]) -> Short {
        let word = |bytes: &[u8]| {
            let mut padded = [0; 8];
            padded[..bytes.len()].copy_from_slice(bytes);
            u64::from_le_bytes(padded)
        };
        let (low, rest) = name.split_at(name.len().min(8));
        Short { low: word(low), high: word(&rest[rest.len().saturating_sub(8)..]) }
    }
}

/// In a free slot: no name is as long.
const FREE: u64 = 0xFFFF_FFFF;

/// A slot of the table.
#[derive(Debug, Clone, Copy)]
struct Slot {
    name: Short,
    /// The length of the name, and its number in the upper half.
    tag: u64,
}

/// Names with their numbers.
#[derive(Debug, Clone)]
pub struct Names {
    slots: Vec<Slot>,
    /// By which the slots of each bucket are moved.
    moves: Vec<u32>,
    factor: u64,
    shift: u32,
    /// Longer names; the empty one, which would look like a free slot; all of them in
    /// the unlikely case that no table was found. By a hash of their ends.
    others: Vec<Vec<(Box<[u8]>, u32)>>,
}

impl Names {
    /// A table of names; of two equal names the first one counts.
    #[must_use]
    pub fn new<'a>(names: impl IntoIterator<Item = (&'a str, u32)>) -> Names {
        let mut all: Vec<(&[u8], u32)> = names.into_iter().map(|(name, number)| (name.as_bytes(), number)).collect();
        all.sort_by_key(|(name, _)| *name);
        all.dedup_by_key(|(name, _)| *name);
        let (short, long): (Vec<_>, Vec<_>) = all.iter().partition(|(name, _)| (1..=SHORT).contains(&name.len()));
        let mut factor = 0x9E37_79B9_7F4A_7C15_u64;
        for attempt in 0..100 {
            factor = factor.wrapping_mul(0xD134_2543_DE82_EF95).wrapping_add(2) | 1;
            let bits = (short.len() * 2).next_power_of_two().trailing_zeros().clamp(4, 16) + attempt / 50;
            if let Some(names) = Names::placed(&short, bits, factor) {
                return names.with(&long);
            }
        }
        Names::empty(4, factor).with(&all)
    }

    fn empty(bits: u32, factor: u64) -> Names {
        let slot = Slot { name: Short::default(), tag: FREE };
        Names { slots: vec![slot; 1 << bits], moves: vec![0; 1 << (bits - 2)], factor, shift: 64 - bits, others: Vec::new() }
    }

    /// The table with these names besides.
    fn with(mut self, others: &[(&[u8], u32)]) -> Names {
        self.others = vec![Vec::new(); others.len().next_power_of_two()];
        for (name, number) in others {
            let at = self.other(name);
            self.others[at].push(((*name).into(), *number));
        }
        self
    }

    /// Among which of the other names a name would be.
    fn other(&self, name: &[u8]) -> usize {
        (self.hash(Short::of(name)) >> 32) as usize & (self.others.len() - 1)
    }

    /// A table in which every name has its own slot, if these bits and this
    /// factor allow one. The fullest buckets choose first.
    fn placed(names: &[(&[u8], u32)], bits: u32, factor: u64) -> Option<Names> {
        let mut table = Names::empty(bits, factor);
        let mut buckets: Vec<Vec<(Slot, u64)>> = vec![Vec::new(); table.moves.len()];
        for (name, number) in names {
            let slot = Slot { name: Short::of(name), tag: u64::from(*number) << 32 | name.len() as u64 };
            let hash = table.hash(slot.name);
            buckets[table.bucket(hash)].push((slot, hash));
        }
        let mut order: Vec<usize> = (0..buckets.len()).collect();
        order.sort_by_key(|bucket| std::cmp::Reverse(buckets[*bucket].len()));
        for bucket in order {
            let free = |at: u32| {
                let mut places: Vec<usize> = buckets[bucket].iter().map(|(_, hash)| table.place(*hash, at)).collect();
                let is_free = places.iter().all(|place| table.slots[*place].tag == FREE);
                places.sort_unstable();
                is_free && places.windows(2).all(|pair| pair[0] != pair[1])
            };
            let at = (0..u32::try_from(table.slots.len()).ok()?).find(|at| free(*at))?;
            table.moves[bucket] = at;
            for (slot, hash) in &buckets[bucket] {
                let place = table.place(*hash, at);
                table.slots[place] = *slot;
            }
        }
        Some(table)
    }

    #[inline]
    fn hash(&self, name: Short) -> u64 {
        (name.low ^ name.high.rotate_left(29)).wrapping_mul(self.factor)
    }

    #[inline]
    fn bucket(&self, hash: u64) -> usize {
        (hash >> 32) as usize & (self.moves.len() - 1)
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "there are fewer slots")]
    fn place(&self, hash: u64, moved: u32) -> usize {
        ((hash >> self.shift) as usize ^ moved as usize) & (self.slots.len() - 1)
    }

    /// The numbers of many strings of a padded block, given as the places of
    /// their quotation marks. [`NOTHING`] where a string is not found at once;
    /// then [`Names::get`] has the last word.
    #[inline(never)]
    pub fn find_all(&self, block: &[u8], strings: &[[u32; 2]], found: &mut Vec<u32>) -> Option<()> {
        if found.len() < strings.len() {
            found.resize(strings.len(), NOTHING);
        }
        for ([open, close], found) in strings.iter().zip(found) {
            *found = self.find(block, Span { from: open.wrapping_add(1), to: *close })?;
        }
        Some(())
    }

    /// The number of one string, likewise; nothing if the block has no padding.
    #[inline(always)]
    #[must_use]
    pub fn find(&self, block: &[u8], name: Span) -> Option<u32> {
        let (from, len) = (name.from as usize, name.to.wrapping_sub(name.from));
        let (words, _) = block.get(from..from + SHORT)?.first_chunk::<SHORT>()?.as_chunks::<8>();
        let kept = KEPT[(len & 31) as usize];
        let name = Short { low: u64::from_le_bytes(words[0]) & kept.low, high: u64::from_le_bytes(words[1]) & kept.high };
        let slot = self.slot(name)?;
        let other = (slot.name.low ^ name.low) | (slot.name.high ^ name.high) | (slot.tag ^ u64::from(len)) & 0xFFFF_FFFF;
        let number = (slot.tag >> 32) as u32;
        Some(if other == 0 { number } else { NOTHING })
    }

    /// The slot in which a name is if it is in any.
    #[inline(always)]
    fn slot(&self, name: Short) -> Option<&Slot> {
        let hash = self.hash(name);
        let moved = *self.moves.get(self.bucket(hash))?;
        self.slots.get(self.place(hash, moved))
    }

    /// The number of a name, or [`NOTHING`].
    #[must_use]
    pub fn get(&self, name: &[u8]) -> u32 {
        if (1..=SHORT).contains(&name.len()) {
            let short = Short::of(name);
            if let Some(slot) = self.slot(short).filter(|slot| slot.name == short && slot.tag & 0xFFFF_FFFF == name.len() as u64)
            {
                return (slot.tag >> 32) as u32;
            }
        }
        let found = self.others[self.other(name)].iter().find(|(other, _)| **other == *name);
        found.map_or(NOTHING, |(_, number)| *number)
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
    use crate::thorough::thorough;

    #[test]
    fn every_name_is_found_and_no_other() {
        let names = ["a", "b", "membership", "a-name-longer-than-sixteen-bytes", "a-name-longer-than-sixteen-bytez", "会员", ""];
        let table = Names::new(names.iter().zip(0..).map(|(name, number)| (*name, number)));
        for (name, number) in names.iter().zip(0..) {
            assert_eq!(table.get(name.as_bytes()), number, "{name}");
        }
        for other in ["c", "member", "membership\0", "a-name-longer-than-sixteen-byteZ", "a-name-longer-tha", "会"] {
            assert_eq!(table.get(other.as_bytes()), NOTHING, "{other}");
        }
    }

    #[test]
    fn every_short_name_has_its_own_slot() {
        let names: Vec<String> = (0..thorough(2_000, 100)).map(|number| format!("name-{number}")).collect();
        let table = Names::new(names.iter().zip(0..).map(|(name, number)| (name.as_str(), number)));
        assert!(table.others.iter().all(Vec::is_empty));
    }

    #[test]
    fn of_two_equal_names_the_first_counts() {
        assert_eq!(Names::new([("x", 1), ("x", 2)]).get(b"x"), 1);
    }

    proptest::proptest! {
        #[test]
        fn what_is_found_at_once_is_right(names in proptest::collection::vec("[a-c群]{0,20}", 0..200), other in "[a-c群]{0,20}") {
            let table = Names::new(names.iter().zip(0..).map(|(name, number)| (name.as_str(), number)));
            for name in names.iter().chain([&other]) {
                let block = [b"\"", name.as_bytes(), b"\"", &[b'a'; 64]].concat();
                let to = u32::try_from(name.len()).expect("it is short") + 1;
                let mut found = Vec::new();
                table.find_all(&block, &[[0, to]], &mut found).expect("the block is padded");
                let exact = table.get(name.as_bytes());
                proptest::prop_assert!(found == [NOTHING] || found == [exact]);
                let first = names.iter().zip(0..).find(|(one, _)| *one == name).map_or(NOTHING, |(_, number)| number);
                proptest::prop_assert_eq!(exact, first);
            }
        }
    }
}
