//! Whether a report still says what it said when it was made.
//!
//! The receipt in a report holds everything that it was made from. So the report is
//! made again and held against what lies there; the first piece that differs is
//! named with the heading that it stands under. Line ends do not count, since mail
//! changes them.

mod given;
mod pieces;

use super::html::brand::Brand;
use super::receipt::{ENGINE, Receipt, Stated};
use super::{html, markdown};
use crate::kb::KnowledgeBase;
use crate::text::{Lang, harmless_json, no_commands};
use given::{Given, read};
use pieces::Piece;
use serde_json::Value;

/// What a comparison found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// There is no receipt in it, or none that can be read.
    NoReceipt,
    /// The answers in the receipt are not the ones that it was made for: the hash stated, and that of the answers.
    Answers {
        /// What the receipt states.
        stated: String,
        /// What its answers have; `None` if they cannot be read with this base.
        found: Option<String>,
    },
    /// The logo is not the one that the receipt states.
    Logo,
    /// It was made with another base.
    OtherBase {
        /// The base that the receipt states, by its version and hash.
        stated: (String, String),
        /// The first piece that this base says otherwise, if the answers can be read with it and one does.
        differs: Option<Differs>,
    },
    /// It was made with another version of the program and says something else.
    OtherEngine {
        /// The version that the receipt states.
        stated: String,
        /// The first piece that this program says otherwise.
        differs: Differs,
    },
    /// It was changed after it was made.
    Edited(Differs),
    /// It says what it said when it was made.
    Equal,
}

/// The first piece that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differs {
    /// The heading that it stands under, or the path in JSON.
    pub at: String,
    /// What the report says; empty if it lacks the piece.
    pub report: String,
    /// What it should say; empty if the report has a piece too many.
    pub made: String,
}

/// Makes a report again from its receipt, with this base, and compares.
#[must_use]
pub fn verify(kb: &KnowledgeBase, report: &str) -> Found {
    let report = report.strip_prefix('\u{FEFF}').unwrap_or(report).replace("\r\n", "\n");
    let form = Form::of(&report);
    let Some(stated) = form.receipt(&report) else { return Found::NoReceipt };
    let is_other_base = stated.base.1 != kb.hash;
    let Some(given) = read(kb, &stated) else {
        return if is_other_base {
            Found::OtherBase { stated: stated.base, differs: None }
        } else {
            Found::Answers { stated: stated.profile_hash, found: None }
        };
    };
    let [client, analyst, date] = stated.given.clone();
    let logo = report.split_once("<img src=\"").and_then(|(_, rest)| rest.split_once('"')).map(|(uri, _)| uri);
    let brand = match &stated.brand {
        Some(table) => match Brand::of_receipt(table, logo) {
            Some(brand) => Some(brand),
            None => return Found::Logo,
        },
        None => None,
    };
    let receipt = Receipt { client, analyst, date, brand, ..given.receipt(kb, &stated) };
    if receipt.profile_hash() != stated.profile_hash && !is_other_base {
        return Found::Answers { stated: stated.profile_hash, found: Some(receipt.profile_hash()) };
    }
    let made = form.made(kb, &given, &receipt);
    let differs = form.compare(&report, &made);
    match differs {
        differs if is_other_base => Found::OtherBase { stated: stated.base, differs },
        None => Found::Equal,
        Some(differs) if stated.engine != ENGINE => Found::OtherEngine { stated: stated.engine, differs },
        Some(differs) => Found::Edited(differs),
    }
}

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Html,
    Markdown,
    Json,
}

impl Form {
    /// By how it begins.
    fn of(report: &str) -> Form {
        let start: String = report.trim_start().chars().take(9).collect::<String>().to_ascii_lowercase();
        match start.as_str() {
            "<!doctype" => Form::Html,
            other if other.starts_with(['{', '[']) => Form::Json,
            _ => Form::Markdown,
        }
    }

    /// The receipt in a report.
    fn receipt(self, report: &str) -> Option<Stated> {
        match self {
            Form::Html => Stated::read(&pieces::unescaped(report.rsplit_once("<pre>")?.1.split_once("</pre>")?.0)),
            Form::Markdown => Stated::read(report.rsplit_once("\n```toml\n")?.1.split_once("\n```")?.0),
            Form::Json => Stated::of_json(serde_json::from_str::<Value>(report).ok()?.get("receipt")?),
        }
    }

    /// The report made again.
    fn made(self, kb: &KnowledgeBase, given: &Given, receipt: &Receipt) -> String {
        let made = given.judged(kb);
        let document = |lang: &Lang| (*lang, made.document(receipt, *lang));
        match self {
            Form::Html => {
                no_commands(&html::render(receipt, &receipt.langs.iter().map(document).collect::<Vec<_>>())).into_owned()
            }
            Form::Markdown => {
                let lang = receipt.langs.first().copied().unwrap_or(Lang::En);
                no_commands(&markdown::document(&document(&lang).1, receipt, lang)).into_owned()
            }
            Form::Json => harmless_json(&format!("{:#}\n", made.json(receipt))).into_owned(),
        }
    }

    /// The first piece of a report that differs from what was made again.
    fn compare(self, report: &str, made: &str) -> Option<Differs> {
        match self {
            Form::Json => {
                let [report, made] = [report, made].map(|text| serde_json::from_str::<Value>(text).unwrap_or_default());
                pieces::in_json(&report, &made, String::new())
            }
            Form::Html if report == made => None,
            Form::Html => first(&pieces::of_html(report), &pieces::of_html(made)),
            Form::Markdown => first(&pieces::of_markdown(report), &pieces::of_markdown(made)),
        }
    }
}

/// The first piece that differs; of the same pieces in another dress, the first is named.
fn first(report: &[Piece<'_>], made: &[Piece<'_>]) -> Option<Differs> {
    let at = report.iter().zip(made).position(|(one, other)| one.text != other.text);
    let at = at.or_else(|| (report.len() != made.len()).then(|| report.len().min(made.len())))?;
    let of = |pieces: &[Piece<'_>]| pieces.get(at).map_or_else(String::new, |piece| pieces::unescaped(piece.text));
    let heading = made.get(at).or_else(|| report.get(at)).map_or("", |piece| piece.heading);
    Some(Differs { at: pieces::unescaped(heading), report: of(report), made: of(made) })
}
