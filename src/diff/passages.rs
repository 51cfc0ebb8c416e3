//! Passages: how the decisions that a decision looks at end in both bases.

use super::gains::{either, gains};
use super::joint::{Bases, Side, Term, points, set};
use crate::answer::Answers;
use crate::condition::{Choices, Condition, Variable};
use crate::engine::chain::Kept;
use crate::engine::kernel::Rule;
use crate::ids::{CandidateId, DecisionId};
use crate::kb::Keep;
use crate::proof::outcome;
use crate::proof::solve::{Demand, Outcome, is_hopeless};
use crate::proof::space::Space;
use crate::proof::terms::{self, Ending, Sum};
use crate::truth::Truth;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// How each decision of `Passages::read` ends, in their order.
pub type Passage = Vec<Ending>;

/// A decision of one base that is looked at.
type Read = (Side, DecisionId);

/// The passages before one decision.
pub struct Passages<'b, 'a> {
    bases: &'b Bases<'a>,
    /// The earlier leader decisions that it looks at, directly or not, those of the old base first.
    read: Vec<Read>,
    /// The candidates of earlier decisions that its conditions ask for.
    atoms: BTreeSet<(Side, DecisionId, CandidateId)>,
    /// The points of what is read, if nothing of it looks at anything itself.
    space: Option<Space>,
    /// By what is read of the new base: the same decision of the old one, and whether
    /// it ends alike in both for every profile.
    twins: Vec<Option<(usize, bool)>>,
    reached: RefCell<BTreeMap<Passage, Outcome<Answers>>>,
}

impl<'b, 'a> Passages<'b, 'a> {
    /// Those before a decision, which is named for the old base and for the new one.
    #[must_use]
    pub fn new(bases: &'b Bases<'a>, decision: [DecisionId; 2]) -> Passages<'b, 'a> {
        let mut read = Vec::new();
        let mut atoms = BTreeSet::new();
        let mut is_flat = true;
        for side in [Side::Old, Side::New] {
            let kb = bases.of(side);
            let lines = |number: DecisionId| kb.decisions[number].candidates.iter().flat_map(|one| &one.evidence);
            for line in lines(decision[side as usize]) {
                line.when.atoms(&mut |atom| {
                    if let Condition::Chosen { decision, candidate } = atom {
                        atoms.insert((side, *decision, *candidate));
                    }
                });
            }
            let mut found: BTreeSet<DecisionId> =
                atoms.iter().filter(|(of, ..)| *of == side).map(|(_, decision, _)| *decision).collect();
            let mut queue: Vec<DecisionId> = found.iter().copied().collect();
            while let Some(number) = queue.pop() {
                for variable in lines(number).flat_map(|line| line.when.variables()) {
                    if let Variable::Choice(earlier) = variable {
                        is_flat = false;
                        if found.insert(earlier) {
                            queue.push(earlier);
                        }
                    }
                }
            }
            read.extend(
                found.into_iter().filter(|number| kb.decisions[*number].keep == Keep::Leaders).map(|number| (side, number)),
            );
        }
        let mut passages = Passages { bases, read, atoms, space: None, twins: Vec::new(), reached: RefCell::default() };
        if is_flat && passages.is_chained() {
            let mut quantities = 0;
            let terms = passages.points(&mut quantities);
            let nobody = Kept::default();
            passages.space = bases.space(&terms, quantities, [&nobody, &nobody]);
        }
        passages.twins = (0..passages.read.len()).map(|at| passages.twin(at)).collect();
        passages
    }

    /// Whether anything earlier is looked at.
    #[must_use]
    pub fn is_chained(&self) -> bool {
        !self.read.is_empty()
    }

    /// Every passage that is not plainly impossible, those first in which both bases
    /// end alike; one that is empty where nothing is looked at.
    #[must_use]
    pub fn all(&self) -> Vec<Passage> {
        let mut found: Vec<Passage> = vec![Vec::new()];
        for at in 0..self.read.len() {
            let endings = Ending::all(self.count(at));
            let longer = |so_far: &Passage| {
                let fits = |ending: &&Ending| match self.twins[at] {
                    Some((twin, true)) => so_far[twin] == **ending,
                    Some((twin, false)) => self.is_possible(twin, so_far[twin], at, **ending),
                    None => true,
                };
                let longer = |ending: &Ending| [so_far.as_slice(), &[*ending]].concat();
                endings.iter().filter(fits).map(longer).collect::<Vec<_>>()
            };
            found = found.iter().flat_map(longer).collect();
        }
        let changes = |passage: &Passage| (0..passage.len()).any(|at| self.is_change(passage, at));
        found.sort_by_key(changes);
        found
    }

    /// What the decisions before it keep, in each base.
    #[must_use]
    pub fn kept(&self, passage: &Passage) -> [Kept; 2] {
        [Side::Old, Side::New].map(|side| {
            let mut kept = Kept::default();
            for number in self.bases.of(side).decisions.ids() {
                let at = self.read.iter().position(|one| *one == (side, number));
                kept.push(at.map(|at| passage[at].kept()));
            }
            kept
        })
    }

    /// How everything that the decision asks for comes out.
    #[must_use]
    pub fn signature(&self, passage: &Passage) -> Vec<Truth> {
        let kept = self.kept(passage);
        self.atoms.iter().map(|(side, decision, candidate)| kept[*side as usize].chosen(*decision, *candidate)).collect()
    }

    /// The points of everything that is read, as quantities from `quantities` on, which is moved behind them.
    pub fn points(&self, quantities: &mut usize) -> Vec<Term<'a>> {
        let mut found = Vec::new();
        for (at, (side, number)) in self.read.iter().enumerate() {
            found.extend(points(self.bases.of(*side), *side, *number, *quantities));
            *quantities += self.count(at);
        }
        found
    }

    /// Sets of demands, one of which is met exactly in this passage; points are the quantities from `first` on.
    #[must_use]
    pub fn demands(&self, passage: &Passage, first: usize) -> Vec<Vec<Demand>> {
        // By what is read: the demands of each way to end so.
        let mut sets: Vec<Vec<Vec<Demand>>> = vec![Vec::new()];
        for (at, ending) in passage.iter().enumerate() {
            let more = self.ending(at, *ending, self.first(at));
            let joined = |set: &Vec<Vec<Demand>>| {
                more.iter().map(|more| set.iter().chain([more]).cloned().collect::<Vec<_>>()).collect::<Vec<_>>()
            };
            sets = sets.iter().flat_map(joined).collect();
        }
        let whole = |set: &Vec<Vec<Demand>>| {
            let pairs = self.twins.iter().enumerate().filter_map(|(at, twin)| Some((at, (*twin)?.0)));
            let gains = pairs.flat_map(|(at, twin)| self.gains(at, twin, &set[twin], &set[at]));
            let mut all: Vec<Demand> = set.iter().flatten().cloned().chain(gains).collect();
            all.iter_mut().flat_map(|demand| &mut demand.of).for_each(|(quantity, _)| *quantity += first);
            all
        };
        sets.iter().map(whole).collect()
    }

    /// A profile of the old base that takes this passage.
    #[must_use]
    pub fn reach(&self, passage: &Passage) -> Outcome<Answers> {
        if let Some(known) = self.reached.borrow().get(passage) {
            return known.clone();
        }
        let found = self.look_for(passage);
        self.reached.borrow_mut().insert(passage.clone(), found.clone());
        found
    }

    fn look_for(&self, passage: &Passage) -> Outcome<Answers> {
        let Some(space) = &self.space else { return Outcome::Undecided };
        let mut undecided = false;
        for demands in self.demands(passage, 0) {
            match either(space, &demands) {
                Outcome::Shown(found) => {
                    let mut answers = Answers::unknown(self.bases.old.facts.len());
                    set(&mut answers, &found);
                    if self.takes(&answers, passage) {
                        return Outcome::Shown(answers);
                    }
                    undecided = true;
                }
                Outcome::Undecided => undecided = true,
                Outcome::Impossible => {}
            }
        }
        if undecided { Outcome::Undecided } else { Outcome::Impossible }
    }

    fn takes(&self, answers: &Answers, passage: &Passage) -> bool {
        let other = self.bases.carry.answers(answers);
        self.read.iter().zip(passage).all(|((side, number), ending)| {
            let answers = if *side == Side::Old { answers } else { &other };
            outcome::chosen(self.bases.of(*side), answers, *number, None) == ending.kept()
        })
    }

    fn count(&self, at: usize) -> usize {
        let (side, number) = self.read[at];
        self.bases.of(side).decisions[number].candidates.len()
    }

    /// Where the points of what is read begin.
    fn first(&self, at: usize) -> usize {
        (0..at).map(|before| self.count(before)).sum()
    }

    /// What is read of the old base under the same id, and whether it ends alike.
    fn twin(&self, at: usize) -> Option<(usize, bool)> {
        let (Side::New, number) = self.read[at] else { return None };
        let id = &self.bases.new.decisions[number].id;
        let is_it = |(side, other): &Read| *side == Side::Old && self.bases.old.decisions[*other].id == *id;
        let twin = self.read.iter().position(is_it)?;
        Some((twin, self.ends_alike(twin, at)))
    }

    /// Whether points, rules and candidates are the same for every profile.
    fn ends_alike(&self, twin: usize, at: usize) -> bool {
        let Some(space) = &self.space else { return false };
        let ids = |at: usize| {
            let (side, number) = self.read[at];
            self.bases.of(side).decisions[number].candidates.iter().map(|one| one.id.as_str())
        };
        let (old, new, count) = (self.first(twin), self.first(at), self.count(at));
        let is_same = |adds: &[i32]| adds[old..old + count] == adds[new..new + count];
        Rule::of(self.bases.old) == Rule::of(self.bases.new)
            && ids(twin).eq(ids(at))
            && is_same(&space.base)
            && space.components.iter().flat_map(|rows| rows.iter()).all(|row| is_same(&row.adds))
    }

    fn is_change(&self, passage: &Passage, at: usize) -> bool {
        self.twins[at].is_some_and(|(twin, _)| self.named(twin, passage[twin]) != self.named(at, passage[at]))
    }

    /// The ids that an ending keeps.
    fn named(&self, at: usize, ending: Ending) -> Vec<&'a str> {
        let (side, number) = self.read[at];
        ending.kept().iter().map(|one| self.bases.of(side).candidate(number, one).id.as_str()).collect()
    }

    /// Whether the edit can bring what one ending after the other takes.
    fn is_possible(&self, twin: usize, before: Ending, at: usize, after: Ending) -> bool {
        let Some(space) = &self.space else { return true };
        let sets = |at: usize, ending: Ending| self.ending(at, ending, self.first(at));
        let after = sets(at, after);
        let gains = |before: &Vec<Demand>| after.iter().map(|after| self.gains(at, twin, before, after)).collect::<Vec<_>>();
        sets(twin, before).iter().flat_map(gains).any(|gains| !is_hopeless(space, &gains))
    }

    /// What the demands on what is read of the old base and of the new one say of the
    /// difference; points begin where those of all that is read do.
    fn gains(&self, at: usize, twin: usize, before: &[Demand], after: &[Demand]) -> Vec<Demand> {
        let (old, new) = (self.read[twin].1, self.read[at].1);
        gains(before, after, &|quantity| {
            let one = quantity.checked_sub(self.first(at)).filter(|one| *one < self.count(at))?;
            let id = &self.bases.new.candidate(new, CandidateId::new(one)).id;
            Some(self.first(twin) + self.bases.old.decisions[old].candidate(id)?.index())
        })
    }

    /// The sets of demands of one ending; points are the quantities from `first` on.
    fn ending(&self, at: usize, ending: Ending, first: usize) -> Vec<Vec<Demand>> {
        let of = |one: CandidateId| -> Sum { vec![(first + one.index(), 1)] };
        terms::ends(self.bases.of(self.read[at].0), ending, self.count(at), &of)
    }
}
