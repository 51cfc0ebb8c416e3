//! What the value of each fact looks like.

use super::{DECLINED, spellings};
use crate::engine::compiled::plan::Shape;
use crate::fact::{Fact, Kind, UNKNOWN};
use crate::ids::{OptionId, OptionSet};
use crate::kb::blocks::cell;
use crate::spelling::normal;
use std::ops::RangeInclusive;

/// What a fact's value looks like, and the row of its first answer.
#[derive(Debug, Clone)]
pub enum Field {
    /// One option; behind which place its names are in [`super::Reader`]'s table.
    Choice { names: usize, first: u32 },
    /// Several options.
    Choices { names: usize, several: Several },
    /// A number.
    Number(Box<Number>),
    /// Yes or no.
    YesNo { first: u32 },
    /// Nothing that this path reads.
    Other,
}

/// What several options may be.
#[derive(Debug, Clone, Copy)]
pub struct Several {
    /// How many there may be.
    pub at_most: usize,
    /// The option that excludes all others.
    pub none: Option<OptionId>,
    /// The row of the first option.
    pub first: u32,
    /// Whether a condition reads the whole set.
    pub has_literals: bool,
}

/// What a number may be, scaled by ten to `decimals`.
#[derive(Debug, Clone)]
pub struct Number {
    pub range: RangeInclusive<i64>,
    pub decimals: u32,
    /// The row below the first threshold.
    pub first: u32,
    pub thresholds: Vec<i64>,
}

impl Field {
    /// The field of a fact, with its names behind a place.
    #[must_use]
    pub fn of(fact: &Fact, shape: &Shape, names: usize) -> Field {
        match (&fact.kind, shape) {
            (Kind::Choice(_), Shape::Choice { first }) => Field::Choice { names, first: *first },
            (Kind::Choices { at_most, none, .. }, Shape::Choices { first, literals }) => Field::Choices {
                names,
                several: Several { at_most: *at_most, none: *none, first: *first, has_literals: !literals.is_empty() },
            },
            (Kind::Number(range), Shape::Number { first, thresholds }) => Field::Number(Box::new(Number {
                range: range.min..=range.max,
                decimals: range.decimals,
                first: *first,
                thresholds: thresholds.clone(),
            })),
            (Kind::YesNo, Shape::YesNo { first }) => Field::YesNo { first: *first },
            _ => Field::Other,
        }
    }
}

impl Several {
    /// Whether a fact may have these options.
    #[inline]
    #[must_use]
    pub fn allows(&self, chosen: OptionSet) -> bool {
        let is_alone = self.none.is_none_or(|none| !chosen.contains(none)) || chosen.len() == 1;
        is_alone && chosen.len() <= self.at_most
    }
}

impl Number {
    /// The row of a number, if it is in range.
    #[inline]
    #[must_use]
    pub fn row(&self, number: i64) -> Option<u32> {
        self.range.contains(&number).then(|| self.first + cell(&self.thresholds, number))
    }
}

/// The row of a fact's first answer.
fn first(shape: &Shape) -> u32 {
    match shape {
        Shape::Choice { first } | Shape::YesNo { first } | Shape::Number { first, .. } | Shape::Choices { first, .. } => *first,
    }
}

/// Every spelling of a fact's options with the row of the option, and what the
/// complete reader has to take before them: former names, and the words that
/// stand for "don't know".
pub fn rows(fact: &Fact, shape: &Shape) -> Vec<(String, u32)> {
    // Former names are for the complete reader too, which names them.
    let former = fact.options().iter().flat_map(|option| &option.former).flat_map(|name| [name.clone(), normal(name)]);
    let declined = UNKNOWN.iter().map(|word| (*word).to_owned()).chain(former).map(|word| (word, DECLINED));
    let options = fact.options().iter().zip(first(shape)..);
    declined.chain(options.flat_map(|(option, row)| spellings(&option.id, &option.label).map(move |name| (name, row)))).collect()
}
