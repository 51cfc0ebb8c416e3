//! The terminal: arrow keys, line editing and Chinese input, by inquire.
//!
//! The only file that knows inquire. A question stands above the prompt as
//! ordinary text; what is picked stands in a list. Both are wrapped by us. Where
//! the list is higher than the terminal, its options stand above as text and are
//! typed, since a list that scrolls by itself cannot be redrawn.

use super::asker::{Asker, Prompt, Reply, hint, laid_out, laid_out_in_columns, width, wrapped, write};
use anyhow::Result;
use inquire::list_option::ListOption;
use inquire::ui::{RenderConfig, Styled};
use inquire::{InquireError, MultiSelect, Select, Text};
use qun::interview::reading::{Reading, key_of};
use qun::spelling::normal;
use std::sync::{Mutex, PoisonError};
use std::{fmt, io};
use unicode_width::UnicodeWidthStr;

/// Rows that a list needs besides its options: the line typed on, the help, and one to spare.
const OTHER_ROWS: usize = 3;
/// Columns in front of every option.
const MARGIN: usize = 6;

/// A way of asking on a terminal.
#[derive(Debug)]
pub struct Terminal {
    /// What stands in front of what one types.
    pub label: &'static str,
    /// How to pick from a list.
    pub filter: &'static str,
    /// How to pick several from a list.
    pub filter_some: &'static str,
    /// Whether colour may be used.
    pub colour: bool,
}

impl Asker for Terminal {
    fn tell(&mut self, text: &str) -> Result<()> {
        write(&wrapped(text, width()))
    }

    fn echoes(&self) -> bool {
        true
    }

    fn ask(&mut self, prompt: &Prompt) -> Result<Reply> {
        let width = width();
        let room = crossterm::terminal::size().map_or(24, |(_, rows)| usize::from(rows));
        let above = laid_out(&Prompt { options: Vec::new(), ..prompt.clone() }, width);
        let is_list = (prompt.one || prompt.some) && !prompt.options.is_empty() && width > 2 * MARGIN + OTHER_ROWS;
        if !is_list {
            write(&laid_out_in_columns(prompt, width))?;
            write(&wrapped(&hint(prompt), width))?;
            return understood(Text::new(self.label).with_render_config(self.look()).prompt());
        }
        let left = room.saturating_sub(above.lines().count() + OTHER_ROWS).max(3);
        write(&above)?;
        if prompt.some {
            write(&wrapped(&hint(prompt), width))?;
            return self.pick_some(prompt, width, left.saturating_sub(2).max(3));
        }
        let mut rows = rows(prompt, width);
        if rows.iter().map(|row| row.text.lines().count()).sum::<usize>() > left {
            for row in &mut rows {
                let label = row.label.split_once(' ').map_or("", |(_, label)| label);
                row.text = cut(&format!("{:>2}  {label}", row.key), width);
            }
        }
        self.pick(prompt, rows, left)
    }
}

/// The beginning of a text that fits one row of a list.
fn cut(text: &str, width: usize) -> String {
    let room = width.saturating_sub(MARGIN + 2);
    if text.width() <= room {
        return text.to_owned();
    }
    let mut used = 0;
    let fits = |c: &char| {
        used += c.to_string().width();
        used < room
    };
    text.chars().take_while(fits).collect::<String>() + "…"
}

/// Something that can be picked.
struct Row {
    /// Its number or key.
    key: String,
    /// What it says, wrapped.
    text: String,
    /// Its first line.
    label: String,
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Terminal {
    /// Several of a list: ticked with the space bar, or typed as numbers.
    fn pick_some(&self, prompt: &Prompt, width: usize, page: usize) -> Result<Reply> {
        let numbered = prompt.options.iter().enumerate().map(|(at, text)| format!("{:>2} {text}", at + 1));
        let options: Vec<String> = numbered.map(|text| cut(&text, width.saturating_sub(4))).collect();
        let typed = Mutex::new(String::new());
        // What is typed shows the options with these numbers or words; it counts at the end, too.
        let scorer = |line: &str, option: &String, _: &str, at: usize| {
            line.clone_into(&mut typed.lock().unwrap_or_else(PoisonError::into_inner));
            let line = normal(line).to_lowercase();
            let numbers: Vec<usize> = line.split([',', '、', ' ']).filter_map(|part| part.parse().ok()).collect();
            match (line.is_empty(), numbers.contains(&(at + 1)), numbers.is_empty()) {
                (true, _, _) => Some(1),
                (_, true, _) => Some(2),
                (_, false, true) => option.to_lowercase().contains(&line).then_some(1),
                _ => None,
            }
        };
        let formatter =
            |picked: &[ListOption<&String>]| picked.iter().map(|one| (one.index + 1).to_string()).collect::<Vec<_>>().join(" ");
        let picked = MultiSelect::new(self.label, options)
            .with_page_size(page)
            .with_default(&prompt.picked)
            .with_scorer(&scorer)
            .with_formatter(&formatter)
            .with_keep_filter(false)
            .with_help_message(self.filter_some)
            .with_render_config(self.look())
            .raw_prompt();
        let typed = typed.lock().unwrap_or_else(PoisonError::into_inner).trim().to_owned();
        understood(picked.map(|picked| {
            let is_number = typed.starts_with(|c: char| c.is_ascii_digit()) && typed != "0";
            let mut all: Vec<String> = picked.iter().map(|one| (one.index + 1).to_string()).collect();
            if !typed.is_empty() && !is_number {
                return typed;
            }
            all.extend((!typed.is_empty()).then_some(typed));
            all.join(",")
        }))
    }

    fn pick(&self, prompt: &Prompt, rows: Vec<Row>, page: usize) -> Result<Reply> {
        let keys: Vec<String> = rows.iter().map(|row| row.key.clone()).collect();
        let last = prompt.options.len().to_string();
        // What is typed picks the row with this number or key; other text, the rows that contain it.
        let scorer = |typed: &str, row: &Row, _: &str, _: usize| {
            let typed = meant(typed, &keys, &last);
            match (row.key == typed, row.key.starts_with(&typed), typed.chars().all(|c| c.is_ascii_digit())) {
                (true, _, _) => Some(2),
                (_, true, true) => Some(1),
                (_, _, true) => None,
                _ if keys.contains(&typed) => None,
                _ => row.text.to_lowercase().contains(&typed).then_some(1),
            }
        };
        let formatter = |picked: ListOption<&Row>| picked.value.label.clone();
        let picked = Select::new(self.label, rows)
            .with_page_size(page.min(keys.len()))
            .with_starting_cursor(prompt.chosen.filter(|chosen| *chosen < keys.len()).unwrap_or(0))
            .with_scorer(&scorer)
            .with_formatter(&formatter)
            .with_help_message(self.filter)
            .with_render_config(self.look())
            .prompt();
        understood(picked.map(|row| row.key))
    }

    fn look(&self) -> RenderConfig<'static> {
        let look = if self.colour { RenderConfig::default_colored() } else { RenderConfig::empty() };
        look.with_canceled_prompt_indicator(Styled::new("b"))
    }
}

/// The key that a word stands for, such as q for e; who wants to leave where no key does that
/// picks the last option.
fn meant(typed: &str, keys: &[String], last: &str) -> String {
    let key = match key_of(typed) {
        Some(Reading::Back) => "b",
        Some(Reading::Why) => "?",
        Some(Reading::WhatIf) => "w",
        Some(Reading::Enough) if keys.iter().any(|key| key == "e") => "e",
        Some(Reading::Enough) => last,
        _ => return normal(typed).to_lowercase(),
    };
    key.to_owned()
}

/// What can be picked: the options, then the keys.
fn rows(prompt: &Prompt, width: usize) -> Vec<Row> {
    let options = prompt.options.iter().enumerate().map(|(at, text)| ((at + 1).to_string(), text));
    let keys = prompt.keys.iter().map(|(key, text)| (key.to_string(), text));
    let row = |(key, text): (String, &String)| {
        let label = text.split(" – ").next().unwrap_or(text);
        let label = format!("{key} {label}");
        let lines = textwrap::wrap(text, width.saturating_sub(MARGIN + 1).max(10));
        let text = lines.join(&format!("\n{}", " ".repeat(MARGIN)));
        Row { text: format!("{key:>2}  {text}"), key, label }
    };
    options.chain(keys).map(row).collect()
}

fn understood(outcome: Result<String, InquireError>) -> Result<Reply> {
    match outcome {
        Ok(line) => Ok(Reply::Line(line)),
        Err(InquireError::OperationCanceled) => Ok(Reply::Line("b".to_owned())),
        Err(InquireError::OperationInterrupted) => Ok(Reply::Interrupted),
        Err(InquireError::IO(error)) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(Reply::End),
        Err(InquireError::NotTTY) => Ok(Reply::End),
        Err(error) => Err(error.into()),
    }
}
