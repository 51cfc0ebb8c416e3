//! Weeks from left to right: what is done in which of them, the deadline, and the hours of each.

use super::super::tongues::Said;
use super::axis::{self, LINE, WIDTH};
use super::class;
use crate::report::chart::{Span, Weeks};
use crate::text::Lang;
use maud::{Markup, html};

/// The width of the labels.
const LABELS: i32 = 148;
/// The height of a bar, and what stands between two rows.
const BAR: i32 = 13;
const BETWEEN: i32 = 6;

/// The weeks, and how high the drawing is.
pub fn draw(charts: &[(Lang, &Weeks)]) -> (Markup, i32) {
    let Some((_, weeks)) = charts.first() else { return (html! {}, 0) };
    let said = |of: &dyn for<'w> Fn(&'w Weeks) -> Option<&'w str>| {
        Said::new(charts.iter().filter_map(|(lang, weeks)| Some((*lang, of(weeks)?))).collect())
    };
    let count = i32::try_from(weeks.count.max(1)).unwrap_or(1);
    let step = (WIDTH - LABELS - 4) / count;
    let left = |week: u32| WIDTH - (count + 1 - i32::try_from(week).unwrap_or(1)) * step;
    let mut top = LINE + 4;
    let mut drawn: Vec<Markup> = Vec::new();
    for (row, span) in weeks.spans.iter().enumerate() {
        let labels = said(&|weeks| weeks.spans.get(row).map(|span| span.label.as_str()));
        let lines = axis::lines(&labels, LABELS);
        let height = axis::height(lines.len()).max(BAR);
        drawn.push(html! { (axis::text(&lines, 0, top, "label")) (draw_span(span, left, top + (height - BAR) / 2)) });
        top += height + BETWEEN;
    }
    let hours = axis::lines(&said(&|weeks| Some(&weeks.hours_name)), LABELS);
    let foot = top + 4;
    let deadline = weeks.deadline.filter(|week| *week <= weeks.count);
    let bottom = foot + axis::height(hours.len()).max(LINE);
    let due = said(&|weeks| Some(&weeks.deadline_name)).plain();
    let markup = html! {
        @for week in 1..=weeks.count {
            text x=(left(week) + step / 2) y="11" class="tick" { (week) }
            line x1=(left(week)) x2=(left(week)) y1="16" y2=(top) class="grid" {}
        }
        line x1=(WIDTH) x2=(WIDTH) y1="16" y2=(top) class="grid" {}
        @for one in &drawn { (one) }
        line x1="0" x2=(WIDTH) y1=(top) y2=(top) class="zero" {}
        (axis::text(&hours, 0, foot, "label"))
        @for (week, hours) in (1..=weeks.count).zip(&weeks.hours) {
            text x=(left(week) + step / 2) y=(foot + 11) class="tick" { (hours) }
        }
        @if let Some(week) = deadline {
            line x1=(left(week + 1)) x2=(left(week + 1)) y1="14" y2=(bottom + 2) class="deadline" {}
            @let class = if left(week + 1) < WIDTH / 2 { "due early" } else { "due" };
            (axis::text(&due, left(week + 1), bottom + 4, class))
        }
    };
    (markup, bottom + if deadline.is_some() { axis::height(due.len()) + 5 } else { 2 })
}

/// The bar of what is set up, and a thin one for what goes on afterwards.
fn draw_span(span: &Span, left: impl Fn(u32) -> i32, top: i32) -> Markup {
    let (start, end) = (left(span.first), left(span.last + 1));
    html! {
        rect x=(start) y=(top) width=((end - start).max(1)) height=(BAR) class=(class(span.mark)) {}
        @if span.goes_on && end < WIDTH {
            line x1=(end) x2=(WIDTH) y1=(top + BAR / 2) y2=(top + BAR / 2) class="goes-on" {}
        }
    }
}
