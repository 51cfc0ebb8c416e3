//! The form of the knowledge base: which keys each table may have.
//!
//! The tables below are data. The reader takes unknown and missing keys from
//! them, and so does whatever describes the form to people or editors.

/// What the value of a key must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `{ zh = "…", en = "…" }`, neither empty.
    Text,
    /// A string.
    String,
    /// A whole number.
    Integer,
    /// A number, perhaps with decimals.
    Number,
    /// `true` or `false`.
    Boolean,
    /// One string, or a list of them.
    Strings,
    /// A table of the given form.
    Table(&'static Form),
    /// A list of tables of the given form.
    Tables(&'static Form),
    /// A table whose keys are ids and whose values have the given kind.
    Map(&'static Kind),
    /// A condition: a table with exactly one of the keys of [`CONDITIONS`].
    Condition,
    /// The answers of a case, written as in a profile.
    Answers,
}

/// One key of a table.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// What its value must be.
    pub kind: Kind,
    /// Whether it may not be missing.
    pub required: bool,
}

/// A kind of table: what it is called and which keys it has.
#[derive(Debug, PartialEq, Eq)]
pub struct Form {
    /// What such a table describes, for messages.
    pub name: &'static str,
    /// Its keys.
    pub fields: &'static [Field],
}

const fn must(key: &'static str, kind: Kind) -> Field {
    Field { key, kind, required: true }
}

const fn may(key: &'static str, kind: Kind) -> Field {
    Field { key, kind, required: false }
}

/// The keys of a condition, in the order of the design.
pub const CONDITIONS: [&str; 9] = ["is", "has", "yes", "at-least", "below", "chosen", "all", "any", "not"];

/// `qun.toml`.
pub const MANIFEST: Form = Form {
    name: "manifest",
    fields: &[
        must("version", Kind::String),
        must("name", Kind::Text),
        must("facts", Kind::Strings),
        must("opening", Kind::String),
        must("floor", Kind::Integer),
        must("hybrid-margin", Kind::Integer),
        must("temperature", Kind::Number),
        must("strengths", Kind::Map(&Kind::Integer)),
        must("units", Kind::Map(&Kind::Text)),
        must("decisions", Kind::Tables(&DECISION)),
        must("screen", Kind::Table(&SCREEN)),
        may("questions", Kind::Table(&QUESTIONS)),
        may("estimate", Kind::Table(&ESTIMATE)),
        may("allow", Kind::Tables(&ALLOWANCE)),
    ],
};

/// A decision of the manifest.
pub const DECISION: Form = Form {
    name: "decision",
    fields: &[
        must("id", Kind::String),
        must("folder", Kind::String),
        must("keep", Kind::String),
        must("heading", Kind::Text),
        may("order", Kind::Strings),
        may("sections", Kind::Tables(&SECTION)),
        may("groups", Kind::Tables(&GROUP)),
        may("neither", Kind::Text),
        may("second", Kind::Text),
        may("unproven", Kind::Boolean),
    ],
};

/// A text section that the candidates of a decision have.
pub const SECTION: Form =
    Form { name: "section", fields: &[must("id", Kind::String), must("heading", Kind::Text), may("optional", Kind::Boolean)] };

/// A group that candidates are sorted into.
pub const GROUP: Form = Form { name: "group", fields: &[must("id", Kind::String), must("name", Kind::Text)] };

/// What the first screen of the advice is made of.
pub const SCREEN: Form = Form {
    name: "screen",
    fields: &[
        must("verdict", Kind::String),
        must("week", Kind::Strings),
        must("money", Kind::Strings),
        must("red-line", Kind::Strings),
    ],
};

/// How many questions it may take until the offer to stop.
pub const QUESTIONS: Form = Form { name: "questions", fields: &[must("most", Kind::Integer), must("mean", Kind::Number)] };

/// How many people may pay.
pub const ESTIMATE: Form = Form { name: "estimate", fields: &[must("audience", Kind::String), must("share", Kind::String)] };

/// A lint that the base does without, and why.
pub const ALLOWANCE: Form =
    Form { name: "allowance", fields: &[must("lint", Kind::String), may("at", Kind::String), must("reason", Kind::Text)] };

/// `invariants.toml`.
pub const INVARIANTS: Form = Form { name: "invariants", fields: &[must("never", Kind::Tables(&NEVER))] };

/// Something that must never come out.
pub const NEVER: Form = Form {
    name: "invariant",
    fields: &[
        must("id", Kind::String),
        must("says", Kind::Text),
        must("candidate", Kind::String),
        must("group", Kind::String),
        may("when", Kind::Condition),
        may("unless", Kind::Condition),
    ],
};

/// A file of `facts/`.
pub const FACTS: Form = Form { name: "facts file", fields: &[must("name", Kind::Text), must("fact", Kind::Tables(&FACT))] };

/// A fact.
pub const FACT: Form = Form {
    name: "fact",
    fields: &[
        must("id", Kind::String),
        must("kind", Kind::String),
        must("nature", Kind::String),
        must("label", Kind::Text),
        must("question", Kind::Text),
        must("help", Kind::Text),
        must("example", Kind::Text),
        must("source", Kind::Strings),
        may("options", Kind::Tables(&OPTION)),
        may("options-of", Kind::String),
        may("at-most", Kind::Integer),
        may("min", Kind::Number),
        may("max", Kind::Number),
        may("decimals", Kind::Integer),
        may("unit", Kind::Text),
        may("neutral", Kind::Text),
    ],
};

/// An option of a fact.
pub const OPTION: Form = Form {
    name: "option",
    fields: &[must("id", Kind::String), must("label", Kind::Text), may("help", Kind::Text), may("neutral", Kind::Text)],
};

/// A candidate's file.
pub const CANDIDATE: Form = Form {
    name: "candidate",
    fields: &[
        must("name", Kind::Text),
        must("summary", Kind::Text),
        must("source", Kind::Strings),
        may("groups", Kind::Strings),
        may("grows-into", Kind::Strings),
        may("after", Kind::Strings),
        may("text", Kind::Map(&Kind::Table(&SOURCED_TEXT))),
        may("evidence", Kind::Tables(&EVIDENCE)),
        may("need", Kind::Tables(&NEED)),
        may("figures", Kind::Map(&Kind::Table(&FIGURE))),
    ],
};

/// A text section of a candidate.
pub const SOURCED_TEXT: Form =
    Form { name: "text section", fields: &[must("zh", Kind::String), must("en", Kind::String), must("source", Kind::Strings)] };

/// A line of evidence.
pub const EVIDENCE: Form = Form {
    name: "evidence",
    fields: &[
        must("trait", Kind::Text),
        must("when", Kind::Condition),
        must("strength", Kind::String),
        must("source", Kind::Strings),
        may("supporting", Kind::Text),
    ],
};

/// A need.
pub const NEED: Form = Form {
    name: "need",
    fields: &[
        must("lacks", Kind::Text),
        must("when", Kind::Condition),
        must("source", Kind::Strings),
        may("fixed", Kind::Boolean),
        may("law", Kind::Boolean),
    ],
};

/// A figure.
pub const FIGURE: Form = Form {
    name: "figure",
    fields: &[
        must("label", Kind::Text),
        must("low", Kind::Number),
        must("high", Kind::Number),
        must("unit", Kind::String),
        must("as-of", Kind::String),
        must("source", Kind::Strings),
    ],
};

/// A case's file.
pub const CASE: Form = Form {
    name: "case",
    fields: &[
        must("name", Kind::Text),
        must("summary", Kind::Text),
        must("source", Kind::Strings),
        must("expect", Kind::Map(&Kind::Strings)),
        must("answers", Kind::Answers),
    ],
};

/// `sources.toml`.
pub const SOURCES: Form = Form {
    name: "sources",
    fields: &[
        must("document", Kind::Tables(&DOCUMENT)),
        may("restored", Kind::Tables(&RESTORED)),
        may("gap", Kind::Tables(&GAP)),
        may("claim", Kind::Tables(&CLAIM)),
    ],
};

/// A document that knowledge leans on.
pub const DOCUMENT: Form = Form {
    name: "document",
    fields: &[
        must("id", Kind::String),
        must("title", Kind::Text),
        may("url", Kind::String),
        may("note", Kind::Text),
        may("sections", Kind::Tables(&DOCUMENT_SECTION)),
    ],
};

/// A section of a document.
pub const DOCUMENT_SECTION: Form =
    Form { name: "document section", fields: &[must("id", Kind::String), must("title", Kind::Text)] };

/// A damaged word and what it meant.
pub const RESTORED: Form = Form {
    name: "restored word",
    fields: &[must("document", Kind::String), must("written", Kind::String), must("meant", Kind::Text)],
};

/// Something that the documents leave out.
pub const GAP: Form =
    Form { name: "gap", fields: &[must("id", Kind::String), must("text", Kind::Text), may("document", Kind::String)] };

/// A claim of a document and who holds it.
pub const CLAIM: Form = Form {
    name: "claim",
    fields: &[
        must("id", Kind::String),
        must("section", Kind::String),
        must("says", Kind::Text),
        may("held-by", Kind::Strings),
        may("waived", Kind::Text),
    ],
};
