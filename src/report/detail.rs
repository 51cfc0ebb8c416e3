//! Below the first screen: the evidence, the runner-up, candidates in their groups, sources.

use super::figures;
use super::page::{Block, Extent, Section, Trait};
use super::phrases::{Subject, clause};
use crate::advice::fit::strongest_against;
use crate::engine::judgement::{Outcome, Ranked};
use crate::engine::kernel::Readiness;
use crate::ids::{CandidateId, DecisionId, NeedId, SectionId};
use crate::kb::Evidence;
use crate::truth::Truth;
use std::cmp::Reverse;

/// How many candidates of the group `never` are shown.
const NEVER: usize = 5;
/// How many lines tell the leader from the runner-up.
const TELLING: usize = 3;

/// Where what is said and what is seen differ.
pub fn gap(subject: &Subject<'_>) -> Option<Section> {
    let gap = subject.advice.judgement.gap.as_ref()?;
    let (stated, observed) = (subject.named(gap.decision, gap.stated), subject.named(gap.decision, gap.observed));
    let text = subject.fill("advice.gap", &[("stated", &stated), ("observed", &observed)]);
    Some(Section { heading: subject.say("heading.gap"), blocks: vec![Block::Text(text)] })
}

/// A leader decision: ranking, the runner-up, evidence of those chosen, texts.
pub fn leaders(subject: &Subject<'_>, outcome: &Outcome, extent: Extent) -> Vec<Section> {
    let decision = &subject.kb.decisions[outcome.decision];
    let heading = decision.heading.get(subject.lang);
    let mut sections = Vec::new();
    let mut intro = assuming(subject, outcome);
    if outcome.chosen.is_empty() {
        let neither = decision.neither.as_ref().map_or("", |text| text.get(subject.lang));
        let floor = subject.fill("line.below-floor", &[("floor", &subject.kb.floor.to_string())]);
        intro.push(Block::Text(format!("{neither}{}{floor}", subject.space())));
    } else {
        sections.push(ranking(subject, outcome, heading, intro));
        sections.extend(runner_up(subject, outcome));
        for candidate in &outcome.chosen {
            sections.extend(evidence(subject, outcome, *candidate, extent));
        }
        let leader = outcome.chosen[0];
        sections.extend(Section::unless_empty(
            format!("{heading}{}{}", subject.colon(), subject.named(outcome.decision, leader)),
            texts(subject, outcome.decision, leader),
        ));
        return sections;
    }
    if extent == Extent::Full {
        let others = outcome.ranked.iter().map(|ranked| ranked.candidate).filter(|one| !outcome.chosen.contains(one));
        sections.extend(others.filter_map(|one| evidence(subject, outcome, one, extent)));
    }
    sections.push(ranking(subject, outcome, heading, intro));
    sections
}

/// The leaders that this section is the first to lean on and that may still change.
fn assuming(subject: &Subject<'_>, outcome: &Outcome) -> Vec<Block> {
    let outcomes = &subject.advice.judgement.decisions;
    let is_news =
        |earlier: &&DecisionId| outcomes.iter().take(outcome.decision.index()).all(|before| !before.assuming.contains(earlier));
    let of = |earlier: &DecisionId| {
        let leader = *outcomes[*earlier].chosen.first()?;
        let is_settled = outcomes[*earlier].sureness.is_some_and(|sureness| sureness.settled);
        let names = subject.named(*earlier, leader);
        (!is_settled).then(|| Block::Text(subject.fill("line.assuming", &[("names", &names)])))
    };
    outcome.assuming.iter().filter(is_news).filter_map(of).collect()
}

/// The texts of a candidate that the first screen does not show.
fn texts(subject: &Subject<'_>, decision: DecisionId, candidate: CandidateId) -> Vec<Block> {
    let one = subject.kb.candidate(decision, candidate);
    let screen = &subject.kb.screen;
    let shown = |section: SectionId| {
        let here = crate::kb::SectionRef { decision, section };
        screen.verdict == here || screen.red_line.contains(&here)
    };
    let sections = subject.kb.decisions[decision].sections.pairs().zip(&one.texts);
    let entry = |((at, section), text): ((SectionId, &crate::kb::Section), &Option<crate::kb::SourcedText>)| {
        let text = text.as_ref().filter(|_| !shown(at))?;
        Some(Block::Entry(section.heading.get(subject.lang).to_owned(), text.text.get(subject.lang).to_owned()))
    };
    let mut blocks: Vec<_> = sections.filter_map(entry).collect();
    if !one.grows_into.is_empty() {
        let names = subject.names(decision, &one.grows_into);
        blocks.push(Block::Text(subject.fill("line.grows-into", &[("names", &names)])));
    }
    blocks
}

/// The lines of a candidate: those that hold, the strongest first; on request the open ones.
fn evidence(subject: &Subject<'_>, outcome: &Outcome, candidate: CandidateId, extent: Extent) -> Option<Section> {
    let ranked = outcome.of(candidate)?;
    let name = subject.named(outcome.decision, candidate);
    let mut blocks = table(subject, outcome.decision, ranked, Truth::Yes);
    if extent == Extent::Full {
        for (key, wanted) in [("heading.open-lines", Truth::Unknown), ("heading.idle-lines", Truth::No)] {
            let lines = table(subject, outcome.decision, ranked, wanted);
            if !lines.is_empty() {
                blocks.push(Block::Heading(subject.say(key)));
                blocks.extend(lines);
            }
        }
    }
    Section::unless_empty(subject.fill("heading.evidence", &[("name", &name)]), blocks)
}

fn table(subject: &Subject<'_>, decision: DecisionId, ranked: &Ranked, wanted: Truth) -> Vec<Block> {
    let rows: Vec<Trait> = sorted(subject, decision, ranked, |truth| truth == wanted)
        .into_iter()
        .map(|line| Trait {
            points: line.points,
            text: line.statement.get(subject.lang).to_owned(),
            cited: subject.cited(&line.sources),
            sources: subject.sources(&line.sources),
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![Block::Traits(["column.points", "column.trait", "column.source"].map(|key| subject.say(key)), rows)]
}

/// The lines of a candidate, the biggest for it first, then the biggest against it.
pub fn sorted<'a>(
    subject: &Subject<'a>,
    decision: DecisionId,
    ranked: &Ranked,
    wanted: impl Fn(Truth) -> bool,
) -> Vec<&'a Evidence> {
    let lines = subject.kb.candidate(decision, ranked.candidate).evidence.iter().zip(&ranked.lines);
    let mut found: Vec<_> = lines.filter(|(_, truth)| wanted(**truth)).map(|(line, _)| line).collect();
    found.sort_by_key(|line| (line.points < 0, Reverse(line.points.abs())));
    found
}

/// Why the next candidate is not the leader: the traits that tell them apart.
fn runner_up(subject: &Subject<'_>, outcome: &Outcome) -> Option<Section> {
    let leader = outcome.ranked.first()?;
    let next = outcome.ranked.iter().find(|ranked| !outcome.chosen.contains(&ranked.candidate))?;
    let decision = outcome.decision;
    let (leader_name, name) = (subject.named(decision, leader.candidate), subject.named(decision, next.candidate));
    let pick = |ranked: &Ranked, for_it: bool| -> Vec<String> {
        let lines = sorted(subject, decision, ranked, Truth::is_yes);
        let chosen = lines.iter().filter(|line| (line.points > 0) == for_it).take(TELLING);
        chosen.map(|line| line.statement.get(subject.lang).to_owned()).collect()
    };
    let gaps = [("leader", leader_name.as_str()), ("name", name.as_str())];
    let parts = [
        ("line.runner-up-for", pick(leader, true)),
        ("line.runner-up-against", pick(next, false)),
        ("line.runner-up-back", pick(next, true)),
    ];
    let mut blocks: Vec<Block> =
        figures::parting(subject, outcome).map(|figure| Block::Figure(Box::new(figure))).into_iter().collect();
    for (key, traits) in parts.into_iter().filter(|(_, traits)| !traits.is_empty()) {
        blocks.push(Block::Text(subject.fill(key, &gaps)));
        blocks.push(Block::Points(traits));
    }
    Section::unless_empty(subject.fill("heading.runner-up", &[("name", &name)]), blocks)
}

/// What is said first, and all candidates by their points. A share is said only where somebody leads: else
/// it would say how likely something is that does not apply.
fn ranking(subject: &Subject<'_>, outcome: &Outcome, heading: &str, mut blocks: Vec<Block>) -> Section {
    let leads = !outcome.chosen.is_empty();
    let row = |ranked: &Ranked| {
        let share = |share: u32| format!("{}.{}%", (share + 5) / 100, (share + 5) % 100 / 10);
        let mut cells = vec![subject.named(outcome.decision, ranked.candidate), ranked.points.to_string()];
        cells.extend(ranked.share.filter(|_| leads).map(share));
        cells
    };
    let heads = if leads {
        ["column.candidate", "column.points", "column.share"].as_slice()
    } else {
        &["column.candidate", "column.points"]
    };
    let heads: Vec<String> = heads.iter().map(|key| subject.say(key)).collect();
    let legend = subject.say(if leads { "line.legend" } else { "line.legend-points" });
    let heading = subject.fill("heading.ranking", &[("heading", heading)]);
    let figure = figures::ranking(subject, outcome, heads, outcome.ranked.iter().map(row).collect(), legend);
    blocks.push(Block::Figure(Box::new(figure)));
    Section { heading, blocks }
}

/// An all-keeping decision: its candidates in their groups.
pub fn groups(subject: &Subject<'_>, outcome: &Outcome, extent: Extent) -> Vec<Section> {
    let heading = subject.kb.decisions[outcome.decision].heading.get(subject.lang);
    let mut blocks = assuming(subject, outcome);
    if subject.kb.plan.sections.is_none_or(|sections| sections.begin.decision == outcome.decision) {
        blocks.extend(figures::standing(subject, outcome).map(|figure| Block::Figure(Box::new(figure))));
    }
    if extent == Extent::Full {
        blocks.push(Block::Text(subject.say("line.legend-points")));
    }
    for group in Readiness::ALL {
        let (found, idle): (Vec<&Ranked>, Vec<&Ranked>) = outcome
            .group(group)
            .partition(|ranked| group != Readiness::Never || refusal(subject, outcome.decision, ranked).is_some());
        let shown = match (group, extent) {
            (Readiness::Never, Extent::Usual) => telling_refusals(subject, outcome),
            _ => found.clone(),
        };
        // What runs, or is in place, is named only where there is such a thing.
        if found.is_empty() && (group.is_running() || group == Readiness::InPlace) {
            continue;
        }
        blocks.push(Block::Heading(subject.say(&format!("group.{}", group.id()))));
        if found.is_empty() {
            blocks.push(Block::Text(subject.say("line.none-open")));
        }
        blocks.extend(shown.iter().map(|ranked| candidate(subject, outcome, ranked, group, extent)));
        if shown.len() < found.len() {
            blocks.push(Block::Text(subject.fill("line.more", &[("n", &(found.len() - shown.len()).to_string())])));
        }
        if extent == Extent::Full && !idle.is_empty() {
            let idle: Vec<CandidateId> = idle.iter().map(|ranked| ranked.candidate).collect();
            let names = subject.names(outcome.decision, &idle);
            blocks.push(Block::Text(subject.fill("line.no-reason", &[("names", &names)])));
        }
    }
    vec![Section { heading: heading.to_owned(), blocks }]
}

/// The refusals worth showing: what is run today first, then what has most
/// against it; only those with a reason.
fn telling_refusals<'a>(subject: &Subject<'_>, outcome: &'a Outcome) -> Vec<&'a Ranked> {
    let is_run = |ranked: &Ranked| {
        subject.advice.misfits.iter().any(|one| one.decision == outcome.decision && one.candidate == ranked.candidate)
    };
    let mut found: Vec<&Ranked> =
        outcome.group(Readiness::Never).filter(|ranked| refusal(subject, outcome.decision, ranked).is_some()).collect();
    found.sort_by_key(|ranked| (!is_run(ranked), ranked.points));
    found.truncate(NEVER);
    found
}

/// Why a candidate is never an option: a need that fails for good, or what
/// speaks most against it.
fn refusal(subject: &Subject<'_>, decision: DecisionId, ranked: &Ranked) -> Option<String> {
    let one = subject.kb.candidate(decision, ranked.candidate);
    let fixed = ranked.needs.iter().zip(&one.needs).find(|(truth, need)| **truth == Truth::No && need.fixed);
    let against = || strongest_against(one, ranked).map(|at| &one.evidence[at].statement);
    fixed.map(|(_, need)| &need.lacks).or_else(against).map(|text| text.get(subject.lang).to_owned())
}

/// One candidate in its group: what to do, or what is missing, or why not.
fn candidate(subject: &Subject<'_>, outcome: &Outcome, ranked: &Ranked, group: Readiness, extent: Extent) -> Block {
    let decision = outcome.decision;
    let one = subject.kb.candidate(decision, ranked.candidate);
    let unmet = |wanted: Truth| ranked.needs_that_are(wanted);
    let all = |needs: &mut dyn Iterator<Item = NeedId>| {
        needs.map(|at| subject.lacks(decision, ranked.candidate, at)).collect::<Vec<_>>().join(subject.space())
    };
    let mut parts: Vec<String> = Vec::new();
    match group {
        Readiness::Open => parts.extend(how(subject, decision, ranked.candidate, extent)),
        Readiness::Keep | Readiness::InPlace => {}
        Readiness::Confirm => parts.push(subject.fill("line.to-confirm", &[("lacks", &all(&mut unmet(Truth::Unknown)))])),
        Readiness::Stop | Readiness::Mend | Readiness::Later => {
            parts.push(subject.fill("line.missing", &[("lacks", &all(&mut unmet(Truth::No)))]));
        }
        Readiness::Drop | Readiness::Never => {
            let reason = refusal(subject, decision, ranked).unwrap_or_else(|| subject.say("advice.nothing-for-it"));
            parts.push(subject.fill("line.because", &[("reason", &clause(&reason))]));
        }
    }
    if extent == Extent::Full && matches!(group, Readiness::Confirm | Readiness::Later) {
        parts.extend(how(subject, decision, ranked.candidate, extent));
    }
    if group.can_begin() && !ranked.after.is_empty() {
        parts.push(subject.fill("line.after", &[("names", &subject.names(decision, &ranked.after))]));
    }
    if extent == Extent::Full && group != Readiness::Never {
        parts.extend(one.figures.iter().map(|figure| {
            let (label, range) = (figure.label.get(subject.lang), subject.range(figure));
            subject.sentence(&subject.fill(
                "line.figure",
                &[
                    ("label", label),
                    ("range", &range),
                    ("as-of", subject.dated(&figure.as_of)),
                    ("sources", &subject.sources(&figure.sources)),
                ],
            ))
        }));
    }
    let name = one.name.get(subject.lang);
    let label = if extent == Extent::Full { format!("{name} {:+}", ranked.points) } else { name.to_owned() };
    Block::Entry(label, parts.join(subject.space()))
}

/// What to do about an open candidate: the section texts that the screen names
/// for its decision; all of them on request.
fn how(subject: &Subject<'_>, decision: DecisionId, candidate: CandidateId, extent: Extent) -> Vec<String> {
    let of = |sections: crate::kb::effort::PlanSections| [sections.begin, sections.step];
    let named = subject.kb.plan.sections.into_iter().flat_map(of);
    let named: Vec<SectionId> = named.filter(|at| at.decision == decision).map(|at| at.section).collect();
    let sections = subject.kb.decisions[decision].sections.pairs();
    let wanted = sections.filter(|(at, _)| extent == Extent::Full || named.is_empty() || named.contains(at));
    wanted
        .filter_map(|(at, section)| {
            let text = subject.text(crate::kb::SectionRef { decision, section: at }, candidate);
            (!text.is_empty())
                .then(|| format!("{}{}{}", section.heading.get(subject.lang), subject.colon(), subject.sentence(&text)))
        })
        .collect()
}
