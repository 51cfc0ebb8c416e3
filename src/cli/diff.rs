//! `qun diff`: two bases, what differs between them and whose verdict changes.

use super::base::Loaded;
use super::{Door, Ending, Told, base, output};
use anyhow::{Result, anyhow, bail};
use clap::{Args, ValueEnum};
use qun::batch::Batch;
use qun::batch::complete::Reject;
use qun::batch::options::{BLOCK, Options};
use qun::batch::run::{Sink, run};
use qun::batch::source::{Feed, Input};
use qun::diff::changes::Step;
use qun::diff::joint::Bases;
use qun::diff::profiles::Profiles;
use qun::kb::{Folder, KnowledgeBase};
use qun::report::page::Extent;
use qun::report::{diff as report, markdown, terminal};
use qun::text::{harmless_json, harmless_line, no_commands};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};

#[derive(Debug, Args)]
pub struct Diff {
    #[arg(value_name = "OLD")]
    old: PathBuf,
    #[arg(value_name = "NEW")]
    new: PathBuf,
    #[arg(long, value_name = "FILE")]
    profiles: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "terminal")]
    format: Format,
    #[arg(long, value_enum, value_name = "WHAT")]
    fail_on: Option<FailOn>,
    #[arg(long)]
    full: bool,
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Terminal,
    Markdown,
    Json,
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Flips,
    Major,
}

impl Diff {
    pub fn run(self, door: &Door) -> Result<Ending> {
        if door.kb.is_some() {
            bail!(qun::words::say("diff.no-kb", door.lang));
        }
        let read: Vec<&Path> = self.profiles.iter().map(PathBuf::as_path).collect();
        output::keep_apart(door, &read, &[self.output.as_deref()])?;
        let (old, new) = (loaded(door, &self.old)?, loaded(door, &self.new)?);
        let diff = qun::diff::Diff::of((&old.0, &old.1), (&new.0, &new.1));
        let profiles = self.profiles.as_deref().map(|path| judged(door, &diff.bases, path)).transpose()?;
        let text = self.written(door, &diff, profiles.as_ref());
        output::deliver(door, self.output.as_deref(), &text)?;
        Ok(if self.fails(&diff, profiles.as_ref()) { Ending::Findings } else { Ending::Done })
    }

    fn written(&self, door: &Door, diff: &qun::diff::Diff<'_>, profiles: Option<&Profiles>) -> String {
        let extent = if self.full || self.format == Format::Markdown { Extent::Full } else { Extent::Usual };
        let page = || report::page(diff, profiles, door.lang, extent);
        match self.format {
            Format::Json => harmless_json(&format!("{:#}\n", report::json::diff(diff, profiles))).into_owned(),
            Format::Github => report::github::render(diff, self.new.to_string_lossy().trim_end_matches('/'), door.lang),
            Format::Markdown => {
                let title = qun::words::say("diff.title", door.lang);
                no_commands(&markdown::titled(&page(), title, door.lang)).into_owned()
            }
            Format::Terminal => {
                let colour = self.output.is_none() && door.colours(&std::io::stdout());
                no_commands(&terminal::render(&page(), terminal::Setting { width: super::width(), colour })).into_owned()
            }
        }
    }

    /// Whether the version falls short, or what the flag names is there.
    fn fails(&self, diff: &qun::diff::Diff<'_>, profiles: Option<&Profiles>) -> bool {
        let [shown, ..] = report::counts(&diff.flips);
        let flips = || {
            shown > 0 || diff.cases.iter().any(|case| case.moved.is_flip()) || profiles.is_some_and(|profiles| profiles.flips > 0)
        };
        diff.is_version_due()
            || match self.fail_on {
                None => false,
                Some(FailOn::Major) => diff.called_for == Some(Step::Major),
                Some(FailOn::Flips) => flips(),
            }
    }
}

/// A base and its files; [`Told`] if it has faults, which went to stderr.
fn loaded(door: &Door, path: &Path) -> Result<(Folder, KnowledgeBase)> {
    let Loaded { kb, mut files } = base::load(door, Some(path))?;
    match kb {
        Ok(kb) => Ok((base::folder(door, path, &mut files)?.0, kb)),
        Err(faults) => {
            base::complain(door, &faults, &files);
            let level = qun::words::say("level.error", door.lang);
            output::complain(&format!("{level}: {}", door.fill("door.base-faulty", &[("n", &faults.len().to_string())])));
            Err(Told(Ending::Findings).into())
        }
    }
}

/// Takes bad rows as counted, and lines as written elsewhere.
#[derive(Default)]
struct Counted {
    bad: u64,
}

impl Sink for Counted {
    fn take(&mut self, _: &[u8], rejects: &[Reject], _: u64, _: u64) -> std::io::Result<()> {
        self.bad += rejects.len() as u64;
        Ok(())
    }
}

/// The profiles of a file, judged by both bases.
fn judged(door: &Door, bases: &Bases<'_>, path: &Path) -> Result<Profiles> {
    let name = harmless_line(&path.display().to_string());
    let fail = |reason: &str| anyhow!(door.fill("door.cannot-read", &[("path", &name), ("reason", reason)]));
    let reader: Box<dyn std::io::Read + Send> = if path == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        if path.is_dir() {
            return Err(fail(qun::words::say("batch.is-folder", door.lang)));
        }
        Box::new(std::fs::File::open(path).map_err(|error| fail(&error.to_string()))?)
    };
    let input = Input { name: name.clone(), reader, form: None, encoding: None, live: false };
    let found = Mutex::new(Profiles::default());
    let options = Options { suggest: false, verify: false, ask_next: false, ..Options::default() };
    let batch = Batch::new(bases.old, options).whole(|profile, _, row, line| {
        found.lock().unwrap_or_else(PoisonError::into_inner).judge(bases, profile, row);
        line.push('\n');
    });
    let mut counted = Counted::default();
    let (_, end) = run(&batch, Feed::new(vec![input], BLOCK), &mut counted, &AtomicBool::new(false));
    end.map_err(|failure| fail(&failure.to_string()))?;
    drop(batch);
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.bad = counted.bad;
    Ok(found)
}
