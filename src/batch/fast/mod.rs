//! The fast path: ordinary lines, read in one forward pass without allocation.
//!
//! What it accepts is a subset of what the complete reader accepts, with the
//! same answers. Anything unusual makes it give up, and the complete reader
//! takes the line: escapes in a key or an option, exponents, nesting, doubles,
//! and everything that is wrong. So no fault is worded here, and none is missed.

pub mod cursor;
pub mod names;
mod order;
mod values;

use super::marks::{Marks, cell};
use super::options::{Options, UnknownValues};
use super::plan::{Plan, Shape};
use crate::answer::Answer;
use crate::fact::{Fact, Kind, UNKNOWN};
use crate::kb::KnowledgeBase;
use crate::profile::check::RESERVED;
use crate::spelling::normal;
use cursor::Cursor;
use names::{Names, is_plain};
use order::Order;
use values::{line_end, reserved, skip};

/// What stands for "don't know" among the options.
const DECLINED: u32 = u32::MAX - 1;
/// Stands for a key or an option that does not count.
const IGNORED: u32 = u32::MAX - 2;

/// Keys, options and ranges, ready to be looked up.
#[derive(Debug, Clone)]
pub struct Reader {
    /// Facts by any spelling; the reserved keys behind them.
    keys: Names,
    facts: Vec<Expected>,
    /// Candidates of the decision that known labels are compared with.
    labels: Names,
    ignore_unknown: bool,
    drop_unknown: bool,
    needs_answers: bool,
}

/// What a fact's value looks like.
#[derive(Debug, Clone)]
enum Expected {
    Choice { names: Names, first: u32 },
    Choices { names: Names, at_most: u32, none: u64, first: u32, has_literals: bool },
    Number { min: i64, max: i64, decimals: u32, first: u32, thresholds: Vec<i64> },
    YesNo { first: u32 },
}

/// One profile as the fast path reads it.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// The answers, each fact at most once.
    pub marks: Marks,
    /// Where the raw text of the id stands in the block, if there is one.
    pub id: Option<std::ops::Range<usize>>,
    /// The candidate that the known label names, if there is one.
    pub expected: Option<usize>,
    /// One bit per key that was seen.
    seen: Vec<u64>,
    order: Order,
}

/// Every spelling of a name that needs no normal form to be recognised.
fn spellings<'a>(id: &'a str, label: &'a crate::text::Text) -> impl Iterator<Item = String> + 'a {
    [id.to_owned(), normal(&label.zh), normal(&label.en), label.zh.clone(), label.en.clone()].into_iter()
}

impl Reader {
    /// Compiles the names of a base.
    #[must_use]
    pub fn new(plan: &Plan<'_>, options: &Options) -> Reader {
        let kb = plan.kb;
        let facts = kb.facts.len();
        let reserved = RESERVED.iter().copied().chain(options.expect.as_deref());
        let reserved = reserved.zip(facts..).map(|(key, number)| (key.to_owned(), number));
        let called = kb
            .facts
            .iter()
            .enumerate()
            .flat_map(|(number, fact)| spellings(&fact.id, &fact.label).map(move |name| (name, number)));
        let keys: Vec<(String, usize)> = reserved.chain(called).collect();
        Reader {
            keys: Names::new(keys.iter().map(|(name, number)| (name.as_str(), u32::try_from(*number).unwrap_or(u32::MAX)))),
            facts: kb.facts.iter().zip(&plan.facts).filter_map(|(fact, shape)| Expected::of(fact, shape)).collect(),
            labels: labels(kb, options),
            ignore_unknown: options.ignore_unknown,
            drop_unknown: options.unknown_values == UnknownValues::Unknown,
            needs_answers: plan.needs_answers,
        }
    }

    /// Forgets the last row.
    #[inline]
    pub fn begin(&self, sheet: &mut Sheet) {
        sheet.marks.clear(self.facts.len());
        sheet.id = None;
        sheet.expected = None;
    }

    /// Reads one object that begins at `at` of a padded block, and the line end
    /// behind it; gives the place behind that, or nothing if the line is for the
    /// complete reader.
    pub fn read(&self, block: &[u8], at: usize, sheet: &mut Sheet) -> Option<usize> {
        self.begin(sheet);
        let keys = self.facts.len() + RESERVED.len() + 1;
        sheet.seen.resize(keys.div_ceil(64), 0);
        sheet.seen.fill(0);
        sheet.order.begin(keys);
        let mut cursor = Cursor::new(block, at);
        cursor.take(b"{")?;
        cursor.blanks();
        if cursor.peek()? == b'}' {
            cursor.step();
            return line_end(&mut cursor);
        }
        loop {
            cursor.take(b"\"")?;
            let number = if let Some(number) = sheet.order.guess(&mut cursor) {
                number
            } else {
                let mut moved = cursor;
                let number = self.key(&mut moved, sheet)?;
                cursor = moved;
                number
            };
            cursor.blanks();
            cursor.take(b":")?;
            cursor.blanks();
            if number == IGNORED {
                let mut moved = cursor;
                skip(&mut moved)?;
                cursor = moved;
            } else {
                self.value(number, &mut cursor, sheet)?;
            }
            cursor.blanks();
            match cursor.byte()? {
                b',' => cursor.blanks(),
                b'}' => return line_end(&mut cursor),
                _ => return None,
            }
        }
    }

    /// A key that was not guessed; [`IGNORED`] for one that does not count.
    #[inline(never)]
    fn key(&self, cursor: &mut Cursor<'_>, sheet: &mut Sheet) -> Option<u32> {
        let (short, key) = cursor.name()?;
        let number = self.keys.find(short, key);
        match number {
            Some(number) => sheet.order.learn(number, key),
            None => (self.ignore_unknown && is_plain(key)).then_some(())?,
        }
        Some(number.unwrap_or(IGNORED))
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "half of all time is spent here, and a call costs as much as the work")]
    fn value(&self, number: u32, cursor: &mut Cursor<'_>, sheet: &mut Sheet) -> Option<()> {
        let (seen, bit) = (sheet.seen.get_mut((number / 64) as usize)?, 1_u64 << (number % 64));
        if *seen & bit != 0 {
            return None;
        }
        *seen |= bit;
        let first = cursor.peek()?;
        let Some(expected) = self.facts.get(number as usize) else {
            let which = number as usize - self.facts.len();
            if which == RESERVED.len() && first == b'"' {
                cursor.step();
                let (short, name) = cursor.name()?;
                sheet.expected = Some(self.labels.find(short, name)? as usize);
                return Some(());
            }
            let mut moved = *cursor;
            reserved(which, &mut moved, sheet)?;
            *cursor = moved;
            return Some(());
        };
        if first == b'n' {
            return cursor.take(b"null");
        }
        match (expected, first) {
            (Expected::Choice { names, first }, b'"') => {
                cursor.step();
                let option = self.option(names, cursor)?;
                if option == IGNORED {
                    return Some(());
                }
                sheet.marks.rows.push(first + option);
                self.keep(number, sheet, || Some(Answer::Choice(u8::try_from(option).ok()?)));
            }
            (Expected::Choices { names, at_most, none, first, has_literals }, b'[') => {
                cursor.step();
                let chosen = self.options(names, cursor)?;
                if chosen == 0 {
                    return Some(());
                }
                let alone = chosen & none == 0 || chosen.is_power_of_two();
                (alone && chosen.count_ones() <= *at_most).then_some(())?;
                sheet.marks.choices(*first, chosen);
                if *has_literals {
                    sheet.marks.sets.push((number, chosen));
                }
                self.keep(number, sheet, || Some(Answer::Choices(chosen)));
            }
            (Expected::Number { min, max, decimals, first, thresholds }, _) => {
                let value = cursor.number(*decimals)?;
                (value >= *min && value <= *max).then_some(())?;
                sheet.marks.rows.push(first + cell(thresholds, value));
                self.keep(number, sheet, || Some(Answer::Number(value)));
            }
            (Expected::YesNo { first }, b't' | b'f') => {
                let yes = cursor.peek()? == b't';
                if yes { cursor.take(b"true") } else { cursor.take(b"false") }?;
                sheet.marks.rows.push(first + u32::from(yes));
                self.keep(number, sheet, || Some(Answer::YesNo(yes)));
            }
            _ => return None,
        }
        sheet.marks.know(number);
        Some(())
    }

    /// Keeps an answer where a proof needs it.
    #[inline]
    fn keep(&self, number: u32, sheet: &mut Sheet, answer: impl FnOnce() -> Option<Answer>) {
        if self.needs_answers {
            sheet.marks.given.extend(answer().map(|answer| (number, answer)));
        }
    }

    /// An option whose opening quotation mark is read; [`IGNORED`] for one
    /// that counts as unknown.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "half of all time is spent here, and a call costs as much as the work")]
    fn option(&self, names: &Names, cursor: &mut Cursor<'_>) -> Option<u32> {
        let (short, name) = cursor.name()?;
        match names.find(short, name) {
            Some(DECLINED) => None,
            Some(option) => Some(option),
            None => (self.drop_unknown && is_plain(name)).then_some(IGNORED),
        }
    }

    /// The text of a cell as the answer to a fact, if it is one as it stands.
    pub fn cell(&self, fact: usize, cell: &[u8], sheet: &mut Sheet) -> Option<()> {
        let number = u32::try_from(fact).ok()?;
        match self.facts.get(fact)? {
            Expected::Choice { names, first } => {
                let option = names.get(cell).filter(|option| *option != DECLINED)?;
                sheet.marks.rows.push(first + option);
                self.keep(number, sheet, || Some(Answer::Choice(u8::try_from(option).ok()?)));
            }
            Expected::Choices { names, at_most, none, first, has_literals } => {
                let mut chosen = 0_u64;
                let mut left = cell;
                while !left.is_empty() {
                    let end = memchr::memchr2(b';', b'|', left).unwrap_or(left.len());
                    let bit = 1_u64.checked_shl(names.get(&left[..end])?)?;
                    (chosen & bit == 0).then_some(())?;
                    chosen |= bit;
                    left = left.get(end + 1..).unwrap_or_default();
                }
                let alone = chosen & none == 0 || chosen.is_power_of_two();
                (alone && chosen != 0 && chosen.count_ones() <= *at_most).then_some(())?;
                sheet.marks.choices(*first, chosen);
                if *has_literals {
                    sheet.marks.sets.push((number, chosen));
                }
                self.keep(number, sheet, || Some(Answer::Choices(chosen)));
            }
            Expected::Number { min, max, decimals, first, thresholds } => {
                let mut padded = [0_u8; 32];
                padded.get_mut(..cell.len())?.copy_from_slice(cell);
                let mut cursor = Cursor::new(&padded, 0);
                let value = cursor.number(*decimals)?;
                (cursor.at() == cell.len() && value >= *min && value <= *max).then_some(())?;
                sheet.marks.rows.push(first + self::cell(thresholds, value));
                self.keep(number, sheet, || Some(Answer::Number(value)));
            }
            Expected::YesNo { first } => {
                let yes = match cell {
                    b"yes" | b"true" => true,
                    b"no" | b"false" => false,
                    _ if cell == "是".as_bytes() => true,
                    _ if cell == "否".as_bytes() => false,
                    _ => return None,
                };
                sheet.marks.rows.push(first + u32::from(yes));
                self.keep(number, sheet, || Some(Answer::YesNo(yes)));
            }
        }
        sheet.marks.know(number);
        Some(())
    }

    /// The candidate that a known label names.
    #[must_use]
    pub fn expected(&self, label: &[u8]) -> Option<usize> {
        self.labels.get(label).map(|candidate| candidate as usize)
    }

    /// The options of a list whose bracket is read, and the bracket that closes
    /// it; 0 for an unknown answer.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "half of all time is spent here, and a call costs as much as the work")]
    fn options(&self, names: &Names, cursor: &mut Cursor<'_>) -> Option<u64> {
        let mut chosen = 0_u64;
        cursor.blanks();
        if cursor.peek()? == b']' {
            cursor.step();
            return self.drop_unknown.then_some(0);
        }
        loop {
            cursor.take(b"\"")?;
            let option = self.option(names, cursor)?;
            if option != IGNORED {
                let bit = 1_u64.checked_shl(option)?;
                if chosen & bit != 0 {
                    return None;
                }
                chosen |= bit;
            }
            cursor.blanks();
            match cursor.byte()? {
                b',' => cursor.blanks(),
                b']' => return Some(chosen),
                _ => return None,
            }
        }
    }
}

/// The candidates that known labels may name.
fn labels(kb: &KnowledgeBase, options: &Options) -> Names {
    let candidates = options.expected(kb).map_or(&[][..], |decision| &kb.decisions[decision].candidates);
    let named = candidates.iter().zip(0_u32..);
    let named: Vec<(String, u32)> =
        named.flat_map(|(one, number)| spellings(&one.id, &one.name).map(move |name| (name, number))).collect();
    Names::new(named.iter().map(|(name, number)| (name.as_str(), *number)))
}

impl Expected {
    fn of(fact: &Fact, shape: &Shape) -> Option<Expected> {
        let names = || {
            let options = fact.options().iter().zip(0_u32..);
            let options =
                options.flat_map(|(option, number)| spellings(&option.id, &option.label).map(move |name| (name, number)));
            let declined = UNKNOWN.iter().map(|word| ((*word).to_owned(), DECLINED));
            let all: Vec<(String, u32)> = declined.chain(options).collect();
            Names::new(all.iter().map(|(name, number)| (name.as_str(), *number)))
        };
        Some(match (&fact.kind, shape) {
            (Kind::Choice(_), Shape::Choice { first }) => Expected::Choice { names: names(), first: *first },
            (Kind::Choices { at_most, none, .. }, Shape::Choices { first, literals }) => Expected::Choices {
                names: names(),
                at_most: u32::try_from(*at_most).unwrap_or(u32::MAX),
                none: none.map_or(0, |none| 1_u64.checked_shl(u32::try_from(none).unwrap_or(u32::MAX)).unwrap_or(0)),
                first: *first,
                has_literals: !literals.is_empty(),
            },
            (Kind::Number(range), Shape::Number { first, thresholds }) => Expected::Number {
                min: range.min,
                max: range.max,
                decimals: range.decimals,
                first: *first,
                thresholds: thresholds.clone(),
            },
            (Kind::YesNo, Shape::YesNo { first }) => Expected::YesNo { first: *first },
            _ => return None,
        })
    }
}
