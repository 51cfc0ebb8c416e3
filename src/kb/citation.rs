//! Citations: every place of a base that leans on a document.

use super::KnowledgeBase;
use crate::diagnostic::Place;

/// An entry of the base that cites documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// A fact.
    Fact(usize),
    /// A candidate of a decision.
    Candidate(usize, usize),
    /// A case.
    Case(usize),
}

/// The part of an entry that cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The entry as a whole.
    Itself,
    /// A text, by the section of the decision.
    Text(usize),
    /// A line of evidence.
    Evidence(usize),
    /// A need.
    Need(usize),
    /// A figure.
    Figure(usize),
}

/// One place that cites documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Citation<'a> {
    /// The entry.
    pub holder: Holder,
    /// The part of it.
    pub part: Part,
    /// The references, as written: `document`, `document#section` or `judgement`.
    pub sources: &'a [String],
}

impl Holder {
    /// The beginning of the entry.
    #[must_use]
    pub fn place(self, kb: &KnowledgeBase) -> &Place {
        match self {
            Holder::Fact(fact) => &kb.facts[fact].place,
            Holder::Case(case) => &kb.cases[case].place,
            Holder::Candidate(decision, candidate) => &kb.candidate(decision, candidate).place,
        }
    }

    /// The path of the entry: `folder/id`.
    #[must_use]
    pub fn path(self, kb: &KnowledgeBase) -> String {
        match self {
            Holder::Fact(fact) => format!("facts/{}", kb.facts[fact].id),
            Holder::Case(case) => format!("cases/{}", kb.cases[case].id),
            Holder::Candidate(decision, candidate) => {
                format!("{}/{}", kb.decisions[decision].folder, kb.candidate(decision, candidate).id)
            }
        }
    }
}

impl KnowledgeBase {
    /// Every citation of the base: facts, candidates part by part, cases.
    #[must_use]
    pub fn citations(&self) -> Vec<Citation<'_>> {
        let mut found = Vec::new();
        let facts = self.facts.iter().enumerate();
        found.extend(facts.map(|(fact, one)| Citation { holder: Holder::Fact(fact), part: Part::Itself, sources: &one.sources }));
        for (decision, of) in self.decisions.iter().enumerate() {
            for (candidate, one) in of.candidates.iter().enumerate() {
                let holder = Holder::Candidate(decision, candidate);
                let cite = |part: Part, sources| Citation { holder, part, sources };
                found.push(cite(Part::Itself, one.sources.as_slice()));
                let texts = one.texts.iter().enumerate();
                found.extend(texts.filter_map(|(at, text)| Some(cite(Part::Text(at), &text.as_ref()?.sources))));
                found.extend(one.evidence.iter().enumerate().map(|(at, line)| cite(Part::Evidence(at), &line.sources)));
                found.extend(one.needs.iter().enumerate().map(|(at, need)| cite(Part::Need(at), &need.sources)));
                found.extend(one.figures.iter().enumerate().map(|(at, figure)| cite(Part::Figure(at), &figure.sources)));
            }
        }
        let cases = self.cases.iter().enumerate();
        found.extend(cases.map(|(case, one)| Citation { holder: Holder::Case(case), part: Part::Itself, sources: &one.sources }));
        found
    }
}
