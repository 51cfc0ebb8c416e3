//! The pieces of a report that are compared one by one.

use super::Differs;
use serde_json::Value;

/// A piece of a report, as it is written there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'a> {
    /// What stands there: a text, a tag, a line.
    pub text: &'a str,
    /// The heading that it stands under.
    pub heading: &'a str,
}

/// Tags and the texts between them.
pub fn of_html(text: &str) -> Vec<Piece<'_>> {
    let mut found: Vec<Piece<'_>> = Vec::new();
    let (mut heading, mut is_heading, mut rest) = ("", false, text);
    while !rest.is_empty() {
        let end = match rest.strip_prefix('<') {
            Some(tag) => tag.find('>').map_or(rest.len(), |at| at + 2),
            None => rest.find('<').unwrap_or(rest.len()),
        };
        let (piece, behind) = rest.split_at(end);
        if piece.starts_with("<h2") || piece.starts_with("<h1") {
            (heading, is_heading) = ("", true);
        } else if piece.starts_with("</h") {
            is_heading = false;
        } else if is_heading && !piece.starts_with('<') && piece.trim().chars().any(|c| !c.is_ascii_digit()) && heading.is_empty()
        {
            heading = piece;
        }
        found.push(Piece { text: piece, heading });
        rest = behind;
    }
    found
}

/// The lines of Markdown.
pub fn of_markdown(text: &str) -> Vec<Piece<'_>> {
    let mut heading = "";
    let line = |line| {
        heading = if str::starts_with(line, '#') { line.trim_start_matches('#').trim() } else { heading };
        Piece { text: line, heading }
    };
    text.lines().map(line).collect()
}

/// The first value of two JSON texts that differs, with its path.
pub fn in_json(report: &Value, made: &Value, path: String) -> Option<Differs> {
    let none = Value::Null;
    match (report, made) {
        (Value::Object(one), Value::Object(other)) => {
            let keys = other.keys().chain(one.keys().filter(|key| !other.contains_key(*key)));
            let value = |of: &'_ serde_json::Map<String, Value>, key: &String| of.get(key).cloned().unwrap_or_default();
            keys.into_iter().find_map(|key| in_json(&value(one, key), &value(other, key), format!("{path}.{key}")))
        }
        (Value::Array(one), Value::Array(other)) => {
            let all = 0..one.len().max(other.len());
            let of = |list: &'_ [Value], at: usize| list.get(at).cloned().unwrap_or_default();
            all.into_iter().find_map(|at| in_json(&of(one, at), &of(other, at), format!("{path}[{at}]")))
        }
        (one, other) if one == other => None,
        (one, other) => {
            let written = |value: &Value| if value == &none { String::new() } else { value.to_string() };
            Some(Differs { at: path, report: written(one), made: written(other) })
        }
    }
}

/// Text without the escapes of HTML.
pub fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
