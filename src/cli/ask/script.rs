//! A script: answers written beforehand, and everything that was said.

use super::asker::{Asker, Prompt, Reply, laid_out};
use anyhow::Result;
use std::collections::VecDeque;

/// A way of asking that answers by itself.
#[derive(Debug, Default)]
pub struct Script {
    /// What is answered, one after another; then the input ends.
    pub replies: VecDeque<Reply>,
    /// Every prompt.
    pub prompts: Vec<Prompt>,
    /// Everything that was told or asked.
    pub said: String,
}

impl Script {
    /// A script of lines.
    pub fn of(lines: &[&str]) -> Script {
        Script { replies: lines.iter().map(|line| Reply::Line((*line).to_owned())).collect(), ..Script::default() }
    }
}

impl Asker for Script {
    fn tell(&mut self, text: &str) -> Result<()> {
        self.said += text;
        self.said.push('\n');
        Ok(())
    }

    fn ask(&mut self, prompt: &Prompt) -> Result<Reply> {
        self.said += &laid_out(prompt, 80);
        self.prompts.push(prompt.clone());
        Ok(self.replies.pop_front().unwrap_or(Reply::End))
    }
}
