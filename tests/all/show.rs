//! Looking at a base: everything in it can be found by its names, and leads on.

#![allow(clippy::unwrap_used, reason = "a test that unwraps nothing fails, and says where")]

use super::support::{changed, faults, toy};
use qun::diagnostic::Files;
use qun::ids::{DecisionId, LineId, SectionId, SourceId};
use qun::kb::KnowledgeBase;
use qun::kb::citation::{Holder, Part};
use qun::kb::find::{Thing, Topic};
use qun::report::show::{overview, page};
use qun::report::terminal::{Setting, render};
use qun::text::Lang;

const SETTING: Setting = Setting { width: 200, colour: false };

fn shown(kb: &KnowledgeBase, name: &str, lang: Lang) -> String {
    let found = kb.find(name);
    assert_eq!(found.len(), 1, "{name} means {found:?}");
    render(&page(kb, found[0], lang), SETTING)
}

#[test]
fn everything_is_found_by_each_of_its_names_and_has_a_page_in_both_languages() {
    let kb = toy();
    let names = kb.names();
    assert!(names.len() > 60, "{}", names.len());
    for name in &names {
        for thing in kb.find(name) {
            for lang in Lang::BOTH {
                let text = render(&page(&kb, thing, lang), SETTING);
                assert!(text.lines().count() > 1, "{name} shows next to nothing: {text}");
                assert!(!text.contains('{') && !text.contains('}'), "{name} has an open gap: {text}");
            }
        }
        assert!(!kb.find(name).is_empty(), "{name}");
    }
}

#[test]
fn names_are_found_whatever_their_case_width_and_language() {
    let kb = toy();
    let canine = Thing::Candidate(DecisionId::new(0), kb.decisions[DecisionId::new(0)].candidate("canine").unwrap());
    for name in ["canine", "Canine", " CANINE ", "ｃａｎｉｎｅ", "犬派", "kinds/canine"] {
        assert_eq!(kb.find(name), [canine], "{name}");
    }
    assert_eq!(kb.find("kinds"), [Thing::Decision(DecisionId::new(0))]);
    assert_eq!(kb.find("kind"), [Thing::Decision(DecisionId::new(0))]);
    assert_eq!(kb.find("gaps"), [Thing::Topic(Topic::Gaps)]);
    assert_eq!(kb.find("book#2"), [Thing::Document(SourceId::new(0), Some(1))]);
    assert_eq!(kb.find("canin"), []);
}

#[test]
fn a_name_that_means_several_things_finds_all_of_them() {
    let folder = changed("cases/tom.toml", "name = { zh = \"小白\", en = \"Tom\" }", "name = { zh = \"小白\", en = \"Feline\" }");
    let kb = KnowledgeBase::load(&folder, &mut Files::default()).unwrap();
    let found = kb.find("feline");
    assert!(matches!(found.as_slice(), [Thing::Candidate(..), Thing::Case(_)]), "{found:?}");
    assert_eq!(kb.find("cases/tom").len(), 1, "its path still means one thing");
}

#[test]
fn the_overview_counts_every_list() {
    let text = render(&overview(&toy(), Lang::En), SETTING);
    for row in [("qun show kinds", "3"), ("qun show offers", "2"), ("qun show facts", "6"), ("qun show cases", "2")] {
        assert!(text.lines().any(|line| line.contains(row.0) && line.ends_with(row.1)), "{row:?}:\n{text}");
    }
}

/// The toy base has none of them.
#[test]
fn rules_trades_and_platforms_have_pages_and_lists() {
    let kb = KnowledgeBase::embedded();
    let rules = kb.rules.iter().map(|one| (format!("rules/{}", one.id), &one.asks));
    let trades = kb.trades.iter().map(|one| (format!("trades/{}", one.id), &one.summary));
    let platforms = kb.platforms.iter().map(|one| (format!("platforms/{}", one.id), &one.fee));
    for (path, says) in rules.chain(trades).chain(platforms) {
        for lang in Lang::BOTH {
            let text = shown(&kb, &path, lang);
            let first = says.get(lang).split([' ', '，', '；', '。']).next().unwrap();
            assert!(text.starts_with(&path) && text.contains(first), "{text}");
            assert!(!text.contains('{') && !text.contains('}'), "{path} has an open gap: {text}");
        }
    }
    for (topic, count) in [("rules", kb.rules.len()), ("trades", kb.trades.len()), ("platforms", kb.platforms.len())] {
        let list = shown(&kb, topic, Lang::En);
        assert!(list.lines().count() >= count + 2, "{list}");
    }
    let nobody = kb.cases.iter().find(|case| case.expect.iter().any(|(_, labels)| labels.is_empty())).unwrap();
    assert!(shown(&kb, &format!("cases/{}", nobody.id), Lang::En).contains("Commerce mode: none"));
}

#[test]
fn a_fact_shows_what_each_answer_speaks_for_and_against() {
    let text = shown(&toy(), "pet", Lang::En);
    let fish = text.split("[fish: Fish]").nth(1).expect("the option has a heading");
    assert!(fish.contains("+8  kinds/aquatic: A fish is kept") && fish.contains("-5  kinds/canine: A fish is kept"), "{fish}");
    assert!(!fish.contains("feline"), "a fish says nothing of cats: {fish}");
    let cat = text.split("[cat: Cat]").nth(1).unwrap().split('[').next().unwrap();
    assert!(
        cat.contains("+8  kinds/feline") && cat.contains("-8  kinds/aquatic") && cat.contains("+5  offers/grooming"),
        "{cat}"
    );
}

#[test]
fn a_line_that_needs_other_answers_too_says_so() {
    let text = shown(&toy(), "toys", Lang::En);
    let wool = text.split("[wool: Wool]").nth(1).unwrap().split("[castle").next().unwrap();
    assert!(wool.contains("together with other answers: Toys: Wool, and Weight: below 8 kg"), "{wool}");
    assert!(!wool.contains("canine"), "wool adds nothing to what a ball or the weight says: {wool}");
    let ball = text.split("[ball: Ball]").nth(1).unwrap().split("[wool").next().unwrap();
    assert!(ball.contains("+2  kinds/canine: There is a ball, or it is heavy\n"), "a ball alone is enough: {ball}");
}

#[test]
fn a_number_is_shown_range_by_range_and_with_the_needs_that_ask_for_it() {
    let text = shown(&toy(), "size", Lang::En);
    for part in ["From 0 kg to 100 kg.", "[below 1 kg]", "[1 kg to below 8 kg]", "[60 kg or more]"] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    assert!(text.contains("offers/grooming: Weight: 1 kg or more. Where that is missing: First get the permit."), "{text}");
}

#[test]
fn a_stated_fact_says_that_it_is_an_opinion() {
    assert!(shown(&toy(), "says", Lang::En).contains("opinion"));
    assert!(!shown(&toy(), "pet", Lang::En).contains("opinion"));
}

#[test]
fn a_candidate_shows_its_evidence_needs_figures_cases_and_what_follows() {
    let kb = toy();
    let canine = shown(&kb, "canine", Lang::En);
    for part in
        ["A dog is kept", "Toys: Ball or Weight: 20.5 kg or more", "+8  styles/lively: The kind is canine", "cases/rex: Rex"]
    {
        assert!(canine.contains(part), "{part}:\n{canine}");
    }
    let walking = shown(&kb, "walking", Lang::En);
    assert!(walking.contains("Share that pays: 10–20.5% (2020) [book#2]"), "{walking}");
    assert!(walking.contains("Weight: below 60 kg (cannot be changed)"), "{walking}");
    assert!(shown(&kb, "grooming", Lang::En).contains("It should come after: Walking"));
    assert!(shown(&kb, "grooming", Lang::En).contains("(the law asks for it)"));
    assert!(shown(&kb, "feline", Lang::En).contains("It may grow into: Aquatic"));
}

#[test]
fn a_source_shows_everything_that_leans_on_it() {
    let kb = toy();
    let book = shown(&kb, "book", Lang::En);
    for part in [
        "facts/pet: Pet",
        "kinds/feline: Feline",
        "evidence “A cat is kept”",
        "cases/tom: Tom",
        "offers/walking: Walking",
        "Cats are cats",
        "“喵” meant “cat”",
        "no fish",
    ] {
        assert!(book.contains(part), "{part}:\n{book}");
    }
    let second = shown(&kb, "book#2", Lang::En);
    assert!(second.contains("kinds/canine: Canine") && !second.contains("kinds/feline"), "{second}");
    let cited: usize = kb.citations().iter().filter(|one| one.sources.iter().any(|source| source == "book#2")).count();
    assert_eq!(cited, 5, "canine itself, its verdict, a line of evidence, a figure and a case");
}

#[test]
fn a_case_shows_its_answers_in_words_and_its_labels() {
    let text = shown(&toy(), "Tom", Lang::Zh);
    for part in ["人给它的标签：猫派", "宠物", "4.5千克", "出处：book#1"] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
}

#[test]
fn a_holder_must_cite_the_section_of_its_claim() {
    let held = |by: &str| {
        let mut folder = changed("sources.toml", "held-by = \"kinds/feline\"", &format!("held-by = {by}"));
        folder.name = "toy".to_owned();
        faults(&folder)
    };
    assert_eq!(held("[\"kinds/feline\", \"facts/pet\", \"cases/tom\"]"), [""; 0], "all of them cite book#1");
    assert_eq!(held("[\"kinds/feline\", \"kinds/canine\"]"), ["toy/sources.toml:21:6 claim-not-cited"]);
    assert_eq!(held("\"facts/size\""), ["toy/sources.toml:21:6 claim-not-cited"]);
}

#[test]
fn a_part_that_cites_counts_for_its_whole_entry() {
    let folder = changed("kinds/feline.toml", "source = \"book#1\"\ngrows-into", "source = \"judgement\"\ngrows-into");
    let kb = KnowledgeBase::load(&folder, &mut Files::default()).expect("its verdict and a line of evidence still cite book#1");
    let feline = kb.decisions[DecisionId::new(0)].candidate("feline").unwrap();
    let citations = kb.citations();
    let own = citations.iter().filter(|one| one.holder == Holder::Candidate(DecisionId::new(0), feline));
    let parts: Vec<Part> = own.filter(|one| one.sources.iter().any(|source| source == "book#1")).map(|one| one.part).collect();
    assert_eq!(parts, [Part::Text(SectionId::new(0)), Part::Evidence(LineId::new(1))]);
}

#[test]
fn a_faulty_holder_is_not_told_that_it_cites_nothing() {
    let mut folder = changed("sources.toml", "held-by = \"kinds/feline\"", "held-by = \"offers/walking\"");
    assert_eq!(faults(&folder).len(), 1);
    let (_, text) = folder.files.iter_mut().find(|(name, _)| name == "offers/walking.toml").unwrap();
    *text = text.replace("strength = \"strong\"", "strength = \"strogn\"");
    let found = faults(&folder);
    assert!(found.len() == 1 && found[0].ends_with("unknown-strength"), "{found:?}");
}

#[test]
fn what_a_base_smuggles_in_does_not_reach_the_terminal() {
    let folder = changed("kinds/feline.toml", "en = \"People with cats.\"", "en = \"People\\u001b[2J with \\u202ecats.\"");
    let kb = KnowledgeBase::load(&folder, &mut Files::default()).unwrap();
    for name in ["feline", "kinds"] {
        let text = shown(&kb, name, Lang::En);
        assert!(text.contains("People?[2J with") && !text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
    }
}
