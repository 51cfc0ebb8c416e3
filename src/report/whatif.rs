//! What if: before and after, what would have to change, what each answer is worth.

use super::json::answer;
use super::page::{Block, Page, Section};
use super::phrases::Subject;
use super::{plan, screen};
use crate::advice::Advice;
use crate::advice::stability::Open;
use crate::answer::{Answer, Answers};
use crate::kb::{Keep, KnowledgeBase};
use crate::text::Lang;
use crate::whatif::{Way, lead, open};
use crate::words;
use serde_json::{Value, json};

/// A profile's answers and the advice on them.
pub type Side<'a> = (&'a Answers, &'a Advice);

fn subject<'a>(kb: &'a KnowledgeBase, side: Side<'a>, lang: Lang) -> Subject<'a> {
    Subject { kb, answers: side.0, advice: side.1, lang, open: 0, name: None }
}

/// Before and after.
#[must_use]
pub fn effect(kb: &KnowledgeBase, before: Side<'_>, after: Side<'_>, lang: Lang) -> Page {
    let (old, new) = (subject(kb, before, lang), subject(kb, after, lang));
    let mut page = Page::default();
    for (decision, one) in kb.decisions.iter().enumerate().filter(|(_, one)| one.keep == Keep::Leaders) {
        let names = |subject: &Subject<'_>| match &subject.advice.judgement.decisions[decision].chosen[..] {
            [] => subject.say("whatif.nobody"),
            chosen => subject.names(decision, chosen),
        };
        let (was, is, heading) = (names(&old), names(&new), one.heading.get(lang));
        let text = if was == is {
            old.fill("whatif.same", &[("heading", heading), ("name", &is)])
        } else {
            old.fill("whatif.type", &[("heading", heading), ("before", &was), ("after", &is)])
        };
        page.screen.push(if page.screen.is_empty() { Block::Lead(text) } else { Block::Text(text) });
    }
    let changed = (0..kb.facts.len()).filter(|fact| before.0.get(*fact) != after.0.get(*fact));
    let changed: Vec<String> = changed.map(|fact| change(kb, before.0, fact, after.0.get(fact), lang)).collect();
    let list = |points: Vec<String>| if points.is_empty() { Block::Text(old.say("whatif.none")) } else { Block::Points(points) };
    page.sections.push(Section { heading: old.say("whatif.changed"), blocks: vec![list(changed)] });
    let moves = moves(kb, before.1, after.1).into_iter().map(|(at, was, is)| {
        let group = |id: &str| old.say(&format!("group.{id}"));
        old.fill("whatif.move", &[("name", &old.named(at.0, at.1)), ("before", &group(was)), ("after", &group(is))])
    });
    page.sections.push(Section { heading: old.say("whatif.moves"), blocks: vec![list(moves.collect())] });
    let week = |subject: &Subject<'_>| {
        let items: Vec<String> = subject.advice.plan.week(1).map(|action| plan::item(subject, action, false).concat()).collect();
        if items.is_empty() { subject.say("advice.no-week") } else { items.join(subject.space()) }
    };
    page.sections.push(both(&old, "whatif.week", &week(&old), &week(&new)));
    page.sections.push(both(&old, "whatif.money", &screen::money(&old), &screen::money(&new)));
    let law = |subject: &Subject<'_>| screen::forbidden(subject).unwrap_or_else(|| screen::red_line(subject));
    page.sections.push(both(&old, "whatif.law", &law(&old), &law(&new)));
    page
}

fn both(subject: &Subject<'_>, heading: &str, was: &str, is: &str) -> Section {
    let blocks = if was == is {
        vec![Block::Text(subject.fill("whatif.same-as-before", &[("text", is)]))]
    } else {
        vec![
            Block::Text(subject.fill("whatif.before", &[("text", was)])),
            Block::Text(subject.fill("whatif.after", &[("text", is)])),
        ]
    };
    Section { heading: subject.say(heading), blocks }
}

/// What stands otherwise: the candidate, where it stood, where it stands.
fn moves(kb: &KnowledgeBase, before: &Advice, after: &Advice) -> Vec<((usize, usize), &'static str, &'static str)> {
    let mut found = Vec::new();
    for (decision, one) in kb.decisions.iter().enumerate() {
        for candidate in 0..one.candidates.len() {
            let group = |advice: &Advice| advice.judgement.decisions[decision].of(candidate).and_then(|one| one.group);
            if let (Some(was), Some(is)) = (group(before), group(after))
                && was != is
            {
                found.push(((decision, candidate), was.id(), is.id()));
            }
        }
    }
    found
}

fn change(kb: &KnowledgeBase, answers: &Answers, fact: usize, to: Option<Answer>, lang: Lang) -> String {
    let one = &kb.facts[fact];
    let say = |answer: Option<Answer>| {
        answer.map_or_else(|| words::say("whatif.no-answer", lang).to_owned(), |answer| one.words(answer, lang))
    };
    let gaps = [("label", one.label.get(lang)), ("before", &say(answers.get(fact))), ("after", &say(to))];
    words::fill("whatif.change", lang, &gaps)
}

/// What would make a candidate lead.
#[must_use]
pub fn become_page(kb: &KnowledgeBase, answers: &Answers, at: (usize, usize), found: &lead::Found, lang: Lang) -> Page {
    let name = kb.candidate(at.0, at.1).name.get(lang);
    match found {
        lead::Found::Leads => said(words::fill("whatif.leads-already", lang, &[("name", name)])),
        lead::Found::Ways(ways) => ways_page(kb, answers, "whatif.become", name, ways, lang),
        lead::Found::Never { rival: Some(rival), best, takes } => {
            let rival = kb.candidate(at.0, *rival).name.get(lang);
            let (best, takes) = (best.to_string(), takes.to_string());
            said(words::fill("whatif.never-rival", lang, &[("name", name), ("rival", rival), ("best", &best), ("takes", &takes)]))
        }
        lead::Found::Never { rival: None, best, takes } => {
            let (best, takes) = (best.to_string(), takes.to_string());
            said(words::fill("whatif.never-floor", lang, &[("name", name), ("best", &best), ("takes", &takes)]))
        }
        lead::Found::NotWithin(n) => said(words::fill("whatif.not-within", lang, &[("name", name), ("n", &n.to_string())])),
    }
}

/// What would open a candidate.
#[must_use]
pub fn open_page(kb: &KnowledgeBase, answers: &Answers, at: (usize, usize), found: &open::Found, lang: Lang) -> Page {
    let one = kb.candidate(at.0, at.1);
    let name = one.name.get(lang);
    match found {
        open::Found::Already(group) => {
            let group = words::say(&format!("group.{}", group.id()), lang);
            said(words::fill("whatif.stands-already", lang, &[("name", name), ("group", group)]))
        }
        open::Found::Ways(ways) => ways_page(kb, answers, "whatif.open", name, ways, lang),
        open::Found::Never(Some(need)) => {
            said(words::fill("whatif.never-need", lang, &[("name", name), ("lacks", one.needs[*need].lacks.get(lang))]))
        }
        open::Found::Never(None) => said(words::fill("whatif.never-points", lang, &[("name", name)])),
        open::Found::NotWithin(n) => said(words::fill("whatif.not-within", lang, &[("name", name), ("n", &n.to_string())])),
    }
}

fn said(text: String) -> Page {
    Page { screen: vec![Block::Lead(text)], sections: Vec::new() }
}

fn ways_page(kb: &KnowledgeBase, answers: &Answers, key: &str, name: &str, ways: &[Way], lang: Lang) -> Page {
    let n = ways.first().map_or(0, |way| way.changes.len()).to_string();
    let mut page = said(words::fill(key, lang, &[("name", name), ("n", &n)]));
    page.screen.push(Block::Text(words::say("whatif.only-real", lang).to_owned()));
    for (at, way) in ways.iter().enumerate() {
        let step = |(fact, to): &(usize, Answer)| {
            let effort = words::say(&format!("effort.{}", kb.facts[*fact].change.id()), lang);
            words::fill("whatif.step", lang, &[("change", &change(kb, answers, *fact, Some(*to), lang)), ("effort", effort)])
        };
        let heading = words::fill("whatif.way", lang, &[("n", &(at + 1).to_string())]);
        page.sections.push(Section { heading, blocks: vec![Block::Points(way.changes.iter().map(step).collect())] });
    }
    page
}

/// What each answer is worth, as a table.
#[must_use]
pub fn each_page(kb: &KnowledgeBase, answers: &Answers, each: &[Open], lang: Lang) -> Page {
    let Some(first) = each.first() else { return said(words::say("whatif.each-none", lang).to_owned()) };
    let label = kb.facts[first.fact].label.get(lang);
    let mut page = said(words::fill("whatif.each-lead", lang, &[("n", &each.len().to_string()), ("label", label)]));
    let joint = words::say("line.list-joint", lang);
    let row = |one: &Open| {
        let fact = &kb.facts[one.fact];
        let now = answers.get(one.fact);
        let now = now.map_or_else(|| words::say("whatif.no-answer", lang).to_owned(), |answer| fact.words(answer, lang));
        let changes: Vec<_> = one.changes.iter().map(|one| words::say(&format!("change.{}", one.id()), lang)).collect();
        let count = words::fill("whatif.of", lang, &[("n", &one.answers.to_string()), ("all", &one.of.to_string())]);
        vec![fact.label.get(lang).to_owned(), now, changes.join(joint), count]
    };
    let heads = ["whatif.fact", "whatif.now", "whatif.changes", "whatif.how-many"].map(|key| words::say(key, lang).to_owned());
    let table = Block::Table(heads.to_vec(), each.iter().map(row).collect());
    page.sections.push(Section { heading: words::say("whatif.each", lang).to_owned(), blocks: vec![table] });
    page
}

/// Before and after, for programs.
#[must_use]
pub fn effect_json(kb: &KnowledgeBase, before: Side<'_>, after: Side<'_>) -> Value {
    let chosen = |advice: &Advice| {
        let leaders = kb.decisions.iter().enumerate().filter(|(_, one)| one.keep == Keep::Leaders);
        let of = leaders.map(|(decision, one)| {
            let ids = advice.judgement.decisions[decision].chosen.iter().map(|chosen| one.candidates[*chosen].id.as_str());
            (one.id.clone(), json!(ids.collect::<Vec<_>>()))
        });
        Value::Object(of.collect())
    };
    let money = |advice: &Advice| advice.plan.next_money.map(|money| kb.candidate(money.at.0, money.at.1).id.clone());
    let moves = moves(kb, before.1, after.1).into_iter().map(|(at, was, is)| {
        json!({ "decision": kb.decisions[at.0].id, "id": kb.candidate(at.0, at.1).id, "before": was, "after": is })
    });
    let moves: Vec<Value> = moves.collect();
    let side = |side: Side<'_>| json!({ "chosen": chosen(side.1), "next-money": money(side.1) });
    json!({ "before": side(before), "after": side(after), "readiness": moves })
}

/// Ways, for programs.
#[must_use]
pub fn ways_json(kb: &KnowledgeBase, ways: &[Way]) -> Value {
    let way = |way: &Way| {
        let change = |(fact, to): &(usize, Answer)| {
            let one = &kb.facts[*fact];
            json!({ "fact": one.id, "answer": answer(one, *to), "change": one.change.id() })
        };
        json!({ "effort": way.effort, "changes": way.changes.iter().map(change).collect::<Vec<_>>() })
    };
    json!(ways.iter().map(way).collect::<Vec<_>>())
}
