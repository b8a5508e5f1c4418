//! From sentences to numbers: labels, vocabulary, and each epoch's batches with their perturbations.

use super::data::{Example, Item};
use super::learn::Batch;
use super::random::Random;
use crate::Deprel;
use crate::features::{CASED, KINDS, LOWER, Scratch, Word, casing, keys};
use crate::vocabulary::Vocabulary;
use std::collections::{BTreeMap, HashMap};

/// Output labels.
pub(crate) struct Labels {
    /// `UPOS<tab>XPOS<tab>FEATS`, most frequent first.
    pub tags: Vec<String>,
    pub relations: Vec<Deprel>,
    tag_index: HashMap<String, usize>,
}

/// Tags seen fewer times are not learnt; the nearest one with the same tags but other features stands for them.
const RAREST_TAG: usize = 3;

impl Labels {
    /// Labels of the trees; none when there is no tree.
    pub fn new(examples: &[Example]) -> Option<Self> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let mut relations = BTreeMap::new();
        for gold in examples.iter().filter_map(|e| e.tree.as_ref()).flatten() {
            *counts.entry(&gold.tag).or_default() += 1;
            *relations.entry(gold.relation).or_insert(0) += 1;
        }
        let mut tags: Vec<(&str, usize)> = counts.into_iter().filter(|&(_, n)| n >= RAREST_TAG).collect();
        tags.sort_by_key(|&(tag, n)| (std::cmp::Reverse(n), tag));
        let tags: Vec<String> = tags.into_iter().map(|(tag, _)| tag.to_owned()).collect();
        let tag_index = tags.iter().cloned().zip(0..).collect();
        (!tags.is_empty()).then(|| Labels { tags, relations: relations.into_keys().collect(), tag_index })
    }

    /// Index of a tag, or of the most frequent one that shares its UPOS and XPOS.
    pub fn tag(&self, tag: &str) -> usize {
        let stem = |tag: &str| tag.rsplit_once('\t').map_or(String::new(), |(stem, _)| stem.to_owned());
        self.tag_index.get(tag).copied().unwrap_or_else(|| {
            let wanted = stem(tag);
            self.tags.iter().position(|t| stem(t) == wanted).unwrap_or(0)
        })
    }

    /// Index of a relation.
    pub fn relation(&self, relation: Deprel) -> usize {
        self.relations.iter().position(|&r| r == relation).unwrap_or(0)
    }
}

/// The vocabulary and how often each row was seen.
pub(crate) struct Counted {
    pub table: Vocabulary,
    pub keys: Vec<u32>,
    counts: Vec<u32>,
}

/// Keys worth a row: words seen twice, parts of words seen in three words.
pub(crate) fn vocabulary(examples: &[Example]) -> Counted {
    let mut seen: Vec<BTreeMap<u32, u32>> = vec![BTreeMap::new(); KINDS];
    let mut words: BTreeMap<&str, u32> = BTreeMap::new();
    let mut scratch = Scratch::default();
    for example in examples {
        let casing = casing(example.words.iter().map(|w| w.form.as_str()));
        for word in &example.words {
            *words.entry(&word.form).or_default() += 1;
            let keys = keys(view(word), casing, &mut scratch);
            for kind in [LOWER, CASED, KINDS - 1] {
                *seen[kind].entry(keys[kind]).or_default() += 1;
            }
        }
    }
    for form in words.into_keys() {
        let word = Word { form, space_before: true, space_after: true };
        let keys = keys(word, crate::features::Casing::Running, &mut scratch);
        for kind in CASED + 1..KINDS - 1 {
            *seen[kind].entry(keys[kind]).or_default() += 1;
        }
    }
    let (mut keys, mut counts) = (Vec::new(), vec![0; KINDS]);
    for (kind, seen) in seen.into_iter().enumerate() {
        let least = if kind == LOWER || kind == CASED || kind == KINDS - 1 { 2 } else { 3 };
        for (key, count) in seen.into_iter().filter(|&(_, count)| count >= least) {
            keys.push(key);
            counts.push(count);
        }
    }
    Counted { table: Vocabulary::new(&keys), keys, counts }
}

fn view(item: &Item) -> Word<'_> {
    Word { form: &item.form, space_before: item.space_before, space_after: item.space_after }
}

/// Rows of the words of a sentence as it stands.
pub(crate) fn rows(words: &[Item], vocabulary: &Vocabulary) -> Vec<[u32; KINDS]> {
    let casing = casing(words.iter().map(|w| w.form.as_str()));
    let mut scratch = Scratch::default();
    words.iter().map(|w| vocabulary.look_up(&keys(view(w), casing, &mut scratch))).collect()
}

/// The batches of an epoch, each in two halves for two threads.
pub(crate) fn epoch(
    examples: &[Example],
    labels: &Labels,
    vocabulary: &Counted,
    batch_words: usize,
    random: &mut Random,
) -> Vec<[Batch; 2]> {
    let mut order: Vec<usize> = (0..examples.len()).collect();
    random.shuffle(&mut order);
    let (mut batches, mut now): (Vec<[Batch; 2]>, [Batch; 2]) = (Vec::new(), Default::default());
    for i in order {
        let example = perturb(&examples[i], random);
        // The half with fewer words takes the next sentence.
        let half = usize::from(now[0].rows.len() > now[1].rows.len());
        push(&mut now[half], &example, labels, vocabulary, random);
        if now[0].rows.len() + now[1].rows.len() >= batch_words && !now[1].rows.is_empty() {
            batches.push(std::mem::take(&mut now));
        }
    }
    if now.iter().all(|b| !b.rows.is_empty()) {
        batches.push(now);
    }
    batches
}

fn push(batch: &mut Batch, example: &Example, labels: &Labels, vocabulary: &Counted, random: &mut Random) {
    if batch.starts.is_empty() {
        batch.starts.push(0);
    }
    for (i, mut rows) in rows(&example.words, &vocabulary.table).into_iter().enumerate() {
        let count = vocabulary.counts[rows[LOWER] as usize] as f32;
        let named = example.names.as_ref().is_some_and(|n| n[i] != 0);
        // Rare words are hidden often, so that the network learns to do without them.
        if random.chance(0.4 / (0.4 + count) + if named { 0.1 } else { 0.01 }) {
            rows[LOWER] = LOWER as u32;
            rows[CASED] = CASED as u32;
        }
        batch.rows.push(rows);
        let gold = example.tree.as_ref().map(|t| &t[i]);
        batch.tags.push(gold.map_or(0, |g| labels.tag(&g.tag) as u16));
        batch.heads.push(gold.map_or(0, |g| g.head as u16));
        batch.relations.push(gold.map_or(0, |g| labels.relation(g.relation) as u8));
        batch.names.push(example.names.as_ref().map_or(0, |n| n[i]));
    }
    batch.gold.push((example.tree.is_some(), example.names.is_some()));
    batch.starts.push(batch.rows.len());
}

/// News has headlines and unfinished lines; treebanks have few. Some sentences are made to look like them.
fn perturb(example: &Example, random: &mut Random) -> Example {
    let mut new = example.clone();
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
