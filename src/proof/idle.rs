//! Facts and options that can never change a verdict.
//!
//! The witnesses of the lines that read a fact are tried first, with the
//! option put in; only what none of them shows goes through the exact search.

use super::pivots;
use super::search::Searches;
use super::solve::Outcome;
use super::space::{Edit, Laid, Row, Space, Term, Test, View};
use crate::answer::{Answer, Answers};
use crate::condition::{Condition, Variable};
use crate::engine::chain::Kept;
use crate::fact::Kind;
use crate::ids::{CandidateId, CandidateRef, FactId, OptionId, OptionSet};
use crate::kb::blocks::{distinctions, representatives};
use crate::kb::{Keep, KnowledgeBase};

/// A profile that may show something, and what it is about.
#[derive(Debug, Clone, Copy)]
pub struct Hint<'p> {
    /// Decision and candidate.
    pub at: CandidateRef,
    /// The condition that it turns on.
    pub when: &'p Condition,
    /// The profile.
    pub profile: &'p Answers,
}

/// Whether giving an option, rather than taking it back, changes some verdict.
#[must_use]
pub fn option(searches: &Searches<'_>, hints: &[Hint<'_>], fact: FactId, option: OptionId) -> Outcome<Answers> {
    let kb = searches.kb();
    let only = match &kb.facts[fact].kind {
        Kind::Choice(_) => Answer::Choice(option),
        _ => Answer::Choices(OptionSet::of(option)),
    };
    let edit = Edit { fact, option: Some(option) };
    let tried = hints.iter().filter(|hint| reads(hint.when, fact)).find_map(|hint| {
        let mut profile = hint.profile.clone();
        profile.set(fact, Some(only));
        pivots::turns(kb, &profile, edit, hint.at).then_some(profile)
    });
    if let Some(profile) = tried {
        return Outcome::Shown(profile);
    }
    if !has_effect(kb, fact, option) {
        return Outcome::Impossible;
    }
    let given: Vec<Option<Answer>> = with_option(kb, fact, option).into_iter().map(Some).collect();
    search(searches, edit, &given)
}

/// Whether some line or need can come out differently for an option than with
/// it taken back. A condition that also asks for an earlier choice counts as one that can.
#[must_use]
pub fn has_effect(kb: &KnowledgeBase, fact: FactId, option: OptionId) -> bool {
    let edit = Edit { fact, option: Some(option) };
    let given: Vec<Option<Answer>> = with_option(kb, fact, option).into_iter().map(Some).collect();
    let view = View { kb, quantities: 4, full: false, must: Some((fact, &given)) };
    let differs = |when: &Condition, is_need: bool| {
        if !reads(when, fact) {
            return false;
        }
        let term = |test, edit, to| Term { when, test, edit, to, adds: 1 };
        let worlds = [(None, 0), (Some(edit), 1)];
        let terms: Vec<Term<'_>> =
            worlds.iter().flat_map(|(edit, to)| [term(Test::Yes, *edit, *to), term(Test::No, *edit, to + 2)]).collect();
        let chooses = when.variables().iter().any(|variable| matches!(variable, Variable::Choice(_)));
        let Some(space) = Space::new(view, &terms, &Kept::default(), &mut Laid::default()) else { return true };
        let turns = |row: &Row| row.adds[0] != row.adds[1] || (is_need && row.adds[2] != row.adds[3]);
        chooses || space.components.iter().flat_map(|rows| rows.iter()).any(turns)
    };
    let candidates = kb.decisions.iter().flat_map(|decision| &decision.candidates);
    let mut candidates = candidates.map(|one| {
        one.evidence.iter().any(|line| differs(&line.when, false)) || one.needs.iter().any(|need| differs(&need.when, true))
    });
    candidates.any(|effect| effect)
}

/// Whether any answer to a fact, rather than none, changes some verdict.
#[must_use]
pub fn fact(searches: &Searches<'_>, hints: &[Hint<'_>], fact: FactId) -> Outcome<Answers> {
    let kb = searches.kb();
    let edit = Edit { fact, option: None };
    let shown = hints.iter().filter(|hint| reads(hint.when, fact)).find(|hint| pivots::turns(kb, hint.profile, edit, hint.at));
    if let Some(hint) = shown {
        return Outcome::Shown(hint.profile.clone());
    }
    let (named, bounds) = distinctions(kb.conditions(), fact);
    let given: Vec<Option<Answer>> = representatives(&kb.facts[fact], named, &bounds).into_iter().map(Some).collect();
    search(searches, edit, &given)
}

/// The exact search: every decision, and every candidate of those that keep all.
fn search(searches: &Searches<'_>, edit: Edit, given: &[Option<Answer>]) -> Outcome<Answers> {
    let kb = searches.kb();
    let mut undecided = false;
    for (number, decision) in kb.decisions.pairs() {
        let places: Vec<CandidateId> = match decision.keep {
            Keep::Leaders => vec![CandidateId::default()],
            Keep::All => decision.candidates.ids().collect(),
        };
        for candidate in places {
            let one = &decision.candidates[candidate];
            let leads = decision.keep == Keep::Leaders;
            let mut conditions = one.evidence.iter().map(|line| &line.when).chain(one.needs.iter().map(|need| &need.when));
            let concerned = if leads {
                decision.conditions().any(|when| reads(when, edit.fact))
            } else {
                conditions.any(|when| reads(when, edit.fact))
            };
            if !concerned {
                continue;
            }
            match pivots::edit(searches, edit, given.to_vec(), (number, candidate)) {
                Outcome::Shown(found) => return Outcome::Shown(found),
                Outcome::Undecided => undecided = true,
                Outcome::Impossible => {}
            }
        }
    }
    if undecided { Outcome::Undecided } else { Outcome::Impossible }
}

/// The answers that have an option, as far as conditions can tell them apart.
fn with_option(kb: &KnowledgeBase, fact: FactId, option: OptionId) -> Vec<Answer> {
    let (named, bounds) = distinctions(kb.conditions(), fact);
    let mut named = named.with(option);
    if let Kind::Choices { options, none, .. } = &kb.facts[fact].kind {
        // With a further option the answer outlives the edit, even one that nothing names.
        let further = options.ids().find(|other| !named.contains(*other) && Some(*other) != *none);
        named = further.map_or(named, |other| named.with(other));
    }
    let all = representatives(&kb.facts[fact], named, &bounds);
    let has = |answer: &Answer| match answer {
        Answer::Choice(chosen) => *chosen == option,
        Answer::Choices(chosen) => chosen.contains(option),
        Answer::Number(_) | Answer::YesNo(_) => false,
    };
    all.into_iter().filter(has).collect()
}

/// Whether a condition reads a fact.
#[must_use]
pub fn reads(condition: &Condition, fact: FactId) -> bool {
    let mut found = false;
    condition.atoms(&mut |atom| found |= atom.variable() == Some(Variable::Fact(fact)));
    found
}
