//! How candidates can stand: conditions that can come out either way, streams
//! that can be open and can fail to be, and what must never come out.

use super::outcome;
use super::search::{Query, Searches, counts};
use super::solve::{Demand, Outcome};
use super::space::{Term, Test};
use super::terms::{self, Ending, Of, QUANTITIES, at_least, at_most};
use crate::answer::Answers;
use crate::condition::Condition;
use crate::engine::chain::chain;
use crate::engine::kernel::Readiness;
use crate::ids::{CandidateRef, DecisionId};
use crate::kb::rules::{Invariant, Standing};
use crate::kb::{Candidate, KnowledgeBase, Need, Origin};
use crate::truth::Truth;

/// A profile under which a condition of a decision comes out as wanted.
#[must_use]
pub fn condition<'a>(searches: &Searches<'a>, decision: DecisionId, when: &'a Condition, wanted: Truth) -> Outcome<Answers> {
    let kb = searches.kb();
    let test = if wanted == Truth::Yes { Test::Yes } else { Test::No };
    let comes_out = |answers: &Answers| when.truth(answers, &chain(kb, answers, decision)) == wanted;
    let any_of = vec![vec![at_least(&vec![(0, 1)], 1)]];
    let terms = vec![counts(when, test, 0)];
    searches.find(&Query { terms, quantities: 1, any_of, full: false, must: None, is_it: &comes_out })
}

/// A profile under which a candidate is open.
#[must_use]
pub fn open(searches: &Searches<'_>, at: CandidateRef) -> Outcome<Answers> {
    let kb = searches.kb();
    let is_open = |answers: &Answers| outcome::sorted(kb, answers, at, None) == Readiness::Open;
    let stage = Stage::of(kb, at);
    let any_of = stage.standing(Standing::Open);
    searches.find(&stage.query(any_of, false, &is_open))
}

/// A full profile under which a candidate is neither begun nor kept, nor in place.
#[must_use]
pub fn not_open(searches: &Searches<'_>, at: CandidateRef) -> Outcome<Answers> {
    let kb = searches.kb();
    let is_well = |group: Readiness| matches!(group, Readiness::Open | Readiness::Keep | Readiness::InPlace);
    let is_shut = |answers: &Answers| !is_well(outcome::sorted(kb, answers, at, None));
    let stage = Stage::of(kb, at);
    let rests = [Of::Done.none(0), Of::Runs.none(0)];
    let falls = [vec![Of::Unsure.some(0)], vec![Of::Points.none(0)], vec![Of::Law.some(0)]];
    let falls = falls.into_iter().chain(stage.waiting()).map(|fall| [fall.as_slice(), &rests].concat());
    searches.find(&stage.query(falls.chain([vec![Of::Law.some(0)]]).collect(), true, &is_shut))
}

/// Of how many stops the combinations are gone through; more are left to judging,
/// since what runs is one set of streams, of which there are twice as many for each.
const MOST_STOPS: usize = 8;

/// A candidate and those whose standing its own hangs on, as quantities:
/// its own first, those of what it serves behind them, then what must stop.
struct Stage<'a> {
    kb: &'a KnowledgeBase,
    at: CandidateRef,
    terms: Vec<Term<'a>>,
    quantities: usize,
}

impl<'a> Stage<'a> {
    fn of(kb: &'a KnowledgeBase, at: CandidateRef) -> Stage<'a> {
        let one = kb.candidate(at.0, at.1);
        let served = one.serves.iter().map(|served| kb.candidate(served.0, served.1));
        let firsts = (0..).step_by(QUANTITIES);
        let mut terms: Vec<Term<'a>> = std::iter::once(one)
            .chain(served)
            .zip(firsts)
            .flat_map(|(one, first)| terms::of_candidate(one, None, first))
            .collect();
        let stops = QUANTITIES * (1 + one.serves.len());
        let all = || kb.stops(at.0).filter(|_| one.grows);
        if all().count() <= MOST_STOPS {
            terms.extend(all().map(|stop| counts(stop, Test::Yes, stops)));
        }
        Stage { kb, at, terms, quantities: stops + 1 }
    }

    fn query<'q>(&self, any_of: Vec<Vec<Demand>>, full: bool, is_it: &'q dyn Fn(&Answers) -> bool) -> Query<'a, 'q> {
        Query { terms: self.terms.clone(), quantities: self.quantities, any_of, full, must: None, is_it }
    }

    fn one(&self) -> &'a Candidate {
        self.kb.candidate(self.at.0, self.at.1)
    }

    /// Whether rules of the law govern it, which is left to judging.
    fn has_rules(&self) -> bool {
        self.one().needs.iter().any(|need| matches!(need.origin, Origin::Rule(_)))
    }

    /// Whether what must stop is counted, and not left to judging.
    fn counts_stops(&self) -> bool {
        self.kb.stops(self.at.0).count() <= MOST_STOPS
    }

    /// The count of what must stop.
    fn stops(&self) -> Vec<(usize, i32)> {
        vec![(self.quantities - 1, 1)]
    }

    /// What a standing demands.
    fn standing(&self, standing: Standing) -> Vec<Vec<Demand>> {
        let rests = || [Of::Runs.none(0), Of::Points.some(0)];
        match standing {
            Standing::Open => self.free(&[rests().as_slice(), &[Of::Unsure.none(0), Of::Done.none(0)]].concat()),
            Standing::Confirm => {
                self.free(&[rests().as_slice(), &[Of::Unsure.some(0), Of::Unmet.none(0), Of::Done.none(0)]].concat())
            }
            Standing::Keep => {
                vec![vec![Of::Runs.some(0), Of::Points.not_below(0), Of::Law.none(0), Of::Fixed.none(0), Of::Open.none(0)]]
            }
            Standing::Mend => {
                let most = || [Of::EarnsMost.some(0), Of::Law.none(0)];
                let lacks = [Of::Points.not_below(0), Of::Fixed.none(0), Of::Open.some(0), Of::Runs.some(0), Of::Law.none(0)];
                vec![
                    lacks.to_vec(),
                    most().into_iter().chain([Of::Points.below(0)]).collect(),
                    most().into_iter().chain([Of::Fixed.some(0)]).collect(),
                ]
            }
            _ => {
                let pending = [rests().as_slice(), &[Of::Final.none(0)]].concat();
                let with = |more: &[Demand]| [pending.as_slice(), more].concat();
                let by_law = if self.has_rules() { Vec::new() } else { vec![Of::Law.some(0)] };
                let mut found = vec![with(&[Of::Unmet.some(0), Of::Done.none(0)]), with(&by_law)];
                found.extend(self.waiting().into_iter().map(|waiting| with(&[waiting.as_slice(), &[Of::Done.none(0)]].concat())));
                found
            }
        }
    }

    /// These demands, and that it waits for nobody.
    fn free(&self, demands: &[Demand]) -> Vec<Vec<Demand>> {
        let mut demands = demands.to_vec();
        if self.one().grows {
            demands.push(at_most(&self.stops(), 0));
        }
        if self.one().serves.is_empty() {
            return vec![demands];
        }
        let firsts = (1..=self.one().serves.len()).map(|number| number * QUANTITIES);
        let alive = firsts.flat_map(|first| {
            let begins = [Of::Runs, Of::Unmet, Of::Done].map(|of| of.none(first));
            let runs = [Of::Law.none(first), Of::Fixed.none(first), Of::Runs.some(first)];
            [
                [begins.as_slice(), &[Of::Points.some(first)]].concat(),
                [runs.as_slice(), &[Of::Points.not_below(first)]].concat(),
                vec![Of::EarnsMost.some(first), Of::Law.none(first)],
            ]
        });
        alive.map(|alive| [demands.as_slice(), &alive].concat()).collect()
    }

    /// Demands of which one is met where it waits; what waits for what it serves
    /// is only hinted at, and then left to judging.
    fn waiting(&self) -> Vec<Vec<Demand>> {
        let mut found = Vec::new();
        if !self.one().serves.is_empty() {
            let firsts = (1..=self.one().serves.len()).map(|number| number * QUANTITIES);
            found.push(firsts.flat_map(|first| [Of::Points.none(first), Of::Runs.none(first)]).collect());
            found.push(Vec::new());
        }
        if self.one().grows && self.kb.stops(self.at.0).next().is_some() {
            found.push(if self.counts_stops() { vec![at_least(&self.stops(), 1)] } else { Vec::new() });
        }
        found
    }
}

/// Whether a rule of the law is kept by every candidate that stands so: what can
/// begin has all that the law asks, and of what goes on nothing is known to lack.
///
/// Both are in the kernel; what is left to prove is that the need which the rule
/// makes is not met where the rule is broken, and that takes only the facts of the rule.
fn keeps_the_rule<'a>(searches: &Searches<'a>, invariant: &'a Invariant) -> bool {
    let kb = searches.kb();
    let Some(rule) = &invariant.origin else { return false };
    let is_its = |need: &&Need| matches!(need.origin, Origin::Rule(number) if kb.rules[number].id == *rule);
    let Some(need) = kb.candidate(invariant.decision, invariant.candidate).needs.iter().find(is_its) else { return false };
    let is_begun = match invariant.standing {
        Standing::Open => true,
        Standing::Keep | Standing::Mend => false,
        _ => return false,
    };
    let conditions = [(invariant.when.as_ref(), Test::Yes), (invariant.unless.as_ref(), Test::NotYes)];
    let given = conditions.into_iter().filter_map(|(condition, test)| Some((condition?, test)));
    let mut terms: Vec<Term<'a>> = given.zip(0..).map(|((condition, test), of)| counts(condition, test, of)).collect();
    let mut demands: Vec<Demand> = (0..terms.len()).map(|of| at_least(&vec![(of, 1)], 1)).collect();
    let last = terms.len();
    if is_begun {
        terms.push(counts(&need.when, Test::Yes, last));
        demands.push(at_least(&vec![(last, 1)], 1));
    } else {
        terms.push(counts(&need.when, Test::No, last));
        demands.push(at_most(&vec![(last, 1)], 0));
    }
    let query = Query { terms, quantities: last + 1, any_of: vec![demands], full: false, must: None, is_it: &|_| true };
    searches.find(&query) == Outcome::Impossible
}

/// A profile that breaks an invariant.
#[must_use]
pub fn breach<'a>(searches: &Searches<'a>, rule: &'a Invariant) -> Outcome<Answers> {
    if keeps_the_rule(searches, rule) {
        return Outcome::Impossible;
    }
    let kb = searches.kb();
    let breaks = |answers: &Answers| {
        let kept = chain(kb, answers, rule.decision);
        let applies = rule.when.as_ref().is_none_or(|when| when.truth(answers, &kept).is_yes());
        let excused = rule.unless.as_ref().is_some_and(|unless| unless.truth(answers, &kept).is_yes());
        let at = (rule.decision, rule.candidate);
        let stands = match rule.standing {
            Standing::Leader => outcome::chosen(kb, answers, rule.decision, None).leader() == Some(rule.candidate),
            Standing::Chosen => outcome::chosen(kb, answers, rule.decision, None).contains(rule.candidate),
            Standing::Open => outcome::sorted(kb, answers, at, None) == Readiness::Open,
            Standing::Confirm => outcome::sorted(kb, answers, at, None) == Readiness::Confirm,
            Standing::Later => outcome::sorted(kb, answers, at, None) == Readiness::Later,
            Standing::Keep => outcome::sorted(kb, answers, at, None) == Readiness::Keep,
            Standing::Mend => outcome::sorted(kb, answers, at, None) == Readiness::Mend,
        };
        stands && applies && !excused
    };
    let (mut terms, quantities, sets): (Vec<_>, usize, Vec<Vec<Demand>>) = match rule.standing {
        Standing::Leader | Standing::Chosen => {
            let count = kb.decisions[rule.decision].candidates.len();
            let stands = |ending: &Ending| {
                let kept = ending.kept();
                kept.leader() == Some(rule.candidate) || (rule.standing == Standing::Chosen && kept.contains(rule.candidate))
            };
            let endings = Ending::all(count).into_iter().filter(stands);
            let sets = endings.flat_map(|ending| terms::ending(kb, &ending, count, 0)).collect();
            (terms::points(kb, rule.decision, None, 0).collect(), count, sets)
        }
        _ => {
            let stage = Stage::of(kb, (rule.decision, rule.candidate));
            let sets = stage.standing(rule.standing);
            (stage.terms, stage.quantities, sets)
        }
    };
    let conditions = [(&rule.when, Test::Yes), (&rule.unless, Test::NotYes)];
    let mut demands = Vec::new();
    for (condition, test) in conditions {
        if let Some(condition) = condition {
            demands.push(at_least(&vec![(quantities + demands.len(), 1)], 1));
            terms.push(counts(condition, test, quantities + demands.len() - 1));
        }
    }
    let any_of = sets.into_iter().map(|set| set.into_iter().chain(demands.iter().cloned()).collect()).collect();
    let quantities = quantities + demands.len();
    match searches.find(&Query { terms, quantities, any_of, full: false, must: None, is_it: &breaks }) {
        Outcome::Shown(found) => Outcome::Shown(shrunk(found, &breaks)),
        other => other,
    }
}

/// The profile without the answers that it does not need to be what it is.
fn shrunk(mut profile: Answers, is_it: &dyn Fn(&Answers) -> bool) -> Answers {
    for fact in profile.facts() {
        let answer = profile.get(fact);
        profile.set(fact, None);
        if !is_it(&profile) {
            profile.set(fact, answer);
        }
    }
    profile
}
