//! Attributions that no table row gives: every construction that could be one ([`propose`]), described ([`describe`]) and judged
//! by a small model ([`crate::lexicon::attribution`]) that was learnt from annotated reports.
//!
//! A table of cues, however long, reaches half of what readers take as attributed: thousands of words say, want, doubt or support
//! in some construction (Newell et al. 2018 count 7,476 cues in a corpus of 924 reports). So each verb, noun and adjective offers
//! what it could report, and the model takes one of the offers or none.

mod describe;
mod propose;

pub(super) use propose::Proposal;

use super::draft::{At, Draft};
use super::scene::Scene;
use crate::context::Attribution;

/// Least probability at which a proposal is taken for a statement of the codebook.
const SURE: f32 = 0.7;

/// What the model takes, besides the `listed` drafts.
pub(super) fn find(scene: &Scene, listed: &[Draft]) -> Vec<Draft> {
    let (Some(model), true) = (&scene.ctx.lexicon.attribution, scene.ctx.attribution != Attribution::Listed) else {
        return Vec::new();
    };
    let every = scene.ctx.attribution == Attribution::Every;
    let least = if every { model.threshold } else { SURE };
    let taken = |group: Vec<Proposal>| {
        let features: Vec<&[u32]> = group.iter().map(|p| p.features.as_slice()).collect();
        let (best, probability) = model.best(&features).filter(|(_, p)| *p >= least)?;
        (every || is_statement(scene, &group[best])).then(|| group[best].draft(scene, probability))
    };
    proposals(scene, listed, |p| every || is_statement(scene, p)).filter_map(taken).collect()
}

/// What the codebook counts: somebody other than the report's own voice says or thinks it, in a sentence of the report.
fn is_statement(scene: &Scene, proposal: &Proposal) -> bool {
    let (s, _) = proposal.at;
    let holder = proposal.source.is_some_and(|at| scene.is_party(at) && !scene.is_own_voice(at));
    holder && proposal.clause && !scene.is_heading(s)
}

/// The offers of every token that is no known cue, a list a token, each with its features. One list at a time: together they would be
/// many times as large as the report.
pub(super) fn proposals<'s, W: Fn(&Proposal) -> bool>(
    scene: &'s Scene,
    known: &[Draft],
    wanted: W,
) -> impl Iterator<Item = Vec<Proposal>> + use<'s, W> {
    let mut used: Vec<At> = known.iter().filter_map(|d| d.at).collect();
    used.sort_unstable();
    let mut cues: Vec<_> = known.iter().filter_map(|d| d.cue).collect();
    cues.sort_unstable_by_key(|c| c.start);
    let tokens = (0..scene.ctx.trees.len()).flat_map(|s| (0..scene.tree(s).len()).map(move |t| (s, t)));
    tokens.filter_map(move |at| {
        let span = scene.span(at);
        let in_cue = cues[..cues.partition_point(|c| c.start <= span.start)].iter().rev().take(4).any(|c| c.contains(span));
        if in_cue || used.binary_search(&at).is_ok() {
            return None;
        }
        // Describing takes the most time: lists in which nothing could be taken are passed over.
        let mut group = propose::of_token(scene, at);
        if !group.iter().any(&wanted) {
            return None;
        }
        describe::describe(scene, at, &mut group);
        Some(group)
    })
}
