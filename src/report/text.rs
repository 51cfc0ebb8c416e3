//! The advice as a few lines of plain text, to paste into a chat.
//!
//! What a reader needs to act: the verdict, how sure it is, the first money, one
//! thing to do, the red line. What is too long loses whole sentences from its
//! longest part; only a sentence that is too long by itself is cut.

use super::phrases::Subject;
use super::screen;
use crate::advice::Advice;
use crate::answer::Answers;
use crate::kb::KnowledgeBase;
use crate::text::{Lang, harmless_line};
use crate::words;

/// The most characters, line breaks included.
pub const LONGEST: usize = 600;
/// The most characters of a community's name.
const LONGEST_NAME: usize = 40;

/// The advice in at most [`LONGEST`] characters, ending with a line break.
#[must_use]
pub fn advice(kb: &KnowledgeBase, answers: &Answers, advice: &Advice, name: Option<&str>, lang: Lang) -> String {
    let open = kb.facts.ids().filter(|fact| answers.is_open(*fact)).count();
    let name = name.map(|name| cut(&harmless_line(name), LONGEST_NAME));
    let subject = Subject { kb, answers, advice, lang, open, name: name.as_deref() };
    let to_do = match screen::first_of_week(&subject) {
        Some(item) => ("text.do", item),
        None => ("advice.next", screen::next(&subject)),
    };
    let mut parts: Vec<Part> = vec![Part::new(String::new(), &screen::verdict(&subject))];
    let labelled = |(key, text): (&str, String)| (words::say(key, lang).to_owned(), text);
    let mut told = vec![labelled(("advice.sure", screen::sure(&subject)))];
    told.extend(screen::alarm(&subject));
    told.push(labelled(("advice.next-money", screen::money(&subject))));
    told.push(labelled(to_do));
    told.push(labelled(("advice.red-line", screen::red_line(&subject))));
    for (label, text) in told.into_iter().filter(|(_, text)| !text.is_empty()) {
        let part = Part::new(format!("{label}{}", subject.colon()), &text);
        if parts.iter().all(|other| other.sentences != part.sentences) {
            parts.push(part);
        }
    }
    shorten(&mut parts);
    parts.iter().map(|part| part.written() + "\n").collect()
}

/// A line: its label and its sentences.
struct Part {
    label: String,
    sentences: Vec<String>,
}

impl Part {
    fn new(label: String, text: &str) -> Part {
        Part { label, sentences: sentences(&harmless_line(text)) }
    }

    fn written(&self) -> String {
        format!("{}{}", self.label, self.sentences.concat().trim_end())
    }

    /// Characters, the line break included.
    fn length(&self) -> usize {
        self.written().chars().count() + 1
    }
}

/// The sentences of a text, each with what stands between it and the next.
fn sentences(text: &str) -> Vec<String> {
    let mut found: Vec<String> = vec![String::new()];
    let mut after_stop = false;
    for c in text.trim().chars() {
        let is_stop = "。！？".contains(c);
        if after_stop && !is_stop && !"”）》".contains(c) {
            found.push(String::new());
            after_stop = false;
        }
        let ends_with_dot = found.last().is_some_and(|last| last.ends_with(['.', '!', '?']));
        if let Some(last) = found.last_mut() {
            last.push(c);
        }
        after_stop |= is_stop || (c == ' ' && ends_with_dot);
    }
    found
}

/// Takes sentences away, then characters, until all parts fit.
fn shorten(parts: &mut [Part]) {
    loop {
        let over = parts.iter().map(Part::length).sum::<usize>().saturating_sub(LONGEST);
        if over == 0 {
            return;
        }
        let several = parts.iter_mut().filter(|part| part.sentences.len() > 1);
        if let Some(part) = several.max_by_key(|part| part.length()) {
            part.sentences.pop();
            continue;
        }
        let Some(longest) = parts.iter_mut().max_by_key(|part| part.length()) else { return };
        let text = longest.sentences.concat();
        let there = text.trim_end().chars().count();
        // No part loses more than half at once, so that several share the cutting.
        let keep = there.saturating_sub(over).max(there / 2);
        if keep <= 1 {
            return;
        }
        longest.sentences = vec![cut(&text, keep)];
    }
}

/// A text of at most so many characters; where some are left out, `…` stands for them.
fn cut(text: &str, most: usize) -> String {
    let text = text.trim_end();
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    let at_word = match kept.rsplit_once(' ') {
        Some((words, last)) if last.len() < 20 && !words.is_empty() => words,
        _ => kept.as_str(),
    };
    format!("{}…", at_word.trim_end_matches([' ', ',', '，', '、', ':', '：', ';', '；']))
}
