//! The program itself: its build, and what was built in.

use super::finding::Finding;
use crate::output::hex;
use onrecord_language::Engine;
use onrecord_reader::{Reader, TABLES};
use sha2::{Digest, Sha256};

/// Which build this is.
pub fn build() -> Finding {
    let linked = if cfg!(target_feature = "crt-static") { ", static" } else { "" };
    let features = if cfg!(feature = "learnt-attribution") { "learnt-attribution" } else { "none" };
    let what = format!("onrecord {}, {}{linked}; features: {features}; memory from mimalloc", env!("CARGO_PKG_VERSION"), target());
    let finding = if cfg!(debug_assertions) {
        Finding::warning("program", format!("{what}; a debug build"), "it is several times slower; build it with --release")
    } else {
        Finding::ok("program", what)
    };
    finding
        .with("version", env!("CARGO_PKG_VERSION"))
        .with("target", target())
        .with("features", features)
        .with("allocator", "mimalloc")
}

fn target() -> String {
    let libc = if cfg!(target_env = "gnu") {
        "-gnu"
    } else if cfg!(target_env = "musl") {
        "-musl"
    } else if cfg!(target_env = "msvc") {
        "-msvc"
    } else {
        ""
    };
    format!("{}-{}{libc}", std::env::consts::ARCH, std::env::consts::OS)
}

/// The learnt files, so that two programs that read differently can be told apart.
pub fn models() -> Finding {
    let sums: Vec<_> = Reader::learnt().into_iter().map(|(name, bytes)| (name, hex(&Sha256::digest(bytes)))).collect();
    let said: Vec<_> = sums.iter().map(|(name, sum)| format!("{name} {}", &sum[..12])).collect();
    let finding = Finding::ok("models", format!("SHA-256 {}", said.join(", ")));
    sums.into_iter().fold(finding, |finding, (name, sum)| finding.with(name, sum))
}

/// The built-in tables of words.
pub fn tables() -> Finding {
    let mut sum = Sha256::new();
    TABLES.iter().for_each(|table| sum.update(table.text));
    let sum = hex(&sum.finalize());
    let rows: usize = TABLES.iter().map(onrecord_reader::Schema::rows).sum();
    let what = format!("{} tables, {rows} rows, SHA-256 of all in the order of their names {}", TABLES.len(), &sum[..12]);
    Finding::ok("lexicon", what).with("tables", TABLES.len()).with("rows", rows).with("sha256", sum)
}

/// What the processor can do for reading.
pub fn processor() -> Finding {
    let instructions = Engine::instructions();
    let what = format!("reads with {instructions} instructions");
    let finding = if instructions == "portable" && cfg!(target_arch = "x86_64") {
        Finding::warning("processor", what, "a processor with AVX2 reads several times faster, and the same")
    } else {
        Finding::ok("processor", what)
    };
    finding.with("instructions", instructions)
}
