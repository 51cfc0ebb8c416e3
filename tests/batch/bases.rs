//! Bases of every shape: whatever a base looks like, the tables give what the
//! engine gives. Points beyond a byte and beyond 16 bits, more candidates than
//! a set holds, clauses that join stated and observed facts, deep conditions.

use super::equal::{agrees, unverified};
use super::{answers, toy};
use crate::thorough::thorough;
use proptest::prelude::*;
use qun::batch::Batch;
use qun::batch::options::Options;
use qun::condition::Condition;
use qun::engine::compiled::plan::{Plan, Sides};
use qun::engine::compiled::verify::Verify;
use qun::fact::{Choice, Fact, Kind};
use qun::ids::{CandidateId, DecisionId, FactId, IndexVec, LineId, OptionId, OptionSet};
use qun::kb::{Candidate, Decision, Evidence, Keep, KnowledgeBase, Need};

/// Numbers as they fall.
struct Dice(u64);

impl Dice {
    fn below(&mut self, many: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % many
    }

    fn options(&mut self, fact: &Fact) -> OptionSet {
        let all = 1 << fact.options().len();
        OptionSet::from_bits(1 + u64::try_from(self.below(all - 1)).expect("few"))
    }

    /// A condition on one fact, or on a decision before this one.
    fn atom(&mut self, kb: &KnowledgeBase, decision: DecisionId) -> Condition {
        if decision.index() > 0 && self.below(3) == 0 {
            let decision = DecisionId::new(self.below(decision.index()));
            let candidate = CandidateId::new(self.below(kb.decisions[decision].candidates.len()));
            return Condition::Chosen { decision, candidate };
        }
        let fact = FactId::new(self.below(kb.facts.len()));
        let one = &kb.facts[fact];
        match &one.kind {
            Kind::Choice(_) => Condition::Is { fact, options: self.options(one) },
            Kind::Choices { .. } => Condition::Has { fact, options: self.options(one) },
            Kind::YesNo => Condition::Yes { fact },
            Kind::Number(range) => {
                let bound = range.min + [10, 200, 2_000][self.below(3)];
                if self.below(2) == 0 { Condition::AtLeast { fact, bound } } else { Condition::Below { fact, bound } }
            }
        }
    }

    fn condition(&mut self, kb: &KnowledgeBase, decision: DecisionId, depth: usize) -> Condition {
        match self.below(if depth == 0 { 1 } else { 8 }) {
            0..5 => self.atom(kb, decision),
            5 => Condition::Not(Box::new(self.condition(kb, decision, depth - 1))),
            join => {
                let parts = (0..=self.below(3)).map(|_| self.condition(kb, decision, depth - 1)).collect();
                if join == 6 { Condition::All(parts) } else { Condition::Any(parts) }
            }
        }
    }

    /// A candidate like another one, with lines and needs of its own.
    fn candidate(&mut self, kb: &KnowledgeBase, decision: DecisionId, like: &Candidate, shape: Shape) -> Candidate {
        let mut one = like.clone();
        (one.grows_into, one.after) = (Vec::new(), Vec::new());
        (one.runs, one.earns_most) = (None, None);
        let first = one.evidence[LineId::new(0)].clone();
        let lines = (0..self.below(shape.lines + 1)).map(|_| {
            let points = i32::try_from(self.below(shape.points)).expect("few") - i32::try_from(shape.points / 3).expect("few");
            Evidence { when: self.condition(kb, decision, shape.depth), points, ..first.clone() }
        });
        one.evidence = lines.collect();
        let needs = like.needs.iter().map(|need| {
            let [fixed, law, proven_by_running, obtainable] = [2, 3, 2, 2].map(|sides| self.below(sides) == 0);
            let mut when = self.condition(kb, decision, 2);
            // As the needs are that rules make.
            if law {
                let known = Condition::Known(Box::new(self.condition(kb, decision, 1)));
                when = Condition::Any(vec![Condition::Not(Box::new(known)), when]);
            }
            Need { when, fixed, law, proven_by_running, obtainable, ..need.clone() }
        });
        one.needs = needs.collect();
        one.done = (self.below(4) == 0).then(|| self.condition(kb, decision, 1));
        one
    }

    /// Lets the candidates of a decision run as the facts say, and those of the next one serve them.
    fn run(&mut self, kb: &mut KnowledgeBase, decision: DecisionId) {
        let count = kb.decisions[decision].candidates.len();
        let known = |condition| Some(Condition::Known(Box::new(condition)));
        for candidate in CandidateId::new(count).before() {
            let asks = kb.facts.pairs().filter(|(_, fact)| fact.options_of == Some(decision));
            let asks = asks.filter(|(_, fact)| candidate.index() + 1 < fact.options().len());
            let (mut runs, mut most) = (Vec::new(), Vec::new());
            for (fact, one) in asks {
                let options = OptionSet::of(OptionId::new(candidate.index()));
                match one.kind {
                    Kind::Choices { .. } => runs.push(Condition::Has { fact, options }),
                    _ => most.push(Condition::Is { fact, options }),
                }
            }
            runs.extend(most.iter().cloned());
            let one = &mut kb.decisions[decision].candidates[candidate];
            one.runs = if runs.is_empty() { None } else { known(Condition::Any(runs)) };
            one.earns_most = if most.is_empty() { None } else { known(Condition::Any(most)) };
        }
        for one in kb.decisions.get_mut(decision.next()).into_iter().flat_map(|next| &mut next.candidates) {
            one.grows = self.below(3) == 0;
            one.serves = (0..self.below(3)).map(|_| (decision, CandidateId::new(self.below(count)))).collect();
        }
    }
}

/// What the candidates of a decision look like.
#[derive(Debug, Clone, Copy)]
struct Shape {
    candidates: usize,
    lines: usize,
    points: usize,
    depth: usize,
    proven: bool,
}

/// The toy base with facts that ask which of nine candidates run, and which is earned with most.
fn world() -> KnowledgeBase {
    let mut kb = toy();
    let runs = kb.facts.position(|fact| fact.options_of.is_some()).expect("the toy base asks what runs");
    let Kind::Choices { options, at_most, none, .. } = &mut kb.facts[runs].kind else { panic!("several may run") };
    let first = options.first().expect("there are some").clone();
    let further = (options.len()..10).map(|at| Choice { id: format!("further-{at}"), ..first.clone() });
    *options = further.chain(options.iter().cloned()).collect();
    (*at_most, *none) = (4, options.ids().next_back());
    let most = Kind::Choice(options.clone());
    let most = Fact { id: "earns-most".to_owned(), kind: most, ..kb.facts[runs].clone() };
    kb.facts.push(most);
    kb
}

/// The toy base with other candidates.
fn base(dice: &mut Dice, shapes: [Shape; 3]) -> KnowledgeBase {
    let mut kb = world();
    (kb.cases, kb.invariants) = (IndexVec::new(), Vec::new());
    kb.hybrid_margin = [0, 3, 40][dice.below(3)];
    let last = |one: &Decision| one.candidates.last().expect("there are some").clone();
    let like: IndexVec<DecisionId, Candidate> = kb.decisions.iter().map(last).collect();
    for (decision, shape) in kb.decisions.ids().zip(shapes) {
        let candidates = (0..shape.candidates).map(|_| dice.candidate(&kb, decision, &like[decision], shape)).collect();
        kb.decisions[decision].candidates = candidates;
        kb.decisions[decision].unproven = !shape.proven;
    }
    let care = Decision { id: "care".to_owned(), ..kb.decisions[DecisionId::new(2)].clone() };
    kb.decisions.push(care);
    let shape = Shape { candidates: 1 + dice.below(9), ..shapes[2] };
    let [sold, care] = [2, 3].map(DecisionId::new);
    kb.decisions[care].candidates = (0..shape.candidates).map(|_| dice.candidate(&kb, care, &like[sold], shape)).collect();
    dice.run(&mut kb, sold);
    kb.note_stops();
    kb
}

fn agree_on(bases: u32, shapes: impl Fn(&mut Dice) -> [Shape; 3]) {
    let strategy = (any::<u64>(), proptest::collection::vec(answers(&world()), 8));
    let mut runner = super::runner(bases);
    let outcome = runner.run(&strategy, |(seed, profiles)| {
        let mut dice = Dice(seed);
        let shapes = shapes(&mut dice);
        let kb = base(&mut dice, shapes);
        let (verify, batch) = (Verify::new(&kb, true), unverified(&kb));
        profiles.iter().try_for_each(|answers| agrees(&verify, &batch, answers))
    });
    outcome.expect("they agree");
}

/// A base of some shape, whose candidates have ids of their own.
pub fn random(seed: u64) -> KnowledgeBase {
    let mut dice = Dice(seed);
    let points = [20, 200, 3_000][dice.below(3)];
    let shape = Shape { candidates: 1 + dice.below(6), lines: 8, points, depth: dice.below(4), proven: false };
    let styles = Shape { candidates: 1 + dice.below(3), ..shape };
    let mut kb = base(&mut dice, [shape, styles, shape]);
    for (at, one) in kb.decisions.iter_mut().flat_map(|decision| decision.candidates.iter_mut().enumerate()) {
        one.id = format!("number-{at}");
    }
    kb
}

#[test]
fn bases_of_single_facts_are_proven_by_tables() {
    agree_on(thorough(200, 30), |dice| {
        let kinds = Shape { candidates: 1 + dice.below(12), lines: 8, points: 20, depth: 0, proven: true };
        let styles = Shape { candidates: 1 + dice.below(4), ..kinds };
        let offers = Shape { candidates: 1 + dice.below(40), depth: 2, ..kinds };
        [kinds, styles, offers]
    });
}

#[test]
fn bases_that_join_facts_are_proven_by_the_engine() {
    agree_on(15, |dice| {
        let kinds = Shape { candidates: 1 + dice.below(3), lines: 3, points: 20, depth: 1, proven: true };
        [kinds, Shape { candidates: 2, depth: 0, ..kinds }, kinds]
    });
}

#[test]
fn many_candidates_and_great_points_are_judged_alike() {
    agree_on(thorough(100, 20), |dice| {
        let points = [20, 200, 3_000, 200_000][dice.below(4)];
        let kinds = Shape { candidates: 1 + dice.below(100), lines: 12, points, depth: 3, proven: false };
        let styles = Shape { candidates: 1 + dice.below(9), ..kinds };
        let offers = Shape { candidates: 1 + dice.below(120), ..kinds };
        [kinds, styles, offers]
    });
}

/// A base with more facts than the fast path tells apart.
#[test]
fn bases_of_many_facts_are_read_alike() {
    let mut kb = toy();
    for number in 0..300 {
        let mut fact = kb.facts[FactId::new(0)].clone();
        fact.id = format!("fact-{number}");
        (fact.label.zh, fact.label.en) = (format!("事实{number}"), format!("Fact {number}"));
        kb.facts.push(fact);
    }
    let option = kb.facts[FactId::new(0)].options()[OptionId::new(0)].id.clone();
    let lines: Vec<String> = (0..300)
        .map(|number| {
            format!(
                "{{\"id\":\"{number}\",\"fact-{number}\":\"{option}\",\"{}\":\"{option}\",\"x\":{}}}\n",
                kb.facts[FactId::new(0)].id,
                number % 2
            )
        })
        .collect();
    for ignore_unknown in [false, true] {
        let [fast, complete] = [true, false].map(|fast| {
            let batch = Batch::new(&kb, Options { fast, ignore_unknown, ..Options::default() });
            let input = std::io::Cursor::new(lines.concat().into_bytes());
            batch.rows(input).map(|row| row.map(|row| row.line).map_err(|error| error.to_string())).collect::<Vec<_>>()
        });
        assert_eq!(fast, complete);
        assert_eq!(fast.iter().filter(|row| row.is_ok()).count(), if ignore_unknown { 300 } else { 0 });
    }
}

#[test]
fn the_shapes_above_do_occur() {
    let shape = Shape { candidates: 70, lines: 12, points: 200_000, depth: 3, proven: false };
    let kb = base(&mut Dice(7), [shape; 3]);
    let plan = Plan::new(&kb, &[]);
    let is_leader = |decision: DecisionId| kb.decisions[decision].keep == Keep::Leaders;
    assert!(plan.decisions.iter().all(|one| one.sums.reach() > i32::from(i16::MAX)));
    assert!(DecisionId::new(3).before().all(|decision| (plan.decisions[decision].sides == Sides::Apart) == is_leader(decision)));
    assert!(plan.decisions[DecisionId::new(1)].steps.asked() > 0 && plan.words > 3);
    let toy = toy();
    assert!(Plan::new(&toy, &[]).decisions.iter().all(|one| one.sums.reach() <= i32::from(i8::MAX)));
}
