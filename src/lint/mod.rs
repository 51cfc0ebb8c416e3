//! Lints: what a sound base can still get wrong.
//!
//! One file per lint, named as the lint is. A lint looks at the checked base
//! and says where; its words stand with the shell's words, its page in
//! `README.md` next to this file. The base may do without a lint at a place if
//! it says why; an allowance that is of no use is a finding itself.

mod broken_invariants;
mod closed_candidates;
mod constant_conditions;
mod coverage_gaps;
mod ever_open_candidates;
mod idle_facts;
mod idle_lines;
mod idle_options;
mod impossible_chains;
mod indistinct_candidates;
mod missed_cases;
mod missed_measures;
mod needless_markers;
mod overlong_questionnaires;
mod toml_1_1_forms;
mod undated_figures;
mod undecided_proofs;
mod uneven_ceilings;
mod unopposed_candidates;
mod unreachable_candidates;
mod unsorted_lists;
mod unsourced_evidence;
mod unsourced_figures;
mod untried_lines;
mod unused_allowances;
mod unused_facts;
mod unused_options;
mod unused_sources;

use crate::answer::Answers;
use crate::diagnostic::{Diagnostic, Files, Level, Place, sort};
use crate::ids::{CandidateId, DecisionId, FactId};
use crate::kb::KnowledgeBase;
use crate::proof::{self, Proofs};
use std::cell::OnceCell;

/// What is linted.
#[derive(Debug)]
pub struct Subject<'a> {
    /// The base.
    pub kb: &'a KnowledgeBase,
    /// Its files.
    pub files: &'a Files,
    /// The name of its folder, under which its files are shown.
    pub root: &'a str,
    /// The least share of the base that the cases must reach, in percent.
    pub min_coverage: Option<u32>,
    proofs: OnceCell<Proofs>,
}

impl<'a> Subject<'a> {
    /// A base to be linted.
    #[must_use]
    pub fn new(kb: &'a KnowledgeBase, files: &'a Files, root: &'a str) -> Subject<'a> {
        Subject { kb, files, root, min_coverage: None, proofs: OnceCell::new() }
    }

    /// Everything that is proven about the base; worked out once.
    pub fn proofs(&self) -> &Proofs {
        self.proofs.get_or_init(|| Proofs::of(self.kb))
    }

    /// The path of a place below the base, without `.toml`.
    fn path(&self, place: &Place) -> &str {
        let name = self.files.name(place.file);
        let below = name.strip_prefix(self.root).map_or(name, |rest| rest.trim_start_matches('/'));
        below.strip_suffix(".toml").unwrap_or(below)
    }
}

impl Subject<'_> {
    /// Whether the lines of a candidate can matter at all: it can win, or be open.
    fn can_matter(&self, decision: DecisionId, candidate: CandidateId) -> bool {
        self.proofs().is_reachable(decision, candidate) && self.proofs().can_open((decision, candidate))
    }

    /// Whether only candidates that cannot matter read a fact; their fault is told with them.
    fn is_read_idly(&self, fact: FactId) -> bool {
        let readers = self.kb.decisions.pairs().flat_map(|(number, decision)| {
            let reads = move |one: &crate::kb::Candidate| {
                let evidence = one.evidence.iter().map(|line| &line.when);
                evidence.chain(one.needs.iter().map(|need| &need.when)).any(|when| proof::idle::reads(when, fact))
            };
            decision.candidates.pairs().filter(move |(_, one)| reads(one)).map(move |(at, _)| (number, at))
        });
        let readers: Vec<_> = readers.collect();
        !readers.is_empty() && readers.iter().all(|(decision, candidate)| !self.can_matter(*decision, *candidate))
    }

    /// Whether a condition asks for a candidate that can never win.
    fn rests_on_the_unreachable(&self, condition: &proof::Condition) -> bool {
        let one = self.kb.candidate(condition.at.0, condition.at.1);
        let when = match condition.part {
            proof::Part::Evidence(line) => &one.evidence[line].when,
            proof::Part::Need(need) => &one.needs[need].when,
        };
        let mut found = false;
        when.atoms(&mut |atom| {
            if let crate::condition::Condition::Chosen { decision, candidate } = atom {
                found |= !self.proofs().is_reachable(*decision, *candidate);
            }
        });
        found
    }
}

/// A profile as a reader sees it in a message.
fn on_one_line(kb: &KnowledgeBase, profile: &Answers) -> String {
    crate::profile::toml::write(&kb.facts, profile).trim_end().replace('\n', "; ")
}

/// One kind of finding.
pub trait Lint: Sync {
    /// Its kebab-case name: a plural noun that reads well after "allow".
    fn name(&self) -> &'static str;

    /// How grave it is unless the caller says otherwise; `None` if it has to be asked for.
    fn level(&self) -> Option<Level>;

    /// Looks for it.
    fn check(&self, on: &Subject<'_>, found: &mut Vec<Diagnostic>);

    /// A finding of this lint, without particulars yet.
    fn finding(&self, place: &Place) -> Diagnostic {
        Diagnostic::error(self.name(), place.clone())
    }
}

/// Every lint, by name.
pub const ALL: [&dyn Lint; 28] = [
    &broken_invariants::BrokenInvariants,
    &closed_candidates::ClosedCandidates,
    &constant_conditions::ConstantConditions,
    &coverage_gaps::CoverageGaps,
    &ever_open_candidates::EverOpenCandidates,
    &idle_facts::IdleFacts,
    &idle_lines::IdleLines,
    &idle_options::IdleOptions,
    &impossible_chains::ImpossibleChains,
    &indistinct_candidates::IndistinctCandidates,
    &missed_cases::MissedCases,
    &missed_measures::MissedMeasures,
    &needless_markers::NeedlessMarkers,
    &overlong_questionnaires::OverlongQuestionnaires,
    &toml_1_1_forms::Toml11Forms,
    &undated_figures::UndatedFigures,
    &undecided_proofs::UndecidedProofs,
    &uneven_ceilings::UnevenCeilings,
    &unopposed_candidates::UnopposedCandidates,
    &unreachable_candidates::UnreachableCandidates,
    &unsorted_lists::UnsortedLists,
    &unsourced_evidence::UnsourcedEvidence,
    &unsourced_figures::UnsourcedFigures,
    &untried_lines::UntriedLines,
    &unused_allowances::UnusedAllowances,
    &unused_facts::UnusedFacts,
    &unused_options::UnusedOptions,
    &unused_sources::UnusedSources,
];

/// What the caller wants of single lints: a level, or `None` to do without.
/// The last word on a lint counts.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    levels: Vec<(String, Option<Level>)>,
}

impl Settings {
    /// The level of a lint from now on.
    pub fn set(&mut self, lint: &str, level: Option<Level>) {
        self.levels.push((lint.to_owned(), level));
    }

    /// The level at which a lint speaks, if it does.
    #[must_use]
    pub fn level(&self, lint: &dyn Lint) -> Option<Level> {
        let said = self.levels.iter().rev().find(|(name, _)| name == lint.name());
        said.map_or_else(|| lint.level(), |(_, level)| *level)
    }
}

/// The lint with this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static dyn Lint> {
    ALL.iter().copied().find(|lint| lint.name() == name)
}

/// All findings, in the order in which they are shown. What the base allows is
/// left out.
#[must_use]
pub fn run(on: &Subject<'_>, settings: &Settings) -> Vec<Diagnostic> {
    let mut all = Vec::new();
    let mut spoke = Vec::new();
    for lint in ALL {
        let Some(level) = settings.level(lint) else { continue };
        let mut found = Vec::new();
        lint.check(on, &mut found);
        all.extend(found.into_iter().map(|one| one.at(level)));
        spoke.push(lint.name());
    }
    let mut used = vec![false; on.kb.allowances.len()];
    all.retain(|one| {
        let allowed = |allowance: &crate::kb::rules::Allowance| {
            let path = on.path(&one.place);
            let at = |at: &String| path == at || path.strip_prefix(at.as_str()).is_some_and(|rest| rest.starts_with('/'));
            allowance.lint == one.name && allowance.at.as_ref().is_none_or(at)
        };
        let by = on.kb.allowances.iter().position(allowed);
        by.is_none_or(|by| {
            used[by] = true;
            false
        })
    });
    if let Some(level) = settings.level(&unused_allowances::UnusedAllowances) {
        let unused = unused_allowances::unused(on.kb, &used, &spoke);
        all.extend(unused.into_iter().map(|one| one.at(level)));
    }
    sort(on.files, &mut all);
    all
}
