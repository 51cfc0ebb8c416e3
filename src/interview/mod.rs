//! The interview: one question after another until enough is known.
//!
//! A state machine that knows no terminal. It says what comes now ([`Step`]);
//! whoever asks tells it what the person did; after every answer the judge is
//! asked again, and his account says which question matters most, whether the
//! first verdict could still change, and when nothing is left to ask.
//!
//! It stops on arithmetic, not on a feeling: it *offers* to stop when at least
//! [`FIRM`] of the questions left would all have to be answered against the
//! leader to change the verdict, with some room to spare, and it has a *proof*
//! when all of them together could not take the first place from the leader.

pub mod draft;
pub mod effects;
mod lookout;
pub mod money;
pub mod reading;
pub mod simulate;

use crate::advice::next::{Ahead, FIRM, Next, Why};
use crate::advice::stability::Change;
use crate::answer::{Answer, Answers};
use crate::condition::Variable;
use crate::engine::Judgement;
use crate::engine::judge::Judge;
use crate::ids::{CandidateId, ClashId, DecisionId, FactId};
use std::collections::BTreeSet;

/// What comes now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A question.
    Question(Question),
    /// The verdict is firm enough to stop asking about it.
    Offer(Offer),
    /// Answers contradict each other: the number of the clash in the base.
    Clash(ClashId),
    /// The last page: every answer, to be confirmed or changed.
    Review,
    /// The person wants the advice.
    Done,
}

/// A question to put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The fact that is asked for.
    pub fact: FactId,
    /// Why it comes now; `None` if the person came back to it.
    pub(crate) why: Option<Why>,
    /// Whether it is asked early because it limits everything else: the deadline and the law.
    pub limits: bool,
}

/// The verdict is firm, and not proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The decision.
    pub decision: DecisionId,
    /// Its leader.
    pub leader: CandidateId,
    /// How many open answers at least would all have to speak against it to change it;
    /// `None` if all together would not, and only the first page is still open.
    pub against: Option<usize>,
    /// How many questions about it are left.
    pub left: usize,
    /// How many questions there are about everything else.
    pub further: usize,
    /// What single answers to those could still change on the first page.
    pub(crate) changes: BTreeSet<Change>,
}

/// What a person says to an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtOffer {
    /// The verdict will do: on to everything else.
    Onward,
    /// Ask on until it is proven.
    Check,
}

/// No question left can change the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// The decision.
    pub decision: DecisionId,
    /// Its leader.
    pub leader: CandidateId,
    /// How many questions about it need not be asked.
    pub spared: usize,
    /// Whether not even the answers to what the person did not know could change it.
    pub settled: bool,
    /// How many questions there are about everything else.
    pub further: usize,
}

/// How far a person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Questions put so far, this one not counted.
    pub asked: usize,
    /// About how many are left, this one counted: until the verdict is firm, or in all.
    pub left: usize,
    /// Whether that is only until the verdict is firm.
    pub deciding: bool,
}

/// Where the person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the first question that has no answer.
    Front,
    /// Back at the question with this number.
    Back(usize),
    /// Changing the answer to a fact from the last page.
    Changing(FactId),
}

/// A person being asked.
#[derive(Debug, Clone)]
pub struct Interview<'a> {
    judge: &'a Judge<'a>,
    answers: Answers,
    /// Facts that have been answered or declined, in the order in which that happened.
    asked: Vec<FactId>,
    /// How many of them came with the profile.
    given: usize,
    place: Place,
    judgement: Judgement,
    next: Option<Next>,
    ahead: Ahead,
    all: bool,
    enough: bool,
    done: bool,
    /// What was said to the offer about a leader.
    said: Option<(CandidateId, AtOffer)>,
    /// The leader whose proof has been told.
    told: Option<CandidateId>,
    proof: Option<Proof>,
    /// Facts that limit everything else and are asked before the verdict.
    first: Vec<FactId>,
    /// Facts that the law has to know of what runs or is planned.
    law: Vec<FactId>,
    /// What single answers could still change on the first page.
    changes: BTreeSet<Change>,
    /// Clashes that the person leaves as they are.
    borne: BTreeSet<ClashId>,
}

impl<'a> Interview<'a> {
    /// An interview that starts from what is known; `all` asks every question.
    #[must_use]
    pub fn new(judge: &'a Judge<'a>, answers: Answers, all: bool) -> Interview<'a> {
        let asked: Vec<FactId> = answers.facts().filter(|fact| !answers.is_open(*fact)).collect();
        let judgement = judge.judge(&answers);
        let given = asked.len();
        let mut new = Interview {
            judge,
            answers,
            asked,
            given,
            place: Place::Front,
            judgement,
            next: None,
            ahead: Ahead::default(),
            all,
            enough: false,
            done: false,
            said: None,
            told: None,
            proof: None,
            first: lookout::limits(judge.kb()),
            law: Vec::new(),
            changes: BTreeSet::new(),
            borne: BTreeSet::new(),
        };
        new.look_ahead(&[]);
        new.prove();
        new
    }

    /// What comes now.
    #[must_use]
    pub fn step(&self) -> Step {
        if self.done {
            return Step::Done;
        }
        let again = |fact: FactId| Step::Question(Question { fact, why: None, limits: false });
        match self.place {
            Place::Back(at) => return again(self.asked[at]),
            Place::Changing(fact) => return again(fact),
            Place::Front => {}
        }
        if let Some(clash) = self.clash() {
            return Step::Clash(clash);
        }
        if self.enough {
            return Step::Review;
        }
        if let Some(fact) = self.first.iter().copied().find(|fact| self.answers.is_open(*fact)) {
            return Step::Question(Question { fact, why: Some(Why::Opening), limits: true });
        }
        if let Some(offer) = self.offer() {
            return Step::Offer(offer);
        }
        match self.next() {
            Some(next) => {
                let limits = self.law.contains(&next.fact) && next.why == Why::Opening;
                Step::Question(Question { fact: next.fact, why: Some(next.why), limits })
            }
            None => Step::Review,
        }
    }

    fn clash(&self) -> Option<ClashId> {
        let clashes = self.judge.kb().clashes.pairs();
        let mut holding = clashes.filter(|(_, clash)| clash.when.truth(&self.answers, &()) == crate::truth::Truth::Yes);
        holding.find(|(number, _)| !self.borne.contains(number)).map(|(number, _)| number)
    }

    /// The answered facts that a clash is about.
    #[must_use]
    pub fn clashing(&self, clash: ClashId) -> Vec<FactId> {
        let variables = self.judge.kb().clashes[clash].when.variables();
        let fact = |variable| match variable {
            Variable::Fact(fact) if self.asked.contains(&fact) => Some(fact),
            _ => None,
        };
        variables.into_iter().filter_map(fact).collect()
    }

    /// The person leaves a clash as it is.
    pub fn bear(&mut self, clash: ClashId) {
        self.borne.insert(clash);
    }

    fn next(&self) -> Option<Next> {
        let kb = self.judge.kb();
        let early = self.asked.iter().all(|fact| self.first.contains(fact));
        if early && self.answers.is_open(kb.opening) {
            return Some(Next { fact: kb.opening, why: Why::Opening });
        }
        let next = self.next.clone();
        let any = || self.answers.facts().find(|fact| self.all && self.answers.is_open(*fact));
        next.or_else(|| any().map(|fact| Next { fact, why: Why::Opening }))
    }

    /// The first decision that keeps leaders, with its leader.
    fn verdict(&self) -> Option<(DecisionId, Option<CandidateId>)> {
        let decision = self.judgement.decisions.ids().find(|decision| self.judge.tables(*decision).is_some())?;
        Some((decision, self.judgement.decisions[decision].leader()))
    }

    fn offer(&self) -> Option<Offer> {
        let (decision, leader) = self.verdict()?;
        let leader = leader?;
        let against = self.ahead.against;
        if self.all || !self.ahead.is_firm() || (against.is_none() && self.changes.is_empty()) {
            return None;
        }
        let is_new = self.said.is_none_or(|(about, _)| about != leader);
        let (left, further) = (self.ahead.deciding.len(), self.ahead.further.len());
        let changes = self.changes.clone();
        is_new.then_some(Offer { decision, leader, against, left, further, changes })
    }

    /// Writes an answer down; `None` is "don't know". Does nothing where no question is asked.
    pub fn answer(&mut self, answer: Option<Answer>) {
        let Step::Question(Question { fact, .. }) = self.step() else { return };
        match answer {
            Some(answer) => self.answers.set(fact, Some(answer)),
            None => self.answers.decline(fact),
        }
        if !self.asked.contains(&fact) {
            self.asked.push(fact);
        }
        self.place = Place::Front;
        self.consider();
    }

    /// Leaves the answer of a question that the person came back to as it is.
    pub fn keep(&mut self) {
        self.place = Place::Front;
    }

    /// Goes back by one question; later answers are kept. False if there is none before.
    pub fn back(&mut self) -> bool {
        self.place = match self.place {
            Place::Front if self.asked.is_empty() => return false,
            Place::Front => Place::Back(self.asked.len() - 1),
            Place::Back(0) => return false,
            Place::Back(at) => Place::Back(at - 1),
            Place::Changing(_) => Place::Front,
        };
        true
    }

    /// The person has had enough: on to the last page.
    pub fn enough(&mut self) {
        self.enough = true;
        self.place = Place::Front;
    }

    /// What the person says to the offer that is made.
    pub fn choose(&mut self, choice: AtOffer) {
        if let Step::Offer(offer) = self.step() {
            self.said = Some((offer.leader, choice));
            self.consider();
        }
    }

    /// Asks once more for a fact that stands on the last page.
    pub fn change(&mut self, fact: FactId) {
        if self.asked.contains(&fact) {
            self.place = Place::Changing(fact);
        }
    }

    /// The person has confirmed the last page.
    pub fn finish(&mut self) {
        self.done = true;
    }

    fn consider(&mut self) {
        self.judgement = self.judge.judge(&self.answers);
        self.look_ahead(&[]);
        self.prove();
        let leader = self.verdict().and_then(|(_, leader)| leader);
        if let (Some((about, AtOffer::Onward)), Some((decision, _))) = (self.said, self.verdict())
            && leader == Some(about)
        {
            self.look_ahead(&[decision]);
        }
    }

    fn prove(&mut self) {
        let Some((decision, Some(leader))) = self.verdict() else { return };
        let spared = self.ahead.deciding.iter().filter(|fact| !self.ahead.further.contains(fact)).count();
        if self.ahead.against.is_none() && spared > 0 && self.told != Some(leader) && !self.all {
            let settled = self.judgement.decisions[decision].is_settled();
            self.told = Some(leader);
            self.proof = Some(Proof { decision, leader, spared, settled, further: self.ahead.further.len() });
        }
    }

    /// The proof, if one was reached since this was last called.
    pub(crate) fn take_proof(&mut self) -> Option<Proof> {
        self.proof.take()
    }

    /// How far the person is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let asked = self.asked.len() - self.given;
        if self.all {
            let left = self.answers.facts().filter(|fact| self.answers.is_open(*fact)).count();
            return Progress { asked, left, deciding: false };
        }
        let leader = self.verdict().and_then(|(_, leader)| leader);
        let passed = leader.is_some() && self.said == leader.map(|leader| (leader, AtOffer::Onward));
        let firm = leader.is_some() && self.ahead.against.is_none();
        if passed || firm || self.ahead.deciding.is_empty() {
            return Progress { asked, left: self.ahead.further.len(), deciding: false };
        }
        let usual = self.judge.kb().questions.as_ref().map_or(FIRM, |questions| questions.mean.div_ceil(10) as usize);
        let missing = FIRM.saturating_sub(self.ahead.near.unwrap_or(0)).max(1);
        let limits = self.first.iter().filter(|fact| self.answers.is_open(**fact)).count();
        // The usual number counts the limits, too.
        let left = usual.saturating_sub(asked).max(limits + missing).min(limits + self.ahead.deciding.len());
        Progress { asked, left, deciding: true }
    }

    /// The judgement as things stand.
    #[must_use]
    pub fn judgement(&self) -> &Judgement {
        &self.judgement
    }

    /// What is known.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// The facts that have been answered or declined, in the order in which that happened.
    #[must_use]
    pub fn asked(&self) -> &[FactId] {
        &self.asked
    }

    /// The judge.
    #[must_use]
    pub fn judge(&self) -> &'a Judge<'a> {
        self.judge
    }
}
