//! How many reports came to what end.

use onrecord_store::Added;
use std::fmt;

#[derive(Clone, Default)]
pub struct Tally {
    pub new: usize,
    pub known: usize,
    pub changed: usize,
    pub reread: usize,
    pub skipped: usize,
    pub failed: usize,
}

impl Tally {
    pub fn count(&mut self, added: Added) {
        match added {
            Added::New => self.new += 1,
            Added::Known => self.known += 1,
            Added::Changed => self.changed += 1,
            Added::Reread => self.reread += 1,
        }
    }

    /// All of them.
    pub fn all(&self) -> usize {
        let Tally { new, known, changed, reread, skipped, failed } = self;
        new + known + changed + reread + skipped + failed
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally { new, known, changed, reread, skipped, failed } = self;
        write!(f, "{new} reports kept")?;
        let others = [
            (known, "known before"),
            (changed, "kept beside others of their id"),
            (reread, "read anew"),
            (skipped, "left out"),
            (failed, "failed"),
        ];
        others.into_iter().filter(|(count, _)| **count > 0).try_for_each(|(count, what)| write!(f, ", {count} {what}"))
    }
}
