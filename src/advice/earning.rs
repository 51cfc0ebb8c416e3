//! What the community earns and may earn: what runs, and what the plan begins.

use super::plan::{Plan, Step};
use super::stands::Stands;
use crate::answer::Answers;
use crate::engine::kernel::Readiness;
use crate::kb::KnowledgeBase;
use crate::money::link::Subject;
use crate::money::stream::Stream;
use crate::money::together::{Forecast, forecast};
use crate::profile::streams::Streams;

/// What comes in within a year; `None` if the base makes no forecasts.
///
/// What is unlawful or to be given up is not counted.
#[must_use]
pub fn earning<'a>(
    kb: &'a KnowledgeBase,
    answers: &Answers,
    own: &Streams,
    stands: &Stands,
    plan: &Plan,
) -> Option<Forecast<'a>> {
    let subject = Subject { kb, answers, own, kept: &stands.kept };
    forecast(&subject, &streams(kb, stands, plan), plan.free)
}

/// The streams that go on, and those that the plan begins.
#[must_use]
pub fn streams(kb: &KnowledgeBase, stands: &Stands, plan: &Plan) -> Vec<Stream> {
    let Some(decision) = kb.plan.sections.map(|sections| sections.begin.decision) else { return Vec::new() };
    let goes_on = |readiness: Readiness| matches!(readiness, Readiness::Keep | Readiness::Mend);
    let all = stands.decisions[decision].pairs();
    let running = all.filter(|(_, stand)| goes_on(stand.readiness));
    let running = running.map(|(one, _)| Stream { at: (decision, one), runs: true, start: 1 });
    let begun = plan.actions.iter().filter(|action| matches!(action.step, Step::Begin { .. }));
    let begun = begun.map(|action| Stream { at: action.at, runs: false, start: action.first });
    running.chain(begun).collect()
}
