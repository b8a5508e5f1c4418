//! One mention of an event, with everything that its own sentence tells.

use super::view::View;
use super::{grammar, modes, parties, reality, sense, told, trigger};
use crate::actors::Actors;
use crate::givers::Givers;
use crate::lexicon::NounSet;
use crate::lexicon::events::{AllOfAny, EventRow, Pos, Role};
use crate::rules::event as rules;
use crate::tree::Tree;
use crate::{factuality, places, time};
use onrecord_language::{Deprel, Upos};
use onrecord_record::{ActorKind, Event, EventType, Factuality, Id, Part, Statement, Why};
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
    /// Only the weapon is told: *a bomb went off*, *two shells fell on the school*.
    pub weapon: bool,
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
    let words = trigger::span(ctx, tree, t, row);
    let statement = cues.at(words);
    let chain = givers.of(words);
    let mut filler = Filler { ctx, actors, speaker: chain.last(), s, t, doers: Vec::new(), seen: vec![t] };
    let mut doers = filler.fill(&row.actor);
    filler.doers.clone_from(&doers);
    let named = filler.seen.len();
    let mut done_to = filler.fill(&row.recipient);
    let seen = filler.seen;
    if row.pos == Pos::Noun
        && !row.recipient.is_empty()
        && done_to.is_empty()
        && let Some(grammar::Carrier::Undergo(verb)) = grammar::carrier(tree, ctx.lexicon, t)
    {
        done_to = grammar::subject(tree, verb).map(|i| parties::of(ctx, actors, s, i)).unwrap_or_default();
        done_to.retain(|id| parties::is_party(actors, id));
    }
    let mut by_cue = false;
    if doers.is_empty() {
        doers = statement.map(|x| x.speaker.clone()).unwrap_or_default();
        by_cue |= !doers.is_empty();
    }
    if done_to.is_empty() && !row.recipient.is_empty() {
        done_to = statement.map(|x| x.to.clone()).unwrap_or_default();
        by_cue |= !done_to.is_empty();
    }
    if row.pos == Pos::Noun && doers == done_to {
        // "his arrest": a possessor that could be either is the one it is done to.
        doers.clear();
    }
    done_to.retain(|id| !doers.contains(id));
    let (date, place) = (time::of(ctx.ctx(), s, t), places::of(ctx.ctx(), s, t));
    let happens = row.pos == Pos::Noun && told::happens(ctx, tree, t);
    let nameless = doers.is_empty() && done_to.is_empty() && date.is_none() && place.is_none();
    let bare = nameless && !happens && told::is_bare(tree, t);
    if told::is_harm(row) && told::is_accident(ctx, tree, t) {
        return None;
    }
    let (definite, fresh) = (is_definite(ctx, tree, t), freshness(ctx, tree, t));
    let dated = date.is_some() || place.is_some();
    let says = told::Told { doers: &doers, done_to: &done_to, dated, definite, fresh: fresh.is_some() };
    let is_told = happens || told::is_told(ctx, (s, t), row, &says) || told::is_killing(ctx, s, t, row);
    if !is_told || (row.pos == Pos::Noun && bare && row.mode.as_deref() != Some("investigate")) {
        return None;
    }
    let object = first_at(ctx, s, t, &row.recipient);
    let evidence = seen.iter().fold(clause_span(tree, t).cover(words), |span, &i| span.cover(tree.token(i).span));
    let mut given_by = chain.clone();
    if is_speech(kind) && given_by.last().is_some_and(|id| doers.contains(id)) {
        given_by.pop();
    }
    let nobody = doers.is_empty();
    let factuality = put(ctx, s, t, row);
    let told = kind;
    let kind = announced(ctx, (s, t), (told, row), factuality);
    let refused = kind != told && matches!(kind, EventType::Reject | EventType::Threaten);
    if refused {
        keep_subject(ctx, actors, (s, t), &mut doers, &mut done_to);
    }
    // Refusing and threatening are done by saying so.
    let factuality = if refused { Factuality::Actual } else { factuality };
    let event = Event {
        kind,
        mode: modes::of(ctx, actors, (s, t), (kind, row), &doers),
        contexts: contexts(ctx, s, t, row),
        cameo: row.cameo.clone(),
        trigger: words,
        actors: doers,
        recipients: done_to,
        date,
        place,
        factuality,
        given_by,
        evidence: vec![evidence],
        confidence: 0.6,
        why: why(row, (s, &seen), named, by_cue),
        ..Event::default()
    };
    Some(Candidate {
        at: (s, t),
        row,
        lemma: tree.lemma(trigger::named_by(ctx, tree, t, row)),
        event,
        headline: ctx.is_headline(s),
        definite,
        fresh,
        effect_of: cause(ctx, s, t, row),
        apposed: tree.rel(t) == Deprel::Appos || tree.child_word(t, Deprel::Case, "including").is_some(),
        harm: told::is_harm(row) && grammar::is_passive(tree, t) && nobody,
        weapon: row.kind == Some(EventType::Assault) && row.actor.is_empty() && nobody,
        against_doers_of: object.filter(|_| is_speech(kind)).and_then(|o| event_noun(ctx, s, o)).map(|o| (s, o)),
        matter: object.map(|o| (tree.lemma(o), tree.upos(o) == Upos::Pron || parties::can_act(ctx, s, o))),
    })
}

/// Of the parties to a deal or to talks, the one that will have none is the subject.
fn keep_subject(ctx: &View, actors: &mut Actors, (s, t): (usize, usize), doers: &mut Vec<Id>, done_to: &mut Vec<Id>) {
    let tree = &ctx.trees[s];
    let verb = grammar::light_verb(tree, ctx.lexicon, t).unwrap_or(t);
    let unwilling = grammar::subject(tree, verb).map(|i| parties::of(ctx, actors, s, i)).unwrap_or_default();
    if doers.iter().any(|id| unwilling.contains(id)) {
        done_to.extend(doers.extract_if(.., |id| !unwilling.contains(id)));
    }
}

/// How it is put: as the sentence does, else as the word itself does; an offer with terms is conditional.
fn put(ctx: &View, s: usize, t: usize, row: &EventRow) -> Factuality {
    let tree = &ctx.trees[s];
    // "will come to the talks", "talks will be held"
    let attended =
        |h: usize| matches!(tree.rel(t), Deprel::Obl | Deprel::Obj) && ctx.lexicon.events.in_set(tree.lemma(h), "attending");
    let verb = tree.head(t).filter(|&h| row.pos == Pos::Noun && (told::happens(ctx, tree, t) || attended(h)));
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

/// The type of what is announced and not done (PLOVER): a withdrawal, release or ceasefire to come concedes something; harm that
/// somebody will do if others do not yield threatens it; what somebody will not do is refused.
fn announced(ctx: &View, (s, t): (usize, usize), (kind, row): (EventType, &EventRow), factuality: Factuality) -> EventType {
    use EventType::*;
    let tree = &ctx.trees[s];
    let kept = row.mode.as_deref() == Some("resign");
    let verb = if row.pos == Pos::Noun { grammar::light_verb(tree, ctx.lexicon, t) } else { Some(t) };
    let willed = || verb.is_some_and(|v| grammar::will(tree, v).is_some() && grammar::subject(tree, v).is_some());
    match (kind, factuality) {
        (Retreat, Factuality::Planned) if !kept => Concede,
        (Coerce | Sanction | Assault, Factuality::Conditional) if row.pos == Pos::Verb && willed() => Threaten,
        (Retreat | Concede | Agree | Consult | Aid | Cooperate, Factuality::Negated) if !kept && willed() => Reject,
        _ => kind,
    }
}

/// Which row and words told it: `seen` in sentence `s` are its word, those that name the doers, and from `named` on those it is
/// done to.
fn why(row: &EventRow, (s, seen): (usize, &[usize]), named: usize, by_cue: bool) -> Why {
    let part = |i| if i < named { Part::Actor } else { Part::Recipient };
    let words = seen.iter().enumerate().skip(1).map(|(i, &t)| (part(i), (s, t)));
    let mut why = Why::by(rules::of(row.pos), format!("events.tsv: {}", row.name)).row(row.origin).words(Some((s, seen[0])), words);
    if by_cue {
        why.also(&rules::CUE, "");
    }
    why
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
                    // Nobody does it to themselves: "lifted its blockade of the port" is about the port.
                    if !ids.contains(&id) && !self.doers.contains(&id) {
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

/// Types that are done by saying something.
pub fn is_speech(kind: EventType) -> bool {
    use EventType::*;
    matches!(kind, Agree | Support | Concede | Request | Accuse | Reject | Threaten)
}

fn is_definite(ctx: &View, tree: &Tree, t: usize) -> bool {
    // "Monday's attack", "this was an indefensible attack", "..., their first meeting": what was told before.
    let said_of =
        tree.child(t, Deprel::Nsubj).is_some_and(|n| matches!(tree.lower(n), "this" | "that" | "it" | "these" | "those" | "they"));
    if said_of {
        return true;
    }
    let of_a_day = |o: usize| ctx.lexicon.noun_sets.has(NounSet::Time, tree.lower(o));
    if tree.child(t, Deprel::NmodPoss).is_some_and(of_a_day) {
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

/// The word that says that this is not one told before: a number, *another*, *further*, *most of the*.
fn freshness(ctx: &View, tree: &Tree, t: usize) -> Option<String> {
    const NEW: &[&str] = &[
        "another", "other", "second", "third", "new", "further", "separate", "last", "previous", "earlier", "next", "first", "more",
    ];
    let word = tree.children(t).iter().copied().find(|&c| {
        tree.rel(c) == Deprel::Nummod || (matches!(tree.rel(c), Deprel::Amod | Deprel::Det) && NEW.contains(&tree.lower(c)))
    });
    let many = || tree.head(t).filter(|&h| grammar::counted(ctx.lexicon, tree, h) == t);
    word.or_else(many).map(|c| tree.lower(c).to_owned())
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
