//! Phrases that several parts of a report share.

use super::page::Cited;
use crate::advice::Advice;
use crate::answer::{Answer, Answers};
use crate::condition::Condition;
use crate::engine::judgement::Sureness;
use crate::engine::kernel::Readiness;
use crate::fact::spoken;
use crate::ids::{CandidateId, DecisionId, FactId, NeedId, UnitId};
use crate::kb::{Candidate, Document, Figure, KnowledgeBase, SectionRef, Teller};
use crate::money::{self, together::Forecast};
use crate::text::Lang;
use crate::truth::Truth;
use crate::words;

/// What a report is made from.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    pub kb: &'a KnowledgeBase,
    pub answers: &'a Answers,
    pub advice: &'a Advice,
    pub lang: Lang,
    /// Open facts: neither answered nor declined.
    pub open: usize,
    /// What the community is called.
    pub name: Option<&'a str>,
}

impl Subject<'_> {
    pub fn say(&self, key: &str) -> String {
        words::say(key, self.lang).to_owned()
    }

    pub fn fill(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        words::fill(key, self.lang, gaps)
    }

    /// The name of a candidate.
    pub fn named(&self, decision: DecisionId, candidate: CandidateId) -> String {
        self.kb.candidate(decision, candidate).name.get(self.lang).to_owned()
    }

    /// Names of candidates, joined.
    pub fn names(&self, decision: DecisionId, candidates: &[CandidateId]) -> String {
        let names: Vec<_> = candidates.iter().map(|one| self.named(decision, *one)).collect();
        names.join(words::say("line.list-joint", self.lang))
    }

    /// A text of a candidate; empty if it has none.
    pub fn text(&self, at: SectionRef, candidate: CandidateId) -> String {
        let kept = &self.advice.judgement.kept;
        let text = self.kb.text(at, candidate).map_or_else(String::new, |text| text.say(&self.teller(), kept, self.lang));
        // A number in units of ten thousand ends with a Chinese character, which takes no space.
        text.replace("万 ", "万")
    }

    /// What comes in within a year, if the base works that out.
    pub fn forecast(&self) -> Option<Forecast<'_>> {
        let (kb, answers, advice) = (self.kb, self.answers, self.advice);
        let subject = money::link::Subject { kb, answers, own: &advice.own, kept: &advice.judgement.kept };
        money::together::forecast(&subject, &advice.earning, advice.plan.free)
    }

    /// Whether a unit is money of another place than this community's; never while the place is not known.
    pub fn is_foreign(&self, unit: UnitId) -> bool {
        let Some(money) = &self.kb.money else { return false };
        let subject =
            money::link::Subject { kb: self.kb, answers: self.answers, own: &self.advice.own, kept: &self.advice.judgement.kept };
        let is_money = money.currencies.iter().any(|(_, one)| *one == unit);
        let (currency, is_assumed) = subject.currency(money);
        is_money && !is_assumed && currency != Some(unit)
    }

    /// The figures of a candidate that are shown to this community: in its money, and said of its like.
    pub fn figures<'f>(&self, candidate: &'f Candidate) -> impl Iterator<Item = &'f Figure> {
        let kept = &self.advice.judgement.kept;
        let is_meant = |when: &Condition| when.truth(self.answers, kept) == Truth::Yes;
        candidate.figures.iter().filter(move |figure| !self.is_foreign(figure.unit) && figure.when.as_ref().is_none_or(is_meant))
    }

    /// Says texts of the base to this community.
    pub fn teller(&self) -> Teller<'_> {
        Teller { kb: self.kb, answers: self.answers, name: self.name }
    }

    /// How many people run it, if that is known.
    pub fn people(&self) -> Option<u8> {
        let fact = self.kb.plan.people?;
        match self.answers.get(fact)? {
            Answer::Number(number) => u8::try_from(number).ok().filter(|people| *people > 0),
            _ => None,
        }
    }

    /// In which weeks, in words.
    pub fn weeks(&self, early: u32, late: u32) -> String {
        let key = if early == late { "advice.weeks-one" } else { "advice.weeks" };
        self.fill(key, &[("early", &early.to_string()), ("late", &late.to_string())])
    }

    /// What stands between a label and its text.
    pub fn colon(&self) -> &'static str {
        match self.lang {
            Lang::Zh => "：",
            Lang::En => ": ",
        }
    }

    /// A text that ends as a sentence does.
    pub fn sentence(&self, text: &str) -> String {
        let stop = if self.lang == Lang::Zh { "。" } else { "." };
        if text.ends_with(['。', '.', '！', '!', '？', '?', '；']) { text.to_owned() } else { format!("{text}{stop}") }
    }

    /// What stands between two sentences.
    pub fn space(&self) -> &'static str {
        match self.lang {
            Lang::Zh => "",
            Lang::En => " ",
        }
    }

    /// What a need that is not met asks for.
    pub fn lacks(&self, decision: DecisionId, candidate: CandidateId, need: NeedId) -> String {
        let need = &self.kb.candidate(decision, candidate).needs[need];
        let law = if need.law { words::say("line.law", self.lang) } else { "" };
        let text = need.lacks.get(self.lang);
        match (law, text.strip_suffix(['。', '.'])) {
            ("", _) | (_, None) => format!("{text}{law}"),
            (law, Some(stem)) => format!("{stem}{law}{}", &text[stem.len()..]),
        }
    }

    /// How sure a verdict is, in words.
    pub fn sureness(&self, sureness: &Sureness) -> String {
        let open = self.open.to_string();
        match (sureness.settled, sureness.open, sureness.wrong) {
            (true, _, None) => self.say("advice.settled-firm"),
            (true, _, Some(0 | 1)) => self.say("advice.settled-one"),
            (true, _, Some(wrong)) if self.open == 0 => self.fill("advice.settled-complete", &[("wrong", &wrong.to_string())]),
            (true, _, Some(wrong)) => self.fill("advice.settled", &[("open", &open), ("wrong", &wrong.to_string())]),
            (false, Some(0 | 1), _) => self.say("advice.open-one"),
            (false, Some(n), _) => self.fill("advice.open-some", &[("n", &n.to_string())]),
            (false, None, _) => self.say("advice.too-low"),
        }
    }

    /// A figure's range with its unit.
    pub fn range(&self, figure: &Figure) -> String {
        range(self.kb, figure, self.lang)
    }

    /// When something was true, in words.
    pub fn dated<'t>(&self, as_of: &'t str) -> &'t str {
        dated(as_of, self.lang)
    }

    /// The documents behind something, by their titles, each once.
    pub fn sources(&self, references: &[String]) -> String {
        let mut names: Vec<&str> = Vec::new();
        for reference in references {
            let id = reference.split('#').next().unwrap_or(reference);
            let document = self.kb.sources.documents.iter().find(|document| document.id == id);
            let name = match document {
                _ if id == "judgement" => words::say("line.judgement", self.lang),
                Some(document) => document.title.get(self.lang),
                None => reference,
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(words::say("line.reason-joint", self.lang))
    }

    /// The documents behind something, each once; judgements are none.
    pub fn cited(&self, references: &[String]) -> Vec<Cited> {
        let mut found: Vec<Cited> = Vec::new();
        for document in references.iter().filter_map(|reference| self.kb.document(reference)) {
            if found.iter().all(|cited| cited.id != document.id) {
                found.push(self.citation(document));
            }
        }
        found
    }

    /// A document as it is cited.
    pub fn citation(&self, document: &Document) -> Cited {
        let copy_of = document.publisher.as_ref().map(|name| self.fill("line.copy-of", &[("name", name.get(self.lang))]));
        Cited { id: document.id.clone(), title: document.title.get(self.lang).to_owned(), url: document.url.clone(), copy_of }
    }

    /// A question in words.
    pub fn question(&self, fact: FactId) -> String {
        self.kb.facts[fact].question.get(self.lang).to_owned()
    }
}

/// A figure's range with its unit.
pub fn range(kb: &KnowledgeBase, figure: &Figure, lang: Lang) -> String {
    amount(kb, (figure.low, figure.high), figure.unit, lang)
}

/// Where a candidate of a decision stands. A measure that does not suit is no mistake, as a
/// stream is: there is no need for it.
pub fn standing(kb: &KnowledgeBase, decision: DecisionId, one: Readiness, lang: Lang) -> &'static str {
    match one {
        Readiness::Never if kb.plan.are_measures(decision) => words::say("group.no-need", lang),
        _ => words::say(&format!("group.{}", one.id()), lang),
    }
}

/// A range of thousandths with its unit.
pub fn amount(kb: &KnowledgeBase, (low, high): (i64, i64), unit: UnitId, lang: Lang) -> String {
    let unit = kb.units[unit].name.get(lang);
    let (low, high) = (spoken(low, 3, lang), spoken(high, 3, lang));
    let numbers = if low == high { low } else { format!("{low}–{high}") };
    let gap = if lang == Lang::Zh || unit == "%" { "" } else { " " };
    format!("{numbers}{gap}{unit}")
}

/// When something was true, in words.
pub fn dated(as_of: &str, lang: Lang) -> &str {
    if as_of == "n.d." { words::say("line.undated", lang) } else { as_of }
}

/// Points with their sign; none of either kind has none.
pub fn signed(points: i32) -> String {
    if points == 0 { "0".to_owned() } else { format!("{points:+}") }
}

/// A statement without its full stop, to be put into a sentence.
pub fn clause(statement: &str) -> String {
    statement.trim_end_matches(['。', '.']).to_owned()
}
