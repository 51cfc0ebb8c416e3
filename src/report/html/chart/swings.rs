//! A tornado: for each number two bars from the middle of the sum, one for its lower end, one for its upper.

use super::axis::{self, Line, Row, Rows, Scale, WIDTH};
use crate::report::chart::{Mark, Swing, Swings};
use crate::text::Lang;
use maud::{Markup, html};

/// The width of the labels.
const LABELS: i32 = 148;
/// The width of the values at the right end.
const VALUES: i32 = 54;

/// The numbers, and how high the drawing is. `told` has what is told of each.
pub fn draw(charts: &[(Lang, &Swings)], told: &[String]) -> (Markup, i32) {
    let Some((_, first)) = charts.first() else { return (html! {}, 0) };
    let values = first.swings.iter().flat_map(|swing| [swing.low, swing.high]);
    let scale = Scale::of(values, LABELS + 14, WIDTH - VALUES - 12);
    let mut rows = Rows::from(2);
    for (at, swing) in first.swings.iter().enumerate() {
        let row = Row {
            label: axis::lines(&axis::said(charts, |swings| Some(swings.swings.get(at)?.label.as_str())), LABELS),
            class: "label",
            values: axis::said(charts, |swings| Some(swings.swings.get(at)?.written.as_str())).plain(),
            told: told.get(at),
        };
        rows.add(&row, |top, _| bars(swing, scale, top));
    }
    let tick = |at: usize| axis::said(charts, |swings| Some(swings.ticks.get(at)?.1.as_str())).plain();
    let ticks: Vec<(i32, Vec<Line>)> = first.ticks.iter().enumerate().map(|(at, (value, _))| (*value, tick(at))).collect();
    let (grid, below) = axis::written_grid(scale, &ticks, rows.bottom());
    (html! { (grid) (rows.drawn()) }, rows.bottom() + below)
}

/// Both bars of a number; none where an end changes nothing.
fn bars(swing: &Swing, scale: Scale, top: i32) -> Markup {
    html! {
        @for (value, mark) in [(swing.low, Mark::Second), (swing.high, Mark::First)] {
            @if value != 0 { (axis::bar(scale, (0, value), top, mark)) }
        }
    }
}
