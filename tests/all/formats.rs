//! The advice for documents and chats: nothing of a stranger becomes markup, and it fits.

#![allow(clippy::unwrap_used, reason = "a test that unwraps nothing fails, and says where")]

use super::support::{changed, completions, domains, toy};
use crate::thorough::thorough;
use proptest::prelude::*;
use qun::advice::advise;
use qun::answer::Answers;
use qun::diagnostic::Files;
use qun::ids::FactId;
use qun::kb::KnowledgeBase;
use qun::report::advice;
use qun::report::markdown::{escape, render};
use qun::report::page::{Block, Cited, Extent, Page, Section, Trait};
use qun::report::text::{LONGEST, advice as chat};
use qun::text::{Lang, harmless_line};

fn answers(kb: &KnowledgeBase, text: &str) -> Answers {
    qun::profile::read(&kb.facts, "profile.toml", text.as_bytes(), &mut Files::default()).expect("a sound profile").answers
}

const DOG: &str = "pet = \"dog\"\nwalks = true\ntoys = [\"ball\"]\nsize = 30\ndoes-now = [\"grooming\"]";

fn document(kb: &KnowledgeBase, name: Option<&str>, lang: Lang) -> String {
    let answers = answers(kb, DOG);
    render(&advice::page(kb, &answers, &advise(kb, &answers), name, lang, Extent::Full), lang)
}

/// Whether the character at this place is escaped: by an odd number of backslashes.
fn is_escaped(text: &str, at: usize) -> bool {
    text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

proptest! {
    #[test]
    fn escaping_leaves_no_markup_and_loses_nothing(text in "([ -~\n\t群🙂\u{1b}\u{202e}]{0,9}(https?://|www\\.)?){0,5}") {
        let escaped = escape(&text);
        for (at, c) in escaped.char_indices().filter(|(_, c)| "`*_[]<|~&$@".contains(*c)) {
            prop_assert!(is_escaped(&escaped, at), "{c} in {escaped}");
        }
        let is_harmless = !escaped.contains(['\n', '\t', '\u{1b}', '\u{202e}']);
        prop_assert!(is_harmless);
        for (at, _) in escaped.match_indices("://") {
            prop_assert!(is_escaped(&escaped, at), "an address in {}", escaped);
        }
        prop_assert!(!escaped.contains("www."));
        let mut plain = String::new();
        let mut chars = escaped.chars();
        while let Some(c) = chars.next() {
            plain.extend(if c == '\\' { chars.next() } else { Some(c) });
        }
        prop_assert_eq!(plain, harmless_line(&text).trim().to_owned());
    }
}

#[test]
fn nothing_at_the_beginning_of_a_line_opens_a_block() {
    for (text, expected) in [
        ("# head", "\\# head"),
        ("- item", "\\- item"),
        ("+ item", "\\+ item"),
        ("12. item", "12\\. item"),
        ("3) item", "3\\) item"),
        ("> said", "\\> said"),
        ("---", "\\---"),
        ("-5", "-5"),
        ("99.5%", "99.5%"),
        ("book#1", "book#1"),
    ] {
        assert_eq!(escape(text), expected);
    }
}

#[test]
fn a_name_full_of_markup_stays_a_name() {
    let name = "</b><script>|a|`b`*c*_d_[e](http://f)\n# g\n- h";
    let text = document(&toy(), Some(name), Lang::En);
    assert!(
        text.lines()
            .any(|line| line.starts_with("**\\</b>\\<script>\\|a\\|\\`b\\`\\*c\\*\\_d\\_\\[e\\](http\\://f) \\# g - h: ")),
        "{text}"
    );
}

#[test]
fn every_row_of_a_table_has_as_many_cells_as_its_head() {
    let folder = changed("kinds/canine.toml", "en = \"A dog is kept\"", "en = \"A | dog\\nis `kept` |\"");
    let kb = KnowledgeBase::load(&folder, &mut Files::default()).unwrap();
    let text = document(&kb, None, Lang::En);
    assert!(text.contains("| +8 | A \\| dog is \\`kept\\` \\| | A book of pets |"), "{text}");
    let mut cells = None;
    for line in text.lines() {
        let bars = line.char_indices().filter(|(at, c)| *c == '|' && !is_escaped(line, *at)).count();
        match (line.starts_with('|'), cells) {
            (true, Some(before)) => assert_eq!(bars, before, "{line}"),
            (true, None) => cells = Some(bars),
            (false, _) => {
                assert_eq!(bars, 0, "{line}");
                cells = None;
            }
        }
    }
}

#[test]
fn only_the_address_at_the_end_of_a_source_line_is_a_link() {
    let cited = |title: &str, url: Option<&str>| Cited {
        id: String::new(),
        title: title.to_owned(),
        url: url.map(str::to_owned),
        copy_of: None,
    };
    let documents = vec![
        cited("r1: A title", Some("https://example.org/a_b?c=1")),
        cited("r2: <script>", None),
        cited("r3: A", Some("javascript:alert(1)")),
        cited("https://x.org", None),
    ];
    let blocks = vec![Block::Sources(documents)];
    let page = Page { screen: Vec::new(), sections: vec![Section { heading: "S*".to_owned(), blocks }] };
    let text = render(&page, Lang::En);
    let expected = "## S\\*\n\n- r1: A title <https://example.org/a_b?c=1>\n- r2: \\<script>\n- r3: A \\<javascript:alert(1)>\n- https\\://x.org\n";
    assert!(text.ends_with(expected), "{text}");
}

#[test]
fn documents_hold_everything_that_the_page_holds() {
    let kb = toy();
    let answers = answers(&kb, DOG);
    for lang in Lang::BOTH {
        let page = advice::page(&kb, &answers, &advise(&kb, &answers), Some("Rex"), lang, Extent::Full);
        let text = render(&page, lang);
        for section in &page.sections {
            assert!(text.contains(&format!("\n## {}\n", escape(&section.heading))), "{}", section.heading);
        }
        let entries = page.screen.iter().chain(page.sections.iter().flat_map(|section| &section.blocks));
        for block in entries {
            let parts: Vec<String> = match block {
                Block::Lead(text) | Block::Text(text) | Block::Heading(text) => vec![text.clone()],
                Block::Entry(label, text) | Block::Alarm(label, text) => vec![label.clone(), text.clone()],
                Block::Numbered(label, _) => vec![label.clone()],
                Block::Points(points) => points.clone(),
                Block::Sources(all) => all.iter().map(|cited| cited.title.clone()).collect(),
                Block::Table(heads, rows) => heads.iter().chain(rows.iter().flatten()).cloned().collect(),
                Block::Traits(heads, all) => heads.iter().cloned().chain(all.iter().flat_map(Trait::cells)).collect(),
                Block::Figure(figure) if figure.repeats => Vec::new(),
                Block::Figure(figure) => figure.heads.iter().chain(figure.rows.iter().flatten()).cloned().collect(),
                Block::Verbatim(text) => text.lines().map(str::to_owned).collect(),
            };
            for part in parts {
                assert!(text.contains(&escape(&part)), "{part} is missing in\n{text}");
            }
        }
    }
}

/// Whether a text fits a chat: short enough, and nothing that draws boxes or moves a cursor.
fn assert_fits(text: &str) {
    assert!(text.chars().count() <= LONGEST, "{} characters:\n{text}", text.chars().count());
    assert!(!text.chars().any(|c| ('\u{2500}'..='\u{257f}').contains(&c) || (c.is_control() && c != '\n')), "{text}");
    assert!(text.ends_with('\n') && text.lines().all(|line| !line.trim().is_empty()), "{text}");
}

#[test]
fn the_chat_text_fits_whatever_is_known() {
    let kb = toy();
    let relevant: Vec<FactId> = ["pet", "toys", "walks"].iter().map(|id| kb.fact(id).unwrap()).collect();
    let all = completions(&kb, &Answers::unknown(kb.facts.len()), &relevant);
    for answers in all.iter().chain([&Answers::unknown(kb.facts.len())]) {
        for lang in Lang::BOTH {
            assert_fits(&chat(&kb, answers, &advise(&kb, answers), Some("A name | *so* long ".repeat(50).as_str()), lang));
        }
    }
}

#[test]
fn the_chat_text_tells_verdict_sureness_money_one_thing_and_the_red_line() {
    let kb = toy();
    let answers = answers(&kb, DOG);
    let text = chat(&kb, &answers, &advise(&kb, &answers), Some("Rex"), Lang::En);
    let starts: Vec<&str> = text.lines().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(starts, ["Rex", "How sure", "Next money", "Do this first", "Red line"], "{text}");
    assert!(text.starts_with("Rex: This is a canine kind.\n"), "{text}");
    assert!(
        text.contains("Do this first: Grow “Grooming”. Brush once.")
            && text.contains("Red line: Before you take the first money"),
        "{text}"
    );
}

#[test]
fn where_nothing_is_known_the_chat_text_asks_the_next_question() {
    let kb = toy();
    let answers = Answers::unknown(kb.facts.len());
    let text = chat(&kb, &answers, &advise(&kb, &answers), None, Lang::En);
    assert!(text.starts_with("No kind is clear.\n") && text.contains("Which pet is kept?"), "{text}");
}

#[test]
fn long_sentences_are_dropped_whole_and_only_a_single_one_is_cut() {
    let long = |step: &str| {
        let folder = changed("offers/grooming.toml", "en = \"Brush once.\"", &format!("en = \"{step}\""));
        let kb = KnowledgeBase::load(&folder, &mut Files::default()).unwrap();
        let answers = answers(&kb, DOG);
        chat(&kb, &answers, &advise(&kb, &answers), None, Lang::En)
    };
    let several = long(&"Go for one walk today. ".repeat(40));
    assert_fits(&several);
    assert!(several.contains("Do this first: Grow “Grooming”. Go for one walk today.") && !several.contains('…'), "{several}");
    let single = long(&"walk and ".repeat(200));
    assert_fits(&single);
    assert!(single.contains("Do this first: Grow “Grooming”.\n"), "the sentence that is too long is left out: {single}");
    assert!(single.contains("Red line: Before you take the first money"), "the rest stays: {single}");
}

#[test]
fn the_chat_text_of_the_shipped_base_fits_for_every_single_answer_and_every_case() {
    let kb = KnowledgeBase::embedded();
    let adviser = qun::advice::Adviser::new(&kb);
    let alone = kb.facts.ids().zip(domains(&kb)).flat_map(|(fact, all)| {
        let count = kb.facts.len();
        all.into_iter().take(5).map(move |answer| {
            let mut one = Answers::unknown(count);
            one.set(fact, Some(answer));
            one
        })
    });
    let all = alone.chain(kb.cases.iter().map(|case| case.answers.clone()));
    for answers in all.step_by(thorough(1, 15)) {
        let judged = adviser.advise(&answers);
        for lang in Lang::BOTH {
            assert_fits(&chat(&kb, &answers, &judged, Some("社群 community"), lang));
        }
    }
}
