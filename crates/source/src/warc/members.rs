//! A gzip file whose parts stand alone: what is damaged costs the part it is in.

use crate::Fault;
use crate::unpack::swells;
use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, BufReader, Cursor, Read};

/// How every part begins.
const MAGIC: [u8; 3] = [0x1F, 0x8B, 8];

/// How far back the next part is sought from where a part turned out to be damaged: of one that was cut short it is not known before
/// some of the next was taken for more of it.
const BACK: usize = 16 << 10;

/// The parts of a gzip file one after another, unpacked. A read inside a damaged part, or one that swells beyond all measure, fails
/// once; the next one goes on with the next part.
pub(crate) struct Members {
    state: State,
    /// Bytes that came out since the last bomb.
    given: u64,
}

enum State {
    Inside(Box<GzDecoder<Rewound>>),
    /// Where a part ended, or broke off.
    Between {
        bytes: Rewound,
        broken: bool,
    },
    Ended,
}

impl Members {
    pub(crate) fn new(bytes: Box<dyn Read + Send>) -> Self {
        let bytes = Rewound { again: Cursor::default(), bytes: BufReader::new(bytes), last: Vec::new(), taken: 0 };
        Members { state: State::Between { bytes, broken: false }, given: 0 }
    }
}

impl Read for Members {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Ok(0),
                State::Between { mut bytes, broken } => {
                    let passed_over = seek(&mut bytes)?;
                    if bytes.fill_buf()?.is_empty() {
                        return if passed_over && !broken { Err(damaged()) } else { Ok(0) };
                    }
                    self.state = State::Inside(Box::new(GzDecoder::new(bytes)));
                    if passed_over && !broken {
                        return Err(damaged());
                    }
                }
                State::Inside(mut member) => match member.read(buffer) {
                    Ok(0) => {
                        let mut bytes = member.into_inner();
                        bytes.last.clear();
                        self.state = State::Between { bytes, broken: false };
                    }
                    Ok(n) => {
                        self.given += n as u64;
                        if swells(self.given, member.get_ref().taken) {
                            let mut bytes = member.into_inner();
                            (self.given, bytes.taken) = (0, 0);
                            bytes.last.clear();
                            self.state = State::Between { bytes, broken: true };
                            return Err(io::Error::other(Fault::Bomb { packing: "gzip" }));
                        }
                        self.state = State::Inside(member);
                        return Ok(n);
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => self.state = State::Inside(member),
                    Err(_) => {
                        let mut bytes = member.into_inner();
                        bytes.go_back();
                        self.state = State::Between { bytes, broken: true };
                        return Err(damaged());
                    }
                },
            }
        }
    }
}

fn damaged() -> io::Error {
    io::Error::other(Fault::Damaged { packing: "gzip" })
}

/// Goes to the next beginning of a part; true when something else than padding stood before it.
fn seek(bytes: &mut Rewound) -> io::Result<bool> {
    let (mut matched, mut passed_over) = (0, false);
    while matched < MAGIC.len() {
        let Some(&byte) = bytes.fill_buf()?.first() else { return Ok(passed_over || matched > 0) };
        bytes.consume(1);
        if byte == MAGIC[matched] {
            matched += 1;
        } else {
            passed_over |= matched > 0 || byte != 0;
            matched = usize::from(byte == MAGIC[0]);
        }
    }
    bytes.put_back(&MAGIC);
    bytes.last.clear();
    Ok(passed_over)
}

/// Bytes of which the last can be read again.
struct Rewound {
    again: Cursor<Vec<u8>>,
    bytes: BufReader<Box<dyn Read + Send>>,
    /// What was read of the part so far; of a long one the last [`BACK`] bytes to twice as many.
    last: Vec<u8>,
    taken: u64,
}

impl Rewound {
    /// These are what is read next.
    fn put_back(&mut self, bytes: &[u8]) {
        let left = &self.again.get_ref()[self.again.position() as usize..];
        self.again = Cursor::new([bytes, left].concat());
    }

    /// To [`BACK`] bytes before here, but not to where the damaged part began.
    fn go_back(&mut self) {
        let last = std::mem::take(&mut self.last);
        let from = last.len().saturating_sub(BACK).max(MAGIC.len()).min(last.len());
        self.put_back(&last[from..]);
    }
}

impl Read for Rewound {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Rewound {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.again.fill_buf()?.is_empty() { self.bytes.fill_buf() } else { self.again.fill_buf() }
    }

    fn consume(&mut self, n: usize) {
        if n == 0 {
            return;
        }
        if self.last.len() > 2 * BACK {
            self.last.drain(..BACK);
        }
        let place = self.again.position() as usize;
        if place < self.again.get_ref().len() {
            self.last.extend_from_slice(&self.again.get_ref()[place..place + n]);
            self.again.consume(n);
        } else {
            self.last.extend_from_slice(&self.bytes.buffer()[..n]);
            self.taken += n as u64;
            self.bytes.consume(n);
        }
    }
}
