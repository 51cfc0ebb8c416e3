//! Proving what open answers cannot change, with the tables of [`super::plan::proof`].

use super::marks::Marks;
use super::plan::proof::{Earlier, Proof, Worst, ending};
use super::plan::steps::{get, set};
use super::plan::{Lane, Plan, WIDTH};
use super::verdict::Ruling;
use crate::answer::Answers;
use crate::engine::bounds::{Endings, State, Tables, all_endings};
use crate::engine::decide;
use crate::engine::score::Kept;
use crate::kb::Keep;

/// A lead that nothing takes away.
const FAR: i32 = 1 << 29;

/// Buffers for proofs.
#[derive(Debug, Clone, Default)]
pub struct Proving {
    /// Per decision one bit per possible ending (see [`ending`]); empty if all are possible.
    endings: Vec<Vec<u64>>,
    /// The open facts that a decision reads, each with its place there.
    open: Vec<(usize, usize)>,
    /// The points.
    points: Vec<Lane>,
    /// By how much a leader is ahead at worst, by rival.
    leads: Vec<Lane>,
    /// Which candidates can still come first, and which close enough to be kept.
    can_lead: Vec<u64>,
    can_stay: Vec<u64>,
}

/// The places of all bits.
fn places(words: &[u64]) -> impl Iterator<Item = usize> + '_ {
    words.iter().enumerate().flat_map(|(at, word)| Places { word: *word, first: at * 64 })
}

struct Places {
    word: u64,
    first: usize,
}

impl Iterator for Places {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        let place = self.first + self.word.trailing_zeros() as usize;
        let left = self.word != 0;
        self.word &= self.word.wrapping_sub(1);
        left.then_some(place)
    }
}

/// The points by every way in which an earlier decision can still end.
fn ways<'a>(choice: &'a Earlier, possible: &'a [u64]) -> impl Iterator<Item = &'a [Lane]> {
    let is_possible = |at: usize| possible.is_empty() || get(possible, u32::try_from(at).unwrap_or(u32::MAX)) == 1;
    choice.points.iter().enumerate().filter(move |(at, _)| is_possible(*at)).map(|(_, points)| points.as_slice())
}

impl Proving {
    /// Buffers for a plan.
    #[must_use]
    pub fn new(plan: &Plan<'_>) -> Proving {
        Proving { endings: vec![Vec::new(); plan.decisions.len()], ..Proving::default() }
    }

    /// Proves what can be proven about the leader of a decision. Unless it is
    /// settled, `ask` is given the open facts of which the answer alone could settle it.
    pub fn prove(
        &mut self,
        plan: &Plan<'_>,
        decision: usize,
        marks: &Marks,
        earlier: &[Ruling],
        ruling: &mut Ruling,
        ask: Option<&mut Vec<usize>>,
    ) {
        ruling.settled = false;
        match &plan.decisions[decision].proof {
            Proof::None => self.endings[decision].clear(),
            Proof::Tables(worst) => {
                self.enter(worst, marks, &ruling.points);
                if let Some(leader) = ruling.chosen.first().copied() {
                    ruling.settled = self.settle(plan, worst, earlier, (leader, ruling.points[leader]), ask);
                }
                if worst.wants_endings {
                    self.end(plan, (decision, worst), earlier, &ruling.points);
                }
            }
            Proof::Engine(tables) => self.ask_engine(plan, (decision, tables), marks, earlier, ruling),
        }
    }

    /// Notes which facts are open, and the points as lanes.
    fn enter(&mut self, worst: &Worst, marks: &Marks, points: &[i32]) {
        self.open.clear();
        for (at, reads) in worst.reads.iter().enumerate() {
            let known = marks.known.get(at).copied().unwrap_or(0);
            let open = Places { word: reads & !known, first: at * 64 };
            self.open.extend(open.map(|fact| (fact, worst.places[fact])));
        }
        self.points.clear();
        for chunk in points.chunks(WIDTH) {
            let mut lane = [0; WIDTH];
            match chunk.first_chunk::<WIDTH>() {
                Some(whole) => lane = *whole,
                None => lane.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from),
            }
            self.points.push(lane);
        }
    }

    /// Whether nothing that is open takes the first place, or the floor, from a leader.
    fn settle(
        &mut self,
        plan: &Plan<'_>,
        worst: &Worst,
        earlier: &[Ruling],
        (leader, points): (usize, i32),
        ask: Option<&mut Vec<usize>>,
    ) -> bool {
        let (n, lanes) = (worst.candidates, worst.lanes);
        let (lane, column) = (leader / WIDTH, leader % WIDTH);
        self.leads.clear();
        for (at, rivals) in self.points.iter().enumerate() {
            let mut leads = [FAR; WIDTH];
            for ((lead, rival), number) in leads.iter_mut().zip(rivals).zip(at * WIDTH..) {
                let ahead = points - rival + i32::from(leader < number);
                *lead = if number < n { ahead } else { FAR };
            }
            self.leads.push(leads);
        }
        self.leads[lane][column] = FAR;
        let drops = |place: usize| &worst.drop[(place * n + leader) * lanes..(place * n + leader + 1) * lanes];
        let mut low = points;
        for (_, place) in &self.open {
            for (leads, drop) in self.leads.iter_mut().zip(drops(*place)) {
                leads.iter_mut().zip(drop).for_each(|(lead, drop)| *lead -= drop);
            }
            low += worst.low[place * lanes + lane][column];
        }
        for choice in &worst.choices {
            let now = &choice.points[ending(&earlier[choice.decision].chosen, choice.candidates)];
            let possible = &self.endings[choice.decision];
            for (at, (leads, now_rivals)) in self.leads.iter_mut().zip(now).enumerate() {
                let mut least = [FAR; WIDTH];
                for way in ways(choice, possible) {
                    for (least, rival) in least.iter_mut().zip(&way[at]) {
                        *least = (*least).min(way[lane][column] - rival);
                    }
                }
                for ((lead, least), rival) in leads.iter_mut().zip(&least).zip(now_rivals) {
                    *lead -= (now[lane][column] - rival - least).max(0);
                }
            }
            let lowest = ways(choice, possible).map(|way| way[lane][column]).min().unwrap_or(0);
            low += lowest - now[lane][column];
        }
        let floor = plan.kb.floor;
        let settled = low >= floor && self.leads.iter().all(|leads| is_ahead(leads, &[0; WIDTH]));
        if let (false, Some(ask)) = (settled, ask) {
            let settles = |place: usize| {
                let eased = self.leads.iter().zip(drops(place)).all(|(leads, relief)| is_ahead(leads, relief));
                eased && low - worst.low[place * lanes + lane][column] >= floor
            };
            ask.extend(self.open.iter().filter(|(_, place)| settles(*place)).map(|(fact, _)| *fact));
        }
        settled
    }

    /// How a decision may still end.
    fn end(&mut self, plan: &Plan<'_>, (decision, worst): (usize, &Worst), earlier: &[Ruling], points: &[i32]) {
        let (n, lanes, floor) = (worst.candidates, worst.lanes, plan.kb.floor);
        self.can_lead.clear();
        self.can_lead.resize(n.div_ceil(64), 0);
        self.can_stay.clear();
        self.can_stay.resize(n.div_ceil(64), 0);
        let mut abstains = true;
        for (at, own) in self.points.iter().enumerate() {
            let (mut lows, mut highs) = (*own, *own);
            for (_, place) in &self.open {
                add(&mut lows, &worst.low[place * lanes + at]);
                add(&mut highs, &worst.high[place * lanes + at]);
            }
            let (mut first, mut close) = ([true; WIDTH], [true; WIDTH]);
            for (a, rival) in points.iter().enumerate() {
                let mut least = own.map(|own| rival - own);
                for (_, place) in &self.open {
                    add(&mut least, &worst.least[(place * n + a) * lanes + at]);
                }
                for choice in &worst.choices {
                    let now = &choice.points[ending(&earlier[choice.decision].chosen, choice.candidates)];
                    let difference = |way: &[Lane], b: usize| way[a / WIDTH][a % WIDTH] - way[at][b];
                    for (b, least) in least.iter_mut().enumerate() {
                        let lowest = ways(choice, &self.endings[choice.decision]).map(|way| difference(way, b)).min();
                        *least += lowest.unwrap_or(0) - difference(now, b);
                    }
                }
                below(&mut first, &least, &worst.lead[a * lanes + at]);
                below(&mut close, &least, &worst.keep[a * lanes + at]);
            }
            for choice in &worst.choices {
                let now = &choice.points[ending(&earlier[choice.decision].chosen, choice.candidates)];
                for b in 0..WIDTH {
                    let of = || ways(choice, &self.endings[choice.decision]).map(|way| way[at][b]);
                    lows[b] += of().min().unwrap_or(0) - now[at][b];
                    highs[b] += of().max().unwrap_or(0) - now[at][b];
                }
            }
            let here = WIDTH.min(n - at * WIDTH);
            let (mut lead, mut stay) = (0_u64, 0_u64);
            for b in 0..here {
                let reaches = u64::from(highs[b] >= floor);
                abstains &= lows[b] < floor;
                lead |= (reaches & u64::from(first[b])) << b;
                stay |= (reaches & u64::from(close[b])) << b;
            }
            let (word, shift) = (at * WIDTH / 64, at * WIDTH % 64);
            self.can_lead[word] |= lead << shift;
            self.can_stay[word] |= stay << shift;
        }
        let possible = &mut self.endings[decision];
        possible.clear();
        possible.resize((1 + n + n * n.saturating_sub(1) / 2).div_ceil(64), 0);
        let mut note = |kept: &[usize]| set(possible, u32::try_from(ending(kept, n)).unwrap_or(u32::MAX), true);
        if abstains {
            note(&[]);
        }
        for first in places(&self.can_lead) {
            note(&[first]);
            places(&self.can_stay).filter(|second| *second != first).for_each(|second| note(&[first, second]));
        }
        if possible.iter().all(|word| *word == 0) {
            possible.clear();
        }
    }

    /// The same where lines join several facts.
    fn ask_engine(
        &mut self,
        plan: &Plan<'_>,
        (decision, tables): (usize, &Tables),
        marks: &Marks,
        earlier: &[Ruling],
        ruling: &mut Ruling,
    ) {
        let mut answers = Answers::unknown(plan.facts.len());
        marks.given.iter().for_each(|(fact, answer)| answers.set(*fact as usize, Some(*answer)));
        let mut kept = Kept::default();
        let mut endings = Endings::default();
        for (number, one) in earlier.iter().enumerate() {
            let leads = plan.decisions[number].keep == Keep::Leaders;
            kept.push(leads.then(|| one.chosen.clone()));
            let open = &self.endings[number];
            let is_possible = |at: &u32| !open.is_empty() && get(open, *at) == 1;
            let all = all_endings(plan.decisions[number].candidates).into_iter().zip(0..);
            endings.push(all.filter(|(_, at)| is_possible(at)).map(|(kept, _)| kept).collect());
        }
        let state = State { answers: &answers, kept: &kept, endings: &endings };
        if let Some(leader) = ruling.chosen.first() {
            ruling.settled = decide::sureness(plan.kb, tables, &state, &ruling.points, *leader).settled;
        }
        let found = decide::endings(plan.kb, tables, &answers, &endings);
        let n = ruling.points.len();
        let possible = &mut self.endings[decision];
        possible.clear();
        possible.resize((1 + n + n * n.saturating_sub(1) / 2).div_ceil(64), 0);
        for kept in &found {
            set(possible, u32::try_from(ending(kept, n)).unwrap_or(u32::MAX), true);
        }
        if found.is_empty() {
            possible.clear();
        }
    }
}

#[inline]
fn add(sum: &mut Lane, more: &Lane) {
    sum.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
}

/// Whether all leads, eased by so much, are leads.
#[inline]
fn is_ahead(leads: &Lane, relief: &Lane) -> bool {
    let mut behind = false;
    leads.iter().zip(relief).for_each(|(lead, relief)| behind |= lead + relief <= 0);
    !behind
}

/// Crosses out what is not below its bar.
#[inline]
fn below(so_far: &mut [bool; WIDTH], found: &Lane, bars: &Lane) {
    for ((so_far, found), bar) in so_far.iter_mut().zip(found).zip(bars) {
        *so_far &= found < bar;
    }
}
