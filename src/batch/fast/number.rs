//! Plain decimal numbers, eight digits at a time.

const ZEROS: u64 = 0x3030_3030_3030_3030;
const HIGHS: u64 = 0x8080_8080_8080_8080;
const POWERS: [i64; 8] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

/// A number without exponent at a place of a padded block, scaled by ten to
/// `decimals`, and the place behind it. Gives up on anything that could overflow
/// or lose a digit.
#[inline(always)]
#[must_use]
pub fn read(bytes: &[u8], at: usize, decimals: u32) -> Option<(i64, usize)> {
    let is_negative = *bytes.get(at)? == b'-';
    let from = at + usize::from(is_negative);
    let (whole, len) = digits(bytes, from)?;
    if len == 0 || len == 8 || (len > 1 && bytes.get(from) == Some(&b'0')) {
        return read_long(bytes, at, decimals);
    }
    let mut behind = from + len;
    let mut number = whole;
    let mut places = 0;
    if *bytes.get(behind)? == b'.' {
        let (fraction, len) = digits(bytes, behind + 1)?;
        if len == 0 || len > 4 {
            return None;
        }
        number = whole * POWERS.get(len)? + fraction;
        behind += 1 + len;
        places = len;
    }
    let more = usize::try_from(decimals).ok()?.checked_sub(places);
    let Some(power) = more.and_then(|more| POWERS.get(more)) else { return read_long(bytes, at, decimals) };
    number *= power;
    Some((if is_negative { -number } else { number }, behind))
}

/// The digits at a place, of which at most eight are read, and how many there are.
#[inline(always)]
fn digits(bytes: &[u8], at: usize) -> Option<(i64, usize)> {
    let word = u64::from_le_bytes(*bytes.get(at..)?.first_chunk::<8>()?) ^ ZEROS;
    // Exact up to and including the first byte that is no digit.
    let others = (word.wrapping_add(0x7676_7676_7676_7676) | word) & HIGHS;
    let len = (others.trailing_zeros() >> 3) as usize;
    if len == 0 {
        return Some((0, 0));
    }
    // Zeros in front, then neighbours are joined: pairs, fours, eights.
    let eight = word << (64 - 8 * len);
    let pairs = eight.wrapping_mul(10).wrapping_add(eight >> 8);
    let upper = (pairs & 0x0000_00FF_0000_00FF).wrapping_mul(0x000F_4240_0000_0064);
    let lower = (pairs >> 16 & 0x0000_00FF_0000_00FF).wrapping_mul(0x0000_2710_0000_0001);
    i64::try_from(upper.wrapping_add(lower) >> 32).ok().map(|number| (number, len))
}

/// The same, digit by digit, for long numbers and more places than `decimals`.
#[inline(never)]
fn read_long(bytes: &[u8], at: usize, decimals: u32) -> Option<(i64, usize)> {
    let text = bytes.get(at..)?;
    let (is_negative, text) = text.strip_prefix(b"-").map_or((false, text), |rest| (true, rest));
    let count = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let whole = count(text);
    if whole == 0 || whole > 12 || (whole > 1 && text[0] == b'0') {
        return None;
    }
    let has_point = text.get(whole) == Some(&b'.');
    let places = if has_point { count(text.get(whole + 1..)?) } else { 0 };
    if has_point && (places == 0 || places > 4) {
        return None;
    }
    let len = whole + usize::from(has_point) + places;
    let digits = text.get(..len)?.iter().filter(|byte| byte.is_ascii_digit());
    let mut number = digits.fold(0_i64, |number, digit| number * 10 + i64::from(digit - b'0'));
    let mut left = u32::try_from(places).ok()?;
    while left > decimals {
        if number % 10 != 0 {
            return None;
        }
        number /= 10;
        left -= 1;
    }
    number = number.checked_mul(10_i64.checked_pow(decimals - left)?)?;
    Some((if is_negative { -number } else { number }, at + usize::from(is_negative) + len))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::fast::MARGIN;

    fn number(written: &str, decimals: u32) -> Option<(i64, usize)> {
        read(&[written.as_bytes(), &[0; MARGIN]].concat(), 0, decimals)
    }

    #[test]
    fn numbers_are_scaled_or_left_to_the_complete_reader() {
        assert_eq!(number("12.5,", 1), Some((125, 4)));
        assert_eq!(number("-3}", 1), Some((-30, 2)));
        assert_eq!(number("7.00,", 1), Some((70, 4)));
        assert_eq!(number("123456789012,", 0), Some((123_456_789_012, 12)));
        assert_eq!(number("12345678.5,", 2), Some((1_234_567_850, 10)));
        assert_eq!(number("0,", 2), Some((0, 1)));
        for unusual in ["012", "0.25", "1.", ".5", "-", "1234567890123", "x", "1.23456"] {
            assert_eq!(number(unusual, 1), None, "{unusual}");
        }
        assert_eq!(number("1e3", 0), Some((1, 1))); // the caller sees the `e`
    }

    proptest::proptest! {
        #[test]
        fn eight_digits_at_a_time_give_what_one_at_a_time_gives(written in "-?[0-9]{0,13}(\\.[0-9]{0,6})?[,e ]", decimals in 0_u32..6) {
            let block = [written.as_bytes(), &[0; MARGIN]].concat();
            proptest::prop_assert_eq!(read(&block, 0, decimals), read_long(&block, 0, decimals));
        }
    }
}
