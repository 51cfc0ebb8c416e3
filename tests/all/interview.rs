//! The interview: what it asks, when it stops, and that nothing a person said is lost.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use super::support::toy;
use proptest::prelude::*;
use qun::advice::course::course;
use qun::answer::{Answer, Answers};
use qun::diagnostic::Files;
use qun::engine::judge::Judge;
use qun::fact::{Fact, Kind};
use qun::ids::{DecisionId, FactId, IndexVec, OptionId, OptionSet};
use qun::interview::reading::{Misread, Reading, number, read};
use qun::interview::{AtOffer, Interview, Question, Step, draft, simulate};
use qun::kb::blocks::{domain, thresholds};
use qun::profile::{self, Profile};
use qun::proof::robust::Robustness;
use qun::text::Lang;

fn fact<'a>(kb: &'a qun::kb::KnowledgeBase, id: &str) -> &'a Fact {
    &kb.facts[kb.fact(id).unwrap()]
}

#[test]
fn the_opening_question_comes_first() {
    let kb = toy();
    let judge = Judge::new(&kb);
    let interview = Interview::new(&judge, Answers::unknown(kb.facts.len()), false);
    assert!(matches!(interview.step(), Step::Question(Question { fact, .. }) if fact == kb.opening));
}

#[test]
fn numbers_are_read_as_people_write_them() {
    let kb = qun::kb::KnowledgeBase::embedded();
    let Kind::Number(people) = &fact(&kb, "members").kind else { panic!("members is a number") };
    let good = [
        ("300", 300),
        ("1.2万", 12_000),
        ("1.2 万人", 12_000),
        ("３００", 300),
        ("3k", 3_000),
        ("3K people", 3_000),
        ("2w", 20_000),
        ("1,200", 1_200),
        ("1，200", 1_200),
        ("12 000", 12_000),
        ("3千", 3_000),
        ("1.5亿", 150_000_000),
        ("2百万", 2_000_000),
        ("2 million", 2_000_000),
        ("0人", 0),
        ("零", 0),
        ("zero", 0),
    ];
    for (typed, expected) in good {
        assert_eq!(number(people, typed), Ok(expected), "{typed}");
    }
    for typed in ["1,2", "1.2.3", "many", "三百", "-", "1e", "万", "3kk people or so", "99999999999999999999", "-5", "0.5", "1e3"]
    {
        assert!(number(people, typed).is_err(), "{typed} was read");
    }
    assert_eq!(read(fact(&kb, "members"), "0"), Ok(Reading::Unknown), "0 is don't know on every question");
}

#[test]
fn several_choices_are_read_with_blanks_commas_and_labels() {
    let kb = toy();
    let toys = fact(&kb, "toys");
    for typed in ["1 3", "1,3", "1，3", "1、3", " 3 1 ", "ball, castle", "球；城堡", "Ball;Castle"] {
        assert_eq!(read(toys, typed), Ok(Reading::Answer(Answer::Choices(OptionSet::from_bits(0b101)))), "{typed}");
    }
    assert_eq!(read(toys, "1 2 3"), Err(Misread::TooMany { at_most: 2 }));
    assert_eq!(read(toys, "1 4"), Err(Misread::NotAlone { none: OptionId::new(3) }));
    assert!(matches!(read(toys, "1 9"), Err(Misread::NoOption { count: 4, .. })));
    assert!(matches!(read(toys, ","), Err(Misread::NoOption { .. })));
    assert_eq!(read(fact(&kb, "pet"), "1 2"), Err(Misread::OnlyOne));
}

#[test]
fn keys_mean_the_same_on_every_question() {
    let kb = toy();
    for fact in &kb.facts {
        for (typed, expected) in [
            ("b", Reading::Back),
            ("B", Reading::Back),
            ("?", Reading::Why),
            ("？", Reading::Why),
            ("0", Reading::Unknown),
            ("不知道", Reading::Unknown),
            ("e", Reading::Enough),
            ("  ", Reading::Nothing),
        ] {
            assert_eq!(read(fact, typed), Ok(expected), "{typed} on {}", fact.id);
        }
    }
}

#[test]
fn going_back_keeps_later_answers() {
    let kb = toy();
    let judge = Judge::new(&kb);
    let mut interview = Interview::new(&judge, Answers::unknown(kb.facts.len()), true);
    let pet = kb.opening;
    interview.answer(Some(Answer::Choice(OptionId::new(1))));
    interview.answer(None);
    assert!(interview.back() && interview.back());
    assert!(matches!(interview.step(), Step::Question(Question { fact, why: None, .. }) if fact == pet));
    assert!(!interview.back(), "nothing comes before the first question");
    interview.answer(Some(Answer::Choice(OptionId::new(2))));
    assert_eq!(interview.answers().get(pet), Some(Answer::Choice(OptionId::new(2))));
    assert!(interview.answers().is_declined(interview.asked()[1]), "the later answer is kept");
}

#[test]
fn a_pivotal_answer_changes_the_leader_alone() {
    let kb = toy();
    let judge = Judge::new(&kb);
    let mut answers = Answers::unknown(kb.facts.len());
    answers.set(kb.opening, Some(Answer::Choice(OptionId::new(1))));
    let leader = judge.judge(&answers).decisions[DecisionId::new(0)].leader().unwrap();
    let pivots = Robustness::new(&judge).of(&kb, &answers).unwrap().pivots;
    assert_eq!(pivots.len(), 1);
    let mut changed = answers.clone();
    changed.set(pivots[0].fact, Some(pivots[0].other));
    let now = judge.judge(&changed).decisions[DecisionId::new(0)].leader();
    assert_eq!(now, pivots[0].leader);
    assert_ne!(now, Some(leader));
}

#[test]
fn a_promise_about_the_length_is_held_to() {
    let kb = toy();
    let found = simulate::length(&kb);
    assert!(simulate::broken_promise(&kb).is_none());
    for (most, mean) in [(found.most - 1, found.mean()), (found.most, found.mean() - 1)] {
        let mut strict = kb.clone();
        let promise = qun::kb::Questions {
            most: u16::try_from(most).unwrap(),
            mean: u16::try_from(mean).unwrap(),
            ..kb.questions.clone().expect("the toy base promises a length")
        };
        strict.questions = Some(promise);
        assert_eq!(simulate::broken_promise(&strict).map(|broken| broken.found), Some(found));
    }
}

/// Answers to every fact, `None` for don't know.
fn any_answers() -> impl Strategy<Value = Vec<Option<prop::sample::Index>>> {
    prop::collection::vec(prop::option::weighted(0.7, any::<prop::sample::Index>()), 6)
}

fn values(kb: &qun::kb::KnowledgeBase) -> IndexVec<FactId, Vec<Answer>> {
    let bounds = thresholds(kb.conditions());
    kb.facts.pairs().map(|(at, fact)| domain(fact, bounds.get(&at))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The draft reads back as exactly what was said.
    #[test]
    fn a_draft_is_judged_as_the_answers_are(given in any_answers(), name in ".{0,12}", declined in any::<bool>()) {
        let kb = toy();
        let mut answers = Answers::unknown(kb.facts.len());
        for ((fact, value), of) in kb.facts.ids().zip(&given).zip(values(&kb)) {
            match value {
                Some(index) => answers.set(fact, Some(*index.get(&of))),
                None if declined => answers.decline(fact),
                None => {}
            }
        }
        let profile = Profile { name: Some(name), ..Profile::of(answers) };
        for lang in Lang::BOTH {
            let text = draft::write(&kb, &profile, lang);
            let read = profile::read(&kb.facts, "draft.toml", text.as_bytes(), &mut Files::default());
            prop_assert_eq!(read.expect("a draft is a sound profile"), profile.clone());
        }
    }

    /// Whatever a person does, the interview ends, and a proof holds: the leader
    /// it named is the leader once everything has been asked.
    #[test]
    fn an_interview_ends_and_its_proofs_hold(given in any_answers(), check in any::<bool>()) {
        let kb = toy();
        let judge = Judge::new(&kb);
        let values = values(&kb);
        let told = |fact: FactId| given[fact.index()].map(|index| *index.get(&values[fact]));
        let mut interview = Interview::new(&judge, Answers::unknown(kb.facts.len()), false);
        let mut proven = None;
        let mut steps = 0;
        loop {
            steps += 1;
            prop_assert!(steps < 30, "it does not end");
            proven = proven.or(interview.take_proof().map(|proof| (proof.decision, proof.leader)));
            match interview.step() {
                Step::Question(question) => interview.answer(told(question.fact)),
                Step::Offer(_) => interview.choose(if check { AtOffer::Check } else { AtOffer::Onward }),
                Step::Clash(clash) => interview.bear(clash),
                Step::Review => interview.finish(),
                Step::Done => break,
            }
        }
        let mut all = Answers::unknown(kb.facts.len());
        for fact in kb.facts.ids() {
            match told(fact) {
                Some(answer) => all.set(fact, Some(answer)),
                None => all.decline(fact),
            }
        }
        if let Some((decision, leader)) = proven {
            prop_assert_eq!(judge.judge(&all).decisions[decision].leader(), Some(leader));
        }
    }

    /// Fewer open answers than the judge names never change the leader.
    #[test]
    fn fewer_answers_than_named_never_change_the_leader(given in any_answers(), other in any_answers(), order in any::<u64>()) {
        let kb = toy();
        let judge = Judge::new(&kb);
        let values = values(&kb);
        let mut answers = Answers::unknown(kb.facts.len());
        for fact in kb.facts.ids() {
            answers.set(fact, given[fact.index()].filter(|_| order >> fact.index() & 1 == 1).map(|index| *index.get(&values[fact])));
        }
        let judgement = judge.judge(&answers);
        let (_, ahead) = course(&judge, &answers, &judgement, &[]);
        let Some(leader) = judgement.decisions[DecisionId::new(0)].leader() else { return Ok(()) };
        let count = ahead.against.map_or(usize::MAX, |against| against - 1);
        let open: Vec<FactId> = kb.facts.ids().filter(|fact| answers.is_open(*fact)).collect();
        let chosen = open.iter().filter(|fact| other[fact.index()].is_some()).take(count);
        let mut more = answers.clone();
        for fact in chosen {
            more.set(*fact, other[fact.index()].map(|index| *index.get(&values[*fact])));
        }
        prop_assert_eq!(judge.judge(&more).decisions[DecisionId::new(0)].leader(), Some(leader));
    }
}
