//! Citations: every place of a base that leans on a document.

use super::KnowledgeBase;

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

/// A claim whose holder never cites the section that makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncited {
    /// The claim, as an index into the base's claims.
    pub claim: usize,
    /// The entry that is said to hold it, as `folder/id`.
    pub holder: String,
}

impl Holder {
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

    /// Claims whose holders do not cite the section that makes them, in the order of the claims.
    #[must_use]
    pub fn uncited(&self) -> Vec<Uncited> {
        let citations = self.citations();
        let cites = |holder: &String, section: &String| {
            citations.iter().any(|one| one.sources.contains(section) && one.holder.path(self) == *holder)
        };
        let claims = self.sources.claims.iter().enumerate();
        let missing = claims.flat_map(|(claim, one)| {
            let holders = one.held_by.iter().filter(|holder| !cites(holder, &one.section));
            holders.map(move |holder| Uncited { claim, holder: holder.clone() })
        });
        missing.collect()
    }
}
