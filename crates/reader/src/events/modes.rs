//! The PLOVER mode of an event: by its word, by weapons and means beside it, by who does it, and for a request, a refusal or a
//! threat by what is asked for, refused or threatened.

use super::grammar;
use super::view::View;
use crate::actors::Actors;
use crate::lexicon::events::{EventRow, EventTable, Pos, Role};
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};
use onrecord_record::{EventType, Id, Sector};

/// The mode that the word itself, or what stands with it, gives an event of this type.
pub fn of(
    ctx: &View,
    actors: &Actors,
    (s, t): (usize, usize),
    (kind, row): (EventType, &EventRow),
    doers: &[Id],
) -> Option<String> {
    let tree = &ctx.trees[s];
    if row.kind != Some(kind) {
        // A promise to withdraw has none of the modes of a withdrawal; a refusal to withdraw is told by what is refused.
        return match kind {
            EventType::Threaten => threatened(row),
            EventType::Reject => row.kind.and_then(asked),
            _ => None,
        }
        .map(str::to_owned);
    }
    match kind {
        // "a suicide bombing": the modifier says more than the noun.
        EventType::Assault => modifier_mode(ctx, tree, t).or_else(|| row.mode.clone()).or_else(|| means_mode(ctx, tree, t)),
        EventType::Mobilize => armed_mode(actors, row, doers).or_else(|| row.mode.clone()),
        _ => row.mode.clone().or_else(|| {
            let matter = grammar::at(tree, ctx.lexicon, t, &Role::Matter);
            by_content(&ctx.lexicon.events, tree, kind, matter).map(str::to_owned)
        }),
    }
}

fn modifier_mode(ctx: &View, tree: &Tree, t: usize) -> Option<String> {
    let mut modifiers = tree.children_by(t, &[Deprel::Compound, Deprel::Amod]);
    modifiers.find_map(|i| ctx.lexicon.events.word(tree.lemma(i))?.mode.clone())
}

/// The mode that weapons and means lend an assault: its objects, what it is done with.
fn means_mode(ctx: &View, tree: &Tree, t: usize) -> Option<String> {
    let near = tree.children(t).iter().copied().filter(|&c| {
        matches!(tree.rel(c), Deprel::Obj | Deprel::NsubjPass | Deprel::Nsubj | Deprel::OblAgent)
            || matches!(tree.rel(c), Deprel::Obl | Deprel::Nmod)
                && tree.children_by(c, &[Deprel::Case]).any(|k| matches!(tree.lower(k), "with" | "by" | "from" | "of"))
    });
    let words = near.flat_map(|c| {
        let head = grammar::counted(ctx.lexicon, tree, c);
        tree.children_by(head, &[Deprel::Compound, Deprel::Amod]).chain([head]).collect::<Vec<_>>()
    });
    words.filter_map(|i| ctx.lexicon.events.word(tree.lemma(i))).find_map(|w| w.mode.clone())
}

/// Police and militias that are readied are told apart from troops.
fn armed_mode(actors: &Actors, row: &EventRow, doers: &[Id]) -> Option<String> {
    let troops = row.mode.as_deref() == Some("troops");
    match doers.first().filter(|_| troops).and_then(|id| actors.get(id)?.sector)? {
        Sector::Cop => Some("police".into()),
        Sector::Prm | Sector::Reb | Sector::Uaf => Some("militia".into()),
        _ => None,
    }
}

/// The mode that the first telling word among `matter` gives an event of this type; none for types that have no such modes.
pub fn by_content(
    words: &EventTable,
    tree: &Tree,
    kind: EventType,
    matter: impl IntoIterator<Item = usize>,
) -> Option<&'static str> {
    if !matches!(kind, EventType::Request | EventType::Reject | EventType::Threaten) {
        return None;
    }
    // "to lift its blockade": the thing tells it better than the verb, which has many senses.
    let (nouns, verbs): (Vec<usize>, Vec<usize>) = matter.into_iter().partition(|&i| tree.upos(i) == Upos::Noun);
    nouns.into_iter().chain(verbs).find_map(|i| {
        let lemma = tree.lemma(i);
        if kind != EventType::Threaten && words.in_set(lemma, "change") {
            return Some("change");
        }
        let row = words.rows(lemma).iter().find(|row| row.kind.is_some() && is_pos(tree.upos(i), row.pos))?;
        if kind == EventType::Threaten { threatened(row) } else { asked(row.kind?) }
    })
}

fn is_pos(upos: Upos, pos: Pos) -> bool {
    matches!((upos, pos), (Upos::Verb, Pos::Verb) | (Upos::Noun, Pos::Noun) | (Upos::Adj, Pos::Adj))
}

fn threatened(row: &EventRow) -> Option<&'static str> {
    use EventType::*;
    let territory = row.contexts.iter().any(|c| c == "territory");
    Some(match row.kind? {
        Assault | Coerce if territory => "territory",
        Assault | Mobilize => "violence",
        Coerce if row.mode.as_deref() == Some("arrest") => "arrest",
        Coerce | Protest => "restrict",
        Sanction if row.mode.as_deref() == Some("expel") => "expel",
        Sanction | Retreat | Reject => "relations",
        _ => return None,
    })
}

fn asked(kind: EventType) -> Option<&'static str> {
    use EventType::*;
    Some(match kind {
        Consult => "meet",
        Aid | Cooperate | Support | Agree => "assist",
        // An end to violence, to a siege, to sanctions.
        Retreat | Concede | Assault | Coerce | Sanction => "yield",
        _ => return None,
    })
}
