//! Rules of the law: how they stand in one community, and what they make of the
//! candidates that they govern.
//!
//! A rule concerns only some communities. Where it does, something must be there;
//! while it is not, what the rule governs may not run. All that follows from a rule
//! is said here and nowhere else: the need that each governed candidate gets, what
//! must stop, and what must never be advised.

use super::rules::{Invariant, Standing};
use super::{Candidate, KnowledgeBase, Need, Origin};
use crate::answer::Answers;
use crate::condition::{Condition, Variable};
use crate::diagnostic::Place;
use crate::ids::{CandidateRef, DecisionId, FactId, RuleId};
use crate::text::Text;
use crate::truth::Truth;
use serde::{Deserialize, Serialize};

/// A rule of the law.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Rule {
    /// Its id: the stem of its file.
    pub id: String,
    /// What it is called.
    pub name: Text,
    /// What may not run while the rule is broken, as decision and candidate;
    /// empty for a rule that only informs.
    pub governs: Vec<CandidateRef>,
    /// When it concerns a community.
    pub when: Condition,
    /// When what it asks is there; `None` if nothing makes it lawful.
    pub met: Option<Condition>,
    /// What makes it likely that it concerns a community whose answers leave that open.
    pub likely: Option<Condition>,
    /// Whose own trade it is the law of: of several broken rules it is named first.
    pub first: Option<Condition>,
    /// Whether what it asks can be had.
    pub obtainable: bool,
    /// Whether breaking it is so grave that what is not known to be there counts as missing.
    pub grave: bool,
    /// The law and its article.
    pub article: Text,
    /// Since when it is in force: a year, a month or a day.
    pub since: Option<String>,
    /// Where it is in force.
    pub territory: Text,
    /// Who sees to it.
    pub authority: Option<Text>,
    /// What it asks, in a sentence or two.
    pub asks: Text,
    /// What is lawful instead.
    pub instead: Option<Text>,
    /// How sure the authors are of it.
    pub sure: Sure,
    /// Documents it was read in.
    pub sources: Vec<String>,
    /// The first line of its file.
    pub place: Place,
}

/// How sure the authors are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Sure {
    /// By general knowledge.
    Low,
    /// By a summary.
    Medium,
    /// By the text of the law.
    High,
}

impl Sure {
    /// All of them, the surest first.
    pub const ALL: [Sure; 3] = [Sure::High, Sure::Medium, Sure::Low];

    /// Its word in a base.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Sure::Low => "low",
            Sure::Medium => "medium",
            Sure::High => "high",
        }
    }
}

/// How a rule stands in one community.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Concern {
    /// It does not concern the community.
    None,
    /// Whether it does is not known: nothing is said of it for each candidate.
    Open,
    /// What it asks is there.
    Met,
    /// It concerns the community; whether what it asks is there is not known.
    Check,
    /// It concerns the community, and what it asks is not there; of a [grave](Rule::grave)
    /// rule also what is not known to be there.
    Broken,
}

impl Rule {
    /// How it stands under these answers.
    #[must_use]
    pub fn concern(&self, answers: &Answers) -> Concern {
        match self.when.truth(answers, &()) {
            Truth::No => Concern::None,
            Truth::Unknown => Concern::Open,
            Truth::Yes => match self.counts_as_met().map_or(Truth::No, |met| met.truth(answers, &())) {
                Truth::Yes => Concern::Met,
                Truth::Unknown => Concern::Check,
                Truth::No => Concern::Broken,
            },
        }
    }

    /// Whether it is likely to concern a community whose answers leave that open; unknown where nothing tells.
    #[must_use]
    pub fn likely(&self, answers: &Answers) -> Truth {
        self.likely.as_ref().map_or(Truth::Unknown, |likely| likely.truth(answers, &()))
    }

    /// Whether it is grave and likely to concern a community, and nobody has said whether it does.
    #[must_use]
    pub fn looms(&self, answers: &Answers) -> bool {
        self.grave && self.concern(answers) == Concern::Open && self.likely(answers).is_yes()
    }

    /// Whether it is the law of the very trade of a community.
    #[must_use]
    pub fn comes_first(&self, answers: &Answers) -> bool {
        self.first.as_ref().is_some_and(|first| first.truth(answers, &()).is_yes())
    }

    /// When it asks nothing of what it governs: it does not concern the community, or
    /// nobody has said that it does and it is not grave or nothing makes it likely.
    fn spares(&self) -> Condition {
        let known = |part: &Condition| Condition::Known(Box::new(part.clone()));
        let concerns = match self.likely.as_ref().filter(|_| self.grave) {
            Some(likely) => Condition::Any(vec![known(&self.when), Condition::All(vec![known(likely), self.when.clone()])]),
            None => known(&self.when),
        };
        not(concerns)
    }

    /// Whether it hangs on a fact whether it concerns a community.
    #[must_use]
    pub fn asks_about(&self, fact: FactId) -> bool {
        self.when.variables().contains(&Variable::Fact(fact))
    }

    /// Whether what it asks is not known to be there, where it concerns a community.
    #[must_use]
    pub fn is_unshown(&self, answers: &Answers) -> bool {
        self.met.as_ref().is_some_and(|met| met.truth(answers, &()) == Truth::Unknown)
    }

    /// The condition under which what it asks counts as there; `None` if nothing makes it lawful.
    fn counts_as_met(&self) -> Option<Condition> {
        let met = self.met.clone()?;
        Some(if self.grave { Condition::Known(Box::new(met)) } else { met })
    }

    /// When it concerns a community and is known to be broken.
    fn broken(&self) -> Condition {
        match self.counts_as_met() {
            Some(met) => Condition::All(vec![self.when.clone(), not(met)]),
            None => self.when.clone(),
        }
    }

    /// That it is kept where it concerns the community: a need of what it governs.
    /// While it is not known whether it does, nothing is asked unless it is likely.
    fn need(&self, number: RuleId) -> Need {
        let when = match self.counts_as_met() {
            Some(met) => Condition::Any(vec![self.spares(), met]),
            None => self.spares(),
        };
        Need {
            id: format!("rule/{}", self.id),
            lacks: self.asks.clone(),
            when,
            sources: self.sources.clone(),
            fixed: false,
            law: true,
            proven_by_running: false,
            obtainable: self.obtainable,
            origin: Origin::Rule(number),
            place: self.place.clone(),
        }
    }

    /// That a candidate that it governs never stands so.
    fn forbids(&self, kb: &KnowledgeBase, at: CandidateRef, standing: Standing) -> Invariant {
        let (decision, candidate) = at;
        // What does not run waits until it is known that the rule is kept; what runs until it is known to be broken.
        let (when, unless) = match standing {
            Standing::Open => (self.when.clone(), self.met.clone()),
            _ => (self.broken(), None),
        };
        Invariant {
            id: format!("rule/{}/{}/{}", self.id, kb.candidate(decision, candidate).id, standing.id()),
            says: self.asks.clone(),
            decision,
            candidate,
            standing,
            when: Some(when),
            unless,
            origin: Some(self.id.clone()),
            place: self.place.clone(),
        }
    }

    /// Whether it only informs.
    #[must_use]
    pub fn only_informs(&self) -> bool {
        self.governs.is_empty()
    }
}

impl Candidate {
    /// When it runs although the law forbids it, need by need.
    fn stops(&self) -> impl Iterator<Item = Condition> {
        let law = |runs| self.needs.iter().filter(|need| need.law).map(move |need| (runs, need));
        let stop = |(runs, need): (&Condition, &Need)| Condition::All(vec![runs.clone(), not(need.when.clone())]);
        self.runs.iter().flat_map(law).map(stop)
    }
}

impl KnowledgeBase {
    /// The rules that govern a candidate, with their numbers, sorted by id.
    pub(crate) fn rules_on(&self, at: CandidateRef) -> impl Iterator<Item = (RuleId, &Rule)> {
        self.rules.pairs().filter(move |(_, rule)| rule.governs.contains(&at))
    }

    /// The needs that rules make of a candidate.
    pub(super) fn needs_by_law(&self, at: CandidateRef) -> Vec<Need> {
        self.rules_on(at).map(|(number, rule)| rule.need(number)).collect()
    }

    /// That nothing is ever begun or kept which a rule forbids.
    pub(super) fn invariants_by_law(&self) -> Vec<Invariant> {
        let standings = [Standing::Open, Standing::Keep, Standing::Mend];
        let of = |rule: &Rule, at: CandidateRef| standings.map(|standing| rule.forbids(self, at, standing));
        self.rules.iter().flat_map(|rule| rule.governs.iter().flat_map(move |at| of(rule, *at))).collect()
    }

    /// Notes what must stop, now that all candidates have their needs.
    pub(crate) fn note_stops(&mut self) {
        let of = |(decision, one): (DecisionId, &Candidate)| one.stops().map(move |stop| (decision, stop)).collect::<Vec<_>>();
        let all = self.decisions.pairs().flat_map(|(number, decision)| decision.candidates.iter().map(move |one| (number, one)));
        self.stops = all.flat_map(of).collect();
    }

    /// When something of a decision or of an earlier one runs that the law forbids: any of these.
    pub(crate) fn stops(&self, decision: DecisionId) -> impl Iterator<Item = &Condition> + Clone {
        self.stops.iter().filter(move |(of, _)| *of <= decision).map(|(_, stop)| stop)
    }

    /// Whether something of this decision may run that the law forbids.
    pub(crate) fn may_stop(&self, decision: DecisionId) -> bool {
        self.stops.iter().any(|(of, _)| *of == decision)
    }
}

/// That a condition is known not to hold.
fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}
