//! When a rule holds.

use crate::engine::compiled::verdict::Verdict;
use crate::engine::kernel::Readiness;
use crate::ids::{CandidateId, DecisionId};
use crate::truth::Truth;
use std::cmp::Ordering;

/// A rule over verdicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// All hold.
    All(Vec<Rule>),
    /// One holds.
    Any(Vec<Rule>),
    /// It does not hold.
    Not(Box<Rule>),
    /// What is stated and what is observed point to different candidates.
    Gap,
    /// What a decision came to.
    Decision(DecisionId, Test),
}

/// What a decision may have come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    /// It keeps this one, as leader or as second; nobody, if `None`.
    Chosen(Option<CandidateId>),
    /// It is led by this one; by nobody, if `None`.
    Leader(Option<CandidateId>),
    /// Its second is this one; there is none, if `None`.
    Second(Option<CandidateId>),
    /// The leader is proven.
    Settled,
    /// The margin compares so with a number.
    Margin(Comparison, i64),
    /// The points of a candidate do.
    Points(CandidateId, Comparison, i64),
    /// A candidate stands so; nobody does, if `None`.
    Stands(Readiness, Option<CandidateId>),
}

/// How a number compares with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

impl Comparison {
    fn holds(self, number: i32, other: i64) -> Truth {
        let order = i64::from(number).cmp(&other);
        Truth::from(match self {
            Comparison::Equal => order == Ordering::Equal,
            Comparison::Less => order == Ordering::Less,
            Comparison::AtMost => order != Ordering::Greater,
            Comparison::Greater => order == Ordering::Greater,
            Comparison::AtLeast => order != Ordering::Less,
        })
    }
}

impl Rule {
    /// Whether a verdict meets it.
    #[must_use]
    pub fn truth(&self, verdict: &Verdict) -> Truth {
        match self {
            Rule::All(all) => all.iter().fold(Truth::Yes, |so_far, one| so_far.and(one.truth(verdict))),
            Rule::Any(all) => all.iter().fold(Truth::No, |so_far, one| so_far.or(one.truth(verdict))),
            Rule::Not(one) => one.truth(verdict).not(),
            Rule::Gap => verdict.gap.into(),
            Rule::Decision(decision, test) => test.truth(verdict, *decision),
        }
    }
}

impl Test {
    fn truth(self, verdict: &Verdict, decision: DecisionId) -> Truth {
        let Some(ruling) = verdict.rulings.get(decision) else { return Truth::Unknown };
        let chosen = &ruling.chosen;
        match self {
            Test::Chosen(one) => one.map_or(chosen.is_empty(), |one| chosen.contains(&one)).into(),
            Test::Leader(one) => (chosen.first().copied() == one).into(),
            Test::Second(one) => (chosen.get(1).copied() == one).into(),
            Test::Settled => ruling.settled.into(),
            Test::Margin(how, other) => {
                ruling.margin.filter(|_| !chosen.is_empty()).map_or(Truth::Unknown, |margin| how.holds(margin, other))
            }
            Test::Points(one, how, other) => ruling.points.get(one).map_or(Truth::Unknown, |points| how.holds(*points, other)),
            Test::Stands(list, one) => {
                let mut standing = ruling.order.iter().zip(&ruling.groups).filter(|(_, group)| **group == list);
                one.map_or_else(|| standing.next().is_none(), |one| ruling.stands(one) == list).into()
            }
        }
    }
}
