//! One sentence as the constructions look at it, and what they find there.

use super::slots::Filled;
use super::terms::{self, Condition};
use super::voice::Voice;
use crate::actors::Actors;
use crate::context::Context;
use crate::lexicon::positions::{PositionRow, Positions, Role, WordClass};
use crate::tree::Tree;
use onrecord_language::Deprel;
use onrecord_record::{ActorKind, Id, Move, Rule, Status, Why};
use onrecord_text::Span;

/// A sentence with its conditions.
pub(super) struct Scene<'a> {
    pub ctx: &'a Context<'a>,
    pub s: usize,
    pub tree: &'a Tree<'a>,
    pub table: &'a Positions,
    pub voice: &'a Voice<'a>,
    pub conditions: Vec<Condition>,
}

/// Who holds a position, before actors are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holder {
    /// Whom this token names.
    Party(usize),
    /// Whom this attribute implies (*the Russian demand*).
    Implied(usize),
    /// Whoever speaks in the passage.
    Voice,
}

/// A position as the tree shows it.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub trigger: usize,
    pub stance: Move,
    pub holder: Holder,
    pub toward: Vec<usize>,
    /// Head of the proposition.
    pub what: usize,
    pub proposition: Span,
    pub conditions: Vec<Span>,
    pub status: Status,
    /// True when what stands inside the proposition is only asked, offered, ...: a verb there takes no position of its own.
    pub embeds: bool,
    /// True when it counts only if its holder denies or turns down something in the report.
    pub disputed: bool,
    pub why: Why,
}

impl<'a> Scene<'a> {
    /// Sentence `s` of the report.
    pub fn new(ctx: &'a Context<'a>, s: usize, voice: &'a Voice<'a>) -> Self {
        let (tree, table) = (&ctx.trees[s], &ctx.lexicon.positions);
        Scene { ctx, s, tree, table, voice, conditions: terms::conditions(tree, table) }
    }

    /// The place of token `t`.
    pub fn span(&self, t: usize) -> Span {
        self.tree.token(t).span
    }

    /// True when somebody speaks at token `t`.
    pub fn is_voiced(&self, t: usize) -> bool {
        self.voice.is_voiced(self.span(t))
    }

    /// True when `t` names whoever speaks there.
    pub fn is_own(&self, actors: &mut Actors, t: usize) -> bool {
        self.voice.is_own(self.ctx, actors, self.s, t)
    }

    /// True when `t` names somebody who can be asked for something.
    pub fn is_party(&self, actors: &mut Actors, t: usize) -> bool {
        self.voice.party(self.ctx, actors, self.s, t).iter().any(|id| actors.get(id).is_some_and(|a| a.kind != ActorKind::Other))
    }

    /// Whom `holder` stands for.
    pub fn who(&self, actors: &mut Actors, frame: &Frame) -> Vec<Id> {
        match frame.holder {
            Holder::Party(t) => self.voice.party(self.ctx, actors, self.s, t),
            Holder::Implied(t) => {
                let named = actors.implied(self.ctx, self.s, t);
                named.map_or_else(|| actors.of(self.ctx, self.s, t), |id| vec![id])
            }
            Holder::Voice => self.voice.holders(actors, self.span(frame.trigger), false),
        }
    }

    /// True when the lemma or form of `t` has the role.
    pub fn is(&self, t: usize, role: Role) -> bool {
        self.table.is(self.tree.lemma(t), role) || self.table.is(self.tree.lower(t), role)
    }

    /// True when the words of a row of this class stand at `t`.
    pub fn stands(&self, row: &PositionRow, t: usize) -> bool {
        let tree = self.tree;
        match row.class {
            WordClass::Verb => row.words[1..].iter().all(|w| {
                tree.children_by(t, &[Deprel::CompoundPrt, Deprel::Advmod, Deprel::Case]).any(|c| c > t && tree.lower(c) == w)
            }),
            WordClass::Adjective => {
                let before = &row.words[..row.words.len() - 1];
                before.iter().all(|w| tree.children_by(t, &[Deprel::Advmod]).any(|c| tree.lower(c) == w))
            }
            WordClass::Idiom => {
                let n = row.words.len();
                t + 1 >= n && row.words.iter().enumerate().all(|(k, w)| tree.lower(t + 1 + k - n) == w)
            }
            _ => row.words.len() == 1,
        }
    }

    /// The conditions of a position.
    pub fn attached(&self, trigger: usize, what: usize, stance: Move) -> Vec<&Condition> {
        let negated = |t: usize| self.tree.children(t).iter().any(|&c| terms::is_negation(self.tree, c));
        let denied = stance == Move::Refusal || negated(trigger) || (stance == Move::Commitment && negated(what));
        terms::attached(self.tree, &self.conditions, trigger, what, denied)
    }

    /// Why a row takes a position, by this rule.
    pub fn why(rule: &'static Rule, row: &PositionRow) -> Why {
        Why::by(rule, format!("positions.tsv: {}", row.name())).row(row.origin)
    }

    /// A position whose proposition fills a slot.
    pub fn frame(&self, trigger: usize, stance: Move, holder: Holder, filled: Filled, why: Why) -> Option<Frame> {
        let conditions = self.attached(trigger, filled.head, stance);
        let proposition = terms::proposition(self.tree, trigger, filled.head, filled.extent, &conditions)?;
        let conditions = conditions.iter().map(|c| c.span).collect();
        let embeds = !matches!(filled.extent, terms::Extent::Clause) || stance != Move::Claim;
        let (status, toward) = (Status::Standing, filled.party.into_iter().collect());
        Some(Frame {
            trigger,
            stance,
            holder,
            toward,
            what: filled.head,
            proposition,
            conditions,
            status,
            embeds,
            disputed: false,
            why,
        })
    }
}
