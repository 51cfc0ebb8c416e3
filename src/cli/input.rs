//! Reading what a command line names: a file, or stdin for `-`.

use super::Door;
use anyhow::{Result, anyhow};
use qun::text::harmless_line;
use std::io::Read;
use std::path::Path;

/// The largest single input.
const LARGEST: u64 = 16 << 20;

/// The name under which an input is shown, and its bytes.
pub fn read(door: &Door, path: &Path) -> Result<(String, Vec<u8>)> {
    let shown = harmless_line(&path.display().to_string());
    let mut bytes = Vec::new();
    let outcome = if path == Path::new("-") {
        std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
    };
    let fail = |reason: &str| anyhow!(door.fill("door.cannot-read", &[("path", &shown), ("reason", reason)]));
    outcome.map_err(|error| fail(&super::output::reason(door.lang, &error)))?;
    if bytes.len() as u64 > LARGEST {
        return Err(fail(qun::words::say("door.too-large", door.lang)));
    }
    Ok((shown, bytes))
}
