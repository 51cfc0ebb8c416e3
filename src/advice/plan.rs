//! The plan: what is done in which of twelve weeks, without a word about it.
//!
//! [`drafts`](super::drafts) says what is worth doing, and the
//! [`schedule`] gives each the first weeks that it fits into.

use super::drafts::{BETWEEN, Draft, Drafts, Planner, middle, weekly};
pub use super::drafts::{Step, WEEKS};
pub use super::next_money::NextMoney;
use super::next_money::next_money;
use super::schedule::{self, Job, Limits, Schedule};
use super::stands::{Stand, Stands};
use crate::answer::{Answer, Answers};
use crate::engine::kernel::Readiness;
use crate::fact::{Fact, Kind};
use crate::ids::{CandidateId, CandidateRef, DecisionId, FactId, IndexVec, RuleId};
use crate::kb::KnowledgeBase;
use crate::profile::streams::Streams;

/// How many things may begin in one week.
pub const PER_WEEK: u32 = 3;
/// Over how many weeks one thing may be set up at most: what takes longer is never finished beside everything else.
pub const LONGEST: u32 = 6;
/// Hours a week that a plan takes where what runs leaves none.
const LEAST: u32 = 2;
/// Hours a week beside what runs that are assumed at least while nobody said how many there are.
const ASSUMED: u32 = 6;
/// The part of known hours that a plan always has: what runs takes is an estimate,
/// and those who run it do so within their hours.
const PART: u32 = 4;

/// Something to be done, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What is done.
    pub step: Step,
    /// About which candidate.
    pub at: CandidateRef,
    /// The week in which it begins, from 1.
    pub first: u32,
    /// The week in which it is set up.
    pub last: u32,
    /// Hours until then.
    pub setup: u32,
    /// Hours a week from then on.
    pub weekly: u32,
}

/// Something that did not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// What would be done.
    pub step: Step,
    /// About which candidate.
    pub at: CandidateRef,
    /// Hours a week that it takes at least, while it is set up and afterwards.
    pub takes: u32,
}

/// Twelve weeks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What is done, by week.
    pub actions: Vec<Action>,
    /// What did not fit, in the order of worth.
    pub left_out: Vec<LeftOut>,
    /// Hours a week that the team has; `None` if that is not known.
    pub team: Option<u32>,
    /// Hours a week that what runs takes.
    pub running: u32,
    /// Hours a week that the plan may take.
    pub free: u32,
    /// Hours that it takes, by week.
    pub hours: Vec<u32>,
    /// Hours that it takes every week from then on.
    pub afterwards: u32,
    /// The deadline for money, in weeks from today.
    pub deadline: Option<u32>,
    /// The stream that pays next.
    pub next_money: Option<NextMoney>,
    /// Whether something that runs is against the law, so that nothing is to grow.
    pub is_stopped: bool,
    /// The facts not answered that decide which laws concern what runs or begins,
    /// the one that most laws wait for first.
    pub open_law: Vec<FactId>,
    /// The grave rules that are likely to concern what runs, while nobody has said that
    /// they do: until then nothing grows and nothing new begins.
    pub looming: Vec<RuleId>,
}

/// The plan for a community that stands so, by its answers alone.
#[must_use]
pub fn plan(kb: &KnowledgeBase, answers: &Answers, stands: &Stands) -> Plan {
    plan_with(kb, (answers, &Streams::default()), stands)
}

/// The plan for a community that stands so, by its answers and the operator's own numbers.
#[must_use]
pub fn plan_with(kb: &KnowledgeBase, (answers, own): (&Answers, &Streams), stands: &Stands) -> Plan {
    let setting = &kb.plan;
    let Some(sections) = setting.sections else { return Plan::nothing() };
    let (streams, measures) = (sections.begin.decision, sections.step.decision);
    let team = hours(kb, answers);
    let estimate = running_hours(kb, streams, &stands.decisions[streams]);
    let free = match team {
        Some(team) => team.saturating_sub(estimate).max(team.div_ceil(PART)).max(LEAST),
        None => setting.hours.saturating_sub(estimate).max(ASSUMED),
    };
    let running = team.map_or(estimate, |team| estimate.min(team.saturating_sub(free)));
    let deadline = kb.deadline.as_ref().and_then(|deadline| deadline.of(answers));
    let planner = Planner { kb, answers, stands, streams, measures, deadline, own };
    let Drafts { drafts, open_law, looming } = planner.drafts();
    let limits = Limits { weeks: WEEKS, per_week: PER_WEEK, hours: free, between_large: BETWEEN, longest: LONGEST };
    let scheduled = schedule::plan(&jobs(&drafts), limits);
    let actions = actions(&drafts, &scheduled);
    let steps: Vec<(Step, CandidateRef, u32)> = actions.iter().map(|action| (action.step, action.at, action.first)).collect();
    let left_out = |one: &usize| {
        let Draft { step, at, setup, weekly, .. } = &drafts[*one];
        LeftOut { step: *step, at: *at, takes: setup.div_ceil(LONGEST).max(*weekly) }
    };
    Plan {
        next_money: next_money(&planner, &steps),
        left_out: scheduled.left_out.iter().map(left_out).collect(),
        is_stopped: planner.is_stopped(),
        actions,
        team,
        running,
        free,
        hours: scheduled.hours,
        afterwards: scheduled.afterwards,
        deadline,
        open_law,
        looming,
    }
}

/// The drafts as jobs. What comes before one that is not drafted holds nothing back.
fn jobs(drafts: &[Draft]) -> Vec<Job> {
    let place = |at: &CandidateRef| drafts.iter().position(|other| other.begins() && other.at == *at);
    let job = |(number, draft): (usize, &Draft)| Job {
        setup: draft.setup,
        weekly: draft.weekly,
        is_large: draft.begins(),
        earliest: draft.earliest,
        after: draft.after.iter().filter_map(place).filter(|place| *place < number).collect(),
    };
    drafts.iter().enumerate().map(job).collect()
}

fn actions(drafts: &[Draft], scheduled: &Schedule) -> Vec<Action> {
    let action = |span: &schedule::Span| {
        let Draft { step, at, setup, weekly, .. } = &drafts[span.job];
        Action { step: *step, at: *at, first: span.first, last: span.last, setup: (*setup).max(1), weekly: *weekly }
    };
    scheduled.spans.iter().map(action).collect()
}

/// Hours a week that the team has, if that is known.
fn hours(kb: &KnowledgeBase, answers: &Answers) -> Option<u32> {
    let fact = kb.plan.fact?;
    let Some(Answer::Number(number)) = answers.get(fact) else { return None };
    u32::try_from(whole(&kb.facts[fact], number)).ok()
}

/// A number without what stands after its point.
fn whole(fact: &Fact, number: i64) -> i64 {
    match &fact.kind {
        Kind::Number(range) => number / 10_i64.pow(range.decimals),
        _ => number,
    }
}

/// Hours a week that the streams take that run and go on, by estimate.
fn running_hours(kb: &KnowledgeBase, decision: DecisionId, stands: &IndexVec<CandidateId, Stand>) -> u32 {
    let goes_on = |stand: &Stand| matches!(stand.readiness, Readiness::Keep | Readiness::Mend);
    let running = stands.pairs().filter(|(_, stand)| goes_on(stand));
    running.map(|(candidate, _)| middle(weekly(kb.candidate(decision, candidate)))).sum()
}

impl Plan {
    /// The plan of a base that plans nothing.
    fn nothing() -> Plan {
        Plan {
            actions: Vec::new(),
            left_out: Vec::new(),
            team: None,
            running: 0,
            free: 0,
            hours: Vec::new(),
            afterwards: 0,
            deadline: None,
            next_money: None,
            is_stopped: false,
            open_law: Vec::new(),
            looming: Vec::new(),
        }
    }

    /// What begins in a week, from 1.
    pub fn week(&self, week: u32) -> impl Iterator<Item = &Action> {
        self.actions.iter().filter(move |action| action.first == week)
    }
}
