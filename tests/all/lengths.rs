//! How long the questionnaire is on the shipped base, over all cases.

use qun::engine::judge::Judge;
use qun::interview::simulate::{Order, Run, run};
use qun::kb::KnowledgeBase;

/// The mean in hundredths.
fn mean(runs: &[Run], of: fn(&Run) -> usize) -> usize {
    runs.iter().map(of).sum::<usize>() * 100 / runs.len()
}

#[test]
fn the_cases_keep_what_the_offer_and_the_proof_promise() {
    let kb = KnowledgeBase::embedded();
    let judge = Judge::new(&kb);
    let seen = || kb.cases.ids().filter(|case| !kb.cases[*case].unseen);
    let all = |order: Order| seen().map(|case| run(&judge, case, order)).collect::<Vec<_>>();
    let (adaptive, fixed) = (all(Order::Adaptive), all(Order::Fixed));
    let right = adaptive.iter().filter(|run| run.offered == run.leader).count();
    let figures = [
        mean(&adaptive, |run| run.offer),
        mean(&adaptive, |run| run.proof),
        mean(&fixed, |run| run.offer),
        mean(&fixed, |run| run.proof),
    ];
    assert!(adaptive.iter().all(|run| run.proven == run.leader), "a proof did not hold");
    assert!(right * 100 >= adaptive.len() * 98, "the offer names another leader too often: {right}/{}", adaptive.len());
    let promised = usize::from(kb.questions.as_ref().expect("a promise").mean) * 10;
    assert!(figures[0] <= promised, "the offer comes too late: {figures:?}");
    assert!(figures[0] < figures[2] && figures[1] < figures[3], "the order of the base is no worse: {figures:?}");
}
