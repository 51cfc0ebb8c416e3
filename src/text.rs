//! Text in two languages, and what a stranger's text may do to a screen.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt::{self, Write as _};

/// A language that the advice is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Chinese, simplified.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Both languages, in the order in which machine formats print them.
    pub const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

    /// The language of a locale name such as `zh_CN.UTF-8`: Chinese for any
    /// `zh`, English for everything else, `C` and nothing included.
    ///
    /// ```
    /// use qun::Lang;
    /// assert_eq!(Lang::of_locale(Some("zh-Hant-TW")), Lang::Zh);
    /// assert_eq!(Lang::of_locale(Some("C")), Lang::En);
    /// assert_eq!(Lang::of_locale(None), Lang::En);
    /// ```
    #[must_use]
    pub fn of_locale(locale: Option<&str>) -> Lang {
        match locale {
            Some(name) if name.to_ascii_lowercase().starts_with("zh") => Lang::Zh,
            _ => Lang::En,
        }
    }

    /// The key under which texts of this language stand: `zh` or `en`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The same statement in Chinese and in English; neither is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The wording in one language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// Whether a character could move the cursor, hide text or reverse its order.
#[must_use]
pub fn is_treacherous(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c,
            '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}')
}

/// A stranger's text made harmless for a terminal: treacherous characters
/// become a visible stand-in **of the same length in bytes**, so that spans into
/// the text keep their meaning.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.contains(is_treacherous) {
        return Cow::Borrowed(text);
    }
    let stand_in = |c: char| match (is_treacherous(c), c.len_utf8()) {
        (false, _) => c,
        (true, 1) => '?',
        (true, 2) => '¿',
        (true, 3) => '\u{FFFD}',
        (true, _) => '\u{1F6AB}',
    };
    Cow::Owned(text.chars().map(stand_in).collect())
}

/// JSON in which no character of a string could move the cursor, hide text or
/// reverse its order, and none begins a command of a build server: such characters
/// are escaped, so that the JSON says the same.
#[must_use]
pub fn harmless_json(json: &str) -> Cow<'_, str> {
    if !json.contains(is_treacherous) && !json.contains("##[") {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_treacherous(c) || (c == '[' && out.ends_with("##")) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// A text for people in which no line is a command of a build server: those begin
/// with `::`, or have `##[` anywhere.
#[must_use]
pub fn no_commands(text: &str) -> Cow<'_, str> {
    let begins = |line: &str| line.trim_start().starts_with("::");
    if !text.contains("##[") && !text.split(['\n', '\r']).any(begins) {
        return Cow::Borrowed(text);
    }
    let one = |line: &str| {
        let line = line.replace("##[", "## [");
        if begins(&line) { line.replacen("::", ": :", 1) } else { line }
    };
    Cow::Owned(text.split_inclusive(['\n', '\r']).map(one).collect())
}

/// [`harmless`] on a single line: line breaks and tabs become blanks.
#[must_use]
pub fn harmless_line(text: &str) -> String {
    harmless(text).replace(['\n', '\t'], " ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn example_of_harmless() {
        use qun::text::harmless;
        assert_eq!(harmless("群\u{1b}[2J"), "群?[2J");
        assert_eq!(harmless("a\u{202e}b").len(), "a\u{202e}b".len());
    }

    #[test]
    fn example_of_harmless_json() {
        use qun::text::harmless_json;
        assert_eq!(harmless_json("{\"a\":\"b\u{9b}\"}"), "{\"a\":\"b\\u009b\"}");
        assert_eq!(harmless_json("\"##[x]\""), "\"##\\u005bx]\"");
        assert_eq!(harmless_json("\"群\""), "\"群\"");
    }

    #[test]
    fn example_of_no_commands() {
        use qun::text::no_commands;
        assert_eq!(no_commands(" ::stop-commands::x\na ##[group]"), " : :stop-commands::x\na ## [group]");
    }
}
