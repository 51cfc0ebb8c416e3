//! The end of the questionnaire on a terminal: the first screen, then a menu.

use super::asker::{Asker, Prompt, Reply, write};
use super::keep::Keeper;
use super::menu::{self, Picked};
use crate::cli::{Door, output};
use anyhow::Result;
use qun::advice::Advice;
use qun::interview::draft;
use qun::interview::reading::{Reading, key_of};
use qun::kb::{Keep, KnowledgeBase};
use qun::profile::Profile;
use qun::report::page::{Extent, Page, Section};
use qun::report::{advice, terminal};
use qun::text::{Lang, harmless_line, no_commands};
use qun::words;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What the end is made from.
pub struct Finale<'a> {
    /// The door.
    pub door: &'a Door,
    /// The base.
    pub kb: &'a KnowledgeBase,
    /// The answers.
    pub profile: &'a Profile,
    /// The advice on them.
    pub advice: &'a Advice,
    /// Told where the answers are saved.
    pub keeper: &'a Keeper,
    /// Where the answers are saved, if they are.
    pub saved: Option<PathBuf>,
}

impl Finale<'_> {
    /// Shows the first screen, then what is asked for; false if it was left by Ctrl-C.
    pub fn run(&mut self, asker: &mut impl Asker) -> Result<bool> {
        let page = self.page(Extent::Usual);
        let rows = crossterm::terminal::size().map_or(24, |(_, rows)| usize::from(rows));
        let (name, lang) = (self.profile.name.as_deref(), self.door.lang);
        let size = (rows, crate::cli::width());
        let screen = advice::first_screen(self.kb, &self.profile.answers, self.advice, (name, lang), size);
        if !self.show(&Page { screen, sections: Vec::new() })? {
            return Ok(false);
        }
        let items = [
            self.say("ask.menu.evidence"),
            self.say("ask.menu.streams"),
            self.say("ask.menu.plan"),
            self.say("ask.menu.everything"),
            self.say("ask.menu.save"),
            self.say("ask.menu.quit"),
        ];
        loop {
            let goes_on = match menu::choose(&items)? {
                Picked::Interrupted => false,
                Picked::Item(0) => self.part(&page, |one| !self.is_plan(one) && !self.is_streams(one))?,
                Picked::Item(1) => self.part(&page, |one| self.is_streams(one))?,
                Picked::Item(2) => self.part(&page, |one| self.is_plan(one))?,
                Picked::Item(3) => self.show(&self.page(Extent::Full))?,
                Picked::Item(4) => self.save(asker)?,
                Picked::Item(_) if self.saved.is_some() => return Ok(true),
                Picked::Item(_) => return self.save(asker),
            };
            if !goes_on {
                return Ok(false);
            }
        }
    }

    fn say(&self, key: &str) -> &'static str {
        words::say(key, self.door.lang)
    }

    fn page(&self, extent: Extent) -> Page {
        let name = self.profile.name.as_deref();
        advice::page(self.kb, &self.profile.answers, self.advice, name, self.door.lang, extent)
    }

    fn show(&self, page: &Page) -> Result<bool> {
        let colour = self.door.colours(&std::io::stdout());
        let text = terminal::render(page, terminal::Setting { width: crate::cli::width(), colour });
        menu::show(no_commands(&text).trim_matches('\n'), self.say("ask.menu.more"))
    }

    fn part(&self, page: &Page, wanted: impl Fn(&Section) -> bool) -> Result<bool> {
        let sections = page.sections.iter().filter(|one| wanted(one)).cloned().collect();
        self.show(&Page { screen: Vec::new(), sections })
    }

    fn is_plan(&self, section: &Section) -> bool {
        [self.say("heading.plan"), self.say("heading.law")].contains(&section.heading.as_str())
    }

    fn is_streams(&self, section: &Section) -> bool {
        let mut kept = self.kb.decisions.iter().filter(|decision| decision.keep == Keep::All);
        kept.any(|decision| decision.heading.get(self.door.lang) == section.heading)
    }

    /// Saves the answers where the person wants; nothing is overwritten. False after Ctrl-C.
    fn save(&mut self, asker: &mut impl Asker) -> Result<bool> {
        let lang = self.door.lang;
        if let Some(path) = &self.saved {
            told(lang, "ask.leave.saved", path)?;
            return Ok(true);
        }
        let usual = free(self.profile.name.as_deref());
        loop {
            let shown = usual.display().to_string();
            let question = words::fill("ask.save.question", lang, &[("path", &shown)]);
            let prompt = Prompt { question, notes: vec![self.say("ask.save.help").to_owned()], ..Prompt::default() };
            let line = match asker.ask(&prompt)? {
                Reply::Line(line) if matches!(key_of(&line), Some(Reading::Enough)) => return Ok(false),
                Reply::Line(line) => line.trim().to_owned(),
                Reply::Interrupted | Reply::End => return Ok(false),
            };
            let path = match line.as_str() {
                "0" | "n" | "b" | "不" | "不存" => return Ok(true),
                "" | "1" | "y" => usual.clone(),
                name => PathBuf::from(name),
            };
            if path.exists() {
                told(lang, "ask.save.exists", &path)?;
                continue;
            }
            let text = draft::write(self.kb, self.profile, lang);
            match output::replace(&path, text.as_bytes()) {
                Ok(()) => {
                    told(lang, "ask.leave.saved", &path)?;
                    self.keeper.save_to(path.clone());
                    self.saved = Some(path);
                    return Ok(true);
                }
                Err(error) => output::complain(&output::cannot_write(lang, &path, &error).to_string()),
            }
        }
    }
}

fn told(lang: Lang, key: &str, path: &Path) -> Result<()> {
    let shown = harmless_line(&path.display().to_string());
    write(&format!("{}\n", words::fill(key, lang, &[("path", &shown)])))
}

/// A file that does not exist yet, called after the community.
pub fn free(name: Option<&str>) -> PathBuf {
    let stem = stem(name.unwrap_or_default());
    let names = std::iter::once(format!("{stem}.toml")).chain((2..).map(|number| format!("{stem}-{number}.toml")));
    names.map(PathBuf::from).find(|path| !path.exists()).unwrap_or_default()
}

/// The most bytes of a name that go into the name of a file; systems take 255.
const LONGEST: usize = 120;

/// Names that Windows keeps for devices, whatever their ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// The name of a community as that of a file: its letters and digits, of whatever script, all else as a hyphen.
fn stem(name: &str) -> String {
    let mut stem = String::new();
    let lower = name.nfc().flat_map(char::to_lowercase);
    for c in lower {
        // What is written above or below a letter belongs to it.
        if c.is_alphanumeric() || is_combining_mark(c) {
            stem.push(c);
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
        if stem.len() >= LONGEST {
            break;
        }
    }
    let stem = stem.trim_end_matches('-');
    match stem.trim_end_matches(|c: char| c.is_ascii_digit()) {
        _ if stem.is_empty() => "community".to_owned(),
        device if DEVICES.contains(&device) => format!("community-{stem}"),
        _ => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn a_file_is_called_after_the_community_in_whatever_script() {
        for (name, file) in [
            ("城东宝妈团（小象母婴店）", "城东宝妈团-小象母婴店"),
            ("  Friends of Mi / 2026  ", "friends-of-mi-2026"),
            ("Caf\u{65}\u{301} ../..\u{202e}x", "caf\u{e9}-x"),
            ("दिल्ली", "दिल्ली"),
            ("…", "community"),
            ("", "community"),
            ("Con", "community-con"),
            ("LPT1", "community-lpt1"),
            ("Concord", "concord"),
        ] {
            assert_eq!(stem(name), file);
        }
        let long = stem(&"群".repeat(300));
        assert!(long.len() <= 123 && long.chars().all(|c| c == '群'), "{long}");
    }
}
