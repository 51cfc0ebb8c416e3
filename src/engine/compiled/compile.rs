//! From a checked base to its plan.

use super::clashing::Clashing;
use super::layout::Rows;
use super::literals::Literals;
use super::plan::{Plan, Ruled, Shape};
use super::proof::Proof;
use super::steps::set;
use crate::condition::{Condition, Variable};
use crate::engine::share;
use crate::fact::Nature;
use crate::ids::{CandidateId, DecisionId, IndexVec};
use crate::kb::blocks::thresholds;
use crate::kb::{Keep, KnowledgeBase};

/// The most points by which the odds are tabulated; behind that they are computed.
const ODDS: i32 = 4_096;

impl<'a> Plan<'a> {
    /// Compiles a base for these decisions; all of them if none is named.
    #[must_use]
    pub fn new(kb: &'a KnowledgeBase, decisions: &[DecisionId]) -> Plan<'a> {
        let printed = |decision: DecisionId| decisions.is_empty() || decisions.contains(&decision);
        let mut needed: IndexVec<DecisionId, bool> = kb.decisions.ids().map(printed).collect();
        for decision in kb.decisions.ids().rev() {
            if needed[decision] {
                for variable in kb.decisions[decision].conditions().flat_map(Condition::variables) {
                    if let Variable::Choice(earlier) = variable {
                        needed[earlier] = true;
                    }
                }
                let one = &kb.decisions[decision];
                let stops = |earlier: DecisionId| one.grows() && kb.may_stop(earlier);
                decision.before().filter(|earlier| one.serves(*earlier) || stops(*earlier)).for_each(|at| needed[at] = true);
            }
        }
        let cuts = thresholds(kb.conditions().chain(kb.clashes.iter().map(|clash| &clash.when)));
        let leads = kb.decisions.iter().zip(&needed).any(|(one, needed)| *needed && one.keep == Keep::Leaders);
        let has = |nature: Nature| kb.facts.iter().any(|fact| fact.nature == nature);
        let has_gap = leads && has(Nature::Stated) && has(Nature::Observed);
        let mut rows = Rows { kb, samples: Vec::new(), shapes: IndexVec::new(), literals: Literals::default(), has_gap };
        for (number, fact) in kb.facts.pairs() {
            rows.add(number, &fact.kind, cuts.get(&number).map(|cuts| cuts.iter().copied().collect()).unwrap_or_default());
        }
        rows.reserve_choices(&needed);
        let clashing = Clashing::new(kb, &mut rows.literals);
        let mut ruled: IndexVec<DecisionId, Ruled> = IndexVec::new();
        for (number, decision) in kb.decisions.pairs() {
            ruled.push(if needed[number] {
                Ruled { printed: printed(number), ..rows.ruled(number, decision) }
            } else {
                Ruled::left_out(decision)
            });
        }
        finish(&rows, ruled, clashing)
    }
}

/// Puts the literals into the rows.
fn finish<'a>(rows: &Rows<'a>, mut ruled: IndexVec<DecisionId, Ruled>, clashing: Clashing) -> Plan<'a> {
    let (kb, words) = (rows.kb, rows.literals.words());
    let mut row_bits = vec![0_u64; rows.samples.len() * words];
    let mut row_takes = row_bits.clone();
    let mut facts = rows.shapes.clone();
    let mut sown = vec![0_u64; words];
    for (atom, yes, bit) in rows.literals.all() {
        let Some(Variable::Fact(fact)) = atom.variable() else { continue };
        let (word, mask) = ((bit / 64) as usize, 1 << (bit % 64));
        // Of several choices one is enough to have it; to have none, all must be seen.
        let is_none = !yes && rows.is_set(fact);
        if let (true, Shape::Choices { literals, .. }) = (is_none, &mut facts[fact]) {
            literals.resize(words, 0);
            literals[word] |= mask;
        }
        set(&mut sown, bit, !is_none);
        for row in rows.rows_of(fact) {
            if rows.holds(atom, fact, rows.samples[row].1) == (yes || is_none) {
                let bits = if is_none { &mut row_takes } else { &mut row_bits };
                bits[row * words + word] |= mask;
            }
        }
    }
    for running in ruled.iter().flat_map(|one| &one.needs.running) {
        for at in 0..running.count {
            set(&mut row_bits[(running.first + at) as usize * words..][..words], running.bit + at, true);
        }
    }
    for (masks, bit) in ruled.iter_mut().flat_map(|one| one.steps.sow(&mut sown)).collect::<Vec<_>>() {
        for row in row_bits.chunks_exact_mut(words) {
            let holds = masks.iter().any(|(word, mask)| row[*word] & mask != 0);
            set(row, bit, holds);
        }
    }
    for (decision, one) in kb.decisions.ids().zip(&mut ruled) {
        let literal = |candidate: CandidateId, yes| rows.literals.find(&Condition::Chosen { decision, candidate }, yes);
        let literals = kb.decisions[decision]
            .candidates
            .ids()
            .map(|candidate| (candidate, literal(candidate, true), literal(candidate, false)));
        one.noted = literals.filter(|(_, kept, dropped)| kept.is_some() || dropped.is_some()).collect();
    }
    Plan {
        kb,
        facts,
        clashing,
        needs_answers: ruled.iter().any(|one| matches!(one.proof, Proof::Engine(_))),
        stated: rows.samples.iter().map(|row| kb.facts[row.0].nature == Nature::Stated).collect(),
        row_bits,
        row_takes,
        words,
        decisions: ruled,
        odds: (0..=ODDS).map(|behind| share::weight(-behind, kb.temperature)).collect(),
    }
}
