//! Small bars side by side: a row for each thing, a column for each community, one scale.

use super::axis::{self, LINE, Row, Rows, Scale, WIDTH};
use crate::report::chart::{Mark, Sides};
use crate::report::phrases::signed;
use crate::text::Lang;
use maud::{Markup, html};

/// The width of the labels, and what stands between two columns.
const LABELS: i32 = 118;
const GAP: i32 = 10;
/// The width of a value at the end of its column.
const VALUES: i32 = 30;

/// The columns: how wide each is with its gap, and the scale of the bars in it.
struct Columns {
    step: i32,
    most: (i32, i32),
}

impl Columns {
    fn of(sides: &Sides) -> Columns {
        let values = || sides.rows.iter().flat_map(|(_, bars)| bars).map(|(value, _)| *value);
        let count = i32::try_from(sides.heads.len().max(1)).unwrap_or(1);
        Columns { step: (WIDTH - LABELS) / count, most: (values().min().unwrap_or(0), values().max().unwrap_or(0)) }
    }

    /// Where a column begins and ends.
    fn ends(&self, at: usize) -> (i32, i32) {
        let left = LABELS + i32::try_from(at).unwrap_or(0) * self.step + GAP;
        (left, left + self.step - GAP)
    }

    fn scale(&self, at: usize) -> Scale {
        let (left, right) = self.ends(at);
        Scale::of([self.most.0, self.most.1], left, right - VALUES)
    }
}

/// The bars, and how high the drawing is. `told` has what is told of each row.
pub fn draw(charts: &[(Lang, &Sides)], told: &[String]) -> (Markup, i32) {
    let Some((_, first)) = charts.first() else { return (html! {}, 0) };
    let columns = Columns::of(first);
    let head = |at: usize| axis::lines(&axis::said(charts, |sides| Some(sides.heads.get(at)?.as_str())), columns.step - GAP);
    let heads: Vec<_> = (0..first.heads.len()).map(head).collect();
    let top = axis::height(heads.iter().map(Vec::len).max().unwrap_or(1)) + 4;
    let mut rows = Rows::from(top);
    for (at, (_, bars)) in first.rows.iter().enumerate() {
        let row = Row {
            label: axis::lines(&axis::said(charts, |sides| Some(sides.rows.get(at)?.0.as_str())), LABELS),
            class: "label",
            values: Vec::new(),
            told: told.get(at),
        };
        rows.add(&row, |top, _| html! { @for (at, bar) in bars.iter().enumerate() { (draw_bar(&columns, at, *bar, top)) } });
    }
    let markup = html! {
        @for (at, lines) in heads.iter().enumerate() {
            (axis::text(lines, columns.ends(at).0, 0, "group"))
            @let zero = columns.scale(at).at(0);
            line x1=(zero) x2=(zero) y1=(top) y2=(rows.bottom()) class="zero" {}
        }
        (rows.drawn())
    };
    (markup, rows.bottom() + LINE / 3)
}

/// A bar with its value at the end of its column.
fn draw_bar(columns: &Columns, at: usize, (value, mark): (i32, Mark), top: i32) -> Markup {
    html! {
        (axis::bar(columns.scale(at), (0, value), top, mark))
        text x=(columns.ends(at).1) y=(top + 11) class="value" { (signed(value)) }
    }
}
