//! Profiles: TOML and JSON, ids and labels, and every fault with its place.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use super::support::{toy, toy_folder};
use qun::answer::Answer;
use qun::diagnostic::Files;
use qun::ids::{FactId, OptionId};
use qun::profile::{self, Profile};

/// The profile, or its faults as `line:column name near`.
fn read(name: &str, text: &[u8]) -> Result<Profile, Vec<String>> {
    let kb = toy();
    let mut files = Files::default();
    profile::read(&kb.facts, name, text, &mut files).map_err(|faults| {
        let shown = |fault: &qun::diagnostic::Diagnostic| {
            let (line, column) = files.line_column(&fault.place);
            format!("{line}:{column} {} {}", fault.name, fault.near.as_deref().unwrap_or("-"))
        };
        faults.iter().map(shown).collect()
    })
}

fn faults(name: &str, text: &str) -> Vec<String> {
    read(name, text.as_bytes()).expect_err("the profile is faulty")
}

#[test]
fn toml_and_json_ids_and_labels_mean_the_same() {
    let ids =
        read("a.toml", "id = \"a\"\npet = \"cat\"\ntoys = [\"ball\", \"wool\"]\nsize = 4.5\nwalks = true\n".as_bytes()).unwrap();
    let zh = read(
        "a.toml",
        "id = \"a\"\n\"宠物\" = \"猫\"\n\"玩具\" = [\"毛线\", \"球\"]\n\"体重\" = 4.50\n\"遛不遛\" = \"是\"\n".as_bytes(),
    )
    .unwrap();
    let en = read("a.json", br#"{"id":"a","Pet":"Cat","Toys":["Ball","Wool"],"Weight":45e-1,"Is walked":true}"#).unwrap();
    assert_eq!(ids, zh);
    assert_eq!(ids, en);
    assert_eq!(ids.answers.get(FactId::new(3)), Some(Answer::Number(45)));
}

#[test]
fn former_names_are_read_as_what_they_are_called_now_and_named() {
    let renamed = [
        ("en = \"Ball\" }", "en = \"Ball\" }, former = [\"皮球\", \"sphere\"]"),
        ("id = \"pet\"\n", "id = \"pet\"\nformer = [\"动物\"]\n"),
    ];
    let mut folder = toy_folder();
    let (_, text) = folder.files.iter_mut().find(|(name, _)| name == "facts/all.toml").unwrap();
    renamed.iter().for_each(|(old, new)| *text = text.replacen(old, new, 1));
    let kb = qun::kb::KnowledgeBase::load(&folder, &mut Files::default()).unwrap();
    for (name, text) in [
        ("a.toml", "\"动物\" = \"cat\"\ntoys = [\"皮球\", \"wool\"]\n"),
        ("a.json", "{\"动物\":\"cat\",\n\"toys\":[\"ｓｐｈｅｒｅ\",\"wool\"]}"),
    ] {
        let mut files = Files::default();
        let found = profile::read(&kb.facts, name, text.as_bytes(), &mut files).unwrap();
        assert_eq!(found.answers, read("b.toml", b"pet = \"cat\"\ntoys = [\"ball\", \"wool\"]\n").unwrap().answers);
        let named = found.outdated.iter().map(|one| (one.name, files.line_column(&one.place).0, one.texts[0].1.en.as_str()));
        assert_eq!(named.collect::<Vec<_>>(), [("former-name", 1, "Pet"), ("former-name", 2, "Ball")], "{name}");
    }
    // What is written now is not named, and a name of the past is not suggested.
    assert!(profile::read(&kb.facts, "a.toml", b"pet = \"cat\"\n", &mut Files::default()).unwrap().outdated.is_empty());
    let faults = profile::read(&kb.facts, "a.toml", b"toys = \"spheres\"\n", &mut Files::default()).unwrap_err();
    assert_eq!(faults[0].near, None);
}

#[test]
fn full_width_letters_in_labels_are_ordinary_ones() {
    let wide = read("a.json", "{\"Ｐｅｔ\":\"Ｃａｔ\"}".as_bytes()).unwrap();
    assert_eq!(wide.answers.get(FactId::new(1)), Some(Answer::Choice(OptionId::new(0))));
}

#[test]
fn a_lone_value_of_a_fact_with_several_answers_is_a_list_of_one() {
    let lone = read("a.toml", b"toys = \"ball\"\n").unwrap();
    assert_eq!(lone, read("a.toml", b"toys = [\"ball\"]\n").unwrap());
    assert_eq!(lone, read("a.json", br#"{"toys":"ball"}"#).unwrap());
    assert_eq!(faults("a.toml", "toys = \"bal\"\n"), ["1:8 unknown-answer ball"]);
}

#[test]
fn null_is_unknown_and_a_question_mark_is_never_asked_again() {
    let profile = read("a.json", "{\"pet\":null,\"walks\":\"不知道\",\"toys\":[\"?\"]}".as_bytes()).unwrap();
    assert!(profile.answers.is_open(FactId::new(1)));
    assert!(profile.answers.is_declined(FactId::new(4)) && profile.answers.is_declined(FactId::new(2)));
    assert_eq!(profile.answers.known(), 0);
}

#[test]
fn every_fault_is_found_in_one_run_with_its_place() {
    let found = faults("a.toml", "pett = \"cat\"\ntoys = [\"bal\"]\nsize = \"heavy\"\nwalks = 3\n");
    assert_eq!(
        found,
        ["1:1 unknown-answer-key pet", "2:9 unknown-answer ball", "3:8 wrong-answer-kind -", "4:9 wrong-answer-kind -"]
    );
}

#[test]
fn a_case_for_a_profile_is_one_fault_that_says_how_to_look_at_it() {
    let case = b"name = { zh = \"a\", en = \"a\" }\nfoo = 1\n[expect]\nkind = [\"canine\"]\n[answers]\npet = \"cat\"\n";
    let mut files = Files::default();
    for (name, stem) in [("data/cases/tom.toml", "tom"), ("C:\\cases\\tom.toml", "tom"), ("-", "-")] {
        let found = profile::read(&toy().facts, name, case, &mut files).unwrap_err();
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].name, &*found[0].particulars), ("case-for-profile", &[("case", stem.to_owned())][..]));
    }
    // A table that no case has all of is what it was: an unknown question.
    assert_eq!(faults("a.toml", "[answers]\npet = \"cat\"\n"), ["1:2 unknown-answer-key -"]);
}

#[test]
fn one_of_a_unit_has_the_word_for_one_in_english() {
    let kb = qun::kb::KnowledgeBase::embedded();
    let said = |id: &str, number| {
        let fact = &kb.facts[kb.fact(id).unwrap()];
        qun::Lang::BOTH.map(|lang| fact.words(Answer::Number(number), lang))
    };
    assert_eq!(said("groups-count", 1), ["1个", "1 group"]);
    assert_eq!(said("groups-count", 2), ["2个", "2 groups"]);
    assert_eq!(said("groups-count", 0), ["0个", "0 groups"]);
    assert_eq!(said("people-running", 1), ["1人", "1 person"]);
}

#[test]
fn json_faults_have_places_too() {
    let found = faults("a.json", "{\n  \"pett\": \"cat\",\n  \"toys\": [\"ball\", \"wol\"],\n  \"size\": 1000\n}");
    assert_eq!(found, ["2:3 unknown-answer-key pet", "3:20 unknown-answer wool", "4:11 out-of-range -"]);
}

#[test]
fn a_key_with_an_escaped_quote_keeps_its_place() {
    assert_eq!(faults("a.json", "{\"a\\\"b\": 1}"), ["1:2 unknown-answer-key -"]);
}

#[test]
fn single_faults_have_their_own_names() {
    for (name, text, expected) in [
        ("a.toml", "", "1:1 empty-profile -"),
        ("a.toml", " \n\n", "1:1 empty-profile -"),
        ("a.toml", "pet = \n", "1:7 broken-profile -"),
        ("a.toml", "pet = \"cat\"\npet = \"dog\"\n", "2:1 broken-profile -"),
        ("a.toml", "pet = \"cat\"\n\"宠物\" = \"狗\"\n", "2:1 answer-given-twice -"),
        ("a.json", "{\"pet\":\"cat\",\"pet\":\"dog\"}", "1:14 answer-given-twice -"),
        ("a.json", "{\"id\":\"a\",\"id\":\"b\"}", "1:11 answer-given-twice -"),
        ("a.json", "{\"pet\":\"cat\"", "1:12 broken-profile -"),
        ("a.json", "[1]", "1:1 broken-profile -"),
        ("a.toml", "toys = []", "1:8 empty-list -"),
        ("a.toml", "toys = [\"ball\", \"wool\", \"castle\"]", "1:8 too-many-choices -"),
        ("a.toml", "toys = [\"ball\", \"none\"]", "1:8 none-and-others -"),
        ("a.toml", "toys = [\"ball\", \"球\"]", "1:17 option-given-twice -"),
        ("a.toml", "size = 4.55", "1:8 too-fine -"),
        ("a.toml", "size = -1", "1:8 out-of-range -"),
        ("a.toml", "size = nan", "1:8 wrong-answer-kind -"),
        ("a.toml", "pet = [\"cat\"]", "1:7 wrong-answer-kind -"),
        ("a.toml", "name = 2024-01-01", "1:8 wrong-answer-kind -"),
    ] {
        assert_eq!(faults(name, text), [expected], "{text}");
    }
}

#[test]
fn bytes_that_are_no_text_are_a_fault_with_a_place() {
    let found = read("a.toml", b"pet = \"cat\"\nname = \"\xff\"\n").unwrap_err();
    assert_eq!(found, ["2:9 profile-not-utf8 -"]);
}

#[test]
fn no_bytes_make_it_panic() {
    let seeds: [&[u8]; 6] =
        [b"{\"toys\":[\"\\u", b"{\"\\", b"\"", b"pet = \"\"\"", b"{\"size\":1e999999999999}", b"\xef\xbb\xbf{\"pet\":{}}"];
    for seed in seeds {
        for cut in 0..=seed.len() {
            let _ = read("a.json", &seed[..cut]);
            let _ = read("a.toml", &seed[..cut]);
        }
    }
}
