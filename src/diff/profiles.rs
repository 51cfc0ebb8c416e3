//! Profiles at hand, judged by both bases: counted, and the first ones kept.

use super::joint::Bases;
use super::verdicts::{Moved, moved};
use crate::profile::Profile;

/// How many profiles whose verdict changes are kept.
pub const MOST_KEPT: usize = 1_000;

/// What became of some profiles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profiles {
    /// How many the old base read.
    pub read: u64,
    /// How many it did not read.
    pub bad: u64,
    /// How many of those read the new base reads only in part.
    pub partly: u64,
    /// How many get another leader in some decision.
    pub flips: u64,
    /// How many of the others keep another second.
    pub seconds: u64,
    /// How many of the rest stand otherwise somewhere.
    pub stands: u64,
    /// The first [`MOST_KEPT`] that change.
    pub moved: Vec<One>,
}

/// A profile whose verdict changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct One {
    /// Its row, from 1.
    pub row: u64,
    /// Its id, if it has one.
    pub id: Option<String>,
    /// What became of it.
    pub moved: Moved,
}

impl Profiles {
    /// Judges one more.
    pub fn judge(&mut self, bases: &Bases<'_>, profile: &Profile, row: u64) {
        self.read += 1;
        self.partly += u64::from(!bases.carry.lost(&profile.answers).is_empty());
        let moved = moved(bases, &profile.answers);
        match () {
            () if moved.is_flip() => self.flips += 1,
            () if !moved.leaders.is_empty() => self.seconds += 1,
            () if !moved.stands.is_empty() => self.stands += 1,
            () => return,
        }
        if self.moved.len() < MOST_KEPT {
            self.moved.push(One { row, id: profile.id.clone(), moved });
        }
    }
}
