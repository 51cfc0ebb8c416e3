//! The test of the cases: its figures, against figures reckoned by hand on the toy base.

#![allow(clippy::unwrap_used, reason = "a test that unwraps nothing fails, and says where")]

use super::support::toy;
use proptest::prelude::*;
use qun::calibrate::deciding::{deciding, rival};
use qun::calibrate::equal::equal_strengths;
use qun::calibrate::falsify::falsify;
use qun::calibrate::fit::{FLAT, fit};
use qun::calibrate::{Exam, exam, promises};
use qun::diagnostic::Files;
use qun::engine::judge::Judge;
use qun::engine::share;
use qun::ids::{DecisionId, FactId};
use qun::kb::effort::Measured;
use qun::kb::{Case, Folder, Keep, KnowledgeBase};

/// Cases of the toy base's form, read as a folder of their own.
fn cases(kb: &KnowledgeBase, files: &[(&str, &str)]) -> Vec<Case> {
    let written = files.iter().map(|(name, text)| ((*name).to_owned(), case(text))).collect();
    let folder = Folder { name: "cases".to_owned(), files: written };
    kb.read_cases(&folder, &mut Files::default()).expect("the cases are sound").into_iter().collect()
}

/// A case whose expectations and answers are these.
fn case(rest: &str) -> String {
    format!("name = {{ zh = \"它\", en = \"It\" }}\nsummary = {{ zh = \"它。\", en = \"It.\" }}\nsource = \"judgement\"\n{rest}")
}

const CAT: &str = "[expect]\nkind = \"feline\"\n[answers]\npet = \"cat\"";
/// Says cats, has a dog: eight points each for two kinds, the first in order leads.
const BOTH: &str = "[expect]\nkind = [\"feline\", \"canine\"]\n[answers]\nsays = \"cats\"\npet = \"dog\"";
/// Labelled a cat, but everything that can be seen is a dog.
const WRONG: &str = "[expect]\nkind = \"feline\"\n[answers]\npet = \"dog\"\nwalks = true";
/// A person said that it is none of the kinds, and yet it looks like a dog.
const NOBODY: &str = "[expect]\nkind = []\n[answers]\npet = \"dog\"\nwalks = true";
/// The same, and nothing says otherwise.
const STILL_NOBODY: &str = "[expect]\nkind = []\n[answers]\n";
const NOTHING: &str = "[expect]\nkind = \"feline\"\n[answers]\n";

#[test]
fn the_shares_of_a_judgement_are_the_exact_ones_rounded() {
    let points = [31, 12, -8, 12];
    let exact = share::exact(&points, 2_500);
    assert!((exact.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    for (exact, rounded) in exact.iter().zip(share::shares(&points, 2_500)) {
        assert!((exact * 10_000.0 - f64::from(rounded)).abs() <= 0.5);
    }
}

#[test]
fn a_hit_a_hybrid_a_miss_and_an_abstention_are_counted_as_such() {
    let kb = toy();
    let cases = cases(&kb, &[("a.toml", CAT), ("b.toml", BOTH), ("c.toml", WRONG), ("d.toml", NOTHING)]);
    let exam = Exam::take(&kb, &cases, DecisionId::new(0), &[]);
    let found = exam.measures();
    assert_eq!((found.cases, found.top_one, found.any_on_top), (4, 1, 2));
    assert_eq!((found.hybrids, found.hybrids_kept), (1, 1), "canine and feline are both kept, in the other order");
    assert_eq!((found.abstentions, found.others_with_second), (1, 0));
    assert_eq!(found.top_two, 3, "feline is third only where nothing is known");
    let confusion = exam.confusion().counts;
    assert_eq!(*confusion, [vec![0; 4], vec![0; 4], vec![0, 2, 1, 1]], "rows by label, the last column abstains");
}

#[test]
fn cases_that_nobody_should_lead_are_counted_apart_and_are_part_of_the_promise() {
    let kb = toy();
    let cases = cases(&kb, &[("a.toml", CAT), ("b.toml", NOBODY), ("c.toml", STILL_NOBODY)]);
    let exam = Exam::take(&kb, &cases, DecisionId::new(0), &[]);
    let found = exam.measures();
    assert_eq!((found.cases, found.top_one, found.abstentions), (1, 1, 0));
    assert_eq!((found.nobody, found.nobody_kept), (2, 1));
    let promise = |first| Measured {
        decision: DecisionId::new(0),
        first: Some(first),
        auc: None,
        never: None,
        kept: None,
        extra: None,
        hides: Vec::new(),
        place: kb.facts[FactId::new(0)].place.clone(),
    };
    let broken = promises::by_exam(&promise(67), &found);
    assert_eq!(broken.iter().map(promises::Broken::reached).collect::<Vec<_>>(), ["2/3 (66.6%)"]);
    assert_eq!(promises::by_exam(&promise(66), &found), []);
}

#[test]
fn an_exam_comes_to_what_the_whole_judgement_says() {
    for kb in [toy(), KnowledgeBase::embedded()] {
        let judge = Judge::new(&kb);
        for decision in kb.decisions.ids().filter(|decision| kb.decisions[*decision].keep == Keep::Leaders) {
            for one in &Exam::take(&kb, &kb.cases, decision, &[]).verdicts {
                let judged = judge.judge(&one.case.answers);
                let outcome = &judged.decisions[decision];
                assert_eq!(one.chosen, outcome.chosen().iter().collect::<Vec<_>>(), "{}", one.case.id);
                assert_eq!(one.order, outcome.accounts().map(|account| account.candidate).collect::<Vec<_>>());
                for account in outcome.accounts() {
                    assert_eq!((one.points[account.candidate], &one.lines[account.candidate]), (account.points, &account.lines));
                }
                assert_eq!(one.gap, judged.gap.is_some_and(|gap| gap.decision == decision));
            }
        }
    }
}

#[test]
fn log_loss_and_brier_score_are_the_textbook_ones() {
    let kb = toy();
    let cases = cases(&kb, &[("a.toml", CAT), ("b.toml", BOTH)]);
    let found = Exam::take(&kb, &cases, DecisionId::new(0), &[]).measures();
    // Aquatic −8, canine 0, feline 8 points; then −8, 8 and 8. Ten points are tenfold odds at temperature 1.
    let odds = |points: f64| 10_f64.powf(points / 10.0);
    let shares = |points: [f64; 3]| points.map(|one| odds(one) / points.iter().map(|one| odds(*one)).sum::<f64>());
    let (cat, both) = (shares([-8.0, 0.0, 8.0]), shares([-8.0, 8.0, 8.0]));
    let log_loss = -(cat[2].ln() + (both[1] + both[2]).ln()) / 2.0;
    let brier_cat = (1.0 - cat[2]).powi(2) + cat[0].powi(2) + cat[1].powi(2);
    let brier_both = (1.0 - both[1] - both[2]).powi(2) + both[0].powi(2);
    assert!((found.log_loss - log_loss).abs() < 1e-12, "{} {log_loss}", found.log_loss);
    assert!((found.brier - f64::midpoint(brier_cat, brier_both)).abs() < 1e-12);
}

#[test]
fn every_case_falls_into_one_band_of_the_reliability_table() {
    let kb = toy();
    let cases = cases(&kb, &[("a.toml", CAT), ("b.toml", BOTH), ("c.toml", WRONG), ("d.toml", NOTHING)]);
    let bands = Exam::take(&kb, &cases, DecisionId::new(0), &[]).reliability();
    assert_eq!(bands.iter().map(|band| band.cases).sum::<usize>(), 4);
    assert_eq!(bands.iter().map(|band| band.right).sum::<usize>(), 2, "the cat and the hybrid have a label first");
    for band in bands.iter().filter(|band| band.cases > 0) {
        let percent = band.share * 100.0;
        assert!(percent >= f64::from(band.low) && percent <= f64::from(band.high), "{band:?}");
    }
}

#[test]
fn an_answer_taken_away_counts_as_if_it_had_never_been_given() {
    let kb = toy();
    let says = kb.fact("says").unwrap();
    let with = cases(&kb, &[("a.toml", "[expect]\nkind = \"feline\"\n[answers]\nsays = \"dogs\"\npet = \"cat\"")]);
    let without = cases(&kb, &[("a.toml", CAT)]);
    let taken = Exam::take(&kb, &with, DecisionId::new(0), &[says]);
    assert_eq!(taken.verdicts[0].points, Exam::take(&kb, &without, DecisionId::new(0), &[]).verdicts[0].points);
    assert_ne!(taken.verdicts[0].points, Exam::take(&kb, &with, DecisionId::new(0), &[]).verdicts[0].points);
}

#[test]
fn the_facts_that_decided_a_miss_are_named_with_their_lines() {
    let kb = toy();
    let cases = cases(&kb, &[("c.toml", WRONG)]);
    let exam = Exam::take(&kb, &cases, DecisionId::new(0), &[]);
    let miss = exam.misses().next().expect("it is a miss");
    let rival = rival(miss).unwrap();
    assert_eq!(kb.candidate(DecisionId::new(0), rival).id, "canine");
    let found = deciding(&exam, miss, rival);
    let named: Vec<(i32, &str)> = found.iter().map(|one| (one.net, kb.facts[one.facts[0]].id.as_str())).collect();
    assert_eq!(named, [(10, "walks"), (8, "pet")], "+5 for and −5 against; +8 for");
    let net: i32 = found.iter().map(|one| one.net).sum();
    assert_eq!(net, miss.points[rival] - miss.points[miss.expected[0]], "nothing that decided is left out");
}

#[test]
fn a_false_answer_is_tried_once_per_other_option_of_every_case_that_answers() {
    let kb = toy();
    let cases = cases(&kb, &[("a.toml", CAT), ("b.toml", BOTH), ("d.toml", NOTHING)]);
    let exam = Exam::take(&kb, &cases, DecisionId::new(0), &[]);
    let pet = falsify(&exam, kb.fact("pet").unwrap());
    assert_eq!((pet.cases, pet.trials), (2, 4), "two other pets for each of two cases");
    let size = falsify(&exam, kb.fact("size").unwrap());
    assert_eq!((size.cases, size.trials), (0, 0), "nobody answers it");
    // A cat turned into a dog or a fish never stays a cat; the hybrid's leader falls with its dog, too.
    assert_eq!((pet.holds, pet.on_top), (0, 1), "saying cats and keeping one is on top again");
    let changed: Vec<(&str, Option<&str>)> = pet
        .changed
        .iter()
        .map(|change| (change.case.as_str(), change.leader.map(|leader| kb.candidate(DecisionId::new(0), leader).id.as_str())))
        .collect();
    assert_eq!(changed, [("a", Some("canine")), ("a", Some("aquatic")), ("b", Some("feline")), ("b", Some("aquatic"))]);
}

#[test]
fn a_false_reason_is_seen_through_and_the_gap_is_named() {
    let kb = toy();
    let cases = cases(
        &kb,
        &[(
            "a.toml",
            "[expect]\nkind = \"feline\"\n[answers]\nsays = \"cats\"\npet = \"cat\"\nwalks = false\ntoys = [\"wool\"]\nsize = 4",
        )],
    );
    let exam = Exam::take(&kb, &cases, DecisionId::new(0), &[]);
    assert_eq!(exam.measures().gaps, 0);
    let found = falsify(&exam, kb.fact("says").unwrap());
    assert_eq!((found.trials, found.holds, found.gaps, found.warned), (1, 1, 1, 0));
}

#[test]
fn equal_strengths_keep_every_sign_and_lose_every_difference() {
    let kb = toy();
    let (equal, size) = equal_strengths(&kb);
    let lines = |kb: &KnowledgeBase| -> Vec<i32> {
        let candidates = kb.decisions.iter().flat_map(|decision| &decision.candidates);
        candidates.flat_map(|one| &one.evidence).map(|line| line.points).collect()
    };
    let (before, after) = (lines(&kb), lines(&equal));
    let sum: i32 = before.iter().map(|points| points.abs()).sum();
    let mean = f64::from(sum) / f64::from(u32::try_from(before.len()).unwrap());
    assert!((f64::from(size) - mean).abs() <= 0.5, "{size} {mean}");
    for (before, after) in before.iter().zip(after) {
        assert_eq!(after, before.signum() * size);
    }
}

#[test]
fn no_temperature_is_better_than_the_fitted_one() {
    let kb = toy();
    // Right cases ask for a low temperature, the wrong one for a high one.
    let right = "[expect]\nkind = \"canine\"\n[answers]\nsays = \"dogs\"\npet = \"dog\"\nwalks = true";
    let cases = cases(&kb, &[("a.toml", CAT), ("b.toml", BOTH), ("c.toml", WRONG), ("e.toml", right), ("f.toml", CAT)]);
    let found = fit(&Exam::take(&kb, &cases, DecisionId::new(0), &[])).expect("there are cases");
    let loss = |temperature: i64| {
        let mut kb = kb.clone();
        kb.temperature = temperature;
        Exam::take(&kb, &cases, DecisionId::new(0), &[]).measures().log_loss
    };
    assert!((loss(found.best.temperature) - found.best.loss).abs() < 1e-12);
    assert!((found.now.loss - loss(1_000)).abs() < 1e-12);
    for temperature in (100..10_000).step_by(490).chain((10_000..=100_000).step_by(4_500)) {
        assert!(loss(temperature) >= found.best.loss - 1e-6, "{temperature} is better than {:?}", found.best);
    }
    let (low, high) = found.flat;
    assert!(low < found.best.temperature && found.best.temperature < high);
    for edge in [low, high] {
        assert!(loss(edge) <= found.best.loss + FLAT);
    }
    assert!(loss(low - 20) > found.best.loss + FLAT && loss(high + 20) > found.best.loss + FLAT);
    let held: Vec<(&str, usize)> =
        found.held_out.iter().map(|one| (kb.candidate(DecisionId::new(0), one.label).id.as_str(), one.cases)).collect();
    assert_eq!(held, [("canine", 1), ("feline", 4)]);
    assert!(found.held_out_loss >= found.best.loss, "a fit that has not seen a case does not fit it better");
}

#[test]
fn cases_that_are_all_right_cannot_tell_the_temperature() {
    let kb = toy();
    let right = fit(&Exam::take(&kb, &cases(&kb, &[("a.toml", CAT)]), DecisionId::new(0), &[])).expect("there is a case");
    assert!(right.is_at_the_edge() && right.best.temperature == 100, "{right:?}");
    let mixed = cases(&kb, &[("a.toml", CAT), ("c.toml", WRONG)]);
    let mixed = fit(&Exam::take(&kb, &mixed, DecisionId::new(0), &[])).expect("there are cases");
    assert!(!mixed.is_at_the_edge());
    for found in [right, mixed] {
        let has = |temperature: i64| found.curve.iter().any(|at| at.temperature == temperature);
        assert!(has(found.now.temperature) && has(found.best.temperature));
        assert!(found.curve.is_sorted_by(|one, other| one.temperature < other.temperature));
    }
}

#[test]
fn an_exam_without_cases_has_figures_and_no_fit() {
    let kb = toy();
    let exam = Exam::take(&kb, &[], DecisionId::new(0), &[]);
    assert_eq!(exam.measures().cases, 0);
    assert!(exam.measures().log_loss.abs() < 1e-12);
    assert!(fit(&exam).is_none());
}

#[test]
fn only_leader_decisions_are_judged_and_only_by_cases_that_expect_something_of_them() {
    let kb = toy();
    assert_eq!(exam::first_leaders(&kb), kb.decision("kind"));
    let styles = Exam::take(&kb, &kb.cases, kb.decision("style").unwrap(), &[]);
    assert_eq!(styles.verdicts.iter().map(|one| one.case.id.as_str()).collect::<Vec<_>>(), ["rex"]);
}

#[test]
fn faults_of_cases_from_elsewhere_name_file_place_and_spelling() {
    let kb = toy();
    let files = [("good.toml".to_owned(), case(CAT)), ("bad.toml".to_owned(), case(&CAT.replace("feline", "felin")))];
    let mut names = Files::default();
    let folder = Folder { name: "held-out".to_owned(), files: files.to_vec() };
    let faults = kb.read_cases(&folder, &mut names).expect_err("a candidate is misspelled");
    assert_eq!(faults.len(), 1);
    assert_eq!((faults[0].name, names.name(faults[0].place.file)), ("unknown-candidate", "held-out/bad.toml"));
    assert_eq!(faults[0].near.as_deref(), Some("feline"));
}

proptest! {
    /// Each further right answer may only add points to the label; losses and scores stay in their range.
    #[test]
    fn measures_stay_in_their_range(pet in 0..3_usize, says in 0..2_usize, walks: bool, label in 0..3_usize) {
        let kb = toy();
        let text = format!(
            "[expect]\nkind = \"{}\"\n[answers]\npet = \"{}\"\nsays = \"{}\"\nwalks = {walks}",
            ["aquatic", "canine", "feline"][label], ["cat", "dog", "fish"][pet], ["cats", "dogs"][says]
        );
        let cases = cases(&kb, &[("a.toml", &text)]);
        let exam = Exam::take(&kb, &cases, DecisionId::new(0), &[]);
        let found = exam.measures();
        prop_assert!(found.log_loss >= 0.0 && (0.0..=2.0).contains(&found.brier));
        prop_assert!(found.top_one <= found.any_on_top && found.top_one <= found.top_two);
        let one = &exam.verdicts[0];
        let rival = rival(one).unwrap();
        let net: i32 = deciding(&exam, one, rival).iter().map(|part| part.net).sum();
        prop_assert_eq!(net, one.points[rival] - one.points[one.expected[0]]);
    }
}
