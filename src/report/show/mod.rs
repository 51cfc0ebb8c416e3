//! The base to look at: one page per thing, from a fact to all that it speaks
//! for, and from a document to all that leans on it.

mod candidate;
mod condition;
mod fact;
mod lists;
mod rule;
mod source;
mod trade;

use super::page::{Block, Page, Section};
use crate::ids::{CandidateId, CandidateRef, DecisionId};
use crate::kb::citation::Holder;
use crate::kb::find::{Thing, Topic};
use crate::kb::{Case, KnowledgeBase};
use crate::text::{Lang, Text};
use crate::words;

/// The page of one thing.
#[must_use]
pub fn page(kb: &KnowledgeBase, thing: Thing, lang: Lang) -> Page {
    let guide = Guide { kb, lang };
    match thing {
        Thing::Topic(Topic::Facts) => lists::facts(&guide),
        Thing::Topic(Topic::Cases) => lists::cases(&guide),
        Thing::Topic(Topic::Rules) => lists::rules(&guide),
        Thing::Topic(Topic::Trades) => lists::trades(&guide),
        Thing::Topic(Topic::Platforms) => lists::platforms(&guide),
        Thing::Topic(Topic::Sources) => lists::sources(&guide),
        Thing::Topic(Topic::Claims) => source::claims(&guide),
        Thing::Topic(Topic::Gaps) => lists::gaps(&guide),
        Thing::Topic(Topic::Restored) => lists::restored(&guide),
        Thing::Decision(decision) => lists::decision(&guide, decision),
        Thing::Candidate(decision, candidate) => candidate::page(&guide, decision, candidate),
        Thing::Fact(fact) => fact::page(&guide, fact),
        Thing::Document(document, section) => source::page(&guide, document, section),
        Thing::Case(case) => guide.case(&kb.cases[case]),
        Thing::Rule(rule) => rule::page(&guide, &kb.rules[rule]),
        Thing::Trade(trade) => trade::page(&guide, &kb.trades[trade]),
        Thing::Platform(platform) => trade::platform(&guide, &kb.platforms[platform]),
    }
}

/// What there is to look at.
#[must_use]
pub fn overview(kb: &KnowledgeBase, lang: Lang) -> Page {
    lists::overview(&Guide { kb, lang })
}

/// A condition in words: labels of facts and options instead of ids.
pub(super) fn condition(kb: &KnowledgeBase, condition: &crate::condition::Condition, lang: Lang) -> String {
    Guide { kb, lang }.condition(condition)
}

/// What every page is made from.
#[derive(Clone, Copy)]
struct Guide<'a> {
    kb: &'a KnowledgeBase,
    lang: Lang,
}

impl Guide<'_> {
    fn say(&self, key: &str) -> String {
        words::say(key, self.lang).to_owned()
    }

    fn fill(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        words::fill(key, self.lang, gaps)
    }

    fn text(&self, text: &Text) -> String {
        text.get(self.lang).to_owned()
    }

    fn named(&self, decision: DecisionId, candidate: CandidateId) -> String {
        self.text(&self.kb.candidate(decision, candidate).name)
    }

    fn names(&self, decision: DecisionId, candidates: &[CandidateId]) -> String {
        let names: Vec<_> = candidates.iter().map(|one| self.named(decision, *one)).collect();
        names.join(words::say("line.list-joint", self.lang))
    }

    /// Candidates of several decisions by name.
    fn candidates(&self, candidates: &[CandidateRef]) -> String {
        let names: Vec<_> = candidates.iter().map(|(decision, one)| self.named(*decision, *one)).collect();
        names.join(words::say("line.list-joint", self.lang))
    }

    fn colon(&self) -> &'static str {
        if self.lang == Lang::Zh { "：" } else { ": " }
    }

    /// The name of an entry.
    fn holder(&self, holder: Holder) -> String {
        match holder {
            Holder::Fact(fact) => self.text(&self.kb.facts[fact].label),
            Holder::Candidate(decision, candidate) => self.named(decision, candidate),
            Holder::Case(case) => self.text(&self.kb.cases[case].name),
            Holder::Rule(rule) => self.text(&self.kb.rules[rule].name),
            Holder::Trade(trade) => self.text(&self.kb.trades[trade].name),
            Holder::Platform(platform) => self.text(&self.kb.platforms[platform].name),
            Holder::Clash(clash) => self.text(&self.kb.clashes[clash].says),
        }
    }

    /// References as they are written, judgement in words.
    fn references(&self, references: &[String]) -> String {
        let judgement = words::say("line.judgement", self.lang);
        let one = |reference: &String| if reference == "judgement" { judgement.to_owned() } else { reference.clone() };
        references.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    /// A heading and blocks, unless there are none.
    fn section(&self, key: &str, blocks: Vec<Block>) -> Option<Section> {
        Section::unless_empty(self.say(key), blocks)
    }

    /// Points under a heading, unless there are none.
    fn points(&self, key: &str, points: Vec<String>) -> Option<Section> {
        self.section(key, if points.is_empty() { Vec::new() } else { vec![Block::Points(points)] })
    }

    /// What a case is expected to be, decision by decision.
    fn labels(&self, case: &Case) -> String {
        let one = |(decision, labels): &(DecisionId, Vec<CandidateId>)| match labels[..] {
            [] => self.fill("show.labels-none", &[("decision", self.kb.decisions[*decision].heading.get(self.lang))]),
            _ => self.names(*decision, labels),
        };
        case.expect.iter().map(one).collect::<Vec<_>>().join(if self.lang == Lang::Zh { "；" } else { "; " })
    }

    fn case(&self, case: &Case) -> Page {
        let answers = self.kb.facts.pairs().filter_map(|(fact, one)| {
            let answer = case.answers.get(fact)?;
            Some(vec![self.text(&one.label), one.words(answer, self.lang)])
        });
        let heads = ["show.column.fact", "show.column.answer"].map(|key| self.say(key)).to_vec();
        let labels = self.fill("show.labels", &[("labels", &self.labels(case))]);
        Page {
            screen: vec![
                Block::Lead(format!("cases/{}{}{}", case.id, self.colon(), self.text(&case.name))),
                Block::Text(self.text(&case.summary)),
                Block::Text(labels),
                Block::Text(self.fill("show.sources-are", &[("sources", &self.references(&case.sources))])),
            ],
            sections: self.section("show.answers", vec![Block::Table(heads, answers.collect())]).into_iter().collect(),
        }
    }
}
