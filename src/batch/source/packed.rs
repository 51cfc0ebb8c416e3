//! Inputs that are packed, as gzip or as Zstandard: told by their first bytes.

use flate2::read::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::io::{self, BufRead, BufReader, Read};

/// How an input is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// gzip.
    Gzip,
    /// Zstandard.
    Zstd,
}

/// What each begins with.
const MARKS: [(&[u8], Packing); 2] = [(b"\x1F\x8B", Packing::Gzip), (b"\x28\xB5\x2F\xFD", Packing::Zstd)];
/// How many bytes tell whether an input is packed.
pub const TELLING: usize = 4;

impl Packing {
    /// How an input that begins like this is packed, if it is.
    #[must_use]
    pub fn of(start: &[u8]) -> Option<Packing> {
        MARKS.into_iter().find(|(mark, _)| start.starts_with(mark)).map(|(_, packing)| packing)
    }

    /// Whether more bytes behind these could still tell that an input is packed.
    #[must_use]
    pub fn may_follow(start: &[u8]) -> bool {
        MARKS.into_iter().any(|(mark, _)| start.len() < mark.len() && mark.starts_with(start))
    }

    /// What is in it, bit by bit, however large it is.
    #[must_use]
    pub fn unpack(self, packed: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
        match self {
            Packing::Gzip => Box::new(MultiGzDecoder::new(packed)),
            Packing::Zstd => Box::new(Frames { packed: BufReader::new(packed), decoder: FrameDecoder::new(), is_open: false }),
        }
    }

    /// The name of an input without the ending of the packing.
    #[must_use]
    pub fn name(self, name: &str) -> &str {
        let endings: &[&str] = match self {
            Packing::Gzip => &[".gz", ".gzip"],
            Packing::Zstd => &[".zst", ".zstd"],
        };
        let ending = name.rfind('.').filter(|at| endings.iter().any(|one| name[*at..].eq_ignore_ascii_case(one)));
        ending.map_or(name, |at| &name[..at])
    }
}

/// Frames of Zstandard one behind the other, as tools write them that work on several threads or append.
struct Frames {
    packed: BufReader<Box<dyn Read + Send>>,
    decoder: FrameDecoder,
    /// Whether the decoder is in a frame.
    is_open: bool,
}

impl Frames {
    /// Goes to the next frame with content; false if there is none.
    fn next(&mut self) -> io::Result<bool> {
        while !self.packed.fill_buf()?.is_empty() {
            match self.decoder.init(&mut self.packed) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    let length = u64::from(length);
                    if io::copy(&mut self.packed.by_ref().take(length), &mut io::sink())? < length {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        Ok(false)
    }

    /// That a frame holds what was put into it, if it says so.
    fn checked(&self) -> io::Result<()> {
        let stated = self.decoder.get_checksum_from_data();
        if stated.is_some() && stated != self.decoder.get_calculated_checksum() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the checksum of a Zstandard frame does not match"));
        }
        Ok(())
    }
}

impl Read for Frames {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.is_open {
                if bytes.is_empty() || !self.next()? {
                    return Ok(0);
                }
                self.is_open = true;
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                self.decoder.decode_blocks(&mut self.packed, BlockDecodingStrategy::UptoBlocks(1)).map_err(io::Error::other)?;
            }
            let count = self.decoder.read(bytes)?;
            if count > 0 || bytes.is_empty() {
                return Ok(count);
            }
            self.checked()?;
            self.is_open = false;
        }
    }
}
