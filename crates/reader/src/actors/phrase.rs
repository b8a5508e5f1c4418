//! A noun phrase taken apart: its core words, its name, its modifiers.

use crate::lexicon::{Lexicon, NounSet};
use crate::tree::Tree;
use onrecord_language::{Deprel, NameKind, Upos};
use onrecord_text::Span;
use std::ops::Range;

/// How far before a name its title may begin.
const MOST_TITLE_WORDS: usize = 10;

/// The noun phrase headed by one token, without clauses, appositions and coordinated phrases.
pub struct Phrase<'t, 'a> {
    pub tree: &'t Tree<'a>,
    pub head: usize,
    /// Determiner, modifiers before the head, the head and the rest of its name, in order.
    pub core: Vec<usize>,
    /// The name that the head stands in: consecutive tokens.
    pub name: Option<Range<usize>>,
    /// What the name finder takes it for.
    pub name_kind: Option<NameKind>,
}

/// True when token `i` can head a phrase that names somebody.
pub fn heads_a_phrase(tree: &Tree, i: usize) -> bool {
    let inside_a_name =
        matches!(tree.rel(i), Deprel::Flat | Deprel::Fixed | Deprel::Goeswith | Deprel::Compound | Deprel::NmodDesc);
    match tree.upos(i) {
        Upos::Noun | Upos::Propn => !inside_a_name,
        Upos::Pron => !matches!(tree.rel(i), Deprel::Expl | Deprel::Det),
        // "the wounded", "many", "those": adjectives, numbers and determiners that stand for a noun.
        Upos::Adj | Upos::Num | Upos::Det => {
            matches!(tree.rel(i), Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Obl | Deprel::OblAgent | Deprel::Iobj)
        }
        _ => false,
    }
}

impl<'t, 'a> Phrase<'t, 'a> {
    pub fn at(tree: &'t Tree<'a>, head: usize) -> Self {
        let outside = |c: usize| {
            matches!(
                tree.rel(c),
                Deprel::Acl
                    | Deprel::AclRelcl
                    | Deprel::Appos
                    | Deprel::Conj
                    | Deprel::Cc
                    | Deprel::Case
                    | Deprel::Parataxis
                    | Deprel::Advcl
                    | Deprel::AdvclRelcl
                    | Deprel::Nsubj
                    | Deprel::NsubjPass
                    | Deprel::NsubjOuter
                    | Deprel::Cop
                    | Deprel::Mark
                    | Deprel::Aux
                    | Deprel::Obl
                    | Deprel::Advmod
                    | Deprel::Discourse
                    | Deprel::Punct
                    | Deprel::Dep
                    | Deprel::List
                    | Deprel::Orphan
            ) || (tree.rel(c) == Deprel::Nmod && tree.child(c, Deprel::Case).is_some())
                || (c > head && !matches!(tree.rel(c), Deprel::Flat | Deprel::Fixed | Deprel::Goeswith | Deprel::Compound))
        };
        let core = contiguous(tree, tree.subtree_without(head, |c| outside(c) && tree.head(c) == Some(head)), head);
        let (name, name_kind) = name_at(tree, head, &core);
        Phrase { tree, head, core, name, name_kind }
    }

    /// From the first core word to the last, without a leading article or demonstrative.
    pub fn span(&self) -> Span {
        let leaves = |i: usize| {
            let word = self.tree.lower(i);
            matches!(word, "the" | "a" | "an" | "this" | "that" | "these" | "those" | "what" | "which" | "some" | "any")
                || matches!(self.tree.upos(i), Upos::Adp | Upos::Sconj | Upos::Cconj | Upos::Punct)
        };
        // What makes a number inexact is no part of who is counted: "at least twelve soldiers".
        let number = self.core.iter().copied().find(|&i| self.tree.upos(i) == Upos::Num).filter(|&n| {
            let before = self.core.iter().copied().take_while(|&i| i < n);
            before.into_iter().all(|i| !matches!(self.tree.upos(i), Upos::Noun | Upos::Propn))
        });
        let from = number.unwrap_or(0);
        let first = self.core.iter().copied().find(|&i| i >= from && (i >= self.head || !leaves(i))).unwrap_or(self.head);
        let last = self.core.last().copied().unwrap_or(self.head);
        self.tree.token(first.min(self.head)).span.cover(self.tree.token(last).span)
    }

    /// The core with what *of* adds to it: *people of Iraq*, *members of the tribe*.
    pub fn long_span(&self) -> Span {
        let of = self.complements().filter(|&c| self.tree.child_word(c, Deprel::Case, "of").is_some());
        let span = of.map(|c| Phrase::at(self.tree, c).span()).next();
        span.map_or(self.span(), |s| self.span().cover(s))
    }

    /// What a phrase of amount is about: *the rebels* in *dozens of the rebels*.
    pub fn partitive(&self, lexicon: &Lexicon) -> Option<usize> {
        let amount =
            [self.tree.lower(self.head), self.tree.lemma(self.head)].iter().any(|w| lexicon.noun_sets.has(NounSet::Amount, w));
        let of = |c: &usize| self.tree.child_word(*c, Deprel::Case, "of").is_some();
        amount.then(|| self.complements().find(of)).flatten()
    }

    /// The name's span, else the core's.
    pub fn name_span(&self) -> Span {
        match &self.name {
            Some(range) => self.tree.token(range.start).span.cover(self.tree.token(range.end - 1).span),
            None => self.span(),
        }
    }

    /// Words of the name as written; empty when the phrase has none.
    pub fn name_words(&self) -> Vec<&'a str> {
        self.name.clone().into_iter().flatten().map(|i| self.tree.form(i)).collect()
    }

    /// Words of the core without article, in lower case.
    pub fn lower_words(&self) -> Vec<&str> {
        self.core.iter().filter(|&&i| self.tree.rel(i) != Deprel::Det).map(|&i| self.tree.lower(i)).collect()
    }

    /// Title and other words that stand directly before the name: *army spokesman Col.*, *Ghana's President*.
    pub fn before_name(&self) -> Vec<usize> {
        let Some(name) = &self.name else { return Vec::new() };
        let tree = self.tree;
        let possessive = |i: usize| matches!(tree.form(i), "'s" | "’s" | "'" | "’") && tree.upos(i) == Upos::Part;
        let hyphen =
            |i: usize| matches!(tree.form(i), "-" | "–") && i > 0 && tree.token(i - 1).span.end == tree.token(i).span.start;
        let part = |i: usize| matches!(tree.upos(i), Upos::Noun | Upos::Propn | Upos::Adj) || possessive(i) || hyphen(i);
        let start =
            (name.start.saturating_sub(MOST_TITLE_WORDS)..name.start).rev().take_while(|&i| part(i)).last().unwrap_or(name.start);
        (start..name.start).skip_while(|&i| possessive(i) || hyphen(i)).collect()
    }

    /// True for *the X*, *this X*, *that X*.
    pub fn definite(&self) -> bool {
        self.tree
            .children_by(self.head, &[Deprel::Det])
            .any(|d| matches!(self.tree.lower(d), "the" | "this" | "that" | "these" | "those" | "both"))
    }

    /// Penn tag of the head says plural.
    pub fn plural(&self) -> bool {
        matches!(self.tree.token(self.head).xpos, "NNS" | "NNPS")
    }

    /// Noun phrases introduced by *of*, *for* and the like after the head.
    pub fn complements(&self) -> impl Iterator<Item = usize> + '_ {
        self.tree.children_by(self.head, &[Deprel::Nmod]).filter(|&c| c > self.head)
    }

    /// Appositions: *Steve Witkoff* in *Trump's envoy, Steve Witkoff*.
    pub fn appositions(&self) -> impl Iterator<Item = usize> + '_ {
        self.tree.children_by(self.head, &[Deprel::Appos]).filter(|&c| matches!(self.tree.upos(c), Upos::Noun | Upos::Propn))
    }
}

/// The head of a body's name that ends in the complement headed at `t`: *Ministry* for the *Mines* of *Ministry of Mines*.
pub fn top_of_body(tree: &Tree, t: usize) -> Option<usize> {
    let name = tree.sentence.name_at(t).filter(|n| n.kind == NameKind::Org)?;
    let governor = tree.head(t).filter(|_| matches!(tree.rel(t), Deprel::Nmod | Deprel::Conj))?;
    (governor < t && name.tokens.contains(&governor)).then_some(governor)
}

/// The stretch of `tokens` around `head` without gaps of more than punctuation; a comma only between adjectives.
fn contiguous(tree: &Tree, mut tokens: Vec<usize>, head: usize) -> Vec<usize> {
    tokens.retain(|&i| i == head || tree.form(i) != ",");
    let at = tokens.iter().position(|&i| i == head).unwrap_or(0);
    let near = |a: usize, b: usize| b == a + 1 || (b == a + 2 && (tree.form(a + 1) != "," || tree.upos(a) == Upos::Adj));
    let mut first = at;
    while first > 0 && near(tokens[first - 1], tokens[first]) {
        first -= 1;
    }
    let mut last = at;
    while last + 1 < tokens.len() && near(tokens[last], tokens[last + 1]) {
        last += 1;
    }
    tokens[first..=last].to_vec()
}

/// The name that token `head` belongs to: the name finder's, else the run of proper nouns around it inside the phrase.
fn name_at(tree: &Tree, head: usize, core: &[usize]) -> (Option<Range<usize>>, Option<NameKind>) {
    // The owner inside a name is somebody else: *Peru* in *Peru's Ministry of Mines*.
    let owner = tree.rel(head) == Deprel::NmodPoss && tree.child(head, Deprel::Case).is_some();
    if let Some(name) = tree.sentence.name_at(head).filter(|n| !owner || n.kind != NameKind::Org || n.tokens.end <= head + 2) {
        return (Some(whole_name(tree, name.tokens.clone(), name.kind)), Some(name.kind));
    }
    if tree.upos(head) != Upos::Propn {
        return (None, None);
    }
    let proper = |i: usize| {
        core.contains(&i) && tree.upos(i) == Upos::Propn && tree.rel(i) != Deprel::NmodPoss && tree.rel(i) != Deprel::NmodDesc
    };
    let mut range = head..head + 1;
    while range.start > 0 && proper(range.start - 1) {
        range.start -= 1;
    }
    while range.end < tree.len() && proper(range.end) {
        range.end += 1;
    }
    (Some(range), None)
}

/// A person's name with what the name finder may have cut off.
fn whole_name(tree: &Tree, name: Range<usize>, kind: NameKind) -> Range<usize> {
    if kind == NameKind::Per { past_nickname(tree, past_particles(tree, name), kind) } else { name }
}

/// A name goes on over a hyphen and over a particle: *Kim Jong-un*, *Nasser al-Otaibi*, *Ursula von der Leyen*.
fn past_particles(tree: &Tree, name: Range<usize>) -> Range<usize> {
    const PARTICLES: &[&str] =
        &["al", "el", "bin", "ibn", "abu", "ben", "ould", "de", "da", "dos", "van", "von", "der", "den", "la", "le", "ul", "ur"];
    let part = |i: usize| i < tree.len() && PARTICLES.contains(&tree.form(i));
    let proper = |i: usize| i < tree.len() && tree.upos(i) == Upos::Propn;
    let joined = |i: usize| i < tree.len() && tree.token(i).span.start == tree.token(i - 1).span.end;
    let word = |i: usize| i < tree.len() && tree.form(i).chars().all(char::is_alphabetic);
    let hyphen = |i: usize| i < tree.len() && matches!(tree.form(i), "-" | "‑") && joined(i);
    let mut end = name.end;
    loop {
        end += if hyphen(end) && joined(end + 1) && word(end + 1) {
            2
        } else if (part(end) && (proper(end + 1) || hyphen(end + 1) || part(end + 1)))
            || (end > name.end && proper(end) && part(end - 1))
        {
            1
        } else {
            return name.start..end;
        };
    }
}

/// A person's name goes on after a nickname in quotation marks: *Ann “Bo” Lee*.
fn past_nickname(tree: &Tree, name: Range<usize>, kind: NameKind) -> Range<usize> {
    let mark = |i: usize| i < tree.len() && matches!(tree.form(i), "\"" | "“" | "”" | "‘" | "’" | "''" | "``");
    if kind != NameKind::Per || !mark(name.end) {
        return name;
    }
    let Some(close) = (name.end + 2..name.end + 5).find(|&i| mark(i)) else { return name };
    let end = (close + 1..tree.len()).find(|&i| tree.upos(i) != Upos::Propn).unwrap_or(tree.len());
    if end > close + 1 { name.start..end } else { name }
}
