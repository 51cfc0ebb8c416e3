//! Lines and columns of a given width, Chinese and Latin letters mixed.
//!
//! Chinese may break nearly anywhere, so a space between a Chinese character and a
//! number is no better place than any other: there, and inside a range of numbers or
//! a date, no line ends.

use textwrap::Options;
use unicode_width::UnicodeWidthStr;

/// What stands for a space at which no line ends.
const KEPT_SPACE: char = '\u{a0}';
/// What forbids a break and has no width.
const JOINER: char = '\u{2060}';
/// What stands between two columns of a table.
const GAP: usize = 2;
/// No column is made narrower than this.
const LEAST: usize = 8;

/// A text in lines of at most `width` columns; the first line and the others begin
/// with what is given.
#[must_use]
pub fn lines(text: &str, width: usize, first: &str, rest: &str) -> Vec<String> {
    let options = Options::new(width).initial_indent(first).subsequent_indent(rest);
    let plain = |line: &str| line.replace(KEPT_SPACE, " ").replace(JOINER, "").trim_end().to_owned();
    let mut found: Vec<String> = textwrap::wrap(&glued(text), options).iter().map(|line| plain(line)).collect();
    for at in 1..found.len() {
        // A word that is wider than a line is broken anywhere, even before the bracket that closes it.
        let body = found[at].strip_prefix(rest).unwrap_or(&found[at]);
        let last = found[at - 1].chars().next_back().filter(|last| last.is_alphanumeric());
        let Some(last) = last.filter(|_| body.starts_with(closes) && found[at].width() < width) else { continue };
        let line = format!("{rest}{last}{body}");
        found[at] = line;
        found[at - 1].pop();
    }
    found
}

/// Whether a character closes what stands before it, and begins no line.
fn closes(c: char) -> bool {
    "）》」』】〉”’)]}，。；：、！？".contains(c)
}

/// The text with its places glued at which no line may end.
fn glued(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied();
        let behind = chars.get(at + 1).copied();
        let is_split = |found: Option<char>| found.is_some_and(char::is_alphanumeric);
        match (before, *c, behind) {
            // A word with an equals sign is part of a command, which is copied whole, and so is an address.
            (_, '-', _) if is_split(before) && is_split(behind) && word_of(&chars, at).contains(&'=') => out.extend([*c, JOINER]),
            (_, '/' | '-' | '?' | '&', Some(next)) if !next.is_whitespace() && is_address(word_of(&chars, at)) => {
                out.extend([*c, JOINER]);
            }
            (Some(number), ' ', Some(next)) if number.is_ascii_digit() && is_han(next) => out.push(KEPT_SPACE),
            (Some(number), '–' | '-', Some(next)) if number.is_ascii_digit() && next.is_ascii_digit() => {
                out.extend([JOINER, *c, JOINER]);
            }
            _ => out.push(*c),
        }
    }
    out
}

/// The word around a place, up to the spaces on both sides.
fn word_of(chars: &[char], at: usize) -> &[char] {
    let from = chars[..at].iter().rposition(|c| c.is_whitespace()).map_or(0, |space| space + 1);
    let to = chars[at..].iter().position(|c| c.is_whitespace()).map_or(chars.len(), |space| at + space);
    &chars[from..to]
}

fn is_address(word: &[char]) -> bool {
    word.windows(3).any(|part| part == [':', '/', '/'])
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The rows of a table, each as the lines that it takes, in at most `width` columns
/// where that can be: narrow columns keep their width, the others share what is left.
#[must_use]
pub fn table(rows: &[Vec<String>], width: usize) -> Vec<Vec<String>> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.width()).max().unwrap_or(0);
    let natural: Vec<usize> = (0..count).map(widest).collect();
    let widths = shared(&natural, width.saturating_sub(GAP * count.saturating_sub(1) + 1));
    rows.iter().map(|row| set(row, &widths)).collect()
}

/// How wide columns are: those that need less than an equal share get what they need.
fn shared(natural: &[usize], room: usize) -> Vec<usize> {
    let mut widths = vec![0; natural.len()];
    let mut open: Vec<usize> = (0..natural.len()).collect();
    let mut left = room;
    while !open.is_empty() {
        let share = left / open.len();
        let (narrow, wide): (Vec<usize>, Vec<usize>) = open.iter().partition(|at| natural[**at] <= share);
        if narrow.is_empty() {
            let total: usize = wide.iter().map(|at| natural[*at]).sum::<usize>().max(1);
            let half = left / 2;
            for at in &wide {
                widths[*at] = (half / wide.len() + half * natural[*at] / total).max(LEAST.min(share.max(1)));
            }
            break;
        }
        for at in narrow {
            widths[at] = natural[at];
            left = left.saturating_sub(natural[at]);
        }
        open = wide;
    }
    widths
}

/// One row as lines.
fn set(row: &[String], widths: &[usize]) -> Vec<String> {
    let cells: Vec<Vec<String>> = row.iter().zip(widths).map(|(cell, width)| lines(cell, (*width).max(2), "", "")).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let line = |at: usize| {
        let mut out = String::from(" ");
        for (cell, width) in cells.iter().zip(widths) {
            let text = cell.get(at).map_or("", String::as_str);
            out.push_str(text);
            out.extend(std::iter::repeat_n(' ', width.saturating_sub(text.width()) + GAP));
        }
        out.trim_end().to_owned()
    };
    (0..height).map(line).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn example_of_lines() {
        use qun::report::wrap::lines;
        assert_eq!(lines("拟一份 7 天任务表", 8, "", ""), ["拟一份", "7 天任务", "表"]);
        assert_eq!(lines("第 3–8 周", 20, "· ", "  "), ["· 第 3–8 周"]);
        assert_eq!(lines("try --set talk-most=notes-of-all", 24, "", ""), ["try --set", "talk-most=notes-of-all"]);
        assert_eq!(lines("a source <http://a.b/c-d/e?f>", 20, "", ""), ["a source", "<http://a.b/c-d/e?f>"]);
        assert_eq!(lines("（brightonlewes）", 15, "", ""), ["（brightonlewe", "s）"]);
        assert_eq!(lines("施行：2018-10-26。", 12, "", ""), ["施行：", "2018-10-26。"]);
    }
}
