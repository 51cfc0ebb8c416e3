//! What the cases try out: which lines, needs, options and facts of the base.

use super::outcome::Line;
use crate::answer::{Answer, Answers};
use crate::engine::chain::chain;
use crate::fact::Kind;
use crate::ids::{CandidateRef, DecisionId, FactId, NeedId, OptionId};
use crate::kb::{Keep, KnowledgeBase};
use crate::truth::Truth;
use std::collections::BTreeSet;

/// How much of one kind of thing the cases reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// What is counted, as in the words of the certificate.
    pub of: &'static str,
    /// How many are reached.
    pub reached: usize,
    /// How many there are.
    pub all: usize,
}

impl Share {
    /// The share in whole percent, rounded down; 100 if there is nothing to reach.
    #[must_use]
    pub fn percent(&self) -> u32 {
        (self.reached * 100).checked_div(self.all).and_then(|percent| u32::try_from(percent).ok()).unwrap_or(100)
    }
}

/// What the cases reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Evidence that holds in a case, needs known in a case, options given,
    /// candidates that are kept or open, and facts answered.
    pub shares: Vec<Share>,
    /// Lines without which no case would come out differently.
    pub untried: Vec<Line>,
}

/// Judges every case.
#[must_use]
pub fn of(kb: &KnowledgeBase) -> Coverage {
    let mut evidence = BTreeSet::new();
    let mut needs = BTreeSet::new();
    let mut kept = BTreeSet::new();
    let mut tried = BTreeSet::new();
    for case in kb.seen() {
        for decision in kb.decisions.ids() {
            look(kb, &case.answers, decision, &mut evidence, &mut needs);
            judge(kb, &case.answers, decision, &mut kept, &mut tried);
        }
    }
    let facts = |number: &FactId| kb.seen().any(|case| case.answers.get(*number).is_some());
    let given = |(fact, option): (FactId, OptionId)| {
        kb.seen().any(|case| match case.answers.get(fact) {
            Some(Answer::Choice(chosen)) => chosen == option,
            Some(Answer::Choices(chosen)) => chosen.contains(option),
            _ => false,
        })
    };
    let is_own = |fact: &crate::fact::Fact| !matches!(fact.kind, Kind::Choices { candidates_of: Some(_), .. });
    let options: Vec<(FactId, OptionId)> = (kb.facts.pairs().filter(|(_, fact)| is_own(fact)))
        .flat_map(|(number, fact)| fact.options().ids().map(move |option| (number, option)))
        .collect();
    let lines = all_lines(kb);
    let all_needs = kb
        .decisions
        .iter()
        .flat_map(|decision| &decision.candidates)
        .map(|one| one.needs.iter().filter(|need| need.is_written()).count())
        .sum();
    let candidates = kb.decisions.iter().map(|decision| decision.candidates.len()).sum();
    let share = |of, reached, all| Share { of, reached, all };
    let shares = vec![
        share("evidence", evidence.len(), lines.len()),
        share("needs", needs.len(), all_needs),
        share("options", options.iter().copied().filter(|one| given(*one)).count(), options.len()),
        share("candidates", kept.len(), candidates),
        share("questions", kb.facts.ids().filter(facts).count(), kb.facts.len()),
    ];
    Coverage { shares, untried: lines.into_iter().filter(|line| !tried.contains(line)).collect() }
}

/// Every line of evidence of the base.
#[must_use]
pub fn all_lines(kb: &KnowledgeBase) -> Vec<Line> {
    let mut found = Vec::new();
    for (number, decision) in kb.decisions.pairs() {
        for (candidate, one) in decision.candidates.pairs() {
            found.extend(one.evidence.ids().map(|line| (number, candidate, line)));
        }
    }
    found
}

fn look(
    kb: &KnowledgeBase,
    answers: &Answers,
    decision: DecisionId,
    evidence: &mut BTreeSet<Line>,
    needs: &mut BTreeSet<(CandidateRef, NeedId)>,
) {
    let chain = chain(kb, answers, decision);
    for (candidate, one) in kb.decisions[decision].candidates.pairs() {
        let holds = one.evidence.pairs().filter(|(_, line)| line.when.truth(answers, &chain).is_yes());
        evidence.extend(holds.map(|(number, _)| (decision, candidate, number)));
        let known = one.needs.pairs().filter(|(_, need)| need.is_written() && need.when.truth(answers, &chain) != Truth::Unknown);
        needs.extend(known.map(|(number, _)| ((decision, candidate), number)));
    }
}

fn judge(
    kb: &KnowledgeBase,
    answers: &Answers,
    decision: DecisionId,
    kept: &mut BTreeSet<CandidateRef>,
    tried: &mut BTreeSet<Line>,
) {
    let chain = chain(kb, answers, decision);
    let one = &kb.decisions[decision];
    let points = crate::engine::score::all_points(kb, decision, answers, &chain);
    let choose = |points: &[i32]| crate::engine::kernel::Rule::of(kb).choose(points);
    let chosen = choose(&points);
    for (candidate, of) in one.candidates.pairs() {
        let sort = |points: i32| crate::engine::ready::readiness(kb, (decision, candidate), points, answers, &chain);
        let group = sort(points[candidate]);
        let is_kept = match one.keep {
            Keep::Leaders => chosen.contains(candidate),
            Keep::All => group == crate::engine::kernel::Readiness::Open,
        };
        if is_kept {
            kept.insert((decision, candidate));
        }
        for (number, line) in of.evidence.pairs().filter(|(_, line)| line.when.truth(answers, &chain).is_yes()) {
            let turns = match one.keep {
                Keep::All => sort(points[candidate] - line.points) != group,
                Keep::Leaders => {
                    let mut without = points.clone();
                    without[candidate] -= line.points;
                    choose(&without) != chosen
                }
            };
            if turns {
                tried.insert((decision, candidate, number));
            }
        }
    }
}
