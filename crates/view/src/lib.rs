//! A record as people read it.
//!
//! Every record is one line that can be read aloud: a [`Phrase`], made by one function per kind ([`statement`], [`event`],
//! [`position`], [`figure`]) and the same wherever it is shown. [`terminal`] and [`page`] set phrases with their evidence;
//! neither decides what is said.

mod dates;
mod evidence;
mod lines;
mod names;
mod numbers;
pub mod page;
mod phrase;
pub mod terminal;
pub mod words;

pub use dates::human_date;
pub use evidence::{is_quoted, one_line};
pub use lines::{actor, condition_opener, event, figure, position, statement};
pub use names::Names;
pub use phrase::{Kind, OWN_WORDS, Part, Phrase, Role};
