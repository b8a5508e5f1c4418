//! The pages, one file each.

pub mod events;
pub mod figures;
pub mod map;
pub mod positions;
pub mod timeline;
