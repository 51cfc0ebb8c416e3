//! Gains: what demands on two bases say of the difference between them.
//!
//! Where the old base asks that one sum be great and the new base that the same be
//! small, the edit itself must make it smaller. That is said by the two demands
//! together, but a search sees it only when it is said by itself: then whatever does
//! not differ between the bases drops out.

use crate::answer::Answer;
use crate::ids::FactId;
use crate::proof::solve::{Demand, Outcome, Prefer, solve_by};
use crate::proof::space::Space;
use crate::proof::terms::Sum;
use std::collections::BTreeMap;

/// The demands on differences that follow from those on the old base and those on
/// the new one. `twin` gives the quantity of the old base that a quantity of the new
/// one is called after.
#[must_use]
pub fn gains(old: &[Demand], new: &[Demand], twin: &dyn Fn(usize) -> Option<usize>) -> Vec<Demand> {
    let opposite = |demand: &Demand| -> Option<BTreeMap<usize, i32>> {
        demand.of.iter().map(|(quantity, weight)| Some((twin(*quantity)?, -weight))).collect()
    };
    let mut found = Vec::new();
    for after in new {
        let Some(opposite) = opposite(after) else { continue };
        for before in old.iter().filter(|before| before.of.iter().copied().collect::<BTreeMap<_, _>>() == opposite) {
            let of: Sum = before.of.iter().chain(&after.of).copied().collect();
            found.push(Demand { of, least: before.least + after.least });
        }
    }
    found
}

/// Answers that meet all demands, tried in either order.
#[must_use]
pub fn either(space: &Space, demands: &[Demand]) -> Outcome<Vec<(FactId, Answer)>> {
    match solve_by(space, demands, Prefer::Most) {
        Outcome::Undecided => solve_by(space, demands, Prefer::Fewest),
        decided => decided,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_ahead_before_and_behind_after_has_lost_the_difference() {
        let before = Demand { of: vec![(0, 1), (1, -1)], least: 0 };
        let after = Demand { of: vec![(3, 1), (2, -1)], least: 1 };
        let found = gains(std::slice::from_ref(&before), &[after], &|quantity| quantity.checked_sub(2));
        assert_eq!(found, [Demand { of: vec![(0, 1), (1, -1), (3, 1), (2, -1)], least: 1 }]);
        assert!(
            gains(std::slice::from_ref(&before), &[Demand { of: vec![(2, 1), (3, -1)], least: 1 }], &|one| one.checked_sub(2))
                .is_empty()
        );
    }
}
