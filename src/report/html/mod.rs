//! A report as one HTML file that needs nothing else: no script, no address but
//! those of sources, one style that a policy names by its hash.
//!
//! It is read on phones inside chats, on screens, dark ones too, and on paper. In
//! two languages both stand beside each other. Everything comes from the same
//! blocks as the other formats; only here charts are drawn.

mod blocks;
pub mod brand;
pub mod chart;
pub mod colour;
pub mod inert;
mod room;
pub mod style;
pub mod tongues;

use super::page::{Block, Document, Figure, Part};
use super::receipt::Receipt;
use crate::text::{Lang, Text, harmless_line};
use crate::words;
use blocks::{Writer, way};
use brand::Brand;
use maud::{DOCTYPE, Markup, html};
use tongues::{Said, tag};

/// The parts that are looked things up in: closed on a screen until somebody opens them or follows a link to them.
const FOLDED: [&str; 2] = ["answers", "receipt"];

/// A report in one language or in two, ending with a line break.
#[must_use]
pub fn render(receipt: &Receipt, documents: &[(Lang, Document)]) -> String {
    let page = Page { receipt, documents };
    let mut out = page.whole().into_string();
    out.push('\n');
    out
}

/// The charts of some documents, drawn, by the ids of their figures.
#[must_use]
pub fn charts(documents: &[(Lang, Document)]) -> Vec<(String, String)> {
    let figures = |document: &'_ Document| -> Vec<Figure> {
        let sections = document.parts.iter().flat_map(|part| &part.sections);
        let blocks = document.screen.iter().chain(sections.flat_map(|section| &section.blocks));
        blocks.filter_map(|block| if let Block::Figure(figure) = block { Some((**figure).clone()) } else { None }).collect()
    };
    let all: Vec<(Lang, Vec<Figure>)> = documents.iter().map(|(lang, document)| (*lang, figures(document))).collect();
    let Some((_, first)) = all.first() else { return Vec::new() };
    let in_each = |id: &str| -> Vec<(Lang, &Figure)> {
        all.iter().filter_map(|(lang, figures)| Some((*lang, figures.iter().find(|figure| figure.id == id)?))).collect()
    };
    first.iter().map(|figure| (figure.id.clone(), chart::draw(&in_each(&figure.id)).into_string())).collect()
}

struct Page<'a> {
    receipt: &'a Receipt,
    documents: &'a [(Lang, Document)],
}

impl Page<'_> {
    fn say(&self, key: &str) -> Said<'_> {
        Said::new(self.documents.iter().map(|(lang, _)| (*lang, words::say(key, *lang))).collect())
    }

    fn whole(&self) -> Markup {
        let lang = self.documents.first().map_or("en", |(lang, _)| tag(*lang));
        let css = style::css(self.brand());
        let title = self.title();
        html! {
            (DOCTYPE)
            html lang=(lang) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(style::policy(&css));
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="format-detection" content="telephone=no";
                    meta name="referrer" content="no-referrer";
                    meta name="color-scheme" content="light dark";
                    title { (title) }
                    style { (maud::PreEscaped(&css)) }
                }
                body class=[(self.documents.len() > 1).then_some("two")] {
                    (self.cover_line())
                    main {
                        (self.summary())
                        @for (at, part) in self.parts().iter().enumerate() { (self.part(at + 1, part)) }
                    }
                }
            }
        }
    }

    fn brand(&self) -> Option<&Brand> {
        self.receipt.brand.as_ref()
    }

    /// What kind of document it is.
    fn kind(&self) -> String {
        Said::new(self.documents.iter().map(|(lang, _)| (*lang, self.receipt.title(*lang))).collect()).joined()
    }

    fn title(&self) -> String {
        let what = self.kind();
        self.receipt.name().map_or_else(|| what.clone(), |name| format!("{} · {what}", harmless_line(&name)))
    }

    fn cover_line(&self) -> Markup {
        let (version, hash) = &self.receipt.base;
        let given = [
            ("html.client", self.receipt.client.as_ref()),
            ("html.analyst", self.receipt.analyst.as_ref()),
            ("html.date", self.receipt.date.as_ref()),
        ];
        let base = format!("{version} ({hash})");
        html! {
            header {
                @if let Some(brand) = self.brand() { (masthead(brand)) }
                p.kind { (self.kind()) }
                h1 { (self.receipt.name().map_or_else(|| self.say("html.unnamed").joined(), |name| harmless_line(&name))) }
                dl.cover {
                    @for (key, text) in given.iter().filter_map(|(key, text)| Some((key, (*text)?))) {
                        div { dt { (self.say(key)) } dd { (harmless_line(text)) } }
                    }
                    div { dt { (self.say("html.base")) } dd { (base) } }
                }
            }
        }
    }

    /// The first page: complete by itself, with the way to the rest.
    fn summary(&self) -> Markup {
        let (apart, form) = (self.apart(), room::form(self.documents));
        let writer = Writer { documents: self.documents, apart: &apart, is_sheet: true };
        let is_figure = |block: &&Block| matches!(block, Block::Figure(_));
        let screens = self.documents.iter().map(|(_, document)| document.screen.as_slice());
        // The figures stand behind everything else.
        let split = |screen: &'_ [Block]| screen.len() - screen.iter().rev().take_while(is_figure).count();
        let (told, drawn): (Vec<&[Block]>, Vec<&[Block]>) = screens.map(|screen| screen.split_at(split(screen))).unzip();
        let drawn: Vec<&[Block]> = drawn.into_iter().map(|figures| &figures[..figures.len().min(form.drawings)]).collect();
        html! {
            section class={ "sheet" @if let Some(form) = form.class() { " " (form) } } id="summary" aria-label=(self.say("html.summary").joined()) {
                (writer.leading(&told, &self.more(), 2))
                @if form.drawings > 0 {
                    div.drawn { (writer.blocks(&drawn, 2)) @if form.has_contents_beside() { (self.contents()) } }
                }
                @if !form.has_contents_beside() { (self.contents()) }
            }
        }
    }

    fn contents(&self) -> Markup {
        html! {
            nav aria-label=(self.say("html.contents").joined()) {
                ol { @for part in self.parts() { li { a href={ "#" (part[0].1.id) } { (heading(&part).joined()) } } } }
            }
        }
    }

    /// For each block of the first page the way to the part that says more about it.
    fn more(&self) -> Vec<Option<Markup>> {
        let parts = self.parts();
        let Some((_, first)) = self.documents.first() else { return Vec::new() };
        let to = |id: &String| {
            let at = parts.iter().position(|part| part[0].1.id == *id)?;
            Some(way(id, at + 1, &heading(&parts[at]).joined()))
        };
        first.more.iter().map(|id| id.as_ref().and_then(to)).collect()
    }

    /// The figures of the first page whose table stands in some part: their ids, and the number of that part.
    fn apart(&self) -> Vec<(String, usize)> {
        let id = |block: &Block| if let Block::Figure(figure) = block { Some(figure.id.clone()) } else { None };
        let Some((_, first)) = self.documents.first() else { return Vec::new() };
        let parts = self.parts();
        let holds = |part: &[(Lang, &Part)], wanted: &String| {
            let blocks = part[0].1.sections.iter().flat_map(|section| &section.blocks);
            blocks.filter_map(id).any(|id| id == *wanted)
        };
        let drawn = first.drawn().take(room::form(self.documents).drawings).map(|figure| figure.id.clone());
        drawn.filter_map(|id| Some((parts.iter().position(|part| holds(part, &id))? + 1, id)).map(|(at, id)| (id, at))).collect()
    }

    /// What the consultant says about a part.
    fn note(&self, note: &Text) -> Markup {
        let said = Said::new(self.documents.iter().map(|(lang, _)| (*lang, note.get(*lang))).collect());
        html! { div.remark { strong { (self.say("html.note")) } p { (said.prose()) } } }
    }

    /// The parts, each in every language.
    fn parts(&self) -> Vec<Vec<(Lang, &Part)>> {
        let Some((_, first)) = self.documents.first() else { return Vec::new() };
        let named = |id: &str, at: usize| {
            let (lang, document) = &self.documents[at];
            document.parts.iter().find(|part| part.id == id).map(|part| (*lang, part))
        };
        let in_each = |part: &Part| (0..self.documents.len()).filter_map(|at| named(&part.id, at)).collect();
        let is_left_out = |part: &&Part| self.brand().is_some_and(|brand| brand.leave_out.contains(&part.id));
        first.parts.iter().filter(|part| !is_left_out(part)).map(in_each).collect()
    }

    fn part(&self, number: usize, part: &[(Lang, &Part)]) -> Markup {
        let apart = self.apart();
        let writer = Writer { documents: self.documents, apart: &apart, is_sheet: false };
        html! {
            section id=(part[0].1.id) {
                h2 {
                    span.number { (number) } " " (heading(part).prose())
                    a.up href="#summary" aria-label=(self.say("html.up").joined()) {}
                }
                @if let Some(note) = self.brand().and_then(|brand| brand.notes.get(&part[0].1.id)) { (self.note(note)) }
                @if FOLDED.contains(&part[0].1.id.as_str()) {
                    (writer.fold("html.show"))
                    div.folded { (sections(part, &writer)) }
                } @else {
                    (sections(part, &writer))
                }
            }
        }
    }
}

/// The sections of a part.
fn sections(part: &[(Lang, &Part)], writer: &Writer<'_>) -> Markup {
    let count = part.iter().map(|(_, part)| part.sections.len()).max().unwrap_or(0);
    html! {
        @for at in 0..count {
            @let sections: Vec<_> = part.iter().filter_map(|(lang, part)| Some((*lang, part.sections.get(at)?))).collect();
            @let said = Said::new(sections.iter().map(|(lang, section)| (*lang, section.heading.as_str())).collect());
            @if count > 1 && said != heading(part) { h3 { (said.prose()) } }
            (writer.blocks(&sections.iter().map(|(_, section)| section.blocks.as_slice()).collect::<Vec<_>>(), if count > 1 { 4 } else { 3 }))
        }
    }
}

/// The name and the logo of who hands the report out.
fn masthead(brand: &Brand) -> Markup {
    let name = brand.name.as_ref().map(|name| harmless_line(name));
    html! {
        p.brand {
            @if let Some(logo) = &brand.logo { img src=(logo.uri) alt=(if name.is_some() { "" } else { "logo" }); }
            @if let Some(name) = name { strong { (name) } }
        }
    }
}

fn heading<'a>(part: &[(Lang, &'a Part)]) -> Said<'a> {
    Said::new(part.iter().map(|(lang, part)| (*lang, part.heading.as_str())).collect())
}
