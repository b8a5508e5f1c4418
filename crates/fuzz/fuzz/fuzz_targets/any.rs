//! Any target of the table, the one that `ONRECORD_FUZZ` names: one program to build and link instead of two dozen.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_fuzz::{TARGETS, Target};
use std::sync::LazyLock;

static TARGET: LazyLock<&Target> = LazyLock::new(|| {
    let name = std::env::var("ONRECORD_FUZZ").unwrap_or_default();
    Target::of(&name).unwrap_or_else(|| {
        let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        panic!("ONRECORD_FUZZ={name}: no target; there are {}", names.join(", "))
    })
});

fuzz_target!(|bytes: &[u8]| TARGET.run(bytes));
