//! Whether HTML or SVG is inert: it runs nothing, asks nothing of other places, and
//! is styled by one sheet only. Held against a consultant's template and logo.

/// Something that is not inert, and the line it begins on, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// The line.
    pub line: usize,
    /// What it is.
    pub what: What,
}

/// What is not inert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A script, or an element that brings one or something else from elsewhere.
    Element,
    /// An attribute that runs something, such as `onload`, or an address such as `javascript:…`.
    Event,
    /// A `style` attribute, which a strict policy ignores.
    Style,
    /// An address of another place outside a link.
    Outside,
    /// A declaration of entities or a document type of its own.
    Entity,
}

impl What {
    /// Its word.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            What::Element => "element",
            What::Event => "event",
            What::Style => "style",
            What::Outside => "outside",
            What::Entity => "entity",
        }
    }
}

/// Elements that run something or bring something from elsewhere.
const ELEMENTS: [&str; 14] = [
    "script",
    "iframe",
    "frame",
    "object",
    "embed",
    "applet",
    "link",
    "base",
    "form",
    "foreignobject",
    "use",
    "animate",
    "set",
    "portal",
];
/// Attributes that bring what their address names.
const BRINGING: [&str; 9] = ["src", "srcset", "xlink:href", "action", "formaction", "poster", "background", "data", "ping"];

/// Everything that is not inert, in the order of lines.
#[must_use]
pub fn faults(markup: &str) -> Vec<Fault> {
    let mut found: Vec<Fault> = Vec::new();
    let line = |at: usize| markup[..at].matches('\n').count() + 1;
    let lower = markup.to_ascii_lowercase();
    for word in ["url(", "@import", "expression("] {
        found.extend(lower.match_indices(word).map(|(at, _)| Fault { line: line(at), what: What::Outside }));
    }
    for (at, _) in lower.match_indices("<!") {
        let rest = &lower[at + 2..];
        let is_plain = rest.starts_with("--") || rest.starts_with("doctype html>");
        found.extend((!is_plain).then(|| Fault { line: line(at), what: What::Entity }));
    }
    for (at, tag) in tags(&lower) {
        let what = in_tag(tag);
        found.extend(what.into_iter().map(|what| Fault { line: line(at), what }));
    }
    found.sort_by_key(|fault| fault.line);
    found
}

/// The tags that open an element, without their brackets, and where they begin.
fn tags(markup: &str) -> Vec<(usize, &str)> {
    let bytes = markup.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = markup[at..].find('<').map(|open| at + open) {
        at = open + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (mut end, mut quote) = (at, None);
        while let Some(byte) = bytes.get(end) {
            match (quote, byte) {
                (None, b'>') => break,
                (None, b'"' | b'\'') => quote = Some(*byte),
                (Some(open), byte) if open == *byte => quote = None,
                _ => {}
            }
            end += 1;
        }
        found.push((open, &markup[at..end]));
        at = end;
    }
    found
}

fn in_tag(tag: &str) -> Vec<What> {
    let name: String = tag.chars().take_while(|c| !c.is_whitespace() && *c != '/').collect();
    let local = name.rsplit(':').next().unwrap_or_default();
    let mut found: Vec<What> = ELEMENTS.contains(&local).then_some(What::Element).into_iter().collect();
    for (key, value) in attributes(&tag[name.len()..]) {
        let plain: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let plain = plain
            .replace("&colon;", ":")
            .replace("&#58;", ":")
            .replace("&#x3a;", ":")
            .replace("&tab;", "")
            .replace("&newline;", "");
        let is_here = plain.is_empty() || plain.starts_with('#') || plain.starts_with("data:image/");
        if key.starts_with("on") || plain.contains("javascript:") || plain.contains("vbscript:") {
            found.push(What::Event);
        } else if key == "style" {
            found.push(What::Style);
        } else if (BRINGING.contains(&key) || (key == "href" && local != "a")) && !is_here {
            found.push(What::Outside);
        } else if key == "http-equiv" && plain == "refresh" {
            found.push(What::Element);
        }
    }
    found
}

/// The attributes of a tag, by name and value.
fn attributes(mut rest: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_whitespace() || "=/".contains(c)).unwrap_or(rest.len());
        let (key, behind) = rest.split_at(end);
        if key.is_empty() {
            // An equals sign without a name.
            match rest.chars().next() {
                Some(c) => rest = &rest[c.len_utf8()..],
                None => return found,
            }
            continue;
        }
        let behind = behind.trim_start();
        let Some(value) = behind.strip_prefix('=').map(str::trim_start) else {
            found.push((key, ""));
            rest = behind;
            continue;
        };
        let (value, behind) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        found.push((key, value));
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn example_of_faults() {
        use qun::report::html::inert::{What, faults};
        assert!(faults("<p class=\"a\">on <a href=\"https://example.org\">a page</a></p>").is_empty());
        let found = faults("<p>\n<img src=//x onerror=alert(1)>");
        assert_eq!(found.iter().map(|one| (one.line, one.what)).collect::<Vec<_>>(), [(2, What::Outside), (2, What::Event)]);
    }
}
