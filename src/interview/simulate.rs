//! Simulated interviews: every case of the base answers the questions as asked.
//!
//! What a case does not say is answered "don't know". The number of questions
//! until the offer is what the manifest makes a promise about.

use super::lookout;
use crate::advice::course::{Verdict, verdict};
use crate::advice::next::Ahead;
use crate::answer::Answers;
use crate::engine::judge::Judge;
use crate::ids::{CandidateId, FactId};
use crate::kb::KnowledgeBase;

/// Lengths over all cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// The most questions of any case until the offer.
    pub most: usize,
    /// Their sum over the cases.
    pub sum: usize,
    /// How many cases were asked.
    pub cases: usize,
}

impl Length {
    /// The mean in tenths, rounded up.
    #[must_use]
    pub fn mean(&self) -> usize {
        (self.sum * 10).div_ceil(self.cases.max(1))
    }
}

/// How many questions the cases that are not kept apart take until the offer.
#[must_use]
pub fn length(kb: &KnowledgeBase) -> Length {
    let judge = Judge::new(kb);
    let runs: Vec<usize> = kb.seen().map(|case| ask(&judge, &case.answers, next, is_offered).questions).collect();
    Length { most: runs.iter().copied().max().unwrap_or_default(), sum: runs.iter().sum(), cases: runs.len() }
}

/// The promise of the base about the length, if the cases break it.
#[must_use]
pub fn broken_promise(kb: &KnowledgeBase) -> Option<Broken> {
    let promised = kb.questions.clone()?;
    let found = length(kb);
    let is_kept = found.most <= usize::from(promised.most) && found.mean() <= usize::from(promised.mean);
    (!is_kept).then_some(Broken { promised, found })
}

/// A promise about the length of the interview that is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// What the manifest says.
    pub promised: crate::kb::Questions,
    /// What the cases take.
    pub found: Length,
}

/// What matters most comes next.
pub fn next(verdict: &Verdict) -> Option<FactId> {
    verdict.next.as_ref().map(|next| next.fact)
}

/// Whether it is offered to stop.
pub fn is_offered(ahead: &Ahead) -> bool {
    ahead.against.is_none() || ahead.is_firm()
}

/// How asking ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// How many questions were put.
    pub questions: usize,
    /// The leader then.
    pub leader: Option<CandidateId>,
    /// Whether it was stopped; else no question about the verdict was left.
    pub is_stopped: bool,
}

/// Asks what limits everything else, then about the first leader decision as `next` says until `stop` holds of a
/// leader, or until no question about it is left.
pub fn ask(judge: &Judge<'_>, told: &Answers, next: impl Fn(&Verdict) -> Option<FactId>, stop: impl Fn(&Ahead) -> bool) -> Asked {
    let mut answers = Answers::unknown(told.len());
    let first = lookout::limits(judge.kb());
    for fact in &first {
        reply(&mut answers, told, *fact);
    }
    let mut asked = first.len();
    loop {
        let Some(verdict) = verdict(judge, &answers) else {
            return Asked { questions: 0, leader: None, is_stopped: false };
        };
        let is_reached = verdict.leader.is_some() && stop(&verdict.ahead);
        match next(&verdict) {
            Some(fact) if !is_reached => reply(&mut answers, told, fact),
            _ => return Asked { questions: asked, leader: verdict.leader, is_stopped: is_reached },
        }
        asked += 1;
    }
}

fn reply(answers: &mut Answers, told: &Answers, fact: FactId) {
    match told.get(fact) {
        Some(answer) => answers.set(fact, Some(answer)),
        None => answers.decline(fact),
    }
}
