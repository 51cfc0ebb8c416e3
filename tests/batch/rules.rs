//! Rules that fail a run: what is wrong with one is named with its place.

use super::toy;
use qun::batch::rule::{Rule, What};
use qun::engine::compiled::plan::Plan;

#[test]
fn what_is_wrong_with_a_rule_is_named_with_its_place() {
    let kb = toy();
    let plan = Plan::new(&kb, &[]);
    for (rule, at, what) in [
        ("", 1, What::Unexpected),
        ("kind.chosen = \"canine", 15, What::Open),
        ("kind.chosen", 12, What::Unexpected),
        ("kind.chosen < canine", 13, What::NoOrder),
        ("kind.margin = canine", 15, What::NoNumber),
        ("kind.margin 5", 13, What::Unexpected),
        ("kind.settled = 5", 16, What::NoTruth),
        ("margin < 5", 1, What::NoDecision),
        ("knd.margin < 5", 1, What::NoField),
        ("kind.margins < 5", 1, What::NoField),
        ("kind.points < 5", 1, What::NoField),
        ("kind.points.cow < 5", 1, What::NoCandidate),
        ("kind.chosen = 牛", 15, What::NoCandidate),
        ("(kind.settled", 14, What::Unexpected),
        ("kind.settled kind.settled", 14, What::Behind),
        (&"not ".repeat(70), 257, What::TooDeep),
    ] {
        let fault = Rule::read(&plan, rule).expect_err(rule);
        assert_eq!((fault.at, fault.what), (at, what), "{rule}");
    }
    assert_eq!(Rule::read(&plan, "knd.margin < 5").expect_err("no such").near.as_deref(), Some("kind"));
    let first = kb.decisions.ids().next().expect("there is one");
    let last = kb.decisions.iter().last().expect("there is one").id.clone();
    let only = Plan::new(&kb, &[first]);
    if kb.decisions.len() > 1 {
        let fault = Rule::read(&only, &format!("{last}.settled")).expect_err("not asked for");
        assert!(matches!(fault.what, What::NotAsked | What::NoField));
    }
}
