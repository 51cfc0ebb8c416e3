//! Why: what speaks most for and against everything that the plan asks for.

use super::detail::sorted;
use super::page::{Block, Section};
use super::phrases::{Subject, clause};
use crate::advice::plan::Step;
use crate::engine::judgement::Account;
use crate::engine::kernel::Readiness;
use crate::ids::{CandidateRef, DecisionId};
use crate::kb::Evidence;
use crate::truth::Truth;
use crate::words;

/// How many traits are named for and against.
const FOR: usize = 2;
const AGAINST: usize = 1;

/// What runs and goes on or is to be mended, and what is begun.
fn told(subject: &Subject<'_>) -> Vec<CandidateRef> {
    let planned = subject.advice.plan.actions.iter().filter(|action| !matches!(action.step, Step::Stop(_) | Step::Drop));
    let mut all: Vec<CandidateRef> = Vec::new();
    for at in running(subject).into_iter().chain(planned.map(|action| action.at)) {
        if !all.contains(&at) {
            all.push(at);
        }
    }
    all
}

/// The traits that are told as reasons.
pub fn lines<'a>(subject: &Subject<'a>) -> Vec<&'a Evidence> {
    let of =
        |(decision, one): CandidateRef| Some(strongest(subject, decision, subject.advice.judgement.decisions[decision].of(one)?));
    told(subject).into_iter().filter_map(of).flatten().collect()
}

/// Everything that is told, each with its reasons.
pub fn section(subject: &Subject<'_>) -> Option<Section> {
    let entry = |(decision, one): CandidateRef| {
        let account = subject.advice.judgement.decisions[decision].of(one)?;
        let reasons = reasons(subject, decision, account);
        (!reasons.is_empty()).then(|| Block::Entry(subject.named(decision, one), reasons))
    };
    let mut blocks: Vec<Block> = told(subject).into_iter().filter_map(entry).collect();
    if !blocks.is_empty() {
        blocks.push(Block::Text(subject.say("line.legend-points")));
    }
    Section::unless_empty(subject.say("plan.heading-why"), blocks)
}

fn running(subject: &Subject<'_>) -> Vec<CandidateRef> {
    let kept = subject.advice.judgement.decisions.iter().flat_map(|outcome| {
        let of = |group| outcome.group(group).map(|one| (outcome.decision(), one.account.candidate));
        of(Readiness::Keep).chain(of(Readiness::Mend)).collect::<Vec<_>>()
    });
    kept.collect()
}

/// What speaks most for a candidate, and what most against it.
pub fn reasons(subject: &Subject<'_>, decision: DecisionId, account: &Account) -> String {
    let lines = strongest(subject, decision, account);
    let part = |key: &str, for_it: bool| {
        let told: Vec<String> =
            lines.iter().filter(|line| (line.points > 0) == for_it).map(|line| trait_of(subject, line)).collect();
        (!told.is_empty()).then(|| subject.fill(key, &[("traits", &told.join(words::say("line.reason-joint", subject.lang)))]))
    };
    let parts = [part("line.speaks-for", true), part("line.speaks-against", false)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(subject.space())
}

/// The strongest traits for a candidate, then those against it.
fn strongest<'a>(subject: &Subject<'a>, decision: DecisionId, account: &Account) -> Vec<&'a Evidence> {
    let lines = sorted(subject, decision, account, Truth::is_yes);
    let (good, bad): (Vec<&Evidence>, Vec<&Evidence>) = lines.into_iter().partition(|line| line.points > 0);
    good.into_iter().take(FOR).chain(bad.into_iter().take(AGAINST)).collect()
}

fn trait_of(subject: &Subject<'_>, line: &Evidence) -> String {
    let (points, sources) = (format!("{:+}", line.points), subject.sources(&line.sources));
    let gaps = [("trait", clause(line.statement.get(subject.lang))), ("points", points), ("sources", sources)];
    subject.fill("line.weighs", &gaps.each_ref().map(|(key, text)| (*key, text.as_str())))
}
