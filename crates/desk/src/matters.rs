//! What several positions are about: the words that their propositions share.
//!
//! Each position has words of its own for its matter, so that positions of several parties do not stand beside each other by themselves.
//! Here propositions are brought together by the content words they share (without endings, empty words, numbers and the names of those
//! who hold them): again and again that group is taken out in which the most propositions share the most words, at most three words
//! counting; it is called by these words. Two propositions need two words in common, three need one. What is left over shares nothing that
//! would be worth a column. The result depends on the propositions alone: where two groups are alike good, the first in the alphabet is taken.

use onrecord_account::stems;
use std::collections::{BTreeMap, BTreeSet};

/// Matters at most: columns that a page has room for.
const MOST: usize = 10;
/// Words that name a matter at most.
const WORDS: usize = 3;
/// A group must be worth so much: propositions but one, times the words they share.
const WORTH: usize = 2;

/// The matters that propositions share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matters {
    /// What each is called.
    pub names: Vec<String>,
    /// The matter of each proposition; none where it shares none.
    pub of: Vec<Option<usize>>,
}

/// A proposition with the names of those who hold it.
pub struct Proposition {
    pub words: String,
    pub holders: Vec<String>,
}

impl Matters {
    /// Of these propositions.
    pub fn new(propositions: &[Proposition]) -> Self {
        let stems: Vec<BTreeSet<String>> = propositions.iter().map(content).collect();
        let mut matters = Matters { names: Vec::new(), of: vec![None; propositions.len()] };
        while matters.names.len() < MOST {
            let left: Vec<usize> = (0..stems.len()).filter(|&i| matters.of[i].is_none()).collect();
            let Some((words, members)) = best(&stems, &left) else { break };
            for &member in &members {
                matters.of[member] = Some(matters.names.len());
            }
            matters.names.push(name(&words, &members, propositions));
        }
        matters
    }
}

fn content(proposition: &Proposition) -> BTreeSet<String> {
    let mut all = stems(&proposition.words);
    let holders = stems(&proposition.holders.join(" "));
    all.retain(|stem| stem.chars().count() > 2 && !stem.starts_with(|c: char| c.is_numeric()) && !holders.contains(stem));
    all
}

/// The words and members of the group that is worth most among those that are left.
fn best<'s>(stems: &'s [BTreeSet<String>], left: &[usize]) -> Option<(Vec<&'s str>, Vec<usize>)> {
    let mut with: BTreeMap<Vec<&str>, Vec<usize>> = BTreeMap::new();
    for &i in left {
        for stem in &stems[i] {
            with.entry(vec![stem]).or_default().push(i);
        }
    }
    with.retain(|_, members| members.len() > 1);
    // Of a pair both words must be had by several.
    let mut pairs: BTreeMap<Vec<&str>, Vec<usize>> = BTreeMap::new();
    for &i in left {
        let known: Vec<&str> = stems[i].iter().map(String::as_str).filter(|stem| with.contains_key(&vec![*stem])).collect();
        for (at, first) in known.iter().enumerate() {
            for second in &known[at + 1..] {
                pairs.entry(vec![first, second]).or_default().push(i);
            }
        }
    }
    with.extend(pairs.into_iter().filter(|(_, members)| members.len() > 1));
    let mut best: Option<(usize, Vec<&str>, Vec<usize>)> = None;
    for members in with.into_values() {
        let first = &stems[members[0]];
        let shared: Vec<&str> =
            first.iter().filter(|stem| members.iter().all(|&i| stems[i].contains(*stem))).map(String::as_str).collect();
        let worth = (members.len() - 1) * shared.len().min(WORDS);
        let better = |(known, words, before): &(usize, Vec<&str>, Vec<usize>)| {
            (worth, members.len()) > (*known, before.len()) || ((worth, members.len()) == (*known, before.len()) && shared < *words)
        };
        if worth >= WORTH && best.as_ref().is_none_or(better) {
            best = Some((worth, shared, members));
        }
    }
    best.map(|(_, words, members)| (words, members))
}

/// The shared words as most propositions write them, in the order of the first.
fn name(stems_shared: &[&str], members: &[usize], propositions: &[Proposition]) -> String {
    let mut written: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    for &member in members {
        for word in propositions[member].words.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '’' || c == '\'')) {
            let of_word = stems(word);
            for stem in stems_shared.iter().filter(|stem| of_word.contains(**stem)) {
                *written.entry(stem).or_default().entry(word.to_lowercase()).or_default() += 1;
                if !order.contains(stem) {
                    order.push(stem);
                }
            }
        }
    }
    let most = |stem: &&str| {
        let forms = written.get(stem)?;
        forms
            .iter()
            .max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.len().cmp(&a.0.len())).then_with(|| b.0.cmp(a.0)))
            .map(|(form, _)| form.clone())
    };
    let mut words: Vec<String> = Vec::new();
    for word in order.iter().filter_map(most) {
        if !words.contains(&word) && words.len() < WORDS {
            words.push(word);
        }
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matters(words: &[(&str, &str)]) -> Matters {
        let proposition = |(holder, words): &(&str, &str)| Proposition { words: (*words).into(), holders: vec![(*holder).into()] };
        Matters::new(&words.iter().map(proposition).collect::<Vec<_>>())
    }

    #[test]
    fn what_shares_words_is_one_matter() {
        let found = matters(&[
            ("Norway", "to host talks on a prisoner exchange"),
            ("Chad", "an exchange of all prisoners"),
            ("Sudan", "any prisoner exchange before the harvest"),
            ("Chad", "reopening the border crossing at Adre"),
            ("Sudan", "opening of the Adre border"),
            ("Norway", "200 tents"),
        ]);
        assert_eq!(found.of, [Some(0), Some(0), Some(0), Some(1), Some(1), None]);
        assert_eq!(found.names, ["prisoner exchange", "border adre"]);
    }

    #[test]
    fn the_holder_is_no_matter_and_numbers_are_none() {
        let found = matters(&[("Norway", "Norway's 300 tents"), ("Norway", "300 blankets from Norway"), ("Norway", "Norway 300")]);
        assert_eq!(found, Matters { names: vec![], of: vec![None; 3] });
        assert_eq!(matters(&[]), Matters::default());
    }

    #[test]
    fn order_changes_nothing_but_places() {
        let words = [
            ("A", "a truce in the north"),
            ("B", "the northern truce talks"),
            ("C", "a truce in the north of the land"),
            ("D", "grain"),
        ];
        let mut turned = words;
        turned.reverse();
        let (one, other) = (matters(&words), matters(&turned));
        assert_eq!(one.of.iter().rev().copied().collect::<Vec<_>>(), other.of);
        assert_eq!(one.names.len(), other.names.len());
    }

    #[test]
    fn there_are_never_more_than_there_is_room_for() {
        let many: Vec<(String, String)> =
            (0..60).map(|i| (format!("holder{i}"), format!("matter{0} thing{0}", (b'a' + i / 2) as char))).collect();
        let many: Vec<(&str, &str)> = many.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(matters(&many).names.len(), MOST);
    }
}
