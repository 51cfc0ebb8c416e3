//! What the databases call things: one table per dialect.

use super::expr::Type;

/// A dialect of SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `DuckDB`.
    DuckDb,
    /// Apache `DataFusion`.
    DataFusion,
    /// `ClickHouse`.
    ClickHouse,
    /// `PostgreSQL`, 12 or later.
    Postgres,
    /// Apache Spark, 3.3 or later.
    Spark,
}

/// The most bytes of a name in `PostgreSQL`; what is longer is cut without a word.
pub const LONGEST_NAME: usize = 63;
/// The most bytes of a statement that `ClickHouse` reads unless it is told; a little less.
pub const LONGEST_QUERY: usize = 260_000;
/// The most columns of a query in `PostgreSQL`.
pub const MOST_COLUMNS: usize = 1_600;

impl Dialect {
    /// Its name on the command line.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Dialect::DuckDb => "duckdb",
            Dialect::DataFusion => "datafusion",
            Dialect::ClickHouse => "clickhouse",
            Dialect::Postgres => "postgres",
            Dialect::Spark => "spark",
        }
    }

    /// A text as a literal. Spark and `ClickHouse` read a backslash as an escape;
    /// there a quote is escaped by one, too, since Spark joins two literals that touch.
    #[must_use]
    pub fn quoted(self, text: &str) -> String {
        match self {
            Dialect::ClickHouse | Dialect::Spark => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
            Dialect::DuckDb | Dialect::DataFusion | Dialect::Postgres => format!("'{}'", text.replace('\'', "''")),
        }
    }

    /// A name, quoted so that no word is taken for a keyword.
    #[must_use]
    pub fn name(self, name: &str) -> String {
        match self {
            Dialect::Spark => format!("`{}`", name.replace('`', "``")),
            Dialect::ClickHouse => format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\"")),
            Dialect::DuckDb | Dialect::DataFusion | Dialect::Postgres => format!("\"{}\"", name.replace('"', "\"\"")),
        }
    }

    /// A table, perhaps with the schema before it and a point between.
    #[must_use]
    pub fn table(self, name: &str) -> String {
        name.split('.').map(|part| self.name(part)).collect::<Vec<_>>().join(".")
    }

    /// What a type is called where no value is unknown.
    #[must_use]
    pub fn plain(self, kind: Type) -> String {
        match (self, kind) {
            (_, Type::Decimal(digits)) => format!("DECIMAL(18, {digits})"),
            (_, Type::Whole) => "BIGINT".to_owned(),
            (_, Type::Bool) => "BOOLEAN".to_owned(),
            (Dialect::Postgres, Type::Double) => "DOUBLE PRECISION".to_owned(),
            (_, Type::Double) => "DOUBLE".to_owned(),
            (Dialect::DuckDb | Dialect::DataFusion, Type::Text) => "VARCHAR".to_owned(),
            (Dialect::ClickHouse, Type::Text) => "String".to_owned(),
            (Dialect::Spark, Type::Text) => "STRING".to_owned(),
            (Dialect::Postgres, Type::Text) => "TEXT".to_owned(),
            (Dialect::DuckDb | Dialect::DataFusion, Type::List) => "VARCHAR[]".to_owned(),
            (Dialect::ClickHouse, Type::List) => "Array(String)".to_owned(),
            (Dialect::Postgres, Type::List) => "TEXT[]".to_owned(),
            (Dialect::Spark, Type::List) => "ARRAY<STRING>".to_owned(),
        }
    }

    /// What a type is called where a value may be unknown. Lists in `ClickHouse` cannot be.
    #[must_use]
    pub fn type_of(self, kind: Type) -> String {
        match (self, kind) {
            (Dialect::ClickHouse, Type::List) => self.plain(kind),
            (Dialect::ClickHouse, _) => format!("Nullable({})", self.plain(kind)),
            _ => self.plain(kind),
        }
    }

    /// A list of values as a literal.
    #[must_use]
    pub fn list(self, values: &[String]) -> String {
        let all = values.iter().map(|value| self.quoted(value)).collect::<Vec<_>>().join(", ");
        match self {
            Dialect::DuckDb | Dialect::ClickHouse => format!("[{all}]"),
            Dialect::DataFusion => format!("make_array({all})"),
            Dialect::Postgres => format!("CAST(ARRAY[{all}] AS TEXT[])"),
            Dialect::Spark => format!("array({all})"),
        }
    }
}
