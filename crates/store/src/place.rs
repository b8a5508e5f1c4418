//! Where a store is.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

/// A file, or a database on a server.
///
/// ```
/// use onrecord_store::Place;
/// assert!(matches!(Place::from("onrecord.db"), Place::File(_)));
/// let server = Place::from("postgres://ann:secret@db.example/record");
/// assert_eq!(server.to_string(), "postgres://ann@db.example/record");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// SQLite in this file.
    File(PathBuf),
    /// PostgreSQL at this address (`postgres://user:password@host:port/database`).
    Server(String),
}

impl From<&str> for Place {
    fn from(place: &str) -> Self {
        if place.starts_with("postgres://") || place.starts_with("postgresql://") {
            Place::Server(place.to_owned())
        } else {
            Place::File(place.into())
        }
    }
}

impl From<&Path> for Place {
    fn from(path: &Path) -> Self {
        path.to_str().map_or_else(|| Place::File(path.to_owned()), Place::from)
    }
}

impl From<OsString> for Place {
    fn from(place: OsString) -> Self {
        Place::from(Path::new(&place))
    }
}

impl fmt::Display for Place {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::File(path) => path.display().fmt(f),
            Place::Server(address) => f.write_str(&without_password(address)),
        }
    }
}

fn without_password(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let authority = rest.find('/').unwrap_or(rest.len());
    let Some(at) = rest[..authority].rfind('@') else { return address.to_owned() };
    let user = rest[..at].split(':').next().unwrap_or_default();
    format!("{scheme}://{user}{}", &rest[at..])
}
