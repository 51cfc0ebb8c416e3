//! Bars from zero to the right, or to the left where they are below it, in groups.

use super::super::tongues::Said;
use super::axis::{self, LINE, Scale, WIDTH};
use super::class;
use crate::report::chart::{Bar, Group};
use crate::text::Lang;
use maud::{Markup, html};

/// The width of the labels.
const LABELS: i32 = 158;
/// The width of the values at the right end.
const VALUES: i32 = 44;
/// The height of a bar, and what stands between two rows.
const BAR: i32 = 13;
const BETWEEN: i32 = 6;

/// The bars, and how high the drawing is.
pub fn draw(charts: &[(Lang, &Vec<Group>)]) -> (Markup, i32) {
    let Some((_, groups)) = charts.first() else { return (html! {}, 0) };
    let scale = Scale::of(groups.iter().flat_map(|group| &group.bars).map(|bar| bar.value), LABELS + 8, WIDTH - VALUES);
    let mut top = 2;
    let mut drawn: Vec<Markup> = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        if !group.name.is_empty() {
            let names = each(charts, |groups| groups.get(at).map(|group| group.name.as_str()));
            let name = names.joined();
            drawn.push(html! { text x="0" y=(top + 13) class="group" { (name) } });
            top += LINE + BETWEEN;
        }
        for (row, bar) in group.bars.iter().enumerate() {
            let labels = each(charts, |groups| groups.get(at)?.bars.get(row).map(|bar| bar.label.as_str()));
            let lines = axis::lines(&labels, LABELS);
            drawn.push(draw_bar(bar, &lines, scale, top));
            top += axis::height(lines.len()).max(BAR) + BETWEEN;
        }
    }
    (html! { (axis::grid(scale, 0, top)) @for one in &drawn { (one) } }, top + LINE)
}

fn draw_bar(bar: &Bar, lines: &[(Option<&'static str>, String)], scale: Scale, top: i32) -> Markup {
    let middle = top + (axis::height(lines.len()).max(BAR) - BAR) / 2;
    let (x, width) = scale.between(0, bar.value);
    html! {
        (axis::text(lines, 0, top, "label"))
        rect x=(x) y=(middle) width=(width) height=(BAR) class=(class(bar.mark)) {}
        text x=(WIDTH) y=(middle + 11) class="value" { (bar.written) }
    }
}

/// A text of all charts.
fn each<'a>(charts: &[(Lang, &'a Vec<Group>)], of: impl Fn(&'a Vec<Group>) -> Option<&'a str>) -> Said<'a> {
    Said::new(charts.iter().filter_map(|(lang, groups)| Some((*lang, of(groups)?))).collect())
}
