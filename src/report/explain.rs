//! What a finding means: its reason, with a bad and a good example.

use crate::text::Lang;
use crate::words;

/// Every name that a finding can have: faults of form, faults of profiles, and lints.
#[must_use]
pub fn names() -> Vec<&'static str> {
    let mut found: Vec<&'static str> =
        words::entries().filter_map(|(key, _)| key.strip_prefix("fault.")?.strip_suffix(".headline")).collect();
    found.sort_unstable();
    found
}

/// The explanation of a name; `None` if no finding is called so.
#[must_use]
pub fn explain(name: &str, lang: Lang) -> Option<String> {
    words::find(&format!("fault.{name}.headline"))?;
    let part = |part: &str| words::find(&format!("lint.{name}.{part}")).map(|text| text.get(lang).trim_end());
    let level = crate::lint::find(name).map(|lint| match lint.level() {
        Some(level) => words::say(&format!("level.{}", super::findings::level(level)), lang),
        None => words::say("explain.off", lang),
    });
    let level = level.unwrap_or_else(|| words::say("explain.form", lang));
    let mut out = format!("{name} ({level})\n");
    for (key, heading) in [("why", None), ("bad", Some("explain.bad")), ("good", Some("explain.good"))] {
        let Some(text) = part(key) else { continue };
        out.push('\n');
        match heading {
            None => out.push_str(&textwrap::fill(text, 78)),
            Some(heading) => {
                out.push_str(words::say(heading, lang));
                text.lines().for_each(|line| {
                    out.push_str("\n    ");
                    out.push_str(line);
                });
            }
        }
        out.push('\n');
    }
    Some(out)
}
