//! `qun export man` and `qun export completions`: what a shell and `man` know of the command line.

use crate::cli::{Door, Ending, command_line, output};
use anyhow::{Context, Result};
use clap_complete::Shell;
use clap_mangen::Man;
use qun::text::Lang;
use std::path::Path;

/// The page of the program, or into a folder those of all its commands as well.
pub fn man(door: &Door, folder: Option<&Path>) -> Result<Ending> {
    let Some(folder) = folder else {
        output::print(&page(command_line(door.lang))?)?;
        return Ok(Ending::Done);
    };
    std::fs::create_dir_all(folder).map_err(|error| output::cannot_write(door.lang, folder, &error))?;
    let mut all = command_line(door.lang);
    all.build();
    write(door.lang, folder, "qun", &all)?;
    Ok(Ending::Done)
}

/// The page of a command and, each with its whole name, those of the commands below it.
fn write(lang: Lang, folder: &Path, name: &str, command: &clap::Command) -> Result<()> {
    let path = folder.join(format!("{name}.1"));
    let text = page(command.clone().name(name.to_owned()))?;
    output::replace(&path, text.as_bytes()).map_err(|error| output::cannot_write(lang, &path, &error))?;
    command.get_subcommands().try_for_each(|below| write(lang, folder, &format!("{name}-{}", below.get_name()), below))
}

fn page(command: clap::Command) -> Result<String> {
    let mut bytes = Vec::new();
    Man::new(command).render(&mut bytes)?;
    String::from_utf8(bytes).context("a page is made of texts")
}

/// The completions for a shell.
pub fn completions(door: &Door, shell: Shell) -> Result<Ending> {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut command_line(door.lang), "qun", &mut bytes);
    output::print(&String::from_utf8(bytes).context("completions are made of texts")?)?;
    Ok(Ending::Done)
}
