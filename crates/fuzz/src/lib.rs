//! What must hold of every parser and of the reader, whatever bytes they are given.
//!
//! [`TARGETS`] is the table of them: a name and a function that panics where something does not hold. Everybody runs them on the saved
//! corpus and on some thousand damaged copies of it with `cargo test -p onrecord-fuzz`; `hardening/fuzz.sh` runs them for hours with
//! libFuzzer, which finds its way by coverage (`crates/fuzz/fuzz`, nightly Rust). What was ever found lies in the corpus.
//!
//! | Here | For |
//! | --- | --- |
//! | `corpus/TARGET/` | inputs: seeds in our own words, what was found (`found-*`), and what reaches more of the code (names of digits) |
//! | `dictionaries/TARGET.dict` | words that the target's language is made of, in libFuzzer's form |
//! | `fuzz/` | the program that libFuzzer is linked into, a workspace of its own |

mod asked;
mod kept;
mod mutate;
mod read;
mod sources;
mod tables;

pub use mutate::Mutator;

use std::fmt::Debug;

/// Something that must hold of any bytes.
pub struct Target {
    /// Name, that of the folder of its corpus.
    pub name: &'static str,
    /// Bytes of an input that count: more show nothing that fewer do not.
    pub longest: usize,
    /// Panics where it does not hold.
    check: fn(&[u8]),
}

/// All of them, by name.
pub const TARGETS: [Target; 25] = [
    Target { name: "account", longest: 1500, check: kept::account },
    Target { name: "address", longest: 16, check: sources::address },
    Target { name: "bytes", longest: 4096, check: sources::bytes },
    Target { name: "conllu", longest: 1500, check: read::conllu },
    Target { name: "cursor", longest: 64, check: asked::cursor },
    Target { name: "date", longest: 80, check: sources::date },
    Target { name: "days", longest: 64, check: kept::days },
    Target { name: "feed", longest: 4096, check: sources::feed },
    Target { name: "headers", longest: 1024, check: sources::headers },
    Target { name: "html", longest: 4096, check: sources::html },
    Target { name: "jsonl", longest: 2048, check: sources::json_lines },
    Target { name: "lexicon", longest: 512, check: tables::lexicon },
    Target { name: "model", longest: 4096, check: read::model },
    Target { name: "ninjs", longest: 2048, check: sources::ninjs },
    Target { name: "opml", longest: 2048, check: sources::outline },
    Target { name: "parse", longest: 1500, check: read::parse },
    Target { name: "petrarch", longest: 1024, check: tables::petrarch },
    Target { name: "question", longest: 256, check: asked::question },
    Target { name: "record", longest: 4096, check: kept::record },
    Target { name: "robots", longest: 1024, check: sources::robots },
    Target { name: "sitemap", longest: 2048, check: sources::sitemap },
    Target { name: "text", longest: 1500, check: read::text },
    Target { name: "thing", longest: 1024, check: kept::thing },
    Target { name: "warc", longest: 4096, check: sources::warc },
    Target { name: "words", longest: 256, check: asked::words },
];

impl Target {
    /// The target of this name.
    pub fn of(name: &str) -> Option<&'static Target> {
        TARGETS.iter().find(|target| target.name == name)
    }

    /// Looks whether it holds of these bytes.
    ///
    /// # Panics
    /// When it does not.
    pub fn run(&self, bytes: &[u8]) {
        (self.check)(&bytes[..bytes.len().min(self.longest)]);
    }
}

/// What `make` gives, after looking that it gives the same again.
fn twice<T: PartialEq + Debug>(make: impl Fn() -> T) -> T {
    let first = make();
    assert_eq!(first, make(), "not the same the second time");
    first
}

/// The bytes as text. What is no UTF-8 becomes a question mark in a box, so that mutations of text stay text.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The first byte, by which a target chooses among several ways, and the rest.
fn choice(bytes: &[u8]) -> (u8, &[u8]) {
    bytes.split_first().map_or((0, &[]), |(first, rest)| (*first, rest))
}

/// Looks that a message says something, on one line that is no longer than people read, and commands no terminal.
fn one_line(message: &str) {
    assert!(!message.trim().is_empty(), "nothing is said");
    assert!(!message.contains(char::is_control), "more than a line: {message:?}");
    assert!(message.len() < 6000, "too long: {message}");
}
