//! The tables of a forecast: months, swings, origins.

use super::{Teller, part};
use crate::kb::money::Factor;
use crate::money::link::{Link, Origin};
use crate::money::product::Swing;
use crate::money::together::Part12;
use crate::report::page::{Block, Section};
use crate::words;

/// How many factors are shown, and how long the longest bar is.
const MOST: usize = 8;
const BAR: i128 = 14;

/// Twelve months, all streams together.
pub fn months(teller: &Teller<'_>) -> Option<Section> {
    if teller.forecast.is_empty() {
        return None;
    }
    let purse = teller.purse();
    let [low, middle, high] = teller.forecast.months();
    let mut so_far = 0;
    let rows = (0..middle.len()).map(|month| {
        so_far += middle[month];
        let sums = [low[month], middle[month], high[month], so_far].map(|sum| purse.bare(sum));
        std::iter::once((month + 1).to_string()).chain(sums).collect()
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let heads = ["month", "low", "middle", "high", "so-far"].map(|key| teller.say(&format!("money.column.{key}")));
    let heading = format!("{} ({})", teller.say("money.heading.months"), purse.unit());
    Some(Section { heading, blocks: vec![Block::Table(heads.to_vec(), rows)] })
}

/// Which factors move the sum most, as bars.
pub fn swings(teller: &Teller<'_>) -> Option<Section> {
    let all = all_swings(teller);
    let most = all.first()?.1.width().max(1);
    let purse = teller.purse();
    let row = |(part, swing): &(&Part12<'_>, &Swing)| {
        let link = part.estimate.links.iter().find(|link| link.part == swing.part)?;
        let factor = teller.factor(part, link);
        let length = usize::try_from((swing.width() * BAR).div_euclid(most).max(1)).unwrap_or(1);
        let year = purse.sums(swing.low.min(swing.high), swing.low.max(swing.high));
        let name = teller.named(part.estimate.stream.at);
        Some(vec![format!("{name}·{factor}"), purse.link(link), year, "█".repeat(length)])
    };
    let rows: Vec<Vec<String>> = all.iter().take(MOST).filter_map(row).collect();
    let heads = ["factor", "range", "year", "swing"].map(|key| teller.say(&format!("money.column.{key}")));
    Some(Section { heading: teller.say("money.heading.swings"), blocks: vec![Block::Table(heads.to_vec(), rows)] })
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
    let mut rows = Vec::new();
    for part in teller.forecast.parts() {
        for link in &part.estimate.links {
            if part::is_idle(link) {
                continue;
            }
            let factor = teller.factor(part, link);
            let row = vec![format!("{factor} {}", purse.link(link)), origin(teller, link)];
            if !seen.contains(&row) {
                let name = teller.named(part.estimate.stream.at).to_owned();
                rows.push(std::iter::once(name).chain(row.iter().cloned()).collect());
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
