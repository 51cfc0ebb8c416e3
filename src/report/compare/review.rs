//! A review in words: what was planned, and what became of it.

use super::Teller;
use crate::advice::plan::Step;
use crate::compare::Step as Pair;
use crate::compare::review::{Fate, Planned};
use crate::profile::done::Outcome;
use crate::report::page::{Block, Section};
use crate::report::plan;
use crate::text::harmless_line;

impl Teller<'_> {
    /// How much of what was planned last worked.
    pub(super) fn counts(&self) -> Vec<Block> {
        let Some(step) = self.found.steps.last().filter(|_| self.found.is_review) else { return Vec::new() };
        let label = self.say("compare.then-planned");
        if step.review.is_empty() {
            return vec![Block::Entry(label, self.say("compare.no-plan"))];
        }
        let count = |is: &dyn Fn(&Fate) -> bool| step.review.iter().filter(|one| is(&one.fate)).count();
        let (done, missed) = (count(&|fate| fate.is_done() == Some(true)), count(&|fate| fate.is_done() == Some(false)));
        let noted = count(&|fate| matches!(fate, Fate::Noted(Outcome::Words(_))));
        let open = step.review.len() - done - missed - noted;
        let numbers = [("all", step.review.len()), ("done", done), ("missed", missed), ("noted", noted), ("open", open)];
        let numbers = numbers.map(|(gap, n)| (gap, n.to_string()));
        let mut text = self.fill("compare.counts", &numbers.each_ref().map(|(gap, n)| (*gap, n.as_str())));
        if open > 0 && !self.is_document {
            text = format!("{text}{}{}", self.space(), self.say("compare.how-to-note"));
        }
        vec![Block::Entry(label, text)]
    }

    /// Everything that was planned on the first side, in the order of the weeks.
    pub(super) fn review(&self, step: &Pair) -> Vec<Section> {
        let planned: Vec<String> = step.review.iter().map(|one| self.planned(step, one)).collect();
        let besides = step.besides.iter().map(|(at, outcome)| {
            let name = self.found.kb.candidate(at.0, at.1).name.get(self.lang);
            self.fill("compare.outcome", &[("name", name), ("fate", &self.outcome(outcome))])
        });
        let besides: Vec<String> = besides.collect();
        let section = |key: &str, points: Vec<String>| {
            let blocks = if points.is_empty() { Vec::new() } else { vec![Block::Points(points)] };
            Section::unless_empty(self.say(key), blocks)
        };
        [section("compare.review", planned), section("compare.besides", besides)].into_iter().flatten().collect()
    }

    /// The same as a table, with a mark for each outcome.
    pub(super) fn review_table(&self, step: &Pair) -> Vec<Section> {
        let kb = self.found.kb;
        let row = |one: &Planned| {
            let action = &one.action;
            let name = kb.candidate(action.at.0, action.at.1).name.get(self.lang);
            let what = self.say(&format!("whatif.do.{}", action.step.id()));
            let sign = plan::sign(&self.subject(&self.found.sides[step.from]), action).filter(|_| one.fate != Fate::Shown);
            let gaps = [("mark", self.say(mark(&one.fate))), ("name", self.fate(action.step, &one.fate))];
            let fate = self.fill("compare.stands", &gaps.each_ref().map(|(gap, text)| (*gap, text.as_str())));
            let what = self.fill("compare.to-do", &[("step", &what), ("name", name)]);
            vec![action.first.to_string(), what, fate, sign.unwrap_or_default()]
        };
        let rows: Vec<Vec<String>> = step.review.iter().map(row).collect();
        let heads = ["whatif.week", "compare.then-planned", "compare.became-of", "compare.sign-is"].map(|key| self.say(key));
        let blocks = if rows.is_empty() { Vec::new() } else { vec![Block::Table(heads.to_vec(), rows)] };
        let planned = Section::unless_empty(self.say("compare.review"), blocks);
        // The list has the notes on what was not planned behind what was.
        let besides = self.review(step).into_iter().filter(|section| section.heading == self.say("compare.besides"));
        planned.into_iter().chain(besides).collect()
    }

    fn planned(&self, step: &Pair, one: &Planned) -> String {
        let kb = self.found.kb;
        let action = &one.action;
        let gaps = [
            ("week", action.first.to_string()),
            ("step", self.say(&format!("whatif.do.{}", action.step.id()))),
            ("name", kb.candidate(action.at.0, action.at.1).name.get(self.lang).to_owned()),
            ("fate", self.fate(action.step, &one.fate)),
        ];
        let text = self.fill("compare.planned", &gaps.each_ref().map(|(gap, text)| (*gap, text.as_str())));
        let sign = plan::sign(&self.subject(&self.found.sides[step.from]), action);
        match sign.filter(|_| one.fate != Fate::Shown) {
            Some(sign) => text + &self.fill("compare.sign", &[("sign", sign.trim_end_matches(['。', '.']))]),
            None => text,
        }
    }

    fn fate(&self, step: Step, fate: &Fate) -> String {
        match fate {
            Fate::Noted(outcome) => self.outcome(outcome),
            Fate::Shown => self.say(match step {
                Step::Stop(_) | Step::Drop => "compare.fate.shown-stop",
                Step::Mend(_) => "compare.fate.shown-mend",
                Step::Measure => "compare.fate.shown-measure",
                Step::Begin { .. } | Step::Grow | Step::Learn | Step::Check(_) => "compare.fate.shown-begin",
            }),
            Fate::Again(week) => self.fill("compare.fate.again", &[("week", &week.to_string())]),
            Fate::Unknown => self.say("compare.fate.unknown"),
        }
    }

    fn outcome(&self, outcome: &Outcome) -> String {
        match outcome {
            Outcome::Met => self.say("compare.fate.met"),
            Outcome::Missed => self.say("compare.fate.missed"),
            Outcome::On(day) => self.fill("compare.fate.on", &[("day", day)]),
            Outcome::Words(words) => self.fill("compare.fate.words", &[("words", &harmless_line(words))]),
        }
    }
}

/// The mark of what became of something.
fn mark(fate: &Fate) -> &'static str {
    match fate.is_done() {
        Some(true) => "compare.mark.done",
        Some(false) => "compare.mark.missed",
        None if matches!(fate, Fate::Noted(_)) => "compare.mark.noted",
        None if matches!(fate, Fate::Again(_)) => "compare.mark.again",
        None => "compare.mark.unknown",
    }
}
