//! A base as a list of things with their settings, as its files say them.
//!
//! Everything that any file says is in it, also what this program gives no name:
//! so a comparison of two bases overlooks nothing. Comments, layout and the order
//! of what has none are not in it.

use crate::condition::Condition;
use crate::ids::{DecisionId, LineId, NeedId};
use crate::kb::{Candidate, Folder, KnowledgeBase};
use crate::syntax::parse;
use crate::text::Text;
use std::collections::BTreeMap;
use toml::de::{DeTable, DeValue};

/// What kind of thing, in the order in which changes are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The manifest, but for what it says of decisions and strengths.
    Manifest,
    /// A decision.
    Decision,
    /// A named strength.
    Strength,
    /// A file of facts.
    Group,
    /// A fact.
    Fact,
    /// An option of a fact.
    Choice,
    /// A candidate.
    Candidate,
    /// A line of evidence.
    Line,
    /// A need.
    Need,
    /// A rule of the law.
    Rule,
    /// A contradiction between answers.
    Clash,
    /// A trade.
    Trade,
    /// A platform.
    Platform,
    /// A case.
    Case,
    /// What must never come out.
    Invariant,
    /// A document, a claim, a gap or a restored word.
    Source,
    /// A file that this program has no name for.
    Other,
}

/// One thing of a base.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Which one: its path, and for lines and needs their id behind `#`.
    pub id: String,
    /// What it is called, if it says.
    pub name: Option<Text>,
    /// What it says, by key.
    pub leaves: BTreeMap<String, Leaf>,
    /// The file below the base.
    pub path: String,
    /// The line at which it stands, from 1.
    pub line: usize,
}

/// Something said under one key.
#[derive(Debug, Clone)]
pub enum Leaf {
    /// In both languages.
    Text(Text),
    /// As written: a number, a word, a list.
    Plain(String),
    /// A condition in one spelling, and what it was read as, where that is at hand.
    When(String, Option<Condition>),
}

impl PartialEq for Leaf {
    /// A condition is what it says, whatever numbers its facts have.
    fn eq(&self, other: &Leaf) -> bool {
        match (self, other) {
            (Leaf::Text(one), Leaf::Text(other)) => one == other,
            (Leaf::Plain(one), Leaf::Plain(other)) | (Leaf::When(one, _), Leaf::When(other, _)) => one == other,
            _ => false,
        }
    }
}

impl Eq for Leaf {}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 17] = [
        Kind::Manifest,
        Kind::Decision,
        Kind::Strength,
        Kind::Group,
        Kind::Fact,
        Kind::Choice,
        Kind::Candidate,
        Kind::Line,
        Kind::Need,
        Kind::Rule,
        Kind::Clash,
        Kind::Trade,
        Kind::Platform,
        Kind::Case,
        Kind::Invariant,
        Kind::Source,
        Kind::Other,
    ];

    /// Its id in machine formats.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Kind::Manifest => "manifest",
            Kind::Decision => "decision",
            Kind::Strength => "strength",
            Kind::Group => "group",
            Kind::Fact => "fact",
            Kind::Choice => "option",
            Kind::Candidate => "candidate",
            Kind::Line => "line",
            Kind::Need => "need",
            Kind::Rule => "rule",
            Kind::Clash => "clash",
            Kind::Trade => "trade",
            Kind::Platform => "platform",
            Kind::Case => "case",
            Kind::Invariant => "invariant",
            Kind::Source => "source",
            Kind::Other => "other",
        }
    }
}

/// Everything that the files of a base say, by kind and id.
#[must_use]
pub fn entries(folder: &Folder, kb: &KnowledgeBase) -> BTreeMap<(Kind, String), Entry> {
    let mut shelf = Shelf { kb, found: BTreeMap::new(), path: "", text: "" };
    for (path, text) in &folder.files {
        (shelf.path, shelf.text) = (path, text);
        shelf.file(parse(text).0.get_ref());
    }
    shelf.found
}

struct Shelf<'a> {
    kb: &'a KnowledgeBase,
    found: BTreeMap<(Kind, String), Entry>,
    path: &'a str,
    text: &'a str,
}

impl Shelf<'_> {
    fn file(&mut self, table: &DeTable<'_>) {
        let stem = self.path.trim_end_matches(".toml").to_owned();
        let folder = stem.split_once('/').map_or("", |(folder, _)| folder);
        let decision = self.kb.decisions.position(|decision| decision.folder == folder);
        match (folder, stem.as_str()) {
            (_, "qun") => self.manifest(table),
            ("facts", _) => self.facts(&stem, table),
            ("rules", _) => self.add(Kind::Rule, stem, table, 0, &[]),
            ("trades", _) => self.add(Kind::Trade, stem, table, 0, &[]),
            ("platforms", _) => self.add(Kind::Platform, stem, table, 0, &[]),
            ("cases", _) => self.add(Kind::Case, stem, table, 0, &[]),
            (_, "clashes") => self.lists(Kind::Clash, table),
            (_, "invariants") => self.lists(Kind::Invariant, table),
            (_, "sources") => self.lists(Kind::Source, table),
            _ => match decision {
                Some(decision) => self.candidate(decision, &stem, table),
                None => self.add(Kind::Other, stem, table, 0, &[]),
            },
        }
    }

    fn manifest(&mut self, table: &DeTable<'_>) {
        self.add(Kind::Manifest, "qun".to_owned(), table, 0, &["version", "strengths", "decisions"]);
        if let Some(DeValue::Table(strengths)) = table.get("strengths").map(toml::Spanned::get_ref) {
            for (name, points) in strengths {
                let mut one = DeTable::new();
                one.insert(toml::Spanned::new(name.span(), "points".into()), points.clone());
                self.add(Kind::Strength, name.get_ref().to_string(), &one, name.span().start, &[]);
            }
        }
        for (decision, start) in tables(table, "decisions") {
            self.add(Kind::Decision, string(decision, "id"), decision, start, &["id"]);
        }
    }

    fn facts(&mut self, stem: &str, table: &DeTable<'_>) {
        self.add(Kind::Group, stem.to_owned(), table, 0, &["fact"]);
        for (fact, start) in tables(table, "fact") {
            let id = string(fact, "id");
            self.add(Kind::Fact, id.clone(), fact, start, &["id", "options"]);
            if let Some(entry) = self.found.get_mut(&(Kind::Fact, id.clone())) {
                entry.leaves.insert("group".to_owned(), Leaf::Plain(stem.to_owned()));
            }
            for (option, start) in tables(fact, "options") {
                self.add(Kind::Choice, format!("{id}/{}", string(option, "id")), option, start, &["id"]);
            }
        }
    }

    fn candidate(&mut self, decision: DecisionId, stem: &str, table: &DeTable<'_>) {
        let id = stem.rsplit('/').next().unwrap_or_default();
        let known = self.kb.decisions[decision].candidate(id).map(|one| self.kb.candidate(decision, one));
        self.add(Kind::Candidate, stem.to_owned(), table, 0, &["evidence", "need"]);
        if let Some(leaf) = self.leaf(Kind::Candidate, stem, "done") {
            let done = known.and_then(|one| one.done.clone());
            with_condition(leaf, done);
        }
        for (at, (line, start)) in tables(table, "evidence").enumerate() {
            let (id, when) = known.and_then(|one| line_of(one, at)).unwrap_or_default();
            self.part(Kind::Line, &format!("{stem}#{id}"), line, start, when);
        }
        for (at, (need, start)) in tables(table, "need").enumerate() {
            let (id, when) = known.and_then(|one| need_of(one, at)).unwrap_or_default();
            self.part(Kind::Need, &format!("{stem}#{id}"), need, start, when);
        }
    }

    fn part(&mut self, kind: Kind, id: &str, table: &DeTable<'_>, start: usize, when: Option<Condition>) {
        self.add(kind, id.to_owned(), table, start, &["id"]);
        if let Some(leaf) = self.leaf(kind, id, "when") {
            with_condition(leaf, when);
        }
    }

    fn leaf(&mut self, kind: Kind, id: &str, key: &str) -> Option<&mut Leaf> {
        self.found.get_mut(&(kind, id.to_owned()))?.leaves.get_mut(key)
    }

    /// The tables of every list of a file, by their ids.
    fn lists(&mut self, kind: Kind, table: &DeTable<'_>) {
        for (name, _) in table {
            for (number, (one, start)) in tables(table, name.get_ref()).enumerate() {
                let own = ["id", "written"].into_iter().map(|key| string(one, key)).find(|id| !id.is_empty());
                let own = own.unwrap_or_else(|| (number + 1).to_string());
                let id = if kind == Kind::Source { format!("{}/{own}", name.get_ref()) } else { own };
                self.add(kind, id, one, start, &["id"]);
            }
        }
    }

    fn add(&mut self, kind: Kind, id: String, table: &DeTable<'_>, start: usize, without: &[&str]) {
        let mut leaves = BTreeMap::new();
        for (key, value) in table.iter().filter(|(key, _)| !without.contains(&key.get_ref().as_ref())) {
            flatten(key.get_ref(), value.get_ref(), &mut leaves);
        }
        let named = ["label", "name", "trait", "lacks", "says", "title", "text", "heading"];
        let name = named.iter().find_map(|key| match table.get(*key).map(toml::Spanned::get_ref) {
            Some(DeValue::Table(text)) => text_of(text),
            _ => None,
        });
        let line = self.text.get(..start).map_or(1, |before| before.matches('\n').count() + 1);
        self.found.insert((kind, id.clone()), Entry { id, name, leaves, path: self.path.to_owned(), line });
    }
}

fn line_of(one: &Candidate, at: usize) -> Option<(String, Option<Condition>)> {
    one.evidence.get(LineId::new(at)).map(|line| (line.id.clone(), Some(line.when.clone())))
}

fn need_of(one: &Candidate, at: usize) -> Option<(String, Option<Condition>)> {
    let need = one.needs.get(NeedId::new(at)).filter(|need| need.is_written())?;
    Some((need.id.clone(), Some(need.when.clone())))
}

fn with_condition(leaf: &mut Leaf, read: Option<Condition>) {
    if let Leaf::When(_, condition) = leaf {
        *condition = read;
    }
}

/// The tables of a list, each with the place where it begins.
fn tables<'t>(table: &'t DeTable<'_>, key: &str) -> impl Iterator<Item = (&'t DeTable<'t>, usize)> {
    let items = match table.get(key).map(toml::Spanned::get_ref) {
        Some(DeValue::Array(items)) => items.iter().collect(),
        _ => Vec::new(),
    };
    items.into_iter().filter_map(|item| match item.get_ref() {
        DeValue::Table(one) => Some((one, item.span().start)),
        _ => None,
    })
}

fn string(table: &DeTable<'_>, key: &str) -> String {
    table.get(key).and_then(|value| value.get_ref().as_str()).unwrap_or_default().to_owned()
}

fn text_of(table: &DeTable<'_>) -> Option<Text> {
    let of = |key: &str| table.get(key).and_then(|value| value.get_ref().as_str());
    Some(Text { zh: of("zh")?.to_owned(), en: of("en")?.to_owned() })
}

fn flatten(key: &str, value: &DeValue<'_>, leaves: &mut BTreeMap<String, Leaf>) {
    let last = key.rsplit('.').next().unwrap_or_default();
    if ["when", "unless", "met", "done"].contains(&last) && matches!(value, DeValue::Table(_)) {
        leaves.insert(key.to_owned(), Leaf::When(canonical(value), None));
        return;
    }
    match value {
        DeValue::Table(table) => {
            let text = text_of(table);
            for (inner, value) in table {
                let is_language = ["zh", "en"].contains(&inner.get_ref().as_ref());
                if text.is_none() || !is_language {
                    flatten(&format!("{key}.{}", inner.get_ref()), value.get_ref(), leaves);
                }
            }
            leaves.extend(text.map(|text| (key.to_owned(), Leaf::Text(text))));
        }
        DeValue::Array(items) if items.iter().any(|item| matches!(item.get_ref(), DeValue::Table(_))) => {
            for (number, item) in items.iter().enumerate() {
                let own = match item.get_ref() {
                    DeValue::Table(table) => string(table, "id"),
                    _ => String::new(),
                };
                let own = if own.is_empty() { (number + 1).to_string() } else { own };
                flatten(&format!("{key}[{own}]"), item.get_ref(), leaves);
            }
        }
        other => {
            leaves.insert(key.to_owned(), Leaf::Plain(plain(other)));
        }
    }
}

fn plain(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(yes) => yes.to_string(),
        DeValue::Datetime(time) => time.to_string(),
        DeValue::Array(items) => items.iter().map(|item| plain(item.get_ref())).collect::<Vec<_>>().join(", "),
        DeValue::Table(_) => canonical(value),
    }
}

/// A condition in one spelling, whatever the order of its parts and options.
fn canonical(value: &DeValue<'_>) -> String {
    match value {
        DeValue::Table(table) => {
            let one = |key: &str, value: &DeValue<'_>| match value {
                DeValue::Array(parts) if ["all", "any"].contains(&key) => {
                    let mut parts: Vec<String> = parts.iter().map(|part| canonical(part.get_ref())).collect();
                    parts.sort_unstable();
                    format!("{key}({})", parts.join(", "))
                }
                DeValue::Array(parts) => {
                    let mut parts: Vec<String> = parts.iter().flat_map(|part| words(part.get_ref())).collect();
                    parts.get_mut(1..).into_iter().for_each(<[String]>::sort_unstable);
                    format!("{key}({})", parts.join(", "))
                }
                other => format!("{key}({})", canonical(other)),
            };
            let all: Vec<String> = table.iter().map(|(key, value)| one(key.get_ref(), value.get_ref())).collect();
            all.join(", ")
        }
        other => plain(other),
    }
}

/// The words of a list, and of lists in it.
fn words(value: &DeValue<'_>) -> Vec<String> {
    match value {
        DeValue::Array(items) => items.iter().flat_map(|item| words(item.get_ref())).collect(),
        other => vec![canonical(other)],
    }
}
