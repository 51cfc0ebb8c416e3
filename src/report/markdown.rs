//! A page as Markdown, for documents.
//!
//! Every text is escaped, so that nothing in a profile or a base becomes markup;
//! only the address at the end of a source line stays a link, which shows where
//! it leads.

use super::page::{Block, Page, Section};
use crate::text::{Lang, harmless_line};
use crate::words;

/// What Markdown or a table reads as markup anywhere in a line.
const MARKUP: &str = "\\`*_[]<|~&$@";

/// The whole page as Markdown, ending with a line break.
#[must_use]
pub fn render(page: &Page, lang: Lang) -> String {
    titled(page, words::say("markdown.title", lang), lang)
}

/// The same under another title.
#[must_use]
pub fn titled(page: &Page, title: &str, lang: Lang) -> String {
    let mut out = format!("# {title}\n");
    let colon = if lang == Lang::Zh { "：" } else { ": " };
    blocks(&mut out, &page.screen, colon);
    for section in &page.sections {
        heading(&mut out, section);
        blocks(&mut out, &section.blocks, colon);
    }
    out
}

fn heading(out: &mut String, section: &Section) {
    out.push_str("\n## ");
    out.push_str(&escape(&section.heading));
    out.push('\n');
}

/// Blocks below each other; list items that follow each other make one list.
fn blocks(out: &mut String, blocks: &[Block], colon: &str) {
    let mut in_list = false;
    for block in blocks {
        let is_item = matches!(block, Block::Entry(..) | Block::Alarm(..));
        if !(is_item && in_list) {
            out.push('\n');
        }
        in_list = is_item;
        let text = match block {
            Block::Lead(text) => format!("**{}**\n", escape(text)),
            Block::Text(text) => format!("{}\n", escape(text)),
            Block::Heading(text) => format!("### {}\n", escape(text)),
            Block::Entry(label, text) | Block::Alarm(label, text) => format!("- **{}**{colon}{}\n", escape(label), escape(text)),
            Block::Numbered(label, items) => numbered(label, items),
            Block::Points(points) => points.iter().fold(String::new(), |list, point| list + "- " + &escape(point) + "\n"),
            Block::Sources(sources) => sources.iter().fold(String::new(), |list, source| list + "- " + &linked(source) + "\n"),
            Block::Table(heads, rows) => table(heads, rows),
        };
        out.push_str(&text);
    }
}

fn numbered(label: &str, items: &[Vec<String>]) -> String {
    let items = items.iter().enumerate().map(|(at, item)| format!("{}. {}\n", at + 1, escape(&item.concat())));
    std::iter::once(format!("**{}**\n\n", escape(label))).chain(items).collect()
}

fn table(heads: &[String], rows: &[Vec<String>]) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let escaped = |cells: &[String]| line(cells.iter().map(|cell| escape(cell)).collect());
    let rule = line(vec!["---".to_owned(); heads.len()]);
    let rows = rows.iter().map(|row| escaped(row));
    [escaped(heads), rule].into_iter().chain(rows).collect()
}

/// A source whose last word may be an address in angle brackets.
fn linked(point: &str) -> String {
    match point.rsplit_once(" <").and_then(|(text, rest)| Some((text, rest.strip_suffix('>')?))) {
        Some((text, url)) if is_address(url) => format!("{} <{url}>", escape(text)),
        _ => escape(point),
    }
}

fn is_address(url: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(c);
    (url.starts_with("https://") || url.starts_with("http://")) && url.chars().all(is_plain)
}

/// A text that Markdown shows as it is, on one line.
///
/// ```
/// use qun::report::markdown::escape;
/// assert_eq!(escape("a|b\n<b>*c*"), "a\\|b \\<b>\\*c\\*");
/// assert_eq!(escape("1. one"), "1\\. one");
/// assert_eq!(escape("- one"), "\\- one");
/// ```
#[must_use]
pub fn escape(text: &str) -> String {
    let text = harmless_line(text);
    let text = text.trim();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let is_last_of_mark = rest.is_empty() || rest.starts_with([' ', '-', '=']);
        let is_mark = (at == 0 && "+-=".contains(c)) || (at > 0 && at == digits && ".)".contains(c));
        let opens_a_block = (is_mark && is_last_of_mark) || (at == 0 && c == '>') || (c == '#' && before == ' ');
        let makes_an_address = (c == ':' && rest.starts_with("//")) || (c == '.' && text[..at].ends_with("www"));
        if opens_a_block || makes_an_address || MARKUP.contains(c) {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}
