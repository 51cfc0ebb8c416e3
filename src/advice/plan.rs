//! The plan: what is done in which of twelve weeks, without a word about it.
//!
//! Drafts are made in the order of their worth: what the law stops, what it asks
//! to be checked, what earns and is to be mended, what is to be given up, what
//! runs well and can grow, what can begin, and the measures that serve them. The
//! [`schedule`] then gives each the first weeks that it fits into. What is
//! stopped, dropped, later or never cannot be in a plan: nothing of it is drafted.

use super::law;
use super::schedule::{self, Job, Limits, Schedule};
use super::stands::{Stand, Stands, lacks};
use crate::answer::{Answer, Answers};
use crate::engine::kernel::Readiness;
use crate::fact::{Fact, Kind};
use crate::ids::{CandidateId, CandidateRef, DecisionId, IndexVec, NeedId, RuleId};
use crate::kb::effort::Span;
use crate::kb::{Candidate, KnowledgeBase};
use std::cmp::Reverse;

/// How many weeks a plan covers.
pub const WEEKS: u32 = 12;
/// How many things may begin in one week.
pub const PER_WEEK: u32 = 3;
/// How many weeks lie between the beginnings of two streams, or of two steps to grow one.
pub const BETWEEN: u32 = 4;
/// How many measures a plan holds at most, and how many may begin in the first week.
const MEASURES: usize = 8;
const AT_ONCE: usize = 3;
/// Hours a week that a plan takes where what runs leaves none.
const LEAST: u32 = 2;

/// What is done about a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// It is stopped: a rule of the law, by its number, is broken.
    Stop(RuleId),
    /// It runs, and whether a rule of the law is kept is not known.
    Check(RuleId),
    /// It earns, and a need of it, by its number, is to be met; without one, it
    /// does not fit and is lived on only until what fits is built.
    Mend(Option<NeedId>),
    /// It is given up.
    Drop,
    /// It runs well and takes its next step.
    Grow,
    /// It begins; what is not known about it is checked first if it needs that.
    Begin {
        /// Whether a need of it is not known to be met.
        check: bool,
    },
    /// A measure is taken.
    Measure,
}

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

/// The stream that pays next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextMoney {
    /// The stream.
    pub at: CandidateRef,
    /// Whether it runs already.
    pub runs: bool,
    /// Whether it is part of the plan; else it is only the fastest there is.
    pub is_planned: bool,
    /// In which week, counted from today, it pays at the earliest and at the latest.
    pub weeks: Option<(u32, u32)>,
    /// Whether that is before the deadline; `None` if there is none or the weeks are not known.
    pub in_time: Option<bool>,
}

/// Twelve weeks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What is done, by week.
    pub actions: Vec<Action>,
    /// What did not fit, in the order of worth.
    pub left_out: Vec<(Step, CandidateRef)>,
    /// Hours a week that the team has; `None` if that is not known.
    pub team: Option<u32>,
    /// Hours a week that what runs takes.
    pub running: u32,
    /// Hours a week that the plan may take.
    pub free: u32,
    /// Hours that it takes, by week.
    pub hours: Vec<u32>,
    /// The deadline for money, in weeks from today.
    pub deadline: Option<u32>,
    /// The stream that pays next.
    pub next_money: Option<NextMoney>,
    /// Whether something that runs is against the law, so that nothing is to grow.
    pub is_stopped: bool,
}

/// Something to be done, before anybody knows when.
struct Draft {
    step: Step,
    at: CandidateRef,
    job: Job,
}

/// The plan for a community that stands so.
#[must_use]
pub fn plan(kb: &KnowledgeBase, answers: &Answers, stands: &Stands) -> Plan {
    let setting = &kb.plan;
    let Some(sections) = setting.sections else { return Plan::nothing() };
    let (streams, measures) = (sections.begin.decision, sections.step.decision);
    let team = hours(kb, answers);
    let running = running_hours(kb, streams, &stands.decisions[streams]);
    let all = team.unwrap_or(setting.hours);
    let free = all.saturating_sub(running).max(LEAST);
    let deadline = kb.deadline.as_ref().and_then(|deadline| deadline.of(answers));
    let planner = Planner { kb, answers, stands, streams, measures, deadline };
    let drafts = planner.drafts();
    let jobs: Vec<Job> = drafts.iter().map(|draft| draft.job.clone()).collect();
    let scheduled = schedule::plan(&jobs, Limits { weeks: WEEKS, per_week: PER_WEEK, hours: free, between_large: BETWEEN });
    let actions = actions(&drafts, &scheduled);
    Plan {
        next_money: planner.next_money(&actions),
        left_out: scheduled.left_out.iter().map(|one| (drafts[*one].step, drafts[*one].at)).collect(),
        is_stopped: planner.is_stopped(),
        actions,
        team,
        running,
        free,
        hours: scheduled.hours,
        deadline,
    }
}

fn actions(drafts: &[Draft], scheduled: &Schedule) -> Vec<Action> {
    let action = |span: &schedule::Span| {
        let Draft { step, at, job } = &drafts[span.job];
        Action { step: *step, at: *at, first: span.first, last: span.last, setup: job.setup.max(1), weekly: job.weekly }
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

/// Hours a week that the streams take that run and go on.
fn running_hours(kb: &KnowledgeBase, decision: DecisionId, stands: &IndexVec<CandidateId, Stand>) -> u32 {
    let goes_on = |stand: &Stand| matches!(stand.readiness, Readiness::Keep | Readiness::Mend);
    let running = stands.pairs().filter(|(_, stand)| goes_on(stand));
    running.map(|(candidate, _)| middle(weekly(kb.candidate(decision, candidate)))).sum()
}

fn weekly(candidate: &Candidate) -> Option<Span> {
    candidate.effort.as_ref().and_then(|effort| effort.weekly_hours)
}

fn setup(candidate: &Candidate) -> Option<Span> {
    candidate.effort.as_ref().and_then(|effort| effort.setup_hours)
}

fn first_cash(candidate: &Candidate) -> Option<Span> {
    candidate.effort.as_ref().and_then(|effort| effort.first_cash_weeks)
}

/// The middle of a range, rounded up; nothing if there is none.
fn middle(span: Option<Span>) -> u32 {
    span.map_or(0, |span| (span.low + span.high).div_ceil(2))
}

struct Planner<'a> {
    kb: &'a KnowledgeBase,
    answers: &'a Answers,
    stands: &'a Stands,
    streams: DecisionId,
    measures: DecisionId,
    deadline: Option<u32>,
}

impl Planner<'_> {
    fn of(&self, decision: DecisionId, readiness: Readiness) -> impl Iterator<Item = (CandidateRef, &Stand)> {
        let stands = self.stands.decisions[decision].pairs();
        stands.filter(move |(_, stand)| stand.readiness == readiness).map(move |(one, stand)| ((decision, one), stand))
    }

    fn is_stopped(&self) -> bool {
        self.stands.decisions.ids().any(|decision| self.of(decision, Readiness::Stop).next().is_some())
    }

    /// What is to be done, in the order of worth.
    fn drafts(&self) -> Vec<Draft> {
        let mut drafts: Vec<Draft> = Vec::new();
        for decision in self.stands.decisions.ids() {
            for (at, _) in self.of(decision, Readiness::Stop) {
                drafts.extend(law::broken(self.kb, self.answers, at).map(|rule| draft(Step::Stop(rule), at, 1, 0)));
            }
        }
        let mut checked: Vec<RuleId> = Vec::new();
        for readiness in [Readiness::Keep, Readiness::Mend] {
            for (at, _) in self.of(self.streams, readiness) {
                for rule in law::to_check(self.kb, self.answers, at) {
                    if !checked.contains(&rule) {
                        checked.push(rule);
                        drafts.push(draft(Step::Check(rule), at, 1, 0));
                    }
                }
            }
        }
        let mut mends: Vec<_> = self.of(self.streams, Readiness::Mend).collect();
        mends.sort_by_key(|(at, stand)| (!stand.earns_most(), Reverse(stand.points), at.1));
        for (at, _) in mends {
            let need = lacks(self.kb, at, self.answers, &self.stands.kept);
            drafts.push(draft(Step::Mend(need), at, 3, 0));
        }
        drafts.extend(self.of(self.streams, Readiness::Drop).map(|(at, _)| draft(Step::Drop, at, 2, 0)));
        if !self.is_stopped() {
            drafts.extend(self.growing());
            let before = drafts.len();
            drafts.extend(self.beginning(before));
        }
        drafts.extend(self.taking_measures(&drafts));
        drafts
    }

    /// Streams that run well take their next step, one a month.
    fn growing(&self) -> Vec<Draft> {
        let mut keeps: Vec<_> = self.of(self.streams, Readiness::Keep).filter(|(_, stand)| !stand.is_to_check()).collect();
        keeps.sort_by_key(|(at, stand)| (!stand.earns_most(), Reverse(stand.points), at.1));
        keeps
            .into_iter()
            .zip(0..WEEKS / BETWEEN)
            .map(|((at, _), month)| {
                let hours = middle(setup(self.kb.candidate(at.0, at.1))).div_ceil(3).max(2);
                let mut draft = draft(Step::Grow, at, hours, 0);
                draft.job.earliest = month * BETWEEN + 1;
                draft
            })
            .collect()
    }

    /// Streams that begin: first those that pay before the deadline, then by points.
    /// Where none is known to be able to begin, the best that needs only a check.
    fn beginning(&self, before: usize) -> Vec<Draft> {
        let is_late = |at: CandidateRef, deadline: u32| self.pays(at).is_none_or(|(_, late)| late > deadline);
        let pays_late = |at: &CandidateRef| self.deadline.is_some_and(|deadline| is_late(*at, deadline));
        let order = |(at, stand): &(CandidateRef, &Stand)| (pays_late(at), Reverse(stand.points), at.1);
        let mut ready: Vec<_> = self.of(self.streams, Readiness::Open).collect();
        ready.sort_by_key(order);
        let mut unsure: Vec<_> = self.of(self.streams, Readiness::Confirm).collect();
        unsure.sort_by_key(order);
        let has_none = ready.is_empty();
        let unsure = unsure.into_iter().take(usize::from(has_none)).map(|(at, _)| (at, true));
        let all: Vec<(CandidateRef, bool)> = ready.into_iter().map(|(at, _)| (at, false)).chain(unsure).collect();
        let all = self.in_order(all);
        let place = |one: CandidateId| all.iter().position(|(at, _)| at.1 == one).map(|place| place + before);
        let draft = |(number, (at, check)): (usize, &(CandidateRef, bool))| {
            let candidate = self.kb.candidate(at.0, at.1);
            let hours = (middle(setup(candidate)), middle(weekly(candidate)));
            let mut draft = draft(Step::Begin { check: *check }, *at, hours.0, hours.1);
            draft.job.is_large = true;
            draft.job.after =
                candidate.after.iter().filter_map(|one| place(*one)).filter(|place| *place < before + number).collect();
            draft
        };
        all.iter().enumerate().map(draft).collect()
    }

    /// The list with everything behind what should come before it.
    fn in_order(&self, all: Vec<(CandidateRef, bool)>) -> Vec<(CandidateRef, bool)> {
        let mut left = all;
        let mut found: Vec<(CandidateRef, bool)> = Vec::new();
        while !left.is_empty() {
            let waits = |one: &(CandidateRef, bool)| {
                let after = &self.kb.candidate(one.0.0, one.0.1).after;
                left.iter().any(|(other, _)| other != &one.0 && after.contains(&other.1))
            };
            let at = left.iter().position(|one| !waits(one)).unwrap_or(0);
            found.push(left.remove(at));
        }
        found
    }

    /// Measures that are not in place: first those that serve what runs or begins,
    /// then from groups that are not represented yet.
    fn taking_measures(&self, drafts: &[Draft]) -> Vec<Draft> {
        if self.measures == self.streams {
            return Vec::new();
        }
        let busy: Vec<CandidateRef> = drafts.iter().map(|draft| draft.at).collect();
        let serves = |at: &CandidateRef| self.kb.candidate(at.0, at.1).serves.iter().any(|one| busy.contains(one));
        let is_unclear = |readiness| self.of(self.streams, readiness).any(|(_, stand)| stand.is_to_check());
        let held = self.is_stopped() || is_unclear(Readiness::Keep) || is_unclear(Readiness::Mend);
        let mut left: Vec<_> =
            self.of(self.measures, Readiness::Open).filter(|(at, _)| !(held && self.kb.candidate(at.0, at.1).grows)).collect();
        left.sort_by_key(|(at, stand)| (!serves(at), Reverse(stand.points), at.1));
        let groups = |at: &CandidateRef| &self.kb.candidate(at.0, at.1).groups;
        let mut chosen: Vec<CandidateRef> = Vec::new();
        while chosen.len() < MEASURES && !left.is_empty() {
            let is_new = |at: &CandidateRef| {
                !chosen.iter().rev().take(2).any(|other| groups(other).iter().any(|one| groups(at).contains(one)))
            };
            let next = left.iter().position(|(at, _)| is_new(at)).unwrap_or(0);
            chosen.push(left.remove(next).0);
        }
        let draft = |(number, at): (usize, &CandidateRef)| {
            let candidate = self.kb.candidate(at.0, at.1);
            let hours = middle(setup(candidate)).max(1);
            let mut draft = draft(Step::Measure, *at, hours, middle(weekly(candidate)));
            let later = u32::try_from(number.saturating_sub(AT_ONCE)).unwrap_or(0);
            draft.job.earliest = if number < AT_ONCE { 1 } else { 2 + later };
            draft
        };
        chosen.iter().enumerate().map(draft).collect()
    }

    /// Weeks from the start of a stream until it pays.
    fn pays(&self, at: CandidateRef) -> Option<(u32, u32)> {
        first_cash(self.kb.candidate(at.0, at.1)).map(|span| (span.low, span.high))
    }

    /// The stream that pays next; where none is planned, the fastest that may come.
    fn next_money(&self, actions: &[Action]) -> Option<NextMoney> {
        if self.is_stopped() {
            return None;
        }
        let money = |at: CandidateRef, runs: bool, is_planned: bool, start: u32| {
            let weeks = self.pays(at).map(|(early, late)| (start + early.saturating_sub(1), start + late.saturating_sub(1)));
            let in_time = self.deadline.and_then(|deadline| weeks.map(|(_, late)| late <= deadline));
            NextMoney { at, runs, is_planned, weeks, in_time }
        };
        let planned = actions.iter().filter_map(|action| match action.step {
            Step::Grow => Some(money(action.at, true, true, action.first)),
            Step::Begin { .. } => Some(money(action.at, false, true, action.first)),
            _ => None,
        });
        let soonest = |one: &NextMoney| (one.weeks.is_none(), one.weeks.map(|(early, late)| (late, early)));
        let possible = || {
            let stands = self.stands.decisions[self.streams].pairs();
            let may_come = |stand: &Stand| {
                matches!(
                    stand.readiness,
                    Readiness::Open | Readiness::Confirm | Readiness::Later | Readiness::Mend | Readiness::Keep
                )
            };
            stands
                .filter(|(_, stand)| may_come(stand) && stand.points > 0)
                .map(|(one, stand)| money((self.streams, one), stand.runs(), false, 1))
                .min_by_key(soonest)
        };
        planned.min_by_key(soonest).or_else(possible)
    }
}

fn draft(step: Step, at: CandidateRef, setup: u32, weekly: u32) -> Draft {
    Draft { step, at, job: Job { setup, weekly, earliest: 1, ..Job::default() } }
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
            deadline: None,
            next_money: None,
            is_stopped: false,
        }
    }

    /// What begins in a week, from 1.
    pub fn week(&self, week: u32) -> impl Iterator<Item = &Action> {
        self.actions.iter().filter(move |action| action.first == week)
    }
}
