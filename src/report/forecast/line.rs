//! What runs of many profiles, in money: a line of JSON each.
//!
//! The verdict says what goes on, so nothing is judged again; what may begin is left
//! to the forecast of a single profile.

use crate::engine::chain::Kept;
use crate::engine::compiled::verdict::Verdict;
use crate::engine::kernel::{Chosen, Readiness};
use crate::ids::DecisionId;
use crate::kb::{Keep, KnowledgeBase};
use crate::money::link::Subject;
use crate::money::stream::{Stream, net};
use crate::profile::Profile;
use crate::text::harmless_json;
use std::fmt::Write as _;

/// Writes lines for one base.
#[derive(Debug)]
pub struct Line<'a> {
    kb: &'a KnowledgeBase,
    /// What every line says of the base.
    tag: String,
    /// The decision whose candidates are streams.
    streams: Option<DecisionId>,
}

impl<'a> Line<'a> {
    /// For a base.
    #[must_use]
    pub fn new(kb: &'a KnowledgeBase) -> Line<'a> {
        let tag = serde_json::json!({ "version": kb.version, "hash": kb.hash }).to_string();
        Line { kb, tag, streams: kb.plan.sections.map(|sections| sections.begin.decision) }
    }

    /// Puts what runs of a profile behind a text: id, row, base, currency, what is left
    /// of a year by stream and in all (low, middle, high, in whole hundredths); a line.
    pub fn put(&self, profile: &Profile, verdict: &Verdict, row: u64, text: &mut String) {
        let kb = self.kb;
        let id = profile.id.as_deref().map_or_else(|| "null".to_owned(), |id| serde_json::Value::from(id).to_string());
        let _ = write!(text, "{{\"id\":{},\"row\":{row},\"kb\":{}", harmless_json(&id), harmless_json(&self.tag));
        let mut kept = Kept::default();
        for (decision, ruling) in kb.decisions.iter().zip(&verdict.rulings) {
            kept.push((decision.keep == Keep::Leaders).then(|| Chosen::from(ruling.chosen.as_slice())));
        }
        let subject = Subject { kb, answers: &profile.answers, own: &profile.streams, kept: &kept };
        let currency = kb.money.as_ref().and_then(|money| subject.currency(money).0).map(|unit| kb.units[unit].id.as_str());
        let _ = match currency {
            Some(id) => write!(text, ",\"currency\":\"{id}\",\"streams\":{{"),
            None => write!(text, ",\"currency\":null,\"streams\":{{"),
        };
        let mut year = [0_i128; 3];
        let mut is_first = true;
        let running = self.streams.and_then(|decision| Some((decision, verdict.rulings.get(decision)?)));
        if let Some((decision, ruling)) = running {
            for (candidate, group) in ruling.order.iter().zip(&ruling.groups) {
                if !matches!(group, Readiness::Keep | Readiness::Mend) {
                    continue;
                }
                let stream = Stream { at: (decision, *candidate), runs: true, start: 1 };
                let Ok(left) = net(&subject, stream) else { continue };
                let sums = [left.low, left.middle, left.high];
                let comma = if is_first { "" } else { "," };
                let _ =
                    write!(text, "{comma}\"{}\":[{},{},{}]", kb.candidate(decision, *candidate).id, sums[0], sums[1], sums[2]);
                year.iter_mut().zip(sums).for_each(|(sum, one)| *sum += one);
                is_first = false;
            }
        }
        let _ = if is_first {
            writeln!(text, "}},\"year\":null}}")
        } else {
            writeln!(text, "}},\"year\":[{},{},{}]}}", year[0], year[1], year[2])
        };
    }
}
