//! Advice: what follows from a judgement for a person.
//!
//! The engine judges and proves; here it is said what to ask next, what is run
//! today and does not fit, which real community is most alike, and what stands
//! on the first page.

pub mod course;
pub mod drafts;
pub mod earning;
pub mod fit;
pub mod law;
pub mod nearest;
pub mod next;
pub mod next_money;
pub mod order;
pub mod plan;
pub mod schedule;
pub mod stability;
pub mod stands;

use crate::answer::Answers;
use crate::engine::Judgement;
use crate::engine::judge::Judge;
use crate::engine::running::running;
use crate::kb::KnowledgeBase;
use crate::money::link::Subject;
use crate::money::stream::Stream;
use crate::profile::streams::Streams;
use crate::proof::robust::{Robust, Robustness};
use fit::Misfit;
use law::Note;
use nearest::{Nearest, Neighbours};
use next::{Next, Why};
use plan::Plan;
use stability::Open;

/// The advice on one profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// What it follows from.
    pub judgement: Judgement,
    /// What is done today that is not open, per fact whose options are candidates.
    pub(crate) misfits: Vec<Misfit>,
    /// The open question most worth answering.
    pub(crate) next: Option<Next>,
    /// What is done in the next twelve weeks.
    pub(crate) plan: Plan,
    /// The rules of the law that concern the community, and how they stand.
    pub(crate) law: Vec<Note>,
    /// The questions of which a single answer would change the first page, the gravest first.
    pub(crate) open: Vec<Open>,
    /// The real community that answers most alike, if one is like enough.
    pub(crate) nearest: Option<Nearest>,
    /// How much has to be wrong before another candidate leads; `None` where none does.
    pub(crate) robust: Option<Robust>,
    /// Whether it is known what is run today, so that misfits would show.
    pub(crate) sells: bool,
    /// The streams whose money is worked out: those that go on and those that begin.
    pub(crate) earning: Vec<Stream>,
    /// Whether what begins is ordered by money as well as by fit.
    pub(crate) by_money: bool,
    /// The operator's own numbers of them.
    pub(crate) own: Streams,
}

/// The whole advice on one profile.
///
/// ```
/// use qun::{Answers, DecisionId, KnowledgeBase, advise};
/// let kb = KnowledgeBase::embedded();
/// let nothing = advise(&kb, &Answers::unknown(kb.facts().len()));
/// assert!(nothing.judgement.decisions[DecisionId::new(0)].lead().is_none()); // it abstains, and says what to answer first
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
    robustness: Robustness,
}

impl<'a> Adviser<'a> {
    /// Compiles a base.
    #[must_use]
    pub fn new(kb: &'a KnowledgeBase) -> Adviser<'a> {
        let judge = Judge::new(kb);
        Adviser { robustness: Robustness::new(&judge), judge, neighbours: Neighbours::new(kb) }
    }

    /// The judge whose judgement the advice follows from.
    #[must_use]
    pub fn judge(&self) -> &Judge<'a> {
        &self.judge
    }

    /// The whole advice on answers alone.
    #[must_use]
    pub fn advise(&self, answers: &Answers) -> Advice {
        self.advise_with(answers, &Streams::default())
    }

    /// The whole advice on answers and an operator's own numbers.
    #[must_use]
    pub fn advise_with(&self, answers: &Answers, own: &Streams) -> Advice {
        let kb = self.judge.kb();
        let judgement = self.judge.judge(answers);
        let stands = stands::stands(kb, answers);
        let plan = plan::plan_with(kb, (answers, own), &stands);
        let open = stability::open_with(kb, (answers, own));
        let subject = Subject { kb, answers, own, kept: &stands.kept };
        Advice {
            misfits: fit::misfits(kb, answers, &judgement.decisions),
            next: next(kb, answers, &open, &plan),
            law: law::notes(kb, answers),
            earning: earning::streams(kb, &stands, &plan),
            by_money: kb.plan.sections.is_some_and(|at| order::is_by_money(&subject, &stands, at.begin.decision)),
            own: own.clone(),
            open,
            plan,
            nearest: self.neighbours.nearest(kb, answers),
            robust: self.robustness.of(kb, answers),
            sells: !running(kb, answers).is_empty(),
            judgement,
        }
    }
}

/// The question most worth answering: the first one while nothing is known, then what
/// the law has to know where one is likely to concern what runs, then the one that may
/// change the page most, then what else the law has to know; none if nothing is left.
fn next(kb: &KnowledgeBase, answers: &Answers, open: &[Open], plan: &Plan) -> Option<Next> {
    if answers.known() == 0 && answers.is_open(kb.opening) {
        return Some(Next { fact: kb.opening, why: Why::Opening });
    }
    let law = plan.open_law.iter().copied().find(|fact| answers.is_open(*fact));
    let law = law.map(|fact| Next { fact, why: Why::Law });
    let page = || open.first().map(|one| Next { fact: one.fact, why: Why::Changes(one.changes.iter().copied().collect()) });
    if plan.looming.is_empty() { page().or(law) } else { law.or_else(page) }
}
