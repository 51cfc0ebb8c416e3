//! What a consultant brings to a report: a brand, a template of their own.

use super::{Door, Ending, Told, input, output};
use anyhow::{Result, bail};
use clap::Args;
use qun::kb::KnowledgeBase;
use qun::report::advice;
use qun::report::html::brand::{Brand, LARGEST_LOGO, LONGEST_TEXT, Refused};
use qun::report::html::colour::{APART, CONTRAST};
use qun::report::html::inert::Fault;
use qun::report::page::Document;
use qun::report::receipt::Receipt;
use qun::report::template_html::{self, Broken};
use qun::text::{Lang, harmless_line};
use qun::words;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The files that a consultant brings.
#[derive(Debug, Default, Args)]
pub struct Dress {
    #[arg(long, value_name = "FILE")]
    brand: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
}

impl Dress {
    /// The flag that is for pages only, if one is given.
    pub fn flag(&self) -> Option<&'static str> {
        let given = [("--brand", self.brand.is_some()), ("--template", self.template.is_some())];
        given.into_iter().find(|(_, is_given)| *is_given).map(|(flag, _)| flag)
    }

    /// The files that are read.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.brand.iter().chain(&self.template).map(PathBuf::as_path)
    }

    /// The brand; [`Told`] if it is refused, and why went to stderr.
    pub fn brand(&self, door: &Door, kb: &KnowledgeBase) -> Result<Option<Brand>> {
        let Some(path) = &self.brand else { return Ok(None) };
        let text = text(door, path)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let parts = advice::parts(kb);
        match Brand::read(&text, &parts, |name| std::fs::read(folder.join(name))) {
            Ok(brand) => Ok(Some(brand)),
            Err(refused) => {
                let level = words::say("level.error", door.lang);
                for one in &refused {
                    output::complain(&format!("{level}: {}", self::refused(door, path, one, &parts)));
                }
                Err(Told(Ending::CouldNotRun).into())
            }
        }
    }

    /// The page of the template, if one is given; what is not inert in it goes to stderr.
    pub fn page(
        &self,
        door: &Door,
        result: &dyn Fn() -> Value,
        receipt: &Receipt,
        documents: &[(Lang, Document)],
    ) -> Result<Option<String>> {
        let Some(path) = &self.template else { return Ok(None) };
        let shown = harmless_line(&path.display().to_string());
        match template_html::render(&text(door, path)?, &result(), receipt, documents) {
            Ok((page, faults)) => {
                let level = words::say("level.warning", door.lang);
                for Fault { line, what } in faults {
                    let what = words::say(&format!("inert.{}", what.id()), door.lang);
                    let gaps = [("path", shown.as_str()), ("line", &line.to_string()), ("what", what)];
                    output::complain(&format!("{level}: {}", door.fill("template.unsafe", &gaps)));
                }
                Ok(Some(page))
            }
            Err(Broken { line, reason }) => {
                let line = line.map_or_else(|| "?".to_owned(), |line| line.to_string());
                bail!(door.fill("template.broken", &[("path", &shown), ("line", &line), ("reason", &harmless_line(&reason))]))
            }
        }
    }
}

fn text(door: &Door, path: &Path) -> Result<String> {
    let (name, bytes) = input::read(door, path)?;
    String::from_utf8(bytes).map_err(|_| {
        let reason = words::say("verify.not-text", door.lang);
        anyhow::anyhow!(door.fill("door.cannot-read", &[("path", &harmless_line(&name)), ("reason", reason)]))
    })
}

/// Why a brand is refused, in words.
fn refused(door: &Door, path: &Path, one: &Refused, parts: &[String]) -> String {
    let path = harmless_line(&path.display().to_string());
    let tenths = |number: u32| format!("{}.{}", number / 10, number % 10);
    let (key, gaps): (&str, Vec<(&str, String)>) = match one {
        Refused::Syntax { reason } => ("brand.syntax", vec![("reason", reason.clone())]),
        Refused::Key { key } => ("brand.key", vec![("key", key.clone())]),
        Refused::Value { key } => ("brand.value", vec![("key", key.clone()), ("most", LONGEST_TEXT.to_string())]),
        Refused::Colour { key } => ("brand.colour", vec![("key", key.clone())]),
        Refused::Contrast { colour, contrast } => {
            ("brand.contrast", vec![("colour", colour.clone()), ("found", tenths(*contrast)), ("least", tenths(CONTRAST))])
        }
        Refused::Apart { colour, other, apart } => {
            let found = vec![("colour", colour.clone()), ("other", other.clone())];
            ("brand.apart", found.into_iter().chain([("found", apart.to_string()), ("least", APART.to_string())]).collect())
        }
        Refused::Part { id } => {
            ("brand.part", vec![("id", id.clone()), ("ids", parts.join(words::say("line.list-joint", door.lang)))])
        }
        Refused::LogoFile { path, reason } => ("brand.logo-file", vec![("logo", path.clone()), ("reason", reason.clone())]),
        Refused::LogoSize { bytes } => {
            ("brand.logo-size", vec![("bytes", bytes.to_string()), ("most", LARGEST_LOGO.to_string())])
        }
        Refused::LogoType => ("brand.logo-type", Vec::new()),
        Refused::LogoInert { line, what } => {
            let what = words::say(&format!("inert.{what}"), door.lang).to_owned();
            ("brand.logo-inert", vec![("line", line.to_string()), ("what", what)])
        }
    };
    let gaps: Vec<(&str, String)> =
        gaps.into_iter().map(|(gap, text)| (gap, harmless_line(&text))).chain([("path", path)]).collect();
    door.fill(key, &gaps.iter().map(|(gap, text)| (*gap, text.as_str())).collect::<Vec<_>>())
}
