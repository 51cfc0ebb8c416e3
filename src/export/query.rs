//! A statement in layers: each selects from the one before and adds columns.
//!
//! A layer carries on only what a later one reads, so the engine moves no
//! column for nothing.

use super::dialect::Dialect;
use super::evaluate::{Row, Value};
use super::expr::Expr;
use super::print::print;
use std::collections::BTreeSet;
use std::fmt::Write;

/// A named expression.
pub type Column = (String, Expr);

/// A query over a table of profiles.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The layers, each a name and its new columns.
    pub layers: Vec<(String, Vec<Column>)>,
    /// The columns that come out.
    pub result: Vec<Column>,
}

impl Query {
    /// Adds a layer, unless it has nothing new.
    pub fn layer(&mut self, name: &str, columns: Vec<Column>) {
        if !columns.is_empty() {
            self.layers.push((format!("qun_{}_{name}", self.layers.len() + 1), columns));
        }
    }

    /// What it makes of one row of the table, column by column.
    #[must_use]
    pub fn run(&self, row: &Row) -> Vec<Value> {
        let mut row = row.clone();
        for (_, columns) in &self.layers {
            let new: Vec<Value> = columns.iter().map(|(_, expr)| expr.value(&row)).collect();
            row.extend(columns.iter().map(|(name, _)| name.clone()).zip(new));
        }
        self.result.iter().map(|(_, expr)| expr.value(&row)).collect()
    }

    /// The most columns that one of its parts has.
    #[must_use]
    pub fn width(&self) -> usize {
        let carried = self.carried();
        let layers = self.layers.iter().zip(&carried).map(|((_, new), carried)| new.len() + carried.len());
        layers.chain([self.result.len()]).max().unwrap_or(0)
    }

    /// Drops what nothing reads.
    #[must_use]
    pub fn pruned(mut self) -> Query {
        let mut read: BTreeSet<String> = BTreeSet::new();
        note(&self.result, &mut read);
        for (_, columns) in self.layers.iter_mut().rev() {
            columns.retain(|(name, _)| read.contains(name));
            note(columns, &mut read);
        }
        self.layers.retain(|(_, columns)| !columns.is_empty());
        self
    }

    /// Per layer, the columns of those before it, or of the table, that are read behind it; sorted.
    fn carried(&self) -> Vec<Vec<String>> {
        let mut read: BTreeSet<&str> = BTreeSet::new();
        let mut found = Vec::new();
        let last = std::iter::once(&self.result);
        for (at, columns) in last.chain(self.layers.iter().rev().map(|(_, columns)| columns)).enumerate() {
            for (name, _) in columns.iter().filter(|_| at > 0) {
                read.remove(name.as_str());
            }
            if at > 0 {
                found.push(read.iter().map(|name| (*name).to_owned()).collect());
            }
            for (_, expr) in columns {
                expr.columns(&mut |name| _ = read.insert(name));
            }
        }
        found.reverse();
        found
    }

    /// The query as one statement over `table`.
    #[must_use]
    pub fn print(&self, dialect: Dialect, table: &str) -> String {
        let mut from = dialect.table(table);
        let mut out = String::new();
        for (at, ((name, columns), carried)) in self.layers.iter().zip(self.carried()).enumerate() {
            out.push_str(if at == 0 { "WITH " } else { ",\n" });
            _ = write!(out, "{} AS (\nSELECT\n", dialect.name(name));
            let carried = carried.iter().map(|name| format!("  {}", dialect.name(name)));
            let lines: Vec<String> = carried.chain(columns.iter().map(|column| named(column, dialect))).collect();
            out.push_str(&lines.join(",\n"));
            _ = write!(out, "\nFROM {from}{})", fence(dialect));
            from = dialect.name(name);
        }
        let lines: Vec<String> = self.result.iter().map(|column| named(column, dialect)).collect();
        _ = write!(out, "\nSELECT\n{}\nFROM {from}", lines.join(",\n"));
        out.trim_start().to_owned()
    }
}

/// Puts down what some columns read.
fn note(columns: &[Column], read: &mut BTreeSet<String>) {
    for (_, expr) in columns {
        expr.columns(&mut |name| _ = read.insert(name.to_owned()));
    }
}

fn named((name, expr): &Column, dialect: Dialect) -> String {
    match expr {
        Expr::Column(read) if read == name => format!("  {}", dialect.name(name)),
        expr => format!("  {} AS {}", print(expr, dialect), dialect.name(name)),
    }
}

/// What keeps `PostgreSQL` from writing one layer into the next, where each use of
/// a column would work it out again.
fn fence(dialect: Dialect) -> &'static str {
    if dialect == Dialect::Postgres { "\nOFFSET 0" } else { "" }
}
