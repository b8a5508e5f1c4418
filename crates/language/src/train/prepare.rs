//! From sentences to numbers: labels, vocabulary, and each epoch's batches with their perturbations.

use super::augment::{Pool, perturb};
use super::data::{Example, Item};
use super::learn::Batch;
use super::random::Random;
use crate::Deprel;
use crate::features::{CASED, KINDS, LISTED, LOWER, SHAPE, Scratch, Word, casing, keys};
use crate::gazetteer::{Gazetteer, Listed};
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

/// Kinds that describe a whole word; the others describe parts of it.
const WHOLE: [usize; 4] = [LOWER, CASED, SHAPE, LISTED];

/// Keys worth a row: words seen twice, parts of words seen in three words.
pub(crate) fn vocabulary<'e>(examples: impl Iterator<Item = &'e Example>, gazetteer: &Gazetteer) -> Counted {
    let mut seen: Vec<BTreeMap<u32, u32>> = vec![BTreeMap::new(); KINDS];
    let mut words: BTreeMap<&str, u32> = BTreeMap::new();
    let (mut scratch, mut listed) = (Scratch::default(), Vec::new());
    for example in examples {
        let casing = casing(example.words.iter().map(|w| w.form.as_str()));
        gazetteer.mark(example.words.iter().map(|w| w.form.as_str()), &mut listed);
        for (word, &listed) in example.words.iter().zip(&listed) {
            *words.entry(&word.form).or_default() += 1;
            let keys = keys(view(word, listed), casing, &mut scratch);
            for kind in WHOLE {
                *seen[kind].entry(keys[kind]).or_default() += 1;
            }
        }
    }
    for form in words.into_keys() {
        let word = Word { form, space_before: true, space_after: true, listed: Listed::default() };
        let keys = keys(word, crate::features::Casing::Running, &mut scratch);
        for kind in (0..KINDS).filter(|kind| !WHOLE.contains(kind)) {
            *seen[kind].entry(keys[kind]).or_default() += 1;
        }
    }
    let (mut keys, mut counts) = (Vec::new(), vec![0; KINDS]);
    for (kind, seen) in seen.into_iter().enumerate() {
        let least = if WHOLE.contains(&kind) { 2 } else { 3 };
        for (key, count) in seen.into_iter().filter(|&(_, count)| count >= least) {
            keys.push(key);
            counts.push(count);
        }
    }
    Counted { table: Vocabulary::new(&keys), keys, counts }
}

fn view(item: &Item, listed: Listed) -> Word<'_> {
    Word { form: &item.form, space_before: item.space_before, space_after: item.space_after, listed }
}

/// Rows of the words of a sentence as it stands. With `hide`, some words are taken from the lists of names.
pub(crate) fn rows(words: &[Item], vocabulary: &Vocabulary, gazetteer: &Gazetteer, hide: Option<&mut Random>) -> Vec<[u32; KINDS]> {
    let forms = words.iter().map(|w| w.form.as_str());
    let casing = casing(forms.clone());
    let mut listed = Vec::new();
    gazetteer.mark(forms, &mut listed);
    if let Some(random) = hide {
        let all = random.chance(0.1);
        listed.iter_mut().for_each(|l| *l = if all || random.chance(0.1) { Listed::default() } else { *l });
    }
    let mut scratch = Scratch::default();
    words.iter().zip(listed).map(|(w, listed)| vocabulary.look_up(&keys(view(w, listed), casing, &mut scratch))).collect()
}

/// The batches of an epoch, each in two halves for two threads.
pub(crate) fn epoch(
    examples: &[&Example],
    pool: &Pool,
    labels: &Labels,
    vocabulary: &Counted,
    gazetteer: &Gazetteer,
    batch_words: usize,
    random: &mut Random,
) -> Vec<[Batch; 2]> {
    let mut order: Vec<usize> = (0..examples.len()).collect();
    random.shuffle(&mut order);
    let (mut batches, mut now): (Vec<[Batch; 2]>, [Batch; 2]) = (Vec::new(), Default::default());
    for i in order {
        let example = perturb(examples[i], pool, random);
        // The half with fewer words takes the next sentence.
        let half = usize::from(now[0].rows.len() > now[1].rows.len());
        let rows = rows(&example.words, &vocabulary.table, gazetteer, Some(random));
        push(&mut now[half], &example, rows, labels, vocabulary, random);
        if now[0].rows.len() + now[1].rows.len() >= batch_words && !now[1].rows.is_empty() {
            batches.push(std::mem::take(&mut now));
        }
    }
    if now.iter().all(|b| !b.rows.is_empty()) {
        batches.push(now);
    }
    batches
}

fn push(batch: &mut Batch, example: &Example, rows: Vec<[u32; KINDS]>, labels: &Labels, vocabulary: &Counted, random: &mut Random) {
    if batch.starts.is_empty() {
        batch.starts.push(0);
    }
    for (i, mut rows) in rows.into_iter().enumerate() {
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
