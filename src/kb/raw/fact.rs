//! Files of `facts/`.

use super::At;
use crate::kb::parse::value::{Number, stem};
use crate::text::Text;

form! {
    /// A file of `facts/`.
    FactGroup = "facts file" [id: String = stem] {
        must "name" name: Text,
        must "fact" facts: Vec<Fact>,
    }

    /// A fact.
    Fact = "fact" [] {
        must "id" id: At<String>,
        must "kind" kind: Option<At<String>>,
        must "nature" nature: Option<At<String>>,
        must "label" label: Option<At<Text>>,
        must "question" question: Text,
        must "help" help: Text,
        must "example" example: Text,
        must "source" sources: Vec<At<String>>,
        may "options" options: Vec<FactOption>,
        may "options-of" options_of: Option<At<String>>,
        may "at-most" at_most: Option<At<i64>>,
        may "min" min: Option<At<Number>>,
        may "max" max: Option<At<Number>>,
        may "decimals" decimals: Option<At<i64>>,
        may "unit" unit: Option<Text>,
        may "unit-one" unit_one: Option<String>,
        may "neutral" neutral: Option<Text>,
        may "change" change: Option<At<String>>,
        may "former" former: Vec<At<String>>,
    }

    /// An option of a fact.
    FactOption = "option" [] {
        must "id" id: At<String>,
        must "label" label: Option<At<Text>>,
        may "help" help: Option<Text>,
        may "neutral" neutral: Option<Text>,
        may "unwanted" unwanted: bool,
        may "former" former: Vec<At<String>>,
    }
}
