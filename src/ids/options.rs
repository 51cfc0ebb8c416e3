//! Options of a fact, and sets of them, which hold no option that a fact cannot have.

use super::Id;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::{BitAnd, BitOr};

/// An option of a fact, among those of the fact; a fact has at most
/// [`OptionSet::MOST`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct OptionId(u8);

impl OptionId {
    /// The one with this number, from 0.
    ///
    /// # Panics
    ///
    /// From [`OptionSet::MOST`] on.
    #[must_use]
    pub fn new(index: usize) -> OptionId {
        OptionId::checked(index).expect("a fact has at most 64 options")
    }

    /// The one with this number, from 0; `None` from [`OptionSet::MOST`] on.
    #[inline]
    #[must_use]
    pub fn checked(index: usize) -> Option<OptionId> {
        u8::try_from(index).ok().filter(|_| index < OptionSet::MOST).map(OptionId)
    }

    /// Its number, from 0 to 63.
    #[inline]
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl Id for OptionId {
    #[inline]
    fn new(index: usize) -> OptionId {
        OptionId::new(index)
    }

    #[inline]
    fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl From<OptionId> for u32 {
    fn from(option: OptionId) -> u32 {
        u32::from(option.0)
    }
}

impl fmt::Debug for OptionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Options of one fact.
///
/// ```
/// use qun::{OptionId, OptionSet};
/// let two: OptionSet = [3, 63].into_iter().filter_map(OptionId::checked).collect();
/// assert_eq!(two.len(), 2);
/// assert_eq!(two.iter().map(OptionId::index).collect::<Vec<_>>(), [3, 63]);
/// assert_eq!(OptionId::checked(64), None); // no set can hold it
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct OptionSet(u64);

impl OptionSet {
    /// The most options that a fact can have.
    pub const MOST: usize = 64;
    /// No option.
    pub const EMPTY: OptionSet = OptionSet(0);

    /// One option.
    #[inline]
    #[must_use]
    pub fn of(option: OptionId) -> OptionSet {
        OptionSet(1 << option.0)
    }

    /// The options whose bits are set, the first one's being the least.
    #[inline]
    #[must_use]
    pub const fn from_bits(bits: u64) -> OptionSet {
        OptionSet(bits)
    }

    /// One bit per option, the first one's being the least.
    #[inline]
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// How many options there are.
    #[inline]
    #[must_use]
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether there is none.
    #[inline]
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether an option is among them.
    #[inline]
    #[must_use]
    pub const fn contains(self, option: OptionId) -> bool {
        self.0 >> option.0 & 1 == 1
    }

    /// Whether one of them is among others.
    #[inline]
    #[must_use]
    pub const fn meets(self, others: OptionSet) -> bool {
        self.0 & others.0 != 0
    }

    /// These and one more.
    #[inline]
    #[must_use]
    pub fn with(self, option: OptionId) -> OptionSet {
        self | OptionSet::of(option)
    }

    /// These but one.
    #[inline]
    #[must_use]
    pub fn without(self, option: OptionId) -> OptionSet {
        OptionSet(self.0 & !OptionSet::of(option).0)
    }

    /// These without one that is among them, or with one that is not.
    #[inline]
    #[must_use]
    pub fn toggled(self, option: OptionId) -> OptionSet {
        OptionSet(self.0 ^ OptionSet::of(option).0)
    }

    /// The options, in the order of the fact.
    #[inline]
    pub fn iter(self) -> impl Iterator<Item = OptionId> + Clone {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let option = (left != 0).then(|| OptionId::new(left.trailing_zeros() as usize));
            left &= left.wrapping_sub(1);
            option
        })
    }

    /// The first options, so many of them; all at [`OptionSet::MOST`].
    #[must_use]
    pub fn first(count: usize) -> OptionSet {
        OptionSet(u32::try_from(count).ok().and_then(|count| 1_u64.checked_shl(count)).map_or(u64::MAX, |end| end - 1))
    }

    /// Every set of options of these but the empty one.
    pub fn subsets(self) -> impl Iterator<Item = OptionSet> {
        // Counts through the bits of the mask only.
        let after = move |sub: &u64| (*sub != self.0).then(|| (sub | !self.0).wrapping_add(1) & self.0);
        std::iter::successors(Some(0), after).skip(1).map(OptionSet)
    }
}

impl BitOr for OptionSet {
    type Output = OptionSet;

    #[inline]
    fn bitor(self, other: OptionSet) -> OptionSet {
        OptionSet(self.0 | other.0)
    }
}

impl BitAnd for OptionSet {
    type Output = OptionSet;

    #[inline]
    fn bitand(self, other: OptionSet) -> OptionSet {
        OptionSet(self.0 & other.0)
    }
}

impl FromIterator<OptionId> for OptionSet {
    fn from_iter<T: IntoIterator<Item = OptionId>>(options: T) -> OptionSet {
        options.into_iter().fold(OptionSet::EMPTY, OptionSet::with)
    }
}

impl fmt::Debug for OptionSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subsets_are_all_but_the_empty_one() {
        let of = OptionSet::from_bits(0b1011);
        let found: Vec<u64> = of.subsets().map(OptionSet::bits).collect();
        assert_eq!(found, [0b1, 0b10, 0b11, 0b1000, 0b1001, 0b1010, 0b1011]);
        assert_eq!(OptionSet::EMPTY.subsets().count(), 0);
    }

    #[test]
    fn the_last_option_is_an_option_like_others() {
        let last = OptionId::checked(63).expect("it is one");
        assert!(OptionSet::first(64).contains(last) && !OptionSet::first(63).contains(last));
        assert_eq!(OptionSet::of(last).iter().collect::<Vec<_>>(), [last]);
        assert_eq!(OptionId::checked(64), None);
    }
}
