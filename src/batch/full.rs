//! The whole judgement of a row as one line: what `ranked` says, and under every
//! candidate the lines of evidence that hold, each with what made it hold, and the
//! needs that are not met or not known.
//!
//! Only ids are written; what they stand for is in the base, once and not a row at a
//! time. Everything that can be worded beforehand is: most lines read one fact, so
//! that their whole text is known before any row is.

use crate::answer::Answers;
use crate::condition::{Condition, Variable};
use crate::engine::chain::Kept;
use crate::engine::compiled::verdict::{Ruling, Verdict};
use crate::engine::kernel::{Chosen, Readiness, order};
use crate::engine::ready::lists;
use crate::engine::stated;
use crate::ids::{CandidateId, DecisionId, IndexVec};
use crate::kb::{Candidate, Decision, Keep, KnowledgeBase};
use crate::profile::Profile;
use crate::text::harmless_json;
use crate::truth::Truth;
use serde_json::Value;
use std::fmt::Write as _;

/// Writes lines for one base.
pub struct Lines<'a> {
    kb: &'a KnowledgeBase,
    /// `,"kb":{…}`
    base: String,
    decisions: IndexVec<DecisionId, OfDecision<'a>>,
    /// A clash as it is written, and when it holds.
    clashes: Vec<(&'a Condition, String)>,
}

/// What is written of a decision.
struct OfDecision<'a> {
    /// `,"type":{`
    opening: String,
    /// The lists of one that keeps all.
    lists: Vec<Readiness>,
    candidates: IndexVec<CandidateId, OfCandidate<'a>>,
}

/// What is written of a candidate.
struct OfCandidate<'a> {
    /// `"brand"`
    id: String,
    lines: Vec<Line<'a>>,
    needs: Vec<(&'a Condition, String)>,
}

/// A line of evidence.
struct Line<'a> {
    when: &'a Condition,
    /// `{"id":"…","by":[`, and of a line that reads one thing all of it.
    text: String,
    /// What a line that reads several things reads, as it is written.
    reads: Vec<(Variable, String)>,
}

fn quoted(text: &str) -> String {
    harmless_json(&Value::from(text).to_string()).into_owned()
}

/// Puts texts into a list.
fn list<'t>(text: &mut String, parts: impl Iterator<Item = &'t str>) {
    text.push('[');
    for (number, part) in parts.enumerate() {
        if number > 0 {
            text.push(',');
        }
        text.push_str(part);
    }
    text.push(']');
}

impl<'a> Lines<'a> {
    /// The texts of a base.
    #[must_use]
    pub fn new(kb: &'a KnowledgeBase) -> Lines<'a> {
        let name = |variable: &Variable| match variable {
            Variable::Fact(fact) => quoted(&kb.facts[*fact].id),
            Variable::Choice(decision) => quoted(&kb.decisions[*decision].id),
        };
        let line = |id: &str, when: &'a Condition| {
            let mut text = format!("{{\"id\":{},\"by\":[", quoted(id));
            let mut reads: Vec<(Variable, String)> = when.variables().iter().map(|one| (*one, name(one))).collect();
            if let [(_, only)] = reads.as_slice() {
                _ = write!(text, "{only}]}}");
                reads.clear();
            }
            Line { when, text, reads }
        };
        let candidate = |one: &'a Candidate| OfCandidate {
            id: quoted(&one.id),
            lines: one.evidence.iter().map(|evidence| line(&evidence.id, &evidence.when)).collect(),
            needs: one.needs.iter().map(|need| (&need.when, quoted(&need.id))).collect(),
        };
        let decision = |(number, one): (DecisionId, &'a Decision)| OfDecision {
            opening: format!(",{}:{{", quoted(&one.id)),
            lists: if one.keep == Keep::All { lists(kb, number) } else { Vec::new() },
            candidates: one.candidates.iter().map(candidate).collect(),
        };
        let clash = |one: &'a crate::kb::clash::Clash| {
            let reads: Vec<String> = one.when.variables().iter().map(name).collect();
            (&one.when, format!("{{\"id\":{},\"by\":[{}]}}", quoted(&one.id), reads.join(",")))
        };
        Lines {
            kb,
            base: format!(",\"kb\":{{\"version\":{},\"hash\":{}}}", quoted(&kb.version), quoted(&kb.hash)),
            decisions: kb.decisions.pairs().map(decision).collect(),
            clashes: kb.clashes.iter().map(clash).collect(),
        }
    }

    /// Puts the judgement on a profile behind a text, as a line.
    pub fn put(&self, profile: &Profile, verdict: &Verdict, row: u64, text: &mut String) {
        let kb = self.kb;
        let answers = &profile.answers;
        let id = profile.id.as_deref().map_or_else(|| "null".to_owned(), quoted);
        _ = write!(text, "{{\"id\":{id},\"row\":{row}{}", self.base);
        let mut kept = Kept::default();
        for ((one, of), ruling) in kb.decisions.iter().zip(&self.decisions).zip(&verdict.rulings) {
            text.push_str(&of.opening);
            match one.keep {
                Keep::Leaders => of.leaders(ruling, answers, &kept, text),
                Keep::All => of.all(ruling, answers, &kept, text),
            }
            kept.push((one.keep == Keep::Leaders).then(|| Chosen::from(ruling.chosen.as_slice())));
        }
        _ = write!(text, ",\"known\":{},\"gap\":", answers.known());
        match if verdict.gap { stated::gap(kb, answers, &kept) } else { None } {
            Some(gap) => {
                let of = &self.decisions[gap.decision].candidates;
                let decision = quoted(&kb.decisions[gap.decision].id);
                let (stated, observed) = (&of[gap.stated].id, &of[gap.observed].id);
                _ = write!(text, "{{\"decision\":{decision},\"stated\":{stated},\"observed\":{observed}}}");
            }
            None => text.push_str("null"),
        }
        text.push_str(",\"clashes\":");
        list(text, self.clashes.iter().filter(|(when, _)| when.truth(answers, &()).is_yes()).map(|(_, text)| text.as_str()));
        text.push_str("}\n");
    }
}

impl OfDecision<'_> {
    fn names(&self, text: &mut String, candidates: impl Iterator<Item = CandidateId>) {
        list(text, candidates.map(|one| self.candidates[one].id.as_str()));
    }

    fn leaders(&self, ruling: &Ruling, answers: &Answers, kept: &Kept, text: &mut String) {
        text.push_str("\"chosen\":");
        self.names(text, ruling.chosen.iter().copied());
        match ruling.margin {
            Some(margin) => _ = write!(text, ",\"margin\":{margin}"),
            None => text.push_str(",\"margin\":null"),
        }
        _ = write!(text, ",\"settled\":{},\"ranked\":[", ruling.settled);
        for (number, (one, share)) in ruling.order.iter().zip(&ruling.shares).enumerate() {
            text.push_str(if number == 0 { "" } else { "," });
            let of = &self.candidates[*one];
            let points = ruling.points[*one];
            _ = write!(text, "{{\"id\":{},\"points\":{points},\"share\":{}.{:04}", of.id, share / 10_000, share % 10_000);
            of.account(answers, kept, text);
        }
        text.push_str("]}");
    }

    fn all(&self, ruling: &Ruling, answers: &Answers, kept: &Kept, text: &mut String) {
        let placed = || ruling.order.iter().copied().zip(ruling.groups.iter().copied());
        for readiness in &self.lists {
            _ = write!(text, "\"{}\":", readiness.id());
            self.names(text, placed().filter(|(_, of)| of == readiness).map(|(one, _)| one));
            text.push(',');
        }
        text.push_str("\"ranked\":[");
        let mut groups = IndexVec::filled(Readiness::Never, ruling.points.len());
        placed().for_each(|(one, group)| groups[one] = group);
        for (number, one) in order(&groups, &ruling.points).into_iter().enumerate() {
            text.push_str(if number == 0 { "" } else { "," });
            let of = &self.candidates[one];
            _ = write!(text, "{{\"id\":{},\"points\":{},\"group\":\"{}\"", of.id, ruling.points[one], groups[one].id());
            of.account(answers, kept, text);
        }
        text.push_str("]}");
    }
}

impl OfCandidate<'_> {
    /// Its lines that hold, its needs that are not met, and those of which that is not known.
    fn account(&self, answers: &Answers, kept: &Kept, text: &mut String) {
        text.push_str(",\"lines\":[");
        let mut is_first = true;
        for line in self.lines.iter().filter(|line| line.when.truth(answers, kept).is_yes()) {
            text.push_str(if is_first { "" } else { "," });
            is_first = false;
            text.push_str(&line.text);
            if line.text.ends_with('[') {
                let is_known = |of: &Variable| match *of {
                    Variable::Fact(fact) => answers.get(fact).is_some(),
                    Variable::Choice(decision) => kept.of(decision) != Chosen::NOBODY,
                };
                let mut is_second = false;
                for (_, name) in line.reads.iter().filter(|(of, _)| is_known(of)) {
                    text.push_str(if is_second { "," } else { "" });
                    is_second = true;
                    text.push_str(name);
                }
                text.push_str("]}");
            }
        }
        text.push(']');
        let needs: Vec<(Truth, &str)> = self.needs.iter().map(|(when, id)| (when.truth(answers, kept), id.as_str())).collect();
        for (key, wanted) in [(",\"lacks\":", Truth::No), (",\"unsure\":", Truth::Unknown)] {
            text.push_str(key);
            list(text, needs.iter().filter(|(truth, _)| *truth == wanted).map(|(_, id)| *id));
        }
        text.push('}');
    }
}
