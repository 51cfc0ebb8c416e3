//! A waterfall: each step begins where the one before ends, and the last bar is the sum.

use super::axis::{self, BAR, LINE, Row, Rows, Scale, WIDTH};
use crate::report::chart::{Mark, Steps};
use crate::text::Lang;
use maud::{Markup, html};

/// The width of the labels.
const LABELS: i32 = 158;
/// The width of the values at the right end.
const VALUES: i32 = 44;

/// The steps and their sum, and how high the drawing is. `told` has what is told of each.
pub fn draw(charts: &[(Lang, &Steps)], told: &[String]) -> (Markup, i32) {
    let Some((_, first)) = charts.first() else { return (html! {}, 0) };
    let mut ends = vec![0];
    for (_, value) in &first.steps {
        ends.push(ends.last().copied().unwrap_or(0) + value);
    }
    let scale = Scale::of(ends.iter().copied(), LABELS + 8, WIDTH - VALUES);
    let sum = (0, first.sum());
    let count = first.steps.len();
    let mut rows = Rows::from(2);
    for (at, (from, to)) in ends.windows(2).map(|pair| (pair[0], pair[1])).chain([sum]).enumerate() {
        let mark = match (at == count, to >= from) {
            (true, _) => Mark::First,
            (false, true) => Mark::Second,
            (false, false) => Mark::Other,
        };
        let row = Row {
            label: axis::lines(&axis::said(charts, |steps| label(steps, at)), LABELS),
            class: if at == count { "label sum" } else { "label" },
            values: axis::plain(&format!("{:+}", to - from)),
            told: told.get(at),
        };
        let end = scale.at(to);
        rows.add(&row, |top, next| {
            html! {
                (axis::bar(scale, (from, to), top, mark))
                @if at + 1 < count { line x1=(end) x2=(end) y1=(top + BAR) y2=(next) class="link" {} }
            }
        });
    }
    (html! { (axis::grid(scale, 0, rows.bottom())) (rows.drawn()) }, rows.bottom() + LINE)
}

/// The label of a step; behind the last one that of the sum.
fn label(steps: &Steps, row: usize) -> Option<&str> {
    match steps.steps.get(row) {
        Some((label, _)) => Some(label),
        None => (row == steps.steps.len()).then_some(steps.total.as_str()),
    }
}
