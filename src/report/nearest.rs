//! Known cases beside this community: the nearest one, and all of its type.

use super::page::{Block, Section};
use super::phrases::Subject;
use crate::answer::Answers;
use crate::engine::running::running;
use crate::ids::{CandidateId, FactId};
use crate::kb::{Case, Keep};

/// How many differences are named.
const DIFFERENCES: usize = 3;
/// How many streams of other cases are shown, and the fewest cases that are worth counting.
const STREAMS: usize = 8;
const FEWEST: usize = 5;

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

/// What the cases of the same type run, beside what this community runs: those that
/// most of them run, and all of its own.
pub fn kind(subject: &Subject<'_>) -> Option<Section> {
    let kb = subject.kb;
    let at = kb.screen.verdict.decision;
    let leader = subject.advice.judgement.decisions[at].leader()?;
    let is_alike = |case: &&Case| case.expect.iter().any(|(decision, labels)| *decision == at && labels.first() == Some(&leader));
    let ran: Vec<Vec<_>> = kb.cases.iter().filter(is_alike).map(|case| running(kb, &case.answers)).collect();
    let ran: Vec<Vec<_>> = ran.into_iter().filter(|all| !all.is_empty()).collect();
    let (streams, _) = kb.decisions.pairs().find(|(_, one)| one.keep == Keep::All)?;
    let runs = |all: &[crate::engine::running::Running], one: CandidateId| {
        all.iter().any(|run| run.decision == streams && run.candidates.contains(&one))
    };
    let own = running(kb, subject.answers);
    let count = |one: CandidateId| ran.iter().filter(|all| runs(all, one)).count();
    let mut counted: Vec<(CandidateId, usize, bool)> =
        kb.decisions[streams].candidates.ids().map(|one| (one, count(one), runs(&own, one))).collect();
    counted.sort_by_key(|(one, count, _)| (std::cmp::Reverse(*count), *one));
    let shown = counted.into_iter().enumerate().filter(|(at, (_, count, is_own))| *is_own || (*at < STREAMS && *count > 0));
    let row = |(_, (one, count, is_own)): (usize, (CandidateId, usize, bool))| {
        let own = subject.say(if is_own { "nearest.runs" } else { "nearest.runs-not" });
        vec![subject.named(streams, one), format!("{count}/{}", ran.len()), own]
    };
    let rows: Vec<Vec<String>> = shown.map(row).collect();
    if ran.len() < FEWEST || rows.is_empty() {
        return None;
    }
    let gaps = [("n", ran.len().to_string()), ("name", subject.named(at, leader))];
    let gaps = gaps.each_ref().map(|(gap, text)| (*gap, text.as_str()));
    let heads = vec![subject.say("money.column.stream"), subject.fill("nearest.of-cases", &gaps), subject.say("nearest.you")];
    let blocks = vec![Block::Text(subject.fill("nearest.kind-about", &gaps)), Block::Table(heads, rows)];
    Some(Section { heading: subject.fill("nearest.kind", &gaps), blocks })
}
