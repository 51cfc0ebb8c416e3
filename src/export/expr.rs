//! Expressions: the small part of SQL that a judgement takes.
//!
//! Truth is SQL's: a comparison with an unknown value is unknown, and unknown
//! counts as "not" where something is to hold. What is built here holds exactly
//! where it is true, so nothing ever negates an unknown by accident.

/// An expression over the columns of one row.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A value as written.
    Literal(Literal),
    /// A column of the query before.
    Column(String),
    /// How two values compare; unknown if either is.
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// Whether a value is one of those; at least one.
    OneOf(Box<Expr>, Vec<Literal>),
    /// What does not hold; unknown stays so.
    Not(Box<Expr>),
    /// The value behind the first condition that holds, else the last one; unknown if there is none.
    Case(Vec<(Expr, Expr)>, Option<Box<Expr>>),
    /// Two or more of a kind joined.
    Chain(Joint, Vec<Expr>),
    /// A sum of two kinds of values.
    Pair(Operator, Box<Expr>, Box<Expr>),
    /// A function of its arguments.
    Call(Function, Vec<Expr>),
    /// A value as another type.
    Cast(Box<Expr>, Type),
}

/// A value as written.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// True or false.
    Bool(bool),
    /// A whole number.
    Whole(i64),
    /// A number with digits after the point: scaled by ten to their number, and that number.
    Decimal(i64, u32),
    /// A number of double precision.
    Double(f64),
    /// A text.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// The same.
    Equal,
    /// Not the same.
    Differs,
    /// Less.
    Less,
    /// At most.
    AtMost,
    /// Greater.
    Greater,
    /// At least.
    AtLeast,
}

/// What joins any number of expressions; their order is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// All hold.
    And,
    /// One holds.
    Or,
    /// The sum.
    Plus,
}

/// What joins two expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// The first less the second.
    Minus,
    /// The product.
    Times,
    /// The quotient, of doubles.
    Over,
    /// The bits that both whole numbers have.
    BitAnd,
}

/// A function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// The greatest of its arguments.
    Greatest,
    /// The least of its arguments.
    Least,
    /// The exponential of a double.
    Exp,
    /// Whether two lists have an element in common.
    Overlaps,
    /// Whether the second list has all elements of the first.
    Within,
    /// How many elements a list has.
    Length,
    /// A list as a text.
    Joined,
}

/// A type of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// True or false.
    Bool,
    /// Whole numbers of 64 bits.
    Whole,
    /// Numbers of 18 digits, so many of them after the point.
    Decimal(u32),
    /// Numbers of double precision.
    Double,
    /// Texts.
    Text,
    /// Lists of texts.
    List,
}

impl Expr {
    /// A column.
    #[must_use]
    pub fn column(name: impl Into<String>) -> Expr {
        Expr::Column(name.into())
    }

    /// A whole number.
    #[must_use]
    pub fn whole(number: impl Into<i64>) -> Expr {
        Expr::Literal(Literal::Whole(number.into()))
    }

    /// The number of something in a list.
    #[must_use]
    pub fn number(at: usize) -> Expr {
        Expr::whole(i64::try_from(at).unwrap_or(i64::MAX))
    }

    /// A text.
    #[must_use]
    pub fn text(text: &str) -> Expr {
        Expr::Literal(Literal::Text(text.to_owned()))
    }

    /// True or false.
    #[must_use]
    pub const fn bool(holds: bool) -> Expr {
        Expr::Literal(Literal::Bool(holds))
    }

    /// How it compares with another one.
    #[must_use]
    pub fn is(self, how: Comparison, other: Expr) -> Expr {
        Expr::Compare(how, Box::new(self), Box::new(other))
    }

    /// Whether it is a whole number.
    #[must_use]
    pub fn equals(self, number: usize) -> Expr {
        self.is(Comparison::Equal, Expr::number(number))
    }

    /// Whether it is one of these whole numbers; nothing is one of none.
    #[must_use]
    pub fn one_of(self, numbers: impl IntoIterator<Item = i64>) -> Expr {
        let all: Vec<Literal> = numbers.into_iter().map(Literal::Whole).collect();
        match all.as_slice() {
            [] => Expr::bool(false),
            [only] => self.is(Comparison::Equal, Expr::Literal(only.clone())),
            _ => Expr::OneOf(Box::new(self), all),
        }
    }

    /// The opposite.
    #[must_use]
    pub fn not(self) -> Expr {
        match self {
            Expr::Literal(Literal::Bool(holds)) => Expr::bool(!holds),
            other => Expr::Not(Box::new(other)),
        }
    }

    /// Whether all hold.
    #[must_use]
    pub fn all(parts: impl IntoIterator<Item = Expr>) -> Expr {
        joined(Joint::And, parts, true)
    }

    /// Whether one holds.
    #[must_use]
    pub fn any(parts: impl IntoIterator<Item = Expr>) -> Expr {
        joined(Joint::Or, parts, false)
    }

    /// The sum; 0 of none.
    #[must_use]
    pub fn sum(parts: impl IntoIterator<Item = Expr>) -> Expr {
        let mut left: Vec<Expr> = parts.into_iter().filter(|part| *part != Expr::whole(0)).collect();
        match left.len() {
            0 => Expr::whole(0),
            1 => left.remove(0),
            _ => Expr::Chain(Joint::Plus, left),
        }
    }

    /// The first value whose condition holds, else the last.
    #[must_use]
    pub fn case(branches: impl IntoIterator<Item = (Expr, Expr)>, otherwise: Option<Expr>) -> Expr {
        let mut left = Vec::new();
        let mut last = otherwise;
        for (when, then) in branches {
            match when {
                Expr::Literal(Literal::Bool(false)) => {}
                Expr::Literal(Literal::Bool(true)) => {
                    last = Some(then);
                    break;
                }
                when => left.push((when, then)),
            }
        }
        match last {
            Some(last) if left.iter().all(|(_, then)| *then == last) => last,
            // Cases behind the last `ELSE` go on where these end.
            Some(Expr::Case(more, last)) => Expr::Case(left.into_iter().chain(more).collect(), last),
            last => Expr::Case(left, last.map(Box::new)),
        }
    }

    /// One value where a condition holds, another where it does not or is unknown.
    #[must_use]
    pub fn choose(when: Expr, then: Expr, otherwise: Expr) -> Expr {
        Expr::case([(when, then)], Some(otherwise))
    }

    /// Two expressions joined.
    #[must_use]
    pub fn pair(self, operator: Operator, other: Expr) -> Expr {
        Expr::Pair(operator, Box::new(self), Box::new(other))
    }

    /// The greatest of some; at least one.
    #[must_use]
    pub fn greatest(parts: Vec<Expr>) -> Expr {
        extreme(Function::Greatest, parts)
    }

    /// The least of some; at least one.
    #[must_use]
    pub fn least(parts: Vec<Expr>) -> Expr {
        extreme(Function::Least, parts)
    }

    /// As another type.
    #[must_use]
    pub fn cast(self, kind: Type) -> Expr {
        Expr::Cast(Box::new(self), kind)
    }

    /// Calls `visit` with every column that is read.
    pub fn columns<'a>(&'a self, visit: &mut impl FnMut(&'a str)) {
        match self {
            Expr::Literal(_) => {}
            Expr::Column(name) => visit(name),
            Expr::Compare(_, a, b) | Expr::Pair(_, a, b) => {
                a.columns(visit);
                b.columns(visit);
            }
            Expr::OneOf(of, _) | Expr::Not(of) | Expr::Cast(of, _) => of.columns(visit),
            Expr::Case(branches, last) => {
                for (when, then) in branches {
                    when.columns(visit);
                    then.columns(visit);
                }
                if let Some(last) = last {
                    last.columns(visit);
                }
            }
            Expr::Chain(_, parts) | Expr::Call(_, parts) => parts.iter().for_each(|part| part.columns(visit)),
        }
    }
}

/// Joins conditions; `neutral` ones are left out, and one of the opposite settles it.
fn joined(joint: Joint, parts: impl IntoIterator<Item = Expr>, neutral: bool) -> Expr {
    let mut left: Vec<Expr> = Vec::new();
    for part in parts {
        match part {
            Expr::Literal(Literal::Bool(holds)) if holds == neutral => {}
            Expr::Literal(Literal::Bool(_)) => return Expr::bool(!neutral),
            part if left.contains(&part) => {}
            part => left.push(part),
        }
    }
    match left.len() {
        0 => Expr::bool(neutral),
        1 => left.remove(0),
        _ => Expr::Chain(joint, left),
    }
}

fn extreme(function: Function, mut parts: Vec<Expr>) -> Expr {
    if parts.len() == 1 { parts.remove(0) } else { Expr::Call(function, parts) }
}
