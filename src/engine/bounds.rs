//! Bounds: what open answers could still change.
//!
//! The difference of two candidates is a sum over blocks (see
//! [`crate::kb::blocks`]). For each block, the table below holds the points of
//! every candidate under every combination of answers; the worst and the best
//! of a difference under partial answers is the sum of the blocks' worst and
//! best. Bounds are taken on differences, never on two separate intervals,
//! because one answer moves both candidates at once.

use super::chain::Kept;
use super::kernel::Points;
use crate::answer::{Answer, Answers};
use crate::condition::{Choices, Variable};
use crate::ids::{CandidateId, DecisionId, FactId, IndexVec, LineId, OptionSet};
use crate::kb::blocks::{self, Block, KeptSet, all_endings, combinations, distinctions, domain, thresholds};
use crate::kb::{Keep, KnowledgeBase};
use crate::truth::Truth;
use std::collections::{BTreeMap, BTreeSet};

/// The tables of a leader decision.
#[derive(Debug, Clone)]
pub struct Tables {
    decision: DecisionId,
    candidates: usize,
    blocks: Vec<BlockTable>,
    /// Numbers that the decision's evidence compares a fact with.
    thresholds: BTreeMap<FactId, BTreeSet<i64>>,
}

/// The points of every candidate under every combination of a block's answers.
#[derive(Debug, Clone)]
struct BlockTable {
    facts: Vec<FactId>,
    /// The options that the block's lines read, one set per fact.
    read: Vec<OptionSet>,
    choices: Vec<DecisionId>,
    /// The lines of evidence, as (candidate, number of the line).
    lines: Vec<(CandidateId, LineId)>,
    rows: Vec<Row>,
}

#[derive(Debug, Clone)]
struct Row {
    /// One per fact of the block.
    answers: Vec<Answer>,
    /// One per earlier decision of the block: what it keeps.
    endings: Vec<KeptSet>,
    points: Points,
}

/// What earlier decisions may still end with: per decision, the kept sets
/// (sorted; empty for an abstention).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Endings {
    decisions: IndexVec<DecisionId, Vec<KeptSet>>,
}

impl Endings {
    /// Notes what the next decision may end with.
    pub fn push(&mut self, endings: Vec<KeptSet>) {
        self.decisions.push(endings);
    }

    /// Whether a decision may still end with this set.
    #[must_use]
    pub fn allows(&self, decision: DecisionId, ending: &KeptSet) -> bool {
        self.decisions.get(decision).is_none_or(|possible| possible.is_empty() || possible.contains(ending))
    }
}

/// One assumption about earlier decisions.
struct Assumed<'a> {
    decisions: &'a [DecisionId],
    endings: &'a [KeptSet],
}

impl Choices for Assumed<'_> {
    fn chosen(&self, decision: DecisionId, candidate: CandidateId) -> Truth {
        match self.decisions.iter().position(|known| *known == decision) {
            Some(at) if !self.endings[at].is_empty() => self.endings[at].contains(&candidate).into(),
            _ => Truth::Unknown,
        }
    }
}

impl Tables {
    /// Compiles a decision that keeps leaders; nothing where all are kept, and
    /// where the base does without proofs, because no table could hold all answers.
    #[must_use]
    pub fn of(kb: &KnowledgeBase, decision: DecisionId) -> Option<Tables> {
        let one = &kb.decisions[decision];
        if one.keep == Keep::All || one.unproven {
            return None;
        }
        let lines = one.candidates.iter().flat_map(|candidate| candidate.evidence.iter().map(|line| &line.when));
        let thresholds = thresholds(lines);
        let tables = blocks::blocks(one).into_iter().map(|block| BlockTable::new(kb, decision, &block, &thresholds)).collect();
        Some(Tables { decision, candidates: one.candidates.len(), blocks: tables, thresholds })
    }

    /// The decision that these are the tables of.
    #[must_use]
    pub fn decision(&self) -> DecisionId {
        self.decision
    }

    /// How many candidates the decision has.
    #[must_use]
    pub fn candidates(&self) -> usize {
        self.candidates
    }

    /// The least and the greatest that points(`a`) − points(`b`) can still
    /// become, whatever the open answers and earlier decisions turn out to be.
    #[must_use]
    pub fn difference(&self, a: CandidateId, b: CandidateId, answers: &Answers, endings: &Endings) -> (i32, i32) {
        self.sum(answers, endings, |row| row.points[a] - row.points[b])
    }

    /// The least and the greatest that the points of a candidate can still become.
    #[must_use]
    pub fn range(&self, candidate: CandidateId, answers: &Answers, endings: &Endings) -> (i32, i32) {
        self.sum(answers, endings, |row| row.points[candidate])
    }

    /// How many blocks there are.
    #[must_use]
    pub fn blocks(&self) -> usize {
        self.blocks.len()
    }

    /// The facts and the earlier decisions that a block reads.
    #[must_use]
    pub fn reads(&self, block: usize) -> (&[FactId], &[DecisionId]) {
        (&self.blocks[block].facts, &self.blocks[block].choices)
    }

    /// The least that one block can still add to points(`a`) − points(`b`);
    /// without `b`, to points(`a`).
    #[must_use]
    pub fn least_of(
        &self,
        block: usize,
        a: Option<CandidateId>,
        b: Option<CandidateId>,
        answers: &Answers,
        endings: &Endings,
    ) -> i32 {
        let points = |row: &Row, candidate: Option<CandidateId>| candidate.map_or(0, |candidate| row.points[candidate]);
        let value = |row: &Row| points(row, a) - points(row, b);
        self.blocks[block].extremes(answers, endings, |_| false, &self.thresholds, &value).0
    }

    /// The points of every candidate in each row of a block, one row per
    /// combination of answers that evidence can tell apart.
    pub fn rows(&self, block: usize) -> impl Iterator<Item = &Points> {
        self.blocks[block].rows.iter().map(|row| &row.points)
    }

    /// Answers to a fact that stand for all as far as the decision's evidence
    /// can tell; none if it does not read the fact.
    #[must_use]
    pub fn answers(&self, fact: FactId) -> Vec<Answer> {
        let mut found: Vec<Answer> = Vec::new();
        for block in &self.blocks {
            if let Some(at) = block.facts.iter().position(|of| *of == fact) {
                for row in &block.rows {
                    if !found.contains(&row.answers[at]) {
                        found.push(row.answers[at]);
                    }
                }
            }
        }
        found
    }

    fn sum(&self, answers: &Answers, endings: &Endings, value: impl Fn(&Row) -> i32) -> (i32, i32) {
        self.blocks.iter().fold((0, 0), |(low, high), block| {
            let (least, most) = block.extremes(answers, endings, |_| false, &self.thresholds, &value);
            (low + least, high + most)
        })
    }

    /// The least and the greatest of points(`a`) − points(`b`) within each block,
    /// whatever the answers and earlier decisions are.
    pub fn spans(&self, a: CandidateId, b: CandidateId) -> impl Iterator<Item = (i32, i32)> {
        self.blocks.iter().map(move |block| {
            let values = block.rows.iter().map(|row| row.points[a] - row.points[b]);
            (values.clone().min().unwrap_or(0), values.max().unwrap_or(0))
        })
    }

    /// By how much points(`a`) − points(`b`) can sink below what it is now, per
    /// block; `free` says which facts may take any answer, given or not. A block
    /// whose facts are all unknown and not free stays as it is.
    #[must_use]
    pub fn drops(
        &self,
        kb: &KnowledgeBase,
        state: &State<'_>,
        (a, b): (CandidateId, CandidateId),
        free: impl Fn(FactId) -> bool,
    ) -> Vec<Fall> {
        self.falls(kb, state, (a, Some(b)), free)
    }

    /// By how much the points of a candidate can sink below what they are now, per block.
    #[must_use]
    pub fn sinks(
        &self,
        kb: &KnowledgeBase,
        state: &State<'_>,
        candidate: CandidateId,
        free: impl Fn(FactId) -> bool,
    ) -> Vec<Fall> {
        self.falls(kb, state, (candidate, None), free)
    }

    fn falls(&self, kb: &KnowledgeBase, state: &State<'_>, pair: Pair, free: impl Fn(FactId) -> bool) -> Vec<Fall> {
        let drop = |block: &BlockTable| {
            let facts: Vec<FactId> = block.facts.iter().copied().filter(|fact| free(*fact)).collect();
            if facts.is_empty() && block.choices.is_empty() {
                return Fall { facts, size: 0 };
            }
            let value = |row: &Row| row.points[pair.0] - pair.1.map_or(0, |rival| row.points[rival]);
            let (least, _) = block.extremes(state.answers, state.endings, &free, &self.thresholds, &value);
            let now = block.now(kb, self.decision, pair, state.answers, state.kept);
            Fall { facts, size: (now - least).max(0) }
        };
        self.blocks.iter().map(drop).filter(|drop| drop.size > 0).collect()
    }

    /// The facts that the decision's evidence reads, in no particular order.
    pub fn facts(&self) -> impl Iterator<Item = FactId> {
        self.blocks.iter().flat_map(|block| block.facts.iter().copied())
    }

    /// How far points(`a`) − points(`b`) can still move by the block of one open fact.
    #[must_use]
    pub fn swing(&self, fact: FactId, a: CandidateId, b: CandidateId, answers: &Answers, endings: &Endings) -> i32 {
        let block = self.blocks.iter().find(|block| block.facts.contains(&fact));
        block.map_or(0, |block| {
            let (low, high) =
                block.extremes(answers, endings, |_| false, &self.thresholds, &|row: &Row| row.points[a] - row.points[b]);
            high - low
        })
    }
}

/// Everything that a bound depends on.
#[derive(Debug, Clone, Copy)]
pub struct State<'a> {
    /// The answers.
    pub answers: &'a Answers,
    /// What earlier decisions kept.
    pub kept: &'a Kept,
    /// What they may still end with.
    pub endings: &'a Endings,
}

/// A candidate, and the rival whose points are taken off; none for the candidate alone.
type Pair = (CandidateId, Option<CandidateId>);

/// By how much a difference can sink through one block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fall {
    /// The facts of the block that may change; none for a block of earlier decisions only.
    pub facts: Vec<FactId>,
    /// Points, above 0.
    pub size: i32,
}

/// Whether a given answer lies in the cell that an answer of the domain stands for.
/// Of several choices only those in `read` matter.
fn is_in_cell(given: Answer, cell: Answer, thresholds: Option<&BTreeSet<i64>>, read: OptionSet) -> bool {
    match (given, cell) {
        (Answer::Choices(given), Answer::Choices(cell)) => given & read == cell & read,
        (Answer::Number(given), Answer::Number(cell)) => {
            let of = |number| blocks::cell(thresholds.into_iter().flatten(), number);
            of(given) == of(cell)
        }
        _ => given == cell,
    }
}

impl BlockTable {
    fn new(kb: &KnowledgeBase, decision: DecisionId, block: &Block, thresholds: &BTreeMap<FactId, BTreeSet<i64>>) -> BlockTable {
        let facts: Vec<FactId> = block.facts().collect();
        let choices: Vec<DecisionId> = block
            .variables
            .iter()
            .filter_map(|variable| match variable {
                Variable::Choice(earlier) => Some(*earlier),
                Variable::Fact(_) => None,
            })
            .collect();
        let evidence = |(candidate, line): &(CandidateId, LineId)| &kb.candidate(decision, *candidate).evidence[*line];
        let conditions = || block.lines.iter().map(|line| &evidence(line).when);
        let read: Vec<OptionSet> = facts.iter().map(|fact| distinctions(conditions(), *fact).0).collect();
        let of_fact = |(fact, read): (&FactId, &OptionSet)| {
            let mut domain = domain(&kb.facts[*fact], thresholds.get(fact));
            // Sets of options that differ in others only are worth the same, so one row stands for all.
            let mut seen = BTreeSet::new();
            domain.retain(|answer| !matches!(answer, Answer::Choices(chosen) if !seen.insert(*chosen & *read)));
            domain
        };
        let domains: Vec<Vec<Answer>> = facts.iter().zip(&read).map(of_fact).collect();
        let kept: Vec<Vec<KeptSet>> = choices.iter().map(|one| all_endings(kb.decisions[*one].candidates.len())).collect();
        let counts: Vec<usize> = domains.iter().map(Vec::len).chain(kept.iter().map(Vec::len)).collect();
        let one = &kb.decisions[decision];
        let mut scratch = Answers::unknown(kb.facts.len());
        let row = |picked: Vec<usize>| {
            let (answers, endings) = picked.split_at(facts.len());
            let answers: Vec<Answer> = answers.iter().zip(&domains).map(|(at, all)| all[*at]).collect();
            let endings: Vec<KeptSet> = endings.iter().zip(&kept).map(|(at, all)| all[*at].clone()).collect();
            facts.iter().zip(&answers).for_each(|(fact, answer)| scratch.set(*fact, Some(*answer)));
            let assumed = Assumed { decisions: &choices, endings: &endings };
            let mut points = Points::filled(0, one.candidates.len());
            for line in &block.lines {
                if evidence(line).when.truth(&scratch, &assumed).is_yes() {
                    points[line.0] += evidence(line).points;
                }
            }
            Row { answers, endings, points }
        };
        let rows = combinations(&counts).map(row).collect();
        BlockTable { facts, read, choices, lines: block.lines.clone(), rows }
    }

    /// The least and the greatest value over the rows that still can come out.
    /// A fact for which `free` holds may take any answer.
    fn extremes(
        &self,
        answers: &Answers,
        endings: &Endings,
        free: impl Fn(FactId) -> bool,
        thresholds: &BTreeMap<FactId, BTreeSet<i64>>,
        value: &impl Fn(&Row) -> i32,
    ) -> (i32, i32) {
        let mut found: Option<(i32, i32)> = None;
        for row in &self.rows {
            let facts = self.facts.iter().zip(&row.answers).zip(&self.read);
            let fits = facts.into_iter().all(|((fact, answer), read)| match answers.get(*fact) {
                Some(given) if !free(*fact) => is_in_cell(given, *answer, thresholds.get(fact), *read),
                _ => true,
            });
            if fits && self.choices.iter().zip(&row.endings).all(|(decision, ending)| endings.allows(*decision, ending)) {
                let value = value(row);
                found = Some(found.map_or((value, value), |(low, high)| (low.min(value), high.max(value))));
            }
        }
        found.unwrap_or((0, 0))
    }

    /// What the block is worth to `a` over `b` as things stand, unknown lines counting nothing.
    fn now(&self, kb: &KnowledgeBase, decision: DecisionId, (a, b): Pair, answers: &Answers, kept: &Kept) -> i32 {
        let worth = |(candidate, line): &(CandidateId, LineId)| {
            let line = &kb.decisions[decision].candidates[*candidate].evidence[*line];
            let sign = i32::from(*candidate == a) - i32::from(b == Some(*candidate));
            if sign != 0 && line.when.truth(answers, kept).is_yes() { sign * line.points } else { 0 }
        };
        self.lines.iter().map(worth).sum()
    }
}
