//! One space of profiles for two bases: every profile of the old one, read by both.
//!
//! As in [`crate::proof::space`], facts that occur in one condition, of either
//! base, belong together, and everything else is independent. Each row of a
//! component holds what its answers add to the quantities of both bases.

use super::carry::{Carry, Way};
use crate::answer::{Answer, Answers};
use crate::condition::{Condition, Variable};
use crate::engine::chain::Kept;
use crate::fact::{Kind, Range};
use crate::ids::{DecisionId, FactId, IndexVec, OptionId, OptionSet};
use crate::kb::KnowledgeBase;
use crate::kb::blocks::representatives;
use crate::proof::space::{Joined, Row, Space, join, rows};
use std::collections::BTreeSet;
use std::rc::Rc;

/// Which of the two bases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The old one.
    Old,
    /// The new one.
    New,
}

/// Two bases, and how a profile of the old one reaches the new one.
#[derive(Debug, Clone)]
pub struct Bases<'a> {
    /// The old base.
    pub old: &'a KnowledgeBase,
    /// The new base.
    pub new: &'a KnowledgeBase,
    /// What the new one makes of answers.
    pub carry: Carry,
}

/// What a condition of one base adds to which quantity where it holds.
#[derive(Debug, Clone, Copy)]
pub struct Term<'a> {
    /// The base of the condition.
    pub side: Side,
    /// The condition.
    pub when: &'a Condition,
    /// The quantity.
    pub to: usize,
    /// What it adds.
    pub adds: i32,
}

impl<'a> Bases<'a> {
    /// Two bases.
    #[must_use]
    pub fn new(old: &'a KnowledgeBase, new: &'a KnowledgeBase) -> Bases<'a> {
        Bases { old, new, carry: Carry::new(old, new) }
    }

    /// One of them.
    #[must_use]
    pub fn of(&self, side: Side) -> &'a KnowledgeBase {
        match side {
            Side::Old => self.old,
            Side::New => self.new,
        }
    }

    /// The space that these terms tell apart, given what earlier decisions keep
    /// in each base; `None` if a component has more than [`crate::proof::space::MOST_ROWS`] combinations.
    #[must_use]
    pub fn space(&self, terms: &[Term<'_>], quantities: usize, kept: [&Kept; 2]) -> Option<Space> {
        let mut base = vec![0; quantities];
        let mut joined: Vec<Joined<Term<'_>>> = Vec::new();
        let nothing = [Answers::unknown(self.old.facts.len()), Answers::unknown(self.new.facts.len())];
        for term in terms {
            let facts: BTreeSet<FactId> = self.facts_of(term).collect();
            if facts.is_empty() {
                let side = term.side as usize;
                if term.when.truth(&nothing[side], kept[side]).is_yes() {
                    base[term.to] += term.adds;
                }
                continue;
            }
            join(&mut joined, facts, *term);
        }
        let components = joined.iter().map(|(facts, terms)| self.rows(facts, terms, quantities, kept));
        Some(Space { components: components.collect::<Option<_>>()?, base })
    }

    /// The facts of the old base that a term reads; what only the new one asks stays unknown.
    fn facts_of<'t>(&'t self, term: &'t Term<'_>) -> impl Iterator<Item = FactId> + 't {
        term.when.variables().into_iter().filter_map(move |variable| match (variable, term.side) {
            (Variable::Fact(fact), Side::Old) => Some(fact),
            (Variable::Fact(fact), Side::New) => self.carry.back(fact),
            (Variable::Choice(_), _) => None,
        })
    }

    fn rows(&self, facts: &BTreeSet<FactId>, terms: &[Term<'_>], quantities: usize, kept: [&Kept; 2]) -> Option<Rc<[Row]>> {
        let facts: Vec<FactId> = facts.iter().copied().collect();
        let values: Vec<Vec<Option<Answer>>> = facts.iter().map(|fact| self.values(*fact, terms)).collect();
        let (mut old, mut new) = (Answers::unknown(self.old.facts.len()), Answers::unknown(self.new.facts.len()));
        let found = rows(&facts, &values, |picked| {
            for (fact, answer) in picked {
                old.set(*fact, *answer);
                if let Some((other, _)) = self.carry.way(*fact) {
                    new.set(other, answer.and_then(|answer| self.carry.answer(*fact, answer)).map(|(_, answer)| answer));
                }
            }
            let mut adds = vec![0; quantities];
            for term in terms {
                let answers = if term.side == Side::Old { &old } else { &new };
                if term.when.truth(answers, kept[term.side as usize]).is_yes() {
                    adds[term.to] += term.adds;
                }
            }
            adds
        });
        found.map(Rc::from)
    }

    /// Answers to a fact of the old base, none among them, that stand for all as
    /// far as these terms of both bases can tell.
    fn values(&self, fact: FactId, terms: &[Term<'_>]) -> Vec<Option<Answer>> {
        let one = &self.old.facts[fact];
        let way = self.carry.way(fact);
        let (mut named, mut bounds) = (OptionSet::EMPTY, BTreeSet::new());
        for term in terms {
            let own = match term.side {
                Side::Old => Some(fact),
                Side::New => way.map(|(other, _)| other),
            };
            term.when.atoms(&mut |atom| match atom {
                Condition::Is { fact: of, options } | Condition::Has { fact: of, options } if Some(*of) == own => {
                    named = named | if term.side == Side::Old { *options } else { before(way, *options) };
                }
                Condition::AtLeast { fact: of, bound } | Condition::Below { fact: of, bound } if Some(*of) == own => {
                    bounds.insert(if term.side == Side::Old { *bound } else { scale(way, *bound) });
                }
                _ => {}
            });
        }
        // What the new base reads otherwise, or not at all, is told apart as well.
        match (&one.kind, way) {
            (Kind::Choice(_), Some((_, Way::Choice(options)))) => named = named | lost(options),
            (
                Kind::Choices { at_most, none, options: all, .. },
                Some((_, Way::Choices { options, at_most: most, none: other })),
            ) => {
                let is_same = most >= at_most && other.and_then(|other| options.position(|to| *to == Some(other))) == *none;
                named = named | if is_same { lost(options) } else { OptionSet::first(all.len().min(crate::kb::MOST_CHOICES)) };
            }
            (Kind::Number(range), Some((_, Way::Number { down, min, max, .. }))) => {
                bounds.insert(scale(way, *min));
                bounds.insert(scale(way, max.saturating_add(1)));
                if *down > 1 {
                    return std::iter::once(None).chain(between(range, &bounds, *down).map(Some)).collect();
                }
            }
            _ => {}
        }
        std::iter::once(None).chain(representatives(one, named, &bounds).into_iter().map(Some)).collect()
    }
}

/// The lines of a decision in one base, its candidates being the quantities from `first` on.
pub fn points(kb: &KnowledgeBase, side: Side, decision: DecisionId, first: usize) -> impl Iterator<Item = Term<'_>> {
    kb.decisions[decision].candidates.pairs().flat_map(move |(number, one)| {
        one.evidence.iter().map(move |line| Term { side, when: &line.when, to: first + number.index(), adds: line.points })
    })
}

/// Writes answers over those of a profile.
pub fn set(answers: &mut Answers, found: &[(FactId, Answer)]) {
    for (fact, answer) in found {
        answers.set(*fact, Some(*answer));
    }
}

/// The options that reach no option.
fn lost(options: &IndexVec<OptionId, Option<OptionId>>) -> OptionSet {
    options.pairs().filter(|(_, to)| to.is_none()).map(|(option, _)| option).collect()
}

/// The options of the old fact that become these of the new one.
fn before(way: Option<(FactId, &Way)>, options: OptionSet) -> OptionSet {
    let Some((_, Way::Choice(map) | Way::Choices { options: map, .. })) = way else { return OptionSet::EMPTY };
    options.iter().filter_map(|option| map.position(|to| *to == Some(option))).collect()
}

/// The least number on the old scale that reaches this one of the new scale.
fn scale(way: Option<(FactId, &Way)>, bound: i64) -> i64 {
    let Some((_, Way::Number { up, down, .. })) = way else { return bound };
    let far = i128::from(bound) * i128::from(*down);
    let up = i128::from(*up);
    let least = far.div_euclid(up) + i128::from(far.rem_euclid(up) != 0);
    i64::try_from(least).unwrap_or(if least < 0 { i64::MIN } else { i64::MAX })
}

/// Numbers from each cell between bounds, of those that are multiples of `step` and of the others.
fn between<'a>(range: &'a Range, bounds: &'a BTreeSet<i64>, step: i64) -> impl Iterator<Item = Answer> + 'a {
    let inner: Vec<i64> = bounds.iter().copied().filter(|bound| *bound > range.min && *bound <= range.max).collect();
    let starts: Vec<i64> = std::iter::once(range.min).chain(inner).collect();
    let ends: Vec<i64> = starts.iter().skip(1).copied().chain([range.max.saturating_add(1)]).collect();
    let of = move |(start, end): (i64, i64)| {
        let multiple = start.checked_add((step - start.rem_euclid(step)) % step);
        let other = if start.rem_euclid(step) == 0 { start.checked_add(1) } else { Some(start) };
        [multiple, other].into_iter().flatten().filter(move |number| *number < end).map(Answer::Number)
    };
    starts.into_iter().zip(ends).flat_map(of)
}
