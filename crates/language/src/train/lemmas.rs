//! Learns lemma rules: for each context, from general to particular, an edit is kept only where it changes the answer.

use super::data::Example;
use crate::lemma::{Edit, LONGEST_ENDING, Lemmas, context_keys};
use std::collections::BTreeMap;

/// Contexts shorter than a whole word need this many different words behind them.
const LEAST_WORDS: u32 = 2;

pub(crate) fn learn(examples: &[Example]) -> Lemmas {
    // (xpos, lower form) → edit → count. Words that typos changed beyond recognition teach nothing.
    let mut words: BTreeMap<(&str, String), BTreeMap<Edit, u32>> = BTreeMap::new();
    for example in examples {
        let Some(tree) = &example.tree else { continue };
        for (word, gold) in example.words.iter().zip(tree).filter(|(_, g)| g.lemma != "_" || g.tag.contains("SYM")) {
            let xpos = gold.tag.split('\t').nth(1).unwrap_or_default();
            let edits = words.entry((xpos, word.form.to_lowercase())).or_default();
            for edit in Edit::between(&word.form, &gold.lemma) {
                *edits.entry(edit).or_default() += 1;
            }
        }
    }
    let contexts: Vec<Vec<u32>> = words
        .keys()
        .map(|(xpos, form)| {
            let (keys, count) = context_keys(form, xpos);
            keys[..count].to_vec()
        })
        .collect();
    let mut rules: BTreeMap<u32, Edit> = BTreeMap::new();
    for length in 0..=LONGEST_ENDING + 1 {
        let mut votes: BTreeMap<u32, (u32, BTreeMap<&Edit, u32>)> = BTreeMap::new();
        let mut inherited: BTreeMap<u32, Option<Edit>> = BTreeMap::new();
        for (keys, edits) in contexts.iter().zip(words.values()) {
            let whole = length == LONGEST_ENDING + 1;
            let at = if whole { keys.len() - 1 } else { length };
            if !whole && at + 1 >= keys.len() {
                continue;
            }
            let key = keys[at];
            let (types, votes) = votes.entry(key).or_default();
            *types += if whole { LEAST_WORDS } else { 1 };
            for (edit, count) in edits {
                // Frequent words are irregular; they must not speak for their ending.
                *votes.entry(edit).or_default() += if whole { *count } else { (*count).min(3) };
            }
            inherited.entry(key).or_insert_with(|| keys[..at].iter().rev().find_map(|k| rules.get(k)).cloned());
        }
        for (key, (types, votes)) in votes {
            let best =
                votes.iter().max_by_key(|(edit, count)| (**count, std::cmp::Reverse((edit.cut, **edit)))).map(|(edit, _)| *edit);
            if let Some(edit) = best.filter(|e| types >= LEAST_WORDS || length == 0 || e.cut == 0)
                && inherited.get(&key).is_none_or(|i| i.as_ref() != Some(edit))
            {
                rules.insert(key, edit.clone());
            }
        }
    }
    let mut edits: Vec<Edit> = rules.values().cloned().collect();
    edits.sort();
    edits.dedup();
    edits.truncate(usize::from(u16::MAX));
    let index = |edit: &Edit| edits.binary_search(edit).ok().and_then(|i| u16::try_from(i).ok());
    let numbered = rules.iter().filter_map(|(&key, edit)| Some((key, index(edit)?))).collect();
    Lemmas::new(edits, numbered)
}
