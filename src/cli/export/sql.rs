//! `qun export sql`: the judgement as a statement for a database.

use crate::cli::{Door, Ending, base, output};
use anyhow::{Result, anyhow};
use clap::{Args, ValueEnum};
use qun::export::dialect::Dialect;
use qun::export::{self, Export, Refusal, Source};
use qun::text::harmless_line;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Sql {
    #[arg(long, value_enum, value_name = "NAME")]
    dialect: DialectChoice,
    #[arg(long, value_name = "IDS", value_delimiter = ',', conflicts_with_all = ["table", "load", "check"])]
    decisions: Vec<String>,
    #[arg(long, value_name = "TABLE", default_value = "profiles")]
    from: String,
    #[arg(long, conflicts_with_all = ["load", "check"])]
    table: bool,
    #[arg(long, value_enum, value_name = "FORM", requires = "file", conflicts_with = "check")]
    load: Option<SourceChoice>,
    #[arg(long, value_name = "FILE", requires = "load")]
    file: Option<String>,
    #[arg(long)]
    check: bool,
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum DialectChoice {
    Duckdb,
    Datafusion,
    Clickhouse,
    Postgres,
    Spark,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SourceChoice {
    Jsonl,
    Csv,
    Parquet,
}

impl Sql {
    pub fn run(self, door: &Door) -> Result<Ending> {
        let kb = base::sound(door)?;
        let ids = || kb.decisions.iter().map(|one| one.id.as_str()).collect::<Vec<_>>().join(", ");
        let decision = |id: &String| {
            let reason = || door.fill("batch.no-decision", &[("given", &harmless_line(id)), ("ids", &ids())]);
            kb.decision(id).ok_or_else(|| anyhow!(reason()))
        };
        let decisions = self.decisions.iter().map(decision).collect::<Result<_>>()?;
        let export = Export { dialect: self.dialect.into(), decisions, table: self.from };
        let text = match (self.load, self.file) {
            (Some(source), Some(file)) => export::load(&kb, &export, source.into(), &file),
            _ if self.table => export::table(&kb, &export),
            _ if self.check => export::check(&kb, &export),
            _ => export::statement(&kb, &export),
        };
        let text = text.map_err(|refusal| anyhow!(worded(door, export.dialect, &refusal)))?;
        output::deliver(door, self.output.as_deref(), &text)?;
        Ok(Ending::Done)
    }
}

/// Why a base cannot be exported, in words.
fn worded(door: &Door, dialect: Dialect, refusal: &Refusal) -> String {
    let dialect = dialect.id();
    match refusal {
        Refusal::SameName(name) => door.fill("export.same-name", &[("name", name)]),
        Refusal::LongName(name) => {
            let limit = export::dialect::LONGEST_NAME.to_string();
            door.fill("export.long-name", &[("name", name), ("dialect", dialect), ("limit", &limit)])
        }
        Refusal::ManyColumns(count) => {
            let (count, limit) = (count.to_string(), export::dialect::MOST_COLUMNS.to_string());
            door.fill("export.many-columns", &[("n", &count), ("dialect", dialect), ("limit", &limit)])
        }
        Refusal::ManyOptions(fact) => {
            let limit = export::facts::MOST_OPTIONS.to_string();
            door.fill("export.many-options", &[("fact", fact), ("limit", &limit)])
        }
        Refusal::Unread(form) => door.fill("export.unread", &[("dialect", dialect), ("form", form)]),
        Refusal::Differs(difference) => door.fill("export.differs", &[("difference", &difference.to_string())]),
    }
}

impl From<DialectChoice> for Dialect {
    fn from(choice: DialectChoice) -> Dialect {
        match choice {
            DialectChoice::Duckdb => Dialect::DuckDb,
            DialectChoice::Datafusion => Dialect::DataFusion,
            DialectChoice::Clickhouse => Dialect::ClickHouse,
            DialectChoice::Postgres => Dialect::Postgres,
            DialectChoice::Spark => Dialect::Spark,
        }
    }
}

impl From<SourceChoice> for Source {
    fn from(choice: SourceChoice) -> Source {
        match choice {
            SourceChoice::Jsonl => Source::Jsonl,
            SourceChoice::Csv => Source::Csv,
            SourceChoice::Parquet => Source::Parquet,
        }
    }
}
