//! What would change what a report says.

use super::figures;
use super::page::{Block, Section};
use super::phrases::Subject;
use super::screen;

/// How sure the verdict is, and which single answers would change the first page.
pub fn section(subject: &Subject<'_>) -> Option<Section> {
    let mut blocks = vec![Block::Text(screen::sure(subject))];
    match figures::changing(subject) {
        Some(figure) => blocks.push(Block::Figure(Box::new(figure))),
        // A question may be worth its answer though it changes nothing here: it tells which laws concern one.
        None if subject.advice.next.is_some() => {
            blocks.push(Block::Text(subject.fill("advice.changing-none", &[("next", &screen::next(subject))])));
        }
        None => blocks.push(Block::Text(subject.say("advice.next-none"))),
    }
    Section::unless_empty(subject.say("heading.changing"), blocks)
}
