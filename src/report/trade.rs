//! How this trade sells what the plan asks for: what is offered and for how much,
//! where, and the words to send for the step at hand.

use super::page::{Block, Extent, Section};
use super::phrases::{Subject, amount};
use crate::advice::plan::{Action, Step};
use crate::engine::kernel::Readiness;
use crate::ids::CandidateRef;
use crate::kb::trade::{Offer, Platform, Price, Trade};
use crate::truth::Truth;

/// What is offered, where, and what to write; nothing of an unknown trade.
pub fn section(subject: &Subject<'_>, extent: Extent) -> Option<Section> {
    let trade = subject.kb.trade_in(subject.answers)?;
    let streams = streams(subject);
    let mut blocks: Vec<Block> = streams.iter().filter_map(|at| offer(subject, trade, *at)).collect();
    let used = trade.platforms.iter().map(|one| &subject.kb.platforms[*one]);
    let used = used.filter(|platform| platform.streams.iter().any(|at| streams.contains(at)) && is_reachable(subject, platform));
    blocks.extend(used.map(|platform| sold_on(subject, platform)));
    let mut ready = ready(subject, trade);
    if extent == Extent::Usual {
        ready.truncate(1);
    }
    blocks.extend(ready.into_iter().map(|(label, text)| Block::Entry(label, text)));
    Section::unless_empty(subject.say("heading.trade"), blocks)
}

/// The documents behind the prices and platforms that are shown.
pub fn references<'a>(subject: &Subject<'a>) -> Vec<&'a str> {
    let Some(trade) = subject.kb.trade_in(subject.answers) else { return Vec::new() };
    let streams = streams(subject);
    let prices = prices(subject, trade).filter(|price| streams.contains(&price.stream)).flat_map(|price| &price.sources);
    let used = trade.platforms.iter().map(|one| &subject.kb.platforms[*one]);
    let used = used.filter(|platform| platform.streams.iter().any(|at| streams.contains(at)) && is_reachable(subject, platform));
    prices.chain(used.flat_map(|platform| &platform.sources)).map(String::as_str).collect()
}

/// The streams that go on or that the plan begins, the planned ones first.
fn streams(subject: &Subject<'_>) -> Vec<CandidateRef> {
    let sells = |action: &&Action| matches!(action.step, Step::Grow | Step::Begin { .. } | Step::Mend(_));
    let planned = subject.advice.plan.actions.iter().filter(sells).map(|action| action.at);
    let kept = subject.kb.plan.sections.into_iter().flat_map(|sections| {
        let outcome = &subject.advice.judgement.decisions[sections.begin.decision];
        outcome.group(Readiness::Keep).map(|one| (sections.begin.decision, one.account.candidate)).collect::<Vec<_>>()
    });
    let mut found: Vec<CandidateRef> = Vec::new();
    for at in planned.chain(kept) {
        if !found.contains(&at) {
            found.push(at);
        }
    }
    found
}

/// The prices of a trade in this community's money that are meant for it.
fn prices<'t>(subject: &Subject<'_>, trade: &'t Trade) -> impl Iterator<Item = &'t Price> {
    trade.prices(subject.answers).filter(|price| !subject.is_foreign(price.unit))
}

/// What a stream is in this trade, and what it costs there.
fn offer(subject: &Subject<'_>, trade: &Trade, at: CandidateRef) -> Option<Block> {
    let offer = trade.offer(at, subject.answers);
    let said = |offer: &Offer| subject.sentence(&subject.teller().fill(&offer.text, subject.lang));
    let mut told: Vec<String> = offer.map(said).into_iter().collect();
    let prices = prices(subject, trade).filter(|price| price.stream == at);
    told.extend(prices.map(|price| price_of(subject, price)));
    (!told.is_empty()).then(|| Block::Entry(subject.named(at.0, at.1), told.join(subject.space())))
}

/// A price with what it is paid for, where and when it was true, and who says so.
fn price_of(subject: &Subject<'_>, price: &Price) -> String {
    let range = amount(subject.kb, (price.low, price.high), price.unit, subject.lang);
    let sources = subject.sources(&price.sources);
    let gaps = [
        ("label", price.label.get(subject.lang)),
        ("range", range.as_str()),
        ("per", price.per.get(subject.lang)),
        ("place", price.territory.get(subject.lang)),
        ("as-of", subject.dated(&price.as_of)),
        ("sources", sources.as_str()),
    ];
    subject.fill("trade.price", &gaps)
}

/// Whether the community can use a platform, or may be able to.
fn is_reachable(subject: &Subject<'_>, platform: &Platform) -> bool {
    platform.when.as_ref().is_none_or(|when| when.truth(subject.answers, &()) != Truth::No)
}

/// What a platform takes and asks, when that was true and who says so.
fn sold_on(subject: &Subject<'_>, platform: &Platform) -> Block {
    let asks = platform.conditions.as_ref().map(|text| text.get(subject.lang));
    let told: Vec<String> =
        [Some(platform.fee.get(subject.lang)), asks].into_iter().flatten().map(|text| subject.sentence(text)).collect();
    let sources = subject.sources(&platform.sources);
    let gaps = [("as-of", subject.dated(&platform.as_of)), ("sources", sources.as_str())];
    let text = format!("{}{}{}", told.join(subject.space()), subject.space(), subject.fill("trade.as-of", &gaps));
    Block::Entry(subject.fill("trade.platform", &[("name", platform.name.get(subject.lang))]), text)
}

/// The messages that the steps of the plan need, in their order, each once.
fn ready(subject: &Subject<'_>, trade: &Trade) -> Vec<(String, String)> {
    let mut told: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for action in &subject.advice.plan.actions {
        let Some(message) = message(subject, trade, action).filter(|message| !told.contains(&message.id.as_str())) else {
            continue;
        };
        told.push(&message.id);
        let name = subject.named(action.at.0, action.at.1);
        let text = subject.teller().fill(&message.text, subject.lang);
        found.push((subject.fill("trade.ready", &[("name", &name)]), text));
    }
    found
}

/// The message that a step needs, if this trade has it.
fn message<'a>(subject: &Subject<'_>, trade: &'a Trade, action: &Action) -> Option<&'a crate::kb::trade::Message> {
    let candidate = subject.kb.candidate(action.at.0, action.at.1);
    let id = match action.step {
        Step::Grow => candidate.grow_message.as_ref(),
        Step::Begin { .. } | Step::Measure => candidate.message.as_ref(),
        _ => None,
    };
    trade.message(id?, subject.answers)
}
