//! Trees written by hand, for tests of constructions: `form/lemma/tag/relation/head`, heads counted from 1, one string a sentence.
//! A name's tokens carry its kind behind the tag: `NNP:LOC`.

use onrecord_language::{Analysis, Deprel, Name, NameKind, Sentence, Token, Upos};
use onrecord_text::{Document, Span};

/// Penn tags and the universal tags they stand for; any other tag is one of punctuation.
const TAGS: [(&str, Upos); 24] = [
    ("VB", Upos::Verb),
    ("VBD", Upos::Verb),
    ("VBG", Upos::Verb),
    ("VBN", Upos::Verb),
    ("VBP", Upos::Verb),
    ("VBZ", Upos::Verb),
    ("MD", Upos::Aux),
    ("AUX", Upos::Aux),
    ("NN", Upos::Noun),
    ("NNS", Upos::Noun),
    ("NNP", Upos::Propn),
    ("PRP", Upos::Pron),
    ("PRP$", Upos::Pron),
    ("WP", Upos::Pron),
    ("IN", Upos::Adp),
    ("RP", Upos::Adp),
    ("SC", Upos::Sconj),
    ("TO", Upos::Part),
    ("POS", Upos::Part),
    ("RB", Upos::Adv),
    ("JJ", Upos::Adj),
    ("DT", Upos::Det),
    ("CC", Upos::Cconj),
    ("CD", Upos::Num),
];

/// The sentences as a document, each a paragraph of its own, and their analysis.
pub fn read(trees: &[&str]) -> (Document, Analysis) {
    let mut text = String::new();
    let sentences = trees.iter().enumerate().map(|(i, tree)| sentence(&mut text, i, tree)).collect();
    (Document::new("handmade", text), Analysis { sentences })
}

fn sentence(text: &mut String, paragraph: usize, tree: &str) -> Sentence {
    let (mut tokens, mut names): (Vec<Token>, Vec<Name>) = (Vec::new(), Vec::new());
    for (i, cell) in tree.split_whitespace().enumerate() {
        let part: Vec<&str> = cell.split('/').collect();
        let (tag, name) = part[2].split_once(':').unwrap_or((part[2], ""));
        let (xpos, upos) = TAGS.iter().find(|(t, _)| *t == tag).copied().unwrap_or((".", Upos::Punct));
        if let Some(kind) = NameKind::parse(name) {
            match names.last_mut().filter(|n| n.tokens.end == i && n.kind == kind) {
                Some(last) => last.tokens.end = i + 1,
                None => names.push(Name { tokens: i..i + 1, kind }),
            }
        }
        let start = text.len();
        text.push_str(part[0]);
        let span = Span::new(start, text.len());
        text.push(' ');
        let head = part[4].parse::<usize>().expect("a head").checked_sub(1);
        let deprel = Deprel::parse(part[3]).expect("a relation");
        tokens.push(Token { span, lemma: part[1].into(), upos, xpos, feats: "_", head, deprel });
    }
    text.push_str("\n\n");
    let span = Span::new(tokens[0].span.start, tokens[tokens.len() - 1].span.end);
    Sentence { span, paragraph, tokens, names, mentions: Vec::new() }
}
