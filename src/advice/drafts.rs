//! What is worth doing, before anybody knows when.
//!
//! Drafts stand in the order of their worth. Duties come first: what the law stops,
//! what has to be known about the law, what it asks to be checked, what earns and is
//! to be mended, what is to be given up. Then, in turns, a step to grow what runs, a
//! stream that begins, and some measures, so that hours taken by the streams of later
//! months do not leave the first weeks empty. Nothing that is stopped, dropped, later
//! or never is drafted.

use super::stands::{Stand, Stands, lacks};
use super::{law, order};
use crate::answer::Answers;
use crate::engine::kernel::Readiness;
use crate::ids::{CandidateId, CandidateRef, DecisionId, FactId, NeedId, RuleId};
use crate::kb::effort::Span;
use crate::kb::{Candidate, KnowledgeBase};
use crate::money::link::Subject;
use crate::profile::streams::Streams;
use std::cmp::Reverse;

/// How many weeks a plan covers.
pub const WEEKS: u32 = 12;
/// How many weeks lie between the beginnings of two streams, or of two steps to grow one.
pub const BETWEEN: u32 = 4;
/// How many measures a plan holds at most, and how many go with each month's step.
const MEASURES: usize = 8;
const AT_ONCE: usize = 3;

/// What is done about a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// It is stopped: a rule of the law, by its number, is broken.
    Stop(RuleId),
    /// It runs or begins, and what decides which laws concern it is not known.
    Learn,
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

impl Step {
    /// The words for all of them.
    pub const IDS: [&str; 9] = ["stop", "learn", "check", "mend", "drop", "grow", "begin", "prepare", "measure"];

    /// The word for it.
    pub fn id(self) -> &'static str {
        match self {
            Step::Stop(_) => "stop",
            Step::Learn => "learn",
            Step::Check(_) => "check",
            Step::Mend(_) => "mend",
            Step::Drop => "drop",
            Step::Grow => "grow",
            Step::Begin { check: false } => "begin",
            Step::Begin { check: true } => "prepare",
            Step::Measure => "measure",
        }
    }
}

/// Something to be done, before anybody knows when.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What is done.
    pub step: Step,
    /// About which candidate.
    pub at: CandidateRef,
    /// Hours until it is set up; at least 1.
    pub setup: u32,
    /// Hours a week from then on.
    pub weekly: u32,
    /// The first week in which it may begin, from 1.
    pub earliest: u32,
    /// Streams that begin before it, if they begin at all.
    pub after: Vec<CandidateRef>,
}

impl Draft {
    fn new(step: Step, at: CandidateRef, setup: u32, weekly: u32) -> Draft {
        Draft { step, at, setup, weekly, earliest: 1, after: Vec::new() }
    }

    /// Whether a stream begins with it.
    #[must_use]
    pub fn begins(&self) -> bool {
        matches!(self.step, Step::Begin { .. })
    }
}

/// The middle of a range, rounded up; nothing if there is none.
pub fn middle(span: Option<Span>) -> u32 {
    span.map_or(0, |span| (span.low + span.high).div_ceil(2))
}

/// Hours a week that a candidate takes.
pub fn weekly(candidate: &Candidate) -> Option<Span> {
    candidate.effort.as_ref().and_then(|effort| effort.weekly_hours)
}

fn setup(candidate: &Candidate) -> Option<Span> {
    candidate.effort.as_ref().and_then(|effort| effort.setup_hours)
}

/// Weeks from the start of a stream until it pays, at the earliest and at the latest.
pub fn pays(kb: &KnowledgeBase, at: CandidateRef) -> Option<(u32, u32)> {
    let span = kb.candidate(at.0, at.1).effort.as_ref().and_then(|effort| effort.first_cash_weeks)?;
    Some((span.low, span.high))
}

/// What is to be done, and what of the law is not known.
pub struct Drafts {
    /// What is to be done, in the order of worth.
    pub drafts: Vec<Draft>,
    /// The facts not answered that decide which laws concern what runs or begins.
    pub open_law: Vec<FactId>,
    /// The grave rules that are likely to concern what runs, while nobody has said that they do.
    pub looming: Vec<RuleId>,
}

/// What drafts are made from.
pub struct Planner<'a> {
    /// The base.
    pub kb: &'a KnowledgeBase,
    /// The answers.
    pub answers: &'a Answers,
    /// How everything stands.
    pub stands: &'a Stands,
    /// The decision whose candidates are streams.
    pub streams: DecisionId,
    /// The decision whose candidates are measures.
    pub measures: DecisionId,
    /// The deadline for money, in weeks from today.
    pub deadline: Option<u32>,
    /// The operator's own numbers.
    pub own: &'a Streams,
}

impl Planner<'_> {
    /// What money is worked out from.
    pub fn subject(&self) -> Subject<'_, '_> {
        Subject { kb: self.kb, answers: self.answers, own: self.own, kept: &self.stands.kept }
    }

    /// The place of a stream among those that run, the least first: what is said to earn most, then
    /// by the operator's own numbers, then by fit.
    pub fn place(&self, at: CandidateRef, stand: &Stand) -> (bool, Reverse<i128>, Reverse<i32>, CandidateId) {
        (!stand.earns_most(), Reverse(order::earned(&self.subject(), at)), Reverse(stand.points), at.1)
    }

    fn of(&self, decision: DecisionId, readiness: Readiness) -> impl Iterator<Item = (CandidateRef, &Stand)> {
        let stands = self.stands.decisions[decision].pairs();
        stands.filter(move |(_, stand)| stand.readiness == readiness).map(move |(one, stand)| ((decision, one), stand))
    }

    /// Whether something that runs is against the law.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stands.decisions.ids().any(|decision| self.of(decision, Readiness::Stop).next().is_some())
    }

    /// What is to be done, and what of the law is not known.
    #[must_use]
    pub fn drafts(&self) -> Drafts {
        let is_stopped = self.is_stopped();
        let running: Vec<CandidateRef> = self.running().map(|(at, _)| at).collect();
        let looming = law::looming_over(self.kb, self.answers, &running);
        let is_held = is_stopped || !looming.is_empty();
        let (grows, begins) = if is_held { (Vec::new(), Vec::new()) } else { (self.growing(), self.beginning()) };
        let concerned: Vec<CandidateRef> = running.into_iter().chain(begins.iter().map(|draft| draft.at)).collect();
        let open_law = law::open_facts(self.kb, self.answers, &concerned);
        let mut drafts = self.stopping();
        if !open_law.is_empty() && !is_stopped {
            drafts.extend(concerned.first().map(|at| Draft::new(Step::Learn, *at, 1, 0)));
        }
        drafts.extend(self.repairing());
        let busy: Vec<CandidateRef> = drafts.iter().chain(&grows).chain(&begins).map(|draft| draft.at).collect();
        let measures = self.taking_measures(&busy, is_held);
        let months = grows.len().max(begins.len()).max(measures.len().div_ceil(AT_ONCE));
        for month in 0..months {
            drafts.extend(grows.get(month).cloned());
            drafts.extend(begins.get(month).cloned());
            drafts.extend(measures.iter().skip(month * AT_ONCE).take(AT_ONCE).cloned());
        }
        Drafts { drafts, open_law, looming }
    }

    /// The streams that run, what earns most first.
    fn running(&self) -> impl Iterator<Item = (CandidateRef, &Stand)> {
        let mut running: Vec<_> = [Readiness::Stop, Readiness::Keep, Readiness::Mend, Readiness::Drop]
            .into_iter()
            .flat_map(|readiness| self.of(self.streams, readiness))
            .collect();
        running.sort_by_cached_key(|(at, stand)| self.place(*at, stand));
        running.into_iter()
    }

    /// What the law forbids as it runs, what earns most first.
    fn stopping(&self) -> Vec<Draft> {
        let mut all: Vec<_> = self.stands.decisions.ids().flat_map(|decision| self.of(decision, Readiness::Stop)).collect();
        all.sort_by_cached_key(|(at, stand)| self.place(*at, stand));
        let rule = |at| law::broken(self.kb, self.answers, at);
        all.into_iter().filter_map(|(at, _)| rule(at).map(|rule| Draft::new(Step::Stop(rule), at, 1, 0))).collect()
    }

    /// What runs and is to be checked, mended or given up.
    fn repairing(&self) -> Vec<Draft> {
        let mut drafts: Vec<Draft> = Vec::new();
        let mut checked: Vec<RuleId> = Vec::new();
        for readiness in [Readiness::Keep, Readiness::Mend] {
            for (at, _) in self.of(self.streams, readiness) {
                for rule in law::to_check(self.kb, self.answers, at) {
                    if !checked.contains(&rule) {
                        checked.push(rule);
                        drafts.push(Draft::new(Step::Check(rule), at, 1, 0));
                    }
                }
            }
        }
        let mut mends: Vec<_> = self.of(self.streams, Readiness::Mend).collect();
        mends.sort_by_cached_key(|(at, stand)| self.place(*at, stand));
        for (at, _) in mends {
            let need = lacks(self.kb, at, self.answers, &self.stands.kept);
            drafts.push(Draft::new(Step::Mend(need), at, 3, 0));
        }
        drafts.extend(self.of(self.streams, Readiness::Drop).map(|(at, _)| Draft::new(Step::Drop, at, 2, 0)));
        drafts
    }

    /// Streams that run well take their next step, one a month.
    fn growing(&self) -> Vec<Draft> {
        let mut keeps: Vec<_> = self.of(self.streams, Readiness::Keep).filter(|(_, stand)| !stand.is_to_check()).collect();
        keeps.sort_by_cached_key(|(at, stand)| self.place(*at, stand));
        let draft = |((at, _), month): ((CandidateRef, &Stand), u32)| {
            let hours = middle(setup(self.kb.candidate(at.0, at.1))).div_ceil(3).max(2);
            Draft { earliest: month * BETWEEN + 1, ..Draft::new(Step::Grow, at, hours, 0) }
        };
        keeps.into_iter().zip(0..WEEKS / BETWEEN).map(draft).collect()
    }

    /// Streams that begin: first those that pay before the deadline, then by fit and money.
    /// Where none is known to be able to begin, or none of these pays before the
    /// deadline and another would, also the best that needs only a check.
    fn beginning(&self) -> Vec<Draft> {
        let is_late = |at: &CandidateRef| {
            let late = pays(self.kb, *at).map(|(_, late)| late);
            self.deadline.is_some_and(|deadline| late.is_none_or(|late| late > deadline))
        };
        let subject = self.subject();
        let from = (&subject, self.stands);
        let ready = order::sorted(from, (self.streams, Readiness::Open), is_late);
        let unsure = order::sorted(from, (self.streams, Readiness::Confirm), is_late);
        // What a law may forbid that nobody has asked about is not even prepared.
        let is_clear = |(at, _): &(CandidateRef, &Stand)| law::looming(self.kb, self.answers, *at).is_empty();
        let first = unsure.into_iter().find(is_clear).map(|(at, _)| at);
        let helps = |at: &CandidateRef| ready.first().is_none_or(|(open, _)| is_late(open) && !is_late(at));
        let unsure = first.filter(helps).map(|at| (at, true));
        let mut all: Vec<(CandidateRef, bool)> = unsure.into_iter().collect();
        all.extend(ready.into_iter().map(|(at, _)| (at, false)));
        self.in_order(all).into_iter().map(|(at, check)| self.begin(at, check)).collect()
    }

    /// A stream begins small: with the least hours a week that it takes.
    fn begin(&self, at: CandidateRef, check: bool) -> Draft {
        let candidate = self.kb.candidate(at.0, at.1);
        let least = weekly(candidate).map_or(0, |span| span.low);
        let mut draft = Draft::new(Step::Begin { check }, at, middle(setup(candidate)), least);
        draft.after = candidate.after.iter().map(|one| (at.0, *one)).collect();
        draft
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
    /// then from groups that are not represented yet; none that grows while growth is held.
    fn taking_measures(&self, busy: &[CandidateRef], is_held: bool) -> Vec<Draft> {
        // Where all that runs is forbidden, there is nothing that a measure may serve.
        let goes_on = |readiness| self.of(self.streams, readiness).next().is_some();
        let all_stopped = self.is_stopped() && !goes_on(Readiness::Keep) && !goes_on(Readiness::Mend);
        if self.measures == self.streams || all_stopped {
            return Vec::new();
        }
        let serves = |at: &CandidateRef| self.kb.candidate(at.0, at.1).serves.iter().any(|one| busy.contains(one));
        let is_unclear = |readiness| self.of(self.streams, readiness).any(|(_, stand)| stand.is_to_check());
        let held = is_held || is_unclear(Readiness::Keep) || is_unclear(Readiness::Mend);
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
        let draft = |(number, at): (u32, &CandidateRef)| {
            let candidate = self.kb.candidate(at.0, at.1);
            let hours = middle(setup(candidate)).max(1);
            // The first two or three at once, then one a week.
            let earliest = (number + 1).saturating_sub(2).max(1);
            Draft { earliest, ..Draft::new(Step::Measure, *at, hours, middle(weekly(candidate))) }
        };
        (0..).zip(&chosen).map(draft).collect()
    }
}
