//! Reports and their records, kept: one account that grows with every report, can be asked, corrected and undone.
//!
//! A [`Store`] is one SQLite file, or a PostgreSQL database that a team shares. [`Store::add`] keeps reports with their records and ties
//! what is new to what is known, in one transaction: after any interruption the store holds whole reports only, and adding the same
//! again changes nothing. What is the same is judged by `onrecord-account`, pair by pair; the store keeps the pairs and regroups only
//! what a new report touches. [`Store::account`] gives the account's lines, [`Store::ask`] those that fit a question ([`Asked`], which can
//! be parsed from what people type), [`Store::search`] the reports; [`Store::decide`]
//! takes a person's word on what is the same, [`Store::correct`] and [`Store::review`] on what a report says, [`Store::undo`] takes it back, [`Store::check`] looks whether everything kept is whole.

mod add;
mod ask;
mod change;
mod check;
mod correct;
mod db;
mod decide;
mod error;
mod feeds;
mod figures;
mod find;
mod group;
mod kept;
mod known;
mod log;
mod merge;
mod names;
mod node;
mod old;
mod open;
mod pack;
mod place;
mod prepared;
mod query;
mod queue;
mod search;
mod shelf;
mod sift;
mod source;
mod split;
mod sql;
mod tell;
mod teller;
mod why;
mod withdraw;
mod words;

pub use add::Added;
pub use change::Change;
pub use check::Fault;
pub use correct::{Corrected, Example, Looked, Lost, Overlay, Review, Signed, Target};
pub use db::DbError;
pub use decide::{Decided, Verb};
pub use error::StoreError;
pub use feeds::Feed;
pub use kept::Kept;
pub use log::Entry;
pub use open::Store;
pub use pack::digest;
pub use place::Place;
pub use prepared::Prepared;
pub use queue::{Page, Unseen};
pub use sift::Asked;
pub use source::Source;
pub use sql::{Answer, Cell};
pub use why::{Joined, Why};
pub use words::Words;
