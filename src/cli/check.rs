//! `qun check`: is a knowledge base sound, what is proven about it, and do its
//! cases come out as expected?

use super::{Door, Ending, base, explain, output};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use qun::calibrate::cases;
use qun::diagnostic::{Diagnostic, Files, Level};
use qun::ids::DecisionId;
use qun::kb::{Decision, KnowledgeBase};
use qun::lint::{self, Settings, Subject};
use qun::profile::toml::write;
use qun::proof::solve::Outcome;
use qun::report::certificate;
use qun::report::findings::{Findings, github, json, sarif, short};
use qun::text::{harmless_json, no_commands};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Check {
    #[arg(value_name = "KB")]
    base: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    #[arg(long, value_name = "NAME")]
    deny: Vec<String>,
    #[arg(long, value_name = "NAME")]
    warn: Vec<String>,
    #[arg(long, value_name = "NAME")]
    allow: Vec<String>,
    #[arg(long, value_enum, default_value = "warning")]
    fail_on: FailOn,
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u32).range(0..=100))]
    min_coverage: Option<u32>,
    #[arg(long, value_name = "DIR")]
    witness: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Short,
    Json,
    Sarif,
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Never,
}

impl Check {
    pub fn run(self, door: &Door) -> Result<Ending> {
        if self.base.is_some() && door.kb.is_some() {
            bail!(qun::words::say("door.kb-twice", door.lang));
        }
        let settings = self.settings(door)?;
        let folder = self.base.as_deref().or(door.kb.as_deref());
        let root = folder.map_or_else(|| "data".to_owned(), |path| path.to_string_lossy().trim_end_matches('/').to_owned());
        let loaded = base::load(door, folder)?;
        match loaded.kb {
            Err(faults) => {
                if self.format == Format::Human {
                    base::complain(door, &faults, &loaded.files);
                    output::complain(&door.fill("check.faults", &[("n", &faults.len().to_string())]));
                } else {
                    self.print(&Findings { found: &faults, files: &loaded.files, base: None, lang: door.lang })?;
                }
                Ok(self.ending(&faults))
            }
            Ok(kb) => {
                let mut subject = Subject::new(&kb, &loaded.files, &root);
                subject.min_coverage = self.min_coverage;
                let found = lint::run(&subject, &settings);
                if let Some(folder) = &self.witness {
                    write_witnesses(door, &subject, folder)?;
                }
                if self.format == Format::Human {
                    self.report(door, &subject, &found, &loaded.files)
                } else {
                    let base = Some((&kb, subject.proofs()));
                    self.print(&Findings { found: &found, files: &loaded.files, base, lang: door.lang })?;
                    Ok(self.ending(&found))
                }
            }
        }
    }

    /// The levels that the flags ask for; `--deny` has the last word, then `--warn`.
    fn settings(&self, door: &Door) -> Result<Settings> {
        let mut settings = Settings::default();
        let levels = [(&self.allow, None), (&self.warn, Some(Level::Warning)), (&self.deny, Some(Level::Error))];
        for (names, level) in levels {
            for name in names {
                if lint::find(name).is_none() {
                    if qun::report::explain::names().contains(&name.as_str()) {
                        bail!(door.fill("check.not-a-lint", &[("name", name)]));
                    }
                    bail!(explain::unknown(door, name));
                }
                settings.set(name, level);
            }
        }
        Ok(settings)
    }

    fn print(&self, findings: &Findings<'_>) -> Result<()> {
        output::print(&match self.format {
            Format::Short | Format::Human => no_commands(&short::render(findings)).into_owned(),
            Format::Json => harmless_json(&json::render(findings)).into_owned(),
            Format::Sarif => harmless_json(&sarif::render(findings)).into_owned(),
            Format::Github => github::render(findings),
        })
    }

    fn ending(&self, found: &[Diagnostic]) -> Ending {
        let least = match self.fail_on {
            FailOn::Error => Level::Error,
            FailOn::Warning => Level::Warning,
            FailOn::Never => return Ending::Done,
        };
        if found.iter().any(|one| one.level >= least) { Ending::Findings } else { Ending::Done }
    }

    fn report(&self, door: &Door, subject: &Subject<'_>, found: &[Diagnostic], files: &Files) -> Result<Ending> {
        let kb = subject.kb;
        base::complain(door, found, files);
        let mut text = String::new();
        if found.iter().all(|one| one.level == Level::Note) {
            text = door.fill("check.clean", &[("version", &kb.version), ("hash", &kb.hash)]) + "\n";
        } else {
            output::complain(&door.fill("check.findings", &[("n", &found.len().to_string())]));
        }
        text += &certificate::lines(kb, subject.proofs(), door.lang);
        text += &cases_met(door, kb);
        output::show(&(text + "\n"))?;
        Ok(self.ending(found))
    }
}

/// In how many cases each decision comes out as a person said, where anybody did.
fn cases_met(door: &Door, kb: &KnowledgeBase) -> String {
    let missed = cases::missed(kb);
    let part = |(id, decision): (DecisionId, &Decision)| {
        let all = kb.seen().filter(|case| case.expected(id).is_some()).count();
        let met = all - missed.iter().filter(|miss| miss.decision == id).count();
        let (met, all) = (met.to_string(), (all > 0).then(|| all.to_string())?);
        Some(door.fill("check.cases-of", &[("decision", decision.heading.get(door.lang)), ("met", &met), ("all", &all)]))
    };
    let parts: Vec<String> = kb.decisions.pairs().filter_map(part).collect();
    door.fill("check.cases-met", &[("parts", &parts.join(qun::words::say("line.list-joint", door.lang)))])
}

/// One profile per candidate that can win, as `decision-candidate.toml`.
fn write_witnesses(door: &Door, subject: &Subject<'_>, folder: &Path) -> Result<()> {
    let kb: &KnowledgeBase = subject.kb;
    std::fs::create_dir_all(folder).map_err(|error| output::cannot_write(door.lang, folder, &error))?;
    for (decision, all) in subject.proofs().reach.pairs() {
        for (candidate, reach) in all.pairs() {
            if let Outcome::Shown(profile) = &reach.found {
                let name = format!("{}-{}", kb.decisions[decision].id, kb.candidate(decision, candidate).id);
                let path = folder.join(format!("{name}.toml"));
                let text = format!("id = \"{name}\"\n{}", write(&kb.facts, profile));
                output::replace(&path, text.as_bytes()).map_err(|error| output::cannot_write(door.lang, &path, &error))?;
            }
        }
    }
    Ok(())
}
