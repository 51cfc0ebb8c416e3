//! Versions of bases: three numbers, and the step from one to the next.

use super::changes::Step;

/// How a version follows another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It is the same.
    None,
    /// By a step.
    Step(Step),
    /// It lies before the other.
    Back,
    /// One of them is not three numbers.
    Unreadable,
}

/// The step from one version to another.
#[must_use]
pub fn taken(old: &str, new: &str) -> Taken {
    let (Some(old), Some(new)) = (numbers(old), numbers(new)) else { return Taken::Unreadable };
    match () {
        () if new < old => Taken::Back,
        () if new[0] > old[0] => Taken::Step(Step::Major),
        () if new[1] > old[1] => Taken::Step(Step::Minor),
        () if new[2] > old[2] => Taken::Step(Step::Patch),
        () => Taken::None,
    }
}

/// The least version that is so large a step behind another; `None` if that one is not three numbers.
#[must_use]
pub fn after(old: &str, step: Step) -> Option<String> {
    let [major, minor, patch] = numbers(old)?;
    Some(match step {
        Step::Major => format!("{}.0.0", major.checked_add(1)?),
        Step::Minor => format!("{major}.{}.0", minor.checked_add(1)?),
        Step::Patch => format!("{major}.{minor}.{}", patch.checked_add(1)?),
    })
}

impl Taken {
    /// Whether it is at least the step that is called for, if any is.
    #[must_use]
    pub fn suffices(self, called_for: Option<Step>) -> bool {
        match (self, called_for) {
            (Taken::Back | Taken::Unreadable, _) | (Taken::None, Some(_)) => false,
            (Taken::None, None) => true,
            (Taken::Step(step), called_for) => Some(step) >= called_for,
        }
    }
}

fn numbers(version: &str) -> Option<[u64; 3]> {
    let parts: Option<Vec<u64>> = version.split('.').map(|part| part.parse().ok()).collect();
    parts?.try_into().ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn example_of_taken() {
        use qun::diff::{
            changes::Step,
            version::{Taken, taken},
        };
        assert_eq!(taken("1.4.2", "1.5.0"), Taken::Step(Step::Minor));
        assert_eq!(taken("1.4.2", "1.4.1"), Taken::Back);
        assert_eq!(taken("1.4", "1.5.0"), Taken::Unreadable);
    }

    #[test]
    fn example_of_after() {
        use qun::diff::{changes::Step, version::after};
        assert_eq!(after("1.4.2", Step::Minor).as_deref(), Some("1.5.0"));
    }
}
