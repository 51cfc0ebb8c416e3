//! The figures of an exam.
//!
//! A case with two labels counts as one outcome: either label is right, and the
//! shares of both are summed. So a split between them costs nothing.

use super::exam::{Exam, Verdict};
use crate::ids::{CandidateId, IndexVec};

/// What an exam comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Measures {
    /// How many cases were judged.
    pub cases: usize,
    /// Cases whose first label leads.
    pub top_one: usize,
    /// Cases of which any label leads.
    pub any_on_top: usize,
    /// Cases whose first label is among the first two by points.
    pub top_two: usize,
    /// Cases with two labels.
    pub hybrids: usize,
    /// Of those, the ones that keep both.
    pub hybrids_kept: usize,
    /// Of the other cases, the ones that keep a second.
    pub others_with_second: usize,
    /// Labelled cases for which nobody is named.
    pub abstentions: usize,
    /// Cases of which a person said that nobody should lead; they are not among `cases`.
    pub nobody: usize,
    /// Of those, the ones that nobody leads.
    pub nobody_kept: usize,
    /// Cases for which what is stated and what is seen are said to differ.
    pub gaps: usize,
    /// The mean of −ln of the summed shares of a case's labels.
    pub log_loss: f64,
    /// The mean squared distance of the shares from what was right, from 0 to 2.
    pub brier: f64,
}

/// Per first label: how often each candidate led, and how often nobody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confusion {
    /// By first label, then by leader; the last column counts abstentions.
    pub counts: IndexVec<CandidateId, Vec<usize>>,
}

/// Cases whose first candidate has a share in one range.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// The lower end, in percent.
    pub low: u32,
    /// The upper end, in percent; excluded unless it is 100.
    pub high: u32,
    /// How many cases there are.
    pub cases: usize,
    /// How many of them have a label first.
    pub right: usize,
    /// The mean share of the first candidate, from 0 to 1.
    pub share: f64,
}

/// The lower ends of the bands of the reliability table, in percent.
const BANDS: [u32; 6] = [0, 50, 60, 70, 80, 90];

/// The mean of what a case is worth; 0 without cases.
fn mean(verdicts: &[Verdict<'_>], worth: impl Fn(&Verdict<'_>) -> f64) -> f64 {
    let sum: f64 = verdicts.iter().map(worth).sum();
    if verdicts.is_empty() { 0.0 } else { sum / count(verdicts.len()) }
}

/// A number of cases, for dividing by it.
#[expect(clippy::cast_precision_loss, reason = "there are at most 10,000 cases")]
pub(super) fn count(cases: usize) -> f64 {
    cases as f64
}

impl Exam<'_> {
    /// The figures of the exam.
    #[must_use]
    pub fn measures(&self) -> Measures {
        let of = |holds: &dyn Fn(&Verdict<'_>) -> bool| self.verdicts.iter().filter(|one| holds(one)).count();
        Measures {
            cases: self.verdicts.len(),
            top_one: of(&|one| one.is_on_top()),
            any_on_top: of(&|one| one.is_any_on_top()),
            top_two: of(&|one| one.is_among_two()),
            hybrids: of(&|one| one.is_hybrid()),
            hybrids_kept: of(&|one| one.is_hybrid() && one.keeps_all()),
            others_with_second: of(&|one| !one.is_hybrid() && one.keeps_second()),
            abstentions: of(&|one| one.leader().is_none()),
            nobody: self.nobody.len(),
            nobody_kept: self.nobody.iter().filter(|one| one.leader().is_none()).count(),
            gaps: of(&|one| one.gap),
            log_loss: mean(&self.verdicts, |one| loss(one.share_of_labels())),
            brier: mean(&self.verdicts, brier),
        }
    }

    /// Which label was taken for which.
    #[must_use]
    pub fn confusion(&self) -> Confusion {
        let candidates = self.kb.decisions[self.decision].candidates.len();
        let mut counts = IndexVec::filled(vec![0; candidates + 1], candidates);
        for one in &self.verdicts {
            counts[one.expected[0]][one.leader().map_or(candidates, CandidateId::index)] += 1;
        }
        Confusion { counts }
    }

    /// Whether shares can be believed: per band of shares, how often the first candidate is right.
    #[must_use]
    pub fn reliability(&self) -> Vec<Band> {
        let ends = BANDS.iter().skip(1).copied().chain([100]);
        let band = |(low, high): (&u32, u32)| {
            let share = |one: &Verdict<'_>| one.first().map_or(0.0, |first| one.shares[first]);
            let is_in = |one: &&Verdict<'_>| {
                let percent = share(one) * 100.0;
                percent >= f64::from(*low) && (percent < f64::from(high) || high == 100)
            };
            let found: Vec<&Verdict<'_>> = self.verdicts.iter().filter(is_in).collect();
            let sum: f64 = found.iter().map(|one| share(one)).sum();
            Band {
                low: *low,
                high,
                cases: found.len(),
                right: found.iter().filter(|one| one.first().is_some_and(|first| one.expected.contains(&first))).count(),
                share: if found.is_empty() { 0.0 } else { sum / count(found.len()) },
            }
        };
        BANDS.iter().zip(ends).map(band).collect()
    }

    /// The cases whose first label does not lead.
    pub fn misses(&self) -> impl Iterator<Item = &Verdict<'_>> {
        self.verdicts.iter().filter(|one| !one.is_on_top())
    }
}

/// −ln of a share; a share of nothing costs as much as the least share that a number can hold.
pub(super) fn loss(share: f64) -> f64 {
    0.0 - libm::log(share.clamp(f64::MIN_POSITIVE, 1.0))
}

fn brier(one: &Verdict<'_>) -> f64 {
    let missing = 1.0 - one.share_of_labels();
    let others = one.shares.pairs().filter(|(candidate, _)| !one.expected.contains(candidate));
    missing * missing + others.map(|(_, share)| share * share).sum::<f64>()
}
