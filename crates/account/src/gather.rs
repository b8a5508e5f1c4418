//! Groups of things of many reports that are the same.

use crate::cluster::{Pair, groups};
use crate::decision::{Decision, Ref};
use crate::item::{Item, Same};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A thing's report, by number, and its own number there.
pub type At = (usize, usize);

/// Things by where they stand, each with its name.
pub type Things<T> = BTreeMap<At, (Ref, T)>;

/// What is one: its members in order, and why each two were joined.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// In order.
    pub members: Vec<At>,
    /// Reasons, in order, without repeats.
    pub why: Vec<String>,
}

/// The groups that the things make. `twice` says whether one report can hold two of a group.
pub fn gather<T: Item>(things: &Things<T>, decisions: &[Decision], twice: bool) -> Vec<Group> {
    let by_name: HashMap<&Ref, At> = things.iter().map(|(at, (name, _))| (name, *at)).collect();
    let both = |(a, b): (&Ref, &Ref)| Some((*by_name.get(a)?, *by_name.get(b)?)).map(|(a, b)| (a.min(b), a.max(b)));
    let (mut merge, mut never) = (BTreeSet::new(), BTreeSet::new());
    for decision in decisions {
        // The later word counts.
        let (pair, to, from) = match decision {
            Decision::Merge { a, b } => (both((a, b)), &mut merge, &mut never),
            Decision::Never { a, b } => (both((a, b)), &mut never, &mut merge),
        };
        if let Some(pair) = pair {
            from.remove(&pair);
            to.insert(pair);
        }
    }
    let nodes = nodes(things, &merge.union(&never).flat_map(|&(a, b)| [a, b]).collect());
    let mut found = pairs(things, &nodes, twice);
    found.extend(merge.iter().map(|&pair| (pair, Same::new(f64::INFINITY, "decided by a person".into()))));
    let apart = |a: &At, b: &At| {
        let pair = (*a.min(b), *a.max(b));
        never.contains(&pair) || !merge.contains(&pair) && things[a].1.apart(&things[b].1, !twice && a.0 == b.0)
    };
    let pairs = found.iter().map(|(&(a, b), same)| Pair { a, b, score: same.score }).collect();
    let grouped = groups(nodes.keys().copied(), pairs, apart);
    let mut all: Vec<Group> = grouped
        .into_iter()
        .map(|firsts| {
            let mut members: Vec<At> = firsts.iter().flat_map(|first| &nodes[first]).copied().collect();
            members.sort_unstable();
            Group { members, why: reasons(&firsts, &found) }
        })
        .collect();
    all.sort_by(|a, b| a.members.cmp(&b.members));
    all
}

/// Things of one identity, by the first of them. Those that people decided about stand for themselves.
fn nodes<T: Item>(things: &Things<T>, decided: &BTreeSet<At>) -> BTreeMap<At, Vec<At>> {
    let mut known: HashMap<String, At> = HashMap::new();
    let mut nodes: BTreeMap<At, Vec<At>> = BTreeMap::new();
    for (at, (_, thing)) in things {
        let identity = thing.identity().filter(|_| !decided.contains(at));
        let first = identity.map_or(*at, |identity| *known.entry(identity).or_insert(*at));
        nodes.entry(first).or_default().push(*at);
    }
    nodes
}

/// All pairs that find each other and are the same.
fn pairs<T: Item>(things: &Things<T>, nodes: &BTreeMap<At, Vec<At>>, twice: bool) -> BTreeMap<(At, At), Same> {
    let keys: BTreeMap<At, _> = nodes.keys().map(|at| (*at, things[at].1.keys())).collect();
    let mut filed: HashMap<&str, Vec<At>> = HashMap::new();
    for (at, keys) in &keys {
        for key in &keys.under {
            filed.entry(key).or_default().push(*at);
        }
    }
    let mut found = BTreeMap::new();
    for (at, keys) in &keys {
        let met: BTreeSet<At> = keys.finds.iter().filter_map(|key| filed.get(key.as_str())).flatten().copied().collect();
        for other in met.into_iter().filter(|other| at != other && (twice || at.0 != other.0)) {
            let pair = (*at.min(&other), *at.max(&other));
            if found.contains_key(&pair) {
                continue;
            }
            if let Some(same) = things[&pair.0].1.same(&things[&pair.1].1) {
                found.insert(pair, same);
            }
        }
    }
    found
}

fn reasons(members: &[At], found: &BTreeMap<(At, At), Same>) -> Vec<String> {
    let mut why: Vec<String> = Vec::new();
    for (i, a) in members.iter().enumerate() {
        for b in &members[i + 1..] {
            for reason in found.get(&(*a, *b)).into_iter().flat_map(|same| &same.why) {
                if !why.contains(reason) {
                    why.push(reason.clone());
                }
            }
        }
    }
    why
}
