//! What the knowledge leans on: documents, damaged words, gaps and claims.

use super::Named;
use crate::diagnostic::{At, Place};
use crate::ids::{IndexVec, SourceId};
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// What the knowledge leans on, and what it leaves open.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Sources {
    /// The documents.
    pub documents: IndexVec<SourceId, Document>,
    /// Damaged words and their meaning.
    pub restored: Vec<Restored>,
    /// What the documents leave out.
    pub gaps: Vec<Gap>,
    /// What the documents claim, and who holds it here.
    pub claims: Vec<Claim>,
    /// Every sentence of the documents whose ledger is kept, in their order.
    pub sentences: Vec<Sentence>,
}

/// A document.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Document {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// Where it is.
    pub url: Option<String>,
    /// Whose text it is, where the address is that of a copy.
    pub publisher: Option<Text>,
    /// When it was read: a year, a month or a day.
    #[allow(dead_code, reason = "it has to be said, for whoever reads the base")]
    pub read: Option<String>,
    /// What to know about it.
    pub note: Option<Text>,
    /// The digest of its ledger, where one is kept.
    pub digest: Option<At<String>>,
    /// Its sections.
    pub sections: Vec<Named>,
    /// Where its id stands.
    pub place: Place,
}

/// A damaged word.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Restored {
    /// The document, as an index.
    pub document: SourceId,
    /// The word as the document has it.
    pub written: String,
    /// What it meant.
    pub meant: Text,
}

/// Something that the documents leave out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Gap {
    /// Its id.
    pub id: String,
    /// What is missing.
    pub text: Text,
    /// The document that leaves it out, as an index.
    pub document: Option<SourceId>,
}

/// A claim of a document.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claim {
    /// Its id.
    pub id: String,
    /// The section that makes it, as `document#section`.
    pub section: String,
    /// What it says.
    pub says: Text,
    /// The entries that hold it, as `folder/id`.
    pub held_by: Vec<String>,
    /// Why nobody holds it.
    pub waived: Option<Text>,
    /// Where its id stands.
    pub place: Place,
}

/// A sentence of a document and what became of it. The sentence itself is not kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sentence {
    /// The section that it stands in, as `document#section`.
    pub section: String,
    /// Its hash: SHA-256 over the sentence without blanks; the first 16 hex digits.
    pub hash: String,
    /// The claims that restate it, as indices.
    pub claims: Vec<usize>,
    /// Why none does.
    pub waived: Option<Text>,
}
