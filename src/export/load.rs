//! The table of profiles: how to make it, and how to fill it from files.
//!
//! The files are those that `qun batch` reads: keys and heads are the ids of
//! facts. In a cell of CSV, several choices are separated as there.

use super::dialect::Dialect;
use super::expr::Type;
use super::names::{self, ID};
use super::{Export, Refusal, facts};
use crate::kb::KnowledgeBase;
use std::fmt::Write;

/// A form of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A JSON object per line.
    Jsonl,
    /// Comma-separated values with a head.
    Csv,
    /// Apache Parquet.
    Parquet,
}

impl Source {
    /// All of them.
    pub const ALL: [Source; 3] = [Source::Jsonl, Source::Csv, Source::Parquet];

    /// Its name on the command line, and what its files end with.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Source::Jsonl => "jsonl",
            Source::Csv => "csv",
            Source::Parquet => "parquet",
        }
    }
}

/// What separates choices in a cell, as a regular expression.
const SEPARATOR: &str = r"\s*[;；、|]\s*";

/// A fact, or the id, as files name it and as the table does.
struct Field {
    file: String,
    column: String,
    kind: Type,
}

/// The statement that makes the table, and how to fill it, as comments.
///
/// # Errors
///
/// Why the base cannot be exported.
pub fn table(kb: &KnowledgeBase, export: &Export) -> Result<String, Refusal> {
    super::checked(kb, export)?;
    let dialect = export.dialect;
    let columns: Vec<String> =
        facts::table(kb).iter().map(|(name, kind)| format!("  {} {}", dialect.name(name), dialect.type_of(*kind))).collect();
    let tail = match dialect {
        Dialect::ClickHouse => " ENGINE = MergeTree ORDER BY tuple()",
        Dialect::Spark => " USING parquet",
        Dialect::DuckDb | Dialect::DataFusion | Dialect::Postgres => "",
    };
    let mut out = format!("CREATE TABLE {} (\n{}\n){tail};\n", dialect.table(&export.table), columns.join(",\n"));
    for source in Source::ALL {
        let file = format!("profiles.{}", source.id());
        let Ok(text) = load(kb, export, source, &file) else { continue };
        _ = writeln!(out, "\n-- From {}:", source.id());
        for line in text.lines() {
            _ = writeln!(out, "-- {line}");
        }
    }
    Ok(out)
}

/// The statements that fill the table from a file.
///
/// # Errors
///
/// Why the base cannot be exported, or that the database reads no such file.
pub fn load(kb: &KnowledgeBase, export: &Export, source: Source, file: &str) -> Result<String, Refusal> {
    super::checked(kb, export)?;
    let dialect = export.dialect;
    if (dialect, source) == (Dialect::Postgres, Source::Parquet) {
        return Err(Refusal::Unread(source.id()));
    }
    let fields = fields(kb);
    let path = dialect.quoted(file);
    let typed = |quote: &dyn Fn(&str) -> String, kind: &dyn Fn(Type) -> String, between: &str| {
        let all = fields.iter().map(|field| format!("{}{between}{}", quote(&field.file), kind(field.kind)));
        all.collect::<Vec<_>>().join(", ")
    };
    let text = |_: Type| dialect.type_of(Type::Text);
    let own = |kind: Type| dialect.type_of(kind);
    let name = |name: &str| dialect.name(name);
    let (before, from) = match (dialect, source) {
        (Dialect::DuckDb, Source::Jsonl) => {
            let columns = typed(&|name| dialect.quoted(name), &|kind| dialect.quoted(&own(kind)), ": ");
            (String::new(), format!("read_json({path}, format = 'newline_delimited', columns = {{{columns}}})"))
        }
        (Dialect::DuckDb, Source::Csv) => (String::new(), format!("read_csv({path}, header = true, all_varchar = true)")),
        (Dialect::DuckDb, Source::Parquet) => (String::new(), format!("read_parquet({path})")),
        (Dialect::ClickHouse, Source::Jsonl | Source::Parquet) => {
            let form = if source == Source::Jsonl { "JSONEachRow" } else { "Parquet" };
            (String::new(), format!("file({path}, '{form}', {})", dialect.quoted(&typed(&name, &own, " "))))
        }
        (Dialect::ClickHouse, Source::Csv) => {
            (String::new(), format!("file({path}, 'CSVWithNames', {})", dialect.quoted(&typed(&name, &text, " "))))
        }
        (Dialect::DataFusion, _) => {
            let (columns, form) = match source {
                Source::Jsonl => (format!(" ({})", typed(&name, &own, " ")), "JSON"),
                Source::Csv => (String::new(), "CSV"),
                Source::Parquet => (String::new(), "PARQUET"),
            };
            let options = match source {
                Source::Csv => " OPTIONS ('format.has_header' 'true', 'format.schema_infer_max_rec' '0')",
                Source::Jsonl | Source::Parquet => "",
            };
            let raw = format!("CREATE EXTERNAL TABLE {RAW}{columns} STORED AS {form} LOCATION {path}{options};\n");
            (raw, RAW.to_owned())
        }
        (Dialect::Postgres, Source::Csv) => {
            let raw = format!("CREATE TEMPORARY TABLE {RAW} ({});\n", typed(&name, &text, " "));
            let note = "-- The columns of the file must stand in this order.\n";
            (format!("{note}{raw}COPY {RAW} FROM {path} WITH (FORMAT csv, HEADER);\n"), RAW.to_owned())
        }
        (Dialect::Postgres, _) => {
            let raw = format!("CREATE TEMPORARY TABLE {RAW} (line TEXT);\n");
            let copy = format!("COPY {RAW} FROM {path} WITH (FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01');\n");
            (format!("{raw}{copy}"), format!("(SELECT CAST(line AS JSONB) AS j FROM {RAW}) AS lines"))
        }
        (Dialect::Spark, _) => {
            let (columns, form, options) = match source {
                Source::Jsonl => (format!(" ({})", typed(&name, &own, " ")), "json", ""),
                Source::Csv => (String::new(), "csv", ", header 'true', escape '\"'"),
                Source::Parquet => (String::new(), "parquet", ""),
            };
            let raw = format!("CREATE OR REPLACE TEMPORARY VIEW {RAW}{columns} USING {form} OPTIONS (path {path}{options});\n");
            (raw, RAW.to_owned())
        }
    };
    let columns: Vec<String> =
        fields.iter().flat_map(|field| field.read(dialect, source)).map(|line| format!("  {line}")).collect();
    Ok(format!("{before}INSERT INTO {}\nSELECT\n{}\nFROM {from};\n", dialect.table(&export.table), columns.join(",\n")))
}

/// What stands between a file and the table.
const RAW: &str = "qun_raw";

fn fields(kb: &KnowledgeBase) -> Vec<Field> {
    let known: Vec<String> = kb.facts.ids().map(|at| names::known(kb, at)).collect();
    let columns = facts::table(kb).into_iter().filter(|(name, kind)| *kind != Type::Bool || !known.contains(name));
    let files = std::iter::once(ID).chain(kb.facts.iter().map(|fact| fact.id.as_str()));
    columns.zip(files).map(|((column, kind), file)| Field { file: file.to_owned(), column, kind }).collect()
}

impl Field {
    /// What of a row goes into the column, and into the one that says whether it is known.
    fn read(&self, dialect: Dialect, source: Source) -> Vec<String> {
        let raw = self.raw(dialect, source);
        let mut found = vec![format!("{raw} AS {}", dialect.name(&self.column))];
        if self.kind == Type::List {
            let known = match (dialect, source) {
                (Dialect::ClickHouse, _) => format!("notEmpty({raw})"),
                (Dialect::DuckDb, _) => format!("COALESCE(length({raw}) > 0, FALSE)"),
                (Dialect::DataFusion | Dialect::Postgres, _) => format!("COALESCE(cardinality({raw}) > 0, FALSE)"),
                (Dialect::Spark, _) => format!("COALESCE(size({raw}) > 0, FALSE)"),
            };
            found.push(format!("{known} AS {}", dialect.name(&format!("{}_known", self.column))));
        }
        found
    }

    fn raw(&self, dialect: Dialect, source: Source) -> String {
        let kind = dialect.type_of(self.kind);
        let name = dialect.name(&self.file);
        if (dialect, source) == (Dialect::Postgres, Source::Jsonl) {
            let key = dialect.quoted(&self.file);
            return match self.kind {
                Type::List => format!(
                    "CASE WHEN jsonb_typeof(j->{key}) = 'array' THEN ARRAY(SELECT jsonb_array_elements_text(j->{key})) END"
                ),
                _ => format!("CAST(j->>{key} AS {kind})"),
            };
        }
        if source != Source::Csv {
            return if self.kind == Type::List { name } else { format!("CAST({name} AS {kind})") };
        }
        let cell = match dialect {
            Dialect::ClickHouse => format!("NULLIF({name}, '')"),
            _ => format!("NULLIF(CAST({name} AS {}), '')", dialect.plain(Type::Text)),
        };
        let separator = dialect.quoted(SEPARATOR);
        match (self.kind, dialect) {
            (Type::Text, _) => cell,
            (Type::List, Dialect::DuckDb | Dialect::Postgres) => format!("regexp_split_to_array({cell}, {separator})"),
            (Type::List, Dialect::DataFusion) => {
                format!("string_to_array(regexp_replace({cell}, {separator}, ';', 'g'), ';')")
            }
            (Type::List, Dialect::ClickHouse) => {
                format!("if(empty({name}), CAST([] AS Array(String)), splitByRegexp({separator}, assumeNotNull({name})))")
            }
            (Type::List, Dialect::Spark) => format!("split({cell}, {separator})"),
            _ => format!("CAST({cell} AS {kind})"),
        }
    }
}
