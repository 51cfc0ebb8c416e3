//! A trade and a platform: what is said, offered and charged there.

use super::Guide;
use crate::condition::Condition;
use crate::ids::{CandidateRef, WordId};
use crate::kb::template::Template;
use crate::kb::trade::{Platform, Price, Trade};
use crate::report::page::{Block, Page, Section};
use crate::report::phrases::{amount, dated};
use crate::text::Text;

/// The page of a trade.
pub fn page(guide: &Guide<'_>, one: &Trade) -> Page {
    let mut screen = vec![
        Block::Lead(format!("trades/{}{}{}", one.id, guide.colon(), guide.text(&one.name))),
        Block::Text(guide.text(&one.summary)),
    ];
    let said = |key: &str, text: &Template| Block::Entry(guide.say(key), plain(guide, text));
    screen.extend(one.sign.as_ref().map(|text| said("show.trade.sign", text)));
    screen.extend(one.stop.as_ref().map(|text| said("show.trade.stop", text)));
    let platforms: Vec<String> = one.platforms.iter().map(|at| guide.text(&guide.kb.platforms[*at].name)).collect();
    if !platforms.is_empty() {
        let joint = crate::words::say("line.list-joint", guide.lang);
        screen.push(Block::Entry(guide.say("show.topic.platforms"), platforms.join(joint)));
    }
    screen.push(Block::Text(guide.fill("show.sources-are", &[("sources", &guide.references(&one.sources))])));
    let word = |(word, text): &(WordId, Text)| format!("{}{}{}", guide.kb.words[*word].id, guide.colon(), guide.text(text));
    let with = |text: String, when: Option<&Condition>, sources: &[String]| {
        let when = when.map(|when| guide.fill("show.money-when", &[("when", &guide.condition(when))]));
        format!("{text}{} [{}]", when.unwrap_or_default(), guide.references(sources))
    };
    let roles = one.roles.iter().map(|role| {
        let who = guide.fill("show.trade.people", &[("n", &role.people.to_string())]);
        with(format!("{who}{}{}", guide.colon(), plain(guide, &role.text)), None, &role.sources)
    });
    let offers = one.offers.iter().map(|offer| {
        let text = format!("{}{}{}", guide.named(offer.stream.0, offer.stream.1), guide.colon(), plain(guide, &offer.text));
        with(text, offer.when.as_ref(), &offer.sources)
    });
    let prices = one.prices.iter().map(|price| with(self::price(guide, price), price.when.as_ref(), &price.sources));
    let messages = one.messages.iter().map(|message| {
        let text = format!("{}{}{}", message.id, guide.colon(), plain(guide, &message.text));
        with(text, message.when.as_ref(), &message.sources)
    });
    let sections: [Option<Section>; 5] = [
        guide.points("show.trade.words", one.words.iter().map(word).collect()),
        guide.points("show.trade.roles", roles.collect()),
        guide.points("show.trade.offers", offers.collect()),
        guide.points("show.trade.prices", prices.collect()),
        guide.points("show.trade.messages", messages.collect()),
    ];
    Page { screen, sections: sections.into_iter().flatten().collect() }
}

/// The page of a platform.
pub fn platform(guide: &Guide<'_>, one: &Platform) -> Page {
    let mut screen = vec![Block::Lead(format!("platforms/{}{}{}", one.id, guide.colon(), guide.text(&one.name)))];
    let entry = |key: &str, text: String| Block::Entry(guide.say(key), text);
    screen.push(entry("show.column.fee", format!("{} ({})", guide.text(&one.fee), dated(&one.as_of, guide.lang))));
    screen.extend(one.conditions.as_ref().map(|text| entry("show.trade.conditions", guide.text(text))));
    screen.extend(one.when.as_ref().map(|when| entry("show.rule.when", guide.condition(when))));
    screen.push(entry("show.trade.streams", guide.candidates(&one.streams)));
    screen.push(Block::Text(guide.fill("show.sources-are", &[("sources", &guide.references(&one.sources))])));
    Page { screen, sections: Vec::new() }
}

/// A text with its gaps shown as gaps.
fn plain(guide: &Guide<'_>, text: &Template) -> String {
    text.plain(&guide.kb.words).get(guide.lang).to_owned()
}

/// A range of prices: of what, where and when.
fn price(guide: &Guide<'_>, price: &Price) -> String {
    let of: CandidateRef = price.stream;
    let range = amount(guide.kb, (price.low, price.high), price.unit, guide.lang);
    guide.fill(
        "show.trade.price",
        &[
            ("stream", &guide.named(of.0, of.1)),
            ("label", price.label.get(guide.lang)),
            ("range", &range),
            ("per", price.per.get(guide.lang)),
            ("place", price.territory.get(guide.lang)),
            ("as-of", dated(&price.as_of, guide.lang)),
        ],
    )
}
