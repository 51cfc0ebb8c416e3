//! What a report was made from, read from its receipt and judged again.

use crate::advice::{Advice, Adviser};
use crate::compare::{Comparison, Given as Side, noted};
use crate::diagnostic::Files;
use crate::ids::CandidateRef;
use crate::kb::KnowledgeBase;
use crate::profile::done::Outcome;
use crate::profile::{self, Profile};
use crate::report::page::Document;
use crate::report::receipt::{Receipt, Stated};
use crate::report::{advice, compare, json};
use crate::text::Lang;
use serde_json::Value;

/// What a report was made from.
pub enum Given {
    /// The community that is advised.
    One(Box<Profile>),
    /// Communities side by side.
    Several(Vec<Among>),
}

/// A community among others: what it goes by, and what it notes of what was planned.
pub struct Among {
    label: String,
    profile: Profile,
    done: Vec<(CandidateRef, Outcome)>,
}

/// The same, judged.
pub enum Judged<'a> {
    /// The community and the advice on it.
    One(&'a KnowledgeBase, &'a Profile, Box<Advice>),
    /// The communities side by side.
    Several(Box<Comparison<'a>>),
}

/// What a receipt holds, if the base can read it.
pub fn read(kb: &KnowledgeBase, stated: &Stated) -> Option<Given> {
    let profile = |text: &str| match profile::read(&kb.facts, "receipt.toml", text.as_bytes(), &mut Files::default()) {
        Ok(profile) => Some(profile),
        Err(_) if text.trim().is_empty() => Some(Profile::of(crate::answer::Answers::unknown(kb.facts.len()))),
        Err(_) => None,
    };
    if let [(None, text)] = stated.profiles.as_slice() {
        return Some(Given::One(Box::new(profile(text)?)));
    }
    let side = |(label, text): &(Option<String>, String)| {
        let profile = profile(text)?;
        let mut faults = Vec::new();
        let done = noted::done(kb, &profile, &mut faults);
        faults.is_empty().then(|| Among { label: label.clone().unwrap_or_default(), profile, done })
    };
    let sides: Vec<_> = stated.profiles.iter().map(side).collect::<Option<_>>()?;
    (sides.len() > 1).then_some(Given::Several(sides))
}

impl Given {
    /// Its receipt, which says nothing yet of client, analyst, date and brand.
    pub fn receipt(&self, kb: &KnowledgeBase, stated: &Stated) -> Receipt {
        match self {
            Given::One(profile) => Receipt::new(kb, profile, &stated.langs, stated.extent),
            Given::Several(sides) => {
                let sides: Vec<(&str, &Profile)> = sides.iter().map(|one| (one.label.as_str(), &one.profile)).collect();
                Receipt::of_comparison(kb, &sides, &stated.langs, stated.extent)
            }
        }
    }

    /// Judges it by a base.
    pub fn judged<'a>(&'a self, kb: &'a KnowledgeBase) -> Judged<'a> {
        match self {
            Given::One(profile) => {
                let advice = Adviser::new(kb).advise_with(&profile.answers, &profile.streams);
                Judged::One(kb, profile, Box::new(advice))
            }
            Given::Several(sides) => {
                let side = |one: &'a Among| Side { profile: &one.profile, done: one.done.clone() };
                let sides: Vec<Side<'_>> = sides.iter().map(side).collect();
                Judged::Several(Box::new(Comparison::of(kb, &sides)))
            }
        }
    }
}

impl Judged<'_> {
    /// The document that is made of it.
    pub fn document(&self, receipt: &Receipt, lang: Lang) -> Document {
        match self {
            Judged::One(kb, profile, given) => advice::document(kb, &profile.answers, given, receipt, lang),
            Judged::Several(found) => compare::document::document(found, receipt, lang),
        }
    }

    /// The JSON that is made of it.
    pub fn json(&self, receipt: &Receipt) -> Value {
        match self {
            Judged::One(kb, profile, given) => json::report(kb, profile, given, receipt),
            Judged::Several(found) => compare::json::report(found, receipt),
        }
    }
}
