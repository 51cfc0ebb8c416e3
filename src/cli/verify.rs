//! `qun verify`: whether a report, or the output of a batch, still says what it said when it was made.

use super::{Door, Ending, base, batch, input, output};
use anyhow::{Result, anyhow};
use clap::Args;
use qun::batch::receipt::Receipt;
use qun::report::verify::{Differs, Found, verify};
use qun::text::harmless_line;
use qun::words;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct Verify {
    #[arg(value_name = "REPORT")]
    report: PathBuf,
}

/// The most characters of a piece that are shown.
const SHOWN: usize = 200;

impl Verify {
    pub fn run(self, door: &Door) -> Result<Ending> {
        let kb = base::sound(door)?;
        let (_, bytes) = input::read(door, &self.report)?;
        let text = String::from_utf8(bytes).map_err(|_| anyhow!(words::say("verify.not-text", door.lang)))?;
        if let Some(receipt) = Receipt::read(&text) {
            return batch::check(door, &kb, &receipt, self.report.parent().unwrap_or(Path::new("")));
        }
        let here = format!("{} ({})", kb.version, kb.hash);
        let (first, differs, ending) = match verify(&kb, &text) {
            Found::NoReceipt => return Err(anyhow!(words::say("verify.no-receipt", door.lang))),
            Found::Equal => (door.fill("verify.equal", &[("base", &here)]), None, Ending::Done),
            Found::Logo => (door.fill("verify.logo", &[]), None, Ending::Findings),
            Found::Answers { stated, found } => {
                let found = found.unwrap_or_else(|| words::say("verify.unreadable", door.lang).to_owned());
                (door.fill("verify.answers", &[("stated", &harmless_line(&stated)), ("found", &found)]), None, Ending::Findings)
            }
            Found::OtherBase { stated: (version, hash), differs } => {
                let stated = harmless_line(&format!("{version} ({hash})"));
                (door.fill("verify.other-base", &[("stated", &stated), ("base", &here)]), differs, Ending::Findings)
            }
            Found::OtherEngine { stated, differs } => {
                let gaps = [("stated", harmless_line(&stated)), ("engine", env!("CARGO_PKG_VERSION").to_owned())];
                let gaps = gaps.each_ref().map(|(key, text)| (*key, text.as_str()));
                (door.fill("verify.other-engine", &gaps), Some(differs), Ending::Findings)
            }
            Found::Edited(differs) => (door.fill("verify.edited", &[]), Some(differs), Ending::Findings),
        };
        let lines = differs.iter().flat_map(|one| told(door, one));
        output::show(&std::iter::once(first).chain(lines).map(|line| line + "\n").collect::<String>())?;
        Ok(ending)
    }
}

/// The first piece that differs, in words.
fn told(door: &Door, one: &Differs) -> Vec<String> {
    let shown = |text: &str| {
        let text = harmless_line(text);
        let nothing = words::say("verify.nothing", door.lang);
        let cut: String = text.chars().take(SHOWN).collect();
        if text.trim().is_empty() { nothing.to_owned() } else { cut }
    };
    let line = |key: &str, text: &str| door.fill(key, &[("text", &shown(text))]);
    vec![line("verify.at", &one.at), line("verify.report", &one.report), line("verify.made", &one.made)]
}
