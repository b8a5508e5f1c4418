//! How far it is, on a terminal; nothing in a pipe.

use super::tally::Tally;
use crate::output;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use onrecord_source::{Input, Meter};
use std::io::{self, IsTerminal};
use std::time::Duration;

/// Often enough to look alive.
const TICK: Duration = Duration::from_millis(250);
const KNOWN_LENGTH: &str = "{bar:24} {percent:>3} %  {msg}, {eta} left";
const UNKNOWN_LENGTH: &str = "{spinner} {elapsed}  {msg}";
const FEEDS: &str = "{spinner} {prefix}; {msg}";

#[derive(Clone)]
pub struct Progress {
    bar: ProgressBar,
    read: Meter,
}

impl Progress {
    /// Through inputs, of which `read` counts what is done; how far it will be is asked only where somebody sees it.
    pub fn through(inputs: &[Input], read: &Meter) -> Self {
        if !io::stderr().is_terminal() {
            return Self::hidden();
        }
        let size: Option<u64> = inputs.iter().map(Input::size).sum();
        Self::shown(size, if size.is_some() { KNOWN_LENGTH } else { UNKNOWN_LENGTH }, read.clone())
    }

    /// Of feeds that are watched, without an end.
    pub fn of_feeds() -> Self {
        if io::stderr().is_terminal() { Self::shown(None, FEEDS, Meter::default()) } else { Self::hidden() }
    }

    /// Where nobody looks.
    pub fn hidden() -> Self {
        Progress { bar: ProgressBar::hidden(), read: Meter::default() }
    }

    fn shown(length: Option<u64>, template: &str, read: Meter) -> Self {
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::stderr());
        bar.set_style(ProgressStyle::with_template(template).expect("the template is one"));
        bar.enable_steady_tick(TICK);
        Progress { bar, read }
    }

    /// So many reports came to an end.
    pub fn tell(&self, tally: &Tally) {
        if self.bar.is_hidden() {
            return;
        }
        let seconds = self.bar.elapsed().as_secs_f64().max(0.001);
        self.bar.set_position(self.read.bytes());
        self.bar.set_message(format!("{tally} ({:.1} a second)", tally.all() as f64 / seconds));
    }

    /// What the feeds are doing.
    pub fn feeds(&self, what: String) {
        self.bar.set_prefix(what);
    }

    /// Says something on a line of its own.
    pub fn report(&self, message: &str) {
        self.bar.suspend(|| output::report(message));
    }

    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
