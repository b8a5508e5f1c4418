//! What was learnt about words that attribute: a small network over the hashed features of a proposal (see `statements::learnt`).

/// Bits of the table's index.
const BITS: u32 = 16;
/// Width of a feature's vector.
const WIDTH: usize = 48;
/// Bytes before the table: threshold, scales, bias, output weights, as little-endian floats.
const HEAD: usize = 4 * (4 + WIDTH);

/// A score for each proposal: the sum of its features' weights, and of their vectors behind a rectifier. 8 bits, two scales.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributionModel {
    /// Least probability at which a proposal is taken when all are wanted.
    pub threshold: f32,
    /// Value of one step of a weight.
    weight_scale: f32,
    /// Value of one step of a vector's number.
    vector_scale: f32,
    bias: f32,
    output: [f32; WIDTH],
    /// For each index a weight, then a vector.
    table: Vec<i8>,
}

/// The file this program was built with.
#[cfg(feature = "learnt-attribution")]
pub(crate) static BUILTIN: Option<&[u8]> = Some(include_bytes!("../../model/attribution.bin"));
/// This program was built without.
#[cfg(not(feature = "learnt-attribution"))]
pub(crate) static BUILTIN: Option<&[u8]> = None;

impl AttributionModel {
    /// Number of features told apart.
    pub const FEATURES: usize = 1 << BITS;
    /// Numbers of a feature: its weight and its vector.
    pub const ROW: usize = 1 + WIDTH;

    /// The model this program was built with; none in a build without the feature `learnt-attribution`.
    pub(crate) fn builtin() -> Option<Self> {
        BUILTIN.and_then(Self::from_bytes)
    }

    /// A model of these numbers: `table` has [`AttributionModel::ROW`] of them for each feature, `output` one less.
    ///
    /// # Panics
    /// When a length is another.
    pub fn new(threshold: f32, table: &[f32], output: &[f32], bias: f32) -> Self {
        assert_eq!(table.len(), Self::FEATURES * Self::ROW, "one row for each feature");
        let of_weights = |i: usize| i.is_multiple_of(Self::ROW);
        let scale = |weights: bool| {
            let kept = table.iter().enumerate().filter(|(i, _)| of_weights(*i) == weights);
            kept.fold(1e-6f32, |m, (_, w)| m.max(w.abs())) / 127.0
        };
        let scales = [scale(false), scale(true)];
        let stepped = |(i, w): (usize, &f32)| (w / scales[usize::from(of_weights(i))]).round() as i8;
        AttributionModel {
            threshold,
            weight_scale: scales[1],
            vector_scale: scales[0],
            bias,
            output: output.try_into().expect("as wide as a vector"),
            table: table.iter().enumerate().map(stepped).collect(),
        }
    }

    /// Row of a feature.
    pub fn index(feature: u32) -> usize {
        (feature >> (32 - BITS)) as usize
    }

    fn score(&self, features: &[u32]) -> f32 {
        let mut sums = [0i32; Self::ROW];
        for row in features.iter().map(|&f| Self::index(f) * Self::ROW) {
            sums.iter_mut().zip(&self.table[row..row + Self::ROW]).for_each(|(s, &w)| *s += i32::from(w));
        }
        let hidden: f32 = sums[1..].iter().zip(&self.output).map(|(&s, w)| s.max(0) as f32 * w).sum();
        sums[0] as f32 * self.weight_scale + hidden * self.vector_scale + self.bias
    }

    /// Which of the proposals, given by their features, is best, and how probable it is that any holds. Softmax over the
    /// proposals and *none of them*, which scores 0.
    ///
    /// ```
    /// use onrecord_reader::AttributionModel;
    /// let mut table = vec![0.0; AttributionModel::FEATURES * AttributionModel::ROW];
    /// table[AttributionModel::index(7 << 20) * AttributionModel::ROW] = 3.0;
    /// let model = AttributionModel::new(0.5, &table, &[0.0; AttributionModel::ROW - 1], 0.0);
    /// let (best, probability) = model.best(&[&[1], &[7 << 20]]).unwrap();
    /// assert_eq!(best, 1);
    /// assert!(probability > 0.9);
    /// ```
    pub fn best(&self, proposals: &[&[u32]]) -> Option<(usize, f32)> {
        let scores: Vec<f32> = proposals.iter().map(|p| self.score(p)).collect();
        let best = (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)))?;
        let top = scores[best].max(0.0);
        let none = exp(-top);
        let all: f32 = scores.iter().map(|s| exp(s - top)).sum::<f32>() + none;
        Some((best, 1.0 - none / all))
    }

    /// The file: a head of little-endian floats, then the table.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes: Vec<u8> = [self.threshold, self.weight_scale, self.vector_scale, self.bias]
            .iter()
            .chain(&self.output)
            .flat_map(|x| x.to_le_bytes())
            .collect();
        bytes.extend(self.table.iter().map(|w| w.to_le_bytes()[0]));
        bytes
    }

    /// Reads what [`AttributionModel::to_bytes`] wrote; none when it has another length.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (head, table) = bytes.split_at_checked(HEAD)?;
        let head: Vec<f32> = head.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect();
        (table.len() == Self::FEATURES * Self::ROW).then(|| AttributionModel {
            threshold: head[0],
            weight_scale: head[1],
            vector_scale: head[2],
            bias: head[3],
            output: head[4..].try_into().expect("the head has this length"),
            table: table.iter().map(|&b| i8::from_le_bytes([b])).collect(),
        })
    }
}

/// The same on every machine, which the C library's function is not: (1 + x/2²⁰) to the power of 2²⁰. For x ≤ 0.
fn exp(x: f32) -> f32 {
    let mut power = (1.0 + f64::from(x.max(-40.0)) / f64::from(1 << 20)).max(0.0);
    for _ in 0..20 {
        power *= power;
    }
    power as f32
}
