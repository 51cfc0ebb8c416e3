//! Advice: what follows from a judgement for a person.
//!
//! The engine judges and proves; here it is said what to ask next, what is run
//! today and does not fit, which real community is most alike, and what stands
//! on the first page.

pub mod course;
pub mod fit;
pub mod nearest;
pub mod next;
pub mod payers;
pub mod slots;

use crate::answer::Answers;
use crate::engine::Judgement;
use crate::engine::judge::Judge;
use crate::engine::running::running;
use crate::kb::KnowledgeBase;
use fit::Misfit;
use nearest::{Nearest, Neighbours};
use next::Next;
use slots::Screen;

/// The advice on one profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// What it follows from.
    pub judgement: Judgement,
    /// What is done today that is not open, per fact whose options are candidates.
    pub misfits: Vec<Misfit>,
    /// The open question most worth answering.
    pub next: Option<Next>,
    /// What the first page shows.
    pub screen: Screen,
    /// The real community that answers most alike, if one is like enough.
    pub nearest: Option<Nearest>,
    /// Whether it is known what is run today, so that misfits would show.
    pub sells: bool,
}

/// The whole advice on one profile.
///
/// ```
/// use qun::{advice::advise, answer::Answers, kb::KnowledgeBase};
/// let kb = KnowledgeBase::embedded();
/// let nothing = advise(&kb, &Answers::unknown(kb.facts.len()));
/// assert!(nothing.judgement.decisions[0].chosen.is_empty()); // it abstains
/// assert!(nothing.next.is_some()); // and says what to answer first
/// ```
#[must_use]
pub fn advise(kb: &KnowledgeBase, answers: &Answers) -> Advice {
    Adviser::new(kb).advise(answers)
}

/// A base with its tables, for advising on many profiles.
#[derive(Debug, Clone)]
pub struct Adviser<'a> {
    judge: Judge<'a>,
    neighbours: Neighbours,
}

impl<'a> Adviser<'a> {
    /// Compiles a base.
    #[must_use]
    pub fn new(kb: &'a KnowledgeBase) -> Adviser<'a> {
        Adviser { judge: Judge::new(kb), neighbours: Neighbours::new(kb) }
    }

    /// The judge whose judgement the advice follows from.
    #[must_use]
    pub fn judge(&self) -> &Judge<'a> {
        &self.judge
    }

    /// The whole advice on one profile.
    #[must_use]
    pub fn advise(&self, answers: &Answers) -> Advice {
        let kb = self.judge.kb();
        let judgement = self.judge.judge(answers);
        Advice {
            misfits: fit::misfits(kb, answers, &judgement.decisions),
            next: course::course(&self.judge, answers, &judgement, &[]).0,
            screen: slots::screen(kb, answers, &judgement.decisions),
            nearest: self.neighbours.nearest(kb, answers),
            sells: !running(kb, answers).is_empty(),
            judgement,
        }
    }
}
