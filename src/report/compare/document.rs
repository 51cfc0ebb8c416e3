//! A comparison as a document to hand out: the answer, then where the communities
//! differ and what each difference does, then what it was made from.

use super::{Teller, figures};
use crate::compare::{Comparison, Step};
use crate::engine::kernel::Readiness;
use crate::ids::{CandidateId, DecisionId};
use crate::kb::Keep;
use crate::report::page::{Block, Document, Part, Section, shown_first};
use crate::report::phrases::standing;
use crate::report::receipt::Receipt;
use crate::report::screen;
use crate::text::{Lang, harmless_line};
use crate::whatif::change::PlanChange;

/// A comparison as a document; the receipt has what the sides go by.
#[must_use]
pub fn document(found: &Comparison<'_>, receipt: &Receipt, lang: Lang) -> Document {
    let label = |one: &crate::report::receipt::Community| harmless_line(one.label.as_deref().unwrap_or_default());
    let labels: Vec<String> = receipt.communities.iter().map(label).collect();
    let teller = Teller { found, labels, lang, extent: receipt.extent, is_document: true };
    let (mut screen, parts) = (teller.summary(), teller.parts(receipt));
    let verdict = &found.kb.decisions[found.kb.screen.verdict.decision];
    let drawn = [figures::points_id(verdict), figures::MONEY_ID.to_owned()];
    screen.extend(drawn.iter().filter_map(|id| shown_first(&parts, id)));
    Document { screen, more: Vec::new(), parts }
}

impl Teller<'_> {
    /// The first page: the answer, each side with what it does first, what has to stop.
    fn summary(&self) -> Vec<Block> {
        let mut blocks = self.screen();
        let sides = self.found.sides.iter().zip(&self.labels);
        let now = sides.skip(if self.found.is_review { self.found.sides.len().saturating_sub(1) } else { 0 });
        blocks.extend(now.filter_map(|(side, label)| {
            let (what, text) = screen::alarm(&self.subject(side))?;
            Some(Block::Alarm(self.fill("compare.of-side", &[("label", label), ("what", &what)]), text))
        }));
        blocks
    }

    fn parts(&self, receipt: &Receipt) -> Vec<Part> {
        let kb = self.found.kb;
        let mut parts: Vec<Part> = Vec::new();
        let mut add =
            |id: &str, heading: String, sections: Vec<Section>| parts.extend(Part::unless_empty(id, &heading, sections));
        add("review", self.say("compare.review"), self.all(Teller::review_table));
        let measures = kb.plan.sections.map(|sections| sections.step.decision);
        for (decision, one) in kb.decisions.pairs().filter(|(decision, _)| Some(*decision) != measures) {
            add(&one.id, one.heading.get(self.lang).to_owned(), self.decision(decision));
        }
        add("money", self.say("money.title"), figures::money(self));
        add("answers", self.say("compare.differences"), self.all(Teller::answers));
        add("plan", self.say("whatif.plan"), self.all(Teller::plans));
        for (decision, one) in kb.decisions.pairs().filter(|(decision, _)| Some(*decision) == measures) {
            add(&one.id, one.heading.get(self.lang).to_owned(), self.decision(decision));
        }
        add("receipt", String::new(), vec![receipt.section(self.lang)]);
        parts
    }

    /// The sections about each pair, with the pair in their headings where there are several.
    fn all<S: IntoIterator<Item = Section>>(&self, of: impl Fn(&Self, &Step) -> S) -> Vec<Section> {
        self.found.steps.iter().flat_map(|step| self.between(step, of(self, step).into_iter().collect())).collect()
    }

    /// Who leads a decision and by what, or where everything stands that stands anywhere.
    fn decision(&self, decision: DecisionId) -> Vec<Section> {
        let heading = self.found.kb.decisions[decision].heading.get(self.lang).to_owned();
        let blocks = match self.found.kb.decisions[decision].keep {
            Keep::Leaders => figures::points(self, decision).map(|figure| Block::Figure(Box::new(figure))).into_iter().collect(),
            Keep::All => self.stands(decision),
        };
        Section::unless_empty(heading, blocks).into_iter().collect()
    }

    /// Where everything stands, what stands best anywhere first; what suits nobody is counted.
    fn stands(&self, decision: DecisionId) -> Vec<Block> {
        let kb = self.found.kb;
        let stands = |one: CandidateId| -> Vec<Readiness> {
            self.found.sides.iter().map(|side| side.view.stands.decisions[decision][one].readiness).collect()
        };
        let all: Vec<(CandidateId, Vec<Readiness>)> =
            kb.decisions[decision].candidates.ids().map(|one| (one, stands(one))).collect();
        let (mut shown, rest): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|(_, stands)| stands.iter().any(|one| *one != Readiness::Never));
        shown.sort_by_key(|(one, stands)| (stands.iter().min().copied(), stands.clone(), *one));
        let mark = |one: Readiness| self.say(&format!("compare.mark.{}", one.id()));
        let cell = |one: &Readiness| match one {
            Readiness::Never => mark(*one),
            _ => self.fill("compare.stands", &[("mark", &mark(*one)), ("name", &self.say(&format!("group.{}", one.id())))]),
        };
        let row = |(one, stands): &(CandidateId, Vec<Readiness>)| {
            let name = kb.candidate(decision, *one).name.get(self.lang).to_owned();
            std::iter::once(name).chain(stands.iter().map(cell)).collect()
        };
        let rows: Vec<Vec<String>> = shown.iter().map(row).collect();
        if rows.is_empty() {
            return Vec::new();
        }
        let heads = std::iter::once(self.say("column.candidate")).chain(self.labels.iter().cloned()).collect();
        let never =
            self.fill("compare.never", &[("mark", &mark(Readiness::Never)), ("name", self.group(decision, Readiness::Never))]);
        let mut blocks = vec![Block::Table(heads, rows), Block::Text(never)];
        if !rest.is_empty() {
            blocks.push(Block::Text(self.fill("compare.suits-none", &[("n", &rest.len().to_string())])));
        }
        blocks
    }

    /// What each side plans and the other does not, week by week.
    fn plans(&self, step: &Step) -> Option<Section> {
        let name = |one: &PlanChange| {
            let step = self.say(&format!("whatif.do.{}", one.step.id()));
            self.fill(
                "compare.to-do",
                &[("step", &step), ("name", self.found.kb.candidate(one.at.0, one.at.1).name.get(self.lang))],
            )
        };
        let mut weeks: Vec<u32> = step.difference.actions.iter().map(|one| one.week).collect();
        weeks.sort_unstable();
        weeks.dedup();
        let row = |week: u32| {
            let of = |is_new: bool| {
                let all = step.difference.actions.iter().filter(move |one| one.week == week && one.is_new == is_new);
                self.joined(&all.map(name).collect::<Vec<_>>())
            };
            vec![week.to_string(), of(false), of(true)]
        };
        let rows: Vec<Vec<String>> = weeks.into_iter().map(row).collect();
        let heads = [step.from, step.to].map(|at| self.fill("compare.only", &[("label", &self.labels[at])]));
        let heads = std::iter::once(self.say("whatif.week")).chain(heads).collect();
        let blocks = if rows.is_empty() { Vec::new() } else { vec![Block::Table(heads, rows)] };
        Section::unless_empty(self.say("whatif.plan"), blocks)
    }

    /// Parts of a sentence, or a dash where there is none.
    fn joined(&self, parts: &[String]) -> String {
        if parts.is_empty() {
            self.say("compare.no-stream")
        } else {
            parts.join(crate::words::say("line.reason-joint", self.lang))
        }
    }

    /// A group by the name that it has in this decision.
    fn group(&self, decision: DecisionId, one: Readiness) -> &'static str {
        standing(self.found.kb, decision, one, self.lang)
    }
}
