//! `sources.toml`.

use super::At;
use crate::text::Text;

form! {
    /// `sources.toml`.
    Sources = "sources" [] {
        must "document" documents: Vec<Document>,
        may "restored" restored: Vec<Restored>,
        may "gap" gaps: Vec<Gap>,
        may "claim" claims: Vec<Claim>,
        may "sentence" sentences: Vec<Sentence>,
    }

    /// A document that knowledge leans on.
    Document = "document" [] {
        must "id" id: At<String>,
        must "title" title: Text,
        may "url" url: Option<String>,
        may "publisher" publisher: Option<Text>,
        may "read" read: Option<At<String>>,
        may "note" note: Option<Text>,
        may "digest" digest: Option<At<String>>,
        may "sections" sections: Vec<DocumentSection>,
    }

    /// A section of a document.
    DocumentSection = "document section" [] {
        must "id" id: At<String>,
        must "title" title: Text,
    }

    /// A damaged word and what it meant.
    Restored = "restored word" [] {
        must "document" document: Option<At<String>>,
        must "written" written: String,
        must "meant" meant: Text,
    }

    /// Something that the documents leave out.
    Gap = "gap" [] {
        must "id" id: At<String>,
        must "text" text: Text,
        may "document" document: Option<At<String>>,
    }

    /// A claim of a document and who holds it.
    Claim = "claim" [] {
        must "id" id: At<String>,
        must "section" section: Option<At<String>>,
        must "says" says: Text,
        may "held-by" held_by: Vec<At<String>>,
        may "waived" waived: Option<Text>,
    }

    /// A sentence of a document, by its hash, and what became of it.
    Sentence = "sentence" [] {
        must "section" section: Option<At<String>>,
        must "hash" hash: Option<At<String>>,
        may "claims" claims: Vec<At<String>>,
        may "waived" waived: Option<Text>,
    }
}
