//! Two sides in full: the review, the answers and what each does, what stands otherwise, the plans.

use super::Teller;
use crate::compare::Step;
use crate::compare::alone::Alone;
use crate::report::page::{Block, Extent, Section};
use crate::report::whatif;
use crate::whatif::change::{Difference, Move};

/// How many rows of a kind are shown, unless all are asked for.
const ROWS: usize = 8;

impl Teller<'_> {
    /// The sections about two sides.
    pub(super) fn step(&self, step: &Step) -> Vec<Section> {
        let mut sections: Vec<Section> = self.review(step).into_iter().chain(self.answers(step)).collect();
        let heads = [step.from, step.to].map(|at| self.labels[at].clone());
        let subject = self.subject(&self.found.sides[step.from]);
        let (shown, left) = self.cut(&step.difference);
        sections.extend(whatif::readiness(&subject, &shown, &heads));
        let only = heads.each_ref().map(|label| self.fill("compare.only", &[("label", label)]));
        sections.extend(whatif::plan(&subject, &shown, &only));
        if let (Some(last), false) = (sections.last_mut(), left.is_empty()) {
            last.blocks.push(Block::Points(left));
        }
        self.between(step, sections)
    }

    /// Sections about two sides, with the two in their headings where there are more.
    pub(super) fn between(&self, step: &Step, mut sections: Vec<Section>) -> Vec<Section> {
        if self.found.steps.len() > 1 {
            let gaps = [("a", self.labels[step.from].as_str()), ("b", self.labels[step.to].as_str())];
            let between = self.fill("compare.step-heading", &gaps);
            for section in &mut sections {
                section.heading = format!("{between} · {}", section.heading);
            }
        }
        sections
    }

    fn rows(&self) -> usize {
        if self.extent == Extent::Full { usize::MAX } else { ROWS }
    }

    /// The answers that differ, what parts the two most first.
    pub(super) fn answers(&self, step: &Step) -> Option<Section> {
        let (idle, telling): (Vec<&Alone>, Vec<&Alone>) = step.answers.iter().partition(|one| one.is_idle());
        let row = |one: &&Alone| {
            let [before, after] = [step.from, step.to].map(|side| self.answer(side, one.fact));
            vec![self.label(one.fact).to_owned(), before, after, self.does(step, one)]
        };
        let rows: Vec<Vec<String>> = telling.iter().take(self.rows()).map(row).collect();
        let [a, b] = [step.from, step.to].map(|at| self.labels[at].clone());
        let mut blocks: Vec<Block> = self.enough(step).filter(|_| self.is_crowded()).into_iter().collect();
        if !rows.is_empty() {
            let heads = vec![self.say("whatif.fact"), a.clone(), b.clone(), self.say("compare.alone")];
            blocks.push(Block::Text(self.fill("compare.alone-intro", &[("a", &a), ("b", &b)])));
            blocks.push(Block::Table(heads, rows));
        }
        let mut notes = Vec::new();
        let more = telling.len().saturating_sub(self.rows());
        if more > 0 && self.is_document {
            let labels: Vec<String> = telling[self.rows()..].iter().map(|one| self.label(one.fact).to_owned()).collect();
            notes.push(self.fill("compare.less-effect", &[("list", &self.list(&labels))]));
        } else if more > 0 {
            notes.push(self.fill("compare.more-answers", &[("n", &more.to_string())]));
        }
        let sum: i32 = step.answers.iter().map(|one| one.toward).sum();
        if sum != step.toward {
            let (sum, all) = (format!("{sum:+}"), format!("{:+}", step.toward));
            notes.push(self.fill("compare.rest", &[("sum", &sum), ("all", &all)]));
        }
        if !idle.is_empty() {
            let labels: Vec<String> = idle.iter().map(|one| self.label(one.fact).to_owned()).collect();
            notes.push(self.fill("compare.idle-answers", &[("list", &self.list(&labels))]));
        }
        if !notes.is_empty() {
            blocks.push(Block::Points(notes));
        }
        Section::unless_empty(self.fill("compare.answers", &[("n", &step.answers.len().to_string())]), blocks)
    }

    /// The first rows of each kind, and what is left out: what is done or could be done on a side comes first.
    fn cut(&self, difference: &Difference) -> (Difference, Vec<String>) {
        let mut shown = difference.clone();
        let mut left = Vec::new();
        let weight = |one: &Move| {
            let is = |stand: crate::engine::kernel::Readiness| stand.is_running() || stand.is_alive();
            std::cmp::Reverse(u8::from(is(one.before)) + u8::from(is(one.after)))
        };
        shown.moves.sort_by_key(weight);
        for (decision, one) in self.found.kb.decisions.pairs() {
            let mut seen = 0;
            shown.moves.retain(|moved| {
                seen += usize::from(moved.at.0 == decision);
                moved.at.0 != decision || seen <= self.rows()
            });
            let more = seen.saturating_sub(self.rows());
            if more > 0 {
                let heading = one.heading.get(self.lang);
                left.push(self.fill("compare.more-moves", &[("heading", heading), ("n", &more.to_string())]));
            }
        }
        let more = shown.actions.len().saturating_sub(self.rows());
        if more > 0 {
            shown.actions.sort_by_key(|one| (one.week, one.is_new));
            shown.actions.truncate(self.rows());
            left.push(self.fill("compare.more-plan", &[("n", &more.to_string())]));
        }
        (shown, left)
    }
}
