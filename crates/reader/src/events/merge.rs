//! One event per occurrence, however often the text returns to it.

use super::candidate::{Candidate, is_speech};
use super::view::View;
use crate::lexicon::events::Pos;
use onrecord_language::Deprel;
use onrecord_record::{Event, EventType, Id};

/// Mentions of one occurrence; the first one's words and sense stand for it.
struct Group<'a> {
    mentions: Vec<Candidate<'a>>,
    event: Event,
}

/// Joins mentions of one occurrence.
pub fn merge(ctx: &View, candidates: Vec<Candidate>) -> Vec<Event> {
    let mut groups: Vec<Group> = Vec::new();
    let mut headlines = Vec::new();
    for candidate in candidates {
        if candidate.headline {
            headlines.push(candidate);
            continue;
        }
        match groups.iter().rposition(|group| joins(ctx, group, &candidate)) {
            Some(i) => groups[i].take(candidate),
            None => groups.push(Group { event: candidate.event.clone(), mentions: vec![candidate] }),
        }
    }
    for headline in headlines {
        let same = |g: &&mut Group| g.event.kind == headline.event.kind && g.mentions[0].lemma == headline.lemma;
        if let Some(group) = groups.iter_mut().find(same) {
            group.event.evidence.extend(headline.event.evidence);
        }
    }
    share_parties(&mut groups);
    name_enemies(&mut groups, ctx.armed());
    turn_to_doers(&mut groups);
    let fighting = groups.iter().filter(|g| g.event.kind == EventType::Assault).count() > 1;
    groups.into_iter().filter(|g| is_complete(g, fighting)).map(|g| g.event).collect()
}

impl<'a> Group<'a> {
    fn take(&mut self, mention: Candidate<'a>) {
        let told = &mention.event;
        let event = &mut self.event;
        if event.actors.is_empty() {
            event.actors.clone_from(&told.actors);
        }
        if event.recipients.is_empty() {
            event.recipients = told.recipients.iter().filter(|id| !event.actors.contains(id)).cloned().collect();
        }
        event.mode = event.mode.take().or_else(|| told.mode.clone());
        event.date = event.date.take().or_else(|| told.date.clone());
        event.place = event.place.take().or_else(|| told.place.clone());
        event.contexts.extend(told.contexts.iter().filter(|c| !event.contexts.contains(c)).cloned().collect::<Vec<_>>());
        event.evidence.extend(&told.evidence);
        // Nouns are read before verbs in a sentence; the event is named by its first word.
        self.mentions.push(mention);
    }

    fn holds(&self, at: (usize, usize)) -> bool {
        self.mentions.iter().any(|m| m.at == at)
    }
}

/// True when the mention tells the occurrence of the group again.
fn joins(ctx: &View, group: &Group, c: &Candidate) -> bool {
    let (event, told) = (&group.event, &c.event);
    if event.kind != told.kind {
        return false;
    }
    if c.effect_of.is_some_and(|cause| group.holds(cause)) {
        return true;
    }
    let last = &group.mentions[group.mentions.len() - 1];
    let near = c.at.0 - last.at.0.min(c.at.0) <= 1;
    if c.apposed && last.at.0 == c.at.0 || c.harm && near && agree(&event.mode, &told.mode) && event.factuality == told.factuality {
        return true;
    }
    if coordinated(ctx, group, c) {
        return agree(&event.mode, &told.mode) && either_way(&event.recipients, &told.recipients);
    }
    if !(agree(&event.mode, &told.mode) && agree(&event.date, &told.date) && event.factuality == told.factuality) {
        return false;
    }
    if c.fresh.is_some() && !group.mentions.iter().any(|m| m.fresh == c.fresh && m.lemma == c.lemma && !event.actors.is_empty()) {
        return false;
    }
    let same_place = match (&event.place, &told.place) {
        (Some(a), Some(b)) => a.name == b.name,
        _ => true,
    };
    let same_word = group.mentions.iter().any(|m| m.lemma == c.lemma);
    let kin = same_word || group.mentions.iter().any(|m| kin(ctx, m.lemma, c.lemma));
    let parties = either_way(&event.actors, &told.actors) && either_way(&event.recipients, &told.recipients);
    if c.row.pos == Pos::Noun && c.definite && kin && parties {
        return true;
    }
    let overlap = shares(&event.actors, &told.actors);
    let same_matter = match (group.mentions[0].matter, c.matter) {
        (Some((a, party)), Some((b, also_party))) => a == b || party || also_party,
        _ => true,
    };
    let done_to_same = shares(&event.recipients, &told.recipients);
    let same_object = same_word && parties && done_to_same && same_place && c.fresh.is_none();
    // "welcomes ...", "I commend ...": one act in several words.
    let same_act =
        overlap && done_to_same && same_matter && told.cameo.is_some() && event.cameo == told.cameo && is_speech(told.kind);
    // "liberated the town", "have now advanced": ground taken by the same force.
    let territory = |contexts: &[String]| contexts.iter().any(|c| c == "territory");
    let same_ground = overlap
        && parties
        && near
        && same_place
        && territory(&event.contexts)
        && territory(&told.contexts)
        && told.kind == EventType::Assault;
    same_word && parties && overlap && same_place && same_matter || same_object || same_act || same_ground
}

/// "advising and assisting": two words for one act.
fn coordinated(ctx: &View, group: &Group, c: &Candidate) -> bool {
    let (s, t) = c.at;
    let tree = &ctx.trees[s];
    c.row.pos == Pos::Verb
        && tree.rel(t) == Deprel::Conj
        && tree.head(t).is_some_and(|first| group.mentions.iter().any(|m| m.at == (s, first) && m.row.pos == Pos::Verb))
}

/// Two words that may name one occurrence: *the strikes* for an earlier *bombardment*.
fn kin(ctx: &View, a: &str, b: &str) -> bool {
    ["violence", "meeting", "deal"].iter().any(|set| ctx.lexicon.events.in_set(a, set) && ctx.lexicon.events.in_set(b, set))
}

fn agree<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
    a.is_none() || b.is_none() || a == b
}

fn shares(a: &[Id], b: &[Id]) -> bool {
    a.iter().any(|id| b.contains(id))
}

/// The lists may mean the same: one is empty or they share somebody.
fn either_way(a: &[Id], b: &[Id]) -> bool {
    a.is_empty() || b.is_empty() || shares(a, b)
}

/// *The coalition carried out strikes on the rebels. ... One strike hit a depot.*: a later mention in the same word that leaves its
/// parties out has those of the last one that names them.
fn share_parties(groups: &mut [Group]) {
    for i in 1..groups.len() {
        let (before, rest) = groups.split_at_mut(i);
        let group = &mut rest[0];
        let first = &group.mentions[0];
        if group.event.kind != EventType::Assault || first.row.pos != Pos::Noun {
            continue;
        }
        let counted = first.fresh.is_some();
        let same =
            |g: &&Group| g.mentions[0].lemma == first.lemma && g.event.kind == group.event.kind && !g.event.recipients.is_empty();
        let Some(source) = before.iter().rev().find(same).map(|g| g.event.clone()) else { continue };
        let event = &mut group.event;
        if event.actors.is_empty() && counted && !source.actors.is_empty() {
            event.actors = source.actors.clone();
            event.why.push_str(", parties of the mention before");
        }
        if event.recipients.is_empty() && !event.actors.is_empty() && !shares(&event.actors, &source.recipients) {
            event.recipients = source.recipients;
            event.mode = event.mode.take().or(source.mode);
        }
    }
}

/// Who is fought: the one that assaults of the same force are against, else the one armed group of the report. It fills in what
/// *liberated the town* and *carried out strikes* leave out.
fn name_enemies(groups: &mut [Group], armed: &[Id]) {
    let assaults: Vec<(Vec<Id>, Vec<Id>)> = groups
        .iter()
        .filter(|g| g.event.kind == EventType::Assault && !g.event.recipients.is_empty())
        .map(|g| (g.event.actors.clone(), g.event.recipients.clone()))
        .collect();
    for group in groups.iter_mut().filter(|g| g.event.kind == EventType::Assault && g.event.recipients.is_empty()) {
        let event = &mut group.event;
        let taken = event.contexts.iter().any(|c| c == "territory");
        let strikes = group.mentions[0].row.pos == Pos::Noun && !event.actors.is_empty();
        if !taken && !strikes {
            continue;
        }
        let by_same = assaults.iter().find(|(actors, _)| shares(actors, &event.actors)).map(|(_, r)| r.clone());
        let only = || (armed.len() == 1 && taken).then(|| armed.to_vec());
        if let Some(enemy) = by_same.or_else(only).filter(|r| !shares(r, &event.actors)) {
            event.recipients = enemy;
            event.why.push_str(", the enemy named elsewhere");
        }
    }
}

/// A judgement needs somebody it is about; people killed by nobody named are no assault where the report tells of no other.
fn is_complete(group: &Group, fighting: bool) -> bool {
    let event = &group.event;
    let judged = matches!(event.kind, EventType::Accuse | EventType::Support) && group.mentions[0].row.pos != Pos::Verb;
    let alone = group.mentions.iter().all(|m| m.harm) && !fighting;
    (!judged || !event.recipients.is_empty() || event.mode.as_deref() == Some("investigate")) && !alone
}

/// *Condemned the attack*: those who did it are whom it is said to; where the report does not say who did, the one attacker it names.
fn turn_to_doers(groups: &mut [Group]) {
    let mut attackers: Vec<Vec<Id>> = groups
        .iter()
        .filter(|g| g.event.kind == EventType::Assault && !g.event.actors.is_empty())
        .map(|g| g.event.actors.clone())
        .collect();
    attackers.dedup();
    for i in 0..groups.len() {
        if !groups[i].event.recipients.is_empty() {
            continue;
        }
        let Some(cause) =
            groups[i].mentions.iter().filter_map(|m| m.against_doers_of).find_map(|at| groups.iter().find(|g| g.holds(at)))
        else {
            continue;
        };
        let doers = if !cause.event.actors.is_empty() {
            cause.event.actors.clone()
        } else if cause.event.kind == EventType::Assault && groups[i].event.kind == EventType::Accuse && attackers.len() == 1 {
            attackers[0].clone()
        } else {
            continue;
        };
        let event = &mut groups[i].event;
        event.recipients = doers.into_iter().filter(|id| !event.actors.contains(id)).collect();
    }
}
