//! The language engine against treebanks and name corpora, on gold tokens.
//!
//! What is measured is what `onrecord parse --pretokenized` prints: the annotator is given as a function from CoNLL-U to CoNLL-U.

use std::collections::BTreeSet;
use std::fmt;

/// Why a file cannot be scored.
#[derive(Debug, PartialEq, Eq)]
pub enum TreebankError {
    /// Gold and prediction differ in words at this word of the file.
    Words(usize),
    /// A line with too few columns.
    Line(usize),
}

impl fmt::Display for TreebankError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TreebankError::Words(n) => write!(f, "word {n}: the annotated words are not the gold words"),
            TreebankError::Line(n) => write!(f, "line {n}: fewer columns than the format has"),
        }
    }
}

impl std::error::Error for TreebankError {}

/// How many words have each column right; punctuation counts, labels are compared with their subtypes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)] // the customary names
pub struct Attachment {
    pub words: usize,
    pub upos: usize,
    pub xpos: usize,
    pub feats: usize,
    pub lemma: usize,
    pub uas: usize,
    pub las: usize,
}

impl fmt::Display for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |n: usize| 100.0 * n as f64 / self.words.max(1) as f64;
        write!(
            f,
            "{} words  UPOS {:.2}  XPOS {:.2}  UFeats {:.2}  lemma {:.2}",
            self.words,
            percent(self.upos),
            percent(self.xpos),
            percent(self.feats),
            percent(self.lemma)
        )?;
        write!(f, "  UAS {:.2}  LAS {:.2}", percent(self.uas), percent(self.las))
    }
}

/// The syntactic words of a CoNLL-U text: no comments, no multiword ranges, no empty nodes.
fn words(conllu: &str) -> Result<Vec<[&str; 10]>, TreebankError> {
    let mut words = Vec::new();
    for (number, line) in conllu.lines().enumerate() {
        let columns: Vec<&str> = line.split('\t').collect();
        if line.trim().is_empty() || line.starts_with('#') || columns[0].contains(['-', '.']) {
            continue;
        }
        words.push(columns.try_into().map_err(|_| TreebankError::Line(number + 1))?);
    }
    Ok(words)
}

/// Compares an annotated text with the gold one.
///
/// ```
/// use onrecord_eval::treebank::attachment;
/// let gold = "1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n2\ton\ton\tADP\tRP\t_\t1\tcompound:prt\t_\t_\n\n";
/// let found = gold.replace("compound:prt", "advmod").replace("ADP", "ADV");
/// let score = attachment(gold, &found).unwrap();
/// assert_eq!((score.words, score.upos, score.uas, score.las), (2, 1, 2, 1));
/// ```
///
/// # Errors
/// When the two do not hold the same words.
pub fn attachment(gold: &str, found: &str) -> Result<Attachment, TreebankError> {
    let (gold, found) = (words(gold)?, words(found)?);
    let mut score = Attachment { words: gold.len(), ..Attachment::default() };
    if gold.len() != found.len() {
        return Err(TreebankError::Words(gold.len().min(found.len()) + 1));
    }
    for (n, (g, f)) in gold.iter().zip(&found).enumerate() {
        if g[1] != f[1] {
            return Err(TreebankError::Words(n + 1));
        }
        score.lemma += usize::from(g[2] == f[2]);
        score.upos += usize::from(g[3] == f[3]);
        score.xpos += usize::from(g[4] == f[4]);
        score.feats += usize::from(g[5] == f[5]);
        score.uas += usize::from(g[6] == f[6]);
        score.las += usize::from(g[6] == f[6] && g[7] == f[7]);
    }
    Ok(score)
}

/// A name in a corpus: first word, word after the last, kind.
type Name = (usize, usize, String);

/// Words and names of a corpus.
#[derive(Debug, Default)]
pub struct NameCorpus {
    /// The words as CoNLL-U without annotation.
    pub conllu: String,
    names: BTreeSet<Name>,
}

impl NameCorpus {
    /// Reads `WORD <tab> B-PER | I-PER | O ...` lines, with an empty line between sentences and comments with `# `.
    ///
    /// # Errors
    /// When a line has no label.
    pub fn parse(text: &str) -> Result<NameCorpus, TreebankError> {
        let (mut corpus, mut labels, mut in_sentence) = (NameCorpus::default(), Vec::new(), 0);
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with("# ") {
                if in_sentence > 0 {
                    corpus.conllu.push('\n');
                    labels.push(String::new());
                }
                in_sentence = 0;
                continue;
            }
            let mut columns = line.split('\t');
            let (Some(word), Some(label)) = (columns.next(), columns.next()) else { return Err(TreebankError::Line(number + 1)) };
            in_sentence += 1;
            // A corpus may have words with spaces inside, which the format keeps only as one column.
            corpus.conllu.push_str(&format!("{in_sentence}\t{word}\t_\t_\t_\t_\t_\t_\t_\t_\n"));
            labels.push(label.to_owned());
        }
        corpus.conllu.push('\n');
        corpus.names = names(&labels);
        Ok(corpus)
    }

    /// How many names are right, in gold and in what was found (`Name=` in MISC).
    ///
    /// # Errors
    /// When the annotated text does not hold the same number of words.
    pub fn score(&self, annotated: &str) -> Result<NameScore, TreebankError> {
        let mut labels = Vec::new();
        for line in annotated.lines().filter(|l| !l.starts_with('#')) {
            match line.split('\t').nth(9) {
                Some(misc) => labels.push(misc.split('|').find_map(|f| f.strip_prefix("Name=")).unwrap_or("O").to_owned()),
                None if labels.last().is_some_and(|l: &String| !l.is_empty()) => labels.push(String::new()),
                None => {}
            }
        }
        let found = names(&labels);
        Ok(NameScore { gold: self.names.len(), found: found.len(), right: self.names.intersection(&found).count() })
    }
}

/// Names in a list of labels, where an empty label ends a sentence.
fn names(labels: &[String]) -> BTreeSet<Name> {
    let mut names: Vec<Name> = Vec::new();
    let mut open = false;
    for (i, label) in labels.iter().enumerate() {
        let Some((mark, kind)) = label.split_once('-') else {
            open = false;
            continue;
        };
        // PERSON and PER are the same kind.
        let kind: String = kind.chars().take(3).collect();
        match names.last_mut().filter(|(_, _, last)| open && mark == "I" && *last == kind) {
            Some((_, end, _)) => *end = i + 1,
            None => names.push((i, i + 1, kind)),
        }
        open = true;
    }
    names.into_iter().collect()
}

/// Names that agree in place and kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct NameScore {
    pub gold: usize,
    pub found: usize,
    pub right: usize,
}

impl fmt::Display for NameScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [p, r, f1] = crate::score::percent(self.right, self.gold, self.found);
        write!(f, "{} names  {} found  P {p:.2}  R {r:.2}  F1 {f1:.2}", self.gold, self.found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_empty_nodes_are_no_words() {
        let gold = "# c\n1-2\tcan't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tca\tcan\tAUX\tMD\t_\t0\troot\t_\t_\n2\tn't\tnot\tPART\tRB\t_\t1\tadvmod\t_\t_\n2.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t_\t_\n\n";
        assert_eq!(attachment(gold, gold).map(|s| (s.words, s.las)), Ok((2, 2)));
        assert_eq!(attachment(gold, &gold.replace("\tca\t", "\tco\t")), Err(TreebankError::Words(1)));
    }

    #[test]
    fn names_must_agree_in_place_and_kind() {
        let corpus = NameCorpus::parse("Ana\tB-PER\nLi\tI-PER\nleft\tO\n\nBern\tB-LOC\nBasel\tB-LOC\n").expect("it parses");
        let annotate = |labels: [&str; 5]| {
            let mut labels = labels.iter();
            let lines = corpus.conllu.lines().map(|line| match line.strip_suffix('_') {
                Some(line) => format!("{line}TokenRange=0:1|Name={}\n", labels.next().expect("five words")),
                None => "\n".into(),
            });
            lines.collect::<String>()
        };
        let score = corpus.score(&annotate(["B-PERSON", "I-PERSON", "O", "B-LOC", "I-LOC"]));
        assert_eq!(score, Ok(NameScore { gold: 3, found: 2, right: 1 }));
    }
}
