//! Feeds looked at again and again: what is known of each, when it is next due, what was new.
//!
//! The caller keeps a [`FeedState`] for each feed, wherever it likes; it is all that a program needs to go on after a stop. A round is:
//! [`due`] says whose turn it is, [`poll`] asks the web, and [`step`], which reads no clock and opens nothing, gives the next state
//! and the entries not seen before. [`pieces`] makes documents of those.
//!
//! ```no_run
//! use onrecord_source::{Given, fetch::Fetcher, watch};
//! let fetcher = Fetcher::default();
//! let now = "2025-02-24T10:00:00Z".parse().unwrap();
//! let mut states = vec![watch::FeedState::new("https://example.org/feed", now)];
//! let turn: Vec<usize> = watch::due(&states, now);
//! for place in turn {
//!     let outcome = watch::poll(&fetcher, &states[place]);
//!     let step = watch::step(&states[place], now, outcome, &watch::Schedule::default());
//!     for piece in watch::pieces(&step, &Given::default(), &fetcher) {
//!         println!("{}", piece.unwrap().document().unwrap().text);
//!     }
//!     states[place] = step.state;
//! }
//! ```

mod poll;
mod schedule;
mod state;

pub use poll::{Outcome, feeds, pieces, poll};
pub use schedule::{Schedule, Step, TRIES, step};
pub use state::{Failure, FeedState, due};
