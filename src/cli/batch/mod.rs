//! `qun batch`: many profiles in, one verdict each out, then a summary.

mod asked;
mod inputs;
mod judging;
mod progress;
mod receipt;
mod sink;
mod stop;

use crate::cli::output::cannot_write;
use crate::cli::stream::{Drafts, Stream};
use crate::cli::{Door, Ending, base, output};
use anyhow::{Result, bail};
use asked::Asked;
use clap::{Args, ValueEnum};
use inputs::Opened;
use judging::{failed, judge};
use progress::Progress;
use qun::batch::options::{BLOCK, Options};
use qun::batch::receipt::Sum;
use qun::batch::run::End;
use qun::kb::KnowledgeBase;
use qun::report::summary;
use qun::text::{harmless_json, harmless_line};
use receipt::Made;
pub use receipt::check;
use sink::{Rejects, Writer};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use stop::Interruption;

#[derive(Debug, Args)]
pub struct Command {
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    asked: Asked,
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,
    #[arg(long, value_enum, value_name = "FORMAT")]
    summary_format: Option<SummaryFormat>,
    #[arg(long, value_name = "FILE")]
    receipt: Option<PathBuf>,
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    #[arg(long, value_name = "BYTES", value_parser = clap::value_parser!(u64).range(1..=(64 << 20)))]
    block_size: Option<u64>,
    #[arg(long)]
    verify: bool,
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SummaryFormat {
    Terminal,
    Json,
    Markdown,
}

impl Command {
    pub fn run(mut self, door: &Door) -> Result<Ending> {
        let kb = base::sound(door)?;
        self.asked = self.asked.with_files(door)?;
        let options = self.options(door, &kb)?;
        self.keep_apart(door)?;
        let to_terminal = self.output.is_none() && std::io::stdout().is_terminal();
        if self.receipt.is_some() && to_terminal {
            bail!(qun::words::say("batch.receipt-of-a-screen", door.lang));
        }
        let opened = Opened::all(door, &self.files, &self.asked, self.receipt.is_some())?;
        let (names, sums) = (opened.names.clone(), opened.sums.clone());
        let is_shown = !self.quiet && (self.output.is_some() || !std::io::stdout().is_terminal());
        let progress = is_shown.then(|| Progress::new(door, opened.total)).flatten();
        let drafts = Drafts::default();
        let left = self
            .output
            .as_ref()
            .map(|path| door.fill("batch.interrupted", &[("path", &harmless_line(&path.display().to_string()))]));
        let interruption = Interruption::watch(&drafts, progress.clone(), left);
        let out = Stream::open(door, self.output.as_deref(), &drafts)?;
        let rejects = self.rejects.as_deref().map(|path| Stream::open(door, Some(path), &drafts)).transpose()?;
        let mut writer = Writer {
            out,
            sum: self.receipt.as_ref().map(|_| Sum::default()),
            rejects: Rejects::new(door, rejects, names.clone()),
            progress: progress.clone(),
            kb: &kb,
            clashes: 0,
            outdated: 0,
            writing: interruption.writing.clone(),
        };
        let judged = judge(door, (&self.asked, to_terminal), (&kb, options), opened, &mut writer, &interruption.stop)?;
        if let Some(progress) = progress {
            progress.clear();
        }
        let end = match judged.end {
            Ok(end) => end,
            Err(failure) => return failed(door, failure, &names, self.asked.expect.as_deref(), self.output.as_deref()),
        };
        let tally = judged.tally;
        writer.rejects.close();
        let more = tally.clashes.iter().sum::<u64>() - writer.clashes;
        if more > 0 {
            output::complain(&door.fill("batch.more-clashes", &[("n", &more.to_string())]));
        }
        if tally.outdated > writer.outdated {
            let more = (tally.outdated - writer.outdated).to_string();
            output::complain(&door.fill("batch.more-former", &[("n", &more)]));
        }
        if end == End::Stopped {
            interruption.say();
            return Ok(Ending::Interrupted(interruption.status()));
        }
        if let Some(label) = self
            .asked
            .expect
            .as_ref()
            .filter(|_| tally.judged > 0 && tally.confusion.is_empty() && !tally.reasons.contains_key("unknown-expected"))
        {
            bail!(door.fill("batch.no-label", &[("label", &harmless_line(label))]));
        }
        if let Some((file, row)) = tally.first_met {
            let gaps = [("n", tally.met.to_string()), ("row", row.to_string())];
            let name = names.get(file).map_or("-", String::as_str);
            output::complain(&door.fill("batch.met", &[("n", &gaps[0].1), ("file", name), ("row", &gaps[1].1)]));
        }
        let sum = writer.sum.take();
        self.finish(door, writer)?;
        if let (Some(path), Some(sum)) = (&self.receipt, sum) {
            let made = Made { files: &self.files, sums: &sums, output: self.output.as_deref(), sum, tally: &tally };
            receipt::write(door, path, (&kb, &self.asked), &made, end)?;
        }
        let subject = summary::Subject {
            kb: &kb,
            tally: &tally,
            printed: &judged.printed,
            expected: judged.expected,
            fails: self.asked.fail_on.is_some(),
            is_cut: end == End::TooManyErrors,
        };
        self.summarise(door, &subject)?;
        let is_clean = tally.rejects() == 0 && tally.mismatches() == 0 && tally.met == 0;
        Ok(if is_clean { Ending::Done } else { Ending::Findings })
    }

    fn options(&self, door: &Door, kb: &KnowledgeBase) -> Result<Options> {
        let jobs = self.jobs.map(usize::from);
        let options = self.asked.options(door, kb)?;
        Ok(Options {
            suggest: self.rejects.is_some(),
            block: self.block_size.and_then(|size| usize::try_from(size).ok()).unwrap_or(BLOCK),
            ask_next: options.each_ask || !self.quiet || self.summary.is_some(),
            verify: self.verify || cfg!(debug_assertions),
            jobs: jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from).min(16)),
            ..options
        })
    }

    /// Refuses outputs that would take the place of an input or of each other.
    fn keep_apart(&self, door: &Door) -> Result<()> {
        let mut read: Vec<&Path> = self.files.iter().map(PathBuf::as_path).collect();
        if read.is_empty() {
            read.push(Path::new("-"));
        }
        let written = [&self.output, &self.rejects, &self.summary, &self.receipt];
        output::keep_apart(door, &read, &written.map(|path| path.as_deref()))
    }

    /// Puts the files in their places.
    fn finish(&self, door: &Door, writer: Writer<'_>) -> Result<()> {
        let place = |path: &Option<PathBuf>, done: std::io::Result<()>| match (path, done) {
            (_, Ok(())) => Ok(()),
            (Some(path), Err(error)) => Err(cannot_write(door.lang, path, &error)),
            (None, Err(error)) => Err(error.into()),
        };
        if let Some(rejects) = writer.rejects.stream {
            place(&self.rejects, rejects.finish())?;
        }
        place(&self.output, writer.out.finish())
    }

    fn summarise(&self, door: &Door, subject: &summary::Subject<'_>) -> Result<()> {
        let by_name = self.summary.as_ref().and_then(|path| path.extension()).and_then(|ending| ending.to_str());
        let format = self.summary_format.unwrap_or(match by_name {
            Some("json") => SummaryFormat::Json,
            Some("md" | "markdown") => SummaryFormat::Markdown,
            _ => SummaryFormat::Terminal,
        });
        if self.quiet && self.summary.is_none() {
            return Ok(());
        }
        let text = match format {
            SummaryFormat::Json => harmless_json(&format!("{:#}\n", summary::json(subject))).into_owned(),
            SummaryFormat::Markdown => summary::markdown(subject, door.lang),
            SummaryFormat::Terminal => {
                let colour = self.summary.is_none() && door.colours(&std::io::stderr());
                summary::terminal(subject, door.lang, crate::cli::width(), colour)
            }
        };
        if self.summary.is_some() {
            return output::deliver(door, self.summary.as_deref(), &text);
        }
        output::complain(&text);
        Ok(())
    }
}
