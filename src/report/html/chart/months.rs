//! Months from left to right: in each a bar from low to high, with its middle marked.

use super::axis::{self, LINE, Scale, WIDTH};
use super::class;
use crate::report::chart::{Mark, Months};
use crate::text::Lang;
use maud::{Markup, html};

/// The width of the values at the left end.
const VALUES: i32 = 58;
/// The height between the least and the most value.
const HEIGHT: i32 = 150;
/// The thickness of a middle, and what stands between two months.
const MIDDLE: i32 = 4;
const BETWEEN: i32 = 8;

/// The months, and how high the drawing is. `told` has what is told of each.
pub fn draw(charts: &[(Lang, &Months)], told: &[String]) -> (Markup, i32) {
    let Some((_, months)) = charts.first() else { return (html! {}, 0) };
    let top = LINE;
    let bottom = top + HEIGHT;
    let ticks = months.ticks.iter().map(|(value, _)| *value);
    let scale = Scale::of(months.courses.iter().flatten().copied().chain(ticks), 0, HEIGHT);
    let height = |value: i32| bottom - scale.at(value);
    let step = (WIDTH - VALUES - 6) / i32::try_from(months.courses.len().max(1)).unwrap_or(1);
    let left = |month: usize| VALUES + 6 + i32::try_from(month).unwrap_or(0) * step;
    let written = |at: usize| axis::said(charts, |months| Some(months.ticks.get(at)?.1.as_str())).plain();
    let markup = html! {
        @for (at, (value, _)) in months.ticks.iter().enumerate() {
            @let y = height(*value);
            line x1=(VALUES + 6) x2=(WIDTH) y1=(y) y2=(y) class=(if *value == 0 { "zero" } else { "grid" }) {}
            (axis::text(&written(at), VALUES, y - 7, "side"))
        }
        @for (month, [low, middle, high]) in months.courses.iter().enumerate() {
            @let (x, width) = (left(month) + BETWEEN / 2, step - BETWEEN);
            g {
                @if let Some(told) = told.get(month) { title { (told) } }
                @if low < high {
                    rect x=(x) y=(height(*high)) width=(width) height=((height(*low) - height(*high)).max(1)) class=(class(Mark::Second)) {}
                }
                rect x=(x) y=(height(*middle) - MIDDLE / 2) width=(width) height=(MIDDLE) class=(class(Mark::First)) {}
            }
            text x=(x + width / 2) y=(bottom + LINE) class="tick" { (month + 1) }
        }
    };
    (markup, bottom + LINE + 6)
}
