//! Trades: the words, offers, prices and messages of one kind of community, and
//! the platforms that they use.

use super::KnowledgeBase;
use super::template::Template;
use crate::answer::{Answer, Answers};
use crate::condition::Condition;
use crate::diagnostic::Place;
use crate::ids::{CandidateRef, OptionId, PlatformId, UnitId, WordId};
use crate::text::Text;
use crate::truth::Truth;
use serde::{Deserialize, Serialize};

/// A trade: one option of the fact `trade`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Trade {
    /// Its id: the stem of its file.
    pub id: String,
    /// The option of the fact that it describes.
    pub option: OptionId,
    /// What it is called.
    pub name: Text,
    /// One sentence about it.
    #[allow(dead_code, reason = "it has to be said, for whoever reads the base")]
    pub summary: Text,
    /// Documents it leans on.
    pub sources: Vec<String>,
    /// Its own words, by the number of the base's.
    pub words: Vec<(WordId, Text)>,
    /// How the work is shared, by the number of people.
    pub roles: Vec<Role>,
    /// What it usually sells, first things first.
    pub offers: Vec<Offer>,
    /// What that costs.
    pub prices: Vec<Price>,
    /// Where it sells, as numbers of the base's platforms.
    pub platforms: Vec<PlatformId>,
    /// Messages ready to be sent.
    pub messages: Vec<Message>,
    /// The sign that it works.
    pub sign: Option<Template>,
    /// When to give it up.
    pub stop: Option<Template>,
    /// The first line of its file.
    pub place: Place,
}

/// How the work is shared.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Role {
    /// By how many people: 1 to 99.
    pub people: u8,
    /// Who does what.
    pub text: Template,
    /// Documents it leans on.
    pub sources: Vec<String>,
}

/// Something that a trade sells.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Offer {
    /// The candidate, with its decision.
    pub stream: CandidateRef,
    /// What is offered.
    pub text: Template,
    /// Whom it is for; everybody of the trade if it is missing.
    pub when: Option<Condition>,
    /// Documents it leans on.
    pub sources: Vec<String>,
}

/// A range of prices.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Price {
    /// The candidate, with its decision.
    pub stream: CandidateRef,
    /// What is priced.
    pub label: Text,
    /// The lower end, in thousandths.
    pub low: i64,
    /// The upper end, in thousandths.
    pub high: i64,
    /// The unit, as an index into the base's units.
    pub unit: UnitId,
    /// What it is paid for.
    pub per: Text,
    /// When it was true: a year, a month or a day, or `n.d.`.
    pub as_of: String,
    /// Where it was true.
    pub territory: Text,
    /// Whom it is shown to; everybody of the trade if it is missing.
    pub when: Option<Condition>,
    /// Documents it comes from.
    pub sources: Vec<String>,
}

/// A message ready to be sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Message {
    /// Its id; of several with one id, the first that applies is sent.
    pub id: String,
    /// What it says; what is not known stays a gap to fill in.
    pub text: Template,
    /// Who sends it; everybody of the trade if it is missing.
    pub when: Option<Condition>,
    /// Documents it leans on.
    pub sources: Vec<String>,
}

/// A platform.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Platform {
    /// Its id: the stem of its file.
    pub id: String,
    /// What it is called.
    pub name: Text,
    /// Who can use it; everybody if it is missing.
    pub when: Option<Condition>,
    /// What it is for, as decision and candidate.
    pub streams: Vec<CandidateRef>,
    /// What it takes.
    pub fee: Text,
    /// What it asks.
    pub conditions: Option<Text>,
    /// When that was true.
    pub as_of: String,
    /// Documents it comes from.
    pub sources: Vec<String>,
    /// The first line of its file.
    pub place: Place,
}

impl Trade {
    /// How so many people share the work: as the largest team that is not larger.
    #[must_use]
    pub fn role(&self, people: u8) -> Option<&Role> {
        self.roles.iter().filter(|role| role.people <= people).max_by_key(|role| role.people)
    }

    /// The message with this id: the first that is meant for these answers.
    #[must_use]
    pub fn message(&self, id: &str, answers: &Answers) -> Option<&Message> {
        self.messages.iter().find(|message| message.id == id && is_meant(message.when.as_ref(), answers))
    }

    /// What a candidate is in this trade: the first offer that is meant for these answers.
    #[must_use]
    pub fn offer(&self, stream: CandidateRef, answers: &Answers) -> Option<&Offer> {
        self.offers.iter().find(|offer| offer.stream == stream && is_meant(offer.when.as_ref(), answers))
    }

    /// What is paid in this trade and meant for these answers.
    pub fn prices(&self, answers: &Answers) -> impl Iterator<Item = &Price> {
        self.prices.iter().filter(|price| is_meant(price.when.as_ref(), answers))
    }
}

/// Whether something is meant for these answers: for everybody, or certainly for them.
fn is_meant(when: Option<&Condition>, answers: &Answers) -> bool {
    when.is_none_or(|when| when.truth(answers, &()) == Truth::Yes)
}

impl KnowledgeBase {
    /// The trade that an option of the fact `trade` stands for.
    #[must_use]
    pub(crate) fn trade(&self, option: OptionId) -> Option<&Trade> {
        self.trades.iter().find(|trade| trade.option == option)
    }

    /// The trade that these answers name.
    #[must_use]
    pub(crate) fn trade_in(&self, answers: &Answers) -> Option<&Trade> {
        match answers.get(self.trade_fact?)? {
            Answer::Choice(option) => self.trade(option),
            _ => None,
        }
    }

    /// A word of the base, as these answers' trade has it.
    #[must_use]
    pub(crate) fn word(&self, word: WordId, answers: &Answers) -> &Text {
        let own = self.trade_in(answers).and_then(|trade| trade.words.iter().find(|(at, _)| *at == word));
        own.map_or(&self.words[word].text, |(_, text)| text)
    }
}
