//! Profiles side by side in words: who is what and what parts them most in the
//! first sentence, then each difference and what it did.

pub mod document;
mod does;
mod figures;
pub mod json;
mod review;
mod steps;

use super::money::Purse;
use super::page::{Block, Extent, Page};
use super::phrases::Subject;
use super::screen;
use crate::compare::alone::Alone;
use crate::compare::noted::Base;
use crate::compare::{Comparison, Side, Step};
use crate::ids::{CandidateId, FactId};
use crate::text::{Lang, harmless_line};
use crate::words;
use std::collections::BTreeSet;

/// What a comparison is told with.
struct Teller<'a> {
    found: &'a Comparison<'a>,
    labels: Vec<String>,
    lang: Lang,
    extent: Extent,
    /// Whether somebody reads it who has no command line.
    is_document: bool,
}

/// A comparison as a page; `files` are what the profiles go by where their names do not tell them apart.
#[must_use]
pub fn page(found: &Comparison<'_>, files: &[String], lang: Lang, extent: Extent) -> Page {
    let teller = Teller { found, labels: labels(found, files), lang, extent, is_document: false };
    Page { screen: teller.screen(), sections: found.steps.iter().flat_map(|step| teller.step(step)).collect() }
}

/// What tells the profiles apart: their names, else their ids, else their files.
#[must_use]
pub fn labels(found: &Comparison<'_>, files: &[String]) -> Vec<String> {
    let all = |of: &dyn Fn(&Side<'_>) -> Option<String>| -> Option<Vec<String>> {
        let all: Vec<String> = found.sides.iter().map(of).collect::<Option<_>>()?;
        let is_told_apart = all.iter().collect::<BTreeSet<_>>().len() == all.len() && all.iter().all(|one| !one.is_empty());
        is_told_apart.then_some(all)
    };
    let line = |text: &Option<String>| text.as_deref().map(|text| harmless_line(text).trim().to_owned());
    let letter = |at: usize| char::from(b'A' + u8::try_from(at % 26).unwrap_or(0)).to_string();
    let stems = || {
        let stem = |file: &String| std::path::Path::new(file).file_stem().map(|stem| harmless_line(&stem.to_string_lossy()));
        let stems: Vec<String> = files.iter().map(stem).collect::<Option<_>>()?;
        let is_whole = stems.len() == found.sides.len() && stems.iter().collect::<BTreeSet<_>>().len() == stems.len();
        is_whole.then_some(stems)
    };
    let letters = || (0..found.sides.len()).map(letter).collect();
    all(&|side| line(&side.profile.name)).or_else(|| all(&|side| line(&side.profile.id))).or_else(stems).unwrap_or_else(letters)
}

impl Teller<'_> {
    /// The answer, what each side is, what is enough for the other type, how much of the plan was done.
    fn screen(&self) -> Vec<Block> {
        let mut screen = vec![Block::Lead(self.lead())];
        screen.extend(self.bases().map(|text| Block::Alarm(self.say("compare.base"), text)));
        let sides = self.found.sides.iter().zip(&self.labels);
        screen.extend(sides.enumerate().map(|(at, (side, label))| Block::Entry(label.clone(), self.side(at, side))));
        if !self.is_crowded() {
            screen.extend(self.found.steps.iter().filter_map(|step| self.enough(step)));
        }
        screen.extend(self.counts());
        screen
    }

    fn say(&self, key: &str) -> String {
        words::say(key, self.lang).to_owned()
    }

    fn fill(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        words::fill(key, self.lang, gaps)
    }

    fn space(&self) -> &'static str {
        if self.lang == Lang::Zh { "" } else { " " }
    }

    fn list(&self, all: &[String]) -> String {
        all.join(words::say("line.list-joint", self.lang))
    }

    fn subject<'s>(&'s self, side: &'s Side<'_>) -> Subject<'s> {
        let kb = self.found.kb;
        let answers = &side.profile.answers;
        let open = kb.facts.ids().filter(|fact| answers.is_open(*fact)).count();
        Subject { kb, answers, advice: &side.advice, lang: self.lang, open, name: None }
    }

    /// The name of a candidate of the decision that types are about.
    fn named(&self, one: CandidateId) -> String {
        let kb = self.found.kb;
        self.found.decision.map_or_else(String::new, |decision| kb.candidate(decision, one).name.get(self.lang).to_owned())
    }

    fn label(&self, fact: FactId) -> &str {
        self.found.kb.facts[fact].label.get(self.lang)
    }

    /// The answer of a side, or that it has none.
    fn answer(&self, side: usize, fact: FactId) -> String {
        let answer = self.found.sides[side].profile.answers.get(fact);
        answer.map_or_else(|| self.say("whatif.no-answer"), |answer| self.found.kb.facts[fact].words(answer, self.lang))
    }

    /// A phrase about a leader, with another one where there is none.
    fn leader(&self, leader: Option<CandidateId>, [some, none]: [&str; 2]) -> String {
        leader.map_or_else(|| self.say(none), |leader| self.fill(some, &[("name", &self.named(leader))]))
    }

    /// Whether they are of one type, and what parts them most.
    fn lead(&self) -> String {
        let verdicts = self.verdicts();
        let parting = self.found.steps.iter().max_by_key(|step| {
            let first = step.answers.first();
            (step.enough.is_some(), first.map(|one| (one.toward.abs(), one.gravity())), std::cmp::Reverse(step.to))
        });
        let parting = parting.map_or_else(String::new, |step| self.parting(step));
        format!("{verdicts}{}{parting}", self.space())
    }

    fn verdicts(&self) -> String {
        let leaders = self.found.leaders();
        let is_same = leaders.windows(2).all(|pair| pair[0] == pair[1]);
        let n = leaders.len().to_string();
        if let [first, second] = leaders[..] {
            let [a, b] = [0, 1].map(|at| self.labels[at].as_str());
            let [is_a, is_b] = [first, second].map(|one| self.leader(one, ["compare.is", "compare.is-none"]));
            let was_a = self.leader(first, ["compare.was", "compare.was-none"]);
            let name = first.map_or_else(String::new, |first| self.named(first));
            let key = match (self.found.is_review, is_same, first) {
                (true, true, Some(_)) => "compare.still",
                (true, true, None) => "compare.still-none",
                (true, false, _) => "compare.became",
                (false, true, Some(_)) => "compare.both",
                (false, true, None) => "compare.both-none",
                (false, false, _) => "compare.two",
            };
            return self.fill(key, &[("a", a), ("b", b), ("is-a", &is_a), ("is-b", &is_b), ("was-a", &was_a), ("name", &name)]);
        }
        if is_same {
            return match leaders.first().copied().flatten() {
                Some(leader) => self.fill("compare.same-of", &[("n", &n), ("name", &self.named(leader))]),
                None => self.fill("compare.same-none", &[("n", &n)]),
            };
        }
        if self.found.is_review {
            let names: Vec<String> =
                leaders.iter().map(|one| self.leader(*one, ["compare.side-alone", "compare.side-none"])).collect();
            return self.fill("compare.course", &[("names", &names.join(" → "))]);
        }
        let mut kinds: Vec<Option<CandidateId>> = Vec::new();
        for one in &leaders {
            if !kinds.contains(one) {
                kinds.push(*one);
            }
        }
        let group = |kind: &Option<CandidateId>| {
            let of = leaders.iter().zip(&self.labels).filter(|(leader, _)| *leader == kind);
            let labels = self.list(&of.map(|(_, label)| label.clone()).collect::<Vec<_>>());
            let name = kind.map_or_else(String::new, |kind| self.named(kind));
            let key = if kind.is_some() { "compare.group" } else { "compare.group-none" };
            self.fill(key, &[("name", &name), ("labels", &labels)])
        };
        let groups: Vec<String> = kinds.iter().map(group).collect();
        let joint = words::say("line.reason-joint", self.lang);
        self.fill("compare.several", &[("n", &n), ("k", &kinds.len().to_string()), ("groups", &groups.join(joint))])
    }

    /// The answer that parts two sides most.
    fn parting(&self, step: &Step) -> String {
        let Some(first) = step.answers.first() else { return self.say("compare.no-answers") };
        if first.is_idle() {
            return self.say("compare.idle");
        }
        let key = match (self.found.sides.len(), self.found.is_review) {
            (2, true) => "compare.parts-time",
            (2, false) => "compare.parts",
            _ => "compare.parts-between",
        };
        let gaps = [
            ("a", self.labels[step.from].clone()),
            ("b", self.labels[step.to].clone()),
            ("label", self.label(first.fact).to_owned()),
            ("before", self.answer(step.from, first.fact)),
            ("after", self.answer(step.to, first.fact)),
            ("what", self.worth(step, first)),
        ];
        self.fill(key, &gaps.each_ref().map(|(gap, text)| (*gap, text.as_str())))
    }

    /// What the greatest difference is worth: of the points between two types, else what it does alone.
    fn worth(&self, step: &Step, one: &Alone) -> String {
        if step.enough.is_none() || one.toward <= 0 {
            return self.does(step, one);
        }
        let key = if one.toward <= step.toward { "compare.share" } else { "compare.share-most" };
        self.fill(key, &[("n", &one.toward.to_string()), ("all", &step.toward.to_string())])
    }

    /// That a profile names another base than the one that judged.
    fn bases(&self) -> Option<String> {
        let other = |(side, label): (&Side<'_>, &String)| match &side.base {
            Base::Other(noted) => Some(self.fill("compare.base-other", &[("label", label), ("noted", &harmless_line(noted))])),
            _ => None,
        };
        let sides: Vec<String> = self.found.sides.iter().zip(&self.labels).filter_map(other).collect();
        let kb = self.found.kb;
        let joint = words::say("line.reason-joint", self.lang);
        let gaps = [("sides", sides.join(joint)), ("version", kb.version.clone()), ("hash", kb.hash.clone())];
        let text = || self.fill("compare.base-now", &gaps.each_ref().map(|(gap, text)| (*gap, text.as_str())));
        (!sides.is_empty()).then(text)
    }

    /// Type, next money and the year of a side; in a document what it does first this week, unless that has passed.
    fn side(&self, at: usize, side: &Side<'_>) -> String {
        let lead = self.found.decision.and_then(|decision| side.advice.judgement.decisions[decision].lead());
        let kind = match lead.map(|lead| (lead.leader, lead.margin)) {
            None => self.say("compare.side-none"),
            Some((leader, None)) => self.fill("compare.side-alone", &[("name", &self.named(leader))]),
            Some((leader, Some(n))) => self.fill("compare.side-by", &[("name", &self.named(leader)), ("n", &n.to_string())]),
        };
        let plan = &side.view.plan;
        let name = |at: crate::ids::CandidateRef| self.found.kb.candidate(at.0, at.1).name.get(self.lang);
        let money = match plan.next_money {
            _ if plan.is_stopped => self.say("compare.stopped"),
            Some(money) => self.fill("compare.money", &[("name", name(money.at))]),
            None => self.say("compare.no-money"),
        };
        let year = match side.view.year {
            Some(([_, middle, _], currency)) => self.fill("compare.year", &[("sum", &self.purse(currency).sum(middle))]),
            None => self.say("compare.no-year"),
        };
        let text = self.fill("compare.side", &[("type", &kind), ("money", &money), ("year", &year)]);
        let is_past = self.found.is_review && at + 1 < self.found.sides.len();
        let first = screen::first_of_week(&self.subject(side)).filter(|_| self.is_document && !is_past);
        first.map_or_else(|| text.clone(), |first| self.fill("compare.side-week", &[("side", &text), ("first", &first)]))
    }

    fn purse(&self, currency: Option<crate::ids::UnitId>) -> Purse<'_> {
        Purse { kb: self.found.kb, lang: self.lang, currency }
    }

    /// Whether the first page of a document has no room for what is about each pair.
    fn is_crowded(&self) -> bool {
        self.is_document && self.found.steps.len() > 1
    }

    /// Which answers are enough for the other type.
    fn enough(&self, step: &Step) -> Option<Block> {
        let enough = step.enough.as_ref().filter(|facts| !facts.is_empty())?;
        let leader = self.found.leaders()[step.to];
        let list: Vec<String> = enough.iter().map(|fact| self.label(*fact).to_owned()).collect();
        let gaps = [
            ("a", self.labels[step.from].clone()),
            ("b", self.labels[step.to].clone()),
            ("n", enough.len().to_string()),
            ("is", self.leader(leader, ["compare.would", "compare.would-none"])),
            ("list", self.list(&list)),
        ];
        let key = if enough.len() == 1 { "compare.enough-one" } else { "compare.enough-some" };
        let text = self.fill(key, &gaps.each_ref().map(|(gap, text)| (*gap, text.as_str())));
        Some(Block::Entry(self.say("compare.enough"), text))
    }
}
