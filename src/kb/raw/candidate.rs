//! Candidates and cases, one file each.

use super::{At, Condition, Place};
use crate::kb::parse::value::{Map, Number, Span, beginning, name, place_of, stem};
use crate::profile::Written;
use crate::text::Text;

form! {
    /// A candidate's file.
    Candidate = "candidate" [id: String = stem, place: Place = beginning] {
        must "name" name: Option<At<Text>>,
        must "summary" summary: Text,
        must "source" sources: Vec<At<String>>,
        may "groups" groups: Vec<At<String>>,
        may "grows-into" grows_into: Vec<At<String>>,
        may "after" after: Vec<At<String>>,
        may "text" texts: Map<SourcedText>,
        may "evidence" evidence: Vec<Evidence>,
        may "need" needs: Vec<Need>,
        may "figures" figures: Map<Figure>,
        may "effort" effort: Option<Effort>,
        may "money" money: Option<super::Chain>,
        may "factor" factors: Vec<super::Factor>,
        may "done" done: Option<At<Condition>>,
        may "grows" grows: bool,
        may "serves" serves: Vec<At<String>>,
        may "message" message: Option<At<String>>,
        may "grow-message" grow_message: Option<At<String>>,
    }

    /// What a candidate takes: from the least to the most.
    Effort = "effort" [] {
        may "setup-hours" setup_hours: Option<At<Span>>,
        may "weekly-hours" weekly_hours: Option<At<Span>>,
        may "first-cash-weeks" first_cash_weeks: Option<At<Span>>,
        must "source" sources: Vec<At<String>>,
    }

    /// A text section of a candidate.
    SourcedText = "text section" [section: At<String> = name] {
        must "zh" zh: Option<At<String>>,
        must "en" en: Option<At<String>>,
        must "source" sources: Vec<At<String>>,
        may "variant" variants: Vec<Variant>,
    }

    /// What a text says instead under a condition.
    Variant = "variant" [] {
        must "when" when: Option<At<Condition>>,
        must "zh" zh: Option<At<String>>,
        must "en" en: Option<At<String>>,
        may "source" sources: Vec<At<String>>,
    }

    /// A line of evidence.
    Evidence = "evidence" [place: Place = place_of("trait")] {
        must "trait" statement: Text,
        must "when" when: Option<At<Condition>>,
        must "strength" strength: Option<At<String>>,
        must "source" sources: Vec<At<String>>,
        may "supporting" supporting: Option<Text>,
        may "id" id: Option<At<String>>,
    }

    /// A need.
    Need = "need" [place: Place = place_of("lacks")] {
        must "lacks" lacks: Text,
        must "when" when: Option<At<Condition>>,
        must "source" sources: Vec<At<String>>,
        may "fixed" fixed: bool,
        may "law" law: bool,
        may "proven-by-running" proven_by_running: bool,
        may "id" id: Option<At<String>>,
    }

    /// A figure.
    Figure = "figure" [id: At<String> = name] {
        must "label" label: Text,
        must "low" low: Option<At<Number>>,
        must "high" high: Option<At<Number>>,
        must "unit" unit: Option<At<String>>,
        must "as-of" as_of: Option<At<String>>,
        must "source" sources: Vec<At<String>>,
        may "when" when: Option<At<Condition>>,
    }

    /// A case's file.
    Case = "case" [id: String = stem, place: Place = beginning] {
        must "name" name: Text,
        must "summary" summary: Text,
        must "source" sources: Vec<At<String>>,
        must "expect" expect: Map<(At<String>, Vec<At<String>>)>,
        must "answers" answers: Written,
        may "runs" runs: Option<Runs>,
        may "outcome" outcome: Option<At<String>>,
        may "unseen" unseen: bool,
        may "facts-of-record" record: Option<Record>,
        may "reported" reported: Vec<Reported>,
    }

    /// What a case really earns with.
    Runs = "streams that run" [] {
        must "streams" streams: Vec<At<String>>,
        may "most" most: Option<At<String>>,
    }

    /// What is on record about a case, in words.
    Record = "record" [] {
        may "size" size: Option<Text>,
        may "price" price: Option<Text>,
        may "hours" hours: Option<Text>,
        may "income" income: Option<Text>,
        may "source" sources: Vec<At<String>>,
    }

    /// A number that a case reports of a stream.
    Reported = "reported value" [] {
        must "stream" stream: Option<At<String>>,
        must "what" what: Option<At<String>>,
        must "low" low: Option<At<Number>>,
        must "high" high: Option<At<Number>>,
        must "unit" unit: Option<At<String>>,
        must "as-of" as_of: Option<At<String>>,
        must "source" sources: Vec<At<String>>,
    }
}
