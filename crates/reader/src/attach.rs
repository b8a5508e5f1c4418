//! Which event a figure belongs to.

use crate::context::Context;
use onrecord_record::{Event, EventType, Factuality, Figure, Id, Measure};
use onrecord_text::Span;
use std::collections::HashMap;

/// How many sentences a toll may stand behind the assault that the report is about.
const REACH: usize = 6;

/// The report is about an assault that it tells in so many sentences from its beginning.
const LEAD: usize = 3;

/// Ties figures to events. A part goes where its whole goes; a figure to the event whose evidence holds it, the narrowest such; those
/// killed, wounded or missing to an assault: of the same sentence, else the last one told in the paragraph, else the one that the report is
/// about.
pub fn figures(ctx: &Context, events: &mut [Event], figures: &[Figure]) {
    let told = Told::new(ctx, events);
    let mut home: HashMap<&Id, usize> = HashMap::new();
    for figure in figures {
        let whole = figure.part_of.as_ref().and_then(|id| home.get(id).copied());
        let event = match is_toll(figure.measure) {
            true => whole.filter(|&i| is_assault(&events[i])).or_else(|| told.assault(ctx, events, figure)).or(whole),
            false => whole,
        };
        if let Some(event) = event.or_else(|| told.near(ctx, events, figure, |_| true)) {
            home.insert(&figure.id, event);
            events[event].figures.push(figure.id.clone());
        }
    }
}

fn is_toll(measure: Measure) -> bool {
    matches!(measure, Measure::Killed | Measure::Injured | Measure::Missing)
}

fn is_assault(event: &Event) -> bool {
    event.kind == EventType::Assault && event.factuality == Factuality::Actual
}

/// Events by where they are told.
struct Told {
    by_sentence: HashMap<usize, Vec<usize>>,
    /// Where assaults are told, in reading order.
    assaults: Vec<(usize, usize)>,
}

impl Told {
    fn new(ctx: &Context, events: &[Event]) -> Self {
        let mut by_sentence: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut assaults = Vec::new();
        for (i, event) in events.iter().enumerate() {
            for sentence in event.evidence.iter().flat_map(|&span| ctx.sentences_in(span)) {
                by_sentence.entry(sentence).or_default().push(i);
            }
            if is_assault(event) {
                assaults.extend(event.evidence.iter().map(|span| (span.start, i)));
            }
        }
        assaults.sort_unstable();
        Told { by_sentence, assaults }
    }

    /// The event of a kind that the sentence of the figure tells of: the narrowest whose evidence holds it, else one told before it.
    fn near(&self, ctx: &Context, events: &[Event], figure: &Figure, fits: impl Fn(&Event) -> bool) -> Option<usize> {
        let sentence = ctx.sentence_at(figure.span.start)?;
        let here = || self.by_sentence.get(&sentence).into_iter().flatten().copied().filter(|&i| fits(&events[i]));
        let holding = |e: &Event| e.evidence.iter().filter(|span| span.contains(figure.span)).map(|span| span.len()).min();
        let narrowest = here().filter_map(|i| holding(&events[i]).map(|len| (len, i))).min();
        let before = |trigger: Span| ctx.sentence_at(trigger.start) == Some(sentence) && trigger.start < figure.span.start;
        narrowest.map(|(_, i)| i).or_else(|| here().find(|&i| before(events[i].trigger)))
    }

    /// The assault that a toll is of.
    fn assault(&self, ctx: &Context, events: &[Event], figure: &Figure) -> Option<usize> {
        let sentence = ctx.sentence_at(figure.span.start)?;
        let here = || {
            let told = self.by_sentence.get(&sentence)?.iter().copied();
            told.filter(|&i| is_assault(&events[i])).min_by_key(|&i| events[i].trigger.start.abs_diff(figure.span.start))
        };
        let next = self.assaults.partition_point(|&(start, _)| start < figure.span.start);
        let there = |&&(_, event): &&(usize, usize)| match (&events[event].place, &figure.place) {
            (Some(a), Some(b)) => a.name == b.name,
            _ => true,
        };
        let last = || {
            let &(start, event) = self.assaults[..next].iter().rev().take(REACH).find(there)?;
            let close = ctx.sentence_at(start)? + REACH >= sentence;
            let paragraph = close && !ctx.document.text[start..figure.span.start].contains('\n');
            paragraph.then_some(event)
        };
        let lead = || {
            let &(start, event) = self.assaults[..next].first().filter(there)?;
            let first = ctx.sentence_at(start)?;
            (first < LEAD && sentence <= first + REACH).then_some(event)
        };
        self.near(ctx, events, figure, is_assault).or_else(here).or_else(last).or_else(lead)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{handmade, lexicon::Lexicon};

    /// Whether a toll in the second sentence is tied to an assault told in the first.
    fn tied(kind: EventType, measure: Measure) -> bool {
        let shelled = "Rebels/rebel/NNS/nsubj/2 shelled/shell/VBD/root/0 towns/town/NNS/obj/2";
        let nine = "Nine/nine/CD/nsubj:pass/3 were/be/AUX/aux:pass/3 killed/kill/VBN/root/0";
        let (document, analysis) = handmade::read(&[shelled, nine]);
        let lexicon = Lexicon::builtin();
        let ctx = Context::new(&document, &analysis, &lexicon);
        let (trigger, span) = (ctx.trees[0].token(1).span, ctx.trees[1].token(0).span);
        let mut events = [Event { kind, trigger, evidence: vec![trigger], ..Event::default() }];
        figures(&ctx, &mut events, &[Figure { id: "f1".into(), measure, span, ..Figure::default() }]);
        events[0].figures == ["f1"]
    }

    #[test]
    fn a_toll_belongs_to_the_assault_that_the_report_is_about() {
        assert!(tied(EventType::Assault, Measure::Killed));
        assert!(!tied(EventType::Consult, Measure::Killed));
        assert!(!tied(EventType::Assault, Measure::Count));
    }
}
