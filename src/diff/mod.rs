//! What an edit of a base does: to its words, to its cases, to everybody's verdict.
//!
//! Two bases are compared thing by thing ([`changes`]), which tells the step that
//! the version must take ([`version`]). A profile of the old base is read by the
//! new one as far as that can ([`carry`]), and judged by both ([`verdicts`]): the
//! cases, and whatever profiles are at hand. For everybody else, each pair of
//! leaders has a witness or a proof that there is none ([`flips`]).

pub mod carry;
pub mod changes;
pub mod entries;
pub mod flips;
pub mod gains;
pub mod joint;
pub mod passages;
pub mod profiles;
pub mod verdicts;
pub mod version;

use crate::ids::CaseId;
use crate::kb::{Folder, KnowledgeBase};
use changes::{Change, Step};
use flips::Flips;
use joint::Bases;
use verdicts::Moved;
use version::Taken;

/// Two bases, and everything that differs between them.
#[derive(Debug, Clone)]
pub struct Diff<'a> {
    /// The bases.
    pub bases: Bases<'a>,
    /// What the files say otherwise.
    pub changes: Vec<Change>,
    /// The step of the version that this calls for, if any.
    pub called_for: Option<Step>,
    /// The step that the version takes.
    pub taken: Taken,
    /// Who can lead after whom.
    pub flips: Vec<Flips>,
    /// The cases of both bases that come out otherwise.
    pub cases: Vec<Case>,
    /// How many cases both bases have.
    pub common: usize,
}

/// A case of both bases that comes out otherwise.
#[derive(Debug, Clone)]
pub struct Case {
    /// The case, in the old base and in the new one.
    pub case: [CaseId; 2],
    /// What became of it.
    pub moved: Moved,
    /// Whether its answers are others, too.
    pub is_edited: bool,
    /// Whether its first expected label led, by either base; `None` if it expects nothing.
    pub is_met: Option<[bool; 2]>,
}

impl<'a> Diff<'a> {
    /// Everything that differs.
    #[must_use]
    pub fn of(old: (&Folder, &'a KnowledgeBase), new: (&Folder, &'a KnowledgeBase)) -> Diff<'a> {
        let bases = Bases::new(old.1, new.1);
        let changes = changes::changes(old, new);
        let called_for = changes.iter().map(|change| change.step).max();
        let taken = version::taken(&old.1.version, &new.1.version);
        let (cases, common) = cases(&bases);
        let flips = flips::flips(&bases);
        Diff { bases, changes, called_for, taken, flips, cases, common }
    }

    /// Whether the version takes the step that is called for.
    #[must_use]
    pub fn is_version_due(&self) -> bool {
        !self.taken.suffices(self.called_for)
    }
}

/// The cases of both bases that come out otherwise, and how many both bases have.
fn cases(bases: &Bases<'_>) -> (Vec<Case>, usize) {
    let (mut found, mut common) = (Vec::new(), 0);
    for (number, case) in bases.old.cases.pairs() {
        let Some(other) = bases.new.cases.position(|other| other.id == case.id) else { continue };
        common += 1;
        let answers = &bases.new.cases[other].answers;
        let moved = verdicts::moved_with(bases, &case.answers, answers);
        if !moved.is_nothing() {
            let is_edited = bases.carry.answers(&case.answers) != *answers;
            let is_met = is_met(bases, [number, other]);
            found.push(Case { case: [number, other], moved, is_edited, is_met });
        }
    }
    (found, common)
}

/// Whether the first label that a case expects of the first decision leads, by either base.
fn is_met(bases: &Bases<'_>, case: [CaseId; 2]) -> Option<[bool; 2]> {
    let of = |kb: &KnowledgeBase, case: CaseId| {
        let case = &kb.cases[case];
        let (decision, labels) = case.expect.first()?;
        let first = labels.first()?;
        let leader = crate::proof::outcome::chosen(kb, &case.answers, *decision, None).leader();
        Some(leader == Some(*first))
    };
    Some([of(bases.old, case[0])?, of(bases.new, case[1])?])
}
