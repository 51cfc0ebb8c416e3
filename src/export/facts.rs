//! The table of profiles: a column per fact, and how it becomes numbers.
//!
//! Options may stand in the table by id or by the label of either language. A
//! choice becomes the number of its option, several choices a set of bits. What
//! the base does not list is unknown, as with `qun batch --unknown-values unknown`.

use super::evaluate::{Row, Value};
use super::expr::{Comparison, Expr, Function, Literal, Type};
use super::names::{self, ID};
use super::query::{Column, Query};
use crate::answer::{Answer, Answers};
use crate::fact::{Fact, Kind};
use crate::ids::OptionId;
use crate::kb::KnowledgeBase;
use crate::spelling::normal;

/// The most options that a set of bits holds.
pub const MOST_OPTIONS: usize = 62;

/// Every way to write an option that is understood: the id, the labels and former names.
pub fn spellings(fact: &Fact, option: OptionId) -> Vec<String> {
    let one = &fact.options()[option];
    let mut found = vec![one.id.clone()];
    let labels = [&one.label.zh, &one.label.en].map(|label| [label.clone(), normal(label)]);
    let former = one.former.iter().flat_map(|name| [name.clone(), normal(name)]);
    for label in labels.into_iter().flatten().chain(former) {
        if fact.option(&label) == Some(option) && !found.contains(&label) {
            found.push(label);
        }
    }
    found
}

/// Every way to write any option.
pub fn all_spellings(fact: &Fact) -> Vec<String> {
    fact.options().ids().flat_map(|option| spellings(fact, option)).collect()
}

/// The columns of the table, with their types.
pub fn table(kb: &KnowledgeBase) -> Vec<(String, Type)> {
    let mut found = vec![(ID.to_owned(), Type::Text)];
    for (at, fact) in kb.facts.pairs() {
        let kind = match &fact.kind {
            Kind::Choice(_) => Type::Text,
            Kind::Choices { .. } => Type::List,
            Kind::Number(range) if range.decimals > 0 => Type::Decimal(range.decimals),
            Kind::Number(_) => Type::Whole,
            Kind::YesNo => Type::Bool,
        };
        found.push((names::fact(kb, at), kind));
        if kind == Type::List {
            found.push((names::known(kb, at), Type::Bool));
        }
    }
    found
}

/// Adds the layers that turn options into numbers.
pub fn add(kb: &KnowledgeBase, query: &mut Query) {
    let (mut numbers, mut sets): (Vec<Column>, Vec<Column>) = (Vec::new(), Vec::new());
    for (at, fact) in kb.facts.pairs() {
        let column = Expr::column(names::fact(kb, at));
        let target = names::coded(kb, at);
        match &fact.kind {
            Kind::Choice(options) => {
                let of = |option: OptionId| {
                    let written = spellings(fact, option).into_iter().map(Literal::Text).collect();
                    (Expr::OneOf(Box::new(column.clone()), written), Expr::number(option.index()))
                };
                numbers.push((target, Expr::case(options.ids().map(of), None)));
            }
            Kind::Choices { options, .. } => {
                let of = |option: OptionId| {
                    let written = Expr::Literal(Literal::List(spellings(fact, option)));
                    let has = Expr::Call(Function::Overlaps, vec![column.clone(), written]);
                    Expr::choose(has, Expr::whole(1_i64 << option.index().min(MOST_OPTIONS)), Expr::whole(0))
                };
                let set = Expr::sum(options.ids().map(of)).cast(Type::Whole);
                let raw = format!("{target}_raw");
                numbers.push((raw.clone(), Expr::choose(Expr::column(names::known(kb, at)), set, Expr::whole(0))));
                let set = Expr::column(raw);
                sets.push((target, Expr::case([(set.clone().is(Comparison::Greater, Expr::whole(0)), set)], None)));
            }
            Kind::Number(_) | Kind::YesNo => {}
        }
    }
    query.layer("options", numbers);
    query.layer("answers", sets);
}

/// Answers as a row of the table, by ids.
pub fn row(kb: &KnowledgeBase, answers: &Answers) -> Row {
    let mut row = Row::new();
    for (at, fact) in kb.facts.pairs() {
        let id = |option: OptionId| fact.options()[option].id.clone();
        let value = match (answers.get(at), &fact.kind) {
            (None, _) => continue,
            (Some(Answer::Choice(option)), _) => Literal::Text(id(option)),
            (Some(Answer::Choices(set)), _) => Literal::List(set.iter().map(id).collect()),
            (Some(Answer::Number(number)), Kind::Number(range)) if range.decimals > 0 => Literal::Decimal(number, range.decimals),
            (Some(Answer::Number(number)), _) => Literal::Whole(number),
            (Some(Answer::YesNo(yes)), _) => Literal::Bool(yes),
        };
        if matches!(value, Literal::List(_)) {
            row.insert(names::known(kb, at), Value::Known(Literal::Bool(true)));
        }
        row.insert(names::fact(kb, at), value.into());
    }
    row
}
