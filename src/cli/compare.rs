//! `qun compare`: profiles side by side.

use super::paper::Paper;
use super::{Door, Ending, Told, base, output};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use qun::compare::{Comparison, Given, MOST};
use qun::profile::Profile;
use qun::report::compare as report;
use qun::report::compare::document::document;
use qun::report::page::Extent;
use qun::report::receipt::Receipt;
use qun::report::{markdown, terminal};
use qun::text::{Lang, harmless_json, no_commands};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Compare {
    #[arg(value_name = "PROFILE", num_args = 2..=MOST, required = true)]
    profile: Vec<PathBuf>,
    #[arg(long)]
    full: bool,
    #[arg(long, value_enum, default_value = "terminal")]
    format: Format,
    #[command(flatten)]
    paper: Paper,
}

/// How a comparison is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Terminal,
    Markdown,
    Html,
    Json,
}

impl Compare {
    /// Whether it can be in two languages.
    pub fn takes_languages(&self) -> bool {
        self.format == Format::Html
    }

    pub fn run(self, door: &Door) -> Result<Ending> {
        self.paper.check(door, matches!(self.format, Format::Html | Format::Markdown), self.format == Format::Html)?;
        if self.profile.iter().filter(|path| path.as_path() == Path::new("-")).count() > 1 {
            bail!(door.fill("compare.stdin-twice", &[]));
        }
        let read: Vec<&Path> = self.profile.iter().map(PathBuf::as_path).chain(self.paper.files()).collect();
        output::keep_apart(door, &read, &[self.paper.output.as_deref()])?;
        let kb = base::sound(door)?;
        // Every profile is read, so that all faults appear in one run.
        let read: Vec<Result<_>> = self.profile.iter().map(|path| base::noted(door, &kb, path)).collect();
        if read.iter().filter_map(|one| one.as_ref().err()).all(anyhow::Error::is::<Told>) && read.iter().any(Result::is_err) {
            return Ok(Ending::CouldNotRun);
        }
        let read: Vec<_> = read.into_iter().collect::<Result<_>>()?;
        let given: Vec<Given<'_>> = read.iter().map(|(profile, done)| Given { profile, done: done.clone() }).collect();
        let text = self.written(door, &Comparison::of(&kb, &given))?;
        output::deliver(door, self.paper.output.as_deref(), &text)?;
        Ok(Ending::Done)
    }

    /// The comparison, as it is asked for.
    fn written(&self, door: &Door, found: &Comparison<'_>) -> Result<String> {
        let files: Vec<String> = self.profile.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        let labels = report::labels(found, &files);
        let extent = if self.full { Extent::Full } else { Extent::Usual };
        let receipt = |langs: &[Lang]| {
            let sides: Vec<(&str, &Profile)> =
                labels.iter().map(String::as_str).zip(found.sides.iter().map(|side| side.profile)).collect();
            Receipt::of_comparison(found.kb, &sides, langs, extent)
        };
        let text = match self.format {
            Format::Terminal => {
                let colour = self.paper.output.is_none() && door.colours(&std::io::stdout());
                let page = report::page(found, &files, door.lang, extent);
                terminal::render(&page, terminal::Setting { width: super::width(), colour })
            }
            Format::Markdown => {
                let receipt = self.paper.signed(receipt(&[door.lang]));
                markdown::document(&document(found, &receipt, door.lang), &receipt, door.lang)
            }
            Format::Html => {
                let document = |receipt: &Receipt, lang: Lang| document(found, receipt, lang);
                let result = |receipt: &Receipt| report::json::report(found, receipt);
                self.paper.page(door, found.kb, receipt(&door.langs), &document, &result)?
            }
            Format::Json => {
                let value = report::json::report(found, &receipt(&Lang::BOTH));
                return Ok(harmless_json(&format!("{value:#}\n")).into_owned());
            }
        };
        Ok(no_commands(&text).into_owned())
    }
}
