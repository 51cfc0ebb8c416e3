//! `qun check`: is a knowledge base sound, and do its cases come out as expected?

use super::{Door, Ending, base, output};
use anyhow::{Result, bail};
use clap::Args;
use qun::cases;
use qun::kb::KnowledgeBase;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Check {
    #[arg(value_name = "KB")]
    base: Option<PathBuf>,
}

impl Check {
    pub fn run(self, door: &Door) -> Result<Ending> {
        if self.base.is_some() && door.kb.is_some() {
            bail!(qun::words::say("door.kb-twice", door.lang));
        }
        let folder = self.base.as_deref().or(door.kb.as_deref());
        let loaded = base::load(door, folder)?;
        match loaded.kb {
            Err(faults) => {
                base::complain(door, &faults, &loaded.files);
                output::complain(&door.fill("check.faults", &[("n", &faults.len().to_string())]));
                Ok(Ending::Findings)
            }
            Ok(kb) => report(door, &kb),
        }
    }
}

fn report(door: &Door, kb: &KnowledgeBase) -> Result<Ending> {
    let missed = cases::missed(kb);
    for miss in &missed {
        let names = |candidates: &[usize]| {
            let ids: Vec<_> = candidates.iter().map(|one| kb.candidate(miss.decision, *one).id.as_str()).collect();
            if ids.is_empty() { door.fill("check.abstains", &[]) } else { ids.join(" + ") }
        };
        let (expected, found) = (names(&miss.expected), names(&miss.found));
        let gaps = [
            ("case", kb.cases[miss.case].id.as_str()),
            ("decision", kb.decisions[miss.decision].heading.get(door.lang)),
            ("expected", expected.as_str()),
            ("found", found.as_str()),
        ];
        output::complain(&format!("{}: {}", qun::words::say("level.error", door.lang), door.fill("check.case-missed", &gaps)));
    }
    let length = super::ask::broken_promise(door, kb);
    if let Some(text) = &length {
        output::complain(&format!("{}: {text}", qun::words::say("level.error", door.lang)));
    }
    let failed: std::collections::BTreeSet<usize> = missed.iter().map(|miss| miss.case).collect();
    let (met, all) = ((kb.cases.len() - failed.len()).to_string(), kb.cases.len().to_string());
    let mut text = String::new();
    if missed.is_empty() && length.is_none() {
        text = door.fill("check.clean", &[("version", &kb.version), ("hash", &kb.hash)]) + "\n";
    }
    text += &door.fill("check.cases-met", &[("met", &met), ("all", &all)]);
    output::print(&(text + "\n"))?;
    Ok(if missed.is_empty() && length.is_none() { Ending::Done } else { Ending::Findings })
}
