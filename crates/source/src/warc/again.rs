//! Bytes of an archive, of which some can be read again.

use std::io::{self, BufRead, BufReader, Cursor, Read};

/// Bytes that are put back in all: of an archive of nothing but wrong lengths each would otherwise be read thousands of times.
const MOST: usize = 256 << 20;

/// A reader that takes bytes back.
pub(super) struct Again {
    again: Cursor<Vec<u8>>,
    bytes: BufReader<Box<dyn Read + Send>>,
    put_back: usize,
}

impl Again {
    pub(super) fn new(bytes: Box<dyn Read + Send>) -> Self {
        Again { again: Cursor::default(), bytes: BufReader::new(bytes), put_back: 0 }
    }

    /// These are what is read next, unless that was done too often.
    pub(super) fn put_back(&mut self, bytes: &[u8]) {
        self.put_back += bytes.len();
        if self.put_back <= MOST {
            let left = &self.again.get_ref()[self.again.position() as usize..];
            self.again = Cursor::new([bytes, left].concat());
        }
    }
}

impl Read for Again {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.again.read(buffer)? {
            0 => self.bytes.read(buffer),
            n => Ok(n),
        }
    }
}

impl BufRead for Again {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.again.fill_buf()?.is_empty() { self.bytes.fill_buf() } else { self.again.fill_buf() }
    }

    fn consume(&mut self, n: usize) {
        if self.again.fill_buf().is_ok_and(<[u8]>::is_empty) {
            self.bytes.consume(n);
        } else {
            self.again.consume(n);
        }
    }
}
