//! Twelve weeks: when each job begins, so that hours and order hold.
//!
//! A small greedy scheduler. Jobs come in the order of their worth; each takes
//! the first week in which it may begin, its hours are there, and what must come
//! before it is done. What does not fit is left out and said to be: a plan that
//! nobody has the hours for is no plan.

/// What bounds a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How many weeks are planned.
    pub weeks: u32,
    /// How many jobs may begin in one week.
    pub per_week: u32,
    /// Hours a week that are free for the plan.
    pub hours: u32,
    /// How many weeks lie at least between the beginnings of two large jobs.
    pub between_large: u32,
    /// Over how many weeks a job may be set up at most.
    pub longest: u32,
}

/// Something to be done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Job {
    /// Hours until it is set up; at least 1 is planned.
    pub setup: u32,
    /// Hours a week from then on.
    pub weekly: u32,
    /// Whether only one such job may begin at a time (a new stream).
    pub is_large: bool,
    /// The first week in which it may begin, from 1.
    pub earliest: u32,
    /// Jobs that must be set up before it begins, as indices into the list; one
    /// that is not planned holds it back.
    pub after: Vec<usize>,
}

/// When a job is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The job, as an index into the list.
    pub job: usize,
    /// The week in which it begins, from 1.
    pub first: u32,
    /// The week in which it is set up.
    pub last: u32,
}

/// A plan: what fits, by week, and the hours that it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Jobs that are planned, by the week in which they begin; within a week in the order of worth.
    pub spans: Vec<Span>,
    /// Jobs that did not fit, in the order of worth.
    pub left_out: Vec<usize>,
    /// Hours by week, setting up and running together; never above the limit.
    pub hours: Vec<u32>,
    /// Hours a week after the last one: what all jobs that are set up take; never above the limit either.
    pub afterwards: u32,
}

/// Plans jobs, the most worthwhile first.
#[must_use]
pub fn plan(jobs: &[Job], limits: Limits) -> Schedule {
    let weeks = limits.weeks as usize;
    let mut table = Table { limits, hours: vec![0; weeks + 1], begun: vec![0; weeks], large: Vec::new() };
    let mut planned: Vec<Option<Span>> = vec![None; jobs.len()];
    for (number, job) in jobs.iter().enumerate() {
        let held_back = job.after.iter().any(|one| planned.get(*one).copied().flatten().is_none());
        if held_back {
            continue;
        }
        let before = job.after.iter().filter_map(|one| planned[*one]).map(|span| span.last + 1).max();
        let from = before.unwrap_or(1).max(job.earliest).max(1);
        let fits = (from..=limits.weeks).find_map(|week| table.try_at(job, week));
        planned[number] = fits.map(|hours| table.take(number, job, &hours));
    }
    let mut spans: Vec<Span> = planned.iter().copied().flatten().collect();
    spans.sort_by_key(|span| (span.first, span.job));
    let left_out = (0..jobs.len()).filter(|job| planned[*job].is_none()).collect();
    let afterwards = table.hours.pop().unwrap_or(0);
    Schedule { spans, left_out, hours: table.hours, afterwards }
}

/// What is taken so far.
struct Table {
    limits: Limits,
    /// Hours by week; the last entry stands for every week after the plan.
    hours: Vec<u32>,
    begun: Vec<u32>,
    /// Weeks in which large jobs begin.
    large: Vec<u32>,
}

/// The hours of a job, by week from the one in which it begins.
struct Hours {
    first: u32,
    setup: Vec<u32>,
}

impl Table {
    /// The hours by week if a job begins in `week`; `None` if it cannot.
    fn try_at(&self, job: &Job, week: u32) -> Option<Hours> {
        let first = week as usize - 1;
        let is_crowded = self.begun[first] >= self.limits.per_week;
        let is_close = job.is_large && self.large.iter().any(|other| week.abs_diff(*other) < self.limits.between_large);
        if is_crowded || is_close {
            return None;
        }
        let mut left = job.setup.max(1);
        let mut setup = Vec::new();
        let end = (first + self.limits.longest as usize).min(self.limits.weeks as usize);
        for taken in &self.hours[first..end] {
            let free = self.limits.hours.saturating_sub(*taken);
            if free == 0 && setup.is_empty() {
                return None;
            }
            let now = free.min(left);
            setup.push(now);
            left -= now;
            if left == 0 {
                break;
            }
        }
        let running = &self.hours[first + setup.len()..];
        let has_room = running.iter().all(|taken| taken + job.weekly <= self.limits.hours);
        (left == 0 && has_room).then_some(Hours { first: week, setup })
    }

    fn take(&mut self, number: usize, job: &Job, hours: &Hours) -> Span {
        let first = hours.first as usize - 1;
        let (setting_up, running) = self.hours[first..].split_at_mut(hours.setup.len());
        setting_up.iter_mut().zip(&hours.setup).for_each(|(taken, more)| *taken += more);
        for taken in running {
            *taken += job.weekly;
        }
        self.begun[first] += 1;
        if job.is_large {
            self.large.push(hours.first);
        }
        let length = u32::try_from(hours.setup.len()).unwrap_or(u32::MAX);
        Span { job: number, first: hours.first, last: hours.first + length - 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn job() -> impl Strategy<Value = Job> {
        (0..30_u32, 0..8_u32, any::<bool>(), 0..6_u32, prop::collection::vec(0..12_usize, 0..2))
            .prop_map(|(setup, weekly, is_large, earliest, after)| Job { setup, weekly, is_large, earliest, after })
    }

    proptest! {
        #[test]
        fn hours_order_and_limits_hold(
            jobs in prop::collection::vec(job(), 0..12),
            hours in 0..40_u32,
            per_week in 1..4_u32,
        ) {
            let limits = Limits { weeks: 12, per_week, hours, between_large: 4, longest: 6 };
            // A job never waits for itself or a later one.
            let jobs: Vec<Job> = jobs.into_iter().enumerate().map(|(at, job)| {
                Job { after: job.after.iter().copied().filter(|one| *one < at).collect(), ..job }
            }).collect();
            let found = plan(&jobs, limits);
            prop_assert_eq!(found.spans.len() + found.left_out.len(), jobs.len());
            prop_assert!(found.hours.iter().all(|taken| *taken <= hours));
            prop_assert!(found.afterwards <= hours);
            let afterwards: u32 = found.spans.iter().map(|span| jobs[span.job].weekly).sum();
            prop_assert_eq!(afterwards, found.afterwards);
            let mut total = 0;
            for span in &found.spans {
                let job = &jobs[span.job];
                total += job.setup.max(1) + job.weekly * (12 - span.last);
                prop_assert!(span.first >= job.earliest.max(1) && span.last <= 12 && span.first <= span.last);
                prop_assert!(span.last - span.first < 6);
                for one in &job.after {
                    prop_assert!(found.spans.iter().any(|other| other.job == *one && other.last < span.first));
                }
            }
            prop_assert_eq!(total, found.hours.iter().sum::<u32>());
            for week in 1..=12 {
                prop_assert!(found.spans.iter().filter(|span| span.first == week).count() <= per_week as usize);
            }
            let large: Vec<u32> = found.spans.iter().filter(|span| jobs[span.job].is_large).map(|span| span.first).collect();
            prop_assert!(large.windows(2).all(|pair| pair[1] - pair[0] >= 4));
        }
    }

    #[test]
    fn example_of_plan() {
        use qun::advice::schedule::{Job, Limits, plan};
        let limits = Limits { weeks: 4, per_week: 1, hours: 5, between_large: 4, longest: 4 };
        let small = Job { setup: 8, weekly: 1, earliest: 1, ..Job::default() };
        let plan = plan(&[small.clone(), small], limits);
        assert_eq!((plan.spans[0].first, plan.spans[0].last), (1, 2));
        assert_eq!((plan.spans[1].first, plan.spans[1].last), (2, 4));
        assert_eq!(plan.hours, [5, 5, 5, 3]);
        assert_eq!(plan.afterwards, 2);
    }
}
