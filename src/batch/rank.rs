//! Ranks and shares, without a branch where candidates fill few lanes.

/// Buffers for ranking.
#[derive(Debug, Clone, Default)]
pub struct Ranking {
    keys: Vec<i64>,
}

impl Ranking {
    /// Candidates with at least `least` points, the most first; ties in the
    /// order of the base. No points exceed `reach`, either way.
    pub fn rank(&mut self, points: &[i32], reach: i32, order: &mut Vec<usize>, least: i32) {
        match points.len() {
            ..=8 if fits::<8>(reach) => rank_lane::<8>(points, order, least),
            ..=16 if fits::<16>(reach) => rank_lane::<16>(points, order, least),
            ..=40 if fits::<40>(reach) => rank_lane::<40>(points, order, least),
            ..=64 if fits::<64>(reach) => rank_lane::<64>(points, order, least),
            _ => self.sort(points, order, least),
        }
    }

    fn sort(&mut self, points: &[i32], order: &mut Vec<usize>, least: i32) {
        self.keys.clear();
        let key = |(one, points): (usize, &i32)| (-i64::from(*points) << 32) | i64::try_from(one).unwrap_or(i64::MAX);
        self.keys.extend(points.iter().enumerate().filter(|(_, points)| **points >= least).map(key));
        self.keys.sort_unstable();
        order.clear();
        order.extend(self.keys.iter().map(|key| usize::try_from(key & 0xFFFF_FFFF).unwrap_or_default()));
    }
}

/// How many bits hold the place of one of `W` candidates.
const fn bits<const W: usize>() -> u32 {
    W.next_power_of_two().trailing_zeros()
}

/// Whether points and place make one number of 16 bits.
fn fits<const W: usize>(reach: i32) -> bool {
    reach < i32::from(i16::MAX) >> bits::<W>()
}

/// The same for candidates that fit a few lanes: each one's place is the number
/// of those before it, which takes no branch. Points and place make one key, so
/// no two are equal.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "keys were found to fit")]
fn rank_lane<const W: usize>(points: &[i32], order: &mut Vec<usize>, least: i32) {
    let mut keys = [i16::MIN; W];
    let mut count = 0;
    for ((key, points), place) in keys.iter_mut().zip(points).zip(1..) {
        *key = ((points << bits::<W>()) - place) as i16;
        count += usize::from(*points >= least);
    }
    let mut places = [0_i16; W];
    for other in &keys[..points.len().min(W)] {
        for (place, key) in places.iter_mut().zip(&keys) {
            *place += i16::from(other > key);
        }
    }
    let mut found = [0; W];
    for (one, place) in places.iter().enumerate().take(points.len()) {
        if let Some(found) = found.get_mut(usize::from(place.unsigned_abs())) {
            *found = one;
        }
    }
    order.clear();
    order.extend_from_slice(&found[..count.min(W)]);
}

/// A share in ten-thousandths, rounded half to even: adding 2⁵² leaves exactly
/// that rounding in the low bits.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "a share lies in 0 to 1")]
pub fn rounded(share: f64) -> u32 {
    (share * 10_000.0 + 4_503_599_627_370_496.0).to_bits() as u32
}
