//! Events that are done by saying something whose own verb names none: *said Sudan must return the helicopter* is a request, *said it
//! would not return to its barracks* a rejection, *said it would close the border unless ...* a threat (codebook, *Events*).

use super::{grammar, modes};
use crate::actors::Actors;
use crate::context::Context;
use crate::factuality;
use crate::lexicon::events::Role;
use crate::rules::event as rules;
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};
use onrecord_record::{Act, Event, EventType, Factuality, Part, Statement, Why};
use onrecord_text::Span;

/// Those of the statements that no event of `known` tells.
pub fn find(ctx: &Context, actors: &mut Actors, statements: &[Statement], known: &[Event]) -> Vec<Event> {
    let mut triggers: Vec<(Span, EventType)> = known.iter().map(|e| (e.trigger, e.kind)).collect();
    triggers.sort_by_key(|(span, _)| span.start);
    let mut found: Vec<Event> = Vec::new();
    for statement in statements {
        let new = of(ctx, actors, statement, &triggers);
        let told = found.last().map_or(0, |last| last.trigger.end);
        found.extend(new.into_iter().filter(|e| e.trigger.start >= told));
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

fn of(ctx: &Context, actors: &mut Actors, statement: &Statement, known: &[(Span, EventType)]) -> Vec<Event> {
    let (Some(kind), Some(cue), Some(&content)) = (done_by(statement.act), statement.cue, statement.content.first()) else {
        return Vec::new();
    };
    if statement.speaker.is_empty() || statement.factuality != Factuality::Actual {
        return Vec::new();
    }
    // The cue (demanded, threatened) or a word of what is said (refused) may have told it.
    let by_cue = near(known, cue).iter().any(|(trigger, _)| trigger.overlaps(cue));
    let same = |k: EventType| k == kind || kind == EventType::Agree;
    if by_cue || near(known, content).iter().any(|(trigger, k)| same(*k) && content.contains(*trigger)) {
        return Vec::new();
    }
    let Some((s, verb)) = main_verb(ctx, content) else { return Vec::new() };
    let tree = &ctx.trees[s];
    let modal = |verb: usize| tree.children_by(verb, &[Deprel::Aux]).find(|&c| tree.token(c).xpos == "MD");
    let subject = tree.children(verb).iter().copied().find(|&c| tree.rel(c).is_subject());
    let (Some(modal), Some(subject)) = (modal(verb), subject) else { return Vec::new() };
    let about = actors.of(ctx, s, subject);
    let own = about.iter().any(|id| statement.speaker.iter().any(|who| who == id || actors.speaks_for(who, id)))
        || says_we(tree.lower(subject));
    let conditional = factuality::of(ctx, s, verb) == Factuality::Conditional;
    // A warning of what others may do threatens nobody; an answer to what they might do does.
    if statement.act == Act::Warn && !(own && conditional) || kind == EventType::Agree && !own {
        return Vec::new();
    }
    let mut recipients = if kind == EventType::Request { about } else { statement.to.clone() };
    recipients.retain(|id| !statement.speaker.contains(id));
    if kind == EventType::Request && recipients.is_empty() {
        return Vec::new();
    }
    // "would close its market and expel the envoys": each verb that shares the modal does it again.
    let bare = |&v: &usize| v == verb || tree.children(v).iter().all(|&c| tree.rel(c) != Deprel::Aux && !tree.rel(c).is_subject());
    let verbs = tree.conjuncts(verb).into_iter().filter(bare).filter(|&v| v == verb || tree.upos(v) == Upos::Verb);
    verbs
        .map(|v| Event {
            kind,
            mode: mode(ctx, tree, kind, v),
            trigger: if v == verb { tree.token(modal).span.cover(tree.token(v).span) } else { tree.token(v).span },
            actors: statement.speaker.clone(),
            recipients: recipients.clone(),
            date: statement.date.clone(),
            factuality: if conditional && kind != EventType::Threaten { Factuality::Conditional } else { Factuality::Actual },
            given_by: statement.given_by.clone(),
            evidence: vec![Span::cover(cue, content)],
            confidence: 0.55,
            why: Why::by(&rules::SAID, format!("said: {}", statement.why))
                .words(Some((s, v)), (kind == EventType::Request).then_some((Part::Recipient, (s, subject)))),
            ..Event::default()
        })
        .collect()
}

/// What is done by saying something with this act.
fn done_by(act: Act) -> Option<EventType> {
    Some(match act {
        Act::Demand => EventType::Request,
        Act::Refuse => EventType::Reject,
        Act::Threaten | Act::Warn => EventType::Threaten,
        Act::Offer | Act::Promise => EventType::Agree,
        _ => return None,
    })
}

/// The verb that the others of the content hang on.
fn main_verb(ctx: &Context, content: Span) -> Option<(usize, usize)> {
    let s = ctx.sentences_in(content).next()?;
    let tree = &ctx.trees[s];
    let inside = |i: usize| content.contains(tree.token(i).span);
    let verb =
        (0..tree.len()).find(|&i| inside(i) && tree.head(i).is_none_or(|h| !inside(h)) && tree.child(i, Deprel::Aux).is_some())?;
    Some((s, verb))
}

fn says_we(word: &str) -> bool {
    matches!(word, "i" | "we" | "it" | "they" | "he" | "she")
}

fn mode(ctx: &Context, tree: &Tree, kind: EventType, verb: usize) -> Option<String> {
    let matter = grammar::at(tree, ctx.lexicon, verb, &Role::Matter);
    modes::by_content(&ctx.lexicon.events, tree, kind, std::iter::once(verb).chain(matter)).map(str::to_owned)
}
