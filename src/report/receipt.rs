//! The receipt of a report: everything that it was made from, so that anybody can
//! make it again and compare.
//!
//! It is TOML that stands in the report itself. Texts of strangers are written with
//! escapes, so that no character of them is lost in HTML or Markdown.

use super::html::brand::Brand;
use super::page::{Block, Extent, Section};
use crate::answer::Answers;
use crate::fact::Fact;
use crate::ids::{FactId, IndexVec};
use crate::interview::draft;
use crate::kb::KnowledgeBase;
use crate::profile::streams::KEY;
use crate::profile::{Profile, done, toml as profile};
use crate::text::{Lang, is_treacherous};
use crate::words;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use toml::Table;

/// The version of this form.
pub const FORM: u32 = 1;
/// The version of the program.
pub const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// What a report was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The base, by its version and hash.
    pub base: (String, String),
    /// The languages of the report, in their order.
    pub langs: Vec<Lang>,
    /// How much it shows.
    pub extent: Extent,
    /// For whom it was made.
    pub client: Option<String>,
    /// Who made it.
    pub analyst: Option<String>,
    /// When it was made, as it was given.
    pub date: Option<String>,
    /// The brand that it has, if it has one.
    pub brand: Option<Brand>,
    /// The communities that it is about: one that is advised, or several side by side.
    pub communities: Vec<Community>,
}

/// A community, as a receipt has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Community {
    /// What it goes by among others; nothing where it stands alone.
    pub label: Option<String>,
    /// The reference of the community.
    pub id: Option<String>,
    /// What the community is called.
    pub name: Option<String>,
    /// The answers and own numbers, as a profile that reads back as the same ones.
    pub answers: String,
}

impl Community {
    /// A community that is advised.
    fn of(kb: &KnowledgeBase, profile: &Profile) -> Community {
        Community {
            label: None,
            id: profile.id.clone(),
            name: profile.name.clone(),
            answers: answers(&kb.facts, &profile.answers) + &own_numbers(kb, profile),
        }
    }

    /// A community among others, with all that a comparison reads.
    fn among(kb: &KnowledgeBase, label: &str, profile: &Profile) -> Community {
        let mut one = Community { label: Some(label.to_owned()), ..Community::of(kb, profile) };
        put(&mut one.answers, "kb", profile.base.as_deref());
        let mut done: Vec<String> =
            done::write(&profile.done, quoted).into_iter().map(|(name, value)| format!("{name} = {value}")).collect();
        // A table of TOML has no order of its own.
        done.sort();
        if !done.is_empty() {
            let _ = writeln!(one.answers, "{} = {{ {} }}", done::KEY, done.join(", "));
        }
        one
    }

    /// The profile as TOML: label, id, name, answers.
    fn toml(&self) -> String {
        let mut out = String::new();
        for (key, text) in [("label", &self.label), ("id", &self.id), ("name", &self.name)] {
            put(&mut out, key, text.as_deref());
        }
        out + &self.answers
    }
}

impl Receipt {
    /// The receipt of a report about a profile; nothing is said yet of client, analyst and date.
    #[must_use]
    pub fn new(kb: &KnowledgeBase, profile: &Profile, langs: &[Lang], extent: Extent) -> Receipt {
        let base = (kb.version.clone(), kb.hash.clone());
        let (client, analyst, date, brand) = (None, None, None, None);
        let communities = vec![Community::of(kb, profile)];
        Receipt { base, langs: langs.to_vec(), extent, client, analyst, date, brand, communities }
    }

    /// The receipt of a comparison; `sides` are the profiles with what they go by.
    #[must_use]
    pub fn of_comparison(kb: &KnowledgeBase, sides: &[(&str, &Profile)], langs: &[Lang], extent: Extent) -> Receipt {
        Receipt {
            base: (kb.version.clone(), kb.hash.clone()),
            langs: langs.to_vec(),
            extent,
            client: None,
            analyst: None,
            date: None,
            brand: None,
            communities: sides.iter().map(|(label, profile)| Community::among(kb, label, profile)).collect(),
        }
    }

    /// Whether it is of communities side by side.
    #[must_use]
    pub fn is_comparison(&self) -> bool {
        self.communities.iter().any(|one| one.label.is_some())
    }

    /// What the community is called; several that are not one and the same by what they go by.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        let first = self.communities.first()?.name.clone();
        if self.communities.iter().all(|one| one.name == first) && first.is_some() {
            return first;
        }
        let labels: Vec<&str> = self.communities.iter().filter_map(|one| one.label.as_deref()).collect();
        (!labels.is_empty()).then(|| labels.join(" · "))
    }

    /// What the document is called.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &'static str {
        words::say(if self.is_comparison() { "compare.title" } else { "markdown.title" }, lang)
    }

    /// First 12 hex digits of the SHA-256 of the profiles as the receipt has them.
    #[must_use]
    pub fn profile_hash(&self) -> String {
        let all: String = self.communities.iter().map(Community::toml).collect();
        Sha256::digest(all.as_bytes()).iter().take(6).fold(String::new(), |mut hash, byte| {
            let _ = write!(hash, "{byte:02x}");
            hash
        })
    }

    /// The communities as tables of TOML.
    fn profiles(&self) -> String {
        let head = if self.is_comparison() { "[[profiles]]" } else { "[profile]" };
        let all: Vec<String> = self.communities.iter().map(|one| format!("{head}\n{}", one.toml())).collect();
        all.join("\n")
    }

    /// The receipt as TOML.
    #[must_use]
    pub fn toml(&self) -> String {
        let langs: Vec<String> = self.langs.iter().map(|lang| quoted(lang.id())).collect();
        let mut out = format!("receipt = {FORM}\nengine = {}\n", quoted(ENGINE));
        put(&mut out, "base", Some(&self.base.0));
        put(&mut out, "base-hash", Some(&self.base.1));
        put(&mut out, "profile-hash", Some(&self.profile_hash()));
        let _ = writeln!(out, "lang = [{}]\nfull = {}", langs.join(", "), self.extent == Extent::Full);
        for (key, text) in [("client", &self.client), ("analyst", &self.analyst), ("date", &self.date)] {
            put(&mut out, key, text.as_deref());
        }
        if let Some(brand) = &self.brand {
            out = out + "\n[branding]\n" + &brand.toml(quoted);
        }
        out + "\n" + &self.profiles()
    }

    /// The receipt as JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        let table: Table = self.toml().parse().unwrap_or_default();
        serde_json::to_value(table).unwrap_or_default()
    }

    /// The receipt as a section.
    #[must_use]
    pub fn section(&self, lang: Lang) -> Section {
        let about = Block::Text(words::say("receipt.about", lang).to_owned());
        Section { heading: words::say("heading.receipt", lang).to_owned(), blocks: vec![about, Block::Verbatim(self.toml())] }
    }
}

/// A receipt as a report states it, nothing of it made again yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    /// The version of the program.
    pub engine: String,
    /// The base, by its version and hash.
    pub base: (String, String),
    /// The hash of the profile.
    pub profile_hash: String,
    /// The languages of the report.
    pub langs: Vec<Lang>,
    /// How much it shows.
    pub extent: Extent,
    /// Client, analyst and date.
    pub given: [Option<String>; 3],
    /// The brand as TOML, if it has one.
    pub brand: Option<Table>,
    /// The profiles as TOML, each with what it goes by among others.
    pub profiles: Vec<(Option<String>, String)>,
}

impl Stated {
    /// Reads what [`Receipt::toml`] writes; `None` if it is no receipt of this form.
    #[must_use]
    pub fn read(text: &str) -> Option<Stated> {
        Stated::of(&text.parse().ok()?)
    }

    /// Reads what [`Receipt::json`] gives; `None` if it is no receipt of this form.
    #[must_use]
    pub fn of_json(value: &Value) -> Option<Stated> {
        Stated::of(&Table::try_from(value).ok()?)
    }

    fn of(table: &Table) -> Option<Stated> {
        let text = |key: &str| table.get(key).and_then(|value| value.as_str()).map(str::to_owned);
        if table.get("receipt")?.as_integer()? != i64::from(FORM) {
            return None;
        }
        let langs = table.get("lang")?.as_array()?.iter().filter_map(|lang| lang.as_str());
        let langs: Vec<Lang> = langs.filter_map(|id| Lang::BOTH.into_iter().find(|lang| lang.id() == id)).collect();
        Some(Stated {
            engine: text("engine")?,
            base: (text("base")?, text("base-hash")?),
            profile_hash: text("profile-hash")?,
            langs: if langs.is_empty() { return None } else { langs },
            extent: if table.get("full")?.as_bool()? { Extent::Full } else { Extent::Usual },
            given: [text("client"), text("analyst"), text("date")],
            brand: table.get("branding").and_then(|brand| brand.as_table()).cloned(),
            profiles: profiles(table)?,
        })
    }
}

/// The profile, or several with what they go by.
fn profiles(table: &Table) -> Option<Vec<(Option<String>, String)>> {
    if let Some(one) = table.get("profile") {
        return Some(vec![(None, one.as_table()?.to_string())]);
    }
    let labelled = |one: &toml::Value| {
        let mut one = one.as_table()?.clone();
        let label = one.remove("label")?.as_str()?.to_owned();
        Some((Some(label), one.to_string()))
    };
    table.get("profiles")?.as_array()?.iter().map(labelled).collect()
}

/// Answers as a profile, "don't know" included.
fn answers(facts: &IndexVec<FactId, Fact>, answers: &Answers) -> String {
    let declined = facts.pairs().filter(|(fact, _)| answers.is_declined(*fact));
    declined.fold(profile::write(facts, answers), |out, (_, fact)| out + &fact.id + " = \"?\"\n")
}

/// The operator's own numbers on one line; nothing if there are none.
fn own_numbers(kb: &KnowledgeBase, profile: &Profile) -> String {
    let tables = draft::tables(kb, profile).into_iter().map(|(stream, numbers)| {
        let numbers: Vec<String> = numbers.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        format!("{} = {{ {} }}", quoted(stream), numbers.join(", "))
    });
    let tables: Vec<String> = tables.collect();
    if tables.is_empty() { String::new() } else { format!("{KEY} = {{ {} }}\n", tables.join(", ")) }
}

fn put(out: &mut String, key: &str, text: Option<&str>) {
    if let Some(text) = text {
        let _ = writeln!(out, "{key} = {}", quoted(text));
    }
}

/// A TOML string in which every character is escaped that could be lost, hide
/// something, or command a build server.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' | '\t' => out.push_str(if c == '\n' { "\\n" } else { "\\t" }),
            c if is_treacherous(c) || "`\u{7f}".contains(c) || (c == '[' && out.ends_with("##")) => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
