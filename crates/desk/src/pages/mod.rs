//! The pages, one file each.

pub mod feeds;
pub mod list;
pub mod today;
