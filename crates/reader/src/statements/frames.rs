//! Constructions: what a cue's dependents must look like to be its content.

use super::draft::At;
use super::scene::Scene;
use crate::lexicon::cues::{Cue, Frame, Part};
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
        Frame::Wh => view.clause(true),
        Frame::Infinitive => view.infinitive().map(|x| view.whole(x, true)),
        Frame::Ing => view.ing(),
        Frame::Predicate => view.predicate(),
        Frame::Object => view.object(cue),
        Frame::Preposition(p) => view.preposition(p),
        Frame::Two(first, second) => view.two(first, second),
    }
}

struct View<'s, 'c, 'd> {
    scene: &'s Scene<'c, 'd>,
    tree: &'c Tree<'d>,
    s: usize,
    t: usize,
}

impl View<'_, '_, '_> {
    fn after(&self) -> impl Iterator<Item = usize> + '_ {
        self.tree.children(self.t).iter().copied().filter(|&c| c > self.t)
    }

    /// The whole branch of `top` without its marker and without punctuation before it.
    fn whole(&self, top: usize, asserted: bool) -> Filling {
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
            .or_else(|| tree.child(self.t, Deprel::CsubjPass))?;
        if self.is_question(found) != question {
            return None;
        }
        if tree.child_word(found, Deprel::Mark, "to").is_some() && !question && !self.has_subject(found) {
            return None;
        }
        let mut filling = self.whole(found, true);
        // "told the paper (that) ...": the object is who is told.
        filling.to = self.after().find(|&c| c < found && matches!(tree.rel(c), Deprel::Obj | Deprel::Iobj));
        let bound = filling.to.map_or(self.t, |o| o);
        filling.tokens.retain(|&i| i > bound);
        (!filling.tokens.is_empty()).then_some(filling)
    }

    fn has_subject(&self, clause: usize) -> bool {
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

    /// The clause whose *that* stands right after the cue or its addressee, wherever the parser hung it.
    fn marked(&self) -> Option<usize> {
        let tree = self.tree;
        let object = self.after().find(|&c| matches!(tree.rel(c), Deprel::Obj | Deprel::Iobj));
        let start = object.map_or(self.t, |o| tree.subtree(o).last().copied().unwrap_or(o));
        let that = (start + 1..tree.len().min(start + 4)).find(|&i| tree.lower(i) == "that" && tree.rel(i) == Deprel::Mark)?;
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

    fn infinitive(&self) -> Option<usize> {
        self.after().find(|&c| matches!(self.tree.rel(c), Deprel::Xcomp) && self.is_infinitive(c))
    }

    fn is_infinitive(&self, c: usize) -> bool {
        self.tree.child_word(c, Deprel::Mark, "to").is_some()
    }

    fn ing(&self) -> Option<Filling> {
        let tree = self.tree;
        let found = self.after().find(|&c| {
            matches!(tree.rel(c), Deprel::Xcomp | Deprel::Ccomp)
                && tree.children(c).iter().chain([&c]).any(|&i| tree.token(i).xpos == "VBG")
                && !self.has_subject(c)
        })?;
        Some(self.whole(found, true))
    }

    /// The object: what is acted on, also as passive subject or as the noun that a clause or participle modifies.
    fn object_head(&self) -> Option<(usize, Vec<usize>)> {
        let tree = self.tree;
        let t = self.t;
        let modified = || matches!(tree.rel(t), Deprel::Acl | Deprel::AclRelcl).then(|| tree.head(t)).flatten();
        let phrase = |o: usize| tree.subtree_without(o, |c| c == t);
        if tree.is_passive(t) {
            let subject = tree.child(t, Deprel::NsubjPass);
            return match subject {
                Some(o) if is_relative(tree, o) => modified().map(|n| (n, phrase(n))),
                Some(o) => Some((o, phrase(o))),
                None => modified().map(|n| (n, phrase(n))),
            };
        }
        match tree.object(t) {
            Some(o) if is_relative(tree, o) => match modified() {
                Some(n) => Some((n, phrase(n))),
                None => Some((o, Vec::new())),
            },
            Some(o) => Some((o, phrase(o))),
            // "the policy they criticised": a relative clause with a subject of its own and no object.
            None if tree.rel(t) == Deprel::AclRelcl && tree.child(t, Deprel::Nsubj).is_some_and(|n| !is_relative(tree, n)) => {
                modified().map(|n| (n, phrase(n)))
            }
            None => None,
        }
    }

    fn object(&self, cue: &Cue) -> Option<Filling> {
        let tree = self.tree;
        let (head, tokens) = self.object_head()?;
        let at = (self.s, head);
        let listed = cue.objects.is_empty() || cue.objects.iter().any(|o| o == tree.lemma(head) || o == tree.lower(head));
        if !listed || tokens.is_empty() || self.scene.is_time(at) {
            return None;
        }
        // A clause as complement makes the object its addressee; a reflexive or a bare "it" says nothing.
        if cue.objects.is_empty()
            && tree.upos(head) == Upos::Pron
            && !matches!(tree.lower(head), "him" | "her" | "them" | "it" | "this")
        {
            return None;
        }
        if self.after().any(|c| tree.rel(c) == Deprel::Ccomp && c > head) {
            return None;
        }
        let mut tokens = tokens;
        // "offered condolences to the family": what belongs to the thing said.
        let last = tokens.last().copied().unwrap_or(head);
        for c in self.after().filter(|&c| c == last + 1 || tree.subtree(c).first() == Some(&(last + 1))) {
            let case = tree.children(c).iter().copied().find(|&m| matches!(tree.rel(m), Deprel::Case | Deprel::Mark));
            let fits =
                case.is_some_and(|m| matches!(tree.lower(m), "of" | "for" | "to" | "as" | "about" | "over" | "against" | "that"));
            if fits && matches!(tree.rel(c), Deprel::Obl | Deprel::Advcl | Deprel::Xcomp) && !self.scene.is_time((self.s, c)) {
                tokens.extend(tree.subtree(c));
            }
        }
        tokens.sort_unstable();
        tokens.dedup();
        Some(Filling { tokens, main: head, asserted: cue.kind == crate::lexicon::cues::CueKind::Say, ..Filling::default() })
    }

    /// *called it a crime*
    fn predicate(&self) -> Option<Filling> {
        let tree = self.tree;
        let t = self.t;
        let named = |c: usize| {
            matches!(tree.rel(c), Deprel::Xcomp | Deprel::Obj | Deprel::Iobj)
                && !self.is_infinitive(c)
                && (matches!(tree.upos(c), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num)
                    || tree.child(c, Deprel::Cop).is_some())
        };
        if tree.is_passive(t) {
            let (subject, mut tokens) = self.object_head()?;
            let what = self.after().find(|&c| named(c))?;
            tokens.extend(tree.subtree(what));
            tokens.sort_unstable();
            return Some(Filling { tokens, main: subject, ..Filling::default() });
        }
        let what = self.after().filter(|&c| named(c)).last()?;
        let object = self.after().find(|&c| c < what && matches!(tree.rel(c), Deprel::Obj | Deprel::Iobj | Deprel::Nsubj));
        // A clause without a verb (called it a crime, parsed as a small clause).
        let inner = || tree.children(what).iter().copied().find(|&c| c < what && matches!(tree.rel(c), Deprel::Nsubj));
        let relative = tree.object(t).is_some_and(|o| is_relative(tree, o));
        let mut tokens = tree.subtree(what);
        match object {
            Some(o) => tokens.extend(tree.subtree(o)),
            None if relative || inner().is_some() => {}
            None => return None,
        }
        tokens.retain(|&i| i > t);
        tokens.sort_unstable();
        tokens.dedup();
        Some(Filling { tokens, main: what, ..Filling::default() })
    }

    /// A dependent that the preposition introduces, after the cue.
    fn governed(&self, preposition: &str) -> Option<(usize, usize)> {
        let tree = self.tree;
        self.after().find_map(|c| {
            let marker = tree.children(c).iter().copied().find(|&m| {
                m < c && m > self.t && matches!(tree.rel(m), Deprel::Case | Deprel::Mark) && tree.lower(m) == preposition
            })?;
            let rel = tree.rel(c);
            let fits = matches!(
                rel,
                Deprel::Obl | Deprel::OblAgent | Deprel::Advcl | Deprel::Nmod | Deprel::Acl | Deprel::Xcomp | Deprel::Ccomp
            );
            let infinitive = preposition == "to" && tree.upos(c) == Upos::Verb && tree.token(c).xpos == "VB";
            (fits && !infinitive && !self.scene.is_time((self.s, c))).then_some((c, marker))
        })
    }

    fn preposition(&self, preposition: &str) -> Option<Filling> {
        let (head, marker) = self.governed(preposition)?;
        let tokens = self.tree.subtree_without(head, |c| c == marker);
        Some(Filling { tokens, main: head, particles: vec![marker], asserted: true, ..Filling::default() })
    }

    fn two(&self, first: &Part, second: &Part) -> Option<Filling> {
        let tree = self.tree;
        let (head, mut tokens, mut particles) = match first {
            Part::Preposition(p) => {
                let (head, marker) = self.governed(p)?;
                (head, tree.subtree_without(head, |c| c == marker), vec![marker])
            }
            _ => match self.object_head() {
                Some((head, tokens)) => (head, tokens, Vec::new()),
                None => return self.clause_for_two(second),
            },
        };
        let passive = tree.is_passive(self.t);
        let from = if passive || head < self.t { self.t } else { head };
        let attached = |c: usize| c > from && c != head;
        let part = match second {
            Part::Infinitive => self
                .after()
                .find(|&c| {
                    attached(c) && matches!(tree.rel(c), Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl) && self.is_infinitive(c)
                })
                .or_else(|| {
                    tree.children(head).iter().copied().find(|&c| c > head && tree.rel(c) == Deprel::Acl && self.is_infinitive(c))
                })?,
            Part::Preposition(p) => {
                let introduced = |c: &usize| {
                    *c > from
                        && tree
                            .children(*c)
                            .iter()
                            .any(|&m| m < *c && matches!(tree.rel(m), Deprel::Case | Deprel::Mark) && tree.lower(m) == p)
                        && !self.scene.is_time((self.s, *c))
                };
                let own = self.after().find(introduced);
                own.or_else(|| tree.children(head).iter().copied().find(introduced))?
            }
            Part::Object => return None,
        };
        if passive || head < self.t {
            // The first part stands before the cue: only an agentless order leaves it out of what is said.
            if *second == Part::Infinitive {
                tokens = Vec::new();
            }
        }
        let tail: Vec<usize> = tree.subtree(part);
        if tokens.is_empty() {
            if let Part::Preposition(p) = second {
                particles.extend(tail.iter().copied().find(|&i| tree.lower(i) == p));
            }
        }
        tokens.extend(tail.into_iter().filter(|i| !particles.contains(i)));
        tokens.retain(|&i| i != self.t);
        tokens.sort_unstable();
        tokens.dedup();
        let to = (*second == Part::Infinitive).then_some(head);
        Some(Filling { tokens, main: part, particles, to, asserted: true })
    }

    /// *wants them to go*, parsed as one clause; *what officials described as*, where the object is a gap.
    fn clause_for_two(&self, second: &Part) -> Option<Filling> {
        let tree = self.tree;
        match second {
            Part::Infinitive => {
                let clause = self.after().find(|&c| {
                    matches!(tree.rel(c), Deprel::Ccomp | Deprel::Xcomp) && self.is_infinitive(c) && self.has_subject(c)
                })?;
                let mut filling = self.whole(clause, true);
                filling.to = tree.children(clause).iter().copied().find(|&c| tree.rel(c).is_subject());
                Some(filling)
            }
            Part::Preposition(p) if matches!(tree.rel(self.t), Deprel::AclRelcl | Deprel::Ccomp | Deprel::Acl | Deprel::Csubj) => {
                let (head, marker) = self.governed(p)?;
                let tokens = tree.subtree_without(head, |c| c == marker);
                Some(Filling { tokens, main: head, particles: vec![marker], asserted: true, ..Filling::default() })
            }
            _ => None,
        }
    }
}

/// A pronoun that stands for a noun outside its clause.
fn is_relative(tree: &Tree, t: usize) -> bool {
    matches!(tree.lower(t), "which" | "that" | "who" | "whom" | "what") && tree.upos(t) == Upos::Pron
}
