//! The law of the shipped base: what is stopped, for which rule, and its lawful lookalike.
//!
//! The pairs of `tests/law`, all but the last, were written without the rules in view.
#![allow(clippy::unwrap_used, reason = "a test that unwraps nothing fails, and says where")]

use qun::advice::advise;
use qun::advice::next::Why;
use qun::advice::plan::Step;
use qun::answer::Answers;
use qun::diagnostic::Files;
use qun::engine::kernel::Readiness;
use qun::judge;
use qun::kb::KnowledgeBase;
use qun::kb::law::Concern;
use std::path::{Path, PathBuf};

/// The rule of the essence of each unlawful profile, as the first line of its file tells it:
/// the page names it first.
const RULES: [&str; 35] = [
    "tutoring-subjects",
    "tutoring-subjects",
    "lessons-for-pupils",
    "investment-advice",
    "private-fund",
    "medicine",
    "food-trade",
    "food-trade",
    "books-publishing",
    "marketplace-licence",
    "franchise",
    "pyramid-selling",
    "lessons-prepaid",
    "insurance-loans",
    "recruitment",
    "paid-outings",
    "auctions",
    "paid-draws",
    "charity-appeals",
    "minors-tips",
    "medicine",
    "investment-raising",
    "us-investment",
    "pyramid-abroad",
    "tutoring-subjects",
    "investment-advice",
    "medicine",
    "pyramid-selling",
    "recruitment",
    "study-trips",
    "abroad-fund",
    "uk-investment",
    "books-retail",
    "medicine",
    "investment-raising",
];

/// The profiles of a folder of `tests/law`, in their order.
fn profiles(kb: &KnowledgeBase, folder: &str) -> Vec<(PathBuf, Answers)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/law").join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let text = format!("id = \"x\"\n{}", std::fs::read_to_string(&path).unwrap());
        let profile = qun::profile::read(&kb.facts, "x.toml", text.as_bytes(), &mut Files::default());
        (path, profile.expect("a sound profile").answers)
    };
    paths.into_iter().map(read).collect()
}

#[test]
fn what_is_unlawful_is_stopped_first_for_the_rule_of_its_essence_and_its_lawful_lookalike_is_not() {
    let kb = KnowledgeBase::embedded();
    let unlawful = profiles(&kb, "unlawful");
    assert_eq!(unlawful.len(), RULES.len());
    for ((path, answers), id) in unlawful.iter().zip(RULES) {
        let rule = kb.rules.iter().find(|rule| rule.id == id).unwrap();
        assert_eq!(rule.concern(answers), Concern::Broken, "{}", path.display());
        let plan = advise(&kb, answers).plan;
        let first = plan.actions.iter().find_map(|action| match action.step {
            Step::Stop(rule) => Some(kb.rules[rule].id.as_str()),
            _ => None,
        });
        assert_eq!(first, Some(id), "{}: what earns most is stopped for its essence", path.display());
    }
    let lawful = profiles(&kb, "lawful");
    assert_eq!(lawful.len(), RULES.len());
    for (path, answers) in &lawful {
        assert_eq!(stops(&kb, answers), [""; 0], "{}", path.display());
    }
}

#[test]
fn what_is_likely_unlawful_does_not_grow_until_the_law_has_its_answers() {
    let kb = KnowledgeBase::embedded();
    let law = ["where", "subject", "prepaid"].map(|id| kb.fact(id).unwrap());
    let mut tried = Vec::new();
    for ((path, answers), id) in profiles(&kb, "unlawful").iter().zip(RULES) {
        let rule = kb.rules.iter().find(|rule| rule.id == id).unwrap();
        if !rule.grave || !rule.likely(answers).is_yes() {
            continue;
        }
        tried.push(id);
        let mut unasked = answers.clone();
        law.iter().for_each(|fact| unasked.set(*fact, None));
        let advice = advise(&kb, &unasked);
        assert!(advice.plan.looming.iter().any(|rule| kb.rules[*rule].id == id), "{}", path.display());
        assert_eq!(advice.next.as_ref().map(|next| (next.fact, next.why.clone())), Some((law[0], Why::Law)));
        let grows = |step| matches!(step, Step::Grow | Step::Begin { .. });
        assert!(advice.plan.actions.iter().any(|action| action.step == Step::Learn), "{}", path.display());
        assert!(!advice.plan.actions.iter().any(|action| grows(action.step)), "{}", path.display());
    }
    assert!(["tutoring-subjects", "investment-advice", "private-fund"].iter().all(|id| tried.contains(id)), "{tried:?}");
    for (path, answers) in &profiles(&kb, "lawful") {
        assert!(advise(&kb, answers).plan.looming.is_empty(), "{}", path.display());
    }
}

/// The streams that are stopped, given answers as text.
fn stopped(kb: &KnowledgeBase, answers: &str) -> Vec<String> {
    stops(kb, &super::engine::given(kb, answers))
}

/// The streams that are stopped under some answers.
fn stops(kb: &KnowledgeBase, answers: &Answers) -> Vec<String> {
    let judged = judge(kb, answers);
    let channel = kb.decision("channel").unwrap();
    let outcome = judged.decisions.iter().find(|outcome| outcome.decision() == channel).unwrap();
    let mut found: Vec<String> =
        outcome.group(Readiness::Stop).map(|one| kb.candidate(channel, one.account.candidate).id.clone()).collect();
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

#[test]
fn of_several_broken_rules_the_page_names_the_one_that_no_permit_mends_then_that_of_its_trade_then_a_grave_one() {
    let kb = KnowledgeBase::embedded();
    let channel = kb.decision("channel").unwrap();
    let named = |answers: &str, stream: &str| {
        let at = (channel, kb.decisions[channel].candidate(stream).unwrap());
        let rule = qun::advice::law::broken(&kb, &super::engine::given(&kb, answers), at).unwrap();
        kb.rules[rule].id.clone()
    };
    let class =
        "where = \"mainland\"\nsubject = [\"pupils-school-subjects\"]\nprepaid = \"year-or-more\"\npermits = [\"none\"]\n";
    assert_eq!(named(class, "courses"), "tutoring-subjects");
    let powder = "where = \"mainland\"\nsubject = [\"medicine-health\", \"food-formula\"]\ncredentials = [\"none\"]\npermits = [\"none\"]\n";
    assert_eq!(named(powder, "product-sales"), "medicine");
    let shop = format!("{powder}trade = \"food-shop\"\n");
    assert_eq!(named(&shop, "product-sales"), "food-trade", "the law of its own trade");
}
