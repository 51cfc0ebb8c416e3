//! The plan as a table for a spreadsheet: a row for everything that is to be done.

use super::phrases::Subject;
use super::plan;
use crate::advice::Advice;
use crate::advice::plan::Action;
use crate::answer::Answers;
use crate::kb::KnowledgeBase;
use crate::text::{Lang, harmless_line};

/// The heads of the columns, the same in every language.
pub const HEADS: [&str; 9] = ["week", "until", "step", "what", "who", "sign", "give-up", "setup-hours", "weekly-hours"];

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: &str = "=+-@\t＝＋－＠";

/// The twelve weeks as CSV: fields in quotation marks, lines ended as RFC 4180 ends
/// them, nothing that a spreadsheet would compute.
#[must_use]
pub fn csv(kb: &KnowledgeBase, answers: &Answers, advice: &Advice, name: Option<&str>, lang: Lang) -> String {
    let name = name.map(harmless_line);
    let open = kb.facts.ids().filter(|fact| answers.is_open(*fact)).count();
    let subject = Subject { kb, answers, advice, lang, open, name: name.as_deref() };
    let head = HEADS.map(str::to_owned).to_vec();
    let rows = advice.plan.actions.iter().map(|action| row(&subject, action));
    std::iter::once(head).chain(rows).map(|row| line(&row)).collect()
}

fn row(subject: &Subject<'_>, action: &Action) -> Vec<String> {
    vec![
        action.first.to_string(),
        action.last.to_string(),
        action.step.id().to_owned(),
        plan::what(subject, action),
        plan::who(subject, action),
        plan::sign(subject, action).unwrap_or_default(),
        plan::give_up(subject, action).unwrap_or_default(),
        action.setup.to_string(),
        action.weekly.to_string(),
    ]
}

fn line(cells: &[String]) -> String {
    cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\r\n"
}

/// A cell in quotation marks; what begins like a formula begins with an apostrophe.
fn quoted(cell: &str) -> String {
    let cell = harmless_line(cell);
    let guard = if cell.trim_start().starts_with(|c| FORMULA.contains(c)) { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}
