//! One mention of an event, with everything that its own sentence tells.

use super::view::View;
use super::{content, grammar, parties, reality, sense};
use crate::actors::Actors;
use crate::givers::Givers;
use crate::lexicon::events::{AllOfAny, Class, EventRow, Pos, Role};
use crate::tree::Tree;
use crate::{factuality, places, time};
use onrecord_language::{Deprel, Upos};
use onrecord_record::{ActorKind, Event, EventType, Factuality, Id, Sector, Statement};
use onrecord_text::Span;

/// A mention and what tells it apart from others.
pub struct Candidate<'a> {
    /// Sentence and token of the event word.
    pub at: (usize, usize),
    /// The sense.
    pub row: &'a EventRow,
    /// Base form of the event word.
    pub lemma: &'a str,
    /// The event as this mention tells it; the id is given later.
    pub event: Event,
    /// In the headline: evidence, no event of its own.
    pub headline: bool,
    /// *The attack*, *these talks*.
    pub definite: bool,
    /// *Another attack*, *further talks*, *two strikes*: not one told before, unless in the same words.
    pub fresh: Option<String>,
    /// The mention that this one is the effect of: *the strike killed two*.
    pub effect_of: Option<(usize, usize)>,
    /// In apposition to what was just told, or part of it: *met today, their first meeting*, *strikes, including strikes on*.
    pub apposed: bool,
    /// What is done to people or things, told without who did it: *two were killed*.
    pub harm: bool,
    /// The mention whose doers are those it is done to: *condemned the attack*.
    pub against_doers_of: Option<(usize, usize)>,
    /// What is welcomed, condemned, visited: the word, and whether it is a party itself.
    pub matter: Option<(&'a str, bool)>,
}

/// All mentions, in reading order; in a sentence nouns before verbs, so that effects find their cause.
pub fn find<'a>(ctx: &View<'_, 'a>, actors: &mut Actors, givers: &Givers, statements: &[Statement]) -> Vec<Candidate<'a>> {
    let cues = Cues::new(statements);
    let mut found = Vec::new();
    for s in 0..ctx.trees.len() {
        let before = found.len();
        for t in 0..ctx.trees[s].len() {
            if let Some(candidate) = mention(ctx, actors, givers, &cues, s, t) {
                found.push(candidate);
            }
        }
        found[before..].sort_by_key(|c: &Candidate| (c.row.pos != Pos::Noun, c.at));
    }
    found
}

fn mention<'a>(ctx: &View<'_, 'a>, actors: &mut Actors, givers: &Givers, cues: &Cues, s: usize, t: usize) -> Option<Candidate<'a>> {
    let row = sense::of(ctx, s, t).filter(|row| reality::is_occurrence(ctx, s, t, row))?;
    let kind = row.kind?;
    let tree = &ctx.ctx().trees[s];
    let trigger = trigger(tree, t, row);
    let statement = cues.at(trigger);
    let chain = givers.of(trigger);
    let mut filler = Filler { ctx, actors, speaker: chain.last(), s, t, doers: Vec::new(), seen: vec![t] };
    let mut doers = filler.fill(&row.actor);
    filler.doers.clone_from(&doers);
    let mut done_to = filler.fill(&row.recipient);
    let seen = filler.seen;
    if row.pos == Pos::Noun
        && !row.recipient.is_empty()
        && done_to.is_empty()
        && let Some(grammar::Carrier::Undergo(verb)) = grammar::carrier(tree, ctx.lexicon, t)
    {
        done_to = grammar::subject(tree, verb).map(|i| parties::of(ctx, actors, s, i)).unwrap_or_default();
    }
    if doers.is_empty() {
        doers = statement.map(|x| x.speaker.clone()).unwrap_or_default();
    }
    if done_to.is_empty() && !row.recipient.is_empty() {
        done_to = statement.map(|x| x.to.clone()).unwrap_or_default();
    }
    if row.pos == Pos::Noun && doers == done_to {
        // "his arrest": a possessor that could be either is the one it is done to.
        doers.clear();
    }
    done_to.retain(|id| !doers.contains(id));
    let (date, place) = (time::of(ctx.ctx(), s, t), places::of(ctx.ctx(), s, t));
    let happens = row.pos == Pos::Noun && happens(ctx, tree, t);
    let bare = doers.is_empty() && done_to.is_empty() && date.is_none() && place.is_none() && !happens && is_bare(tree, t);
    let told = happens || is_told(tree, t, row, &doers, &done_to) || is_killing(ctx, s, t, row);
    if !told || (row.pos == Pos::Noun && bare && row.mode.as_deref() != Some("investigate")) {
        return None;
    }
    let object = first_at(ctx, s, t, &row.recipient);
    let evidence = seen.iter().fold(clause_span(tree, t).cover(trigger), |span, &i| span.cover(tree.token(i).span));
    let mut given_by = chain.clone();
    if is_speech(kind) && given_by.last().is_some_and(|id| doers.contains(id)) {
        given_by.pop();
    }
    let nobody = doers.is_empty();
    let factuality = put(ctx, s, t, row);
    let kind = promised(kind, row, factuality);
    let event = Event {
        kind,
        mode: mode(ctx, actors, (s, t), (kind, row), &doers),
        contexts: contexts(ctx, s, t, row),
        cameo: row.cameo.clone(),
        trigger,
        actors: doers,
        recipients: done_to,
        date,
        place,
        factuality,
        given_by,
        evidence: vec![evidence],
        confidence: 0.6,
        why: format!("events.tsv: {}", row.name),
        ..Event::default()
    };
    Some(Candidate {
        at: (s, t),
        row,
        lemma: tree.lemma(t),
        event,
        headline: ctx.is_headline(s),
        definite: is_definite(tree, t),
        fresh: freshness(tree, t),
        effect_of: cause(ctx, s, t, row),
        apposed: tree.rel(t) == Deprel::Appos || tree.child_word(t, Deprel::Case, "including").is_some(),
        harm: is_harm(row) && grammar::is_passive(tree, t) && nobody,
        against_doers_of: object.filter(|_| is_speech(kind)).and_then(|o| event_noun(ctx, s, o)).map(|o| (s, o)),
        matter: object.map(|o| (tree.lemma(o), tree.upos(o) == Upos::Pron || parties::can_act(ctx, s, o))),
    })
}

/// How it is put: as the sentence does, else as the word itself does; an offer with terms is conditional.
fn put(ctx: &View, s: usize, t: usize, row: &EventRow) -> Factuality {
    let tree = &ctx.trees[s];
    let verb = tree.head(t).filter(|_| row.pos == Pos::Noun && happens(ctx, tree, t));
    let said = factuality::of(ctx.ctx(), s, verb.unwrap_or(t));
    if said != Factuality::Actual {
        return said;
    }
    let terms = |&c: &usize| factuality::of(ctx.ctx(), s, c) == Factuality::Conditional;
    if row.kind == Some(EventType::Agree) && grammar::clauses(tree, t).iter().any(terms) {
        return Factuality::Conditional;
    }
    row.factuality.unwrap_or(said)
}

/// A withdrawal, release or ceasefire that is only promised concedes something; nothing has been given up yet (PLOVER, RETREAT).
fn promised(kind: EventType, row: &EventRow, factuality: Factuality) -> EventType {
    let kept = row.mode.as_deref() == Some("resign");
    if kind == EventType::Retreat && factuality == Factuality::Planned && !kept { EventType::Concede } else { kind }
}

/// The noun is what a verb says to happen, last, resume or end, or to be planned or held: *fighting has not resumed*.
fn happens(ctx: &View, tree: &Tree, t: usize) -> bool {
    let Some(verb) = tree.head(t).filter(|&h| tree.upos(h) == Upos::Verb) else { return false };
    match tree.rel(t) {
        Deprel::Nsubj => ctx.lexicon.events.in_set(tree.lemma(verb), "happen") && tree.object(verb).is_none(),
        Deprel::NsubjPass => matches!(tree.lemma(verb), "plan" | "schedule" | "hold" | "expect"),
        _ => false,
    }
}

/// Statements by the place of their cue.
struct Cues<'s> {
    sorted: Vec<(Span, &'s Statement)>,
}

impl<'s> Cues<'s> {
    fn new(statements: &'s [Statement]) -> Self {
        let mut sorted: Vec<_> = statements.iter().filter_map(|x| x.cue.map(|cue| (cue, x))).collect();
        sorted.sort_by_key(|(cue, _)| *cue);
        Cues { sorted }
    }

    /// The statement whose cue the words at `span` are.
    fn at(&self, span: Span) -> Option<&'s Statement> {
        let next = self.sorted.partition_point(|(cue, _)| cue.end <= span.start);
        self.sorted.get(next).filter(|(cue, _)| cue.overlaps(span)).map(|(_, x)| *x)
    }
}

/// Turns places of a row into actors.
struct Filler<'c, 'a, 'g> {
    ctx: &'c View<'c, 'a>,
    actors: &'c mut Actors,
    speaker: Option<&'g Id>,
    s: usize,
    t: usize,
    /// Those who do it, once they are known.
    doers: Vec<Id>,
    /// Tokens that named somebody.
    seen: Vec<usize>,
}

impl Filler<'_, '_, '_> {
    /// The first alternative that names somebody.
    fn fill(&mut self, places: &AllOfAny<Role>) -> Vec<Id> {
        for together in places {
            let mut ids: Vec<Id> = Vec::new();
            for role in together {
                for id in self.place(role) {
                    if !ids.contains(&id) {
                        ids.push(id);
                    }
                }
            }
            if !ids.is_empty() {
                return ids;
            }
        }
        Vec::new()
    }

    fn place(&mut self, role: &Role) -> Vec<Id> {
        if *role == Role::Speaker {
            return self.speaker.cloned().into_iter().collect();
        }
        let places = grammar::at(&self.ctx.trees[self.s], self.ctx.lexicon, self.t, role);
        if *role == Role::Matter {
            return places.into_iter().map(|i| self.concerned(i)).find(|ids| !ids.is_empty()).unwrap_or_default();
        }
        let mut ids = Vec::new();
        for i in places {
            let found = match role {
                Role::Modifier => parties::modifier(self.ctx, self.actors, self.s, i),
                _ => parties::of(self.ctx, self.actors, self.s, i),
            };
            let found: Vec<Id> = found.into_iter().filter(|id| parties::is_party(self.actors, id)).collect();
            if !found.is_empty() {
                self.seen.push(i);
                ids.extend(found);
            }
        }
        ids
    }
}

impl Filler<'_, '_, '_> {
    /// Whom a word of the matter names besides the doers and what is theirs.
    fn concerned(&mut self, i: usize) -> Vec<Id> {
        let tree = &self.ctx.trees[self.s];
        let modifier = matches!(tree.rel(i), Deprel::Amod | Deprel::Compound);
        let own = !modifier
            && tree.child(i, Deprel::NmodPoss).is_some_and(|owner| {
                let owner = self.actors.of(self.ctx.ctx(), self.s, owner);
                owner.iter().any(|id| self.doers.contains(id))
            });
        if own {
            return Vec::new();
        }
        let mut ids = match modifier {
            true => parties::modifier(self.ctx, self.actors, self.s, i),
            false if parties::can_act(self.ctx, self.s, i) => self.actors.of(self.ctx.ctx(), self.s, i),
            false => Vec::new(),
        };
        ids.retain(|id| !self.is_own(id) && parties::is_party(self.actors, id));
        if !ids.is_empty() {
            self.seen.push(i);
        }
        ids
    }

    /// A doer, the speaker, or the country that a doer is of.
    fn is_own(&self, id: &Id) -> bool {
        let country = |id: &Id| self.actors.get(id).and_then(|a| a.country.as_deref());
        let state = self.actors.get(id).is_some_and(|a| matches!(a.kind, ActorKind::Country | ActorKind::Government));
        self.doers.contains(id)
            || self.speaker == Some(id)
            || state && self.doers.iter().any(|doer| country(doer).is_some() && country(doer) == country(id))
    }
}

/// The clause that tells the event: the verb, or the verb that the noun is an argument of, with its arguments; else the noun phrase.
fn clause_span(tree: &Tree, t: usize) -> Span {
    let carries = matches!(tree.rel(t), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::OblAgent);
    let top = tree.head(t).filter(|&h| carries && tree.upos(h) == Upos::Verb).unwrap_or(t);
    let other = |c: usize| {
        matches!(
            tree.rel(c),
            Deprel::Conj
                | Deprel::Cc
                | Deprel::Ccomp
                | Deprel::Parataxis
                | Deprel::Advcl
                | Deprel::Acl
                | Deprel::AclRelcl
                | Deprel::Appos
                | Deprel::Mark
        )
    };
    tree.span_of(&tree.subtree_without(top, |c| other(c) && tree.head(c) == Some(top))).unwrap_or(tree.token(t).span)
}

fn first_at(ctx: &View, s: usize, t: usize, places: &AllOfAny<Role>) -> Option<usize> {
    let roles = places.iter().flatten();
    roles
        .filter(|r| !matches!(r, Role::Modifier | Role::Matter))
        .find_map(|r| grammar::at(&ctx.trees[s], ctx.lexicon, t, r).into_iter().next())
}

/// An event noun that `t` is, or that hangs on it by *of*, *to* or *in* (*an end to the attacks*).
fn event_noun(ctx: &View, s: usize, t: usize) -> Option<usize> {
    let tree = &ctx.trees[s];
    let is_event = |i: usize| tree.upos(i) == Upos::Noun && sense::of(ctx, s, i).is_some();
    let mut at = t;
    for _ in 0..3 {
        if is_event(at) {
            return Some(at);
        }
        at = tree.children_by(at, &[Deprel::Nmod]).next()?;
    }
    None
}

/// Nouns that tell violence are told without parties; others need somebody.
fn is_told(tree: &Tree, t: usize, row: &EventRow, doers: &[Id], done_to: &[Id]) -> bool {
    use EventType::*;
    match (row.pos, row.kind) {
        (Pos::Noun, Some(Assault)) => true,
        (Pos::Noun, Some(Accuse)) if row.mode.as_deref() == Some("investigate") => true,
        // Those who attack computers are mostly unknown.
        (_, Some(Coerce)) if row.mode.as_deref() == Some("cyber") => true,
        (Pos::Verb, Some(Agree)) if grammar::is_passive(tree, t) && !row.needs.is_empty() => true,
        (Pos::Noun, Some(Consult | Cooperate | Request | Accuse | Support | Agree)) => !doers.is_empty(),
        (Pos::Verb, Some(Assault | Coerce)) if grammar::is_passive(tree, t) => true,
        (Pos::Verb, _) if grammar::is_passive(tree, t) => !doers.is_empty() || !done_to.is_empty(),
        // "a bomb exploded": the row asks for the weapon and for nobody
        (Pos::Verb, Some(Assault)) if row.actor.is_empty() => true,
        // "received aid": those it is done to are the subject.
        (Pos::Verb, _) if !row.actor.iter().flatten().any(|r| *r == Role::Subject) => !doers.is_empty() || !done_to.is_empty(),
        (Pos::Verb | Pos::Adj, _) => !doers.is_empty(),
        _ => !doers.is_empty() || !done_to.is_empty(),
    }
}

/// A verb of violence against persons (CAMEO 18) that does not say how: an accident may do it as well.
fn is_harm(row: &EventRow) -> bool {
    row.pos == Pos::Verb && row.mode.is_none() && row.cameo.as_deref().is_some_and(|code| code.starts_with("18"))
}

/// "a bomb killed ten": a thing does it to people.
fn is_killing(ctx: &View, s: usize, t: usize, row: &EventRow) -> bool {
    let people = |o| parties::is(ctx, s, o, &Class::Person) && ctx.kind(s, o) != Some(ActorKind::Other);
    is_harm(row) && ctx.trees[s].object(t).is_some_and(people) && grammar::subject(&ctx.trees[s], t).is_some()
}

/// Nothing but an indefinite article, if that: *a strike means*, *attacks are rare*.
fn is_bare(tree: &Tree, t: usize) -> bool {
    let says = |&c: &usize| match tree.rel(c) {
        Deprel::Punct | Deprel::Cc | Deprel::Conj | Deprel::Case | Deprel::Cop | Deprel::Nsubj | Deprel::AclRelcl | Deprel::Acl => {
            false
        }
        Deprel::Det => !matches!(tree.lower(c), "a" | "an"),
        _ => true,
    };
    !tree.children(t).iter().any(says)
}

/// Types that are done by saying something.
pub fn is_speech(kind: EventType) -> bool {
    use EventType::*;
    matches!(kind, Agree | Support | Concede | Request | Accuse | Reject | Threaten)
}

/// The word with its particle and the companions its sense asks for; a noun with the words before it that belong to it.
fn trigger(tree: &Tree, t: usize, row: &EventRow) -> Span {
    let mut span = tree.token(t).span;
    if row.pos == Pos::Noun {
        let mut first = t;
        while first > 0
            && tree.head(first - 1) == Some(t)
            && matches!(tree.rel(first - 1), Deprel::Compound | Deprel::Amod | Deprel::Nummod)
        {
            first -= 1;
        }
        return span.cover(tree.token(first).span);
    }
    for &c in tree.children(t) {
        if c > t && c <= t + 3 && tree.rel(c) == Deprel::CompoundPrt {
            span = span.cover(tree.token(c).span);
        }
    }
    span
}

fn is_definite(tree: &Tree, t: usize) -> bool {
    // "this was an indefensible attack", "..., their first meeting": what was told before.
    let said_of =
        tree.child(t, Deprel::Nsubj).is_some_and(|n| matches!(tree.lower(n), "this" | "that" | "it" | "these" | "those" | "they"));
    if said_of {
        return true;
    }
    tree.children(t).iter().any(|&c| {
        matches!(tree.rel(c), Deprel::Det | Deprel::NmodPoss | Deprel::DetPredet | Deprel::Amod)
            && matches!(
                tree.lower(c),
                "the" | "this" | "these" | "that" | "those" | "such" | "its" | "their" | "his" | "her" | "both"
            )
    })
}

/// The word that says that this is not one told before: a number, *another*, *further*.
fn freshness(tree: &Tree, t: usize) -> Option<String> {
    const NEW: &[&str] = &[
        "another", "other", "second", "third", "new", "further", "separate", "last", "previous", "earlier", "next", "first", "more",
    ];
    tree.children(t)
        .iter()
        .find(|&&c| {
            tree.rel(c) == Deprel::Nummod || (matches!(tree.rel(c), Deprel::Amod | Deprel::Det) && NEW.contains(&tree.lower(c)))
        })
        .map(|&c| tree.lower(c).to_owned())
}

/// The word that names the same occurrence as the verb: the verb of the clause above, what the verb carries (*signed an agreement*), and for a verb of harm its subject,
/// agent, means or occasion (*the strike killed two*, *two were killed in a strike*).
fn cause(ctx: &View, s: usize, t: usize, row: &EventRow) -> Option<(usize, usize)> {
    if row.pos != Pos::Verb {
        return None;
    }
    let tree = &ctx.trees[s];
    if let Some(whole) = same_act(ctx, s, t, row) {
        return Some((s, whole));
    }
    let mut places = vec![Role::Object];
    if row.kind == Some(EventType::Assault) {
        places.push(Role::Subject);
        places.extend(["in", "by", "during", "with", "from", "at"].map(|p| Role::Preposition(p.into())));
    }
    let nouns: Vec<usize> = places
        .iter()
        .flat_map(|role| grammar::at(tree, ctx.lexicon, t, role))
        .map(|i| grammar::counted(ctx.lexicon, tree, i))
        .collect();
    nouns
        .into_iter()
        .find(|&i| tree.upos(i) == Upos::Noun && sense::of(ctx, s, i).is_some_and(|r| r.kind == row.kind))
        .map(|i| (s, i))
}

/// The verb that tells the same assault in the clause above: *bombed the port, killing two*; *two were killed when a bomb exploded*.
fn same_act(ctx: &View, s: usize, t: usize, row: &EventRow) -> Option<usize> {
    let tree = &ctx.trees[s];
    let head = tree.head(t).filter(|_| row.kind == Some(EventType::Assault) && tree.rel(t) == Deprel::Advcl)?;
    let participle = tree.token(t).xpos == "VBG" && tree.child(t, Deprel::Mark).is_none();
    let when = tree.children_by(t, &[Deprel::Mark, Deprel::Advmod]).any(|c| matches!(tree.lower(c), "when" | "as" | "after"));
    let told_so = participle || (when && grammar::is_passive(tree, head));
    [head, tree.first_conjunct(head)].into_iter().find(|&h| told_so && sense::of(ctx, s, h).is_some_and(|r| r.kind == row.kind))
}

/// The mode that the word itself, or what stands with it, gives an event of this type.
fn mode(ctx: &View, actors: &Actors, (s, t): (usize, usize), (kind, row): (EventType, &EventRow), doers: &[Id]) -> Option<String> {
    let tree = &ctx.trees[s];
    if row.kind != Some(kind) {
        // A promise to withdraw has none of the modes of a withdrawal.
        return None;
    }
    match kind {
        // "a suicide bombing": the modifier says more than the noun.
        EventType::Assault => modifier_mode(ctx, tree, t).or_else(|| row.mode.clone()).or_else(|| means_mode(ctx, tree, t)),
        EventType::Mobilize => armed_mode(actors, row, doers).or_else(|| row.mode.clone()),
        _ => row.mode.clone().or_else(|| {
            let matter = grammar::at(tree, ctx.lexicon, t, &Role::Matter);
            content::mode(&ctx.lexicon.events, tree, kind, matter).map(str::to_owned)
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

/// Contexts of the sense and of the words around it.
fn contexts(ctx: &View, s: usize, t: usize, row: &EventRow) -> Vec<String> {
    let tree = &ctx.trees[s];
    let mut found = row.contexts.clone();
    let clause =
        |c: usize| matches!(tree.rel(c), Deprel::Ccomp | Deprel::Advcl | Deprel::AclRelcl | Deprel::Parataxis | Deprel::Conj);
    for i in tree.subtree_without(t, clause) {
        let lent = ctx.lexicon.events.word(tree.lemma(i)).map(|w| w.contexts.as_slice()).unwrap_or_default();
        for context in lent {
            if !found.contains(context) {
                found.push(context.clone());
            }
        }
    }
    found
}
