//! Figures: what is drawn of an advice, and the tables that say the same.

use super::chart::{Bar, Chart, Group, Mark, Span, Steps, Weeks};
use super::page::Figure;
use super::phrases::Subject;
use super::phrases::signed;
use crate::advice::plan::{Action, Step, WEEKS};
use crate::advice::stability::{Change, Open};
use crate::condition::Variable;
use crate::engine::judgement::{Account, Ranked, Ranking, Sorted, Sorting};
use crate::engine::kernel::Readiness;
use crate::ids::CandidateId;
use crate::kb::Decision;
use crate::truth::Truth;
use crate::words;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How many differences are drawn one by one; the others are one step together.
const STEPS: usize = 8;
/// The groups of candidates that are drawn, in their order.
const DRAWN: [Readiness; 7] =
    [Readiness::Stop, Readiness::Keep, Readiness::Mend, Readiness::Drop, Readiness::Open, Readiness::Confirm, Readiness::Later];

/// The id of the figure of twelve weeks.
pub const WEEKS_ID: &str = "plan-weeks";

/// The id of the figure that ranks the candidates of a decision.
pub fn ranking_id(decision: &Decision) -> String {
    format!("{}-ranking", decision.id)
}

/// The candidates of a leader decision by their points. `heads` and `rows` are its table.
pub fn ranking(subject: &Subject<'_>, ranking: &Ranking, heads: Vec<String>, rows: Vec<Vec<String>>) -> Figure {
    let mark = |candidate: CandidateId| match ranking.chosen().iter().position(|one| one == candidate) {
        Some(0) => Mark::First,
        Some(_) => Mark::Second,
        None => Mark::Other,
    };
    let bar = |Ranked { account, .. }: &Ranked| Bar {
        label: subject.named(ranking.decision, account.candidate),
        value: account.points,
        written: signed(account.points),
        mark: mark(account.candidate),
    };
    let decision = &subject.kb.decisions[ranking.decision];
    Figure {
        id: ranking_id(decision),
        title: subject.say("figure.ranking"),
        about: subject.say("line.legend"),
        chart: Chart::Bars(vec![Group { name: String::new(), bars: ranking.ranked.iter().map(bar).collect() }]),
        heads,
        rows,
        repeats: false,
    }
}

/// What puts the leader ahead of the second or, where there is none, of the next:
/// for each answer, what its lines add to the one less what they add to the other.
/// Lines that read several answers count for these together.
pub fn parting(subject: &Subject<'_>, ranking: &Ranking) -> Option<Figure> {
    let (decision, lead) = (ranking.decision, ranking.lead?);
    let leader = ranking.accounts().find(|account| account.candidate == lead.leader)?;
    let is_other = |account: &&Account| match lead.second {
        Some(second) => account.candidate == second,
        None => account.candidate != lead.leader,
    };
    let other = ranking.accounts().find(is_other)?;
    let mut sums: BTreeMap<BTreeSet<Variable>, i32> = BTreeMap::new();
    for (account, sign) in [(leader, 1), (other, -1)] {
        let lines = subject.kb.candidate(decision, account.candidate).evidence.iter().zip(&account.lines);
        for (line, _) in lines.filter(|(_, truth)| **truth == Truth::Yes) {
            *sums.entry(line.when.variables().into_iter().collect()).or_default() += sign * line.points;
        }
    }
    let mut parts: Vec<(BTreeSet<Variable>, i32)> = sums.into_iter().filter(|(_, sum)| *sum != 0).collect();
    parts.sort_by_key(|(_, sum)| Reverse(sum.abs()));
    let rest = parts.split_off(parts.len().min(STEPS));
    let mut steps: Vec<(String, i32)> = parts.iter().map(|(read, sum)| (what_is_read(subject, read), *sum)).collect();
    let mut rows: Vec<Vec<String>> = parts
        .iter()
        .map(|(read, sum)| vec![what_is_read(subject, read), what_is_answered(subject, read), format!("{sum:+}")])
        .collect();
    if !rest.is_empty() {
        let label = subject.fill("figure.rest", &[("n", &rest.len().to_string())]);
        let sum: i32 = rest.iter().map(|(_, sum)| sum).sum();
        rows.push(vec![label.clone(), String::new(), format!("{sum:+}")]);
        steps.push((label, sum));
    }
    let steps = Steps { steps, total: subject.say("figure.lead") };
    rows.push(vec![steps.total.clone(), String::new(), format!("{:+}", steps.sum())]);
    let (leader, other) = (subject.named(decision, leader.candidate), subject.named(decision, other.candidate));
    let gaps = [("leader", leader.as_str()), ("other", other.as_str())];
    Some(Figure {
        id: format!("{}-parting", subject.kb.decisions[decision].id),
        title: subject.fill("figure.parting", &gaps),
        about: subject.fill("figure.parting-about", &gaps),
        chart: Chart::Steps(steps),
        heads: ["column.question", "column.answer", "column.points"].map(|key| subject.say(key)).to_vec(),
        rows,
        repeats: false,
    })
}

/// What lines read, by the names of facts and decisions.
fn what_is_read(subject: &Subject<'_>, read: &BTreeSet<Variable>) -> String {
    let name = |one: &Variable| match one {
        Variable::Fact(fact) => subject.kb.facts[*fact].label.get(subject.lang),
        Variable::Choice(decision) => subject.kb.decisions[*decision].heading.get(subject.lang),
    };
    read.iter().map(name).collect::<Vec<_>>().join(words::say("line.list-joint", subject.lang))
}

/// What is answered to that.
fn what_is_answered(subject: &Subject<'_>, read: &BTreeSet<Variable>) -> String {
    let answer = |one: &Variable| match one {
        Variable::Fact(fact) => subject.answers.get(*fact).map(|answer| subject.kb.facts[*fact].words(answer, subject.lang)),
        Variable::Choice(decision) => {
            let outcome = subject.advice.judgement.decisions.get(*decision)?;
            Some(subject.names(*decision, &outcome.chosen().iter().collect::<Vec<_>>()))
        }
    };
    read.iter().filter_map(answer).collect::<Vec<_>>().join(words::say("line.reason-joint", subject.lang))
}

/// The candidates of a decision that keeps all, by where they stand, those left
/// out that will never do.
pub fn standing(subject: &Subject<'_>, sorting: &Sorting) -> Option<Figure> {
    let decision = &subject.kb.decisions[sorting.decision];
    let mut groups: Vec<Group> = Vec::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for group in DRAWN {
        let name = subject.say(&format!("group.{}", group.id()));
        let mark = match group {
            Readiness::Stop => Mark::Stop,
            Readiness::Keep | Readiness::Open => Mark::First,
            Readiness::Mend | Readiness::Confirm => Mark::Second,
            _ => Mark::Other,
        };
        let bar = |Sorted { account, .. }: &Sorted| Bar {
            label: subject.named(sorting.decision, account.candidate),
            value: account.points,
            written: signed(account.points),
            mark,
        };
        let bars: Vec<Bar> = sorting.group(group).map(bar).collect();
        rows.extend(bars.iter().map(|bar| vec![bar.label.clone(), bar.written.clone(), name.clone()]));
        if !bars.is_empty() {
            groups.push(Group { name, bars });
        }
    }
    let heading = decision.heading.get(subject.lang);
    (!groups.is_empty()).then(|| Figure {
        id: format!("{}-standing", decision.id),
        title: subject.fill("figure.standing", &[("heading", heading)]),
        about: subject.say("figure.standing-about"),
        chart: Chart::Bars(groups),
        heads: ["column.candidate", "column.points", "column.standing"].map(|key| subject.say(key)).to_vec(),
        rows,
        repeats: true,
    })
}

/// The twelve weeks. `heads` and `rows` are their table.
pub fn weeks(subject: &Subject<'_>, heads: Vec<String>, rows: Vec<Vec<String>>) -> Figure {
    let plan = &subject.advice.plan;
    let span = |action: &Action| {
        let (word, mark) = match action.step {
            Step::Stop(_) => ("stop", Mark::Stop),
            Step::Check(_) => ("check", Mark::Second),
            Step::Learn => ("learn", Mark::Second),
            Step::Mend(_) => ("mend", Mark::Second),
            Step::Drop => ("drop", Mark::Second),
            Step::Grow => ("grow", Mark::First),
            Step::Begin { check: false } => ("begin", Mark::First),
            Step::Begin { check: true } => ("prepare", Mark::Second),
            Step::Measure => ("measure", Mark::Other),
        };
        let name = subject.named(action.at.0, action.at.1);
        Span {
            label: subject.fill(&format!("bar.{word}"), &[("name", &name)]),
            first: action.first,
            last: action.last,
            goes_on: action.weekly > 0,
            mark,
        }
    };
    let weeks = plan.deadline.map_or_else(String::new, |weeks| weeks.to_string());
    Figure {
        id: WEEKS_ID.to_owned(),
        title: subject.say("figure.weeks"),
        about: subject.say("figure.weeks-about"),
        chart: Chart::Weeks(Weeks {
            count: WEEKS,
            spans: plan.actions.iter().map(span).collect(),
            deadline: plan.deadline.filter(|weeks| *weeks <= WEEKS),
            deadline_name: subject.fill("figure.deadline", &[("weeks", &weeks)]),
            hours: plan.hours.clone(),
            hours_name: subject.say("figure.hours"),
        }),
        heads,
        rows,
        repeats: false,
    }
}

/// The questions of which a single answer would change the first page.
pub fn changing(subject: &Subject<'_>) -> Option<Figure> {
    let open = &subject.advice.open;
    let label = |one: &Open| subject.kb.facts[one.fact].label.get(subject.lang).to_owned();
    let mark = |one: &Open| match one.changes.first() {
        Some(Change::Stops) => Mark::Stop,
        Some(Change::Leader) => Mark::First,
        Some(Change::Second | Change::Money) => Mark::Second,
        Some(Change::Week | Change::Sum) | None => Mark::Other,
    };
    let bar = |one: &Open| Bar {
        label: label(one),
        value: i32::try_from(one.answers * 100 / one.of.max(1)).unwrap_or(100),
        written: format!("{}/{}", one.answers, one.of),
        mark: mark(one),
    };
    let row = |one: &Open| {
        let what: Vec<&str> =
            one.changes.iter().map(|change| words::say(&format!("change.{}", change.id()), subject.lang)).collect();
        let what = what.join(words::say("line.list-joint", subject.lang));
        vec![label(one), what, format!("{}/{}", one.answers, one.of)]
    };
    (!open.is_empty()).then(|| Figure {
        id: "changing-answers".to_owned(),
        title: subject.say("figure.changing"),
        about: subject.say("figure.changing-about"),
        chart: Chart::Bars(vec![Group { name: String::new(), bars: open.iter().map(bar).collect() }]),
        heads: ["column.question", "column.may-change", "column.answers"].map(|key| subject.say(key)).to_vec(),
        rows: open.iter().map(row).collect(),
        repeats: false,
    })
}
