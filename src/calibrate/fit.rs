//! The temperature that the cases ask for.
//!
//! Points are integers that no temperature changes, so a fit only asks at which
//! temperature the shares of the right labels cost least log loss. To see how
//! far that leans on a few cases, the cases of each label are held out in turn.

use super::exam::Exam;
use super::measure::{count, loss};
use crate::engine::share;
use crate::ids::{CandidateId, IndexVec};

/// The least temperature of a base, in thousandths.
const LEAST: i64 = 100;
/// The greatest temperature of a base, in thousandths.
const GREATEST: i64 = 100_000;
/// The curve is drawn at the base's temperature times these thousandths, and around the best.
const AROUND_NOW: [i64; 8] = [250, 400, 600, 800, 1_000, 1_250, 1_600, 2_500];
/// The thousandths of the best temperature.
const AROUND_BEST: [i64; 3] = [800, 1_000, 1_250];
/// What a log loss may lie above the least and still count as flat.
pub const FLAT: f64 = 0.01;

/// A fitted temperature and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The temperature of the base and its log loss.
    pub now: At,
    /// The best temperature and its log loss.
    pub best: At,
    /// Log loss around the temperature of the base and around the best, by temperature.
    pub curve: Vec<At>,
    /// The least and the greatest temperature whose log loss lies at most [`FLAT`] above the best.
    pub flat: (i64, i64),
    /// One per first label that has cases.
    pub held_out: Vec<HeldOut>,
    /// The mean log loss over all cases, each at the temperature fitted without its label's cases,
    /// or at the base's own where those that are left cannot tell.
    pub held_out_loss: f64,
}

impl Fit {
    /// Whether the cases ask for the sharpest shares that there are. They do when
    /// every one of them has a label on top; then they cannot tell how sure to be.
    #[must_use]
    pub fn is_at_the_edge(&self) -> bool {
        self.best.temperature == LEAST
    }
}

/// A log loss at a temperature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct At {
    /// The temperature, in thousandths.
    pub temperature: i64,
    /// The mean log loss.
    pub loss: f64,
}

/// The cases of one label held out.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldOut {
    /// The label.
    pub label: CandidateId,
    /// How many cases were held out.
    pub cases: usize,
    /// The temperature fitted on all others, and the log loss of these cases there.
    pub fitted: At,
    /// The log loss of these cases at the temperature of the base.
    pub now: f64,
}

/// What a fit needs of a case: the points of all candidates, and the labels.
type Sample<'a> = (&'a [i32], &'a [CandidateId]);

/// Fits the temperature to an exam; `None` if it has no cases.
#[must_use]
pub fn fit(exam: &Exam<'_>) -> Option<Fit> {
    let samples: Vec<Sample<'_>> = exam.verdicts.iter().map(|one| (&*one.points, one.expected.as_slice())).collect();
    if samples.is_empty() {
        return None;
    }
    let now = exam.kb.temperature;
    let best = best(&samples);
    let at = |temperature: i64| At { temperature, loss: mean_loss(&samples, temperature) };
    let times = |temperature: i64, factors: &[i64]| -> Vec<i64> {
        factors.iter().map(|factor| (temperature * factor / 1_000).clamp(LEAST, GREATEST)).collect()
    };
    let mut temperatures = [times(now, &AROUND_NOW), times(best.temperature, &AROUND_BEST)].concat();
    temperatures.sort_unstable();
    temperatures.dedup();
    let curve = temperatures.into_iter().map(at).collect();
    let held_out: Vec<HeldOut> =
        exam.kb.decisions[exam.decision].candidates.ids().filter_map(|label| hold_out(&samples, label, now)).collect();
    let sum: f64 = held_out.iter().map(|one| one.fitted.loss * count(one.cases)).sum();
    let flat = (edge(&samples, best, LEAST), edge(&samples, best, GREATEST));
    Some(Fit { now: at(now), best, curve, flat, held_out_loss: sum / count(samples.len()), held_out })
}

fn hold_out(samples: &[Sample<'_>], label: CandidateId, now: i64) -> Option<HeldOut> {
    let (held, rest): (Vec<Sample<'_>>, Vec<Sample<'_>>) =
        samples.iter().partition(|(_, expected)| expected.first() == Some(&label));
    if held.is_empty() || rest.is_empty() {
        return None;
    }
    // At the edge the rest cannot tell how sure to be: then the base's own stands.
    let temperature = Some(best(&rest).temperature).filter(|found| *found != LEAST).unwrap_or(now);
    let fitted = At { temperature, loss: mean_loss(&held, temperature) };
    Some(HeldOut { label, cases: held.len(), fitted, now: mean_loss(&held, now) })
}

fn mean_loss(samples: &[Sample<'_>], temperature: i64) -> f64 {
    let one = |(points, expected): &Sample<'_>| {
        let shares: IndexVec<CandidateId, f64> = share::exact(points, temperature).into();
        loss(expected.iter().map(|label| shares[*label]).sum())
    };
    samples.iter().map(one).sum::<f64>() / count(samples.len())
}

/// The temperature of the least log loss: a coarse ladder in steps of a
/// twentieth, then every hundredth between its neighbours. The lower one on a tie.
fn best(samples: &[Sample<'_>]) -> At {
    let least = |temperatures: &mut dyn Iterator<Item = i64>| {
        let mut found: Option<At> = None;
        for temperature in temperatures {
            let loss = mean_loss(samples, temperature);
            if found.is_none_or(|found| loss < found.loss) {
                found = Some(At { temperature, loss });
            }
        }
        found
    };
    let mut ladder = std::iter::successors(Some(LEAST), |step| (*step < GREATEST).then(|| (step + step / 20).min(GREATEST)));
    let rough = least(&mut ladder).map_or(LEAST, |at| at.temperature);
    let (low, high) = ((rough - rough / 19).max(LEAST), (rough + rough / 19).min(GREATEST));
    let mut fine = (low / 10..=high / 10).map(|hundredths| hundredths * 10);
    least(&mut fine).unwrap_or(At { temperature: rough, loss: mean_loss(samples, rough) })
}

/// How far the temperature may go towards `end` before the log loss is no longer flat.
fn edge(samples: &[Sample<'_>], best: At, end: i64) -> i64 {
    let is_flat = |temperature: i64| mean_loss(samples, temperature) <= best.loss + FLAT;
    let (mut inside, mut outside) = (best.temperature, end);
    if is_flat(end) {
        return end;
    }
    while (inside - outside).abs() > 10 {
        let middle = i64::midpoint(inside, outside);
        if is_flat(middle) { inside = middle } else { outside = middle }
    }
    inside
}
