//! One matrix product for training.
//!
//! Every element of the result is one chain of fused multiply-adds over the inner index in order, whatever the width of the
//! machine's vectors, so training gives the same numbers on every processor.

/// Columns of a tile; outputs of all layers are padded to a multiple of this.
pub(crate) const COLUMNS: usize = 16;
const ROWS: usize = 6;

/// A matrix that is read by strides: element (i, j) is `data[i * row + j * column]`.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub data: &'a [f32],
    pub row: usize,
    pub column: usize,
}

/// `c = a · b`, or `c += a · b` when `add`. `a` is `m × k`; `b` is `k × n` with rows `n` apart; `c` has rows `n` apart.
pub(crate) fn multiply(m: usize, k: usize, n: usize, a: View<'_>, b: &[f32], c: &mut [f32], add: bool) {
    assert!(n.is_multiple_of(COLUMNS) && b.len() >= k * n && c.len() >= m * n);
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
        // SAFETY: the processor has the features; the function is safe code otherwise.
        unsafe { multiply_avx2(m, k, n, a, b, c, add) };
        return;
    }
    multiply_portable(m, k, n, a, b, c, add);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn multiply_avx2(m: usize, k: usize, n: usize, a: View<'_>, b: &[f32], c: &mut [f32], add: bool) {
    multiply_portable(m, k, n, a, b, c, add);
}

#[inline(always)]
fn multiply_portable(m: usize, k: usize, n: usize, a: View<'_>, b: &[f32], c: &mut [f32], add: bool) {
    // A strip of `b`, copied so that its rows lie together.
    let mut strip = vec![0f32; k * COLUMNS];
    for column in (0..n).step_by(COLUMNS) {
        for (p, row) in strip.chunks_exact_mut(COLUMNS).enumerate() {
            row.copy_from_slice(&b[p * n + column..p * n + column + COLUMNS]);
        }
        let mut row = 0;
        while row + ROWS <= m {
            tile::<ROWS>(row, k, a, &strip, &mut c[row * n + column..], n, add);
            row += ROWS;
        }
        while row < m {
            tile::<1>(row, k, a, &strip, &mut c[row * n + column..], n, add);
            row += 1;
        }
    }
}

#[inline(always)]
fn tile<const R: usize>(row: usize, k: usize, a: View<'_>, strip: &[f32], c: &mut [f32], n: usize, add: bool) {
    let mut sums = [[0f32; COLUMNS]; R];
    for (p, b) in strip.chunks_exact(COLUMNS).take(k).enumerate() {
        let b: &[f32; COLUMNS] = b.try_into().expect("a strip row");
        for (r, sums) in sums.iter_mut().enumerate() {
            let x = a.data[(row + r) * a.row + p * a.column];
            for j in 0..COLUMNS {
                sums[j] = x.mul_add(b[j], sums[j]);
            }
        }
    }
    for (r, sums) in sums.iter().enumerate() {
        let c = &mut c[r * n..r * n + COLUMNS];
        for j in 0..COLUMNS {
            c[j] = if add { c[j] + sums[j] } else { sums[j] };
        }
    }
}

/// Transposed copy of a `rows × columns` matrix.
pub(crate) fn transpose(rows: usize, columns: usize, from: &[f32], to: &mut [f32]) {
    for i in 0..rows {
        for j in 0..columns {
            to[j * rows + i] = from[i * columns + j];
        }
    }
}
