//! `qun why`: every line for and against a candidate.

use super::{Door, Ending, base, output};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use qun::advice::advise;
use qun::kb::KnowledgeBase;
use qun::kb::find::Thing;
use qun::report::page::{Block, Page};
use qun::report::why_candidate as why;
use qun::report::{markdown, terminal};
use qun::spelling::nearest;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Why {
    #[arg(value_name = "PROFILE")]
    profile: PathBuf,
    #[arg(value_name = "CANDIDATE", num_args = 0..=2)]
    candidate: Vec<String>,
    #[arg(long, value_enum, default_value = "terminal")]
    format: Format,
}

/// How a page is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Terminal,
    Markdown,
    Json,
}

impl Format {
    /// A page in this format; JSON is made of values instead.
    pub fn write(self, door: &Door, page: &Page) -> String {
        match self {
            Format::Markdown => markdown::render(page, door.lang),
            _ => {
                let setting = terminal::Setting { width: super::width(), colour: door.colours(&std::io::stdout()) };
                terminal::render(page, setting)
            }
        }
    }
}

/// The candidates that go by a name.
pub fn candidates(kb: &KnowledgeBase, name: &str) -> Vec<(usize, usize)> {
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
        let advice = advise(&kb, &profile.answers);
        let named = |name: &String| {
            let found = candidates(&kb, name);
            if found.is_empty() {
                bail!(super::unknown(door, "why.unknown-name", name, near(&kb, name).as_deref()));
            }
            Ok(found)
        };
        let (first, mut second) = match self.candidate.as_slice() {
            [] => (why::usual(&advice), Vec::new()),
            [one] => (named(one)?, Vec::new()),
            [one, other, ..] => (named(one)?, named(other)?),
        };
        let mut pairs: Vec<((usize, usize), Option<usize>)> = Vec::new();
        for at in &first {
            let against = second.iter().find(|other| other.0 == at.0).map(|other| other.1);
            if second.is_empty() || against.is_some() {
                pairs.push((*at, against));
            }
        }
        if pairs.is_empty() && !second.is_empty() {
            second.clear();
            bail!(door.fill("why.other-decision", &[]));
        }
        if self.format == Format::Json {
            let all: Vec<_> = pairs.iter().map(|(at, against)| why::json(&kb, &advice, *at, *against)).collect();
            output::print(&format!("{:#}\n", serde_json::json!({ "why": all })))?;
            return Ok(Ending::Done);
        }
        let mut pages: Vec<Page> =
            pairs.iter().map(|(at, against)| why::page(&kb, &profile.answers, &advice, door.lang, *at, *against)).collect();
        if pages.is_empty() {
            pages.push(Page { screen: vec![Block::Lead(door.fill("why.nothing", &[]))], sections: Vec::new() });
        }
        if let ([given], true) = (self.candidate.as_slice(), pages.len() > 1) {
            let given = qun::text::harmless_line(given);
            pages[0].screen.push(Block::Text(door.fill("why.several", &[("given", &given)])));
        }
        let written: Vec<String> = pages.iter().map(|page| self.format.write(door, page)).collect();
        output::print(&written.join("\n"))?;
        Ok(Ending::Done)
    }
}
