//! The same base with all strengths made equal in size: how much do they matter?

use crate::kb::KnowledgeBase;

/// A copy of the base in which every line of evidence has the same size, sign
/// kept: the mean size of the lines that there are, so that floor and margin
/// keep their meaning. Also that size, in points.
#[must_use]
pub fn equal_strengths(kb: &KnowledgeBase) -> (KnowledgeBase, i32) {
    let mut equal = kb.clone();
    let lines = || kb.decisions.iter().flat_map(|decision| &decision.candidates).flat_map(|candidate| &candidate.evidence);
    let sum: i64 = lines().map(|line| i64::from(line.points.abs())).sum();
    let count = i64::try_from(lines().count()).unwrap_or(i64::MAX).max(1);
    let size = i32::try_from((2 * sum + count) / (2 * count)).unwrap_or(i32::MAX).max(1);
    for decision in &mut equal.decisions {
        for line in decision.candidates.iter_mut().flat_map(|candidate| &mut candidate.evidence) {
            line.points = line.points.signum() * size;
        }
    }
    (equal, size)
}
