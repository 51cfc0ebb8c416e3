//! SARIF 2.1.0 (OASIS, *Static Analysis Results Interchange Format*), for code scanning.
//!
//! Written by hand: a dozen structs. Columns count code points from 1, which
//! the run says; paths are percent-encoded, since they are URIs.

use super::{Findings, level, region};
use crate::diagnostic::{Diagnostic, Place};
use crate::report::diagnostics::{headline, helps, note};
use crate::text::harmless;
use crate::words;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Finding>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_description: Option<Message>,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// Everything as one SARIF log, ending with a line break.
#[must_use]
pub fn render(findings: &Findings<'_>) -> String {
    let names: BTreeMap<&'static str, usize> = {
        let mut names: Vec<_> = findings.found.iter().map(|one| one.name).collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().enumerate().map(|(at, name)| (name, at)).collect()
    };
    let rule = |name: &&'static str| Rule {
        id: name,
        full_description: words::find(&format!("lint.{name}.why")).map(|why| Message { text: why.get(findings.lang).to_owned() }),
    };
    let run = Run {
        tool: Tool {
            driver: Driver { name: "qun", version: env!("CARGO_PKG_VERSION"), rules: names.keys().map(rule).collect() },
        },
        column_kind: "unicodeCodePoints",
        results: findings.found.iter().map(|one| finding(findings, one, names[one.name])).collect(),
    };
    let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    let log = Log { schema, version: "2.1.0", runs: [run] };
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

fn finding(findings: &Findings<'_>, one: &Diagnostic, rule_index: usize) -> Finding {
    let more = note(one, findings.lang).into_iter().chain(helps(one, findings.lang));
    let text = std::iter::once(headline(one, findings.lang)).chain(more).collect::<Vec<_>>().join("\n");
    Finding {
        rule_id: one.name,
        rule_index,
        level: level(one.level),
        message: Message { text: harmless(&text).into_owned() },
        locations: [location(findings, &one.place)],
        related_locations: one.related.iter().map(|place| location(findings, place)).collect(),
    }
}

fn location(findings: &Findings<'_>, place: &Place) -> Location {
    let [(start_line, start_column), (end_line, end_column)] = region(findings.files, place);
    let region = Region { start_line, start_column, end_line, end_column };
    let uri = encoded(findings.files.name(place.file));
    Location { physical_location: Physical { artifact_location: Artifact { uri }, region } }
}

/// A path as a relative or absolute URI reference: everything but unreserved
/// characters and slashes is percent-encoded.
fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}
