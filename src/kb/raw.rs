//! The knowledge base as written: every value with its place, nothing looked up yet.
//!
//! Ids here are strings that may name nothing at all. [`super::resolve`] turns
//! this model into the checked one.

use crate::diagnostic::{At, Place};
use crate::text::Text;

/// Everything that was read.
#[derive(Debug, Default)]
pub struct Base {
    pub manifest: Option<Manifest>,
    /// The fact files by stem, in the manifest's order.
    pub groups: Vec<FactGroup>,
    /// Candidates per decision, in the manifest's order of decisions.
    pub candidates: Vec<Vec<Candidate>>,
    pub cases: Vec<Case>,
    pub sources: Sources,
    pub invariants: Vec<Never>,
}

#[derive(Debug)]
pub struct Manifest {
    pub version: String,
    pub name: Text,
    pub facts: Vec<At<String>>,
    pub opening: Option<At<String>>,
    pub floor: Option<At<i64>>,
    pub hybrid_margin: Option<At<i64>>,
    pub temperature: Option<At<String>>,
    pub strengths: Vec<(At<String>, At<i64>)>,
    pub units: Vec<(At<String>, Text)>,
    pub decisions: Vec<Decision>,
    pub screen: Option<Screen>,
    pub questions: Option<Questions>,
    pub estimate: Option<Estimate>,
    pub allowances: Vec<Allowance>,
}

#[derive(Debug)]
pub struct Allowance {
    pub lint: Option<At<String>>,
    pub at: Option<At<String>>,
    pub reason: Text,
}

#[derive(Debug)]
pub struct Never {
    pub id: At<String>,
    pub says: Text,
    pub candidate: Option<At<String>>,
    pub group: Option<At<String>>,
    pub when: Option<At<Condition>>,
    pub unless: Option<At<Condition>>,
}

#[derive(Debug)]
pub struct Decision {
    pub id: At<String>,
    pub folder: At<String>,
    pub keep: Option<At<String>>,
    pub heading: Text,
    pub order: Vec<At<String>>,
    pub sections: Vec<Section>,
    pub groups: Vec<Named>,
    pub neither: Option<Text>,
    pub second: Option<Text>,
    pub unproven: bool,
}

#[derive(Debug)]
pub struct Section {
    pub id: At<String>,
    pub heading: Text,
    pub optional: bool,
}

#[derive(Debug)]
pub struct Named {
    pub id: At<String>,
    pub name: Text,
}

#[derive(Debug)]
pub struct Screen {
    pub verdict: Option<At<String>>,
    pub week: Vec<At<String>>,
    pub money: Vec<At<String>>,
    pub red_line: Vec<At<String>>,
}

#[derive(Debug)]
pub struct Questions {
    pub most: Option<At<i64>>,
    pub mean: Option<At<String>>,
}

#[derive(Debug)]
pub struct Estimate {
    pub audience: Option<At<String>>,
    pub share: Option<At<String>>,
}

#[derive(Debug)]
pub struct FactGroup {
    pub id: String,
    pub name: Text,
    pub facts: Vec<Fact>,
}

#[derive(Debug)]
pub struct Fact {
    pub id: At<String>,
    pub kind: Option<At<String>>,
    pub nature: Option<At<String>>,
    pub label: Option<At<Text>>,
    pub question: Text,
    pub help: Text,
    pub example: Text,
    pub sources: Vec<At<String>>,
    pub options: Vec<FactOption>,
    pub options_of: Option<At<String>>,
    pub at_most: Option<At<i64>>,
    pub min: Option<At<String>>,
    pub max: Option<At<String>>,
    pub decimals: Option<At<i64>>,
    pub unit: Option<Text>,
    pub neutral: Option<Text>,
}

#[derive(Debug)]
pub struct FactOption {
    pub id: At<String>,
    pub label: Option<At<Text>>,
    pub help: Option<Text>,
    pub neutral: Option<Text>,
}

#[derive(Debug)]
pub struct Candidate {
    pub id: String,
    pub place: Place,
    pub name: Option<At<Text>>,
    pub summary: Text,
    pub sources: Vec<At<String>>,
    pub groups: Vec<At<String>>,
    pub grows_into: Vec<At<String>>,
    pub after: Vec<At<String>>,
    pub texts: Vec<SourcedText>,
    pub evidence: Vec<Evidence>,
    pub needs: Vec<Need>,
    pub figures: Vec<Figure>,
}

#[derive(Debug)]
pub struct SourcedText {
    pub section: At<String>,
    pub text: Text,
    pub sources: Vec<At<String>>,
}

#[derive(Debug)]
pub struct Evidence {
    pub place: Place,
    pub statement: Text,
    pub when: Option<At<Condition>>,
    pub strength: Option<At<String>>,
    pub sources: Vec<At<String>>,
    pub supporting: Option<Text>,
}

#[derive(Debug)]
pub struct Need {
    pub place: Place,
    pub lacks: Text,
    pub when: Option<At<Condition>>,
    pub sources: Vec<At<String>>,
    pub fixed: bool,
    pub law: bool,
}

#[derive(Debug)]
pub struct Figure {
    pub id: At<String>,
    pub label: Text,
    pub low: Option<At<String>>,
    pub high: Option<At<String>>,
    pub unit: Option<At<String>>,
    pub as_of: Option<At<String>>,
    pub sources: Vec<At<String>>,
}

#[derive(Debug)]
pub enum Condition {
    Is(At<String>, Vec<At<String>>),
    Has(At<String>, Vec<At<String>>),
    Yes(At<String>),
    AtLeast(At<String>, At<String>),
    Below(At<String>, At<String>),
    Chosen(At<String>, At<String>),
    All(Vec<At<Condition>>),
    Any(Vec<At<Condition>>),
    Not(Box<At<Condition>>),
}

#[derive(Debug)]
pub struct Case {
    pub id: String,
    pub place: Place,
    pub name: Text,
    pub summary: Text,
    pub sources: Vec<At<String>>,
    pub expect: Vec<(At<String>, Vec<At<String>>)>,
    pub answers: crate::profile::Written,
}

#[derive(Debug, Default)]
pub struct Sources {
    pub documents: Vec<Document>,
    pub restored: Vec<Restored>,
    pub gaps: Vec<Gap>,
    pub claims: Vec<Claim>,
}

#[derive(Debug)]
pub struct Document {
    pub id: At<String>,
    pub title: Text,
    pub url: Option<String>,
    pub note: Option<Text>,
    pub sections: Vec<Named>,
}

#[derive(Debug)]
pub struct Restored {
    pub document: Option<At<String>>,
    pub written: String,
    pub meant: Text,
}

#[derive(Debug)]
pub struct Gap {
    pub id: At<String>,
    pub text: Text,
    pub document: Option<At<String>>,
}

#[derive(Debug)]
pub struct Claim {
    pub id: At<String>,
    pub section: Option<At<String>>,
    pub says: Text,
    pub held_by: Vec<At<String>>,
    pub waived: Option<Text>,
}
