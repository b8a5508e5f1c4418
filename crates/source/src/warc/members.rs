//! A gzip file whose parts stand alone: what is damaged costs the part it is in.

use crate::Fault;
use crate::unpack::swells;
use flate2::bufread::GzDecoder;
use std::io::{self, BufRead, BufReader, Read};

/// How every part begins.
const MAGIC: [u8; 3] = [0x1F, 0x8B, 8];

/// The parts of a gzip file one after another, unpacked. A read inside a damaged part fails once; the next one goes on with the
/// next part.
pub(crate) struct Members {
    state: State,
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
        let bytes = Rewound { again: &[], bytes: BufReader::new(bytes), taken: 0 };
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
                    if bytes.again.is_empty() {
                        return if passed_over && !broken { Err(damaged()) } else { Ok(0) };
                    }
                    self.state = State::Inside(Box::new(GzDecoder::new(bytes)));
                    if passed_over && !broken {
                        return Err(damaged());
                    }
                }
                State::Inside(mut member) => match member.read(buffer) {
                    Ok(0) => self.state = State::Between { bytes: member.into_inner(), broken: false },
                    Ok(n) => {
                        self.given += n as u64;
                        if swells(self.given, member.get_ref().taken) {
                            return Err(io::Error::other(Fault::Bomb { packing: "gzip" }));
                        }
                        self.state = State::Inside(member);
                        return Ok(n);
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => self.state = State::Inside(member),
                    Err(_) => {
                        self.state = State::Between { bytes: member.into_inner(), broken: true };
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
    bytes.again = &MAGIC;
    Ok(passed_over)
}

/// Bytes of which the last three can be read again when they were [`MAGIC`].
struct Rewound {
    again: &'static [u8],
    bytes: BufReader<Box<dyn Read + Send>>,
    taken: u64,
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
        if self.again.is_empty() { self.bytes.fill_buf() } else { Ok(self.again) }
    }

    fn consume(&mut self, n: usize) {
        if self.again.is_empty() {
            self.taken += n as u64;
            self.bytes.consume(n);
        } else {
            self.again = &self.again[n..];
        }
    }
}
