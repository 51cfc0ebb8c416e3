//! Which single answer would settle a leader.
//!
//! The definition that everything faster is held to: every answer of every open
//! fact is tried, and what comes out is judged and proven as any profile is.

use super::judge::Judge;
use crate::answer::Answers;
use crate::condition::{Condition, Variable};
use crate::kb::blocks::{domain, thresholds};

/// The open facts of which some single answer would settle the leader of a
/// decision: whoever leads then is a necessary winner, whatever else is still
/// open. In the order of the base; none if a leader is settled already.
///
/// A fact that was answered "don't know" is not open. An answer may also make
/// another candidate lead, or give a decision that abstains its leader.
#[must_use]
pub fn settling_facts(judge: &Judge<'_>, decision: usize, answers: &Answers) -> Vec<usize> {
    let kb = judge.kb();
    let is_settled = |answers: &Answers| judge.before(decision + 1, answers).is_settled(decision);
    if is_settled(answers) {
        return Vec::new();
    }
    let read: std::collections::BTreeSet<Variable> = kb.conditions().flat_map(Condition::variables).collect();
    let bounds = thresholds(kb.conditions());
    let settles = |fact: &usize| {
        let mut more = answers.clone();
        domain(&kb.facts[*fact], bounds.get(fact)).into_iter().any(|answer| {
            more.set(*fact, Some(answer));
            is_settled(&more)
        })
    };
    let open = (0..kb.facts.len()).filter(|fact| answers.is_open(*fact) && read.contains(&Variable::Fact(*fact)));
    open.filter(settles).collect()
}
