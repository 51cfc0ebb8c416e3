//! What another base makes of answers: the same profile, read by both.
//!
//! Facts and options are matched by their ids. An answer that the other base
//! would not read is left out, so that the fact is unknown there; facts that only
//! the other base has are unknown as well.

use crate::answer::{Answer, Answers};
use crate::fact::{Fact, Kind};
use crate::ids::{FactId, IndexVec, OptionId, OptionSet};
use crate::kb::KnowledgeBase;

/// How the answers to the facts of one base reach another.
#[derive(Debug, Clone)]
pub struct Carry {
    /// By fact of the first base: the fact of the other, and how values reach it.
    ways: IndexVec<FactId, Option<(FactId, Way)>>,
    /// By fact of the other base: the fact of the first.
    back: IndexVec<FactId, Option<FactId>>,
}

/// How the values of one fact reach another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// By option.
    Choice(IndexVec<OptionId, Option<OptionId>>),
    /// By option, as far as the other fact takes the set.
    Choices {
        /// The option of the other fact, by option.
        options: IndexVec<OptionId, Option<OptionId>>,
        /// How many the other fact takes at once.
        at_most: usize,
        /// Its option that excludes the others.
        none: Option<OptionId>,
    },
    /// As a number times `up`, divided by `down`, within limits.
    Number {
        /// By what it is multiplied.
        up: i64,
        /// By what it must be divisible.
        down: i64,
        /// The least that the other fact takes, on its own scale.
        min: i64,
        /// The most that it takes.
        max: i64,
    },
    /// As it is.
    YesNo,
}

impl Carry {
    /// From one base to another.
    #[must_use]
    pub fn new(from: &KnowledgeBase, to: &KnowledgeBase) -> Carry {
        let mut back = IndexVec::filled(None, to.facts.len());
        let mut ways = IndexVec::new();
        for (number, fact) in from.facts.pairs() {
            let other = to.facts.position(|other| other.id == fact.id);
            let way = other.and_then(|other| Some((other, Way::of(fact, &to.facts[other])?)));
            if let Some((other, _)) = way {
                back[other] = Some(number);
            }
            ways.push(way);
        }
        Carry { ways, back }
    }

    /// The fact of the other base that a fact becomes, and how, if its values can be read there.
    #[must_use]
    pub fn way(&self, fact: FactId) -> Option<(FactId, &Way)> {
        self.ways[fact].as_ref().map(|(other, way)| (*other, way))
    }

    /// The fact that a fact of the other base comes from.
    #[must_use]
    pub fn back(&self, other: FactId) -> Option<FactId> {
        self.back[other]
    }

    /// The fact of the other base and its answer, if it reads any of this one.
    #[must_use]
    pub fn answer(&self, fact: FactId, answer: Answer) -> Option<(FactId, Answer)> {
        let (other, way) = self.ways[fact].as_ref()?;
        Some((*other, way.answer(answer)?))
    }

    /// A profile as the other base reads it.
    #[must_use]
    pub fn answers(&self, answers: &Answers) -> Answers {
        let mut found = Answers::unknown(self.back.len());
        for fact in self.ways.ids() {
            if let Some((other, answer)) = answers.get(fact).and_then(|answer| self.answer(fact, answer)) {
                found.set(other, Some(answer));
            } else if let Some((other, _)) = self.ways[fact].as_ref().filter(|_| answers.is_declined(fact)) {
                found.decline(*other);
            }
        }
        found
    }

    /// The facts of which the other base does not read the whole answer.
    #[must_use]
    pub fn lost(&self, answers: &Answers) -> Vec<FactId> {
        let is_lost = |fact: &FactId| match (answers.get(*fact), &self.ways[*fact]) {
            (None, way) => answers.is_declined(*fact) && way.is_none(),
            (Some(_), None) => true,
            (Some(answer), Some((_, way))) => !way.is_whole(answer),
        };
        self.ways.ids().filter(is_lost).collect()
    }
}

impl Way {
    /// How values of one fact reach another; `None` if none can.
    fn of(from: &Fact, to: &Fact) -> Option<Way> {
        let options = || {
            let find = |option: &crate::fact::Choice| to.options().position(|other| other.id == option.id);
            from.options().iter().map(find).collect()
        };
        match (&from.kind, &to.kind) {
            (Kind::Choice(_), Kind::Choice(_)) => Some(Way::Choice(options())),
            (Kind::Choices { .. }, Kind::Choices { at_most, none, .. }) => {
                Some(Way::Choices { options: options(), at_most: *at_most, none: *none })
            }
            (Kind::Number(a), Kind::Number(b)) => {
                let (up, down) = (b.decimals.saturating_sub(a.decimals), a.decimals.saturating_sub(b.decimals));
                Some(Way::Number { up: 10_i64.pow(up), down: 10_i64.pow(down), min: b.min, max: b.max })
            }
            (Kind::YesNo, Kind::YesNo) => Some(Way::YesNo),
            _ => None,
        }
    }

    fn answer(&self, answer: Answer) -> Option<Answer> {
        match (self, answer) {
            (Way::Choice(options), Answer::Choice(option)) => options.get(option).copied().flatten().map(Answer::Choice),
            (Way::Choices { options, at_most, none }, Answer::Choices(set)) => {
                let set: OptionSet = set.iter().filter_map(|option| options.get(option).copied().flatten()).collect();
                let is_alone = none.is_none_or(|none| !set.contains(none) || set.len() == 1);
                (!set.is_empty() && is_alone && set.len() <= *at_most).then_some(Answer::Choices(set))
            }
            (Way::Number { up, down, min, max }, Answer::Number(number)) => {
                let other = number.checked_mul(*up).filter(|number| number % down == 0)? / down;
                (*min..=*max).contains(&other).then_some(Answer::Number(other))
            }
            (Way::YesNo, Answer::YesNo(_)) => Some(answer),
            _ => None,
        }
    }

    fn is_whole(&self, answer: Answer) -> bool {
        match (self.answer(answer), answer) {
            (Some(Answer::Choices(other)), Answer::Choices(set)) => other.len() == set.len(),
            (other, _) => other.is_some(),
        }
    }
}
