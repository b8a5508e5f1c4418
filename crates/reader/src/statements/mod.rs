//! Finds the statements of a report: who said what (codebook, section 1).
//!
//! [`quotes`] finds quotation marks, [`direct`] who is quoted, [`blocks`] what is quoted without marks; [`clause`] reads indirect speech after verbs and adjectives by
//! the constructions of [`frames`] and [`phrases`], [`nominal`] after nouns and prepositions, [`trailing`] what the tree lost. Each gives drafts ([`draft`]); [`settle`] decides
//! what contains, repeats or relays what, and makes them statements. Which words attribute is said in `lexicon/cues.tsv`.

mod act;
mod blocks;
mod clause;
mod direct;
mod draft;
mod frames;
mod nominal;
mod phrases;
mod quotes;
mod scene;
mod settle;
mod source;
#[cfg(test)]
mod tests;
mod trailing;

use crate::actors::Actors;
use crate::context::Context;
use onrecord_record::Statement;

/// All statements, in reading order, ids given.
pub fn find(ctx: &Context, actors: &mut Actors) -> Vec<Statement> {
    let scene = scene::Scene::new(ctx);
    let mut drafts = direct::find(&scene);
    let clauses = clause::find(&scene, &drafts);
    drafts.extend(clauses);
    drafts.extend(nominal::find(&scene));
    let trailing = trailing::find(&scene, &drafts);
    drafts.extend(trailing);
    settle::settle(&scene, actors, drafts)
}
