//! Stated against observed: what people believe to be, and what can be seen.
//!
//! People copy the model of a type that they believe to be. So the judgement
//! names the gap when the stated facts alone and the observed facts alone lead
//! to different candidates, and the observed ones are clear enough to say so.

use super::judgement::Gap;
use super::score::{Kept, all_points, ranking};
use crate::answer::Answers;
use crate::fact::Nature;
use crate::kb::{Keep, KnowledgeBase};

/// The gap, if there is one, of the first leader decision that has one.
#[must_use]
pub fn gap(kb: &KnowledgeBase, answers: &Answers, kept: &Kept) -> Option<Gap> {
    let only = |nature: Nature| {
        let mut part = Answers::unknown(kb.facts.len());
        for (fact, one) in kb.facts.iter().enumerate().filter(|(_, one)| one.nature == nature) {
            let _ = one;
            part.set(fact, answers.get(fact));
        }
        part
    };
    let (stated, observed) = (only(Nature::Stated), only(Nature::Observed));
    let leaders = kb.decisions.iter().enumerate().filter(|(_, decision)| decision.keep == Keep::Leaders);
    leaders.map(|(decision, _)| decision).find_map(|decision| {
        let said = all_points(kb, decision, &stated, kept);
        let seen = all_points(kb, decision, &observed, kept);
        let first = *ranking(&seen).first()?;
        let best = *said.iter().max()?;
        let named: Vec<usize> = (0..said.len()).filter(|candidate| best > 0 && said[*candidate] == best).collect();
        let stated = *named.first()?;
        let close = named.iter().any(|candidate| seen[first] - seen[*candidate] <= kb.hybrid_margin);
        (seen[first] >= kb.floor && !close).then_some(Gap { decision, stated, observed: first })
    })
}
