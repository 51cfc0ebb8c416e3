//! Reports: the first screen of every case study fits, aligned and whole, in both languages.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use crate::thorough::thorough;
use qun::advice::advise;
use qun::diagnostic::Files;
use qun::ids::DecisionId;
use qun::kb::KnowledgeBase;
use qun::profile::{self, Profile};
use qun::report::advice;
use qun::report::page::Extent;
use qun::report::{diagnostics, json, page::Page, terminal};
use qun::text::Lang;
use std::fs;
use std::path::Path;
use unicode_width::UnicodeWidthStr;

fn examples(kb: &KnowledgeBase) -> Vec<(String, Profile)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let bytes = fs::read(&path).unwrap();
            found.push((name, profile::read(&kb.facts, "x.toml", &bytes, &mut Files::default()).expect("a sound example")));
        }
    }
    assert_eq!(found.len(), 7, "the seven case studies");
    found
}

fn render(page: &Page, width: usize) -> String {
    terminal::render(page, terminal::Setting { width, colour: false })
}

fn page(kb: &KnowledgeBase, profile: &Profile, lang: Lang) -> Page {
    let judged = advise(kb, &profile.answers);
    advice::page(kb, &profile.answers, &judged, profile.name.as_deref(), lang, Extent::Usual)
}

#[test]
fn every_first_screen_fits_24_rows_of_80_columns() {
    let kb = KnowledgeBase::embedded();
    for (name, profile) in examples(&kb) {
        for lang in Lang::BOTH {
            let text = render(&page(&kb, &profile, lang), 80);
            let rows = text.lines().take_while(|line| !line.is_empty()).count();
            assert!(rows <= 24, "{name} in {lang} has {rows} rows:\n{text}");
        }
    }
}

#[test]
fn no_line_is_wider_than_the_terminal_at_any_width() {
    let kb = KnowledgeBase::embedded();
    for (name, profile) in examples(&kb).into_iter().step_by(thorough(1, 2)) {
        for lang in Lang::BOTH {
            for width in [40, 80, 100] {
                let text = render(&page(&kb, &profile, lang), width);
                for line in text.lines().filter(|line| !line.contains("http")) {
                    assert!(line.width() <= width, "{name} in {lang} at {width}: {line}");
                }
            }
        }
    }
}

#[test]
fn every_case_study_is_judged_its_own_type() {
    let kb = KnowledgeBase::embedded();
    for (name, profile) in examples(&kb) {
        let case = kb.cases.iter().find(|case| case.id == name).expect("an example per case study");
        assert_eq!(case.answers, profile.answers, "{name} answers as its case does");
        let chosen = &advise(&kb, &profile.answers).judgement.decisions[DecisionId::new(0)].chosen();
        assert_eq!(chosen.leader().as_ref(), case.expect[0].1.first(), "{name}");
    }
}

#[test]
fn an_empty_profile_abstains_and_says_what_to_answer() {
    let kb = KnowledgeBase::embedded();
    let nothing = Profile::of(qun::answer::Answers::unknown(kb.facts.len()));
    for lang in Lang::BOTH {
        let text = render(&page(&kb, &nothing, lang), 80);
        let opening: String = kb.facts[kb.opening].question.get(lang).chars().take(8).collect();
        assert!(text.replace('\n', "").contains(&opening), "{text}");
    }
}

#[test]
fn a_hostile_name_moves_no_cursor() {
    let kb = KnowledgeBase::embedded();
    let mut profile = examples(&kb).remove(0).1;
    profile.name = Some("\u{1b}[2J\u{202e}群\n名".to_owned());
    let text = render(&page(&kb, &profile, Lang::Zh), 80);
    assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
}

#[test]
fn json_sums_and_does_not_depend_on_the_language() {
    let kb = KnowledgeBase::embedded();
    for (name, profile) in examples(&kb) {
        let value = json::judgement(&kb, &profile, &advise(&kb, &profile.answers));
        for (decision, outcome) in value["decisions"].as_object().unwrap() {
            for ranked in outcome["ranked"].as_array().unwrap() {
                let lines = ranked["evidence"].as_array().unwrap().iter();
                let sum: i64 = lines.filter(|line| line["truth"] == "yes").map(|line| line["points"].as_i64().unwrap()).sum();
                assert_eq!(ranked["points"], sum, "{name}: {decision} {}", ranked["id"]);
            }
        }
    }
}

#[test]
fn carets_stand_under_chinese_text() {
    let folder = super::support::changed("kinds/feline.toml", "en = \"They say they are cat people\"", "en = 7");
    let mut files = Files::default();
    let faults = KnowledgeBase::load(&folder, &mut files).unwrap_err();
    let shown = diagnostics::human(&faults[0], &files, Lang::Zh, false);
    let lines: Vec<&str> = shown.lines().collect();
    let at = lines.iter().position(|line| line.contains("en = 7")).expect("the line is shown");
    let value = lines[at][..lines[at].find("7 }").unwrap()].width();
    let caret = lines[at + 1][..lines[at + 1].find('^').unwrap()].width();
    assert_eq!(value, caret, "{shown}");
}

#[test]
fn what_was_answered_with_do_not_know_is_not_open() {
    let kb = super::support::toy();
    let mut profile = Profile::of(qun::answer::Answers::unknown(kb.facts.len()));
    let declined = kb.fact("says").unwrap();
    profile.answers.decline(declined);
    let value = json::judgement(&kb, &profile, &advise(&kb, &profile.answers));
    let open = value["open"].as_array().unwrap();
    assert_eq!(open.len(), kb.facts.len() - 1);
    assert!(!open.iter().any(|id| id == "says"));
}

#[test]
fn growth_that_waits_for_the_law_says_so() {
    let kb = KnowledgeBase::embedded();
    let (_, heima) = examples(&kb).into_iter().find(|(name, _)| name == "heima").expect("a community whose fund is stopped");
    let judged = advise(&kb, &heima.answers);
    for (lang, reason, bare) in [
        (Lang::Zh, "先把违规的停下或办合规，再做大。", "还缺：谁来做"),
        (Lang::En, "Growth waits until what breaks the law is stopped or put right.", "Missing: Who"),
    ] {
        let page = advice::page(&kb, &heima.answers, &judged, heima.name.as_deref(), lang, Extent::Full);
        let text = render(&page, 10_000);
        assert!(text.contains(reason), "{reason}");
        assert!(!text.contains(bare), "{bare}");
    }
}
