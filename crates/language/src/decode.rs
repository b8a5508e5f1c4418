//! From scores to structures: the best single-rooted tree, the best sequence of name tags.

/// Heads of the best tree over `n` words. `scores[i * (n + 1) + j]` is the score of word `i` under head `j`, where head 0 is
/// the root and head `j` is word `j - 1`. Exactly one word hangs from the root. Returned heads are in that numbering.
pub(crate) fn tree(n: usize, scores: &[f32]) -> Vec<usize> {
    let greedy: Vec<usize> = (0..n).map(|i| best_head(i, &scores[i * (n + 1)..(i + 1) * (n + 1)])).collect();
    if is_tree(&greedy) {
        return greedy;
    }
    spanning_tree(n, scores)
}

fn best_head(word: usize, row: &[f32]) -> usize {
    let mut best = usize::from(word == 0 && row.len() > 2) * 2;
    for (j, &score) in row.iter().enumerate() {
        if j != word + 1 && score > row[best] {
            best = j;
        }
    }
    if best == word + 1 { 0 } else { best }
}

/// One root and no cycle.
fn is_tree(heads: &[usize]) -> bool {
    if heads.iter().filter(|&&h| h == 0).count() != 1 {
        return false;
    }
    // 0: not visited, otherwise the number of the walk that visited it.
    let mut seen = vec![0u32; heads.len()];
    for start in 0..heads.len() {
        let walk = start as u32 + 1;
        let mut at = start;
        loop {
            if seen[at] == walk {
                return false;
            }
            if seen[at] != 0 {
                break;
            }
            seen[at] = walk;
            match heads[at] {
                0 => break,
                h => at = h - 1,
            }
        }
    }
    true
}

/// Chu-Liu-Edmonds with contraction in place, O(n²).
fn spanning_tree(n: usize, scores: &[f32]) -> Vec<usize> {
    let m = n + 1;
    // Root arcs cost so much that the best tree has as few of them as it can: one.
    const ROOT_COST: f64 = 1e7;
    let mut weight = vec![f64::NEG_INFINITY; m * m];
    for i in 0..n {
        for j in 0..m {
            if j != i + 1 {
                weight[arc(m, j, i + 1)] = f64::from(scores[i * m + j]) - if j == 0 { ROOT_COST } else { 0.0 };
            }
        }
    }
    let mut heads = vec![0; m];
    contract(m, &weight, &mut heads);
    heads[1..].to_vec()
}

/// Place of the arc from `head` to `dependent`: the arcs to one dependent lie together.
#[inline(always)]
fn arc(m: usize, head: usize, dependent: usize) -> usize {
    dependent * m + head
}

/// Best arborescence from node 0. Written with an explicit stack of contractions, so that depth is no danger.
fn contract(m: usize, weight: &[f64], heads: &mut [usize]) {
    struct Level {
        cycle: Vec<usize>,
        node: usize,
        /// For a head outside: the arc inside the cycle it would replace. For a dependent outside: its head inside.
        enters: Vec<usize>,
        leaves: Vec<usize>,
    }
    let mut weight = weight.to_vec();
    let mut alive: Vec<bool> = vec![true; m];
    let mut levels: Vec<Level> = Vec::new();
    for d in 1..m {
        heads[d] =
            (0..m).filter(|&h| h != d).fold(0, |best, h| if weight[arc(m, h, d)] > weight[arc(m, best, d)] { h } else { best });
    }
    while let Some(cycle) = find_cycle(m, &alive, heads) {
        let node = cycle[0];
        let total: f64 = cycle.iter().map(|&d| weight[arc(m, heads[d], d)]).sum();
        let (mut enters, mut leaves) = (vec![0; m], vec![0; m]);
        let mut in_cycle = vec![false; m];
        cycle.iter().for_each(|&c| in_cycle[c] = true);
        let outside: Vec<usize> = (0..m).filter(|&v| alive[v] && !in_cycle[v]).collect();
        let old_heads: Vec<(usize, usize)> = cycle.iter().map(|&d| (d, heads[d])).collect();
        for &v in &outside {
            let (mut best_in, mut best_out) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
            (enters[v], leaves[v]) = (node, node);
            for &c in &cycle {
                let entering = total + weight[arc(m, v, c)] - weight[arc(m, heads[c], c)];
                if entering > best_in {
                    (best_in, enters[v]) = (entering, c);
                }
                if weight[arc(m, c, v)] > best_out {
                    (best_out, leaves[v]) = (weight[arc(m, c, v)], c);
                }
            }
            weight[arc(m, v, node)] = best_in;
            weight[arc(m, node, v)] = best_out;
        }
        for &c in &cycle[1..] {
            alive[c] = false;
        }
        // The best head of every other word is what it was, or the new node in its place: nothing else need be computed again.
        heads[node] =
            outside.iter().copied().fold(0, |best, h| if weight[arc(m, h, node)] > weight[arc(m, best, node)] { h } else { best });
        for &v in outside.iter().filter(|&&v| v != 0) {
            if in_cycle[heads[v]] {
                heads[v] = node;
            }
        }
        // Remember the arcs of the cycle in `cycle` order.
        levels.push(Level { cycle: old_heads.iter().flat_map(|&(d, h)| [d, h]).collect(), node, enters, leaves });
    }
    while let Some(level) = levels.pop() {
        // Later contractions may have set heads that pointed to the contracted node.
        for d in (1..m).filter(|&d| alive[d] && d != level.node) {
            if heads[d] == level.node {
                heads[d] = level.leaves[d];
            }
        }
        let entry_head = heads[level.node];
        let entered = level.enters[entry_head];
        for pair in level.cycle.chunks_exact(2) {
            heads[pair[0]] = pair[1];
            alive[pair[0]] = true;
        }
        heads[entered] = entry_head;
    }
}

fn find_cycle(m: usize, alive: &[bool], heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0u32; m];
    for start in (1..m).filter(|&d| alive[d]) {
        let walk = start as u32;
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = walk;
            at = heads[at];
        }
        if at != 0 && seen[at] == walk {
            let mut cycle = vec![at];
            let mut next = heads[at];
            while next != at {
                cycle.push(next);
                next = heads[next];
            }
            return Some(cycle);
        }
    }
    None
}

/// Positions of a word in a name, for one kind: begin, inside, end, single. Tag 0 is *outside*; tag `1 + 4k + p` is position `p`
/// of kind `k`.
pub(crate) const NAME_TAGS: usize = 1 + 3 * 4;
const BEGIN: usize = 0;
const INSIDE: usize = 1;
const END: usize = 2;
const SINGLE: usize = 3;

/// The tag of a word at `at` in a name of `kind` that covers `start..end`.
pub(crate) fn name_tag(kind: usize, start: usize, end: usize, at: usize) -> usize {
    let position = match (at == start, at + 1 == end) {
        (true, true) => SINGLE,
        (true, false) => BEGIN,
        (false, true) => END,
        (false, false) => INSIDE,
    };
    1 + kind * 4 + position
}

/// Best well-formed sequence of name tags, as `(kind, start, end)`.
pub(crate) fn names(n: usize, scores: &[f32]) -> Vec<(usize, usize, usize)> {
    const T: usize = NAME_TAGS;
    let best_is_outside = |row: &[f32]| row.iter().all(|&s| s <= row[0]);
    if scores.chunks_exact(T).take(n).all(best_is_outside) {
        return Vec::new();
    }
    // Two kinds of predecessors: a name goes on only from its own beginning or inside; all else follows whatever is closed.
    let tag = |kind: usize, position: usize| 1 + kind * 4 + position;
    let closed = |reach: &[f32; T]| {
        (0..3).flat_map(|k| [tag(k, END), tag(k, SINGLE)]).fold(0, |best, t| if reach[t] > reach[best] { t } else { best })
    };
    let mut back = vec![0u8; n * T];
    let mut reach = [f32::NEG_INFINITY; T];
    reach[0] = 0.0; // before the first word one is outside
    for i in 0..n {
        let scores = &scores[i * T..(i + 1) * T];
        let back = &mut back[i * T..(i + 1) * T];
        let from = closed(&reach);
        let mut next = [reach[from] + scores[0]; T];
        back.fill(from as u8);
        for kind in 0..3 {
            let (begin, inside) = (tag(kind, BEGIN), tag(kind, INSIDE));
            let open = if reach[inside] > reach[begin] { inside } else { begin };
            for position in [INSIDE, END] {
                next[tag(kind, position)] = reach[open] + scores[tag(kind, position)];
                back[tag(kind, position)] = open as u8;
            }
            for position in [BEGIN, SINGLE] {
                next[tag(kind, position)] = reach[from] + scores[tag(kind, position)];
            }
        }
        reach = next;
    }
    // A name may not stay open at the end.
    let mut tag = closed(&reach);
    let mut tags = vec![0; n];
    for i in (0..n).rev() {
        tags[i] = tag;
        tag = back[i * T + tag] as usize;
    }
    let (mut found, mut start) = (Vec::new(), 0);
    for (i, &tag) in tags.iter().enumerate().filter(|(_, tag)| **tag != 0) {
        let (kind, position) = ((tag - 1) / 4, (tag - 1) % 4);
        if matches!(position, BEGIN | SINGLE) {
            start = i;
        }
        if matches!(position, END | SINGLE) {
            found.push((kind, start, i + 1));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Best tree by trying all.
    fn exhaustive(n: usize, scores: &[f32]) -> f32 {
        let m = n + 1;
        let mut best = f32::NEG_INFINITY;
        for code in 0..m.pow(n as u32) {
            let heads: Vec<usize> = (0..n).map(|i| code / m.pow(i as u32) % m).collect();
            if heads.iter().enumerate().all(|(i, &h)| h != i + 1) && is_tree(&heads) {
                best = best.max(heads.iter().enumerate().map(|(i, &h)| scores[i * m + h]).sum());
            }
        }
        best
    }

    #[test]
    fn trees_are_best_trees() {
        let mut state = 7u32;
        for round in 0..300 {
            let n = 1 + round % 5;
            let scores: Vec<f32> = (0..n * (n + 1))
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 16) as f32 / 1000.0
                })
                .collect();
            let heads = tree(n, &scores);
            assert!(is_tree(&heads), "{heads:?}");
            let total: f32 = heads.iter().enumerate().map(|(i, &h)| scores[i * (n + 1) + h]).sum();
            assert!((total - exhaustive(n, &scores)).abs() < 1e-2);
        }
    }

    #[test]
    fn name_sequences_are_well_formed() {
        let mut scores = vec![0f32; 3 * NAME_TAGS];
        scores[name_tag(1, 0, 2, 0)] = 2.0;
        scores[NAME_TAGS + name_tag(1, 0, 2, 1)] = 2.0;
        // An "inside" without a beginning is never chosen.
        scores[2 * NAME_TAGS + name_tag(2, 0, 3, 1)] = 1.0;
        assert_eq!(names(3, &scores), vec![(1, 0, 2)]);
    }
}
