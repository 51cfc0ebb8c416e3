//! A waterfall: each step begins where the one before ends, and the last bar is the sum.

use super::super::tongues::Said;
use super::axis::{self, LINE, Scale, WIDTH};
use super::class;
use crate::report::chart::{Mark, Steps};
use crate::text::Lang;
use maud::{Markup, html};

/// The width of the labels.
const LABELS: i32 = 158;
/// The width of the values at the right end.
const VALUES: i32 = 44;
/// The height of a bar, and what stands between two rows.
const BAR: i32 = 13;
const BETWEEN: i32 = 6;

/// The steps and their sum, and how high the drawing is.
pub fn draw(charts: &[(Lang, &Steps)]) -> (Markup, i32) {
    let Some((_, first)) = charts.first() else { return (html! {}, 0) };
    let mut reached = vec![0];
    for (_, value) in &first.steps {
        reached.push(reached.last().copied().unwrap_or(0) + value);
    }
    let scale = Scale::of(reached.iter().copied(), LABELS + 8, WIDTH - VALUES);
    let mut top = 2;
    let mut drawn: Vec<Markup> = Vec::new();
    let rows = first.steps.len();
    for row in 0..=rows {
        let labels = Said::new(charts.iter().filter_map(|(lang, steps)| Some((*lang, label(steps, row)?))).collect());
        let lines = axis::lines(&labels, LABELS);
        let height = axis::height(lines.len()).max(BAR);
        let middle = top + (height - BAR) / 2;
        let (from, to) = if row < rows { (reached[row], reached[row + 1]) } else { (0, reached[rows]) };
        let (x, width) = scale.between(from, to);
        let mark = if row == rows {
            Mark::First
        } else if to >= from {
            Mark::Second
        } else {
            Mark::Other
        };
        let end = scale.at(to);
        drawn.push(html! {
            (axis::text(&lines, 0, top, if row == rows { "label sum" } else { "label" }))
            rect x=(x) y=(middle) width=(width) height=(BAR) class=(class(mark)) {}
            @if row + 1 < rows { line x1=(end) x2=(end) y1=(middle + BAR) y2=(top + height + BETWEEN) class="link" {} }
            text x=(WIDTH) y=(middle + 11) class="value" { (format!("{:+}", to - from)) }
        });
        top += height + BETWEEN;
    }
    (html! { (axis::grid(scale, 0, top)) @for one in &drawn { (one) } }, top + LINE)
}

/// The label of a step; behind the last one that of the sum.
fn label(steps: &Steps, row: usize) -> Option<&str> {
    match steps.steps.get(row) {
        Some((label, _)) => Some(label),
        None => (row == steps.steps.len()).then_some(steps.total.as_str()),
    }
}
