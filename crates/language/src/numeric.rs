//! Elementary functions that give the same bits on every machine.
//!
//! The C library's `exp` differs between platforms in the last bit. These use only IEEE additions, multiplications and
//! divisions in a fixed order (Rust never fuses them on its own), so results do not depend on the processor.

/// `e^x` to about 2e-7 relative, for any finite `x` (clamped to the range of `f32`).
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 87.0);
    let y = x * std::f32::consts::LOG2_E;
    // Round to nearest by adding and taking away 1.5 * 2^23: exact and free of branches.
    const ROUND: f32 = 12_582_912.0;
    let whole = (y + ROUND) - ROUND;
    let r = (x - whole * 0.693_359_4) - whole * -2.121_944_4e-4;
    let p = 1.987_569_1e-4;
    let p = p * r + 1.398_199_9e-3;
    let p = p * r + 8.333_452e-3;
    let p = p * r + 4.166_579_6e-2;
    let p = p * r + 1.666_666_5e-1;
    let p = p * r + 0.5;
    let p = p * r * r + r + 1.0;
    p * f32::from_bits((((whole as i32) + 127) << 23) as u32)
}

/// `1 / (1 + e^-x)`.
#[inline(always)]
pub(crate) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// Sum in eight lanes, then pairwise: one order for every vector width.
#[inline(always)]
pub(crate) fn sum(values: impl ExactSizeIterator<Item = f32> + Clone) -> f32 {
    let mut lanes = [0f32; 8];
    for (i, value) in values.enumerate() {
        lanes[i % 8] += value;
    }
    fold(lanes)
}

/// Pairwise sum of eight lanes.
#[inline(always)]
pub(crate) fn fold(l: [f32; 8]) -> f32 {
    ((l[0] + l[4]) + (l[2] + l[6])) + ((l[1] + l[5]) + (l[3] + l[7]))
}

/// Inner product in eight lanes.
#[inline(always)]
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0f32; 8];
    let (a8, b8) = (a.chunks_exact(8), b.chunks_exact(8));
    let tail = a8.remainder().iter().zip(b8.remainder());
    for (x, y) in a8.zip(b8) {
        for i in 0..8 {
            lanes[i] += x[i] * y[i];
        }
    }
    for (i, (x, y)) in tail.enumerate() {
        lanes[i] += x * y;
    }
    fold(lanes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_close() {
        for i in -800..800 {
            let x = i as f32 / 10.0;
            let true_value = f64::from(x).exp();
            assert!((f64::from(exp(x)) - true_value).abs() <= true_value * 4e-7, "{x}");
        }
        assert!(sigmoid(-1e30) >= 0.0 && sigmoid(1e30) == 1.0);
    }
}
