//! Forward and backward pass of the network over a batch of sentences, in 32-bit floats.

use super::layout::{Layout, Linear};
use super::matrix::{View, multiply};
use super::operations::{Normal, apply, cross_entropy, head_loss, mask, narrow, scan, scan_backward, widen};
use super::random::Random;
use crate::decode::NAME_TAGS;
use crate::features::KINDS;
use crate::network::{Sizes, distance};
use crate::numeric::sigmoid;

/// Sentences laid end to end.
#[derive(Clone, Default)]
pub(crate) struct Batch {
    pub rows: Vec<[u32; KINDS]>,
    /// Sentence `s` covers words `starts[s]..starts[s + 1]`.
    pub starts: Vec<usize>,
    /// For each sentence: has a tree, has names.
    pub gold: Vec<(bool, bool)>,
    pub tags: Vec<u16>,
    pub heads: Vec<u16>,
    pub relations: Vec<u8>,
    pub names: Vec<u8>,
}

/// The parameters.
pub(crate) struct Parameters {
    pub sizes: Sizes,
    pub layout: Layout,
    pub dense: Vec<f32>,
    /// Rows of `sizes.width`.
    pub embeddings: Vec<f32>,
}

/// Gradients of one batch.
pub(crate) struct Gradients {
    pub dense: Vec<f32>,
    pub embeddings: Vec<f32>,
    /// Rows of `embeddings` that are not zero, without repetition.
    pub touched: Vec<u32>,
    is_touched: Vec<bool>,
}

impl Gradients {
    pub fn new(parameters: &Parameters) -> Self {
        let rows = parameters.embeddings.len() / parameters.sizes.width;
        Gradients {
            dense: vec![0.0; parameters.dense.len()],
            embeddings: vec![0.0; parameters.embeddings.len()],
            touched: Vec::new(),
            is_touched: vec![false; rows],
        }
    }

    /// Adds another batch's gradients and leaves them zero.
    pub fn take(&mut self, other: &mut Gradients, width: usize) {
        for (a, b) in self.dense.iter_mut().zip(&mut other.dense) {
            *a += std::mem::take(b);
        }
        for row in std::mem::take(&mut other.touched) {
            other.is_touched[row as usize] = false;
            let range = row as usize * width..(row as usize + 1) * width;
            self.touch(row);
            for (a, b) in self.embeddings[range.clone()].iter_mut().zip(&mut other.embeddings[range]) {
                *a += std::mem::take(b);
            }
        }
    }

    pub fn clear(&mut self, width: usize) {
        self.dense.fill(0.0);
        for row in std::mem::take(&mut self.touched) {
            self.is_touched[row as usize] = false;
            self.embeddings[row as usize * width..(row as usize + 1) * width].fill(0.0);
        }
    }

    fn touch(&mut self, row: u32) {
        if !std::mem::replace(&mut self.is_touched[row as usize], true) {
            self.touched.push(row);
        }
    }
}

/// Summed losses of a batch.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Loss {
    pub tags: f32,
    pub arcs: f32,
    pub labels: f32,
    pub names: f32,
}

/// Everything the forward pass leaves behind.
pub(crate) struct Forward {
    normal: Vec<Normal>,
    input_mask: Vec<f32>,
    wide: Vec<f32>,
    gates: Vec<Vec<f32>>,
    memory: Vec<Vec<f32>>,
    layer_masks: Vec<Vec<f32>>,
    view_mask: Vec<f32>,
    view_input: Vec<f32>,
    views: Vec<f32>,
    mapped: Vec<f32>,
    pub tag_scores: Vec<f32>,
    pub name_scores: Vec<f32>,
    /// Per sentence `n × (n + 1)`.
    pub arc_scores: Vec<Vec<f32>>,
    label_hidden: Vec<f32>,
    label_mask: Vec<f32>,
    pub label_scores: Vec<f32>,
}

fn linear(p: &Parameters, map: Linear, n: usize, x: &[f32]) -> Vec<f32> {
    let mut y = vec![0f32; n * map.outputs];
    let bias = &p.dense[map.bias()];
    y.chunks_exact_mut(map.outputs).for_each(|row| row.copy_from_slice(bias));
    let view = View { data: x, row: map.inputs, column: 1 };
    multiply(n, map.inputs, map.outputs, view, &p.dense[map.weights()], &mut y, true);
    y
}

/// Gradients of a linear map; returns the gradient of its input.
fn linear_backward(map: Linear, n: usize, x: &[f32], dy: &[f32], transposed: &[f32], g: &mut [f32]) -> Vec<f32> {
    {
        let bias = &mut g[map.bias()];
        for row in dy.chunks_exact(map.outputs) {
            bias.iter_mut().zip(row).for_each(|(b, d)| *b += d);
        }
    }
    let x_by_input = View { data: x, row: 1, column: map.inputs };
    multiply(map.inputs, n, map.outputs, x_by_input, dy, &mut g[map.weights()], true);
    let mut dx = vec![0f32; n * map.inputs];
    let view = View { data: dy, row: map.outputs, column: 1 };
    multiply(n, map.outputs, map.inputs, view, &transposed[map.weights()], &mut dx, false);
    dx
}

impl Parameters {
    /// One pass; `drop` is 0 outside training.
    pub fn forward(&self, batch: &Batch, drop: f32, random: &mut Random, gold_heads: bool) -> Forward {
        let (d, sizes, n) = (self.sizes.width, &self.sizes, batch.rows.len());
        let mut stream = vec![0f32; n * d];
        for (rows, x) in batch.rows.iter().zip(stream.chunks_exact_mut(d)) {
            for &row in rows {
                let e = &self.embeddings[row as usize * d..(row as usize + 1) * d];
                x.iter_mut().zip(e).for_each(|(x, e)| *x += e);
            }
        }
        let mut normal = vec![Normal::new(d, &stream)];
        stream.copy_from_slice(&normal[0].values);
        let input_mask = mask(n * d, drop, random);
        apply(&mut stream, &input_mask);
        let wide = widen(d, batch, &stream);
        let (mut gates, mut memory, mut layer_masks) = (Vec::new(), Vec::new(), Vec::new());
        let mut tag_scores = Vec::new();
        for (l, &layer) in self.layout.layers.iter().enumerate() {
            if l > 0 {
                normal.push(Normal::new(d, &stream));
            }
            let mut u = linear(self, layer, n, if l == 0 { &wide } else { &normal[l].values });
            for u in u.chunks_exact_mut(3 * d) {
                u[d..].iter_mut().for_each(|v| *v = sigmoid(*v));
            }
            let c = scan(d, batch, &u);
            let m = mask(n * d, drop, random);
            for t in 0..n {
                for i in 0..d {
                    let h = c[t * d + i] * u[t * 3 * d + 2 * d + i];
                    stream[t * d + i] += if drop > 0.0 { h * m[t * d + i] } else { h };
                }
            }
            gates.push(u);
            memory.push(c);
            layer_masks.push(m);
            if l + 1 == sizes.tag_layer {
                normal.push(Normal::new(d, &stream));
                tag_scores = linear(self, self.layout.tags, n, &normal[l + 1].values);
                // Layers above normalise the same stream.
                if l + 1 < sizes.layers {
                    normal.pop();
                }
            }
        }
        if sizes.tag_layer < sizes.layers {
            normal.push(Normal::new(d, &stream));
        }
        let view_mask = mask(n * d, drop, random);
        let mut view_input = normal[sizes.layers].values.clone();
        apply(&mut view_input, &view_mask);
        let mut views = linear(self, self.layout.views, n, &view_input);
        let (a, r, width) = (sizes.arc, sizes.label, self.layout.views.outputs);
        for v in views.chunks_exact_mut(width) {
            v[..2 * a].iter_mut().for_each(|x| *x = x.max(0.0));
            v[2 * a + 2 * r..].iter_mut().for_each(|x| *x = x.max(0.0));
        }
        let queries: Vec<f32> = views.chunks_exact(width).flat_map(|v| v[..a].iter().copied()).collect();
        let mapped = linear(self, self.layout.arc, n, &queries);
        let arc_scores = (0..batch.gold.len()).map(|s| self.arc_scores(batch, s, &views, &mapped)).collect();
        let named: Vec<f32> =
            views.chunks_exact(width).flat_map(|v| v[2 * a + 2 * r..2 * a + 2 * r + sizes.name].iter().copied()).collect();
        let name_scores = linear(self, self.layout.names, n, &named);
        let mut forward = Forward {
            normal,
            input_mask,
            wide,
            gates,
            memory,
            layer_masks,
            view_mask,
            view_input,
            views,
            mapped,
            tag_scores,
            name_scores,
            arc_scores,
            label_hidden: Vec::new(),
            label_mask: Vec::new(),
            label_scores: Vec::new(),
        };
        if gold_heads {
            forward.label_mask = mask(n * r, drop, random);
            self.label(batch, &batch.heads, &mut forward);
        }
        forward
    }

    fn arc_scores(&self, batch: &Batch, s: usize, views: &[f32], mapped: &[f32]) -> Vec<f32> {
        let (start, end) = (batch.starts[s], batch.starts[s + 1]);
        let (n, a, width) = (end - start, self.sizes.arc, self.layout.views.outputs);
        let far = &self.dense[self.layout.distance..];
        let root = &self.dense[self.layout.root_key..self.layout.root_key + a];
        let mut scores = vec![0f32; n * (n + 1)];
        let key = |j: usize| &views[(start + j) * width + a..(start + j) * width + 2 * a];
        for i in 0..n {
            let q = &mapped[(start + i) * a..(start + i + 1) * a];
            let row = &mut scores[i * (n + 1)..(i + 1) * (n + 1)];
            row[0] = crate::numeric::dot(q, root);
            for j in 0..n {
                row[j + 1] = if i == j { -1e9 } else { crate::numeric::dot(q, key(j)) + far[distance(i, j)] };
            }
        }
        scores
    }

    /// Fills in label scores for the given heads.
    pub fn label(&self, batch: &Batch, heads: &[u16], forward: &mut Forward) {
        let (n, a, r, width) = (batch.rows.len(), self.sizes.arc, self.sizes.label, self.layout.views.outputs);
        let root = &self.dense[self.layout.root_label..self.layout.root_label + r];
        let mut hidden = vec![0f32; n * r];
        for s in 0..batch.gold.len() {
            for i in batch.starts[s]..batch.starts[s + 1] {
                let own = &forward.views[i * width + 2 * a..i * width + 2 * a + r];
                let other = match heads[i] {
                    0 => root,
                    h => {
                        let j = batch.starts[s] + h as usize - 1;
                        &forward.views[j * width + 2 * a + r..j * width + 2 * a + 2 * r]
                    }
                };
                for k in 0..r {
                    hidden[i * r + k] = (own[k] + other[k]).max(0.0);
                }
            }
        }
        apply(&mut hidden, &forward.label_mask);
        forward.label_scores = linear(self, self.layout.label, n, &hidden);
        forward.label_hidden = hidden;
    }

    /// Adds the gradients of a batch.
    pub fn backward(&self, batch: &Batch, mut f: Forward, transposed: &[f32], weights: Weights, g: &mut Gradients) -> Loss {
        let (d, sizes, n) = (self.sizes.width, &self.sizes, batch.rows.len());
        let (a, r, width) = (sizes.arc, sizes.label, self.layout.views.outputs);
        let mut loss = Loss::default();
        let mut dviews = vec![0f32; n * width];
        let mut dmapped = vec![0f32; n * a];
        let mut dtags = std::mem::take(&mut f.tag_scores);
        let mut dlabels = std::mem::take(&mut f.label_scores);
        let mut dnames = std::mem::take(&mut f.name_scores);
        for (s, &(has_tree, has_names)) in batch.gold.iter().enumerate() {
            for i in batch.starts[s]..batch.starts[s + 1] {
                let tags = &mut dtags[i * self.layout.tags.outputs..(i + 1) * self.layout.tags.outputs];
                let labels = &mut dlabels[i * self.layout.label.outputs..(i + 1) * self.layout.label.outputs];
                if has_tree {
                    loss.tags += head_loss(tags, sizes.tags, batch.tags[i] as usize, weights.tree);
                    loss.labels += head_loss(labels, sizes.relations, batch.relations[i] as usize, weights.tree);
                } else {
                    tags.fill(0.0);
                    labels.fill(0.0);
                }
                let names = &mut dnames[i * self.layout.names.outputs..(i + 1) * self.layout.names.outputs];
                if has_names {
                    loss.names += head_loss(names, NAME_TAGS, batch.names[i] as usize, weights.names);
                } else {
                    names.fill(0.0);
                }
            }
            if has_tree {
                loss.arcs += self.arcs_backward(batch, s, &mut f, weights.tree, &mut dviews, &mut dmapped, g);
            }
        }
        // Labels.
        let mut dhidden = linear_backward(self.layout.label, n, &f.label_hidden, &dlabels, transposed, &mut g.dense);
        apply(&mut dhidden, &f.label_mask);
        for s in 0..batch.gold.len() {
            for i in batch.starts[s]..batch.starts[s + 1] {
                for k in 0..r {
                    if f.label_hidden[i * r + k] > 0.0 {
                        let dh = dhidden[i * r + k];
                        dviews[i * width + 2 * a + k] += dh;
                        match batch.heads[i] {
                            0 => g.dense[self.layout.root_label + k] += dh,
                            h => dviews[(batch.starts[s] + h as usize - 1) * width + 2 * a + r + k] += dh,
                        }
                    }
                }
            }
        }
        // Names.
        let part = 2 * a + 2 * r..2 * a + 2 * r + sizes.name;
        let named: Vec<f32> = f.views.chunks_exact(width).flat_map(|v| v[part.clone()].iter().copied()).collect();
        let dnamed = linear_backward(self.layout.names, n, &named, &dnames, transposed, &mut g.dense);
        for (dv, dn) in dviews.chunks_exact_mut(width).zip(dnamed.chunks_exact(sizes.name)) {
            dv[part.clone()].copy_from_slice(dn);
        }
        // Arcs.
        let queries: Vec<f32> = f.views.chunks_exact(width).flat_map(|v| v[..a].iter().copied()).collect();
        let dqueries = linear_backward(self.layout.arc, n, &queries, &dmapped, transposed, &mut g.dense);
        for (dv, dq) in dviews.chunks_exact_mut(width).zip(dqueries.chunks_exact(a)) {
            dv[..a].copy_from_slice(dq);
        }
        for (dv, v) in dviews.chunks_exact_mut(width).zip(f.views.chunks_exact(width)) {
            for k in (0..2 * a).chain(part.clone()) {
                if v[k] <= 0.0 {
                    dv[k] = 0.0;
                }
            }
        }
        let mut dinput = linear_backward(self.layout.views, n, &f.view_input, &dviews, transposed, &mut g.dense);
        apply(&mut dinput, &f.view_mask);
        let mut dstream = vec![0f32; n * d];
        f.normal[sizes.layers].backward(d, &dinput, &mut dstream);
        self.layers_backward(batch, &f, dtags, dstream, transposed, g);
        loss
    }

    #[allow(clippy::too_many_arguments)]
    fn arcs_backward(
        &self,
        batch: &Batch,
        s: usize,
        f: &mut Forward,
        scale: f32,
        dviews: &mut [f32],
        dmapped: &mut [f32],
        g: &mut Gradients,
    ) -> f32 {
        let (start, end) = (batch.starts[s], batch.starts[s + 1]);
        let (n, a, width) = (end - start, self.sizes.arc, self.layout.views.outputs);
        let layout = &self.layout;
        let mut scores = std::mem::take(&mut f.arc_scores[s]);
        let mut loss = 0.0;
        for i in 0..n {
            let row = &mut scores[i * (n + 1)..(i + 1) * (n + 1)];
            loss += cross_entropy(row, batch.heads[start + i] as usize, scale);
            let q = &f.mapped[(start + i) * a..(start + i + 1) * a];
            let dq = &mut dmapped[(start + i) * a..(start + i + 1) * a];
            for (j, &ds) in row.iter().enumerate().filter(|(_, ds)| ds.abs() > 1e-9) {
                if j == 0 {
                    for k in 0..a {
                        dq[k] += ds * self.dense[layout.root_key + k];
                        g.dense[layout.root_key + k] += ds * q[k];
                    }
                } else if j != i + 1 {
                    let at = (start + j - 1) * width + a;
                    let (key, dkey) = (&f.views[at..at + a], &mut dviews[at..at + a]);
                    for k in 0..a {
                        dq[k] += ds * key[k];
                        dkey[k] += ds * q[k];
                    }
                    g.dense[layout.distance + distance(i, j - 1)] += ds;
                }
            }
        }
        loss
    }

    fn layers_backward(
        &self,
        batch: &Batch,
        f: &Forward,
        dtags: Vec<f32>,
        mut dstream: Vec<f32>,
        transposed: &[f32],
        g: &mut Gradients,
    ) {
        let (d, n) = (self.sizes.width, batch.rows.len());
        for l in (0..self.sizes.layers).rev() {
            if l + 1 == self.sizes.tag_layer {
                let normal = &f.normal[l + 1];
                let dx = linear_backward(self.layout.tags, n, &normal.values, &dtags, transposed, &mut g.dense);
                normal.backward(d, &dx, &mut dstream);
            }
            let mut dh = dstream.clone();
            apply(&mut dh, &f.layer_masks[l]);
            let du = scan_backward(d, batch, &f.gates[l], &f.memory[l], &dh);
            let input = if l == 0 { &f.wide } else { &f.normal[l].values };
            let dx = linear_backward(self.layout.layers[l], n, input, &du, transposed, &mut g.dense);
            if l > 0 {
                f.normal[l].backward(d, &dx, &mut dstream);
            } else {
                narrow(d, batch, &dx, &mut dstream);
            }
        }
        apply(&mut dstream, &f.input_mask);
        let mut dsum = vec![0f32; n * d];
        f.normal[0].backward(d, &dstream, &mut dsum);
        for (rows, dx) in batch.rows.iter().zip(dsum.chunks_exact(d)) {
            for &row in rows {
                g.touch(row);
                let e = &mut g.embeddings[row as usize * d..(row as usize + 1) * d];
                e.iter_mut().zip(dx).for_each(|(e, dx)| *e += dx);
            }
        }
    }
}

/// How much the losses count.
#[derive(Clone, Copy)]
pub(crate) struct Weights {
    pub tree: f32,
    pub names: f32,
}
