//! `qun compare`: profiles side by side.

use super::why::Format;
use super::{Door, Ending, Told, base};
use anyhow::{Result, bail};
use clap::Args;
use qun::compare::{Comparison, Given, MOST};
use qun::report::compare as report;
use qun::report::page::Extent;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Compare {
    #[arg(value_name = "PROFILE", num_args = 2..=MOST, required = true)]
    profile: Vec<PathBuf>,
    #[arg(long)]
    full: bool,
    #[arg(long, value_enum, default_value = "terminal")]
    format: Format,
}

impl Compare {
    pub fn run(self, door: &Door) -> Result<Ending> {
        if self.profile.iter().filter(|path| path.as_path() == Path::new("-")).count() > 1 {
            bail!(door.fill("compare.stdin-twice", &[]));
        }
        let kb = base::sound(door)?;
        // Every profile is read, so that all faults appear in one run.
        let read: Vec<Result<_>> = self.profile.iter().map(|path| base::noted(door, &kb, path)).collect();
        if read.iter().filter_map(|one| one.as_ref().err()).all(anyhow::Error::is::<Told>) && read.iter().any(Result::is_err) {
            return Ok(Ending::CouldNotRun);
        }
        let read: Vec<_> = read.into_iter().collect::<Result<_>>()?;
        let given: Vec<Given<'_>> = read.iter().map(|(profile, done)| Given { profile, done: done.clone() }).collect();
        let found = Comparison::of(&kb, &given);
        let files: Vec<String> = self.profile.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        let extent = if self.full || self.format == Format::Markdown { Extent::Full } else { Extent::Usual };
        let page = report::page(&found, &files, door.lang, extent);
        self.format.titled(door, &door.fill("compare.title", &[]), &[page], &report::json::compare(&found))?;
        Ok(Ending::Done)
    }
}
