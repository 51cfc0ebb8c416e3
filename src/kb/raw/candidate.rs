//! Candidates and cases, one file each.

use super::{At, Condition, Place};
use crate::kb::parse::value::{Map, Number, beginning, name, place_of, stem};
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
    }

    /// A text section of a candidate.
    SourcedText = "text section" [section: At<String> = name] {
        must "zh" zh: String,
        must "en" en: String,
        must "source" sources: Vec<At<String>>,
    }

    /// A line of evidence.
    Evidence = "evidence" [place: Place = place_of("trait")] {
        must "trait" statement: Text,
        must "when" when: Option<At<Condition>>,
        must "strength" strength: Option<At<String>>,
        must "source" sources: Vec<At<String>>,
        may "supporting" supporting: Option<Text>,
    }

    /// A need.
    Need = "need" [place: Place = place_of("lacks")] {
        must "lacks" lacks: Text,
        must "when" when: Option<At<Condition>>,
        must "source" sources: Vec<At<String>>,
        may "fixed" fixed: bool,
        may "law" law: bool,
    }

    /// A figure.
    Figure = "figure" [id: At<String> = name] {
        must "label" label: Text,
        must "low" low: Option<At<Number>>,
        must "high" high: Option<At<Number>>,
        must "unit" unit: Option<At<String>>,
        must "as-of" as_of: Option<At<String>>,
        must "source" sources: Vec<At<String>>,
    }

    /// A case's file.
    Case = "case" [id: String = stem, place: Place = beginning] {
        must "name" name: Text,
        must "summary" summary: Text,
        must "source" sources: Vec<At<String>>,
        must "expect" expect: Map<(At<String>, Vec<At<String>>)>,
        must "answers" answers: Written,
    }
}
