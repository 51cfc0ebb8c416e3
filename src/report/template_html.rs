//! A consultant's own page: a template over everything that the JSON says.
//!
//! Values are escaped, what is not there is an error, and nothing can be read but
//! the values. Charts come drawn, by their ids; what else a page may hold is up to
//! the template, so its outcome is looked through for what is not inert.

use super::html::{self, inert::Fault};
use super::page::Document;
use super::receipt::Receipt;
use crate::text::Lang;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value as Given, context};
use serde_json::Value;
use std::collections::BTreeMap;

/// How many steps a template may take; a page with everything takes some ten thousand.
const FUEL: u64 = 5_000_000;

/// Why a template gives no page: the line, if one is known, and the reason in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The line, from 1.
    pub line: Option<usize>,
    /// The reason.
    pub reason: String,
}

/// The page of a template, and everything in it that is not inert.
///
/// The template is given `result` (the JSON), `langs`, `lang` (the first of them),
/// `charts` (by the ids of figures), `css` (the style of our own page) and `receipt`
/// (as TOML).
///
/// # Errors
///
/// If the template is faulty, or asks for what is not there.
pub fn render(
    template: &str,
    result: &Value,
    receipt: &Receipt,
    documents: &[(Lang, Document)],
) -> Result<(String, Vec<Fault>), Broken> {
    let mut environment = Environment::new();
    environment.set_fuel(Some(FUEL));
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let charts: BTreeMap<String, Given> =
        html::charts(documents).into_iter().map(|(id, svg)| (id, Given::from_safe_string(svg))).collect();
    let langs: Vec<&str> = receipt.langs.iter().map(|lang| lang.id()).collect();
    let values = context! {
        result => Given::from(Serde(result)),
        lang => langs.first().copied().unwrap_or("en"),
        langs => langs.iter().copied().map(Given::from).collect::<Given>(),
        charts => charts,
        css => Given::from_safe_string(html::style::css(receipt.brand.as_ref())),
        receipt => receipt.toml(),
    };
    let page = environment.render_str(template, values).map_err(|error| broken(&error))?;
    let faults = html::inert::faults(&page);
    Ok((page, faults))
}

fn broken(error: &minijinja::Error) -> Broken {
    let reason = error.detail().map_or_else(|| error.kind().to_string(), |detail| format!("{}: {detail}", error.kind()));
    Broken { line: error.line(), reason }
}
