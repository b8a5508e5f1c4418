//! Whose position it is: the party named, or whoever says *we*.

use crate::actors::Actors;
use crate::context::Context;
use crate::givers::Givers;
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};
use onrecord_record::{ActorKind, Factuality, Id, Statement};
use onrecord_text::Span;
use std::collections::BTreeSet;

/// Who speaks where.
pub(super) struct Voice<'g> {
    givers: &'g Givers<'g>,
    /// Who issued the text, when it speaks in its issuer's own voice.
    issuer: Vec<Id>,
    release: bool,
    /// Everybody who is cited.
    speaking: BTreeSet<Id>,
}

impl<'g> Voice<'g> {
    /// Looks whether the report itself says *we*, and who that is.
    pub fn new(ctx: &Context, actors: &mut Actors, givers: &'g Givers<'g>, statements: &[Statement]) -> Self {
        let own = |tree: &Tree, t: usize| is_first_person(tree, t) && givers.statements(tree.token(t).span).is_empty();
        let release = ctx.trees.iter().any(|tree| (0..tree.len()).any(|t| own(tree, t)));
        let issuer = if release { issuer(ctx, actors, givers) } else { Vec::new() };
        let speaking = statements.iter().flat_map(|s| s.speaker.iter().cloned()).collect();
        Voice { givers, issuer, release, speaking }
    }

    /// True when one of these is the speaker of a statement.
    pub fn has_spoken(&self, ids: &[Id]) -> bool {
        ids.iter().any(|id| self.speaking.contains(id))
    }

    /// The innermost statement that holds the passage.
    pub fn statement(&self, span: Span) -> Option<&'g Statement> {
        self.givers.statements(span).into_iter().rev().find(|s| s.factuality != Factuality::Negated)
    }

    /// True when somebody speaks in the passage: a cited speaker or the issuer.
    pub fn is_voiced(&self, span: Span) -> bool {
        self.statement(span).is_some() || self.release
    }

    /// Who speaks in the passage.
    pub fn speakers(&self, span: Span) -> Vec<Id> {
        self.statement(span).map_or_else(|| self.issuer.clone(), |s| s.speaker.clone())
    }

    /// Who takes a position that is voiced in the passage without a party being named: whoever speaks, for a spokesperson
    /// the organisation; *we* takes in who a speaker speaks for.
    pub fn holders(&self, actors: &Actors, span: Span, plural: bool) -> Vec<Id> {
        let mut holders = Vec::new();
        for id in self.speakers(span) {
            let principal = actors.principal(&id);
            let mouthpiece = actors.get(&id).is_some_and(is_mouthpiece);
            if !(mouthpiece && principal.is_some()) {
                push(&mut holders, id);
            }
            if let Some(principal) = principal.filter(|_| plural || mouthpiece) {
                push(&mut holders, principal);
            }
        }
        holders
    }

    /// The party that token `t` names, *I* and *we* included.
    pub fn party(&self, ctx: &Context, actors: &mut Actors, s: usize, t: usize) -> Vec<Id> {
        let tree = &ctx.trees[s];
        if is_first_person(tree, t) {
            return self.holders(actors, tree.token(t).span, matches!(tree.lower(t), "we" | "our" | "us" | "ourselves"));
        }
        actors.of(ctx, s, t)
    }

    /// True when `t` names whoever speaks at that place.
    pub fn is_own(&self, ctx: &Context, actors: &mut Actors, s: usize, t: usize) -> bool {
        let tree = &ctx.trees[s];
        let span = tree.token(t).span;
        if is_first_person(tree, t) {
            return self.is_voiced(span);
        }
        // Of itself by name only a cited speaker speaks: "The ministry said it would"; a release's "The ministry will" is the outlet's.
        let Some(statement) = self.statement(span) else { return false };
        let speakers = self.holders(actors, span, true);
        let is_speaker = |ids: &[Id]| ids.iter().any(|id| speakers.contains(id) || statement.speaker.contains(id));
        let named = actors.of(ctx, s, t);
        if is_speaker(&named) || named.iter().any(|id| statement.speaker.iter().any(|who| actors.speaks_for(who, id))) {
            return true;
        }
        // "his men", "their group"
        let owner = tree.child(t, Deprel::NmodPoss).filter(|&o| tree.upos(o) == Upos::Pron);
        owner.is_some_and(|owner| is_speaker(&actors.of(ctx, s, owner)))
    }

    /// Who vouches for a position held by `holder` at this place.
    pub fn given_by(&self, span: Span, holder: &[Id]) -> Vec<Id> {
        self.givers.of(span).into_iter().filter(|id| !holder.contains(id)).collect()
    }
}

/// True for *I*, *we* and their forms.
pub(super) fn is_first_person(tree: &Tree, t: usize) -> bool {
    tree.upos(t) == Upos::Pron
        && (matches!(tree.lower(t), "i" | "we" | "my" | "our" | "ourselves") || matches!(tree.form(t), "us" | "Us"))
}

/// True for somebody who only lends the voice.
fn is_mouthpiece(actor: &onrecord_record::Actor) -> bool {
    std::iter::once(&actor.name).chain(&actor.roles).any(|role| role.to_lowercase().contains("spokes"))
}

/// Who issued a release: the first to act in the present tense in its own voice (*The United States condemns*), else its first party.
fn issuer(ctx: &Context, actors: &mut Actors, givers: &Givers) -> Vec<Id> {
    let body = (0..ctx.trees.len()).filter(|&s| !ctx.is_headline(s) && givers.statements(ctx.trees[s].sentence.span).is_empty());
    let mut first = Vec::new();
    for s in body {
        let tree = &ctx.trees[s];
        for t in (0..tree.len()).filter(|&t| matches!(tree.rel(t), Deprel::Nsubj) && !is_first_person(tree, t)) {
            let named = matches!(tree.upos(t), Upos::Propn | Upos::Noun).then(|| actors.of(ctx, s, t)).unwrap_or_default();
            let named: Vec<Id> = named.into_iter().filter(|id| actors.get(id).is_some_and(|a| speaks(a.kind))).collect();
            let acts = tree.head(t).is_some_and(|v| matches!(tree.token(v).xpos, "VBZ" | "VBP") && tree.rel(v) == Deprel::Root);
            if acts && !named.is_empty() {
                return named;
            }
            if first.is_empty() {
                first = named;
            }
        }
    }
    first
}

/// True for what can issue a release.
fn speaks(kind: ActorKind) -> bool {
    matches!(kind, ActorKind::Government | ActorKind::Country | ActorKind::Organisation | ActorKind::Military | ActorKind::Person)
}

fn push(ids: &mut Vec<Id>, id: Id) {
    if !ids.contains(&id) {
        ids.push(id);
    }
}
