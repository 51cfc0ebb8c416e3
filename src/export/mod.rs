//! The judgement as SQL: one statement that a database runs where the profiles lie.
//!
//! A judgement is sums, comparisons and Kleene's truth, all of which SQL has. The
//! [`statement()`] is made from the model that the engine itself reads: lines of
//! evidence become terms of sums, the rule of choosing comparisons, and where a
//! candidate stands a tree of cases that the kernel fills in. Before it is handed
//! out, it is worked out for profiles of its base and held against the engine.
//!
//! It gives points, leaders, seconds, margins, shares, readiness, the gap between
//! what is said and seen, and clashes. What open answers could still change is
//! not in it: that a leader is settled, and how many answers it takes, are sums of
//! worst cases over all combinations of blocks, which a query cannot hold.

pub mod agree;
mod check;
mod conditions;
pub mod dialect;
pub mod evaluate;
pub mod expr;
pub mod facts;
mod leaders;
mod load;
mod names;
pub mod print;
pub mod query;
mod standing;

use crate::engine::compiled::plan::Plan;
use crate::fact::Kind;
use crate::ids::DecisionId;
use crate::kb::{Keep, KnowledgeBase};
pub use agree::Difference;
pub use check::check;
use conditions::Sight;
use dialect::{Dialect, LONGEST_NAME, LONGEST_QUERY, MOST_COLUMNS};
use expr::Expr;
use facts::MOST_OPTIONS;
pub use load::{Source, load, table};
use names::ID;
use query::Query;
use std::collections::BTreeSet;

/// What `ClickHouse` needs: without the first it works out for every branch which rows take it, which is a
/// hundred times the work here, where no branch can fail; the second bounds what it holds at a time.
const CLICKHOUSE: &str = "\nSETTINGS short_circuit_function_evaluation = 'disable', max_block_size = 8192";

/// What Spark needs: it would write the layers between two exchanges into one method of Java, find out that
/// 64 KB do not hold it, and begin anew; three times the work for a few hundred rows. A layer at a time fits.
const SPARK: &str = "SET spark.sql.codegen.wholeStage = false;\n";

/// What is to be exported.
#[derive(Debug, Clone)]
pub struct Export {
    /// For which database.
    pub dialect: Dialect,
    /// The decisions that come out, as indices; all if empty.
    pub decisions: Vec<DecisionId>,
    /// The table of profiles, perhaps with its schema and a point before it.
    pub table: String,
}

/// Why a base cannot be exported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Two columns would have one name.
    #[error("two columns would be called `{0}`")]
    SameName(String),
    /// A name is longer than the database holds.
    #[error("the name `{0}` is longer than {LONGEST_NAME} bytes")]
    LongName(String),
    /// More columns than the database holds.
    #[error("it takes {0} columns, and {MOST_COLUMNS} is the most")]
    ManyColumns(usize),
    /// A fact has more options than a set of bits holds.
    #[error("fact `{0}` has more than {MOST_OPTIONS} options")]
    ManyOptions(String),
    /// The database reads no such file by itself.
    #[error("it reads no {0}")]
    Unread(&'static str),
    /// The statement gives another verdict than the engine: a fault of this program.
    #[error("{0}")]
    Differs(#[from] Difference),
}

/// The statement for a base.
///
/// # Errors
///
/// Why the base cannot be exported.
pub fn statement(kb: &KnowledgeBase, export: &Export) -> Result<String, Refusal> {
    let query = checked(kb, export)?;
    agree::sample(kb, &query, &export.decisions)?;
    let text = query.print(export.dialect, &export.table);
    // ClickHouse reads no longer statement unless it is told.
    let room = match export.dialect {
        Dialect::ClickHouse if text.len() > LONGEST_QUERY => format!("SET max_query_size = {};\n", text.len() * 2),
        _ => String::new(),
    };
    let room = if export.dialect == Dialect::Spark { SPARK.to_owned() } else { room };
    let settings = if export.dialect == Dialect::ClickHouse { CLICKHOUSE } else { "" };
    let head = format!(
        "-- qun: knowledge base {} ({}), dialect {}.\n\
         -- One row per profile. Not exported: whether a leader is settled, and how many answers would change it; `qun batch` and `qun advise` tell that.\n",
        kb.version,
        kb.hash,
        export.dialect.id()
    );
    Ok(format!("{head}{room}{text}{settings};\n"))
}

/// The query for a base: its columns, their order, and how each comes about.
#[must_use]
pub fn query(kb: &KnowledgeBase, decisions: &[DecisionId]) -> Query {
    let plan = Plan::new(kb, decisions);
    let mut query = Query::default();
    query.result.push((ID.to_owned(), Expr::column(ID)));
    facts::add(kb, &mut query);
    let mut known = Vec::new();
    for (decision, ruled) in plan.decisions.pairs().filter(|(_, ruled)| ruled.needed) {
        match ruled.keep {
            Keep::Leaders => leaders::add(kb, decision, &mut query),
            Keep::All => standing::add(kb, decision, &mut query, &mut known),
        }
        if ruled.printed {
            query.result.extend(match ruled.keep {
                Keep::Leaders => leaders::result(kb, decision),
                Keep::All => standing::result(kb, decision),
            });
        }
    }
    let sight = Sight { choices: false, ..Sight::all(kb) };
    let clash = |one: &crate::kb::clash::Clash| {
        (names::clash(&one.id), Expr::choose(sight.yes(&one.when), Expr::bool(true), Expr::bool(false)))
    };
    query.result.extend(kb.clashes.iter().map(clash));
    query.pruned()
}

/// The query, unless the database cannot hold it.
fn checked(kb: &KnowledgeBase, export: &Export) -> Result<Query, Refusal> {
    let wide = kb.facts.iter().find(|fact| matches!(&fact.kind, Kind::Choices { options, .. } if options.len() > MOST_OPTIONS));
    if let Some(fact) = wide {
        return Err(Refusal::ManyOptions(fact.id.clone()));
    }
    let query = query(kb, &export.decisions);
    let table = facts::table(kb);
    let inner = query.layers.iter().flat_map(|(_, columns)| columns);
    let before = table.iter().map(|(name, _)| name).chain(inner.map(|(name, _)| name));
    unique(before)?;
    unique(query.result.iter().map(|(name, _)| name))?;
    if export.dialect == Dialect::Postgres {
        let all = query.layers.iter().flat_map(|(_, columns)| columns).chain(&query.result).map(|(name, _)| name);
        if let Some(long) = table.iter().map(|(name, _)| name).chain(all).find(|name| name.len() > LONGEST_NAME) {
            return Err(Refusal::LongName(long.clone()));
        }
        let width = query.width().max(table.len());
        if width > MOST_COLUMNS {
            return Err(Refusal::ManyColumns(width));
        }
    }
    Ok(query)
}

fn unique<'a>(names: impl Iterator<Item = &'a String>) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(Refusal::SameName(name.clone()));
        }
    }
    Ok(())
}
