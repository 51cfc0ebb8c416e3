//! Stated against observed: what people believe to be, and what can be seen.
//!
//! People copy the model of a type that they believe to be. So the judgement
//! names the gap when the stated facts alone and the observed facts alone lead
//! to different candidates, and the observed ones are clear enough to say so. What
//! earlier decisions keep is no statement, so it counts among what is observed only:
//! nothing is said to be stated where no stated fact is answered.

use super::chain::Kept;
use super::judgement::Gap;
use super::kernel::Rule;
use super::score::all_points;
use crate::answer::Answers;
use crate::fact::Nature;
use crate::kb::{Keep, KnowledgeBase};

/// The gap, if there is one, of the first leader decision that has one.
#[must_use]
pub fn gap(kb: &KnowledgeBase, answers: &Answers, kept: &Kept) -> Option<Gap> {
    let only = |nature: Nature| {
        let mut part = Answers::unknown(kb.facts.len());
        for (fact, _) in kb.facts.pairs().filter(|(_, one)| one.nature == nature) {
            part.set(fact, answers.get(fact));
        }
        part
    };
    let (stated, observed) = (only(Nature::Stated), only(Nature::Observed));
    let leaders = kb.decisions.pairs().filter(|(_, decision)| decision.keep == Keep::Leaders);
    leaders.map(|(decision, _)| decision).find_map(|decision| {
        let points = |answers: &Answers, kept: &Kept| all_points(kb, decision, answers, kept);
        let (stated, observed) = Rule::of(kb).gap(&points(&stated, &Kept::default()), &points(&observed, kept))?;
        Some(Gap { decision, stated, observed })
    })
}
