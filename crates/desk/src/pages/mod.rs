//! The pages, one file each.

pub mod enter;
pub mod feeds;
pub mod list;
pub mod log;
pub mod method;
pub mod review;
pub mod today;
