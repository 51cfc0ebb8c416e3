//! A commented profile to fill in, in TOML.

use crate::fact::{Fact, Kind};
use crate::kb::KnowledgeBase;
use crate::text::Lang;
use crate::words;
use std::fmt::Write;

/// Every question with its help and its options, each answer commented out.
#[must_use]
pub fn profile(kb: &KnowledgeBase, lang: Lang) -> String {
    let mut out = String::new();
    comment(&mut out, words::say("profile.intro", lang));
    for (key, note) in [("id", "profile.id"), ("name", "profile.name")] {
        let _ = writeln!(out, "# {key} = \"\"  # {}", words::say(note, lang));
    }
    for (number, group) in kb.groups.pairs() {
        let _ = writeln!(out, "\n# ==== {} ====", group.name.get(lang));
        for fact in kb.facts.iter().filter(|fact| fact.group == number) {
            out.push('\n');
            question(&mut out, fact, lang);
        }
    }
    out
}

fn question(out: &mut String, fact: &Fact, lang: Lang) {
    comment(out, fact.question.get(lang));
    comment(out, fact.help.get(lang));
    let option = |out: &mut String, fact: &Fact| {
        for option in fact.options() {
            let help = option.help.as_ref().filter(|_| !is_candidates(fact)).map_or("", |help| help.get(lang));
            let gap = if help.is_empty() { "" } else { " – " };
            let _ = writeln!(out, "#   {:<18} {}{gap}{help}", option.id, option.label.get(lang));
        }
    };
    match &fact.kind {
        Kind::Choice(_) => {
            comment(out, &format!("{}:", words::say("profile.one-of", lang)));
            option(out, fact);
            let _ = writeln!(out, "# {} = \"\"", fact.id);
        }
        Kind::Choices { at_most, .. } => {
            comment(out, &format!("{}:", words::fill("profile.some-of", lang, &[("n", &at_most.to_string())])));
            option(out, fact);
            let _ = writeln!(out, "# {} = [\"\"]", fact.id);
        }
        Kind::Number(range) => {
            let (min, max, unit) = (range.written(range.min), range.written(range.max), range.unit.get(lang));
            comment(out, &words::fill("profile.number", lang, &[("min", &min), ("max", &max), ("unit", unit)]));
            let _ = writeln!(out, "# {} = ", fact.id);
        }
        Kind::YesNo => {
            comment(out, words::say("profile.yes-no", lang));
            let _ = writeln!(out, "# {} = ", fact.id);
        }
    }
}

fn is_candidates(fact: &Fact) -> bool {
    matches!(fact.kind, Kind::Choices { candidates_of: Some(_), .. })
}

fn comment(out: &mut String, text: &str) {
    for line in text.lines() {
        let _ = writeln!(out, "# {line}");
    }
}
