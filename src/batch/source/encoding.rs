//! Tables in the encodings that spreadsheets write.
//!
//! The first 64 KiB decide: a byte order mark, else strict UTF-8, else GB18030.
//! What cannot be decoded later becomes a byte that no UTF-8 has, so that the
//! row that holds it, and only that one, is a bad row.

use encoding_rs::{Decoder, DecoderResult, Encoding, GB18030, UTF_8};
use std::io::{self, Read};

/// How many bytes decide.
pub const PEEK: u64 = 64 << 10;

/// Stands for bytes that cannot be decoded.
const BROKEN: u8 = 0xFF;

/// A table's bytes as UTF-8, broken places marked.
pub struct Decoded {
    start: Vec<u8>,
    /// How many bytes of input `start` was.
    peeked: u64,
    reader: Box<dyn Read + Send>,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    ended: bool,
}

impl Decoded {
    /// A table of which `start` was read already.
    #[must_use]
    pub fn new(start: &[u8], reader: Box<dyn Read + Send>, encoding: Option<&'static Encoding>) -> Decoded {
        let mark = Encoding::for_bom(start);
        let encoding = encoding.or(mark.map(|(encoding, _)| encoding)).unwrap_or_else(|| guess(start));
        let skipped = mark.filter(|(marked, _)| *marked == encoding).map_or(0, |(_, len)| len);
        let decoder = (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling());
        let mut table = Decoded { start: Vec::new(), peeked: start.len() as u64, reader, decoder, raw: Vec::new(), ended: false };
        let rest = &start[skipped..];
        table.start = match &mut table.decoder {
            Some(decoder) => {
                let mut text = Vec::new();
                decode(decoder, rest, false, &mut text);
                text
            }
            None => rest.to_vec(),
        };
        table
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
            std::mem::swap(text, &mut self.start);
            self.start = Vec::new();
            return Ok(taken);
        }
        while text.is_empty() && !self.ended {
            self.raw.resize(64 << 10, 0);
            let read = match self.reader.read(&mut self.raw) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            self.ended = read == 0;
            taken += read as u64;
            match &mut self.decoder {
                Some(decoder) => decode(decoder, &self.raw[..read], self.ended, text),
                None => text.extend_from_slice(&self.raw[..read]),
            }
        }
        Ok(taken)
    }
}

fn guess(start: &[u8]) -> &'static Encoding {
    match std::str::from_utf8(start) {
        Ok(_) => UTF_8,
        // The last character may be cut off by the limit itself.
        Err(error) if error.error_len().is_none() && start.len() as u64 == PEEK => UTF_8,
        Err(_) => GB18030,
    }
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
