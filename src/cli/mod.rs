//! The command line: one file per subcommand. The only place that prints,
//! exits, reads stdin, environment or clock.

#![allow(clippy::disallowed_methods, reason = "the door may do what the library may not")]
#![allow(clippy::missing_docs_in_private_items, reason = "arguments are said by the words of the help")]

mod advise;
mod ask;
mod base;
mod batch;
mod check;
mod compare;
mod diff;
mod draft;
mod dress;
mod explain;
mod export;
mod forecast;
mod help;
mod init;
mod input;
mod output;
mod pager;
mod paper;
mod show;
mod stream;
mod target;
mod test;
mod usage;
mod verify;
mod whatif;
mod why;

use anstream::ColorChoice;
use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use qun::text::Lang;
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

/// The command line as clap sees it; all help texts come from the shell's words.
#[derive(Debug, Parser)]
#[command(name = "qun", version, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What every subcommand understands.
#[derive(Debug, Args)]
struct Common {
    #[arg(long, global = true, value_enum, value_delimiter = ',')]
    lang: Vec<LangChoice>,
    #[arg(long, global = true, value_name = "DIR")]
    kb: Option<PathBuf>,
    #[arg(long, global = true, value_enum, default_value = "auto")]
    color: ColorFlag,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LangChoice {
    Zh,
    En,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ColorFlag {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    Advise(advise::Advise),
    Ask(ask::Ask),
    Batch(batch::Command),
    Check(check::Check),
    Compare(compare::Compare),
    Diff(diff::Diff),
    Explain(explain::Explain),
    Export(export::Export),
    Forecast(forecast::Forecast),
    Init(init::Init),
    Show(show::Show),
    Test(test::Test),
    Verify(verify::Verify),
    Whatif(whatif::Whatif),
    Why(why::Why),
}

impl Command {
    /// Whether it can write a report in two languages.
    fn takes_languages(&self) -> bool {
        match self {
            Command::Advise(advise) => advise.takes_languages(),
            Command::Ask(ask) => ask.takes_languages(),
            Command::Compare(compare) => compare.takes_languages(),
            _ => false,
        }
    }
}

/// How a run ended, short of an error that kept it from running.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Everything was done.
    Done,
    /// There are findings.
    Findings,
    /// It could not run, and the reasons are already on stderr.
    CouldNotRun,
    /// A signal, by its status; what was known is kept.
    Interrupted(u8),
}

impl Ending {
    /// The status that tells the system.
    fn status(self) -> ExitCode {
        match self {
            Ending::Done => ExitCode::SUCCESS,
            Ending::Findings => ExitCode::from(1),
            Ending::CouldNotRun => ExitCode::from(2),
            Ending::Interrupted(status) => ExitCode::from(status),
        }
    }
}

/// An ending before the work is done, whose reasons are on stderr already.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the reasons were given")]
struct Told(Ending);

/// What the subcommands are given besides their own arguments.
struct Door {
    /// The language of everything that is said to the person.
    lang: Lang,
    /// The languages of a report; several only where a format can hold them.
    langs: Vec<Lang>,
    kb: Option<PathBuf>,
    color: ColorFlag,
}

impl Door {
    /// Whether colour goes to a stream: by the flag, else if the stream wants it.
    fn colours(&self, stream: &impl anstream::stream::RawStream) -> bool {
        match self.color {
            ColorFlag::Always => true,
            ColorFlag::Never => false,
            ColorFlag::Auto => anstream::AutoStream::choice(stream) != ColorChoice::Never,
        }
    }

    /// A wording of the shell.
    fn fill(&self, key: &str, gaps: &[(&str, &str)]) -> String {
        qun::words::fill(key, self.lang, gaps)
    }
}

/// That there is nothing of a name, with the spelling that was probably meant.
fn unknown(door: &Door, key: &str, given: &str, near: Option<&str>) -> String {
    let headline = door.fill(key, &[("given", &qun::text::harmless_line(given))]);
    let near = near.map(|near| door.fill("near.help", &[("near", &qun::text::harmless_line(near))]));
    near.map_or_else(|| headline.clone(), |near| format!("{headline}\n{}: {near}", qun::words::say("level.help", door.lang)))
}

/// The columns of stdout: those of the terminal, else 80.
fn width() -> usize {
    if std::io::stdout().is_terminal() { textwrap::termwidth().min(100) } else { 80 }
}

/// The command line with its help in one language.
fn command_line(lang: Lang) -> clap::Command {
    help::localised(Cli::command(), lang)
}

/// Runs the program; 0 done, 1 findings, 2 could not run, 130 after Ctrl-C.
pub fn run(args: impl Iterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.collect();
    let lang = help::language(&args);
    let matches = match command_line(lang).try_get_matches_from(&args) {
        Ok(matches) => matches,
        Err(error) => return usage::report(&error, lang),
    };
    match dispatch(&matches, lang) {
        Ok(ending) => ending.status(),
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) if error.is::<Told>() => error.downcast_ref::<Told>().map_or(ExitCode::from(2), |told| told.0.status()),
        Err(error) => {
            output::complain(&format!("{}: {error:#}", qun::words::say("level.error", lang)));
            ExitCode::from(2)
        }
    }
}

/// Whether a person sits at both ends, so that questions can be put to them.
fn is_at_a_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal() && std::io::stderr().is_terminal()
}

fn dispatch(matches: &ArgMatches, lang: Lang) -> anyhow::Result<Ending> {
    let Cli { common, command } = Cli::from_arg_matches(matches)?;
    let mut langs: Vec<Lang> = Vec::new();
    for choice in common.lang {
        let one = match choice {
            LangChoice::Zh => Lang::Zh,
            LangChoice::En => Lang::En,
        };
        if !langs.contains(&one) {
            langs.push(one);
        }
    }
    if langs.is_empty() {
        langs.push(lang);
    }
    let door = Door { lang, langs, kb: common.kb, color: common.color };
    if door.langs.len() > 1 && !command.as_ref().is_some_and(Command::takes_languages) {
        anyhow::bail!(door.fill("door.one-language", &[]));
    }
    match command {
        Some(Command::Advise(advise)) => advise.run(&door),
        Some(Command::Batch(batch)) => batch.run(&door),
        Some(Command::Check(check)) => check.run(&door),
        Some(Command::Compare(compare)) => compare.run(&door),
        Some(Command::Diff(diff)) => diff.run(&door),
        Some(Command::Explain(explain)) => explain.run(&door),
        Some(Command::Export(export)) => export.run(&door),
        Some(Command::Forecast(forecast)) => forecast.run(&door),
        Some(Command::Init(init)) => init.run(&door),
        Some(Command::Ask(ask)) => ask.run(&door),
        Some(Command::Show(show)) => show.run(&door),
        Some(Command::Test(test)) => test.run(&door),
        Some(Command::Verify(verify)) => verify.run(&door),
        Some(Command::Whatif(whatif)) => whatif.run(&door),
        Some(Command::Why(why)) => why.run(&door),
        None if is_at_a_terminal() => ask::Ask::default().run(&door),
        None => {
            let help = command_line(lang).render_help().to_string();
            output::complain(&help);
            Ok(Ending::CouldNotRun)
        }
    }
}
