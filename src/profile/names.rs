//! Names of facts and options, looked up at once however they are written.
//!
//! Two names are equal if they are after NFKC and trimming. To bring a label into
//! that form takes a microsecond, and a base has hundreds; so each is brought
//! there once, when the first name comes that is no id.

use crate::fact::{Choice, Fact, Facts};
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
    labels: OnceLock<HashMap<String, I>>,
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
        self.keys.find(name, || self.facts.iter().map(|fact: &Fact| (&*fact.id, &fact.label)))
    }

    /// The number of a fact's option with this id or label, in either language.
    #[must_use]
    pub fn option(&self, fact: FactId, name: &str) -> Option<OptionId> {
        let options = || self.facts[fact].options().iter().map(|option: &Choice| (&*option.id, &option.label));
        self.options.get(fact)?.find(name, options)
    }
}

impl<'a, I: Id> Table<'a, I> {
    fn new(names: impl Iterator<Item = &'a str>) -> Table<'a, I> {
        let mut ids = HashMap::new();
        names.enumerate().for_each(|(number, id)| _ = ids.entry(id).or_insert(I::new(number)));
        Table { ids, labels: OnceLock::new() }
    }

    fn find<'b, N: Iterator<Item = (&'b str, &'b Text)>>(&self, name: &str, named: impl Fn() -> N) -> Option<I> {
        if let Some(number) = self.ids.get(name) {
            return Some(*number);
        }
        let labels = self.labels.get_or_init(|| {
            let mut labels = HashMap::new();
            for (number, (id, label)) in named().enumerate() {
                for name in [id.to_owned(), normal(&label.zh), normal(&label.en)] {
                    labels.entry(name).or_insert(I::new(number));
                }
            }
            labels
        });
        // What is in the table is in the form in which names are compared.
        labels.get(name).or_else(|| labels.get(&normal(name))).copied()
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
