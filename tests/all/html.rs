//! The HTML report: nothing in it runs or reaches out, strangers' text stays text,
//! its numbers are those of the JSON, and its charts look as they were approved.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use super::support::toy;
use data_encoding::BASE64;
use proptest::prelude::*;
use qun::advice::advise;
use qun::diagnostic::Files;
use qun::kb::KnowledgeBase;
use qun::profile::{self, Profile};
use qun::report::page::{Block, Extent};
use qun::report::receipt::Receipt;
use qun::report::{advice, html, json};
use qun::text::Lang;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const DOG: &str = "pet = \"dog\"\nwalks = true\ntoys = [\"ball\"]\nsize = 30\ndoes-now = [\"grooming\"]";
/// The most bytes of a report.
pub const LARGEST: usize = 250_000;

fn dog(kb: &KnowledgeBase) -> Profile {
    profile::read(&kb.facts, "dog.toml", DOG.as_bytes(), &mut Files::default()).unwrap()
}

fn receipt(kb: &KnowledgeBase, profile: &Profile, langs: &[Lang]) -> Receipt {
    Receipt::new(kb, profile, langs, Extent::Full)
}

fn report(kb: &KnowledgeBase, profile: &Profile, receipt: &Receipt) -> String {
    let given = advise(kb, &profile.answers);
    let document = |lang: &Lang| (*lang, advice::document(kb, &profile.answers, &given, receipt, *lang));
    html::render(receipt, &receipt.langs.iter().map(document).collect::<Vec<_>>())
}

/// The tags of a page, without their brackets.
pub fn tags(page: &str) -> Vec<&str> {
    page.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()).collect()
}

/// The page without its one style.
fn without_style(page: &str) -> String {
    let (before, rest) = page.split_once("<style>").unwrap();
    let (_, after) = rest.split_once("</style>").unwrap();
    format!("{before}{after}")
}

/// Nothing runs, nothing is asked for, nothing is styled but by the one style.
pub fn assert_is_inert(page: &str) {
    for tag in tags(&without_style(page)) {
        let name = tag.split(|c: char| c.is_whitespace()).next().unwrap().to_ascii_lowercase();
        assert!(
            !["script", "iframe", "object", "embed", "link", "base", "form", "foreignobject", "use"].contains(&name.as_str()),
            "{tag}"
        );
        for attribute in tag.split(' ').skip(1) {
            assert!(!attribute.starts_with("on"), "{tag}");
            assert!(!attribute.starts_with("style="), "{tag}");
            assert!(!attribute.starts_with("src=") || attribute.starts_with("src=\"data:"), "{tag}");
        }
        assert!(!tag.contains("url(") && !tag.contains("javascript:"), "{tag}");
        assert!(
            !tag.contains("http") || (name == "a" && tag.contains(" href=\"http")) || tag.starts_with("meta http-equiv"),
            "{tag}"
        );
    }
    assert!(!page.contains("url(") && !page.contains("@import"));
}

#[test]
fn a_report_runs_nothing_and_reaches_nowhere() {
    let kb = toy();
    let profile = dog(&kb);
    for langs in [&[Lang::Zh][..], &[Lang::En], &Lang::BOTH] {
        assert_is_inert(&report(&kb, &profile, &receipt(&kb, &profile, langs)));
    }
}

#[test]
fn the_policy_allows_the_style_by_its_hash_and_nothing_else() {
    let kb = toy();
    let profile = dog(&kb);
    let page = report(&kb, &profile, &receipt(&kb, &profile, &[Lang::En]));
    let style = page.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
    let hash = BASE64.encode(&Sha256::digest(style.as_bytes()));
    let policy = format!("default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'");
    assert!(page.contains(&format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")), "{page}");
    assert_eq!(page.matches("<style").count(), 1);
}

/// What strangers write where they may write anything.
pub const PAYLOADS: [&str; 8] = [
    "</title><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'onmouseover='alert(1)",
    "</pre></style><svg/onload=alert(1)>",
    "{{ 7*7 }} {% raw %} ${x} `x`",
    "\u{202e}txt.exe\u{2066}\u{200f}",
    "a\nb\tc\u{0}\u{1b}[2J",
    "javascript:alert(1) <!-- &lt; &#x3c; -->",
];

#[test]
fn strangers_text_stays_text_in_every_position() {
    let kb = toy();
    for payload in PAYLOADS {
        let mut profile = dog(&kb);
        (profile.id, profile.name) = (Some(payload.to_owned()), Some(payload.to_owned()));
        for langs in [&[Lang::En][..], &Lang::BOTH] {
            let some = Some(payload.to_owned());
            let receipt = Receipt { client: some.clone(), analyst: some.clone(), date: some, ..receipt(&kb, &profile, langs) };
            let page = report(&kb, &profile, &receipt);
            assert_is_inert(&page);
            assert!(!page.contains(['\u{202e}', '\u{2066}', '\u{200f}', '\u{1b}', '\u{0}']), "{payload}");
            let plain = report(&kb, &dog(&kb), &self::receipt(&kb, &dog(&kb), langs));
            let names =
                |page: &str| tags(page).iter().map(|tag| tag.split(' ').next().unwrap().to_owned()).collect::<BTreeSet<_>>();
            let more: Vec<String> = names(&page).difference(&names(&plain)).cloned().collect();
            assert!(more.is_empty(), "{payload} makes {more:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_name_stays_a_name(name in "\\PC{0,20}[<>&\"'`{}]{0,6}\\PC{0,9}") {
        let kb = toy();
        let mut profile = dog(&kb);
        profile.name = Some(name);
        let page = report(&kb, &profile, &receipt(&kb, &profile, &[Lang::En]));
        assert_is_inert(&page);
        let plain = report(&kb, &dog(&kb), &receipt(&kb, &dog(&kb), &[Lang::En]));
        // The name is said on the cover, too; else there are the same tags.
        prop_assert_eq!(tags(&page).len(), tags(&plain).len());
    }
}

#[test]
fn every_id_is_unique_and_everything_named_by_an_id_is_there() {
    let kb = KnowledgeBase::embedded();
    for (_, profile) in examples(&kb) {
        let page = report(&kb, &profile, &receipt(&kb, &profile, &Lang::BOTH));
        let attribute = |name: &str| -> Vec<String> {
            let start = format!(" {name}=\"");
            tags(&page).iter().filter_map(|tag| Some(tag.split_once(&start)?.1.split('"').next()?.to_owned())).collect()
        };
        let ids = attribute("id");
        let unique: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len(), "{ids:?}");
        let named = attribute("aria-labelledby");
        let named = named.iter().flat_map(|names| names.split(' ')).map(str::to_owned);
        let linked = attribute("href").into_iter().filter_map(|href| href.strip_prefix('#').map(str::to_owned));
        for id in named.chain(linked) {
            assert!(unique.contains(&id), "nothing has the id {id}");
        }
        for svg in tags(&page).iter().filter(|tag| tag.starts_with("svg ")) {
            assert!(svg.contains("viewBox=\"0 0 400 ") && svg.contains("role=\"img\""), "{svg}");
        }
    }
}

fn examples(kb: &KnowledgeBase) -> Vec<(String, Profile)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["examples", "tests/browser/profiles"] {
        let mut paths: Vec<_> = fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "toml")) {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let read = profile::read(&kb.facts, "x.toml", &fs::read(&path).unwrap(), &mut Files::default());
            found.push((name, read.expect("a sound example")));
        }
    }
    assert_eq!(found.len(), 10);
    found
}

/// The cells of the table that says the same as a chart, row by row, without markup.
pub fn table(page: &str, figure: &str) -> Vec<Vec<String>> {
    let rest = page.split_once(&format!("<table id=\"{figure}-table\"")).unwrap().1;
    let table = rest.split_once("</table>").unwrap().0;
    let body = table.split_once("<tbody>").unwrap().1;
    let plain = |cell: &str| {
        let cell = cell.split_once('>').unwrap().1.split("</td>").next().unwrap();
        assert!(!cell.contains('<'), "{cell}");
        cell.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"")
    };
    body.split("<tr>").skip(1).map(|row| row.split("<td").skip(1).map(plain).collect()).collect()
}

#[test]
fn the_numbers_of_the_tables_are_those_of_the_json() {
    let kb = KnowledgeBase::embedded();
    for (name, profile) in examples(&kb) {
        let page = report(&kb, &profile, &receipt(&kb, &profile, &[Lang::En]));
        let result = json::judgement(&kb, &profile, &advise(&kb, &profile.answers));
        for decision in ["type", "mode"] {
            let ranked = result["decisions"][decision]["ranked"].as_array().unwrap();
            let wanted: Vec<(String, i64)> = ranked
                .iter()
                .map(|one| (one["name"]["en"].as_str().unwrap().to_owned(), one["points"].as_i64().unwrap()))
                .collect();
            let shown = table(&page, &format!("{decision}-ranking"));
            let shown: Vec<(String, i64)> = shown.iter().map(|row| (row[0].clone(), row[1].parse().unwrap())).collect();
            assert_eq!(shown, wanted, "{name}: {decision}");
        }
        if let Some(margin) = result["decisions"]["type"]["margin"].as_i64() {
            let rows = table(&page, "type-parting");
            let (sum, steps) = rows.split_last().unwrap();
            assert_eq!(sum[2].parse::<i64>().unwrap(), margin, "{name}");
            assert_eq!(steps.iter().map(|row| row[2].parse::<i64>().unwrap()).sum::<i64>(), margin, "{name}");
        }
        let ranked = result["decisions"]["channel"]["ranked"].as_array().unwrap();
        let mut wanted: Vec<(String, i64)> = ranked
            .iter()
            .filter(|one| !["never", "in-place"].contains(&one["group"].as_str().unwrap()))
            .map(|one| (one["name"]["en"].as_str().unwrap().to_owned(), one["points"].as_i64().unwrap()))
            .collect();
        let shown = table(&page, "channel-standing");
        let mut shown: Vec<(String, i64)> = shown.iter().map(|row| (row[0].clone(), row[1].parse().unwrap())).collect();
        wanted.sort();
        shown.sort();
        assert_eq!(shown, wanted, "{name}");
    }
}

/// A sum as it is written in English at two significant digits, in hundredths.
pub fn hundredths(written: &str) -> i64 {
    let (whole, part) = written.split_once('.').unwrap_or((written, ""));
    let sign = if whole.starts_with('-') { -1 } else { 1 };
    let whole: i64 = whole.replace(',', "").parse().unwrap();
    let part: i64 = if part.is_empty() { 0 } else { format!("{part:0<2}")[..2].parse().unwrap() };
    whole * 100 + sign * part
}

/// Whether a sum is another one rounded to two digits.
pub fn is_rounded(shown: i64, exact: i64) -> bool {
    // A twentieth of the leading digit's place at most, or less than a hundredth of the unit.
    (shown - exact).abs() * 19 <= exact.abs().max(shown.abs()) + 19
}

#[test]
fn the_money_of_the_tables_is_that_of_the_json() {
    let kb = KnowledgeBase::embedded();
    let mut seen = 0;
    for (name, profile) in examples(&kb) {
        let receipt = receipt(&kb, &profile, &[Lang::En]);
        let page = report(&kb, &profile, &receipt);
        let given = advise(&kb, &profile.answers);
        let forecast = &json::report(&kb, &profile, &given, &receipt)["forecast"];
        let Some(streams) = forecast["streams"].as_array().filter(|streams| !streams.is_empty()) else {
            assert!(!page.contains("money-months"), "{name}");
            continue;
        };
        seen += 1;
        let mut so_far = 0;
        let months = table(&page, "money-months");
        assert_eq!(months.len(), 12);
        for (row, month) in months.iter().zip(forecast["months"].as_array().unwrap()) {
            so_far += month["middle"].as_i64().unwrap();
            let exact = ["low", "middle", "high"].map(|key| month[key].as_i64().unwrap());
            for (cell, exact) in row[1..].iter().zip(exact.into_iter().chain([so_far])) {
                assert!(is_rounded(hundredths(cell), exact), "{name}: {cell} is not {exact}");
            }
        }
        let widths = streams.iter().flat_map(|one| one["swings"].as_array().unwrap());
        let width = |swing: &serde_json::Value| (swing["high"].as_i64().unwrap() - swing["low"].as_i64().unwrap()).abs();
        let mut widths: Vec<i64> = widths.map(width).collect();
        widths.sort_unstable_by_key(|width| -width);
        let swings = if widths.is_empty() { Vec::new() } else { table(&page, "money-swings") };
        assert_eq!(swings.len(), widths.len().min(8), "{name}");
        for (row, exact) in swings.iter().zip(widths) {
            assert!(is_rounded(hundredths(&row[3]), exact), "{name}: {} is not {exact}", row[3]);
        }
    }
    assert!(seen >= 6, "{seen} reports with money");
}

#[test]
fn a_report_in_two_languages_holds_every_text_of_both() {
    let kb = KnowledgeBase::embedded();
    let unescaped = |page: &str| page.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    for (name, profile) in examples(&kb) {
        let receipt = receipt(&kb, &profile, &Lang::BOTH);
        let page = unescaped(&report(&kb, &profile, &receipt));
        let given = advise(&kb, &profile.answers);
        for lang in Lang::BOTH {
            let document = advice::document(&kb, &profile.answers, &given, &receipt, lang);
            let sections = document.parts.iter().flat_map(|part| &part.sections);
            for block in document.screen.iter().chain(sections.flat_map(|section| &section.blocks)) {
                let texts: Vec<String> = match block {
                    Block::Lead(text) | Block::Text(text) | Block::Heading(text) | Block::Verbatim(text) => vec![text.clone()],
                    Block::Entry(label, text) | Block::Alarm(label, text) => vec![label.clone(), text.clone()],
                    Block::Numbered(label, items) => items.iter().map(|item| item.concat()).chain([label.clone()]).collect(),
                    Block::Points(points) => points.clone(),
                    Block::Sources(all) => all.iter().map(|cited| cited.title.clone()).collect(),
                    Block::Table(_, rows) => rows.iter().flatten().cloned().collect(),
                    Block::Traits(_, all) => all.iter().map(|one| one.text.clone()).collect(),
                    Block::Figure(figure) => {
                        figure.rows.iter().flatten().chain([&figure.title, &figure.about]).cloned().collect()
                    }
                };
                for text in texts {
                    assert!(page.contains(&text), "{name} in {lang} lacks {text}");
                }
            }
        }
    }
}

#[test]
fn reports_are_small_and_have_the_same_bytes_on_every_run() {
    let kb = KnowledgeBase::embedded();
    for (name, profile) in examples(&kb) {
        let receipt = receipt(&kb, &profile, &Lang::BOTH);
        let page = report(&kb, &profile, &receipt);
        assert!(page.len() <= LARGEST, "{name} has {} bytes", page.len());
        assert_eq!(page, report(&kb, &profile, &receipt), "{name}");
    }
}

#[test]
fn charts_look_as_they_were_approved() {
    let kb = KnowledgeBase::embedded();
    let (_, profile) = examples(&kb).into_iter().find(|(name, _)| name == "running-club").unwrap();
    // What a chart shows changes with the base; how it is drawn does not.
    let toy = toy();
    for (name, page) in [
        ("toy-en", report(&toy, &dog(&toy), &receipt(&toy, &dog(&toy), &[Lang::En]))),
        ("toy-zh-en", report(&toy, &dog(&toy), &receipt(&toy, &dog(&toy), &Lang::BOTH))),
    ] {
        let charts: Vec<&str> = page.split("<svg ").skip(1).map(|rest| rest.split_once("</svg>").unwrap().0).collect();
        assert!(charts.len() >= 3, "{name} has {} charts", charts.len());
        let drawn: String = charts.iter().map(|chart| format!("<svg {chart}</svg>\n").replace("><", ">\n<")).collect();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/charts/{name}.svg"));
        snapbox::assert_data_eq!(drawn, snapbox::Data::read_from(&path, None));
    }
    let page = report(&kb, &profile, &receipt(&kb, &profile, &[Lang::Zh]));
    for chart in
        ["type-ranking", "type-parting", "channel-standing", "plan-weeks", "money-months", "money-swings", "changing-answers"]
    {
        assert!(page.contains(&format!("id=\"{chart}-title\"")), "no chart {chart}");
    }
}
