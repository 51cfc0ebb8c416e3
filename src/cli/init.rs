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
                let kb = match base::sound(door)? {
                    Ok(kb) => kb,
                    Err(ending) => return Ok(ending),
                };
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
    for (path, text) in files {
        let target = folder.join(path);
        let fail = |error: std::io::Error| {
            door.fill(
                "door.cannot-write",
                &[("path", &harmless_line(&target.display().to_string())), ("reason", &error.to_string())],
            )
        };
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(|error| anyhow::anyhow!(fail(error)))?;
        }
        output::replace(&target, text.as_bytes()).map_err(|error| anyhow::anyhow!(fail(error)))?;
    }
    let text = door.fill("door.base-written", &[("n", &files.len().to_string()), ("path", &shown)]);
    output::print(&(text + "\n")).context("stdout")
}
