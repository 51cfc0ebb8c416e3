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
use crate::kb::{Keep, KnowledgeBase};
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
    pub reach: Vec<Vec<Reach>>,
    /// Per decision: every pair of candidates; empty where all are kept.
    pub partings: Vec<Vec<Parting>>,
    /// Every condition of evidence and needs.
    pub conditions: Vec<Condition>,
    /// Every line of evidence, and a profile in which it turns the verdict.
    pub lines: Vec<(Line, Outcome<Answers>)>,
    /// Per fact that a condition reads: a profile in which its answer turns a verdict.
    pub facts: Vec<(usize, Outcome<Answers>)>,
    /// Per option of such a fact likewise.
    pub options: Vec<((usize, usize), Outcome<Answers>)>,
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
    Evidence(usize),
    /// The number of a need.
    Need(usize),
}

/// Whether a condition can come out either way.
#[derive(Debug, Clone)]
pub struct Condition {
    /// Decision and candidate.
    pub at: (usize, usize),
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
    pub at: (usize, usize),
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
        let decisions = 0..kb.decisions.len();
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
    pub fn is_reachable(&self, decision: usize, candidate: usize) -> bool {
        self.reach[decision].get(candidate).is_none_or(|reach| reach.found != Outcome::Impossible)
    }

    /// Whether a candidate of an all-keeping decision can be open, as far as is known.
    #[must_use]
    pub fn can_open(&self, at: (usize, usize)) -> bool {
        self.standings.iter().find(|one| one.at == at).is_none_or(|one| one.open != Outcome::Impossible)
    }
}

fn conditions(searches: &Searches<'_>) -> Vec<Condition> {
    let mut found = Vec::new();
    for (number, decision) in searches.kb().decisions.iter().enumerate() {
        for (candidate, one) in decision.candidates.iter().enumerate() {
            let evidence = one.evidence.iter().enumerate().map(|(line, evidence)| (Part::Evidence(line), &evidence.when));
            let needs = one.needs.iter().enumerate().filter(|(_, need)| need.is_written());
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
    for (number, decision) in searches.kb().decisions.iter().enumerate().filter(|(_, one)| one.keep == Keep::All) {
        for at in (0..decision.candidates.len()).map(|candidate| (number, candidate)) {
            let (open, shut) = (standings::open(searches, at), standings::not_open(searches, at));
            found.push(Standings { at, open, shut });
        }
    }
    found
}

type OfFacts = Vec<(usize, Outcome<Answers>)>;
type OfOptions = Vec<((usize, usize), Outcome<Answers>)>;

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
    let read = (0..kb.facts.len()).filter(|fact| kb.conditions().any(|when| idle::reads(when, *fact)));
    let (mut facts, mut options) = (Vec::new(), Vec::new());
    for fact in read {
        facts.push((fact, idle::fact(searches, &hints, fact)));
        let all = 0..kb.facts[fact].options().len();
        options.extend(all.map(|option| ((fact, option), idle::option(searches, &hints, fact, option))));
    }
    (facts, options)
}
