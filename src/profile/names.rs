//! Names of facts and options, looked up at once however they are written.
//!
//! Two names are equal if they are after NFKC and trimming. To bring a label into
//! that form takes a microsecond, and a base has hundreds; so each is brought
//! there once, when the first name comes that is no id.

use crate::fact::Facts;
use crate::ids::{FactId, Id, IndexVec, OptionId};
use crate::spelling::normal;
use crate::text::Text;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The names of the facts and options of a base.
#[derive(Debug)]
pub struct Names<'a> {
    /// The facts.
    pub facts: &'a Facts,
    keys: Table<'a, FactId>,
    options: IndexVec<FactId, Table<'a, OptionId>>,
}

/// Names of one kind; the first of two equal ones counts.
#[derive(Debug)]
struct Table<'a, I> {
    ids: HashMap<&'a str, I>,
    all: OnceLock<HashMap<String, I>>,
}

impl<'a> Names<'a> {
    /// The names of these facts.
    #[must_use]
    pub fn new(facts: &'a Facts) -> Names<'a> {
        let options = facts.iter().map(|fact| Table::new(fact.options().iter().map(|option| option.id.as_str())));
        Names { facts, keys: Table::new(facts.iter().map(|fact| fact.id.as_str())), options: options.collect() }
    }

    /// The number of the fact with this id or label, in either language.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<FactId> {
        self.keys.find(name, || self.facts.iter().map(|fact| &fact.label))
    }

    /// The number of a fact's option with this id or label, in either language.
    #[must_use]
    pub fn option(&self, fact: FactId, name: &str) -> Option<OptionId> {
        self.options.get(fact)?.find(name, || self.facts[fact].options().iter().map(|option| &option.label))
    }
}

impl<'a, I: Id> Table<'a, I> {
    fn new(names: impl Iterator<Item = &'a str>) -> Table<'a, I> {
        let mut ids = HashMap::new();
        names.enumerate().for_each(|(number, id)| _ = ids.entry(id).or_insert(I::new(number)));
        Table { ids, all: OnceLock::new() }
    }

    /// Ids alone until the first name comes that is none; after it one look-up finds ids and labels.
    fn find<'b, L: Iterator<Item = &'b Text>>(&self, name: &str, labels: impl Fn() -> L) -> Option<I> {
        let all = match self.all.get() {
            Some(all) => all,
            None => match self.ids.get(name) {
                Some(number) => return Some(*number),
                None => self.all.get_or_init(|| self.with_labels(labels())),
            },
        };
        // What is in the table is in the form in which names are compared.
        all.get(name).or_else(|| all.get(&normal(name))).copied()
    }

    /// An id counts before a label that is written like it.
    fn with_labels<'b>(&self, labels: impl Iterator<Item = &'b Text>) -> HashMap<String, I> {
        let mut all: HashMap<String, I> = self.ids.iter().map(|(id, number)| ((*id).to_owned(), *number)).collect();
        for (number, label) in labels.enumerate() {
            for name in [normal(&label.zh), normal(&label.en)] {
                all.entry(name).or_insert(I::new(number));
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn example_of_names() {
        let kb = qun::kb::KnowledgeBase::embedded();
        let names = qun::profile::names::Names::new(&kb.facts);
        let fact = kb.facts.ids().nth(3);
        let label = &kb.facts[fact.unwrap()].label;
        assert_eq!(names.fact(&format!(" {} ", label.zh)), fact);
        assert_eq!(names.fact("no such fact"), None);
    }
}
