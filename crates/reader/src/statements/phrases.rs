//! Constructions of phrases: objects, infinitives, prepositions, and two of them together.

use super::frames::{Filling, View};
use crate::lexicon::NounSet;
use crate::lexicon::cues::{Cue, CueKind, Part};
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};

impl View<'_, '_, '_> {
    pub(super) fn infinitive(&self) -> Option<Filling> {
        let tree = self.tree;
        // Behind a time (*threatened on Monday to leave*) the parser takes the complement for a purpose.
        let purpose = tree.object(self.t).is_none();
        let complement = |c: usize| tree.rel(c) == Deprel::Xcomp || (purpose && tree.rel(c) == Deprel::Advcl);
        let found = self.after().find(|&c| complement(c) && self.is_infinitive(c))?;
        Some(self.whole(found, true))
    }

    pub(super) fn is_infinitive(&self, c: usize) -> bool {
        self.tree.child_word(c, Deprel::Mark, "to").is_some()
    }

    pub(super) fn ing(&self) -> Option<Filling> {
        let tree = self.tree;
        let found = self.after().find(|&c| {
            matches!(tree.rel(c), Deprel::Xcomp | Deprel::Ccomp)
                && tree.children(c).iter().chain([&c]).any(|&i| tree.token(i).xpos == "VBG")
                && !self.has_subject(c)
        })?;
        Some(self.whole(found, true))
    }

    /// The object: what is acted on, also as passive subject or as the noun that a clause or participle modifies.
    /// With the tokens of its phrase, which are none for a gap (*what officials described as*).
    fn object_head(&self) -> Option<(usize, Vec<usize>)> {
        let tree = self.tree;
        let t = self.t;
        let modified = || matches!(tree.rel(t), Deprel::Acl | Deprel::AclRelcl).then(|| tree.head(t)).flatten();
        let phrase = |o: usize| tree.subtree_without(o, |c| c == t);
        if self.scene.is_passive((self.s, t)) {
            let head = match tree.child(t, Deprel::NsubjPass) {
                Some(o) if !is_relative(tree, o) => o,
                _ => modified().or_else(|| self.noun_before())?,
            };
            return Some((head, phrase(head).into_iter().filter(|&i| i < t || head > t).collect()));
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
            None => self.misplaced(),
        }
    }

    /// The noun phrase right before a bare participle (*the one claimed by the group*).
    fn noun_before(&self) -> Option<usize> {
        let tree = self.tree;
        let nominal = |i: usize| matches!(tree.upos(i), Upos::Noun | Upos::Propn | Upos::Num);
        let mut head = self.t.checked_sub(1).filter(|&i| nominal(i))?;
        while let Some(up) = tree.head(head).filter(|&h| h < self.t && nominal(h)) {
            head = up;
        }
        Some(head)
    }

    /// An object right after the cue that was hung elsewhere: the noun phrase that begins there.
    fn misplaced(&self) -> Option<(usize, Vec<usize>)> {
        let tree = self.tree;
        let first = self.t + 1;
        let opens = first < tree.len()
            && matches!(tree.upos(first), Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron)
            && !is_relative(tree, first)
            && !self.after().any(|c| matches!(tree.rel(c), Deprel::Ccomp | Deprel::Xcomp | Deprel::Nsubj));
        if !opens {
            return None;
        }
        let mut head = first;
        while let Some(up) = tree.head(head).filter(|&h| {
            h > head
                && matches!(
                    tree.rel(head),
                    Deprel::Det | Deprel::Amod | Deprel::Compound | Deprel::Nummod | Deprel::NmodPoss | Deprel::Flat
                )
                && h > self.t
        }) {
            head = up;
        }
        let tokens: Vec<usize> = tree.subtree(head).into_iter().filter(|&i| i > self.t).collect();
        (matches!(tree.upos(head), Upos::Noun | Upos::Propn) && !self.scene.is_time((self.s, head))).then_some((head, tokens))
    }

    pub(super) fn object(&self, cue: &Cue) -> Option<Filling> {
        let tree = self.tree;
        let (head, tokens) = self.object_head()?;
        let at = (self.s, head);
        let listed = |o: &String| o == tree.lemma(head) || o == tree.lower(head);
        let fits = match cue.objects.as_slice() {
            [] => true,
            [only] if only == "-person" => !self.scene.is_person(at),
            objects => objects.iter().any(listed),
        };
        if !fits || tokens.is_empty() || self.scene.is_time(at) {
            return None;
        }
        if tree.upos(head) == Upos::Pron
            && !matches!(tree.lower(head), "him" | "her" | "them" | "this")
            && !cue.objects.iter().any(listed)
        {
            return None;
        }
        let asserted = cue.kind == CueKind::Say;
        if head < self.t {
            return Some(Filling { tokens, main: head, asserted, ..Filling::default() });
        }
        let first = *tokens.first()?;
        let last = self.reached(tokens.last().copied().unwrap_or(head));
        Some(Filling { tokens: (first..=last).collect(), main: head, asserted, ..Filling::default() })
    }

    /// Where a phrase that ends at `last` really ends: it takes in what follows without a comma (a *that* clause, a prepositional
    /// phrase), but no adverb or time, no occasion of saying, and nothing coordinated with the cue.
    fn reached(&self, mut last: usize) -> usize {
        let tree = self.tree;
        while last + 1 < tree.len() && matches!(tree.upos(last + 1), Upos::Adp | Upos::Sconj | Upos::Part | Upos::Pron) {
            let next = last + 1;
            let Some(top) = tree.head(next).filter(|&h| h > next) else { break };
            let marker = matches!(tree.rel(next), Deprel::Case | Deprel::Mark);
            let occasion = matches!(
                tree.lower(next),
                "in" | "on"
                    | "at"
                    | "during"
                    | "via"
                    | "after"
                    | "following"
                    | "before"
                    | "as"
                    | "while"
                    | "because"
                    | "since"
                    | "if"
                    | "when"
                    | "by"
            ) && (self.scene.ctx.lexicon.noun_sets.has(NounSet::Occasion, tree.lemma(top))
                || !matches!(tree.lower(next), "in" | "on" | "at" | "as"));
            let place = matches!(tree.lower(next), "in" | "on" | "at") && self.scene.is_time((self.s, top));
            let end = self.end_of(top);
            // A comma ends the phrase unless it lists.
            let lists = (next..end).any(|i| tree.rel(i) == Deprel::Cc);
            let comma = tree.rel(next) == Deprel::Case && !lists && self.scene.has_comma(self.s, next..end);
            if !marker || occasion || place || self.scene.is_time((self.s, top)) || end <= last || comma {
                break;
            }
            last = end;
        }
        last
    }

    /// *called it a crime*
    pub(super) fn predicate(&self) -> Option<Filling> {
        let tree = self.tree;
        let t = self.t;
        let bare = |c: usize| {
            let oblique = matches!(tree.rel(c), Deprel::Obl | Deprel::OblUnmarked);
            oblique && tree.child(c, Deprel::Case).is_none() && !self.scene.is_time((self.s, c))
        };
        let named = |c: usize| {
            (bare(c) || matches!(tree.rel(c), Deprel::Xcomp | Deprel::Obj | Deprel::Iobj))
                && !self.is_infinitive(c)
                && (matches!(tree.upos(c), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num)
                    || tree.child(c, Deprel::Cop).is_some())
        };
        if self.scene.is_passive((self.s, t)) {
            let (subject, mut tokens) = self.object_head()?;
            let what = self.after().find(|&c| named(c))?;
            tokens.extend(tree.subtree(what));
            tokens.sort_unstable();
            return Some(Filling { tokens, main: subject, ..Filling::default() });
        }
        let what = self.after().filter(|&c| named(c)).last()?;
        let object = self.after().find(|&c| c < what && matches!(tree.rel(c), Deprel::Obj | Deprel::Iobj | Deprel::Nsubj));
        let inner = tree.children(what).iter().any(|&c| c < what && tree.rel(c) == Deprel::Nsubj);
        let relative = tree.object(t).is_some_and(|o| is_relative(tree, o));
        // "dubbed the war: “...”": what it is called stands in quotation marks.
        let quoted = (what + 1..tree.len())
            .find(|&i| self.scene.opens_quote((self.s, i)))
            .filter(|&i| i <= self.end_of(what) + 2 || tree.form(i - 1) == ":");
        let mut tokens = tree.subtree(what);
        match (object, quoted) {
            (Some(o), _) => tokens.extend(tree.subtree(o)),
            (None, Some(q)) if tree.rel(what) == Deprel::Obj => tokens.push(q + 1),
            _ if relative || inner => {}
            _ => return None,
        }
        tokens.retain(|&i| i > t);
        let (first, last) = (tokens.iter().min().copied()?, tokens.iter().max().copied()?);
        Some(Filling { tokens: (first..=last.min(tree.len() - 1)).collect(), main: what, ..Filling::default() })
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

    pub(super) fn preposition(&self, preposition: &str) -> Option<Filling> {
        let (head, marker) = self.governed(preposition)?;
        let tokens = self.tree.subtree_without(head, |c| c == marker);
        let first = *tokens.iter().find(|&&i| i > marker)?;
        let last = self.reached(*tokens.last()?);
        Some(Filling {
            tokens: (first..=last).collect(),
            main: head,
            particles: vec![marker],
            asserted: true,
            ..Filling::default()
        })
    }

    pub(super) fn two(&self, first: &Part, second: &Part) -> Option<Filling> {
        let tree = self.tree;
        let active_order = *second == Part::Infinitive && !self.scene.is_passive((self.s, self.t));
        if let Some(filling) = active_order.then(|| self.told_to(first)).flatten() {
            return Some(filling);
        }
        let (head, mut tokens, mut particles) = match first {
            Part::Preposition(p) => {
                let (head, marker) = self.governed(p)?;
                (head, tree.subtree_without(head, |c| c == marker), vec![marker])
            }
            _ => match self.object_head() {
                Some((head, tokens)) => (head, tokens, Vec::new()),
                None => return self.gap(second),
            },
        };
        let before = head < self.t;
        let from = if before { self.t } else { head };
        let part = match second {
            Part::Infinitive => self.after().find(|&c| {
                c > from && matches!(tree.rel(c), Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl) && self.is_infinitive(c)
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
        // An order to a passive subject leaves the subject out of what is said ("they were told to go"), and so does what a
        // relative pronoun stands for ("the camp, which they describe as a refuge").
        let gap = tree.object(self.t).is_some_and(|o| is_relative(tree, o));
        if before && (*second == Part::Infinitive || gap) {
            tokens.clear();
        }
        let tail: Vec<usize> = tree.subtree(part);
        if let (true, Part::Preposition(p)) = (tokens.is_empty(), second) {
            particles.extend(tail.iter().copied().find(|&i| tree.lower(i) == p));
        }
        tokens.extend(tail.into_iter().filter(|i| !particles.contains(i)));
        tokens.retain(|&i| i != self.t);
        tokens.sort_unstable();
        tokens.dedup();
        let to = (*second == Part::Infinitive).then_some(head);
        Some(Filling { tokens, main: part, particles, to, asserted: true })
    }

    /// *urged them to go*, *called on them to go* by the words: the cue, its preposition, a noun phrase, an infinitive.
    fn told_to(&self, first: &Part) -> Option<Filling> {
        let tree = self.tree;
        let mut from = self.t + 1;
        let mut particles = Vec::new();
        if let Part::Preposition(p) = first {
            from = (from..tree.len().min(from + 2)).find(|&i| tree.lower(i) == p)? + 1;
            particles.push(from - 1);
        }
        let to = (from + 1..tree.len()).take(24).find(|&i| tree.lower(i) == "to" && tree.upos(i) == Upos::Part)?;
        let verb = (to + 1..tree.len().min(to + 4)).find(|&i| matches!(tree.token(i).xpos, "VB") && tree.upos(i) != Upos::Adv)?;
        let plain = (from..to).all(|i| {
            !matches!(tree.token(i).xpos, "VBD" | "VBZ" | "VBP" | "MD")
                && !matches!(tree.form(i), ":" | ";" | "“" | "\"")
                && !is_relative(tree, i)
        });
        let nominal = |i: &usize| matches!(tree.upos(*i), Upos::Noun | Upos::Propn | Upos::Pron);
        let head = (from..to).find(|i| nominal(i) && tree.head(*i).is_none_or(|h| h < from || h >= to || !nominal(&h)));
        let head = head.or_else(|| (from..to).rev().find(nominal))?;
        // An infinitive that belongs to the noun phrase itself (urged steps to stop it) is no order to it.
        let ordered = self.scene.is_party((self.s, head)) || tree.rel(verb) == Deprel::Xcomp;
        let last = self.end_of(self.clause_head(verb));
        (plain && ordered && last >= verb).then(|| Filling {
            tokens: (from..=last).collect(),
            main: verb,
            particles,
            to: Some(head),
            asserted: true,
        })
    }

    /// The predicate that an auxiliary or copula stands with.
    fn clause_head(&self, verb: usize) -> usize {
        let tree = self.tree;
        match tree.head(verb) {
            Some(head) if head > verb && matches!(tree.rel(verb), Deprel::Aux | Deprel::AuxPass | Deprel::Cop) => head,
            _ => verb,
        }
    }

    /// *wants them to go*, parsed as one clause; *what officials described as*, where the object is a gap.
    fn gap(&self, second: &Part) -> Option<Filling> {
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
                self.preposition(p)
            }
            _ => None,
        }
    }
}

/// A pronoun that stands for a noun outside its clause.
pub(super) fn is_relative(tree: &Tree, t: usize) -> bool {
    matches!(tree.lower(t), "which" | "that" | "who" | "whom" | "what") && tree.upos(t) == Upos::Pron
}
