//! The account in the forms that other programs read: spreadsheets, maps, event data sets, annotation tools, newsrooms.
//!
//! An [`Export`] is fed the lines of the account, documents first, then actors, each event followed by its series, and writes as they
//! come: of what it was fed it keeps the actors' names and codes, and no line. Words are had from reports, one at a time, as they are needed.
//!
//! Three rules hold for every form. What is not known stays empty: a number that nobody told is no 0. Nothing is cut off in silence: what a
//! form cannot hold is counted in the [`Tally`]. Every row carries the id of the record it comes from.

mod acled;
mod arrow_tables;
mod brief;
mod claims;
mod codes;
mod columns;
mod csv_tables;
mod dates;
mod days;
mod deaths;
mod error;
pub mod flat;
mod form;
mod frame;
mod gdelt;
mod gdelt_mentions;
mod geojson;
mod json;
pub mod known;
mod markdown;
mod ninjs;
mod occurrence;
mod ours;
mod polecat;
mod prose;
pub mod records;
mod rows;
mod sheet;
mod tables;
mod tally;
mod ucdp;
mod webanno;

pub use days::days;
pub use deaths::amount;
pub use error::ExportError;
pub use form::{Export, Form, Open};
pub use known::Fetch;
pub use prose::{Prose, Quote, Said};
pub use sheet::disarmed;
pub use tally::{Tally, counted, thousands};
