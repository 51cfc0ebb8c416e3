//! What an edit of a base does, as a page for its maintainer: whom it turns and
//! what the version must become first, then every change, case and witness.

pub mod github;
pub mod json;
mod wording;

use super::page::{Block, Extent, Page, Section};
use crate::diff::changes::{How, Step};
use crate::diff::entries::Kind;
use crate::diff::flips::Flips;
use crate::diff::profiles::Profiles;
use crate::diff::verdicts::{Moved, Stood};
use crate::diff::version::{Taken, after};
use crate::diff::{Case, Diff};
use crate::engine::kernel::Readiness;
use crate::ids::{CandidateId, DecisionId};
use crate::proof::solve::{MOST_STEPS, Outcome};
use crate::text::Lang;
use std::collections::BTreeMap;
use wording::Writer;

/// How many of a kind are listed on a usual page.
const LISTED: usize = 12;
/// How many witnesses of a decision are shown on a usual page.
const WITNESSES: usize = 6;

/// The page.
#[must_use]
pub fn page(diff: &Diff<'_>, profiles: Option<&Profiles>, lang: Lang, extent: Extent) -> Page {
    let writer = Writer { diff, lang, extent };
    let mut sections = Vec::new();
    for step in Step::ALL.into_iter().rev() {
        sections.extend(changes(&writer, step));
    }
    sections.extend(cases(&writer));
    sections.extend(stands(&writer));
    sections.extend(profiles.and_then(|profiles| rows(&writer, profiles)));
    sections.extend(diff.flips.iter().filter_map(|one| pairs(&writer, one)));
    Page { screen: screen(&writer, profiles), sections }
}

/// What the version has to become, in a sentence; and whether that is missed.
#[must_use]
pub fn version(diff: &Diff<'_>, lang: Lang) -> (String, bool) {
    let writer = Writer { diff, lang, extent: Extent::Usual };
    let (old, new) = (diff.bases.old.version.as_str(), diff.bases.new.version.as_str());
    let least = diff.called_for.and_then(|step| after(old, step)).unwrap_or_else(|| old.to_owned());
    let step = diff.called_for.map_or_else(String::new, |step| writer.say(&format!("diff.step.{}", step.id())));
    let key = match (diff.taken, diff.is_version_due(), diff.called_for) {
        (Taken::Unreadable, ..) => "diff.version.unreadable",
        (Taken::Back, ..) => "diff.version.back",
        (_, true, _) => "diff.version.due",
        (_, false, Some(_)) => "diff.version.suffices",
        (_, false, None) => "diff.version.free",
    };
    let gaps = [("old", old), ("new", new), ("least", least.as_str()), ("step", step.as_str())];
    (writer.fill(key, &gaps), diff.is_version_due())
}

/// Pairs that can happen, that cannot, that were not decided, and all.
#[must_use]
pub fn counts(flips: &[Flips]) -> [usize; 4] {
    let all = || flips.iter().flat_map(|one| &one.pairs);
    let shown = all().filter(|pair| matches!(pair.found, Outcome::Shown(_))).count();
    let open = all().filter(|pair| pair.found == Outcome::Undecided).count();
    [shown, all().count() - shown - open, open, all().count()]
}

fn screen(writer: &Writer<'_>, profiles: Option<&Profiles>) -> Vec<Block> {
    let diff = writer.diff;
    let mut blocks = vec![Block::Lead(lead(writer))];
    let (version, is_due) = version(diff, writer.lang);
    let label = writer.say("diff.label.version");
    blocks.push(if is_due { Block::Alarm(label, version) } else { Block::Entry(label, version) });
    if !diff.changes.is_empty() {
        blocks.push(Block::Entry(writer.say("diff.label.changes"), tally(writer)));
    }
    if diff.common > 0 {
        blocks.push(Block::Entry(writer.say("diff.label.cases"), of_cases(writer)));
    }
    if let Some(profiles) = profiles {
        blocks.push(Block::Entry(writer.say("diff.label.profiles"), of_profiles(writer, profiles)));
    }
    for one in &diff.flips {
        let [shown, none, open, all] = counts(std::slice::from_ref(one)).map(|count| count.to_string());
        let heading = diff.bases.old.decisions[one.decision[0]].heading.get(writer.lang).to_owned();
        let gaps = [("shown", shown.as_str()), ("none", &none), ("open", &open), ("all", &all)];
        blocks.push(Block::Entry(
            heading,
            writer.fill(if open == "0" { "diff.count.pairs" } else { "diff.count.pairs-open" }, &gaps),
        ));
    }
    blocks
}

fn lead(writer: &Writer<'_>) -> String {
    let diff = writer.diff;
    let flipped = diff.cases.iter().filter(|case| case.moved.is_flip()).count();
    let [shown, _, open, pairs] = counts(&diff.flips);
    let key = match (diff.called_for, flipped + shown, open) {
        (None, 0, 0) => "diff.lead.same",
        (Some(Step::Patch), 0, 0) => "diff.lead.words",
        (_, 0, 0) => "diff.lead.none",
        (_, 0, _) => "diff.lead.open",
        _ if flipped == 0 => "diff.lead.elsewhere",
        _ => "diff.lead.flips",
    };
    let [cases, all, shown, open, pairs] = [flipped, diff.common, shown, open, pairs].map(|count| count.to_string());
    writer.fill(key, &[("cases", &cases), ("all", &all), ("shown", &shown), ("open", &open), ("pairs", &pairs)])
}

/// How many things of each kind are new, gone or changed.
fn tally(writer: &Writer<'_>) -> String {
    let mut found: BTreeMap<(Kind, u8), usize> = BTreeMap::new();
    for change in &writer.diff.changes {
        *found.entry((change.kind, change.how as u8)).or_default() += 1;
    }
    let one = |((kind, how), count): ((Kind, u8), usize)| {
        let how = [How::Added, How::Removed, How::Changed].into_iter().find(|one| *one as u8 == how).unwrap_or(How::Changed);
        let kind = writer.kind(kind);
        writer.fill(&format!("diff.tally.{}", how.id()), &[("kind", &kind), ("n", &count.to_string())])
    };
    writer.list(found.into_iter().map(one))
}

fn of_cases(writer: &Writer<'_>) -> String {
    let diff = writer.diff;
    if diff.cases.is_empty() {
        return writer.fill("diff.count.same", &[("all", &diff.common.to_string())]);
    }
    let count = |is_it: &dyn Fn(&Moved) -> bool| diff.cases.iter().filter(|case| is_it(&case.moved)).count().to_string();
    let flips = count(&Moved::is_flip);
    let seconds = count(&|moved| !moved.is_flip() && !moved.leaders.is_empty());
    let stands = count(&|moved| moved.leaders.is_empty() && !moved.stands.is_empty());
    let all = diff.common.to_string();
    let mut text =
        writer.fill("diff.count.cases", &[("all", &all), ("flips", &flips), ("seconds", &seconds), ("stands", &stands)]);
    let turned = |from: bool| diff.cases.iter().filter(|case| case.is_met == Some([from, !from])).count();
    let (lost, won) = (turned(true), turned(false));
    if lost + won > 0 {
        text += &writer.fill("diff.count.met", &[("lost", &lost.to_string()), ("won", &won.to_string())]);
    }
    text
}

fn of_profiles(writer: &Writer<'_>, profiles: &Profiles) -> String {
    let [read, flips, seconds, stands] =
        [profiles.read, profiles.flips, profiles.seconds, profiles.stands].map(|count| count.to_string());
    let mut text =
        writer.fill("diff.count.cases", &[("all", &read), ("flips", &flips), ("seconds", &seconds), ("stands", &stands)]);
    for (key, count) in [("diff.count.partly", profiles.partly), ("diff.count.bad", profiles.bad)] {
        if count > 0 {
            text += &writer.fill(key, &[("n", &count.to_string())]);
        }
    }
    text
}

/// The changes that call for a step.
fn changes(writer: &Writer<'_>, step: Step) -> Option<Section> {
    let all = writer.diff.changes.iter().filter(|change| change.step == step);
    let lines: Vec<String> = all.map(|change| writer.change(change)).collect();
    let most = if step == Step::Patch { LISTED } else { LISTED * 4 };
    let heading = writer.fill("diff.section.changes", &[("step", &writer.say(&format!("diff.step.{}", step.id())))]);
    Section::unless_empty(heading, writer.points(lines, most))
}

/// The cases that keep others.
fn cases(writer: &Writer<'_>) -> Option<Section> {
    let kb = writer.diff.bases.old;
    let of = |case: &Case| {
        let named = kb.cases[case.case[0]].name.get(writer.lang);
        let mut text = writer.moved(named, &kb.cases[case.case[0]].id, &case.moved);
        if case.is_edited {
            text += &writer.say("diff.case-edited");
        }
        match case.is_met {
            Some([true, false]) => text += &writer.say("diff.case-lost"),
            Some([false, true]) => text += &writer.say("diff.case-won"),
            _ => {}
        }
        text
    };
    let mut all: Vec<&Case> = writer.diff.cases.iter().filter(|case| !case.moved.leaders.is_empty()).collect();
    all.sort_by_key(|case| !case.moved.is_flip());
    let lines = all.into_iter().map(of).collect();
    Section::unless_empty(writer.say("diff.section.cases"), writer.points(lines, LISTED))
}

/// Decision and candidate, by both bases; where it stood and where it stands.
type Move = ([DecisionId; 2], [CandidateId; 2], Readiness, Readiness);

/// Where candidates stand otherwise in cases: from where to where, in how many, and why in the first.
fn stands(writer: &Writer<'_>) -> Option<Section> {
    let mut found: BTreeMap<Move, Vec<(&Case, &Stood)>> = BTreeMap::new();
    for case in &writer.diff.cases {
        for one in &case.moved.stands {
            let key = (one.decision, one.candidate, one.before, one.after);
            found.entry(key).or_default().push((case, one));
        }
    }
    let mut all: Vec<Vec<(&Case, &Stood)>> = found.into_values().collect();
    all.sort_by_key(|cases| std::cmp::Reverse(cases.len()));
    let lines = all.iter().filter_map(|cases| stood(writer, cases)).collect();
    Section::unless_empty(writer.say("diff.section.stands"), writer.points(lines, LISTED))
}

/// One candidate that stands otherwise in the same way in some cases.
fn stood(writer: &Writer<'_>, cases: &[(&Case, &Stood)]) -> Option<String> {
    let old = writer.diff.bases.old;
    let (_, one) = cases.first()?;
    let ids = cases.iter().take(3).map(|(case, _)| old.cases[case.case[0]].id.clone());
    let ids = writer.list(ids.chain((cases.len() > 3).then(|| "…".to_owned())));
    let because = writer.because(&one.because);
    let gaps = [
        ("name", old.candidate(one.decision[0], one.candidate[0]).name.get(writer.lang)),
        ("before", &writer.standing(one.before)),
        ("after", &writer.standing(one.after)),
        ("n", &cases.len().to_string()),
        ("all", &writer.diff.common.to_string()),
        ("cases", &ids),
        ("because", &because),
    ];
    let key = if because.is_empty() { "diff.sentence.stood-by-others" } else { "diff.sentence.stood" };
    Some(writer.fill(key, &gaps))
}

/// The profiles at hand whose verdict changes.
fn rows(writer: &Writer<'_>, profiles: &Profiles) -> Option<Section> {
    let mut all: Vec<_> = profiles.moved.iter().collect();
    all.sort_by_key(|one| (!one.moved.is_flip(), one.moved.leaders.is_empty()));
    let line = |one: &crate::diff::profiles::One| {
        let row = writer.fill("diff.row", &[("row", &one.row.to_string())]);
        writer.moved(&row, one.id.as_deref().unwrap_or_default(), &one.moved)
    };
    let lines = all.into_iter().map(line).collect();
    Section::unless_empty(writer.say("diff.section.profiles"), writer.points(lines, LISTED))
}

/// Who can lead after whom in a decision.
fn pairs(writer: &Writer<'_>, flips: &Flips) -> Option<Section> {
    let mut shown: Vec<(usize, String)> = Vec::new();
    let (mut none, mut open) = (Vec::new(), Vec::new());
    for pair in &flips.pairs {
        let between = writer.between(flips.decision, pair);
        match &pair.found {
            Outcome::Shown(profile) => {
                shown.push((profile.known(), format!("{between}{}{}", writer.colon(), writer.profile(profile))));
            }
            Outcome::Impossible => none.push(between),
            Outcome::Undecided => open.push(between),
        }
    }
    if shown.is_empty() && open.is_empty() && writer.extent == Extent::Usual {
        return None;
    }
    let mut blocks = Vec::new();
    shown.sort();
    if !shown.is_empty() {
        blocks.push(Block::Text(writer.say("diff.section.witnesses")));
        blocks.extend(writer.points(shown.into_iter().map(|(_, line)| line).collect(), WITNESSES));
    }
    for (key, pairs, is_shown) in
        [("diff.section.undecided", open, true), ("diff.section.proven", none, writer.extent == Extent::Full)]
    {
        if is_shown && !pairs.is_empty() {
            blocks.push(Block::Text(
                writer.fill(key, &[("pairs", &writer.list(pairs.into_iter())), ("steps", &MOST_STEPS.to_string())]),
            ));
        }
    }
    let heading = writer.diff.bases.old.decisions[flips.decision[0]].heading.get(writer.lang);
    Section::unless_empty(writer.fill("diff.section.who-can-lead", &[("decision", heading)]), blocks)
}
