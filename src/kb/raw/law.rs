//! Files of `rules/` and `clashes.toml`.

use super::{At, Condition, Place};
use crate::kb::parse::value::{beginning, stem};
use crate::text::Text;

form! {
    /// A rule of the law.
    Rule = "rule" [id: String = stem, place: Place = beginning] {
        must "name" name: Text,
        may "governs" governs: Vec<At<String>>,
        must "when" when: Option<At<Condition>>,
        may "met" met: Option<At<Condition>>,
        may "likely" likely: Option<At<Condition>>,
        may "first" first: Option<At<Condition>>,
        may "obtainable" obtainable: bool,
        may "grave" grave: bool,
        must "article" article: Text,
        may "since" since: Option<At<String>>,
        must "place" territory: Text,
        may "authority" authority: Option<Text>,
        must "asks" asks: Text,
        may "instead" instead: Option<Text>,
        must "sure" sure: Option<At<String>>,
        must "source" sources: Vec<At<String>>,
    }

    /// `clashes.toml`.
    Clashes = "clashes" [] {
        must "clash" clashes: Vec<Clash>,
    }

    /// Answers that contradict each other.
    Clash = "clash" [] {
        must "id" id: At<String>,
        must "when" when: Option<At<Condition>>,
        must "says" says: Text,
        must "believe" believe: Text,
        must "source" sources: Vec<At<String>>,
    }
}
