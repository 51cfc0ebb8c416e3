//! `qun export`: what other programs need to work with ours.

mod shell;
mod sql;

use super::{Door, Ending, base, output};
use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use qun::report::schema;
use qun::text::harmless_line;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Export {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Schema {
        #[arg(value_name = "NAME")]
        name: Option<String>,
        #[arg(long, short, value_name = "DIR", conflicts_with = "name")]
        output: Option<PathBuf>,
    },
    Sql(sql::Sql),
    Man {
        #[arg(long, short, value_name = "DIR")]
        output: Option<PathBuf>,
    },
    Completions {
        #[arg(value_enum, value_name = "SHELL")]
        shell: clap_complete::Shell,
    },
}

impl Export {
    pub fn run(self, door: &Door) -> Result<Ending> {
        let (name, output) = match self.what {
            What::Schema { name, output } => (name, output),
            What::Sql(sql) => return sql.run(door),
            What::Man { output } => return shell::man(door, output.as_deref()),
            What::Completions { shell } => return shell::completions(door, shell),
        };
        let kb = base::sound(door)?;
        match (name, output) {
            (Some(name), _) => {
                if let Some(text) = schema::render(&kb, &name) {
                    output::print(&text)?;
                } else {
                    let names = schema::NAMES.join(", ");
                    bail!(door.fill("export.unknown-schema", &[("name", &harmless_line(&name)), ("names", &names)]))
                }
            }
            (None, Some(folder)) => write_all(door, &kb, &folder)?,
            (None, None) => output::print(&(schema::NAMES.join("\n") + "\n"))?,
        }
        Ok(Ending::Done)
    }
}

/// Every schema as `NAME.schema.json`.
fn write_all(door: &Door, kb: &qun::kb::KnowledgeBase, folder: &Path) -> Result<()> {
    let fail = |path: &Path, error: &std::io::Error| output::cannot_write(door.lang, path, error);
    std::fs::create_dir_all(folder).map_err(|error| fail(folder, &error))?;
    for name in schema::NAMES {
        let path = folder.join(format!("{name}.schema.json"));
        let text = schema::render(kb, name).unwrap_or_default();
        output::replace(&path, text.as_bytes()).map_err(|error| fail(&path, &error))?;
    }
    Ok(())
}
