//! What a report was made from, for whoever wants to check it: the answers given,
//! and the questions without one.

use super::page::{Block, Section};
use super::phrases::Subject;
use crate::ids::FactId;

/// The answers in the order of asking, then what is not answered.
pub fn sections(subject: &Subject<'_>) -> Vec<Section> {
    let kb = subject.kb;
    let row = |(fact, one): (FactId, &crate::fact::Fact)| {
        let answer = subject.answers.get(fact)?;
        Some(vec![one.question.get(subject.lang).to_owned(), one.words(answer, subject.lang)])
    };
    let rows: Vec<Vec<String>> = kb.facts.pairs().filter_map(row).collect();
    let mut blocks: Vec<Block> = Vec::new();
    if !rows.is_empty() {
        blocks.push(Block::Table(["column.question", "column.answer"].map(|key| subject.say(key)).to_vec(), rows));
    }
    let without = |wanted: &dyn Fn(FactId) -> bool| -> Vec<String> {
        let facts = kb.facts.pairs().filter(|(fact, _)| wanted(*fact));
        facts.map(|(_, one)| one.question.get(subject.lang).to_owned()).collect()
    };
    let answers = subject.answers;
    for (key, questions) in [
        ("heading.declined", without(&|fact| answers.is_declined(fact))),
        ("heading.open", without(&|fact| answers.is_open(fact))),
    ] {
        if !questions.is_empty() {
            blocks.push(Block::Heading(subject.say(key)));
            blocks.push(Block::Points(questions));
        }
    }
    Section::unless_empty(subject.say("heading.given"), blocks).into_iter().collect()
}
