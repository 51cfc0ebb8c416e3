//! JSON over any number of lines as lines: every object becomes one.
//!
//! Two shapes are known: an array, and objects one behind the other, of which a
//! single object is the ordinary case. The text stays what it was, so that places
//! keep their meaning: behind each object a line end is put in, which takes no
//! room, and a line break of the input becomes `\r`, which JSON takes for a blank.
//! What is wrong with the brackets stays in the text for the reader to complain of.
//!
//! A broken object must not take those behind it along. Two things that no JSON
//! has tell where it broke off: a line break within a string, which ends the
//! string here, and a `{` where no value can stand, which begins the next object.

/// Where in the text it stands.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that was seen")]
pub struct Elements {
    /// Whether the objects stand in an array.
    in_array: bool,
    depth: usize,
    /// One bit per bracket that is open, the innermost lowest: whether it is a list's.
    lists: u64,
    in_string: bool,
    escaped: bool,
    /// Whether an element has begun.
    begun: bool,
    /// The last byte within an element that is no blank.
    last: u8,
    commas: bool,
    closed: bool,
}

impl Elements {
    /// A text that begins like this: an array, else objects one behind the other.
    #[must_use]
    pub fn of(start: &[u8]) -> Elements {
        let first = start.iter().find(|byte| !byte.is_ascii_whitespace());
        Elements { in_array: first == Some(&b'['), ..Elements::default() }
    }

    /// Translates the next bytes.
    pub fn translate(&mut self, raw: &[u8], lines: &mut Vec<u8>) {
        lines.reserve(raw.len());
        for byte in raw {
            match *byte {
                b'\n' => {
                    if self.in_string {
                        lines.push(1); // so that the `\r` behind it is never taken for a blank
                    }
                    (self.in_string, self.escaped) = (false, false);
                    self.one(b'\r', lines);
                }
                // As little allowed within a string, but no line break.
                b'\r' if self.in_string => lines.push(1),
                b'\r' => lines.push(b' '),
                byte => self.one(byte, lines),
            }
        }
    }

    fn one(&mut self, byte: u8, lines: &mut Vec<u8>) {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            lines.push(byte);
            return;
        }
        let is_blank = matches!(byte, b' ' | b'\t' | b'\r');
        if self.in_array {
            self.in_array(byte, is_blank, lines);
        } else {
            self.in_row(byte, is_blank, lines);
        }
        if !is_blank {
            self.last = byte;
        }
    }

    /// A byte of an array, outside of strings.
    fn in_array(&mut self, byte: u8, is_blank: bool, lines: &mut Vec<u8>) {
        match byte {
            _ if is_blank => {}
            b'[' if self.depth == 0 && !self.closed && !self.begun => {
                self.depth = 1;
                return lines.push(b' ');
            }
            b',' if self.depth == 1 && self.begun => {
                (self.begun, self.commas) = (false, true);
                return lines.extend_from_slice(b"\n ");
            }
            b']' if self.depth == 1 && (self.begun || !self.commas) => {
                (self.depth, self.closed, self.begun) = (0, true, false);
                return lines.extend_from_slice(b"\n ");
            }
            _ => self.within(byte, 1, lines),
        }
        lines.push(byte);
    }

    /// A byte of objects one behind the other, outside of strings.
    fn in_row(&mut self, byte: u8, is_blank: bool, lines: &mut Vec<u8>) {
        if self.depth > 0 {
            if !is_blank {
                self.within(byte, 0, lines);
            }
            lines.push(byte);
            if self.depth == 0 {
                self.end_row(lines);
            }
            return;
        }
        // What stands between objects is a row of its own, up to the next object or line.
        if self.begun && matches!(byte, b'{' | b'[' | b'\r') {
            self.end_row(lines);
        }
        self.begun |= !is_blank;
        self.depth = usize::from(matches!(byte, b'{' | b'['));
        self.lists = u64::from(byte == b'[');
        lines.push(byte);
    }

    /// A byte of an element that is no blank.
    fn within(&mut self, byte: u8, around: usize, lines: &mut Vec<u8>) {
        let has_place = if self.lists & 1 == 1 { matches!(self.last, b'[' | b',') } else { self.last == b':' };
        match byte {
            b'{' if self.depth > around && !has_place => {
                self.end_row(lines);
                (self.depth, self.lists) = (around + 1, 0);
            }
            b'[' | b'{' => {
                self.depth += 1;
                self.lists = self.lists << 1 | u64::from(byte == b'[');
            }
            b']' | b'}' => {
                self.depth = self.depth.saturating_sub(1);
                self.lists >>= 1;
            }
            b'"' => self.in_string = true,
            _ => {}
        }
        self.begun = true;
    }

    fn end_row(&mut self, lines: &mut Vec<u8>) {
        self.begun = false;
        lines.push(b'\n');
    }

    /// Ends the text: an array that was never closed has one broken element more.
    pub fn end(&mut self, lines: &mut Vec<u8>) {
        if self.in_array && !std::mem::replace(&mut self.closed, true) {
            lines.extend_from_slice(if self.begun { b"\n[" } else { b"[" });
        }
    }
}

/// Moves a place on over a line that was put together, or a part of one.
pub fn advance(element: &[u8], line: &mut u64, column: &mut u64) {
    let breaks = memchr::memchr_iter(b'\r', element).count() as u64;
    let last = element.iter().rposition(|byte| *byte == b'\r').map_or(0, |at| at + 1);
    let chars = element[last..].iter().filter(|byte| **byte & 0xC0 != 0x80 && **byte != b'\n').count() as u64;
    *line += breaks;
    *column = if breaks == 0 { *column + chars } else { 1 + chars };
}

/// Whether a text that begins with `{` has its first object over several lines,
/// so that its lines are no rows: the first line ends between two parts of an
/// object, and the next one goes on with it instead of beginning another.
/// Nothing if it takes more text to tell.
#[must_use]
pub fn is_spread(start: &[u8]) -> Option<bool> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in start.iter().enumerate() {
        match byte {
            b'\n' if depth == 0 && !in_string => {
                let is_empty = start[..at].iter().all(u8::is_ascii_whitespace);
                if !is_empty {
                    return Some(false);
                }
            }
            b'\n' => {
                if in_string {
                    return Some(false);
                }
                let next = start[at..].iter().find(|byte| !byte.is_ascii_whitespace());
                return next.map(|next| *next != b'{');
            }
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> String {
        let mut elements = Elements::of(text.as_bytes());
        let mut found = Vec::new();
        text.as_bytes().chunks(3).for_each(|part| elements.translate(part, &mut found));
        elements.end(&mut found);
        String::from_utf8(found).expect("only ASCII is replaced")
    }

    #[test]
    fn every_element_becomes_a_line() {
        assert_eq!(lines("[{\"a\":[1,2]},{\"b\":\",]\\\"\"}]"), " {\"a\":[1,2]}\n {\"b\":\",]\\\"\"}\n ");
        assert_eq!(lines("[\n {},\n {}\n]\n"), " \r {}\n \r {}\r\n \r");
        assert_eq!(lines("[]"), " \n ");
    }

    #[test]
    fn every_object_becomes_a_line() {
        assert_eq!(lines("{\n \"a\": {}\n}\n"), "{\r \"a\": {}\r}\n\r");
        assert_eq!(lines("{}{\"a\":\"}\"} {\r\n}"), "{}\n{\"a\":\"}\"}\n { \r}\n");
    }

    #[test]
    fn broken_brackets_stay_visible() {
        assert_eq!(lines("[{},]"), " {}\n ]\n[");
        assert_eq!(lines("[{}"), " {}\n[");
        assert_eq!(lines("[{}] x"), " {}\n  x");
        assert_eq!(lines("{} x\n{}, {}"), "{}\n x\n\r{}\n, \n{}\n");
        assert_eq!(lines("{}\n}"), "{}\n\r}");
    }

    #[test]
    fn a_broken_object_does_not_take_the_next_along() {
        assert_eq!(lines("{\"a\":1\n{}"), "{\"a\":1\r\n{}\n");
        assert_eq!(lines("{\"a\":\"x}\n{}"), "{\"a\":\"x}\u{1}\r\n{}\n");
        assert_eq!(lines("{\"a\":\"x\\\n}\n{}"), "{\"a\":\"x\\\u{1}\r}\n\r{}\n");
        assert_eq!(lines("[{\"a\":\"x},\n{}]"), " {\"a\":\"x},\u{1}\r\n{}\n ");
        assert_eq!(lines("[{\"a\":1,{\"b\":[1,{},[{}]]}]"), " {\"a\":1,\n{\"b\":[1,{},[{}]]}\n ");
        assert_eq!(lines("[{\"a\":\"x\r\n\"}]"), " {\"a\":\"x\u{1}\u{1}\r\"}]\n[");
    }

    #[test]
    fn lines_that_are_rows_are_told_from_an_object_over_several() {
        for spread in ["{\n \"a\": 1\n}", "\n{ \"a\": [\n 1] }", "{\r\n}", "{\"a\":1,\n\"b\":2}"] {
            assert_eq!(is_spread(spread.as_bytes()), Some(true), "{spread}");
        }
        for rows in
            ["{}\n{}", "{\"a\":1\n{}", "{\"a\":1,\n{}", "{\"a\":\"x\n \"b\"", "\n\n{}\n\n{}", "{}", "{", "{\"a\":1} x\n \"b\""]
        {
            assert_ne!(is_spread(rows.as_bytes()), Some(true), "{rows}");
        }
    }
}
