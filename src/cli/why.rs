//! `qun why`: every line for and against a candidate.

use super::{Door, Ending, base, output};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use qun::advice::Adviser;
use qun::ids::{CandidateId, CandidateRef};
use qun::kb::KnowledgeBase;
use qun::kb::find::Thing;
use qun::report::page::{Block, Page};
use qun::report::{markdown, terminal, why_candidate, why_json};
use qun::spelling::nearest;
use qun::text::{harmless_json, harmless_line, no_commands};
use serde_json::Value;
use std::path::PathBuf;

/// A candidate that was asked about, perhaps against another of its decision.
type Asked = (CandidateRef, Option<CandidateId>);

#[derive(Debug, Args)]
pub struct Why {
    #[arg(value_name = "PROFILE")]
    profile: PathBuf,
    #[arg(value_name = "CANDIDATE", num_args = 0..=2)]
    candidate: Vec<String>,
    #[arg(long, value_enum, default_value = "terminal")]
    format: Format,
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Terminal,
    Markdown,
    Json,
}

/// A candidate, by decision and number.
type At = CandidateRef;

impl Format {
    /// Prints pages, or the value that says the same to programs.
    pub fn print(self, door: &Door, pages: &[Page], value: &Value) -> Result<()> {
        self.titled(door, door.fill("markdown.title", &[]).as_str(), pages, value)
    }

    /// The same; as a document they are called so.
    pub fn titled(self, door: &Door, title: &str, pages: &[Page], value: &Value) -> Result<()> {
        if self == Format::Json {
            return output::print(&harmless_json(&format!("{value:#}\n")));
        }
        let written: Vec<String> = pages.iter().map(|page| self.write(door, title, page)).collect();
        output::print(&no_commands(&written.join("\n")))
    }

    fn write(self, door: &Door, title: &str, page: &Page) -> String {
        if self == Format::Markdown {
            return markdown::titled(page, title, door.lang);
        }
        let setting = terminal::Setting { width: super::width(), colour: door.colours(&std::io::stdout()) };
        terminal::render(page, setting)
    }
}

/// The candidates that go by a name.
pub fn candidates(kb: &KnowledgeBase, name: &str) -> Vec<CandidateRef> {
    let of = |thing: Thing| match thing {
        Thing::Candidate(decision, candidate) => Some((decision, candidate)),
        _ => None,
    };
    kb.find(name).into_iter().filter_map(of).collect()
}

/// The spelling of a candidate that was probably meant.
pub fn near(kb: &KnowledgeBase, name: &str) -> Option<String> {
    let all = kb.decisions.iter().flat_map(|decision| &decision.candidates);
    nearest(name, all.flat_map(|one| [one.id.as_str(), &one.name.zh, &one.name.en])).map(str::to_owned)
}

impl Why {
    pub fn run(self, door: &Door) -> Result<Ending> {
        let kb = base::sound(door)?;
        let profile = base::profile(door, &kb, &self.profile)?;
        let advice = Adviser::new(&kb).advise_with(&profile.answers, &profile.streams);
        let asked =
            self.asked(door, &kb)?.unwrap_or_else(|| why_candidate::usual(&advice).into_iter().map(|at| (at, None)).collect());
        let page = |(at, against): &(CandidateRef, Option<CandidateId>)| {
            why_candidate::page(&kb, &profile.answers, &advice, door.lang, *at, *against)
        };
        let mut pages: Vec<Page> = asked.iter().map(page).collect();
        if let ([given], true) = (self.candidate.as_slice(), pages.len() > 1) {
            let text = door.fill("why.several", &[("given", &harmless_line(given))]);
            pages.insert(0, Page { screen: vec![Block::Text(text)], sections: Vec::new() });
        }
        if pages.is_empty() {
            pages.push(Page { screen: vec![Block::Lead(door.fill("why.nothing", &[]))], sections: Vec::new() });
        }
        self.format.print(door, &pages, &why_json::why(&kb, &profile, &advice, &asked))?;
        Ok(Ending::Done)
    }

    /// What was asked about: candidates, each perhaps against another of its decision; `None` if nothing was named.
    fn asked(&self, door: &Door, kb: &KnowledgeBase) -> Result<Option<Vec<Asked>>> {
        let named = |name: &String| {
            let found = candidates(kb, name);
            if found.is_empty() {
                bail!(super::unknown(door, "why.unknown-name", name, near(kb, name).as_deref()));
            }
            Ok(found)
        };
        Ok(match self.candidate.as_slice() {
            [] => None,
            [one] => Some(named(one)?.into_iter().map(|at| (at, None)).collect()),
            [one, other, ..] => {
                let (first, second) = (named(one)?, named(other)?);
                let against = |at: &At| second.iter().find(|rival| rival.0 == at.0).map(|rival| (*at, Some(rival.1)));
                let pairs: Vec<_> = first.iter().filter_map(against).collect();
                if pairs.is_empty() {
                    let gaps = [("first", harmless_line(one)), ("second", harmless_line(other))];
                    bail!(door.fill("why.other-decision", &gaps.each_ref().map(|(gap, text)| (*gap, text.as_str()))));
                }
                Some(pairs)
            }
        })
    }
}
