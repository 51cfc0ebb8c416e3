//! Weeks from left to right: what is done in which of them, the deadline, and the hours of each.

use super::axis::{self, BAR, LINE, Row, Rows, WIDTH};
use super::class;
use crate::report::chart::{Span, Weeks};
use crate::text::Lang;
use maud::{Markup, html};

/// The width of the labels.
const LABELS: i32 = 148;
/// Where the lines between the weeks begin, below their numbers.
const TOP: i32 = 16;

/// The weeks, and how high the drawing is. `told` has what is told of each thing.
pub fn draw(charts: &[(Lang, &Weeks)], told: &[String]) -> (Markup, i32) {
    let Some((_, weeks)) = charts.first() else { return (html! {}, 0) };
    let calendar = Calendar::of(weeks);
    let mut rows = Rows::from(LINE + 4);
    for (at, span) in weeks.spans.iter().enumerate() {
        let row = Row {
            label: axis::lines(&axis::said(charts, |weeks| Some(weeks.spans.get(at)?.label.as_str())), LABELS),
            class: "label",
            values: Vec::new(),
            told: told.get(at),
        };
        rows.add(&row, |top, _| calendar.span(span, top));
    }
    let hours = axis::lines(&axis::said(charts, |weeks| Some(weeks.hours_name.as_str())), LABELS);
    let foot = rows.bottom() + 4;
    let bottom = foot + axis::height(hours.len()).max(LINE);
    let due = axis::said(charts, |weeks| Some(weeks.deadline_name.as_str())).plain();
    let deadline = weeks.deadline.filter(|week| *week <= weeks.count);
    let markup = html! {
        (calendar.grid(rows.bottom()))
        (rows.drawn())
        line x1="0" x2=(WIDTH) y1=(rows.bottom()) y2=(rows.bottom()) class="zero" {}
        (axis::text(&hours, 0, foot, "label"))
        @for (week, hours) in (1..=weeks.count).zip(&weeks.hours) {
            text x=(calendar.middle(week)) y=(foot + 11) class="tick" { (hours) }
        }
        @if let Some(week) = deadline {
            @let x = calendar.left(week + 1);
            line x1=(x) x2=(x) y1=(TOP - 2) y2=(bottom + 2) class="deadline" {}
            (axis::text(&due, x, bottom + 4, if x < WIDTH / 2 { "due early" } else { "due" }))
        }
    };
    (markup, bottom + if deadline.is_some() { axis::height(due.len()) + 5 } else { 2 })
}

/// Where weeks stand.
struct Calendar {
    count: u32,
    step: i32,
}

impl Calendar {
    fn of(weeks: &Weeks) -> Calendar {
        Calendar { count: weeks.count, step: (WIDTH - LABELS - 4) / i32::try_from(weeks.count.max(1)).unwrap_or(1) }
    }

    /// Where a week begins; the last one ends at the right end.
    fn left(&self, week: u32) -> i32 {
        let behind = i64::from(self.count) + 1 - i64::from(week);
        WIDTH - i32::try_from(behind).unwrap_or(0) * self.step
    }

    fn middle(&self, week: u32) -> i32 {
        self.left(week) + self.step / 2
    }

    /// The numbers of the weeks, and lines between them down to some height.
    fn grid(&self, bottom: i32) -> Markup {
        html! {
            @for week in 1..=self.count {
                text x=(self.middle(week)) y="11" class="tick" { (week) }
                line x1=(self.left(week)) x2=(self.left(week)) y1=(TOP) y2=(bottom) class="grid" {}
            }
            line x1=(WIDTH) x2=(WIDTH) y1=(TOP) y2=(bottom) class="grid" {}
        }
    }

    /// The bar of what is set up, and a thin one for what goes on afterwards.
    fn span(&self, span: &Span, top: i32) -> Markup {
        let (start, end) = (self.left(span.first), self.left(span.last + 1));
        html! {
            rect x=(start) y=(top) width=((end - start).max(1)) height=(BAR) class=(class(span.mark)) {}
            @if span.goes_on && end < WIDTH {
                line x1=(end) x2=(WIDTH) y1=(top + BAR / 2) y2=(top + BAR / 2) class="goes-on" {}
            }
        }
    }
}
