//! Simulated interviews: every case of the base answers the questions as asked.
//!
//! What a case does not say is answered "don't know". The number of questions
//! until the offer is what the manifest makes a promise about.

use super::lookout;
use crate::advice::course::verdict;
use crate::advice::next::Ahead;
use crate::answer::Answers;
use crate::engine::judge::Judge;
use crate::ids::{CandidateId, CaseId, FactId};
use crate::kb::KnowledgeBase;

/// How one case went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// The case.
    pub case: CaseId,
    /// Questions until the offer; if none was made, until no question about the verdict was left.
    pub offer: usize,
    /// Questions until the proof, if the person asks on; as above if none was reached.
    pub proof: usize,
    /// The leader when the offer was made, or at the end.
    pub offered: Option<CandidateId>,
    /// The leader when the proof was reached, or at the end.
    pub proven: Option<CandidateId>,
    /// Whether the verdict was proven rather than asked to the end.
    pub is_proven: bool,
    /// The leader with all answers of the case.
    pub leader: Option<CandidateId>,
}

/// In which order questions are put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// What matters most comes next.
    Adaptive,
    /// The order of the base.
    Fixed,
}

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
    let runs: Vec<usize> = kb.seen().map(|case| until_offer(&judge, &case.answers, Order::Adaptive).0).collect();
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

/// Lets a case answer until the end.
#[must_use]
pub fn run(judge: &Judge<'_>, case: CaseId, order: Order) -> Run {
    let told = &judge.kb().cases[case].answers;
    let (offer, offered) = until_offer(judge, told, order);
    let (proof, proven, is_proven) = until_proof(judge, told, order);
    let leader = verdict(judge, told).and_then(|verdict| verdict.leader);
    Run { case, offer, proof, offered, proven, is_proven, leader }
}

fn until_offer(judge: &Judge<'_>, told: &Answers, order: Order) -> (usize, Option<CandidateId>) {
    let (asked, leader, _) = ask(judge, told, order, |ahead| ahead.against.is_none() || ahead.is_firm());
    (asked, leader)
}

fn until_proof(judge: &Judge<'_>, told: &Answers, order: Order) -> (usize, Option<CandidateId>, bool) {
    ask(judge, told, order, |ahead| ahead.against.is_none())
}

/// Asks what limits everything else, then about the first leader decision until `stop` holds of a leader, or until
/// no question about it is left: how many, the leader, and whether it stopped.
fn ask(judge: &Judge<'_>, told: &Answers, order: Order, stop: impl Fn(&Ahead) -> bool) -> (usize, Option<CandidateId>, bool) {
    let mut answers = Answers::unknown(told.len());
    let first = lookout::limits(judge.kb());
    for fact in first.iter() {
        reply(&mut answers, told, *fact);
    }
    let mut asked = first.len();
    loop {
        let Some(verdict) = verdict(judge, &answers) else { return (0, None, false) };
        let is_reached = verdict.leader.is_some() && stop(&verdict.ahead);
        let fact = match order {
            Order::Adaptive => verdict.next.map(|next| next.fact),
            Order::Fixed => verdict.ahead.deciding.first().copied(),
        };
        match fact {
            Some(fact) if !is_reached => reply(&mut answers, told, fact),
            _ => return (asked, verdict.leader, is_reached),
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
