//! What one answer does alone, in words.

use super::Teller;
use crate::compare::Step;
use crate::compare::alone::Alone;
use crate::engine::kernel::Readiness;
use crate::ids::CandidateRef;
use crate::money::together::leaps;
use crate::whatif::change::Leaders;
use crate::words;

/// How many streams and measures are named.
const NAMED: usize = 3;

impl Teller<'_> {
    /// What an answer of the second side does on the first, the gravest first; points last.
    pub(super) fn does(&self, step: &Step, one: &Alone) -> String {
        let kb = self.found.kb;
        let name = |at: CandidateRef| kb.candidate(at.0, at.1).name.get(self.lang).to_owned();
        let mut parts: Vec<String> = one.leaders.iter().filter_map(|leaders| self.becomes(leaders)).collect();
        let gained = |is: &dyn Fn(Readiness) -> bool| -> Vec<String> {
            one.moves.iter().filter(|one| is(one.after) && !is(one.before)).map(|one| name(one.at)).collect()
        };
        let count = parts.len();
        for (key, names) in [
            ("compare.does.stops", gained(&|one| one == Readiness::Stop)),
            ("compare.does.opens", gained(&|one| one == Readiness::Open)),
            ("compare.does.closes", gained(&|one| !one.is_alive() && !matches!(one, Readiness::InPlace | Readiness::Stop))),
        ] {
            if !names.is_empty() {
                parts.push(self.fill(key, &[("names", &self.some(&names))]));
            }
        }
        if parts.len() == count && !one.moves.is_empty() {
            let names: Vec<String> = one.moves.iter().map(|one| name(one.at)).collect();
            parts.push(self.fill("compare.does.stands", &[("names", &self.some(&names))]));
        }
        if let Some((_, money)) = one.money {
            parts.push(
                money.map_or_else(
                    || self.say("compare.does.no-money"),
                    |at| self.fill("compare.does.money", &[("name", &name(at))]),
                ),
            );
        }
        parts.extend(self.year(step, one));
        if parts.is_empty() && !one.planned.is_empty() {
            parts.push(self.fill("compare.does.plan", &[("n", &one.planned.len().to_string())]));
        }
        parts.extend(self.nearer(step, one));
        if parts.is_empty() && !one.points.is_empty() {
            parts.push(self.say("compare.does.others"));
        }
        parts.join(words::say("line.reason-joint", self.lang))
    }

    /// Names, the first few of them.
    fn some(&self, names: &[String]) -> String {
        let shown = self.list(&names[..names.len().min(NAMED)]);
        match names.len().saturating_sub(NAMED) {
            0 => shown,
            more => self.fill("whatif.and-more", &[("names", &shown), ("n", &more.to_string())]),
        }
    }

    /// Who leads instead.
    fn becomes(&self, leaders: &Leaders) -> Option<String> {
        let decision = &self.found.kb.decisions[leaders.decision];
        let heading = decision.heading.get(self.lang);
        if leaders.before.first() == leaders.after.first() {
            return None;
        }
        Some(match leaders.after.first() {
            Some(leader) => {
                let name = decision.candidates[*leader].name.get(self.lang);
                self.fill("compare.does.becomes", &[("heading", heading), ("name", name)])
            }
            None => self.fill("compare.does.nobody", &[("heading", heading)]),
        })
    }

    /// What the year comes to instead, where that shows at two digits; over ten times
    /// as much is said not to be counted on, since no other answer moves with the one.
    fn year(&self, step: &Step, one: &Alone) -> Option<String> {
        let (before, after) = one.year?;
        let currency = self.found.sides[step.from].view.year.and_then(|(_, currency)| currency);
        let key = if leaps(before, after) { "compare.does.year-leap" } else { "compare.does.year" };
        let purse = self.purse(currency);
        let (before, after) = (purse.bare(before), purse.sum(after));
        (!after.starts_with(&format!("{before} ")) && after != before)
            .then(|| self.fill(key, &[("before", &before), ("after", &after)]))
    }

    /// By how much it comes nearer to the other type, or its lead grows.
    fn nearer(&self, step: &Step, one: &Alone) -> Option<String> {
        let [from, to] = [step.from, step.to].map(|at| &self.found.sides[at].view);
        let (_, pole) = from.poles(to)?;
        let is_lead = from.is_first(pole);
        let key = match (one.toward, is_lead) {
            (0, _) => return None,
            (1.., false) => "compare.does.toward",
            (_, false) => "compare.does.away",
            (1.., true) => "compare.does.lead-more",
            (_, true) => "compare.does.lead-less",
        };
        Some(self.fill(key, &[("name", &self.named(pole)), ("n", &one.toward.abs().to_string())]))
    }
}
