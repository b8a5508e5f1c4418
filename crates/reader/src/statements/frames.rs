//! Constructions: what a cue's dependents must look like to be its content.

use super::draft::At;
use super::scene::Scene;
use crate::lexicon::cues::{Cue, Frame};
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};

/// What fills a construction.
#[derive(Clone, Debug, Default)]
pub(super) struct Filling {
    /// Tokens of the content, in order.
    pub tokens: Vec<usize>,
    /// Predicate or head of the content.
    pub main: usize,
    /// Tokens that belong to the cue: a preposition, *that*.
    pub particles: Vec<usize>,
    /// Head of the addressee.
    pub to: Option<usize>,
    /// The content is asserted by the speaker, not only named.
    pub asserted: bool,
}

/// Words that open a question as a complement.
const QUESTION: &[&str] = &["whether", "if", "how", "what", "why", "when", "where", "who", "whom", "which", "whose"];

/// Fills `frame` of the cue at `at`, when its dependents allow it.
pub(super) fn fill(scene: &Scene, cue: &Cue, frame: &Frame, (s, t): At) -> Option<Filling> {
    let view = View { scene, tree: scene.tree(s), s, t };
    match frame {
        Frame::Quote => None, // see direct.rs
        Frame::Side => view.side(),
        Frame::That => view.clause(false),
        Frame::Wh => view.clause(true).or_else(|| view.question()),
        Frame::Infinitive => view.infinitive(),
        Frame::Ing => view.ing(),
        Frame::Predicate => view.predicate(),
        Frame::Object => view.object(cue),
        Frame::Preposition(p) => view.preposition(p),
        Frame::Two(first, second) => view.two(first, second),
    }
}

/// A cue in its sentence.
pub(super) struct View<'s, 'c, 'd> {
    pub scene: &'s Scene<'c, 'd>,
    pub tree: &'c Tree<'d>,
    pub s: usize,
    pub t: usize,
}

impl View<'_, '_, '_> {
    pub(super) fn after(&self) -> impl Iterator<Item = usize> + '_ {
        self.tree.children(self.t).iter().copied().filter(|&c| c > self.t)
    }

    /// The whole branch of `top` without its marker and without punctuation before it.
    pub(super) fn whole(&self, top: usize, asserted: bool) -> Filling {
        let marks: Vec<usize> = self
            .tree
            .children(top)
            .iter()
            .copied()
            .filter(|&c| c < top && self.tree.rel(c) == Deprel::Mark && self.tree.lower(c) == "that")
            .collect();
        let tokens = self.tree.subtree_without(top, |c| marks.contains(&c) || c == self.t);
        Filling { tokens, main: top, particles: marks, to: None, asserted }
    }

    fn is_question(&self, clause: usize) -> bool {
        let first = self.tree.subtree(clause).into_iter().find(|&i| self.tree.upos(i) != Upos::Punct);
        first.is_some_and(|i| QUESTION.contains(&self.tree.lower(i)))
    }

    /// *said (that) they left*, *asked whether they had left*.
    fn clause(&self, question: bool) -> Option<Filling> {
        let tree = self.tree;
        let found = self
            .after()
            .find(|&c| tree.rel(c) == Deprel::Ccomp)
            .or_else(|| self.after().find(|&c| tree.rel(c) == Deprel::Parataxis && self.colon_before(c)))
            .or_else(|| self.finite_xcomp())
            .or_else(|| self.marked())
            .or_else(|| tree.child(self.t, Deprel::CsubjPass).filter(|&c| c > self.t))
            .or_else(|| self.unmarked())?;
        if self.is_question(found) != question || (question && !self.follows(found)) {
            return None;
        }
        if self.is_infinitive(found) && !question && !self.has_subject(found) {
            return None;
        }
        let mut filling = self.whole(found, true);
        // "told the paper (that) ...": the object is who is told.
        filling.to =
            self.after().find(|&c| c < found && matches!(tree.rel(c), Deprel::Obj | Deprel::Iobj) && !filling.tokens.contains(&c));
        let bound = filling.to.map_or(self.t, |o| self.end_of(o).min(found));
        filling.tokens.retain(|&i| i > bound);
        let first = *filling.tokens.first()?;
        // A complement that the parser split in two is one stretch of words.
        let last = self
            .after()
            .filter(|&c| tree.rel(c) == Deprel::Ccomp)
            .map(|c| self.end_of(c))
            .chain(filling.tokens.last().copied())
            .max()?;
        filling.tokens = (first..=self.stretched(last, found)).filter(|i| !filling.particles.contains(i)).collect();
        Some(filling)
    }

    /// *asked them how they had left* by the words: an addressee, a question word, and all that follows without a comma.
    fn question(&self) -> Option<Filling> {
        let tree = self.tree;
        let from = (self.t + 1..tree.len()).take(8).find(|&i| QUESTION.contains(&tree.lower(i)))?;
        let told = (self.t + 1..from)
            .all(|i| matches!(tree.upos(i), Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adv));
        let to = (self.t + 1..from).rev().find(|&i| matches!(tree.upos(i), Upos::Noun | Upos::Propn | Upos::Pron));
        let last = (from..tree.len()).take_while(|&i| !matches!(tree.form(i), "," | "." | ";" | ":" | "?")).last()?;
        let person = to.is_none_or(|h| self.scene.is_party((self.s, h)));
        let verb = (from..=last).find(|&i| matches!(tree.upos(i), Upos::Verb | Upos::Aux))?;
        (told && person).then(|| Filling { tokens: (from..=last).collect(), main: verb, to, asserted: true, ..Filling::default() })
    }

    /// Last token of the branch.
    pub(super) fn end_of(&self, top: usize) -> usize {
        self.tree.subtree(top).last().copied().unwrap_or(top)
    }

    /// Where a content that ends at `last` really ends: it takes in what follows without a comma, unless that is coordinated with
    /// the cue or begins a clause of its own. Branches are often hung too high; commas are where writers put them.
    pub(super) fn stretched(&self, mut last: usize, main: usize) -> usize {
        let tree = self.tree;
        while last + 1 < tree.len() && !matches!(tree.upos(last + 1), Upos::Punct | Upos::Cconj) {
            let mut top = last + 1;
            while let Some(up) = tree.head(top).filter(|&h| h > last && h != self.t) {
                top = up;
            }
            let other = top == main
                || tree.is_under(self.t, top)
                || (tree.rel(top) == Deprel::Conj && tree.token(top).xpos == tree.token(self.t).xpos);
            let next = self.end_of(top);
            if other || next <= last || self.scene.quoted((self.s, last + 1)) != self.scene.quoted((self.s, last)) {
                break;
            }
            last = next;
        }
        last
    }

    /// True when nothing but an addressee and adverbs stands between the cue and this clause.
    fn follows(&self, clause: usize) -> bool {
        let tree = self.tree;
        let first = tree.subtree(clause).first().copied().unwrap_or(clause);
        let object = self.after().find(|&c| c < first && matches!(tree.rel(c), Deprel::Obj | Deprel::Iobj));
        let told = object.map_or(self.t, |o| tree.subtree(o).into_iter().filter(|&i| i < first).max().unwrap_or(o));
        (told + 1..first).all(|i| matches!(tree.upos(i), Upos::Adv | Upos::Punct))
            && object.is_none_or(|o| self.scene.is_party((self.s, o)))
    }

    /// A clause without *that* whose subject stands right after the cue but was hung elsewhere: *said the talks had begun*.
    fn unmarked(&self) -> Option<usize> {
        let tree = self.tree;
        let next = self.t + 1;
        if next >= tree.len()
            || !matches!(tree.upos(next), Upos::Det | Upos::Pron | Upos::Propn | Upos::Noun | Upos::Num | Upos::Adj | Upos::Adv)
        {
            return None;
        }
        let mut subject_seen = None;
        for i in next..tree.len() {
            if matches!(tree.upos(i), Upos::Punct | Upos::Sconj) || matches!(tree.lower(i), "who" | "which" | "that") {
                return None;
            }
            // "and" may join nouns of the subject (the bank and the fund have), nothing else.
            let joins = tree.upos(i) != Upos::Cconj
                || i + 1 < tree.len() && matches!(tree.upos(i + 1), Upos::Det | Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num);
            if !joins {
                return None;
            }
            let finite = matches!(tree.token(i).xpos, "VBD" | "VBZ" | "VBP" | "MD");
            if !finite {
                if matches!(tree.upos(i), Upos::Noun | Upos::Propn | Upos::Pron) {
                    subject_seen = Some(i);
                }
                continue;
            }
            subject_seen?;
            let predicate = if tree.upos(i) == Upos::Aux { tree.head(i).filter(|&h| h > i)? } else { i };
            let coordinated = tree.rel(predicate) == Deprel::Conj
                && !tree.children(predicate).iter().any(|&c| c > self.t && tree.rel(c).is_subject());
            let relative = matches!(tree.rel(predicate), Deprel::AclRelcl);
            let own = tree.children(predicate).iter().any(|&c| c > self.t && tree.rel(c).is_subject());
            let aside = !own
                && tree.is_under(self.t, predicate)
                && matches!(tree.rel(self.t), Deprel::Acl | Deprel::AclRelcl | Deprel::Advcl);
            return (!coordinated && !relative && !aside).then_some(predicate);
        }
        None
    }

    pub(super) fn has_subject(&self, clause: usize) -> bool {
        self.tree.children(clause).iter().any(|&c| self.tree.rel(c).is_subject())
    }

    fn colon_before(&self, clause: usize) -> bool {
        (self.t + 1..clause).any(|i| self.tree.form(i) == ":")
    }

    /// A finite clause that the parser took for an open complement.
    fn finite_xcomp(&self) -> Option<usize> {
        self.after().find(|&c| {
            self.tree.rel(c) == Deprel::Xcomp && self.has_subject(c) && self.tree.child_word(c, Deprel::Mark, "to").is_none()
        })
    }

    /// The clause whose *that* comes after the cue with no other verb between, wherever the parser hung it.
    fn marked(&self) -> Option<usize> {
        let tree = self.tree;
        let verbal = |i: usize| matches!(tree.upos(i), Upos::Verb | Upos::Aux) || matches!(tree.form(i), ":" | ";");
        let that = (self.t + 1..tree.len()).take_while(|&i| !verbal(i)).find(|&i| {
            // A subject right after it shows that it is no relative pronoun, whatever the parser says.
            let subject = i + 1 < tree.len() && matches!(tree.lower(i + 1), "he" | "she" | "they" | "it" | "we" | "i" | "there");
            tree.lower(i) == "that" && (tree.rel(i) == Deprel::Mark || subject)
        })?;
        let clause = tree.head(that)?;
        (clause > that && !tree.is_under(self.t, clause)).then_some(clause)
    }

    /// *They had left, she said.* and *They, she said, had left.*
    fn side(&self) -> Option<Filling> {
        let tree = self.tree;
        if self
            .after()
            .any(|c| matches!(tree.rel(c), Deprel::Ccomp | Deprel::Xcomp | Deprel::Obj) && c > self.t && tree.upos(c) == Upos::Verb)
        {
            return None;
        }
        // The clause before the cue as its complement.
        let before =
            tree.children(self.t).iter().copied().find(|&c| c < self.t && matches!(tree.rel(c), Deprel::Ccomp | Deprel::Parataxis));
        if let Some(clause) = before {
            return Some(self.whole(clause, true));
        }
        if let Some(filling) = self.postposed() {
            return Some(filling);
        }
        let head = tree.head(self.t)?;
        let own: Vec<usize> = tree.subtree(self.t);
        let parenthetical = match tree.rel(self.t) {
            Deprel::Parataxis => true,
            Deprel::Advcl => tree.child_word(self.t, Deprel::Mark, "as").is_some(),
            _ => false,
        };
        let first = *own.first()?;
        let beside =
            first.checked_sub(1).is_some_and(|i| matches!(tree.form(i), "," | "—" | "–" | "-" | "--" | "”" | "\"")) || first == 0;
        if !parenthetical || !beside {
            return None;
        }
        let mut clause = head;
        while let Some(up) = tree
            .head(clause)
            .filter(|_| !matches!(tree.rel(clause), Deprel::Conj | Deprel::Ccomp | Deprel::Advcl | Deprel::Parataxis))
        {
            clause = up;
        }
        let tokens = tree.subtree_without(clause, |c| c == self.t);
        Some(Filling { tokens, main: clause, asserted: true, ..Filling::default() })
    }

    /// A comma, a subject, the cue, and no more than a time or an addressee to the end of the sentence, by the words alone.
    fn postposed(&self) -> Option<Filling> {
        let tree = self.tree;
        let subject = tree.children(self.t).iter().copied().find(|&c| tree.rel(c) == Deprel::Nsubj)?;
        let first = tree.subtree(subject).first().copied()?.min(self.t);
        let comma = first.checked_sub(1).filter(|&i| matches!(tree.form(i), "," | "?"))?;
        let tail = (self.t.max(subject) + 1..tree.len()).all(|i| {
            // "a diplomat said, speaking on condition of anonymity"
            let aside = tree.token(i).xpos == "VBG";
            let clausal =
                (matches!(tree.upos(i), Upos::Verb | Upos::Aux | Upos::Sconj) && !aside) || matches!(tree.form(i), ":" | ";");
            !clausal && self.scene.quoted((self.s, i)).is_none()
        });
        let head = (0..comma).find(|&i| matches!(tree.upos(i), Upos::Verb | Upos::Aux) && tree.rel(i) != Deprel::Amod)?;
        let opens = (0..comma).find(|&i| !matches!(tree.upos(i), Upos::Punct | Upos::Cconj | Upos::Adv))?;
        let free = !matches!(tree.rel(self.t), Deprel::AclRelcl | Deprel::Acl) && tree.upos(opens) != Upos::Sconj;
        (tail && free).then(|| Filling { tokens: (opens..comma).collect(), main: head, asserted: true, ..Filling::default() })
    }
}
