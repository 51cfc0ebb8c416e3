//! What a document says besides its content: for whom it is, by whom, and where it goes.

use super::Door;
use super::dress::Dress;
use anyhow::{Result, bail};
use clap::Args;
use qun::kb::KnowledgeBase;
use qun::report::html;
use qun::report::page::Document;
use qun::report::receipt::Receipt;
use qun::text::Lang;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The flags of documents.
#[derive(Debug, Default, Args)]
pub struct Paper {
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[arg(long, value_name = "NAME")]
    client: Option<String>,
    #[arg(long, value_name = "NAME")]
    analyst: Option<String>,
    #[arg(long, value_name = "TEXT")]
    date: Option<String>,
    #[command(flatten)]
    dress: Dress,
}

impl Paper {
    /// Refuses what only a document, or only a page, can say where none is asked for.
    pub fn check(&self, door: &Door, is_document: bool, is_page: bool) -> Result<()> {
        let given = [("--client", &self.client), ("--analyst", &self.analyst), ("--date", &self.date)];
        if let Some((flag, _)) = given.iter().find(|(_, text)| text.is_some() && !is_document) {
            bail!(door.fill("door.only-documents", &[("flag", flag)]));
        }
        if let Some(flag) = self.dress.flag().filter(|_| !is_page) {
            bail!(door.fill("door.only-html", &[("flag", flag)]));
        }
        Ok(())
    }

    /// The files that are read for it.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.dress.files()
    }

    /// A receipt that says for whom and by whom.
    pub fn signed(&self, receipt: Receipt) -> Receipt {
        Receipt { client: self.client.clone(), analyst: self.analyst.clone(), date: self.date.clone(), ..receipt }
    }

    /// The page: by the consultant's template, or ours in the consultant's colours.
    pub fn page(
        &self,
        door: &Door,
        kb: &KnowledgeBase,
        receipt: Receipt,
        document: &dyn Fn(&Receipt, Lang) -> Document,
        result: &dyn Fn(&Receipt) -> Value,
    ) -> Result<String> {
        let receipt = Receipt { brand: self.dress.brand(door, kb)?, ..self.signed(receipt) };
        let documents: Vec<_> = door.langs.iter().map(|lang| (*lang, document(&receipt, *lang))).collect();
        let page = self.dress.page(door, &|| result(&receipt), &receipt, &documents)?;
        Ok(page.unwrap_or_else(|| html::render(&receipt, &documents)))
    }
}
