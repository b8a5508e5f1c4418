//! Where reports come from: files, standard input, web pages as saved, JSON lines.
//!
//! [`pieces`] goes through inputs one after another and hands out [`Piece`]s, each one document still as bytes; it opens a file
//! only when its turn comes and holds no more of it than its head. [`Piece::document`] does the work of decoding and
//! extracting, so that it can be done on another thread. Whatever cannot become a document is a [`SourceError`], which says
//! what happened, where, and what to do; the pieces after it are unaffected.
//!
//! Text is kept as it came, line endings included (only a byte order mark goes), because spans point into it.

mod date;
mod decode;
mod error;
mod extract;
mod form;
mod headline;
mod input;
mod json_lines;
mod markup;
mod metadata;
mod piece;

pub use date::parse_date;
pub use error::{Fault, SourceError};
pub use extract::{Article, extract};
pub use form::Form;
pub use input::{Input, pieces};
pub use piece::{Given, Piece};

/// Bytes that one document may have: several times the longest novel, and small enough to be read in bounded memory.
pub const MAX_DOCUMENT: usize = 8 << 20;
