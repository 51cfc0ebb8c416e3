//! What an expression is worth for one row: what every engine must make of it.
//!
//! It serves to hold a statement against the engine before it is handed out,
//! and in tests without a database.

use super::expr::{Comparison, Expr, Function, Joint, Literal, Operator, Type};
use std::cmp::Ordering;
use std::collections::HashMap;

/// What a column or an expression is worth.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Unknown.
    Null,
    /// Known.
    Known(Literal),
}

/// A row: what each column is worth. A column that is missing is unknown.
pub type Row = HashMap<String, Value>;

impl From<Literal> for Value {
    fn from(literal: Literal) -> Value {
        Value::Known(literal)
    }
}

impl Value {
    /// Whether it is known to hold.
    #[must_use]
    pub fn holds(&self) -> bool {
        *self == Value::Known(Literal::Bool(true))
    }

    fn bool(&self) -> Option<bool> {
        match self {
            Value::Known(Literal::Bool(holds)) => Some(*holds),
            _ => None,
        }
    }

    fn known(&self) -> Option<&Literal> {
        match self {
            Value::Known(literal) => Some(literal),
            Value::Null => None,
        }
    }

    fn of(found: Option<Literal>) -> Value {
        found.map_or(Value::Null, Value::Known)
    }
}

impl Expr {
    /// What it is worth for a row.
    #[must_use]
    pub fn value(&self, row: &Row) -> Value {
        match self {
            Expr::Literal(literal) => literal.clone().into(),
            Expr::Column(name) => row.get(name).cloned().unwrap_or(Value::Null),
            Expr::Compare(how, a, b) => {
                let (a, b) = (a.value(row), b.value(row));
                let order = a.known().zip(b.known()).and_then(|(a, b)| order(a, b));
                Value::of(order.map(|order| Literal::Bool(how.allows(order))))
            }
            Expr::OneOf(of, all) => match of.value(row) {
                Value::Null => Value::Null,
                Value::Known(found) => Literal::Bool(all.contains(&found)).into(),
            },
            Expr::Not(of) => Value::of(of.value(row).bool().map(|holds| Literal::Bool(!holds))),
            Expr::Case(branches, last) => match branches.iter().find(|(when, _)| when.value(row).holds()) {
                Some((_, then)) => then.value(row),
                None => last.as_ref().map_or(Value::Null, |last| last.value(row)),
            },
            Expr::Chain(Joint::Plus, parts) => {
                let mut sum = Some(Literal::Whole(0));
                for part in parts {
                    sum = sum.zip(part.value(row).known()).and_then(|(so_far, part)| plus(&so_far, part));
                }
                Value::of(sum)
            }
            Expr::Chain(joint, parts) => {
                // Kleene's tables: one operand that settles it is enough.
                let settles = *joint == Joint::Or;
                let mut found = Value::Known(Literal::Bool(!settles));
                for part in parts {
                    match part.value(row).bool() {
                        Some(holds) if holds == settles => return Literal::Bool(settles).into(),
                        Some(_) => {}
                        None => found = Value::Null,
                    }
                }
                found
            }
            Expr::Pair(operator, a, b) => {
                let (a, b) = (a.value(row), b.value(row));
                Value::of(a.known().zip(b.known()).and_then(|(a, b)| operator.apply(a, b)))
            }
            Expr::Call(function, parts) => {
                let all: Vec<Value> = parts.iter().map(|part| part.value(row)).collect();
                let known: Option<Vec<&Literal>> = all.iter().map(Value::known).collect();
                Value::of(known.and_then(|all| function.apply(&all)))
            }
            Expr::Cast(of, kind) => Value::of(of.value(row).known().and_then(|found| cast(found, *kind))),
        }
    }
}

fn order(a: &Literal, b: &Literal) -> Option<Ordering> {
    match (a, b) {
        (Literal::Bool(a), Literal::Bool(b)) => Some(a.cmp(b)),
        (Literal::Whole(a), Literal::Whole(b)) => Some(a.cmp(b)),
        (Literal::Decimal(a, digits), Literal::Decimal(b, others)) if digits == others => Some(a.cmp(b)),
        (Literal::Double(a), Literal::Double(b)) => a.partial_cmp(b),
        (Literal::Text(a), Literal::Text(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

fn plus(a: &Literal, b: &Literal) -> Option<Literal> {
    match (a, b) {
        (Literal::Whole(a), Literal::Whole(b)) => Some(Literal::Whole(a.checked_add(*b)?)),
        (Literal::Double(a), Literal::Double(b)) => Some(Literal::Double(a + b)),
        (Literal::Whole(0), other) => Some(other.clone()),
        _ => None,
    }
}

fn cast(found: &Literal, kind: Type) -> Option<Literal> {
    match (found, kind) {
        #[expect(clippy::cast_precision_loss, reason = "differences of points are small")]
        (Literal::Whole(number), Type::Double) => Some(Literal::Double(*number as f64)),
        (Literal::Whole(_), Type::Whole)
        | (Literal::Double(_), Type::Double)
        | (Literal::Text(_), Type::Text)
        | (Literal::Bool(_), Type::Bool)
        | (Literal::List(_), Type::List) => Some(found.clone()),
        (Literal::Decimal(_, digits), Type::Decimal(wanted)) if *digits == wanted => Some(found.clone()),
        _ => None,
    }
}

impl Comparison {
    fn allows(self, order: Ordering) -> bool {
        match self {
            Comparison::Equal => order.is_eq(),
            Comparison::Differs => order.is_ne(),
            Comparison::Less => order.is_lt(),
            Comparison::AtMost => order.is_le(),
            Comparison::Greater => order.is_gt(),
            Comparison::AtLeast => order.is_ge(),
        }
    }
}

impl Operator {
    fn apply(self, a: &Literal, b: &Literal) -> Option<Literal> {
        match (self, a, b) {
            (Operator::Minus, Literal::Whole(a), Literal::Whole(b)) => Some(Literal::Whole(a.checked_sub(*b)?)),
            (Operator::Times, Literal::Whole(a), Literal::Whole(b)) => Some(Literal::Whole(a.checked_mul(*b)?)),
            (Operator::BitAnd, Literal::Whole(a), Literal::Whole(b)) => Some(Literal::Whole(a & b)),
            (Operator::Times, Literal::Double(a), Literal::Double(b)) => Some(Literal::Double(a * b)),
            (Operator::Over, Literal::Double(a), Literal::Double(b)) => Some(Literal::Double(a / b)),
            _ => None,
        }
    }
}

impl Function {
    fn apply(self, all: &[&Literal]) -> Option<Literal> {
        match (self, all) {
            (Function::Greatest | Function::Least, [first, rest @ ..]) => {
                let wanted = if self == Function::Greatest { Ordering::Greater } else { Ordering::Less };
                let mut best = *first;
                for one in rest {
                    if order(one, best)? == wanted {
                        best = one;
                    }
                }
                Some(best.clone())
            }
            (Function::Exp, [Literal::Double(number)]) => Some(Literal::Double(libm::exp(*number))),
            (Function::Overlaps, [Literal::List(a), Literal::List(b)]) => {
                Some(Literal::Bool(a.iter().any(|one| b.contains(one))))
            }
            (Function::Within, [Literal::List(a), Literal::List(b)]) => Some(Literal::Bool(a.iter().all(|one| b.contains(one)))),
            (Function::Length, [Literal::List(a)]) => Some(Literal::Whole(i64::try_from(a.len()).ok()?)),
            (Function::Joined, [Literal::List(a)]) => Some(Literal::Text(a.join("; "))),
            _ => None,
        }
    }
}
