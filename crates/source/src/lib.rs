//! Where reports come from: files and folders, standard input, the web; text, pages, JSON lines, feeds, news items, web archives.
//!
//! [`pieces`] goes through inputs one after another and hands out [`Piece`]s, each one document still as bytes; it opens a file
//! only when its turn comes and holds no more of it than a document at a time (of feeds and other lists, which are read whole,
//! [`MAX_LIST`]). [`Piece::document`] does the work of decoding and extracting, so that it can be done on another thread. What
//! comes from the web comes through [`fetch`], which has limits and manners; [`watch`] looks at feeds again and again.
//!
//! Reading a file never opens a connection: links that stand in one are handed out as links ([`pieces_and_feeds`] reads the feeds of a
//! list, when it is the list itself that was named). Whatever cannot become a document is a [`SourceError`], which says what happened,
//! where, and what to do; the pieces after it are unaffected.
//!
//! Text is kept as it came, line endings included (only a byte order mark goes), because spans point into it.

mod date;
mod decode;
mod error;
mod extract;
mod feed;
pub mod fetch;
mod files;
mod form;
mod headline;
mod input;
mod json_lines;
mod line;
mod link;
mod list;
mod markup;
mod metadata;
mod meter;
mod ninjs;
mod outline;
mod piece;
mod sitemap;
mod unpack;
mod warc;
pub mod watch;
mod xml;

pub use date::parse_date;
pub use error::{Fault, SourceError};
pub use extract::{Article, extract, feed_of};
pub use feed::{Entry, EntryBody, Feed, feed};
pub use form::Form;
pub use input::{Input, Pieces, measured, pieces, pieces_and_feeds, pieces_in};
pub use json_lines::json_document;
pub use link::{Link, LinkTo};
pub use meter::Meter;
pub use outline::outline;
pub use piece::{Given, Piece};
pub use sitemap::sitemap;

/// Bytes that a list of documents or links may have where it must be read whole: feeds, outlines, sitemaps (of which the standard
/// says 50 MB), ninjs.
pub const MAX_LIST: usize = 64 << 20;

/// Bytes that one document may come as: a page with all that is in it besides words.
pub const MAX_DOCUMENT: usize = 8 << 20;

/// Bytes of words that one document may have: 170,000 words, a book of 600 pages. Reading takes up to 250 times as many bytes of memory.
pub const MAX_WORDS: usize = 1 << 20;
