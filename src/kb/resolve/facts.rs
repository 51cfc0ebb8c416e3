//! Resolving facts: kinds, options, ranges, and labels that can be told apart.

use super::{check_unique, look_up, sources};
use crate::diagnostic::{At, Diagnostic};
use crate::fact::{Change, Choice, Fact, Facts, Kind, Nature, Range, scaled};
use crate::ids::{DecisionId, FactGroupId, IndexVec, OptionId, OptionSet};
use crate::kb::{Decision, MOST_CHOICES, Named, Sources, raw};
use crate::spelling::normal;
use crate::text::{Lang, Text};

/// Marks that separate several labels in one cell, so no label contains them.
const SEPARATORS: [char; 6] = [';', '；', '、', '|', ',', '，'];

/// The groups and the facts in their order.
pub fn resolve(
    groups: Vec<raw::FactGroup>,
    decisions: &IndexVec<DecisionId, Decision>,
    documents: &Sources,
    faults: &mut Vec<Diagnostic>,
) -> (IndexVec<FactGroupId, Named>, Facts) {
    check_unique(groups.iter().flat_map(|group| &group.facts).map(|fact| (fact.id.value.as_str(), &fact.id.place)), faults);
    let labels = groups.iter().flat_map(|group| &group.facts).filter_map(|fact| fact.label.as_ref());
    check_labels(labels, faults);
    let things = groups.iter().flat_map(|group| &group.facts).map(|fact| (&fact.id, fact.label.as_ref(), fact.former.as_slice()));
    check_former(&things.collect::<Vec<_>>(), faults);
    let mut facts = Facts::new();
    let mut names = IndexVec::new();
    for group in groups {
        let number = names.push(Named { id: group.id, name: group.name });
        facts.extend(group.facts.into_iter().map(|fact| resolve_fact(fact, number, decisions, documents, faults)));
    }
    (names, facts)
}

/// Labels are unique per language after NFKC, and contain no separator.
fn check_labels<'a>(labels: impl Iterator<Item = &'a At<Text>>, faults: &mut Vec<Diagnostic>) {
    let mut seen: Vec<(String, &At<Text>)> = Vec::new();
    for label in labels {
        for lang in Lang::BOTH {
            let name = normal(label.value.get(lang));
            if let Some(mark) = label.value.get(lang).chars().find(|c| SEPARATORS.contains(c)) {
                let fault = Diagnostic::error("separator-in-label", label.place.clone());
                faults.push(fault.with("mark", mark).with("label", label.value.get(lang)));
            }
            match seen.iter().find(|(known, at)| *known == name && !name.is_empty() && !std::ptr::eq(*at, label)) {
                Some((_, first)) => {
                    let fault = Diagnostic::error("duplicate-label", label.place.clone()).related(first.place.clone());
                    faults.push(fault.with("label", name));
                }
                None => seen.push((name, label)),
            }
        }
    }
}

/// The id, the label and the former names of a thing.
type Called<'a> = (&'a At<String>, Option<&'a At<Text>>, &'a [At<String>]);

/// No former name may be read as another thing.
fn check_former(named: &[Called<'_>], faults: &mut Vec<Diagnostic>) {
    let labels = named.iter().filter_map(|(_, label, _)| *label);
    let labels = labels.flat_map(|label| Lang::BOTH.map(|lang| (normal(label.value.get(lang)), &label.place)));
    let mut seen: Vec<_> = named.iter().map(|(id, ..)| (normal(&id.value), &id.place)).chain(labels).collect();
    for former in named.iter().flat_map(|(_, _, former)| *former) {
        let name = normal(&former.value);
        if let Some(mark) = name.chars().find(|c| SEPARATORS.contains(c)) {
            let fault = Diagnostic::error("separator-in-label", former.place.clone());
            faults.push(fault.with("mark", mark).with("label", &name));
        }
        match seen.iter().find(|(known, _)| *known == name) {
            Some((_, first)) => {
                let fault = Diagnostic::error("former-name-in-use", former.place.clone()).related((*first).clone());
                faults.push(fault.with("name", name));
            }
            None => seen.push((name, &former.place)),
        }
    }
}

/// Former names without their places.
fn former(written: &[At<String>]) -> Vec<String> {
    written.iter().map(|at| at.value.clone()).collect()
}

fn resolve_fact(
    written: raw::Fact,
    group: FactGroupId,
    decisions: &IndexVec<DecisionId, Decision>,
    documents: &Sources,
    faults: &mut Vec<Diagnostic>,
) -> Fact {
    let kind = kind(&written, decisions, faults);
    let nature = match written.nature.as_ref().map(|nature| nature.value.as_str()) {
        Some("stated") => Nature::Stated,
        Some("observed") | None => Nature::Observed,
        Some(_) => {
            let at = written.nature.as_ref().unwrap_or(&written.id);
            look_up::<usize>("unknown-nature", at, ["stated", "observed"].into_iter(), faults);
            Nature::Observed
        }
    };
    let change = match &written.change {
        _ if nature == Nature::Stated => Change::No,
        None => Change::Some,
        Some(at) => {
            let found = look_up("unknown-change", at, Change::ALL.iter().map(|(id, _)| *id), faults);
            found.map_or(Change::Some, |found: usize| Change::ALL[found].1)
        }
    };
    Fact {
        change,
        former: former(&written.former),
        label: written.label.map(|label| label.value).unwrap_or_default(),
        question: written.question,
        help: written.help,
        example: written.example,
        nature,
        kind,
        options_of: written.options_of.as_ref().and_then(|at| decisions.position(|decision| decision.id == at.value)),
        neutral: written.neutral,
        sources: sources::check(documents, &written.sources, faults),
        group,
        place: written.id.place,
        id: written.id.value,
    }
}

/// The kinds of facts.
const KINDS: [&str; 4] = ["choice", "choices", "number", "yes-no"];

/// The kind that the other keys speak of, so that one misspelt kind does not
/// echo from everything that reads the fact.
fn by_shape(written: &raw::Fact) -> &'static str {
    let several = written.at_most.is_some() || written.options_of.is_some();
    match (written.options.is_empty(), several, written.min.is_some()) {
        (_, true, _) => "choices",
        (false, false, _) => "choice",
        (true, false, true) => "number",
        (true, false, false) => "yes-no",
    }
}

fn kind(written: &raw::Fact, decisions: &IndexVec<DecisionId, Decision>, faults: &mut Vec<Diagnostic>) -> Kind {
    let Some(kind) = &written.kind else { return Kind::YesNo };
    let known = look_up::<usize>("unknown-kind", kind, KINDS.into_iter(), faults);
    match known.map_or_else(|| by_shape(written), |at| KINDS[at]) {
        "choice" => match &written.options_of {
            None => Kind::Choice(options(written, kind, OptionSet::MOST, faults)),
            Some(at) => Kind::Choice(candidates_of(at, decisions, faults).0),
        },
        "choices" => choices(written, kind, decisions, faults),
        "number" => range(written, kind, faults),
        _ => Kind::YesNo,
    }
}

fn choices(
    written: &raw::Fact,
    kind: &At<String>,
    decisions: &IndexVec<DecisionId, Decision>,
    faults: &mut Vec<Diagnostic>,
) -> Kind {
    let (options, candidates_of) = match &written.options_of {
        None => (options(written, kind, MOST_CHOICES, faults), None),
        Some(at) => candidates_of(at, decisions, faults),
    };
    let at_most = match &written.at_most {
        None => options.len(),
        Some(at) => match usize::try_from(at.value) {
            Ok(limit) if (1..=options.len().max(1)).contains(&limit) => limit,
            _ => {
                let max = options.len().to_string();
                faults.push(Diagnostic::error("setting-out-of-range", at.place.clone()).with("min", "1").with("max", max));
                1
            }
        },
    };
    let none = options.position(|option| option.id == "none");
    Kind::Choices { options, at_most, none, candidates_of }
}

/// The candidates of the decision of that name as options, and its number.
fn candidates_of(
    at: &At<String>,
    decisions: &IndexVec<DecisionId, Decision>,
    faults: &mut Vec<Diagnostic>,
) -> (IndexVec<OptionId, Choice>, Option<DecisionId>) {
    let decision = look_up("unknown-decision", at, decisions.iter().map(|decision| decision.id.as_str()), faults);
    let mut options: Vec<Choice> = decision.map(|decision| candidates(&decisions[decision], at)).unwrap_or_default();
    if options.len() > OptionSet::MOST {
        let fault = Diagnostic::error("too-many-options", at.place.clone()).with("found", options.len().to_string());
        faults.push(fault.with("limit", OptionSet::MOST.to_string()));
        options.truncate(OptionSet::MOST);
    }
    (options.into(), decision)
}

/// The candidates of a decision as options, and "none" after them.
fn candidates(decision: &Decision, at: &At<String>) -> Vec<Choice> {
    let option = |candidate: &crate::kb::Candidate| Choice {
        id: candidate.id.clone(),
        label: candidate.name.clone(),
        help: Some(candidate.summary.clone()),
        neutral: None,
        is_unwanted: false,
        former: Vec::new(),
        place: at.place.clone(),
    };
    let none = Text { zh: "都没有".to_owned(), en: "None of these".to_owned() };
    let none = Choice {
        id: "none".to_owned(),
        help: None,
        neutral: None,
        is_unwanted: false,
        former: Vec::new(),
        label: none,
        place: at.place.clone(),
    };
    decision.candidates.iter().map(option).chain([none]).collect()
}

fn options(written: &raw::Fact, kind: &At<String>, most: usize, faults: &mut Vec<Diagnostic>) -> IndexVec<OptionId, Choice> {
    check_unique(written.options.iter().map(|option| (option.id.value.as_str(), &option.id.place)), faults);
    check_labels(written.options.iter().filter_map(|option| option.label.as_ref()), faults);
    let things = written.options.iter().map(|option| (&option.id, option.label.as_ref(), option.former.as_slice()));
    check_former(&things.collect::<Vec<_>>(), faults);
    if written.options.len() < 2 {
        faults.push(Diagnostic::error("too-few-options", kind.place.clone()));
    } else if written.options.len() > most {
        let found = written.options.len().to_string();
        faults
            .push(Diagnostic::error("too-many-options", kind.place.clone()).with("found", found).with("limit", most.to_string()));
    }
    let option = |option: &raw::FactOption| Choice {
        id: option.id.value.clone(),
        label: option.label.as_ref().map(|label| label.value.clone()).unwrap_or_default(),
        help: option.help.clone(),
        neutral: option.neutral.clone(),
        is_unwanted: option.unwanted,
        former: former(&option.former),
        place: option.id.place.clone(),
    };
    written.options.iter().take(OptionSet::MOST).map(option).collect()
}

fn range(written: &raw::Fact, kind: &At<String>, faults: &mut Vec<Diagnostic>) -> Kind {
    let decimals = written.decimals.as_ref().map_or(Some(0), |at| u32::try_from(at.value).ok().filter(|d| *d <= 3));
    if decimals.is_none() {
        let place = written.decimals.as_ref().map_or(&kind.place, |at| &at.place).clone();
        faults.push(Diagnostic::error("setting-out-of-range", place).with("min", "0").with("max", "3"));
    }
    let decimals = decimals.unwrap_or(3);
    // An end that cannot be read is taken as far off, so that it echoes from no number.
    let mut end = |at: &Option<At<raw::Number>>, key: &'static str, far: i64| match at {
        None => {
            faults.push(Diagnostic::error("missing-key", kind.place.clone()).with("key", key).with("form", "number"));
            far
        }
        Some(at) => scaled(&at.value, decimals).unwrap_or_else(|_| {
            faults.push(Diagnostic::error("bad-number", at.place.clone()).with("decimals", decimals.to_string()));
            far
        }),
    };
    let (min, max) = (end(&written.min, "min", i64::MIN), end(&written.max, "max", i64::MAX));
    if written.unit.is_none() {
        faults.push(Diagnostic::error("missing-key", kind.place.clone()).with("key", "unit").with("form", "number"));
    }
    if min > max {
        faults.push(Diagnostic::error("empty-range", kind.place.clone()));
    }
    Kind::Number(Range { min, max, decimals, unit: written.unit.clone().unwrap_or_default(), unit_one: written.unit_one.clone() })
}
