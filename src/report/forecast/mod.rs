//! A forecast in words: what comes in, by when, for how many hours, and why.

pub mod csv;
pub mod json;
pub mod line;
mod part;
mod tables;

use super::money::Purse;
use super::page::{Block, Page, Section};
use super::phrases::Subject;
use crate::ids::CandidateRef;
use crate::kb::KnowledgeBase;
use crate::kb::money::{Role, Unit};
use crate::money::link::{Link, Part};
use crate::money::stream::Missing;
use crate::money::together::{Forecast, Left, Part12};
use crate::profile::Profile;
use crate::text::{Lang, harmless_line};
use crate::words;
use serde_json::Value;

/// What a forecast is told with.
#[derive(Clone, Copy)]
pub struct Teller<'a> {
    /// The base.
    pub kb: &'a KnowledgeBase,
    /// The forecast.
    pub forecast: &'a Forecast<'a>,
    /// The language.
    pub lang: Lang,
    /// The weeks until money is needed, if that is known.
    pub deadline: Option<u32>,
    /// Whether something that runs is to be stopped.
    pub is_stopped: bool,
}

impl Teller<'_> {
    /// Tells the forecast of an advice.
    pub(super) fn of<'t>(subject: &'t Subject<'t>, forecast: &'t Forecast<'t>) -> Teller<'t> {
        let plan = &subject.advice.plan;
        Teller { kb: subject.kb, forecast, lang: subject.lang, deadline: plan.deadline, is_stopped: plan.is_stopped }
    }

    /// The answer for a first screen: the year, what runs of it, and by the deadline.
    pub(super) fn short(&self) -> String {
        if self.forecast.is_empty() {
            return self.lead();
        }
        let mut parts = vec![self.sums("money.short", self.forecast.year(), &[])];
        if !self.forecast.running.is_empty() && !self.forecast.next.is_empty() {
            let running: i128 = self.forecast.running.iter().map(|part| part.year()[1]).sum();
            parts.push(self.fill("money.short-running", &[("sum", &self.purse().sum(running))]));
        }
        if let Some(weeks) = self.deadline.filter(|weeks| *weeks < 52) {
            let [_, middle, _] = self.forecast.within(weeks);
            let gaps = [("weeks", weeks.to_string()), ("sum", self.purse().sum(middle))];
            parts.push(self.fill("money.short-deadline", &gaps.each_ref().map(|(gap, value)| (*gap, value.as_str()))));
        }
        parts.join(words::say("line.reason-joint", self.lang)) + words::say("money.short-end", self.lang)
    }

    fn say(&self, key: &str) -> String {
        words::say(key, self.lang).to_owned()
    }

    fn fill(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        words::fill(key, self.lang, gaps)
    }

    fn purse(&self) -> Purse<'_> {
        Purse { kb: self.kb, lang: self.lang, currency: self.forecast.currency }
    }

    fn named(&self, at: CandidateRef) -> &str {
        self.kb.candidate(at.0, at.1).name.get(self.lang)
    }

    /// What a link is called in its chain.
    fn factor(&self, part: &Part12<'_>, link: &Link<'_>) -> String {
        if link.part == Part::Factor(Role::Payers) && link.unit == Unit::People {
            return part.estimate.chain.payer.get(self.lang).to_owned();
        }
        words::say(&format!("money.factor.{}", link.part.id()), self.lang).to_owned()
    }

    /// Three sums in a sentence.
    fn sums(&self, key: &str, sums: [i128; 3], more: &[(&str, &str)]) -> String {
        let amount = self.amount(sums);
        self.fill(key, &[&[("amount", amount.as_str())], more].concat())
    }

    /// A sum with its likely range, if it has one at two digits; the unit is said once.
    fn amount(&self, sums: [i128; 3]) -> String {
        let purse = self.purse();
        let [low, middle, high] = spread(sums);
        let (low, middle, high) = (purse.bare(low), purse.sum(middle), purse.bare(high));
        if low == high {
            return middle;
        }
        self.fill("money.amount", &[("low", &low), ("middle", &middle), ("high", &high)])
    }

    /// The answer in one sentence.
    #[must_use]
    pub fn lead(&self) -> String {
        if !self.forecast.is_empty() {
            return self.sums("money.lead", self.forecast.year(), &[]);
        }
        let missing = self.missing();
        if missing.is_empty() { self.say("money.lead-nothing") } else { self.fill("money.lead-none", &[("what", &missing)]) }
    }

    /// What would have to be known, each once.
    #[must_use]
    pub fn missing(&self) -> String {
        let gaps = self.forecast.left.iter().filter_map(|(_, left)| match left {
            Left::Gap(missing) => Some(missing),
            _ => None,
        });
        let mut all: Vec<Missing> = gaps.flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        self.listed(&all)
    }

    fn listed(&self, missing: &[Missing]) -> String {
        let all: Vec<&str> = missing.iter().map(|one| words::say(&format!("money.missing.{}", id(*one)), self.lang)).collect();
        all.join(words::say("line.list-joint", self.lang))
    }

    /// The sum of some parts in a sentence, with their names.
    fn together(&self, parts: &[Part12<'_>]) -> Option<String> {
        let first = parts.first()?;
        let names: Vec<&str> = parts.iter().map(|part| self.named(part.estimate.stream.at)).collect();
        let sum = parts[1..].iter().fold(first.year(), |sum, part| {
            let year = part.year();
            std::array::from_fn(|course| sum[course] + year[course])
        });
        let names = names.join(words::say("line.list-joint", self.lang));
        Some(self.sums("money.sum", sum, &[("names", &names)]))
    }

    /// What runs and what begins, each in a sentence; by the deadline; what decides.
    #[must_use]
    pub fn entries(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let mut add = |key: &str, text: Option<String>| found.extend(text.map(|text| (self.say(key), text)));
        add("money.now", self.together(&self.forecast.running));
        add("money.next", self.together(&self.forecast.next));
        // A deadline of a year would say the year twice.
        if let Some(weeks) = self.deadline.filter(|weeks| *weeks < 52 && !self.forecast.is_empty()) {
            let within = self.forecast.within(weeks);
            let count = weeks.to_string();
            let key = if within[2] == 0 { "money.within-none" } else { "money.within" };
            add("money.deadline", Some(self.sums(key, within, &[("weeks", &count)])));
        }
        add("money.decides", self.decides());
        found
    }

    /// The factor that moves the sum most.
    fn decides(&self) -> Option<String> {
        let swings = self.forecast.parts().flat_map(|part| part.estimate.swings.iter().map(move |swing| (part, swing)));
        let (part, swing) = swings.max_by_key(|(_, swing)| swing.width())?;
        let link = part.estimate.links.iter().find(|link| link.part == swing.part)?;
        let purse = self.purse();
        let range = purse.link(link);
        let (low, high) = range.split_once('–').unwrap_or((&range, &range));
        let gaps = [
            ("stream", self.named(part.estimate.stream.at)),
            ("factor", &self.factor(part, link)),
            ("low", low),
            ("high", high),
            ("width", &purse.sum(swing.width())),
        ];
        Some(self.fill("money.decides-one", &gaps))
    }

    /// Hours, currency and fixed costs: what a reader has to know about the sums.
    fn notes(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        if !self.forecast.is_empty() {
            let (team, is_known) = self.forecast.team;
            let key = if is_known { "money.hours-known" } else { "money.hours-assumed" };
            let gaps = [("team", team.to_string()), ("taken", self.forecast.hours().to_string())];
            let gaps = gaps.each_ref().map(|(gap, value)| (*gap, value.as_str()));
            found.push((self.say("money.hours"), self.fill(key, &gaps)));
            let fixed = self.forecast.fixed();
            if fixed.1 > 0 {
                let range = self.purse().sums(fixed.0, fixed.1);
                found.push((self.say("money.fixed"), self.fill("money.fixed-sum", &[("range", &range)])));
            }
        }
        let currency = match (self.forecast.currency, self.forecast.is_assumed) {
            (Some(_), true) => Some(self.fill("money.currency-assumed", &[("unit", self.purse().unit())])),
            (None, _) => Some(self.say("money.currency-own")),
            _ => None,
        };
        found.extend(currency.map(|text| (self.say("money.currency"), text)));
        found
    }

    /// What is not counted, and what would have to be known.
    #[must_use]
    pub fn left(&self) -> Vec<String> {
        let mut found = Vec::new();
        if self.first_gap().is_some() {
            found.push(self.fill("money.gap-chain", &[("what", &self.missing())]));
        }
        for (stream, left) in &self.forecast.left {
            let name = self.named(stream.at);
            match left {
                Left::Gap(missing) if missing.is_empty() => {}
                Left::Gap(missing) => {
                    found.push(self.fill("money.gap", &[("name", name), ("what", &self.listed(missing))]));
                }
                Left::Hours => found.push(self.fill("money.left-hours", &[("name", name)])),
                Left::Others => found.push(self.fill("money.left-others", &[("name", name)])),
            }
        }
        found
    }

    /// The same, and at the command line how to tell what is missing.
    fn left_and_how(&self) -> Vec<String> {
        let how = |at: CandidateRef| self.fill("money.gap-how", &[("id", &self.kb.candidate(at.0, at.1).id)]);
        self.left().into_iter().chain(self.first_gap().map(how)).collect()
    }

    /// The first stream of which something is not known.
    fn first_gap(&self) -> Option<CandidateRef> {
        let is_gap = |left: &Left| matches!(left, Left::Gap(missing) if !missing.is_empty());
        self.forecast.left.iter().find(|(_, left)| is_gap(left)).map(|(stream, _)| stream.at)
    }

    /// How the sums are to be read.
    fn reading(&self) -> Option<Section> {
        let texts = ["money.reading.likely", "money.reading.together", "money.reading.digits"].map(|key| self.say(key));
        let heading = self.say("money.heading.reading");
        (!self.forecast.is_empty()).then(|| Section { heading, blocks: vec![Block::Points(texts.to_vec())] })
    }

    /// What is not counted, under its heading.
    fn gaps(&self, left: Vec<String>) -> Option<Section> {
        (!left.is_empty()).then(|| Section { heading: self.say("money.gaps"), blocks: vec![Block::Points(left)] })
    }

    /// The answer and what belongs to it, each in an entry.
    fn told(&self) -> Vec<Block> {
        let stopped = self.is_stopped.then(|| Block::Text(self.say("money.lead-stopped")));
        let entries = self.entries().into_iter().chain(self.notes()).map(|(label, text)| Block::Entry(label, text));
        stopped.into_iter().chain(entries).collect()
    }

    /// A section for what runs and one for what begins, each stream told by `blocks`.
    fn streams(&self, blocks: fn(&Teller<'_>, &Part12<'_>) -> Vec<Block>) -> impl Iterator<Item = Section> {
        let of = |(key, parts): (&str, &[Part12<'_>])| {
            let blocks = parts.iter().flat_map(|part| blocks(self, part)).collect();
            Section::unless_empty(self.say(key), blocks)
        };
        let all = [("money.heading.now", &self.forecast.running), ("money.heading.next", &self.forecast.next)];
        all.map(|(key, parts)| of((key, parts.as_slice()))).into_iter().flatten()
    }
}

/// The same with the least and the most at the ends: where people pay for another
/// stream, a single one may bring in less when all goes well.
fn spread([low, middle, high]: [i128; 3]) -> [i128; 3] {
    [low.min(middle).min(high), middle, high.max(middle).max(low)]
}

/// The id of what is missing.
pub(crate) fn id(missing: Missing) -> &'static str {
    match missing {
        Missing::Reach => "reach",
        Missing::Payers => "payers",
        Missing::Price => "price",
    }
}

/// The money part of an advice: what runs and what begins, each chain, and every origin.
pub(super) fn section(subject: &Subject<'_>) -> Option<Section> {
    if subject.advice.earning.is_empty() {
        return None;
    }
    let forecast = subject.forecast()?;
    let teller = Teller::of(subject, &forecast);
    let mut blocks = vec![Block::Text(teller.lead())];
    blocks.extend(teller.told());
    blocks.extend(forecast.parts().flat_map(|part| part::short(&teller, part)));
    let left = teller.left_and_how();
    blocks.extend((!left.is_empty()).then_some(Block::Points(left)));
    blocks.extend(tables::origins(&teller).into_iter().flat_map(|section| section.blocks));
    blocks.push(Block::Text(teller.say("money.more")));
    Some(Section { heading: teller.say("money.title"), blocks })
}

/// The money part of a document: the answer, the months, what matters most, every chain and every origin.
pub(super) fn sections(subject: &Subject<'_>) -> Vec<Section> {
    let Some(forecast) = subject.forecast().filter(|_| !subject.advice.earning.is_empty()) else { return Vec::new() };
    let teller = Teller::of(subject, &forecast);
    let mut blocks = vec![Block::Text(teller.lead())];
    blocks.extend(teller.told());
    let mut sections = vec![Section { heading: teller.say("money.title"), blocks }];
    sections.extend(tables::months(&teller));
    sections.extend(tables::swings(&teller));
    sections.extend(teller.streams(part::blocks));
    sections.extend(teller.gaps(teller.left()));
    sections.extend(tables::origins(&teller));
    sections.extend(teller.reading());
    sections
}

/// The forecast of an advice as JSON; `null` if the base makes none.
pub(super) fn value(subject: &Subject<'_>, profile: &Profile) -> Value {
    let forecast = subject.forecast();
    forecast.map_or(Value::Null, |forecast| json::forecast(&Teller::of(subject, &forecast), profile))
}

/// The forecast as a page. `name` is what the community is called, if it is known.
#[must_use]
pub fn page(teller: &Teller<'_>, name: Option<&str>) -> Page {
    let lead = teller.lead();
    let lead = match name.map(harmless_line) {
        Some(name) if teller.lang == Lang::Zh => format!("{name}：{lead}"),
        Some(name) => format!("{name}: {lead}"),
        None => lead,
    };
    let mut screen = vec![Block::Lead(lead)];
    screen.extend(teller.told());
    let mut sections: Vec<Section> = teller.streams(part::blocks).collect();
    sections.extend(tables::months(teller));
    sections.extend(tables::swings(teller));
    sections.extend(teller.gaps(teller.left_and_how()));
    sections.extend(tables::origins(teller));
    sections.extend(teller.reading());
    Page { screen, sections }
}
