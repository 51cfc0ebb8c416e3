//! A tornado: for each number two bars from the middle of the sum, one for its lower end, one for its upper.

use super::super::tongues::Said;
use super::axis::{self, LINE, Scale, WIDTH};
use super::class;
use crate::report::chart::{Mark, Swing, Swings};
use crate::text::Lang;
use maud::{Markup, html};

/// The width of the labels.
const LABELS: i32 = 148;
/// The width of the values at the right end.
const VALUES: i32 = 54;
/// The height of a bar, and what stands between two rows.
const BAR: i32 = 13;
const BETWEEN: i32 = 6;

/// The numbers, and how high the drawing is.
pub fn draw(charts: &[(Lang, &Swings)]) -> (Markup, i32) {
    let Some((_, first)) = charts.first() else { return (html! {}, 0) };
    let values = first.swings.iter().flat_map(|swing| [swing.low, swing.high]);
    let scale = Scale::of(values, LABELS + 14, WIDTH - VALUES - 12);
    let said = |of: &dyn for<'s> Fn(&'s Swings) -> Option<&'s str>| {
        Said::new(charts.iter().filter_map(|(lang, swings)| Some((*lang, of(swings)?))).collect())
    };
    let mut top = 2;
    let mut drawn: Vec<Markup> = Vec::new();
    for (row, swing) in first.swings.iter().enumerate() {
        let labels = axis::lines(&said(&|swings| swings.swings.get(row).map(|swing| swing.label.as_str())), LABELS);
        let values = said(&|swings| swings.swings.get(row).map(|swing| swing.written.as_str())).plain();
        let height = axis::height(labels.len().max(values.len())).max(BAR);
        drawn.push(html! {
            (axis::text(&labels, 0, top, "label"))
            (bars(swing, scale, top + (height - BAR) / 2))
            (axis::text(&values, WIDTH, top + (height - axis::height(values.len())) / 2, "value"))
        });
        top += height + BETWEEN;
    }
    let ticks: Vec<_> = first
        .ticks
        .iter()
        .enumerate()
        .map(|(at, (value, _))| (*value, said(&|swings| swings.ticks.get(at).map(|(_, written)| written.as_str())).plain()))
        .collect();
    let lines = ticks.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
    let markup = html! {
        @for (value, lines) in &ticks {
            @let x = scale.at(*value);
            line x1=(x) x2=(x) y1="0" y2=(top) class=(if *value == 0 { "zero" } else { "grid" }) {}
            (axis::text(lines, x, top, "tick"))
        }
        @for one in &drawn { (one) }
    };
    (markup, top + axis::height(lines.max(1)) + LINE / 3)
}

/// Both bars of a number; none where an end changes nothing.
fn bars(swing: &Swing, scale: Scale, top: i32) -> Markup {
    html! {
        @for (value, mark) in [(swing.low, Mark::Second), (swing.high, Mark::First)] {
            @if value != 0 {
                @let (x, width) = scale.between(0, value);
                rect x=(x) y=(top) width=(width) height=(BAR) class=(class(mark)) {}
            }
        }
    }
}
