//! The arithmetic of the network, the same to the last bit on every machine.
//!
//! Products of matrices are done in integers: weights are 8-bit (stored widened to 16), activations are rounded to 15 bits
//! with one scale a word, sums are 32-bit and never overflow, so their order does not matter and the fast code
//! for AVX2 and AVX-512 agrees exactly with the portable. What is done in floats (normalisation, gates, recurrences) uses IEEE operations in one fixed order and
//! none of the C library's functions; Rust does not fuse or reorder them. The `vectorised!` functions are compiled twice,
//! once for AVX2, from the same source.

use crate::model::Map;
use crate::numeric::{fold, sigmoid};

/// Outputs are computed in blocks of this many.
pub(crate) const BLOCK: usize = 16;
/// Largest magnitude of a rounded activation; with 127 for weights and at most [`MOST_INPUTS`] inputs sums stay below 2^31.
const LIMIT: f32 = 16383.0;
/// Largest number of inputs of a linear map.
pub(crate) const MOST_INPUTS: usize = 1024;

/// Compiles a function for AVX2 and for the machine's baseline, and picks one at run time.
macro_rules! vectorised {
    ($(#[$doc:meta])* $visibility:vis fn $name:ident($($arg:ident: $type:ty),* $(,)?) $(-> $result:ty)? $body:block) => {
        $(#[$doc])*
        #[allow(clippy::too_many_arguments)]
        $visibility fn $name($($arg: $type),*) $(-> $result)? {
            #[inline(always)]
            #[allow(clippy::too_many_arguments)]
            fn portable($($arg: $type),*) $(-> $result)? $body
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                #[allow(clippy::too_many_arguments)]
                fn avx2($($arg: $type),*) $(-> $result)? { portable($($arg),*) }
                if is_x86_feature_detected!("avx2") {
                    // SAFETY: the processor has AVX2; the function is safe otherwise.
                    return unsafe { avx2($($arg),*) };
                }
            }
            portable($($arg),*)
        }
    };
}

/// A linear map ready for multiplication: for each block of outputs, for each pair of inputs, the pair's weights of every output.
pub(crate) struct Packed {
    pub(crate) inputs: usize,
    /// Padded to whole blocks; the padding gives zeros.
    pub(crate) outputs: usize,
    pub(crate) values: Vec<i16>,
    pub(crate) scales: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

impl Packed {
    /// Packs the columns `columns` of a map (all of them, or one part of a map over several words), without bias if told so.
    pub fn new(map: &Map, columns: std::ops::Range<usize>, with_bias: bool) -> Self {
        let real = map.bias.len();
        let (inputs, outputs) = (columns.len(), real.div_ceil(BLOCK) * BLOCK);
        let mut values = vec![0i16; inputs * outputs];
        for o in 0..real {
            let row = &map.weights.values[o * map.weights.columns..][columns.clone()];
            for (i, &w) in row.iter().enumerate() {
                let at = (o / BLOCK) * BLOCK * inputs + (i / 2) * 2 * BLOCK + (o % BLOCK) * 2 + i % 2;
                values[at] = i16::from(w);
            }
        }
        let padded = |v: &[f32]| v.iter().copied().chain(std::iter::repeat(0.0)).take(outputs).collect();
        let bias = if with_bias { padded(&map.bias) } else { vec![0.0; outputs] };
        Packed { inputs, outputs, values, scales: padded(&map.weights.scales), bias }
    }

    /// Number of outputs, padding included.
    pub fn outputs(&self) -> usize {
        self.outputs
    }
}

/// Activations of some words, rounded.
#[derive(Default)]
pub(crate) struct Rounded {
    /// Those of the last words, and behind them what is left of longer texts.
    pub(crate) values: Vec<i16>,
    pub(crate) scales: Vec<f32>,
    words: usize,
    inputs: usize,
}

impl Rounded {
    /// Rounds `words` rows: row `t` is `x[t * stride..][..inputs]`.
    pub fn fill(&mut self, x: &[f32], words: usize, stride: usize, inputs: usize) {
        (self.words, self.inputs) = (words, inputs);
        reach(&mut self.values, words * inputs);
        reach(&mut self.scales, words);
        for t in 0..words {
            self.scales[t] = round_row(&x[t * stride..t * stride + inputs], &mut self.values[t * inputs..(t + 1) * inputs]);
        }
    }
}

vectorised! {
    /// Rounds a row to integers; returns the scale that leads back.
    fn round_row(x: &[f32], out: &mut [i16]) -> f32 {
        let mut lanes = [0f32; 8];
        let chunks = x.chunks_exact(8);
        for (i, v) in chunks.remainder().iter().enumerate() {
            lanes[i] = lanes[i].max(v.abs());
        }
        for chunk in chunks {
            for i in 0..8 {
                lanes[i] = if chunk[i].abs() > lanes[i] { chunk[i].abs() } else { lanes[i] };
            }
        }
        let largest = lanes.iter().fold(0f32, |m, &v| if v > m { v } else { m });
        let up = if largest > 1e-20 { LIMIT / largest } else { 0.0 };
        const ROUND: f32 = 12_582_912.0;
        for (o, v) in out.iter_mut().zip(x) {
            *o = ((v * up + ROUND) - ROUND) as i32 as i16;
        }
        if largest > 1e-20 { largest / LIMIT } else { 0.0 }
    }
}

/// Makes a buffer at least this long. What stood in it stays there; whoever asks writes before reading.
pub(crate) fn reach<T: Copy + Default>(buffer: &mut Vec<T>, length: usize) {
    if buffer.len() < length {
        buffer.resize(length, T::default());
    }
}

/// `y = map(x)` for all words; row `t` of `y` begins at `t * map.outputs()`, and `y` may be longer.
pub(crate) fn multiply(map: &Packed, x: &Rounded, y: &mut Vec<f32>) {
    let words = x.words;
    reach(y, words * map.outputs);
    assert!(map.inputs.is_multiple_of(2) && map.inputs <= MOST_INPUTS && x.inputs == map.inputs);
    match Instructions::here() {
        // SAFETY: the processor has the features, and the sizes were checked above.
        #[cfg(target_arch = "x86_64")]
        Instructions::Avx512 => unsafe { crate::kernels_x86::multiply_avx512(map, x, words, y) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Instructions::Avx2 => unsafe { crate::kernels_x86::multiply_avx2(map, x, words, y) },
        Instructions::Portable => multiply_portable(map, x, words, y),
    }
}

/// What products of matrices are made with; the result is the same.
#[derive(Clone, Copy)]
pub(crate) enum Instructions {
    #[cfg(target_arch = "x86_64")]
    Avx512,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    Portable,
}

impl Instructions {
    /// The fastest that this processor has.
    pub(crate) fn here() -> Self {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx512vnni") && is_x86_feature_detected!("avx512bw") {
            return Instructions::Avx512;
        } else if is_x86_feature_detected!("avx2") {
            return Instructions::Avx2;
        }
        Instructions::Portable
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => "AVX-512 VNNI",
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => "AVX2",
            Instructions::Portable => "portable",
        }
    }
}

fn multiply_portable(map: &Packed, x: &Rounded, words: usize, y: &mut [f32]) {
    let k = map.inputs;
    for (block, weights) in map.values.chunks_exact(BLOCK * k).enumerate() {
        for t in 0..words {
            let mut sums = [0i32; BLOCK];
            for (pair, w) in x.values[t * k..(t + 1) * k].chunks_exact(2).zip(weights.chunks_exact(2 * BLOCK)) {
                let (a, b) = (i32::from(pair[0]), i32::from(pair[1]));
                for j in 0..BLOCK {
                    sums[j] += a * i32::from(w[2 * j]) + b * i32::from(w[2 * j + 1]);
                }
            }
            let at = block * BLOCK;
            for j in 0..BLOCK {
                y[t * map.outputs + at + j] = sums[j] as f32 * (x.scales[t] * map.scales[at + j]) + map.bias[at + j];
            }
        }
    }
}

vectorised! {
    /// Layer normalisation of each row of `d` numbers.
    pub(crate) fn normalise(d: usize, x: &[f32], y: &mut [f32]) {
        for (x, y) in x.chunks_exact(d).zip(y.chunks_exact_mut(d)) {
            let mut lanes = [0f32; 8];
            for chunk in x.chunks_exact(8) {
                for i in 0..8 {
                    lanes[i] += chunk[i];
                }
            }
            let mean = fold(lanes) / d as f32;
            let mut lanes = [0f32; 8];
            for (chunk, out) in x.chunks_exact(8).zip(y.chunks_exact_mut(8)) {
                for i in 0..8 {
                    out[i] = chunk[i] - mean;
                    lanes[i] += out[i] * out[i];
                }
            }
            let scale = 1.0 / (fold(lanes) / d as f32 + 1e-5).sqrt();
            y.iter_mut().for_each(|v| *v *= scale);
        }
    }
}

vectorised! {
    /// One sentence through the gated recurrence of a layer: `u` holds candidate, keep and output parts of each word, and what
    /// the layer finds is added to `stream`. The first half of the channels runs forward, the second half backward.
    pub(crate) fn recur(d: usize, u: &[f32], stream: &mut [f32]) {
        let half = d / 2;
        let mut state = vec![0f32; d];
        let (forward, backward) = state.split_at_mut(half);
        let words = stream.len() / d;
        for step in 0..words {
            for (t, state, from) in [(step, &mut *forward, 0), (words - 1 - step, &mut *backward, half)] {
                let u = &u[t * 3 * d..(t + 1) * 3 * d];
                let candidate = &u[from..from + half];
                let keep = &u[d + from..d + from + half];
                let open = &u[2 * d + from..2 * d + from + half];
                let out = &mut stream[t * d + from..t * d + from + half];
                for i in 0..half {
                    state[i] = candidate[i] + sigmoid(keep[i]) * (state[i] - candidate[i]);
                    out[i] += state[i] * sigmoid(open[i]);
                }
            }
        }
    }
}

vectorised! {
    /// Sums embedding rows given as 8-bit numbers with their scales.
    pub(crate) fn embed(d: usize, values: &[i8], scales: &[f32], rows: &[u32], out: &mut [f32]) {
        out.fill(0.0);
        for &row in rows {
            let scale = scales[row as usize];
            let row = &values[row as usize * d..(row as usize + 1) * d];
            for (o, &v) in out.iter_mut().zip(row) {
                *o += f32::from(v) * scale;
            }
        }
    }
}

vectorised! {
    /// `out[i] = a[i] + b[i] + c[i] + bias[i]`; `a` and `c` may be empty, at the edges of a sentence.
    pub(crate) fn add_neighbours(a: &[f32], b: &[f32], c: &[f32], bias: &[f32], out: &mut [f32]) {
        for (o, (b, bias)) in out.iter_mut().zip(b.iter().zip(bias)) {
            *o = b + bias;
        }
        for (o, a) in out.iter_mut().zip(a) {
            *o += a;
        }
        for (o, c) in out.iter_mut().zip(c) {
            *o += c;
        }
    }
}

vectorised! {
    /// Sets negative numbers to zero.
    pub(crate) fn rectify(values: &mut [f32]) {
        values.iter_mut().for_each(|v| *v = if *v > 0.0 { *v } else { 0.0 });
    }
}

vectorised! {
    /// `out[j] = query · row j of keys`, rows of `query.len()` numbers, `stride` apart.
    pub(crate) fn dots(query: &[f32], keys: &[f32], stride: usize, out: &mut [f32]) {
        let n = query.len();
        for (j, out) in out.iter_mut().enumerate() {
            *out = crate::numeric::dot(query, &keys[j * stride..j * stride + n]);
        }
    }
}

vectorised! {
    /// `out = max(a + b, 0)`.
    pub(crate) fn add_rectified(a: &[f32], b: &[f32], out: &mut [f32]) {
        for (o, (a, b)) in out.iter_mut().zip(a.iter().zip(b)) {
            let sum = a + b;
            *o = if sum > 0.0 { sum } else { 0.0 };
        }
    }
}

vectorised! {
    /// Index of the largest, the first of equals.
    pub(crate) fn best(scores: &[f32]) -> usize {
        let mut top = f32::NEG_INFINITY;
        for &s in scores {
            top = if s > top { s } else { top };
        }
        scores.iter().position(|&s| s == top).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Rows;

    #[test]
    fn fast_and_portable_products_are_equal_to_the_bit() {
        let (inputs, outputs, words) = (64, 37, 11);
        let values: Vec<i8> = (0..inputs * outputs).map(|i| ((i * 7919) % 255) as i8).collect();
        let scales = (0..outputs).map(|o| 0.001 * (o + 1) as f32).collect();
        let map = Map { weights: Rows { columns: inputs, scales, values }, bias: vec![0.25; outputs] };
        let packed = Packed::new(&map, 0..inputs, true);
        let x: Vec<f32> = (0..words * inputs).map(|i| ((i * 31) % 97) as f32 - 48.5).collect();
        let mut rounded = Rounded::default();
        rounded.fill(&x, words, inputs, inputs);
        let (mut fast, mut slow) = (Vec::new(), vec![0.0; words * packed.outputs()]);
        let bits = |values: &[f32]| values.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
        multiply_portable(&packed, &rounded, words, &mut slow);
        multiply(&packed, &rounded, &mut fast);
        assert_eq!(bits(&fast), bits(&slow));
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            fast.fill(0.0);
            // SAFETY: the processor has AVX2, and `fast` has the size that `multiply` gave it.
            unsafe { crate::kernels_x86::multiply_avx2(&packed, &rounded, words, &mut fast) };
            assert_eq!(bits(&fast), bits(&slow));
        }
        // And they are the product, but for the rounding of `x`.
        let exact: f32 = (0..inputs).map(|i| x[i] * f32::from(map.weights.values[i]) * 0.001).sum::<f32>() + 0.25;
        assert!((fast[0] - exact).abs() < 0.01 * exact.abs().max(1.0), "{} {exact}", fast[0]);
    }
}
