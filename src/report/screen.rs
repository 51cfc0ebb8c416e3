//! The first screen: complete by itself, the answer first, 24 rows of 80 columns.

use super::page::Block;
use super::phrases::{Subject, clause};
use crate::advice::fit::Misfit;
use crate::advice::next::Why;
use crate::advice::payers::payers;
use crate::engine::kernel::Readiness;
use crate::fact::Kind;
use crate::words;

/// The blocks of the first screen.
pub fn screen(subject: &Subject<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Lead(verdict(subject)), Block::Entry(subject.say("advice.sure"), sure(subject))];
    blocks.push(week(subject));
    blocks.push(Block::Entry(subject.say("advice.misfit"), misfit(subject)));
    blocks.push(Block::Entry(subject.say("advice.first-money"), money(subject)));
    blocks.push(Block::Entry(subject.say("advice.red-line"), red_line(subject)));
    blocks.push(Block::Entry(subject.say("advice.next"), next(subject)));
    blocks
}

/// The sentence that everything hangs on.
pub fn verdict(subject: &Subject<'_>) -> String {
    let at = subject.kb.screen.verdict;
    let decision = &subject.kb.decisions[at.decision];
    let chosen = &subject.advice.judgement.decisions[at.decision].chosen;
    let joint = if subject.lang == crate::text::Lang::En { " " } else { "" };
    let mut sentence = match chosen.first() {
        Some(leader) => subject.text(at, *leader),
        None => decision.neither.as_ref().map_or_else(String::new, |text| text.get(subject.lang).to_owned()),
    };
    if let (Some(second), Some(wording)) = (chosen.get(1), &decision.second) {
        let name = subject.named(at.decision, *second);
        sentence = format!("{sentence}{joint}{}", words::fill_in(wording.get(subject.lang), &[("name", &name)]));
    }
    match subject.name {
        Some(name) if subject.lang == crate::text::Lang::Zh => format!("{name}：{sentence}"),
        Some(name) => format!("{name}: {sentence}"),
        None => sentence,
    }
}

/// How sure it is; where nobody is named, who is closest.
pub fn sure(subject: &Subject<'_>) -> String {
    let at = subject.kb.screen.verdict;
    let outcome = &subject.advice.judgement.decisions[at.decision];
    if let Some(sureness) = &outcome.sureness {
        subject.sureness(sureness)
    } else {
        let promising = outcome.ranked.iter().filter(|ranked| ranked.points > 0);
        let nearest: Vec<usize> = promising.take(3).map(|ranked| ranked.candidate).collect();
        if nearest.is_empty() {
            return subject.say("advice.money-none");
        }
        subject.fill("advice.closest", &[("names", &subject.names(at.decision, &nearest))])
    }
}

fn week(subject: &Subject<'_>) -> Block {
    let label = subject.say("advice.this-week");
    let [who, step, sign] = subject.kb.screen.week[..] else { return Block::Entry(label, String::new()) };
    let item = |candidate: &usize| {
        let text = |at| subject.text(at, *candidate);
        vec![
            subject.fill("advice.week-item", &[("who", &text(who)), ("step", &text(step))]) + subject.space(),
            subject.fill("advice.week-sign", &[("sign", &text(sign))]),
        ]
    };
    if subject.advice.screen.week.is_empty() {
        return Block::Entry(label, subject.say("advice.no-week"));
    }
    Block::Numbered(label, subject.advice.screen.week.iter().map(item).collect())
}

/// The first thing to do this week: who does it, and what.
pub fn first_of_week(subject: &Subject<'_>) -> Option<String> {
    let [who, step, _] = subject.kb.screen.week[..] else { return None };
    let candidate = *subject.advice.screen.week.first()?;
    let text = |at| subject.text(at, candidate);
    Some(subject.fill("advice.week-item", &[("who", &text(who)), ("step", &text(step))]))
}

/// What to stop or to put off; what only needs a check stands further below.
fn misfit(subject: &Subject<'_>) -> String {
    let grave: Vec<&Misfit> = subject.advice.misfits.iter().filter(|one| one.group != Readiness::Keep).collect();
    match grave.as_slice() {
        [] => {
            let is_candidates = |kind: &Kind| matches!(kind, Kind::Choices { candidates_of: Some(_), .. });
            match subject.kb.facts.iter().find(|fact| is_candidates(&fact.kind)) {
                Some(fact) if !subject.advice.sells => {
                    subject.fill("advice.misfit-unknown", &[("fact", fact.label.get(subject.lang))])
                }
                _ => subject.say("advice.misfit-none"),
            }
        }
        [one] => misfit_sentence(subject, one),
        [one, rest @ ..] => {
            let more = subject.fill("advice.misfit-more", &[("n", &rest.len().to_string())]);
            format!("{}{}{more}", misfit_sentence(subject, one), subject.space())
        }
    }
}

/// Why a stream that is run today does not fit.
pub fn misfit_sentence(subject: &Subject<'_>, misfit: &Misfit) -> String {
    let name = subject.named(misfit.decision, misfit.candidate);
    let candidate = subject.kb.candidate(misfit.decision, misfit.candidate);
    let lacks = || misfit.lacks.map(|need| subject.lacks(misfit.decision, misfit.candidate, need));
    let against = || misfit.against.map(|line| clause(candidate.evidence[line].statement.get(subject.lang)));
    let (key, reason) = match misfit.group {
        Readiness::Stop => ("advice.misfit-stop", lacks().unwrap_or_default()),
        Readiness::Mend => {
            ("advice.misfit-mend", lacks().or_else(against).unwrap_or_else(|| subject.say("advice.nothing-for-it")))
        }
        Readiness::Keep | Readiness::Confirm => ("advice.misfit-confirm", lacks().unwrap_or_default()),
        _ => ("advice.misfit-never", against().or_else(lacks).unwrap_or_else(|| subject.say("advice.nothing-for-it"))),
    };
    subject.fill(key, &[("name", &name), ("reason", subject.clause_if(key, &reason))])
}

/// Where the first money may come from.
pub fn money(subject: &Subject<'_>) -> String {
    let [step, effort, time] = subject.kb.screen.money[..] else { return String::new() };
    let Some((candidate, group)) = subject.advice.screen.money else { return subject.say("advice.money-none") };
    let decision = step.decision;
    let ranked = subject.advice.judgement.decisions[decision].of(candidate);
    let unmet = ranked.and_then(|ranked| ranked.needs.iter().position(|truth| !truth.is_yes()));
    let lacks = unmet.map_or_else(String::new, |need| subject.lacks(decision, candidate, need));
    let text = |at| clause(&subject.text(at, candidate));
    let (name, what) = (subject.named(decision, candidate), subject.text(step, candidate));
    let gaps = [("name", name.as_str()), ("step", &what), ("effort", &text(effort)), ("time", &text(time)), ("lacks", &lacks)];
    let key = match group {
        Readiness::Open => "advice.money-open",
        Readiness::Confirm => "advice.money-confirm",
        _ => "advice.money-later",
    };
    let sentence = subject.fill(key, &gaps);
    match payers(subject.kb, subject.kb.candidate(decision, candidate), subject.answers) {
        Some((low, high)) => {
            let payers = subject.fill("advice.payers-short", &[("low", &low.to_string()), ("high", &high.to_string())]);
            format!("{sentence}{}{payers}", subject.space())
        }
        None => sentence,
    }
}

/// What the law forbids or asks for first.
pub fn red_line(subject: &Subject<'_>) -> String {
    match subject.advice.screen.red_line {
        Some((at, candidate)) => subject.text(at, candidate),
        None => subject.say("advice.red-line-none"),
    }
}

/// The question most worth answering, and why.
pub fn next(subject: &Subject<'_>) -> String {
    let Some(next) = &subject.advice.next else { return subject.say("advice.next-none") };
    let why = match &next.why {
        Why::Opening => subject.say("advice.next-opening"),
        Why::Decides { decision, leader, rival, .. } => {
            let (leader, rival) = (subject.named(*decision, *leader), subject.named(*decision, *rival));
            subject.fill("advice.next-decides", &[("leader", &leader), ("rival", &rival)])
        }
        Why::Fits { .. } => subject.say("advice.next-fits"),
        Why::Opens { decision, candidates } => {
            let first: Vec<usize> = candidates.iter().copied().take(2).collect();
            subject.fill("advice.next-opens", &[("names", &subject.names(*decision, &first))])
        }
    };
    format!("{}{}{why}", subject.question(next.fact), subject.space())
}
