//! Rules of the shipped base that a narrow difference sets apart: what is stopped, and its lawful lookalike.
#![allow(clippy::unwrap_used, reason = "a test that unwraps nothing fails, and says where")]

use qun::engine::judge;
use qun::engine::kernel::Readiness;
use qun::kb::KnowledgeBase;

/// The streams that are stopped under some answers.
fn stopped(kb: &KnowledgeBase, answers: &str) -> Vec<String> {
    let judged = judge(kb, &crate::engine::given(kb, answers));
    let channel = kb.decision("channel").unwrap();
    let outcome = judged.decisions.iter().find(|outcome| outcome.decision == channel).unwrap();
    let mut found: Vec<String> =
        outcome.group(Readiness::Stop).map(|one| kb.candidate(channel, one.candidate).id.clone()).collect();
    found.sort();
    found
}

#[test]
fn numbers_sold_for_a_draw_are_stopped_and_a_draw_on_top_of_goods_at_their_price_is_not() {
    let kb = KnowledgeBase::embedded();
    let shop =
        "where = \"mainland\"\nsubject = [\"draws-auctions\"]\ntie = [\"shops\"]\nsells-now = [\"shop\", \"group-buying\"]\n";
    assert_eq!(stopped(&kb, &format!("{shop}paid-chance = true")), ["group-buying", "shop"]);
    assert_eq!(stopped(&kb, &format!("{shop}paid-chance = false")), [""; 0]);
    assert_eq!(stopped(&kb, shop), [""; 0], "not known: it is checked first");
    let toys = shop.replace("draws-auctions", "none");
    assert_eq!(stopped(&kb, &toys), [""; 0]);
}

#[test]
fn option_calls_to_a_paid_group_in_the_us_are_stopped_and_one_letter_to_all_is_not() {
    let kb = KnowledgeBase::embedded();
    let group =
        "where = \"us\"\nsubject = [\"investment\"]\ntie = [\"audience\"]\nsells-now = [\"paid-group\", \"subscription\"]\n";
    assert_eq!(stopped(&kb, &format!("{group}credentials = [\"none\"]")), ["paid-group"]);
    assert_eq!(stopped(&kb, &format!("{group}credentials = [\"investment-advice\"]")), [""; 0]);
    let letter = group.replace("\"paid-group\", ", "");
    assert_eq!(stopped(&kb, &format!("{letter}credentials = [\"none\"]")), [""; 0]);
}
