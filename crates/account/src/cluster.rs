//! Groups of things that are the same, from what is known of pairs.
//!
//! The result depends on the pairs alone and not on the order in which reports came: the surest pairs are joined first, ties by
//! name, and a pair is not joined when that would bring together two things that cannot be the same. It is what Kruskal's algorithm
//! does for trees, stopped by *cannot-link* constraints (Davidson and Ravi 2005).

use std::collections::BTreeSet;

/// Two things that may be the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair<K> {
    /// One.
    pub a: K,
    /// The other.
    pub b: K,
    /// How sure.
    pub score: f64,
}

/// The groups of `all` that the pairs make, each in order, the groups in the order of their first members. No two members of a group are
/// `apart`.
pub fn groups<K: Clone + Ord>(
    all: impl IntoIterator<Item = K>,
    pairs: Vec<Pair<K>>,
    apart: impl Fn(&K, &K) -> bool,
) -> Vec<Vec<K>> {
    let all: BTreeSet<K> = all.into_iter().collect();
    let keys: Vec<&K> = all.iter().collect();
    let number = |key: &K| keys.binary_search(&key).ok();
    let pairs = pairs.iter().filter_map(|pair| Some(Pair { a: number(&pair.a)?, b: number(&pair.b)?, score: pair.score }));
    let groups = grouped(keys.len(), pairs.collect(), |x, y| apart(keys[x], keys[y]));
    groups.into_iter().map(|group| group.into_iter().map(|number| keys[number].clone()).collect()).collect()
}

/// As [`groups`], of the numbers below `count`, whose order is theirs.
pub fn grouped(count: usize, mut pairs: Vec<Pair<usize>>, apart: impl Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    for pair in &mut pairs {
        (pair.a, pair.b) = (pair.a.min(pair.b), pair.a.max(pair.b));
    }
    pairs.sort_unstable_by(|x, y| y.score.total_cmp(&x.score).then_with(|| (x.a, x.b).cmp(&(y.a, y.b))));
    let mut clusters = Clusters::new(count);
    for pair in pairs {
        clusters.join(pair.a, pair.b, &apart);
    }
    let mut groups: Vec<Vec<usize>> = clusters.members.into_iter().filter(|members| !members.is_empty()).collect();
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort_unstable();
    groups
}

/// Numbers in groups.
struct Clusters {
    home: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// Groups that were found to be apart: they stay so whatever joins them, and are not asked again.
    parted: Vec<BTreeSet<usize>>,
}

impl Clusters {
    fn new(count: usize) -> Self {
        Clusters {
            home: (0..count).collect(),
            members: (0..count).map(|number| vec![number]).collect(),
            parted: vec![BTreeSet::new(); count],
        }
    }

    fn join(&mut self, a: usize, b: usize, apart: &impl Fn(usize, usize) -> bool) {
        let (a, b) = (self.home[a], self.home[b]);
        if a == b || self.parted[a].contains(&b) {
            return;
        }
        if self.members[a].iter().any(|&x| self.members[b].iter().any(|&y| apart(x, y))) {
            self.parted[a].insert(b);
            self.parted[b].insert(a);
            return;
        }
        let (keep, drop) = if self.members[a].len() < self.members[b].len() { (b, a) } else { (a, b) };
        let moved = std::mem::take(&mut self.members[drop]);
        for &number in &moved {
            self.home[number] = keep;
        }
        self.members[keep].extend(moved);
        for other in std::mem::take(&mut self.parted[drop]) {
            self.parted[other].remove(&drop);
            self.parted[other].insert(keep);
            self.parted[keep].insert(other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(a: u8, b: u8, score: f64) -> Pair<u8> {
        Pair { a, b, score }
    }

    #[test]
    fn surest_pairs_first_and_none_against_a_bar() {
        let pairs = vec![pair(2, 3, 0.6), pair(1, 2, 0.9), pair(4, 5, 0.5)];
        let backwards: Vec<_> = pairs.iter().rev().cloned().collect();
        let apart = |a: &u8, b: &u8| (a.min(b), a.max(b)) == (&1, &3);
        let expected = vec![vec![1, 2], vec![3], vec![4, 5], vec![6]];
        assert_eq!(groups([1, 2, 3, 4, 5, 6], pairs, apart), expected);
        assert_eq!(groups([6, 5, 4, 3, 2, 1], backwards, apart), expected);
    }
}
