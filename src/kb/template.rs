//! Texts with slots: words and answers of one community put into sentences of the base.
//!
//! A text is taken apart once, when the base is loaded; [`Teller`](super::Teller) puts it together.

use crate::ids::{FactId, IndexVec, WordId};
use crate::text::{Lang, Text};
use serde::{Deserialize, Serialize};

/// The id of the slot for the name of a community.
pub const NAME: &str = "name";
/// What stands in a message for what is not known.
pub(super) const GAP: &str = "____";

/// What is put into a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Slot {
    /// The name of the community.
    Name,
    /// The answer to a fact, in words.
    Fact(FactId),
    /// A word of the base, as the trade has it.
    Word(WordId),
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// Said as it stands.
    Literal(String),
    /// Said of the community.
    Slot(Slot),
}

/// A word of the base that texts may leave open, and what it is by default.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Word {
    /// Its id, which is no fact's.
    pub id: String,
    /// What is said unless a trade has a word of its own.
    pub text: Text,
}

/// A text in both languages, taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Chinese.
    pub zh: Vec<Piece>,
    /// English.
    pub en: Vec<Piece>,
}

impl Template {
    /// The parts in one language.
    #[must_use]
    pub fn pieces(&self, lang: Lang) -> &[Piece] {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// The slots in either language.
    pub fn slots(&self) -> impl Iterator<Item = Slot> {
        self.zh.iter().chain(&self.en).filter_map(|piece| match piece {
            Piece::Slot(slot) => Some(*slot),
            Piece::Literal(_) => None,
        })
    }

    /// The text with the base's own words, for who knows nothing about the community.
    #[must_use]
    pub fn plain(&self, words: &IndexVec<WordId, Word>) -> Text {
        let say = |lang| {
            let say = |piece: &Piece| match piece {
                Piece::Literal(text) => text.clone(),
                Piece::Slot(Slot::Word(word)) => words[*word].text.get(lang).to_owned(),
                Piece::Slot(_) => GAP.to_owned(),
            };
            self.pieces(lang).iter().map(say).collect()
        };
        Text { zh: say(Lang::Zh), en: say(Lang::En) }
    }
}
