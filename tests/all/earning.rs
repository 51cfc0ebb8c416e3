//! What cases really run against the order of an all-keeping decision, and the
//! promises of the manifest: figures reckoned by hand on the toy base.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use super::four::{CAT, FOUR, promising, with};
use super::support::{changed, toy};
use qun::calibrate::earning::{Earning, earning, telling};
use qun::calibrate::promises::{Figure, broken};
use qun::diagnostic::Files;
use qun::engine::chain::chain;
use qun::engine::kernel::Points;
use qun::engine::score::all_points;
use qun::ids::CandidateId;
use qun::kb::{Case, Folder, KnowledgeBase, Runs};
use qun::lint::{self, Settings, Subject};
use std::collections::BTreeSet;

fn load(folder: &Folder) -> KnowledgeBase {
    KnowledgeBase::load(folder, &mut Files::default()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn judged(kb: &KnowledgeBase, is_unseen: bool) -> Earning {
    let offer = kb.decision("offer").unwrap();
    let cases: Vec<&Case> = kb.cases.iter().filter(|case| case.unseen == is_unseen).collect();
    earning(kb, &cases, offer, &telling(kb, offer, &[]))
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-12
}

#[test]
fn hits_areas_and_refusals_are_those_reckoned_by_hand() {
    let kb = load(&with(&FOUR));
    let found = judged(&kb, false);
    // Walking has 8 points for a dog and none for a cat, grooming five for either.
    assert_eq!((found.cases, found.ours.first, found.running, found.refused), (4, 3, 5, 1));
    assert!(close(found.ours.auc, 0.75) && close(found.ours.precision, 0.75), "{found:?}");
    let misses: Vec<&str> = found.misses.iter().map(|miss| miss.case.as_str()).collect();
    assert_eq!(misses, ["d"]);
    let walking = kb.decisions[found.decision].candidate("walking").unwrap();
    assert_eq!((&found.misses[0].runs[..], &found.misses[0].refused[..]), (&[(walking, 2)][..], &[walking][..]));
}

#[test]
fn a_case_never_counts_for_its_own_baseline() {
    let found = judged(&load(&with(&FOUR)), false);
    // Of the others: a and d see two of each, b three walked and one groomed; ties go to grooming, and count half.
    assert_eq!((found.frequent.first, found.of_kind.first), (1, 1));
    assert!(close(found.frequent.auc, 0.5) && close(found.frequent.precision, 0.25), "{found:?}");
    // Of their kind first: a sees one dog with both and ties, b only the walked cat, d only the groomed one.
    assert!(close(found.of_kind.auc, 0.375), "{found:?}");
}

#[test]
fn cases_that_are_kept_apart_are_judged_apart_and_count_for_no_baseline() {
    let mut cases = FOUR;
    cases[2].2 = true;
    cases[3].2 = true;
    let kb = load(&with(&cases));
    let (seen, unseen) = (judged(&kb, false), judged(&kb, true));
    assert_eq!((seen.cases, seen.ours.first, unseen.cases, unseen.ours.first), (2, 2, 2, 1));
    // Only a and b are counted: each sees nothing but what it does not run.
    assert!(close(seen.frequent.auc, 0.0) && seen.frequent.first == 0, "{seen:?}");
    // c runs both; d sees one of each.
    assert!(close(unseen.frequent.auc, 0.75), "{unseen:?}");
}

#[test]
fn the_facts_that_tell_what_runs_are_hidden() {
    let kb = toy();
    let offer = kb.decision("offer").unwrap();
    let fact = |id: &str| kb.fact(id).unwrap();
    assert_eq!(telling(&kb, offer, &[]), [fact("does-now")], "its options are the candidates");
    let named = "[[measured]]\ndecision = \"offer\"\nhides = [\"walks\"]\n\n[[decisions]]\nid = \"kind\"";
    let hiding = load(&changed("qun.toml", "[[decisions]]\nid = \"kind\"", named));
    assert_eq!(telling(&hiding, offer, &[fact("pet")]), [fact("pet"), fact("walks"), fact("does-now")]);
    // Without the pet nothing speaks for either.
    let kb = load(&with(&FOUR[..1]));
    let cases: Vec<&Case> = kb.cases.iter().collect();
    assert_eq!(earning(&kb, &cases, offer, &telling(&kb, offer, &[fact("pet"), fact("walks")])).refused, 1);
}

/// The area under the curve by the sum of ranks (Mann and Whitney), ties sharing their ranks.
fn by_ranks(points: &Points, real: &BTreeSet<CandidateId>) -> f64 {
    let below = |one: CandidateId| points.iter().filter(|other| **other < points[one]).count();
    let tied = |one: CandidateId| points.iter().filter(|other| **other == points[one]).count();
    let twice: usize = real.iter().map(|one| 2 * below(*one) + tied(*one) + 1).sum();
    let (n, others) = (real.len(), points.len() - real.len());
    let count = |n: usize| f64::from(u32::try_from(n).unwrap());
    (count(twice) / 2.0 - count(n * (n + 1)) / 2.0) / count(n * others)
}

#[test]
fn the_area_is_the_one_that_ranks_give() {
    let kb = KnowledgeBase::embedded();
    let decision = kb.decisions.position(|one| one.keep == qun::kb::Keep::All).unwrap();
    let hidden = telling(&kb, decision, &[]);
    let all = kb.decisions[decision].candidates.len();
    for (number, case) in kb.cases.pairs() {
        let number = number.index();
        let real = (0..=number % 7).map(|step| CandidateId::new((number * 5 + step * 3) % all));
        let real: BTreeSet<CandidateId> = real.collect();
        let streams = real.iter().map(|one| (decision, *one)).collect();
        let case = Case { runs: Some(Runs { streams, most: None }), ..case.clone() };
        let mut answers = case.answers.clone();
        hidden.iter().for_each(|fact| answers.set(*fact, None));
        let points = all_points(&kb, decision, &answers, &chain(&kb, &answers, decision));
        let found = earning(&kb, &[&case], decision, &hidden);
        assert!(close(found.ours.auc, by_ranks(&points, &real)), "{}: {}", case.id, found.ours.auc);
    }
}

#[test]
fn promises_are_kept_to_the_last_case_and_no_further() {
    let figures = |promises: &str| {
        let found = broken(&load(&promising(promises)));
        found.into_iter().map(|one| (one.figure, one.reached())).collect::<Vec<_>>()
    };
    let offer = |rest: &str| figures(&format!("[[measured]]\ndecision = \"offer\"\n{rest}"));
    assert_eq!(offer("first = 75\nauc = 75\nnever = 20"), []);
    assert_eq!(offer("first = 76"), [(Figure::Runs, "3/4 (75.0%)".to_owned())]);
    assert_eq!(offer("auc = 76"), [(Figure::Auc, "0.750".to_owned())]);
    assert_eq!(offer("never = 19"), [(Figure::Never, "1/5 (20.0%)".to_owned())]);
    let kind = |rest: &str| figures(&format!("[[measured]]\ndecision = \"kind\"\n{rest}"));
    assert_eq!(kind("first = 100\nextra = 0"), []);
    assert_eq!(kind("kept = 1"), [(Figure::Kept, "0/0".to_owned())], "what no case can show is not kept");
}

/// The names of the findings about cases and promises.
fn findings(folder: &Folder) -> Vec<&'static str> {
    let mut files = Files::default();
    let kb = KnowledgeBase::load(folder, &mut files).unwrap();
    let found = lint::run(&Subject::new(&kb, &files, &folder.name), &Settings::default());
    found.iter().filter(|one| one.name.starts_with("missed-")).map(|one| one.name).collect()
}

#[test]
fn where_a_share_is_promised_a_single_miss_is_no_finding() {
    let mut cases = FOUR;
    let wrong = CAT.replace("feline", "canine");
    cases[3].3 = &wrong;
    let mut folder = with(&cases);
    assert_eq!(findings(&folder), ["missed-cases"]);
    let promise = |folder: &mut Folder, percent: u8| {
        let (_, text) = folder.files.iter_mut().find(|(name, _)| name == "qun.toml").unwrap();
        text.push_str(&format!("\n[[measured]]\ndecision = \"kind\"\nfirst = {percent}\n"));
    };
    let mut strict = Folder { name: folder.name.clone(), files: folder.files.clone() };
    promise(&mut folder, 75);
    assert_eq!(findings(&folder), [""; 0]);
    promise(&mut strict, 76);
    assert_eq!(findings(&strict), ["missed-measures"]);
    cases[3].2 = true;
    assert_eq!(findings(&with(&cases)), [""; 0], "a case that is kept apart judges nothing here");
}
