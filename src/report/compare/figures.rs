//! What is drawn of a comparison: points side by side, a year's money on one axis.

use super::Teller;
use crate::ids::{DecisionId, UnitId};
use crate::kb::Decision;
use crate::report::chart::{Chart, Mark, Ranges, Sides};
use crate::report::money::Drawn;
use crate::report::page::{Block, Figure, Section};
use crate::report::phrases::signed;

/// The id of the figure of the points of a decision.
pub fn points_id(decision: &Decision) -> String {
    format!("{}-sides", decision.id)
}

/// The id of the figure of a year's money.
pub const MONEY_ID: &str = "money-sides";

/// The points of every candidate of a leader decision, a column for each side; what
/// has most on any side comes first. Nothing where nobody leads on any side.
pub fn points(teller: &Teller<'_>, decision: DecisionId) -> Option<Figure> {
    let found = teller.found;
    let kb = found.kb;
    let outcomes: Vec<_> = found.sides.iter().map(|side| &side.advice.judgement.decisions[decision]).collect();
    if outcomes.iter().all(|outcome| outcome.leader().is_none()) {
        return None;
    }
    let points =
        |one| -> Vec<i32> { outcomes.iter().map(|outcome| outcome.of(one).map_or(0, |account| account.points)).collect() };
    let mut all: Vec<_> = kb.decisions[decision].candidates.ids().map(|one| (one, points(one))).collect();
    all.sort_by_key(|(one, points)| (std::cmp::Reverse(points.iter().max().copied()), *one));
    let mark = |side: usize, one| match outcomes[side].chosen().iter().position(|kept| kept == one) {
        Some(0) => Mark::First,
        Some(_) => Mark::Second,
        None => Mark::Other,
    };
    let name = |one| kb.candidate(decision, one).name.get(teller.lang).to_owned();
    let drawn = all.iter().map(|(one, points)| {
        let bars = points.iter().enumerate().map(|(side, points)| (*points, mark(side, *one)));
        (name(*one), bars.collect())
    });
    let row = |(one, points): &(_, Vec<i32>)| {
        std::iter::once(name(*one)).chain(points.iter().copied().map(signed)).collect::<Vec<String>>()
    };
    let heading = kb.decisions[decision].heading.get(teller.lang);
    Some(Figure {
        id: points_id(&kb.decisions[decision]),
        title: teller.fill("compare.figure.points", &[("heading", heading)]),
        about: teller.say("compare.figure.points-about"),
        chart: Chart::Sides(Sides { heads: teller.labels.clone(), rows: drawn.collect() }),
        heads: std::iter::once(teller.say("column.candidate")).chain(teller.labels.iter().cloned()).collect(),
        rows: all.iter().map(row).collect(),
        repeats: false,
    })
}

/// A year of each side that can be worked out: on one axis where they are in one
/// currency, and what each stream brings.
pub fn money(teller: &Teller<'_>) -> Vec<Section> {
    let sides = &teller.found.sides;
    let known: Vec<(&String, [i128; 3], Option<UnitId>)> = teller
        .labels
        .iter()
        .zip(sides)
        .filter_map(|(label, side)| side.view.year.map(|(year, unit)| (label, year, unit)))
        .collect();
    let Some((_, _, currency)) = known.first().copied() else { return Vec::new() };
    let mut blocks = Vec::new();
    let unknown: Vec<String> =
        teller.labels.iter().zip(sides).filter(|(_, side)| side.view.year.is_none()).map(|(label, _)| label.clone()).collect();
    if !unknown.is_empty() {
        blocks.push(Block::Text(teller.fill("compare.unknown-year", &[("names", &teller.list(&unknown))])));
    }
    let ends = ["low", "middle", "high"].map(|key| teller.say(&format!("money.column.{key}")));
    let heads: Vec<String> = std::iter::once(teller.say("compare.community")).chain(ends).collect();
    if known.iter().all(|(.., unit)| *unit == currency) {
        let purse = teller.purse(currency);
        let drawn = Drawn::of(known.iter().flat_map(|(_, year, _)| *year));
        let range = |(label, year, _): &(&String, [i128; 3], Option<UnitId>)| {
            ((*label).clone(), year.map(|sum| drawn.value(sum)), purse.bare(year[1]))
        };
        let row = |(label, year, _): &(&String, [i128; 3], Option<UnitId>)| {
            std::iter::once((*label).clone()).chain(year.map(|sum| purse.bare(sum))).collect()
        };
        blocks.push(Block::Figure(Box::new(Figure {
            id: MONEY_ID.to_owned(),
            title: teller.fill("compare.figure.money", &[("unit", purse.unit())]),
            about: teller.say("compare.figure.money-about"),
            chart: Chart::Ranges(Ranges {
                ranges: known.iter().map(range).collect(),
                ticks: drawn.ticks(3, |sum| purse.bare(sum)),
            }),
            heads,
            rows: known.iter().map(row).collect(),
            repeats: false,
        })));
    } else {
        let row = |(label, year, unit): &(&String, [i128; 3], Option<UnitId>)| {
            let purse = teller.purse(*unit);
            std::iter::once((*label).clone()).chain(year.map(|sum| purse.sum(sum))).collect()
        };
        blocks.push(Block::Text(teller.say("compare.currencies")));
        blocks.push(Block::Table(heads, known.iter().map(row).collect()));
    }
    let heading = teller.say("compare.year-heading");
    [Some(Section { heading, blocks }), streams(teller)].into_iter().flatten().collect()
}

/// What each stream brings in a year on each side, in the order of the base.
fn streams(teller: &Teller<'_>) -> Option<Section> {
    let mut rows: Vec<(crate::ids::CandidateRef, Vec<String>)> = Vec::new();
    for (at, side) in teller.found.sides.iter().enumerate() {
        let subject = teller.subject(side);
        let Some(forecast) = subject.forecast().filter(|_| side.view.year.is_some()) else { continue };
        let purse = teller.purse(forecast.currency);
        for part in forecast.parts() {
            let stream = part.estimate.stream.at;
            let row = rows.iter().position(|(other, _)| *other == stream).unwrap_or_else(|| {
                rows.push((stream, vec![teller.say("compare.no-stream"); teller.labels.len()]));
                rows.len() - 1
            });
            let [low, middle, high] = part.year();
            let (low, high) = (low.min(middle).min(high), high.max(middle).max(low));
            let gaps = [("low", purse.bare(low)), ("middle", purse.sum(middle)), ("high", purse.bare(high))];
            rows[row].1[at] = teller.fill("money.amount", &gaps.each_ref().map(|(gap, text)| (*gap, text.as_str())));
        }
    }
    rows.sort_by_key(|(stream, _)| *stream);
    let name = |at: crate::ids::CandidateRef| teller.found.kb.candidate(at.0, at.1).name.get(teller.lang).to_owned();
    let rows: Vec<Vec<String>> = rows.into_iter().map(|(at, cells)| std::iter::once(name(at)).chain(cells).collect()).collect();
    let heads = std::iter::once(teller.say("money.column.stream")).chain(teller.labels.iter().cloned()).collect();
    let blocks = if rows.is_empty() { Vec::new() } else { vec![Block::Table(heads, rows)] };
    Section::unless_empty(teller.say("compare.streams-heading"), blocks)
}
