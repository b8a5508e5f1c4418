//! Compressed bytes, with an eye on how much comes out of how little.

use crate::Fault;
use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Bytes that may always come out: a file this small is no danger, however well it was packed.
const HARMLESS: u64 = 64 << 20;

/// Text is packed 3 to 30 times, logs of equal lines 100 times; deflate ends at 1,032 and zstd goes on for ever.
const MOST_SWELLING: u64 = 250;

/// How bytes are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Gzip,
    Zstd,
}

impl Packing {
    pub(crate) fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x1F, 0x8B, 8, ..] => Some(Packing::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Packing::Zstd),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Packing::Gzip => "gzip",
            Packing::Zstd => "zstd",
        }
    }
}

/// `bytes` unpacked. Reading fails with a [`Fault`] inside the error when they are damaged, end too early, or swell beyond all
/// measure; what came out until then stands.
pub(crate) fn unpack(packing: Packing, bytes: Box<dyn Read + Send>) -> Result<Box<dyn Read + Send>, Fault> {
    let taken = Arc::new(AtomicU64::new(0));
    let counted = BufReader::new(Counted { bytes, taken: taken.clone() });
    let inner: Box<dyn Read + Send> = match packing {
        Packing::Gzip => Box::new(MultiGzDecoder::new(counted)),
        Packing::Zstd => Box::new(zstd::stream::read::Decoder::with_buffer(counted)?),
    };
    Ok(Box::new(Watched { inner, packing, taken, given: 0, ended: false }))
}

/// True when `given` bytes out of `taken` are more than any honest file holds.
pub(crate) fn swells(given: u64, taken: u64) -> bool {
    given > HARMLESS && given / MOST_SWELLING > taken
}

/// The beginning of what `head`, the beginning of a gzip file, holds.
pub(crate) fn peek(head: &[u8], length: usize) -> Vec<u8> {
    let mut beginning = Vec::new();
    // The head is cut off somewhere: what comes out before that is wanted, and the error is not.
    let _ = MultiGzDecoder::new(head).take(length as u64).read_to_end(&mut beginning);
    beginning
}

/// Counts what is read through it.
struct Counted {
    bytes: Box<dyn Read + Send>,
    taken: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.bytes.read(buffer)?;
        self.taken.fetch_add(n as u64, Relaxed);
        Ok(n)
    }
}

struct Watched {
    inner: Box<dyn Read + Send>,
    packing: Packing,
    taken: Arc<AtomicU64>,
    given: u64,
    /// It swelled or is damaged, and there is no more of it: asked again, a decoder may say the same for ever.
    ended: bool,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.ended {
            return Ok(0);
        }
        let n = match self.inner.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(_) => {
                self.ended = true;
                return Err(io::Error::other(Fault::Damaged { packing: self.packing.name() }));
            }
            Ok(n) => n,
        };
        self.given += n as u64;
        if swells(self.given, self.taken.load(Relaxed)) {
            self.ended = true;
            return Err(io::Error::other(Fault::Bomb { packing: self.packing.name() }));
        }
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::{Cursor, Write};

    fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn fault(packing: Packing, bytes: Vec<u8>) -> Fault {
        let mut unpacked = unpack(packing, Box::new(Cursor::new(bytes))).unwrap();
        io::copy(&mut unpacked, &mut io::sink()).unwrap_err().into()
    }

    #[test]
    fn both_packings_come_out_whole() {
        for (packing, bytes) in [(Packing::Gzip, gz(b"One.")), (Packing::Zstd, zstd::encode_all(&b"One."[..], 3).unwrap())] {
            assert_eq!(Packing::of(&bytes), Some(packing));
            let mut text = String::new();
            unpack(packing, Box::new(Cursor::new(bytes))).unwrap().read_to_string(&mut text).unwrap();
            assert_eq!(text, "One.");
        }
        assert_eq!(peek(&gz(b"WARC/1.0\r\n"), 5), b"WARC/");
    }

    #[test]
    fn bombs_and_damage_are_told_apart() {
        let bomb = zstd::encode_all(io::repeat(0).take(HARMLESS * 2), 1).unwrap();
        assert!(matches!(fault(Packing::Zstd, bomb.clone()), Fault::Bomb { packing: "zstd" }));
        // After that there is nothing more, so that nobody is told twice.
        let mut unpacked = unpack(Packing::Zstd, Box::new(Cursor::new(bomb))).unwrap();
        assert!(io::copy(&mut unpacked, &mut io::sink()).is_err());
        assert_eq!(unpacked.read(&mut [0; 9]).unwrap(), 0);
        let mut cut = gz(&[7; 10_000]);
        cut.truncate(cut.len() - 6);
        assert!(matches!(fault(Packing::Gzip, cut), Fault::Damaged { packing: "gzip" }));
        let words: String = (0..90_000_u32).map(|n| format!("{} ", n.wrapping_mul(2_654_435_761))).collect();
        let mut cut = zstd::encode_all(words.as_bytes(), 3).unwrap();
        cut.truncate(cut.len() / 2);
        let mut unpacked = unpack(Packing::Zstd, Box::new(Cursor::new(cut))).unwrap();
        assert!(io::copy(&mut unpacked, &mut io::sink()).is_err());
        assert_eq!(unpacked.read(&mut [0; 9]).unwrap(), 0);
    }
}
