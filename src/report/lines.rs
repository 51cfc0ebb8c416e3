//! The whole advice of many profiles, a line of JSON each.
//!
//! Nearly all of such a line are the traits and needs of candidates, which say the
//! same in every line but for their truth. So each is worded once per truth, and a
//! line is the JSON without them into which they are put. What comes out is what
//! [`json::judgement`] says, byte by byte but for what could do harm on a screen.

use super::json;
use crate::advice::Advice;
use crate::engine::judgement::{Account, Outcome};
use crate::ids::{CandidateId, DecisionId, IndexVec};
use crate::kb::{Candidate, KnowledgeBase};
use crate::profile::Profile;
use crate::text::harmless_json;
use crate::truth::Truth;
use serde_json::Value;

/// What stands where traits and needs are put in. No string has it inside: there
/// its quotation marks would be escaped.
const TRAITS: &str = "\"evidence\":[]";
const NEEDS: &str = "\"needs\":[]";

/// A trait or a need by its truth.
type Worded = [String; 3];
/// The traits and the needs of a candidate.
type Both = (Vec<Worded>, Vec<Worded>);

/// The texts that lines are put together from.
pub struct Lines<'a> {
    kb: &'a KnowledgeBase,
    /// Traits and needs, by decision and candidate.
    candidates: IndexVec<DecisionId, IndexVec<CandidateId, Both>>,
    /// Decisions in the order in which JSON has them.
    order: Vec<DecisionId>,
}

impl<'a> Lines<'a> {
    /// The texts of a base.
    #[must_use]
    pub fn new(kb: &'a KnowledgeBase) -> Lines<'a> {
        let of = |candidate: &Candidate| {
            let worded = |line: &dyn Fn(Truth) -> Value| {
                [Truth::No, Truth::Unknown, Truth::Yes].map(|truth| harmless_json(&line(truth).to_string()).into_owned())
            };
            let traits = candidate.evidence.iter().map(|line| worded(&|truth| json::line(line, truth)));
            let needs = candidate.needs.iter().map(|need| worded(&|truth| json::need(need, truth)));
            (traits.collect(), needs.collect())
        };
        let mut order: Vec<DecisionId> = kb.decisions.ids().collect();
        order.sort_by_key(|decision| &kb.decisions[*decision].id);
        let candidates = kb.decisions.iter().map(|decision| decision.candidates.iter().map(of).collect()).collect();
        Lines { kb, candidates, order }
    }

    /// Puts the advice on a profile behind a text, without the end of the line.
    pub fn put(&self, profile: &Profile, advice: &Advice, row: u64, text: &mut String) {
        let mut frame = json::frame(self.kb, profile, advice);
        frame["row"] = row.into();
        let frame = frame.to_string();
        let frame = harmless_json(&frame);
        let mut rest = frame.as_ref();
        for decision in &self.order {
            for account in advice.judgement.decisions.get(*decision).into_iter().flat_map(Outcome::accounts) {
                rest = self.fill(*decision, account, rest, text);
            }
        }
        text.push_str(rest);
    }

    /// Puts in what goes before the traits and needs of a candidate, and these.
    fn fill<'t>(&self, decision: DecisionId, account: &Account, mut rest: &'t str, text: &mut String) -> &'t str {
        let (traits, needs) = &self.candidates[decision][account.candidate];
        for (mark, worded, truths) in [(TRAITS, traits, &*account.lines), (NEEDS, needs, &*account.needs)] {
            let Some(at) = rest.find(mark) else { return rest };
            let (before, behind) = rest.split_at(at + mark.len());
            text.push_str(&before[..before.len() - 1]);
            for (number, (worded, truth)) in worded.iter().zip(truths).enumerate() {
                text.push_str(if number == 0 { "" } else { "," });
                text.push_str(&worded[*truth as usize]);
            }
            text.push(']');
            rest = behind;
        }
        rest
    }
}
