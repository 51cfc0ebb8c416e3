//! What a profile notes beside its answers: what became of plans, and for which
//! base it was written.

use crate::diagnostic::Diagnostic;
use crate::ids::CandidateRef;
use crate::kb::find::Thing;
use crate::kb::{Keep, KnowledgeBase};
use crate::profile::Profile;
use crate::profile::done::Outcome;
use crate::spelling::nearest;

/// The base that a profile says it was written for, held against the one that judges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Base {
    /// It says nothing.
    Unsaid,
    /// The same.
    Same,
    /// Another, as the profile has it.
    Other(String),
}

impl Base {
    /// Holds a note such as `1.2.0` or `1.2.0 (0123456789ab)` against a base.
    #[must_use]
    pub fn of(kb: &KnowledgeBase, noted: Option<&str>) -> Base {
        let Some(noted) = noted.map(str::trim).filter(|noted| !noted.is_empty()) else { return Base::Unsaid };
        let mut parts =
            noted.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '-')).filter(|part| !part.is_empty());
        if parts.all(|part| part == kb.version || part == kb.hash) { Base::Same } else { Base::Other(noted.to_owned()) }
    }

    /// Whether it is known to be another.
    #[must_use]
    pub fn is_other(&self) -> bool {
        matches!(self, Base::Other(_))
    }
}

/// What a profile notes under `[done]`, by stream and measure; names that the base
/// does not know are faults. A name that several have is a note on all of them.
pub fn done(kb: &KnowledgeBase, profile: &Profile, faults: &mut Vec<Diagnostic>) -> Vec<(CandidateRef, Outcome)> {
    let mut found = Vec::new();
    for one in &profile.done {
        let meant = kb.find(&one.name.value).into_iter().filter_map(|thing| match thing {
            Thing::Candidate(decision, candidate) if kb.decisions[decision].keep == Keep::All => Some((decision, candidate)),
            _ => None,
        });
        let count = found.len();
        found.extend(meant.map(|at| (&one.name.value, (at, one.outcome.clone()))));
        if found.len() == count {
            let all = kb.decisions.iter().filter(|one| one.keep == Keep::All).flat_map(|one| &one.candidates);
            let near = nearest(&one.name.value, all.flat_map(|one| [one.id.as_str(), &one.name.zh, &one.name.en]));
            let fault = Diagnostic::error("unknown-done", one.name.place.clone());
            faults.push(fault.with("given", &one.name.value).near(near));
        }
    }
    found.sort_by_key(|(name, _)| *name);
    found.into_iter().map(|(_, note)| note).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn example_of_of() {
        use qun::{compare::noted::Base, kb::KnowledgeBase};
        let kb = KnowledgeBase::embedded();
        assert_eq!(Base::of(&kb, None), Base::Unsaid);
        assert_eq!(Base::of(&kb, Some(&format!("{} ({})", kb.version, kb.hash))), Base::Same);
        assert_eq!(Base::of(&kb, Some("0.0.1")), Base::Other("0.0.1".into()));
    }
}
