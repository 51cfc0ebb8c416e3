//! Below the first screen: the evidence, the runner-up, candidates in their groups, sources.

use super::figures;
use super::page::{Block, Extent, Section, Trait};
use super::percent::percent;
use super::phrases::{Subject, clause, signed, standing};
use crate::advice::fit::strongest_against;
use crate::engine::judgement::{Account, Ranked, Ranking, Sorted, Sorting};
use crate::engine::kernel::Readiness;
use crate::ids::{CandidateId, DecisionId, NeedId, SectionId};
use crate::kb::{Candidate, Evidence, SectionRef};
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
pub fn leaders(subject: &Subject<'_>, ranking: &Ranking, extent: Extent) -> Vec<Section> {
    let decision = &subject.kb.decisions[ranking.decision];
    let heading = decision.heading.get(subject.lang);
    let mut sections = Vec::new();
    let mut intro = assuming(subject, ranking.decision, &ranking.assuming);
    let Some(lead) = ranking.lead else {
        let neither = decision.neither.as_ref().map_or("", |text| text.get(subject.lang));
        let floor = subject.fill("line.below-floor", &[("floor", &subject.kb.floor.to_string())]);
        intro.push(Block::Text(format!("{neither}{}{floor}", subject.space())));
        if extent == Extent::Full {
            sections.extend(ranking.accounts().filter_map(|account| evidence(subject, ranking.decision, account, extent)));
        }
        sections.push(ranked(subject, ranking, heading, intro));
        return sections;
    };
    sections.push(ranked(subject, ranking, heading, intro));
    let parting = figures::parting(subject, ranking).map(|figure| Block::Figure(Box::new(figure)));
    // What parts the two sides is no reason against the next candidate.
    let (beside, against) = if lead.second.is_some() { (parting, None) } else { (None, parting) };
    sections.extend(beside.map(|figure| Section { heading: subject.say("heading.two-sides"), blocks: vec![figure] }));
    sections.extend(runner_up(subject, ranking, against));
    for candidate in ranking.chosen().iter() {
        let account = ranking.accounts().find(|account| account.candidate == candidate);
        sections.extend(account.and_then(|account| evidence(subject, ranking.decision, account, extent)));
    }
    sections.extend(Section::unless_empty(
        format!("{heading}{}{}", subject.colon(), subject.named(ranking.decision, lead.leader)),
        texts(subject, ranking.decision, lead.leader),
    ));
    sections
}

/// The leaders that this section is the first to lean on and that may still change.
fn assuming(subject: &Subject<'_>, decision: DecisionId, assumed: &[DecisionId]) -> Vec<Block> {
    let outcomes = &subject.advice.judgement.decisions;
    let is_news = |earlier: &&DecisionId| decision.before().all(|before| !outcomes[before].assuming().contains(earlier));
    let of = |earlier: &DecisionId| {
        let names = subject.named(*earlier, outcomes[*earlier].leader()?);
        (!outcomes[*earlier].is_settled()).then(|| Block::Text(subject.fill("line.assuming", &[("names", &names)])))
    };
    assumed.iter().filter(is_news).filter_map(of).collect()
}

/// The texts of a candidate that the first screen does not show.
fn texts(subject: &Subject<'_>, decision: DecisionId, candidate: CandidateId) -> Vec<Block> {
    let one = subject.kb.candidate(decision, candidate);
    let screen = &subject.kb.screen;
    let is_planned = !subject.advice.plan.actions.is_empty();
    let entry = |(section, known): (SectionId, &crate::kb::Section)| {
        let here = SectionRef { decision, section };
        let is_said = screen.verdict == here || screen.red_line.contains(&here) || is_planned && screen.unplanned.contains(&here);
        let text = if is_said { String::new() } else { subject.text(here, candidate) };
        (!text.is_empty()).then(|| Block::Entry(known.heading.get(subject.lang).to_owned(), text))
    };
    let mut blocks: Vec<_> = subject.kb.decisions[decision].sections.pairs().filter_map(entry).collect();
    if !one.grows_into.is_empty() {
        let names = subject.names(decision, &one.grows_into);
        blocks.push(Block::Text(subject.fill("line.grows-into", &[("names", &names)])));
    }
    blocks
}

/// The lines of a candidate: those that hold, the strongest first; on request the open ones.
fn evidence(subject: &Subject<'_>, decision: DecisionId, account: &Account, extent: Extent) -> Option<Section> {
    let name = subject.named(decision, account.candidate);
    let mut blocks = table(subject, decision, account, Truth::Yes);
    if extent == Extent::Full {
        for (key, wanted) in [("heading.open-lines", Truth::Unknown), ("heading.idle-lines", Truth::No)] {
            let lines = table(subject, decision, account, wanted);
            if !lines.is_empty() {
                blocks.push(Block::Heading(subject.say(key)));
                blocks.extend(lines);
            }
        }
    }
    Section::unless_empty(subject.fill("heading.evidence", &[("name", &name)]), blocks)
}

fn table(subject: &Subject<'_>, decision: DecisionId, account: &Account, wanted: Truth) -> Vec<Block> {
    let rows: Vec<Trait> = sorted(subject, decision, account, |truth| truth == wanted)
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
    account: &Account,
    wanted: impl Fn(Truth) -> bool,
) -> Vec<&'a Evidence> {
    let lines = subject.kb.candidate(decision, account.candidate).evidence.iter().zip(&account.lines);
    let mut found: Vec<_> = lines.filter(|(_, truth)| wanted(**truth)).map(|(line, _)| line).collect();
    found.sort_by_key(|line| (line.points < 0, Reverse(line.points.abs())));
    found
}

/// Why the next candidate is not the leader: the traits that tell them apart, and the figure of them.
fn runner_up(subject: &Subject<'_>, ranking: &Ranking, figure: Option<Block>) -> Option<Section> {
    let (decision, chosen) = (ranking.decision, ranking.chosen());
    let leader = ranking.accounts().next()?;
    let next = ranking.accounts().find(|account| !chosen.contains(account.candidate))?;
    let (leader_name, name) = (subject.named(decision, leader.candidate), subject.named(decision, next.candidate));
    let pick = |account: &Account, for_it: bool| -> Vec<String> {
        let lines = sorted(subject, decision, account, Truth::is_yes);
        let chosen = lines.iter().filter(|line| (line.points > 0) == for_it).take(TELLING);
        chosen.map(|line| line.statement.get(subject.lang).to_owned()).collect()
    };
    let gaps = [("leader", leader_name.as_str()), ("name", name.as_str())];
    let parts = [
        ("line.runner-up-for", pick(leader, true)),
        ("line.runner-up-against", pick(next, false)),
        ("line.runner-up-back", pick(next, true)),
    ];
    let mut blocks: Vec<Block> = figure.into_iter().collect();
    // Nobody takes it for one that has no points; then the table says enough.
    let is_near = next.points > 0;
    for (key, traits) in parts.into_iter().filter(|(_, traits)| is_near && !traits.is_empty()) {
        blocks.push(Block::Entry(subject.fill(key, &gaps), traits.join(crate::words::say("line.reason-joint", subject.lang))));
    }
    Section::unless_empty(subject.fill("heading.runner-up", &[("name", &name)]), blocks)
}

/// What is said first, and all candidates by their points. A share is said only where somebody leads: else
/// it would say how likely something is that does not apply.
fn ranked(subject: &Subject<'_>, ranking: &Ranking, heading: &str, mut blocks: Vec<Block>) -> Section {
    let leads = ranking.lead.is_some();
    let row = |one: &Ranked| {
        let mut cells = vec![subject.named(ranking.decision, one.account.candidate), signed(one.account.points)];
        cells.extend(leads.then(|| percent(one.share, 10_000_u64)));
        cells
    };
    let heads = if leads {
        ["column.candidate", "column.points", "column.share"].as_slice()
    } else {
        &["column.candidate", "column.points"]
    };
    let heads: Vec<String> = heads.iter().map(|key| subject.say(key)).collect();
    let heading = subject.fill("heading.ranking", &[("heading", heading)]);
    let figure = figures::ranking(subject, ranking, heads, ranking.ranked.iter().map(row).collect());
    blocks.push(Block::Figure(Box::new(figure)));
    blocks.extend(leads.then(|| Block::Text(subject.say("line.legend-share"))));
    Section { heading, blocks }
}

/// An all-keeping decision: its candidates in their groups.
pub fn groups(subject: &Subject<'_>, sorting: &Sorting, extent: Extent) -> Vec<Section> {
    let decision = sorting.decision;
    let heading = subject.kb.decisions[decision].heading.get(subject.lang);
    let mut blocks = assuming(subject, decision, &sorting.assuming);
    if subject.kb.plan.sections.is_none_or(|sections| sections.begin.decision == decision) {
        blocks.extend(figures::standing(subject, sorting).map(|figure| Block::Figure(Box::new(figure))));
    }
    if extent == Extent::Full && !subject.kb.plan.are_measures(decision) {
        blocks.push(Block::Text(subject.say("line.legend-points")));
    }
    for group in Readiness::ALL {
        let (found, idle): (Vec<&Sorted>, Vec<&Sorted>) =
            sorting.group(group).partition(|one| group != Readiness::Never || refusal(subject, decision, &one.account).is_some());
        let shown = match (group, extent) {
            (Readiness::Never, Extent::Usual) => telling_refusals(subject, sorting),
            _ => found.clone(),
        };
        // That nothing can begin is worth a word; other groups are named only where there is something in them.
        if found.is_empty() && group != Readiness::Open {
            continue;
        }
        blocks.push(Block::Heading(standing(subject.kb, decision, group, subject.lang).to_owned()));
        if found.is_empty() {
            blocks.push(Block::Text(subject.say("line.none-open")));
        }
        let told: Vec<(String, String)> = shown.iter().map(|one| candidate(subject, decision, one, extent)).collect();
        // Of what there is nothing to say the names are enough.
        let (bare, told): (Vec<_>, Vec<_>) = told.into_iter().partition(|(_, text)| text.is_empty());
        if !bare.is_empty() {
            let names: Vec<String> = bare.into_iter().map(|(name, _)| name).collect();
            blocks.push(Block::Text(subject.sentence(&names.join(&subject.say("line.list-joint")))));
        }
        blocks.extend(told.into_iter().map(|(name, text)| Block::Entry(name, text)));
        if shown.len() < found.len() {
            blocks.push(Block::Text(subject.fill("line.more", &[("n", &(found.len() - shown.len()).to_string())])));
        }
        if extent == Extent::Full && !idle.is_empty() {
            let idle: Vec<CandidateId> = idle.iter().map(|one| one.account.candidate).collect();
            let names = subject.names(decision, &idle);
            blocks.push(Block::Text(subject.fill("line.no-reason", &[("names", &names)])));
        }
    }
    vec![Section { heading: heading.to_owned(), blocks }]
}

/// The refusals worth showing: what is run today first, then what has most
/// against it; only those with a reason.
fn telling_refusals<'a>(subject: &Subject<'_>, sorting: &'a Sorting) -> Vec<&'a Sorted> {
    let is_run = |account: &Account| {
        subject.advice.misfits.iter().any(|one| one.decision == sorting.decision && one.candidate == account.candidate)
    };
    let has_reason = |one: &&Sorted| refusal(subject, sorting.decision, &one.account).is_some();
    let mut found: Vec<&Sorted> = sorting.group(Readiness::Never).filter(has_reason).collect();
    found.sort_by_key(|one| (!is_run(&one.account), one.account.points));
    found.truncate(NEVER);
    found
}

/// Why a candidate is never an option: a need that fails for good, or what
/// speaks most against it.
fn refusal(subject: &Subject<'_>, decision: DecisionId, account: &Account) -> Option<String> {
    let one = subject.kb.candidate(decision, account.candidate);
    let fixed = account.needs.iter().zip(&one.needs).find(|(truth, need)| **truth == Truth::No && need.fixed);
    let against = || strongest_against(one, account).map(|at| &one.evidence[at].statement);
    fixed.map(|(_, need)| &need.lacks).or_else(against).map(|text| text.get(subject.lang).to_owned())
}

/// One candidate in its group, its name first: what to do, or what is missing, or why not.
fn candidate(subject: &Subject<'_>, decision: DecisionId, sorted: &Sorted, extent: Extent) -> (String, String) {
    let (account, group) = (&sorted.account, sorted.readiness());
    let one = subject.kb.candidate(decision, account.candidate);
    let unmet = |wanted: Truth| account.needs_that_are(wanted);
    let all = |needs: &mut dyn Iterator<Item = NeedId>| {
        needs.map(|at| subject.lacks(decision, account.candidate, at)).collect::<Vec<_>>().join(subject.space())
    };
    let mut parts: Vec<String> = Vec::new();
    match group {
        Readiness::Open => parts.extend(how(subject, decision, account.candidate, extent)),
        Readiness::Keep | Readiness::InPlace => {}
        Readiness::Confirm => parts.push(subject.fill("line.to-confirm", &[("lacks", &all(&mut unmet(Truth::Unknown)))])),
        Readiness::Stop | Readiness::Mend | Readiness::Later => {
            let lacks = all(&mut unmet(Truth::No));
            parts.extend((!lacks.is_empty()).then(|| subject.fill("line.missing", &[("lacks", &lacks)])));
            parts.extend(sorted.standing.waits.then(|| waiting(subject, one)));
        }
        Readiness::Drop | Readiness::Never => {
            let reason = refusal(subject, decision, account).unwrap_or_else(|| subject.say("advice.nothing-for-it"));
            parts.push(subject.fill("line.because", &[("reason", &clause(&reason))]));
        }
    }
    if extent == Extent::Full && matches!(group, Readiness::Confirm | Readiness::Later) {
        parts.extend(how(subject, decision, account.candidate, extent));
    }
    if group.can_begin() && !sorted.after.is_empty() {
        parts.push(subject.fill("line.after", &[("names", &subject.names(decision, &sorted.after))]));
    }
    if extent == Extent::Full && group != Readiness::Never {
        parts.extend(subject.figures(one).map(|figure| {
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
    let label = if extent == Extent::Full { format!("{name} {}", signed(account.points)) } else { name.to_owned() };
    (label, parts.join(subject.space()))
}

/// What a candidate waits for: an end to what the law stops, or something that it serves.
fn waiting(subject: &Subject<'_>, one: &Candidate) -> String {
    if one.grows && subject.advice.plan.is_stopped {
        return subject.say("line.held");
    }
    let served: Vec<_> = one.serves.iter().map(|(decision, at)| subject.named(*decision, *at)).collect();
    subject.fill("line.serves", &[("names", &served.join(&subject.say("line.list-joint")))])
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
            let text = subject.text(SectionRef { decision, section: at }, candidate);
            (!text.is_empty())
                .then(|| format!("{}{}{}", section.heading.get(subject.lang), subject.colon(), subject.sentence(&text)))
        })
        .collect()
}
