//! Shares: how the points read as probabilities.
//!
//! A softmax of `points · ln(10) / 10 / temperature`. Traits are not
//! independent, so the temperature, fitted on the cases, tempers the odds. The
//! exponential is `libm`'s, which is the same on every platform; no order ever
//! depends on a share.

/// The shares of candidates in ten-thousandths, rounded half to even.
/// `temperature` is in thousandths.
#[must_use]
pub fn shares(points: &[i32], temperature: i64) -> Vec<u32> {
    exact(points, temperature).into_iter().map(rounded).collect()
}

/// The shares of candidates, from 0 to 1, before they are rounded.
#[must_use]
pub fn exact(points: &[i32], temperature: i64) -> Vec<f64> {
    let top = points.iter().copied().max().unwrap_or(0);
    let weights: Vec<f64> = points.iter().map(|points| weight(points - top, temperature)).collect();
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / sum).collect()
}

/// The odds of a candidate that is `difference` points (at most 0) from the top.
#[must_use]
pub fn weight(difference: i32, temperature: i64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a temperature is at most 100,000 thousandths")]
    let temperature = temperature as f64 / 1_000.0;
    libm::exp(f64::from(difference) * (core::f64::consts::LN_10 / 10.0) / temperature)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share lies in 0 to 1")]
fn rounded(share: f64) -> u32 {
    libm::rint(share * 10_000.0) as u32
}

#[cfg(test)]
mod tests {
    #[test]
    fn example_of_shares() {
        use qun::engine::share::shares;
        assert_eq!(shares(&[10, 0], 1_000), [9091, 909]); // ten times likelier
        assert_eq!(shares(&[10, 0], 10_000), [5573, 4427]); // the same, tempered
    }
}
