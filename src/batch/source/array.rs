//! A JSON array as lines: every element becomes one.
//!
//! Byte for byte the text stays what it was, so that places keep their meaning,
//! except that a comma between elements becomes a line end and a line break
//! within the array becomes `\r`, which JSON takes for a blank. What is wrong
//! with the brackets themselves is left in the text for the reader to complain of.

/// Where in an array the text stands.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that was seen")]
pub struct Elements {
    depth: usize,
    in_string: bool,
    escaped: bool,
    /// Whether the element has begun.
    begun: bool,
    commas: bool,
    closed: bool,
}

impl Elements {
    /// Translates the next bytes.
    pub fn translate(&mut self, raw: &[u8], lines: &mut Vec<u8>) {
        lines.extend(raw.iter().map(|byte| match *byte {
            b'\n' => b'\r',
            b'\r' => b' ',
            byte => self.one(byte),
        }));
    }

    fn one(&mut self, byte: u8) -> u8 {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return byte;
        }
        match byte {
            b' ' | b'\t' => return byte,
            b'[' if self.depth == 0 && !self.closed && !self.begun => {
                self.depth = 1;
                return b' ';
            }
            b',' if self.depth == 1 && self.begun => {
                (self.begun, self.commas) = (false, true);
                return b'\n';
            }
            b']' if self.depth == 1 && (self.begun || !self.commas) => {
                (self.depth, self.closed, self.begun) = (0, true, false);
                return b'\n';
            }
            b'[' | b'{' => self.depth += 1,
            b']' | b'}' => self.depth = self.depth.saturating_sub(1),
            b'"' => self.in_string = true,
            _ => {}
        }
        self.begun = true;
        byte
    }

    /// Ends the text: an array that was never closed has one broken element more.
    pub fn end(&mut self, lines: &mut Vec<u8>) {
        if !std::mem::replace(&mut self.closed, true) {
            lines.extend_from_slice(if self.begun { b"\n[" } else { b"[" });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> String {
        let mut elements = Elements::default();
        let mut found = Vec::new();
        text.as_bytes().chunks(3).for_each(|part| elements.translate(part, &mut found));
        elements.end(&mut found);
        String::from_utf8(found).expect("only ASCII is replaced")
    }

    #[test]
    fn every_element_becomes_a_line() {
        assert_eq!(lines("[{\"a\":[1,2]},{\"b\":\",]\\\"\"}]"), " {\"a\":[1,2]}\n{\"b\":\",]\\\"\"}\n");
        assert_eq!(lines("[\n {},\n {}\n]\n"), " \r {}\n\r {}\r\n\r");
        assert_eq!(lines("[]"), " \n");
    }

    #[test]
    fn broken_brackets_stay_visible() {
        assert_eq!(lines("[{},]"), " {}\n]\n[");
        assert_eq!(lines("[{}"), " {}\n[");
        assert_eq!(lines("[{}] x"), " {}\n x");
    }
}
