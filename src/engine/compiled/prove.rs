//! Proving what open answers cannot change, with the tables of [`super::proof`].

use super::marks::Marks;
use super::plan::Plan;
use super::proof::{Earlier, FAR, Lane, Proof, Worst, at, is_ahead, put};
use super::settling::Settling;
use super::steps::{all_places, get, places, set};
use super::verdict::Ruling;
use crate::answer::Answers;
use crate::engine::bounds::{Endings, State, Tables};
use crate::engine::chain::Kept;
use crate::engine::decide;
use crate::engine::kernel::{Chosen, Points, Rule};
use crate::engine::settling::settling;
use crate::ids::{CandidateId, DecisionId, FactId, IndexVec};
use crate::kb::Keep;
use crate::kb::blocks::{all_endings, ending, endings};

/// Buffers for proofs.
#[derive(Debug, Clone, Default)]
pub struct Proving {
    /// Per decision that keeps leaders one bit per possible ending (see [`ending`]).
    endings: IndexVec<DecisionId, Vec<u64>>,
    /// Whether those are worked out; only what is asked for is.
    are_known: IndexVec<DecisionId, bool>,
    /// The open facts that a decision reads, each with its place there.
    open: Vec<(FactId, usize)>,
    /// The points.
    points: Vec<Lane>,
    /// By how much a leader is ahead at worst, by rival.
    leads: Vec<Lane>,
    /// The least that differences of two candidates can become, by the first.
    least: Vec<Lane>,
    /// The least and the most that points can become.
    lows: Vec<Lane>,
    highs: Vec<Lane>,
    settling: Settling,
}

/// The points by every way in which an earlier decision can still end.
fn ways<'a>(choice: &'a Earlier, possible: &'a [u64]) -> impl Iterator<Item = &'a [Lane]> {
    all_places(possible).filter_map(|at| choice.points.get(at)).map(Vec::as_slice)
}

/// How many words hold one bit per ending of a decision with `n` candidates.
fn words(n: usize) -> usize {
    endings(n).div_ceil(64)
}

/// What is known about a profile while it is judged.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// The base.
    pub plan: &'a Plan<'a>,
    /// The answers.
    pub marks: &'a Marks,
    /// What the decisions before came to.
    pub earlier: &'a [Ruling],
}

impl Seen<'_> {
    /// What an earlier decision is worth as it stands.
    fn now<'b>(&self, choice: &'b Earlier) -> &'b [Lane] {
        &choice.points[ending(&self.earlier[choice.decision.index()].chosen, choice.candidates)]
    }
}

impl Proving {
    /// Buffers for a plan.
    #[must_use]
    pub fn new(plan: &Plan<'_>) -> Proving {
        let mut endings = IndexVec::filled(Vec::new(), plan.decisions.len());
        for decision in plan.decisions.iter().flat_map(|ruled| ruled.proof.reads()) {
            endings[decision] = vec![u64::MAX; words(plan.decisions[decision].candidates)];
        }
        Proving { endings, are_known: IndexVec::filled(false, plan.decisions.len()), ..Proving::default() }
    }

    /// Proves what can be proven about the leader of a decision.
    pub fn prove(&mut self, seen: Seen<'_>, decision: DecisionId, ruling: &mut Ruling) {
        self.are_known[decision] = false;
        let leader = ruling.chosen.first().copied();
        ruling.settled = match (&seen.plan.decisions[decision].proof, leader) {
            (Proof::None, _) | (_, None) => false,
            (Proof::Tables(worst), Some(leader)) => self.settle(seen, worst, &ruling.points, leader),
            (Proof::Engine(tables), Some(leader)) => self
                .by_engine(seen, tables, |state| decide::sureness(seen.plan.kb, tables, state, &ruling.points, leader).settled),
        };
    }

    /// The open facts that settle the first leader decision, which is not settled
    /// (see [`crate::engine::settling`]).
    pub fn ask(&mut self, seen: Seen<'_>, decision: DecisionId, ruling: &Ruling, found: &mut Vec<FactId>) {
        match &seen.plan.decisions[decision].proof {
            Proof::None => {}
            Proof::Tables(worst) => {
                self.enter(worst, seen.marks, &ruling.points);
                let Some(first) = ruling.order.first() else { return };
                let points = (self.points.as_slice(), *first);
                self.settling.find((worst, seen.plan.kb.floor), points, &self.open, &seen.marks.declined, found);
            }
            Proof::Engine(tables) => {
                let facts = self.by_engine(seen, tables, |state| settling(seen.plan.kb, tables, state));
                found.extend(facts);
            }
        }
    }

    /// Works out how an earlier decision may still end.
    fn work_out(&mut self, seen: Seen<'_>, decision: DecisionId) {
        if std::mem::replace(&mut self.are_known[decision], true) {
            return;
        }
        let before = Seen { earlier: &seen.earlier[..decision.index()], ..seen };
        match &seen.plan.decisions[decision].proof {
            Proof::None => {}
            Proof::Tables(worst) => {
                for choice in &worst.choices {
                    self.work_out(before, choice.decision);
                }
                self.end(before, (decision, worst), &seen.earlier[decision.index()].points);
            }
            Proof::Engine(tables) => {
                let found =
                    self.by_engine(before, tables, |state| decide::endings(seen.plan.kb, tables, state.answers, state.endings));
                let possible = &mut self.endings[decision];
                possible.fill(if found.is_empty() { u64::MAX } else { 0 });
                for kept in &found {
                    let place = ending(kept, tables.candidates());
                    set(possible, u32::try_from(place).unwrap_or(u32::MAX), true);
                }
            }
        }
    }

    /// Notes which facts are open, and the points as lanes.
    fn enter(&mut self, worst: &Worst, marks: &Marks, points: &[i32]) {
        self.open.clear();
        for (at, reads) in worst.reads.iter().enumerate() {
            let known = marks.known.get(at).copied().unwrap_or(0);
            let open = places(reads & !known).map(|fact| FactId::new(at * 64 + fact)).map(|fact| (fact, worst.places[fact]));
            self.open.extend(open);
        }
        put(points, &mut self.points);
    }

    /// Whether nothing that is open takes the first place, or the floor, from a leader.
    fn settle(&mut self, seen: Seen<'_>, worst: &Worst, points: &Points, leader: CandidateId) -> bool {
        self.enter(worst, seen.marks, points);
        let mut low = worst.leads(leader, &self.points, &self.open, &mut self.leads);
        let floor = seen.plan.kb.floor;
        let are_ahead = |leads: &[Lane]| leads.iter().copied().all(is_ahead);
        // Earlier decisions can only make a lead worse, and raise the points by so much at most.
        let more = |choice: &Earlier| at(&choice.most, leader) - at(seen.now(choice), leader);
        if !are_ahead(&self.leads) || low + worst.choices.iter().map(more).sum::<i32>() < floor {
            return false;
        }
        for choice in &worst.choices {
            self.work_out(seen, choice.decision);
            let now = seen.now(choice);
            let possible = &self.endings[choice.decision];
            for (lane, (leads, now_rivals)) in self.leads.iter_mut().zip(now).enumerate() {
                let mut least = Lane::splat(FAR);
                for way in ways(choice, possible) {
                    least = least.min(Lane::splat(at(way, leader)) - way[lane]);
                }
                *leads -= (Lane::splat(at(now, leader)) - *now_rivals - least).max(Lane::ZERO);
            }
            let lowest = ways(choice, possible).map(|way| at(way, leader)).min().unwrap_or(0);
            low += lowest - at(now, leader);
        }
        low >= floor && are_ahead(&self.leads)
    }

    /// How a decision may still end.
    fn end(&mut self, seen: Seen<'_>, (decision, worst): (DecisionId, &Worst), points: &[i32]) {
        let (n, lanes) = (worst.candidates, worst.lanes);
        self.enter(worst, seen.marks, points);
        self.least.clear();
        let differences = points.iter().flat_map(|one| self.points.iter().map(|others| Lane::splat(*one) - *others));
        self.least.extend(differences);
        self.lows.clone_from(&self.points);
        self.highs.clone_from(&self.points);
        for (_, place) in &self.open {
            add(&mut self.least, &worst.least[place * n * lanes..(place + 1) * n * lanes]);
            add(&mut self.lows, worst.fact(&worst.low, *place));
            add(&mut self.highs, worst.fact(&worst.high, *place));
        }
        for choice in &worst.choices {
            let (now, possible) = (seen.now(choice), &self.endings[choice.decision]);
            let least_of = |of: &dyn Fn(&[Lane]) -> Lane| {
                let least = ways(choice, possible).map(of).reduce(Lane::min).unwrap_or(Lane::ZERO);
                least - of(now)
            };
            for (number, least) in self.least.iter_mut().enumerate() {
                let (a, lane) = (CandidateId::new(number / lanes), number % lanes);
                *least += least_of(&|way| Lane::splat(at(way, a)) - way[lane]);
            }
            for (lane, (low, high)) in self.lows.iter_mut().zip(&mut self.highs).enumerate() {
                *low += least_of(&|way| way[lane]);
                *high -= least_of(&|way| Lane::ZERO - way[lane]);
            }
        }
        let least = |a: CandidateId, b: CandidateId| at(worst.of(&self.least, a), b);
        let range = |a: CandidateId| (at(&self.lows, a), at(&self.highs, a));
        let possible = &mut self.endings[decision];
        possible.fill(0);
        Rule::of(seen.plan.kb).endings(n, least, range, |kept| {
            let place = match (kept.leader(), kept.second()) {
                (Some(leader), Some(second)) => ending(&[leader, second], n),
                (Some(leader), None) => ending(&[leader], n),
                (None, _) => ending(&[], n),
            };
            set(possible, u32::try_from(place).unwrap_or(u32::MAX), true);
        });
        if possible.iter().all(|word| *word == 0) {
            possible.fill(u64::MAX);
        }
    }

    /// Asks the engine, where lines join several facts.
    fn by_engine<T>(&mut self, seen: Seen<'_>, tables: &Tables, ask: impl FnOnce(&State<'_>) -> T) -> T {
        let mut answers = Answers::unknown(seen.plan.facts.len());
        seen.marks.given.iter().for_each(|(fact, answer)| answers.set(*fact, Some(*answer)));
        seen.marks.declined.iter().for_each(|fact| answers.decline(*fact));
        let mut kept = Kept::default();
        let mut endings = Endings::default();
        for (number, one) in tables.decision().before().zip(seen.earlier) {
            let ruled = &seen.plan.decisions[number];
            kept.push((ruled.keep == Keep::Leaders).then(|| Chosen::from(one.chosen.as_slice())));
            self.work_out(seen, number);
            // An empty list allows any ending.
            let is_proven = !matches!(ruled.proof, Proof::None);
            let all = if is_proven { all_endings(ruled.candidates) } else { Vec::new() };
            let is_possible = |at: u32| get(&self.endings[number], at) == 1;
            endings.push(all.into_iter().zip(0..).filter(|(_, at)| is_possible(*at)).map(|(kept, _)| kept).collect());
        }
        ask(&State { answers: &answers, kept: &kept, endings: &endings })
    }
}

#[inline]
fn add(sums: &mut [Lane], more: &[Lane]) {
    sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += *more);
}
