//! Conditions as expressions that hold exactly where it is certain.
//!
//! A condition is taken apart until only its atoms are left, each as it is or
//! as its opposite. So "certainly yes" and "certainly no" are two expressions,
//! and neither leans on what a database makes of an unknown value under a `NOT`.

use super::expr::{Comparison, Expr, Literal, Operator};
use super::names::{self, Names};
use crate::condition::Condition;
use crate::fact::Kind;
use crate::ids::{CandidateId, DecisionId, FactId, OptionSet};
use crate::kb::KnowledgeBase;

/// A condition whose truth is a column already: 0 for no, 1 for unknown, 2 for yes.
pub type Known<'a> = (&'a Condition, String);

/// What conditions may see.
#[derive(Clone, Copy)]
pub struct Sight<'a> {
    /// The base.
    pub kb: &'a KnowledgeBase,
    /// Whether a fact is seen; one that is not is unknown.
    pub facts: &'a dyn Fn(FactId) -> bool,
    /// Whether it is seen what earlier decisions keep.
    pub choices: bool,
    /// Conditions that need not be worked out again; those of an earlier layer.
    pub known: &'a [Known<'a>],
}

impl<'a> Sight<'a> {
    /// Everything.
    pub fn all(kb: &'a KnowledgeBase) -> Sight<'a> {
        Sight { kb, facts: &|_| true, choices: true, known: &[] }
    }

    /// Whether a condition certainly holds.
    pub fn yes(&self, condition: &Condition) -> Expr {
        self.certain(condition, true)
    }

    /// Whether a condition certainly does not hold.
    pub fn no(&self, condition: &Condition) -> Expr {
        self.certain(condition, false)
    }

    /// The points of lines that hold.
    pub fn points<'l>(&self, lines: impl Iterator<Item = (&'l Condition, i32)>) -> Expr {
        Expr::sum(lines.map(|(when, points)| match self.yes(when) {
            Expr::Literal(Literal::Bool(holds)) => Expr::whole(if holds { points } else { 0 }),
            holds => Expr::choose(holds, Expr::whole(points), Expr::whole(0)),
        }))
    }

    fn certain(&self, condition: &Condition, wanted: bool) -> Expr {
        if let Some((_, column)) = self.known.iter().find(|(known, _)| *known == condition) {
            return Expr::column(column).equals(if wanted { 2 } else { 0 });
        }
        match condition {
            Condition::All(all) if wanted => Expr::all(all.iter().map(|part| self.yes(part))),
            Condition::All(all) => Expr::any(all.iter().map(|part| self.no(part))),
            Condition::Any(all) => self.any(all, wanted),
            Condition::Not(part) => self.certain(part, !wanted),
            Condition::Known(part) if wanted => self.yes(part),
            Condition::Known(part) => match self.yes(part) {
                Expr::Literal(Literal::Bool(holds)) => Expr::bool(!holds),
                holds => Expr::choose(holds, Expr::bool(false), Expr::bool(true)),
            },
            Condition::Chosen { decision, candidate } => self.chosen(*decision, &[*candidate], wanted),
            Condition::Is { fact, .. }
            | Condition::Has { fact, .. }
            | Condition::Yes { fact }
            | Condition::AtLeast { fact, .. }
            | Condition::Below { fact, .. } => {
                if (self.facts)(*fact) {
                    self.atom(*fact, condition, wanted)
                } else {
                    Expr::bool(false)
                }
            }
        }
    }

    /// Whether one of these certainly holds, or certainly none. Candidates of one
    /// decision are looked up together.
    fn any(&self, all: &[Condition], wanted: bool) -> Expr {
        let mut chosen: Vec<(DecisionId, Vec<CandidateId>)> = Vec::new();
        let mut parts = Vec::new();
        for part in all {
            let Condition::Chosen { decision, candidate } = part else {
                parts.push(self.certain(part, wanted));
                continue;
            };
            match chosen.iter_mut().find(|(known, _)| known == decision) {
                Some((_, candidates)) => candidates.push(*candidate),
                None => chosen.push((*decision, vec![*candidate])),
            }
        }
        parts.extend(chosen.iter().map(|(decision, candidates)| self.chosen(*decision, candidates, wanted)));
        if wanted { Expr::any(parts) } else { Expr::all(parts) }
    }

    /// Whether a decision keeps one of these, or keeps others only.
    fn chosen(&self, decision: DecisionId, candidates: &[CandidateId], wanted: bool) -> Expr {
        if !self.choices {
            return Expr::bool(false);
        }
        let names = Names::of_decision(self.kb, decision);
        let [first, second] = [LEADER, SECOND].map(|what| Expr::column(names.inner(what)));
        let numbers = |of: &dyn Fn(&CandidateId) -> bool| {
            let all = self.kb.decisions[decision].candidates.ids().filter(of);
            all.filter_map(|candidate| i64::try_from(candidate.index()).ok()).collect::<Vec<_>>()
        };
        if wanted {
            let these = numbers(&|one| candidates.contains(one));
            return Expr::any([first.one_of(these.clone()), second.one_of(these)]);
        }
        let others = numbers(&|one| !candidates.contains(one));
        Expr::all([first.one_of(others.clone()), second.one_of(std::iter::once(-1).chain(others))])
    }

    fn atom(&self, fact: FactId, atom: &Condition, wanted: bool) -> Expr {
        let kb = self.kb;
        let number = |bound: i64| match kb.facts[fact].kind {
            Kind::Number(ref range) if range.decimals > 0 => Expr::Literal(Literal::Decimal(bound, range.decimals)),
            _ => Expr::whole(bound),
        };
        let compare = |how: Comparison, bound: i64| Expr::column(names::fact(kb, fact)).is(how, number(bound));
        match atom {
            Condition::Is { options, .. } => {
                let all = OptionSet::first(kb.facts[fact].options().len());
                let others = OptionSet::from_bits(all.bits() & !options.bits());
                let set = if wanted { *options } else { others };
                Expr::column(names::coded(kb, fact)).one_of(set.iter().filter_map(|option| i64::try_from(option.index()).ok()))
            }
            Condition::Has { options, .. } => {
                let mask = Expr::whole(i64::try_from(options.bits()).unwrap_or(i64::MAX));
                let common = Expr::column(names::coded(kb, fact)).pair(Operator::BitAnd, mask);
                common.is(if wanted { Comparison::Differs } else { Comparison::Equal }, Expr::whole(0))
            }
            Condition::AtLeast { bound, .. } => compare(if wanted { Comparison::AtLeast } else { Comparison::Less }, *bound),
            Condition::Below { bound, .. } => compare(if wanted { Comparison::Less } else { Comparison::AtLeast }, *bound),
            _ => {
                let yes = Expr::column(names::fact(kb, fact));
                if wanted { yes } else { yes.not() }
            }
        }
    }
}

/// The inner column of whom a decision keeps first, by number; -1 for nobody.
pub const LEADER: &str = "leader";
/// The inner column of whom it keeps second, likewise.
pub const SECOND: &str = "second";
