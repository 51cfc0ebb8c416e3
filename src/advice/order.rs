//! The order in which streams begin: fit and money weighed together.
//!
//! Points are decibans, so ten times the money counts as much as ten points. Where one
//! of the streams has no number, points alone count.

use super::stands::{Stand, Stands};
use crate::engine::kernel::Readiness;
use crate::ids::{CandidateRef, DecisionId};
use crate::money::link::Subject;
use crate::money::stream::{Stream, estimate};
use crate::money::worth::worth;
use std::cmp::Reverse;

/// The streams of a decision that stand so, the first to begin first: those that pay
/// before the deadline, then by what they are worth.
pub fn sorted<'s>(
    (subject, stands): (&Subject<'_, '_>, &'s Stands),
    (decision, readiness): (DecisionId, Readiness),
    is_late: impl Fn(&CandidateRef) -> bool,
) -> Vec<(CandidateRef, &'s Stand)> {
    let all = stands.decisions[decision].pairs().filter(|(_, stand)| stand.readiness == readiness);
    let all: Vec<(CandidateRef, &Stand)> = all.map(|(one, stand)| ((decision, one), stand)).collect();
    let worths = worths(subject, &all);
    let mut order: Vec<usize> = (0..all.len()).collect();
    let worth = |number: usize| {
        let points = i64::from(all[number].1.points) * 1_000;
        worths.as_ref().map_or(points, |worths| points + worths[number])
    };
    order.sort_by_key(|number| (is_late(&all[*number].0), Reverse(worth(*number)), all[*number].0.1));
    order.into_iter().map(|number| all[number]).collect()
}

/// Whether the streams of a decision that can begin are ordered by money as well.
#[must_use]
pub fn is_by_money(subject: &Subject<'_, '_>, stands: &Stands, decision: DecisionId) -> bool {
    let open = stands.decisions[decision].pairs().filter(|(_, stand)| stand.readiness == Readiness::Open);
    let open: Vec<(CandidateRef, &Stand)> = open.map(|(one, stand)| ((decision, one), stand)).collect();
    open.len() > 1 && worths(subject, &open).is_some()
}

/// What each is worth, in thousandths of a deciban; `None` if one has no number, or is alone.
fn worths(subject: &Subject<'_, '_>, all: &[(CandidateRef, &Stand)]) -> Option<Vec<i64>> {
    if all.len() < 2 {
        return None;
    }
    all.iter().map(|(at, _)| worth(subject, *at)).collect()
}

/// What a stream that runs leaves in a year, in the middle, where the operator has said any
/// number of what runs: then streams are told apart by it. Nothing where no number is said.
#[must_use]
pub fn earned(subject: &Subject<'_, '_>, at: CandidateRef) -> i128 {
    if subject.own.entries().is_empty() {
        return 0;
    }
    estimate(subject, Stream { at, runs: true, start: 1 }).map_or(0, |found| found.net.middle)
}
