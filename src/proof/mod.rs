//! Proofs: what the base can and cannot do, each with a witness.
//!
//! Points are sums over independent blocks of facts, so questions about every
//! profile there is are small searches ([`solve`]) over the blocks ([`space`]),
//! chains of decisions included ([`search`]). Every witness was judged again
//! before it is shown; a search whose work runs out says so.

pub mod coverage;
pub mod edits;
pub mod idle;
pub mod outcome;
pub mod pivots;
pub mod reach;
pub mod robust;
pub mod search;
pub mod solve;
pub mod space;
pub mod standings;
pub mod terms;

use crate::answer::Answers;
use crate::ids::{CandidateId, CandidateRef, DecisionId, FactId, IndexVec, LineId, NeedId, OptionId};
use crate::kb::{Keep, KnowledgeBase, Origin};
use crate::truth::Truth;
use coverage::Coverage;
use edits::Tally;
use outcome::Line;
use reach::{Parting, Reach};
use search::Searches;
use solve::Outcome;

/// Everything that is proven about a base.
#[derive(Debug, Clone)]
pub struct Proofs {
    /// Per decision, per candidate: whether it can win; empty where all are kept.
    pub reach: IndexVec<DecisionId, IndexVec<CandidateId, Reach>>,
    /// Per decision: every pair of candidates; empty where all are kept
    /// and where the base does without proofs.
    pub partings: IndexVec<DecisionId, Vec<Parting>>,
    /// Every condition of evidence and needs.
    pub conditions: Vec<Condition>,
    /// Every line of evidence, and a profile in which it turns the verdict.
    pub lines: Vec<(Line, Outcome<Answers>)>,
    /// Per fact that a condition reads: a profile in which its answer turns a verdict.
    pub facts: Vec<(FactId, Outcome<Answers>)>,
    /// Per option of such a fact likewise.
    pub options: Vec<((FactId, OptionId), Outcome<Answers>)>,
    /// Per candidate of decisions that keep all: a profile in which it is open,
    /// and a full one in which it is not.
    pub standings: Vec<Standings>,
    /// Per invariant: a profile that breaks it.
    pub breaches: Vec<Outcome<Answers>>,
    /// How often the first decision is clear: over the cases, and their single edits.
    pub tallies: (Tally, Tally),
    /// What the cases try out.
    pub coverage: Coverage,
}

/// Which condition of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The number of a line of evidence.
    Evidence(LineId),
    /// The number of a need.
    Need(NeedId),
}

/// Whether a condition can come out either way.
#[derive(Debug, Clone)]
pub struct Condition {
    /// Decision and candidate.
    pub at: CandidateRef,
    /// Which condition.
    pub part: Part,
    /// A profile under which it holds.
    pub holds: Outcome<Answers>,
    /// A profile under which it does not.
    pub fails: Outcome<Answers>,
}

/// Whether a candidate can be open, and can fail to be.
#[derive(Debug, Clone)]
pub struct Standings {
    /// Decision and candidate.
    pub at: CandidateRef,
    /// A profile under which it is open.
    pub open: Outcome<Answers>,
    /// A full profile under which it is not.
    pub shut: Outcome<Answers>,
}

impl Proofs {
    /// Works everything out.
    #[must_use]
    pub fn of(kb: &KnowledgeBase) -> Proofs {
        let searches = Searches::new(kb);
        let decisions = kb.decisions.ids();
        let reach = decisions.clone().map(|decision| reach::all(&searches, decision)).collect();
        let partings = decisions.clone().map(|decision| reach::partings(kb, decision)).collect();
        let conditions: Vec<Condition> = conditions(&searches);
        let lines: Vec<_> = coverage::all_lines(kb).into_iter().map(|line| (line, pivots::line(&searches, line))).collect();
        let standings: Vec<Standings> = standings(&searches);
        let (facts, options) = answers(&searches, &lines, &standings);
        Proofs {
            reach,
            partings,
            conditions,
            lines,
            facts,
            options,
            standings,
            breaches: kb.invariants.iter().map(|rule| standings::breach(&searches, rule)).collect(),
            tallies: edits::tally(kb),
            coverage: coverage::of(kb),
        }
    }

    /// Whether a candidate of a leader decision can win, as far as is known.
    #[must_use]
    pub fn is_reachable(&self, decision: DecisionId, candidate: CandidateId) -> bool {
        self.reach[decision].get(candidate).is_none_or(|reach| reach.found != Outcome::Impossible)
    }

    /// Whether a candidate of an all-keeping decision can be open, as far as is known.
    #[must_use]
    pub fn can_open(&self, at: CandidateRef) -> bool {
        self.standings.iter().find(|one| one.at == at).is_none_or(|one| one.open != Outcome::Impossible)
    }
}

fn conditions(searches: &Searches<'_>) -> Vec<Condition> {
    let mut found = Vec::new();
    for (number, decision) in searches.kb().decisions.pairs() {
        for (candidate, one) in decision.candidates.pairs() {
            let evidence = one.evidence.pairs().map(|(line, evidence)| (Part::Evidence(line), &evidence.when));
            let needs = one.needs.pairs().filter(|(_, need)| need.is_written());
            let needs = needs.map(|(at, need)| (Part::Need(at), &need.when));
            for (part, when) in evidence.chain(needs) {
                let comes_out = |wanted| standings::condition(searches, number, when, wanted);
                found.push(Condition {
                    at: (number, candidate),
                    part,
                    holds: comes_out(Truth::Yes),
                    fails: comes_out(Truth::No),
                });
            }
        }
    }
    found
}

fn standings(searches: &Searches<'_>) -> Vec<Standings> {
    let mut found = Vec::new();
    for (number, decision) in searches.kb().decisions.pairs().filter(|(_, one)| one.keep == Keep::All) {
        for at in decision.candidates.ids().map(|candidate| (number, candidate)) {
            let (open, shut) = (standings::open(searches, at), standings::not_open(searches, at));
            found.push(Standings { at, open, shut });
        }
    }
    found
}

/// What can be open, put under each rule of the law that governs it: with what
/// makes the rule concern it, and with what meets the rule besides.
fn under_rules<'a>(
    searches: &Searches<'a>,
    standings: &[Standings],
) -> Vec<(CandidateRef, &'a crate::condition::Condition, Answers)> {
    let kb = searches.kb();
    let mut found = Vec::new();
    for one in standings {
        let Outcome::Shown(open) = &one.open else { continue };
        for need in &kb.candidate(one.at.0, one.at.1).needs {
            let Origin::Rule(rule) = need.origin else { continue };
            let rule = &kb.rules[rule];
            let mut profile = open.clone();
            for when in std::iter::once(&rule.when).chain(&rule.met) {
                if let Outcome::Shown(holds) = standings::condition(searches, one.at.0, when, Truth::Yes) {
                    profile.overlay(&holds);
                    found.push((one.at, &need.when, profile.clone()));
                }
            }
        }
    }
    found
}

type OfFacts = Vec<(FactId, Outcome<Answers>)>;
type OfOptions = Vec<((FactId, OptionId), Outcome<Answers>)>;

/// What the answers to facts can turn, with the witnesses of lines and needs as hints.
fn answers(searches: &Searches<'_>, lines: &[(Line, Outcome<Answers>)], standings: &[Standings]) -> (OfFacts, OfOptions) {
    let kb = searches.kb();
    let mut hints = Vec::new();
    for (line, found) in lines {
        if let Outcome::Shown(profile) = found {
            let at = (line.0, line.1);
            hints.push(idle::Hint { at, when: &kb.candidate(line.0, line.1).evidence[line.2].when, profile });
        }
    }
    for one in standings {
        if let Outcome::Shown(profile) = &one.open {
            let needs = kb.candidate(one.at.0, one.at.1).needs.iter();
            hints.extend(needs.map(|need| idle::Hint { at: one.at, when: &need.when, profile }));
        }
    }
    let under_rules = under_rules(searches, standings);
    hints.extend(under_rules.iter().map(|(at, when, profile)| idle::Hint { at: *at, when, profile }));
    let read = kb.facts.ids().filter(|fact| kb.conditions().any(|when| idle::reads(when, *fact)));
    let (mut facts, mut options) = (Vec::new(), Vec::new());
    for fact in read {
        facts.push((fact, idle::fact(searches, &hints, fact)));
        let all = kb.facts[fact].options().ids();
        options.extend(all.map(|option| ((fact, option), idle::option(searches, &hints, fact, option))));
    }
    (facts, options)
}
