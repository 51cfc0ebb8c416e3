//! A menu of one line, so that the first screen stays above it; and texts by screenfuls.

use anyhow::Result;
use crossterm::cursor::MoveToColumn;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, read};
use crossterm::style::Print;
use crossterm::terminal::{Clear, ClearType, disable_raw_mode, enable_raw_mode, size};
use std::io::stderr;
use unicode_width::UnicodeWidthStr;

/// What was done at a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picked {
    /// The item with this number, from 0.
    Item(usize),
    /// Ctrl-C or Ctrl-D.
    Interrupted,
}

/// The mode in which keys come one by one; left when dropped.
struct Raw;

impl Raw {
    fn enter() -> Result<Raw> {
        enable_raw_mode()?;
        Ok(Raw)
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        let _ = disable_raw_mode();
    }
}

/// Lets a person pick by number, or by arrows and Enter; Escape and q pick the last item.
pub fn choose(items: &[&str]) -> Result<Picked> {
    let raw = Raw::enter()?;
    let mut here = 0;
    let picked = loop {
        put(&line(items, here))?;
        let key = key()?;
        match key.code {
            _ if is_interrupt(&key) => break Picked::Interrupted,
            KeyCode::Left | KeyCode::Up | KeyCode::BackTab => here = (here + items.len() - 1) % items.len(),
            KeyCode::Right | KeyCode::Down | KeyCode::Tab => here = (here + 1) % items.len(),
            KeyCode::Enter => break Picked::Item(here),
            KeyCode::Esc | KeyCode::Char('q') => break Picked::Item(items.len() - 1),
            KeyCode::Char(digit) => {
                let number = digit.to_digit(10).and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1));
                if let Some(number) = number.filter(|number| *number < items.len()) {
                    break Picked::Item(number);
                }
            }
            _ => {}
        }
    };
    put("")?;
    drop(raw);
    Ok(picked)
}

#[expect(clippy::format_collect, reason = "a menu has a handful of items")]
fn line(items: &[&str], here: usize) -> String {
    let whole: String = items.iter().enumerate().map(|(at, item)| format!(" {} {item} ", at + 1)).collect();
    let is_narrow = size().is_ok_and(|(columns, _)| whole.width() >= usize::from(columns));
    let item = |(at, item): (usize, &&str)| {
        let [left, right] = if at == here { ["[", "]"] } else { [" ", " "] };
        let text = if is_narrow && at != here { "" } else { *item };
        format!("{left}{} {text}{right}", at + 1)
    };
    items.iter().enumerate().map(item).collect()
}

/// Prints a text, a screenful at a time; false after Ctrl-C.
pub fn show(text: &str, more: &str) -> Result<bool> {
    let rows = size().map_or(24, |(_, rows)| usize::from(rows)).saturating_sub(1).max(5);
    let lines: Vec<&str> = text.lines().collect();
    for (at, screenful) in lines.chunks(rows).enumerate() {
        if at > 0 {
            let raw = Raw::enter()?;
            put(more)?;
            let key = key()?;
            put("")?;
            drop(raw);
            match key.code {
                _ if is_interrupt(&key) => return Ok(false),
                KeyCode::Char('q') | KeyCode::Esc => return Ok(true),
                _ => {}
            }
        }
        crate::cli::output::print(&(screenful.join("\n") + "\n"))?;
    }
    Ok(true)
}

/// Writes a text over the line that the cursor is on.
fn put(text: &str) -> Result<()> {
    crossterm::execute!(stderr(), MoveToColumn(0), Clear(ClearType::CurrentLine), Print(text))?;
    Ok(())
}

fn is_interrupt(key: &KeyEvent) -> bool {
    key.modifiers.contains(KeyModifiers::CONTROL) && matches!(key.code, KeyCode::Char('c' | 'd'))
}

fn key() -> Result<KeyEvent> {
    loop {
        if let Event::Key(key) = read()?
            && key.kind == KeyEventKind::Press
        {
            return Ok(key);
        }
    }
}
