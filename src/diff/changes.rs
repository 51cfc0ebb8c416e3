//! What an edit changes, thing by thing, and how large a step of the version
//! each change calls for. `data/README.md` defines the steps.

use super::entries::{Entry, Kind, Leaf, entries};
use crate::kb::{Folder, KnowledgeBase};
use crate::spelling::normal;
use crate::text::{Lang, Text};
use std::collections::BTreeMap;

/// How large a step of the version is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Only words, or what nothing is judged by.
    Patch,
    /// What is judged or planned can change, or there is something more.
    Minor,
    /// Profiles that were read are read otherwise, or not at all; or results lose something.
    Major,
}

/// What happened to a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else.
    Changed,
}

/// A change to one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What kind of thing.
    pub kind: Kind,
    /// Which one: its path, and for lines and needs their id behind `#`.
    pub id: String,
    /// Its id in the old base, where that was another: a line whose id is made of
    /// what it asks, and which asks something else.
    pub was: Option<String>,
    /// What it is called.
    pub name: Option<Text>,
    /// What happened.
    pub how: How,
    /// What it says otherwise; of lines and needs that are new or gone, what they say.
    pub details: Vec<Detail>,
    /// The step that it calls for.
    pub step: Step,
    /// The file below the base, and the line in it from 1; of the old base if it is gone.
    pub place: (String, usize),
}

/// One key of a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// The key, dotted where it is nested.
    pub key: String,
    /// What the old base says.
    pub old: Option<Leaf>,
    /// What the new base says.
    pub new: Option<Leaf>,
    /// The step that it calls for.
    pub step: Step,
}

impl Step {
    /// All of them, the smallest first.
    pub const ALL: [Step; 3] = [Step::Patch, Step::Minor, Step::Major];

    /// Its id in machine formats.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Step::Patch => "patch",
            Step::Minor => "minor",
            Step::Major => "major",
        }
    }
}

impl How {
    /// Its id in machine formats.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            How::Added => "added",
            How::Removed => "removed",
            How::Changed => "changed",
        }
    }
}

/// Every change from one base to another, in the order of kinds and ids.
#[must_use]
pub fn changes(old: (&Folder, &KnowledgeBase), new: (&Folder, &KnowledgeBase)) -> Vec<Change> {
    let (mut before, mut after) = (entries(old.0, old.1), entries(new.0, new.1));
    order(old.1, new.1, &mut before, &mut after);
    let mut found = Vec::new();
    for (key, entry) in &before {
        match after.get(key) {
            Some(other) => found.extend(changed(key.0, entry, other, None)),
            None => found.push(alone(key.0, entry, How::Removed)),
        }
    }
    let new_ones = after.iter().filter(|(key, _)| !before.contains_key(key));
    found.extend(new_ones.map(|(key, entry)| alone(key.0, entry, How::Added)));
    rejoin(&mut found, &before, &after);
    found.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
    found
}

/// The order in which a file asks its facts, as far as both bases have them.
fn order(
    old: &KnowledgeBase,
    new: &KnowledgeBase,
    before: &mut BTreeMap<(Kind, String), Entry>,
    after: &mut BTreeMap<(Kind, String), Entry>,
) {
    let in_both = |kb: &KnowledgeBase, other: &KnowledgeBase| -> Vec<String> {
        let both = kb.facts.iter().filter(|fact| other.facts.iter().any(|one| one.id == fact.id));
        both.map(|fact| fact.id.clone()).collect()
    };
    let (one, other) = (in_both(old, new), in_both(new, old));
    if one != other {
        for (entries, order) in [(before, one), (after, other)] {
            if let Some(manifest) = entries.get_mut(&(Kind::Manifest, "qun".to_owned())) {
                manifest.leaves.insert("order-of-asking".to_owned(), Leaf::Plain(order.join(", ")));
            }
        }
    }
}

fn changed(kind: Kind, old: &Entry, new: &Entry, was: Option<&str>) -> Option<Change> {
    let mut details = Vec::new();
    let keys = old.leaves.keys().chain(new.leaves.keys().filter(|key| !old.leaves.contains_key(*key)));
    for key in keys {
        let (one, other) = (old.leaves.get(key), new.leaves.get(key));
        if one != other {
            let is_name = matches!(kind, Kind::Fact | Kind::Choice) && ["label", "former"].contains(&key.as_str());
            let step = if is_name && keeps_names(old, new) { Step::Minor } else { step(kind, key, one, other) };
            details.push(Detail { key: key.clone(), old: one.cloned(), new: other.cloned(), step });
        }
    }
    details.sort_by(|a, b| (std::cmp::Reverse(a.step), &a.key).cmp(&(std::cmp::Reverse(b.step), &b.key)));
    let step = details.first()?.step;
    Some(Change {
        kind,
        id: new.id.clone(),
        was: was.map(str::to_owned),
        name: new.name.clone(),
        how: How::Changed,
        details,
        step,
        place: (new.path.clone(), new.line),
    })
}

fn alone(kind: Kind, entry: &Entry, how: How) -> Change {
    let is_new = how == How::Added;
    let step = match kind {
        Kind::Source | Kind::Invariant => Step::Patch,
        Kind::Fact | Kind::Choice | Kind::Candidate | Kind::Decision if !is_new => Step::Major,
        _ => Step::Minor,
    };
    let is_told = |key: &str| match kind {
        Kind::Line => ["strength", "when"].contains(&key),
        Kind::Need => ["when", "law", "fixed", "proven-by-running"].contains(&key),
        Kind::Strength => true,
        _ => false,
    };
    let detail = |(key, leaf): (&String, &Leaf)| {
        let (old, new) = if is_new { (None, Some(leaf.clone())) } else { (Some(leaf.clone()), None) };
        Detail { key: key.clone(), old, new, step }
    };
    Change {
        kind,
        id: entry.id.clone(),
        was: None,
        name: entry.name.clone(),
        how,
        details: entry.leaves.iter().filter(|(key, _)| is_told(key)).map(detail).collect(),
        step,
        place: (entry.path.clone(), entry.line),
    }
}

/// Makes one change of a line that went and one that came with the same trait: it
/// asks something else.
fn rejoin(found: &mut Vec<Change>, before: &BTreeMap<(Kind, String), Entry>, after: &BTreeMap<(Kind, String), Entry>) {
    let file = |id: &str| id.split('#').next().unwrap_or_default().to_owned();
    let gone: Vec<(Kind, String)> = (found.iter())
        .filter(|change| change.how == How::Removed && matches!(change.kind, Kind::Line | Kind::Need))
        .map(|change| (change.kind, change.id.clone()))
        .collect();
    for (kind, id) in gone {
        let Some(old) = before.get(&(kind, id.clone())) else { continue };
        let is_it = |change: &Change| {
            let is_new = change.kind == kind && change.how == How::Added && file(&change.id) == file(&id);
            is_new && old.name.as_ref().zip(change.name.as_ref()).is_some_and(|(one, other)| is_same_name(one, other))
        };
        let Some(at) = found.iter().position(is_it) else { continue };
        let Some(new) = after.get(&(kind, found[at].id.clone())) else { continue };
        if let Some(change) = changed(kind, old, new, Some(&id)) {
            found[at] = change;
            found.retain(|change| !(change.kind == kind && change.id == id && change.how == How::Removed));
        }
    }
}

/// Whether two texts are the same in either language.
#[must_use]
pub fn is_same_name(one: &Text, other: &Text) -> bool {
    Lang::BOTH.iter().any(|lang| normal(one.get(*lang)) == normal(other.get(*lang)))
}

/// The step that one key calls for.
fn step(kind: Kind, key: &str, old: Option<&Leaf>, new: Option<&Leaf>) -> Step {
    let is_text = [old, new].into_iter().flatten().any(|leaf| matches!(leaf, Leaf::Text(_)));
    let last = key.rsplit('.').next().unwrap_or_default();
    let number = |leaf: Option<&Leaf>| match leaf {
        Some(Leaf::Plain(written)) => written.parse::<f64>().ok(),
        _ => None,
    };
    let (before, after) = (number(old), number(new));
    match (kind, key) {
        (Kind::Fact | Kind::Choice, "label") => match (old, new) {
            (Some(Leaf::Text(one)), Some(Leaf::Text(other))) if reads_alike(one, other) => Step::Patch,
            _ => Step::Major,
        },
        (Kind::Fact | Kind::Choice, "former") | (Kind::Fact, "kind" | "options-of" | "unit") | (Kind::Decision, "keep") => {
            Step::Major
        }
        (Kind::Fact, "min") if after > before => Step::Major,
        (Kind::Fact, "max") if after < before => Step::Major,
        (Kind::Fact, "decimals") if after.unwrap_or(0.0) < before.unwrap_or(0.0) => Step::Major,
        (Kind::Fact, "at-most") if after.unwrap_or(f64::INFINITY) < before.unwrap_or(f64::INFINITY) => Step::Major,
        (Kind::Source | Kind::Invariant, _) => Step::Patch,
        (Kind::Manifest, _) if is_promise(key) => Step::Patch,
        _ if is_text || last == "unit-one" || last == "source" || last == "as-of" || key.contains(".variant[") => Step::Patch,
        _ => Step::Minor,
    }
}

/// Whether every name by which a fact or an option was read is a name of it still, and the label is another one.
fn keeps_names(old: &Entry, new: &Entry) -> bool {
    let label = |entry: &Entry| match entry.leaves.get("label") {
        Some(Leaf::Text(text)) => Lang::BOTH.map(|lang| normal(text.get(lang))).to_vec(),
        _ => Vec::new(),
    };
    // No such name has a comma in it.
    let names = |entry: &Entry| match entry.leaves.get("former") {
        Some(Leaf::Plain(former)) => former.split(", ").map(normal).chain(label(entry)).collect(),
        _ => label(entry),
    };
    let (before, after): (Vec<String>, Vec<String>) = (names(old), names(new));
    before.iter().all(|name| after.contains(name)) && (label(old) != label(new) || before.len() < after.len())
}

/// What the manifest promises or does without: nothing is judged by it.
fn is_promise(key: &str) -> bool {
    let first = key.split(['.', '[']).next().unwrap_or_default();
    ["counts", "questions", "measured", "allow"].contains(&first)
}

/// Whether a profile that uses one label is read by the other.
fn reads_alike(one: &Text, other: &Text) -> bool {
    Lang::BOTH.iter().all(|lang| normal(one.get(*lang)) == normal(other.get(*lang)))
}
