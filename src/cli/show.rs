//! `qun show`: the base to look at.

use super::{Door, Ending, base, output};
use anyhow::{Result, bail};
use clap::Args;
use qun::report::page::{Block, Page};
use qun::report::{show, terminal};
use qun::spelling::nearest;
use qun::text::harmless_line;

#[derive(Debug, Args)]
pub struct Show {
    #[arg(value_name = "THING")]
    thing: Vec<String>,
}

impl Show {
    pub fn run(self, door: &Door) -> Result<Ending> {
        let kb = base::sound(door)?;
        let mut pages: Vec<Page> = Vec::new();
        let given = self.thing.join(" ");
        if given.is_empty() {
            pages.push(show::overview(&kb, door.lang));
        } else {
            let found = kb.find(&given);
            if found.is_empty() {
                let names = kb.names();
                let near = nearest(&given, names.iter().map(String::as_str));
                bail!(super::unknown(door, "show.unknown", &given, near));
            }
            if found.len() > 1 {
                let note = door.fill("show.several", &[("given", &harmless_line(&given))]);
                pages.push(Page { screen: vec![Block::Text(note)], sections: Vec::new() });
            }
            pages.extend(found.into_iter().map(|thing| show::page(&kb, thing, door.lang)));
        }
        let setting = terminal::Setting { width: super::width(), colour: door.colours(&std::io::stdout()) };
        let pages: Vec<String> = pages.iter().map(|page| terminal::render(page, setting)).collect();
        output::show(&pages.join("\n"))?;
        Ok(Ending::Done)
    }
}
