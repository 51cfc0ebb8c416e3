//! Bars from zero to the right, or to the left where they are below it, in groups.

use super::axis::{self, LINE, Row, Rows, Scale, WIDTH};
use crate::report::chart::Group;
use crate::text::Lang;
use maud::{Markup, html};

/// The width of the labels.
const LABELS: i32 = 158;
/// The width of the values at the right end.
const VALUES: i32 = 44;

/// The bars, and how high the drawing is. `told` has what is told of each bar.
pub fn draw(charts: &[(Lang, &Vec<Group>)], told: &[String]) -> (Markup, i32) {
    let Some((_, groups)) = charts.first() else { return (html! {}, 0) };
    let scale = Scale::of(groups.iter().flat_map(|group| &group.bars).map(|bar| bar.value), LABELS + 8, WIDTH - VALUES);
    let mut rows = Rows::from(2);
    let mut told = told.iter();
    for (at, group) in groups.iter().enumerate() {
        if !group.name.is_empty() {
            rows.head(&axis::lines(&axis::said(charts, |groups| Some(groups.get(at)?.name.as_str())), LABELS));
        }
        for (place, bar) in group.bars.iter().enumerate() {
            let label = axis::said(charts, |groups| Some(groups.get(at)?.bars.get(place)?.label.as_str()));
            let row =
                Row { label: axis::lines(&label, LABELS), class: "label", values: axis::plain(&bar.written), told: told.next() };
            rows.add(&row, |top, _| axis::bar(scale, (0, bar.value), top, bar.mark));
        }
    }
    (html! { (axis::grid(scale, 0, rows.bottom())) (rows.drawn()) }, rows.bottom() + LINE)
}
