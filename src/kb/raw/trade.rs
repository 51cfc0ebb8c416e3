//! Files of `trades/` and `platforms/`.

use super::{At, Condition, Place};
use crate::kb::parse::value::{Map, Number, beginning, stem};
use crate::text::Text;

form! {
    /// A trade's file.
    Trade = "trade" [id: String = stem, place: Place = beginning] {
        must "name" name: Text,
        must "summary" summary: Text,
        must "source" sources: Vec<At<String>>,
        may "words" words: Map<(At<String>, At<Text>)>,
        may "role" roles: Vec<Role>,
        may "offer" offers: Vec<Offer>,
        may "price" prices: Vec<Price>,
        may "platform" platforms: Vec<Used>,
        may "message" messages: Vec<Message>,
        may "sign" sign: Option<At<Text>>,
        may "stop" stop: Option<At<Text>>,
    }

    /// How the work is shared by so many people.
    Role = "role" [] {
        must "people" people: Option<At<i64>>,
        must "text" text: Option<At<Text>>,
        must "source" sources: Vec<At<String>>,
    }

    /// What a trade sells.
    Offer = "offer" [] {
        must "stream" stream: Option<At<String>>,
        must "text" text: Option<At<Text>>,
        must "source" sources: Vec<At<String>>,
        may "when" when: Option<At<Condition>>,
    }

    /// What it costs.
    Price = "price" [] {
        must "stream" stream: Option<At<String>>,
        must "label" label: Text,
        must "low" low: Option<At<Number>>,
        must "high" high: Option<At<Number>>,
        must "unit" unit: Option<At<String>>,
        must "per" per: Text,
        must "as-of" as_of: Option<At<String>>,
        must "place" territory: Text,
        must "source" sources: Vec<At<String>>,
        may "when" when: Option<At<Condition>>,
    }

    /// A platform that a trade uses.
    Used = "platform used" [] {
        must "id" id: Option<At<String>>,
    }

    /// A message ready to be sent.
    Message = "message" [] {
        must "id" id: At<String>,
        must "text" text: Option<At<Text>>,
        may "source" sources: Vec<At<String>>,
        may "when" when: Option<At<Condition>>,
    }

    /// A platform's file.
    Platform = "platform" [id: String = stem, place: Place = beginning] {
        must "name" name: Text,
        may "when" when: Option<At<Condition>>,
        may "for" streams: Vec<At<String>>,
        must "fee" fee: Text,
        may "conditions" conditions: Option<Text>,
        must "as-of" as_of: Option<At<String>>,
        must "source" sources: Vec<At<String>>,
    }
}
