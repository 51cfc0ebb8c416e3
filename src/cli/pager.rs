//! Paging: what is longer than the screen is shown by the reader's own pager, as git does.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::{Command, Stdio};

/// Shows a text through a pager if stdout is a terminal that can page; otherwise, and
/// where no pager starts, says that it was not shown.
pub fn shown(text: &str) -> bool {
    let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb" || term.is_empty());
    if is_dumb || !io::stdout().is_terminal() {
        return false;
    }
    let Some(mut command) = command() else { return false };
    let Ok(mut child) = command.stdin(Stdio::piped()).spawn() else { return false };
    // A reader who quits early closes the pipe; there is nobody left to tell.
    let fed = child.stdin.take().is_none_or(|mut pipe| pipe.write_all(text.as_bytes()).is_ok());
    child.wait().is_ok_and(|status| status.success() || !fed)
}

/// The pager: that of `PAGER`, run by the shell since it may hold options; else `less`,
/// which ends by itself if everything fits.
fn command() -> Option<Command> {
    match std::env::var_os("PAGER") {
        Some(pager) if pager.is_empty() || pager == "cat" => None,
        Some(pager) => Some(shell(pager)),
        None => {
            let mut less = Command::new("less");
            less.arg("-FRX");
            Some(less)
        }
    }
}

fn shell(pager: OsString) -> Command {
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let mut command = Command::new(shell);
    command.arg(flag).arg(pager);
    command
}
