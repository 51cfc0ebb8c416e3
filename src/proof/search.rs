//! Is there a profile that …? Asked of the whole chain of decisions.
//!
//! What earlier decisions keep is assumed, ending by ending; each assumption
//! adds demands on the earlier points, so that one search over the joint space
//! answers for the chain. Cheap attempts come first; whatever is shown was
//! judged again.

use super::outcome;
use super::solve::{Demand, Outcome, solve};
use super::space::{Laid, Space, Term, Test, View};
use super::terms::{self, Ending};
use crate::answer::{Answer, Answers};
use crate::condition::{Choices, Condition, Variable};
use crate::engine::chain::Kept;
use crate::fact::Kind;
use crate::ids::{CandidateRef, DecisionId, FactId, OptionSet};
use crate::kb::{Keep, KnowledgeBase};
use crate::truth::Truth;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// What is looked for.
pub struct Query<'a, 'q> {
    /// What the quantities are made of.
    pub terms: Vec<Term<'a>>,
    /// How many quantities there are.
    pub quantities: usize,
    /// Demands, of which one set must be met.
    pub any_of: Vec<Vec<Demand>>,
    /// Whether every fact must have an answer.
    pub full: bool,
    /// Answers that a fact must have.
    pub must: Option<(FactId, Vec<Option<Answer>>)>,
    /// Whether a profile is what is looked for, by judging it.
    pub is_it: &'q dyn Fn(&Answers) -> bool,
}

/// Endings of the decisions that a query reads, one each.
type Combination = Vec<(DecisionId, Ending)>;
/// A profile for each combination that has one.
type Reached = BTreeMap<(bool, Combination), Outcome<Answers>>;

/// Searches over one base, remembering how each ending comes about.
pub struct Searches<'a> {
    kb: &'a KnowledgeBase,
    reached: RefCell<Reached>,
    laid: RefCell<Laid>,
}

impl<'a> Searches<'a> {
    /// Over this base.
    #[must_use]
    pub fn new(kb: &'a KnowledgeBase) -> Searches<'a> {
        Searches { kb, reached: RefCell::default(), laid: RefCell::default() }
    }

    /// The base.
    #[must_use]
    pub fn kb(&self) -> &'a KnowledgeBase {
        self.kb
    }

    /// A profile that is what is looked for, if there is one.
    pub fn find(&self, query: &Query<'a, '_>) -> Outcome<Answers> {
        let atoms = chosen_atoms(&query.terms);
        if atoms.is_empty() {
            return self.find_alone(query);
        }
        let mut groups: BTreeMap<Vec<Truth>, Vec<Combination>> = BTreeMap::new();
        for combination in self.combinations(&atoms) {
            let kept = self.kept(&combination);
            let signature = atoms.iter().map(|(decision, candidate)| kept.chosen(*decision, *candidate)).collect();
            groups.entry(signature).or_default().push(combination);
        }
        let mut undecided = false;
        // Overlaying is cheap and nearly always enough; joint searches come after all of it.
        let mut left = Vec::new();
        for combinations in groups.values() {
            match self.overlay(query, combinations) {
                Outcome::Shown(found) => return Outcome::Shown(found),
                Outcome::Undecided => left.push(combinations),
                Outcome::Impossible => {}
            }
        }
        for combination in left.into_iter().flatten() {
            match self.jointly(query, combination) {
                Outcome::Shown(found) => return Outcome::Shown(found),
                Outcome::Undecided => undecided = true,
                Outcome::Impossible => {}
            }
        }
        if undecided { Outcome::Undecided } else { Outcome::Impossible }
    }

    fn space(&self, query: &Query<'a, '_>, quantities: usize, terms: &[Term<'a>], kept: &Kept) -> Option<Space> {
        let must = query.must.as_ref().map(|(fact, answers)| (*fact, answers.as_slice()));
        let view = View { kb: self.kb, quantities, full: query.full, must };
        Space::new(view, terms, kept, &mut self.laid.borrow_mut())
    }

    fn find_alone(&self, query: &Query<'a, '_>) -> Outcome<Answers> {
        let Some(space) = self.space(query, query.quantities, &query.terms, &Kept::default()) else {
            return Outcome::Undecided;
        };
        self.first_of(query, &space, &query.any_of)
    }

    /// What the query itself asks, laid over profiles that end so; `Impossible`
    /// only if nothing meets the query even with the earlier points left out.
    /// All endings of a group make the query's own conditions come out alike.
    fn overlay(&self, query: &Query<'a, '_>, combinations: &[Combination]) -> Outcome<Answers> {
        let Some(first) = combinations.first() else { return Outcome::Impossible };
        let Some(space) = self.space(query, query.quantities, &query.terms, &self.kept(first)) else {
            return Outcome::Undecided;
        };
        let mut is_possible = false;
        for demands in &query.any_of {
            let own = match solve(&space, demands) {
                Outcome::Shown(own) => own,
                Outcome::Undecided => {
                    is_possible = true;
                    continue;
                }
                Outcome::Impossible => continue,
            };
            is_possible = true;
            let bare = self.profile(&own, query.full, query.must.as_ref());
            if (query.is_it)(&bare) {
                return Outcome::Shown(bare);
            }
            for combination in combinations {
                if let Outcome::Shown(mut profile) = self.reach(combination, query.full) {
                    for (fact, answer) in &own {
                        profile.set(*fact, Some(*answer));
                    }
                    if let Some((fact, answers)) = &query.must
                        && !answers.contains(&profile.get(*fact))
                    {
                        profile.set(*fact, answers.first().copied().flatten());
                    }
                    if (query.is_it)(&profile) {
                        return Outcome::Shown(profile);
                    }
                }
            }
        }
        if is_possible { Outcome::Undecided } else { Outcome::Impossible }
    }

    /// The query and one ending of each earlier decision, in one space.
    fn jointly(&self, query: &Query<'a, '_>, combination: &Combination) -> Outcome<Answers> {
        if !query.terms.is_empty() && self.reach(combination, query.full) == Outcome::Impossible {
            return Outcome::Impossible;
        }
        let mut all = query.terms.clone();
        let mut quantities = query.quantities;
        let mut sets = query.any_of.clone();
        for (decision, ending) in combination {
            all.extend(terms::points(self.kb, *decision, None, quantities));
            let count = self.kb.decisions[*decision].candidates.len();
            let variants = terms::ending(self.kb, ending, count, quantities);
            let joined = |set: &Vec<Demand>| {
                let set = set.clone();
                variants.iter().map(move |more| set.iter().chain(more).cloned().collect::<Vec<_>>()).collect::<Vec<_>>()
            };
            sets = sets.iter().flat_map(joined).collect();
            quantities += count;
        }
        let Some(space) = self.space(query, quantities, &all, &self.kept(combination)) else {
            return Outcome::Undecided;
        };
        self.first_of(query, &space, &sets)
    }

    /// The first set of demands that some profile meets.
    fn first_of(&self, query: &Query<'a, '_>, space: &Space, sets: &[Vec<Demand>]) -> Outcome<Answers> {
        let mut undecided = false;
        for demands in sets {
            match solve(space, demands) {
                Outcome::Shown(found) => {
                    let profile = self.profile(&found, query.full, query.must.as_ref());
                    if (query.is_it)(&profile) {
                        return Outcome::Shown(profile);
                    }
                    undecided = true;
                }
                Outcome::Undecided => undecided = true,
                Outcome::Impossible => {}
            }
        }
        if undecided { Outcome::Undecided } else { Outcome::Impossible }
    }

    /// A profile under which the decisions end so.
    fn reach(&self, combination: &Combination, full: bool) -> Outcome<Answers> {
        let key = (full, combination.clone());
        if let Some(known) = self.reached.borrow().get(&key) {
            return known.clone();
        }
        let ends_so = |answers: &Answers| {
            combination.iter().all(|(decision, ending)| outcome::chosen(self.kb, answers, *decision, None) == ending.kept())
        };
        let query = Query { terms: Vec::new(), quantities: 0, any_of: vec![Vec::new()], full, must: None, is_it: &ends_so };
        let found = self.jointly(&query, combination);
        self.reached.borrow_mut().insert(key, found.clone());
        found
    }

    /// Every way in which the decisions that these atoms read can be thought to end.
    fn combinations(&self, atoms: &[CandidateRef]) -> Vec<Combination> {
        let mut read: BTreeSet<DecisionId> = atoms.iter().map(|(decision, _)| *decision).collect();
        let mut queue: Vec<DecisionId> = read.iter().copied().collect();
        while let Some(decision) = queue.pop() {
            for line in self.kb.decisions[decision].candidates.iter().flat_map(|one| &one.evidence) {
                for variable in line.when.variables() {
                    if let Variable::Choice(earlier) = variable
                        && read.insert(earlier)
                    {
                        queue.push(earlier);
                    }
                }
            }
        }
        let mut found: Vec<Combination> = vec![Vec::new()];
        for decision in read.into_iter().filter(|decision| self.kb.decisions[*decision].keep == Keep::Leaders) {
            let endings = Ending::all(self.kb.decisions[decision].candidates.len());
            let extended = |so_far: &Combination| {
                let so_far = so_far.clone();
                let more = endings.iter().map(move |ending| {
                    let mut longer = so_far.clone();
                    longer.push((decision, *ending));
                    longer
                });
                more.collect::<Vec<_>>()
            };
            found = found.iter().flat_map(extended).collect();
        }
        found
    }

    fn kept(&self, combination: &Combination) -> Kept {
        let mut kept = Kept::default();
        for decision in self.kb.decisions.ids() {
            kept.push(combination.iter().find(|(of, _)| *of == decision).map(|(_, ending)| ending.kept()));
        }
        kept
    }

    /// Answers as a profile; with a harmless answer to every other fact if it must be full.
    fn profile(&self, found: &[(FactId, Answer)], full: bool, must: Option<&(FactId, Vec<Option<Answer>>)>) -> Answers {
        let mut answers = Answers::unknown(self.kb.facts.len());
        for (fact, answer) in found {
            answers.set(*fact, Some(*answer));
        }
        if let Some((fact, allowed)) = must
            && !allowed.contains(&answers.get(*fact))
        {
            answers.set(*fact, allowed.first().copied().flatten());
        }
        if full {
            self.fill(&mut answers);
        }
        answers
    }

    /// Gives every open fact some answer.
    fn fill(&self, answers: &mut Answers) {
        for (number, fact) in self.kb.facts.pairs() {
            if answers.get(number).is_none() {
                let last = fact.options().ids().next_back().unwrap_or_default();
                let answer = match &fact.kind {
                    Kind::YesNo => Answer::YesNo(false),
                    Kind::Number(range) => Answer::Number(range.min),
                    Kind::Choice(_) => Answer::Choice(last),
                    Kind::Choices { none, .. } => Answer::Choices(OptionSet::of(none.unwrap_or(last))),
                };
                answers.set(number, Some(answer));
            }
        }
    }
}

/// The candidates of earlier decisions that the terms ask for.
fn chosen_atoms(terms: &[Term<'_>]) -> Vec<CandidateRef> {
    let mut found = BTreeSet::new();
    for term in terms {
        term.when.atoms(&mut |atom| {
            if let Condition::Chosen { decision, candidate } = atom {
                found.insert((*decision, *candidate));
            }
        });
    }
    found.into_iter().collect()
}

/// A term that counts one when a condition comes out in some way.
#[must_use]
pub fn counts(when: &Condition, test: Test, to: usize) -> Term<'_> {
    Term { when, test, edit: None, to, adds: 1 }
}
