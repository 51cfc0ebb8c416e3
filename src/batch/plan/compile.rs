//! From a checked base to its tables.

use super::literals::Literals;
use super::proof::Proof;
use super::{Lane, Needs, Plan, Ruled, Shape, WIDTH};
use crate::answer::{Answer, Answers};
use crate::condition::{Condition, Variable};
use crate::engine::share;
use crate::fact::{Kind, Nature};
use crate::kb::blocks::thresholds;
use crate::kb::{Decision, Keep, KnowledgeBase};

/// The most points by which the odds are tabulated; behind that they are computed.
const ODDS: i32 = 4_096;

impl<'a> Plan<'a> {
    /// Compiles a base for these decisions; all of them if none is named.
    #[must_use]
    pub fn new(kb: &'a KnowledgeBase, decisions: &[usize]) -> Plan<'a> {
        let printed = |decision: usize| decisions.is_empty() || decisions.contains(&decision);
        let mut needed: Vec<bool> = (0..kb.decisions.len()).map(printed).collect();
        for decision in (0..kb.decisions.len()).rev() {
            if needed[decision] {
                for variable in kb.decisions[decision].conditions().flat_map(Condition::variables) {
                    if let Variable::Choice(earlier) = variable {
                        needed[earlier] = true;
                    }
                }
            }
        }
        let cuts = thresholds(kb.conditions());
        let mut rows = Rows { kb, samples: Vec::new(), shapes: Vec::new(), literals: Literals::default() };
        for (number, fact) in kb.facts.iter().enumerate() {
            rows.add(number, &fact.kind, cuts.get(&number).map(|cuts| cuts.iter().copied().collect()).unwrap_or_default());
        }
        for (number, decision) in kb.decisions.iter().enumerate() {
            rows.reserve_choices(kb, number, decision.candidates.len());
        }
        let mut ruled: Vec<Ruled> = Vec::new();
        for (number, decision) in kb.decisions.iter().enumerate() {
            let mut one = rows.ruled(decision);
            (one.needed, one.printed) = (needed[number], printed(number));
            if one.needed {
                one.proof = Proof::new(kb, number);
            }
            ruled.push(one);
        }
        for later in 0..ruled.len() {
            for earlier in ruled[later].proof.reads().collect::<Vec<_>>() {
                ruled[earlier].proof.wants_endings();
            }
        }
        rows.finish(ruled)
    }
}

/// Rows in the making.
struct Rows<'a> {
    kb: &'a KnowledgeBase,
    /// Per row: the fact and an answer that gives it.
    samples: Vec<(usize, Answer)>,
    shapes: Vec<Shape>,
    literals: Literals,
}

impl<'a> Rows<'a> {
    fn add(&mut self, fact: usize, kind: &Kind, cuts: Vec<i64>) {
        let first = u32::try_from(self.samples.len()).unwrap_or(u32::MAX);
        let answers: Vec<Answer> = match kind {
            Kind::Choice(options) => (0..options.len()).map(|one| Answer::Choice(u8::try_from(one).unwrap_or(u8::MAX))).collect(),
            Kind::Choices { options, .. } => (0..options.len()).map(|one| Answer::Choices(1 << one)).collect(),
            Kind::YesNo => vec![Answer::YesNo(false), Answer::YesNo(true)],
            Kind::Number(_) => std::iter::once(i64::MIN).chain(cuts.iter().copied()).map(Answer::Number).collect(),
        };
        self.shapes.push(match kind {
            Kind::Choice(_) => Shape::Choice { first },
            Kind::Choices { .. } => Shape::Choices { first, literals: Vec::new() },
            Kind::YesNo => Shape::YesNo { first },
            Kind::Number(_) => Shape::Number { first, thresholds: cuts },
        });
        self.samples.extend(answers.into_iter().map(|answer| (fact, answer)));
    }

    /// Gives the choices of a decision neighbouring bits, so that conditions on
    /// several of them fit one word.
    fn reserve_choices(&mut self, kb: &KnowledgeBase, decision: usize, candidates: usize) {
        for candidate in 0..candidates {
            let kept = Condition::Chosen { decision, candidate };
            let mut is_read = false;
            kb.conditions().for_each(|condition| condition.atoms(&mut |atom| is_read |= *atom == kept));
            if is_read {
                self.literals.bit(&kept, true);
            }
        }
    }

    /// Whether a condition is a sum over rows: it reads one fact, and of several
    /// choices asks for a single one.
    fn is_sum(&self, condition: &Condition) -> bool {
        match (condition.variables().as_slice(), condition) {
            ([Variable::Fact(fact)], Condition::Has { options, .. }) => {
                options.is_power_of_two() && matches!(self.shapes[*fact], Shape::Choices { .. })
            }
            ([Variable::Fact(fact)], _) => !matches!(self.shapes[*fact], Shape::Choices { .. }),
            _ => false,
        }
    }

    fn ruled(&mut self, decision: &Decision) -> Ruled {
        let candidates = decision.candidates.len();
        let lanes = candidates.div_ceil(WIDTH).max(1);
        let mut tables = vec![vec![[0; WIDTH]; self.samples.len()]; lanes];
        let mut base = vec![[0; WIDTH]; lanes];
        let mut clauses: Vec<(Condition, Vec<Lane>)> = Vec::new();
        for (candidate, one) in decision.candidates.iter().enumerate() {
            let (lane, column) = (candidate / WIDTH, candidate % WIDTH);
            for line in &one.evidence {
                if line.when.variables().is_empty() {
                    let holds = line.when.truth(&Answers::default(), &()).is_yes();
                    base[lane][column] += if holds { line.points } else { 0 };
                } else if self.is_sum(&line.when) {
                    for (row, (fact, answer)) in self.samples.iter().enumerate() {
                        if line.when.variables() == [Variable::Fact(*fact)] && self.holds(&line.when, *fact, *answer) {
                            tables[lane][row][column] += line.points;
                        }
                    }
                } else {
                    let at = clauses.iter().position(|(other, _)| *other == line.when).unwrap_or_else(|| {
                        clauses.push((line.when.clone(), vec![[0; WIDTH]; lanes]));
                        clauses.len() - 1
                    });
                    clauses[at].1[lane][column] += line.points;
                }
            }
        }
        for (_, points) in &clauses {
            tables.iter_mut().zip(points).for_each(|(table, lane)| table.push(*lane));
        }
        let clauses = clauses.iter().map(|(condition, _)| self.literals.formula(condition, true).test()).collect();
        let mut derived = Vec::new();
        let needs = decision.candidates.iter().map(|one| self.needs(&one.needs, &mut derived)).collect();
        Ruled {
            keep: decision.keep,
            needed: true,
            printed: true,
            candidates,
            tables,
            clauses,
            base,
            derived,
            needs,
            chosen: Vec::new(),
            proof: Proof::default(),
        }
    }

    fn holds(&self, condition: &Condition, fact: usize, answer: Answer) -> bool {
        let mut answers = Answers::unknown(self.kb.facts.len());
        answers.set(fact, Some(answer));
        condition.truth(&answers, &()).is_yes()
    }

    fn needs(&mut self, needs: &[crate::kb::Need], derived: &mut Vec<(super::Test, u32)>) -> Needs {
        let mut found = Needs::default();
        let add = |masks: &mut Vec<(usize, u64)>, bit: u32| {
            let (word, mask) = ((bit / 64) as usize, 1_u64 << (bit % 64));
            match masks.iter_mut().find(|(at, _)| *at == word) {
                Some((_, known)) => *known |= mask,
                None => masks.push((word, mask)),
            }
        };
        for need in needs {
            let mut bit = |yes: bool| {
                let bit = self.literals.bit(&need.when, yes);
                if need.when.variable().is_none() && derived.iter().all(|(_, known)| *known != bit) {
                    derived.push((self.literals.formula(&need.when, yes).test(), bit));
                }
                bit
            };
            let (met, unmet) = (bit(true), bit(false));
            add(&mut found.met, met);
            add(if need.fixed { &mut found.never } else { &mut found.unmet }, unmet);
        }
        found
    }

    /// Puts the literals into the rows.
    fn finish(self, mut ruled: Vec<Ruled>) -> Plan<'a> {
        let (kb, words) = (self.kb, self.literals.words());
        let mut row_bits = vec![0_u64; self.samples.len() * words];
        let mut facts = self.shapes.clone();
        for (atom, yes, bit) in self.literals.all() {
            match (atom, atom.variable()) {
                (Condition::Has { options, .. }, Some(Variable::Fact(fact))) => {
                    if let Shape::Choices { literals, .. } = &mut facts[fact] {
                        literals.push((*options, yes, bit));
                    }
                }
                (_, Some(Variable::Fact(fact))) => {
                    for (row, (_, answer)) in self.samples.iter().enumerate().filter(|(_, (of, _))| *of == fact) {
                        if self.holds(atom, fact, *answer) == yes {
                            row_bits[row * words + (bit / 64) as usize] |= 1 << (bit % 64);
                        }
                    }
                }
                _ => {}
            }
        }
        for (decision, one) in ruled.iter_mut().enumerate() {
            let literal = |candidate: usize, yes| self.literals.find(&Condition::Chosen { decision, candidate }, yes);
            one.chosen = (0..one.candidates).map(|candidate| (literal(candidate, true), literal(candidate, false))).collect();
        }
        let nature = |row: &(usize, Answer)| kb.facts[row.0].nature == Nature::Stated;
        let stated: Vec<bool> = self.samples.iter().map(nature).collect();
        let leads = ruled.iter().any(|one| one.keep == Keep::Leaders && one.needed);
        Plan {
            kb,
            facts,
            needs_answers: ruled.iter().any(|one| matches!(one.proof, Proof::Engine(_))),
            has_gap: leads && stated.contains(&true) && stated.contains(&false),
            stated,
            row_bits,
            words,
            decisions: ruled,
            odds: (0..=ODDS).map(|behind| share::weight(-behind, kb.temperature)).collect(),
        }
    }
}
