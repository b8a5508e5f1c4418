//! Floats to the 8-bit model.

use super::layout::Linear;
use super::learn::Parameters;
use super::prepare::{Counted, Labels};
use crate::boundaries::Boundaries;
use crate::decode::NAME_TAGS;
use crate::gazetteer::Gazetteer;
use crate::lemma::Lemmas;
use crate::model::{Map, Model, Rows};
use crate::network::DISTANCES;

pub(crate) fn model(
    p: &Parameters,
    labels: Labels,
    vocabulary: &Counted,
    lemmas: Lemmas,
    gazetteer: Gazetteer,
    boundaries: Boundaries,
) -> Model {
    let sizes = &p.sizes;
    let vector = |at: usize, n: usize| p.dense[at..at + n].to_vec();
    Model {
        sizes: sizes.clone(),
        keys: vocabulary.keys.clone(),
        tags: labels.tags,
        relations: labels.relations,
        embeddings: rows(p.embeddings.chunks_exact(sizes.width).map(<[f32]>::to_vec), sizes.width),
        layers: p.layout.layers.iter().map(|&l| map(p, l, l.outputs)).collect(),
        tag_map: map(p, p.layout.tags, sizes.tags),
        views: map(p, p.layout.views, sizes.views()),
        arc: map(p, p.layout.arc, sizes.arc),
        label: map(p, p.layout.label, sizes.relations),
        names: map(p, p.layout.names, NAME_TAGS),
        root_key: vector(p.layout.root_key, sizes.arc),
        root_label: vector(p.layout.root_label, sizes.label),
        distance: vector(p.layout.distance, DISTANCES),
        lemmas,
        gazetteer,
        boundaries,
    }
}

/// One scale per row: the largest value of the row becomes 127.
fn rows(values: impl Iterator<Item = Vec<f32>>, columns: usize) -> Rows {
    let mut out = Rows { columns, scales: Vec::new(), values: Vec::new() };
    for row in values {
        let largest = row.iter().fold(0f32, |m, v| m.max(v.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        out.scales.push(scale);
        out.values.extend(row.iter().map(|v| (v / scale).round() as i8));
    }
    out
}

/// The first `outputs` outputs of a linear map, output by output.
fn map(p: &Parameters, linear: Linear, outputs: usize) -> Map {
    let weights = &p.dense[linear.weights()];
    let row = |o: usize| (0..linear.inputs).map(|i| weights[i * linear.outputs + o]).collect();
    Map { weights: rows((0..outputs).map(row), linear.inputs), bias: p.dense[linear.bias()][..outputs].to_vec() }
}
