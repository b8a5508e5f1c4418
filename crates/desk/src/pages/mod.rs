//! The pages, one file each.

pub mod events;
pub mod report;
