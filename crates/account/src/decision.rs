//! What people decided, and what it is about.

use serde::{Deserialize, Serialize};

/// A record or an actor of one report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Ref {
    /// The report.
    pub document: String,
    /// Its anchor in that report (see [`anchors`](crate::anchors)).
    pub anchor: String,
}

impl Ref {
    /// Of this report.
    pub fn new(document: impl Into<String>, anchor: impl Into<String>) -> Self {
        Ref { document: document.into(), anchor: anchor.into() }
    }

    /// The number that its name is written with.
    pub fn code(&self, kind: &str) -> i64 {
        let hash = blake3::hash(format!("{kind}\0{}\0{}", self.document, self.anchor).as_bytes());
        i64::from_be_bytes(hash.as_bytes()[..8].try_into().expect("eight of 32 bytes"))
    }

    /// A name for it that no other has, the same on every machine: what a merged group is called by its first member.
    ///
    /// ```
    /// use onrecord_account::Ref;
    /// assert_eq!(Ref::new("d1", "AID@2").name("event"), Ref::new("d1", "AID@2").name("event"));
    /// assert_ne!(Ref::new("d1", "AID@2").name("event"), Ref::new("d1AID", "@2").name("event"));
    /// ```
    pub fn name(&self, kind: &str) -> String {
        name(kind, self.code(kind))
    }
}

/// The name of the thing with this number: `event-0123456789abcdef`.
pub fn name(kind: &str, code: i64) -> String {
    format!("{kind}-{code:016x}")
}

/// The two parts of a name; none when it is not one.
///
/// ```
/// let name = onrecord_account::Ref::new("d1", "AID@2").name("event");
/// let (kind, code) = onrecord_account::parts_of_name(&name).unwrap();
/// assert_eq!(onrecord_account::name(kind, code), name);
/// assert_eq!(onrecord_account::parts_of_name("event-12"), None);
/// ```
pub fn parts_of_name(name: &str) -> Option<(&str, i64)> {
    let (kind, digits) = name.split_once('-')?;
    let whole = digits.len() == 16 && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    whole.then(|| u64::from_str_radix(digits, 16).ok().map(|code| (kind, code as i64))).flatten()
}

/// A person's word on two records: it stands whatever the program thinks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "decision")]
pub enum Decision {
    /// They are the same.
    Merge {
        /// One.
        a: Ref,
        /// The other.
        b: Ref,
    },
    /// They are not, and never will be.
    Never {
        /// One.
        a: Ref,
        /// The other.
        b: Ref,
    },
}
