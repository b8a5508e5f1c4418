//! One event per occurrence, however often the text returns to it.

use super::candidate::{Candidate, is_speech};
use super::view::View;
use super::{grammar, told};
use crate::lexicon::events::{EventRow, Pos};
use crate::rules::event as rules;
use onrecord_language::Deprel;
use onrecord_record::{Event, EventType, Id};
use std::collections::HashMap;

/// How many events a mention looks back for the one it tells again.
const MEMORY: usize = 300;

/// Mentions of one occurrence.
struct Group<'a> {
    /// The mention that names it.
    first: Candidate<'a>,
    /// The event as all mentions tell it.
    event: Event,
    /// Words of its mentions.
    lemmas: Vec<&'a str>,
    /// Its numbered or new mentions: *two strikes*, *another attack*.
    fresh: Vec<(String, &'a str)>,
    /// Sentence of the last mention.
    last: usize,
    /// Every mention tells only that somebody was harmed.
    harm: bool,
    /// Mentions whose doers are those it is done to.
    against_doers_of: Vec<(usize, usize)>,
}

/// Joins mentions of one occurrence.
pub fn merge(ctx: &View, candidates: Vec<Candidate>) -> Vec<Event> {
    let mut groups: Vec<Group> = Vec::new();
    let mut home: HashMap<(usize, usize), usize> = HashMap::new();
    let mut headlines = Vec::new();
    for candidate in candidates {
        if candidate.headline {
            headlines.push(candidate);
            continue;
        }
        let at = candidate.at;
        let told = bound_to(ctx, &groups, &home, &candidate).or_else(|| {
            let recent = groups.len().saturating_sub(MEMORY);
            let mut near = groups[recent..].iter();
            // The sentence before tells first what it is about, then what was like it.
            let found = match candidate.weapon {
                true => near.position(|group| retells(ctx, group, &candidate)),
                false => near.rposition(|group| retells(ctx, group, &candidate)),
            };
            found.map(|i| recent + i)
        });
        let group = match told {
            Some(i) => {
                groups[i].take(candidate);
                i
            }
            None => {
                groups.push(Group::new(candidate));
                groups.len() - 1
            }
        };
        home.insert(at, group);
    }
    for headline in headlines {
        let same = |g: &&mut Group| g.event.kind == headline.event.kind && g.first.lemma == headline.lemma;
        if let Some(group) = groups.iter_mut().find(same) {
            group.event.evidence.extend(headline.event.evidence);
        }
    }
    share_parties(&mut groups);
    name_enemies(&mut groups, ctx.armed());
    turn_to_doers(&mut groups, &home);
    let fighting = groups.iter().filter(|g| g.event.kind == EventType::Assault).count() > 1;
    groups.into_iter().filter(|g| is_complete(g, fighting)).map(|g| g.event).collect()
}

impl<'a> Group<'a> {
    fn new(first: Candidate<'a>) -> Self {
        let fresh = first.fresh.iter().map(|word| (word.clone(), first.lemma)).collect();
        Group {
            event: first.event.clone(),
            lemmas: vec![first.lemma],
            fresh,
            last: first.at.0,
            harm: first.harm,
            against_doers_of: first.against_doers_of.into_iter().collect(),
            first,
        }
    }

    fn take(&mut self, mention: Candidate<'a>) {
        let told = &mention.event;
        let event = &mut self.event;
        if event.actors.is_empty() {
            event.actors = told.actors.iter().filter(|id| !event.recipients.contains(id)).cloned().collect();
        }
        if event.recipients.is_empty() {
            event.recipients = told.recipients.iter().filter(|id| !event.actors.contains(id)).cloned().collect();
        }
        event.mode = event.mode.take().or_else(|| told.mode.clone());
        event.date = event.date.take().or_else(|| told.date.clone());
        event.place = event.place.take().or_else(|| told.place.clone());
        for context in &told.contexts {
            if !event.contexts.contains(context) {
                event.contexts.push(context.clone());
            }
        }
        event.evidence.extend(&told.evidence);
        event.why.told_again(&rules::MENTION, &told.why);
        if !self.lemmas.contains(&mention.lemma) {
            self.lemmas.push(mention.lemma);
        }
        if let Some(word) = mention.fresh {
            let fresh = (word, mention.lemma);
            if !self.fresh.contains(&fresh) {
                self.fresh.push(fresh);
            }
        }
        self.last = mention.at.0;
        self.harm &= mention.harm;
        self.against_doers_of.extend(mention.against_doers_of);
    }
}

/// The group that the sentence itself ties the mention to: it is its effect (*the strike killed two*) or the second of two words
/// for one act (*advising and assisting*).
fn bound_to(ctx: &View, groups: &[Group], home: &HashMap<(usize, usize), usize>, c: &Candidate) -> Option<usize> {
    let same_kind = |i: &usize| groups[*i].event.kind == c.event.kind;
    if let Some(cause) = c.effect_of.and_then(|at| home.get(&at)).copied().filter(same_kind) {
        return Some(cause);
    }
    let (s, t) = c.at;
    let tree = &ctx.trees[s];
    let first = tree.head(t).filter(|_| c.row.pos == Pos::Verb && tree.rel(t) == Deprel::Conj)?;
    let group = home.get(&(s, first)).copied().filter(same_kind)?;
    let (event, told) = (&groups[group].event, &c.event);
    // "and released 30 of them", "and urged them to talk": with words of its own it is another act.
    let own = tree.child(t, Deprel::Nsubj).is_some() || is_speech(told.kind) && !grammar::shares_object(tree, t);
    let one_act = !own && groups[group].first.row.pos == Pos::Verb && agree(&event.mode, &told.mode);
    // "attacked a post and killed three soldiers": what it did to those it hit.
    let effect = told.kind == EventType::Assault && is_effect(c.row);
    (one_act && (effect || either_way(&event.recipients, &told.recipients))).then_some(group)
}

/// A verb that tells what an assault did, and not how: *killed*, *wounded*, *destroyed*.
fn is_effect(row: &EventRow) -> bool {
    told::is_harm(row) || row.pos == Pos::Verb && row.mode.is_none() && row.cameo.as_deref() == Some("190")
}

/// True when the mention tells the occurrence of the group again.
fn retells(ctx: &View, group: &Group, c: &Candidate) -> bool {
    let (event, told) = (&group.event, &c.event);
    if event.kind != told.kind || event.factuality != told.factuality {
        return false;
    }
    let near = c.at.0.saturating_sub(group.last) <= 1;
    let same_place = match (&event.place, &told.place) {
        (Some(a), Some(b)) => a.name == b.name,
        _ => true,
    };
    // "An air strike on a market killed ten. Two bombs fell on the stalls."
    if c.weapon && near && same_place && agree(&event.date, &told.date) && !group.first.weapon {
        return true;
    }
    if !agree(&event.mode, &told.mode) {
        return false;
    }
    if (c.apposed && group.last == c.at.0) || (c.harm && near) {
        return true;
    }
    let told_anew = |word: &String| event.actors.is_empty() || !group.fresh.iter().any(|(w, lemma)| w == word && *lemma == c.lemma);
    if !agree(&event.date, &told.date) || c.fresh.as_ref().is_some_and(told_anew) {
        return false;
    }
    let same_word = group.lemmas.contains(&c.lemma);
    let parties = either_way(&event.actors, &told.actors) && either_way(&event.recipients, &told.recipients);
    if !parties {
        return false;
    }
    if c.row.pos == Pos::Noun && c.definite && (same_word || group.lemmas.iter().any(|lemma| kin(ctx, lemma, c.lemma))) {
        return true;
    }
    let same_matter = match (group.first.matter, c.matter) {
        (Some((a, party)), Some((b, also_party))) => a == b || party || also_party,
        _ => true,
    };
    let same_doers = shares(&event.actors, &told.actors);
    let same_victims = shares(&event.recipients, &told.recipients);
    // "welcomes ...", "I commend ...": one act in several words.
    let one_act = same_victims && same_matter && told.cameo.is_some() && event.cameo == told.cameo && is_speech(told.kind);
    // "liberated the town", "have now advanced": ground taken by the same force.
    let territory = |event: &Event| event.kind == EventType::Assault && event.contexts.iter().any(|c| c == "territory");
    let one_ground = near && same_place && territory(event) && territory(told);
    // "an air strike on the market of Bara ... said its jets had struck fighters in Bara"
    let there = same_word && c.fresh.is_none() && event.place.is_some() && told.place.is_some() && same_place;
    if there && event.kind == EventType::Assault {
        return true;
    }
    let same_object = same_word && same_victims && same_place && c.fresh.is_none();
    same_object || (same_doers && (one_act || one_ground || (same_word && same_place && same_matter)))
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

/// Actors, recipients and mode that a mention told.
type Parties = (Vec<Id>, Vec<Id>, Option<String>);

/// *The coalition carried out strikes on the rebels. ... One strike hit a depot.*: a later mention in the same word that leaves its
/// parties out has those of the last one that names them.
fn share_parties(groups: &mut [Group]) {
    let mut named: HashMap<&str, Parties> = HashMap::new();
    for group in groups.iter_mut().filter(|g| g.event.kind == EventType::Assault && g.first.row.pos == Pos::Noun) {
        let event = &mut group.event;
        if let Some((actors, recipients, mode)) = named.get(group.first.lemma) {
            if event.actors.is_empty() && group.first.fresh.is_some() && !actors.is_empty() {
                event.actors.clone_from(actors);
                event.why.also(&rules::SHARED, ", parties of the mention before");
            }
            if event.recipients.is_empty() && !event.actors.is_empty() && !shares(&event.actors, recipients) {
                event.recipients.clone_from(recipients);
                event.mode = event.mode.take().or_else(|| mode.clone());
            }
        }
        if !event.recipients.is_empty() {
            named.insert(group.first.lemma, (event.actors.clone(), event.recipients.clone(), event.mode.clone()));
        }
    }
}

/// Who is fought: those that assaults of the same force are against, else the one armed group of the report. It fills in what
/// *liberated the town* and *carried out strikes* leave out.
fn name_enemies(groups: &mut [Group], armed: &[Id]) {
    let mut foes: HashMap<Id, Vec<Id>> = HashMap::new();
    for event in groups.iter().map(|g| &g.event).filter(|e| e.kind == EventType::Assault && !e.recipients.is_empty()) {
        for actor in &event.actors {
            foes.entry(actor.clone()).or_insert_with(|| event.recipients.clone());
        }
    }
    for group in groups.iter_mut().filter(|g| g.event.kind == EventType::Assault && g.event.recipients.is_empty()) {
        let event = &mut group.event;
        let taken = event.contexts.iter().any(|c| c == "territory");
        let strikes = group.first.row.pos == Pos::Noun && !event.actors.is_empty();
        if !taken && !strikes {
            continue;
        }
        let by_same = event.actors.iter().find_map(|actor| foes.get(actor)).cloned();
        let only = || (armed.len() == 1 && taken).then(|| armed.to_vec());
        if let Some(enemy) = by_same.or_else(only).filter(|foe| !shares(foe, &event.actors)) {
            event.recipients = enemy;
            event.why.also(&rules::ENEMY, ", the enemy named elsewhere");
        }
    }
}

/// *Condemned the attack*: those who did it are whom it is said to; where the report does not say who did, the one attacker it names.
fn turn_to_doers(groups: &mut [Group], home: &HashMap<(usize, usize), usize>) {
    let attacks = groups.iter().filter(|g| g.event.kind == EventType::Assault && !g.event.actors.is_empty());
    let mut attackers: Vec<Vec<Id>> = attacks.map(|g| g.event.actors.clone()).collect();
    attackers.dedup();
    for i in 0..groups.len() {
        let group = &groups[i];
        let Some(&cause) = group.against_doers_of.iter().find_map(|at| home.get(at)) else { continue };
        let told = &groups[cause].event;
        let doers = match told.actors.is_empty() {
            false => &told.actors,
            true if told.kind == EventType::Assault && group.event.kind == EventType::Accuse && attackers.len() == 1 => {
                &attackers[0]
            }
            true => continue,
        };
        if group.event.recipients.is_empty() {
            let doers = doers.iter().filter(|id| !group.event.actors.contains(id)).cloned().collect();
            groups[i].event.recipients = doers;
            groups[i].event.why.also(&rules::DOERS, "");
        }
    }
}

/// A judgement needs somebody it is about; people killed by nobody named are no assault where the report tells of no other.
fn is_complete(group: &Group, fighting: bool) -> bool {
    let event = &group.event;
    let judged = matches!(event.kind, EventType::Accuse | EventType::Support) && group.first.row.pos != Pos::Verb;
    let empty = judged && event.recipients.is_empty() && event.mode.as_deref() != Some("investigate");
    let alone = group.harm && !fighting;
    !empty && !alone
}
