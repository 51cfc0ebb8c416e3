//! Values that are passed over: reserved keys, keys that do not count, line ends.

use super::Sheet;
use super::cursor::Cursor;

/// The value of a reserved key: a string or nothing. Only the id is kept.
#[inline(never)]
pub fn reserved(which: usize, cursor: &mut Cursor<'_>, sheet: &mut Sheet) -> Option<()> {
    if cursor.peek()? == b'n' {
        return cursor.take(b"null");
    }
    cursor.take(b"\"")?;
    let from = cursor.at();
    let (text, escapes) = cursor.text()?;
    if which == 0 {
        if escapes {
            return None;
        }
        sheet.id = Some(from..from + text.len());
    }
    Some(())
}

/// Passes over the value of a key that does not count: anything flat.
pub fn skip(cursor: &mut Cursor<'_>) -> Option<()> {
    match cursor.peek()? {
        b'"' => {
            cursor.step();
            cursor.text().map(|_| ())
        }
        b'n' => cursor.take(b"null"),
        b't' => cursor.take(b"true"),
        b'f' => cursor.take(b"false"),
        b'-' | b'0'..=b'9' => {
            cursor.number(4)?;
            (!matches!(cursor.peek()?, b'e' | b'E' | b'0'..=b'9' | b'.')).then_some(())
        }
        _ => None,
    }
}

/// The end of a line, and the place behind it.
pub fn line_end(cursor: &mut Cursor<'_>) -> Option<usize> {
    cursor.blanks();
    if cursor.peek()? == b'\r' {
        cursor.step();
    }
    (cursor.byte()? == b'\n').then(|| cursor.at())
}
