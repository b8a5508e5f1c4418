//! Which words show a record, and how they are quoted.

use crate::phrase::Kind;
use onrecord_record::{Factuality, Record};
use onrecord_text::Span;

/// What every kind of record has, for setting evidence without knowing the kind.
pub(crate) struct Shown<'a> {
    pub(crate) kind: Kind,
    /// Place in the list of its kind, from 0.
    pub(crate) index: usize,
    pub(crate) id: &'a str,
    pub(crate) evidence: &'a [Span],
    /// The words in the evidence that it turns on: cue, trigger, proposition, number.
    pub(crate) focus: Vec<Span>,
    pub(crate) factuality: Factuality,
    pub(crate) confidence: f32,
    pub(crate) why: &'a str,
}

/// All records, kind by kind.
pub(crate) fn shown(record: &Record) -> Vec<Shown<'_>> {
    let mut all = Vec::new();
    macro_rules! show {
        ($list:expr, $kind:expr, $focus:expr) => {
            all.extend($list.iter().enumerate().map(|(index, r)| Shown {
                kind: $kind,
                index,
                id: &r.id,
                evidence: &r.evidence,
                focus: $focus(r),
                factuality: r.factuality,
                confidence: r.confidence,
                why: &r.why,
            }))
        };
    }
    show!(record.statements, Kind::Statement, |s: &onrecord_record::Statement| s.cue.into_iter().collect());
    show!(record.events, Kind::Event, |e: &onrecord_record::Event| vec![e.trigger]);
    show!(record.positions, Kind::Position, |p: &onrecord_record::Position| vec![p.proposition]);
    show!(record.figures, Kind::Figure, |f: &onrecord_record::Figure| vec![f.span]);
    all
}

/// Words of the text as one line: blanks and line breaks become one space.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// True when a quotation brings its own marks, so that none are set around it.
pub fn is_quoted(text: &str) -> bool {
    text.starts_with(['“', '"', '«', '„', '‘'])
}
