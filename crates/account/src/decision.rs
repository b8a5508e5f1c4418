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

    /// A name for it that no other has, the same on every machine: what a merged group is called by its first member.
    ///
    /// ```
    /// use onrecord_account::Ref;
    /// assert_eq!(Ref::new("d1", "AID@2").name("event"), Ref::new("d1", "AID@2").name("event"));
    /// assert_ne!(Ref::new("d1", "AID@2").name("event"), Ref::new("d1AID", "@2").name("event"));
    /// ```
    pub fn name(&self, kind: &str) -> String {
        let hash = blake3::hash(format!("{kind}\0{}\0{}", self.document, self.anchor).as_bytes());
        format!("{kind}-{}", &hash.to_hex()[..12])
    }
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
