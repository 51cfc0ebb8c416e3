//! From advice to the page that every format prints.

use super::detail;
use super::nearest;
use super::page::Block;
use super::page::{Extent, Page, Section};
use super::phrases::Subject;
use super::plan;
use super::screen::{self, Size};
use super::trade;
use super::why;
use crate::advice::Advice;
use crate::answer::Answers;
use crate::kb::{Keep, KnowledgeBase};
use crate::text::{Lang, harmless_line};

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
    let open = kb.facts.ids().filter(|fact| answers.is_open(*fact)).count();
    let name = name.map(harmless_line);
    let subject = Subject { kb, answers, advice, lang, open, name: name.as_deref() };
    let mut sections: Vec<Section> = Vec::new();
    sections.extend(detail::gap(&subject));
    sections.extend(plan::section(&subject));
    sections.extend(super::forecast::section(&subject));
    sections.extend(trade::section(&subject, extent));
    sections.extend(why::section(&subject));
    sections.extend(plan::law(&subject, extent));
    for outcome in &advice.judgement.decisions {
        match kb.decisions[outcome.decision].keep {
            Keep::Leaders => sections.extend(detail::leaders(&subject, outcome, extent)),
            Keep::All => sections.extend(detail::groups(&subject, outcome, extent)),
        }
    }
    sections.extend(nearest::section(&subject));
    sections.extend(detail::sources(&subject, extent));
    Page { screen: screen::screen(&subject, Size::USUAL), sections }
}
