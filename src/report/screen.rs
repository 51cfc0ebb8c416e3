//! The first screen: complete by itself, the answer first, and a row to spare below it.

use super::forecast::Teller;
use super::page::{Block, Page};
use super::phrases::Subject;
use super::plan::{self, Cited};
use super::terminal;
use super::{right, robust};
use crate::advice::law::{self, Note};
use crate::advice::next::Why;
use crate::advice::plan::{Action, Step};
use crate::engine::kernel::Readiness;
use crate::ids::{CandidateId, CandidateRef, DecisionId, RuleId};
use crate::kb::law::Concern;
use crate::truth::Truth;
use crate::words;

/// The rows and columns that it has to fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Rows, without the one that a menu or a pager takes.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
}

impl Size {
    /// The least that a terminal usually has.
    pub const USUAL: Size = Size { rows: 23, columns: 80 };
}

/// What is left out of a first screen; each leaves out what those before it do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    /// Nothing.
    Everything,
    /// The signs that the things of the week work.
    NoSigns,
    /// The articles of what is broken, which stand below.
    NoArticles,
    /// What the verdict hangs on.
    NoDoubts,
    /// What the law asks besides what is broken.
    NoLaw,
    /// What comes in.
    NoMoney,
}

/// How many things of the week a first screen tells, and what it leaves out.
type Shape = (usize, Told);

/// The shapes, the fullest first.
const SHAPES: [Shape; 8] = [
    (3, Told::Everything),
    (3, Told::NoSigns),
    (3, Told::NoArticles),
    (2, Told::NoArticles),
    (2, Told::NoDoubts),
    (1, Told::NoDoubts),
    (1, Told::NoLaw),
    (1, Told::NoMoney),
];

/// The blocks of the first screen: the signs are left out, then the articles of what
/// is broken, the last things of the week, what the verdict hangs on, what the law asks besides and the money, until it fits.
pub fn screen(subject: &Subject<'_>, size: Size) -> Vec<Block> {
    let blocks = |shape: Shape| told(subject, shape).into_iter().map(|(block, _)| block).collect::<Vec<_>>();
    let mut screens = SHAPES.into_iter().map(blocks);
    let [.., least] = SHAPES;
    screens.find(|blocks| fits(blocks, size)).unwrap_or_else(|| blocks(least))
}

/// The blocks of the first page of a document, which has room for all of them, each
/// with the part that says more about it.
pub fn whole<'a>(subject: &Subject<'a>) -> Vec<(Block, &'a str)> {
    let [first, ..] = SHAPES;
    let mut blocks = told(subject, first);
    // Behind what runs, before what is to be done.
    let week = blocks.iter().position(|(_, part)| *part == "plan").unwrap_or(blocks.len());
    blocks.splice(week..week, right::entry(subject));
    blocks
}

fn fits(blocks: &[Block], size: Size) -> bool {
    let page = Page { screen: blocks.to_vec(), sections: Vec::new() };
    terminal::render(&page, terminal::Setting { width: size.columns, colour: false }).lines().count() <= size.rows
}

/// What is told, each with the id of the part of a document that says more about it.
fn told<'a>(subject: &Subject<'a>, (most, told): Shape) -> Vec<(Block, &'a str)> {
    let kb = subject.kb;
    let entry = |key: &str, text: String| Block::Entry(subject.say(key), text);
    let sure = if told < Told::NoDoubts { sure(subject) } else { settled(subject) };
    let cited = if told < Told::NoArticles { Cited::Article } else { Cited::Name };
    let streams = kb.plan.sections.map_or("plan", |sections| kb.decisions[sections.begin.decision].id.as_str());
    let mut blocks = vec![(Block::Lead(verdict(subject)), kb.decisions[kb.screen.verdict.decision].id.as_str())];
    blocks.push((entry("advice.sure", sure), "changing"));
    blocks.extend(clash(subject).map(|text| (entry("advice.clash", text), "answers")));
    blocks.extend(stops(subject, cited).map(|alarm| (alarm, "law")));
    blocks.extend(running(subject).map(|runs| (runs, streams)));
    blocks.push((week(subject, most, told), "plan"));
    blocks.push((entry("advice.next-money", money(subject)), "plan"));
    if told < Told::NoMoney {
        blocks.extend(earning(subject).map(|text| (entry("money.screen", text), "money")));
    }
    if told < Told::NoLaw {
        blocks.push((entry("advice.red-line", red_line(subject)), "law"));
    }
    blocks.push((entry("advice.next", next(subject)), "changing"));
    blocks
}

/// The sentence that everything hangs on.
pub fn verdict(subject: &Subject<'_>) -> String {
    let at = subject.kb.screen.verdict;
    let decision = &subject.kb.decisions[at.decision];
    let chosen = subject.advice.judgement.decisions[at.decision].chosen();
    let joint = if subject.lang == crate::text::Lang::En { " " } else { "" };
    let mut sentence = match chosen.leader() {
        Some(leader) => subject.text(at, leader),
        None => decision.neither.as_ref().map_or_else(String::new, |text| text.get(subject.lang).to_owned()),
    };
    if let (Some(second), Some(wording)) = (chosen.second(), &decision.second) {
        let name = subject.named(at.decision, second);
        sentence = format!("{sentence}{joint}{}", words::fill_in(wording.get(subject.lang), &[("name", &name)]));
    }
    match subject.name {
        Some(name) if subject.lang == crate::text::Lang::Zh => format!("{name}：{sentence}"),
        Some(name) => format!("{name}: {sentence}"),
        None => sentence,
    }
}

/// How sure it is and what it hangs on; where nobody is named, who is closest.
pub fn sure(subject: &Subject<'_>) -> String {
    match robust::sentence(subject) {
        Some(more) => format!("{}{}{more}", settled(subject), subject.space()),
        None => settled(subject),
    }
}

/// How sure it is; where nobody is named, who is closest.
fn settled(subject: &Subject<'_>) -> String {
    let at = subject.kb.screen.verdict;
    let outcome = &subject.advice.judgement.decisions[at.decision];
    if let Some(sureness) = outcome.lead().and_then(|lead| lead.sureness) {
        return subject.sureness(&sureness);
    }
    let promising = outcome.accounts().filter(|account| account.points > 0);
    let nearest: Vec<CandidateId> = promising.take(3).map(|account| account.candidate).collect();
    if nearest.is_empty() {
        return subject.say("advice.money-none");
    }
    subject.fill("advice.closest", &[("names", &subject.names(at.decision, &nearest))])
}

/// Answers that contradict each other: the first such pair, and which to believe.
fn clash(subject: &Subject<'_>) -> Option<String> {
    let clash = subject.kb.clashes_in(subject.answers).next()?;
    let (says, believe) = (clash.says.get(subject.lang), clash.believe.get(subject.lang));
    Some(format!("{}{}{}", subject.sentence(says), subject.space(), subject.sentence(believe)))
}

/// What is against the law as it runs: the rule of what earns most in full with all that
/// it stops, the other broken rules by name, each with what it stops.
fn stops(subject: &Subject<'_>, cited: Cited) -> Option<Block> {
    let plan = &subject.advice.plan;
    let mut stops = plan.actions.iter().filter_map(|action| match action.step {
        Step::Stop(rule) => Some((rule, action.at)),
        _ => None,
    });
    let Some((rule, at)) = stops.next() else { return lacking(subject).or_else(|| looming(subject, cited)) };
    let stopped: Vec<CandidateRef> = std::iter::once(at).chain(stops.map(|(_, at)| at)).collect();
    let names = |rule: RuleId| {
        let governed = stopped.iter().filter(|at| subject.kb.rules[rule].governs.contains(at));
        let names: Vec<String> = governed.map(|at| subject.named(at.0, at.1)).collect();
        names.join(words::say("line.list-joint", subject.lang))
    };
    let broken = |note: &&Note| note.concern == Concern::Broken && note.rule != rule;
    let others = subject.advice.law.iter().filter(broken).map(|note| (note.rule, names(note.rule)));
    let told = others.filter(|(_, names)| !names.is_empty()).map(|(rule, names)| {
        let gaps = [("rule", subject.kb.rules[rule].name.get(subject.lang)), ("names", names.as_str())];
        subject.fill("advice.stop-other", &gaps)
    });
    let told: Vec<String> = told.collect();
    let mut text = plan::forbidden(subject, &names(rule), rule, cited);
    if !told.is_empty() {
        let list = told.join(&subject.say("advice.stop-joint"));
        text = format!("{text}{}{}", subject.space(), subject.fill("advice.stop-others", &[("list", &list)]));
    }
    Some(Block::Alarm(subject.say("advice.stop"), text))
}

/// What runs and may be against the law: nobody has said whether the rule concerns it, and the answers make that likely.
fn looming(subject: &Subject<'_>, cited: Cited) -> Option<Block> {
    let rule = *subject.advice.plan.looming.first()?;
    Some(Block::Alarm(subject.say("advice.hold"), plan::looming(subject, rule, cited)))
}

/// What may not run while something that the law asks for is missing, where no rule says more.
fn lacking(subject: &Subject<'_>) -> Option<Block> {
    let mut stopped = subject
        .advice
        .judgement
        .decisions
        .iter()
        .flat_map(|outcome| outcome.group(Readiness::Stop).map(|one| (outcome.decision(), &one.account)).collect::<Vec<_>>());
    let (decision, account) = stopped.next()?;
    let needs = &subject.kb.candidate(decision, account.candidate).needs;
    let (_, missing) = needs.pairs().find(|(at, need)| need.law && account.needs[*at] == Truth::No)?;
    let lacks = missing.lacks.get(subject.lang);
    let gaps = [("name", subject.named(decision, account.candidate)), ("text", lacks.to_owned())];
    let text = subject.fill("plan.lacking", &gaps.each_ref().map(|(key, text)| (*key, text.as_str())));
    Some(Block::Alarm(subject.say("advice.stop"), text))
}

/// What runs and goes on, is to be mended, or is to be given up: by name, since
/// what to do about it stands in the week. What is stopped has been said.
fn running(subject: &Subject<'_>) -> Option<Block> {
    let label = subject.say("advice.running");
    let Some(streams) = subject.kb.plan.sections.map(|sections| sections.begin.decision) else {
        return Some(Block::Entry(label, subject.say("advice.running-unknown")));
    };
    let outcome = &subject.advice.judgement.decisions[streams];
    let looms = |one: &CandidateId| !law::looming(subject.kb, subject.answers, (streams, *one)).is_empty();
    let part = |key: &str, readiness: Readiness, held: bool| {
        let all = outcome.group(readiness).map(|one| one.account.candidate);
        let found: Vec<CandidateId> = all.filter(|one| readiness != Readiness::Keep || looms(one) == held).collect();
        (!found.is_empty()).then(|| subject.fill(key, &[("names", &subject.names(streams, &found))]))
    };
    let parts = [
        part("advice.running-hold", Readiness::Keep, true),
        part("advice.running-keep", Readiness::Keep, false),
        part("advice.running-mend", Readiness::Mend, false),
        part("advice.running-drop", Readiness::Drop, false),
    ];
    let told: Vec<String> = parts.into_iter().flatten().collect();
    let text = match (told.is_empty(), subject.advice.sells) {
        (false, _) => told.join(subject.space()),
        (true, _) if subject.advice.plan.is_stopped => return None,
        (true, true) => subject.say("advice.running-none"),
        (true, false) => subject.say("advice.running-unknown"),
    };
    Some(Block::Entry(label, text))
}

/// The first week: who does what, and the sign that it works.
fn week(subject: &Subject<'_>, most: usize, told: Told) -> Block {
    let label = subject.say("advice.this-week");
    // What the red line says is not said here too.
    let below = open_rule(subject).filter(|_| told < Told::NoLaw);
    let item = |action: &Action| match action.step {
        Step::Check(rule) if Some(rule) == below => {
            vec![subject.fill("plan.check-below", &[("name", &subject.named(action.at.0, action.at.1))])]
        }
        _ => plan::item(subject, action, told == Told::Everything),
    };
    let is_told = |action: &&Action| !matches!(action.step, Step::Stop(_));
    let items: Vec<Vec<String>> = subject.advice.plan.week(1).filter(is_told).take(most).map(item).collect();
    if items.is_empty() {
        let key = if subject.advice.plan.is_stopped { "advice.week-stopped" } else { "advice.no-week" };
        return Block::Entry(label, subject.say(key));
    }
    Block::Numbered(label, items)
}

/// The first thing to do this week: who does it, and what.
pub fn first_of_week(subject: &Subject<'_>) -> Option<String> {
    let told = |action: &&Action| !matches!(action.step, Step::Stop(_));
    subject.advice.plan.week(1).find(told).map(|action| plan::item(subject, action, false).concat())
}

/// What is forbidden as it runs or is likely to be, in some sentences, with the label
/// that they stand under; nothing if nothing is.
pub fn alarm(subject: &Subject<'_>) -> Option<(String, String)> {
    match stops(subject, Cited::Article)? {
        Block::Alarm(label, text) => Some((label, text)),
        _ => None,
    }
}

/// Where the next money comes from, when, and what it takes.
pub fn money(subject: &Subject<'_>) -> String {
    let plan = &subject.advice.plan;
    if plan.is_stopped {
        return subject.say("advice.money-stopped");
    }
    let Some(money) = plan.next_money else { return subject.say("advice.money-none") };
    let name = subject.named(money.at.0, money.at.1);
    let weeks = money.weeks.map_or_else(|| subject.say("advice.weeks-unknown"), |(early, late)| subject.weeks(early, late));
    let earns = |action: &&Action| action.at == money.at && matches!(action.step, Step::Grow | Step::Begin { .. });
    let action = plan.actions.iter().find(earns);
    let hours = action.map_or_else(String::new, |action| plan::hours(subject, action));
    let key = match (money.is_planned, money.runs) {
        (true, true) => "advice.money-grows",
        (true, false) => "advice.money-begins",
        (false, true) => {
            let is_mended = plan.actions.iter().any(|action| action.at == money.at && matches!(action.step, Step::Mend(_)));
            let is_checked = !plan.looming.is_empty() || !plan.open_law.is_empty();
            let key = if is_mended || is_checked { "advice.money-holds" } else { "advice.money-stays" };
            return subject.fill(key, &[("name", &name)]);
        }
        (false, false) => "advice.money-fastest",
    };
    let mut text = subject.fill(key, &[("name", &name), ("weeks", &weeks), ("hours", &hours)]);
    if let (Some(in_time), Some(deadline)) = (money.in_time, deadline(subject)) {
        let earns = running_streams(subject, money.at.0);
        let key = match (in_time, money.faster) {
            (true, _) => "advice.in-time",
            (false, Some(_)) => "advice.too-late-faster",
            (false, None) if !earns.is_empty() => "advice.too-late-runs",
            (false, None) => "advice.too-late",
        };
        let faster = money.faster.map_or_else(String::new, |at| subject.named(at.0, at.1));
        let gaps = [("deadline", deadline), ("faster", faster), ("names", subject.names(money.at.0, &earns))];
        let told = subject.fill(key, &gaps.each_ref().map(|(key, text)| (*key, text.as_str())));
        text = format!("{text}{}{told}", subject.space());
    }
    text
}

/// By when money is needed, as it was answered; within a sentence it begins small.
fn deadline(subject: &Subject<'_>) -> Option<String> {
    let fact = subject.kb.deadline.as_ref()?.fact;
    let told = subject.kb.facts[fact].words(subject.answers.get(fact)?, subject.lang);
    let mut letters = told.chars();
    Some(letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect()))
}

/// What runs and goes on.
fn running_streams(subject: &Subject<'_>, streams: DecisionId) -> Vec<CandidateId> {
    let outcome = &subject.advice.judgement.decisions[streams];
    let of = |readiness| outcome.group(readiness).map(|one| one.account.candidate);
    of(Readiness::Keep).chain(of(Readiness::Mend)).collect()
}

/// How much comes in within a year; where nothing can be worked out, what it takes to know it.
pub fn earning(subject: &Subject<'_>) -> Option<String> {
    let plan = &subject.advice.plan;
    if plan.is_stopped || !plan.looming.is_empty() || subject.advice.earning.is_empty() {
        return None;
    }
    let forecast = subject.forecast()?;
    Some(Teller::of(subject, &forecast).short())
}

/// What the law asks first: of what is not stopped, what is not known to be kept;
/// then what it asks of all of this kind. What would have to be known stands in the week.
pub fn red_line(subject: &Subject<'_>) -> String {
    if let Some(rule) = open_rule(subject) {
        return plan::rule(subject, rule);
    }
    let at = subject.kb.screen.red_line.iter().find_map(|at| {
        let leader = subject.advice.judgement.decisions[at.decision].leader()?;
        subject.kb.text(*at, leader).map(|_| subject.text(*at, leader))
    });
    at.unwrap_or_else(|| subject.say("advice.red-line-none"))
}

/// The first rule that is not known to be kept, of what is not stopped.
fn open_rule(subject: &Subject<'_>) -> Option<RuleId> {
    let stopped = |rule: RuleId| subject.advice.plan.actions.iter().any(|action| action.step == Step::Stop(rule));
    let open = |note: &&Note| matches!(note.concern, Concern::Broken | Concern::Check) && !stopped(note.rule);
    let governs = |note: &&Note| super::law::is_near(subject, note.rule);
    subject.advice.law.iter().filter(open).find(governs).map(|note| note.rule)
}

/// The question most worth answering, and what it could change.
pub fn next(subject: &Subject<'_>) -> String {
    let Some(next) = &subject.advice.next else { return subject.say("advice.next-none") };
    let why = match &next.why {
        Why::Opening => subject.say("advice.next-opening"),
        Why::Law => subject.say("advice.next-law"),
        Why::Changes(changes) => {
            let told: Vec<String> = changes.iter().map(|change| subject.say(&format!("change.{}", change.id()))).collect();
            subject.fill("advice.next-changes", &[("what", &told.join(words::say("line.list-joint", subject.lang)))])
        }
        Why::Decides { decision, leader, rival, .. } => {
            let (leader, rival) = (subject.named(*decision, *leader), subject.named(*decision, *rival));
            subject.fill("advice.next-decides", &[("leader", &leader), ("rival", &rival)])
        }
        Why::Fits { .. } => subject.say("advice.next-fits"),
        Why::Opens { decision, candidates } => {
            let first: Vec<CandidateId> = candidates.iter().copied().take(2).collect();
            subject.fill("advice.next-opens", &[("names", &subject.names(*decision, &first))])
        }
    };
    format!("{}{}{why}", subject.question(next.fact), subject.space())
}
