//! The PLOVER mode of a request, a refusal or a threat: what kind of thing is asked for, refused or threatened.

use crate::lexicon::events::{EventRow, EventTable, Pos};
use crate::tree::Tree;
use onrecord_language::Upos;
use onrecord_record::EventType;

/// The mode that the first telling word among `matter` gives an event of this type; none for types that have no such modes.
pub fn mode(words: &EventTable, tree: &Tree, kind: EventType, matter: impl IntoIterator<Item = usize>) -> Option<&'static str> {
    if !matches!(kind, EventType::Request | EventType::Reject | EventType::Threaten) {
        return None;
    }
    matter.into_iter().find_map(|i| {
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
