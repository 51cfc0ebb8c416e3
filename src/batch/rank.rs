//! Sums, ranks and shares, without a branch where candidates fill one lane.

use super::plan::{Lane, WIDTH};

/// Adds the points of a row.
#[inline]
pub fn add(sum: &mut Lane, more: &Lane) {
    for (sum, more) in sum.iter_mut().zip(more) {
        *sum += more;
    }
}

/// Candidates with at least `least` points, the most first; ties in the order of the base.
pub fn rank(points: &[i32], keys: &mut Vec<i64>, order: &mut Vec<usize>, least: i32) {
    if let (Some(points), i32::MIN) = (points.first_chunk::<WIDTH>().filter(|_| points.len() == WIDTH), least) {
        return rank_lane(points, order);
    }
    keys.clear();
    let key = |(one, points): (usize, &i32)| (-i64::from(*points) << 16) | i64::try_from(one).unwrap_or(i64::MAX);
    keys.extend(points.iter().enumerate().filter(|(_, points)| **points >= least).map(key));
    keys.sort_unstable();
    order.clear();
    order.extend(keys.iter().map(|key| usize::try_from(key & 0xFFFF).unwrap_or_default()));
}

/// The same for exactly one lane: each candidate's place is the number of those
/// before it, which takes no branch.
#[expect(clippy::needless_bitwise_bool, reason = "a branch here could not be foreseen")]
fn rank_lane(points: &Lane, order: &mut Vec<usize>) {
    let mut places = [0_u32; WIDTH];
    for (other, more) in points.iter().enumerate() {
        for (one, (place, points)) in places.iter_mut().zip(points).enumerate() {
            let equal_first = (other < one) & (more == points);
            *place += u32::from((more > points) | equal_first);
        }
    }
    order.clear();
    order.resize(WIDTH, 0);
    for (one, place) in places.iter().enumerate() {
        order[(*place & 7) as usize] = one;
    }
}

/// A share in ten-thousandths, rounded half to even: adding 2⁵² leaves exactly
/// that rounding in the low bits.
#[expect(clippy::cast_possible_truncation, reason = "a share lies in 0 to 1")]
pub fn rounded(share: f64) -> u32 {
    (share * 10_000.0 + 4_503_599_627_370_496.0).to_bits() as u32
}
