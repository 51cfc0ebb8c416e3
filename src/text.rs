//! Text in two languages, and what a stranger's text may do to a screen.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

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
    /// use qun::text::Lang;
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
///
/// ```
/// use qun::text::harmless;
/// assert_eq!(harmless("群\u{1b}[2J"), "群?[2J");
/// assert_eq!(harmless("a\u{202e}b").len(), "a\u{202e}b".len());
/// ```
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

/// The same, on a single line: line breaks and tabs become blanks.
#[must_use]
pub fn harmless_line(text: &str) -> String {
    harmless(text).replace(['\n', '\t'], " ")
}
