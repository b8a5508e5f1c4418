//! How something is put: scope of negation, plans, conditions and hedges, by the tree.

use crate::context::Context;
use onrecord_record::Factuality;

/// How the predicate or noun at token `t` of sentence `s` is put by whoever says it.
pub fn of(_ctx: &Context, _s: usize, _t: usize) -> Factuality {
    Factuality::Actual
}
