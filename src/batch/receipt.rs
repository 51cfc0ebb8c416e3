//! The receipt of a batch: what its output was made from, so that anybody can make
//! it again and compare.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};
use toml::Table;

/// The version of this form.
pub const FORM: u32 = 1;
/// What tells the receipt of a batch from others.
const OF: &str = "batch";

/// What an output was made from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Receipt {
    /// The version of the form.
    pub receipt: u32,
    /// What it is the receipt of.
    of: String,
    /// The version of the program.
    pub engine: String,
    /// The base, by its version and hash.
    pub base: String,
    /// See [`Receipt::base`].
    pub base_hash: String,
    /// The rows of all inputs.
    pub rows: Rows,
    /// What was asked for.
    pub options: Table,
    /// What was written.
    pub output: File,
    /// What was read, in this order.
    pub input: Vec<File>,
}

/// How many rows there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Rows {
    /// In the inputs.
    pub read: u64,
    /// In the output.
    pub judged: u64,
    /// Without a verdict.
    pub rejected: u64,
}

/// A file, or a stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct File {
    /// Its path as it was given; `-` for a stream.
    pub path: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// Their SHA-256.
    pub sha256: String,
}

impl Receipt {
    /// A receipt of now.
    #[must_use]
    pub fn new((base, base_hash): (&str, &str), rows: Rows, options: Table, output: File, input: Vec<File>) -> Receipt {
        Receipt {
            receipt: FORM,
            of: OF.to_owned(),
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            base: base.to_owned(),
            base_hash: base_hash.to_owned(),
            rows,
            options,
            output,
            input,
        }
    }

    /// It as TOML.
    #[must_use]
    pub fn toml(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }

    /// Reads what [`Receipt::toml`] writes; `None` if it is no receipt of a batch of this form.
    #[must_use]
    pub fn read(text: &str) -> Option<Receipt> {
        let found: Receipt = toml::from_str(text).ok()?;
        (found.receipt == FORM && found.of == OF).then_some(found)
    }
}

/// The sum of bytes that come one after the other.
#[derive(Debug, Clone, Default)]
pub struct Sum {
    digest: Sha256,
    bytes: u64,
}

impl Sum {
    /// Adds bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.digest.update(bytes);
        self.bytes += bytes.len() as u64;
    }

    /// What the bytes so far make as a file.
    #[must_use]
    pub fn file(&self, path: &str) -> File {
        let sha256 = self.digest.clone().finalize().iter().fold(String::new(), |mut hash, byte| {
            let _ = write!(hash, "{byte:02x}");
            hash
        });
        File { path: path.to_owned(), bytes: self.bytes, sha256 }
    }
}

/// A sum that somebody else adds to.
#[derive(Debug, Clone, Default)]
pub struct Sums(Arc<Mutex<Sum>>);

impl Sums {
    /// What there is so far.
    #[must_use]
    pub fn sum(&self) -> Sum {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A reader whose bytes are summed.
pub struct Summed<R> {
    /// The reader.
    pub reader: R,
    /// The sum.
    pub sums: Sums,
}

impl<R: Read> Read for Summed<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(bytes)?;
        self.sums.0.lock().unwrap_or_else(PoisonError::into_inner).add(&bytes[..count]);
        Ok(count)
    }
}
