//! Comparisons as documents: they are as inert as reports, say what the JSON says, and
//! can be held against their receipts.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use super::html::{LARGEST, PAYLOADS, assert_is_inert, hundredths, is_rounded, table, tags};
use qun::compare::{Comparison, Given, noted};
use qun::diagnostic::Files;
use qun::kb::KnowledgeBase;
use qun::profile::{self, Profile};
use qun::report::compare::document::document;
use qun::report::compare::{json::report, labels};
use qun::report::page::Extent;
use qun::report::receipt::Receipt;
use qun::report::verify::{Found, verify};
use qun::report::{html, markdown, schema};
use qun::text::{Lang, harmless_json, no_commands};
use std::collections::BTreeSet;
use std::path::Path;

fn read(kb: &KnowledgeBase, path: &str) -> Profile {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    profile::read(&kb.facts, "a.toml", &std::fs::read(&path).unwrap(), &mut Files::default()).unwrap()
}

/// The profiles of a comparison: over time, two known names, five of all kinds.
fn sets(kb: &KnowledgeBase) -> [Vec<Profile>; 3] {
    let all = |names: &[&str]| names.iter().map(|name| read(kb, name)).collect();
    [
        all(&["tests/browser/review/spring.toml", "tests/browser/review/autumn.toml"]),
        all(&["examples/xiaomi-miui.toml", "examples/luoji-siwei.toml"]),
        all(&[
            "tests/browser/profiles/mother-baby-shop.toml",
            "tests/browser/profiles/picture-books.toml",
            "tests/browser/profiles/running-club.toml",
            "examples/xiaomi-miui.toml",
            "examples/heima.toml",
        ]),
    ]
}

fn compared<'a>(kb: &'a KnowledgeBase, profiles: &'a [Profile]) -> Comparison<'a> {
    let given = |profile: &'a Profile| Given { profile, done: noted::done(kb, profile, &mut Vec::new()) };
    Comparison::of(kb, &profiles.iter().map(given).collect::<Vec<_>>())
}

fn receipt(found: &Comparison<'_>, langs: &[Lang]) -> Receipt {
    let labels = labels(found, &[]);
    let profiles = found.sides.iter().map(|side| side.profile);
    let sides: Vec<(&str, &Profile)> = labels.iter().map(String::as_str).zip(profiles).collect();
    let receipt = Receipt::of_comparison(found.kb, &sides, langs, Extent::Usual);
    Receipt { client: Some("A & B <c>".to_owned()), ..receipt }
}

fn page(found: &Comparison<'_>, receipt: &Receipt) -> String {
    let document = |lang: &Lang| (*lang, document(found, receipt, *lang));
    no_commands(&html::render(receipt, &receipt.langs.iter().map(document).collect::<Vec<_>>())).into_owned()
}

/// The same comparison in every form that can be verified.
fn forms(found: &Comparison<'_>) -> [String; 3] {
    let (both, one) = (receipt(found, &Lang::BOTH), receipt(found, &[Lang::En]));
    let text = markdown::document(&document(found, &one, Lang::En), &one, Lang::En);
    let value = harmless_json(&format!("{:#}\n", report(found, &both))).into_owned();
    [page(found, &both), no_commands(&text).into_owned(), value]
}

#[test]
fn a_comparison_runs_nothing_is_small_and_has_the_same_bytes_on_every_run() {
    let kb = KnowledgeBase::embedded();
    for profiles in sets(&kb) {
        let found = compared(&kb, &profiles);
        for langs in [&[Lang::Zh][..], &[Lang::En], &Lang::BOTH] {
            let receipt = receipt(&found, langs);
            let page = page(&found, &receipt);
            assert_is_inert(&page);
            assert!(page.len() <= LARGEST, "{} bytes", page.len());
            assert_eq!(page, self::page(&compared(&kb, &profiles), &receipt));
            let (_, screen) = page.split_once("class=\"lead\"").unwrap();
            assert!(screen.contains("<h2>"), "the answer comes first");
        }
    }
}

#[test]
fn strangers_text_stays_text_wherever_a_comparison_shows_it() {
    let kb = KnowledgeBase::embedded();
    let [plain, ..] = sets(&kb);
    let names = |page: &str| tags(page).iter().map(|tag| tag.split(' ').next().unwrap().to_owned()).collect::<BTreeSet<_>>();
    let usual = compared(&kb, &plain);
    let usual = names(&page(&usual, &receipt(&usual, &Lang::BOTH)));
    for payload in PAYLOADS {
        let mut profiles = plain.clone();
        for (at, profile) in profiles.iter_mut().enumerate() {
            profile.id = Some(payload.to_owned());
            profile.name = Some(format!("{payload}{at}"));
            profile.base = Some(payload.to_owned());
            for one in &mut profile.done {
                one.outcome = profile::done::Outcome::Words(payload.to_owned());
            }
        }
        let found = compared(&kb, &profiles);
        let some = Some(payload.to_owned());
        let receipt = Receipt { client: some.clone(), analyst: some.clone(), date: some, ..receipt(&found, &Lang::BOTH) };
        let page = page(&found, &receipt);
        assert_is_inert(&page);
        assert!(!page.contains(['\u{202e}', '\u{2066}', '\u{200f}', '\u{1b}', '\u{0}']), "{payload}");
        let more: Vec<String> = names(&page).difference(&usual).cloned().collect();
        assert!(more.is_empty(), "{payload} makes {more:?}");
        assert_eq!(verify(&kb, &page), Found::Equal, "{payload}");
    }
}

#[test]
fn the_numbers_of_a_comparison_are_those_of_its_json() {
    let kb = KnowledgeBase::embedded();
    let shape = jsonschema::validator_for(&serde_json::from_str(&schema::render(&kb, "compare").unwrap()).unwrap()).unwrap();
    for profiles in sets(&kb) {
        let found = compared(&kb, &profiles);
        let receipt = receipt(&found, &[Lang::En]);
        let (page, value) = (page(&found, &receipt), report(&found, &receipt));
        assert!(shape.is_valid(&value), "{:?}", shape.iter_errors(&value).next().map(|error| error.to_string()));
        let sides = value["profiles"].as_array().unwrap();
        for row in table(&page, "type-sides") {
            for (side, cell) in sides.iter().zip(&row[1..]) {
                let points = side["points"].as_array().unwrap();
                let of = points.iter().find(|one| one["about"]["name"]["en"] == row[0].as_str()).unwrap();
                assert_eq!(cell.parse::<i64>().unwrap(), of["points"].as_i64().unwrap(), "{}", row[0]);
            }
        }
        let years: Vec<_> = sides.iter().filter(|side| !side["year"].is_null()).collect();
        let rows = if years.is_empty() { Vec::new() } else { table(&page, "money-sides") };
        assert_eq!(rows.len(), years.len());
        for (row, side) in rows.iter().zip(years) {
            for (cell, key) in row[1..].iter().zip(["low", "middle", "high"]) {
                assert!(is_rounded(hundredths(cell), side["year"][key].as_i64().unwrap()), "{key}: {cell}");
            }
        }
        // Every stream that stands anywhere but "never" is a row with where it stands.
        let groups = |side: &serde_json::Value| -> Vec<(String, String)> {
            let all = side["stands"].as_array().unwrap().iter().filter(|one| one["about"]["decision"] == "channel");
            all.map(|one| (one["about"]["name"]["en"].as_str().unwrap().to_owned(), one["group"].as_str().unwrap().to_owned()))
                .collect()
        };
        let standing: BTreeSet<String> =
            sides.iter().flat_map(groups).filter(|(_, group)| group != "never").map(|(name, _)| name).collect();
        let part = page.split_once("<section id=\"channel\"").unwrap().1.split_once("</section>").unwrap().0;
        let shown: BTreeSet<String> =
            part.split("<tr><td>").skip(1).map(|rest| rest.split_once('<').unwrap().0.replace("&amp;", "&")).collect();
        assert_eq!(shown, standing);
    }
}

#[test]
fn a_comparison_is_held_against_its_receipt() {
    let kb = KnowledgeBase::embedded();
    let [review, two, _] = sets(&kb);
    for profiles in [review, two] {
        let found = compared(&kb, &profiles);
        for form in forms(&found) {
            assert_eq!(verify(&kb, &form), Found::Equal);
            assert_eq!(verify(&kb, &form.replace('\n', "\r\n")), Found::Equal);
            let edited = form.replacen("Product community", "Produce community", 1);
            let Found::Edited(differs) = verify(&kb, &edited) else { panic!("{:?}", verify(&kb, &edited)) };
            assert!(differs.report.contains("Produce") && differs.made.contains("Product"), "{differs:?}");
            // The receipt stands at the end.
            let at = form.rfind("mainland").unwrap();
            let other = format!("{}abroad{}", &form[..at], &form[at + "mainland".len()..]);
            assert!(matches!(verify(&kb, &other), Found::Answers { .. }), "{:?}", verify(&kb, &other));
            let other = form.replace(&kb.hash, "0123456789ab");
            assert!(matches!(verify(&kb, &other), Found::OtherBase { .. }), "{:?}", verify(&kb, &other));
        }
    }
}
