//! What is right already: nobody learns from faults alone, and what works has to be left as it is.

use super::law;
use super::page::{Block, Extent};
use super::phrases::Subject;
use crate::engine::kernel::Readiness;
use crate::ids::{CandidateId, RuleId};
use crate::kb::law::Concern;
use crate::words;

/// How many measures and how many rules are named.
const NAMED: usize = 4;

/// The measures in place and the rules that are kept, with the part that says more of them;
/// nothing if there are none. What runs and goes on is said where the streams are.
pub fn entry<'a>(subject: &Subject<'a>) -> Option<(Block, &'a str)> {
    let steps = subject.kb.plan.sections?.step.decision;
    let outcome = &subject.advice.judgement.decisions[steps];
    let measures: Vec<CandidateId> = outcome.group(Readiness::InPlace).map(|one| one.account.candidate).collect();
    let measures: Vec<String> = measures.into_iter().map(|one| subject.named(steps, one)).collect();
    let is_kept = |rule: RuleId| !subject.kb.rules[rule].only_informs() && law::is_near(subject, rule);
    let kept = subject.advice.law.iter().filter(|note| note.concern == Concern::Met && is_kept(note.rule));
    let kept = kept.filter(|note| law::is_told(subject, note, Extent::Usual));
    let rules: Vec<String> = kept.map(|note| subject.kb.rules[note.rule].name.get(subject.lang).to_owned()).collect();
    let part =
        |key: &str, names: &[String]| (!names.is_empty()).then(|| subject.fill(key, &[("names", &listed(subject, names))]));
    let parts = [part("advice.right-measures", &measures), part("advice.right-rules", &rules)];
    let told: Vec<String> = parts.into_iter().flatten().collect();
    let more = if measures.is_empty() { "law" } else { subject.kb.decisions[steps].id.as_str() };
    (!told.is_empty()).then(|| (Block::Entry(subject.say("advice.right"), told.join(subject.space())), more))
}

/// The first names, and how many there are where that is not all.
fn listed(subject: &Subject<'_>, names: &[String]) -> String {
    let first = names[..names.len().min(NAMED)].join(words::say("line.list-joint", subject.lang));
    if names.len() <= NAMED {
        return first;
    }
    subject.fill("plan.and-others", &[("names", &first), ("n", &names.len().to_string())])
}
