//! Where values stand in a drawing, and how much text fits beside them.
//!
//! All numbers are whole units of a view box that is [`WIDTH`] units wide, so that
//! the same chart has the same bytes everywhere. It is drawn between some 330
//! pixels (a phone) and 460 pixels (a page) wide, which leaves letters legible.

use super::super::tongues::Said;
use super::class;
use crate::report::chart::{Mark, ticks};
use crate::report::wrap;
use crate::text::Lang;
use maud::{Markup, html};

/// The width of every drawing.
pub const WIDTH: i32 = 400;
/// The height of a line of text.
pub const LINE: i32 = 15;
/// The height of a bar.
pub const BAR: i32 = 13;
/// What stands between two rows.
pub const BETWEEN: i32 = 6;
/// The most parts into which lines divide a scale.
const TICKS: i32 = 5;
/// The width of a column of text: half of what a Chinese character takes, and a
/// little more than the mean of Latin letters.
const COLUMN: f32 = 6.6;

/// Values on a line of a drawing; zero is always on it.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    low: i32,
    high: i32,
    left: i32,
    width: i32,
}

impl Scale {
    /// A scale for these values, between two places of the drawing.
    #[must_use]
    pub fn of(values: impl IntoIterator<Item = i32>, left: i32, right: i32) -> Scale {
        let (low, high) = values.into_iter().fold((0, 0), |(low, high), value| (value.min(low), value.max(high)));
        Scale { low, high: if low == high { low + 1 } else { high }, left, width: right - left }
    }

    /// Where a value stands, from the left.
    #[must_use]
    pub fn at(self, value: i32) -> i32 {
        let (value, low, high) = (i64::from(value), i64::from(self.low), i64::from(self.high));
        let shift = (value - low) * i64::from(self.width) / (high - low).max(1);
        self.left + i32::try_from(shift).unwrap_or(0)
    }

    /// Where a bar from one value to another begins, and how wide it is; never less than one unit.
    #[must_use]
    pub fn between(self, one: i32, other: i32) -> (i32, i32) {
        let (start, end) = (self.at(one.min(other)), self.at(one.max(other)));
        (start, (end - start).max(1))
    }

    /// Round values between which others are read, at most six.
    #[must_use]
    pub fn ticks(self) -> Vec<i32> {
        ticks(self.low, self.high, TICKS)
    }
}

/// A line of text, with its language where there are several.
pub type Line = (Option<&'static str>, String);

/// A text of charts that show the same, in every language that has it.
pub fn said<'a, T>(charts: &[(Lang, &'a T)], of: impl Fn(&'a T) -> Option<&'a str>) -> Said<'a> {
    Said::new(charts.iter().filter_map(|(lang, chart)| Some((*lang, of(chart)?))).collect())
}

/// A label in all its languages, in lines that fit a width.
#[must_use]
pub fn lines(label: &Said<'_>, width: i32) -> Vec<Line> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "some 60 columns")]
    let columns = (width as f32 / COLUMN) as usize;
    let of = |(lang, text): Line| wrap::lines(&text, columns.max(6), "", "").into_iter().map(move |line| (lang, line));
    label.plain().into_iter().flat_map(of).collect()
}

/// How high some lines are.
#[must_use]
pub fn height(lines: usize) -> i32 {
    i32::try_from(lines).unwrap_or(1) * LINE
}

/// Lines of text, the first at a height, all beginning (or, on request, ending) at the same place.
#[must_use]
pub fn text(lines: &[Line], x: i32, top: i32, class: &str) -> Markup {
    html! {
        @for (at, (lang, line)) in lines.iter().enumerate() {
            text x=(x) y=(top + height(at) + 11) class=(class) lang=[*lang] { (line) }
        }
    }
}

/// Rows of a drawing, from its top down: a label at the left end, marks, values at the right end.
pub struct Rows {
    bottom: i32,
    drawn: Vec<Markup>,
}

/// What stands in a row besides its marks.
pub struct Row<'a> {
    /// The lines of its label.
    pub label: Vec<Line>,
    /// The class of the label.
    pub class: &'a str,
    /// The lines of its value.
    pub values: Vec<Line>,
    /// What is told of it when it is pointed at.
    pub told: Option<&'a String>,
}

impl Rows {
    /// No rows yet, from this height on.
    pub fn from(top: i32) -> Rows {
        Rows { bottom: top, drawn: Vec::new() }
    }

    /// A heading over the rows that follow.
    pub fn head(&mut self, lines: &[Line]) {
        self.drawn.push(text(lines, 0, self.bottom + 2, "group"));
        self.bottom += height(lines.len()) + BETWEEN;
    }

    /// A row; `marks` is told where a bar begins, and where the row after this one does.
    pub fn add(&mut self, row: &Row<'_>, marks: impl FnOnce(i32, i32) -> Markup) {
        let high = height(row.label.len().max(row.values.len())).max(BAR);
        let centred = |lines: usize| self.bottom + (high - height(lines)) / 2;
        let next = self.bottom + high + BETWEEN;
        let drawn = html! {
            g {
                @if let Some(told) = row.told { title { (told) } }
                (text(&row.label, 0, centred(row.label.len()), row.class))
                (marks(self.bottom + (high - BAR) / 2, next))
                (text(&row.values, WIDTH, centred(row.values.len()), "value"))
            }
        };
        self.drawn.push(drawn);
        self.bottom = next;
    }

    /// Where the last row ends.
    pub fn bottom(&self) -> i32 {
        self.bottom
    }

    /// All of them.
    pub fn drawn(&self) -> Markup {
        html! { @for one in &self.drawn { (one) } }
    }
}

/// A bar between two values of a scale.
pub fn bar(scale: Scale, (from, to): (i32, i32), top: i32, mark: Mark) -> Markup {
    let (x, width) = scale.between(from, to);
    html! { rect x=(x) y=(top) width=(width) height=(BAR) class=(class(mark)) {} }
}

/// A value as it is written in every language, without a tag.
pub fn plain(value: &str) -> Vec<Line> {
    vec![(None, value.to_owned())]
}

/// The lines of a scale at values that are written in words below them, and how high those are.
pub fn written_grid(scale: Scale, ticks: &[(i32, Vec<Line>)], bottom: i32) -> (Markup, i32) {
    let markup = html! {
        @for (value, lines) in ticks {
            @let x = scale.at(*value);
            line x1=(x) x2=(x) y1="0" y2=(bottom) class=(if *value == 0 { "zero" } else { "grid" }) {}
            (text(lines, x, bottom, "tick"))
        }
    };
    (markup, height(ticks.iter().map(|(_, lines)| lines.len()).max().unwrap_or(1)) + LINE / 3)
}

/// The lines of a scale with their values below.
#[must_use]
pub fn grid(scale: Scale, top: i32, bottom: i32) -> Markup {
    html! {
        @for tick in scale.ticks() {
            @let x = scale.at(tick);
            line x1=(x) x2=(x) y1=(top) y2=(bottom) class=(if tick == 0 { "zero" } else { "grid" }) {}
            text x=(x) y=(bottom + 12) class="tick" { (tick) }
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn example_of_of() {
        use qun::report::html::chart::axis::Scale;
        let scale = Scale::of([-20, 80], 100, 300);
        assert_eq!((scale.at(-20), scale.at(0), scale.at(80)), (100, 140, 300));
        assert_eq!(scale.ticks(), [-20, 0, 20, 40, 60, 80]);
    }
}
