//! Profiles side by side: every difference is explained by answers that differ, and
//! the explanation holds when it is carried out.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use super::support::Draws;
use crate::thorough::thorough;
use qun::advice::advise;
use qun::answer::Answers;
use qun::compare::review::Fate;
use qun::compare::{Comparison, Given, MOST, noted};
use qun::diagnostic::Files;
use qun::ids::DecisionId;
use qun::interview::draft;
use qun::kb::KnowledgeBase;
use qun::profile::done::Outcome;
use qun::profile::{self, Profile};
use qun::report::compare::{json::compare, page};
use qun::report::page::Extent;
use qun::report::{markdown, schema, terminal};
use qun::text::Lang;

const FIRST: DecisionId = DecisionId::new(0);

fn given(profile: &Profile) -> Given<'_> {
    Given { profile, done: Vec::new() }
}

fn cases(kb: &KnowledgeBase) -> Vec<Profile> {
    let of = |case: &qun::kb::Case| Profile { id: Some(case.id.clone()), ..Profile::of(case.answers.clone()) };
    kb.cases.iter().map(of).collect()
}

fn leader(kb: &KnowledgeBase, answers: &Answers) -> Option<qun::ids::CandidateId> {
    advise(kb, answers).judgement.decisions[FIRST].chosen().leader()
}

fn read(kb: &KnowledgeBase, text: &str) -> Result<Profile, Vec<String>> {
    let found = profile::read(&kb.facts, "a.toml", text.as_bytes(), &mut Files::default());
    found.map_err(|faults| faults.iter().map(|fault| fault.name.to_owned()).collect())
}

#[test]
fn the_answers_named_are_enough_and_none_of_them_can_be_left_out() {
    let kb = KnowledgeBase::embedded();
    let all = cases(&kb);
    let mut draws = Draws(0x5EED_0014);
    let mut seen = 0;
    for _ in 0..thorough(200, 5) {
        let pair = [draws.below(all.len()), draws.below(all.len())];
        let [first, second] = pair.map(|at| &all[at]);
        let found = Comparison::of(&kb, &[given(first), given(second)]);
        let step = &found.steps[0];
        let wanted = leader(&kb, &second.answers);
        assert_eq!(step.enough.is_some(), leader(&kb, &first.answers) != wanted);
        if let Some(facts) = &step.enough {
            let with = |left_out: Option<usize>| {
                let mut answers = first.answers.clone();
                let kept = facts.iter().enumerate().filter(|(at, _)| Some(*at) != left_out);
                kept.for_each(|(_, fact)| answers.set(*fact, second.answers.get(*fact)));
                leader(&kb, &answers)
            };
            assert!(!facts.is_empty() && facts.iter().all(|fact| step.difference.answers.contains(fact)));
            assert_eq!(with(None), wanted, "{:?} {:?}", first.id, second.id);
            for (at, fact) in facts.iter().enumerate() {
                assert_ne!(with(Some(at)), wanted, "{:?} {:?}: {} is not needed", first.id, second.id, kb.facts[*fact].id);
            }
            seen += 1;
        }
    }
    assert!(seen > 1, "{seen}");
}

#[test]
fn what_an_answer_does_alone_is_what_the_advice_says_when_only_it_is_put_in() {
    let kb = KnowledgeBase::embedded();
    let all = cases(&kb);
    let mut draws = Draws(0x5EED_0015);
    for _ in 0..thorough(30, 1) {
        let [first, second] = [(); 2].map(|()| &all[draws.below(all.len())]);
        let found = Comparison::of(&kb, &[given(first), given(second)]);
        let before = advise(&kb, &first.answers);
        let step = &found.steps[0];
        assert_eq!(step.answers.len(), step.difference.answers.len());
        for one in &step.answers {
            let mut answers = first.answers.clone();
            answers.set(one.fact, second.answers.get(one.fact));
            let after = advise(&kb, &answers);
            let difference = qun::whatif::change::Difference::between(&kb, (&first.answers, &before), (&answers, &after));
            assert_eq!(one.moves, difference.moves, "{}", kb.facts[one.fact].id);
            assert_eq!(one.planned, difference.actions);
            let other: Vec<_> = difference.leaders.into_iter().filter(|one| one.before != one.after).collect();
            assert_eq!(one.leaders, other);
            for candidate in kb.decisions[FIRST].candidates.ids() {
                let points = |advice: &qun::advice::Advice| advice.judgement.decisions[FIRST].of(candidate).unwrap().points;
                let adds = one.points.iter().find(|(of, _)| *of == candidate).map_or(0, |(_, adds)| *adds);
                assert_eq!(adds, points(&after) - points(&before));
            }
        }
    }
}

#[test]
fn every_page_is_whole_in_both_languages_and_the_json_keeps_to_its_schema() {
    let kb = KnowledgeBase::embedded();
    let shape = jsonschema::validator_for(&serde_json::from_str(&schema::render(&kb, "compare").unwrap()).unwrap()).unwrap();
    let all = cases(&kb);
    let mut draws = Draws(0x5EED_0016);
    for round in 0..thorough(60, 4) {
        let count = 2 + round % (MOST - 1);
        let profiles: Vec<&Profile> = (0..count).map(|_| &all[draws.below(all.len())]).collect();
        let sides: Vec<Given<'_>> = profiles.iter().map(|one| given(one)).collect();
        let found = Comparison::of(&kb, &sides);
        let value = compare(&found);
        assert!(shape.is_valid(&value), "{:?}", shape.iter_errors(&value).next().map(|error| error.to_string()));
        assert_eq!(value["steps"].as_array().unwrap().len(), count - 1);
        for lang in Lang::BOTH {
            for extent in [Extent::Usual, Extent::Full] {
                let page = page(&found, &[], lang, extent);
                let text = terminal::render(&page, terminal::Setting { width: 80, colour: false });
                assert!(
                    !text.contains('{') && text.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 80),
                    "{text}"
                );
                assert!(!markdown::render(&page, lang).contains('{'));
            }
        }
    }
}

const THEN: &str = "id = \"a\"\nsells-now = [\"membership\"]\nmembers = 300\n";

#[test]
fn one_community_over_time_is_a_review_of_what_was_planned() {
    let kb = KnowledgeBase::embedded();
    let case = kb.cases.iter().find(|case| case.id == "chenzao").unwrap();
    let then = Profile { id: Some("a".to_owned()), ..Profile::of(case.answers.clone()) };
    let plan = advise(&kb, &then.answers).plan;
    let tells = |action: &&qun::advice::plan::Action| {
        use qun::advice::plan::Step;
        !matches!(action.step, Step::Learn | Step::Check(_))
    };
    let planned: Vec<_> = plan.actions.iter().filter(tells).collect();
    assert!(planned.len() > 2);
    let outcomes = [Outcome::Met, Outcome::Missed, Outcome::On("2026-05-01".to_owned())];
    let done: Vec<_> = planned.iter().zip(outcomes).map(|(action, outcome)| (action.at, outcome)).collect();
    let found = Comparison::of(&kb, &[given(&then), Given { profile: &then, done: done.clone() }]);
    assert!(found.is_review);
    let review = &found.steps[0].review;
    assert_eq!(review.len(), plan.actions.len(), "the whole plan is reviewed");
    for (at, outcome) in done {
        assert!(review.iter().any(|one| one.action.at == at && one.fate == Fate::Noted(outcome.clone())), "{outcome:?}");
    }
    let others = review.iter().filter(|one| !matches!(one.fate, Fate::Noted(_)));
    others.for_each(|one| assert!(matches!(one.fate, Fate::Again(_)), "the same answers plan the same: {:?}", one.fate));
    // Another id is another community, and so is no id at all.
    let other = Profile { id: Some("b".to_owned()), ..then.clone() };
    assert!(!Comparison::of(&kb, &[given(&then), given(&other)]).is_review);
    let nameless = Profile::of(then.answers.clone());
    assert!(!Comparison::of(&kb, &[given(&nameless), given(&nameless)]).is_review);
}

#[test]
fn what_runs_later_shows_what_was_done_without_a_note() {
    let kb = KnowledgeBase::embedded();
    let fact = qun::profile::streams::listing(&kb.facts).unwrap();
    let mut shown = 0;
    for case in kb.cases.iter().step_by(thorough(1, 24)) {
        let plan = advise(&kb, &case.answers).plan;
        let begins = plan.actions.iter().filter(|action| matches!(action.step, qun::advice::plan::Step::Begin { .. }));
        let Some(begun) = begins.map(|action| action.at).next() else { continue };
        let Some(qun::answer::Answer::Choices(runs)) = case.answers.get(fact) else { continue };
        let option = qun::ids::OptionId::new(begun.1.index());
        let mut later = case.answers.clone();
        later.set(fact, Some(qun::answer::Answer::Choices(runs.with(option))));
        let [then, now] =
            [&case.answers, &later].map(|answers| Profile { id: Some("a".to_owned()), ..Profile::of(answers.clone()) });
        let found = Comparison::of(&kb, &[given(&then), given(&now)]);
        let fate = found.steps[0]
            .review
            .iter()
            .find(|one| one.action.at == begun && matches!(one.action.step, qun::advice::plan::Step::Begin { .. }));
        assert_eq!(fate.unwrap().fate, Fate::Shown, "{}", case.id);
        shown += 1;
    }
    assert!(shown > 1, "{shown}");
}

#[test]
fn notes_are_read_in_every_spelling_and_written_back() {
    let kb = KnowledgeBase::embedded();
    let text = format!(
        "{THEN}kb = \"1.2.3\"\n[done]\nmembership = true\n\"图书与教辅\" = 2026-05-01\n\"channels/shop\" = \"半数 \\\"续了\\\"\"\nevent-tickets = false\ncourses = \"?\"\n"
    );
    let found = read(&kb, &text).unwrap();
    let outcomes: Vec<&Outcome> = found.done.iter().map(|one| &one.outcome).collect();
    let (day, words) = (Outcome::On("2026-05-01".to_owned()), Outcome::Words("半数 \"续了\"".to_owned()));
    assert_eq!(outcomes, [&Outcome::Met, &day, &words, &Outcome::Missed]);
    let mut faults = Vec::new();
    assert_eq!(noted::done(&kb, &found, &mut faults).len(), 4);
    assert!(faults.is_empty());
    let plain = |profile: &Profile| {
        let done: Vec<_> = profile.done.iter().map(|one| (one.name.value.clone(), one.outcome.clone())).collect();
        (profile.id.clone(), profile.base.clone(), profile.answers.clone(), done)
    };
    for lang in Lang::BOTH {
        assert_eq!(plain(&read(&kb, &draft::write(&kb, &found, lang)).unwrap()), plain(&found));
    }
    let json = draft::json(&kb, &found);
    let again = profile::read(&kb.facts, "a.json", json.as_bytes(), &mut Files::default()).unwrap();
    assert_eq!(plain(&again), plain(&found), "{json}");
    let schema = jsonschema::validator_for(&serde_json::from_str(&schema::render(&kb, "profile").unwrap()).unwrap()).unwrap();
    assert!(schema.is_valid(&serde_json::from_str(&json).unwrap()), "{json}");
    assert_eq!(read(&kb, "done = 3").unwrap_err(), ["wrong-answer-kind"]);
    assert_eq!(read(&kb, "[done]\nmembership = 3").unwrap_err(), ["wrong-answer-kind"]);
    assert_eq!(read(&kb, "[done]\nmembership = [\"a\"]").unwrap_err(), ["wrong-answer-kind"]);
    let unknown = read(&kb, "[done]\nmembershop = true\nbrand = true").unwrap();
    noted::done(&kb, &unknown, &mut faults);
    let names: Vec<_> = faults.iter().map(|fault| (fault.name, fault.near.as_deref())).collect();
    assert_eq!(names[0], ("unknown-done", Some("membership")));
    assert_eq!(names[1].0, "unknown-done", "a type is nothing that is done");
}
