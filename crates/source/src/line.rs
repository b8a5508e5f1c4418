use crate::Fault;
use std::io::{BufRead, Read};

/// The next line, its end included; nothing at the end of the input. Reads at most `limit` bytes of it; longer lines are read past and are an error.
pub(crate) fn line(bytes: &mut dyn BufRead, limit: usize) -> Result<Option<Vec<u8>>, Fault> {
    let mut line = Vec::new();
    (&mut *bytes).take(limit as u64 + 1).read_until(b'\n', &mut line)?;
    if line.len() > limit && !line.ends_with(b"\n") {
        bytes.skip_until(b'\n')?;
        return Err(Fault::TooLong);
    }
    Ok((!line.is_empty()).then_some(line))
}
