//! From advice to the page that every format prints.

use super::page::{Block, Document, Extent, Page, Part, Section, shown_first};
use super::phrases::Subject;
use super::receipt::Receipt;
use super::screen::Size;
use super::{changing, detail, figures, given, law, nearest, plan, robust, screen, sources, trade, why};
use crate::advice::Advice;
use crate::answer::Answers;
use crate::engine::judgement::Outcome;
use crate::ids::DecisionId;
use crate::kb::KnowledgeBase;
use crate::profile::Profile;
use crate::text::{Lang, harmless_line};
use serde_json::Value;

/// The parts of a document, of an advice or a comparison, besides those about decisions.
const PARTS: [&str; 9] = ["review", "plan", "money", "changing", "law", "nearest", "answers", "sources", "receipt"];
/// The first screen alone, for a terminal of so many rows and columns; one row is left for a menu.
#[must_use]
pub fn first_screen(
    kb: &KnowledgeBase,
    answers: &Answers,
    advice: &Advice,
    (name, lang): (Option<&str>, Lang),
    (rows, columns): (usize, usize),
) -> Vec<Block> {
    let open = kb.facts.ids().filter(|fact| answers.is_open(*fact)).count();
    let name = name.map(harmless_line);
    let subject = Subject { kb, answers, advice, lang, open, name: name.as_deref() };
    screen::screen(&subject, Size { rows: rows.saturating_sub(1), columns })
}

/// The advice as a page. `name` is what the community is called, if it is known.
#[must_use]
pub fn page(kb: &KnowledgeBase, answers: &Answers, advice: &Advice, name: Option<&str>, lang: Lang, extent: Extent) -> Page {
    let name = name.map(harmless_line);
    let subject = subject(kb, answers, advice, name.as_deref(), lang);
    let mut sections: Vec<Section> = Vec::new();
    sections.extend(detail::gap(&subject));
    sections.extend(plan::section(&subject));
    sections.extend(super::forecast::section(&subject));
    sections.extend(trade::section(&subject, extent));
    sections.extend(why::section(&subject));
    sections.extend(law::section(&subject, extent));
    for decision in kb.decisions.ids() {
        sections.extend(self::decision(&subject, decision, extent));
        let is_about = advice.robust.as_ref().is_some_and(|robust| robust.decision == decision);
        sections.extend(is_about.then(|| robust::section(&subject)).flatten());
    }
    sections.extend(nearest::section(&subject));
    sections.extend(sources::section(&subject, extent));
    Page { screen: screen::screen(&subject, Size::USUAL), sections }
}

/// The advice as a document: the type and the streams before the weeks and the law,
/// then what would change it, what it was made from, and its receipt.
#[must_use]
pub fn document(kb: &KnowledgeBase, answers: &Answers, advice: &Advice, receipt: &Receipt, lang: Lang) -> Document {
    let name = receipt.name();
    let name = name.as_deref().map(harmless_line);
    let extent = receipt.extent;
    let subject = subject(kb, answers, advice, name.as_deref(), lang);
    let mut parts: Vec<Part> = Vec::new();
    let mut add = |id: &str, heading: &str, sections: Vec<Section>| parts.extend(Part::unless_empty(id, heading, sections));
    // What is kept by readiness and planned as measures stands behind the plan.
    let measures = kb.plan.sections.map(|sections| sections.step.decision);
    for (number, one) in kb.decisions.pairs().filter(|(number, _)| Some(*number) != measures) {
        let before = detail::gap(&subject).into_iter().filter(|_| number.index() == 0);
        add(&one.id, one.heading.get(lang), before.chain(decision(&subject, number, extent)).collect());
    }
    let weeks =
        plan::section(&subject).into_iter().chain(trade::section(&subject, extent)).chain(why::section(&subject)).collect();
    add("plan", &subject.say("heading.plan"), weeks);
    add("money", &subject.say("money.title"), super::forecast::sections(&subject));
    add(
        "changing",
        &subject.say("heading.changing"),
        changing::section(&subject).into_iter().chain(robust::section(&subject)).collect(),
    );
    add("law", "", law::document(&subject, extent).into_iter().collect());
    add(
        "nearest",
        &subject.say("heading.alike"),
        nearest::section(&subject).into_iter().chain(nearest::kind(&subject)).collect(),
    );
    for (number, one) in kb.decisions.pairs().filter(|(number, _)| Some(*number) == measures) {
        add(&one.id, one.heading.get(lang), decision(&subject, number, extent));
    }
    add("answers", "", given::sections(&subject));
    add("sources", "", sources::section(&subject, extent).into_iter().collect());
    add("receipt", "", vec![receipt.section(lang)]);
    let (mut screen, mut more): (Vec<Block>, Vec<Option<String>>) =
        screen::whole(&subject).into_iter().map(|(block, part)| (block, Some(part.to_owned()))).unzip();
    for id in [figures::ranking_id(&kb.decisions[kb.screen.verdict.decision]), figures::WEEKS_ID.to_owned()] {
        let drawn = shown_first(&parts, &id);
        more.extend(drawn.iter().map(|_| None));
        screen.extend(drawn);
    }
    Document { screen, more, parts }
}

/// The ids of all parts that a document of this base may have.
#[must_use]
pub fn parts(kb: &KnowledgeBase) -> Vec<String> {
    let decisions = kb.decisions.iter().map(|decision| decision.id.clone());
    decisions.chain(PARTS.map(str::to_owned)).collect()
}

/// The forecast of an advice for programs; `null` if the base makes none.
#[must_use]
pub fn forecast(kb: &KnowledgeBase, profile: &Profile, advice: &Advice) -> Value {
    super::forecast::value(&subject(kb, &profile.answers, advice, None, Lang::En), profile)
}

fn subject<'a>(
    kb: &'a KnowledgeBase,
    answers: &'a Answers,
    advice: &'a Advice,
    name: Option<&'a str>,
    lang: Lang,
) -> Subject<'a> {
    let open = kb.facts.ids().filter(|fact| answers.is_open(*fact)).count();
    Subject { kb, answers, advice, lang, open, name }
}

/// The sections about a decision.
fn decision(subject: &Subject<'_>, decision: DecisionId, extent: Extent) -> Vec<Section> {
    let outcomes = subject.advice.judgement.decisions.iter().filter(|outcome| outcome.decision() == decision);
    let of = |outcome: &Outcome| match outcome {
        Outcome::Leaders(ranking) => detail::leaders(subject, ranking, extent),
        Outcome::All(sorting) => detail::groups(subject, sorting, extent),
    };
    outcomes.flat_map(of).collect()
}
