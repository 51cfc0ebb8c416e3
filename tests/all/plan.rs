//! The plan: what it may hold, hours and order, and what a further answer would
//! change, over random profiles and all cases.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use crate::thorough::thorough;
use qun::advice::earning::earning;
use qun::advice::law::looming;
use qun::advice::plan::{Plan, Step, plan};
use qun::advice::stability::open;
use qun::advice::stands::{Stands, stands};
use qun::answer::{Answer, Answers};
use qun::engine::judge::Judge;
use qun::engine::judgement::Outcome;
use qun::engine::kernel::{Readiness, Runs};
use qun::fact::Kind;
use qun::ids::{CandidateId, CandidateRef, FactId, IndexVec, OptionId, OptionSet};
use qun::kb::KnowledgeBase;
use qun::kb::blocks::{domain, thresholds};
use qun::profile::streams::Streams;
use std::collections::BTreeSet;

/// How many random profiles: all of them only where the code is fast.
const PROFILES: u64 = thorough(100_000, 300);
/// How many of them have their open questions tried out.
const TRIED: u64 = thorough(1_000, 3);

/// A plain generator, so that every run tries the same profiles.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n.max(1)
    }
}

/// Some answers: each fact is known with a chance that differs from profile to profile.
pub fn profile(kb: &KnowledgeBase, domains: &IndexVec<FactId, Vec<Answer>>, seed: u64) -> Answers {
    let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66D);
    let mut answers = Answers::unknown(kb.facts.len());
    let known = 1 + random.below(9);
    for (fact, one) in kb.facts.pairs() {
        if random.below(10) >= known {
            continue;
        }
        let answer = match &one.kind {
            Kind::Choices { options, at_most, none, .. } => {
                let mut chosen = OptionSet::EMPTY;
                for _ in 0..=random.below((*at_most).min(3)) {
                    chosen = chosen.with(OptionId::new(random.below(options.len())));
                }
                if let Some(none) = none.filter(|none| chosen.contains(*none)) {
                    chosen = OptionSet::of(none);
                }
                Answer::Choices(chosen)
            }
            _ => domains[fact][random.below(domains[fact].len())],
        };
        answers.set(fact, Some(answer));
    }
    answers
}

pub fn domains(kb: &KnowledgeBase) -> IndexVec<FactId, Vec<Answer>> {
    let bounds = thresholds(kb.conditions());
    let of = |(fact, one): (FactId, &qun::fact::Fact)| match &one.kind {
        Kind::Choices { options, .. } => options.ids().map(|option| Answer::Choices(OptionSet::of(option))).collect(),
        _ => domain(one, bounds.get(&fact)),
    };
    kb.facts.pairs().map(of).collect()
}

/// Everything that a plan promises, for one profile.
fn holds(kb: &KnowledgeBase, answers: &Answers, stands: &Stands, found: &Plan) {
    let readiness = |at: CandidateRef| stands.decisions[at.0][at.1].readiness;
    for action in &found.actions {
        let wanted: &[Readiness] = match action.step {
            Step::Stop(_) => &[Readiness::Stop],
            Step::Learn => &[Readiness::Keep, Readiness::Mend, Readiness::Drop, Readiness::Open, Readiness::Confirm],
            Step::Check(_) => &[Readiness::Keep, Readiness::Mend],
            Step::Mend(_) => &[Readiness::Mend],
            Step::Drop => &[Readiness::Drop],
            Step::Grow => &[Readiness::Keep],
            Step::Begin { check: true } => &[Readiness::Confirm],
            Step::Begin { check: false } | Step::Measure => &[Readiness::Open],
        };
        assert!(wanted.contains(&readiness(action.at)), "{action:?} stands on {:?}", readiness(action.at));
        let grows = matches!(action.step, Step::Grow | Step::Begin { .. }) || kb.candidate(action.at.0, action.at.1).grows;
        assert!(!(found.is_stopped && grows), "{action:?} grows what must stop");
        assert!(found.looming.is_empty() || !grows, "{action:?} grows while a law may forbid what runs");
    }
    let stops = stands.all(Readiness::Stop).next().is_some();
    assert_eq!(found.is_stopped, stops);
    assert!(!stops || found.actions.first().is_some_and(|first| matches!(first.step, Step::Stop(_)) && first.first == 1));
    let hours: u32 = found.actions.iter().map(|action| action.setup + action.weekly * (12 - action.last)).sum();
    assert_eq!(hours, found.hours.iter().sum::<u32>(), "hours add up");
    assert!(found.hours.iter().all(|hours| *hours <= found.free), "no week takes more than there is");
    let weekly: u32 = found.actions.iter().map(|action| action.weekly).sum();
    assert_eq!(found.afterwards, weekly, "what is set up goes on after the twelfth week");
    assert!(found.afterwards <= found.free, "nor does a week after the twelfth");
    assert!(found.actions.iter().all(|action| action.last < action.first + 6), "nothing is set up for more than six weeks");
    if let Some(team) = found.team {
        assert!(found.running + found.free <= team.max(2), "what runs and the plan have the team's hours");
    }
    let learns = found.actions.iter().position(|action| action.step == Step::Learn);
    let grows = |step: Step| matches!(step, Step::Grow | Step::Begin { .. });
    let first = found.actions.iter().position(|action| grows(action.step));
    if first.is_some() && !found.open_law.is_empty() {
        assert!(learns < first && learns.is_some(), "which laws concern it is asked before anything grows");
    }
    assert!((1..=12).all(|week| found.week(week).count() <= 3), "at most three things begin in a week");
    let begun: Vec<_> = found.actions.iter().filter(|action| matches!(action.step, Step::Begin { .. })).collect();
    assert!(begun.windows(2).all(|pair| pair[1].first >= pair[0].first + 4), "one new stream in four weeks");
    for action in &begun {
        for before in &kb.candidate(action.at.0, action.at.1).after {
            let first = begun.iter().find(|other| other.at.1 == *before);
            assert!(first.is_none_or(|first| first.last < action.first), "what comes first comes first");
        }
    }
    let twice: BTreeSet<_> = found.actions.iter().map(|action| (action.step, action.at)).collect();
    assert_eq!(twice.len(), found.actions.len(), "nothing is planned twice");
    if let (Some(money), Some(deadline)) = (found.next_money, found.deadline) {
        assert_eq!(money.in_time, money.weeks.map(|(_, late)| late <= deadline));
        let is_clear = |at: CandidateRef| looming(kb, answers, at).is_empty();
        let open = |at: CandidateRef| matches!(readiness(at), Readiness::Open | Readiness::Confirm) && is_clear(at);
        assert!(money.faster.is_none_or(|at| money.in_time == Some(false) && open(at)));
        let in_time = |one: CandidateId| {
            let effort = kb.candidate(money.at.0, one).effort.as_ref().and_then(|effort| effort.first_cash_weeks);
            one != money.at.1 && open((money.at.0, one)) && effort.is_some_and(|weeks| weeks.high <= deadline)
        };
        let nothing_is = money.is_planned && money.in_time == Some(false) && money.faster.is_none();
        assert!(!nothing_is || !kb.decisions[money.at.0].candidates.ids().any(in_time), "what is said not to be there is not");
    }
    for (decision, all) in stands.decisions.pairs() {
        for (one, stand) in all.pairs().filter(|(_, stand)| stand.standing.runs != Runs::No) {
            let id = &kb.candidate(decision, one).id;
            assert!(stand.readiness.is_running(), "{id} runs and is told {:?}", stand.readiness);
        }
    }
}

#[test]
fn plans_hold_what_they_promise_over_random_profiles() {
    let kb = KnowledgeBase::embedded();
    let domains = domains(&kb);
    shared(PROFILES, |seed| {
        let answers = profile(&kb, &domains, seed);
        let stands = stands(&kb, &answers);
        holds(&kb, &answers, &stands, &plan(&kb, &answers, &stands));
    });
}

/// Does something for every seed, on as many threads as there are processors.
fn shared(seeds: u64, one: impl Fn(u64) + Sync) {
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
    std::thread::scope(|scope| {
        for first in 0..threads {
            let one = &one;
            scope.spawn(move || (first..seeds).step_by(usize::try_from(threads).unwrap()).for_each(one));
        }
    });
}

#[test]
fn plans_hold_what_they_promise_over_the_cases() {
    let kb = KnowledgeBase::embedded();
    for case in &kb.cases {
        let stands = stands(&kb, &case.answers);
        holds(&kb, &case.answers, &stands, &plan(&kb, &case.answers, &stands));
    }
}

/// What the first page hangs on, put together anew, and the middle of what a year brings as the report shows it.
fn page(judge: &Judge<'_>, answers: &Answers) -> (impl PartialEq + std::fmt::Debug + use<>, Option<i128>) {
    let kb = judge.kb();
    let judged = judge.judge(answers);
    let stands = stands(kb, answers);
    let plan = plan(kb, answers, &stands);
    let chosen: Vec<_> = judged.decisions.iter().map(Outcome::chosen).collect();
    let stops: Vec<Vec<CandidateId>> = judged
        .decisions
        .iter()
        .map(|outcome| {
            let mut found: Vec<CandidateId> = outcome.group(Readiness::Stop).map(|one| one.account.candidate).collect();
            found.sort_unstable();
            found
        })
        .collect();
    let week: Vec<(Step, CandidateRef)> = plan.week(1).map(|action| (action.step, action.at)).collect();
    let earns = earning(kb, answers, &Streams::default(), &stands, &plan).filter(|year| year.parts().count() > 0);
    let year = earns.filter(|_| !plan.is_stopped && plan.looming.is_empty()).map(|year| year.year()[1]);
    ((chosen, stops, plan.next_money.map(|money| (money.at, money.in_time)), week), year)
}

/// Whether a sum has more than doubled or halved, or come or gone.
fn leaps(one: Option<i128>, other: Option<i128>) -> bool {
    let Some((one, other)) = one.zip(other) else { return one != other };
    one > 2 * other.max(0) || other > 2 * one.max(0)
}

#[test]
fn a_question_that_is_said_to_change_the_page_does_and_no_other() {
    let kb = KnowledgeBase::embedded();
    let domains = domains(&kb);
    let (sells, earns) = (kb.fact("sells-now").unwrap(), kb.fact("earns-most").unwrap());
    let judge = Judge::new(&kb);
    shared(TRIED, |seed| {
        let answers = profile(&kb, &domains, seed + 1_000_000);
        let said: BTreeSet<FactId> = open(&kb, &answers).into_iter().map(|open| open.fact).collect();
        let now = page(&judge, &answers);
        let changes = |fact: &FactId| {
            // What does not run is not what most is earned with.
            let runs = |answer: &&Answer| match (answer, answers.get(sells)) {
                (Answer::Choice(most), Some(Answer::Choices(runs))) => *fact != earns || runs.contains(*most),
                _ => true,
            };
            let most = match &kb.facts[*fact].kind {
                Kind::Number(range) => Some(Answer::Number(range.max)),
                _ => None,
            };
            domains[*fact].iter().filter(runs).chain(most.as_ref()).any(|answer| {
                let mut trial = answers.clone();
                trial.set(*fact, Some(*answer));
                let then = page(&judge, &trial);
                then.0 != now.0 || leaps(then.1, now.1)
            })
        };
        let found: BTreeSet<FactId> = kb.facts.ids().filter(|fact| answers.is_open(*fact)).filter(changes).collect();
        assert_eq!(said, found, "profile {seed}");
    });
}
