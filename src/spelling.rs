//! Names as people type them: which are equal, and which one was probably meant.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// The form in which labels are compared: NFKC (so that full-width letters and
/// marks equal the ordinary ones), trimmed.
#[must_use]
pub fn normal(name: &str) -> String {
    match is_nfkc_quick(name.chars()) {
        IsNormalized::Yes => name.trim().to_owned(),
        IsNormalized::No | IsNormalized::Maybe => name.nfkc().collect::<String>().trim().to_owned(),
    }
}

/// The most characters of a name for which a likely spelling is looked for: no
/// name that somebody meant to type is longer.
pub const LONGEST_NAME: usize = 64;

/// The candidate nearest to `given`, if it is near enough to be a likely slip
/// of the pen: by Damerau-Levenshtein distance at most a third of the longer
/// name, first in the given order on a tie. Of a name longer than
/// [`LONGEST_NAME`] none is near. Where none is, the first that begins with what was given.
pub fn nearest<'a>(given: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let names: Vec<&str> = names.into_iter().collect();
    let mut begun = names.iter().copied();
    if given.chars().nth(LONGEST_NAME).is_some() {
        return None;
    }
    let given = normal(given).to_lowercase();
    let length = given.chars().count();
    let mut best: Option<(usize, &str)> = None;
    for name in names.iter().copied() {
        let other = name.to_lowercase();
        let (shorter, longer) = (length.min(other.chars().count()), length.max(other.chars().count()));
        if longer > LONGEST_NAME * 4 || (longer - shorter) * 3 > longer.max(3) {
            continue; // they differ in length alone by more than that
        }
        let distance = strsim::damerau_levenshtein(&given, &other);
        if distance * 3 <= longer.max(3) && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    let begins = |name: &&str| given.chars().nth(1).is_some() && name.to_lowercase().starts_with(&given);
    best.map(|(_, name)| name).or_else(|| begun.find(begins))
}

#[cfg(test)]
mod tests {
    #[test]
    fn example_of_normal() {
        assert_eq!(qun::spelling::normal("　会员ＩＤ "), "会员ID");
    }

    #[test]
    fn example_of_nearest() {
        assert_eq!(qun::spelling::nearest("memebrs", ["payer", "members"]), Some("members"));
        assert_eq!(qun::spelling::nearest("me", ["payer", "members"]), Some("members"));
        assert_eq!(qun::spelling::nearest("weather", ["payer", "members"]), None);
    }
}
