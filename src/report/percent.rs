//! Parts of a whole as people read them: one rounding for all.

/// A part of a whole in percent with one digit after the point, rounded down, so
/// that only all of it is 100; a dash where there is nothing to be a part of.
pub fn percent(part: impl TryInto<u64>, whole: impl TryInto<u64>) -> String {
    let [part, whole] = [part.try_into().unwrap_or(0), whole.try_into().unwrap_or(0)];
    let tenths = (u128::from(part) * 1_000).checked_div(u128::from(whole));
    tenths.map_or_else(|| "–".to_owned(), |tenths| format!("{}.{}%", tenths / 10, tenths % 10))
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn only_all_of_it_is_a_hundred() {
        assert_eq!(percent(1_999_u64, 2_000_u64), "99.9%");
        assert_eq!(percent(2_000_u64, 2_000_u64), "100.0%");
        assert_eq!(percent(0_usize, 3_usize), "0.0%");
        assert_eq!(percent(u64::MAX, u64::MAX), "100.0%");
        assert_eq!(percent(0_u64, 0_u64), "–");
    }
}
