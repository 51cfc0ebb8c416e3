//! Blocks as HTML, each once with its text in every language of the page.

use super::chart;
use super::tongues::{Said, tag};
use crate::report::chart::Chart;
use crate::report::page::{Block, Cited, Document, Figure, Trait};
use crate::text::{Lang, harmless};
use crate::words;
use maud::{Markup, html};

/// Writes the blocks of some documents that say the same in different languages.
pub struct Writer<'a> {
    /// The documents.
    pub documents: &'a [(Lang, Document)],
    /// Figures that are drawn on page one while their table stands in a part: their ids, and the number of the part.
    pub apart: &'a [(String, usize)],
    /// Whether this is page one.
    pub is_sheet: bool,
}

/// A block of an entry: a label and what belongs to it.
fn is_entry(block: &Block) -> bool {
    matches!(block, Block::Entry(..) | Block::Alarm(..) | Block::Numbered(..))
}

impl Writer<'_> {
    /// Blocks by language, under a heading of the level before `level`.
    pub fn blocks(&self, all: &[&[Block]], level: u8) -> Markup {
        self.leading(all, &[], level)
    }

    /// The same, where some blocks lead to what says more about them.
    pub fn leading(&self, all: &[&[Block]], more: &[Option<Markup>], level: u8) -> Markup {
        if !are_alike(all) {
            return html! {
                @for (at, (lang, _)) in self.documents.iter().enumerate().take(all.len()) {
                    div lang=(tag(*lang)) {
                        (Writer { documents: &self.documents[at..=at], ..*self }.leading(&all[at..=at], more, level))
                    }
                }
            };
        }
        let Some(first) = all.first() else { return html! {} };
        let mut drawn: Vec<Markup> = Vec::new();
        let mut at = 0;
        while at < first.len() {
            let run = first[at..].iter().take_while(|block| is_entry(block)).count();
            if run > 0 {
                let entries = (at..at + run).map(|at| self.entry(&column(all, at), more.get(at).and_then(Option::as_ref)));
                drawn.push(html! { dl { @for entry in entries { (entry) } } });
                at += run;
            } else {
                drawn.push(self.block(&column(all, at), level));
                at += 1;
            }
        }
        html! { @for one in drawn { (one) } }
    }

    /// The texts of a block, one by language.
    fn said<'t>(&self, blocks: &[&'t Block], of: impl Fn(&'t Block) -> Option<&'t str>) -> Said<'t> {
        let texts = self.documents.iter().zip(blocks).filter_map(|((lang, _), block)| Some((*lang, of(block)?)));
        Said::new(texts.collect())
    }

    /// An entry; `more` leads to what says more about it.
    fn entry(&self, blocks: &[&Block], more: Option<&Markup>) -> Markup {
        let label = self.said(blocks, |block| match block {
            Block::Entry(label, _) | Block::Alarm(label, _) | Block::Numbered(label, _) => Some(label),
            _ => None,
        });
        let text = self.said(blocks, |block| match block {
            Block::Entry(_, text) | Block::Alarm(_, text) => Some(text),
            _ => None,
        });
        let is_alarm = matches!(blocks.first(), Some(Block::Alarm(..)));
        let items: Vec<Vec<String>> = blocks.iter().map(|block| items(block)).collect();
        let count = items.iter().map(Vec::len).max().unwrap_or(0);
        let item = |at: usize| {
            let texts = self.documents.iter().zip(&items).filter_map(|((lang, _), items)| Some((*lang, items.get(at)?.as_str())));
            Said::new(texts.collect())
        };
        html! {
            div class=[is_alarm.then_some("alarm")] {
                dt { (label) @if let Some(more) = more { " " (more) } }
                dd {
                    (text.prose())
                    @if count > 0 { ol { @for at in 0..count { li { (item(at).prose()) } } } }
                }
            }
        }
    }

    fn block(&self, blocks: &[&Block], level: u8) -> Markup {
        let said = self.said(blocks, |block| match block {
            Block::Lead(text) | Block::Text(text) | Block::Heading(text) => Some(text),
            _ => None,
        });
        match blocks.first() {
            Some(Block::Lead(_)) => html! { p.lead { (said.prose()) } },
            Some(Block::Text(_)) => html! { p { (said.prose()) } },
            Some(Block::Heading(_)) if level <= 3 => html! { h3 { (said.prose()) } },
            Some(Block::Heading(_)) => html! { h4 { (said.prose()) } },
            Some(Block::Points(points)) => html! {
                ul { @for at in 0..points.len() { li { (self.said(blocks, |block| point(block, at)).prose()) } } }
            },
            Some(Block::Sources(cited)) => html! {
                ol.sources { @for at in 0..cited.len() { li id={ "source-" (at + 1) } { (self.source(blocks, at)) } } }
            },
            Some(Block::Table(heads, rows)) => {
                let cell = |row: Option<usize>, at: usize| self.said(blocks, move |block| table_cell(block, row, at));
                table(None, heads.len(), rows.len(), &cell)
            }
            Some(Block::Traits(_, traits)) => self.traits(blocks, traits),
            Some(Block::Figure(_)) => self.figure(blocks),
            Some(Block::Verbatim(text)) => html! { pre { (harmless(text)) } },
            _ => html! {},
        }
    }

    /// What opens on a screen what stands behind it; on paper that is always open.
    pub fn fold(&self, key: &str) -> Markup {
        let label = Said::new(self.documents.iter().map(|(lang, _)| (*lang, words::say(key, *lang))).collect()).joined();
        html! { details.fold { summary { (label) } } }
    }

    fn source(&self, blocks: &[&Block], at: usize) -> Markup {
        let title = self.said(blocks, |block| cited(block, at).map(|cited| cited.title.as_str()));
        let url = blocks.first().and_then(|block| cited(block, at)?.url.as_deref()).filter(|url| is_address(url));
        let copy_of = self.said(blocks, |block| cited(block, at)?.copy_of.as_deref());
        let shown = if copy_of.plain().is_empty() { shown(url.unwrap_or_default()) } else { copy_of.joined() };
        html! { (title) @if let Some(url) = url { " " a href=(url) rel="noreferrer" { (shown) } } }
    }

    /// The number of a document among the notes.
    fn note(&self, id: &str) -> Option<usize> {
        let blocks = self.documents.iter().flat_map(|(_, document)| &document.parts);
        let blocks = blocks.flat_map(|part| &part.sections).flat_map(|section| &section.blocks);
        blocks
            .filter_map(|block| if let Block::Sources(all) = block { Some(all) } else { None })
            .find_map(|all| all.iter().position(|cited| cited.id == id))
            .map(|at| at + 1)
    }

    fn traits(&self, blocks: &[&Block], traits: &[Trait]) -> Markup {
        let head = |at: usize| {
            self.said(
                blocks,
                move |block| if let Block::Traits(heads, _) = block { heads.get(at).map(String::as_str) } else { None },
            )
        };
        html! {
            table.traits {
                thead { tr { @for at in 0..3 { th scope="col" class=[(at == 0).then_some("n")] { (head(at)) } } } }
                tbody { @for (row, one) in traits.iter().enumerate() {
                    tr {
                        td.n { (format!("{:+}", one.points)) }
                        td { (self.said(blocks, |block| trait_of(block, row).map(|one| one.text.as_str()))) }
                        td {
                            @for cited in &one.cited {
                                @if let Some(number) = self.note(&cited.id) { a.note href={ "#source-" (number) } { (number) } " " }
                            }
                            @if one.cited.is_empty() || one.cited.iter().any(|cited| self.note(&cited.id).is_none()) {
                                (self.said(blocks, |block| trait_of(block, row).map(|one| one.sources.as_str())))
                            }
                        }
                    }
                } }
            }
        }
    }

    fn figure(&self, blocks: &[&Block]) -> Markup {
        let figures: Vec<(Lang, &Figure)> = (self.documents.iter().zip(blocks))
            .filter_map(
                |((lang, _), block)| if let Block::Figure(figure) = block { Some((*lang, figure.as_ref())) } else { None },
            )
            .collect();
        let Some((_, first)) = figures.first() else { return html! {} };
        let said = |of: fn(&Figure) -> &str| Said::new(figures.iter().map(|(lang, figure)| (*lang, of(figure))).collect());
        let cell = |row: Option<usize>, at: usize| {
            let texts = figures.iter().filter_map(|(lang, figure)| {
                let cells = row.map_or(Some(&figure.heads), |row| figure.rows.get(row))?;
                Some((*lang, cells.get(at)?.as_str()))
            });
            Said::new(texts.collect())
        };
        let class = match first.chart {
            Chart::Weeks(_) => Some("weeks"),
            Chart::Swings(_) => Some("wide"),
            _ => None,
        };
        let (title, about) = (said(|figure| &figure.title), said(|figure| &figure.about));
        let id = format!("{}-table", first.id);
        let table = table(Some(&id), first.heads.len(), first.rows.len(), &cell);
        let part = self.apart.iter().find(|(apart, _)| *apart == first.id).map(|(_, part)| *part);
        match (part, self.is_sheet) {
            (Some(part), true) => html! {
                figure class=[class] {
                    figcaption { strong { (title) " " (way(&id, part, &title.joined())) } }
                    (chart::draw(&figures))
                    p.about { (about) }
                }
            },
            (Some(_), false) => html! { div class={ "of-chart" @if let Some(class) = class { " " (class) } } { (table) } },
            (None, _) => html! {
                figure class=[class] {
                    figcaption { strong { (title) } p.about { (about.prose()) } }
                    div.chart {
                        (chart::draw(&figures))
                        // The plan is its table; any other says what is drawn right above it, which a phone has little room for.
                        @if class != Some("weeks") { (self.fold("html.table")) }
                        div.folded { (table) }
                    }
                }
            },
        }
    }
}

/// The way to what says more: an id, the number of its part, and what stands there.
pub fn way(id: &str, part: usize, name: &str) -> Markup {
    html! { a.more href={ "#" (id) } aria-label={ (part) " " (name) } title=(name) { "→" (part) } }
}

/// The same place of every list.
fn column<'b>(all: &[&'b [Block]], at: usize) -> Vec<&'b Block> {
    all.iter().filter_map(|blocks| blocks.get(at)).collect()
}

/// Whether lists hold the same kinds of blocks in the same order.
fn are_alike(all: &[&[Block]]) -> bool {
    let shape = |blocks: &[Block]| blocks.iter().map(shape_of).collect::<Vec<_>>();
    all.windows(2).all(|pair| shape(pair[0]) == shape(pair[1]))
}

/// The kind of a block, and how many things it holds.
fn shape_of(block: &Block) -> (std::mem::Discriminant<Block>, usize) {
    let count = match block {
        Block::Numbered(_, items) => items.len(),
        Block::Points(points) => points.len(),
        Block::Sources(all) => all.len(),
        Block::Table(_, rows) => rows.len(),
        Block::Traits(_, all) => all.len(),
        Block::Figure(figure) => figure.rows.len(),
        _ => 0,
    };
    (std::mem::discriminant(block), count)
}

/// The items of a numbered block, each in one piece.
fn items(block: &Block) -> Vec<String> {
    if let Block::Numbered(_, items) = block { items.iter().map(|pieces| pieces.concat()).collect() } else { Vec::new() }
}

fn point(block: &Block, at: usize) -> Option<&str> {
    if let Block::Points(points) = block { points.get(at).map(String::as_str) } else { None }
}

fn cited(block: &Block, at: usize) -> Option<&Cited> {
    if let Block::Sources(all) = block { all.get(at) } else { None }
}

fn trait_of(block: &Block, at: usize) -> Option<&Trait> {
    if let Block::Traits(_, all) = block { all.get(at) } else { None }
}

fn table_cell(block: &Block, row: Option<usize>, at: usize) -> Option<&str> {
    let Block::Table(heads, rows) = block else { return None };
    row.map_or(Some(heads), |row| rows.get(row))?.get(at).map(String::as_str)
}

/// From how many characters on a cell holds more than a few words.
const LONG: usize = 24;

/// A table; `cell` gives the heads for no row.
fn table<'t>(id: Option<&str>, columns: usize, rows: usize, cell: &dyn Fn(Option<usize>, usize) -> Said<'t>) -> Markup {
    let is_long = |row: usize| cell(Some(row), columns - 1).plain().iter().any(|(_, text)| text.chars().count() > LONG);
    // A column of numbers stands to the right, its head too.
    let has_digit = |said: &Said<'_>| said.plain().iter().any(|(_, text)| text.contains(|c: char| c.is_ascii_digit()));
    let is_numbers = |at: usize| {
        let cells = || (0..rows).map(|row| cell(Some(row), at));
        cells().all(|said| is_figure(&said)) && cells().any(|said| has_digit(&said))
    };
    let numbers: Vec<bool> = (0..columns).map(is_numbers).collect();
    let dates: Vec<bool> = (0..columns).map(|at| (0..rows).any(|row| is_date(&cell(Some(row), at)))).collect();
    let number = |at: usize| match (numbers[at], dates[at]) {
        (true, _) => Some("n"),
        (false, true) => Some("d"),
        (false, false) => None,
    };
    // On a phone the name of a row takes a line of its own where many columns follow, and so does what holds sentences.
    let class = match columns {
        4 | 5 if numbers[0] => None,
        4 | 5 if (0..rows).any(is_long) => Some("told long"),
        4 | 5 => Some("told"),
        6.. => Some("many"),
        3 if !numbers.contains(&true) && (0..rows).any(is_long) => Some("few told"),
        _ => Some("few"),
    };
    html! {
        table id=[id] class=[class] {
            thead { tr { @for at in 0..columns { th scope="col" class=[number(at)] { (cell(None, at)) } } } }
            tbody { @for row in 0..rows { tr { @for at in 0..columns { td class=[number(at)] { (cell(Some(row), at)) } } } } }
        }
    }
}

/// Whether a cell holds a number only.
fn is_figure(said: &Said<'_>) -> bool {
    let is_part = |c: char| c.is_ascii_digit() || "–.,%/ 万亿".contains(c);
    let is_number = |text: &str| {
        let text = text.strip_prefix(['+', '-']).unwrap_or(text);
        !text.is_empty() && text.chars().all(is_part)
    };
    let plain = said.plain();
    !plain.is_empty() && plain.iter().all(|(_, text)| is_number(text))
}

/// Whether a cell holds a date.
fn is_date(said: &Said<'_>) -> bool {
    let is_one = |text: &str| text.len() == 10 && text.bytes().all(|c| c.is_ascii_digit() || c == b'-');
    said.plain().iter().any(|(_, text)| is_one(text))
}

/// The most characters of an address that are shown; a longer one could not be typed anyway.
const SHOWN: usize = 60;

/// An address as it is shown: of a long one where it leads, and that there is more.
fn shown(url: &str) -> String {
    if url.len() <= SHOWN {
        return url.to_owned();
    }
    let host = url.split('/').nth(2).unwrap_or(url);
    format!("{host}/…")
}

/// Whether something is an address that may be followed.
pub fn is_address(url: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(c);
    (url.starts_with("https://") || url.starts_with("http://")) && url.chars().all(is_plain)
}
