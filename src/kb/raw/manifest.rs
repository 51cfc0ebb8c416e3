//! `qun.toml` and `invariants.toml`.

use super::{At, Condition};
use crate::kb::parse::value::{Map, Number};
use crate::text::Text;

form! {
    /// `qun.toml`.
    Manifest = "manifest" [] {
        must "version" version: String,
        must "name" name: Text,
        must "facts" facts: Vec<At<String>>,
        must "opening" opening: Option<At<String>>,
        must "floor" floor: Option<At<i64>>,
        may "second-floor" second_floor: Option<At<i64>>,
        must "hybrid-margin" hybrid_margin: Option<At<i64>>,
        may "gap-margin" gap_margin: Option<At<i64>>,
        must "temperature" temperature: Option<At<Number>>,
        must "strengths" strengths: Map<(At<String>, At<i64>)>,
        must "units" units: Map<(At<String>, Text)>,
        must "decisions" decisions: Vec<Decision>,
        must "screen" screen: Option<Screen>,
        may "words" words: Map<(At<String>, At<Text>)>,
        may "measured" measured: Vec<Measured>,
        may "counts" counts: Option<Counts>,
        may "deadline" deadline: Option<Deadline>,
        may "plan" plan: Option<Plan>,
        may "questions" questions: Option<Questions>,
        may "allow" allowances: Vec<Allowance>,
    }

    /// A decision of the manifest.
    Decision = "decision" [] {
        must "id" id: At<String>,
        must "folder" folder: At<String>,
        must "keep" keep: Option<At<String>>,
        must "heading" heading: Text,
        may "order" order: Vec<At<String>>,
        may "sections" sections: Vec<Section>,
        may "groups" groups: Vec<Group>,
        may "neither" neither: Option<Text>,
        may "second" second: Option<Text>,
        may "unproven" unproven: bool,
    }

    /// A text section that the candidates of a decision have.
    Section = "section" [] {
        must "id" id: At<String>,
        must "heading" heading: Text,
        may "optional" optional: bool,
    }

    /// A group that candidates are sorted into.
    Group = "group" [] {
        must "id" id: At<String>,
        must "name" name: Text,
    }

    /// What the first screen of the advice is made of.
    Screen = "screen" [] {
        must "verdict" verdict: Option<At<String>>,
        must "red-line" red_line: Vec<At<String>>,
        may "unplanned" unplanned: Vec<At<String>>,
    }

    /// How many questions it may take until the offer to stop.
    Questions = "questions" [] {
        must "most" most: Option<At<i64>>,
        must "mean" mean: Option<At<Number>>,
    }

    /// How well a decision must come out over the cases, in percent.
    Measured = "measure" [] {
        must "decision" decision: Option<At<String>>,
        may "first" first: Option<At<i64>>,
        may "auc" auc: Option<At<i64>>,
        may "never" never: Option<At<i64>>,
        may "kept" kept: Option<At<i64>>,
        may "extra" extra: Option<At<i64>>,
        may "hides" hides: Vec<At<String>>,
    }

    /// How many entries the base has; tests hold it to them.
    Counts = "counts" [] {
        may "cases" cases: Option<At<i64>>,
        may "facts" facts: Option<At<i64>>,
        may "hybrids" hybrids: Option<At<i64>>,
    }

    /// By when money is needed.
    Deadline = "deadline" [] {
        must "fact" fact: Option<At<String>>,
        must "weeks" weeks: Map<(At<String>, At<i64>)>,
    }

    /// What plans lean on.
    Plan = "plan" [] {
        must "hours" hours: Option<At<i64>>,
        may "fact" fact: Option<At<String>>,
        may "people" people: Option<At<String>>,
        may "begin" begin: Option<At<String>>,
        may "grow" grow: Option<At<String>>,
        may "leave" leave: Option<At<String>>,
        may "who" who: Option<At<String>>,
        may "step" step: Option<At<String>>,
        may "sign" sign: Option<At<String>>,
        may "give-up" give_up: Option<At<String>>,
    }

    /// A lint that the base does without, and why.
    Allowance = "allowance" [] {
        must "lint" lint: Option<At<String>>,
        may "at" at: Option<At<String>>,
        must "reason" reason: Text,
    }

    /// `invariants.toml`.
    Invariants = "invariants" [] {
        must "never" never: Vec<Never>,
    }

    /// Something that must never come out.
    Never = "invariant" [] {
        must "id" id: At<String>,
        must "says" says: Text,
        must "candidate" candidate: Option<At<String>>,
        must "group" group: Option<At<String>>,
        may "when" when: Option<At<Condition>>,
        may "unless" unless: Option<At<Condition>>,
    }
}
