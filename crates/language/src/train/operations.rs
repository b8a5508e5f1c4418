//! The steps that the network is made of, each with its way back. No parameter lives here.

use super::learn::Batch;
use super::random::Random;
use crate::numeric::exp;

/// Layer normalisation without gain or bias: the linear map that follows has both.
pub(crate) struct Normal {
    pub values: Vec<f32>,
    scale: Vec<f32>,
}

impl Normal {
    pub fn new(d: usize, x: &[f32]) -> Self {
        let mut values = vec![0f32; x.len()];
        let mut scale = Vec::with_capacity(x.len() / d);
        for (x, y) in x.chunks_exact(d).zip(values.chunks_exact_mut(d)) {
            let mean = crate::numeric::sum(x.iter().copied()) / d as f32;
            let variance = crate::numeric::sum(x.iter().map(|v| (v - mean) * (v - mean))) / d as f32;
            let s = 1.0 / (variance + 1e-5).sqrt();
            y.iter_mut().zip(x).for_each(|(y, x)| *y = (x - mean) * s);
            scale.push(s);
        }
        Normal { values, scale }
    }

    /// Adds the gradient of the input to `dx`.
    pub fn backward(&self, d: usize, dy: &[f32], dx: &mut [f32]) {
        for (((y, dy), dx), s) in self.values.chunks_exact(d).zip(dy.chunks_exact(d)).zip(dx.chunks_exact_mut(d)).zip(&self.scale) {
            let mean = crate::numeric::sum(dy.iter().copied()) / d as f32;
            let along = crate::numeric::dot(y, dy) / d as f32;
            for i in 0..d {
                dx[i] += s * (dy[i] - mean - y[i] * along);
            }
        }
    }
}

pub(crate) fn mask(n: usize, drop: f32, random: &mut Random) -> Vec<f32> {
    if drop == 0.0 {
        return Vec::new();
    }
    let keep = 1.0 / (1.0 - drop);
    // 16 bits of each random number decide one element.
    let limit = (drop * 65536.0) as u64;
    let mut out = Vec::with_capacity(n + 3);
    while out.len() < n {
        let mut bits = random.next();
        for _ in 0..4 {
            out.push(if (bits & 0xffff) < limit { 0.0 } else { keep });
            bits >>= 16;
        }
    }
    out.truncate(n);
    out
}

pub(crate) fn apply(values: &mut [f32], mask: &[f32]) {
    values.iter_mut().zip(mask).for_each(|(v, m)| *v *= m);
}

/// Turns scores into gradients of the cross entropy, scaled; returns the loss.
pub(crate) fn cross_entropy(scores: &mut [f32], gold: usize, scale: f32) -> f32 {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut total = 0.0;
    for s in scores.iter_mut() {
        *s = exp(*s - top);
        total += *s;
    }
    let probability = scores[gold] / total;
    scores.iter_mut().for_each(|s| *s *= scale / total);
    scores[gold] -= scale;
    -probability.max(1e-20).ln()
}

/// Cross entropy over the first `count` scores; padding gets no gradient.
pub(crate) fn head_loss(scores: &mut [f32], count: usize, gold: usize, scale: f32) -> f32 {
    let (real, padding) = scores.split_at_mut(count);
    padding.fill(0.0);
    cross_entropy(real, gold, scale)
}

/// Each word with its neighbours; nothing beyond the sentence.
pub(crate) fn widen(d: usize, batch: &Batch, x: &[f32]) -> Vec<f32> {
    let mut wide = vec![0f32; x.len() * 3];
    for bounds in batch.starts.windows(2) {
        for t in bounds[0]..bounds[1] {
            for (part, at) in [t.wrapping_sub(1), t, t + 1].into_iter().enumerate() {
                if (bounds[0]..bounds[1]).contains(&at) {
                    wide[(t * 3 + part) * d..(t * 3 + part + 1) * d].copy_from_slice(&x[at * d..(at + 1) * d]);
                }
            }
        }
    }
    wide
}

pub(crate) fn narrow(d: usize, batch: &Batch, dwide: &[f32], dx: &mut [f32]) {
    for bounds in batch.starts.windows(2) {
        for t in bounds[0]..bounds[1] {
            for (part, at) in [t.wrapping_sub(1), t, t + 1].into_iter().enumerate() {
                if (bounds[0]..bounds[1]).contains(&at) {
                    let from = &dwide[(t * 3 + part) * d..(t * 3 + part + 1) * d];
                    dx[at * d..(at + 1) * d].iter_mut().zip(from).for_each(|(x, w)| *x += w);
                }
            }
        }
    }
}

/// The gated linear recurrence: the first half of the channels runs forward, the second backward.
pub(crate) fn scan(d: usize, batch: &Batch, u: &[f32]) -> Vec<f32> {
    let (half, mut c) = (d / 2, vec![0f32; u.len() / 3]);
    for bounds in batch.starts.windows(2) {
        for (channels, backward) in [(0..half, false), (half..d, true)] {
            let mut state = vec![0f32; d];
            for step in 0..bounds[1] - bounds[0] {
                let t = if backward { bounds[1] - 1 - step } else { bounds[0] + step };
                let u = &u[t * 3 * d..(t + 1) * 3 * d];
                for i in channels.clone() {
                    state[i] = u[i] + u[d + i] * (state[i] - u[i]);
                    c[t * d + i] = state[i];
                }
            }
        }
    }
    c
}

pub(crate) fn scan_backward(d: usize, batch: &Batch, u: &[f32], c: &[f32], dh: &[f32]) -> Vec<f32> {
    let (half, mut du) = (d / 2, vec![0f32; u.len()]);
    for bounds in batch.starts.windows(2) {
        for (channels, backward) in [(0..half, false), (half..d, true)] {
            let mut carry = vec![0f32; d];
            let n = bounds[1] - bounds[0];
            for step in (0..n).rev() {
                let t = if backward { bounds[1] - 1 - step } else { bounds[0] + step };
                let before = if step == 0 { None } else { Some(if backward { t + 1 } else { t - 1 }) };
                let gates = &u[t * 3 * d..(t + 1) * 3 * d];
                let du = &mut du[t * 3 * d..(t + 1) * 3 * d];
                for i in channels.clone() {
                    let (z, keep, out, dh) = (gates[i], gates[d + i], gates[2 * d + i], dh[t * d + i]);
                    let previous = before.map_or(0.0, |b| c[b * d + i]);
                    let dc = dh * out + carry[i];
                    du[i] = dc * (1.0 - keep);
                    du[d + i] = dc * (previous - z) * keep * (1.0 - keep);
                    du[2 * d + i] = dh * c[t * d + i] * out * (1.0 - out);
                    carry[i] = dc * keep;
                }
            }
        }
    }
    du
}
