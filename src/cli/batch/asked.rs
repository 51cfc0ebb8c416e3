//! What a batch is asked for, as far as it shows in the output; a receipt states all of it.

use crate::cli::{Door, input};
use anyhow::{Result, anyhow, bail};
use clap::{Args, ValueEnum};
use qun::batch::missing::Missing;
use qun::batch::options::{Detail, Options, UnknownValues};
use qun::batch::rule::{Fault, Rule, What};
use qun::diagnostic::Files;
use qun::engine::compiled::plan::Plan;
use qun::kb::KnowledgeBase;
use qun::profile;
use qun::text::harmless_line;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What a batch is asked for.
#[derive(Debug, Clone, Args, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Asked {
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub input_format: Option<InputFormat>,
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    #[arg(long)]
    pub ignore_unknown: bool,
    #[arg(long, value_enum, default_value = "reject", value_name = "WHAT")]
    pub unknown_values: UnknownChoice,
    #[arg(long, default_value = "unknown", value_name = "HOW")]
    pub missing: String,
    /// The profile that `--missing assume=FILE` names, as it was read.
    #[arg(skip)]
    pub assumed: Option<String>,
    #[arg(long, value_enum, default_value = "jsonl", value_name = "FORMAT")]
    pub format: OutputFormat,
    #[arg(long)]
    pub excel: bool,
    #[arg(long, value_enum, default_value = "brief", value_name = "HOW")]
    pub detail: DetailChoice,
    #[arg(long, value_delimiter = ',', value_name = "IDS")]
    pub decisions: Vec<String>,
    #[arg(long)]
    pub keep: bool,
    #[arg(long)]
    pub ask_next: bool,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub max_errors: Option<u64>,
    #[arg(long, value_name = "COLUMN")]
    pub expect: Option<String>,
    #[arg(long, value_name = "RULE")]
    pub fail_on: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InputFormat {
    Jsonl,
    Json,
    Csv,
    Tsv,
    Toml,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutputFormat {
    Jsonl,
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnknownChoice {
    Reject,
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DetailChoice {
    Brief,
    Ranked,
    Full,
    Money,
}

impl Asked {
    /// Whether the whole judgement is asked for.
    pub fn is_full(&self) -> bool {
        self.detail == DetailChoice::Full
    }

    /// Whether the money is.
    pub fn is_money(&self) -> bool {
        self.detail == DetailChoice::Money
    }

    /// Whether a table is.
    pub fn is_table(&self) -> bool {
        self.excel || self.format == OutputFormat::Csv
    }

    /// The same with the file read whose answers are assumed, so that nothing else is needed to do it again.
    pub fn with_files(mut self, door: &Door) -> Result<Asked> {
        if let Some(file) = self.missing.strip_prefix("assume=") {
            let (_, bytes) = input::read(door, Path::new(file))?;
            self.assumed = Some(String::from_utf8_lossy(&bytes).into_owned());
        }
        Ok(self)
    }

    /// What the library is asked for; who judges, and how many at once, is as usual.
    pub fn options(&self, door: &Door, kb: &KnowledgeBase) -> Result<Options> {
        let decision = |id: &String| {
            kb.decision(id).ok_or_else(|| {
                let ids: Vec<_> = kb.decisions.iter().map(|one| one.id.as_str()).collect();
                anyhow!(door.fill("batch.no-decision", &[("given", &harmless_line(id)), ("ids", &ids.join(", "))]))
            })
        };
        if self.detail != DetailChoice::Brief && self.is_table() {
            bail!(qun::words::say("batch.table-is-brief", door.lang));
        }
        if self.keep && self.is_table() {
            bail!(qun::words::say("batch.table-keeps", door.lang));
        }
        if (self.is_full() || self.is_money()) && !self.decisions.is_empty() {
            bail!(qun::words::say("batch.full-is-all", door.lang));
        }
        let decisions: Vec<_> = self.decisions.iter().map(decision).collect::<Result<_>>()?;
        let fail_on = match &self.fail_on {
            None => None,
            Some(rule) => Some(Rule::read(&Plan::new(kb, &decisions), rule).map_err(|fault| anyhow!(wrong(door, &fault)))?),
        };
        let options = Options {
            detail: match self.detail {
                DetailChoice::Brief => Detail::Brief,
                DetailChoice::Ranked => Detail::Ranked,
                DetailChoice::Full | DetailChoice::Money => Detail::Full,
            },
            decisions,
            ignore_unknown: self.ignore_unknown,
            unknown_values: match self.unknown_values {
                UnknownChoice::Reject => UnknownValues::Reject,
                UnknownChoice::Unknown => UnknownValues::Unknown,
            },
            missing: self.missing(door, kb)?,
            keep: self.keep,
            each_ask: self.ask_next,
            fail_on,
            expect: self.expect.clone(),
            max_errors: self.max_errors,
            ..Options::default()
        };
        if options.expect.is_some() && options.expected(kb).is_none() {
            bail!(qun::words::say("batch.nothing-to-expect", door.lang));
        }
        Ok(options)
    }

    /// What becomes of questions that a row says nothing of.
    fn missing(&self, door: &Door, kb: &KnowledgeBase) -> Result<Missing> {
        let Some(file) = self.missing.strip_prefix("assume=") else {
            return match self.missing.as_str() {
                "unknown" => Ok(Missing::Unknown),
                "strict" => Ok(Missing::Strict),
                other => bail!(door.fill("batch.no-missing", &[("given", &harmless_line(other))])),
            };
        };
        let text = self.assumed.as_deref().unwrap_or_default();
        let mut files = Files::default();
        let profile = profile::read(&kb.facts, file, text.as_bytes(), &mut files);
        let profile = profile.map_err(|faults| {
            let first = faults.first().map(|fault| qun::report::diagnostics::headline(fault, door.lang)).unwrap_or_default();
            anyhow!(door.fill("batch.bad-assumption", &[("file", &harmless_line(file)), ("reason", &harmless_line(&first))]))
        })?;
        Ok(Missing::Assume(profile.answers))
    }
}

/// What is wrong with a rule, in words.
fn wrong(door: &Door, fault: &Fault) -> String {
    let key = match fault.what {
        What::Open => "open",
        What::Unexpected => "unexpected",
        What::Behind => "behind",
        What::TooDeep => "too-deep",
        What::NoField => "no-field",
        What::NoDecision => "no-decision",
        What::NotAsked => "not-asked",
        What::NoCandidate => "no-candidate",
        What::NoNumber => "no-number",
        What::NoTruth => "no-truth",
        What::NoOrder => "no-order",
    };
    let found = if fault.found.is_empty() {
        qun::words::say("batch.rule.end", door.lang).to_owned()
    } else {
        door.fill("batch.rule.found", &[("found", &harmless_line(&fault.found))])
    };
    let reason = door.fill(&format!("batch.rule.{key}"), &[("found", &found), ("valid", &fault.valid.join(", "))]);
    let headline = door.fill("batch.rule.wrong", &[("at", &fault.at.to_string()), ("reason", &reason)]);
    let near = fault.near.as_ref().map(|near| door.fill("near.help", &[("near", near)]));
    near.map_or_else(|| headline.clone(), |near| format!("{headline}\n{}: {near}", qun::words::say("level.help", door.lang)))
}
