//! Citations: every place of a base that leans on a document.

use super::KnowledgeBase;
use crate::diagnostic::Place;
use crate::ids::{CandidateId, CaseId, ClashId, DecisionId, FactId, LineId, NeedId, PlatformId, RuleId, SectionId, TradeId};

/// An entry of the base that cites documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// A fact.
    Fact(FactId),
    /// A candidate of a decision.
    Candidate(DecisionId, CandidateId),
    /// A case.
    Case(CaseId),
    /// A rule of the law.
    Rule(RuleId),
    /// A trade.
    Trade(TradeId),
    /// A platform.
    Platform(PlatformId),
    /// A clash of answers.
    Clash(ClashId),
}

/// The part of an entry that cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The entry as a whole.
    Itself,
    /// A text, by the section of the decision.
    Text(SectionId),
    /// A line of evidence.
    Evidence(LineId),
    /// A need.
    Need(NeedId),
    /// A figure.
    Figure(usize),
    /// What it takes.
    Effort,
    /// A factor of its chain of money.
    Factor(usize),
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
            Holder::Rule(rule) => &kb.rules[rule].place,
            Holder::Trade(trade) => &kb.trades[trade].place,
            Holder::Platform(platform) => &kb.platforms[platform].place,
            Holder::Clash(clash) => &kb.clashes[clash].place,
            Holder::Candidate(decision, candidate) => &kb.candidate(decision, candidate).place,
        }
    }

    /// The path of the entry: `folder/id`.
    #[must_use]
    pub fn path(self, kb: &KnowledgeBase) -> String {
        match self {
            Holder::Fact(fact) => format!("facts/{}", kb.facts[fact].id),
            Holder::Case(case) => format!("cases/{}", kb.cases[case].id),
            Holder::Rule(rule) => format!("rules/{}", kb.rules[rule].id),
            Holder::Trade(trade) => format!("trades/{}", kb.trades[trade].id),
            Holder::Platform(platform) => format!("platforms/{}", kb.platforms[platform].id),
            Holder::Clash(clash) => format!("clashes/{}", kb.clashes[clash].id),
            Holder::Candidate(decision, candidate) => {
                format!("{}/{}", kb.decisions[decision].folder, kb.candidate(decision, candidate).id)
            }
        }
    }
}

impl KnowledgeBase {
    /// Every citation of the base: facts, candidates part by part, cases.
    #[must_use]
    pub(crate) fn citations(&self) -> Vec<Citation<'_>> {
        let mut found = Vec::new();
        let facts = self.facts.pairs();
        found.extend(facts.map(|(fact, one)| Citation { holder: Holder::Fact(fact), part: Part::Itself, sources: &one.sources }));
        for (decision, of) in self.decisions.pairs() {
            for (candidate, one) in of.candidates.pairs() {
                let holder = Holder::Candidate(decision, candidate);
                let cite = |part: Part, sources| Citation { holder, part, sources };
                found.push(cite(Part::Itself, one.sources.as_slice()));
                let texts = one.texts.pairs();
                for (at, text) in texts.filter_map(|(at, text)| Some((at, text.as_ref()?))) {
                    found.push(cite(Part::Text(at), &text.sources));
                    // A variant without sources of its own leans on those of its section.
                    let own = text.variants.iter().filter(|variant| variant.sources != text.sources);
                    found.extend(own.map(|variant| cite(Part::Text(at), &variant.sources)));
                }
                found.extend(one.evidence.pairs().map(|(at, line)| cite(Part::Evidence(at), &line.sources)));
                let needs = one.needs.pairs().filter(|(_, need)| need.is_written());
                found.extend(needs.map(|(at, need)| cite(Part::Need(at), &need.sources)));
                found.extend(one.figures.iter().enumerate().map(|(at, figure)| cite(Part::Figure(at), &figure.sources)));
                found.extend(one.effort.iter().map(|effort| cite(Part::Effort, &effort.sources)));
                let factors = one.money.iter().flat_map(|chain| chain.factors.iter().enumerate());
                found.extend(factors.map(|(at, factor)| cite(Part::Factor(at), &factor.sources)));
            }
        }
        let cases = self.cases.pairs();
        for (case, one) in cases {
            let cite = |sources| Citation { holder: Holder::Case(case), part: Part::Itself, sources };
            found.push(cite(one.sources.as_slice()));
            found.extend(one.record.iter().map(|record| cite(&record.sources)));
            found.extend(one.reported.iter().map(|reported| cite(&reported.sources)));
        }
        self.cite_the_rest(&mut found);
        found
    }

    /// Rules, trades, platforms and clashes.
    fn cite_the_rest<'a>(&'a self, found: &mut Vec<Citation<'a>>) {
        let mut cite = |holder, sources| found.push(Citation { holder, part: Part::Itself, sources });
        self.rules.pairs().for_each(|(at, one)| cite(Holder::Rule(at), &one.sources));
        for (at, one) in self.trades.pairs() {
            let roles = one.roles.iter().map(|role| &role.sources);
            let offers = one.offers.iter().map(|offer| &offer.sources);
            let prices = one.prices.iter().map(|price| &price.sources);
            let messages = one.messages.iter().map(|message| &message.sources);
            let all = std::iter::once(&one.sources).chain(roles).chain(offers).chain(prices).chain(messages);
            all.for_each(|sources| cite(Holder::Trade(at), sources));
        }
        self.platforms.pairs().for_each(|(at, one)| cite(Holder::Platform(at), &one.sources));
        self.clashes.pairs().for_each(|(at, one)| cite(Holder::Clash(at), &one.sources));
    }
}
