//! Reports are held against what their receipts give.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use super::support::{changed, toy};
use qun::advice::advise;
use qun::diagnostic::Files;
use qun::kb::KnowledgeBase;
use qun::profile::{self, Profile};
use qun::report::page::Extent;
use qun::report::receipt::Receipt;
use qun::report::verify::{Found, verify};
use qun::report::{advice, html, json, markdown};
use qun::text::{Lang, harmless_json, no_commands};

fn profile(kb: &KnowledgeBase) -> Profile {
    let text =
        "name = \"R\\u202Eex <b>`\\\"\\\\&\"\npet = \"dog\"\nwalks = true\nsize = 30\nsays = \"?\"\ndoes-now = [\"grooming\"]";
    profile::read(&kb.facts, "dog.toml", text.as_bytes(), &mut Files::default()).unwrap()
}

/// The same report in every form that can be verified.
fn reports(kb: &KnowledgeBase) -> [String; 3] {
    let profile = profile(kb);
    let given = advise(kb, &profile.answers);
    let receipt = |langs: &[Lang]| Receipt {
        client: Some("A & B <c>".to_owned()),
        date: Some("2026-11".to_owned()),
        ..Receipt::new(kb, &profile, langs, Extent::Full)
    };
    let both = receipt(&Lang::BOTH);
    let document = |receipt: &Receipt, lang: Lang| advice::document(kb, &profile.answers, &given, receipt, lang);
    let page = html::render(&both, &Lang::BOTH.map(|lang| (lang, document(&both, lang))));
    let one = receipt(&[Lang::En]);
    let text = markdown::document(&document(&one, Lang::En), &one, Lang::En);
    let value = harmless_json(&format!("{:#}\n", json::report(kb, &profile, &given, &both))).into_owned();
    [no_commands(&page).into_owned(), no_commands(&text).into_owned(), value]
}

#[test]
fn an_untouched_report_is_equal_also_with_the_line_ends_of_mail() {
    let kb = toy();
    for report in reports(&kb) {
        assert_eq!(verify(&kb, &report), Found::Equal, "{report}");
        assert_eq!(verify(&kb, &report.replace('\n', "\r\n")), Found::Equal);
    }
}

#[test]
fn an_edited_text_is_named() {
    let kb = toy();
    for report in reports(&kb) {
        let edited = report.replacen("Brush once", "Brush twice", 1);
        assert_ne!(edited, report, "{report}");
        let Found::Edited(differs) = verify(&kb, &edited) else { panic!("{:?}", verify(&kb, &edited)) };
        assert!(differs.report.contains("Brush twice") && differs.made.contains("Brush once"), "{differs:?}");
    }
}

#[test]
fn an_edited_number_is_named_with_its_heading() {
    let kb = toy();
    let [page, text, value] = reports(&kb);
    for (report, old, new, at) in [
        (page, "<td class=\"n\">+15<", "<td class=\"n\">+17<", "种类"),
        (text, "| Canine | +15 |", "| Canine | +17 |", "Advice"),
        (value, "\"points\": 15", "\"points\": 17", ".decisions.kind.ranked[0].points"),
    ] {
        let edited = report.replacen(old, new, 1);
        assert_ne!(edited, report, "{report}");
        let Found::Edited(differs) = verify(&kb, &edited) else { panic!("{:?}", verify(&kb, &edited)) };
        assert!(differs.report.contains("17") && differs.made.contains("15"), "{differs:?}");
        assert!(differs.at.contains(at), "{differs:?}");
    }
}

#[test]
fn edited_answers_are_found_by_their_hash() {
    let kb = toy();
    for report in reports(&kb) {
        let edited = report.replace("size = 30", "size = 31").replace("\"size\": 30", "\"size\": 31");
        assert_ne!(edited, report);
        assert!(matches!(verify(&kb, &edited), Found::Answers { found: Some(_), .. }), "{:?}", verify(&kb, &edited));
    }
}

#[test]
fn another_base_is_said_with_the_first_difference() {
    let kb = toy();
    let folder = changed("kinds/canine.toml", "en = \"This is a canine kind.\"", "en = \"This is a dog's kind.\"");
    let other = KnowledgeBase::load(&folder, &mut Files::default()).unwrap();
    for report in reports(&kb) {
        let Found::OtherBase { stated, differs } = verify(&other, &report) else { panic!("{:?}", verify(&other, &report)) };
        assert_eq!(stated, (kb.version.clone(), kb.hash.clone()));
        assert!(differs.is_some());
    }
}

#[test]
fn what_has_no_receipt_is_said_to_have_none() {
    let kb = toy();
    for text in
        ["", "# A report", "<!DOCTYPE html><pre>receipt = 2</pre>", "{\"receipt\": {}}", "[1", "```toml\nreceipt = 1\n```"]
    {
        assert_eq!(verify(&kb, text), Found::NoReceipt, "{text}");
    }
}
