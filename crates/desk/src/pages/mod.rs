//! The pages, one file each.

pub mod actor;
pub mod enter;
pub mod feeds;
pub mod figures;
pub mod list;
pub mod log;
pub mod map;
pub mod method;
pub mod positions;
pub mod record;
pub mod report;
pub mod reports;
pub mod review;
pub mod timeline;
pub mod today;
