//! What decided between a case's label and the candidate that stood in its way.

use super::exam::{Exam, Verdict};
use crate::ids::{CandidateId, FactId, LineId};
use crate::kb::blocks::blocks;

/// What facts that belong together are worth to a rival over the label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deciding {
    /// The facts.
    pub facts: Vec<FactId>,
    /// Points for the rival minus points for the label; not 0.
    pub net: i32,
    /// The lines that hold, as (candidate, number of the line).
    pub lines: Vec<(CandidateId, LineId)>,
}

/// The candidate that stands in the way of a case's first label: the one with
/// the most points besides it.
#[must_use]
pub fn rival(verdict: &Verdict<'_>) -> Option<CandidateId> {
    let label = verdict.expected.first();
    verdict.order.iter().copied().find(|candidate| Some(candidate) != label)
}

/// What tells a rival from the first label of a case, the most weighty first.
#[must_use]
pub fn deciding(exam: &Exam<'_>, verdict: &Verdict<'_>, rival: CandidateId) -> Vec<Deciding> {
    let label = verdict.expected[0];
    let candidates = &exam.kb.decisions[exam.decision].candidates;
    let holds = |candidate: CandidateId, line: LineId| verdict.lines[candidate].get(line).is_some_and(|truth| truth.is_yes());
    let of = |block: crate::kb::blocks::Block| {
        let matters = |(candidate, line): &(CandidateId, LineId)| [label, rival].contains(candidate) && holds(*candidate, *line);
        let lines: Vec<(CandidateId, LineId)> = block.lines.iter().copied().filter(matters).collect();
        let worth = |(candidate, line): &(CandidateId, LineId)| {
            let points = candidates[*candidate].evidence[*line].points;
            if *candidate == rival { points } else { -points }
        };
        let net: i32 = lines.iter().map(worth).sum();
        (net != 0).then(|| Deciding { facts: block.facts().collect(), net, lines })
    };
    let mut found: Vec<Deciding> = blocks(&exam.kb.decisions[exam.decision]).into_iter().filter_map(of).collect();
    found.sort_by_key(|one| std::cmp::Reverse(one.net.abs()));
    found
}
