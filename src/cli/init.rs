//! `qun init`: something to start from.

use super::{Door, Ending, base, output};
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use qun::kb::Folder;
use qun::report::template;
use qun::text::harmless_line;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Init {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Profile {
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    Kb {
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

impl Init {
    pub fn run(self, door: &Door) -> Result<Ending> {
        match self.what {
            What::Profile { output } => {
                let kb = base::sound(door)?;
                output::deliver(door, output.as_deref(), &template::profile(&kb, door.lang))?;
            }
            What::Kb { folder } => write_base(door, &folder)?,
        }
        Ok(Ending::Done)
    }
}

/// Writes the embedded base into a folder that is new or empty.
fn write_base(door: &Door, folder: &Path) -> Result<()> {
    let shown = harmless_line(&folder.display().to_string());
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        bail!(door.fill("door.folder-exists", &[("path", &shown)]));
    }
    let files = Folder::embedded_files();
    let mut made = Made::default();
    for (path, text) in files {
        let target = folder.join(path);
        let written = target.parent().map_or(Ok(()), |parent| made.folder(parent)).and_then(|()| {
            made.0.push(target.clone());
            output::replace(&target, text.as_bytes())
        });
        if let Err(error) = written {
            made.undo();
            return Err(output::cannot_write(door.lang, &target, &error));
        }
    }
    let text = door.fill("door.base-written", &[("n", &files.len().to_string()), ("path", &shown)]);
    output::print(&(text + "\n")).context("stdout")
}

/// What was made, to be taken away again if not all of it can be.
#[derive(Default)]
struct Made(Vec<PathBuf>);

impl Made {
    /// Makes a folder and those above it that are not there.
    fn folder(&mut self, path: &Path) -> std::io::Result<()> {
        let missing: Vec<_> = path.ancestors().take_while(|one| !one.as_os_str().is_empty() && !one.exists()).collect();
        for one in missing.into_iter().rev() {
            fs::create_dir(one)?;
            self.0.push(one.to_owned());
        }
        Ok(())
    }

    /// Takes everything away, the last first.
    fn undo(self) {
        for path in self.0.iter().rev() {
            let _ = if path.is_dir() { fs::remove_dir(path) } else { fs::remove_file(path) };
        }
    }
}
