//! How money comes in: chains of factors, each a range with its origin.
//!
//! A chain multiplies: people reached × those active within a year × those who
//! pay × what size and trust do to that × price × times a year × what is left after fee
//! and cost. Every range is meant to hold the true value four times in five.

use crate::condition::Condition;
use crate::diagnostic::Place;
use crate::ids::{CandidateRef, FactId, OptionId, UnitId};
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// What a factor is in its chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Those who do something within a year, as a share of the people reached.
    Active,
    /// Those who pay within a year: a share of the active, or a number of payers.
    Payers,
    /// What a larger audience leaves of the share of payers: so much of it each time that the
    /// people reached are ten times more.
    Size,
    /// What trust does to the share of payers, in percent of it.
    Trust,
    /// Those who pay again, as a share of those who pay now.
    Renewal,
    /// What one payment is.
    Price,
    /// How many payments one payer makes in a year.
    Times,
    /// What the platform takes of a payment.
    Fee,
    /// What goods, delivery and venue take of a payment.
    Cost,
    /// What is to be paid in a year whether anybody buys or not.
    Fixed,
}

impl Role {
    /// All of them, in the order of a chain.
    pub const ALL: [Role; 10] = [
        Role::Active,
        Role::Payers,
        Role::Size,
        Role::Trust,
        Role::Renewal,
        Role::Price,
        Role::Times,
        Role::Fee,
        Role::Cost,
        Role::Fixed,
    ];

    /// Its id in a base.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Role::Active => "active",
            Role::Payers => "payers",
            Role::Size => "size",
            Role::Trust => "trust",
            Role::Renewal => "renewal",
            Role::Price => "price",
            Role::Times => "times",
            Role::Fee => "fee",
            Role::Cost => "cost",
            Role::Fixed => "fixed",
        }
    }

    /// Whether it is counted in money.
    #[must_use]
    pub fn is_money(self) -> bool {
        matches!(self, Role::Price | Role::Fixed)
    }
}

/// The unit of a factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// Percent of what the factor is a share of.
    Percent,
    /// A number of payers.
    People,
    /// A number of payments.
    Times,
    /// A currency, as an index into the base's units.
    Currency(UnitId),
}

/// One factor, in one currency and under one condition.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Factor {
    /// What it is.
    pub role: Role,
    /// When it applies; always if it is missing. Of one role the first counts that applies.
    pub when: Option<Condition>,
    /// The lower end, in thousandths.
    pub low: i64,
    /// The upper end, in thousandths.
    pub high: i64,
    /// The unit.
    pub unit: Unit,
    /// What was counted where, and when; `None` if it is assumed.
    pub sourced: Option<Sourced>,
    /// Candidates that a shared factor is for, as decision and candidate; all if empty.
    pub streams: Vec<CandidateRef>,
    /// Documents it comes from.
    pub sources: Vec<String>,
}

/// What a sourced factor was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sourced {
    /// What was counted: the class that the figure is true of.
    pub counted: Text,
    /// When it was true.
    pub as_of: String,
    /// Where it was true.
    pub territory: Text,
    /// Whether only those were counted who stayed in business.
    pub survivors: bool,
}

/// How a candidate brings in money.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Chain {
    /// Who pays.
    pub payer: Text,
    /// What the price is for.
    pub per: Text,
    /// Candidates of one purse are paid by the same people: nobody is counted twice.
    pub purse: Option<String>,
    /// The most payers that there is room for.
    pub places: Option<u32>,
    /// Whether the price is for each thousand people reached.
    pub per_thousand: bool,
    /// Its factors.
    pub factors: Vec<Factor>,
    /// Where it stands.
    pub place: Place,
}

/// What forecasts lean on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Money {
    /// The number of people reached.
    pub reach: FactId,
    /// The number that says which percentage is active in a week.
    pub active: FactId,
    /// In a year as many are active as in so many independent weeks, at least and at most.
    pub weeks: super::effort::Span,
    /// The choice that says where money is taken.
    pub territory: FactId,
    /// The currency by option of that choice, as an index into the base's units.
    pub currencies: Vec<(OptionId, UnitId)>,
    /// The currency that is assumed while it is not known where.
    pub assumed: UnitId,
    /// People reached up to whom size does nothing.
    pub size_from: i64,
    /// Factors of all chains.
    pub shared: Vec<Factor>,
}
