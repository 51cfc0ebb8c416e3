//! A checked base as bytes, and back: how the base that a program is built with
//! gets into it, without being read and resolved again each time it starts.
//!
//! The bytes are for the program that they were written with, and for no other.

use super::{
    Case, CaseId, ClashId, Decision, DecisionId, FactGroupId, FactId, Facts, IndexVec, KnowledgeBase, Named, PlatformId,
    Questions, RuleId, Screen, Sources, Text, TradeId, UnitId, WordId, clash, effort, law, money, rules, template, trade,
};
use serde::{Deserialize, Serialize};

impl KnowledgeBase {
    /// The base as bytes; the same for the same files.
    ///
    /// # Errors
    ///
    /// None that a base could cause: the writer has memory for all of it.
    #[allow(dead_code, reason = "the build writes it, the program only reads")]
    pub(crate) fn to_bytes(&self) -> postcard::Result<Vec<u8>> {
        #[derive(Serialize)]
        struct Whole<'a>(#[serde(with = "Image")] &'a KnowledgeBase);
        postcard::to_allocvec(&Whole(self))
    }

    /// The base that bytes were written of; `None` if they were written of none.
    #[allow(dead_code, reason = "the program reads it, the build only writes")]
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<KnowledgeBase> {
        #[derive(Deserialize)]
        struct Whole(#[serde(with = "Image")] KnowledgeBase);
        postcard::from_bytes(bytes).ok().map(|Whole(kb)| kb)
    }
}

/// What a base is made of. A base itself is not read by serde, lest somebody make
/// one that nothing has checked; the compiler holds this list to its fields.
#[derive(Serialize, Deserialize)]
#[serde(remote = "KnowledgeBase")]
struct Image {
    version: String,
    hash: String,
    name: Text,
    groups: IndexVec<FactGroupId, Named>,
    facts: Facts,
    decisions: IndexVec<DecisionId, Decision>,
    strengths: Vec<(String, i32)>,
    units: IndexVec<UnitId, Named>,
    opening: FactId,
    floor: i32,
    second_floor: i32,
    hybrid_margin: i32,
    gap_margin: i32,
    temperature: i64,
    questions: Option<Questions>,
    screen: Screen,
    cases: IndexVec<CaseId, Case>,
    sources: Sources,
    invariants: Vec<rules::Invariant>,
    words: IndexVec<WordId, template::Word>,
    measured: Vec<effort::Measured>,
    counts: effort::Counts,
    deadline: Option<effort::Deadline>,
    plan: effort::PlanSettings,
    stops: Vec<(DecisionId, crate::condition::Condition)>,
    rules: IndexVec<RuleId, law::Rule>,
    trade_fact: Option<FactId>,
    trades: IndexVec<TradeId, trade::Trade>,
    platforms: IndexVec<PlatformId, trade::Platform>,
    clashes: IndexVec<ClashId, clash::Clash>,
    money: Option<money::Money>,
    allowances: Vec<rules::Allowance>,
}
