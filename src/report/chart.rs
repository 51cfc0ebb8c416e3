//! What charts show, before any format decides how it draws them.
//!
//! Values are whole: points, weeks, numbers of answers. A mark says what a bar is
//! by something else than its colour, too: its outline or a word beside it.

/// A chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chart {
    /// Bars from zero, in groups.
    Bars(Vec<Group>),
    /// What adds up to a sum, step by step.
    Steps(Steps),
    /// What is done in which weeks.
    Weeks(Weeks),
    /// A range and its middle in each month.
    Months(Months),
    /// What single numbers do to a sum.
    Swings(Swings),
    /// The same bars of several communities, one column of bars for each.
    Sides(Sides),
    /// Ranges on one axis, each with its middle.
    Ranges(Ranges),
}

/// Round values between which others from `low` to `high` are read: at most one more than `most`.
#[must_use]
pub fn ticks(low: i32, high: i32, most: i32) -> Vec<i32> {
    let span = high.saturating_sub(low);
    let steps = (0..9).flat_map(|zeros| [1, 2, 5].map(|digit| digit * 10_i32.pow(zeros)));
    let step = steps.into_iter().find(|step| span / step <= most).unwrap_or(span.max(1));
    let first = low.div_euclid(step) + i32::from(low.rem_euclid(step) != 0);
    (first..=high.div_euclid(step)).map(|at| at * step).collect()
}

/// Bars that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What they have in common; empty where there is one group only.
    pub name: String,
    /// The bars.
    pub bars: Vec<Bar>,
}

/// A bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// Its length; below zero it points the other way.
    pub value: i32,
    /// How the value is written.
    pub written: String,
    /// How it looks.
    pub mark: Mark,
}

/// How a bar looks: from the one that matters most to the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Filled, dark.
    First,
    /// Filled, lighter, with an outline.
    Second,
    /// Only an outline.
    Other,
    /// Filled with the colour of what has to stop, with a thick outline.
    Stop,
}

/// Steps that add up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Steps {
    /// Each step: what it is, and what it adds.
    pub steps: Vec<(String, i32)>,
    /// What the sum is called.
    pub total: String,
}

impl Steps {
    /// What they add up to.
    #[must_use]
    pub fn sum(&self) -> i32 {
        self.steps.iter().map(|(_, value)| value).sum()
    }
}

/// Weeks in which things are done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weeks {
    /// How many weeks there are.
    pub count: u32,
    /// What is done.
    pub spans: Vec<Span>,
    /// The week by whose end money is needed, if it is one of these weeks.
    pub deadline: Option<u32>,
    /// What the deadline is called.
    pub deadline_name: String,
    /// Hours that are taken, by week.
    pub hours: Vec<u32>,
    /// What the hours are called.
    pub hours_name: String,
}

/// Something that is done from one week to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// What it is.
    pub label: String,
    /// The first week, from 1.
    pub first: u32,
    /// The last week.
    pub last: u32,
    /// Whether it goes on after that.
    pub goes_on: bool,
    /// How it looks.
    pub mark: Mark,
}

/// Months with a range in each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Months {
    /// Low, middle and high of each month.
    pub courses: Vec<[i32; 3]>,
    /// Round values, and how they are written.
    pub ticks: Vec<(i32, String)>,
}

/// Numbers, each from its lower to its upper end while the others stay in their middle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swings {
    /// The numbers, the one that matters most first.
    pub swings: Vec<Swing>,
    /// Round values, and how they are written.
    pub ticks: Vec<(i32, String)>,
}

/// What a number does to a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swing {
    /// What it is.
    pub label: String,
    /// By how much the sum differs from its middle with the number at its lower end.
    pub low: i32,
    /// The same at its upper end.
    pub high: i32,
    /// How far apart both are, as it is written.
    pub written: String,
}

/// The same bars of several communities beside each other, on one scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sides {
    /// What the communities are called.
    pub heads: Vec<String>,
    /// What the bars stand for, and the bar of each community: its length, and how it looks.
    pub rows: Vec<(String, Vec<(i32, Mark)>)>,
}

/// Ranges on one axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranges {
    /// What each stands for, its low, middle and high, and how the middle is written.
    pub ranges: Vec<(String, [i32; 3], String)>,
    /// Round values, and how they are written.
    pub ticks: Vec<(i32, String)>,
}

#[cfg(test)]
mod tests {
    #[test]
    fn example_of_ticks() {
        use qun::report::chart::ticks;
        assert_eq!(ticks(-20, 80, 5), [-20, 0, 20, 40, 60, 80]);
        assert_eq!(ticks(-20, 80, 2), [0, 50]);
    }
}
