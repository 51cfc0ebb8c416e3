//! The tables of a forecast: months, swings, origins.

use super::{Teller, part};
use crate::kb::money::Factor;
use crate::money::link::{Link, Origin};
use crate::money::product::Swing;
use crate::money::together::Part12;
use crate::report::chart::{self, Chart, Months, Swings};
use crate::report::money::Drawn;
use crate::report::page::{Block, Figure, Section};
use crate::words;

/// How many factors are shown.
const MOST: usize = 8;

/// Twelve months, all streams together.
pub fn months(teller: &Teller<'_>) -> Option<Section> {
    if teller.forecast.is_empty() {
        return None;
    }
    let purse = teller.purse();
    let [low, middle, high] = teller.forecast.months();
    let courses: Vec<[i128; 3]> = (0..middle.len()).map(|month| [low[month], middle[month], high[month]]).collect();
    let mut so_far = 0;
    let row = |(month, sums): (usize, &[i128; 3])| {
        so_far += sums[1];
        let sums = sums.iter().copied().chain([so_far]).map(|sum| purse.bare(sum));
        std::iter::once((month + 1).to_string()).chain(sums).collect()
    };
    let rows: Vec<Vec<String>> = courses.iter().enumerate().map(row).collect();
    let heads = ["month", "low", "middle", "high", "so-far"].map(|key| teller.say(&format!("money.column.{key}")));
    let drawn = Drawn::of(courses.iter().flatten().copied());
    let figure = Figure {
        id: "money-months".to_owned(),
        title: teller.fill("money.figure.months", &[("unit", purse.unit())]),
        about: teller.say("money.figure.months-about"),
        chart: Chart::Months(Months {
            courses: courses.iter().map(|course| course.map(|sum| drawn.value(sum))).collect(),
            ticks: drawn.ticks(5, |sum| purse.bare(sum)),
        }),
        heads: heads.to_vec(),
        rows,
        repeats: false,
    };
    Some(Section { heading: teller.say("money.heading.months"), blocks: vec![Block::Figure(Box::new(figure))] })
}

/// Which factors move the sum most, as bars.
pub fn swings(teller: &Teller<'_>) -> Option<Section> {
    let mut all = all_swings(teller);
    all.truncate(MOST);
    let purse = teller.purse();
    let (mut swings, mut rows) = (Vec::new(), Vec::new());
    let drawn = Drawn::of(all.iter().flat_map(|(_, swing)| [swing.low - swing.middle, swing.high - swing.middle]));
    for (part, swing) in &all {
        let Some(link) = part.estimate.links.iter().find(|link| link.part == swing.part) else { continue };
        let name = teller.named(part.estimate.stream.at);
        let label = teller.fill("money.figure.swing", &[("stream", name), ("factor", &teller.factor(part, link))]);
        let year = purse.sums(swing.low.min(swing.high), swing.low.max(swing.high));
        let written = purse.bare(swing.width());
        rows.push(vec![label.clone(), purse.link(link), year, written.clone()]);
        let (low, high) = (drawn.value(swing.low - swing.middle), drawn.value(swing.high - swing.middle));
        swings.push(chart::Swing { label, low, high, written });
    }
    let signed = |sum: i128| if sum > 0 { format!("+{}", purse.bare(sum)) } else { purse.bare(sum) };
    let figure = Figure {
        id: "money-swings".to_owned(),
        title: teller.fill("money.figure.swings", &[("unit", purse.unit())]),
        about: teller.say("money.figure.swings-about"),
        chart: Chart::Swings(Swings { swings, ticks: drawn.ticks(2, signed) }),
        heads: ["factor", "range", "year", "swing"].map(|key| teller.say(&format!("money.column.{key}"))).to_vec(),
        rows,
        repeats: false,
    };
    let heading = teller.say("money.heading.swings");
    (!all.is_empty()).then(|| Section { heading, blocks: vec![Block::Figure(Box::new(figure))] })
}

/// Every factor's swing, the greatest first.
pub fn all_swings<'t>(teller: &'t Teller<'_>) -> Vec<(&'t Part12<'t>, &'t Swing)> {
    let of = |part: &'t Part12<'t>| part.estimate.swings.iter().map(move |swing| (part, swing));
    let mut all: Vec<_> = teller.forecast.parts().flat_map(of).collect();
    all.sort_by_key(|(part, swing)| (std::cmp::Reverse(swing.width()), part.estimate.stream.at, swing.part));
    all
}

/// Every number with where it comes from.
pub fn origins(teller: &Teller<'_>) -> Option<Section> {
    let purse = teller.purse();
    let mut seen = Vec::new();
    // What a stream has from the same place stands in one row.
    let mut rows: Vec<Vec<String>> = Vec::new();
    let joint = words::say("line.reason-joint", teller.lang);
    for part in teller.forecast.parts() {
        for link in &part.estimate.links {
            if part::is_idle(link) {
                continue;
            }
            let factor = teller.factor(part, link);
            let row = vec![format!("{factor} {}", purse.link(link)), origin(teller, link)];
            if !seen.contains(&row) {
                let name = teller.named(part.estimate.stream.at).to_owned();
                match rows.iter_mut().find(|other| (&other[0], &other[2]) == (&name, &row[1])) {
                    Some(other) => other[1] = format!("{}{joint}{}", other[1], row[0]),
                    None => rows.push(vec![name, row[0].clone(), row[1].clone()]),
                }
                seen.push(row);
            }
        }
    }
    let heads = ["stream", "factor", "origin"].map(|key| teller.say(&format!("money.column.{key}")));
    let blocks = vec![Block::Table(heads.to_vec(), rows)];
    (!seen.is_empty()).then(|| Section { heading: teller.say("money.heading.origins"), blocks })
}

/// Where a number comes from, in words.
pub fn origin(teller: &Teller<'_>, link: &Link<'_>) -> String {
    match &link.origin {
        Origin::Yours => teller.say("money.origin.yours"),
        Origin::YoursByYear => {
            let weeks = teller.kb.money.as_ref().map(|money| money.weeks);
            let [low, high] = weeks.map_or([0, 0], |weeks| [weeks.low, weeks.high]).map(|count| count.to_string());
            teller.fill("money.origin.yours-by-year", &[("low", &low), ("high", &high)])
        }
        Origin::Base(factors) => match factors[..] {
            [one] => of_base(teller, one),
            _ => teller.fill("money.origin.assumed-several", &[("n", &factors.len().to_string())]),
        },
    }
}

fn of_base(teller: &Teller<'_>, factor: &Factor) -> String {
    let Some(sourced) = &factor.sourced else { return teller.say("money.origin.assumed") };
    let kb = teller.kb;
    let titles: Vec<&str> =
        factor.sources.iter().filter_map(|source| kb.document(source)).map(|one| one.title.get(teller.lang)).collect();
    let year = if sourced.as_of == "n.d." { words::say("line.undated", teller.lang) } else { &sourced.as_of };
    let gaps = [
        ("title", titles.join(words::say("line.list-joint", teller.lang))),
        ("year", year.to_owned()),
        ("place", sourced.territory.get(teller.lang).to_owned()),
        ("counted", sourced.counted.get(teller.lang).to_owned()),
    ];
    let gaps = gaps.each_ref().map(|(gap, value)| (*gap, value.as_str()));
    let text = teller.fill("money.origin.sourced", &gaps);
    if sourced.survivors { text + &teller.say("money.origin.survivors") } else { text }
}
