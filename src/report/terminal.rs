//! A page for a terminal: wrapped, aligned, and clear without colour.

use super::chart::Chart;
use super::page::{Block, Cited, Figure, Page, Section, Trait};
use super::textbars;
use super::wrap;
use crate::text::harmless_line;
use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

/// How a page is set.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Columns; at least 20 are used.
    pub width: usize,
    /// Whether escape sequences for colour may be written.
    pub colour: bool,
}

const HEADING: Style = AnsiColor::Cyan.on_default().bold();
const STRONG: Style = Style::new().bold();
const ALARM: Style = AnsiColor::Red.on_default().bold();

/// The whole page as text.
#[must_use]
pub fn render(page: &Page, setting: Setting) -> String {
    let painter = Painter { width: setting.width.max(20), colour: setting.colour };
    let mut out = String::new();
    let labels = page.screen.iter().filter_map(label).map(UnicodeWidthStr::width).max().unwrap_or(0);
    page.screen.iter().for_each(|block| painter.block(&mut out, block, labels + 2));
    for section in &page.sections {
        painter.section(&mut out, section);
    }
    out
}

fn label(block: &Block) -> Option<&str> {
    match block {
        Block::Entry(label, _) | Block::Alarm(label, _) | Block::Numbered(label, _) => Some(label),
        _ => None,
    }
}

struct Painter {
    width: usize,
    colour: bool,
}

impl Painter {
    fn section(&self, out: &mut String, section: &Section) {
        out.push('\n');
        let heading = harmless_line(&section.heading);
        self.wrapped(out, &heading, "", "", Some(HEADING));
        let rule = "─".repeat(heading.width().min(self.width));
        out.push_str(&rule);
        out.push('\n');
        for block in &section.blocks {
            self.block(out, block, 2);
        }
    }

    /// `gutter` is the width of the column of labels on the first screen.
    fn block(&self, out: &mut String, block: &Block, gutter: usize) {
        match block {
            Block::Lead(text) => self.wrapped(out, &harmless_line(text), "", "", Some(STRONG)),
            Block::Text(text) => self.wrapped(out, &harmless_line(text), "", "", None),
            Block::Heading(text) => self.wrapped(out, &format!("[{}]", harmless_line(text)), "", "", Some(STRONG)),
            Block::Points(points) => self.points(out, points.iter().map(String::as_str)),
            Block::Sources(cited) => {
                let lines: Vec<String> = cited.iter().map(Cited::line).collect();
                self.points(out, lines.iter().map(String::as_str));
            }
            Block::Alarm(label, text) if gutter > 2 && gutter * 3 <= self.width => {
                let space = " ".repeat(gutter.saturating_sub(label.width()));
                let first = format!("{}{space}", self.styled(&harmless_line(label), ALARM));
                self.wrapped(out, &harmless_line(text), &first, &" ".repeat(gutter), None);
            }
            Block::Entry(label, text) if gutter > 2 && gutter * 3 <= self.width => {
                let first = self.padded(label, gutter);
                self.wrapped(out, &harmless_line(text), &first, &" ".repeat(gutter), None);
            }
            Block::Entry(label, text) | Block::Alarm(label, text) => {
                let first = self.styled(&harmless_line(label), STRONG);
                self.wrapped(out, &first, "", "", None);
                self.wrapped(out, &harmless_line(text), "    ", "    ", None);
            }
            Block::Numbered(label, items) => self.numbered(out, label, items),
            Block::Table(heads, rows) => self.table(out, heads, rows),
            Block::Traits(heads, traits) => self.table(out, heads, &traits.iter().map(Trait::cells).collect::<Vec<_>>()),
            Block::Figure(figure) => self.figure(out, figure),
            Block::Verbatim(text) => text.lines().for_each(|line| {
                out.push_str(&harmless_line(line));
                out.push('\n');
            }),
        }
    }

    fn points<'t>(&self, out: &mut String, points: impl Iterator<Item = &'t str>) {
        for point in points {
            self.wrapped(out, &harmless_line(point), "· ", "  ", None);
        }
    }

    /// The table of a figure, with its bars where there is room; nothing where the text
    /// around it says the same.
    fn figure(&self, out: &mut String, figure: &Figure) {
        if figure.repeats {
            return;
        }
        let bars = textbars::bars(figure, self.width);
        if bars.is_empty() {
            self.table(out, &figure.heads, &figure.rows);
        } else {
            let heads: Vec<String> = figure.heads.iter().cloned().chain([String::new()]).collect();
            let rows = figure.rows.iter().zip(bars).map(|(row, bar)| row.iter().cloned().chain([bar]).collect());
            self.table(out, &heads, &rows.collect::<Vec<_>>());
        }
        if matches!(figure.chart, Chart::Bars(_)) {
            self.wrapped(out, &harmless_line(&figure.about), "", "", None);
        }
    }

    /// The label on a line of its own: what is to be done needs the whole width.
    fn numbered(&self, out: &mut String, label: &str, items: &[Vec<String>]) {
        self.wrapped(out, &harmless_line(label), "", "", Some(STRONG));
        for (at, item) in items.iter().enumerate() {
            let text = item.iter().map(|part| harmless_line(part)).collect::<Vec<_>>().concat();
            self.wrapped(out, &text, &format!(" {}. ", at + 1), "    ", None);
        }
    }

    fn padded(&self, label: &str, gutter: usize) -> String {
        let label = harmless_line(label);
        let space = " ".repeat(gutter.saturating_sub(label.width()));
        format!("{}{space}", self.styled(&label, STRONG))
    }

    fn wrapped(&self, out: &mut String, text: &str, first: &str, rest: &str, style: Option<Style>) {
        for line in wrap::lines(text, self.width, first, rest) {
            match style {
                Some(style) => out.push_str(&self.styled(&line, style)),
                None => out.push_str(&line),
            }
            out.push('\n');
        }
    }

    fn table(&self, out: &mut String, heads: &[String], rows: &[Vec<String>]) {
        let plain = |row: &Vec<String>| row.iter().map(|cell| harmless_line(cell)).collect::<Vec<_>>();
        let all: Vec<Vec<String>> = std::iter::once(&heads.to_vec()).chain(rows).map(plain).collect();
        for (at, row) in wrap::table(&all, self.width).iter().enumerate() {
            for line in row {
                let styled = if at == 0 { self.styled(line, STRONG) } else { line.clone() };
                out.push_str(&styled);
                out.push('\n');
            }
        }
    }

    fn styled(&self, text: &str, style: Style) -> String {
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}
