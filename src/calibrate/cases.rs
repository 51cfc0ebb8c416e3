//! Cases judge the engine: real communities with the verdict a person gave them.

use crate::engine::judge::Judge;
use crate::ids::{CandidateId, CaseId, DecisionId};
use crate::kb::KnowledgeBase;

/// A case whose expected verdict did not come out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// The case.
    pub case: CaseId,
    /// The decision.
    pub decision: DecisionId,
    /// What was expected, first and perhaps second.
    pub expected: Vec<CandidateId>,
    /// What came out: the leader and perhaps a second; empty for an abstention.
    pub found: Vec<CandidateId>,
}

/// Every expectation that is not met; cases that are kept apart are left out. It is
/// met if the first expected candidate leads.
#[must_use]
pub fn missed(kb: &KnowledgeBase) -> Vec<Miss> {
    let judge = Judge::new(kb);
    let mut found = Vec::new();
    for (number, case) in kb.cases.pairs().filter(|(_, case)| !case.unseen) {
        let judged = judge.judge(&case.answers);
        for (decision, expected) in &case.expect {
            let chosen = judged.decisions[*decision].chosen();
            if expected.first().copied() != chosen.leader() {
                found.push(Miss {
                    case: number,
                    decision: *decision,
                    expected: expected.clone(),
                    found: chosen.iter().collect(),
                });
            }
        }
    }
    found
}
