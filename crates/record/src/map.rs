//! Moving every span of a record from one unit to another.

use crate::Record;
use onrecord_text::Span;

impl Record {
    /// Applies `f` to every span, mentions and diagnostics included.
    pub(crate) fn map_spans(&mut self, mut f: impl FnMut(&mut Span)) {
        for a in &mut self.actors {
            a.mentions.iter_mut().for_each(&mut f);
        }
        for s in &mut self.statements {
            s.source.iter_mut().chain(&mut s.cue).chain(&mut s.content).chain(&mut s.evidence).for_each(&mut f);
        }
        for e in &mut self.events {
            std::iter::once(&mut e.trigger).chain(&mut e.evidence).for_each(&mut f);
        }
        for p in &mut self.positions {
            std::iter::once(&mut p.proposition).chain(&mut p.conditions).chain(&mut p.evidence).for_each(&mut f);
        }
        for x in &mut self.figures {
            std::iter::once(&mut x.span).chain(&mut x.evidence).for_each(&mut f);
        }
        for d in &mut self.diagnostics {
            d.span.iter_mut().for_each(&mut f);
        }
    }
}
