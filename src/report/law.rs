//! The law in words: which rules are told, how each stands, and where it comes from.

use super::page::{Block, Extent, Section};
use super::phrases::Subject;
use super::plan;
use crate::advice::law::Note;
use crate::engine::kernel::Readiness;
use crate::ids::{CandidateRef, RuleId};
use crate::kb::law::{Concern, Rule};

/// Whether a rule governs something that runs, or that the plan asks for.
pub fn is_near(subject: &Subject<'_>, rule: RuleId) -> bool {
    let governs = &subject.kb.rules[rule].governs;
    let runs = |(decision, one): &CandidateRef| {
        subject.advice.judgement.decisions[*decision].readiness(*one).is_some_and(Readiness::is_running)
    };
    let is_planned = |at: &CandidateRef| subject.advice.plan.actions.iter().any(|action| action.at == *at);
    governs.iter().any(|at| runs(at) || is_planned(at))
}

/// Whether a rule is told: it concerns the community and what runs or is planned,
/// or informs; on request also where it concerns anything else that may ever begin.
pub fn is_told(subject: &Subject<'_>, note: &Note, extent: Extent) -> bool {
    let rule = &subject.kb.rules[note.rule];
    let is_out =
        |(decision, one): &CandidateRef| subject.advice.judgement.decisions[*decision].readiness(*one) == Some(Readiness::Never);
    let may_come = || extent == Extent::Full && !rule.governs.iter().all(is_out);
    let concerns = !matches!(note.concern, Concern::None | Concern::Open);
    concerns && (rule.only_informs() || is_near(subject, note.rule) || may_come())
}

/// How a rule stands, if it is told.
fn stands(subject: &Subject<'_>, note: &Note, extent: Extent) -> Option<String> {
    let rule = &subject.kb.rules[note.rule];
    if !is_told(subject, note, extent) {
        return None;
    }
    let is_far = !rule.only_informs() && !is_near(subject, note.rule);
    let key = match note.concern {
        Concern::Broken | Concern::Check if is_far => "law.before",
        Concern::Broken | Concern::Met if rule.only_informs() => "law.informs",
        Concern::Broken if rule.is_unshown(subject.answers) => "law.unshown",
        Concern::Broken => "law.broken",
        Concern::Check => "law.check",
        Concern::Met => "law.met",
        Concern::None | Concern::Open => return None,
    };
    Some(subject.say(key))
}

/// The rules that are told, each with how it stands.
fn told<'s>(subject: &'s Subject<'_>, extent: Extent) -> impl Iterator<Item = (&'s Rule, String, &'s Note)> {
    let of = move |note: &'s Note| Some((&subject.kb.rules[note.rule], stands(subject, note, extent)?, note));
    subject.advice.law.iter().filter_map(of)
}

/// The lawful way, where one is given.
fn instead(subject: &Subject<'_>, rule: &Rule) -> Option<String> {
    rule.instead.as_ref().map(|text| subject.fill("plan.instead", &[("text", text.get(subject.lang))]))
}

/// The rules that concern the community, each with how it stands and where it comes
/// from: those on what runs or is planned and those that inform; on request also
/// those on anything else.
pub fn section(subject: &Subject<'_>, extent: Extent) -> Option<Section> {
    let entry = |(rule, stands, note): (&Rule, String, &Note)| {
        let mut parts = vec![stands, plan::rule(subject, note.rule)];
        parts.extend(instead(subject, rule));
        parts.extend(rule.since.as_ref().map(|since| subject.fill("law.since", &[("since", since)])));
        parts.extend(rule.authority.as_ref().map(|text| subject.fill("law.authority", &[("name", text.get(subject.lang))])));
        parts.push(subject.fill("law.sure", &[("how", &subject.say(&format!("sure.{}", rule.sure.id())))]));
        parts.push(subject.fill("law.sources", &[("names", &subject.sources(&rule.sources))]));
        Block::Entry(rule.name.get(subject.lang).to_owned(), parts.join(subject.space()))
    };
    with_heading(subject, told(subject, extent).map(entry).collect())
}

/// The same for a document: what to do first, and where it comes from in a table behind it.
pub fn document(subject: &Subject<'_>, extent: Extent) -> Option<Section> {
    let entry = |(rule, stands, note): (&Rule, String, &Note)| {
        let parts = [Some(stands), Some(plan::rule(subject, note.rule)), instead(subject, rule)];
        let text: Vec<String> = parts.into_iter().flatten().collect();
        Block::Entry(rule.name.get(subject.lang).to_owned(), text.join(subject.space()))
    };
    let dash = || subject.say("law.unsaid");
    let row = |(rule, _, _): (&Rule, String, &Note)| {
        vec![
            rule.name.get(subject.lang).to_owned(),
            rule.since.clone().unwrap_or_else(dash),
            rule.authority.as_ref().map_or_else(dash, |text| text.get(subject.lang).to_owned()),
            subject.say(&format!("sure.{}", rule.sure.id())),
            subject.sources(&rule.sources),
        ]
    };
    let mut blocks: Vec<Block> = told(subject, extent).map(entry).collect();
    if !blocks.is_empty() {
        let heads = ["rule", "since", "authority", "sure", "sources"].map(|key| subject.say(&format!("law.column.{key}")));
        blocks.push(Block::Heading(subject.say("law.from")));
        blocks.push(Block::Table(heads.to_vec(), told(subject, extent).map(row).collect()));
    }
    with_heading(subject, blocks)
}

fn with_heading(subject: &Subject<'_>, mut blocks: Vec<Block>) -> Option<Section> {
    if !blocks.is_empty() {
        blocks.insert(0, Block::Text(subject.say("law.information")));
    }
    Section::unless_empty(subject.say("heading.law"), blocks)
}
