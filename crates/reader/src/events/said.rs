//! Events that are done by saying something whose own verb names none: *said Sudan must return the helicopter* is a request, *said it
//! would not return to its barracks* a rejection, *said it would close the border unless ...* a threat (codebook, section 2).

use crate::actors::Actors;
use crate::context::Context;
use crate::factuality;
use onrecord_language::Deprel;
use onrecord_record::{Act, Event, EventType, Factuality, Statement};
use onrecord_text::Span;

/// Those of the statements that no event of `known` tells.
pub fn find(ctx: &Context, actors: &mut Actors, statements: &[Statement], known: &[Event]) -> Vec<Event> {
    let mut triggers: Vec<(Span, EventType)> = known.iter().map(|e| (e.trigger, e.kind)).collect();
    triggers.sort_by_key(|(span, _)| span.start);
    let mut found: Vec<Event> = Vec::new();
    for statement in statements {
        let new = of(ctx, actors, statement, &triggers);
        found.extend(new.filter(|e| found.last().is_none_or(|last| last.trigger != e.trigger)));
    }
    found
}

/// The triggers, in order, that begin inside the span or not long before it.
fn near(triggers: &[(Span, EventType)], span: Span) -> &[(Span, EventType)] {
    const LONGEST_TRIGGER: usize = 200;
    let from = triggers.partition_point(|(t, _)| t.start + LONGEST_TRIGGER < span.start);
    let to = triggers.partition_point(|(t, _)| t.start < span.end);
    &triggers[from..to.max(from)]
}

fn of(ctx: &Context, actors: &mut Actors, statement: &Statement, known: &[(Span, EventType)]) -> Option<Event> {
    let kind = match statement.act {
        Act::Demand => EventType::Request,
        Act::Refuse => EventType::Reject,
        Act::Threaten => EventType::Threaten,
        _ => return None,
    };
    let cue = statement.cue?;
    let content = *statement.content.first()?;
    if statement.speaker.is_empty() || statement.factuality != Factuality::Actual {
        return None;
    }
    // The cue (demanded, threatened) or a word of what is said (refused) may have told it.
    let by_cue = near(known, cue).iter().any(|(trigger, _)| trigger.overlaps(cue));
    if by_cue || near(known, content).iter().any(|(trigger, k)| *k == kind && content.contains(*trigger)) {
        return None;
    }
    let s = ctx.sentences_in(content).next()?;
    let tree = &ctx.trees[s];
    let inside = |i: usize| content.contains(tree.token(i).span);
    let verb =
        (0..tree.len()).find(|&i| inside(i) && tree.head(i).is_none_or(|h| !inside(h)) && tree.child(i, Deprel::Aux).is_some())?;
    let modal = tree.children(verb).iter().copied().find(|&c| tree.rel(c) == Deprel::Aux && tree.token(c).xpos == "MD")?;
    let subject = tree.children(verb).iter().copied().find(|&c| tree.rel(c).is_subject())?;
    let mut recipients = if kind == EventType::Request { actors.of(ctx, s, subject) } else { statement.to.clone() };
    recipients.retain(|id| !statement.speaker.contains(id));
    if kind == EventType::Request && recipients.is_empty() {
        return None;
    }
    let trigger = tree.token(modal).span.cover(tree.token(verb).span);
    Some(Event {
        kind,
        trigger,
        actors: statement.speaker.clone(),
        recipients,
        date: statement.date.clone(),
        factuality: match factuality::of(ctx, s, verb) {
            Factuality::Conditional => Factuality::Conditional,
            _ => Factuality::Actual,
        },
        given_by: statement.given_by.clone(),
        evidence: vec![Span::cover(cue, content)],
        confidence: 0.55,
        why: format!("said: {}", statement.why),
        ..Event::default()
    })
}
