//! Verdicts as rows of a table, behind the columns of the input.

use super::columns::Heads;
use super::source::table::Found;
use super::write::Out;
use crate::engine::compiled::plan::{Plan, Ruled};
use crate::engine::compiled::verdict::Verdict;
use crate::engine::kernel::Readiness;
use crate::engine::ready::lists;
use crate::kb::Keep;
use csv_core::{WriteResult, Writer, WriterBuilder};

/// The columns that verdicts add.
#[derive(Debug, Clone)]
pub struct Columns {
    decisions: Vec<DecisionColumns>,
    excel: bool,
}

/// The columns of one decision.
#[derive(Debug, Clone)]
struct DecisionColumns {
    decision: usize,
    keep: Keep,
    /// The id of the decision, and those of its candidates.
    id: String,
    candidates: Vec<String>,
    /// The lists of one that keeps all, a column each.
    lists: Vec<Readiness>,
}

/// A line in the making.
struct Line<'a> {
    out: &'a mut Out,
    writer: Writer,
    is_first: bool,
    excel: bool,
}

impl Line<'_> {
    fn cell(&mut self, cell: &[u8]) {
        let mut buffer = [0; 256];
        if !std::mem::replace(&mut self.is_first, false) {
            let (_, len) = self.writer.delimiter(&mut buffer);
            self.out.put(&buffer[..len]);
        }
        if self.excel && is_formula(cell) {
            self.part(b"'", &mut buffer);
        }
        self.part(cell, &mut buffer);
    }

    fn part(&mut self, mut text: &[u8], buffer: &mut [u8; 256]) {
        loop {
            let (result, read, written) = self.writer.field(text, buffer);
            self.out.put(&buffer[..written]);
            text = &text[read..];
            if result == WriteResult::InputEmpty {
                return;
            }
        }
    }

    fn end(mut self) {
        let mut buffer = [0; 256];
        let (_, len) = self.writer.finish(&mut buffer);
        self.out.put(&buffer[..len]);
        self.out.put(if self.excel { b"\r\n" } else { b"\n" });
    }
}

/// Whether a spreadsheet program would take a cell for a formula.
fn is_formula(cell: &[u8]) -> bool {
    let begins = matches!(cell.first(), Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r'));
    begins && std::str::from_utf8(cell).map_or(true, |text| text.parse::<f64>().is_err())
}

impl Columns {
    /// The columns of a plan.
    #[must_use]
    pub fn new(plan: &Plan<'_>, excel: bool) -> Columns {
        let printed = plan.decisions.iter().enumerate().filter(|(_, ruled)| ruled.printed);
        let decision = |(number, ruled): (usize, &Ruled)| {
            let one = &plan.kb.decisions[number];
            let lists = if ruled.keep == Keep::All { lists(plan.kb, number) } else { Vec::new() };
            let candidates = one.candidates.iter().map(|one| one.id.clone()).collect();
            DecisionColumns { decision: number, keep: ruled.keep, id: one.id.clone(), candidates, lists }
        };
        Columns { decisions: printed.map(decision).collect(), excel }
    }

    fn begin<'a>(&self, out: &'a mut Out) -> Line<'a> {
        Line { out, writer: WriterBuilder::new().build(), is_first: true, excel: self.excel }
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
        line.cell(b"row");
        for one in &self.decisions {
            let id = &one.id;
            match one.keep {
                Keep::Leaders => {
                    let parts = ["", "-second", "-margin", "-settled"];
                    parts.iter().for_each(|part| line.cell(format!("{id}{part}").as_bytes()));
                }
                Keep::All => one.lists.iter().for_each(|list| line.cell(format!("{id}-{}", list.id()).as_bytes())),
            }
        }
        line.end();
        out.bytes().to_vec()
    }

    /// One row: the cells of the input, or else the id, then the verdict.
    pub fn line(&self, out: &mut Out, cells: Option<Found<'_>>, (id, row): (Option<&str>, u64), verdict: &Verdict) {
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
        line.end();
    }
}
