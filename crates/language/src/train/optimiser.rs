//! Adam, with lazy moments for embedding rows that a batch did not touch.

use super::learn::{Gradients, Parameters};

const BETA1: f32 = 0.9;
const BETA2: f32 = 0.99;
const EPSILON: f32 = 1e-8;

pub(crate) struct Adam {
    dense: Moments,
    embeddings: Moments,
    step: i32,
}

struct Moments {
    first: Vec<f32>,
    second: Vec<f32>,
}

impl Moments {
    fn new(n: usize) -> Self {
        Moments { first: vec![0.0; n], second: vec![0.0; n] }
    }

    fn update(&mut self, at: std::ops::Range<usize>, values: &mut [f32], gradients: &[f32], scale: f32, rate: f32) {
        let (first, second) = (&mut self.first[at.clone()], &mut self.second[at.clone()]);
        let (values, gradients) = (&mut values[at.clone()], &gradients[at]);
        for i in 0..values.len() {
            let g = gradients[i] * scale;
            first[i] = BETA1 * first[i] + (1.0 - BETA1) * g;
            second[i] = BETA2 * second[i] + (1.0 - BETA2) * g * g;
            values[i] -= rate * first[i] / (second[i].sqrt() + EPSILON);
        }
    }
}

impl Adam {
    pub fn new(parameters: &Parameters) -> Self {
        Adam { dense: Moments::new(parameters.dense.len()), embeddings: Moments::new(parameters.embeddings.len()), step: 0 }
    }

    /// One step against `gradients`, clipped to the norm `clip`.
    pub fn step(&mut self, parameters: &mut Parameters, gradients: &Gradients, rate: f32, clip: f32) {
        self.step += 1;
        let norm = crate::numeric::dot(&gradients.dense, &gradients.dense).sqrt();
        let scale = if norm > clip { clip / norm } else { 1.0 };
        let correction = (1.0 - power(BETA2, self.step)).sqrt() / (1.0 - power(BETA1, self.step));
        let rate = rate * correction;
        let n = parameters.dense.len();
        self.dense.update(0..n, &mut parameters.dense, &gradients.dense, scale, rate);
        let d = parameters.sizes.width;
        for &row in &gradients.touched {
            let at = row as usize * d..(row as usize + 1) * d;
            self.embeddings.update(at, &mut parameters.embeddings, &gradients.embeddings, scale, rate);
        }
    }
}

/// `base^n` by multiplication: `powi` is not the same everywhere.
fn power(base: f32, n: i32) -> f32 {
    (0..n.min(4000)).fold(1.0, |p, _| p * base)
}
