//! Perturbed copies of training sentences: headlines, unfinished lines, other names in the same place, white
//! space around every word.

use super::data::Example;
use super::random::Random;
use crate::decode::NAME_TAGS;
use std::collections::BTreeSet;

/// Words of the names of the training data, by name tag, to put one in the place of another. Rare words are as likely as frequent
/// ones, so that the network learns from the place and not from the word.
pub(crate) struct Pool {
    words: Vec<Vec<String>>,
}

/// Capitalised and of letters only: what may be exchanged.
fn plain_name(form: &str) -> bool {
    form.starts_with(char::is_uppercase) && form.chars().all(char::is_alphabetic)
}

impl Pool {
    /// All words that are in names.
    pub fn new(examples: &[Example]) -> Self {
        let mut words = vec![BTreeSet::new(); NAME_TAGS];
        for example in examples {
            for (word, &tag) in example.words.iter().zip(example.names.iter().flatten()) {
                if plain_name(&word.form) {
                    words[tag as usize].insert(word.form.clone());
                }
            }
        }
        Pool { words: words.into_iter().map(|set| set.into_iter().collect()).collect() }
    }

    /// Exchanges some words of names for others with the same tag.
    fn exchange(&self, example: &mut Example, random: &mut Random) {
        for (word, &tag) in example.words.iter_mut().zip(example.names.iter().flatten()) {
            let others = &self.words[tag as usize];
            if tag != 0 && plain_name(&word.form) && random.chance(0.3) {
                word.form.clone_from(&others[random.below(others.len())]);
            }
        }
    }
}

/// News has headlines and unfinished lines; treebanks have few. Some sentences are made to look like them.
pub(crate) fn perturb(example: &Example, pool: &Pool, random: &mut Random) -> Example {
    let mut new = example.clone();
    if random.chance(0.35) {
        pool.exchange(&mut new, random);
    }
    let dice = random.unit();
    if dice < 0.04 {
        new.words.iter_mut().filter(|w| w.form.len() > 3).for_each(|w| w.form = capitalised(&w.form));
    } else if dice < 0.06 {
        new.words.iter_mut().for_each(|w| w.form = w.form.to_uppercase());
    } else if dice < 0.08 {
        new.words.iter_mut().for_each(|w| w.form = w.form.to_lowercase());
    }
    if random.chance(0.08) {
        drop_final_mark(&mut new);
    }
    // Tokens that others made often come without the white space that was between them.
    if random.chance(0.12) {
        new.words.iter_mut().for_each(|w| (w.space_before, w.space_after) = (true, true));
    }
    new
}

fn capitalised(form: &str) -> String {
    let mut chars = form.chars();
    chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

/// Takes the full stop away, when nothing hangs on it.
fn drop_final_mark(example: &mut Example) {
    let n = example.len();
    if n < 3 || example.words[n - 1].form != "." || example.tree.as_ref().is_some_and(|t| t.iter().any(|g| g.head == n)) {
        return;
    }
    example.words.pop();
    if let Some(tree) = &mut example.tree {
        tree.pop();
    }
    if let Some(names) = &mut example.names {
        names.pop();
    }
}
