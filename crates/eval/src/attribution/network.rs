//! Learns an [`AttributionModel`]: a weight and a vector for each hashed feature, summed, one rectifier, one output.

use onrecord_reader::AttributionModel;

const ROW: usize = AttributionModel::ROW;
/// Networks that are learnt apart and work together.
const NETWORKS: usize = 3;
/// Hidden values of one network.
const WIDTH: usize = (ROW - 1) / NETWORKS;
/// Numbers of a feature in one network.
const OWN_ROW: usize = WIDTH + 1;
/// Step of Adam (Kingma and Ba 2015).
const RATE: f32 = 2e-3;
/// Share of features, and of hidden values, that are dropped.
const DROPPED: f32 = 0.2;

/// Parameters in the order: rows of features, output weights, bias.
pub(super) struct Network {
    values: Vec<f32>,
    slopes: Vec<f32>,
    mean: Vec<f32>,
    square: Vec<f32>,
    steps: i32,
    random: Random,
}

const OUTPUT: usize = AttributionModel::FEATURES * OWN_ROW;
const BIAS: usize = OUTPUT + WIDTH;

/// An offer on its way through the network.
struct Pass {
    rows: Vec<usize>,
    hidden: [f32; WIDTH],
    kept: [f32; WIDTH],
    score: f32,
}

impl Network {
    pub fn new(seed: u64) -> Self {
        let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ seed.wrapping_mul(0xd134_2543_de82_ef95));
        let mut values = vec![0f32; BIAS + 1];
        for (i, value) in values[..OUTPUT].iter_mut().enumerate() {
            if i % OWN_ROW != 0 {
                // Sum of three uniform numbers: near enough to a normal one, deviation 0.1.
                *value = (random.unit() + random.unit() + random.unit() - 1.5) * 0.2;
            }
        }
        values[OUTPUT..BIAS].iter_mut().for_each(|v| *v = (random.unit() - 0.5) * 0.4);
        let zeros = || vec![0f32; BIAS + 1];
        Network { slopes: zeros(), mean: zeros(), square: zeros(), values, steps: 0, random }
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.random.below(i + 1));
        }
    }

    fn pass(&mut self, features: &[u32]) -> Pass {
        let rows: Vec<usize> =
            features.iter().map(|&f| AttributionModel::index(f) * OWN_ROW).filter(|_| self.random.unit() >= DROPPED).collect();
        let mut hidden = [0f32; WIDTH];
        let mut score = self.values[BIAS];
        for &row in &rows {
            score += self.values[row];
            hidden.iter_mut().zip(&self.values[row + 1..row + OWN_ROW]).for_each(|(h, v)| *h += v);
        }
        let mut kept = [0f32; WIDTH];
        for (k, h) in kept.iter_mut().zip(&hidden) {
            *k = if *h > 0.0 && self.random.unit() >= DROPPED { 1.0 / (1.0 - DROPPED) } else { 0.0 };
        }
        for i in 0..WIDTH {
            score += hidden[i] * kept[i] * self.values[OUTPUT + i];
        }
        Pass { rows, hidden, kept, score }
    }

    /// One step on a batch of tokens: the offers of each, and which is right.
    pub fn learn<'o>(&mut self, batch: impl ExactSizeIterator<Item = (&'o [Vec<u32>], Option<usize>)>) {
        let share = 1.0 / batch.len() as f32;
        for (offers, right) in batch {
            let passes: Vec<Pass> = offers.iter().map(|o| self.pass(o)).collect();
            let top = passes.iter().map(|p| p.score).fold(0.0, f32::max);
            let all = passes.iter().map(|p| (p.score - top).exp()).sum::<f32>() + (-top).exp();
            for (k, pass) in passes.iter().enumerate() {
                let probability = (pass.score - top).exp() / all;
                self.back(pass, (probability - f32::from(u8::from(right == Some(k)))) * share);
            }
        }
        self.step();
    }

    fn back(&mut self, pass: &Pass, slope: f32) {
        self.slopes[BIAS] += slope;
        let mut inner = [0f32; WIDTH];
        for (i, inner) in inner.iter_mut().enumerate() {
            self.slopes[OUTPUT + i] += slope * pass.hidden[i] * pass.kept[i];
            *inner = slope * self.values[OUTPUT + i] * pass.kept[i];
        }
        for &row in &pass.rows {
            self.slopes[row] += slope;
            self.slopes[row + 1..row + OWN_ROW].iter_mut().zip(&inner).for_each(|(s, i)| *s += i);
        }
    }

    fn step(&mut self) {
        self.steps += 1;
        let (a, b) = (1.0 - 0.9f32.powi(self.steps), 1.0 - 0.999f32.powi(self.steps));
        for i in 0..self.values.len() {
            let slope = std::mem::take(&mut self.slopes[i]);
            self.mean[i] = 0.9 * self.mean[i] + 0.1 * slope;
            self.square[i] = 0.999 * self.square[i] + 0.001 * slope * slope;
            self.values[i] -= RATE * (self.mean[i] / a) / ((self.square[i] / b).sqrt() + 1e-8);
        }
    }
}

/// The networks as one: its score is the mean of theirs.
pub(super) fn together(networks: &[Network; NETWORKS], threshold: f32) -> AttributionModel {
    let mut table = vec![0f32; AttributionModel::FEATURES * ROW];
    let share = 1.0 / NETWORKS as f32;
    for (feature, row) in table.chunks_exact_mut(ROW).enumerate() {
        let (weight, vectors) = row.split_at_mut(1);
        for (network, vector) in networks.iter().zip(vectors.chunks_exact_mut(WIDTH)) {
            let own = &network.values[feature * OWN_ROW..(feature + 1) * OWN_ROW];
            weight[0] += own[0] * share;
            vector.copy_from_slice(&own[1..]);
        }
    }
    let output: Vec<f32> = networks.iter().flat_map(|n| &n.values[OUTPUT..BIAS]).map(|w| w * share).collect();
    let bias = networks.iter().map(|n| n.values[BIAS]).sum::<f32>() * share;
    AttributionModel::new(threshold, &table, &output, bias)
}

/// Linear congruential generator with a fixed seed.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn unit(&mut self) -> f32 {
        (self.next() >> 7) as f32 / (1u32 << 24) as f32
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}
