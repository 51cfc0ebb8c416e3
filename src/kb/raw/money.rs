//! `money.toml`, and the chains of what a candidate brings in.

use super::{At, Condition, Place};
use crate::kb::parse::value::{Map, Number, Span, place_of};
use crate::text::Text;

form! {
    /// `money.toml`.
    Money = "money" [] {
        must "reach" reach: Option<At<String>>,
        must "active" active: Option<At<String>>,
        must "weeks" weeks: Option<At<Span>>,
        must "place" territory: Option<At<String>>,
        must "currencies" currencies: Map<(At<String>, At<String>)>,
        must "assumed" assumed: Option<At<String>>,
        may "size-from" size_from: Option<At<i64>>,
        may "factor" factors: Vec<Factor>,
    }

    /// How a candidate brings in money.
    Chain = "chain" [place: Place = place_of("payer")] {
        must "payer" payer: Text,
        must "per" per: Text,
        may "purse" purse: Option<At<String>>,
        may "places" places: Option<At<i64>>,
        may "per-thousand" per_thousand: bool,
    }

    /// A factor of chains.
    Factor = "factor" [place: Place = place_of("id")] {
        must "id" role: Option<At<String>>,
        must "low" low: Option<At<Number>>,
        must "high" high: Option<At<Number>>,
        must "unit" unit: Option<At<String>>,
        may "when" when: Option<At<Condition>>,
        may "for" streams: Vec<At<String>>,
        may "counted" counted: Option<Text>,
        may "as-of" as_of: Option<At<String>>,
        may "place" territory: Option<Text>,
        may "survivors" survivors: bool,
        must "source" sources: Vec<At<String>>,
    }
}
