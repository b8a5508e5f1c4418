//! Groups of things that are the same, from what is known of pairs.
//!
//! The result depends on the pairs alone and not on the order in which reports came: the surest pairs are joined first, ties by
//! name, and a pair is not joined when that would bring together two things that cannot be the same. It is what Kruskal's algorithm
//! does for trees, stopped by *cannot-link* constraints (Davidson and Ravi 2005).

use std::collections::BTreeMap;

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

/// Largest group within which every member is asked whether it can be the same as every member of the group that joins it; past it
/// only the two of the pair are.
const ASKED: usize = 40;

/// The groups of `all` that the pairs make, each in order, the groups in the order of their first members.
pub fn groups<K: Clone + Ord>(
    all: impl IntoIterator<Item = K>,
    mut pairs: Vec<Pair<K>>,
    apart: impl Fn(&K, &K) -> bool,
) -> Vec<Vec<K>> {
    let mut members: BTreeMap<K, Vec<K>> = all.into_iter().map(|k| (k.clone(), vec![k])).collect();
    let mut home: BTreeMap<K, K> = members.keys().map(|k| (k.clone(), k.clone())).collect();
    pairs.sort_by(|x, y| y.score.total_cmp(&x.score).then_with(|| (&x.a, &x.b).cmp(&(&y.a, &y.b))));
    for pair in pairs {
        let (Some(a), Some(b)) = (home.get(&pair.a).cloned(), home.get(&pair.b).cloned()) else { continue };
        if a == b || parted(&members[&a], &members[&b], &apart) {
            continue;
        }
        let (keep, drop) = if a < b { (a, b) } else { (b, a) };
        let moved = members.remove(&drop).unwrap_or_default();
        for k in &moved {
            home.insert(k.clone(), keep.clone());
        }
        members.entry(keep).or_default().extend(moved);
    }
    let mut groups: Vec<Vec<K>> = members.into_values().collect();
    groups.iter_mut().for_each(|g| g.sort());
    groups.sort();
    groups
}

fn parted<K>(a: &[K], b: &[K], apart: &impl Fn(&K, &K) -> bool) -> bool {
    a.iter().take(ASKED).any(|x| b.iter().take(ASKED).any(|y| apart(x, y)))
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
