//! Numbers that say what they number: a fact's is no candidate's.
//!
//! Whatever a base lists is referred to by its place there, and the place has a
//! type of its own. An [`IndexVec`] takes only the numbers of what it holds, so a
//! mistaken one does not compile. Numbers hold for the base that they come from.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{BitAnd, BitOr, Deref, DerefMut, Index, IndexMut};

/// A place in a list, of a type of its own.
pub trait Id: Copy + Ord + fmt::Debug {
    /// The place with this number, from 0.
    fn new(index: usize) -> Self;
    /// Its number, from 0.
    fn index(self) -> usize;
}

/// A place in a list whose places have no type of their own.
impl Id for usize {
    #[inline]
    fn new(index: usize) -> usize {
        index
    }

    #[inline]
    fn index(self) -> usize {
        self
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(usize);

        impl $name {
            /// The one with this number, from 0.
            #[inline]
            #[must_use]
            pub const fn new(index: usize) -> $name {
                $name(index)
            }

            /// Its number, from 0.
            #[inline]
            #[must_use]
            pub const fn index(self) -> usize {
                self.0
            }

            /// The one after it.
            #[must_use]
            pub const fn next(self) -> $name {
                $name(self.0 + 1)
            }

            /// Those before it, in their order.
            pub fn before(self) -> impl DoubleEndedIterator<Item = $name> + Clone {
                (0..self.0).map($name)
            }
        }

        impl Id for $name {
            #[inline]
            fn new(index: usize) -> $name {
                $name(index)
            }

            #[inline]
            fn index(self) -> usize {
                self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// A fact of a base.
    FactId
    /// A group of facts.
    FactGroupId
    /// A decision of a base.
    DecisionId
    /// A candidate, among those of its decision.
    CandidateId
    /// A group of candidates, among those of their decision.
    GroupId
    /// A section of text, among those of its decision.
    SectionId
    /// A line of evidence, among those of its candidate.
    LineId
    /// A need, among those of its candidate.
    NeedId
    /// A case of a base.
    CaseId
    /// A document that a base leans on.
    SourceId
    /// A rule of the law.
    RuleId
    /// A unit of figures.
    UnitId
    /// A word that texts may leave open.
    WordId
    /// A platform.
    PlatformId
    /// Answers that contradict each other.
    ClashId
    /// A trade.
    TradeId
}

/// A candidate of a base: its decision, and its place there.
pub type CandidateRef = (DecisionId, CandidateId);

/// An option of a fact, among those of the fact; a fact has at most
/// [`OptionSet::MOST`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
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
/// use qun::ids::{OptionId, OptionSet};
/// let two: OptionSet = [3, 63].into_iter().filter_map(OptionId::checked).collect();
/// assert_eq!(two.len(), 2);
/// assert_eq!(two.iter().map(OptionId::index).collect::<Vec<_>>(), [3, 63]);
/// assert_eq!(OptionId::checked(64), None); // no set can hold it
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
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
        (0..64).filter(move |bit| self.0 >> bit & 1 == 1).map(OptionId)
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

/// A list that takes only numbers of what it holds.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IndexVec<I, T> {
    items: Vec<T>,
    of: PhantomData<fn(I) -> I>,
}

impl<I: Id, T> IndexVec<I, T> {
    /// An empty list.
    #[must_use]
    pub const fn new() -> IndexVec<I, T> {
        IndexVec { items: Vec::new(), of: PhantomData }
    }

    /// So many of one thing.
    #[must_use]
    pub fn filled(with: T, count: usize) -> IndexVec<I, T>
    where
        T: Clone,
    {
        vec![with; count].into()
    }

    /// Their numbers.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + Clone + use<I, T> {
        (0..self.items.len()).map(I::new)
    }

    /// The number after the last.
    #[must_use]
    pub fn end(&self) -> I {
        I::new(self.items.len())
    }

    /// Each with its number.
    pub fn pairs(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator + Clone {
        self.items.iter().enumerate().map(|(index, item)| (I::new(index), item))
    }

    /// The one with this number, if there is one.
    #[inline]
    #[must_use]
    pub fn get(&self, id: I) -> Option<&T> {
        self.items.get(id.index())
    }

    /// The one with this number, if there is one, to be changed.
    #[inline]
    pub fn get_mut(&mut self, id: I) -> Option<&mut T> {
        self.items.get_mut(id.index())
    }

    /// The number of the first of which something is true.
    pub fn position(&self, is_it: impl FnMut(&T) -> bool) -> Option<I> {
        self.items.iter().position(is_it).map(I::new)
    }

    /// Makes it so long, with new ones where there are too few.
    pub fn resize_with(&mut self, count: usize, new: impl FnMut() -> T) {
        self.items.resize_with(count, new);
    }

    /// Forgets all of them.
    pub fn clear(&mut self) {
        self.items.clear();
    }

    /// Adds one at the end; gives its number.
    pub fn push(&mut self, item: T) -> I {
        self.items.push(item);
        I::new(self.items.len() - 1)
    }
}

/// All of them in their order, without their numbers.
impl<I, T> Deref for IndexVec<I, T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<I, T> DerefMut for IndexVec<I, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.items
    }
}

impl<I: Id, T> Index<I> for IndexVec<I, T> {
    type Output = T;

    #[inline]
    fn index(&self, id: I) -> &T {
        &self.items[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for IndexVec<I, T> {
    #[inline]
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.items[id.index()]
    }
}

impl<I, T> Default for IndexVec<I, T> {
    fn default() -> IndexVec<I, T> {
        Vec::new().into()
    }
}

impl<I, T> From<Vec<T>> for IndexVec<I, T> {
    fn from(items: Vec<T>) -> IndexVec<I, T> {
        IndexVec { items, of: PhantomData }
    }
}

impl<I, T> FromIterator<T> for IndexVec<I, T> {
    fn from_iter<A: IntoIterator<Item = T>>(items: A) -> IndexVec<I, T> {
        items.into_iter().collect::<Vec<T>>().into()
    }
}

impl<I, T> Extend<T> for IndexVec<I, T> {
    fn extend<A: IntoIterator<Item = T>>(&mut self, items: A) {
        self.items.extend(items);
    }
}

impl<I, T> IntoIterator for IndexVec<I, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, I, T> IntoIterator for &'a IndexVec<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<'a, I, T> IntoIterator for &'a mut IndexVec<I, T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter_mut()
    }
}

impl<I, T: fmt::Debug> fmt::Debug for IndexVec<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.fmt(f)
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
