//! Rules of the law, and how they stand in one community.
//!
//! A rule concerns only some communities. Where it does, something must be there;
//! while it is not, what the rule governs may not run.

use super::KnowledgeBase;
use crate::answer::Answers;
use crate::condition::{Condition, Variable};
use crate::diagnostic::Place;
use crate::ids::{CandidateId, CandidateRef, DecisionId, FactId, RuleId};
use crate::text::Text;
use crate::truth::Truth;

/// A rule of the law.
#[derive(Debug, Clone)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
            Truth::Yes => match self.met.as_ref().map_or(Truth::No, |met| met.truth(answers, &())) {
                Truth::Yes => Concern::Met,
                Truth::Unknown if !self.grave => Concern::Check,
                Truth::Unknown | Truth::No => Concern::Broken,
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

    /// When it asks nothing of what it governs: it does not concern the community, or
    /// nobody has said that it does and it is not grave or nothing makes it likely.
    #[must_use]
    pub fn spares(&self) -> Condition {
        let known = |part: &Condition| Condition::Known(Box::new(part.clone()));
        let concerns = match self.likely.as_ref().filter(|_| self.grave) {
            Some(likely) => Condition::Any(vec![known(&self.when), Condition::All(vec![known(likely), self.when.clone()])]),
            None => known(&self.when),
        };
        Condition::Not(Box::new(concerns))
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
    #[must_use]
    pub fn counts_as_met(&self) -> Option<Condition> {
        let met = self.met.clone()?;
        Some(if self.grave { Condition::Known(Box::new(met)) } else { met })
    }

    /// Whether it only informs.
    #[must_use]
    pub fn only_informs(&self) -> bool {
        self.governs.is_empty()
    }
}

impl KnowledgeBase {
    /// The rules that govern a candidate, with their numbers, sorted by id.
    pub(crate) fn rules_on(&self, decision: DecisionId, candidate: CandidateId) -> impl Iterator<Item = (RuleId, &Rule)> {
        self.rules.pairs().filter(move |(_, rule)| rule.governs.contains(&(decision, candidate)))
    }
}
