//! Where something happens.

use crate::context::Context;
use onrecord_record::Place;

/// The place of the predicate or noun at token `t` of sentence `s`, when its clause names one.
pub fn of(_ctx: &Context, _s: usize, _t: usize) -> Option<Place> {
    None
}
