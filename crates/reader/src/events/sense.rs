//! Which sense of a word is meant, by what stands around it.

use super::view::View;
use super::{grammar, parties};
use crate::lexicon::events::{Class, Companion, EventRow, Need, Pos, Role};
use onrecord_language::{Deprel, Upos};

/// The row of `events.tsv` that fits token `t` of sentence `s`; none when the word is unknown or means no event here.
pub fn of<'a>(ctx: &View<'_, 'a>, s: usize, t: usize) -> Option<&'a EventRow> {
    let tree = &ctx.trees[s];
    let table = &ctx.ctx().lexicon.events;
    let upos = tree.upos(t);
    let is_pos = |pos: Pos| match pos {
        // A verb that the tagger took for a noun still has its subject: "the group regularly meets".
        Pos::Verb => {
            upos == Upos::Verb
                || (upos == Upos::Noun && tree.child(t, Deprel::Nsubj).is_some() && tree.child(t, Deprel::Cop).is_none())
        }
        Pos::Noun => upos == Upos::Noun || (upos == Upos::Propn && ctx.name_at(s, t).is_none()),
        // Participles are tagged either way: "we are appalled by".
        Pos::Adj => upos == Upos::Adj || (upos == Upos::Verb && tree.token(t).xpos == "VBN"),
    };
    // "Mali thanks Niger": tagged as a plural, it still has a subject and an object.
    let plural = tree.lower(t).strip_suffix('s').filter(|_| upos == Upos::Noun && tree.child(t, Deprel::Nsubj).is_some());
    let rows = [tree.lemma(t), tree.lower(t), plural.unwrap_or_default()].map(|word| table.rows(word));
    let row = rows.into_iter().flatten().find(|row| is_pos(row.pos) && fits(ctx, s, t, row))?;
    row.kind.map(|_| row)
}

fn fits(ctx: &View, s: usize, t: usize, row: &EventRow) -> bool {
    let word = |w: &str| has_word(ctx, s, t, &Companion::Word(w.to_owned()));
    row.with.iter().all(|any| any.iter().any(|c| has_word(ctx, s, t, c)))
        && !row.not.iter().any(|w| word(w))
        && row.needs.iter().all(|any| any.iter().any(|need| holds(ctx, s, t, need)))
}

/// The companion stands with the word, or is the preposition of one of its participants.
fn has_word(ctx: &View, s: usize, t: usize, companion: &Companion) -> bool {
    let tree = &ctx.trees[s];
    let beside = grammar::stands_with(tree, t, &|i| match companion {
        Companion::Word(word) => tree.lemma(i) == word || tree.lower(i) == word,
        Companion::Set(set) => ctx.lexicon.events.in_set(tree.lemma(i), set),
    });
    let behind = |word: &String| !grammar::at(tree, ctx.lexicon, t, &Role::Preposition(word.clone())).is_empty();
    beside || matches!(companion, Companion::Word(word) if behind(word))
}

fn holds(ctx: &View, s: usize, t: usize, need: &Need) -> bool {
    let tree = &ctx.trees[s];
    let at = |role: &Role| grammar::at(tree, ctx.lexicon, t, role);
    let has = |role: &Role, class: &Class| match role {
        Role::Preposition(word) if *class == Class::Any => has_word(ctx, s, t, &Companion::Word(word.clone())),
        // Whether somebody speaks is for the candidate to find out.
        Role::Speaker => true,
        Role::Modifier => at(role).into_iter().any(|i| match class {
            Class::Any => parties::can_act(ctx, s, i) || ctx.lexicon.countries.by_demonym(tree.form(i)).is_some(),
            class => parties::is(ctx, s, i, class),
        }),
        _ => at(role).into_iter().any(|i| parties::is(ctx, s, i, class)),
    };
    match need {
        Need::Has(role, class) => has(role, class),
        Need::IfAny(role, class) => at(role).is_empty() || has(role, class),
        Need::Without(role, class) => !has(role, class),
        Need::Clausal => !grammar::clauses(tree, t).is_empty(),
        Need::Infinitive => grammar::clauses(tree, t)
            .into_iter()
            .any(|c| tree.rel(c) == Deprel::Xcomp || tree.child_word(c, Deprel::Mark, "to").is_some()),
        Need::Finite => tree.token(t).xpos != "VBG" && tree.child_word(t, Deprel::Mark, "to").is_none(),
        Need::Word(companion) => has_word(ctx, s, t, companion),
    }
}
