//! What a program asks for in one call: a profile read, advice and findings worded, a base checked.

use super::page::Extent;
use super::{advice as pages, diagnostics, json, markdown, schema};
use crate::advice::Advice;
use crate::diagnostic::{Diagnostic, Files};
use crate::kb::KnowledgeBase;
use crate::lint::{self, Settings, Subject};
use crate::profile::{self, Profile};
use crate::text::{Lang, harmless_json};

impl Advice {
    /// The advice on a profile as one object of JSON, described by the schema `result`.
    #[must_use]
    pub fn json(&self, kb: &KnowledgeBase, profile: &Profile) -> String {
        harmless_json(&json::judgement(kb, profile, self).to_string()).into_owned()
    }

    /// The usual page for a person, as Markdown.
    #[must_use]
    pub fn markdown(&self, kb: &KnowledgeBase, profile: &Profile, lang: Lang) -> String {
        markdown::render(&pages::page(kb, &profile.answers, self, profile.name.as_deref(), lang, Extent::Usual), lang)
    }
}

impl KnowledgeBase {
    /// Reads one profile in TOML or JSON; `name` is the file's name, for messages and the format.
    ///
    /// # Errors
    ///
    /// Every fault of the profile; places point into `files`, which the profile's
    /// text was added to.
    pub fn read_profile(&self, name: &str, bytes: &[u8], files: &mut Files) -> Result<Profile, Vec<Diagnostic>> {
        profile::read(&self.facts, name, bytes, files)
    }

    /// What its lints find, as `qun check` says it; `files` are those that it was
    /// loaded with, and `root` the name of its folder.
    #[must_use]
    pub fn findings(&self, files: &Files, root: &str) -> Vec<Diagnostic> {
        lint::run(&Subject::new(self, files, root), &Settings::default())
    }

    /// A JSON Schema by its name, such as `profile` or `result`.
    #[must_use]
    pub fn schema(&self, name: &str) -> Option<String> {
        schema::render(self, name)
    }
}

impl Diagnostic {
    /// What is wrong, with the place, the reason and what to do.
    #[must_use]
    pub fn message(&self, files: &Files, lang: Lang) -> String {
        diagnostics::human(self, files, lang, false)
    }
}
