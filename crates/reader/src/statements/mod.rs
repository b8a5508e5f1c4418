//! Finds the statements of a report: who said what (codebook, *Statements*).
//!
//! [`quotes`] finds quotation marks, [`direct`] who is quoted, [`blocks`] what is quoted without marks; [`clause`] reads indirect speech after verbs and adjectives by
//! the constructions of [`frames`] and [`phrases`], [`nominal`] after nouns and prepositions, [`trailing`] what the tree lost, [`learnt`] what no row names. Each gives drafts ([`draft`]); [`settle`] decides
//! what contains, repeats or relays what, and makes them statements. Which words attribute is said in `lexicon/cues.tsv`.

mod act;
mod blocks;
mod clause;
mod direct;
mod draft;
mod frames;
mod learnt;
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
use onrecord_text::Span;

/// All statements, in reading order, ids given.
pub fn find(ctx: &Context, actors: &mut Actors) -> Vec<Statement> {
    let scene = scene::Scene::new(ctx);
    let mut drafts = listed(&scene);
    let learnt = learnt::find(&scene, &drafts);
    drafts.extend(learnt);
    settle::settle(&scene, actors, drafts)
}

/// Drafts by quotation marks and by the table of cues.
fn listed(scene: &scene::Scene) -> Vec<draft::Draft> {
    let mut drafts = direct::find(scene);
    let clauses = clause::find(scene, &drafts);
    drafts.extend(clauses);
    drafts.extend(nominal::find(scene));
    let trailing = trailing::find(scene, &drafts);
    drafts.extend(trailing);
    drafts
}

/// What the model of attributions is learnt from: a report's statements by the table, and the proposals for everything else.
#[derive(Clone, Debug)]
pub struct Candidates {
    /// Content of what quotation marks and the table give.
    pub listed: Vec<Vec<Span>>,
    /// For every other token, what it could attribute.
    pub groups: Vec<Vec<Candidate>>,
}

/// One proposal.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The words that would attribute.
    pub cue: Span,
    /// The words that would name the source.
    pub source: Option<Span>,
    /// What would be attributed.
    pub content: Vec<Span>,
    /// Hashed features, for [`crate::AttributionModel`].
    pub features: Vec<u32>,
}

/// See [`Candidates`].
pub fn candidates(ctx: &Context) -> Candidates {
    let scene = scene::Scene::new(ctx);
    let drafts = listed(&scene);
    let candidate = |p: learnt::Proposal| Candidate {
        cue: p.cue,
        source: p.source.map(|at| source::words_before(&scene, at, p.at)),
        content: p.content,
        features: p.features,
    };
    let groups = learnt::proposals(&scene, &drafts, |_| true).map(|g| g.into_iter().map(candidate).collect()).collect();
    Candidates { listed: drafts.into_iter().map(|d| d.content).collect(), groups }
}
