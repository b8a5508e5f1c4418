//! The integer matrix product for x86-64 processors, exactly the product of the portable code.
//!
//! A tile of words against one or two blocks of outputs stays in registers while the pairs of inputs go by. Weights lie so
//! that the pairs of all outputs of a block fill one 512-bit or two 256-bit registers.

use crate::kernels::{BLOCK, Packed, Rounded};
use std::arch::x86_64::*;

/// Words are computed in tiles of this many.
const TILE: usize = 6;

/// Calls a tile function for all words, whole tiles first.
macro_rules! all_words {
    ($words:expr, $tile:ident, $($argument:expr),*; $t:ident) => {
        let mut $t = 0;
        while $t + TILE <= $words {
            $tile::<TILE>($($argument),*);
            $t += TILE;
        }
        match $words - $t {
            5 => $tile::<5>($($argument),*),
            4 => $tile::<4>($($argument),*),
            3 => $tile::<3>($($argument),*),
            2 => $tile::<2>($($argument),*),
            1 => $tile::<1>($($argument),*),
            _ => {}
        }
    };
}

/// # Safety
/// The processor has AVX2; `x` has at least `words` rows of `map.inputs` and `y` as many of `map.outputs`.
#[target_feature(enable = "avx2")]
pub(crate) unsafe fn multiply_avx2(map: &Packed, x: &Rounded, words: usize, y: &mut [f32]) {
    for block in 0..map.outputs / BLOCK {
        // SAFETY: tiles stay below `words`, blocks below `outputs`.
        unsafe {
            all_words!(words, tile_avx2, map, x, block, t, y; t);
        }
    }
}

/// # Safety
/// As [`multiply_avx2`], with AVX-512 VNNI.
#[target_feature(enable = "avx512bw,avx512vnni")]
pub(crate) unsafe fn multiply_avx512(map: &Packed, x: &Rounded, words: usize, y: &mut [f32]) {
    let blocks = map.outputs / BLOCK;
    // SAFETY: tiles stay below `words`, blocks below `outputs`.
    unsafe {
        for block in (0..blocks & !1).step_by(2) {
            all_words!(words, tile_avx512_two, map, x, block, t, y; t);
        }
        if blocks % 2 == 1 {
            all_words!(words, tile_avx512_one, map, x, blocks - 1, t, y; t);
        }
    }
}

/// Words `t..t + R` against one block of outputs.
///
/// # Safety
/// As [`multiply_avx2`], with at least `t + R` words and more than `block` blocks.
#[target_feature(enable = "avx2")]
unsafe fn tile_avx2<const R: usize>(map: &Packed, x: &Rounded, block: usize, t: usize, y: &mut [f32]) {
    let k = map.inputs;
    // SAFETY: every read and write below lies within the sizes that the caller vouches for.
    unsafe {
        let weights = map.values.as_ptr().add(block * BLOCK * k);
        let words = x.values.as_ptr().add(t * k);
        let mut sums = [[_mm256_setzero_si256(); 2]; R];
        for p in 0..k / 2 {
            let low = _mm256_loadu_si256(weights.add(p * 2 * BLOCK).cast());
            let high = _mm256_loadu_si256(weights.add(p * 2 * BLOCK + 16).cast());
            for (r, sums) in sums.iter_mut().enumerate() {
                let pair = _mm256_set1_epi32(words.add(r * k + 2 * p).cast::<i32>().read_unaligned());
                sums[0] = _mm256_add_epi32(sums[0], _mm256_madd_epi16(pair, low));
                sums[1] = _mm256_add_epi32(sums[1], _mm256_madd_epi16(pair, high));
            }
        }
        for (r, sums) in sums.iter().enumerate() {
            let scale = _mm256_set1_ps(x.scales[t + r]);
            for (half, &sum) in sums.iter().enumerate() {
                let column = block * BLOCK + 8 * half;
                let scale = _mm256_mul_ps(scale, _mm256_loadu_ps(map.scales.as_ptr().add(column)));
                let product = _mm256_mul_ps(_mm256_cvtepi32_ps(sum), scale);
                let sum = _mm256_add_ps(product, _mm256_loadu_ps(map.bias.as_ptr().add(column)));
                _mm256_storeu_ps(y.as_mut_ptr().add((t + r) * map.outputs + column), sum);
            }
        }
    }
}

#[target_feature(enable = "avx512bw,avx512vnni")]
unsafe fn tile_avx512_one<const R: usize>(map: &Packed, x: &Rounded, block: usize, t: usize, y: &mut [f32]) {
    // SAFETY: as the caller vouches.
    unsafe { tile_avx512::<R, 1>(map, x, block, t, y) }
}

#[target_feature(enable = "avx512bw,avx512vnni")]
unsafe fn tile_avx512_two<const R: usize>(map: &Packed, x: &Rounded, block: usize, t: usize, y: &mut [f32]) {
    // SAFETY: as the caller vouches.
    unsafe { tile_avx512::<R, 2>(map, x, block, t, y) }
}

/// Words `t..t + R` against `B` blocks of outputs.
///
/// # Safety
/// As [`multiply_avx512`], with at least `t + R` words and `block + B` blocks.
#[inline]
#[target_feature(enable = "avx512bw,avx512vnni")]
unsafe fn tile_avx512<const R: usize, const B: usize>(map: &Packed, x: &Rounded, block: usize, t: usize, y: &mut [f32]) {
    let k = map.inputs;
    // SAFETY: every read and write below lies within the sizes that the caller vouches for.
    unsafe {
        let weights = map.values.as_ptr().add(block * BLOCK * k);
        let words = x.values.as_ptr().add(t * k);
        let mut sums = [[_mm512_setzero_si512(); B]; R];
        for p in 0..k / 2 {
            let mut columns = [_mm512_setzero_si512(); B];
            for (b, column) in columns.iter_mut().enumerate() {
                *column = _mm512_loadu_si512(weights.add(b * BLOCK * k + p * 2 * BLOCK).cast());
            }
            for (r, sums) in sums.iter_mut().enumerate() {
                let pair = _mm512_set1_epi32(words.add(r * k + 2 * p).cast::<i32>().read_unaligned());
                for b in 0..B {
                    sums[b] = _mm512_dpwssd_epi32(sums[b], pair, columns[b]);
                }
            }
        }
        for (r, sums) in sums.iter().enumerate() {
            let scale = _mm512_set1_ps(x.scales[t + r]);
            for (b, &sum) in sums.iter().enumerate() {
                let column = (block + b) * BLOCK;
                let scale = _mm512_mul_ps(scale, _mm512_loadu_ps(map.scales.as_ptr().add(column)));
                let product = _mm512_mul_ps(_mm512_cvtepi32_ps(sum), scale);
                let sum = _mm512_add_ps(product, _mm512_loadu_ps(map.bias.as_ptr().add(column)));
                _mm512_storeu_ps(y.as_mut_ptr().add((t + r) * map.outputs + column), sum);
            }
        }
    }
}
