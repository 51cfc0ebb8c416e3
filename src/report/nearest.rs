//! The nearest known case: what it is, what it sells, and how it differs.

use super::page::{Block, Section};
use super::phrases::Subject;
use crate::answer::Answers;
use crate::engine::running::running;
use crate::ids::FactId;

/// How many differences are named.
const DIFFERENCES: usize = 3;

/// The case and its differences, the greatest first.
pub fn section(subject: &Subject<'_>) -> Option<Section> {
    let nearest = subject.advice.nearest.as_ref()?;
    let case = subject.kb.cases.get(nearest.case)?;
    let labels = case.expect.first().map_or_else(String::new, |(decision, labels)| subject.names(*decision, labels));
    let gaps = [("name", case.name.get(subject.lang)), ("summary", case.summary.get(subject.lang)), ("labels", &labels)];
    let mut blocks = vec![Block::Text(subject.fill("nearest.case", &gaps))];
    for run in running(subject.kb, &case.answers) {
        if !run.candidates.is_empty() {
            let names = subject.names(run.decision, &run.candidates);
            blocks.push(Block::Text(subject.fill("nearest.sells", &[("names", &names)])));
        }
    }
    let difference = |fact: &FactId| {
        let one = &subject.kb.facts[*fact];
        let words = |answers: &Answers| answers.get(*fact).map_or_else(String::new, |answer| one.words(answer, subject.lang));
        let (yours, theirs) = (words(subject.answers), words(&case.answers));
        subject.fill("nearest.differs-in", &[("fact", one.label.get(subject.lang)), ("yours", &yours), ("theirs", &theirs)])
    };
    let differences: Vec<String> = nearest.differs.iter().take(DIFFERENCES).map(difference).collect();
    if differences.is_empty() {
        blocks.push(Block::Text(subject.fill("nearest.same", &[("n", &nearest.common.to_string())])));
    } else {
        blocks.push(Block::Text(subject.say("nearest.differs")));
        blocks.push(Block::Points(differences));
    }
    Some(Section { heading: subject.say("heading.nearest"), blocks })
}
