//! From a piece of an input to a report that is ready to be kept.

use super::keeper::{Fate, Item};
use crate::{output, room};
use onrecord_reader::Reader;
use onrecord_source::{Fault, Piece, SourceError};
use onrecord_store::Prepared;
use onrecord_text::Document;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What readings are marked with.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// How pieces become reports to keep.
pub struct Preparing<'r> {
    pub reader: &'r Reader,
    /// Whether the bytes that a report came as are kept with it.
    pub originals: bool,
}

impl Preparing<'_> {
    /// Reads a piece; nothing where the program is to stop. What is `known` is not read.
    pub fn item(&self, piece: Result<Piece, SourceError>, known: impl Fn(&Document) -> bool) -> Option<Item> {
        let piece = match piece {
            Ok(piece) => piece,
            Err(error) => return failed(error),
        };
        let place = piece.place().to_owned();
        // Neither decoding nor reading panics; should one, that is a bug that costs one report and not all of them.
        let done = catch_unwind(AssertUnwindSafe(|| {
            let (document, original) = if self.originals { piece.document_and_original()? } else { (piece.document()?, None) };
            let id = Some(document.id.clone());
            let fate = if known(&document) {
                Fate::Known
            } else {
                let record = room::reading(&document, || self.reader.read(&document));
                Fate::Ready(Box::new(Prepared::new(document, &record, VERSION, original.as_deref())))
            };
            Ok((id, fate))
        }));
        match done {
            Ok(Ok((id, fate))) => Some(Item { place, id, fate, entry: None }),
            Ok(Err(error)) => failed(error),
            Err(_) => {
                let why = output::bug(&place);
                Some(Item { place, id: None, fate: Fate::Failed { why, may_pass: false }, entry: None })
            }
        }
    }
}

fn failed(error: SourceError) -> Option<Item> {
    if error.was_stopped() {
        return None;
    }
    let (why, may_pass) = (error.to_string(), error.may_pass());
    let fate = match error.fault {
        Fault::NotForUse(_) => Fate::Withdrawn(why),
        _ => Fate::Failed { why, may_pass },
    };
    Some(Item { place: error.place, id: None, fate, entry: None })
}
