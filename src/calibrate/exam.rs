//! The exam: one leader decision, judged for every case that expects something of it.

use crate::engine::judge::Judge;
use crate::engine::judgement::Outcome;
use crate::engine::share;
use crate::kb::{Case, Keep, KnowledgeBase};

/// What came out for every case.
#[derive(Debug, Clone)]
pub struct Exam<'a> {
    /// The base that judged.
    pub kb: &'a KnowledgeBase,
    /// The leader decision that was judged.
    pub decision: usize,
    /// The facts that were left out of every case.
    pub without: Vec<usize>,
    /// One verdict per case that expects something of the decision, in the order of the cases.
    pub verdicts: Vec<Verdict<'a>>,
}

/// What came out for one case.
#[derive(Debug, Clone)]
pub struct Verdict<'a> {
    /// The case.
    pub case: &'a Case,
    /// The labels that a person gave it, the first one first; never empty.
    pub expected: Vec<usize>,
    /// What the engine made of it.
    pub outcome: Outcome,
    /// The points of every candidate, by candidate.
    pub points: Vec<i32>,
    /// The share of every candidate, from 0 to 1 and not rounded, by candidate.
    pub shares: Vec<f64>,
    /// Whether the judgement says that what is stated and what is seen differ.
    pub gap: bool,
}

/// The first decision that keeps leaders: the one judged unless another is asked for.
#[must_use]
pub fn first_leaders(kb: &KnowledgeBase) -> Option<usize> {
    kb.decisions.iter().position(|decision| decision.keep == Keep::Leaders)
}

impl<'a> Exam<'a> {
    /// Judges a decision for every case, the answers to the facts of `without` taken away.
    #[must_use]
    pub fn take(kb: &'a KnowledgeBase, cases: &'a [Case], decision: usize, without: &[usize]) -> Exam<'a> {
        let judge = Judge::new(kb);
        let verdict = |case: &'a Case| {
            let expected = labels(case, decision)?;
            let mut answers = case.answers.clone();
            for fact in without {
                answers.set(*fact, None);
            }
            Some(Verdict::of(&judge, case, decision, expected, &answers))
        };
        Exam { kb, decision, without: without.to_vec(), verdicts: cases.iter().filter_map(verdict).collect() }
    }
}

/// The labels of a case for a decision, if it has any.
fn labels(case: &Case, decision: usize) -> Option<&[usize]> {
    let found = case.expect.iter().find(|(of, _)| *of == decision);
    found.map(|(_, labels)| labels.as_slice()).filter(|labels| !labels.is_empty())
}

impl<'a> Verdict<'a> {
    /// Judges one case with answers that need not be its own.
    pub(super) fn of(
        judge: &Judge<'_>,
        case: &'a Case,
        decision: usize,
        expected: &[usize],
        answers: &crate::answer::Answers,
    ) -> Verdict<'a> {
        let mut judged = judge.judge(answers);
        let gap = judged.gap.is_some_and(|gap| gap.decision == decision);
        let outcome = judged.decisions.swap_remove(decision);
        let mut points = vec![0; outcome.ranked.len()];
        outcome.ranked.iter().for_each(|ranked| points[ranked.candidate] = ranked.points);
        let shares = share::exact(&points, judge.kb().temperature);
        Verdict { case, expected: expected.to_vec(), outcome, points, shares, gap }
    }

    /// The candidate with the most points, whether or not it is kept.
    #[must_use]
    pub fn first(&self) -> Option<usize> {
        self.outcome.ranked.first().map(|ranked| ranked.candidate)
    }

    /// The leader; `None` for an abstention.
    #[must_use]
    pub fn leader(&self) -> Option<usize> {
        self.outcome.chosen.first().copied()
    }

    /// Whether the first label leads.
    #[must_use]
    pub fn is_on_top(&self) -> bool {
        self.leader() == self.expected.first().copied()
    }

    /// Whether any of the labels leads.
    #[must_use]
    pub fn is_any_on_top(&self) -> bool {
        self.leader().is_some_and(|leader| self.expected.contains(&leader))
    }

    /// Whether the first label is among the first two by points, kept or not.
    #[must_use]
    pub fn is_among_two(&self) -> bool {
        self.outcome.ranked.iter().take(2).any(|ranked| Some(&ranked.candidate) == self.expected.first())
    }

    /// Whether a person gave it two labels.
    #[must_use]
    pub fn is_hybrid(&self) -> bool {
        self.expected.len() > 1
    }

    /// Whether all labels are kept, in any order.
    #[must_use]
    pub fn keeps_all(&self) -> bool {
        self.expected.iter().all(|label| self.outcome.chosen.contains(label))
    }

    /// Whether a second is kept.
    #[must_use]
    pub fn keeps_second(&self) -> bool {
        self.outcome.chosen.len() > 1
    }

    /// The summed shares of the labels.
    #[must_use]
    pub fn share_of_labels(&self) -> f64 {
        self.expected.iter().map(|label| self.shares[*label]).sum()
    }
}
