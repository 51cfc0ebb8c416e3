//! Names of facts and options, looked up at once however they are written.
//!
//! Two names are equal if they are after NFKC and trimming. To bring a label into
//! that form takes a microsecond, and a base has hundreds; so each is brought
//! there once, when the first name comes that is no id.

use crate::fact::{Choice, Fact};
use crate::spelling::normal;
use crate::text::Text;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The names of the facts and options of a base.
///
/// ```
/// let kb = qun::kb::KnowledgeBase::embedded();
/// let names = qun::profile::names::Names::new(&kb.facts);
/// assert_eq!(names.fact(&kb.facts[3].id), Some(3));
/// assert_eq!(names.fact(&format!(" {} ", kb.facts[3].label.zh)), Some(3));
/// assert_eq!(names.fact("no such fact"), None);
/// ```
#[derive(Debug)]
pub struct Names<'a> {
    /// The facts.
    pub facts: &'a [Fact],
    keys: Table<'a>,
    options: Vec<Table<'a>>,
}

/// Names of one kind; the first of two equal ones counts.
#[derive(Debug, Default)]
struct Table<'a> {
    ids: HashMap<&'a str, usize>,
    labels: OnceLock<HashMap<String, usize>>,
}

impl<'a> Names<'a> {
    /// The names of these facts.
    #[must_use]
    pub fn new(facts: &'a [Fact]) -> Names<'a> {
        let options = facts.iter().map(|fact| Table::new(fact.options().iter().map(|option| option.id.as_str())));
        Names { facts, keys: Table::new(facts.iter().map(|fact| fact.id.as_str())), options: options.collect() }
    }

    /// The number of the fact with this id or label, in either language.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<usize> {
        self.keys.find(name, || self.facts.iter().map(|fact: &Fact| (&*fact.id, &fact.label)))
    }

    /// The number of a fact's option with this id or label, in either language.
    #[must_use]
    pub fn option(&self, fact: usize, name: &str) -> Option<usize> {
        let options = || self.facts[fact].options().iter().map(|option: &Choice| (&*option.id, &option.label));
        self.options.get(fact)?.find(name, options)
    }
}

impl<'a> Table<'a> {
    fn new(ids: impl Iterator<Item = &'a str>) -> Table<'a> {
        let mut table = Table::default();
        ids.enumerate().for_each(|(number, id)| _ = table.ids.entry(id).or_insert(number));
        table
    }

    fn find<'b, N: Iterator<Item = (&'b str, &'b Text)>>(&self, name: &str, named: impl Fn() -> N) -> Option<usize> {
        if let Some(number) = self.ids.get(name) {
            return Some(*number);
        }
        let labels = self.labels.get_or_init(|| {
            let mut labels = HashMap::new();
            for (number, (id, label)) in named().enumerate() {
                for name in [id.to_owned(), normal(&label.zh), normal(&label.en)] {
                    labels.entry(name).or_insert(number);
                }
            }
            labels
        });
        // What is in the table is in the form in which names are compared.
        labels.get(name).or_else(|| labels.get(&normal(name))).copied()
    }
}
