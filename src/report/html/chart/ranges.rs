//! Ranges on one axis: a bar from low to high, with its middle marked.

use super::axis::{self, BAR, Line, Row, Rows, Scale, WIDTH};
use super::class;
use crate::report::chart::{Mark, Ranges};
use crate::text::Lang;
use maud::{Markup, html};

/// The width of the labels.
const LABELS: i32 = 128;
/// The width of the values at the right end.
const VALUES: i32 = 58;
/// The thickness of a middle.
const MIDDLE: i32 = 4;

/// The ranges, and how high the drawing is. `told` has what is told of each.
pub fn draw(charts: &[(Lang, &Ranges)], told: &[String]) -> (Markup, i32) {
    let Some((_, first)) = charts.first() else { return (html! {}, 0) };
    let ends = first.ranges.iter().flat_map(|(_, range, _)| *range);
    let scale = Scale::of(ends.chain(first.ticks.iter().map(|(tick, _)| *tick)), LABELS + 8, WIDTH - VALUES - 12);
    let mut rows = Rows::from(2);
    for (at, (_, range, _)) in first.ranges.iter().enumerate() {
        let row = Row {
            label: axis::lines(&axis::said(charts, |ranges| Some(ranges.ranges.get(at)?.0.as_str())), LABELS),
            class: "label",
            values: axis::said(charts, |ranges| Some(ranges.ranges.get(at)?.2.as_str())).plain(),
            told: told.get(at),
        };
        rows.add(&row, |top, _| bar(*range, scale, top));
    }
    let tick = |at: usize| axis::said(charts, |ranges| Some(ranges.ticks.get(at)?.1.as_str())).plain();
    let ticks: Vec<(i32, Vec<Line>)> = first.ticks.iter().enumerate().map(|(at, (value, _))| (*value, tick(at))).collect();
    let (grid, below) = axis::written_grid(scale, &ticks, rows.bottom());
    (html! { (grid) (rows.drawn()) }, rows.bottom() + below)
}

/// A range; its middle alone where it has no width.
fn bar([low, middle, high]: [i32; 3], scale: Scale, top: i32) -> Markup {
    let x = scale.at(middle) - MIDDLE / 2;
    html! {
        @if low < high { (axis::bar(scale, (low, high), top, Mark::Second)) }
        rect x=(x) y=(top - 2) width=(MIDDLE) height=(BAR + 4) class=(class(Mark::First)) {}
    }
}
