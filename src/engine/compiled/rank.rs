//! Ranks and shares, without a branch that could not be foreseen.

use super::steps::places;
use crate::ids::CandidateId;
use wide::{i16x8, i32x8};

/// Buffers for ranking.
#[derive(Debug, Clone, Default)]
pub struct Ranking {
    keys: Vec<i64>,
}

impl Ranking {
    /// Candidates with at least `least` points, the most first; ties in the
    /// order of the base. No points exceed `reach`, either way.
    pub fn rank(&mut self, points: &[i32], reach: i32, order: &mut Vec<CandidateId>, least: i32) {
        match points.len() {
            ..=8 if reach < most(3) => lanes::<1, 3>(points, order, least),
            ..=24 if reach < most(6) => lanes::<3, 6>(points, order, least),
            ..=40 if reach < most(6) => lanes::<5, 6>(points, order, least),
            ..=64 if reach < most(6) => lanes::<8, 6>(points, order, least),
            _ => self.sort(points, order, least),
        }
    }

    fn sort(&mut self, points: &[i32], order: &mut Vec<CandidateId>, least: i32) {
        self.keys.clear();
        let key = |(one, points): (usize, &i32)| (-i64::from(*points) << 32) | i64::try_from(one).unwrap_or(i64::MAX);
        self.keys.extend(points.iter().enumerate().filter(|(_, points)| **points >= least).map(key));
        self.keys.sort_unstable();
        order.clear();
        let place = |key: &i64| CandidateId::new(usize::try_from(key & 0xFFFF_FFFF).unwrap_or_default());
        order.extend(self.keys.iter().map(place));
    }
}

/// More points than fit a key next to this many bits.
fn most(bits: u32) -> i32 {
    i32::from(i16::MAX) >> bits
}

/// Up to so many lanes of candidates. Points and place, the latter in so many bits, are one
/// number, its key: the more points and the earlier place, the greater. A rank is the number
/// of greater keys.
fn lanes<const LANES: usize, const BITS: u32>(points: &[i32], order: &mut Vec<CandidateId>, least: i32) {
    let least = i16x8::splat(i16::try_from(least).unwrap_or(i16::MIN).saturating_sub(1));
    let mut keys = [i16x8::ZERO; LANES];
    let mut in_use = 0;
    let mut behind = i16x8::new([7, 6, 5, 4, 3, 2, 1, 0]) + i16x8::splat((1 << BITS) - 8);
    for ((key, points), lane) in keys.iter_mut().zip(points.chunks(8)).zip(0..) {
        let mut eight = [0; 8];
        match points.first_chunk::<8>() {
            Some(whole) => eight = *whole,
            None => eight.iter_mut().zip(points).for_each(|(to, from)| *to = *from),
        }
        let points = i16x8::from_i32x8_saturate(i32x8::new(eight));
        in_use |= u64::from(points.simd_gt(least).to_bitmask()) << (8 * lane);
        *key = (points << BITS) | behind;
        behind -= i16x8::splat(8);
    }
    // What stands behind the last candidate is none.
    in_use &= u64::MAX.checked_shr(64_u32.saturating_sub(u32::try_from(points.len()).unwrap_or(64))).unwrap_or(0);
    let all = keys.map(i16x8::to_array);
    let mut ranks = [i16x8::ZERO; LANES];
    for at in places(in_use) {
        let other = i16x8::splat(all.as_flattened()[at]);
        // A comparison that holds is -1.
        ranks.iter_mut().zip(&keys).for_each(|(rank, key)| *rank -= other.simd_gt(*key));
    }
    let ranks = ranks.map(i16x8::to_array);
    order.clear();
    order.resize(in_use.count_ones() as usize, CandidateId::default());
    for at in places(in_use) {
        if let Some(place) = order.get_mut(usize::from(ranks.as_flattened()[at].unsigned_abs())) {
            *place = CandidateId::new(at);
        }
    }
}

/// A share in ten-thousandths, rounded half to even: adding 2⁵² leaves exactly
/// that rounding in the low bits.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "a share lies in 0 to 1")]
pub fn rounded(share: f64) -> u32 {
    (share * 10_000.0 + 4_503_599_627_370_496.0).to_bits() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::kernel::Points;

    #[test]
    fn every_way_ranks_alike() {
        let mut seed = 1_u64;
        let mut ranking = Ranking::default();
        for round in 0..5_000 {
            let reach = [3, 40, 509, 4_000, 100_000][round % 5];
            let n = [0, 1, 2, 7, 8, 9, 24, 34, 63, 64, 65, 300][round % 12];
            let mut next = || {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                i32::try_from((seed >> 33) % (2 * reach + 1)).expect("small") - i32::try_from(reach).expect("small")
            };
            let points: Points = (0..n).map(|_| next()).collect();
            for least in [i32::MIN, 1] {
                let mut wanted: Vec<CandidateId> = points.ids().filter(|one| points[*one] >= least).collect();
                wanted.sort_by_key(|one| (std::cmp::Reverse(points[*one]), *one));
                let mut found = vec![CandidateId::new(7); 3];
                ranking.rank(&points, i32::try_from(reach).expect("small"), &mut found, least);
                assert_eq!(found, wanted, "{points:?}");
            }
        }
    }
}
