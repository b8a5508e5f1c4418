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
    statements.iter().filter_map(|statement| of(ctx, actors, statement, known)).collect()
}

fn of(ctx: &Context, actors: &mut Actors, statement: &Statement, known: &[Event]) -> Option<Event> {
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
    let told = |e: &Event| e.trigger.overlaps(cue) || e.kind == kind && content.contains(e.trigger);
    if known.iter().any(told) {
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
