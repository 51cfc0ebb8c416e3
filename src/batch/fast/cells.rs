//! Cells of a table, each the answer to one fact as it stands.

use super::cursor::Span;
use super::fields::Field;
use super::{NOTHING, Reader, Sheet, UNSEEN, number};
use crate::answer::Answer;
use crate::ids::{CandidateId, FactId, OptionId, OptionSet};
use std::ops::Range;

impl Reader {
    /// The text at a place of a padded block as the answer to a fact, if it is
    /// one as it stands.
    pub fn cell(&self, fact: FactId, block: &[u8], place: Range<usize>, sheet: &mut Sheet) -> Option<()> {
        let marks = &mut sheet.marks;
        let answer = match self.fields.get(fact.index())? {
            Field::Choice { names, first } => {
                let row = self.cell_row(*names, block, place)?;
                marks.rows.push(row);
                Answer::Choice(OptionId::checked((row - first) as usize)?)
            }
            Field::Choices { names, several } => {
                let mut chosen = 0_u64;
                let mut from = place.start;
                let separators = block.get(place.clone())?.iter().zip(place.start..);
                let separators = separators.filter(|(byte, _)| matches!(byte, b';' | b'|')).map(|(_, at)| at);
                for end in separators.chain([place.end]) {
                    let row = self.cell_row(*names, block, from..end)?;
                    let bit = 1_u64.checked_shl(row - several.first)?;
                    (chosen & bit == 0).then_some(())?;
                    chosen |= bit;
                    from = end + 1;
                }
                let chosen = OptionSet::from_bits(chosen);
                several.allows(chosen).then_some(())?;
                marks.choices(several.first, chosen);
                if several.has_literals {
                    marks.sets.push((fact, chosen));
                }
                Answer::Choices(chosen)
            }
            Field::Number(field) => {
                // The next cell follows without a gap.
                let cell = block.get(place)?;
                let mut padded = [0_u8; 32];
                padded.get_mut(..cell.len())?.copy_from_slice(cell);
                let (number, end) = number::read(&padded, 0, field.decimals)?;
                (end == cell.len()).then_some(())?;
                marks.rows.push(field.row(number)?);
                Answer::Number(number)
            }
            Field::YesNo { first } => {
                let cell = block.get(place)?;
                let yes = match cell {
                    b"yes" | b"true" => true,
                    b"no" | b"false" => false,
                    _ if cell == "是".as_bytes() => true,
                    _ if cell == "否".as_bytes() => false,
                    _ => return None,
                };
                marks.rows.push(first + u32::from(yes));
                Answer::YesNo(yes)
            }
            Field::Other => return None,
        };
        marks.know(fact);
        self.keep(fact, marks, answer);
        Some(())
    }

    /// The row of the option that a part of a cell names.
    #[inline]
    fn cell_row(&self, names: usize, block: &[u8], place: Range<usize>) -> Option<u32> {
        let span = Span { from: u32::try_from(place.start).ok()?, to: u32::try_from(place.end).ok()? };
        let row = match self.row(names, self.names.find(block, span)?) {
            UNSEEN => self.row(names, self.names.get(block.get(place)?)),
            row => row,
        };
        (row < UNSEEN).then_some(row)
    }

    /// The candidate that a known label names.
    #[must_use]
    pub fn expected(&self, label: &[u8]) -> Option<CandidateId> {
        let label = self.labels.get(label);
        (label != NOTHING).then(|| CandidateId::new(label as usize))
    }
}
