//! Why a candidate stands where it stands: the answer in a sentence, every line
//! for and against with the answers behind it, what it needs, what would raise it.

use super::page::{Block, Page, Section};
use super::phrases::{Subject, clause, standing};
use super::show;
use crate::advice::Advice;
use crate::answer::Answers;
use crate::condition::{Condition, Variable};
use crate::engine::judgement::{Account, Outcome};
use crate::engine::kernel::{Readiness, Rule, least_points};
use crate::ids::{CandidateId, CandidateRef, IndexVec, LineId, NeedId};
use crate::kb::{Evidence, Keep, KnowledgeBase, NeedKind};
use crate::text::Lang;
use crate::truth::Truth;
use std::cmp::Reverse;

/// How many lines that would raise it are shown.
const RAISING: usize = 5;

/// What is asked about without a name: the leader, then the first stream and the
/// first measure of the plan.
#[must_use]
pub fn usual(advice: &Advice) -> Vec<CandidateRef> {
    let leader = advice.judgement.decisions.iter().find_map(|one| one.leader().map(|leader| (one.decision(), leader)));
    let mut found: Vec<CandidateRef> = leader.into_iter().collect();
    for action in &advice.plan.actions {
        if found.iter().all(|at| at.0 != action.at.0) {
            found.push(action.at);
        }
    }
    found
}

/// The page about a candidate; against a second one of the same decision, the
/// lines that part them come first.
#[must_use]
pub fn page(
    kb: &KnowledgeBase,
    answers: &Answers,
    advice: &Advice,
    lang: Lang,
    at: CandidateRef,
    against: Option<CandidateId>,
) -> Page {
    let subject = Subject { kb, answers, advice, lang, open: 0, name: None };
    let outcome = &advice.judgement.decisions[at.0];
    let Some(account) = outcome.of(at.1) else { return Page::default() };
    let rival = against.and_then(|other| outcome.of(other));
    let about = About { subject, outcome, account, at };
    let mut page = Page::default();
    if let Some(other) = rival {
        page.screen.push(Block::Lead(about.parting(other)));
        page.screen.push(Block::Text(about.answer()));
        page.sections.extend(about.parts(other));
    } else {
        page.screen.push(Block::Lead(about.answer()));
    }
    page.screen.push(Block::Text(about.total()));
    page.sections.extend(about.table("why.for", Truth::Yes, |points| points > 0));
    page.sections.extend(about.table("why.against", Truth::Yes, |points| points < 0));
    page.sections.extend(about.needs());
    page.sections.extend(about.raising());
    page.sections.extend(about.table("why.open", Truth::Unknown, |points| points < 0));
    page.sections.extend(about.sources());
    page
}

/// What a page about one candidate is made from.
struct About<'a> {
    subject: Subject<'a>,
    outcome: &'a Outcome,
    account: &'a Account,
    at: CandidateRef,
}

impl<'a> About<'a> {
    fn lang(&self) -> Lang {
        self.subject.lang
    }

    fn name(&self) -> String {
        self.subject.named(self.at.0, self.at.1)
    }

    fn evidence(&self) -> &'a IndexVec<LineId, Evidence> {
        &self.subject.kb.candidate(self.at.0, self.at.1).evidence
    }

    fn readiness(&self) -> Option<Readiness> {
        self.outcome.readiness(self.at.1)
    }

    /// Where it stands and why, in a sentence.
    fn answer(&self) -> String {
        let head = match self.readiness() {
            Some(group) => self.stands(group),
            None => self.ranks(),
        };
        match self.chief() {
            Some(chief) => format!("{head}{}{chief}", self.subject.space()),
            None => head,
        }
    }

    /// Where a candidate of a decision that keeps all stands.
    fn stands(&self, group: Readiness) -> String {
        let (name, points) = (self.name(), format!("{:+}", self.account.points));
        let group = standing(self.subject.kb, self.at.0, group, self.lang());
        self.subject.fill("why.stands", &[("name", &name), ("group", group), ("points", &points)])
    }

    /// Which place a candidate of a leader decision has, and how far it is from the next or from the leader.
    fn ranks(&self) -> String {
        let subject = &self.subject;
        let heading = subject.kb.decisions[self.at.0].heading.get(self.lang());
        let (name, points, all) = (self.name(), self.account.points.to_string(), self.outcome.accounts().count().to_string());
        let place = self.outcome.accounts().position(|one| one.candidate == self.at.1).unwrap_or(0);
        let rank = (place + 1).to_string();
        let other = self.outcome.accounts().nth(usize::from(place == 0));
        let rival = other.map_or_else(String::new, |one| subject.named(self.at.0, one.candidate));
        let by = other.map_or(0, |one| (self.account.points - one.points).abs()).to_string();
        let floor = subject.kb.floor.to_string();
        let gaps = [
            ("heading", heading),
            ("name", &name),
            ("points", &points),
            ("rank", &rank),
            ("all", &all),
            ("rival", &rival),
            ("by", &by),
            ("floor", &floor),
        ];
        let key = match self.outcome.chosen().iter().position(|one| one == self.at.1) {
            Some(0) => "why.leads",
            Some(_) => "why.second",
            None if place == 0 => "why.too-low",
            None => "why.not",
        };
        subject.fill(key, &gaps)
    }

    /// What weighs most: for what stands well, the greatest line for it; else what it lacks, or the greatest against it.
    fn chief(&self) -> Option<String> {
        let subject = &self.subject;
        let is_well = match self.readiness() {
            Some(group) => group.is_alive() || group == Readiness::InPlace,
            None => self.outcome.chosen().contains(self.at.1),
        };
        let greatest = |wanted: fn(i32) -> bool| self.lines(Truth::Yes).into_iter().find(|(points, _)| wanted(*points));
        let said = |key: &str, (points, line): (i32, LineId)| {
            let trait_ = clause(self.evidence()[line].statement.get(self.lang()));
            subject.fill(key, &[("trait", &trait_), ("points", &format!("{points:+}"))])
        };
        let lacks = self.readiness().and_then(|group| {
            let wanted = match group {
                Readiness::Confirm => Truth::Unknown,
                Readiness::Later | Readiness::Mend | Readiness::Stop => Truth::No,
                _ => return None,
            };
            let need = self.account.needs_that_are(wanted).next()?;
            let key = if wanted == Truth::No { "why.lacks" } else { "why.to-confirm" };
            Some(subject.fill(key, &[("lacks", &subject.lacks(self.at.0, self.at.1, need))]))
        });
        if lacks.is_some() {
            return lacks;
        }
        if is_well {
            return greatest(|points| points > 0).map(|line| said("why.chiefly-for", line));
        }
        let against = greatest(|points| points < 0).map(|line| said("why.chiefly-against", line));
        against.or_else(|| greatest(|points| points > 0).is_none().then(|| subject.say("why.nothing-for")))
    }

    fn total(&self) -> String {
        let sum =
            |wanted: fn(&i32) -> bool| self.lines(Truth::Yes).into_iter().map(|(points, _)| points).filter(wanted).sum::<i32>();
        let (plus, minus) = (sum(|points| *points > 0), sum(|points| *points < 0));
        let open =
            |wanted: fn(&i32) -> bool| self.lines(Truth::Unknown).iter().map(|(points, _)| *points).filter(wanted).sum::<i32>();
        let (up, down) = (open(|points| *points > 0), -open(|points| *points < 0));
        let key = match (up, down) {
            (0, 0) => "why.total",
            (_, 0) => "why.total-up",
            (0, _) => "why.total-down",
            _ => "why.total-open",
        };
        let numbers = [plus, -minus, self.account.points, up, down];
        let [plus, minus, points, up, down] = numbers.map(|number| number.to_string());
        let gaps = [("for", plus), ("against", minus), ("points", points), ("up", up), ("down", down)];
        self.subject.fill(key, &gaps.each_ref().map(|(key, text)| (*key, text.as_str())))
    }

    /// The lines that are worth this, with their points, the biggest first.
    fn lines(&self, truth: Truth) -> Vec<(i32, LineId)> {
        lines(self.evidence(), self.account, truth)
    }

    fn table(&self, key: &str, truth: Truth, wanted: fn(i32) -> bool) -> Option<Section> {
        let row = |(points, line): (i32, LineId)| {
            let line = &self.evidence()[line];
            let behind = match truth {
                Truth::Unknown => show::condition(self.subject.kb, &line.when, self.lang()),
                _ => self.because(&line.when),
            };
            vec![format!("{points:+}"), line.statement.get(self.lang()).to_owned(), behind]
        };
        let lines = self.lines(truth).into_iter().filter(|(points, _)| wanted(*points));
        let rows: Vec<_> = lines.map(row).collect();
        let last = if truth == Truth::Unknown { "why.if-answered" } else { "why.answers" };
        let heads = ["column.points", "column.trait", last].map(|key| self.subject.say(key)).to_vec();
        let blocks = if rows.is_empty() { Vec::new() } else { vec![Block::Table(heads, rows)] };
        Section::unless_empty(self.subject.say(key), blocks)
    }

    /// The answers that made a condition come out, in words.
    fn because(&self, condition: &Condition) -> String {
        let subject = &self.subject;
        let say = |variable: Variable| match variable {
            Variable::Fact(fact) => {
                let (one, answer) = (&subject.kb.facts[fact], subject.answers.get(fact)?);
                Some(format!("{}{}{}", one.label.get(self.lang()), subject.colon(), one.words(answer, self.lang())))
            }
            Variable::Choice(decision) => {
                let chosen: Vec<CandidateId> = subject.advice.judgement.decisions[decision].chosen().iter().collect();
                let heading = subject.kb.decisions[decision].heading.get(self.lang());
                (!chosen.is_empty()).then(|| format!("{heading}{}{}", subject.colon(), subject.names(decision, &chosen)))
            }
        };
        let told: Vec<String> = condition.variables().into_iter().filter_map(say).collect();
        told.join(&subject.say("line.reason-joint"))
    }

    /// Its needs: what is met, what is missing, with the answers that supply it.
    fn needs(&self) -> Option<Section> {
        let subject = &self.subject;
        let one = subject.kb.candidate(self.at.0, self.at.1);
        let runs = self.readiness().is_some_and(Readiness::is_running);
        let entry = |(need, truth): (NeedId, &Truth)| {
            let is_proven = runs && matches!(one.needs[need].kind(), NeedKind::Proven | NeedKind::Time);
            let key = match truth {
                Truth::Yes => "why.met",
                _ if is_proven => "why.proven",
                Truth::No => "why.missing",
                Truth::Unknown => "why.unknown",
            };
            let (lacks, when) = (subject.lacks(self.at.0, self.at.1, need), self.supplied_by(&one.needs[need]));
            let behind = if *truth == Truth::Yes { self.because(&one.needs[need].when) } else { when };
            vec![subject.say(key), lacks, behind]
        };
        // A rule of the law that does not concern the community is no need of it.
        let concerns = |(need, truth): &(NeedId, &Truth)| one.needs[*need].is_written() || !truth.is_yes();
        let mut rows: Vec<(Truth, Vec<String>)> =
            self.account.needs.pairs().filter(concerns).map(|row| (*row.1, entry(row))).collect();
        rows.sort_by_key(|(truth, _)| match truth {
            Truth::No => 0,
            Truth::Unknown => 1,
            Truth::Yes => 2,
        });
        let heads = ["why.how", "why.need", "why.answers"].map(|key| subject.say(key)).to_vec();
        let rows: Vec<_> = rows.into_iter().map(|(_, row)| row).collect();
        let blocks = if rows.is_empty() { Vec::new() } else { vec![Block::Table(heads, rows)] };
        Section::unless_empty(subject.say("why.needs"), blocks)
    }

    /// The answers that meet a need, in words; for a rule of the law, what it asks for.
    fn supplied_by(&self, need: &crate::kb::Need) -> String {
        let subject = &self.subject;
        match need.origin {
            crate::kb::Origin::Rule(rule) => match &subject.kb.rules[rule].met {
                Some(met) => show::condition(subject.kb, met, self.lang()),
                None => subject.kb.rules[rule].name.get(self.lang()).to_owned(),
            },
            crate::kb::Origin::Time(_) => {
                let deadline = subject.kb.deadline.as_ref().and_then(|deadline| {
                    let fact = &subject.kb.facts[deadline.fact];
                    subject.answers.get(deadline.fact).map(|answer| (fact, answer))
                });
                deadline.map_or_else(String::new, |(fact, answer)| {
                    format!("{}{}{}", fact.label.get(self.lang()), subject.colon(), fact.words(answer, self.lang()))
                })
            }
            crate::kb::Origin::Written => show::condition(subject.kb, &need.when, self.lang()),
        }
    }

    /// What would raise it: the points that are missing, and open lines that would bring them.
    fn raising(&self) -> Option<Section> {
        let subject = &self.subject;
        let mut blocks = Vec::new();
        let lacking = match subject.kb.decisions[self.at.0].keep {
            Keep::Leaders => self.behind(),
            Keep::All => {
                let runs = self.readiness().is_some_and(Readiness::is_running);
                (least_points(runs) - self.account.points).max(0)
            }
        };
        if lacking > 0 {
            let key = if self.readiness().is_some() { "why.points-to-fit" } else { "why.points-to-lead" };
            blocks.push(Block::Text(subject.fill(key, &[("n", &lacking.to_string())])));
        }
        let open: Vec<_> = self.lines(Truth::Unknown).into_iter().filter(|(points, _)| *points > 0).collect();
        let row = |(points, line): &(i32, LineId)| {
            let line = &self.evidence()[*line];
            let when = show::condition(subject.kb, &line.when, self.lang());
            vec![format!("{points:+}"), line.statement.get(self.lang()).to_owned(), when]
        };
        if !open.is_empty() {
            let heads = ["column.points", "column.trait", "why.if-answered"].map(|key| subject.say(key)).to_vec();
            blocks.push(Block::Table(heads, open.iter().take(RAISING).map(row).collect()));
        }
        if let Some(more) = open.len().checked_sub(RAISING).filter(|more| *more > 0) {
            blocks.push(Block::Text(subject.fill("why.more", &[("n", &more.to_string())])));
        }
        Section::unless_empty(subject.say("why.raise"), blocks)
    }

    /// By how many points it misses the first place, or the floor.
    fn behind(&self) -> i32 {
        let best = self.outcome.accounts().filter(|one| one.candidate != self.at.1).map(|one| {
            // Ties go to the earlier candidate.
            one.points + i32::from(one.candidate < self.at.1) - self.account.points
        });
        best.chain([Rule::of(self.subject.kb).floor - self.account.points]).max().unwrap_or(0).max(0)
    }

    /// Which of two is ahead, and by how much.
    fn parting(&self, other: &Account) -> String {
        let subject = &self.subject;
        let (one, rival) = (self.name(), subject.named(self.at.0, other.candidate));
        let by = self.account.points - other.points;
        let (first, second, key) = match by.cmp(&0) {
            std::cmp::Ordering::Greater => (&one, &rival, "why.ahead"),
            std::cmp::Ordering::Less => (&rival, &one, "why.ahead"),
            std::cmp::Ordering::Equal => (&one, &rival, "why.level"),
        };
        subject.fill(key, &[("name", first), ("rival", second), ("by", &by.abs().to_string())])
    }

    /// The lines that part two candidates: its own, and the other's turned round.
    fn parts(&self, other: &Account) -> Option<Section> {
        let (subject, decision) = (&self.subject, self.at.0);
        let of = |account: &Account, sign: i32| {
            let evidence = &subject.kb.candidate(decision, account.candidate).evidence;
            let counted = lines(evidence, account, Truth::Yes).into_iter();
            counted.map(|(points, line)| (sign * points, account.candidate, line)).collect::<Vec<_>>()
        };
        let mut all = of(self.account, 1);
        all.extend(of(other, -1));
        all.sort_by_key(|(points, candidate, line)| (Reverse(points.abs()), *candidate, *line));
        let row = |(points, candidate, line): (i32, CandidateId, LineId)| {
            let evidence = &subject.kb.candidate(decision, candidate).evidence[line];
            let said =
                format!("{}{}{}", subject.named(decision, candidate), subject.colon(), evidence.statement.get(self.lang()));
            vec![format!("{points:+}"), said, self.because(&evidence.when)]
        };
        let rows = all.into_iter().map(row).collect();
        let heads = ["column.points", "column.trait", "why.answers"].map(|key| subject.say(key)).to_vec();
        let gaps = [("name", self.name()), ("rival", subject.named(decision, other.candidate))];
        let gaps = gaps.each_ref().map(|(gap, text)| (*gap, text.as_str()));
        let legend = Block::Text(subject.fill("why.parts-legend", &gaps));
        Section::unless_empty(subject.fill("why.parts", &gaps), vec![Block::Table(heads, rows), legend])
    }

    /// The documents behind the lines shown.
    fn sources(&self) -> Option<Section> {
        let shown = self.evidence().iter().zip(&self.account.lines).filter(|(_, truth)| **truth != Truth::No);
        let references: Vec<String> = shown.flat_map(|(line, _)| line.sources.clone()).collect();
        let blocks = if references.is_empty() { Vec::new() } else { vec![Block::Text(self.subject.sources(&references))] };
        Section::unless_empty(self.subject.say("heading.sources"), blocks)
    }
}

/// The lines of a candidate that are worth this, with their points, the biggest first.
fn lines(evidence: &IndexVec<LineId, Evidence>, account: &Account, truth: Truth) -> Vec<(i32, LineId)> {
    let all = evidence.pairs().zip(&account.lines);
    let mut found: Vec<(i32, LineId)> =
        all.filter(|(_, of)| **of == truth).map(|((line, evidence), _)| (evidence.points, line)).collect();
    found.sort_by_key(|(points, line)| (Reverse(points.abs()), *line));
    found
}
