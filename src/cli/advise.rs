//! `qun advise`: one profile in, the advice out.

use super::{Door, Ending, base, input, output};
use anyhow::Result;
use clap::{Args, ValueEnum};
use qun::diagnostic::Files;
use qun::engine::judge;
use qun::profile;
use qun::report::advice::{self, Extent};
use qun::report::{json, markdown, terminal, text};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Advise {
    #[arg(value_name = "PROFILE")]
    profile: PathBuf,
    #[arg(long, value_enum, default_value = "terminal")]
    format: Format,
    #[arg(long)]
    full: bool,
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Terminal,
    Text,
    Markdown,
    Json,
}

impl Advise {
    pub fn run(self, door: &Door) -> Result<Ending> {
        let kb = match base::sound(door)? {
            Ok(kb) => kb,
            Err(ending) => return Ok(ending),
        };
        let (name, bytes) = input::read(door, &self.profile)?;
        let mut files = Files::default();
        let profile = match profile::read(&kb.facts, &name, &bytes, &mut files) {
            Ok(profile) => profile,
            Err(faults) => {
                base::complain(door, &faults, &files);
                let level = qun::words::say("level.error", door.lang);
                let count = faults.len().to_string();
                output::complain(&format!("{level}: {}", door.fill("door.no-verdict", &[("n", &count)])));
                return Ok(Ending::CouldNotRun);
            }
        };
        let judged = judge(&kb, &profile.answers);
        let name = profile.name.as_deref();
        let extent = if self.full { Extent::Full } else { Extent::Usual };
        let page = || advice::page(&kb, &profile.answers, &judged, name, door.lang, extent);
        let text = match self.format {
            Format::Json => format!("{:#}\n", json::judgement(&kb, &profile, &judged)),
            Format::Markdown => markdown::render(&page(), door.lang),
            Format::Text => text::advice(&kb, &profile.answers, &judged, name, door.lang),
            Format::Terminal => {
                let colour = self.output.is_none() && door.colours(&std::io::stdout());
                terminal::render(&page(), terminal::Setting { width: super::width(), colour })
            }
        };
        output::deliver(door, self.output.as_deref(), &text)?;
        Ok(Ending::Done)
    }
}
