//! A forecast as a table for a spreadsheet: a row for each month and stream.

use super::Teller;
use std::fmt::Write as _;

/// The heads of the columns, the same in every language.
pub const HEADS: [&str; 6] = ["month", "stream", "low", "middle", "high", "currency"];

/// Twelve months by stream, then all together, in whole hundredths written as decimals.
#[must_use]
pub fn csv(teller: &Teller<'_>) -> String {
    let kb = teller.kb;
    let currency = teller.forecast.currency.map_or("", |unit| kb.units[unit].id.as_str());
    let mut out = HEADS.join(",") + "\r\n";
    let mut add = |month: usize, stream: &str, sums: [i128; 3]| {
        let [low, middle, high] = sums.map(decimal);
        let _ = write!(out, "{},{stream},{low},{middle},{high},{currency}\r\n", month + 1);
    };
    let all = teller.forecast.months();
    for month in 0..all[0].len() {
        for part in teller.forecast.parts() {
            let at = part.estimate.stream.at;
            add(month, &kb.candidate(at.0, at.1).id, part.months().map(|course| course[month]));
        }
        add(month, "", all.map(|course| course[month]));
    }
    out
}

fn decimal(hundredths: i128) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let size = hundredths.unsigned_abs();
    format!("{sign}{}.{:02}", size / 100, size % 100)
}
