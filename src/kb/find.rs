//! Finding things of a base by the names that people use for them.
//!
//! Every entry has a path, `folder/id`, which is unique; its id alone and its
//! name in either language will do as long as they mean one thing.

use super::{KnowledgeBase, Named};
use crate::ids::{CandidateId, CaseId, DecisionId, FactId, PlatformId, RuleId, SourceId, TradeId};
use crate::spelling::normal;
use crate::text::{Lang, Text};

/// Something that can be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// A list of things that are no candidates.
    Topic(Topic),
    /// A decision, with its candidates.
    Decision(DecisionId),
    /// A candidate of a decision.
    Candidate(DecisionId, CandidateId),
    /// A fact.
    Fact(FactId),
    /// A document, or one of its sections.
    Document(SourceId, Option<usize>),
    /// A case.
    Case(CaseId),
    /// A rule of the law.
    Rule(RuleId),
    /// A trade.
    Trade(TradeId),
    /// A platform.
    Platform(PlatformId),
}

/// A list of things that are no candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// The facts.
    Facts,
    /// The cases.
    Cases,
    /// What the law asks.
    Rules,
    /// The trades.
    Trades,
    /// The platforms.
    Platforms,
    /// The documents.
    Sources,
    /// What the documents claim, and who holds it.
    Claims,
    /// What the documents leave out.
    Gaps,
    /// Damaged words and their meaning.
    Restored,
}

impl Topic {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Topic; 9] = [
        Topic::Facts,
        Topic::Cases,
        Topic::Rules,
        Topic::Trades,
        Topic::Platforms,
        Topic::Sources,
        Topic::Claims,
        Topic::Gaps,
        Topic::Restored,
    ];

    /// Its id, by which it is asked for.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Topic::Facts => "facts",
            Topic::Cases => "cases",
            Topic::Rules => "rules",
            Topic::Trades => "trades",
            Topic::Platforms => "platforms",
            Topic::Sources => "sources",
            Topic::Claims => "claims",
            Topic::Gaps => "gaps",
            Topic::Restored => "restored",
        }
    }
}

impl KnowledgeBase {
    /// Everything that goes by this name: an id, a path or a name in either
    /// language, whatever the case of its letters. Lists and decisions come first.
    #[must_use]
    pub(crate) fn find(&self, name: &str) -> Vec<Thing> {
        let name = fold(name);
        let all = self.things();
        all.into_iter().filter(|(_, names)| names.iter().any(|known| fold(known) == name)).map(|(thing, _)| thing).collect()
    }

    /// Every name that a thing is found by, for suggestions.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.things().into_iter().flat_map(|(_, names)| names).collect()
    }

    fn things(&self) -> Vec<(Thing, Vec<String>)> {
        let mut found: Vec<(Thing, Vec<String>)> =
            Topic::ALL.iter().map(|topic| (Thing::Topic(*topic), vec![topic.id().to_owned()])).collect();
        for (number, decision) in self.decisions.pairs() {
            let mut names = called("", &decision.id, &decision.heading);
            names.push(decision.folder.clone());
            found.push((Thing::Decision(number), names));
        }
        for (number, decision) in self.decisions.pairs() {
            for (candidate, one) in decision.candidates.pairs() {
                found.push((Thing::Candidate(number, candidate), called(&decision.folder, &one.id, &one.name)));
            }
        }
        let facts = self.facts.pairs();
        found.extend(facts.map(|(number, fact)| (Thing::Fact(number), called("facts", &fact.id, &fact.label))));
        for (number, document) in self.sources.documents.pairs() {
            found.push((Thing::Document(number, None), called("sources", &document.id, &document.title)));
            let sections = document.sections.iter().enumerate();
            let id = |section: &Named| format!("{}#{}", document.id, section.id);
            found.extend(sections.map(|(at, section)| (Thing::Document(number, Some(at)), vec![id(section)])));
        }
        let cases = self.cases.pairs();
        found.extend(cases.map(|(number, case)| (Thing::Case(number), called("cases", &case.id, &case.name))));
        let rules = self.rules.pairs();
        found.extend(rules.map(|(number, rule)| (Thing::Rule(number), called("rules", &rule.id, &rule.name))));
        let trades = self.trades.pairs();
        found.extend(trades.map(|(number, trade)| (Thing::Trade(number), called("trades", &trade.id, &trade.name))));
        let platforms = self.platforms.pairs();
        found.extend(platforms.map(|(number, one)| (Thing::Platform(number), called("platforms", &one.id, &one.name))));
        found
    }
}

fn called(folder: &str, id: &str, name: &Text) -> Vec<String> {
    let mut names = vec![id.to_owned()];
    if !folder.is_empty() {
        names.push(format!("{folder}/{id}"));
    }
    names.extend(Lang::BOTH.iter().map(|lang| name.get(*lang).to_owned()));
    names
}

fn fold(name: &str) -> String {
    normal(name).to_lowercase()
}
