//! How many reports came to what end.

use onrecord_export::{counted, thousands};
use onrecord_store::Added;
use std::fmt;

#[derive(Clone)]
pub struct Tally {
    /// What is done with a report that is not known.
    done: &'static str,
    pub new: usize,
    pub known: usize,
    pub changed: usize,
    pub reread: usize,
    pub skipped: usize,
    pub failed: usize,
}

impl Default for Tally {
    fn default() -> Self {
        Tally::of("kept")
    }
}

impl Tally {
    /// Of reports with which this is done.
    pub fn of(done: &'static str) -> Self {
        Tally { done, new: 0, known: 0, changed: 0, reread: 0, skipped: 0, failed: 0 }
    }

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
        let Tally { new, known, changed, reread, skipped, failed, .. } = self;
        new + known + changed + reread + skipped + failed
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally { done, new, known, changed, reread, skipped, failed } = self;
        write!(f, "{} {done}", counted(*new, "reports"))?;
        let others = [
            (known, "known before"),
            (changed, "kept beside others of their id"),
            (reread, "read anew"),
            (skipped, "left out"),
            (failed, "failed"),
        ];
        others
            .into_iter()
            .filter(|(count, _)| **count > 0)
            .try_for_each(|(count, what)| write!(f, ", {} {what}", thousands(*count)))
    }
}
