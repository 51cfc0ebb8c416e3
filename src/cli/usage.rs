//! Usage errors: in the reader's language, with what was expected.

use super::output;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use qun::text::{Lang, harmless_line};
use qun::words;
use std::path::Path;
use std::process::ExitCode;

/// Prints help and version to stdout, and everything else as a usage error.
pub fn report(error: &Error, lang: Lang) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return match output::print(&error.render().to_string()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
            Err(error) => {
                let reason = output::cannot_write(lang, Path::new("stdout"), &std::io::Error::other(error.to_string()));
                output::complain(&format!("{}: {reason}", words::say("level.error", lang)));
                ExitCode::from(2)
            }
        };
    }
    let key = match error.kind() {
        ErrorKind::UnknownArgument => "usage.unknown-argument",
        ErrorKind::InvalidSubcommand => "usage.unknown-command",
        ErrorKind::MissingRequiredArgument | ErrorKind::MissingSubcommand => "usage.missing",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "usage.invalid-value",
        ErrorKind::ArgumentConflict => "usage.conflict",
        ErrorKind::TooFewValues => "usage.too-few",
        _ => "usage.other",
    };
    let of = |kind| error.get(kind).map_or_else(String::new, |value| harmless_line(&joined(value)));
    let argument = match error.kind() {
        ErrorKind::TooFewValues => of(ContextKind::InvalidArg).split(' ').next().unwrap_or_default().to_owned(),
        ErrorKind::InvalidSubcommand => of(ContextKind::InvalidSubcommand),
        ErrorKind::MissingSubcommand => of(ContextKind::ValidSubcommand),
        _ => of(ContextKind::InvalidArg),
    };
    let (least, given) = (of(ContextKind::MinValues), of(ContextKind::ActualNumValues));
    let value = of(ContextKind::InvalidValue);
    let gaps = [("argument", argument.as_str()), ("value", &value), ("least", &least), ("given", &given)];
    output::complain(&format!("{}: {}", words::say("level.error", lang), words::fill(key, lang, &gaps)));
    let valid = of(ContextKind::ValidValue);
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue].map(of);
    if let Some(near) = near.iter().find(|near| !near.is_empty()) {
        output::complain(&format!("{}: {}", words::say("level.help", lang), words::fill("near.help", lang, &[("near", near)])));
    } else if !valid.is_empty() {
        let text = words::fill("usage.valid", lang, &[("values", &valid)]);
        output::complain(&format!("{}: {text}", words::say("level.help", lang)));
    }
    // "300 is not in 1..=256"
    let range = std::error::Error::source(error)
        .and_then(|source| source.to_string().split_once(" is not in ").map(|(_, range)| range.to_owned()));
    if let Some((least, most)) = range.as_deref().and_then(|range| range.split_once("..")) {
        let most = most.trim_start_matches('=');
        let text = match (least, most) {
            (least, "" | "18446744073709551615") => words::fill("usage.at-least", lang, &[("least", least)]),
            (least, most) => words::fill("usage.range", lang, &[("least", least), ("most", most)]),
        };
        output::complain(&format!("{}: {text}", words::say("level.help", lang)));
    }
    output::complain(words::say("usage.more", lang));
    ExitCode::from(2)
}

fn joined(value: &ContextValue) -> String {
    match value {
        ContextValue::String(one) => one.clone(),
        ContextValue::Strings(several) => several.join(", "),
        ContextValue::StyledStr(one) => one.to_string(),
        ContextValue::StyledStrs(several) => several.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        ContextValue::Number(number) => number.to_string(),
        ContextValue::Bool(yes) => yes.to_string(),
        _ => String::new(),
    }
}
