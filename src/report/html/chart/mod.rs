//! Charts as inline SVG, drawn by hand: one file a chart over one scale.
//!
//! Every drawing has a view box, a title, a description and a role; looks come
//! from classes, so that dark screens and brands can change them; nothing is told
//! by colour alone, and nothing refers to anything by `url(…)`.

pub mod axis;
mod bars;
mod months;
mod ranges;
mod sides;
mod steps;
mod swings;
mod weeks;

use super::tongues::Said;
use crate::report::chart::{Chart, Mark};
use crate::report::page::Figure;
use crate::text::{Lang, harmless_line};
use axis::WIDTH;
use maud::{Markup, html};

/// The same figure in each language of a page, drawn once.
#[must_use]
pub fn draw(figures: &[(Lang, &Figure)]) -> Markup {
    let Some((_, first)) = figures.first() else { return html! {} };
    let (drawn, height) = drawing(figures, &first.chart);
    let (title, about) = (format!("{}-title", first.id), format!("{}-about", first.id));
    let said = |of: fn(&Figure) -> &str| Said::new(figures.iter().map(|(lang, figure)| (*lang, of(figure))).collect());
    html! {
        svg viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-labelledby={ (title) " " (about) } {
            title id=(title) { (said(|figure| &figure.title).joined()) }
            desc id=(about) { (said(|figure| &figure.about).joined()) }
            (drawn)
        }
    }
}

/// How high it is where it is [`WIDTH`] wide.
pub fn height(figures: &[(Lang, &Figure)]) -> usize {
    figures.first().map_or(0, |(_, first)| usize::try_from(drawing(figures, &first.chart).1).unwrap_or(0))
}

fn drawing(figures: &[(Lang, &Figure)], chart: &Chart) -> (Markup, i32) {
    let told = told(figures);
    /// Each kind is drawn by the file of its name.
    macro_rules! by_kind {
        ($($kind:ident: $file:ident),*) => {
            match chart {
                $(Chart::$kind(_) => {
                    $file::draw(&each(figures, |chart| if let Chart::$kind(one) = chart { Some(one) } else { None }), &told)
                })*
            }
        };
    }
    by_kind!(Bars: bars, Steps: steps, Weeks: weeks, Months: months, Sides: sides, Ranges: ranges, Swings: swings)
}

/// What is told of each row when it is pointed at: its cells in the table with their heads, in every language of the page.
fn told(figures: &[(Lang, &Figure)]) -> Vec<String> {
    let row = |figure: &Figure, at: usize| {
        let cells = figure.rows.get(at).into_iter().flatten();
        let told = figure.heads.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
        told.map(|(head, cell)| format!("{head} {cell}")).collect::<Vec<_>>().join(" · ")
    };
    let rows = figures.first().map_or(0, |(_, figure)| figure.rows.len());
    let told = |at: usize| figures.iter().map(|(_, figure)| row(figure, at)).collect::<Vec<_>>();
    (0..rows).map(|at| harmless_line(&told(at).join(" / "))).collect()
}

/// The charts of one kind, by language.
fn each<'a, T>(figures: &[(Lang, &'a Figure)], of: impl Fn(&'a Chart) -> Option<&'a T>) -> Vec<(Lang, &'a T)> {
    figures.iter().filter_map(|(lang, figure)| Some((*lang, of(&figure.chart)?))).collect()
}

/// The class of a mark.
fn class(mark: Mark) -> &'static str {
    match mark {
        Mark::First => "m1",
        Mark::Second => "m2",
        Mark::Other => "m3",
        Mark::Stop => "m4",
    }
}
