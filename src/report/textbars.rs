//! The bars of a figure as text, for a terminal.

use super::chart::Chart;
use super::page::Figure;
use unicode_width::UnicodeWidthStr;

/// The most and the fewest characters of a bar that is drawn.
const LONGEST: usize = 30;
const SHORTEST: usize = 12;
/// What stands between the columns of a table, and at its left end.
const BETWEEN: usize = 2;

/// A bar for each row of the table, the longest as long as there is room in so many
/// columns; none where there is too little room or nothing is drawn as bars. What is
/// below zero has a lighter bar.
#[must_use]
pub fn bars(figure: &Figure, columns: usize) -> Vec<String> {
    let values: Vec<i32> = match &figure.chart {
        Chart::Bars(groups) => groups.iter().flat_map(|group| &group.bars).map(|bar| bar.value).collect(),
        Chart::Swings(all) => all.swings.iter().map(|swing| (swing.high - swing.low).saturating_abs()).collect(),
        _ => return Vec::new(),
    };
    if values.len() != figure.rows.len() {
        return Vec::new();
    }
    let widest = |at: usize| {
        let cells = figure.rows.iter().chain([&figure.heads]).filter_map(|row| row.get(at));
        cells.map(|cell| cell.width()).max().unwrap_or(0)
    };
    let taken: usize = (0..figure.heads.len()).map(|at| widest(at) + BETWEEN).sum::<usize>() + 1;
    let room = columns.saturating_sub(taken).min(LONGEST);
    let most = values.iter().map(|value| value.unsigned_abs()).max().unwrap_or(0);
    if room < SHORTEST || most == 0 {
        return Vec::new();
    }
    let bar = |value: &i32| {
        let length = (value.unsigned_abs() as usize * room).div_ceil(most as usize);
        if *value < 0 { "░".repeat(length) } else { "█".repeat(length) }
    };
    values.iter().map(bar).collect()
}
