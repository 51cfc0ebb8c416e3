//! Names as people type them: which are equal, and which one was probably meant.

use unicode_normalization::UnicodeNormalization;

/// The form in which labels are compared: NFKC (so that full-width letters and
/// marks equal the ordinary ones), trimmed.
///
/// ```
/// assert_eq!(qun::spelling::normal("　会员ＩＤ "), "会员ID");
/// ```
#[must_use]
pub fn normal(name: &str) -> String {
    name.nfkc().collect::<String>().trim().to_owned()
}

/// The longest name, in bytes, that is taken for a slip of the pen.
const LONGEST: usize = 192;

/// The candidate nearest to `given`, if it is near enough to be a likely slip
/// of the pen: by Damerau-Levenshtein distance at most a third of the longer
/// name, first in the given order on a tie. A name of more than some 64 characters is
/// no slip of the pen.
///
/// ```
/// assert_eq!(qun::spelling::nearest("memebrs", ["payer", "members"]), Some("members"));
/// assert_eq!(qun::spelling::nearest("weather", ["payer", "members"]), None);
/// ```
pub fn nearest<'a>(given: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if given.len() > LONGEST {
        return None;
    }
    let given = normal(given).to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for name in names {
        let other = name.to_lowercase();
        let longer = given.chars().count().max(other.chars().count());
        let distance = strsim::damerau_levenshtein(&given, &other);
        if distance * 3 <= longer.max(3) && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}
