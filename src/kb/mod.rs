//! The knowledge base, checked: whoever holds one knows that every id resolves.
//!
//! The way in is [`KnowledgeBase::load`]: files ([`files`]) are read by their
//! [`form`] into the base as written, and resolved into the model
//! below, in which facts, decisions and candidates are indices. Faults of every
//! file come out of one run.

pub mod blocks;
mod candidate;
pub mod case;
pub mod citation;
pub mod clash;
pub mod effort;
pub mod files;
pub mod find;
pub mod form;
mod image;
pub mod law;
mod load;
pub mod money;
mod parse;
mod raw;
mod resolve;
pub mod rules;
mod source;
mod teller;
pub mod template;
pub mod trade;

use crate::diagnostic::{Diagnostic, Files, Place};
use crate::fact::Facts;
use crate::ids::{
    CandidateId, CaseId, ClashId, DecisionId, FactGroupId, FactId, GroupId, IndexVec, PlatformId, RuleId, SectionId, TradeId,
    UnitId, WordId,
};
use crate::text::Text;
pub use candidate::{Candidate, Evidence, Figure, Need, NeedKind, Origin, SourcedText, Variant};
pub use case::{Case, CaseOutcome, Record, Runs};
pub use files::Folder;
use serde::{Deserialize, Serialize};
pub use source::{Claim, Document, Gap, Restored, Sentence, Sources};
pub use teller::Teller;

/// The most lines of evidence of one candidate.
pub const MOST_LINES: usize = 1_000;
/// The most options of a several-choices fact that takes part in conditions.
pub const MOST_CHOICES: usize = 12;
/// The greatest strength, for or against.
pub const GREATEST_STRENGTH: i64 = 100;

/// A checked knowledge base.
#[derive(Debug, Clone)]
pub struct KnowledgeBase {
    /// Its version, as the maintainers count.
    pub(crate) version: String,
    /// First 12 hex digits of the hash of its files.
    pub(crate) hash: String,
    /// What it is called.
    pub(crate) name: Text,
    /// Groups of facts, in the order in which a person would be asked.
    pub(crate) groups: IndexVec<FactGroupId, Named>,
    /// The facts, in that order.
    pub(crate) facts: Facts,
    /// The decisions, in the order in which they are taken.
    pub(crate) decisions: IndexVec<DecisionId, Decision>,
    /// Named strengths and their points.
    pub(crate) strengths: Vec<(String, i32)>,
    /// Units of figures.
    pub(crate) units: IndexVec<UnitId, Named>,
    /// The fact that is asked first.
    pub(crate) opening: FactId,
    /// The points that a leader needs.
    pub(crate) floor: i32,
    /// The points that a second needs.
    pub(crate) second_floor: i32,
    /// How many points a second may be behind.
    pub(crate) hybrid_margin: i32,
    /// How many points behind, by what is seen, something said may be before it is called a gap.
    pub(crate) gap_margin: i32,
    /// What tempers the odds, in thousandths (100 to 100,000).
    pub(crate) temperature: i64,
    /// How many questions may be asked, if the base promises it.
    pub(crate) questions: Option<Questions>,
    /// What the first screen is made of.
    pub(crate) screen: Screen,
    /// Real communities with the verdict a person gave them.
    pub(crate) cases: IndexVec<CaseId, Case>,
    /// What the knowledge leans on.
    pub(crate) sources: Sources,
    /// What must never be recommended.
    pub(crate) invariants: Vec<rules::Invariant>,
    /// Words that texts may leave open.
    pub(crate) words: IndexVec<WordId, template::Word>,
    /// How well decisions must come out over the cases, as far as it promises that.
    pub(crate) measured: Vec<effort::Measured>,
    /// How many entries it says that it has.
    #[allow(dead_code, reason = "the tests of a base hold it to what it says of itself")]
    pub(crate) counts: effort::Counts,
    /// By when money is needed, if a fact asks that.
    pub(crate) deadline: Option<effort::Deadline>,
    /// What plans lean on.
    pub(crate) plan: effort::PlanSettings,
    /// When something runs that the law forbids, by the decision of what runs (see [`law`]).
    stops: Vec<(DecisionId, crate::condition::Condition)>,
    /// Rules of the law, sorted by id.
    pub(crate) rules: IndexVec<RuleId, law::Rule>,
    /// The fact whose options are the trades, if there are trades.
    pub(crate) trade_fact: Option<FactId>,
    /// Trades, sorted by id.
    pub(crate) trades: IndexVec<TradeId, trade::Trade>,
    /// Platforms, sorted by id.
    pub(crate) platforms: IndexVec<PlatformId, trade::Platform>,
    /// Answers that contradict each other.
    pub(crate) clashes: IndexVec<ClashId, clash::Clash>,
    /// What forecasts lean on; `None` for a base that forecasts nothing.
    pub(crate) money: Option<money::Money>,
    /// Lints that the base does without.
    pub(crate) allowances: Vec<rules::Allowance>,
}

/// An id and a name.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Named {
    /// The id.
    pub id: String,
    /// The name.
    pub name: Text,
}

/// Something that the advisor decides.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Decision {
    /// Its id.
    pub id: String,
    /// The folder with its candidates.
    pub(crate) folder: String,
    /// How many candidates it keeps.
    pub keep: Keep,
    /// What the reports call it.
    pub heading: Text,
    /// The text sections of its candidates, in order.
    pub(crate) sections: IndexVec<SectionId, Section>,
    /// The groups that its candidates are sorted into.
    pub(crate) groups: IndexVec<GroupId, Named>,
    /// What is said when it abstains.
    pub neither: Option<Text>,
    /// What is said of a second: a sentence with the gap `{name}`.
    pub second: Option<Text>,
    /// Whether nothing is proven about it: then its conditions may join any
    /// number of facts, it is never settled, and every choice of it stays possible.
    pub(crate) unproven: bool,
    /// The candidates, in the order that breaks ties.
    pub candidates: IndexVec<CandidateId, Candidate>,
}

/// How many candidates a decision keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Keep {
    /// The leader, and a second that is close behind.
    Leaders,
    /// Every candidate with points for it.
    All,
}

/// A kind of text that candidates have.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Section {
    /// Its id.
    pub id: String,
    /// What stands above it.
    pub heading: Text,
    /// Whether a candidate may do without it.
    pub optional: bool,
}

/// A section of a decision's candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionRef {
    /// The decision.
    pub decision: DecisionId,
    /// The section, as an index into the decision's sections.
    pub section: SectionId,
}

/// What the first screen of the advice is made of.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Screen {
    /// The first sentence: a section of the leader.
    pub verdict: SectionRef,
    /// Where the red line is looked for, in this order.
    pub red_line: Vec<SectionRef>,
    /// Sections that are said only where nothing is planned, so that nothing is advised twice.
    pub unplanned: Vec<SectionRef>,
}

/// A promise: how many questions it takes, over the cases, until the first
/// verdict is firm enough to offer to stop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Questions {
    /// At most, in any case.
    pub most: u16,
    /// On average, in tenths.
    pub mean: u16,
    /// Where the average stands.
    pub place: Place,
}

impl KnowledgeBase {
    /// Checks the files of a base.
    ///
    /// # Errors
    ///
    /// Every fault of every file, in the order of files and places; places
    /// point into `files`.
    pub fn load(folder: &Folder, files: &mut Files) -> Result<KnowledgeBase, Vec<Diagnostic>> {
        let mut faults = Vec::new();
        let mut base = load::load(folder, files, &mut faults);
        let broken = std::mem::take(&mut base.broken);
        // Nothing can be looked up where the manifest is in pieces.
        let resolved = if broken.manifest { None } else { resolve::resolve(base, folder, &mut faults) };
        match resolved {
            Some(kb) if faults.is_empty() => Ok(kb),
            _ => {
                crate::diagnostic::sort(files, &mut faults);
                load::without_echoes(&broken, &mut faults);
                Err(faults)
            }
        }
    }

    /// Checks files of cases that do not belong to the base against it, sorted by id.
    ///
    /// # Errors
    ///
    /// Every fault of every file, in the order of files and places; places
    /// point into `files`.
    pub(crate) fn read_cases(&self, folder: &Folder, files: &mut Files) -> Result<IndexVec<CaseId, Case>, Vec<Diagnostic>> {
        let mut faults = Vec::new();
        let written = load::cases(folder, files, &mut faults);
        let cases = resolve::cases(self, written, &mut faults);
        if faults.is_empty() {
            return Ok(cases);
        }
        crate::diagnostic::sort(files, &mut faults);
        Err(faults)
    }

    /// Its version, as the maintainers count.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The first 12 hex digits of the hash of its files.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &Text {
        &self.name
    }

    /// What can be known about a community, in the order in which a person would be asked.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// What is decided, in the order in which decisions are taken.
    #[must_use]
    pub fn decisions(&self) -> &IndexVec<DecisionId, Decision> {
        &self.decisions
    }

    /// The fact with this id or label, in either language.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<FactId> {
        crate::fact::find(&self.facts, name)
    }

    /// The decision with this id.
    #[must_use]
    pub fn decision(&self, id: &str) -> Option<DecisionId> {
        self.decisions.position(|decision| decision.id == id)
    }

    /// A candidate.
    #[must_use]
    pub fn candidate(&self, decision: DecisionId, candidate: CandidateId) -> &Candidate {
        &self.decisions[decision].candidates[candidate]
    }

    /// The text of a candidate in a section, if it has one.
    #[must_use]
    pub(crate) fn text(&self, at: SectionRef, candidate: CandidateId) -> Option<&SourcedText> {
        self.candidate(at.decision, candidate).texts[at.section].as_ref()
    }

    /// The cases that the base was made with: those that are not kept apart.
    pub(crate) fn seen(&self) -> impl Iterator<Item = &Case> {
        self.cases.iter().filter(|case| !case.unseen)
    }

    /// What is promised of a decision, if anything is.
    #[must_use]
    pub(crate) fn measured(&self, decision: DecisionId) -> Option<&effort::Measured> {
        self.measured.iter().find(|one| one.decision == decision)
    }

    /// A title for a source reference such as `judgement` or `eight-models#4`.
    #[must_use]
    pub(crate) fn document(&self, reference: &str) -> Option<&Document> {
        let id = reference.split('#').next().unwrap_or(reference);
        self.sources.documents.iter().find(|document| document.id == id)
    }
}

impl Decision {
    /// Whether one of its candidates serves one of another decision.
    #[must_use]
    pub fn serves(&self, other: DecisionId) -> bool {
        self.candidates.iter().flat_map(|one| &one.serves).any(|(decision, _)| *decision == other)
    }

    /// Whether one of its candidates makes the community larger or sell more.
    #[must_use]
    pub fn grows(&self) -> bool {
        self.candidates.iter().any(|one| one.grows)
    }

    /// The number of the candidate with this id.
    #[must_use]
    pub fn candidate(&self, id: &str) -> Option<CandidateId> {
        self.candidates.position(|candidate| candidate.id == id)
    }
}
