//! The order in which streams begin: fit and money weighed together.
//!
//! Points are decibans, so ten times the money counts as much as ten points. What
//! can be worked out for all is compared; where one has no number, points alone count.

use crate::answer::Answers;
use crate::engine::chain::Kept;
use crate::kb::KnowledgeBase;
use crate::money::link::Subject;
use crate::money::worth::worth;
use crate::profile::streams::Streams;

/// What each of some streams is worth, in thousandths of a deciban; `None` if one has no number.
#[must_use]
pub fn worths(kb: &KnowledgeBase, answers: &Answers, kept: &Kept, streams: &[(usize, usize)]) -> Option<Vec<i64>> {
    let own = Streams::default();
    let subject = Subject { kb, answers, own: &own, kept };
    streams.iter().map(|at| worth(&subject, *at)).collect()
}
