//! The space of profiles, cut down to what a set of terms can tell apart.
//!
//! A term adds to a quantity when its condition comes out in some way. Facts
//! that occur in one condition belong together; everything else is independent.
//! So the space is a list of components with a row per distinguishable
//! combination of answers, and every quantity is a sum with one row from each.

use crate::answer::{Answer, Answers};
use crate::condition::{Choices, Condition, Variable};
use crate::engine::chain::Kept;
use crate::ids::{FactId, OptionId};
use crate::kb::KnowledgeBase;
use crate::kb::blocks::{combinations, distinctions, representatives};
use crate::truth::Truth;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// The most combinations of answers of one component.
pub const MOST_ROWS: usize = 1 << 15;

/// How a condition must come out for a term to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Test {
    /// It holds.
    Yes,
    /// It does not hold, or that is not known.
    NotYes,
    /// It is known not to hold.
    No,
}

impl Test {
    /// Whether a truth is what it asks for.
    #[must_use]
    pub fn passes(self, truth: Truth) -> bool {
        match self {
            Test::Yes => truth == Truth::Yes,
            Test::NotYes => truth != Truth::Yes,
            Test::No => truth == Truth::No,
        }
    }
}

/// A change to an answer, for the second of two worlds that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Edit {
    /// The fact.
    pub fact: FactId,
    /// The option that is taken back; the whole answer if there is none.
    pub option: Option<OptionId>,
}

impl Edit {
    /// What is left of an answer.
    #[must_use]
    pub fn of(self, answer: Option<Answer>) -> Option<Answer> {
        match (answer?, self.option) {
            (Answer::Choices(chosen), Some(option)) => {
                let left = chosen.without(option);
                (!left.is_empty()).then_some(Answer::Choices(left))
            }
            (Answer::Choice(chosen), Some(option)) if chosen != option => answer,
            _ => None,
        }
    }
}

/// What a condition adds to which quantity.
#[derive(Debug, Clone, Copy)]
pub struct Term<'a> {
    /// The condition.
    pub when: &'a Condition,
    /// How it must come out.
    pub test: Test,
    /// In which world: after this edit, or as the profile stands.
    pub edit: Option<Edit>,
    /// The quantity.
    pub to: usize,
    /// What it adds.
    pub adds: i32,
}

/// One combination of answers of a component.
#[derive(Debug, Clone)]
pub struct Row {
    /// What it adds to each quantity.
    pub adds: Vec<i32>,
    /// The answers; facts that are left open are missing.
    pub answers: Vec<(FactId, Answer)>,
}

/// The rows of a component: every combination of the values of its facts, in the
/// order of what they add; of those that add the same, one with the fewest answers.
/// `None` if there are more than [`MOST_ROWS`].
pub fn rows(
    facts: &[FactId],
    values: &[Vec<Option<Answer>>],
    mut adds: impl FnMut(&[(FactId, Option<Answer>)]) -> Vec<i32>,
) -> Option<Vec<Row>> {
    let counts: Vec<usize> = values.iter().map(Vec::len).collect();
    if counts.iter().copied().fold(1, usize::saturating_mul) > MOST_ROWS {
        return None;
    }
    let mut seen: BTreeMap<Vec<i32>, Vec<(FactId, Answer)>> = BTreeMap::new();
    for at in combinations(&counts) {
        let picked: Vec<(FactId, Option<Answer>)> =
            facts.iter().zip(values).zip(at).map(|((fact, values), at)| (*fact, values[at])).collect();
        let answers: Vec<(FactId, Answer)> =
            picked.iter().filter_map(|(fact, answer)| answer.map(|answer| (*fact, answer))).collect();
        let known = seen.entry(adds(&picked)).or_insert_with(|| answers.clone());
        if answers.len() < known.len() {
            *known = answers;
        }
    }
    Some(seen.into_iter().map(|(adds, answers)| Row { adds, answers }).collect())
}

/// The space under fixed choices of earlier decisions.
#[derive(Debug, Clone)]
pub struct Space {
    /// The components.
    pub components: Vec<Rc<[Row]>>,
    /// What the terms without any fact add.
    pub base: Vec<i32>,
}

/// Components that were laid out before. Most questions about a base differ in
/// one line or one answer, so that all components but one are the same.
#[derive(Debug, Default)]
pub struct Laid(HashMap<Key, Option<Rc<[Row]>>>);

/// What the rows of a component depend on; a condition is known by where it stands in the base.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    terms: Vec<(usize, Test, Option<Edit>, usize, i32)>,
    chosen: Vec<Truth>,
    quantities: usize,
    full: bool,
    must: Option<(FactId, Vec<Option<Answer>>)>,
}

impl Key {
    fn of(view: View<'_>, facts: &[FactId], terms: &[Term<'_>], kept: &Kept) -> Key {
        let edit = |term: &Term<'_>| term.edit.filter(|edit| facts.contains(&edit.fact));
        let place = |term: &Term<'_>| std::ptr::from_ref(term.when).addr();
        let mut chosen = Vec::new();
        for term in terms {
            term.when.atoms(&mut |atom| {
                if let Condition::Chosen { decision, candidate } = atom {
                    chosen.push(kept.chosen(*decision, *candidate));
                }
            });
        }
        let must = view.must.filter(|(fact, _)| facts.contains(fact));
        Key {
            terms: terms.iter().map(|term| (place(term), term.test, edit(term), term.to, term.adds)).collect(),
            chosen,
            quantities: view.quantities,
            full: view.full,
            must: must.map(|(fact, answers)| (fact, answers.to_vec())),
        }
    }
}

/// What is asked about a space.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The base.
    pub kb: &'a KnowledgeBase,
    /// How many quantities there are.
    pub quantities: usize,
    /// Whether every fact that is read has an answer.
    pub full: bool,
    /// Answers that a fact must have, by fact.
    pub must: Option<(FactId, &'a [Option<Answer>])>,
}

impl Space {
    /// Lays the space out; `None` if a component is too large. What was `laid`
    /// out before for the same base is used again.
    #[must_use]
    pub fn new(view: View<'_>, terms: &[Term<'_>], kept: &Kept, laid: &mut Laid) -> Option<Space> {
        let mut base = vec![0; view.quantities];
        let mut joined: Vec<Joined<usize>> = Vec::new();
        for (number, term) in terms.iter().enumerate() {
            let facts: BTreeSet<FactId> = facts_of(term.when).collect();
            if facts.is_empty() {
                let nothing = Answers::unknown(0);
                if term.test.passes(term.when.truth(&nothing, kept)) {
                    base[term.to] += term.adds;
                }
                continue;
            }
            join(&mut joined, facts, number);
        }
        let mut scratch = Scratch { kb: view.kb, plain: Answers::unknown(view.kb.facts.len()), edited: None };
        let mut components = Vec::new();
        for (facts, members) in joined {
            let terms: Vec<Term<'_>> = members.iter().map(|number| terms[*number]).collect();
            let facts: Vec<FactId> = facts.into_iter().collect();
            let key = Key::of(view, &facts, &terms, kept);
            let rows = laid.0.entry(key).or_insert_with(|| scratch.rows(view, &facts, &terms, kept).map(Rc::from));
            components.push(rows.clone()?);
        }
        Some(Space { components, base })
    }
}

/// Facts that belong together, and what reads them.
pub type Joined<T> = (BTreeSet<FactId>, Vec<T>);

/// Adds what reads these facts, together with everything that reads one of them too.
pub fn join<T>(joined: &mut Vec<Joined<T>>, mut facts: BTreeSet<FactId>, member: T) {
    let mut members = vec![member];
    joined.retain_mut(|(others, more)| {
        let apart = others.is_disjoint(&facts);
        if !apart {
            facts.append(others);
            members.append(more);
        }
        apart
    });
    joined.push((facts, members));
}

fn facts_of(condition: &Condition) -> impl Iterator<Item = FactId> {
    condition.variables().into_iter().filter_map(|variable| match variable {
        Variable::Fact(fact) => Some(fact),
        Variable::Choice(_) => None,
    })
}

struct Scratch<'a> {
    kb: &'a KnowledgeBase,
    plain: Answers,
    edited: Option<Answers>,
}

impl Scratch<'_> {
    fn rows(&mut self, view: View<'_>, facts: &[FactId], terms: &[Term<'_>], kept: &Kept) -> Option<Vec<Row>> {
        let values: Vec<Vec<Option<Answer>>> = facts.iter().map(|fact| values(view, *fact, terms)).collect();
        let found = rows(facts, &values, |picked| {
            for (fact, answer) in picked {
                self.plain.set(*fact, *answer);
            }
            let mut adds = vec![0; view.quantities];
            for term in terms {
                let truth = match term.edit {
                    Some(edit) if facts.contains(&edit.fact) => {
                        let edited = self.edited.get_or_insert_with(|| Answers::unknown(self.kb.facts.len()));
                        for (fact, answer) in picked {
                            edited.set(*fact, *answer);
                        }
                        edited.set(edit.fact, edit.of(self.plain.get(edit.fact)));
                        term.when.truth(edited, kept)
                    }
                    _ => term.when.truth(&self.plain, kept),
                };
                if term.test.passes(truth) {
                    adds[term.to] += term.adds;
                }
            }
            adds
        });
        for fact in facts {
            self.plain.set(*fact, None);
        }
        found
    }
}

/// Answers to a fact that stand for all as far as these terms can tell.
fn values(view: View<'_>, fact: FactId, terms: &[Term<'_>]) -> Vec<Option<Answer>> {
    if let Some((of, must)) = view.must
        && of == fact
    {
        return must.to_vec();
    }
    let (mut named, bounds) = distinctions(terms.iter().map(|term| term.when), fact);
    for term in terms {
        if let Some(Edit { fact: of, option: Some(option) }) = term.edit
            && of == fact
        {
            named = named.with(option);
        }
    }
    let known = representatives(&view.kb.facts[fact], named, &bounds);
    let open = if view.full { None } else { Some(None) };
    open.into_iter().chain(known.into_iter().map(Some)).collect()
}
