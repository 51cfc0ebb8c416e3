//! The plan in words: single actions, rules of the law, and the twelve weeks as a table.

use super::figures;
use super::page::{Block, Section};
use super::phrases::Subject;
use crate::advice::plan::{Action, LeftOut, Step};
use crate::condition::Variable;
use crate::engine::kernel::Readiness;
use crate::ids::{CandidateRef, FactId, RuleId};

/// How many questions about the law are named, and how many things that did not fit.
const LABELS: usize = 3;
const LEFT_OUT: usize = 4;

/// How much is said of a rule that something breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cited {
    /// Its name and the article, for whoever looks it up.
    Article,
    /// Its name alone, where there is little room and the article stands elsewhere.
    Name,
}

impl Cited {
    /// The words for it, of those with the article and those without.
    fn of(self, article: &'static str, name: &'static str) -> &'static str {
        if self == Cited::Article { article } else { name }
    }
}

/// An action in pieces that may stand on lines of their own: what is done (and who
/// does it, where that may be somebody else than the reader), and, if it is asked
/// for, the sign that it works.
pub fn item(subject: &Subject<'_>, action: &Action, with_sign: bool) -> Vec<String> {
    let what = what(subject, action);
    let first = match action.step {
        Step::Measure => subject.fill("advice.week-item", &[("who", &who(subject, action)), ("step", &what)]),
        _ => what,
    };
    let mut pieces = vec![first];
    if let Some(sign) = sign(subject, action).filter(|_| with_sign) {
        pieces[0] += subject.space();
        pieces.push(subject.fill("advice.week-sign", &[("sign", &sign)]));
    }
    pieces
}

/// Who does it.
pub fn who(subject: &Subject<'_>, action: &Action) -> String {
    match (action.step, subject.kb.plan.sections) {
        (Step::Measure, Some(sections)) => subject.text(sections.who, action.at.1),
        _ => subject.say("plan.you"),
    }
}

/// What is done.
pub fn what(subject: &Subject<'_>, action: &Action) -> String {
    let (decision, one) = action.at;
    let name = subject.named(decision, one);
    let Some(sections) = subject.kb.plan.sections else { return name };
    let (key, text) = match action.step {
        Step::Stop(rule) => return forbidden(subject, &name, rule, Cited::Article),
        Step::Learn => ("plan.learn", open_law(subject)),
        Step::Check(rule) => ("plan.check", subject.kb.rules[rule].asks.get(subject.lang).to_owned()),
        Step::Mend(Some(need)) => ("plan.mend", subject.lacks(decision, one, need)),
        Step::Mend(None) => ("plan.mend-unfit", String::new()),
        Step::Drop => ("plan.drop", subject.text(sections.leave, one)),
        Step::Grow => ("plan.grow", subject.text(sections.grow, one)),
        Step::Begin { check: false } => ("plan.begin", subject.text(sections.begin, one)),
        Step::Begin { check: true } => ("plan.begin-check", unknown_need(subject, action)),
        Step::Measure => return subject.text(sections.step, one),
    };
    subject.fill(key, &[("name", &name), ("text", &text)])
}

/// What has to be checked before a stream begins; else how it begins.
fn unknown_need(subject: &Subject<'_>, action: &Action) -> String {
    let (decision, one) = action.at;
    let ranked = subject.advice.judgement.decisions[decision].of(one);
    let unmet = ranked.and_then(|ranked| ranked.needs.position(|truth| !truth.is_yes()));
    match (unmet, subject.kb.plan.sections) {
        (Some(need), _) => subject.lacks(decision, one, need),
        (None, Some(sections)) => subject.text(sections.begin, one),
        (None, None) => String::new(),
    }
}

/// What is done in a few words: the step, and what it is about.
pub fn title(subject: &Subject<'_>, what: Step, at: CandidateRef) -> String {
    let name = subject.named(at.0, at.1);
    match what {
        Step::Measure => name,
        other => subject.fill(&format!("step.{}", other.id()), &[("name", &name)]),
    }
}

/// The sign that it works, where one is given.
pub fn sign(subject: &Subject<'_>, action: &Action) -> Option<String> {
    let sections = subject.kb.plan.sections.filter(|_| action.step == Step::Measure)?;
    Some(subject.text(sections.sign, action.at.1)).filter(|text| !text.is_empty())
}

/// When it is given up, where that is said.
pub fn give_up(subject: &Subject<'_>, action: &Action) -> Option<String> {
    let sections = subject.kb.plan.sections.filter(|_| action.step == Step::Measure)?;
    Some(subject.text(sections.give_up, action.at.1)).filter(|text| !text.is_empty())
}

/// What it takes, in hours.
pub fn hours(subject: &Subject<'_>, action: &Action) -> String {
    let (setup, weekly) = (action.setup.to_string(), action.weekly.to_string());
    let key = match (action.setup, action.weekly, action.step) {
        (_, 0, _) => "plan.hours-once",
        (.., Step::Begin { .. }) => "plan.hours-small",
        _ => "plan.hours",
    };
    subject.fill(key, &[("setup", &setup), ("weekly", &weekly)])
}

/// The questions that decide which laws concern what runs or begins: the first by name.
fn open_law(subject: &Subject<'_>) -> String {
    let facts = &subject.advice.plan.open_law;
    let labels = labels(subject, &facts[..facts.len().min(LABELS)]);
    match facts.len().checked_sub(LABELS).filter(|more| *more > 0) {
        Some(_) => subject.fill("plan.and-others", &[("names", &labels), ("n", &facts.len().to_string())]),
        None => labels,
    }
}

fn labels(subject: &Subject<'_>, facts: &[FactId]) -> String {
    let labels: Vec<&str> = facts.iter().map(|fact| subject.kb.facts[*fact].label.get(subject.lang)).collect();
    labels.join(crate::words::say("line.list-joint", subject.lang))
}

/// What the law forbids, and the lawful way. What a grave rule asks and nobody has
/// shown is stopped until it is, and it is said which answer shows it.
pub fn forbidden(subject: &Subject<'_>, names: &str, rule: RuleId, cited: Cited) -> String {
    let rule = &subject.kb.rules[rule];
    let unanswered = |variable: &Variable| match variable {
        Variable::Fact(fact) => subject.answers.get(*fact).is_none().then_some(*fact),
        Variable::Choice(_) => None,
    };
    let (key, facts) = match &rule.met {
        Some(met) if rule.is_unshown(subject.answers) => {
            (cited.of("plan.unshown", "plan.unshown-bare"), met.variables().iter().filter_map(unanswered).collect())
        }
        _ => (cited.of("plan.forbidden", "plan.forbidden-bare"), Vec::new()),
    };
    let facts = labels(subject, &facts);
    let (name, article) = (rule.name.get(subject.lang), rule.article.get(subject.lang));
    let gaps = [("names", names), ("rule", name), ("article", article), ("facts", &facts)];
    let text = subject.fill(key, &gaps);
    match &rule.instead {
        Some(instead) => {
            format!("{text}{}{}", subject.space(), subject.fill("plan.instead", &[("text", instead.get(subject.lang))]))
        }
        None => text,
    }
}

/// What a rule may forbid of what runs, which questions tell, and the lawful way.
pub fn looming(subject: &Subject<'_>, rule: RuleId, cited: Cited) -> String {
    let (kb, rule) = (subject.kb, &subject.kb.rules[rule]);
    let outcomes = &subject.advice.judgement.decisions;
    let runs = |at: &&CandidateRef| outcomes[at.0].readiness(at.1).is_some_and(Readiness::is_running);
    let names: Vec<String> = rule.governs.iter().filter(runs).map(|at| subject.named(at.0, at.1)).collect();
    let names = names.join(crate::words::say("line.list-joint", subject.lang));
    let open: Vec<FactId> =
        kb.facts.ids().filter(|fact| subject.answers.get(*fact).is_none() && rule.asks_about(*fact)).collect();
    let (facts, name) = (labels(subject, &open), rule.name.get(subject.lang));
    let article = rule.article.get(subject.lang);
    let gaps = [("names", names.as_str()), ("rule", name), ("article", article), ("facts", &facts)];
    let text = subject.fill(cited.of("plan.looming", "plan.looming-bare"), &gaps);
    match &rule.instead {
        Some(instead) => {
            format!("{text}{}{}", subject.space(), subject.fill("plan.if-so", &[("text", instead.get(subject.lang))]))
        }
        None => text,
    }
}

/// What a rule asks, and where that stands.
pub fn rule(subject: &Subject<'_>, rule: RuleId) -> String {
    let rule = &subject.kb.rules[rule];
    let gaps = [("text", rule.asks.get(subject.lang)), ("article", rule.article.get(subject.lang))];
    subject.fill("plan.rule", &gaps)
}

/// Twelve weeks as a table: when, what, who, hours; and what did not fit.
pub fn section(subject: &Subject<'_>) -> Option<Section> {
    let plan = &subject.advice.plan;
    if plan.actions.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::Text(budget(subject))];
    let begins = plan.actions.iter().filter(|action| matches!(action.step, Step::Begin { .. })).count();
    if begins > 0 {
        let key = if subject.advice.by_money { "plan.order-money" } else { "plan.order-fit" };
        blocks.push(Block::Text(subject.say(key)));
    }
    blocks.extend(role(subject).map(|text| Block::Entry(subject.say("plan.roles"), text)));
    let row = |action: &Action| {
        let weeks =
            if action.first == action.last { action.first.to_string() } else { format!("{}–{}", action.first, action.last) };
        let more = [
            sign(subject, action).map(|text| subject.fill("advice.week-sign", &[("sign", &text)])),
            give_up(subject, action).map(|text| subject.fill("plan.give-up", &[("text", &text)])),
        ];
        let text: Vec<String> =
            std::iter::once(item(subject, action, false).concat()).chain(more.into_iter().flatten()).collect();
        vec![weeks, text.join(subject.space()), hours(subject, action)]
    };
    let heads = ["plan.week", "plan.what", "plan.takes"].map(|key| subject.say(key)).to_vec();
    let figure = figures::weeks(subject, heads, plan.actions.iter().map(row).collect());
    blocks.push(Block::Figure(Box::new(figure)));
    blocks.extend(left_out(subject).into_iter().map(Block::Text));
    Some(Section { heading: subject.say("heading.plan"), blocks })
}

/// What did not fit: what there are too few hours for, and what has to wait.
fn left_out(subject: &Subject<'_>) -> Vec<String> {
    let plan = &subject.advice.plan;
    let (large, waiting): (Vec<LeftOut>, Vec<LeftOut>) = plan.left_out.iter().partition(|one| one.takes > plan.free);
    let joint = crate::words::say("line.list-joint", subject.lang);
    // What runs goes on: it is its next step that has to wait.
    let named = |one: &LeftOut| match one.step {
        Step::Begin { .. } | Step::Measure => subject.named(one.at.0, one.at.1),
        step => title(subject, step, one.at),
    };
    let with_hours =
        |one: &LeftOut| subject.fill("plan.takes-hours", &[("name", &named(one)), ("hours", &one.takes.to_string())]);
    let part = |key: &str, all: &[LeftOut], say: &dyn Fn(&LeftOut) -> String| {
        let first = all.iter().take(LEFT_OUT).map(say).collect::<Vec<_>>().join(joint);
        let more = all.len() > LEFT_OUT;
        let told =
            if more { subject.fill("plan.and-others", &[("names", &first), ("n", &all.len().to_string())]) } else { first };
        (!all.is_empty()).then(|| subject.fill(key, &[("names", &told)]))
    };
    let parts = [part("plan.too-large", &large, &with_hours), part("plan.left-out", &waiting, &named)];
    parts.into_iter().flatten().collect()
}

/// The hours that there are, that what runs takes, and that the plan has.
fn budget(subject: &Subject<'_>) -> String {
    let plan = &subject.advice.plan;
    let (running, free) = (plan.running.to_string(), plan.free.to_string());
    let team = plan.team.unwrap_or_default().to_string();
    let key = match (plan.team, plan.running) {
        (Some(_), 0) => "plan.budget-alone",
        (Some(_), _) => "plan.budget",
        (None, 0) => "plan.budget-assumed-alone",
        (None, _) => "plan.budget-assumed",
    };
    subject.fill(key, &[("team", &team), ("running", &running), ("free", &free)])
}

/// How the people who run it share the work, in this trade.
fn role(subject: &Subject<'_>) -> Option<String> {
    let people = subject.people()?;
    let trade = subject.kb.trade_in(subject.answers)?;
    let role = trade.role(people)?;
    Some(subject.teller().fill(&role.text, subject.lang))
}
