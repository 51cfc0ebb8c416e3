//! Judging one profile with compiled tables. Everything is written into buffers
//! that are used again, so a row costs no allocation.

use super::marks::Marks;
use super::plan::proof::{Open, Proof, Worst, ending, possible_endings};
use super::plan::{Lane, Plan, Ruled, Shape, WIDTH};
use super::rank::{add, rank, rounded};
use crate::answer::Answers;
use crate::engine::bounds::{Endings, State, all_endings};
use crate::engine::decide;
use crate::engine::judgement::Group;
use crate::engine::score::Kept;
use crate::engine::share;
use crate::kb::Keep;

/// What was decided about one profile.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// One per decision of the base; those not asked for are empty.
    pub rulings: Vec<Ruling>,
    /// Whether what is stated and what is observed point to different candidates.
    pub gap: bool,
    /// Whether every fact is known.
    pub complete: bool,
    /// Open facts of which the answer alone could settle the first leader.
    pub ask: Vec<usize>,
}

/// What came out of one decision.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ruling {
    /// Points by candidate.
    pub points: Vec<i32>,
    /// Candidates, the most points first. Of a decision that keeps all, only
    /// those with points for them.
    pub order: Vec<usize>,
    /// For leader decisions: the leader, perhaps a second; empty if it abstains.
    pub chosen: Vec<usize>,
    /// Points of the leader over the next.
    pub margin: Option<i32>,
    /// Whether no completion takes the first place from the leader.
    pub settled: bool,
    /// For decisions that keep all: the group of each candidate in `order`.
    pub groups: Vec<Group>,
    /// For leader decisions: shares in ten-thousandths, in `order`.
    pub shares: Vec<u32>,
}

/// Buffers for judging.
#[derive(Debug, Clone)]
pub struct Judging {
    clauses: Vec<u32>,
    bits: Vec<u64>,
    points: Vec<Lane>,
    keys: Vec<i64>,
    weights: Vec<f64>,
    /// Per decision, which endings are possible; empty if all are.
    endings: Vec<Vec<bool>>,
    drops: Vec<i32>,
    least: Vec<i32>,
    /// The bits of the observed and of the stated answers alone.
    sides: [Vec<u64>; 2],
    /// The points by the observed and by the stated answers alone.
    parts: [Vec<i32>; 2],
}

impl Judging {
    /// Buffers for a plan.
    #[must_use]
    pub fn new(plan: &Plan<'_>) -> Judging {
        let columns = plan.decisions.iter().map(|one| one.tables.len()).max().unwrap_or(0);
        Judging {
            clauses: Vec::new(),
            bits: vec![0; plan.words],
            points: vec![[0; WIDTH]; columns],
            keys: Vec::new(),
            weights: Vec::new(),
            endings: vec![Vec::new(); plan.decisions.len()],
            drops: Vec::new(),
            least: Vec::new(),
            sides: [vec![0; plan.words], vec![0; plan.words]],
            parts: [Vec::new(), Vec::new()],
        }
    }

    /// Judges what is marked.
    pub fn judge(&mut self, plan: &Plan<'_>, marks: &Marks, verdict: &mut Verdict) {
        self.enter(plan, marks);
        verdict.rulings.resize_with(plan.decisions.len(), Ruling::default);
        verdict.complete = marks.count() == plan.facts.len();
        verdict.ask.clear();
        let mut first_leader = true;
        for (decision, ruled) in plan.decisions.iter().enumerate() {
            if !ruled.needed {
                continue;
            }
            self.score(plan, ruled, marks);
            let (earlier, rest) = verdict.rulings.split_at_mut(decision);
            let Some(ruling) = rest.first_mut() else { break };
            ruling.points.clear();
            ruling.points.extend(self.points.iter().flatten().take(ruled.candidates));
            match ruled.keep {
                Keep::Leaders => {
                    self.lead(plan, ruled, ruling);
                    let ask = first_leader.then_some(&mut verdict.ask);
                    self.prove(plan, decision, marks, earlier, ruling, ask);
                    first_leader = false;
                    note(ruled, &ruling.chosen, &mut self.bits);
                }
                Keep::All => self.sort(ruled, ruling),
            }
        }
        verdict.gap = plan.has_gap && self.gap(plan, marks, verdict);
    }

    /// Turns rows into bits.
    fn enter(&mut self, plan: &Plan<'_>, marks: &Marks) {
        self.bits.fill(0);
        if plan.has_gap {
            self.sides.iter_mut().for_each(|side| side.fill(0));
        }
        for (fact, chosen) in &marks.sets {
            let Some(Shape::Choices { first, literals }) = plan.facts.get(*fact as usize) else { continue };
            for (options, yes, bit) in literals {
                let holds = (options & chosen != 0) == *yes;
                self.bits[(*bit / 64) as usize] |= u64::from(holds) << (bit % 64);
                if plan.has_gap {
                    let side = usize::from(plan.stated[*first as usize]);
                    self.sides[side][(*bit / 64) as usize] |= u64::from(holds) << (bit % 64);
                }
            }
        }
        if let ([bits], false) = (self.bits.as_mut_slice(), plan.has_gap) {
            *bits = marks.rows.iter().fold(*bits, |bits, row| bits | plan.row_bits[*row as usize]);
            return;
        }
        for row in &marks.rows {
            let from = *row as usize * plan.words;
            let more = &plan.row_bits[from..from + plan.words];
            self.bits.iter_mut().zip(more).for_each(|(bits, more)| *bits |= more);
            if plan.has_gap {
                let side = &mut self.sides[usize::from(plan.stated[*row as usize])];
                side.iter_mut().zip(more).for_each(|(bits, more)| *bits |= more);
            }
        }
    }

    /// The points of every candidate of a decision.
    fn score(&mut self, plan: &Plan<'_>, ruled: &Ruled, marks: &Marks) {
        test_clauses(plan, ruled, &self.bits, &mut self.clauses);
        for ((table, base), points) in ruled.tables.iter().zip(&ruled.base).zip(&mut self.points) {
            let mut sum = *base;
            marks.rows.iter().for_each(|row| add(&mut sum, &table[*row as usize]));
            self.clauses.iter().for_each(|row| add(&mut sum, &table[*row as usize]));
            *points = sum;
        }
    }

    /// Ranks, chooses the leaders and reads the points as shares.
    fn lead(&mut self, plan: &Plan<'_>, ruled: &Ruled, ruling: &mut Ruling) {
        rank(&ruling.points, &mut self.keys, &mut ruling.order, i32::MIN);
        ruling.chosen.clear();
        ruling.margin = None;
        let points = &ruling.points;
        if let Some(first) = ruling.order.first().copied().filter(|first| points[*first] >= plan.kb.floor) {
            ruling.chosen.push(first);
            if let Some(second) = ruling.order.get(1).copied() {
                let behind = points[first] - points[second];
                ruling.margin = Some(behind);
                if points[second] >= plan.kb.floor && behind <= plan.kb.hybrid_margin {
                    ruling.chosen.push(second);
                }
            }
        }
        ruling.shares.clear();
        if ruled.printed {
            let top = ruling.order.first().map_or(0, |first| points[*first]);
            let odds = |points: &i32| {
                let behind = top - points;
                let known = usize::try_from(behind).ok().and_then(|behind| plan.odds.get(behind)).copied();
                known.unwrap_or_else(|| share::weight(-behind, plan.kb.temperature))
            };
            self.weights.clear();
            self.weights.extend(points.iter().map(odds));
            let sum: f64 = self.weights.iter().sum();
            ruling.shares.extend(ruling.order.iter().map(|one| rounded(self.weights[*one] / sum)));
        }
    }

    /// Sorts the candidates with points for them into groups.
    fn sort(&mut self, ruled: &Ruled, ruling: &mut Ruling) {
        for (test, bit) in &ruled.derived {
            if test.holds(&self.bits) {
                self.bits[(*bit / 64) as usize] |= 1 << (bit % 64);
            }
        }
        rank(&ruling.points, &mut self.keys, &mut ruling.order, 1);
        ruling.groups.clear();
        ruling.groups.extend(ruling.order.iter().map(|one| {
            let needs = &ruled.needs[*one];
            let any = |masks: &[(usize, u64)]| masks.iter().any(|(word, mask)| self.bits[*word] & mask != 0);
            if any(&needs.never) {
                Group::Never
            } else if any(&needs.unmet) {
                Group::Later
            } else if needs.met.iter().all(|(word, mask)| self.bits[*word] & mask == *mask) {
                Group::Open
            } else {
                Group::Confirm
            }
        }));
    }

    /// Proves what can be proven about a leader.
    fn prove(
        &mut self,
        plan: &Plan<'_>,
        decision: usize,
        marks: &Marks,
        earlier: &[Ruling],
        ruling: &mut Ruling,
        ask: Option<&mut Vec<usize>>,
    ) {
        ruling.settled = false;
        self.endings[decision].clear();
        match &plan.decisions[decision].proof {
            Proof::None => {}
            Proof::Tables(worst) => self.prove_by_tables(plan, (decision, worst), marks, earlier, ruling, ask),
            Proof::Engine(tables) => {
                let mut answers = Answers::unknown(plan.facts.len());
                marks.given.iter().for_each(|(fact, answer)| answers.set(*fact as usize, Some(*answer)));
                let mut kept = Kept::default();
                let mut endings = Endings::default();
                for (number, one) in earlier.iter().enumerate() {
                    let leads = plan.decisions[number].keep == Keep::Leaders;
                    kept.push(leads.then(|| one.chosen.clone()));
                    let all = all_endings(plan.decisions[number].candidates).into_iter();
                    let open = &self.endings[number];
                    endings.push(all.zip(open).filter(|(_, possible)| **possible).map(|(kept, _)| kept).collect());
                }
                let state = State { answers: &answers, kept: &kept, endings: &endings };
                if let Some(leader) = ruling.chosen.first() {
                    ruling.settled = decide::sureness(plan.kb, tables, &state, &ruling.points, *leader).settled;
                }
                let possible = decide::endings(plan.kb, tables, &answers, &endings);
                let all = all_endings(ruling.points.len());
                self.endings[decision].extend(all.iter().map(|ending| possible.contains(ending)));
            }
        }
    }

    fn prove_by_tables(
        &mut self,
        plan: &Plan<'_>,
        (decision, worst): (usize, &Worst),
        marks: &Marks,
        earlier: &[Ruling],
        ruling: &mut Ruling,
        ask: Option<&mut Vec<usize>>,
    ) {
        let n = worst.candidates;
        let open = || worst.facts.iter().filter(|open| !marks.is_known(open.fact));
        if let Some(leader) = ruling.chosen.first().copied() {
            let here = leader * n..(leader + 1) * n;
            self.drops.clear();
            self.drops.resize(n, 0);
            let mut low = ruling.points[leader];
            for one in open() {
                self.drops.iter_mut().zip(&one.drop[here.clone()]).for_each(|(sum, drop)| *sum += drop);
                low += one.low[leader];
            }
            for choice in &worst.choices {
                let kept = &earlier[choice.decision].chosen;
                let now = &choice.points[ending(kept, plan.decisions[choice.decision].candidates)];
                let possible = &self.endings[choice.decision];
                let rows = || choice.points.iter().enumerate().filter(|(at, _)| possible.get(*at).copied().unwrap_or(true));
                for (rival, drop) in self.drops.iter_mut().enumerate() {
                    let least = rows().map(|(_, points)| points[leader] - points[rival]).min().unwrap_or(0);
                    *drop += (now[leader] - now[rival] - least).max(0);
                }
                low += rows().map(|(_, points)| points[leader]).min().unwrap_or(0) - now[leader];
            }
            let lead = |rival: usize| ruling.points[leader] - ruling.points[rival] + i32::from(leader < rival);
            let holds = |relief: Option<&Open>| {
                let eased = |rival: usize| self.drops[rival] - relief.map_or(0, |open| open.drop[leader * n + rival]);
                let floor = low - relief.map_or(0, |open| open.low[leader]);
                floor >= plan.kb.floor && (0..n).all(|rival| rival == leader || lead(rival) - eased(rival) > 0)
            };
            ruling.settled = holds(None);
            if let Some(ask) = ask.filter(|_| !ruling.settled) {
                ask.extend(open().filter(|one| holds(Some(one))).map(|one| one.fact));
            }
        }
        if worst.wants_endings {
            self.least.clear();
            self.least.extend((0..n * n).map(|pair| ruling.points[pair / n] - ruling.points[pair % n]));
            let mut highs = ruling.points.clone();
            let mut lows = ruling.points.clone();
            for one in worst.facts.iter().filter(|open| !marks.is_known(open.fact)) {
                self.least.iter_mut().zip(&one.least).for_each(|(sum, least)| *sum += least);
                highs.iter_mut().zip(&one.high).for_each(|(sum, high)| *sum += high);
                lows.iter_mut().zip(&one.low).for_each(|(sum, low)| *sum += low);
            }
            for choice in &worst.choices {
                let kept = &earlier[choice.decision].chosen;
                let now = &choice.points[ending(kept, plan.decisions[choice.decision].candidates)];
                let possible = &self.endings[choice.decision];
                let rows = || choice.points.iter().enumerate().filter(|(at, _)| possible.get(*at).copied().unwrap_or(true));
                for (pair, sum) in self.least.iter_mut().enumerate() {
                    let (a, b) = (pair / n, pair % n);
                    *sum += rows().map(|(_, points)| points[a] - points[b]).min().unwrap_or(0) - (now[a] - now[b]);
                }
                for one in 0..n {
                    highs[one] += rows().map(|(_, points)| points[one]).max().unwrap_or(0) - now[one];
                    lows[one] += rows().map(|(_, points)| points[one]).min().unwrap_or(0) - now[one];
                }
            }
            let most = |a: usize, b: usize| -self.least[b * n + a];
            possible_endings(plan.kb, n, most, &highs, &lows, &mut self.endings[decision]);
        }
    }

    /// Whether the stated and the observed answers alone lead to different
    /// candidates (see [`crate::engine::judgement::Gap`]).
    fn gap(&mut self, plan: &Plan<'_>, marks: &Marks, verdict: &Verdict) -> bool {
        for (ruled, ruling) in plan.decisions.iter().zip(&verdict.rulings).filter(|(ruled, _)| ruled.needed) {
            self.sides.iter_mut().for_each(|side| note(ruled, &ruling.chosen, side));
        }
        let leads = |ruled: &&Ruled| ruled.needed && ruled.keep == Keep::Leaders;
        plan.decisions.iter().filter(leads).any(|ruled| {
            for ((stated, side), sum) in [false, true].into_iter().zip(&self.sides).zip(&mut self.parts) {
                test_clauses(plan, ruled, side, &mut self.clauses);
                sum.clear();
                for (table, base) in ruled.tables.iter().zip(&ruled.base) {
                    let mut lane = *base;
                    for row in marks.rows.iter().filter(|row| plan.stated[**row as usize] == stated).chain(&self.clauses) {
                        add(&mut lane, &table[*row as usize]);
                    }
                    sum.extend(lane);
                }
                sum.truncate(ruled.candidates);
            }
            let [seen, said] = &self.parts;
            let Some(best) = said.iter().max().copied().filter(|best| *best > 0) else { return false };
            let Some(top) = seen.iter().max().copied() else { return false };
            let near = |(said, seen): (&i32, &i32)| *said == best && top - seen <= plan.kb.hybrid_margin;
            top >= plan.kb.floor && !said.iter().zip(seen).any(near)
        })
    }
}

/// Notes in the bits what a decision keeps.
fn note(ruled: &Ruled, chosen: &[usize], bits: &mut [u64]) {
    if chosen.is_empty() {
        return;
    }
    for (candidate, (kept, dropped)) in ruled.chosen.iter().enumerate() {
        if let Some(bit) = if chosen.contains(&candidate) { kept } else { dropped } {
            bits[(*bit / 64) as usize] |= 1 << (bit % 64);
        }
    }
}

fn test_clauses(plan: &Plan<'_>, ruled: &Ruled, bits: &[u64], rows: &mut Vec<u32>) {
    rows.clear();
    rows.resize(ruled.clauses.len(), 0);
    let first = u32::try_from(plan.fact_rows()).unwrap_or(u32::MAX);
    let mut found = 0;
    // Every row is written and only the end moves, since no branch here can be foreseen.
    for (test, row) in ruled.clauses.iter().zip(first..) {
        if let Some(place) = rows.get_mut(found) {
            *place = row;
        }
        found += usize::from(test.holds(bits));
    }
    rows.truncate(found);
}
