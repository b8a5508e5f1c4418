//! Reports and their records, kept: one account that grows with every report, can be asked, corrected and undone.
//!
//! A [`Store`] is one SQLite file, or a PostgreSQL database that a team shares. [`Store::add`] keeps reports with their records and ties
//! what is new to what is known, in one transaction: after any interruption the store holds whole reports only, and adding the same
//! again changes nothing. What is the same is judged by `onrecord-account`, pair by pair; the store keeps the pairs and regroups only
//! what a new report touches. [`Store::account`] gives the account's lines, [`Store::ask`] those that fit a question ([`Asked`], which can
//! be parsed from what people type), [`Store::search`] the reports; [`Store::decide`]
//! takes a person's word on what is the same, [`Store::correct`] and [`Store::review`] on what a report says, [`Store::undo`] takes it back, [`Store::check`] looks whether everything kept is whole.

mod add;
mod among;
mod ask;
mod change;
mod check;
mod correct;
mod db;
mod decide;
mod doings;
mod error;
mod facets;
mod feeds;
mod figures;
mod find;
mod found;
mod group;
mod health;
mod kept;
mod keys;
mod known;
mod latest;
mod log;
mod merge;
mod names;
mod news;
mod node;
mod old;
mod open;
mod pack;
mod page;
mod place;
mod places;
mod prepared;
mod profile;
mod query;
mod queue;
mod renamed;
mod report;
mod saved;
mod search;
mod shelf;
mod sift;
mod source;
mod split;
mod sql;
mod standing;
mod stretch;
mod tell;
mod teller;
mod why;
mod withdraw;
mod words;
mod write;

pub use add::Added;
pub use among::figure_names;
pub use change::Change;
pub use check::Fault;
pub use correct::{Corrected, Example, Field, Looked, Lost, Overlay, Review, Signed, Target};
pub use db::DbError;
pub use decide::{Decided, Verb};
pub use doings::{Doing, Doings};
pub use error::StoreError;
pub use facets::Facets;
pub use feeds::Feed;
pub use found::{Found, Outlets};
pub use health::Health;
pub use kept::Kept;
pub use keys::{Key, Scope};
pub use latest::{Came, Follow};
pub use log::Entry;
pub use news::{Fresh, News, Seen, Touched};
pub use open::Store;
pub use pack::digest;
pub use page::{Cursor, Page};
pub use place::Place;
pub use places::{Placed, Places};
pub use prepared::Prepared;
pub use profile::{Mentioned, Profile, Role};
pub use queue::{Queue, Unseen};
pub use saved::Saved;
pub use sift::Asked;
pub use source::Source;
pub use sql::{Answer, Cell};
pub use standing::{Differs, Standing};
pub use stretch::{Day, Stretch, Strip};
pub use why::{Joined, Why};
pub use words::Words;
