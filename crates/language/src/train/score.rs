//! Scores on a held-out treebank with given tokens, by the network in floats.

use super::data::Example;
use super::learn::{Batch, Parameters};
use super::prepare::{Counted, Labels, rows};
use super::random::Random;
use crate::decode;
use crate::gazetteer::Gazetteer;
use std::fmt;

/// Share of words that are right.
#[derive(Default)]
pub(crate) struct Scores {
    words: usize,
    upos: usize,
    tags: usize,
    heads: usize,
    labelled: usize,
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |n: usize| 100.0 * n as f64 / self.words.max(1) as f64;
        let (upos, tags, uas, las) = (share(self.upos), share(self.tags), share(self.heads), share(self.labelled));
        write!(f, "UPOS {upos:.2} all tags {tags:.2} UAS {uas:.2} LAS {las:.2}")
    }
}

/// Index of the largest, the first of equals.
pub(crate) fn best(scores: &[f32]) -> usize {
    (1..scores.len()).fold(0, |best, i| if scores[i] > scores[best] { i } else { best })
}

pub(crate) fn score(
    parameters: &Parameters,
    labels: &Labels,
    vocabulary: &Counted,
    gazetteer: &Gazetteer,
    held_out: &[Example],
) -> Scores {
    let mut scores = Scores::default();
    for group in held_out.chunks(32) {
        let mut batch = Batch { starts: vec![0], ..Batch::default() };
        for example in group {
            batch.rows.extend(rows(&example.words, &vocabulary.table, gazetteer, None));
            batch.starts.push(batch.rows.len());
            batch.gold.push((true, false));
        }
        let mut forward = parameters.forward(&batch, 0.0, &mut Random::new(0), false);
        let mut heads = Vec::new();
        for (s, bounds) in batch.starts.windows(2).enumerate() {
            heads.extend(decode::tree(bounds[1] - bounds[0], &forward.arc_scores[s]).into_iter().map(|h| h as u16));
        }
        parameters.label(&batch, &heads, &mut forward);
        let gold = group.iter().filter_map(|e| e.tree.as_ref()).flatten();
        for (i, gold) in gold.enumerate() {
            let tags = &forward.tag_scores[i * parameters.layout.tags.outputs..][..labels.tags.len()];
            let tag = &labels.tags[best(tags)];
            let relations = &forward.label_scores[i * parameters.layout.label.outputs..][..labels.relations.len()];
            let attached = usize::from(heads[i] as usize == gold.head);
            scores.words += 1;
            scores.upos += usize::from(tag.split('\t').next() == gold.tag.split('\t').next());
            scores.tags += usize::from(*tag == gold.tag);
            scores.heads += attached;
            scores.labelled += attached * usize::from(labels.relations[best(relations)] == gold.relation);
        }
    }
    scores
}
