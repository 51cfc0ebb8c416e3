//! What each answer is worth, as a table.

use super::{Teller, said};
use crate::advice::stability::{Change, Effect};
use crate::answer::Answers;
use crate::ids::{CandidateRef, DecisionId, FactId};
use crate::kb::KnowledgeBase;
use crate::report::page::{Block, Page, Section};
use crate::text::Lang;
use crate::whatif::each::{Each, Worth};
use crate::whatif::lead::decision;

/// What each answer is worth.
#[must_use]
pub fn page(kb: &KnowledgeBase, answers: &Answers, each: &Each, lang: Lang) -> Page {
    let teller = Teller { kb, answers, lang };
    let (changing, moving): (Vec<&Worth>, Vec<&Worth>) = each.facts.iter().partition(|one| !one.changes().is_empty());
    let (n, all) = (changing.len().to_string(), kb.facts.len().to_string());
    let mut page = said(match changing.first() {
        Some(first) => teller.fill("whatif.each-lead", &[("n", &n), ("all", &all), ("label", teller.label(first.fact))]),
        None => teller.say("whatif.each-none"),
    });
    if let Some(decision) = decision(kb) {
        let (name, lead) = (kb.candidate(decision, each.first).name.get(lang), each.lead.to_string());
        let key = if each.page.leader.is_some() { "whatif.lead-is" } else { "whatif.first-is" };
        page.screen.push(Block::Text(teller.fill(key, &[("name", name), ("n", &lead)])));
    }
    let lead = |one: &Worth| {
        let (low, high) = one.leads();
        let range = if low == high { format!("{low:+}") } else { format!("{low:+} … {high:+}") };
        teller.fill("whatif.range", &[("range", &range)])
    };
    let now = |one: &Worth| teller.answer(one.fact, answers.get(one.fact));
    let row = |one: &&Worth| {
        let what = one.gravest().map_or_else(String::new, |effect| instead(&teller, one.fact, effect));
        vec![teller.label(one.fact).to_owned(), now(one), lead(one), what]
    };
    let heads = ["whatif.fact", "whatif.now", "whatif.lead", "whatif.gravest"].map(|key| teller.say(key));
    if !changing.is_empty() {
        let table = Block::Table(heads.to_vec(), changing.iter().map(row).collect());
        page.sections.push(Section { heading: teller.say("whatif.each-changing"), blocks: vec![table] });
    }
    if !moving.is_empty() {
        let row = |one: &&Worth| vec![teller.label(one.fact).to_owned(), now(one), lead(one)];
        let table = Block::Table(heads[..3].to_vec(), moving.iter().map(row).collect());
        page.sections.push(Section { heading: teller.say("whatif.each-moving"), blocks: vec![table] });
    }
    page
}

/// An answer, and what it would change.
fn instead(teller: &Teller<'_>, fact: FactId, effect: &Effect) -> String {
    let answer = teller.answer(fact, Some(effect.answer));
    teller.fill("whatif.instead", &[("answer", &answer), ("what", &what(teller.kb, effect, teller.lang))])
}

/// What an answer would change on the page, in words; that it changes nothing.
#[must_use]
pub fn what(kb: &KnowledgeBase, effect: &Effect, lang: Lang) -> String {
    let teller = Teller { kb, answers: &Answers::default(), lang };
    let named = |at: CandidateRef| kb.candidate(at.0, at.1).name.get(lang).to_owned();
    let list = |all: Vec<String>| all.join(&teller.say("line.list-joint"));
    let said = |change: &Change| -> String {
        let page = &effect.page;
        let first = decision(kb).unwrap_or_default();
        let heading = kb.decisions[first].heading.get(lang);
        match change {
            Change::Stops if page.stops.is_empty() => teller.say("whatif.says.nothing-stops"),
            Change::Stops => {
                teller.fill("whatif.says.stops", &[("names", &list(page.stops.iter().map(|at| named(*at)).collect()))])
            }
            Change::Leader => match page.leader {
                Some(leader) => teller.fill("whatif.says.leader", &[("heading", heading), ("name", &named((first, leader)))]),
                None => teller.fill("whatif.says.nobody", &[("heading", heading)]),
            },
            Change::Second => {
                let kept = page
                    .chosen
                    .iter()
                    .enumerate()
                    .map(|(decision, kept)| (DecisionId::new(decision), kept))
                    .filter(|(_, kept)| kept.leader().is_some());
                let of = |(decision, kept): (DecisionId, &crate::engine::kernel::Chosen)| {
                    list(kept.iter().map(|one| named((decision, one))).collect())
                };
                teller.fill(
                    "whatif.says.second",
                    &[("names", &kept.map(of).collect::<Vec<_>>().join(&teller.say("line.reason-joint")))],
                )
            }
            Change::Money => match page.money {
                Some((at, in_time)) => {
                    let key = match in_time {
                        None => "whatif.says.money",
                        Some(true) => "whatif.says.money-in-time",
                        Some(false) => "whatif.says.money-late",
                    };
                    teller.fill(key, &[("name", &named(at))])
                }
                None => teller.say("whatif.says.no-money"),
            },
            Change::Week => teller.say("whatif.says.week"),
            Change::Sum if page.sum.is_none() => teller.say("whatif.says.no-sum"),
            Change::Sum => teller.say("whatif.says.sum"),
        }
    };
    if effect.changes.is_empty() {
        return teller.say("whatif.says.nothing");
    }
    effect.changes.iter().map(said).collect::<Vec<_>>().join(&teller.say("line.reason-joint"))
}
