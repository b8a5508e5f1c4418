//! How good the program is, in numbers and in sentences; never shipped.
//!
//! [`score`] compares records that the reader found with records that a person wrote and [`errors`] shows where they part.
//! [`specs`] does the same, strictly, for the reports in `specs/` that say what the program must do.
//! [`plover`] scores events of single sentences, [`places`] answers for the scorer of places.
//! [`actor_codes`] and [`compound_actors`] measure who is named in single phrases and sentences.
//! [`stories`] compares the account of reports about the same happenings with the account that they must give.
//! [`account_curve`] measures how the account's time grows with the number of reports.
//! [`treebank`] and [`speed`] measure the language engine; [`attribution`] learns and answers who said what.

pub mod account_curve;
pub mod actor_codes;
pub mod attribution;
pub mod compound_actors;
pub mod desk;
pub mod entry;
pub mod errors;
pub mod gold;
pub mod isaf;
pub mod places;
pub mod plover;
pub mod quantities;
pub mod score;
pub mod specs;
pub mod speed;
pub mod store_curve;
pub mod stories;
pub mod synthetic;
pub mod times;
pub mod treebank;
