//! Facts: what can be known about a community, and how its values are written.

use crate::answer::Answer;
use crate::diagnostic::Place;
use crate::ids::{DecisionId, FactGroupId, FactId, IndexVec, OptionId};
use crate::spelling::normal;
use crate::text::{Lang, Text};
use serde::{Deserialize, Serialize};

/// The facts of a base, in the order in which a person would be asked.
pub type Facts = IndexVec<FactId, Fact>;

/// Something that can be known about a community.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Fact {
    /// Its id.
    pub id: String,
    /// Its short name, unique among all facts.
    pub label: Text,
    /// The question that asks for it.
    pub question: Text,
    /// How to find the answer.
    pub help: Text,
    /// A situation and its answer.
    pub example: Text,
    /// Where it comes from.
    pub(crate) nature: Nature,
    /// Which values it can have.
    pub kind: Kind,
    /// The decision whose candidates are its options, if they are.
    pub(crate) options_of: Option<DecisionId>,
    /// Why it may be that it changes no verdict; `None` if it should change some.
    pub(crate) neutral: Option<Text>,
    /// How hard it is to make another answer true.
    pub(crate) change: Change,
    /// What it was called before: profiles may still say so.
    pub(crate) former: Vec<String>,
    /// Documents it leans on, as written.
    pub sources: Vec<String>,
    /// Which group of facts it belongs to.
    pub(crate) group: FactGroupId,
    /// Where its id stands in the base.
    pub(crate) place: Place,
}

/// Whether a fact is an opinion of the operator or can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Nature {
    /// The operator's opinion.
    Stated,
    /// What anybody could see or count.
    Observed,
}

/// How hard it is to make another answer to a fact true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Change {
    /// A decision of this week.
    Easy,
    /// Work of weeks.
    Some,
    /// Work of months, or with others' consent.
    Hard,
    /// Nobody can change it, or to change it would only be to say something else.
    No,
}

impl Change {
    /// All of them, with their ids in a base.
    pub const ALL: [(&'static str, Change); 4] =
        [("no", Change::No), ("hard", Change::Hard), ("some", Change::Some), ("easy", Change::Easy)];

    /// What a change costs beside others; `None` if there is none to be had.
    #[must_use]
    pub fn effort(self) -> Option<u32> {
        match self {
            Change::Easy => Some(1),
            Change::Some => Some(3),
            Change::Hard => Some(9),
            Change::No => None,
        }
    }

    /// Its id in a base.
    #[must_use]
    pub fn id(self) -> &'static str {
        Change::ALL.iter().find(|(_, one)| *one == self).map_or("some", |(id, _)| id)
    }
}

/// Which values a fact can have.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Kind {
    /// Exactly one option.
    Choice(IndexVec<OptionId, Choice>),
    /// One or several options.
    Choices {
        /// The options.
        options: IndexVec<OptionId, Choice>,
        /// How many may be chosen at once; from 1.
        at_most: usize,
        /// The option that excludes all others.
        none: Option<OptionId>,
        /// The decision whose candidates are the options, if they are.
        candidates_of: Option<DecisionId>,
    },
    /// A number.
    Number(Range),
    /// Yes or no.
    YesNo,
}

/// An option of a choice.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// Its name, unique within the fact.
    pub label: Text,
    /// What it includes.
    pub help: Option<Text>,
    /// Why it may be that it changes no verdict.
    pub(crate) neutral: Option<Text>,
    /// Whether nobody would bring it about, so that it is never proposed.
    pub(crate) is_unwanted: bool,
    /// What it was called before: profiles may still say so.
    pub(crate) former: Vec<String>,
    /// Where its id stands in the base.
    pub(crate) place: Place,
}

/// The numbers a fact can have: whole multiples of a power of ten.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Range {
    /// The least, scaled by ten to `decimals`.
    pub min: i64,
    /// The greatest, scaled likewise.
    pub max: i64,
    /// Digits after the point, 0 to 3.
    pub decimals: u32,
    /// What is counted.
    pub unit: Text,
    /// The same in English of a single one, if it is another word.
    pub unit_one: Option<String>,
}

/// The most characters a number may have.
pub const LONGEST_NUMBER: usize = 40;

/// Words for yes and no that are understood besides `true` and `false`.
pub const YES: [&str; 3] = ["yes", "true", "是"];
/// The other half of [`YES`].
pub const NO: [&str; 3] = ["no", "false", "否"];
/// What stands for "don't know".
pub const UNKNOWN: [&str; 3] = ["?", "？", "不知道"];

/// Whether a written value says "don't know".
#[must_use]
pub fn is_unknown(written: &str) -> bool {
    UNKNOWN.contains(&written.trim())
}

/// The number of the fact with this id or label, in either language; else of the one that was called so.
#[must_use]
pub fn find(facts: &Facts, name: &str) -> Option<FactId> {
    let by_id = facts.position(|fact| fact.id == name);
    let by_label = || {
        let name = normal(name);
        facts.position(|fact| fact.is_called(&name))
    };
    by_id.or_else(by_label).or_else(|| formerly(facts, name))
}

/// The number of the fact that was called so.
#[must_use]
pub fn formerly(facts: &Facts, name: &str) -> Option<FactId> {
    facts.position(|fact| was_called(&fact.former, name))
}

/// Whether this is among former names.
fn was_called(former: &[String], name: &str) -> bool {
    !former.is_empty() && former.iter().any(|one| normal(one) == normal(name))
}

impl Fact {
    /// The options of a choice; none for numbers and yes/no.
    #[must_use]
    pub fn options(&self) -> &IndexVec<OptionId, Choice> {
        match &self.kind {
            Kind::Choice(options) | Kind::Choices { options, .. } => options,
            Kind::Number(_) | Kind::YesNo => const { &IndexVec::new() },
        }
    }

    /// The number of the option with this id or label, in either language; else of the one that was called so.
    #[must_use]
    pub fn option(&self, name: &str) -> Option<OptionId> {
        let options = self.options();
        let by_label = || {
            let name = normal(name);
            options.position(|option| option.id == name || option.is_called(&name))
        };
        options.position(|option| option.id == name).or_else(by_label).or_else(|| self.former_option(name))
    }

    /// The number of the option that was called so.
    #[must_use]
    pub fn former_option(&self, name: &str) -> Option<OptionId> {
        self.options().position(|option| was_called(&option.former, name))
    }

    fn is_called(&self, normal_name: &str) -> bool {
        self.id == normal_name || Lang::BOTH.iter().any(|lang| normal(self.label.get(*lang)) == normal_name)
    }

    /// Every spelling under which an option may be given, for suggestions.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        self.options().iter().flat_map(|option| [option.id.as_str(), &option.label.zh, &option.label.en])
    }

    /// An answer in words, for a reader.
    #[must_use]
    pub fn words(&self, answer: Answer, lang: Lang) -> String {
        let label = |option: OptionId| self.options()[option].label.get(lang).to_owned();
        match (answer, &self.kind) {
            (Answer::Choice(option), _) => label(option),
            (Answer::Choices(chosen), _) => {
                let labels: Vec<_> = chosen.iter().map(label).collect();
                labels.join(if lang == Lang::Zh { "；" } else { "; " })
            }
            (Answer::Number(number), Kind::Number(range)) => {
                let unit = range.unit_of(number, lang);
                let gap = if lang == Lang::Zh || unit == "%" { "" } else { " " };
                format!("{}{gap}{unit}", spoken(number, range.decimals, lang))
            }
            (Answer::Number(number), _) => number.to_string(),
            (Answer::YesNo(yes), _) => {
                let words = if yes { ["是", "yes"] } else { ["否", "no"] };
                words[usize::from(lang == Lang::En)].to_owned()
            }
        }
    }
}

impl Choice {
    fn is_called(&self, normal_name: &str) -> bool {
        Lang::BOTH.iter().any(|lang| normal(self.label.get(*lang)) == normal_name)
    }
}

impl Range {
    /// The unit as it stands behind a number.
    fn unit_of(&self, number: i64, lang: Lang) -> &str {
        let one = self.unit_one.as_deref().filter(|_| lang == Lang::En && self.written(number) == "1");
        one.unwrap_or(self.unit.get(lang))
    }

    /// A number as it is written in plain digits.
    #[must_use]
    pub fn written(&self, number: i64) -> String {
        decimal(number, self.decimals)
    }
}

/// A scaled integer in plain digits, without trailing zeros after the point.
#[must_use]
pub fn decimal(number: i64, decimals: u32) -> String {
    let scale = 10_u64.pow(decimals);
    let sign = if number < 0 { "-" } else { "" };
    let (whole, part) = (number.unsigned_abs() / scale, number.unsigned_abs() % scale);
    if part == 0 {
        return format!("{sign}{whole}");
    }
    let digits = format!("{part:0width$}", width = decimals as usize);
    format!("{sign}{whole}.{}", digits.trim_end_matches('0'))
}

/// A number by the rules of the language: in Chinese in 万 and 亿 where that takes
/// at most two digits after the point, in English with commas.
#[must_use]
pub fn spoken(number: i64, decimals: u32, lang: Lang) -> String {
    let scale = 10_i64.pow(decimals);
    if lang == Lang::Zh {
        for (word, size, digits) in [("亿", 100_000_000, 8), ("万", 10_000, 4)] {
            let whole = number / scale;
            if number % scale == 0 && whole.abs() >= size && whole % (size / 100) == 0 {
                return decimal(whole, digits) + word;
            }
        }
        return decimal(number, decimals);
    }
    let plain = decimal(number, decimals);
    let (whole, part) = plain.split_once('.').map_or((plain.as_str(), None), |(whole, part)| (whole, Some(part)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut out = sign.to_owned();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    part.map_or(out.clone(), |part| format!("{out}.{part}"))
}

/// Why a written number is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFault {
    /// Not digits with at most one point and a sign.
    NotANumber,
    /// More than [`LONGEST_NUMBER`] characters.
    TooLong,
    /// More digits after the point than the fact holds.
    TooFine,
    /// Outside of what 64 bits hold.
    TooLarge,
}

/// Reads plain digits into an integer scaled by ten to `decimals`; an exponent
/// is understood, and nothing is rounded.
///
/// # Errors
///
/// When the text is no number, or none that the scale can hold exactly.
pub fn scaled(written: &str, decimals: u32) -> Result<i64, NumberFault> {
    if written.len() > LONGEST_NUMBER {
        return Err(NumberFault::TooLong);
    }
    let (mantissa, exponent) = match written.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().map_err(|_| NumberFault::NotANumber)?),
        None => (written, 0),
    };
    let (sign, digits) = match mantissa.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !all_digits || digits.ends_with('.') {
        return Err(NumberFault::NotANumber);
    }
    let mut number: i128 = 0;
    for digit in whole.bytes().chain(part.bytes()) {
        number = number * 10 + i128::from(digit - b'0');
        if number > i128::from(i64::MAX) * 1_000_000_000 {
            return Err(NumberFault::TooLarge);
        }
    }
    let places = i32::try_from(part.len()).map_err(|_| NumberFault::TooLong)?;
    let mut shift = exponent.saturating_sub(places).saturating_add_unsigned(decimals);
    while shift > 0 && number != 0 {
        number = number.checked_mul(10).filter(|n| *n <= i128::from(i64::MAX)).ok_or(NumberFault::TooLarge)?;
        shift -= 1;
    }
    while shift < 0 && number != 0 {
        if number % 10 != 0 {
            return Err(NumberFault::TooFine);
        }
        number /= 10;
        shift += 1;
    }
    i64::try_from(sign * number).map_err(|_| NumberFault::TooLarge)
}

#[cfg(test)]
mod tests {
    #[test]
    fn example_of_decimal() {
        use qun::fact::decimal;
        assert_eq!(decimal(1250, 2), "12.5");
        assert_eq!(decimal(-5, 1), "-0.5");
        assert_eq!(decimal(300, 0), "300");
    }

    #[test]
    fn example_of_scaled() {
        use qun::fact::{NumberFault, scaled};
        assert_eq!(scaled("12.5", 2), Ok(1250));
        assert_eq!(scaled("1.2e3", 0), Ok(1200));
        assert_eq!(scaled("0.25", 1), Err(NumberFault::TooFine));
        assert_eq!(scaled("many", 0), Err(NumberFault::NotANumber));
    }

    #[test]
    fn example_of_spoken() {
        use qun::{fact::spoken, text::Lang};
        assert_eq!(spoken(12_000, 0, Lang::Zh), "1.2万");
        assert_eq!(spoken(12_345, 0, Lang::Zh), "12345");
        assert_eq!(spoken(12_000, 0, Lang::En), "12,000");
        assert_eq!(spoken(125, 1, Lang::En), "12.5");
    }
}
