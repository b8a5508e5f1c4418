//! eval

fn main() {}
