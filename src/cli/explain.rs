//! `qun explain`: what a finding means.

use super::{Door, Ending, base, output};
use anyhow::{Result, bail};
use clap::Args;
use qun::report::explain;
use qun::spelling::nearest;
use qun::text::harmless_line;

#[derive(Debug, Args)]
pub struct Explain {
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

impl Explain {
    pub fn run(self, door: &Door) -> Result<Ending> {
        let Some(name) = self.name else {
            output::show(&(explain::names().join("\n") + "\n"))?;
            return Ok(Ending::Done);
        };
        let Some(text) = explain::explain(&name, door.lang) else {
            // Streams, measures and types are shown, not explained: say which command does that.
            let is_in_base = base::sound(door).is_ok_and(|kb| !kb.find(&name).is_empty());
            let wording =
                if is_in_base { door.fill("explain.to-show", &[("name", &harmless_line(&name))]) } else { unknown(door, &name) };
            bail!(wording);
        };
        output::show(&text)?;
        Ok(Ending::Done)
    }
}

/// That nothing is called so, and what may have been meant.
pub fn unknown(door: &Door, name: &str) -> String {
    let message = door.fill("explain.unknown", &[("name", &harmless_line(name))]);
    match nearest(name, explain::names()) {
        Some(near) => format!("{message}; {}", door.fill("near.help", &[("near", near)])),
        None => message,
    }
}
