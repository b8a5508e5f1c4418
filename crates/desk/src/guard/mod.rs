//! Who may ask, from where, and what a browser may do with the answer.
//!
//! - A name in `Host` that is not this desk's is refused: a page of another site could have its name lead here (DNS rebinding).
//! - Where others than the people of this machine can ask, everything needs a key.
//! - What changes the record must come from a page of this desk (`Sec-Fetch-Site`, `Origin`), or bring a key.
//! - Answers let nothing act but this desk's own style and script, and go to no other host (Content Security Policy).

mod host;
mod origin;
mod policy;
mod visitor;

pub use host::Hosts;
pub use policy::{KEY, guarded};
pub use visitor::Visitor;
