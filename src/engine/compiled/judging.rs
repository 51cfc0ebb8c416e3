//! Judging one profile with compiled tables. Everything is written into buffers
//! that are used again, so a row costs no allocation.

use super::marks::Marks;
use super::needs::{Found, SET};
use super::plan::{Plan, Ruled, Shape, Sides};
use super::prove::{Proving, Seen};
use super::rank::{Ranking, rounded};
use super::steps::{places, set};
use super::verdict::{Ruling, Verdict};
use crate::engine::kernel::{Rule, least_points};
use crate::engine::share;
use crate::ids::{CandidateId, ClashId, OptionId};
use crate::kb::Keep;
use crate::kb::blocks::ending;

/// Buffers for judging.
#[derive(Debug, Clone)]
pub struct Judging {
    /// Literals that hold.
    bits: Vec<u64>,
    /// Room for rows besides those of the answers, as many as any decision can have.
    rows: Vec<u32>,
    /// Points by column.
    sums: Vec<i32>,
    ranking: Ranking,
    weights: Vec<f64>,
    /// Shares by candidate.
    shares: Vec<u32>,
    found: Vec<Found>,
    proving: Proving,
    /// Whether it is asked which answers settle the first leader.
    asks: bool,
    apart: Apart,
}

/// Buffers for judging the observed and the stated answers each by themselves.
#[derive(Debug, Clone, Default)]
struct Apart {
    bits: Vec<u64>,
    answers: Vec<u32>,
    sums: [Vec<i32>; 2],
}

impl Judging {
    /// Buffers for a plan; `asks` if [`Verdict::ask`] is wanted.
    #[must_use]
    pub fn new(plan: &Plan<'_>, asks: bool) -> Judging {
        Judging {
            bits: vec![0; plan.words],
            rows: vec![0; plan.decisions.iter().map(|ruled| ruled.endings.len() + ruled.steps.asked()).max().unwrap_or(0)],
            sums: Vec::new(),
            ranking: Ranking::default(),
            weights: Vec::new(),
            shares: Vec::new(),
            found: Vec::new(),
            proving: Proving::new(plan),
            asks,
            apart: Apart::default(),
        }
    }

    /// Judges what is marked.
    pub fn judge(&mut self, plan: &Plan<'_>, marks: &Marks, verdict: &mut Verdict) {
        enter(plan, marks, &marks.rows, &mut self.bits);
        verdict.rulings.resize_with(plan.decisions.len(), Ruling::default);
        verdict.complete = marks.count() == plan.facts.len();
        verdict.ask.clear();
        verdict.gap = false;
        let mut first_leader = true;
        for (decision, ruled) in plan.decisions.pairs() {
            if !ruled.needed {
                continue;
            }
            let (earlier, rest) = verdict.rulings.split_at_mut(decision.index());
            let Some(ruling) = rest.first_mut() else { break };
            score(plan, ruled, (&marks.rows, earlier), &mut self.bits, &mut self.rows, &mut self.sums);
            ruling.points.clear();
            ruling.points.extend(self.sums.iter().copied().take(ruled.candidates));
            match ruled.keep {
                Keep::Leaders => {
                    self.lead(plan, ruled, ruling);
                    let seen = Seen { plan, marks, earlier };
                    self.proving.prove(seen, decision, ruling);
                    if std::mem::replace(&mut first_leader, false) && self.asks && !ruling.settled {
                        self.proving.ask(seen, decision, ruling, &mut verdict.ask);
                    }
                    verdict.gap = verdict.gap || self.gap(plan, ruled, marks, earlier);
                    note(ruled, &ruling.chosen, &mut self.bits);
                }
                Keep::All => self.sort(ruled, earlier, ruling),
            }
        }
    }

    /// The clashes in the answers that were judged last, put into `found`.
    pub fn clashes(&self, plan: &Plan<'_>, marks: &Marks, found: &mut Vec<ClashId>) {
        found.clear();
        plan.clashing.find(&self.bits, &marks.known, found);
    }

    /// Ranks, chooses the leaders and reads the points as shares.
    fn lead(&mut self, plan: &Plan<'_>, ruled: &Ruled, ruling: &mut Ruling) {
        self.ranking.rank(&ruling.points, ruled.sums.reach(), &mut ruling.order, i32::MIN);
        ruling.chosen.clear();
        let points = &ruling.points;
        let [first, second] = [0, 1].map(|at| ruling.order.get(at).map(|one| (*one, points[*one])));
        let kept = Rule::of(plan.kb).chosen(first, second);
        ruling.chosen.extend(kept.iter());
        ruling.margin = kept.leader().and(first.zip(second)).map(|((_, first), (_, second))| first - second);
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
            self.shares.clear();
            self.shares.extend(self.weights.iter().map(|weight| rounded(weight / sum)));
            ruling.shares.extend(ruling.order.iter().map(|one| self.shares[one.index()]));
        }
    }

    /// Sorts into groups the candidates with points for them, and those without
    /// that run or are in place.
    fn sort(&mut self, ruled: &Ruled, earlier: &[Ruling], ruling: &mut Ruling) {
        self.ranking.rank(&ruling.points, ruled.sums.reach(), &mut ruling.order, 1);
        ruling.must_stop = ruled.needs.find(&self.bits, earlier, &mut self.found);
        ruling.groups.clear();
        ruling.groups.extend(ruling.order.iter().map(|one| self.found[one.index() / SET].group(*one, true)));
        let fitting = ruling.order.len();
        for (set, found) in self.found.iter().enumerate() {
            let others = places(found.running() | found.in_place()).map(|place| CandidateId::new(set * SET + place));
            ruling.order.extend(others.filter(|one| ruling.points.get(*one).is_some_and(|points| *points <= 0)));
        }
        if let Some(others) = ruling.order.get_mut(fitting..) {
            others.sort_unstable_by_key(|one| (std::cmp::Reverse(ruling.points[*one]), *one));
            ruling.groups.extend(others.iter().map(|one| {
                let found = &self.found[one.index() / SET];
                let runs = found.running() >> (one.index() % SET) & 1 == 1;
                found.group(*one, ruling.points[*one] >= least_points(runs))
            }));
        }
        ruling.alive.clear();
        if ruled.is_served {
            ruling.alive.resize(self.found.len(), 0);
            for (one, group) in ruling.order.iter().zip(&ruling.groups) {
                ruling.alive[one.index() / SET] |= u64::from(group.is_alive()) << (one.index() % SET);
            }
        }
    }

    /// Whether the stated and the observed answers alone lead to different
    /// candidates (see [`crate::engine::judgement::Gap`]).
    fn gap(&mut self, plan: &Plan<'_>, ruled: &Ruled, marks: &Marks, earlier: &[Ruling]) -> bool {
        let n = ruled.candidates;
        let (seen, said) = match ruled.sides {
            Sides::None => return false,
            Sides::Columns => self.sums[n..].split_at(n),
            Sides::Apart => {
                let Apart { bits, answers, sums } = &mut self.apart;
                for (sums, stated) in sums.iter_mut().zip([false, true]) {
                    answers.clear();
                    answers.extend(marks.rows.iter().filter(|row| plan.stated[**row as usize] == stated));
                    bits.resize(plan.words, 0);
                    enter(plan, marks, answers, bits);
                    // What is kept earlier is nothing that was said.
                    let earlier = if stated { &[] } else { earlier };
                    for (ruled, ruling) in plan.decisions.iter().zip(earlier).filter(|(ruled, _)| ruled.needed) {
                        note(ruled, &ruling.chosen, bits);
                    }
                    score(plan, ruled, (answers, earlier), bits, &mut self.rows, sums);
                }
                let [seen, said] = sums;
                (seen.as_slice(), said.as_slice())
            }
        };
        Rule::of(plan.kb).gap(said, seen).is_some()
    }
}

/// Turns answers into bits. Of the sets only those count of which `rows` has a choice.
fn enter(plan: &Plan<'_>, marks: &Marks, rows: &[u32], bits: &mut [u64]) {
    match plan.words {
        1 => bits.copy_from_slice(&joined::<1>(rows, &plan.row_bits)),
        2 => bits.copy_from_slice(&joined::<2>(rows, &plan.row_bits)),
        4 => bits.copy_from_slice(&joined::<4>(rows, &plan.row_bits)),
        6 => bits.copy_from_slice(&joined::<6>(rows, &plan.row_bits)),
        8 => bits.copy_from_slice(&joined::<8>(rows, &plan.row_bits)),
        10 => bits.copy_from_slice(&joined::<10>(rows, &plan.row_bits)),
        12 => bits.copy_from_slice(&joined::<12>(rows, &plan.row_bits)),
        words => {
            bits.fill(0);
            for row in rows {
                let more = &plan.row_bits[*row as usize * words..(*row as usize + 1) * words];
                bits.iter_mut().zip(more).for_each(|(bits, more)| *bits |= more);
            }
        }
    }
    let is_whole = rows.len() == marks.rows.len();
    for (fact, chosen) in &marks.sets {
        let Some(Shape::Choices { first, literals }) = plan.facts.get(*fact) else { continue };
        if is_whole || rows.contains(&(first + chosen.bits().trailing_zeros())) {
            for (word, (bits, literals)) in bits.iter_mut().zip(literals).enumerate().filter(|(_, (_, literals))| **literals != 0)
            {
                let takes = |option: OptionId| plan.row_takes[(*first as usize + option.index()) * plan.words + word];
                *bits |= literals & !chosen.iter().fold(0, |taken, option| taken | takes(option));
            }
        }
    }
}

/// The literals of all rows.
fn joined<const W: usize>(rows: &[u32], row_bits: &[u64]) -> [u64; W] {
    let mut bits = [0; W];
    let (row_bits, _) = row_bits.as_chunks::<W>();
    for more in rows.iter().filter_map(|row| row_bits.get(*row as usize)) {
        bits.iter_mut().zip(more).for_each(|(bits, more)| *bits |= more);
    }
    bits
}

/// The points of a decision by column, given the rows of the answers and the rulings
/// before; of a decision without one nothing is known.
fn score(
    plan: &Plan<'_>,
    ruled: &Ruled,
    (answers, earlier): (&[u32], &[Ruling]),
    bits: &mut [u64],
    rows: &mut [u32],
    sums: &mut Vec<i32>,
) {
    ruled.steps.work_out(bits);
    for (one, row) in ruled.endings.iter().zip(rows.iter_mut()) {
        let chosen = earlier.get(one.decision.index()).map_or(&[][..], |ruling| &ruling.chosen);
        let end = ending(chosen, plan.decisions[one.decision].candidates);
        *row = one.first + u32::try_from(end).unwrap_or_default();
    }
    let end = ruled.steps.holding(bits, rows, ruled.endings.len());
    ruled.sums.add([answers, rows.get(..end).unwrap_or_default()], sums);
}

/// Notes in the bits what a decision keeps.
fn note(ruled: &Ruled, chosen: &[CandidateId], bits: &mut [u64]) {
    if chosen.is_empty() {
        return;
    }
    for (candidate, kept, dropped) in &ruled.noted {
        if let Some(bit) = if chosen.contains(candidate) { kept } else { dropped } {
            set(bits, *bit, true);
        }
    }
}
