//! Ranks and shares, without a branch that could not be foreseen.

use crate::ids::CandidateId;
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
            ..=8 if reach < most(3) => few(points, order, least),
            ..=64 if reach < most(6) => many(points, order, least),
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

/// Points and place as one number: the more points and the earlier place, the greater.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the reach was found to fit")]
fn key(points: i32, place: i32, bits: u32) -> i16 {
    (points << bits | ((1 << bits) - 1 - place)) as i16
}

/// The place in a key.
#[inline]
fn place(key: i16, bits: u32) -> CandidateId {
    CandidateId::new(usize::from(!key.cast_unsigned() & ((1 << bits) - 1)))
}

/// One lane of candidates: the rank of each is the number of greater keys.
fn few(points: &[i32], order: &mut Vec<CandidateId>, least: i32) {
    let mut keys = [i16::MIN; 8];
    let mut count = 0;
    for ((to, points), place) in keys.iter_mut().zip(points).zip(0..) {
        *to = key(*points, place, 3);
        count += usize::from(*points >= least);
    }
    let mut ranks = [0_i16; 8];
    for other in &keys {
        ranks.iter_mut().zip(&keys).for_each(|(rank, key)| *rank += i16::from(other > key));
    }
    order.clear();
    order.resize(8, CandidateId::default());
    for (rank, key) in ranks.iter().zip(&keys).take(points.len()) {
        order[usize::from(rank.unsigned_abs()) & 7] = place(*key, 3);
    }
    order.truncate(count);
}

/// The same for several lanes, after those with too few points are left out.
fn many(points: &[i32], order: &mut Vec<CandidateId>, least: i32) {
    let mut keys = [[i16::MIN; 8]; 8];
    let mut count = 0;
    for (points, place) in points.iter().zip(0..) {
        // Every key is written and only the end moves, since no branch here can be foreseen.
        if let Some(to) = keys.as_flattened_mut().get_mut(count) {
            *to = key(*points, place, 6);
        }
        count += usize::from(*points >= least);
    }
    // What lies behind the end is no key.
    keys.as_flattened_mut().iter_mut().skip(count).take(1).for_each(|key| *key = i16::MIN);
    order.clear();
    order.resize(64, CandidateId::default());
    match keys.first_chunk::<3>().filter(|_| count <= 24) {
        Some(keys) => put(keys, order),
        None => put(&keys, order),
    }
    order.truncate(count);
}

/// Puts candidates where their rank says.
#[inline]
fn put<const R: usize>(keys: &[[i16; 8]; R], order: &mut [CandidateId]) {
    let keys_in_use = || keys.as_flattened().iter().take_while(|key| **key != i16::MIN);
    let mut ranks = [[0_i16; 8]; R];
    // That the end is in the keys keeps the compiler from turning this loop inside out.
    for other in keys_in_use() {
        for (ranks, keys) in ranks.iter_mut().zip(keys) {
            ranks.iter_mut().zip(keys).for_each(|(rank, key)| *rank += i16::from(other > key));
        }
    }
    for (rank, key) in ranks.as_flattened().iter().zip(keys_in_use()) {
        order[usize::from(rank.unsigned_abs()) & 63] = place(*key, 6);
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
