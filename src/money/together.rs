//! Several streams together: nobody and no hour is counted twice.
//!
//! Streams of one purse are paid by the same people, so what their payers come to is
//! at most the people who are active; those who pay most are counted first. Hours are
//! those of the team. Results are added as if everything went well or badly together,
//! which is the widest that the sum can be.

use super::link::{Origin, Part, Subject};
use super::product::Range;
use super::stream::{Estimate, Missing, Stream, estimate};
use crate::ids::UnitId;
use crate::kb::effort::Span;
use crate::kb::money::Role;

/// How many streams that may begin are looked at, and so how large a set can be.
pub const MOST: usize = 8;
/// Months of a forecast.
pub const MONTHS: usize = 12;
/// A year and a month, in thirds of a week.
const YEAR: i128 = 156;
const MONTH: i128 = 13;

/// A course of twelve months: each what is left in it, in hundredths.
pub type Course = [i128; MONTHS];

/// One stream of a forecast.
#[derive(Debug, Clone)]
pub struct Part12<'a> {
    /// What it brings in within a year.
    pub estimate: Estimate<'a>,
    /// What is left of a year's takings, as far as its payers are counted.
    pub net: Range,
    /// When money begins to come in, in thirds of a week from today: late, in the middle, early.
    starts: [i128; 3],
    /// The payers that are counted, in thousandths: the others pay for another stream.
    pub payers: Option<Range>,
    /// The hours a week that are counted.
    pub hours: u32,
}

/// Why a stream is not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Left {
    /// Something is not known.
    Gap(Vec<Missing>),
    /// There are no hours for it.
    Hours,
    /// Others of the set bring in more in these hours, or from the same people.
    Others,
}

/// What all of it brings in.
#[derive(Debug, Clone)]
pub struct Forecast<'a> {
    /// The currency, as an index into the base's units; `None` if the base does not know it.
    pub currency: Option<UnitId>,
    /// Whether the currency is assumed.
    pub is_assumed: bool,
    /// What runs.
    pub running: Vec<Part12<'a>>,
    /// What begins.
    pub next: Vec<Part12<'a>>,
    /// What is not counted, and why.
    pub left: Vec<(Stream, Left)>,
    /// Hours a week of the team, and whether they are known.
    pub team: (u32, bool),
    /// The different people who pay at most, in thousandths, if people are counted.
    pub people: Option<Range>,
}

impl Part12<'_> {
    /// What is left within so many weeks: as little as is likely, the middle, as much as is likely.
    #[must_use]
    pub fn within(&self, weeks: u32) -> [i128; 3] {
        self.until(i128::from(weeks) * 3)
    }

    /// What is left in the first year.
    #[must_use]
    pub fn year(&self) -> [i128; 3] {
        self.until(YEAR)
    }

    /// The weeks of the first year in which it runs, in the middle.
    #[must_use]
    pub fn weeks(&self) -> u32 {
        let begun = if self.estimate.stream.runs { 0 } else { self.estimate.stream.start.saturating_sub(1) };
        52_u32.saturating_sub(begun)
    }

    /// The weeks from today in which the first money comes, early and late; `None` if it comes already.
    #[must_use]
    pub fn first_cash(&self) -> Option<(u32, u32)> {
        let span = self.estimate.first_cash?;
        let begun = self.estimate.stream.start.saturating_sub(1);
        Some((begun + span.low, begun + span.high))
    }

    /// What is left in each month.
    #[must_use]
    pub fn months(&self) -> [Course; 3] {
        let by_end: [[i128; 3]; MONTHS + 1] = std::array::from_fn(|month| self.until(i128::try_from(month).unwrap_or(0) * MONTH));
        std::array::from_fn(|course| std::array::from_fn(|month| by_end[month + 1][course] - by_end[month][course]))
    }

    /// What is left within so many thirds of a week: money comes in evenly once it has begun to.
    fn until(&self, thirds: i128) -> [i128; 3] {
        let amounts = [self.net.low, self.net.middle, self.net.high];
        std::array::from_fn(|course| {
            let time = (thirds.min(YEAR) - self.starts[course]).max(0);
            amounts[course].saturating_mul(time).div_euclid(YEAR)
        })
    }
}

impl Forecast<'_> {
    /// All streams that are counted.
    pub fn parts(&self) -> impl Iterator<Item = &Part12<'_>> {
        self.running.iter().chain(&self.next)
    }

    /// What is left in each month, all streams together.
    #[must_use]
    pub fn months(&self) -> [Course; 3] {
        let mut sum = [[0; MONTHS]; 3];
        for part in self.parts() {
            for (course, more) in sum.iter_mut().zip(part.months()) {
                course.iter_mut().zip(more).for_each(|(month, more)| *month += more);
            }
        }
        sum
    }

    /// What is left in the first year, all streams together.
    #[must_use]
    pub fn year(&self) -> [i128; 3] {
        sum(self.parts().map(Part12::year))
    }

    /// What is left within so many weeks, all streams together.
    #[must_use]
    pub fn within(&self, weeks: u32) -> [i128; 3] {
        sum(self.parts().map(|part| part.within(weeks)))
    }

    /// What is to be paid in a year anyway, from the least to the most.
    #[must_use]
    pub fn fixed(&self) -> (i128, i128) {
        let fixed = self.parts().filter_map(|part| part.estimate.fixed);
        fixed.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    }

    /// The hours a week that are counted.
    #[must_use]
    pub fn hours(&self) -> u32 {
        self.parts().map(|part| part.hours).sum()
    }

    /// Whether nothing could be worked out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.running.is_empty() && self.next.is_empty()
    }
}

/// What the streams bring in: all that run, and of those that may begin the set that
/// leaves most in the first year within the hours. `free` of the team's hours are for
/// what begins, since what runs is run in the others.
#[must_use]
pub fn forecast<'a>(subject: &Subject<'a, '_>, streams: &[Stream], free: u32) -> Option<Forecast<'a>> {
    let money = subject.money()?;
    let (currency, is_assumed) = subject.currency(money);
    let known = subject.kb.plan.fact.and_then(|fact| subject.whole(fact)).and_then(|hours| u32::try_from(hours).ok());
    let team = known.unwrap_or(subject.kb.plan.hours);
    let mut left = Vec::new();
    let mut running = Vec::new();
    let mut may_begin = Vec::new();
    for stream in streams {
        match estimate(subject, *stream) {
            Ok(found) if stream.runs => running.push(found),
            Ok(found) if may_begin.len() < MOST => may_begin.push(found),
            Ok(_) => left.push((*stream, Left::Others)),
            Err(missing) => left.push((*stream, Left::Gap(missing))),
        }
    }
    let mut rest = team.saturating_sub(free.min(team));
    let mut served = Vec::new();
    for one in &running {
        let hours = middle(one.weekly).min(rest);
        rest -= hours;
        served.push(hours);
    }
    let free = team - served.iter().sum::<u32>();
    let chosen = best(&running, &may_begin, free);
    let mut next = Vec::new();
    for (number, one) in may_begin.into_iter().enumerate() {
        if chosen >> number & 1 == 1 {
            served.push(small(one.weekly));
            next.push(one);
        } else {
            let why = if small(one.weekly) > free { Left::Hours } else { Left::Others };
            left.push((one.stream, why));
        }
    }
    let count = running.len();
    let all: Vec<Estimate<'a>> = running.into_iter().chain(next).collect();
    let shares = share_out(&all.iter().collect::<Vec<_>>());
    let people = people(&all, &shares);
    let mut parts: Vec<Part12<'a>> = Vec::new();
    for ((estimate, share), hours) in all.into_iter().zip(shares).zip(served) {
        parts.push(part(estimate, share, hours));
    }
    let next = parts.split_off(count);
    Some(Forecast { currency, is_assumed, running: parts, next, left, team: (team, known.is_some()), people })
}

/// The middle of a range of hours, rounded up.
fn middle(span: Option<Span>) -> u32 {
    span.map_or(0, |span| (span.low + span.high).div_ceil(2))
}

/// The hours of what begins: it begins small, as in the plan.
fn small(span: Option<Span>) -> u32 {
    span.map_or(0, |span| span.low)
}

/// The set, one bit each, that leaves most in the first year within the hours.
fn best(running: &[Estimate<'_>], may_begin: &[Estimate<'_>], free: u32) -> u32 {
    let hours = |set: u32| -> u32 { members(set, may_begin).map(|one| small(one.weekly)).sum() };
    let worth = |set: u32| -> i128 {
        let all: Vec<&Estimate<'_>> = running.iter().chain(members(set, may_begin)).collect();
        let shares = share_out(&all);
        let left = |(one, share): (&&Estimate<'_>, &Share)| {
            let fixed = one.fixed.map_or(0, |(low, high)| i128::midpoint(low, high));
            share.of(one.net).middle.saturating_mul(YEAR - starts(one)[1]).div_euclid(YEAR) - fixed
        };
        all.iter().zip(&shares).map(left).sum()
    };
    let sets = 0..1_u32 << may_begin.len();
    let better = |(best, most): (u32, i128), set: u32| {
        let worth = if hours(set) <= free { worth(set) } else { i128::MIN };
        if worth > most { (set, worth) } else { (best, most) }
    };
    sets.fold((0, i128::MIN), better).0
}

fn members<'b, 'a>(set: u32, all: &'b [Estimate<'a>]) -> impl Iterator<Item = &'b Estimate<'a>> {
    all.iter().enumerate().filter(move |(number, _)| set >> number & 1 == 1).map(|(_, one)| one)
}

/// The part of a stream's payers that is counted, at each of five levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Share([(i128, i128); 5]);

impl Share {
    const ALL: Share = Share([(1, 1); 5]);

    fn of(&self, range: Range) -> Range {
        let mut all = range.all();
        all.iter_mut().zip(self.0).for_each(|(one, (part, whole))| *one = one.saturating_mul(part).div_euclid(whole.max(1)));
        Range::of(all)
    }
}

/// Whether the operator says how many pay, or what comes in: that is no guess to be cut.
fn is_told(one: &Estimate<'_>) -> bool {
    one.payers.is_none()
        || one.links.iter().any(|link| link.part == Part::Factor(Role::Payers) && matches!(link.origin, Origin::Yours))
}

/// Counts every active person once per purse: first those who are told, then by what one
/// leaves in the first year. So the sum is the most that these people can bring in; what is
/// counted of a single stream may be less where all goes well, if the people pay for another.
fn share_out(all: &[&Estimate<'_>]) -> Vec<Share> {
    let mut shares = vec![Share::ALL; all.len()];
    let mut done: Vec<&str> = Vec::new();
    for one in all {
        let Some(purse) = one.chain.purse.as_deref().filter(|purse| !done.contains(purse)) else { continue };
        done.push(purse);
        let of_purse = |at: &usize| all[*at].chain.purse.as_deref() == Some(purse);
        let payers = |at: usize, level: usize| all[at].payers.map_or(0, |payers| payers.all()[level]);
        for level in 0..5 {
            let active = (0..all.len()).filter(of_purse).filter_map(|at| all[at].active).map(|active| active.all()[level]).max();
            let Some(active) = active else { continue };
            let told: i128 = (0..all.len()).filter(of_purse).filter(|at| is_told(all[*at])).map(|at| payers(at, level)).sum();
            let mut free = (active - told).max(0);
            let mut order: Vec<usize> = (0..all.len()).filter(of_purse).filter(|at| !is_told(all[*at])).collect();
            let time = |at: usize| YEAR - starts(all[at])[[0, 0, 1, 2, 2][level]];
            let worth = |at: &usize| {
                let year = all[*at].net.all()[level].saturating_mul(time(*at));
                year.saturating_mul(1_000) / payers(*at, level).max(1)
            };
            order.sort_by_key(|at| (std::cmp::Reverse(worth(at)), *at));
            for at in order.into_iter().filter(|at| all[*at].active.is_some()) {
                let all_of_it = payers(at, level);
                let counted = all_of_it.min(free);
                free -= counted;
                shares[at].0[level] = if all_of_it == 0 { (1, 1) } else { (counted, all_of_it) };
            }
        }
    }
    shares
}

/// The different people who pay at most: the payers of all streams, but not more than are active.
fn people(all: &[Estimate<'_>], shares: &[Share]) -> Option<Range> {
    let active = all.iter().filter_map(|one| one.active);
    let active = active.reduce(|one, other| {
        let mut most = one.all();
        most.iter_mut().zip(other.all()).for_each(|(one, other)| *one = (*one).max(other));
        Range::of(most)
    })?;
    let counted = all.iter().zip(shares).filter(|(one, _)| one.active.is_some());
    let payers = counted.filter_map(|(one, share)| Some(share.of(one.payers?))).reduce(Range::plus)?;
    let mut least = payers.all();
    least.iter_mut().zip(active.all()).for_each(|(one, active)| *one = (*one).min(active));
    Some(Range::of(least))
}

/// When money begins to come in, in thirds of a week from today: late, in the middle, early.
fn starts(one: &Estimate<'_>) -> [i128; 3] {
    let begins = |weeks: i128| (weeks * 3 + i128::from(one.stream.start.saturating_sub(1)) * 3).min(YEAR);
    match (one.stream.runs, one.first_cash) {
        (true, _) => [0; 3],
        (false, None) => [begins(0); 3],
        (false, Some(span)) => {
            let (early, late) = (i128::from(span.low), i128::from(span.high));
            [begins(late), begins((early + late).div_euclid(2)), begins(early)]
        }
    }
}

fn part(estimate: Estimate<'_>, share: Share, hours: u32) -> Part12<'_> {
    let payers = estimate.payers.map(|payers| share.of(payers));
    Part12 { net: share.of(estimate.net), starts: starts(&estimate), payers, hours, estimate }
}

fn sum(all: impl Iterator<Item = [i128; 3]>) -> [i128; 3] {
    all.fold([0; 3], |sum, one| std::array::from_fn(|course| sum[course] + one[course]))
}

/// Whether one sum is over ten times another: one answer put into a community that is
/// otherwise as it was then says more than it can bear. Never where there was nothing.
#[must_use]
pub fn leaps(before: i128, after: i128) -> bool {
    before.min(after) > 0 && before.max(after) > 10 * before.min(after)
}
