//! The pages, one file each.

pub mod actor;
pub mod actors;
pub mod events;
pub mod record;
pub mod report;
pub mod reports;
