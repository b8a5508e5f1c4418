//! Where each part of the network lies in the flat vector of dense parameters.

use super::matrix::COLUMNS;
use super::random::Random;
use crate::decode::NAME_TAGS;
use crate::network::{DISTANCES, Sizes};

/// A linear map `inputs → outputs` (outputs padded), weights stored input by input, then biases.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Linear {
    pub at: usize,
    pub inputs: usize,
    pub outputs: usize,
}

impl Linear {
    pub fn weights(self) -> std::ops::Range<usize> {
        self.at..self.at + self.inputs * self.outputs
    }

    pub fn bias(self) -> std::ops::Range<usize> {
        let at = self.at + self.inputs * self.outputs;
        at..at + self.outputs
    }
}

/// All parts.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub layers: Vec<Linear>,
    pub tags: Linear,
    /// Arc dependent, arc head, label dependent, label head, name: the five views of a word the heads of the network need.
    pub views: Linear,
    pub arc: Linear,
    pub label: Linear,
    pub names: Linear,
    /// Arc-head view of the root.
    pub root_key: usize,
    /// Label-head view of the root.
    pub root_label: usize,
    /// Preference for distances.
    pub distance: usize,
    pub total: usize,
}

fn padded(n: usize) -> usize {
    n.div_ceil(COLUMNS) * COLUMNS
}

impl Layout {
    pub fn new(sizes: &Sizes) -> Self {
        let mut at = 0;
        let mut linear = |inputs: usize, outputs: usize| {
            let linear = Linear { at, inputs, outputs: padded(outputs) };
            at = linear.bias().end;
            linear
        };
        let d = sizes.width;
        let layers = (0..sizes.layers).map(|l| linear(if l == 0 { 3 * d } else { d }, 3 * d)).collect();
        let tags = linear(d, sizes.tags);
        let views = linear(d, sizes.views());
        let arc = linear(sizes.arc, sizes.arc);
        let label = linear(sizes.label, sizes.relations);
        let names = linear(sizes.name, NAME_TAGS);
        let mut vector = |n: usize| {
            at += n;
            at - n
        };
        let (root_key, root_label) = (vector(sizes.arc), vector(sizes.label));
        let distance = vector(DISTANCES);
        Layout { layers, tags, views, arc, label, names, root_key, root_label, distance, total: at }
    }

    /// Linear parts, for loops over all of them.
    pub fn linears(&self) -> impl Iterator<Item = Linear> + '_ {
        self.layers.iter().copied().chain([self.tags, self.views, self.arc, self.label, self.names])
    }

    /// First values.
    pub fn initial(&self, sizes: &Sizes, random: &mut Random) -> Vec<f32> {
        let mut values = vec![0f32; self.total];
        for linear in self.linears() {
            let spread = (1.0 / linear.inputs as f32).sqrt();
            values[linear.weights()].iter_mut().for_each(|w| *w = random.normal() * spread);
        }
        let d = sizes.width;
        for layer in &self.layers {
            // Memories of different length, from a word or two to a whole clause.
            for (i, b) in values[layer.bias()][d..2 * d].iter_mut().enumerate() {
                *b = 3.0 * ((i * 7) % d) as f32 / d as f32;
            }
        }
        for i in self.root_key..self.root_key + sizes.arc {
            values[i] = random.normal() * 0.1;
        }
        values
    }
}
