//! onrecord

fn main() {}
