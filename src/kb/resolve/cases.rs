//! Resolving cases: their answers are checked as any profile is.

use super::{check_date, look_up, range, sources, stream_ref};
use crate::diagnostic::{Diagnostic, Level};
use crate::ids::{CaseId, IndexVec};
use crate::kb::case::{Reported, What};
use crate::kb::{Case, CaseOutcome, KnowledgeBase, Record, Runs, raw};
use crate::profile::check;
use crate::profile::names::Names;

/// The cases, sorted by id as their files are.
pub fn resolve(kb: &KnowledgeBase, written: Vec<raw::Case>, faults: &mut Vec<Diagnostic>) -> IndexVec<CaseId, Case> {
    let names = Names::new(&kb.facts);
    written.into_iter().map(|case| resolve_one((kb, &names), case, faults)).collect()
}

fn resolve_one((kb, names): (&KnowledgeBase, &Names<'_>), written: raw::Case, faults: &mut Vec<Diagnostic>) -> Case {
    let mut expect = Vec::new();
    for (decision, candidates) in &written.expect.0 {
        let ids = kb.decisions.iter().map(|decision| decision.id.as_str());
        let Some(decision) = look_up("unknown-decision", decision, ids, faults) else { continue };
        let ids = || kb.decisions[decision].candidates.iter().map(|candidate| candidate.id.as_str());
        let found = candidates.iter().filter_map(|at| look_up("unknown-candidate", at, ids(), faults)).collect();
        expect.push((decision, found));
    }
    if written.expect.0.is_empty() {
        faults.push(Diagnostic::error("case-expects-nothing", written.place.clone()));
    }
    let record = written.record.map(|one| Record {
        size: one.size,
        price: one.price,
        hours: one.hours,
        income: one.income,
        sources: sources::check(&kb.sources, &one.sources, faults),
    });
    let outcomes = || CaseOutcome::ALL.iter().map(|outcome| outcome.id());
    let outcome = written.outcome.as_ref().and_then(|at| look_up::<usize>("unknown-outcome", at, outcomes(), faults));
    let profile = check::check_with(names, &written.answers, faults, check::SUGGESTED);
    // The base itself uses present names.
    faults.extend(profile.outdated.into_iter().map(|one| one.at(Level::Error)));
    Case {
        sources: sources::check(&kb.sources, &written.sources, faults),
        id: written.id,
        name: written.name,
        summary: written.summary,
        expect,
        answers: profile.answers,
        runs: written.runs.as_ref().map(|runs| self::runs(kb, runs, faults)),
        outcome: outcome.map(|at| CaseOutcome::ALL[at]),
        record,
        reported: written.reported.iter().filter_map(|one| reported(kb, one, faults)).collect(),
        unseen: written.unseen,
        place: written.place,
    }
}

/// A number that a case reports.
fn reported(kb: &KnowledgeBase, written: &raw::Reported, faults: &mut Vec<Diagnostic>) -> Option<Reported> {
    let stream = written.stream.as_ref().and_then(|at| stream_ref(kb, at, faults));
    let words = || What::ALL.iter().map(|what| what.id());
    let what: Option<usize> = written.what.as_ref().and_then(|at| look_up("unknown-report", at, words(), faults));
    let ends = range(written.low.as_ref(), written.high.as_ref(), faults);
    let units = || kb.units.iter().map(|unit| unit.id.as_str());
    let unit = written.unit.as_ref().and_then(|at| look_up("unknown-unit", at, units(), faults));
    let as_of = written.as_of.as_ref().inspect(|at| check_date(at, faults)).map(|at| at.value.clone());
    let sources = sources::check(&kb.sources, &written.sources, faults);
    let (low, high) = ends?;
    Some(Reported { stream: stream?, what: What::ALL[what?], low, high, unit: unit?, as_of: as_of?, sources })
}

/// What a case earns with; what earns most is among it.
fn runs(kb: &KnowledgeBase, written: &raw::Runs, faults: &mut Vec<Diagnostic>) -> Runs {
    let mut streams: Vec<_> = written.streams.iter().filter_map(|at| stream_ref(kb, at, faults)).collect();
    let most = written.most.as_ref().and_then(|at| stream_ref(kb, at, faults));
    streams.extend(most.filter(|most| !streams.contains(most)));
    Runs { streams, most }
}
