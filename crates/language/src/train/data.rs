//! Reading treebanks and name corpora, and saying what is wrong with them.

use super::TrainError;
use crate::decode::name_tag;
use crate::{Deprel, NameKind};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A word of a training sentence.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub form: String,
    pub space_before: bool,
    pub space_after: bool,
}

/// What a treebank says of a word.
#[derive(Clone, Debug)]
pub(crate) struct Gold {
    pub lemma: String,
    /// `UPOS<tab>XPOS<tab>FEATS`.
    pub tag: String,
    /// 0 for the root, else one more than the index of the head.
    pub head: usize,
    pub relation: Deprel,
}

/// A sentence with a tree, or name tags, or both.
#[derive(Clone, Debug, Default)]
pub(crate) struct Example {
    pub id: String,
    /// It begins a paragraph.
    pub new_paragraph: bool,
    /// Its file says where paragraphs begin.
    pub has_paragraphs: bool,
    pub words: Vec<Item>,
    pub tree: Option<Vec<Gold>>,
    /// One of [`crate::decode::NAME_TAGS`] for each word.
    pub names: Option<Vec<u8>>,
}

fn read(path: &Path) -> Result<String, TrainError> {
    std::fs::read_to_string(path).map_err(|source| TrainError::Read { path: path.to_owned(), source })
}

/// Sentences of a CoNLL-U file; with names where MISC has them (`Name=B-PER`, also in BIOES).
pub(crate) fn treebank(path: &Path) -> Result<Vec<Example>, TrainError> {
    let bad = |line: usize, what: &str| TrainError::Format { path: path.to_owned(), line: line + 1, what: what.to_owned() };
    let (mut all, mut now, mut tree, mut tags) = (Vec::new(), Example::default(), Vec::new(), Vec::<String>::new());
    // Words up to this number are written together.
    let (mut together_until, mut together_spaced) = (0usize, true);
    let text = read(path)?;
    for (number, line) in text.lines().chain([""]).enumerate() {
        if line.is_empty() {
            if !now.words.is_empty() {
                now.tree = Some(std::mem::take(&mut tree));
                let marked = std::mem::take(&mut tags);
                now.names = marked.iter().any(|t| !t.is_empty()).then(|| name_tags(&marked));
                all.push(std::mem::take(&mut now));
            }
            (together_until, together_spaced) = (0, true);
        } else if let Some(id) = line.strip_prefix("# sent_id = ") {
            now.id = id.to_owned();
        } else if line.starts_with("# newpar") || line.starts_with("# newdoc") {
            now.new_paragraph = true;
        } else if !line.starts_with('#') {
            let columns: Vec<&str> = line.split('\t').collect();
            let [id, form, lemma, upos, xpos, feats, head, relation, _, misc] = columns[..] else {
                return Err(bad(number, "ten columns are needed"));
            };
            let spaced = !misc.split('|').any(|m| m == "SpaceAfter=No");
            if let Some((_, last)) = id.split_once('-') {
                together_until = last.parse().map_err(|_| bad(number, "the range of words is not a number"))?;
                together_spaced = spaced;
                continue;
            }
            if id.contains('.') {
                continue;
            }
            let place = now.words.len() + 1;
            let space_after = match place.cmp(&together_until) {
                std::cmp::Ordering::Less => false,
                std::cmp::Ordering::Equal => together_spaced,
                std::cmp::Ordering::Greater => spaced,
            };
            let space_before = now.words.last().is_none_or(|w: &Item| w.space_after);
            now.words.push(Item { form: form.to_owned(), space_before, space_after });
            let marked = misc.split('|').find_map(|m| m.strip_prefix("Name="));
            tags.push(marked.map_or(String::new(), |t| t.replacen("S-", "B-", 1).replacen("E-", "I-", 1)));
            tree.push(Gold {
                lemma: lemma.to_owned(),
                tag: format!("{upos}\t{xpos}\t{feats}"),
                head: head.parse().map_err(|_| bad(number, "the head is not a number"))?,
                relation: Deprel::parse(relation).ok_or_else(|| bad(number, &format!("unknown relation {relation}")))?,
            });
        }
    }
    let marked = all.iter().any(|e: &Example| e.new_paragraph);
    all.iter_mut().for_each(|e| e.has_paragraphs = marked);
    Ok(all)
}

/// Sentences of a name corpus: token, tab, `O` or `B-PER`, `I-PER` ...
pub(crate) fn names(path: &Path) -> Result<Vec<Example>, TrainError> {
    let (mut all, mut forms, mut tags) = (Vec::new(), Vec::<String>::new(), Vec::<String>::new());
    for line in read(path)?.lines().chain([""]) {
        if line.trim().is_empty() {
            if !forms.is_empty() {
                all.push(name_example(std::mem::take(&mut forms), &std::mem::take(&mut tags)));
            }
        } else if !line.starts_with("# doc =") {
            let mut columns = line.split('\t');
            if let (Some(form), Some(tag)) = (columns.next(), columns.next()) {
                push_split(form, tag, &mut forms, &mut tags);
            }
        }
    }
    Ok(all)
}

/// The treebanks write hyphenated compounds as several words, some name corpora as one.
fn push_split(form: &str, tag: &str, forms: &mut Vec<String>, tags: &mut Vec<String>) {
    let compound = form.len() > 1
        && form.contains('-')
        && form.split('-').all(|part| !part.is_empty() && part.chars().all(char::is_alphabetic))
        && form.split('-').all(|part| part.chars().count() > 1);
    if !compound {
        forms.push(form.to_owned());
        tags.push(tag.to_owned());
        return;
    }
    let inside = tag.replacen("B-", "I-", 1);
    for (i, part) in form.split('-').enumerate() {
        if i > 0 {
            forms.push("-".to_owned());
            tags.push(inside.clone());
        }
        forms.push(part.to_owned());
        tags.push(if i == 0 { tag.to_owned() } else { inside.clone() });
    }
}

fn name_example(forms: Vec<String>, tags: &[String]) -> Example {
    Example { words: spaced(forms), names: Some(name_tags(tags)), ..Example::default() }
}

/// Tags in BIO as indexes of the network's own.
fn name_tags(tags: &[String]) -> Vec<u8> {
    let kind = |tag: &str| NameKind::ALL.iter().position(|k| tag.get(2..) == Some(k.as_str()));
    let mut out = vec![0u8; tags.len()];
    let mut start = 0;
    while start < tags.len() {
        let Some(k) = kind(&tags[start]) else {
            start += 1;
            continue;
        };
        let mut end = start + 1;
        while end < tags.len() && tags[end].starts_with("I-") && kind(&tags[end]) == Some(k) {
            end += 1;
        }
        for (at, tag) in out.iter_mut().enumerate().take(end).skip(start) {
            *tag = name_tag(k, start, end, at) as u8;
        }
        start = end;
    }
    out
}

/// Name corpora do not say where spaces were; marks tell it well enough.
fn spaced(forms: Vec<String>) -> Vec<Item> {
    let mut words: Vec<Item> = Vec::with_capacity(forms.len());
    let mut quote_open = false;
    for form in forms {
        let (mut before, mut after) = (true, true);
        match form.as_str() {
            "." | "," | ";" | ":" | "?" | "!" | ")" | "]" | "'s" | "%" | "n't" | "’s" => before = false,
            "(" | "[" | "$" => after = false,
            "-" => (before, after) = (false, false),
            "\"" | "''" | "``" => {
                (before, after) = if quote_open { (false, true) } else { (true, false) };
                quote_open = !quote_open;
            }
            _ => {}
        }
        if let Some(last) = words.last_mut() {
            last.space_after &= before;
            before = last.space_after;
        }
        words.push(Item { form, space_before: before, space_after: after });
    }
    words
}

/// Gives name tags to those treebank sentences whose words a name corpus has too; the rest of the corpus is returned.
pub(crate) fn join(trees: &mut [Example], corpus: Vec<Example>) -> Vec<Example> {
    let key = |e: &Example| e.words.iter().map(|w| w.form.as_str()).collect::<Vec<_>>().join(" ");
    let mut by_words: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, tree) in trees.iter().enumerate() {
        by_words.entry(key(tree)).or_default().push(i);
    }
    let mut rest = Vec::new();
    for example in corpus {
        match by_words.get(&key(&example)) {
            Some(found) => found.iter().for_each(|&i| trees[i].names.clone_from(&example.names)),
            None => rest.push(example),
        }
    }
    rest
}

/// Refuses to train on anything that will be tested on.
pub(crate) fn assert_disjoint(train: &[Example], test: &[Example], path: &Path) -> Result<(), TrainError> {
    let ids: BTreeSet<&str> = train.iter().map(|e| e.id.as_str()).filter(|id| !id.is_empty()).collect();
    match test.iter().find(|e| ids.contains(e.id.as_str())) {
        Some(shared) => Err(TrainError::Shared { id: shared.id.clone(), path: path.to_owned() }),
        None => Ok(()),
    }
}
