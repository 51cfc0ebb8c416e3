//! `qun forecast`: one profile in, the money out.

use super::{Door, Ending, base, output, pager};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use qun::advice::earning::earning;
use qun::advice::{plan, stands};
use qun::kb::KnowledgeBase;
use qun::profile::Profile;
use qun::profile::streams::{self, Number, Own};
use qun::report::forecast::{self, Teller};
use qun::report::{markdown, terminal};
use qun::spelling::nearest;
use qun::text::{harmless_json, harmless_line, no_commands};
use qun::words;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct Forecast {
    #[arg(value_name = "PROFILE")]
    profile: PathBuf,
    #[arg(long, value_name = "STREAM.NUMBER=VALUE")]
    set: Vec<String>,
    #[arg(long, value_enum, default_value = "terminal")]
    format: Format,
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[arg(long)]
    no_pager: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Terminal,
    Markdown,
    Json,
    Csv,
}

impl Forecast {
    pub fn run(self, door: &Door) -> Result<Ending> {
        output::keep_apart(door, &[&self.profile], &[self.output.as_deref()])?;
        let kb = base::sound(door)?;
        let mut profile = base::profile(door, &kb, &self.profile)?;
        for one in &self.set {
            set(door, &kb, &mut profile, one)?;
        }
        let stands = stands::stands(&kb, &profile.answers);
        let plan = plan::plan_with(&kb, (&profile.answers, &profile.streams), &stands);
        let Some(found) = earning(&kb, &profile.answers, &profile.streams, &stands, &plan) else {
            bail!(words::say("money.door.no-money", door.lang));
        };
        let teller = Teller { kb: &kb, forecast: &found, lang: door.lang, deadline: plan.deadline, is_stopped: plan.is_stopped };
        let page = || forecast::page(&teller, profile.name.as_deref());
        let text = match self.format {
            Format::Json => harmless_json(&format!("{:#}\n", forecast::json::forecast(&teller, &profile))).into_owned(),
            Format::Csv => forecast::csv::csv(&teller),
            Format::Markdown => markdown::titled(&page(), words::say("money.title", door.lang), door.lang),
            Format::Terminal => {
                let colour = self.output.is_none() && door.colours(&std::io::stdout());
                terminal::render(&page(), terminal::Setting { width: super::width(), colour })
            }
        };
        let text = if self.format == Format::Json { text } else { no_commands(&text).into_owned() };
        let pages = !self.no_pager && self.format == Format::Terminal && self.output.is_none();
        if !(pages && pager::shown(&text)) {
            output::deliver(door, self.output.as_deref(), &text)?;
        }
        Ok(Ending::Done)
    }
}

/// Puts one number, or a range `LOW..HIGH`, into a profile.
fn set(door: &Door, kb: &KnowledgeBase, profile: &mut Profile, written: &str) -> Result<()> {
    let shown = harmless_line(written);
    let Some((key, value)) = written.split_once('=') else {
        bail!(door.fill("money.door.bad-set", &[("given", &shown)]));
    };
    let (stream, number) = key.trim().split_once('.').unwrap_or((key.trim(), ""));
    let Some(found) = streams::stream(&kb.facts, stream) else {
        let options = streams::listing(&kb.facts).map(|fact| &**kb.facts[fact].options()).unwrap_or_default();
        let near = nearest(stream, options.iter().map(|option| option.id.as_str()));
        bail!(super::unknown(door, "money.door.no-stream", stream, near));
    };
    let Some(number) = Number::of(number) else {
        let near = nearest(number, Number::ALL.map(Number::id));
        bail!(super::unknown(door, "money.door.no-number", number, near));
    };
    let (low, high) = value.split_once("..").unwrap_or((value, value));
    let ends = (streams::own(number, low.trim()), streams::own(number, high.trim()));
    let (Some(low), Some(high)) = ends else {
        bail!(door.fill("money.door.bad-set", &[("given", &shown)]));
    };
    if low > high {
        bail!(door.fill("money.door.bad-set", &[("given", &shown)]));
    }
    profile.streams.set(Own { stream: found, number, low, high });
    Ok(())
}
