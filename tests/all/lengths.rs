//! How long the questionnaire is on the shipped base, over all cases.

use qun::advice::course::{Verdict, verdict};
use qun::engine::judge::Judge;
use qun::interview::simulate::{Asked, ask, is_offered, next};
use qun::kb::KnowledgeBase;

/// How one case went until the offer and until the proof.
type Run = (Asked, Asked);

/// The mean in hundredths.
fn mean(runs: &[Run], of: fn(&Run) -> usize) -> usize {
    runs.iter().map(of).sum::<usize>() * 100 / runs.len()
}

#[test]
fn the_cases_keep_what_the_offer_and_the_proof_promise() {
    let kb = KnowledgeBase::embedded();
    let judge = Judge::new(&kb);
    let of_base = |verdict: &Verdict| verdict.ahead.deciding.first().copied();
    let run = |order: fn(&Verdict) -> Option<qun::ids::FactId>| -> Vec<Run> {
        let until_proof = |told| ask(&judge, told, order, |ahead| ahead.against.is_none());
        kb.seen().map(|case| (ask(&judge, &case.answers, order, is_offered), until_proof(&case.answers))).collect()
    };
    let leaders: Vec<_> = kb.seen().map(|case| verdict(&judge, &case.answers).and_then(|verdict| verdict.leader)).collect();
    let (adaptive, fixed) = (run(next), run(of_base));
    let right = adaptive.iter().zip(&leaders).filter(|(run, leader)| run.0.leader == **leader).count();
    let figures = [
        mean(&adaptive, |run| run.0.questions),
        mean(&adaptive, |run| run.1.questions),
        mean(&fixed, |run| run.0.questions),
        mean(&fixed, |run| run.1.questions),
    ];
    assert!(adaptive.iter().zip(&leaders).all(|(run, leader)| run.1.leader == *leader), "a proof did not hold");
    assert!(right * 100 >= adaptive.len() * 98, "the offer names another leader too often: {right}/{}", adaptive.len());
    let promised = usize::from(kb.questions.as_ref().expect("a promise").mean) * 10;
    assert!(figures[0] <= promised, "the offer comes too late: {figures:?}");
    assert!(figures[0] < figures[2] && figures[1] < figures[3], "the order of the base is no worse: {figures:?}");
}
