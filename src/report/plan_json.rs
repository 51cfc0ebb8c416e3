//! The plan, the law and what further answers would change, as JSON with every
//! text in both languages.

use super::phrases::Subject;
use super::plan as words;
use crate::advice::Advice;
use crate::advice::plan::{Action, Step};
use crate::answer::Answers;
use crate::ids::CandidateRef;
use crate::kb::KnowledgeBase;
use crate::kb::law::Concern;
use crate::profile::Profile;
use crate::text::{Lang, Text, harmless_line};
use serde_json::{Value, json};

/// The twelve weeks.
pub fn plan(kb: &KnowledgeBase, profile: &Profile, advice: &Advice) -> Value {
    let name = profile.name.as_deref().map(harmless_line);
    let in_lang = |lang| Subject { kb, answers: &profile.answers, advice, lang, open: 0, name: name.as_deref() };
    let both = |say: &dyn Fn(&Subject<'_>) -> String| json!({ "zh": say(&in_lang(Lang::Zh)), "en": say(&in_lang(Lang::En)) });
    let plan = &advice.plan;
    let maybe = |say: &dyn Fn(&Subject<'_>) -> Option<String>| {
        say(&in_lang(Lang::Zh)).zip(say(&in_lang(Lang::En))).map(|(zh, en)| json!({ "zh": zh, "en": en }))
    };
    let action = |action: &Action| {
        let mut found = json!({
            "week": action.first,
            "until": action.last,
            "step": action.step.id(),
            "who": both(&|subject| words::who(subject, action)),
            "what": both(&|subject| words::what(subject, action)),
            "sign": maybe(&|subject| words::sign(subject, action)),
            "give-up": maybe(&|subject| words::give_up(subject, action)),
            "hours": { "setup": action.setup, "weekly": action.weekly },
        });
        found["about"] = about(kb, action.at);
        found["rule"] = match action.step {
            Step::Stop(rule) | Step::Check(rule) => json!(kb.rules[rule].id),
            _ => Value::Null,
        };
        found
    };
    let left_out =
        plan.left_out.iter().map(|one| json!({ "step": one.step.id(), "about": about(kb, one.at), "takes": one.takes }));
    json!({
        "actions": plan.actions.iter().map(action).collect::<Vec<_>>(),
        "left-out": left_out.collect::<Vec<_>>(),
        "hours": { "team": plan.team, "running": plan.running, "free": plan.free, "by-week": plan.hours, "afterwards": plan.afterwards },
        "deadline": plan.deadline,
        "next-money": next_money(kb, advice),
        "stopped": plan.is_stopped,
    })
}

/// The stream that pays next.
pub fn next_money(kb: &KnowledgeBase, advice: &Advice) -> Value {
    let money = advice.plan.next_money.map(|money| {
        json!({
            "about": about(kb, money.at),
            "runs": money.runs,
            "planned": money.is_planned,
            "weeks": money.weeks.map(|(early, late)| [early, late]),
            "in-time": money.in_time,
            "faster": money.faster.map(|at| about(kb, at)),
        })
    });
    money.unwrap_or(Value::Null)
}

/// A candidate by decision, id and name.
pub fn about(kb: &KnowledgeBase, at: CandidateRef) -> Value {
    json!({ "decision": kb.decisions[at.0].id, "id": kb.candidate(at.0, at.1).id, "name": text(&kb.candidate(at.0, at.1).name) })
}

fn text(text: &Text) -> Value {
    json!({ "zh": text.zh, "en": text.en })
}

/// The rules that concern the community.
pub fn law(kb: &KnowledgeBase, answers: &Answers, advice: &Advice) -> Value {
    let note = |note: &crate::advice::law::Note| {
        let rule = &kb.rules[note.rule];
        let stands = match note.concern {
            Concern::None | Concern::Open => return None,
            Concern::Met => "met",
            Concern::Check => "check",
            Concern::Broken if rule.only_informs() => "informs",
            Concern::Broken if rule.is_unshown(answers) => "unshown",
            Concern::Broken => "broken",
        };
        Some(json!({
            "id": rule.id,
            "name": text(&rule.name),
            "stands": stands,
            "article": text(&rule.article),
            "since": rule.since,
            "place": text(&rule.territory),
            "authority": rule.authority.as_ref().map(text),
            "asks": text(&rule.asks),
            "instead": rule.instead.as_ref().map(text),
            "sure": rule.sure.id(),
            "sources": rule.sources,
        }))
    };
    let open: Vec<&str> = advice.plan.open_law.iter().map(|fact| kb.facts[*fact].id.as_str()).collect();
    let looming: Vec<&str> = advice.plan.looming.iter().map(|rule| kb.rules[*rule].id.as_str()).collect();
    json!({ "rules": advice.law.iter().filter_map(note).collect::<Vec<_>>(), "open": open, "looming": looming })
}

/// The answers that contradict each other.
pub fn clashes(kb: &KnowledgeBase, answers: &Answers) -> Value {
    let clash = |one: &crate::kb::clash::Clash| json!({ "id": one.id, "says": text(&one.says), "believe": text(&one.believe) });
    json!(kb.clashes_in(answers).map(clash).collect::<Vec<_>>())
}

/// The open questions of which a single answer would change the first page.
pub fn changing(kb: &KnowledgeBase, advice: &Advice) -> Value {
    let open = |one: &crate::advice::stability::Open| json!({ "fact": kb.facts[one.fact].id, "changes": one.changes, "answers": one.answers, "of": one.of });
    json!(advice.open.iter().map(open).collect::<Vec<_>>())
}
