//! Small bars side by side: a row for each thing, a column for each community, one scale.

use super::super::tongues::Said;
use super::axis::{self, LINE, Scale, WIDTH};
use super::class;
use crate::report::chart::{Mark, Sides};
use crate::text::Lang;
use maud::{Markup, html};

/// The width of the labels, and what stands between two columns.
const LABELS: i32 = 118;
const GAP: i32 = 10;
/// The width of a value at the end of its column.
const VALUES: i32 = 24;
/// The height of a bar, and what stands between two rows.
const BAR: i32 = 13;
const BETWEEN: i32 = 6;

/// The bars, and how high the drawing is.
pub fn draw(charts: &[(Lang, &Sides)]) -> (Markup, i32) {
    let Some((_, first)) = charts.first() else { return (html! {}, 0) };
    let said = |of: &dyn for<'s> Fn(&'s Sides) -> Option<&'s str>| {
        Said::new(charts.iter().filter_map(|(lang, sides)| Some((*lang, of(sides)?))).collect())
    };
    let count = i32::try_from(first.heads.len().max(1)).unwrap_or(1);
    let step = (WIDTH - LABELS) / count;
    let left = |at: usize| LABELS + i32::try_from(at).unwrap_or(0) * step + GAP;
    let values = || first.rows.iter().flat_map(|(_, bars)| bars).map(|(value, _)| *value);
    let scale = |at: usize| Scale::of(values(), left(at), left(at) + step - GAP - VALUES);
    let heads: Vec<_> = (0..first.heads.len())
        .map(|at| axis::lines(&said(&|sides| sides.heads.get(at).map(String::as_str)), step - GAP))
        .collect();
    let top = axis::height(heads.iter().map(Vec::len).max().unwrap_or(1)) + 4;
    let mut bottom = top;
    let mut drawn: Vec<Markup> = Vec::new();
    for (row, (_, bars)) in first.rows.iter().enumerate() {
        let lines = axis::lines(&said(&|sides| sides.rows.get(row).map(|(label, _)| label.as_str())), LABELS);
        let height = axis::height(lines.len()).max(BAR);
        let middle = bottom + (height - BAR) / 2;
        drawn.push(html! {
            (axis::text(&lines, 0, bottom, "label"))
            @for (at, (value, mark)) in bars.iter().enumerate() { (bar(scale(at), left(at) + step - GAP, middle, *value, *mark)) }
        });
        bottom += height + BETWEEN;
    }
    let markup = html! {
        @for (at, lines) in heads.iter().enumerate() {
            (axis::text(lines, left(at), 0, "group"))
            @let zero = scale(at).at(0);
            line x1=(zero) x2=(zero) y1=(top) y2=(bottom) class="zero" {}
        }
        @for one in &drawn { (one) }
    };
    (markup, bottom + LINE / 3)
}

/// A bar with its value at the end of its column.
fn bar(scale: Scale, end: i32, top: i32, value: i32, mark: Mark) -> Markup {
    let (x, width) = scale.between(0, value);
    html! {
        rect x=(x) y=(top) width=(width) height=(BAR) class=(class(mark)) {}
        text x=(end) y=(top + 11) class="value" { (value) }
    }
}
