//! Tables in the encodings that spreadsheets write.
//!
//! The first 64 KiB decide: a byte order mark, else strict UTF-8, else GB18030
//! if that is what the bytes look like. A text that is UTF-8 but for a few bytes
//! stays UTF-8. What cannot be decoded becomes a byte that no UTF-8 has, so that
//! the row that holds it, and only that one, is a bad row.

use encoding_rs::{Decoder, DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, Read};

/// How many bytes decide.
pub const PEEK: usize = 64 << 10;

/// Stands for bytes that cannot be decoded.
const BROKEN: u8 = 0xFF;

/// That an input of JSON is written in an encoding in which JSON is not.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("it is {}, and JSON is written in UTF-8", .0.name())]
pub struct NotUtf8(pub &'static Encoding);

/// A table's bytes as UTF-8, broken places marked.
pub struct Decoded {
    start: Vec<u8>,
    /// How many bytes of input `start` was.
    peeked: u64,
    reader: Box<dyn Read + Send>,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    ended: bool,
    live: bool,
    /// Whether no more is there just now.
    drained: bool,
    /// What was read while its encoding is not decided, and how much of that was
    /// passed on because it is plain ASCII.
    undecided: Option<(Vec<u8>, usize)>,
    /// An encoding that nobody named, and whether a mark does.
    guess: Option<(&'static Encoding, bool)>,
}

impl Decoded {
    /// A table of which `start` was read already. Of a `live` one no more is
    /// waited for than one row.
    #[must_use]
    pub fn new(start: &[u8], reader: Box<dyn Read + Send>, encoding: Option<&'static Encoding>, live: bool) -> Decoded {
        let mark = Encoding::for_bom(start);
        let named = encoding.or(mark.map(|(encoding, _)| encoding));
        let is_open = live && named.is_none() && start.len() < PEEK;
        let mut table = Decoded {
            start: Vec::new(),
            peeked: start.len() as u64,
            reader,
            decoder: None,
            raw: Vec::new(),
            ended: false,
            live,
            drained: live,
            undecided: is_open.then(Default::default),
            guess: None,
        };
        let chosen = named.unwrap_or_else(|| if is_open { UTF_8 } else { guess(start) });
        let skipped = mark.filter(|(marked, _)| *marked == chosen).map_or(0, |(_, len)| len);
        if encoding.is_none() && chosen != UTF_8 {
            table.guess = Some((chosen, mark.is_some()));
        }
        table.decoder = (chosen != UTF_8).then(|| chosen.new_decoder_without_bom_handling());
        let mut text = Vec::new();
        table.pass(&start[skipped..], &mut text);
        table.start = text;
        table
    }

    /// Whether no more is there just now of what somebody may be waiting for.
    #[must_use]
    pub fn is_drained(&self) -> bool {
        self.live && self.drained
    }

    /// The encoding that was found, if it is not UTF-8 and nobody named it, and
    /// whether a mark does; once.
    pub fn take_guess(&mut self) -> Option<(&'static Encoding, bool)> {
        self.guess.take()
    }

    /// Decodes what was read, or keeps it until its encoding can be told.
    fn pass(&mut self, raw: &[u8], text: &mut Vec<u8>) {
        let Some((mut seen, mut passed)) = self.undecided.take() else { return self.decode(raw, text) };
        seen.extend_from_slice(raw);
        if seen[passed..].iter().all(|byte| byte.is_ascii() && *byte != 0) && passed + raw.len() == seen.len() {
            text.extend_from_slice(raw);
            passed = seen.len();
        }
        if seen.len() < PEEK && !self.ended {
            self.undecided = Some((seen, passed));
            return;
        }
        let chosen = guess(&seen[..seen.len().min(PEEK)]);
        if chosen != UTF_8 {
            self.guess = Some((chosen, false));
            self.decoder = Some(chosen.new_decoder_without_bom_handling());
        }
        self.decode(&seen[passed..], text);
    }

    fn decode(&mut self, raw: &[u8], text: &mut Vec<u8>) {
        match &mut self.decoder {
            Some(decoder) => decode(decoder, raw, self.ended, text),
            None => text.extend_from_slice(raw),
        }
    }

    /// Reads on into `text`, which it clears first; leaves it empty at the end.
    /// Gives how many bytes of input it took.
    ///
    /// # Errors
    ///
    /// When the input cannot be read.
    pub fn read(&mut self, text: &mut Vec<u8>) -> io::Result<u64> {
        text.clear();
        let mut taken = std::mem::take(&mut self.peeked);
        if !self.start.is_empty() {
            *text = std::mem::take(&mut self.start);
            return Ok(taken);
        }
        while text.is_empty() && !self.ended {
            self.raw.resize(64 << 10, 0);
            let read = match self.reader.read(&mut self.raw) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            (self.ended, self.drained) = (read == 0, read < self.raw.len());
            taken += read as u64;
            let raw = std::mem::take(&mut self.raw);
            self.pass(&raw[..read], text);
            self.raw = raw;
        }
        Ok(taken)
    }
}

/// Whether a text begins as UTF-16 does: by its mark, or a zero in every other
/// byte, as ASCII has it there.
#[must_use]
pub fn wide(start: &[u8]) -> Option<&'static Encoding> {
    if let Some((marked, _)) = Encoding::for_bom(start).filter(|(marked, _)| *marked != UTF_8) {
        return Some(marked);
    }
    let (pairs, _) = start.as_chunks::<2>();
    let zeros = |at: usize| pairs.iter().filter(|pair| pair[at] == 0).count() * 3;
    match (zeros(0) > pairs.len(), zeros(1) > pairs.len()) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// The encoding of a text without a mark. Strict UTF-8 is UTF-8. Anything else is
/// GB18030 only if nearly all of its bytes are, most of them pairs as Chinese text
/// has them, and if it is not rather UTF-8 with a few bytes gone wrong.
fn guess(start: &[u8]) -> &'static Encoding {
    if let Some(wide) = wide(start) {
        return wide;
    }
    let (mut characters, mut strays) = (0, 0);
    for chunk in start.utf8_chunks() {
        characters += chunk.valid().chars().filter(|one| !one.is_ascii()).count();
        strays += chunk.invalid().len();
    }
    // The last character may be cut off by the limit itself.
    let is_cut = start.len() == PEEK && std::str::from_utf8(start).is_err_and(|error| error.error_len().is_none());
    if strays == 0 || is_cut || (characters > 0 && characters >= strays) {
        return UTF_8;
    }
    let (mut pairs, mut high, mut broken, mut at) = (0, 0, 0, 0);
    while at < start.len() {
        let len = match start[at..] {
            [0x00..=0x7F, ..] => 1,
            [0x81..=0xFE, 0x30..=0x39, 0x81..=0xFE, 0x30..=0x39, ..] => 4,
            [0x81..=0xFE, 0x40..=0x7E | 0x80..=0xFE, ..] => {
                pairs += 1;
                high += usize::from(start[at + 1] >= 0x80);
                2
            }
            _ => {
                broken += 1;
                1
            }
        };
        at += len;
    }
    if pairs > broken * 20 && high * 2 >= pairs { GB18030 } else { UTF_8 }
}

fn decode(decoder: &mut Decoder, mut raw: &[u8], last: bool, text: &mut Vec<u8>) {
    let mut part = vec![0; 16 << 10];
    loop {
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(raw, &mut part, last);
        text.extend_from_slice(&part[..written]);
        raw = &raw[read..];
        match result {
            DecoderResult::InputEmpty => return,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => text.push(BROKEN),
        }
    }
}
