//! Texts that are kept or passed over, but not looked up.

use super::index::Index;
use crate::text::harmless_json;
use std::borrow::Cow;

/// Whether the inside of a string is UTF-8 with escapes that JSON knows.
/// Surrogates are left to the complete reader.
#[inline]
pub fn is_text(text: &[u8], index: &Index) -> bool {
    (index.is_ascii || is_utf8(text)) && (!index.has_escapes || has_good_escapes(text))
}

/// Whether a text can be written as it stands: nothing in it is to be escaped so
/// that it does no harm on a screen or to a build server.
#[inline]
pub fn is_harmless(text: &[u8]) -> bool {
    let is_plain = text.iter().all(|byte| byte.is_ascii() && !matches!(byte, 0x7F | b'#'));
    is_plain || std::str::from_utf8(text).is_ok_and(|text| matches!(harmless_json(text), Cow::Borrowed(_)))
}

/// Whether a text is UTF-8. Most are short and ASCII, which takes no loop.
#[inline]
fn is_utf8(text: &[u8]) -> bool {
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    let word = |word: &[u8; 8]| u64::from_le_bytes(*word);
    if let (Some(first), Some(last), 8..=16) = (text.first_chunk(), text.last_chunk(), text.len())
        && (word(first) | word(last)) & HIGHS == 0
    {
        return true;
    }
    std::str::from_utf8(text).is_ok()
}

fn has_good_escapes(mut text: &[u8]) -> bool {
    while let Some(at) = memchr::memchr(b'\\', text) {
        let skipped = match &text[at + 1..] {
            [b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => 2,
            [b'u', digits @ ..] => {
                let Some(digits) = digits.first_chunk::<4>() else { return false };
                let is_surrogate = matches!(digits, [b'd' | b'D', b'8' | b'9' | b'a'..=b'f' | b'A'..=b'F', ..]);
                if is_surrogate || !digits.iter().all(u8::is_ascii_hexdigit) {
                    return false;
                }
                6
            }
            _ => return false,
        };
        text = &text[at + skipped..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::fast::MARGIN;

    #[test]
    fn a_text_may_have_escapes_and_chinese_but_nothing_broken() {
        let is_good = |written: &[u8]| {
            let block = [b"\"", written, b"\"\n", &[0; MARGIN]].concat();
            let mut index = Index::default();
            index.line(&block, 0)?;
            let [[open, close]] = index.strings() else { return None };
            Some(is_text(&block[*open as usize + 1..*close as usize], &index))
        };
        for whole in ["", "群 group of many people", "a\\\"b\\u4f1a\\\\"] {
            assert_eq!(is_good(whole.as_bytes()), Some(true), "{whole:?}");
        }
        for broken in [&b"a\nb"[..], b"a\tb", b"a\\x", b"a\\ud800", b"a\\u12g4", b"a\\u12", b"a\\", b"\xE7\xBE", b"\xFF"] {
            assert_ne!(is_good(broken), Some(true), "{broken:?}");
        }
    }
}
