//! A comparison of bases as JSON, the same in every language; `qun-diff` counts the versions of the form.

use crate::diff::changes::{Change, Detail};
use crate::diff::entries::Leaf;
use crate::diff::flips::{Flips, Pair};
use crate::diff::joint::Side;
use crate::diff::profiles::Profiles;
use crate::diff::verdicts::{Because, Counts, Moved};
use crate::diff::version::{Taken, after};
use crate::diff::{Case, Diff};
use crate::engine::kernel::Chosen;
use crate::ids::{CandidateId, DecisionId};
use crate::kb::KnowledgeBase;
use crate::profile::toml::write;
use crate::proof::solve::Outcome;
use crate::text::Text;
use crate::truth::Truth;
use serde_json::{Value, json};

/// The version of the form.
pub const VERSION: u32 = 1;

/// Everything as one JSON value.
#[must_use]
pub fn diff(diff: &Diff<'_>, profiles: Option<&Profiles>) -> Value {
    let base = |kb: &KnowledgeBase| json!({ "version": kb.version, "hash": kb.hash });
    let (old, new) = (diff.bases.old, diff.bases.new);
    let least = diff.called_for.and_then(|step| after(&old.version, step));
    json!({
        "qun-diff": VERSION,
        "old": base(old),
        "new": base(new),
        "version": {
            "called-for": diff.called_for.map(crate::diff::changes::Step::id),
            "taken": taken(diff.taken),
            "suffices": !diff.is_version_due(),
            "least": least,
        },
        "changes": diff.changes.iter().map(change).collect::<Vec<_>>(),
        "leaders": diff.flips.iter().map(|one| flips(diff, one)).collect::<Vec<_>>(),
        "cases": {
            "common": diff.common,
            "moved": diff.cases.iter().map(|one| case(diff, one)).collect::<Vec<_>>(),
        },
        "profiles": profiles.map(|profiles| self::profiles(diff, profiles)),
    })
}

fn taken(taken: Taken) -> &'static str {
    match taken {
        Taken::None => "none",
        Taken::Step(step) => step.id(),
        Taken::Back => "back",
        Taken::Unreadable => "unreadable",
    }
}

fn change(one: &Change) -> Value {
    json!({
        "kind": one.kind.id(),
        "id": one.id,
        "was": one.was,
        "name": one.name.as_ref().map(text),
        "how": one.how.id(),
        "step": one.step.id(),
        "file": one.place.0,
        "line": one.place.1,
        "details": one.details.iter().map(detail).collect::<Vec<_>>(),
    })
}

fn detail(one: &Detail) -> Value {
    let leaf = |leaf: &Option<Leaf>| match leaf {
        None => Value::Null,
        Some(Leaf::Text(one)) => text(one),
        Some(Leaf::Plain(written) | Leaf::When(written, _)) => json!(written),
    };
    json!({ "key": one.key, "old": leaf(&one.old), "new": leaf(&one.new), "step": one.step.id() })
}

fn flips(diff: &Diff<'_>, one: &Flips) -> Value {
    let id = |side: Side, candidate: Option<CandidateId>| {
        candidate.map(|candidate| diff.bases.of(side).candidate(one.decision[side as usize], candidate).id.clone())
    };
    let pair = |pair: &Pair| {
        let (state, witness) = match &pair.found {
            Outcome::Shown(profile) => ("possible", Some(write(&diff.bases.old.facts, profile))),
            Outcome::Impossible => ("impossible", None),
            Outcome::Undecided => ("undecided", None),
        };
        json!({ "from": id(Side::Old, pair.from), "to": id(Side::New, pair.to), "state": state, "witness": witness })
    };
    let decision = &diff.bases.old.decisions[one.decision[0]].id;
    json!({ "decision": decision, "pairs": one.pairs.iter().map(pair).collect::<Vec<_>>() })
}

fn case(diff: &Diff<'_>, one: &Case) -> Value {
    json!({
        "case": diff.bases.old.cases[one.case[0]].id,
        "edited": one.is_edited,
        "met-before": one.is_met.map(|met| met[0]),
        "met-after": one.is_met.map(|met| met[1]),
        "moved": moved(diff, &one.moved),
    })
}

fn profiles(diff: &Diff<'_>, all: &Profiles) -> Value {
    let one = |one: &crate::diff::profiles::One| json!({ "row": one.row, "id": one.id, "moved": moved(diff, &one.moved) });
    json!({
        "read": all.read,
        "bad": all.bad,
        "partly": all.partly,
        "flips": all.flips,
        "seconds": all.seconds,
        "stands": all.stands,
        "moved": all.moved.iter().map(one).collect::<Vec<_>>(),
    })
}

fn moved(diff: &Diff<'_>, moved: &Moved) -> Value {
    let (old, new) = (diff.bases.old, diff.bases.new);
    let kept = |kb: &KnowledgeBase, decision: DecisionId, kept: Chosen| {
        kept.iter().map(|one| kb.candidate(decision, one).id.clone()).collect::<Vec<_>>()
    };
    let leaders = moved.leaders.iter().map(|one| {
        json!({
            "decision": old.decisions[one.decision[0]].id,
            "before": kept(old, one.decision[0], one.before),
            "after": kept(new, one.decision[1], one.after),
            "because": one.because.iter().map(because).collect::<Vec<_>>(),
        })
    });
    let stands = moved.stands.iter().map(|one| {
        json!({
            "decision": old.decisions[one.decision[0]].id,
            "candidate": old.candidate(one.decision[0], one.candidate[0]).id,
            "before": one.before,
            "after": one.after,
            "because": one.because.iter().map(because).collect::<Vec<_>>(),
        })
    });
    json!({ "leaders": leaders.collect::<Vec<_>>(), "stands": stands.collect::<Vec<_>>() })
}

fn because(one: &Because) -> Value {
    let met = |truth: Option<Truth>| truth.map_or(Value::Null, |truth| json!(truth));
    let (kind, before, after) = match one.counts {
        Counts::Points(before, after) => ("line", json!(before), json!(after)),
        Counts::Need(before, after) => ("need", met(before), met(after)),
    };
    json!({ "candidate": one.candidate, "kind": kind, "id": one.id, "text": text(&one.text), "before": before, "after": after })
}

fn text(text: &Text) -> Value {
    json!({ "zh": text.zh, "en": text.en })
}
