//! A page as Markdown, for documents.
//!
//! Every text is escaped, so that nothing in a profile or a base becomes markup;
//! only the address at the end of a source line stays a link, which shows where
//! it leads.

use super::page::{Block, Cited, Document, Page, Trait};
use super::receipt::Receipt;
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
    let mut out = format!("# {}\n", escape(title));
    let colon = if lang == Lang::Zh { "：" } else { ": " };
    blocks(&mut out, &page.screen, colon);
    for section in &page.sections {
        heading(&mut out, 2, &section.heading);
        blocks(&mut out, &section.blocks, colon);
    }
    out
}

/// A document as Markdown, ending with a line break: a title, for whom and by whom
/// where that is given, the first screen, the parts.
#[must_use]
pub fn document(document: &Document, receipt: &Receipt, lang: Lang) -> String {
    let colon = if lang == Lang::Zh { "：" } else { ": " };
    let mut out = format!("# {}\n", receipt.title(lang));
    let given = [("html.client", &receipt.client), ("html.analyst", &receipt.analyst), ("html.date", &receipt.date)];
    let entry = |(key, text): (&str, &Option<String>)| Some(Block::Entry(words::say(key, lang).to_owned(), text.clone()?));
    blocks(&mut out, &given.into_iter().filter_map(entry).collect::<Vec<_>>(), colon);
    blocks(&mut out, &document.screen, colon);
    for part in &document.parts {
        heading(&mut out, 2, &part.heading);
        for section in &part.sections {
            if part.sections.len() > 1 && section.heading != part.heading {
                heading(&mut out, 3, &section.heading);
            }
            blocks(&mut out, &section.blocks, colon);
        }
    }
    out
}

fn heading(out: &mut String, level: usize, text: &str) {
    out.push('\n');
    out.push_str(&"#".repeat(level));
    out.push(' ');
    out.push_str(&escape(text));
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
            Block::Heading(text) => format!("#### {}\n", escape(text)),
            Block::Entry(label, text) | Block::Alarm(label, text) => format!("- **{}**{colon}{}\n", escape(label), escape(text)),
            Block::Numbered(label, items) => numbered(label, items),
            Block::Points(points) => points.iter().fold(String::new(), |list, point| list + "- " + &escape(point) + "\n"),
            Block::Sources(sources) => sources.iter().fold(String::new(), |list, source| list + "- " + &linked(source) + "\n"),
            Block::Table(heads, rows) => table(heads, rows),
            Block::Traits(heads, traits) => table(heads, &traits.iter().map(Trait::cells).collect::<Vec<_>>()),
            Block::Figure(figure) if figure.repeats => continue,
            Block::Figure(figure) => format!("{}\n{}\n", table(&figure.heads, &figure.rows), escape(&figure.about)),
            Block::Verbatim(text) => fenced(text),
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

/// A title, and the address behind it if it is one.
fn linked(cited: &Cited) -> String {
    match cited.url.as_ref().filter(|url| is_address(url)) {
        Some(url) => format!("{} <{url}>", escape(&cited.title)),
        None => escape(&cited.line()),
    }
}

/// Text as it is, between fences that do not occur in it.
fn fenced(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    let lines: String = text.lines().map(|line| harmless_line(line) + "\n").collect();
    format!("{fence}toml\n{lines}{fence}\n")
}

fn is_address(url: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(c);
    (url.starts_with("https://") || url.starts_with("http://")) && url.chars().all(is_plain)
}

/// A text that Markdown shows as it is, on one line.
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

#[cfg(test)]
mod tests {
    #[test]
    fn example_of_escape() {
        use qun::report::markdown::escape;
        assert_eq!(escape("a|b\n<b>*c*"), "a\\|b \\<b>\\*c\\*");
        assert_eq!(escape("1. one"), "1\\. one");
        assert_eq!(escape("- one"), "\\- one");
    }
}
