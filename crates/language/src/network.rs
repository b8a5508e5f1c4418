//! The network: one encoder, read by taggers, a tree parser and a name finder.
//!
//! A word is the sum of the embeddings of its features, normalised. Layers of gated linear recurrences, half of the channels
//! forward and half backward, add what the words around it say; the first sees each word with its neighbours. Tags are read after the
//! second layer; arcs (biaffine), labels (of the sum of two views) and names after the last.

use crate::decode::{self, NAME_TAGS};
use crate::kernels::{self, Packed, Rounded};
use crate::model::Model;
use crate::types::Types;

/// Sizes of the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sizes {
    /// Width of the word vectors.
    pub width: usize,
    /// Number of recurrent layers.
    pub layers: usize,
    /// Tags are read after this many layers.
    pub tag_layer: usize,
    /// Width of the arc views.
    pub arc: usize,
    /// Width of the label views.
    pub label: usize,
    /// Width of the name view.
    pub name: usize,
    /// Number of tags.
    pub tags: usize,
    /// Number of relations.
    pub relations: usize,
}

impl Sizes {
    /// Outputs of the map that gives the five views of a word.
    pub fn views(&self) -> usize {
        2 * self.arc + 2 * self.label + self.name
    }
}

/// Number of distance classes, both directions.
pub(crate) const DISTANCES: usize = 18;

/// Class of the distance from word `i` to its head `j` (both word indices, different).
#[inline(always)]
pub(crate) fn distance(i: usize, j: usize) -> usize {
    let bucket = match i.abs_diff(j) {
        0..=4 => i.abs_diff(j).saturating_sub(1),
        5..=6 => 4,
        7..=9 => 5,
        10..=14 => 6,
        15..=24 => 7,
        _ => 8,
    };
    if j > i { bucket } else { 9 + bucket }
}

/// What the network says of one sentence, as indices into the model's lists.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub tags: Vec<usize>,
    /// 0 for the root, else one more than the index of the head.
    pub heads: Vec<usize>,
    pub relations: Vec<usize>,
    /// Kind, first token, token after the last.
    pub names: Vec<(usize, usize, usize)>,
}

/// The maps of a model, ready for use.
pub(crate) struct Network {
    pub sizes: Sizes,
    /// Layer 1 over the previous, the same and the next word.
    pub first: [Packed; 3],
    first_bias: Vec<f32>,
    layers: Vec<Packed>,
    tags: Packed,
    views: Packed,
    arc: Packed,
    label: Packed,
    names: Packed,
    root_key: Vec<f32>,
    root_label: Vec<f32>,
    distance: Vec<f32>,
}

/// Buffers that batches share; each may be longer than what the batch at hand needs.
#[derive(Default)]
pub(crate) struct Workspace {
    stream: Vec<f32>,
    normal: Vec<f32>,
    gates: Vec<f32>,
    rounded: Rounded,
    tags: Vec<f32>,
    views: Vec<f32>,
    mapped: Vec<f32>,
    names: Vec<f32>,
    hidden: Vec<f32>,
    labels: Vec<f32>,
    arcs: Vec<f32>,
}

impl Network {
    /// Packs a model's maps.
    pub fn new(model: &Model) -> Self {
        let d = model.sizes.width;
        let whole = |map: &crate::model::Map| Packed::new(map, 0..map.weights.columns, true);
        Network {
            sizes: model.sizes.clone(),
            first: [0, 1, 2].map(|part| Packed::new(&model.layers[0], part * d..(part + 1) * d, false)),
            first_bias: model.layers[0].bias.clone(),
            layers: model.layers[1..].iter().map(whole).collect(),
            tags: whole(&model.tag_map),
            views: whole(&model.views),
            arc: whole(&model.arc),
            label: whole(&model.label),
            names: whole(&model.names),
            root_key: model.root_key.clone(),
            root_label: model.root_label.clone(),
            distance: model.distance.clone(),
        }
    }

    /// Reads sentences laid end to end: sentence `s` has the words `starts[s]..starts[s + 1]`, each given by its type.
    pub fn read(&self, words: &[u32], starts: &[usize], types: &Types, w: &mut Workspace) -> Vec<Reading> {
        let n = words.len();
        if n == 0 {
            return starts.windows(2).map(|_| Reading::default()).collect();
        }
        let d = self.sizes.width;
        self.first_layer(words, starts, types, w);
        for l in 1..=self.sizes.layers {
            kernels::reach(&mut w.normal, n * d);
            kernels::normalise(d, &w.stream[..n * d], &mut w.normal);
            w.rounded.fill(&w.normal, n, d, d);
            if l == self.sizes.tag_layer {
                kernels::multiply(&self.tags, &w.rounded, &mut w.tags);
            }
            if let Some(layer) = self.layers.get(l - 1) {
                kernels::multiply(layer, &w.rounded, &mut w.gates);
                self.recur(starts, w);
            }
        }
        self.views(n, w);
        let mut readings: Vec<Reading> = starts.windows(2).map(|bounds| self.structure(bounds[0], bounds[1], w)).collect();
        self.label(starts, &mut readings, w);
        readings
    }

    fn first_layer(&self, words: &[u32], starts: &[usize], types: &Types, w: &mut Workspace) {
        let d = self.sizes.width;
        kernels::reach(&mut w.stream, words.len() * d);
        kernels::reach(&mut w.gates, words.len() * 3 * d);
        for bounds in starts.windows(2) {
            for t in bounds[0]..bounds[1] {
                w.stream[t * d..(t + 1) * d].copy_from_slice(types.vector(words[t]));
                let before = if t > bounds[0] { types.gates(words[t - 1], 0) } else { &[] };
                let after = if t + 1 < bounds[1] { types.gates(words[t + 1], 2) } else { &[] };
                let out = &mut w.gates[t * 3 * d..(t + 1) * 3 * d];
                kernels::add_neighbours(before, types.gates(words[t], 1), after, &self.first_bias, out);
            }
        }
        self.recur(starts, w);
    }

    fn recur(&self, starts: &[usize], w: &mut Workspace) {
        let d = self.sizes.width;
        for bounds in starts.windows(2) {
            let (start, end) = (bounds[0], bounds[1]);
            kernels::recur(d, &w.gates[start * 3 * d..end * 3 * d], &mut w.stream[start * d..end * d]);
        }
    }

    /// The five views of each word, and what follows from one of them alone.
    fn views(&self, n: usize, w: &mut Workspace) {
        let (a, r) = (self.sizes.arc, self.sizes.label);
        kernels::multiply(&self.views, &w.rounded, &mut w.views);
        let width = self.views.outputs();
        for v in w.views.chunks_exact_mut(width).take(n) {
            kernels::rectify(&mut v[..2 * a]);
            kernels::rectify(&mut v[2 * a + 2 * r..]);
        }
        w.rounded.fill(&w.views, n, width, a);
        kernels::multiply(&self.arc, &w.rounded, &mut w.mapped);
        w.rounded.fill(&w.views[2 * a + 2 * r..], n, width, self.sizes.name);
        kernels::multiply(&self.names, &w.rounded, &mut w.names);
    }

    /// Tags, tree and names of the sentence `start..end`.
    fn structure(&self, start: usize, end: usize, w: &mut Workspace) -> Reading {
        let (n, a, width) = (end - start, self.sizes.arc, self.views.outputs());
        let tag_row = |t: usize| &w.tags[t * self.tags.outputs()..][..self.sizes.tags];
        let tags = (start..end).map(|t| kernels::best(tag_row(t))).collect();
        kernels::reach(&mut w.arcs, n * (n + 1));
        for i in 0..n {
            let query = &w.mapped[(start + i) * self.arc.outputs()..][..a];
            let row = &mut w.arcs[i * (n + 1)..(i + 1) * (n + 1)];
            kernels::dots(query, &self.root_key, a, &mut row[..1]);
            kernels::dots(query, &w.views[start * width + a..], width, &mut row[1..]);
            for (j, score) in row[1..].iter_mut().enumerate() {
                *score = if i == j { -1e9 } else { *score + self.distance[distance(i, j)] };
            }
        }
        let mut names = Vec::with_capacity(n * NAME_TAGS);
        for t in start..end {
            names.extend_from_slice(&w.names[t * self.names.outputs()..][..NAME_TAGS]);
        }
        Reading { tags, heads: decode::tree(n, &w.arcs), relations: Vec::new(), names: decode::names(n, &names) }
    }

    fn label(&self, starts: &[usize], readings: &mut [Reading], w: &mut Workspace) {
        let (a, r, width) = (self.sizes.arc, self.sizes.label, self.views.outputs());
        let n = starts[starts.len() - 1];
        kernels::reach(&mut w.hidden, n * r);
        for (reading, bounds) in readings.iter().zip(starts.windows(2)) {
            for (i, &head) in reading.heads.iter().enumerate() {
                let t = bounds[0] + i;
                let own = &w.views[t * width + 2 * a..][..r];
                let other = match head {
                    0 => &self.root_label[..],
                    h => &w.views[(bounds[0] + h - 1) * width + 2 * a + r..][..r],
                };
                kernels::add_rectified(own, other, &mut w.hidden[t * r..(t + 1) * r]);
            }
        }
        w.rounded.fill(&w.hidden, n, r, r);
        kernels::multiply(&self.label, &w.rounded, &mut w.labels);
        for (reading, bounds) in readings.iter_mut().zip(starts.windows(2)) {
            let row = |t: usize| &w.labels[t * self.label.outputs()..][..self.sizes.relations];
            reading.relations = (bounds[0]..bounds[1]).map(|t| kernels::best(row(t))).collect();
        }
    }
}
