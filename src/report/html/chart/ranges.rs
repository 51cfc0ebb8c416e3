//! Ranges on one axis: a bar from low to high, with its middle marked.

use super::super::tongues::Said;
use super::axis::{self, LINE, Scale, WIDTH};
use super::class;
use crate::report::chart::{Mark, Ranges};
use crate::text::Lang;
use maud::{Markup, html};

/// The width of the labels.
const LABELS: i32 = 128;
/// The width of the values at the right end.
const VALUES: i32 = 58;
/// The height of a bar, the thickness of a middle, and what stands between two rows.
const BAR: i32 = 13;
const MIDDLE: i32 = 4;
const BETWEEN: i32 = 8;

/// The ranges, and how high the drawing is.
pub fn draw(charts: &[(Lang, &Ranges)]) -> (Markup, i32) {
    let Some((_, first)) = charts.first() else { return (html! {}, 0) };
    let said = |of: &dyn for<'s> Fn(&'s Ranges) -> Option<&'s str>| {
        Said::new(charts.iter().filter_map(|(lang, ranges)| Some((*lang, of(ranges)?))).collect())
    };
    let ends = first.ranges.iter().flat_map(|(_, range, _)| *range);
    let scale = Scale::of(ends.chain(first.ticks.iter().map(|(tick, _)| *tick)), LABELS + 8, WIDTH - VALUES - 12);
    let mut top = 2;
    let mut drawn: Vec<Markup> = Vec::new();
    for (row, (_, [low, middle, high], _)) in first.ranges.iter().enumerate() {
        let labels = axis::lines(&said(&|ranges| ranges.ranges.get(row).map(|(label, ..)| label.as_str())), LABELS);
        let values = said(&|ranges| ranges.ranges.get(row).map(|(.., written)| written.as_str())).plain();
        let height = axis::height(labels.len().max(values.len())).max(BAR);
        let bar = top + (height - BAR) / 2;
        let (x, width) = scale.between(*low, *high);
        drawn.push(html! {
            (axis::text(&labels, 0, top, "label"))
            @if low < high { rect x=(x) y=(bar) width=(width) height=(BAR) class=(class(Mark::Second)) {} }
            rect x=(scale.at(*middle) - MIDDLE / 2) y=(bar - 2) width=(MIDDLE) height=(BAR + 4) class=(class(Mark::First)) {}
            (axis::text(&values, WIDTH, top + (height - axis::height(values.len())) / 2, "value"))
        });
        top += height + BETWEEN;
    }
    let tick = |at: usize| said(&|ranges| ranges.ticks.get(at).map(|(_, written)| written.as_str())).plain();
    let lines = (0..first.ticks.len()).map(|at| tick(at).len()).max().unwrap_or(1);
    let markup = html! {
        @for (at, (value, _)) in first.ticks.iter().enumerate() {
            @let x = scale.at(*value);
            line x1=(x) x2=(x) y1="0" y2=(top) class=(if *value == 0 { "zero" } else { "grid" }) {}
            (axis::text(&tick(at), x, top, "tick"))
        }
        @for one in &drawn { (one) }
    };
    (markup, top + axis::height(lines) + LINE / 3)
}
