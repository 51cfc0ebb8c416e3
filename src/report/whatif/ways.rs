//! What would have to change: the ways, and how far that is proven.

use super::{Teller, said};
use crate::answer::{Answer, Answers};
use crate::fact::Kind;
use crate::ids::{CandidateRef, FactId, OptionId};
use crate::kb::KnowledgeBase;
use crate::report::page::{Block, Page, Section};
use crate::report::phrases::standing;
use crate::text::Lang;
use crate::whatif::{Way, Ways, lead, open};

/// What would make a candidate lead.
#[must_use]
pub fn become_page(kb: &KnowledgeBase, answers: &Answers, at: CandidateRef, found: &lead::Found, lang: Lang) -> Page {
    let teller = Teller { kb, answers, lang };
    let name = kb.candidate(at.0, at.1).name.get(lang);
    match found {
        lead::Found::Leads => said(teller.fill("whatif.leads-already", &[("name", name)])),
        lead::Found::Ways(ways) => page(&teller, ["whatif.become-one", "whatif.become"], name, ways),
        lead::Found::Never { rival, best, takes } => {
            let rival = rival.map(|rival| kb.candidate(at.0, rival).name.get(lang));
            let (best, takes) = (best.to_string(), takes.to_string());
            let gaps = [("name", name), ("rival", rival.unwrap_or_default()), ("best", &best), ("takes", &takes)];
            said(teller.fill(if rival.is_some() { "whatif.never-rival" } else { "whatif.never-floor" }, &gaps))
        }
        lead::Found::NeverTogether => said(teller.fill("whatif.never-together", &[("name", name)])),
        lead::Found::NotWithin(n) => not_within(&teller, at, *n),
    }
}

/// What would open a candidate.
#[must_use]
pub fn open_page(kb: &KnowledgeBase, answers: &Answers, at: CandidateRef, found: &open::Found, lang: Lang) -> Page {
    let teller = Teller { kb, answers, lang };
    let one = kb.candidate(at.0, at.1);
    let name = one.name.get(lang);
    match found {
        open::Found::Already(group) => {
            let group = standing(kb, at.0, *group, lang);
            said(teller.fill("whatif.stands-already", &[("name", name), ("group", group)]))
        }
        open::Found::Ways(ways) => page(&teller, ["whatif.open-one", "whatif.open"], name, ways),
        open::Found::NeverMet(need) => {
            said(teller.fill("whatif.never-need", &[("name", name), ("lacks", one.needs[*need].lacks.get(lang))]))
        }
        open::Found::NotKnown(need) => {
            said(teller.fill("whatif.not-known", &[("name", name), ("lacks", one.needs[*need].lacks.get(lang))]))
        }
        open::Found::NeverFits(best) => said(teller.fill("whatif.never-points", &[("name", name), ("best", &best.to_string())])),
        open::Found::Never => said(teller.fill("whatif.never-together", &[("name", name)])),
        open::Found::NotWithin(n) => not_within(&teller, at, *n),
    }
}

/// That so many changes are not enough, and that it is not known whether more are;
/// what can be done meanwhile.
fn not_within(teller: &Teller<'_>, at: CandidateRef, n: usize) -> Page {
    let one = teller.kb.candidate(at.0, at.1);
    let key = match n {
        0 => "whatif.undecided",
        1 => "whatif.not-within-one",
        _ => "whatif.not-within",
    };
    let mut page = said(teller.fill(key, &[("name", one.name.get(teller.lang)), ("n", &n.to_string())]));
    page.screen.push(Block::Text(teller.fill("whatif.see-why", &[("id", &one.id)])));
    page
}

fn page(teller: &Teller<'_>, keys: [&str; 2], name: &str, ways: &Ways) -> Page {
    let n = ways.smallest.first().map_or(0, |way| way.changes.len());
    let lead = teller.fill(keys[usize::from(n > 1)], &[("name", name), ("n", &n.to_string())]);
    let mut page = said(lead);
    page.screen.push(Block::Text(teller.say("whatif.only-real")));
    let several = ways.smallest.len() + usize::from(ways.easier.is_some()) > 1;
    for (at, way) in ways.smallest.iter().enumerate() {
        let heading =
            if several { teller.fill("whatif.way", &[("n", &(at + 1).to_string())]) } else { teller.say("whatif.the-way") };
        page.sections.push(Section { heading, blocks: vec![steps(teller, way)] });
    }
    if let Some(way) = &ways.easier {
        page.sections.push(Section { heading: teller.say("whatif.easier"), blocks: vec![steps(teller, way)] });
    }
    let doubt = match (ways.is_easiest_of_them, ways.is_easiest) {
        (true, true) => None,
        (true, false) => Some("whatif.not-easiest"),
        (false, _) => Some("whatif.not-all"),
    };
    let mut last: Vec<Block> = doubt.map(|key| Block::Text(teller.say(key))).into_iter().collect();
    if let Some(way) = ways.easiest() {
        last.push(Block::Text(teller.fill("whatif.try", &[("flags", &flags(teller.kb, way))])));
    }
    page.sections.push(Section { heading: teller.say("whatif.next"), blocks: last });
    page
}

/// The changes of a way, with how hard each is.
fn steps(teller: &Teller<'_>, way: &Way) -> Block {
    let step = |(fact, to): &(FactId, Answer)| {
        let effort = teller.say(&format!("effort.{}", teller.kb.facts[*fact].change.id()));
        let change = teller.change(*fact, Some(*to));
        let key = if teller.answers.get(*fact).is_none() { "whatif.step-open" } else { "whatif.step" };
        teller.fill(key, &[("change", &change), ("effort", &effort)])
    };
    Block::Points(way.changes.iter().map(step).collect())
}

/// A way as arguments of a command line: ids, which no shell reads as anything else.
#[must_use]
pub fn flags(kb: &KnowledgeBase, way: &Way) -> String {
    let flag = |(fact, answer): &(FactId, Answer)| {
        let one = &kb.facts[*fact];
        let id = |option: OptionId| one.options().get(option).map_or("", |option| option.id.as_str());
        let value = match (answer, &one.kind) {
            (Answer::Choice(option), _) => id(*option).to_owned(),
            (Answer::Choices(chosen), _) => chosen.iter().map(id).collect::<Vec<_>>().join(","),
            (Answer::Number(number), Kind::Number(range)) => range.written(*number),
            (Answer::Number(number), _) => number.to_string(),
            (Answer::YesNo(yes), _) => yes.to_string(),
        };
        format!("--set {}={value}", one.id)
    };
    way.changes.iter().map(flag).collect::<Vec<_>>().join(" ")
}
