//! The inputs of a batch, opened.

use super::asked::{Asked, InputFormat};
use crate::cli::Door;
use crate::cli::output::reason;
use anyhow::{Result, anyhow, bail};
use qun::batch::receipt::{Summed, Sums};
use qun::batch::source::packed::{Packing, TELLING};
use qun::batch::source::{Form, Input};
use qun::text::harmless_line;
use std::fs::File;
use std::io::{IsTerminal, Read, Seek};
use std::path::{Path, PathBuf};

/// The inputs, opened.
pub struct Opened {
    pub inputs: Vec<Input>,
    /// Their names.
    pub names: Vec<String>,
    /// Their size in bytes, if that is known.
    pub total: Option<u64>,
    /// What is read of them, if it is summed.
    pub sums: Vec<Sums>,
}

impl Opened {
    /// Opens all of them, stdin if there are none. What is read may be summed.
    pub fn all(door: &Door, files: &[PathBuf], asked: &Asked, is_summed: bool) -> Result<Opened> {
        let encoding = match &asked.encoding {
            None => None,
            Some(label) => Some(
                encoding_rs::Encoding::for_label(label.as_bytes())
                    .ok_or_else(|| anyhow!(door.fill("batch.no-encoding", &[("given", &harmless_line(label))])))?,
            ),
        };
        let form = asked.input_format.map(|format| match format {
            InputFormat::Jsonl => Form::Lines,
            InputFormat::Json => Form::Json,
            InputFormat::Csv => Form::Csv,
            InputFormat::Tsv => Form::Tsv,
            InputFormat::Toml => Form::Toml,
        });
        if files.is_empty() && std::io::stdin().is_terminal() {
            bail!(qun::words::say("batch.no-input", door.lang));
        }
        let stdin = [PathBuf::from("-")];
        let files = if files.is_empty() { &stdin[..] } else { files };
        let mut found = Opened { inputs: Vec::new(), names: Vec::new(), total: Some(0), sums: Vec::new() };
        for path in files {
            let name = harmless_line(&path.display().to_string());
            let live;
            let mut reader: Box<dyn Read + Send> = if path == Path::new("-") {
                found.total = None;
                live = !std::fs::metadata("/dev/stdin").is_ok_and(|meta| meta.is_file());
                Box::new(std::io::stdin())
            } else {
                let fail = |reason: &str| anyhow!(door.fill("door.cannot-read", &[("path", &name), ("reason", reason)]));
                let mut file = File::open(path).map_err(|error| fail(&reason(door.lang, &error)))?;
                let meta = file.metadata().map_err(|error| fail(&reason(door.lang, &error)))?;
                if meta.is_dir() {
                    return Err(fail(qun::words::say("batch.is-folder", door.lang)));
                }
                live = !meta.is_file();
                // Of what is packed, nobody knows how much it is.
                let is_plain = !live && !is_packed(&mut file).map_err(|error| fail(&reason(door.lang, &error)))?;
                found.total = found.total.filter(|_| is_plain).map(|sum| sum + meta.len());
                Box::new(file)
            };
            if is_summed {
                let sums = Sums::default();
                reader = Box::new(Summed { reader, sums: sums.clone() });
                found.sums.push(sums);
            }
            found.names.push(name.clone());
            found.inputs.push(Input { name, reader, form, encoding, live });
        }
        Ok(found)
    }
}

/// Whether a file is packed; it is at its beginning again.
fn is_packed(file: &mut File) -> std::io::Result<bool> {
    let mut start = Vec::new();
    Read::by_ref(file).take(TELLING as u64).read_to_end(&mut start)?;
    file.rewind()?;
    Ok(Packing::of(&start).is_some())
}
