//! `qun test`: the cases judged, with hits, confusion and calibration.

use super::{Door, Ending, Told, base, output};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use qun::calibrate::{Exam, equal, exam, falsify, fit};
use qun::diagnostic::Files;
use qun::kb::{Case, Keep, KnowledgeBase};
use qun::report::exam::Findings;
use qun::report::{exam as exam_page, exam_json, terminal};
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
        let cases = others.as_deref().unwrap_or(&kb.cases);
        let equal = self.equal_strengths.then(|| equal::equal_strengths(&kb));
        let judging = equal.as_ref().map_or(&kb, |(kb, _)| kb);
        let exam = Exam::take(judging, cases, decision, &without);
        let found = Findings {
            equal: equal.as_ref().map(|(_, size)| *size),
            falsified: falsely.iter().map(|fact| falsify::falsify(&exam, *fact)).collect(),
            fit: if self.fit { fit::fit(&exam) } else { None },
            exam,
        };
        let text = match self.format {
            Format::Json => qun::text::harmless_json(&format!("{:#}\n", exam_json::findings(&found))).into_owned(),
            Format::Terminal => {
                let setting = terminal::Setting { width: super::width(), colour: door.colours(&std::io::stdout()) };
                qun::text::no_commands(&terminal::render(&exam_page::page(&found, door.lang), setting)).into_owned()
            }
        };
        output::print(&text)?;
        Ok(if found.exam.misses().next().is_none() { Ending::Done } else { Ending::Findings })
    }
}

/// The decision that is asked for, else the first that names a leader.
fn decision(door: &Door, kb: &KnowledgeBase, given: Option<&str>) -> Result<usize> {
    let leads = |decision: &usize| kb.decisions[*decision].keep == Keep::Leaders;
    let found = match given {
        Some(id) => kb.decision(id).filter(leads),
        None => exam::first_leaders(kb),
    };
    let Some(found) = found else {
        let given = given.unwrap_or_default();
        let ids = kb.decisions.iter().filter(|one| one.keep == Keep::Leaders).map(|one| one.id.as_str());
        bail!(super::unknown(door, "test.unknown-decision", given, nearest(given, ids)));
    };
    Ok(found)
}

/// The facts with these ids or labels.
fn facts(door: &Door, kb: &KnowledgeBase, given: &[String]) -> Result<Vec<usize>> {
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
        Ok(cases) if faults.is_empty() => return Ok(cases),
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
