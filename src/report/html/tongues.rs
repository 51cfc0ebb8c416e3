//! Text in one language, or in two of them beside each other.

use crate::text::{Lang, harmless_line};
use maud::{Markup, Render, html};

/// The same text in each language of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said<'a>(Vec<(Lang, &'a str)>);

impl<'a> Said<'a> {
    /// A text by its languages.
    #[must_use]
    pub fn new(texts: Vec<(Lang, &'a str)>) -> Said<'a> {
        Said(texts)
    }

    /// The texts made harmless; with the tag of the language where there are several,
    /// and once where they are equal.
    #[must_use]
    pub fn plain(&self) -> Vec<(Option<&'static str>, String)> {
        let are_equal = self.0.windows(2).all(|pair| pair[0].1 == pair[1].1);
        match self.0.as_slice() {
            [] => Vec::new(),
            [(_, text), ..] if are_equal => vec![(None, harmless_line(text))],
            several => several.iter().map(|(lang, text)| (Some(tag(*lang)), harmless_line(text))).collect(),
        }
    }

    /// All texts on one line, for places that take no markup.
    #[must_use]
    pub fn joined(&self) -> String {
        self.plain().into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" / ")
    }

    /// The texts beside each other where there is room.
    #[must_use]
    pub fn prose(&self) -> Markup {
        match self.plain().as_slice() {
            [(None, text)] => html! { (text) },
            [(_, first), others @ ..] => {
                html! { span.pair { span { (first) } @for (lang, text) in others { span lang=[*lang] { (text) } } } }
            }
            [] => html! {},
        }
    }
}

/// The texts one below the other, as in a cell; the first is in the language of the page.
impl Render for Said<'_> {
    fn render(&self) -> Markup {
        match self.plain().as_slice() {
            [(None, text)] => html! { (text) },
            [(_, first), others @ ..] => html! { (first) @for (lang, text) in others { span lang=[*lang] { (text) } } },
            [] => html! {},
        }
    }
}

/// The tag by which HTML knows a language.
#[must_use]
pub fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    }
}
