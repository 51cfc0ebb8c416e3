//! Keeping answers: what Ctrl-C saves, and how to continue.
//!
//! In a terminal's raw mode Ctrl-C is a key; elsewhere it is a signal, whose
//! handler runs in a thread of its own while the dialogue waits for a line. Both
//! come here.

use crate::cli::output;
use crossterm::cursor::Show;
use crossterm::event::DisableBracketedPaste;
use crossterm::terminal;
use qun::report::wrap;
use qun::text::{Lang, harmless_line};
use qun::words;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The status after Ctrl-C.
pub const INTERRUPTED: u8 = 130;
/// What the file is called in the command that continues, if nobody named one.
const USUAL: &str = "profile.toml";

/// Everything needed to keep the answers at any moment.
#[derive(Debug, Clone)]
pub struct Kept {
    /// The profile so far as TOML; empty if nothing was answered.
    pub draft: String,
    /// The same as the file to save has it.
    pub saved: String,
    /// Where to save it.
    pub save: Option<PathBuf>,
    /// The file for the answers where nobody can be asked or told any more.
    pub refuge: PathBuf,
    /// Flags that the command which continues needs as well.
    pub flags: Vec<String>,
    /// The language to say it in.
    pub lang: Lang,
}

/// More than a prompt takes to open, less than anybody notices.
const OPENING: Duration = Duration::from_millis(50);

/// The same, shared with the handler of the signal.
#[derive(Debug, Clone)]
pub struct Keeper(Arc<Mutex<Kept>>);

impl Keeper {
    /// Keeps from now on, whenever Ctrl-C comes.
    pub fn new(kept: Kept) -> Keeper {
        let keeper = Keeper(Arc::new(Mutex::new(kept)));
        let own = keeper.clone();
        // A second handler is refused; then Ctrl-C ends the program, as it does everywhere.
        let _ = ctrlc::set_handler(move || {
            // The dialogue may just be opening a prompt; the terminal is given back as it was, before and after.
            let was_raw = restore(false);
            own.leave();
            // Whoever asks or draws waits for these until the program has ended; a prompt that was just
            // being opened has come that far after a moment, and is undone.
            let _held = (std::io::stdout().lock(), std::io::stderr().lock());
            std::thread::sleep(OPENING);
            restore(was_raw);
            std::process::exit(i32::from(INTERRUPTED));
        });
        #[cfg(unix)]
        watch(keeper.clone());
        keeper
    }

    /// Replaces the draft.
    pub fn note(&self, draft: String, saved: String, refuge: PathBuf) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (kept.draft, kept.saved, kept.refuge) = (draft, saved, refuge);
    }

    /// Saves to this file from now on.
    pub fn save_to(&self, path: PathBuf) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).save = Some(path);
    }

    /// Saves without a word: the terminal is gone.
    pub fn rescue(&self) {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !kept.draft.is_empty() {
            let _ = match &kept.save {
                Some(path) => output::replace(path, kept.saved.as_bytes()),
                None => output::replace(&kept.refuge, kept.draft.as_bytes()),
            };
        }
    }

    /// Saves or prints the draft, and says how to continue.
    pub fn leave(&self) {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        output::complain("");
        if kept.draft.is_empty() {
            tell(words::say("ask.leave.nothing", kept.lang));
            return;
        }
        let saved = kept.save.as_ref().filter(|path| kept.store(path).is_ok());
        let from = if let Some(path) = saved {
            let shown = harmless_line(&path.display().to_string());
            tell(&words::fill("ask.leave.saved", kept.lang, &[("path", &shown)]));
            tell(words::say("ask.leave.continue", kept.lang));
            quoted(&path.display().to_string())
        } else {
            let _ = output::print(&kept.draft);
            output::complain("");
            tell(&words::fill("ask.leave.so-far", kept.lang, &[("path", USUAL)]));
            USUAL.to_owned()
        };
        output::complain(&kept.command(&from, saved.is_some()));
    }

    /// Prints the draft beside what was asked for, and says how to continue: nobody saved it.
    pub fn recall(&self) {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !kept.draft.is_empty() {
            output::complain(&kept.draft);
            tell(&words::fill("ask.leave.so-far", kept.lang, &[("path", USUAL)]));
            output::complain(&kept.command(USUAL, false));
        }
    }
}

/// Says a sentence in lines that fit the terminal; whole where there is none.
fn tell(text: &str) {
    let width = if std::io::stderr().is_terminal() { crate::cli::width() } else { usize::MAX };
    for line in wrap::lines(text, width, "", "") {
        output::complain(&line);
    }
}

/// Gives the terminal back as a prompt found it, and says whether there was one; a prompt that
/// `was` there may have gone on drawing since. A terminal that is not there needs nothing.
fn restore(was: bool) -> bool {
    let is_raw = was || terminal::is_raw_mode_enabled().unwrap_or(false);
    let _ = terminal::disable_raw_mode();
    if is_raw {
        let _ = crossterm::execute!(std::io::stderr(), Show, DisableBracketedPaste);
    }
    is_raw
}

impl Kept {
    /// The command that continues from a file.
    fn command(&self, from: &str, saves: bool) -> String {
        let flags = self.flags.iter().map(|flag| format!(" {}", quoted(flag))).collect::<Vec<_>>().concat();
        let save = if saves { format!(" --save {from}") } else { String::new() };
        format!("  qun ask --from {from}{flags}{save}")
    }

    fn store(&self, path: &std::path::Path) -> Result<(), ()> {
        output::replace(path, self.saved.as_bytes())
            .map_err(|error| output::complain(&output::cannot_write(self.lang, path, &error).to_string()))
    }
}

/// Saves the answers when the terminal is closed or the system ends the program.
#[cfg(unix)]
fn watch(keeper: Keeper) {
    use signal_hook::consts::{SIGHUP, SIGTERM};
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGHUP, SIGTERM]) else { return };
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            keeper.rescue();
            std::process::exit(128 + signal);
        }
    });
}

/// A word of a command line as a shell takes it.
fn quoted(word: &str) -> String {
    let word = harmless_line(word);
    let is_plain = |c: char| c.is_alphanumeric() || "._-/\\:=+".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) { word } else { format!("'{}'", word.replace('\'', "'\\''")) }
}
