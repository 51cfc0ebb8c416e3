//! A query that names every row with a value that the base does not know.
//!
//! The statement takes such a value for an unknown answer; `qun batch` rejects
//! the row. The names of the faults are those that `qun batch` gives.

use super::dialect::Dialect;
use super::expr::{Comparison, Expr, Function, Literal, Type};
use super::facts::{all_spellings, spellings};
use super::names::{self, ID};
use super::print::print;
use super::{Export, Refusal};
use crate::fact::{Fact, Kind, UNKNOWN};
use crate::ids::{FactId, OptionId};
use crate::kb::KnowledgeBase;

/// The query: one row per faulty value with the row's `id`, the `fact`, the `value` and the `fault`.
///
/// # Errors
///
/// Why the base cannot be exported.
pub fn check(kb: &KnowledgeBase, export: &Export) -> Result<String, Refusal> {
    super::checked(kb, export)?;
    let parts: Vec<String> = kb
        .facts
        .pairs()
        .flat_map(|(at, fact)| faults(kb, at, fact).into_iter().map(move |(fault, when, value)| (fact, fault, when, value)))
        .map(|(fact, fault, when, value)| select(export, fact, fault, &when, &value))
        .collect();
    Ok(format!("{};\n", parts.join("\nUNION ALL\n")))
}

/// What can be wrong with a fact: the name of the fault, when it is there, and the value as a text.
fn faults(kb: &KnowledgeBase, at: FactId, fact: &Fact) -> Vec<(&'static str, Expr, Expr)> {
    let column = Expr::column(names::fact(kb, at));
    match &fact.kind {
        Kind::YesNo => Vec::new(),
        Kind::Choice(_) => {
            let mut known = all_spellings(fact);
            known.extend(UNKNOWN.map(str::to_owned));
            let known = known.into_iter().map(Literal::Text).collect();
            let is_foreign = Expr::OneOf(Box::new(column.clone()), known).not();
            vec![("unknown-answer", is_foreign, column)]
        }
        Kind::Number(range) => {
            let number = |bound: i64| match range.decimals {
                0 => Expr::whole(bound),
                digits => Expr::Literal(Literal::Decimal(bound, digits)),
            };
            let low = column.clone().is(Comparison::Less, number(range.min));
            let high = column.clone().is(Comparison::Greater, number(range.max));
            vec![("out-of-range", Expr::any([low, high]), column.cast(Type::Text))]
        }
        Kind::Choices { at_most, none, .. } => {
            let list = |all: Vec<String>| Expr::Literal(Literal::List(all));
            let known = || Expr::column(names::known(kb, at));
            let length = || Expr::Call(Function::Length, vec![column.clone()]);
            let inside = |all: Vec<String>| Expr::Call(Function::Within, vec![column.clone(), list(all)]);
            let overlaps = |all: Vec<String>| Expr::Call(Function::Overlaps, vec![column.clone(), list(all)]);
            let whole = |count: usize| Expr::number(count);
            let text = Expr::Call(Function::Joined, vec![column.clone()]);
            let has = |option: OptionId| Expr::choose(overlaps(spellings(fact, option)), Expr::whole(1), Expr::whole(0));
            let named = Expr::sum(fact.options().ids().map(has));
            let declined = Expr::all([length().is(Comparison::Equal, whole(1)), inside(UNKNOWN.map(str::to_owned).to_vec())]);
            let mut found = vec![
                ("unknown-answer", Expr::all([known(), inside(all_spellings(fact)).not(), declined.not()]), text.clone()),
                ("empty-list", Expr::all([known(), length().is(Comparison::Equal, whole(0))]), text.clone()),
                (
                    "option-given-twice",
                    Expr::all([known(), inside(all_spellings(fact)), named.is(Comparison::Less, length())]),
                    text.clone(),
                ),
                ("too-many-choices", Expr::all([known(), length().is(Comparison::Greater, whole(*at_most))]), text.clone()),
            ];
            if let Some(none) = none {
                let alone = Expr::all([known(), overlaps(spellings(fact, *none)), length().is(Comparison::Greater, whole(1))]);
                found.push(("none-and-others", alone, text));
            }
            found
        }
    }
}

fn select(export: &Export, fact: &Fact, fault: &str, when: &Expr, value: &Expr) -> String {
    let dialect: Dialect = export.dialect;
    let columns =
        [(ID, Expr::column(ID)), ("fact", Expr::text(&fact.id)), ("value", value.clone()), ("fault", Expr::text(fault))];
    let columns = columns.map(|(name, expr)| match expr {
        Expr::Column(read) if read == name => dialect.name(name),
        expr => format!("{} AS {}", print(&expr, dialect), dialect.name(name)),
    });
    format!("SELECT {}\nFROM {}\nWHERE {}", columns.join(", "), dialect.table(&export.table), print(when, dialect))
}
