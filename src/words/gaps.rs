//! Wordings with gaps, filled.

/// A wording with its gaps filled. What fills a gap is not searched for gaps again.
/// `{gap|one|more}` is the word for one where the gap is filled with a 1 of any sign, else that for more.
#[must_use]
pub fn fill_in(wording: &str, gaps: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(wording.len() + 16);
    let mut rest = wording;
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        filled.push_str(before);
        let named = after.find('}').map(|close| (&after[1..close], &after[close + 1..]));
        if let Some((value, tail)) = named.and_then(|(name, tail)| Some((filling(name, gaps)?, tail))) {
            filled.push_str(value);
            rest = tail;
        } else {
            filled.push('{');
            rest = &after[1..];
        }
    }
    filled + rest
}

/// What stands for a gap, or for a word that follows the number in one.
fn filling<'a>(name: &'a str, gaps: &[(&str, &'a str)]) -> Option<&'a str> {
    let (name, words) = name.split_once('|').map_or((name, None), |(name, words)| (name, words.split_once('|')));
    let value = gaps.iter().find(|(gap, _)| *gap == name)?.1;
    Some(words.map_or(value, |(one, more)| if matches!(value, "1" | "+1" | "-1" | "−1") { one } else { more }))
}

#[cfg(test)]
mod tests {
    #[test]
    fn example_of_fill_in() {
        use qun::words::fill_in;
        assert_eq!(fill_in("{a} and {b}", &[("a", "{b}"), ("b", "c")]), "{b} and c");
        let hours = |n| fill_in("{n} {n|hour|hours} in all", &[("n", n)]);
        assert_eq!([hours("1"), hours("1–3")], ["1 hour in all", "1–3 hours in all"]);
    }
}
