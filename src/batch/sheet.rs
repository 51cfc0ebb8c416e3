//! Verdicts as rows of a table, behind the columns of the input.

use super::columns::Heads;
use super::options::Options;
use super::source::table::Found;
use super::write::Out;
use crate::engine::compiled::plan::{Plan, Ruled};
use crate::engine::compiled::verdict::Verdict;
use crate::engine::kernel::Readiness;
use crate::engine::ready::lists;
use crate::ids::{CandidateId, DecisionId, FactId, IndexVec};
use crate::kb::Keep;
use crate::text::harmless;
use std::borrow::Cow;

/// The columns that verdicts add.
#[derive(Debug, Clone)]
pub struct Columns {
    decisions: Vec<DecisionColumns>,
    excel: bool,
    is_seen: bool,
    /// Whether there is a column of answers that were assumed, and one of what to ask next.
    more: [bool; 2],
    /// The ids of all facts.
    facts: IndexVec<FactId, String>,
}

/// The columns of one decision.
#[derive(Debug, Clone)]
struct DecisionColumns {
    decision: DecisionId,
    keep: Keep,
    /// The id of the decision, and those of its candidates.
    id: String,
    candidates: IndexVec<CandidateId, String>,
    /// The lists of one that keeps all, a column each.
    lists: Vec<Readiness>,
}

/// A line in the making.
struct Line<'a> {
    out: &'a mut Out,
    is_first: bool,
    excel: bool,
    is_seen: bool,
}

impl Line<'_> {
    fn cell(&mut self, cell: &[u8]) {
        if !std::mem::replace(&mut self.is_first, false) {
            self.out.put(b",");
        }
        let text = if self.is_seen {
            harmless(&String::from_utf8_lossy(cell)).into_owned().into_bytes().into()
        } else {
            Cow::Borrowed(cell)
        };
        let is_guarded = self.excel && is_formula(&text);
        // A guarded cell is quoted as a whole, whatever is in it.
        let is_quoted = is_guarded || text.iter().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r'));
        if !is_quoted {
            return self.out.put(&text);
        }
        self.out.put(if is_guarded { b"\"'" } else { b"\"" });
        for part in text.split_inclusive(|byte| *byte == b'"') {
            self.out.put(part);
            if part.ends_with(b"\"") {
                self.out.put(b"\"");
            }
        }
        self.out.put(b"\"");
    }

    fn end(self) {
        self.out.put(if self.excel { b"\r\n" } else { b"\n" });
    }
}

/// What begins a formula, in full width as well, or is passed over before one.
const STARTERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet program would take a cell for a formula: it begins like
/// one, perhaps behind blanks, and is no plain number.
fn is_formula(cell: &[u8]) -> bool {
    // A formula begins with ASCII or with a mark of full width, so what is broken further on is no matter.
    let text = String::from_utf8_lossy(cell);
    let text = text.trim_start_matches([' ', '\u{FEFF}']);
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    text.starts_with(STARTERS) && !(is_digits && text.parse::<f64>().is_ok())
}

/// A head of ours that the input does not have.
fn free(mut name: String, taken: &[String]) -> String {
    while taken.contains(&name) {
        name = format!("qun-{name}");
    }
    name
}

impl Columns {
    /// The columns of a plan.
    #[must_use]
    pub fn new(plan: &Plan<'_>, options: &Options, excel: bool, is_seen: bool) -> Columns {
        let printed = plan.decisions.pairs().filter(|(_, ruled)| ruled.printed);
        let decision = |(number, ruled): (DecisionId, &Ruled)| {
            let one = &plan.kb.decisions[number];
            let lists = if ruled.keep == Keep::All { lists(plan.kb, number) } else { Vec::new() };
            let candidates = one.candidates.iter().map(|one| one.id.clone()).collect();
            DecisionColumns { decision: number, keep: ruled.keep, id: one.id.clone(), candidates, lists }
        };
        let more = [!options.missing.is_unknown(), options.each_ask];
        let facts = plan.kb.facts.iter().map(|fact| fact.id.clone()).collect();
        Columns { decisions: printed.map(decision).collect(), excel, is_seen, more, facts }
    }

    fn begin<'a>(&self, out: &'a mut Out) -> Line<'a> {
        Line { out, is_first: true, excel: self.excel, is_seen: self.is_seen }
    }

    /// The line of heads.
    #[must_use]
    pub fn head(&self, heads: &Heads) -> Vec<u8> {
        let mut out = Out::default();
        if self.excel {
            out.put("\u{FEFF}".as_bytes());
        }
        let mut line = self.begin(&mut out);
        heads.names.iter().for_each(|name| line.cell(name.as_bytes()));
        if heads.names.is_empty() {
            line.cell(b"id");
        }
        let mut add = |name: String| line.cell(free(name, &heads.names).as_bytes());
        add("row".to_owned());
        for one in &self.decisions {
            let id = &one.id;
            match one.keep {
                Keep::Leaders => {
                    for part in ["", "-second", "-margin", "-settled"] {
                        add(format!("{id}{part}"));
                    }
                }
                Keep::All => one.lists.iter().for_each(|list| add(format!("{id}-{}", list.id()))),
            }
        }
        for (name, _) in ["assumed", "ask"].into_iter().zip(self.more).filter(|(_, wanted)| *wanted) {
            add(name.to_owned());
        }
        line.end();
        out.bytes().to_vec()
    }

    /// One row: the cells of the input, or else the id, then the verdict.
    pub fn line(
        &self,
        out: &mut Out,
        cells: Option<Found<'_>>,
        (id, row): (Option<&str>, u64),
        verdict: &Verdict,
        assumed: &[FactId],
    ) {
        let mut line = self.begin(out);
        match cells {
            Some((row, cells, bytes)) => (0..row.cells).for_each(|cell| line.cell(cells.cell(row, cell, bytes))),
            None => line.cell(id.unwrap_or_default().as_bytes()),
        }
        line.cell(row.to_string().as_bytes());
        let mut list = String::new();
        for one in &self.decisions {
            let (Some(ruling), ids) = (verdict.rulings.get(one.decision), &one.candidates) else { continue };
            if one.keep == Keep::Leaders {
                for place in 0..2 {
                    line.cell(ruling.chosen.get(place).map_or(b"", |one| ids[*one].as_bytes()));
                }
                line.cell(ruling.margin.map(|margin| margin.to_string()).unwrap_or_default().as_bytes());
                line.cell(if ruling.settled { b"true" } else { b"false" });
                continue;
            }
            for group in &one.lists {
                list.clear();
                for (one, _) in ruling.order.iter().zip(&ruling.groups).filter(|(_, of)| *of == group) {
                    list.push_str(if list.is_empty() { "" } else { ";" });
                    list.push_str(&ids[*one]);
                }
                line.cell(list.as_bytes());
            }
        }
        for (facts, _) in [assumed, &verdict.ask].into_iter().zip(self.more).filter(|(_, wanted)| *wanted) {
            let ids: Vec<&str> = facts.iter().map(|fact| self.facts[*fact].as_str()).collect();
            line.cell(ids.join(";").as_bytes());
        }
        line.end();
    }
}
