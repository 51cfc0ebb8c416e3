//! `qun batch`: many profiles in, one verdict each out, then a summary.

mod progress;
mod sink;
mod stop;

use crate::cli::output::cannot_write;
use crate::cli::stream::{Drafts, Stream};
use crate::cli::{Door, Ending, base, output};
use anyhow::{Result, anyhow, bail};
use clap::{Args, ValueEnum};
use progress::Progress;
use qun::advice::Adviser;
use qun::batch::Batch;
use qun::batch::options::{BLOCK, Detail, Options, UnknownValues};
use qun::batch::run::{End, Failure, run};
use qun::batch::source::{Feed, Form, Input};
use qun::batch::tally::Tally;
use qun::ids::DecisionId;
use qun::kb::KnowledgeBase;
use qun::profile::Profile;
use qun::report::{lines, summary};
use qun::spelling::nearest;
use qun::text::{harmless_json, harmless_line};
use sink::{Rejects, Writer};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use stop::Interruption;

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Command {
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[arg(long, value_enum, value_name = "FORMAT")]
    input_format: Option<InputFormat>,
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    #[arg(long)]
    ignore_unknown: bool,
    #[arg(long, value_enum, default_value = "reject", value_name = "WHAT")]
    unknown_values: UnknownChoice,
    #[arg(long, value_enum, default_value = "jsonl", value_name = "FORMAT")]
    format: OutputFormat,
    #[arg(long)]
    excel: bool,
    #[arg(long, value_enum, default_value = "brief", value_name = "HOW")]
    detail: DetailChoice,
    #[arg(long, value_delimiter = ',', value_name = "IDS")]
    decisions: Vec<String>,
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    max_errors: Option<u64>,
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,
    #[arg(long, value_enum, value_name = "FORMAT")]
    summary_format: Option<SummaryFormat>,
    #[arg(long, value_name = "COLUMN")]
    expect: Option<String>,
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
enum InputFormat {
    Jsonl,
    Json,
    Csv,
    Tsv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    Jsonl,
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum UnknownChoice {
    Reject,
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DetailChoice {
    Brief,
    Ranked,
    Full,
    Money,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SummaryFormat {
    Terminal,
    Json,
    Markdown,
}

impl Command {
    pub fn run(self, door: &Door) -> Result<Ending> {
        let kb = base::sound(door)?;
        let options = self.options(door, &kb)?;
        self.keep_apart(door)?;
        let (inputs, names, total) = self.inputs(door)?;
        let adviser = (self.detail == DetailChoice::Full).then(|| Adviser::new(&kb));
        let mut batch = Batch::new(&kb, options);
        if let Some(adviser) = &adviser {
            let lines = lines::Lines::new(&kb);
            let advise = |profile: &Profile| adviser.advise_with(&profile.answers, &profile.streams);
            batch = batch.whole(move |profile, _, row, text| lines.put(profile, &advise(profile), row, text));
        } else if self.detail == DetailChoice::Money {
            if kb.money.is_none() {
                bail!(qun::words::say("money.door.no-money", door.lang));
            }
            let line = qun::report::forecast::line::Line::new(&kb);
            batch = batch.whole(move |profile, verdict, row, text| line.put(profile, verdict, row, text));
        } else if self.excel || self.format == OutputFormat::Csv {
            let is_seen = self.output.is_none() && std::io::stdout().is_terminal();
            batch = batch.table(self.excel, is_seen);
        }
        let is_shown = !self.quiet && (self.output.is_some() || !std::io::stdout().is_terminal());
        let progress = is_shown.then(|| Progress::new(door, total)).flatten();
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
            rejects: Rejects::new(door, rejects, names.clone()),
            progress: progress.clone(),
            kb: &kb,
            clashes: 0,
            writing: interruption.writing.clone(),
        };
        let feed = Feed::new(inputs, batch.options.block);
        let (tally, end) = run(&batch, feed, &mut writer, &interruption.stop);
        if let Some(progress) = progress {
            progress.clear();
        }
        let end = match end {
            Ok(end) => end,
            Err(failure) => return self.failed(door, failure, &names),
        };
        writer.rejects.close();
        let more = tally.clashes.iter().sum::<u64>() - writer.clashes;
        if more > 0 {
            output::complain(&door.fill("batch.more-clashes", &[("n", &more.to_string())]));
        }
        if end == End::Stopped {
            interruption.say();
            return Ok(Ending::Interrupted(interruption.status()));
        }
        if let Some(label) = self
            .expect
            .as_ref()
            .filter(|_| tally.judged > 0 && tally.confusion.is_empty() && !tally.reasons.contains_key("unknown-expected"))
        {
            bail!(door.fill("batch.no-label", &[("label", &harmless_line(label))]));
        }
        self.finish(door, writer)?;
        self.summarise(door, &batch, &tally, end)?;
        let is_clean = tally.rejects() == 0 && tally.mismatches() == 0;
        Ok(if is_clean { Ending::Done } else { Ending::Findings })
    }

    fn options(&self, door: &Door, kb: &KnowledgeBase) -> Result<Options> {
        let decision = |id: &String| {
            kb.decision(id).ok_or_else(|| {
                let ids: Vec<_> = kb.decisions.iter().map(|one| one.id.as_str()).collect();
                anyhow!(door.fill("batch.no-decision", &[("given", &harmless_line(id)), ("ids", &ids.join(", "))]))
            })
        };
        if self.detail != DetailChoice::Brief && (self.excel || self.format == OutputFormat::Csv) {
            bail!(qun::words::say("batch.table-is-brief", door.lang));
        }
        if matches!(self.detail, DetailChoice::Full | DetailChoice::Money) && !self.decisions.is_empty() {
            bail!(qun::words::say("batch.full-is-all", door.lang));
        }
        let jobs = self.jobs.map(usize::from);
        let options = Options {
            detail: match self.detail {
                DetailChoice::Brief => Detail::Brief,
                DetailChoice::Ranked => Detail::Ranked,
                DetailChoice::Full | DetailChoice::Money => Detail::Full,
            },
            decisions: self.decisions.iter().map(decision).collect::<Result<_>>()?,
            ignore_unknown: self.ignore_unknown,
            unknown_values: match self.unknown_values {
                UnknownChoice::Reject => UnknownValues::Reject,
                UnknownChoice::Unknown => UnknownValues::Unknown,
            },
            expect: self.expect.clone(),
            suggest: self.rejects.is_some(),
            max_errors: self.max_errors,
            block: self.block_size.and_then(|size| usize::try_from(size).ok()).unwrap_or(BLOCK),
            ask_next: !self.quiet || self.summary.is_some(),
            verify: self.verify || cfg!(debug_assertions),
            jobs: jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from).min(16)),
            fast: true,
        };
        if options.expect.is_some() && options.expected(kb).is_none() {
            bail!(qun::words::say("batch.nothing-to-expect", door.lang));
        }
        Ok(options)
    }

    /// Refuses outputs that would take the place of an input or of each other.
    fn keep_apart(&self, door: &Door) -> Result<()> {
        let mut read: Vec<&Path> = self.files.iter().map(PathBuf::as_path).collect();
        if read.is_empty() {
            read.push(Path::new("-"));
        }
        output::keep_apart(door, &read, &[&self.output, &self.rejects, &self.summary].map(|path| path.as_deref()))
    }

    /// The inputs, opened; their names; their size in bytes, if that is known.
    fn inputs(&self, door: &Door) -> Result<(Vec<Input>, Vec<String>, Option<u64>)> {
        let encoding = match &self.encoding {
            None => None,
            Some(label) => Some(
                encoding_rs::Encoding::for_label(label.as_bytes())
                    .ok_or_else(|| anyhow!(door.fill("batch.no-encoding", &[("given", &harmless_line(label))])))?,
            ),
        };
        let form = self.input_format.map(|format| match format {
            InputFormat::Jsonl => Form::Lines,
            InputFormat::Json => Form::Json,
            InputFormat::Csv => Form::Csv,
            InputFormat::Tsv => Form::Tsv,
        });
        let stdin = [PathBuf::from("-")];
        let files = if self.files.is_empty() { &stdin[..] } else { &self.files[..] };
        if self.files.is_empty() && std::io::stdin().is_terminal() {
            bail!(qun::words::say("batch.no-input", door.lang));
        }
        let mut total = Some(0);
        let mut found = Vec::new();
        for path in files {
            let name = harmless_line(&path.display().to_string());
            let live;
            let reader: Box<dyn std::io::Read + Send> = if path == Path::new("-") {
                total = None;
                live = !std::fs::metadata("/dev/stdin").is_ok_and(|meta| meta.is_file());
                Box::new(std::io::stdin())
            } else {
                let fail = |reason: &str| anyhow!(door.fill("door.cannot-read", &[("path", &name), ("reason", reason)]));
                let file = std::fs::File::open(path).map_err(|error| fail(&error.to_string()))?;
                let meta = file.metadata().map_err(|error| fail(&error.to_string()))?;
                if meta.is_dir() {
                    return Err(fail(qun::words::say("batch.is-folder", door.lang)));
                }
                live = !meta.is_file();
                total = total.filter(|_| meta.is_file()).map(|sum| sum + meta.len());
                Box::new(file)
            };
            found.push(Input { name, reader, form, encoding, live });
        }
        let names = found.iter().map(|input| input.name.clone()).collect();
        Ok((found, names, total))
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

    fn failed(&self, door: &Door, failure: Failure, names: &[String]) -> Result<Ending> {
        let name = |file: usize| names.get(file).map_or("-", String::as_str);
        match failure {
            Failure::Read(file, error) => {
                bail!(door.fill("door.cannot-read", &[("path", name(file)), ("reason", &error.to_string())]))
            }
            Failure::Encoding(file, encoding) => {
                bail!(door.fill("batch.json-is-utf8", &[("file", name(file)), ("encoding", encoding.0.name())]))
            }
            Failure::Write(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Err(error.into()),
            Failure::Write(error) => {
                let path = self.output.clone().unwrap_or_else(|| PathBuf::from("-"));
                Err(cannot_write(door.lang, &path, &error))
            }
            Failure::Columns(file, columns) => {
                let columns: Vec<_> = columns.iter().map(|column| format!("`{}`", harmless_line(column))).collect();
                bail!(door.fill("batch.unknown-columns", &[("file", name(file)), ("columns", &columns.join(", "))]))
            }
            Failure::Differs(file, row, difference) => {
                let (row, difference) = (row.to_string(), difference.to_string());
                bail!(door.fill("batch.differs", &[("file", name(file)), ("row", &row), ("difference", &difference)]))
            }
            Failure::NoLabel(file, heads) => {
                let label = self.expect.as_deref().unwrap_or_default();
                let gaps = [("file", name(file)), ("label", &harmless_line(label))];
                let near = nearest(label, heads.iter().map(String::as_str));
                let near = near.map(|near| door.fill("near.help", &[("near", &harmless_line(near))]));
                bail!(
                    "{}",
                    [Some(door.fill("batch.no-label-column", &gaps)), near].into_iter().flatten().collect::<Vec<_>>().join("; ")
                )
            }
            Failure::Heads(file) => bail!(door.fill("batch.bad-heads", &[("file", name(file))])),
            Failure::OtherColumns(file) => bail!(door.fill("batch.other-columns", &[("file", name(file))])),
        }
    }

    fn summarise(&self, door: &Door, batch: &Batch<'_>, tally: &Tally, end: End) -> Result<()> {
        let by_name = self.summary.as_ref().and_then(|path| path.extension()).and_then(|ending| ending.to_str());
        let format = self.summary_format.unwrap_or(match by_name {
            Some("json") => SummaryFormat::Json,
            Some("md" | "markdown") => SummaryFormat::Markdown,
            _ => SummaryFormat::Terminal,
        });
        if self.quiet && self.summary.is_none() {
            return Ok(());
        }
        let expected = batch.options.expected(batch.kb);
        let printed: Vec<DecisionId> = batch.plan().printed().collect();
        let subject = summary::Subject { kb: batch.kb, tally, printed: &printed, expected, is_cut: end == End::TooManyErrors };
        let text = match format {
            SummaryFormat::Json => harmless_json(&format!("{:#}\n", summary::json(&subject))).into_owned(),
            SummaryFormat::Markdown => summary::markdown(&subject, door.lang),
            SummaryFormat::Terminal => {
                let colour = self.summary.is_none() && door.colours(&std::io::stderr());
                summary::terminal(&subject, door.lang, crate::cli::width(), colour)
            }
        };
        if self.summary.is_some() {
            return output::deliver(door, self.summary.as_deref(), &text);
        }
        output::complain(&text);
        Ok(())
    }
}
