//! Reports and their records, kept: one account that grows with every report, can be asked, corrected and undone.
//!
//! A [`Store`] is one SQLite file. [`Store::add`] keeps reports with their records and ties what is new to what is known, in one
//! transaction: after any interruption the file holds whole reports only, and adding the same again changes nothing. What is the same is
//! judged by `onrecord-account`, pair by pair; the store keeps the pairs and regroups only what a new report touches.
//! [`Store::account`] gives the account's lines, [`Store::decide`] takes a person's word on what is the same, [`Store::undo`] takes it
//! back, [`Store::check`] looks whether everything kept is whole.

mod add;
mod ask;
mod check;
mod decide;
mod error;
mod kept;
mod merge;
mod open;
mod pack;
mod prepared;
mod tell;

pub use add::Added;
pub use ask::Asked;
pub use check::Fault;
pub use decide::{Decided, Verb};
pub use error::StoreError;
pub use kept::Kept;
pub use open::Store;
pub use pack::digest;
pub use prepared::Prepared;
