//! The nearest known case: which one it is, how it differs, and when nobody is near.

#![allow(clippy::unwrap_used, reason = "a test that unwraps nothing fails, and says where")]

use super::support::{changed, completions, domains, toy};
use proptest::prelude::*;
use qun::advice::advise;
use qun::advice::nearest::FEWEST;
use qun::answer::{Answer, Answers};
use qun::diagnostic::Files;
use qun::ids::FactId;
use qun::kb::KnowledgeBase;

fn answers(kb: &KnowledgeBase, text: &str) -> Answers {
    qun::profile::read(&kb.facts, "profile.toml", text.as_bytes(), &mut Files::default()).expect("a sound profile").answers
}

fn nearest(kb: &KnowledgeBase, text: &str) -> Option<(String, u32, Vec<String>)> {
    let found = advise(kb, &answers(kb, text)).nearest?;
    let differs = found.differs.iter().map(|fact| kb.facts[*fact].id.clone()).collect();
    Some((kb.cases[found.case].id.clone(), found.distance, differs))
}

#[test]
fn a_case_is_nearest_to_itself_and_differs_in_nothing() {
    let kb = toy();
    for case in &kb.cases {
        let found = advise(&kb, &case.answers).nearest.expect("it knows enough");
        assert_eq!((kb.cases[found.case].id.as_str(), found.distance, found.differs), (case.id.as_str(), 0, Vec::new()));
        assert_eq!(found.common, case.answers.known());
    }
}

#[test]
fn options_count_by_what_is_shared_and_numbers_by_the_thresholds_between_them() {
    let kb = toy();
    // Tom: says cats, pet cat, toys wool, size 4.5, walks no. One of two toys is shared: half apart.
    // Thresholds of size: 1, 8, 20.5 and 60; 8 and 20.5 lie between 4.5 and 30: half apart.
    let found = nearest(&kb, "pet = \"cat\"\nsays = \"cats\"\ntoys = [\"wool\", \"ball\"]\nsize = 30\nwalks = false");
    assert_eq!(found, Some(("tom".to_owned(), (500 + 500) / 5, vec!["toys".to_owned(), "size".to_owned()])));
    let same_cell = nearest(&kb, "pet = \"cat\"\nsays = \"cats\"\ntoys = [\"wool\"]\nsize = 7.9\nwalks = false");
    assert_eq!(same_cell, Some(("tom".to_owned(), 0, Vec::new())), "between 1 and 8 nothing tells numbers apart");
}

#[test]
fn what_the_case_leaves_open_counts_half_and_is_no_difference() {
    let kb = toy();
    // Rex knows pet, walks and toys; says and size are open.
    let found = nearest(&kb, "pet = \"dog\"\nwalks = true\ntoys = [\"ball\"]\nsize = 30\nsays = \"dogs\"");
    assert_eq!(found, Some(("rex".to_owned(), (500 + 500) / 5, Vec::new())));
}

#[test]
fn differences_are_named_from_the_greatest_on() {
    let kb = toy();
    let found = nearest(&kb, "pet = \"dog\"\nwalks = false\ntoys = [\"ball\", \"wool\"]");
    assert_eq!(found, Some(("rex".to_owned(), 1_500 / 3, vec!["walks".to_owned(), "toys".to_owned()])));
}

#[test]
fn nobody_is_near_who_is_more_unlike_than_like_or_hardly_known() {
    let kb = toy();
    assert_eq!(nearest(&kb, "pet = \"fish\"\nwalks = false\ntoys = [\"castle\"]\nsays = \"dogs\""), None);
    assert_eq!(nearest(&kb, "pet = \"cat\"\nsays = \"cats\""), None, "two answers make no likeness");
    let folder = changed("cases/tom.toml", "pet = \"cat\"\ntoys = [\"wool\"]\nsize = 4.5\nwalks = false", "pet = \"cat\"");
    let poor = KnowledgeBase::load(&folder, &mut Files::default()).unwrap();
    let found = nearest(&poor, "pet = \"cat\"\nsays = \"cats\"\ntoys = [\"ball\"]");
    assert_eq!(found, None, "nor do two answers of the case; rex shares two as well");
}

#[test]
fn the_first_case_of_the_base_wins_a_tie() {
    let rex = super::support::toy_folder().files.into_iter().find(|(path, _)| path == "cases/rex.toml").unwrap().1;
    let folder = changed("cases/max.toml", "", &rex);
    let kb = KnowledgeBase::load(&folder, &mut Files::default()).unwrap();
    let found = nearest(&kb, "pet = \"dog\"\nwalks = true\ntoys = [\"ball\"]");
    assert_eq!(found.map(|(case, ..)| case), Some("max".to_owned()));
}

#[test]
fn nobody_is_nearer_than_the_nearest() {
    let kb = toy();
    let relevant: Vec<FactId> = ["says", "pet", "walks"].iter().map(|id| kb.fact(id).unwrap()).collect();
    let mut found_some = 0;
    for answers in completions(&kb, &Answers::unknown(kb.facts.len()), &relevant) {
        let apart = |case: &qun::kb::Case| -> u32 {
            let one = |fact: &FactId| match case.answers.get(*fact) {
                None => 500,
                given => u32::from(given != answers.get(*fact)) * 1_000,
            };
            relevant.iter().map(one).sum::<u32>() / 3
        };
        let knows = |case: &&qun::kb::Case| relevant.iter().filter(|fact| case.answers.get(**fact).is_some()).count() >= FEWEST;
        let least = kb.cases.iter().filter(knows).map(apart).min().filter(|least| *least <= 500);
        let found = advise(&kb, &answers).nearest;
        assert_eq!(found.as_ref().map(|found| found.distance), least);
        found_some += usize::from(found.is_some());
    }
    assert!(found_some > 0);
}

proptest! {
    #[test]
    fn differences_are_the_facts_that_both_answer_otherwise(picks in proptest::collection::vec(0..8_usize, 6)) {
        let kb = toy();
        let domains = domains(&kb);
        let mut answers = Answers::unknown(kb.facts.len());
        for (fact, pick) in kb.facts.ids().zip(&picks) {
            answers.set(fact, domains[fact].get(*pick).copied());
        }
        if let Some(found) = advise(&kb, &answers).nearest {
            let case = &kb.cases[found.case].answers;
            let is_number = |fact: FactId| matches!(answers.get(fact), Some(Answer::Number(_)));
            for fact in kb.facts.ids() {
                let both = answers.get(fact).is_some() && case.get(fact).is_some();
                let differs = both && answers.get(fact) != case.get(fact);
                prop_assert!(found.differs.contains(&fact) == differs || is_number(fact));
            }
        }
    }
}
