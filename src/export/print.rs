//! Expressions as SQL, in every dialect.
//!
//! Everything that has parts stands in brackets, so no dialect's precedence
//! counts. Long sums and conditions are split in halves, since parsers and
//! planners go down a chain as deep as it is long.

use super::dialect::Dialect;
use super::expr::{Comparison, Expr, Function, Joint, Literal, Operator, Type};
use crate::fact::decimal;
use std::fmt::Write;

/// An expression as SQL.
#[must_use]
pub fn print(expr: &Expr, dialect: Dialect) -> String {
    let mut out = String::new();
    Printer { dialect }.put(&mut out, expr);
    out
}

struct Printer {
    dialect: Dialect,
}

impl Printer {
    fn put(&self, out: &mut String, expr: &Expr) {
        match expr {
            Expr::Literal(literal) => out.push_str(&self.literal(literal)),
            Expr::Column(name) => out.push_str(&self.dialect.name(name)),
            Expr::Compare(how, a, b) => self.between(out, a, sign(*how), b),
            Expr::OneOf(of, all) => {
                let all: Vec<String> = all.iter().map(|one| self.literal(one)).collect();
                out.push('(');
                self.put(out, of);
                _ = write!(out, " IN ({}))", all.join(", "));
            }
            Expr::Not(of) => {
                out.push_str("(NOT ");
                self.put(out, of);
                out.push(')');
            }
            Expr::Case(branches, None) if branches.is_empty() => out.push_str("NULL"),
            Expr::Case(branches, last) => {
                out.push_str("CASE");
                for (when, then) in branches {
                    out.push_str(" WHEN ");
                    self.put(out, when);
                    out.push_str(" THEN ");
                    self.put(out, then);
                }
                if let Some(last) = last {
                    out.push_str(" ELSE ");
                    self.put(out, last);
                }
                out.push_str(" END");
            }
            Expr::Chain(joint, parts) => self.chain(out, *joint, parts),
            Expr::Pair(Operator::BitAnd, a, b) if self.dialect == Dialect::ClickHouse => {
                self.call(out, "bitAnd", &[a, b]);
            }
            Expr::Pair(operator, a, b) => self.between(out, a, operator_sign(*operator), b),
            Expr::Call(function, parts) => self.function(out, *function, &parts.iter().collect::<Vec<_>>()),
            Expr::Cast(of, kind) => {
                out.push_str("CAST(");
                self.put(out, of);
                // A cast to a type without unknown values refuses a column that may hold some.
                let name = if is_known(of) { self.dialect.plain(*kind) } else { self.dialect.type_of(*kind) };
                _ = write!(out, " AS {name})");
            }
        }
    }

    fn between(&self, out: &mut String, a: &Expr, sign: &str, b: &Expr) {
        out.push('(');
        self.put(out, a);
        _ = write!(out, " {sign} ");
        self.put(out, b);
        out.push(')');
    }

    fn chain(&self, out: &mut String, joint: Joint, parts: &[Expr]) {
        if let [only] = parts {
            return self.put(out, only);
        }
        let sign = match joint {
            Joint::And => "AND",
            Joint::Or => "OR",
            Joint::Plus => "+",
        };
        let (first, second) = parts.split_at(parts.len() / 2);
        if self.dialect == Dialect::ClickHouse && joint != Joint::Plus {
            return self.branch(out, joint, (first, second));
        }
        out.push('(');
        self.chain(out, joint, first);
        _ = write!(out, " {sign} ");
        self.chain(out, joint, second);
        out.push(')');
    }

    /// `AND` and `OR` as branches, for `ClickHouse`. Of those two themselves it hashes every operand, and with a
    /// column everything that the column comes from: with the layers of a large base that takes hours. The one
    /// difference is that an unknown first operand counts as "not", and nothing negates what may be unknown.
    fn branch(&self, out: &mut String, joint: Joint, (first, second): (&[Expr], &[Expr])) {
        out.push_str("if(");
        self.chain(out, joint, first);
        out.push_str(if joint == Joint::Or { ", 1, " } else { ", " });
        self.chain(out, joint, second);
        out.push_str(if joint == Joint::Or { ")" } else { ", 0)" });
    }

    fn call(&self, out: &mut String, name: &str, parts: &[&Expr]) {
        out.push_str(name);
        out.push('(');
        for (at, part) in parts.iter().enumerate() {
            out.push_str(if at > 0 { ", " } else { "" });
            self.put(out, part);
        }
        out.push(')');
    }

    fn function(&self, out: &mut String, function: Function, parts: &[&Expr]) {
        let separator = Expr::text("; ");
        match (function, self.dialect) {
            (Function::Greatest, _) => self.call(out, "GREATEST", parts),
            (Function::Least, _) => self.call(out, "LEAST", parts),
            (Function::Exp, _) => self.call(out, "EXP", parts),
            (Function::Overlaps, Dialect::DuckDb) => self.call(out, "list_has_any", parts),
            (Function::Overlaps, Dialect::DataFusion) => self.call(out, "array_has_any", parts),
            (Function::Overlaps, Dialect::ClickHouse) => self.call(out, "hasAny", parts),
            (Function::Overlaps, Dialect::Spark) => self.holds_any(out, parts[0], parts[1]),
            (Function::Overlaps, Dialect::Postgres) => self.between(out, parts[0], "&&", parts[1]),
            (Function::Within, Dialect::DuckDb) => self.call(out, "list_has_all", &[parts[1], parts[0]]),
            (Function::Within, Dialect::DataFusion) => self.call(out, "array_has_all", &[parts[1], parts[0]]),
            (Function::Within, Dialect::ClickHouse) => self.call(out, "hasAll", &[parts[1], parts[0]]),
            (Function::Within, Dialect::Postgres) => self.between(out, parts[0], "<@", parts[1]),
            (Function::Within, Dialect::Spark) => {
                out.push_str("(size(");
                self.call(out, "array_except", parts);
                out.push_str(") = 0)");
            }
            (Function::Length, Dialect::DuckDb | Dialect::ClickHouse) => self.call(out, "length", parts),
            (Function::Length, Dialect::DataFusion | Dialect::Postgres) => self.call(out, "cardinality", parts),
            (Function::Length, Dialect::Spark) => self.call(out, "size", parts),
            (Function::Joined, Dialect::ClickHouse) => self.call(out, "arrayStringConcat", &[parts[0], &separator]),
            (Function::Joined, Dialect::Spark) => self.call(out, "array_join", &[parts[0], &separator]),
            (Function::Joined, _) => self.call(out, "array_to_string", &[parts[0], &separator]),
        }
    }

    /// Whether a list holds one of those, for Spark: its own function makes a table of one of the two lists per row,
    /// which takes far longer than to look for each of a few.
    fn holds_any(&self, out: &mut String, list: &Expr, wanted: &Expr) {
        match wanted {
            Expr::Literal(Literal::List(wanted)) if !wanted.is_empty() => {
                let of = |one: &String| Expr::Call(Function::Overlaps, vec![list.clone(), Expr::text(one)]);
                self.chain(out, Joint::Or, &wanted.iter().map(of).collect::<Vec<_>>());
            }
            Expr::Literal(Literal::Text(_)) => self.call(out, "array_contains", &[list, wanted]),
            _ => self.call(out, "arrays_overlap", &[list, wanted]),
        }
    }

    fn literal(&self, literal: &Literal) -> String {
        match literal {
            Literal::Bool(true) => "TRUE".to_owned(),
            Literal::Bool(false) => "FALSE".to_owned(),
            Literal::Whole(number) if *number < 0 => format!("({number})"),
            Literal::Whole(number) => number.to_string(),
            Literal::Decimal(number, digits) => self.written(&decimal(*number, *digits), Type::Decimal(*digits)),
            Literal::Double(number) => self.written(&format!("{number:?}"), Type::Double),
            Literal::Text(text) => self.dialect.quoted(text),
            Literal::List(values) => self.dialect.list(values),
        }
    }

    /// Digits with a point are read in too many ways, so they go through a text.
    fn written(&self, digits: &str, kind: Type) -> String {
        format!("CAST({} AS {})", self.dialect.quoted(digits), self.dialect.plain(kind))
    }
}

fn sign(how: Comparison) -> &'static str {
    match how {
        Comparison::Equal => "=",
        Comparison::Differs => "<>",
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Greater => ">",
        Comparison::AtLeast => ">=",
    }
}

fn operator_sign(operator: Operator) -> &'static str {
    match operator {
        Operator::Minus => "-",
        Operator::Times => "*",
        Operator::Over => "/",
        Operator::BitAnd => "&",
    }
}

/// Whether a value can be told from its form never to be unknown.
fn is_known(expr: &Expr) -> bool {
    match expr {
        Expr::Literal(_) => true,
        Expr::Case(branches, Some(last)) => branches.iter().all(|(_, then)| is_known(then)) && is_known(last),
        Expr::Chain(Joint::Plus, parts) => parts.iter().all(is_known),
        _ => false,
    }
}
