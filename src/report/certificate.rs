//! What was proven about a base, in a few lines or as JSON.

use super::percent::percent;
use crate::ids::{CandidateId, FactId, OptionId};
use crate::kb::{Keep, KnowledgeBase};
use crate::profile::toml::write;
use crate::proof::Proofs;
use crate::proof::edits::Tally;
use crate::proof::outcome::Line;
use crate::proof::solve::Outcome;
use crate::text::Lang;
use crate::words;
use serde_json::{Value, json};

/// How many of some things are as they should be.
struct Count {
    good: usize,
    all: usize,
}

impl Count {
    fn of<'p, T: 'p>(all: impl Iterator<Item = &'p T>, good: impl Fn(&T) -> bool) -> Count {
        let all: Vec<bool> = all.map(good).collect();
        Count { good: all.iter().filter(|good| **good).count(), all: all.len() }
    }

    fn gaps(&self) -> [String; 2] {
        [self.good.to_string(), self.all.to_string()]
    }
}

/// The counts that make up a certificate.
struct Counts {
    conditions: Count,
    lines: Count,
    facts: Count,
    options: Count,
    open: Count,
    shut: Count,
    invariants: Count,
}

fn counts(kb: &KnowledgeBase, proofs: &Proofs) -> Counts {
    let shown = |outcome: &Outcome<_>| matches!(outcome, Outcome::Shown(_));
    // What runs, and what law, plans and words look at, needs no verdict to turn.
    let spared = |fact: FactId| kb.facts[fact].neutral.is_some() || kb.is_used_apart(fact);
    let supporting = |line: &Line| kb.candidate(line.0, line.1).evidence[line.2].supporting.is_some();
    let excused = |(fact, option): (FactId, OptionId)| spared(fact) || kb.facts[fact].options()[option].neutral.is_some();
    Counts {
        conditions: Count::of(proofs.conditions.iter(), |one| shown(&one.holds) && shown(&one.fails)),
        lines: Count::of(proofs.lines.iter(), |(line, turns)| shown(turns) || supporting(line)),
        facts: Count::of(proofs.facts.iter(), |(fact, turns)| shown(turns) || spared(*fact)),
        options: Count::of(proofs.options.iter(), |(option, turns)| shown(turns) || excused(*option)),
        open: Count::of(proofs.standings.iter(), |one| shown(&one.open)),
        shut: Count::of(proofs.standings.iter(), |one| shown(&one.shut)),
        invariants: Count::of(proofs.breaches.iter(), |breach| *breach == Outcome::Impossible),
    }
}

/// The certificate for a reader, a sentence a line.
#[must_use]
pub fn lines(kb: &KnowledgeBase, proofs: &Proofs, lang: Lang) -> String {
    let mut out = String::new();
    let mut say = |key: &str, gaps: &[(&str, &str)]| {
        out.push_str(&words::fill(key, lang, gaps));
        out.push('\n');
    };
    for (number, decision) in kb.decisions.pairs().filter(|(_, decision)| decision.keep == Keep::Leaders) {
        let [reached, all] = Count::of(proofs.reach[number].iter(), |reach| matches!(reach.found, Outcome::Shown(_))).gaps();
        let pairs = &proofs.partings[number];
        let apart = |pair: &crate::proof::reach::Parting| {
            pair.strong > 0 && (pair.ahead > kb.hybrid_margin || pair.behind > kb.hybrid_margin)
        };
        let [parted, all_pairs] = Count::of(pairs.iter(), apart).gaps();
        let strong = pairs.iter().map(|pair| pair.strong).min().unwrap_or(0).to_string();
        let gaps = [
            ("decision", decision.heading.get(lang)),
            ("reached", &reached),
            ("all", &all),
            ("parted", &parted),
            ("pairs", &all_pairs),
            ("strong", &strong),
        ];
        say("certificate.leaders", &gaps);
    }
    let counts = counts(kb, proofs);
    let all = [
        ("certificate.conditions", &counts.conditions),
        ("certificate.lines", &counts.lines),
        ("certificate.facts", &counts.facts),
        ("certificate.options", &counts.options),
        ("certificate.open", &counts.open),
        ("certificate.shut", &counts.shut),
        ("certificate.invariants", &counts.invariants),
    ];
    for (key, count) in all {
        let [good, all] = count.gaps();
        let dead = (count.all - count.good).to_string();
        say(key, &[("good", &good), ("all", &all), ("dead", &dead)]);
    }
    for (key, tally) in [("certificate.clear-cases", &proofs.tallies.0), ("certificate.clear-edits", &proofs.tallies.1)] {
        let share = |count: usize| percent(count, tally.profiles);
        let (abstained, close, tied) = (share(tally.abstained), share(tally.close), share(tally.tied));
        let (n, margin) = (tally.profiles.to_string(), kb.hybrid_margin.to_string());
        say(key, &[("n", &n), ("abstained", &abstained), ("close", &close), ("tied", &tied), ("margin", &margin)]);
    }
    let coverage: Vec<String> = (proofs.coverage.shares.iter())
        .map(|share| {
            let percent = share.percent().to_string();
            let of = words::say(&format!("coverage.{}", share.of), lang);
            words::fill("certificate.share", lang, &[("of", of), ("percent", &percent)])
        })
        .collect();
    let joint = words::say("line.list-joint", lang);
    say("certificate.coverage", &[("shares", &coverage.join(joint))]);
    say("certificate.untried", &[("n", &proofs.coverage.untried.len().to_string())]);
    out
}

/// The certificate with its witnesses, for other programs.
#[must_use]
pub fn json(kb: &KnowledgeBase, proofs: &Proofs) -> Value {
    let counts = counts(kb, proofs);
    let count = |count: &Count| json!({ "shown": count.good, "all": count.all });
    let tally = |tally: &Tally| json!({ "profiles": tally.profiles, "abstained": tally.abstained, "close": tally.close, "tied": tally.tied });
    let leaders = kb.decisions.pairs().filter(|(_, decision)| decision.keep == Keep::Leaders);
    let leaders: Vec<Value> = leaders
        .map(|(number, decision)| {
            let candidates = proofs.reach[number].pairs().map(|(candidate, reach)| {
                let witness = match &reach.found {
                    Outcome::Shown(profile) => Some(write(&kb.facts, profile)),
                    _ => None,
                };
                json!({ "id": decision.candidates[candidate].id, "can-win": outcome(&reach.found), "witness": witness })
            });
            let pairs = proofs.partings[number].iter().map(|pair| {
                let id = |one: CandidateId| decision.candidates[one].id.as_str();
                json!({ "one": id(pair.one), "other": id(pair.other), "ahead": pair.ahead, "behind": pair.behind, "strong": pair.strong })
            });
            json!({ "id": decision.id, "candidates": candidates.collect::<Vec<_>>(), "pairs": pairs.collect::<Vec<_>>() })
        })
        .collect();
    let invariants = kb.invariants.iter().zip(&proofs.breaches);
    let invariants: Vec<Value> =
        invariants.map(|(rule, breach)| json!({ "id": rule.id, "proven": *breach == Outcome::Impossible })).collect();
    let coverage: Vec<Value> = (proofs.coverage.shares.iter())
        .map(|share| json!({ "of": share.of, "reached": share.reached, "all": share.all }))
        .collect();
    json!({
        "leaders": leaders,
        "conditions-either-way": count(&counts.conditions),
        "lines-deciding": count(&counts.lines),
        "facts-deciding": count(&counts.facts),
        "options-deciding": count(&counts.options),
        "can-be-open": count(&counts.open),
        "can-fail-to-be-open": count(&counts.shut),
        "invariants": invariants,
        "cases": tally(&proofs.tallies.0),
        "single-edits": tally(&proofs.tallies.1),
        "coverage": coverage,
        "untried-lines": proofs.coverage.untried.len(),
    })
}

fn outcome<T>(found: &Outcome<T>) -> &'static str {
    match found {
        Outcome::Shown(_) => "yes",
        Outcome::Impossible => "no",
        Outcome::Undecided => "not-decided",
    }
}
