//! How often the first decision comes out clear: over the cases, and over every
//! profile that differs from a case in a single answer.

use crate::answer::{Answer, Answers};
use crate::engine::chain::Kept;
use crate::engine::kernel::{Rule, margin};
use crate::fact::Kind;
use crate::ids::{CandidateId, DecisionId, FactId, IndexVec, LineId, OptionSet};
use crate::kb::blocks::{distinctions, representatives};
use crate::kb::{Keep, KnowledgeBase};

/// What came out of many profiles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many profiles there were.
    pub profiles: usize,
    /// How many of them have no clear leader.
    pub abstained: usize,
    /// How many have a leader with a second within the margin.
    pub close: usize,
    /// How many have a leader whose place only the order of the base decides.
    pub tied: usize,
}

/// The cases, and all single-answer edits of them, judged by the first leader decision.
#[must_use]
pub fn tally(kb: &KnowledgeBase) -> (Tally, Tally) {
    let (mut cases, mut edits) = (Tally::default(), Tally::default());
    let Some(decision) = kb.decisions.position(|decision| decision.keep == Keep::Leaders) else { return (cases, edits) };
    let reading: IndexVec<FactId, Vec<(CandidateId, LineId)>> =
        kb.facts.ids().map(|fact| lines_reading(kb, decision, fact)).collect();
    for case in kb.seen() {
        let points = crate::engine::score::all_points(kb, decision, &case.answers, &Kept::default());
        cases.add(kb, &points);
        for (fact, lines) in reading.pairs() {
            let mut edited = case.answers.clone();
            let now = case.answers.get(fact);
            for answer in edits_of(kb, fact, now) {
                edited.set(fact, answer);
                let mut moved = points.clone();
                for (candidate, line) in lines {
                    let line = &kb.candidate(decision, *candidate).evidence[*line];
                    let worth = |answers: &Answers| if line.when.truth(answers, &()).is_yes() { line.points } else { 0 };
                    moved[*candidate] += worth(&edited) - worth(&case.answers);
                }
                edits.add(kb, &moved);
            }
        }
    }
    (cases, edits)
}

impl Tally {
    fn add(&mut self, kb: &KnowledgeBase, points: &[i32]) {
        self.profiles += 1;
        let chosen = Rule::of(kb).choose(points);
        self.abstained += usize::from(chosen.leader().is_none());
        self.close += usize::from(chosen.second().is_some());
        self.tied += usize::from(chosen.second().is_some() && margin(points) == Some(0));
    }
}

fn lines_reading(kb: &KnowledgeBase, decision: DecisionId, fact: FactId) -> Vec<(CandidateId, LineId)> {
    let candidates = kb.decisions[decision].candidates.pairs();
    candidates
        .flat_map(|(number, one)| {
            let lines = one.evidence.pairs();
            lines
                .filter(|(_, line)| super::idle::reads(&line.when, fact))
                .map(move |(line, _)| (number, line))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Every other answer that one edit can give: another option, one option more
/// or less, a number beyond the next bound, or none.
fn edits_of(kb: &KnowledgeBase, fact: FactId, now: Option<Answer>) -> Vec<Option<Answer>> {
    let (_, bounds) = distinctions(kb.conditions(), fact);
    let one = &kb.facts[fact];
    let mut found: Vec<Option<Answer>> = match (&one.kind, now) {
        (Kind::Choices { options, at_most, none, .. }, Some(Answer::Choices(chosen))) => {
            let sets = options.ids().map(|option| match *none {
                Some(none) if option == none || chosen.contains(none) => OptionSet::of(option),
                _ => chosen.toggled(option),
            });
            sets.filter(|set| !set.is_empty() && set.len() <= *at_most).map(|set| Some(Answer::Choices(set))).collect()
        }
        (Kind::Choices { options, .. }, _) => options.ids().map(|option| Some(Answer::Choices(OptionSet::of(option)))).collect(),
        (kind, _) => {
            let all = match kind {
                Kind::Choice(options) => OptionSet::first(options.len()),
                _ => OptionSet::EMPTY,
            };
            representatives(one, all, &bounds).into_iter().map(Some).collect()
        }
    };
    found.push(None);
    found.retain(|answer| *answer != now);
    found
}
