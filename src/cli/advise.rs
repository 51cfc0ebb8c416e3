//! `qun advise`: one profile in, the advice out.

use super::paper::Paper;
use super::{Door, Ending, base, output, pager};
use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueEnum};
use qun::advice::{Advice, Adviser};
use qun::kb::KnowledgeBase;
use qun::profile::Profile;
use qun::report::advice;
use qun::report::page::Extent;
use qun::report::receipt::Receipt;
use qun::report::{json, markdown, plan_csv, plan_ics, terminal, text};
use qun::text::{Lang, harmless_json, no_commands};
use qun::words;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Advise {
    #[arg(value_name = "PROFILE")]
    profile: PathBuf,
    #[command(flatten)]
    shape: Shape,
    #[arg(long)]
    no_pager: bool,
}

/// How advice is shown, and where it goes.
#[derive(Debug, Default, Args)]
pub struct Shape {
    #[arg(long, value_enum, default_value = "terminal")]
    format: Format,
    #[arg(long)]
    full: bool,
    #[arg(long, value_name = "DATE", required_if_eq("format", "ics"))]
    start: Option<jiff::civil::Date>,
    #[command(flatten)]
    paper: Paper,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Terminal,
    Text,
    Markdown,
    Html,
    Json,
    Csv,
    Ics,
}

impl Advise {
    /// Whether its report can be in two languages.
    pub fn takes_languages(&self) -> bool {
        self.shape.takes_languages()
    }

    pub fn run(self, door: &Door) -> Result<Ending> {
        self.shape.check(door)?;
        let read: Vec<&Path> = std::iter::once(self.profile.as_path()).chain(self.shape.paper.files()).collect();
        output::keep_apart(door, &read, &[self.shape.paper.output.as_deref()])?;
        let kb = base::sound(door)?;
        let profile = base::profile(door, &kb, &self.profile)?;
        let advice = Adviser::new(&kb).advise_with(&profile.answers, &profile.streams);
        let text = self.shape.written(door, &kb, &profile, &advice)?;
        let pages = !self.no_pager && self.shape.format == Format::Terminal && self.shape.paper.output.is_none();
        if !(pages && pager::shown(&text)) {
            output::deliver(door, self.shape.paper.output.as_deref(), &text)?;
        }
        Ok(Ending::Done)
    }
}

impl Shape {
    /// Whether a person sees the advice on a terminal, and may ask for parts of it.
    pub fn is_screen(&self) -> bool {
        use std::io::IsTerminal as _;
        self.format == Format::Terminal && self.paper.output.is_none() && !self.full && std::io::stdout().is_terminal()
    }

    /// Whether the report can be in two languages.
    pub fn takes_languages(&self) -> bool {
        self.format == Format::Html
    }

    /// Refuses what only a document can say where none is asked for.
    pub fn check(&self, door: &Door) -> Result<()> {
        self.paper.check(door, matches!(self.format, Format::Html | Format::Markdown), self.format == Format::Html)?;
        if self.start.is_some() && self.format != Format::Ics {
            bail!(words::say("door.start-without-dates", door.lang));
        }
        Ok(())
    }

    /// The file that the advice goes to, if one is named.
    pub fn output(&self) -> Option<&std::path::Path> {
        self.paper.output.as_deref()
    }

    /// Writes the advice about a profile.
    pub fn deliver(&self, door: &Door, kb: &KnowledgeBase, profile: &Profile, given: &Advice) -> Result<()> {
        output::deliver(door, self.paper.output.as_deref(), &self.written(door, kb, profile, given)?)
    }

    /// What a document is made from.
    fn receipt(&self, kb: &KnowledgeBase, profile: &Profile, langs: &[Lang]) -> Receipt {
        Receipt::new(kb, profile, langs, if self.full { Extent::Full } else { Extent::Usual })
    }

    /// The advice about a profile, as it is asked for.
    fn written(&self, door: &Door, kb: &KnowledgeBase, profile: &Profile, given: &Advice) -> Result<String> {
        let name = profile.name.as_deref();
        let extent = if self.full { Extent::Full } else { Extent::Usual };
        let page = || advice::page(kb, &profile.answers, given, name, door.lang, extent);
        let text = match self.format {
            Format::Json => harmless_json(&format!(
                "{:#}
",
                json::report(kb, profile, given, &self.receipt(kb, profile, &Lang::BOTH))
            ))
            .into_owned(),
            Format::Csv => plan_csv::csv(kb, &profile.answers, given, name, door.lang),
            Format::Ics => {
                let dated = |start| plan_ics::ics(kb, &profile.answers, given, name, door.lang, start);
                self.start.and_then(dated).context(words::say("door.start-too-late", door.lang))?
            }
            Format::Markdown => {
                let receipt = self.paper.signed(self.receipt(kb, profile, &[door.lang]));
                markdown::document(&advice::document(kb, &profile.answers, given, &receipt, door.lang), &receipt, door.lang)
            }
            Format::Html => {
                let document = |receipt: &Receipt, lang: Lang| advice::document(kb, &profile.answers, given, receipt, lang);
                let result = |receipt: &Receipt| json::report(kb, profile, given, receipt);
                self.paper.page(door, kb, self.receipt(kb, profile, &door.langs), &document, &result)?
            }
            Format::Text => text::advice(kb, &profile.answers, given, name, door.lang),
            Format::Terminal => {
                let colour = self.paper.output.is_none() && door.colours(&std::io::stdout());
                terminal::render(&page(), terminal::Setting { width: super::width(), colour })
            }
        };
        Ok(if self.format == Format::Json { text } else { no_commands(&text).into_owned() })
    }
}
