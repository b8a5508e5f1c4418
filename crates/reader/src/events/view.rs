//! The report as events are looked for in it: its trees, and who of its phrases can act.

use crate::actors::Actors;
use crate::context::Context;
use onrecord_language::{NameKind, Upos};
use onrecord_record::{ActorKind, Id};
use std::collections::HashMap;
use std::ops::Deref;

/// A report and the kinds of those that its phrases name.
pub struct View<'c, 'a> {
    ctx: &'c Context<'a>,
    kinds: HashMap<(usize, usize), ActorKind>,
    armed: Vec<Id>,
}

impl<'c, 'a> View<'c, 'a> {
    /// Asks once for every phrase head whom it names.
    pub fn new(ctx: &'c Context<'a>, actors: &mut Actors) -> Self {
        let mut kinds = HashMap::new();
        let mut armed: Vec<Id> = Vec::new();
        for (s, tree) in ctx.trees.iter().enumerate() {
            for t in (0..tree.len()).filter(|&t| matches!(tree.upos(t), Upos::Noun | Upos::Propn | Upos::Pron)) {
                let id = actors.implied(ctx, s, t);
                let known = id.as_ref().and_then(|id| actors.get(id)).map(|a| a.kind);
                if let Some(id) = id.filter(|id| known == Some(ActorKind::ArmedGroup) && !armed.contains(id)) {
                    armed.push(id);
                }
                let lemma = tree.lemma(t);
                let listed = |words: &str| ctx.lexicon.actor_nouns.get(words).is_some();
                let before = || (t > 0).then(|| format!("{} {lemma}", tree.lower(t - 1)));
                let noun = listed(lemma) || ctx.lexicon.titles.get(lemma).is_some() || before().is_some_and(|two| listed(&two));
                // "Coalition efforts" holds a name but names no body.
                let holds_name = tree.children(t).iter().any(|&c| tree.sentence.name_at(c).is_some());
                let named = tree.sentence.name_at(t).is_some() || tree.upos(t) == Upos::Propn;
                if let Some(kind) = known.filter(|_| named || noun || !holds_name) {
                    kinds.insert((s, t), kind);
                }
            }
        }
        View { ctx, kinds, armed }
    }

    /// What the phrase headed by the token names, when the reader knows it for somebody.
    pub fn kind(&self, s: usize, t: usize) -> Option<ActorKind> {
        self.kinds.get(&(s, t)).copied()
    }

    /// The armed groups that the report names.
    pub fn armed(&self) -> &[Id] {
        &self.armed
    }

    /// The report.
    pub fn ctx(&self) -> &'c Context<'a> {
        self.ctx
    }

    /// The name that holds the token, as written, and what it names.
    pub fn name_at(&self, s: usize, t: usize) -> Option<(&'a str, NameKind)> {
        let tree = &self.ctx.trees[s];
        let name = tree.sentence.name_at(t)?;
        let span = tree.name_span(name);
        Some((self.ctx.slice(span), name.kind))
    }
}

impl<'a> Deref for View<'_, 'a> {
    type Target = Context<'a>;

    fn deref(&self) -> &Context<'a> {
        self.ctx
    }
}
