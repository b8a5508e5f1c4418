//! Walking a sentence's dependency tree.

use crate::lexicon::measures::Measures;
use crate::mended::{children, mended};
use onrecord_language::{Deprel, Name, Sentence, Token, Upos};
use onrecord_text::Span;

/// A sentence with its children listed and its words at hand.
pub struct Tree<'a> {
    /// The text that spans point into.
    pub text: &'a str,
    /// The sentence itself.
    pub sentence: &'a Sentence,
    /// Forms in lower case, by token.
    lower: Vec<String>,
    /// Base forms, by token.
    lemmas: Vec<&'a str>,
    heads: Vec<Option<usize>>,
    children: Vec<Vec<usize>>,
    rels: Vec<Deprel>,
}

impl<'a> Tree<'a> {
    /// Lists the children of every token. Treebanks keep some plurals as base forms (*troops*); here the table of plurals decides.
    pub fn new(text: &'a str, sentence: &'a Sentence, measures: &'a Measures) -> Self {
        let (heads, rels) = mended(&sentence.tokens);
        let children = children(&heads);
        let lower = sentence.tokens.iter().map(|t| t.form(text).to_lowercase()).collect();
        let lemma = |t: &'a Token| {
            let kept = t.upos == Upos::Noun && t.lemma.ends_with('s');
            measures.listed_singular(&t.lemma).filter(|_| kept).unwrap_or(&t.lemma)
        };
        let lemmas = sentence.tokens.iter().map(lemma).collect();
        Tree { text, sentence, lower, lemmas, heads, children, rels }
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    /// The token at `i`.
    pub fn token(&self, i: usize) -> &'a Token {
        &self.sentence.tokens[i]
    }

    /// Words of the token as written.
    pub fn form(&self, i: usize) -> &'a str {
        self.token(i).form(self.text)
    }

    /// Words of the token in lower case.
    pub fn lower(&self, i: usize) -> &str {
        &self.lower[i]
    }

    /// Base form.
    pub fn lemma(&self, i: usize) -> &'a str {
        self.lemmas[i]
    }

    /// Universal tag.
    pub fn upos(&self, i: usize) -> Upos {
        self.token(i).upos
    }

    /// Relation to the governor.
    pub fn rel(&self, i: usize) -> Deprel {
        self.rels[i]
    }

    /// Governor.
    pub fn head(&self, i: usize) -> Option<usize> {
        self.heads[i]
    }

    /// Dependents in order.
    pub fn children(&self, i: usize) -> &[usize] {
        &self.children[i]
    }

    /// Dependents in one of these relations, in order.
    pub fn children_by<'t>(&'t self, i: usize, rels: &'t [Deprel]) -> impl Iterator<Item = usize> + 't {
        self.children[i].iter().copied().filter(|&c| rels.contains(&self.rel(c)))
    }

    /// First dependent in this relation.
    pub fn child(&self, i: usize, rel: Deprel) -> Option<usize> {
        self.children[i].iter().copied().find(|&c| self.rel(c) == rel)
    }

    /// First dependent in this relation with this lower-case form.
    pub fn child_word(&self, i: usize, rel: Deprel, word: &str) -> Option<usize> {
        self.children[i].iter().copied().find(|&c| self.rel(c) == rel && self.lower(c) == word)
    }

    /// The governors of `i`, nearest first.
    pub fn ancestors(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.head(i), |&j| self.head(j))
    }

    /// True when `i` is `top` or below it.
    pub fn is_under(&self, i: usize, top: usize) -> bool {
        i == top || self.ancestors(i).any(|a| a == top)
    }

    /// All tokens of the subtree, in order.
    pub fn subtree(&self, i: usize) -> Vec<usize> {
        self.subtree_without(i, |_| false)
    }

    /// Tokens of the subtree, in order, leaving out every branch whose top is refused.
    pub fn subtree_without(&self, i: usize, refuse: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut found = vec![i];
        let mut at = 0;
        while at < found.len() {
            found.extend(self.children(found[at]).iter().copied().filter(|&c| !refuse(c)));
            at += 1;
        }
        found.sort_unstable();
        found
    }

    /// Span from the first to the last of these tokens, without punctuation at the edges unless it is a quotation mark or bracket.
    pub fn span_of(&self, tokens: &[usize]) -> Option<Span> {
        let plain =
            |&&i: &&usize| self.upos(i) != Upos::Punct || !matches!(self.form(i), "," | "." | ";" | ":" | "-" | "–" | "—" | "...");
        let first = tokens.iter().find(plain)?;
        let last = tokens.iter().rev().find(plain)?;
        Some(self.token(*first).span.cover(self.token(*last).span))
    }

    /// Span of a name of this sentence.
    pub fn name_span(&self, name: &Name) -> Span {
        self.token(name.tokens.start).span.cover(self.token(name.tokens.end - 1).span)
    }

    /// Span of the whole subtree (see [`Tree::span_of`]).
    pub fn phrase(&self, i: usize) -> Span {
        self.span_of(&self.subtree(i)).unwrap_or(self.token(i).span)
    }

    /// `i` and everything coordinated with it, in order.
    pub fn conjuncts(&self, i: usize) -> Vec<usize> {
        let mut all = vec![i];
        all.extend(self.children_by(i, &[Deprel::Conj]));
        all
    }

    /// First member of the coordination that `i` stands in.
    pub fn first_conjunct(&self, i: usize) -> usize {
        let mut at = i;
        while self.rel(at) == Deprel::Conj {
            match self.head(at) {
                Some(head) => at = head,
                None => break,
            }
        }
        at
    }

    /// True for a passive verb (*was attacked*), also a bare participle that modifies a noun (*the city attacked by*).
    pub fn is_passive(&self, i: usize) -> bool {
        self.children(i).iter().any(|&c| matches!(self.rel(c), Deprel::AuxPass | Deprel::NsubjPass | Deprel::CsubjPass))
            || (self.token(i).xpos == "VBN" && matches!(self.rel(i), Deprel::Acl | Deprel::Amod))
    }

    /// Grammatical subject of the predicate at `i`: its own, else the one it shares with the verb it is coordinated with,
    /// depends on as an open complement, or modifies as a participle.
    pub fn subject(&self, i: usize) -> Option<usize> {
        let mut at = i;
        for _ in 0..8 {
            let own = self.children(at).iter().copied().find(|&c| self.rel(c).is_subject() && self.rel(c) != Deprel::CsubjOuter);
            if let Some(subject) = own {
                return Some(self.antecedent(at, subject));
            }
            let head = self.head(at)?;
            match self.rel(at) {
                // An object controls the complement of its verb: "asked Kyiv to withdraw".
                Deprel::Xcomp => {
                    if let Some(object) = self.children_by(head, &[Deprel::Obj, Deprel::Iobj]).next().filter(|&o| o < at) {
                        return Some(object);
                    }
                    at = head;
                }
                Deprel::Conj | Deprel::Advcl | Deprel::Parataxis => at = head,
                Deprel::Acl | Deprel::AclRelcl => return Some(head),
                _ => return None,
            }
        }
        None
    }

    /// What a relative pronoun stands for: the noun its clause modifies.
    fn antecedent(&self, clause: usize, pronoun: usize) -> usize {
        let relative = matches!(self.lower(pronoun), "who" | "which" | "that");
        match self.head(clause) {
            Some(noun) if relative && self.rel(clause) == Deprel::AclRelcl => noun,
            _ => pronoun,
        }
    }

    /// The token inside `span` that the others there hang on: the first whose governor is outside.
    pub fn head_of(&self, span: Span) -> Option<usize> {
        let tokens = &self.sentence.tokens;
        let first = tokens.partition_point(|t| t.span.end <= span.start);
        let inside = |i: usize| tokens[i].span.overlaps(span);
        (first..tokens.len())
            .take_while(|&i| inside(i))
            .find(|&i| self.upos(i) != Upos::Punct && self.head(i).is_none_or(|h| !inside(h)))
    }

    /// Direct object of a predicate.
    pub fn object(&self, i: usize) -> Option<usize> {
        self.child(i, Deprel::Obj)
    }

    /// Dependents introduced by the preposition `word`: `obl`, `nmod` and the like with that `case`.
    pub fn with_preposition<'t>(&'t self, i: usize, word: &'t str) -> impl Iterator<Item = usize> + 't {
        self.children(i).iter().copied().filter(move |&c| self.child_word(c, Deprel::Case, word).is_some())
    }
}
