//! The likely range of a product: closed forms, no random numbers.
//!
//! Each factor is log-normal, its range being the middle 80 %; the product of
//! independent ones is log-normal too. Where payers cannot be more than there is
//! room for, the product of the capped part and the rest has the distribution
//! function 1 − Φ₂(−u, −w; ρ), and its quantiles are found by Newton's steps.

use libm::{asin, cos, erfc, exp, log, sin, sqrt};
use std::f64::consts::{PI, SQRT_2};

/// The standard normal quantile of 90 %.
const TENTH: f64 = 1.281_551_565_544_600_4;

/// How far a logarithm may be off, and the most steps that are taken to get there.
const EXACT: f64 = 1e-7;
const STEPS: usize = 32;

/// A log-normal number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LogNormal {
    /// The mean of its logarithm.
    pub mean: f64,
    /// The variance of its logarithm.
    pub variance: f64,
}

impl LogNormal {
    /// Exactly one.
    pub const ONE: LogNormal = LogNormal { mean: 0.0, variance: 0.0 };

    /// The one that lies between two positive numbers in four cases of five.
    #[must_use]
    pub fn between(low: f64, high: f64) -> LogNormal {
        let (low, high) = (log(low), log(high));
        let deviation = (high - low) / (2.0 * TENTH);
        LogNormal { mean: f64::midpoint(low, high), variance: deviation * deviation }
    }

    /// The product with an independent one.
    #[must_use]
    pub fn times(self, other: LogNormal) -> LogNormal {
        LogNormal { mean: self.mean + other.mean, variance: self.variance + other.variance }
    }

    /// The middle of its distribution.
    #[must_use]
    pub fn median(self) -> f64 {
        exp(self.mean)
    }
}

/// The quantiles of 10, 50 and 90 % of `rest` times `count`, which is at most `cap`.
#[must_use]
pub fn quantiles(count: LogNormal, rest: LogNormal, cap: Option<f64>) -> [f64; 3] {
    let all = count.times(rest);
    let free = |at: f64| exp(all.mean + at * sqrt(all.variance));
    let Some(cap) = cap else { return [-TENTH, 0.0, TENTH].map(free) };
    let (spread, rest_spread) = (sqrt(count.variance), sqrt(rest.variance));
    let held = |at: f64| cap * exp(rest.mean + at * rest_spread);
    let reached = if spread > 0.0 { (log(cap) - count.mean) / spread } else { f64::INFINITY * (log(cap) - count.mean) };
    if reached > 4.0 {
        return [-TENTH, 0.0, TENTH].map(free);
    }
    if reached < -4.0 || rest_spread == 0.0 || spread == 0.0 {
        // Always at the cap, or nothing else varies: the smaller of the two.
        return [-TENTH, 0.0, TENTH].map(|at| free(at).min(held(at)));
    }
    let spread = sqrt(all.variance);
    let both = Both::new(rest_spread / spread);
    [(-TENTH, 0.1), (0.0, 0.5), (TENTH, 0.9)].map(|(at, share)| {
        // Where neither part alone is too large by more than the share; Newton's way down from there.
        let most = log(free(at).min(held(at)));
        let (mut low, mut high) = (most - 2.0 * spread, most);
        let mut found = most;
        for _ in 0..STEPS {
            let (free, held) = ((found - all.mean) / spread, (found - log(cap) - rest.mean) / rest_spread);
            let off = 1.0 - both.below(-free, -held) - share;
            if off < 0.0 {
                low = found;
            } else {
                high = found;
            }
            let next = found - off / (both.slope(free, held) / spread + both.slope(held, free) / rest_spread);
            let next = if (low..=high).contains(&next) { next } else { f64::midpoint(low, high) };
            let step = next - found;
            found = next;
            if step.abs() < EXACT {
                break;
            }
        }
        exp(found)
    })
}

/// The standard normal distribution.
fn normal(x: f64) -> f64 {
    erfc(-x / SQRT_2) / 2.0
}

/// The density of the standard normal distribution.
fn density(x: f64) -> f64 {
    exp(-x * x / 2.0) / sqrt(2.0 * PI)
}

/// The points at which the angle is looked at, and their weights (Gauss-Legendre).
const NODES: [(f64, f64); 10] = [
    (0.076_526_521_133_497_34, 0.152_753_387_130_725_85),
    (0.227_785_851_141_645_08, 0.149_172_986_472_603_75),
    (0.373_706_088_715_419_56, 0.142_096_109_318_382_05),
    (0.510_867_001_950_827_1, 0.131_688_638_449_176_63),
    (0.636_053_680_726_515, 0.118_194_531_961_518_42),
    (0.746_331_906_460_150_8, 0.101_930_119_817_240_44),
    (0.839_116_971_822_218_8, 0.083_276_741_576_704_75),
    (0.912_234_428_251_326, 0.062_672_048_334_109_06),
    (0.963_971_927_277_913_8, 0.040_601_429_800_386_94),
    (0.993_128_599_185_094_9, 0.017_614_007_139_152_12),
];

/// Two standard normal numbers with a positive correlation.
struct Both {
    correlation: f64,
    /// The root of one less its square.
    rest: f64,
    /// The weight, the sine and the square of the cosine at each angle.
    angles: [(f64, f64, f64); 2 * NODES.len()],
}

impl Both {
    fn new(correlation: f64) -> Both {
        let correlation = correlation.min(0.999_9);
        let angle = asin(correlation);
        let angles = std::array::from_fn(|at| {
            let (x, weight) = NODES[at / 2];
            let theta = angle * (1.0 + if at % 2 == 0 { x } else { -x }) / 2.0;
            let (sine, cosine) = (sin(theta), cos(theta));
            (weight * angle / (4.0 * PI), sine, cosine * cosine)
        });
        Both { correlation, rest: sqrt(1.0 - correlation * correlation), angles }
    }

    /// The chance that they are below `h` and `k` (R. L. Plackett, *Biometrika* 41, 1954).
    fn below(&self, h: f64, k: f64) -> f64 {
        let (squares, product) = (h * h + k * k, 2.0 * h * k);
        let at = |(weight, sine, square): &(f64, f64, f64)| weight * exp(-(squares - product * sine) / (2.0 * square));
        normal(h) * normal(k) + self.angles.iter().map(at).sum::<f64>()
    }

    /// How fast the chance that one of them is below `one` or the other below `other` grows with `one`.
    fn slope(&self, one: f64, other: f64) -> f64 {
        density(one) * normal((self.correlation * one - other) / self.rest)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn example_of_quantiles() {
        use qun::money::likely::{LogNormal, quantiles};
        let [low, middle, high] = quantiles(LogNormal::between(10.0, 1000.0), LogNormal::ONE, None);
        assert!((low - 10.0).abs() < 1e-9 && (middle - 100.0).abs() < 1e-9 && (high - 1000.0).abs() < 1e-6);
        let [_, middle, high] = quantiles(LogNormal::between(10.0, 1000.0), LogNormal::ONE, Some(50.0));
        assert!((middle - 50.0).abs() < 1e-9 && (high - 50.0).abs() < 1e-9);
    }
}
