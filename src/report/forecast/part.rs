//! One stream of a forecast in words.

use super::Teller;
use crate::kb::effort::Span;
use crate::kb::money::Role;
use crate::money::link::{Link, Part, WHOLE};
use crate::money::product::Range;
use crate::money::together::Part12;
use crate::report::money::people;
use crate::report::page::Block;
use crate::text::Lang;
use crate::words;

/// How many times the fewest payers the most may be before a break-even says nothing.
const TOO_WIDE: i128 = 20;

/// The name of a stream, and what is worked out about it.
pub fn blocks(teller: &Teller<'_>, part: &Part12<'_>) -> Vec<Block> {
    let one = &part.estimate;
    let purse = teller.purse();
    let mut lines = Vec::new();
    let mut add = |label: &str, text: String| {
        let joint = if teller.lang == Lang::Zh { "：" } else { ": " };
        lines.push(format!("{label}{joint}{text}"));
    };
    add(&teller.say("money.chain"), chain(teller, part));
    if let (Some(payers), Some(all)) = (part.payers, one.payers) {
        let payer = one.chain.payer.get(teller.lang);
        let renews = one.links.iter().any(|link| link.part == Part::Factor(Role::Renewal));
        let label = if renews { teller.fill("money.renewing", &[("payer", payer)]) } else { payer.to_owned() };
        let mut text = persons(teller, payers);
        if one.is_full {
            text += &teller.say("money.payers-full");
        }
        if payers.middle < all.middle {
            text += &teller.say("money.payers-shared");
        }
        add(&capitalised(&label), text);
    }
    let net = part.net;
    add(&teller.say("money.gross"), about(teller, one.gross));
    let ends = net.all();
    let least = ends.iter().min().copied().unwrap_or_default();
    let most = ends.iter().max().copied().unwrap_or_default();
    let corners = [("least", purse.sum(least)), ("most", purse.sum(most))];
    let corners = corners.each_ref().map(|(gap, value)| (*gap, value.as_str()));
    add(&teller.say("money.net"), teller.sums("money.amount-corners", [net.low, net.middle, net.high], &corners));
    if net.middle < 0 {
        add(&teller.say("money.factor.cost"), teller.say("money.loss"));
    }
    add(&teller.say("money.effort"), effort(teller, part));
    add(&teller.say("money.first-cash"), first_cash(teller, part));
    if let Some(text) = break_even(teller, part) {
        add(&teller.say("money.break-even"), text);
    }
    vec![Block::Heading(teller.named(one.stream.at).to_owned()), Block::Points(lines)]
}

/// The chain and what is left, for an advice.
pub fn short(teller: &Teller<'_>, part: &Part12<'_>) -> Vec<Block> {
    let joint = if teller.lang == Lang::Zh { "：" } else { ": " };
    let net = about(teller, part.net);
    let lines = vec![
        format!("{}{joint}{}", teller.say("money.chain"), chain(teller, part)),
        format!("{}{joint}{net}", teller.say("money.net")),
    ];
    vec![Block::Heading(teller.named(part.estimate.stream.at).to_owned()), Block::Points(lines)]
}

fn about(teller: &Teller<'_>, range: Range) -> String {
    teller.sums("money.about", [range.low, range.middle, range.high], &[])
}

/// The chain as a product.
fn chain(teller: &Teller<'_>, part: &Part12<'_>) -> String {
    let one = &part.estimate;
    let purse = teller.purse();
    let told = |link: &Link<'_>| {
        let factor = teller.factor(part, link);
        let range = purse.link(link);
        match link.part {
            Part::Factor(Role::Price) => {
                let per = one.chain.per.get(teller.lang);
                if teller.lang == Lang::Zh { format!("{per} {range}") } else { format!("{range} {per}") }
            }
            _ if teller.lang == Lang::Zh => format!("{factor} {range}"),
            _ => format!("{range} {factor}"),
        }
    };
    let is_taken = |link: &&Link<'_>| matches!(link.part, Part::Factor(Role::Fee | Role::Cost)) && link.high > 0;
    let is_fixed = |link: &&Link<'_>| matches!(link.part, Part::Factor(Role::Fee | Role::Cost | Role::Fixed));
    let factors: Vec<String> = one.links.iter().filter(|link| !is_fixed(link) && !is_idle(link)).map(told).collect();
    let taken: Vec<String> = one.links.iter().filter(is_taken).map(told).collect();
    let joint = words::say("line.list-joint", teller.lang);
    let (factors, taken) = (factors.join(" × "), taken.join(joint));
    let key = if taken.is_empty() { "money.chain-bare" } else { "money.chain-product" };
    let mut text = teller.fill(key, &[("factors", &factors), ("taken", &taken)]);
    if one.links.iter().any(|link| link.part == Part::Factor(Role::Renewal)) {
        text = format!("{text}{}{}", words::say("line.reason-joint", teller.lang), teller.say("money.renewal-note"));
    }
    text
}

/// Whether a factor changes nothing, so that nothing need be said of it.
pub fn is_idle(link: &Link<'_>) -> bool {
    matches!(link.part, Part::Factor(Role::Size | Role::Trust)) && (link.low, link.high) == (WHOLE, WHOLE)
}

fn persons(teller: &Teller<'_>, payers: Range) -> String {
    let [low, middle, high] = super::spread([payers.low, payers.middle, payers.high]).map(|count| people(count, teller.lang));
    if low == high {
        return middle;
    }
    teller.fill("money.payers-range", &[("low", &low), ("middle", &middle), ("high", &high)])
}

/// The hours, and what is left of one.
fn effort(teller: &Teller<'_>, part: &Part12<'_>) -> String {
    let one = &part.estimate;
    let span = |span: Option<Span>| span.map_or_else(|| "0".to_owned(), |span| between(span.low, span.high));
    let hour = teller.purse().sum(per_hour(part));
    let gaps = [("setup", span(one.setup)), ("weekly", span(one.weekly)), ("hour", hour)];
    let gaps = gaps.each_ref().map(|(gap, value)| (*gap, value.as_str()));
    let key = match (one.stream.runs, one.fixed) {
        // The hours keep the whole place open, for others as well as for this group.
        (true, Some(_)) => "money.effort-whole",
        (true, None) => "money.effort-running",
        (false, _) => "money.effort-new",
    };
    teller.fill(key, &gaps)
}

/// What is left of an hour in the first year, in the middle, in hundredths.
pub fn per_hour(part: &Part12<'_>) -> i128 {
    let middle = |span: Option<Span>| span.map_or(0, |span| i128::from(span.low) + i128::from(span.high));
    let weeks = i128::from(part.weeks());
    let halves = middle(part.estimate.setup) + middle(part.estimate.weekly) * weeks;
    part.year()[1].saturating_mul(2).div_euclid(halves.max(1))
}

fn first_cash(teller: &Teller<'_>, part: &Part12<'_>) -> String {
    match part.first_cash() {
        None => teller.say("money.first-cash-runs"),
        Some((early, late)) => {
            teller.fill("money.first-cash-weeks", &[("early", &early.to_string()), ("late", &late.to_string())])
        }
    }
}

fn break_even(teller: &Teller<'_>, part: &Part12<'_>) -> Option<String> {
    let one = &part.estimate;
    let Some(fixed) = one.fixed else { return (!one.stream.runs).then(|| teller.say("money.break-even-first")) };
    let (low, high) = one.break_even?;
    let range = teller.purse().sums(fixed.0, fixed.1);
    let gaps = [("low", low.to_string()), ("high", high.to_string()), ("fixed", range)];
    let gaps = gaps.each_ref().map(|(gap, value)| (*gap, value.as_str()));
    let tells_nothing = high / TOO_WIDE > low;
    Some(teller.fill(if tells_nothing { "money.break-even-open" } else { "money.break-even-range" }, &gaps))
}

fn between(low: u32, high: u32) -> String {
    if low == high { low.to_string() } else { format!("{low}–{high}") }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
