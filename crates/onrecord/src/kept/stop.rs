//! Ctrl-C: the first ends the work after the report in hand, the second at once.

use crate::output;
use std::process::exit;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What shells expect of a program that was interrupted.
const INTERRUPTED: i32 = 130;

/// Whether the work is to end.
#[derive(Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Set by Ctrl-C (and by the signals that ask a service to end), which also does `act`.
    pub fn on_interrupt(act: impl Fn() + Send + 'static) -> Self {
        let stop = Stop::default();
        let asked = stop.clone();
        let set = ctrlc::set_handler(move || {
            if asked.0.swap(true, Ordering::SeqCst) {
                exit(INTERRUPTED);
            }
            output::report("stopping when the report in hand is kept; press Ctrl-C again to stop at once");
            act();
        });
        // Without it Ctrl-C ends the program at once, which costs the report in hand and nothing else.
        if let Err(error) = set {
            output::report(&format!("Ctrl-C will stop at once ({error})"));
        }
        stop
    }

    /// Whether it was asked for.
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}
