//! `qun test`: the cases judged, with hits, confusion and calibration.

use super::{Door, Ending, Told, base, output};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use qun::calibrate::earning::{earning, telling};
use qun::calibrate::{Exam, equal, exam, falsify, fit, money, promises};
use qun::diagnostic::Files;
use qun::ids::{DecisionId, FactId};
use qun::kb::{Case, Keep, KnowledgeBase};
use qun::report::exam::Findings;
use qun::report::page::Page;
use qun::report::{earning as earning_page, exam as exam_page, exam_json, reported, terminal};
use qun::spelling::nearest;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Test {
    #[arg(value_name = "KB")]
    base: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    cases: Option<PathBuf>,
    #[arg(long, value_name = "DECISION")]
    decision: Option<String>,
    #[arg(long, value_name = "FACT")]
    without: Vec<String>,
    #[arg(long, value_name = "FACT")]
    falsify: Vec<String>,
    #[arg(long)]
    equal_strengths: bool,
    #[arg(long)]
    fit: bool,
    #[arg(long, conflicts_with_all = ["decision", "without", "falsify", "equal_strengths", "fit"])]
    money: bool,
    #[arg(long, value_enum, default_value = "terminal")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Terminal,
    Json,
}

impl Test {
    pub fn run(self, door: &Door) -> Result<Ending> {
        let kb = base::given(door, self.base.as_deref())?;
        let decision = decision(door, &kb, self.decision.as_deref())?;
        let without = facts(door, &kb, &self.without)?;
        let falsely = facts(door, &kb, &self.falsify)?;
        let others = self.cases.as_deref().map(|folder| cases(door, &kb, folder)).transpose()?;
        let equal = self.equal_strengths.then(|| equal::equal_strengths(&kb));
        let judged = Judged {
            kb: equal.as_ref().map_or(&kb, |(kb, _)| kb),
            equal: equal.as_ref().map(|(_, size)| *size),
            decision,
            without,
            falsely,
            parted: parted(others.as_deref().unwrap_or(&kb.cases)),
        };
        if self.money {
            let of = |cases: &[&Case]| money::tried(&kb, cases);
            let found = reported::Findings { kb: &kb, seen: of(&judged.parted.0), unseen: of(&judged.parted.1) };
            self.print(door, || reported::json(&found), || reported::page(&found, door.lang))?;
            return Ok(Ending::Done);
        }
        match kb.decisions[decision].keep {
            Keep::Leaders => self.leaders(door, &judged),
            Keep::All => self.earning(door, &judged),
        }
    }

    /// How often the label comes out.
    fn leaders(&self, door: &Door, judged: &Judged<'_>) -> Result<Ending> {
        let Judged { kb, decision, .. } = *judged;
        let exam = Exam::take(kb, judged.parted.0.iter().copied(), decision, &judged.without);
        let unseen = Exam::take(kb, judged.parted.1.iter().copied(), decision, &judged.without);
        let promised = kb.measured(decision);
        let found = Findings {
            equal: judged.equal,
            falsified: judged.falsely.iter().map(|fact| falsify::falsify(&exam, *fact)).collect(),
            fit: if self.fit { fit::fit(&exam) } else { None },
            unseen: (!unseen.verdicts.is_empty()).then_some(unseen),
            broken: promised.map(|promised| promises::by_exam(promised, &exam.measures())).unwrap_or_default(),
            exam,
        };
        self.print(door, || exam_json::findings(&found), || exam_page::page(&found, door.lang))?;
        // Where a share is promised, single misses are no findings.
        let is_promised = promised.is_some_and(|promised| promised.first.is_some());
        let is_missed = !is_promised && found.exam.misses().next().is_some();
        Ok(if is_missed || !found.broken.is_empty() { Ending::Findings } else { Ending::Done })
    }

    /// How well the order tells what cases really run.
    fn earning(&self, door: &Door, judged: &Judged<'_>) -> Result<Ending> {
        let idle = [("--falsify", !judged.falsely.is_empty()), ("--fit", self.fit)];
        if let Some((flag, _)) = idle.iter().find(|(_, is_given)| *is_given) {
            bail!(door.fill("test.only-leaders", &[("flag", flag)]));
        }
        let Judged { kb, decision, .. } = *judged;
        let hidden = telling(kb, decision, &judged.without);
        let of = |cases: &[&Case]| earning(kb, cases, decision, &hidden);
        let (seen, unseen) = (of(&judged.parted.0), of(&judged.parted.1));
        let promised = kb.measured(decision);
        let found = earning_page::Findings {
            kb,
            broken: promised.map(|promised| promises::by_earning(promised, &seen)).unwrap_or_default(),
            seen,
            unseen: (unseen.cases > 0).then_some(unseen),
        };
        self.print(door, || earning_page::json(&found), || earning_page::page(&found, door.lang))?;
        Ok(if found.broken.is_empty() { Ending::Done } else { Ending::Findings })
    }

    fn print(&self, door: &Door, json: impl Fn() -> serde_json::Value, page: impl Fn() -> Page) -> Result<()> {
        output::print(&match self.format {
            Format::Json => qun::text::harmless_json(&format!("{:#}\n", json())).into_owned(),
            Format::Terminal => {
                let setting = terminal::Setting { width: super::width(), colour: door.colours(&std::io::stdout()) };
                qun::text::no_commands(&terminal::render(&page(), setting)).into_owned()
            }
        })
    }
}

/// What is judged, and how.
struct Judged<'a> {
    kb: &'a KnowledgeBase,
    /// The size of all strengths, if they were made equal.
    equal: Option<i32>,
    decision: DecisionId,
    without: Vec<FactId>,
    falsely: Vec<FactId>,
    parted: (Vec<&'a Case>, Vec<&'a Case>),
}

/// The cases to be judged, and those that are kept apart from them. Where all are kept
/// apart, they are the ones to be judged.
fn parted(cases: &[Case]) -> (Vec<&Case>, Vec<&Case>) {
    let (unseen, seen): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(|case| case.unseen);
    if seen.is_empty() { (unseen, seen) } else { (seen, unseen) }
}

/// The decision that is asked for, else the first that names a leader.
fn decision(door: &Door, kb: &KnowledgeBase, given: Option<&str>) -> Result<DecisionId> {
    let found = match given {
        Some(id) => kb.decision(id),
        None => exam::first_leaders(kb),
    };
    let Some(found) = found else {
        let given = given.unwrap_or_default();
        let ids = kb.decisions.iter().map(|one| one.id.as_str());
        bail!(super::unknown(door, "test.unknown-decision", given, nearest(given, ids)));
    };
    Ok(found)
}

/// The facts with these ids or labels.
fn facts(door: &Door, kb: &KnowledgeBase, given: &[String]) -> Result<Vec<FactId>> {
    let mut found = Vec::new();
    for name in given {
        let Some(fact) = kb.fact(name) else {
            let known = kb.facts.iter().flat_map(|fact| [fact.id.as_str(), &fact.label.zh, &fact.label.en]);
            bail!(super::unknown(door, "test.unknown-fact", name, nearest(name, known)));
        };
        found.push(fact);
    }
    Ok(found)
}

/// Case files outside of the base, checked against it.
fn cases(door: &Door, kb: &KnowledgeBase, path: &Path) -> Result<Vec<Case>> {
    let mut files = Files::default();
    let (folder, mut faults) = base::folder(door, path, &mut files)?;
    let cases = match kb.read_cases(&folder, &mut files) {
        Ok(cases) if faults.is_empty() => return Ok(cases.into_iter().collect()),
        Ok(_) => faults,
        Err(more) => {
            faults.extend(more);
            faults
        }
    };
    base::complain(door, &cases, &files);
    output::complain(&door.fill("test.cases-faulty", &[("n", &cases.len().to_string())]));
    Err(Told(Ending::CouldNotRun).into())
}
