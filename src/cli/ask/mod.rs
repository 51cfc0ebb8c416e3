//! `qun ask`: the questionnaire, then the advice.
//!
//! The interview itself is the library's; here are three ways to put its
//! questions: a [`terminal`], plain [`lines`], and a script for the tests.

mod asker;
mod dialogue;
mod ending;
mod keep;
mod lines;
mod menu;
mod numbers;
#[cfg(test)]
mod script;
mod terminal;
mod wording;

use super::advise::Shape;
use super::{Door, Ending, base, output};
use anyhow::{Result, bail};
use asker::Asker;
use clap::Args;
use dialogue::{Dialogue, Parting};
pub use keep::INTERRUPTED;
use keep::{Keeper, Kept};
use numbers::Numbers;
use qun::advice::{Advice, Adviser};
use qun::answer::Answers;
use qun::interview::{Interview, draft, money};
use qun::kb::KnowledgeBase;
use qun::profile::{Format, Profile};
use qun::text::harmless_line;
use qun::words;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;
use wording::Wording;

/// How long a pipe without `--plain` may take to bring its first line.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Debug, Default, Args)]
pub struct Ask {
    #[arg(long)]
    plain: bool,
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    #[arg(long, value_name = "PROFILE")]
    from: Option<PathBuf>,
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    shape: Shape,
}

/// The way of asking that the surroundings allow.
enum Way {
    Terminal,
    Plain(Option<String>),
}

impl Ask {
    /// Whether its report can be in two languages.
    pub fn takes_languages(&self) -> bool {
        self.shape.takes_languages()
    }

    pub fn run(self, door: &Door) -> Result<Ending> {
        self.shape.check(door)?;
        let kb = base::sound(door)?;
        let profile = match &self.from {
            Some(path) if path == Path::new("-") => bail!(words::say("ask.door.from-stdin", door.lang)),
            Some(path) => base::profile(door, &kb, path)?,
            None => Profile::of(Answers::unknown(kb.facts.len())),
        };
        let read: Vec<&Path> = self.from.iter().map(PathBuf::as_path).collect();
        output::keep_apart(door, &read, &[self.shape.output()])?;
        output::keep_apart(door, &[], &[self.save.as_deref(), self.shape.output()])?;
        if let Some(path) = &self.save {
            check_folder(door, path)?;
        }
        match self.way(door)? {
            Way::Terminal => {
                let label = words::say("ask.prompt", door.lang);
                let colour = door.colours(&io::stderr());
                let filter = words::say("ask.filter", door.lang);
                let filter_some = words::say("ask.filter-some", door.lang);
                self.with(door, &kb, profile, &mut terminal::Terminal { label, filter, filter_some, colour }, true)
            }
            Way::Plain(ahead) => self.with(door, &kb, profile, &mut lines::Lines::new(ahead), false),
        }
    }

    fn way(&self, door: &Door) -> Result<Way> {
        let is_terminal = io::stdin().is_terminal();
        if self.plain || (is_terminal && (is_dumb() || !io::stderr().is_terminal())) {
            return Ok(Way::Plain(None));
        }
        if is_terminal {
            return Ok(Way::Terminal);
        }
        match first_line() {
            Some(line) => Ok(Way::Plain(Some(line))),
            None => bail!(words::say("ask.door.no-terminal", door.lang)),
        }
    }

    fn with(
        &self,
        door: &Door,
        kb: &KnowledgeBase,
        mut profile: Profile,
        asker: &mut impl Asker,
        is_terminal: bool,
    ) -> Result<Ending> {
        let adviser = Adviser::new(kb);
        let keeper = Keeper::new(self.kept(door));
        let mut interview = Interview::new(adviser.judge(), profile.answers.clone(), self.all);
        let wording = Wording { kb, lang: door.lang };
        asker.tell(&wording.opening(interview.asked().len(), self.all))?;
        let mut named = profile.name.clone();
        let given = profile.clone();
        let mut keep = |interview: &Interview<'_>, name: Option<&str>| {
            named = name.map(str::to_owned);
            let so_far = Profile { name: named.clone(), answers: interview.answers().clone(), ..given.clone() };
            let is_empty = interview.asked().is_empty() && name.is_none();
            let draft = if is_empty { String::new() } else { draft::write(kb, &so_far, door.lang) };
            keeper.note(draft, self.written(kb, &so_far, door), ending::free(name));
        };
        keep(&interview, profile.name.as_deref());
        let asks_name = profile.name.is_none() && self.from.is_none() && io::stdin().is_terminal();
        let mut dialogue = Dialogue { asker, wording, keep: &mut keep, name: profile.name.clone(), asks_name };
        let parting = dialogue.run(&mut interview).inspect_err(|_| keeper.rescue())?;
        profile.name = named;
        profile.answers = interview.answers().clone();
        if parting == Parting::Interrupted {
            keeper.leave();
            return Ok(Ending::Interrupted(INTERRUPTED));
        }
        let mut advice = adviser.advise_with(&profile.answers, &profile.streams);
        if parting == Parting::Advice {
            let parting = self.numbers(door, kb, &mut profile, &advice, (&keeper, asker));
            if parting.inspect_err(|_| keeper.rescue())? == Parting::Interrupted {
                keeper.leave();
                return Ok(Ending::Interrupted(INTERRUPTED));
            }
            // Own numbers change what is told of the money, and nothing else.
            advice.own = profile.streams.clone();
        }
        output::complain("");
        if is_terminal && self.shape.is_screen() {
            return self.finale(door, (kb, &profile), &advice, &keeper, asker);
        }
        self.shape.deliver(door, kb, &profile, &advice)?;
        match &self.save {
            Some(path) => {
                output::deliver(door, Some(path), &self.written(kb, &profile, door))?;
                let shown = harmless_line(&path.display().to_string());
                output::complain(&door.fill("ask.leave.saved", &[("path", &shown)]));
            }
            None if io::stdin().is_terminal() => keeper.recall(),
            None => {}
        }
        Ok(Ending::Done)
    }

    /// Asks for own numbers of what runs and of what the page begins first.
    fn numbers(
        &self,
        door: &Door,
        kb: &KnowledgeBase,
        profile: &mut Profile,
        advice: &Advice,
        (keeper, asker): (&Keeper, &mut impl Asker),
    ) -> Result<Parting> {
        let streams = if advice.plan.is_stopped { Vec::new() } else { money::streams(&advice.earning) };
        let currency = money::currency(kb, &profile.answers);
        let mut note = |so_far: &Profile| {
            let draft = draft::write(kb, so_far, door.lang);
            keeper.note(draft, self.written(kb, so_far, door), ending::free(so_far.name.as_deref()));
        };
        let wording = Wording { kb, lang: door.lang };
        Numbers { asker, wording, streams, currency, note: &mut note }.run(profile)
    }

    /// The end on a terminal: the first screen, a menu, and no answer lost.
    fn finale(
        &self,
        door: &Door,
        (kb, profile): (&KnowledgeBase, &Profile),
        advice: &Advice,
        keeper: &Keeper,
        asker: &mut impl Asker,
    ) -> Result<Ending> {
        if let Some(path) = &self.save {
            output::deliver(door, Some(path), &self.written(kb, profile, door))?;
        }
        let mut finale = ending::Finale { door, kb, profile, advice, keeper, saved: self.save.clone() };
        if !finale.run(asker).inspect_err(|_| keeper.rescue())? {
            keeper.leave();
            return Ok(Ending::Interrupted(INTERRUPTED));
        }
        if let Some(path) = &self.save {
            let shown = harmless_line(&path.display().to_string());
            output::complain(&door.fill("ask.leave.saved", &[("path", &shown)]));
        }
        Ok(Ending::Done)
    }

    /// A profile in the format that the name of the file to save says.
    fn written(&self, kb: &KnowledgeBase, profile: &Profile, door: &Door) -> String {
        let name = self.save.as_ref().map(|path| path.to_string_lossy().into_owned()).unwrap_or_default();
        match Format::guess(&name, "") {
            Format::Json => draft::json(kb, profile),
            Format::Toml => draft::write(kb, profile, door.lang),
        }
    }

    fn kept(&self, door: &Door) -> Kept {
        let mut flags = vec!["--lang".to_owned(), door.lang.id().to_owned()];
        flags.extend(door.kb.iter().flat_map(|kb| ["--kb".to_owned(), kb.display().to_string()]));
        flags.extend(self.plain.then(|| "--plain".to_owned()));
        flags.extend(self.all.then(|| "--all".to_owned()));
        Kept {
            draft: String::new(),
            saved: String::new(),
            save: self.save.clone(),
            refuge: ending::free(None),
            flags,
            lang: door.lang,
        }
    }
}

/// Whether the terminal can do no more than lines.
fn is_dumb() -> bool {
    match std::env::var("TERM") {
        Ok(term) => term == "dumb" || term.is_empty(),
        Err(_) => cfg!(unix),
    }
}

/// The first line of a stdin that is no terminal; `None` if it ends or stays silent, so that nothing hangs.
fn first_line() -> Option<String> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let line = lines::read_line(&mut io::stdin().lock());
        let _ = sender.send(line);
    });
    receiver.recv_timeout(PATIENCE).ok()?.ok().flatten()
}

/// Answers should not be lost to a folder that does not exist: better said before the first question.
fn check_folder(door: &Door, path: &Path) -> Result<()> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let reason = match std::fs::metadata(folder) {
        Ok(_) if path.is_dir() => io::Error::from(io::ErrorKind::IsADirectory).to_string(),
        Ok(meta) if meta.is_dir() => return Ok(()),
        Ok(_) => io::Error::from(io::ErrorKind::NotADirectory).to_string(),
        Err(error) => error.to_string(),
    };
    Err(output::cannot_write(door.lang, path, &io::Error::other(reason)))
}
