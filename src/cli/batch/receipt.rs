//! The receipt of a batch: written, and held against what it gives when made again.

use super::asked::Asked;
use super::inputs::Opened;
use super::judging::{failed, judge};
use crate::cli::{Door, Ending, output};
use anyhow::{Result, anyhow, bail};
use qun::batch::complete::Reject;
use qun::batch::receipt::{File, Receipt, Rows, Sum};
use qun::batch::run::{End, Sink};
use qun::batch::tally::Tally;
use qun::kb::KnowledgeBase;
use qun::text::harmless_line;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// What was made.
pub struct Made<'a> {
    pub files: &'a [PathBuf],
    pub sums: &'a [qun::batch::receipt::Sums],
    pub output: Option<&'a Path>,
    pub sum: Sum,
    pub tally: &'a Tally,
}

/// Writes the receipt of a run that read all of its inputs.
pub fn write(door: &Door, path: &Path, (kb, asked): (&KnowledgeBase, &Asked), made: &Made<'_>, end: End) -> Result<()> {
    if end != End::All {
        output::complain(qun::words::say("batch.no-receipt", door.lang));
        return Ok(());
    }
    let shown = |path: Option<&Path>| path.map_or("-".into(), |path| path.to_string_lossy().into_owned());
    let input = made.sums.iter().enumerate().map(|(at, sums)| sums.sum().file(&shown(made.files.get(at).map(PathBuf::as_path))));
    let (judged, rejected) = (made.tally.judged, made.tally.rejects());
    let rows = Rows { read: judged + rejected, judged, rejected };
    let options = toml::Table::try_from(asked)?;
    let receipt = Receipt::new((&kb.version, &kb.hash), rows, options, made.sum.file(&shown(made.output)), input.collect());
    output::deliver(door, Some(path), &receipt.toml())
}

/// Takes lines and keeps only their sum.
#[derive(Default)]
struct Summing(Sum);

impl Sink for Summing {
    fn take(&mut self, lines: &[u8], _: &[Reject], _: u64, _: u64) -> io::Result<()> {
        self.0.add(lines);
        Ok(())
    }
}

/// Makes the output of a receipt again and compares; `beside` is where the receipt lies.
pub fn check(door: &Door, kb: &KnowledgeBase, receipt: &Receipt, beside: &Path) -> Result<Ending> {
    let here = format!("{} ({})", kb.version, kb.hash);
    if receipt.base_hash != kb.hash {
        let stated = harmless_line(&format!("{} ({})", receipt.base, receipt.base_hash));
        output::show(&format!("{}\n", door.fill("verify.batch.other-base", &[("stated", &stated), ("base", &here)])))?;
        return Ok(Ending::Findings);
    }
    let mut findings = Vec::new();
    let finding = |key: &str, file: &File, found: &str| {
        let gaps = [("file", &*harmless_line(&file.path)), ("stated", &*harmless_line(&file.sha256)), ("found", found)];
        door.fill(&format!("verify.batch.{key}"), &gaps)
    };
    let mut files = Vec::new();
    for file in &receipt.input {
        match place(&file.path, beside) {
            _ if file.path == "-" => findings.push(finding("stream", file, "")),
            None => findings.push(finding("input-missing", file, "")),
            Some(path) => {
                let found = sum(door, &path)?;
                if found.sha256 != file.sha256 {
                    findings.push(finding("input-changed", file, &found.sha256));
                }
                files.push(path);
            }
        }
    }
    if let Some(path) = place(&receipt.output.path, beside).filter(|_| receipt.output.path != "-") {
        let found = sum(door, &path)?;
        if found.sha256 != receipt.output.sha256 {
            findings.push(finding("output-changed", &receipt.output, &found.sha256));
        }
    }
    if findings.is_empty() {
        let asked: Asked =
            receipt.options.clone().try_into().map_err(|_| anyhow!(qun::words::say("verify.no-receipt", door.lang)))?;
        let options = asked.options(door, kb)?;
        let opened = Opened::all(door, &files, &asked, false)?;
        let names = opened.names.clone();
        let mut sink = Summing::default();
        let judged = judge(door, (&asked, false), (kb, options), opened, &mut sink, &AtomicBool::new(false))?;
        if let Err(failure) = judged.end {
            return failed(door, failure, &names, asked.expect.as_deref(), None);
        }
        let made = sink.0.file("-");
        let rows = Rows {
            judged: judged.tally.judged,
            rejected: judged.tally.rejects(),
            read: judged.tally.judged + judged.tally.rejects(),
        };
        if made.sha256 == receipt.output.sha256 && rows == receipt.rows {
            output::show(&format!(
                "{}\n",
                door.fill("verify.batch.equal", &[("rows", &rows.read.to_string()), ("base", &here)])
            ))?;
            return Ok(Ending::Done);
        }
        let key = if receipt.engine == env!("CARGO_PKG_VERSION") { "differs" } else { "other-engine" };
        findings.push(finding(key, &receipt.output, &made.sha256));
    }
    output::show(&(findings.join("\n") + "\n"))?;
    Ok(Ending::Findings)
}

/// Where a file lies: as it was named, else beside the receipt.
fn place(path: &str, beside: &Path) -> Option<PathBuf> {
    let named = PathBuf::from(path);
    let near = named.file_name().map(|name| beside.join(name));
    [Some(named), near].into_iter().flatten().find(|path| path.is_file())
}

/// The sum of a file.
fn sum(door: &Door, path: &Path) -> Result<File> {
    let mut sum = Sum::default();
    let mut add = || -> io::Result<()> {
        let mut file = std::fs::File::open(path)?;
        let mut bytes = vec![0; 1 << 16];
        loop {
            match io::Read::read(&mut file, &mut bytes)? {
                0 => return Ok(()),
                count => sum.add(&bytes[..count]),
            }
        }
    };
    if let Err(error) = add() {
        let shown = harmless_line(&path.display().to_string());
        let reason = output::reason(door.lang, &error);
        bail!(door.fill("door.cannot-read", &[("path", &shown), ("reason", &reason)]));
    }
    Ok(sum.file(&path.to_string_lossy()))
}
