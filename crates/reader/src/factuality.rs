//! How something is put: scope of negation, plans, conditions and hedges, by the tree.
//!
//! What counts is the view of whoever is last in `given_by`, so a reported clause starts afresh: *she did not say that they left*
//! leaves *left* actual. Inside a clause the words of `lexicon/factuality.tsv` put what stands in their scope.

use crate::context::Context;
use crate::lexicon::factuality::{Effect, FactualityTable, Scope, Standing};
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};
use onrecord_record::Factuality;

/// A tree deeper than this is no sentence.
const DEPTH: usize = 16;

/// How the predicate or noun at token `t` of sentence `s` is put by whoever says it.
pub fn of(ctx: &Context, s: usize, t: usize) -> Factuality {
    let Some(tree) = ctx.trees.get(s).filter(|tree| t < tree.len()) else { return Factuality::Actual };
    Putting { tree, table: &ctx.lexicon.factuality }.whole(t, DEPTH)
}

/// One sentence and the table.
struct Putting<'a> {
    tree: &'a Tree<'a>,
    table: &'a FactualityTable,
}

impl Putting<'_> {
    /// By its own dependents and by what governs it.
    fn whole(&self, t: usize, depth: usize) -> Factuality {
        combine(self.governed(t, depth), self.local(t))
    }

    /// By its own dependents.
    fn local(&self, t: usize) -> Factuality {
        let mut put = Factuality::Actual;
        for &c in self.tree.children(t) {
            if let Some(by) = self.dependent(t, c) {
                put = combine(by, put);
            }
        }
        put
    }

    /// What the dependent `c` makes of `t`.
    fn dependent(&self, t: usize, c: usize) -> Option<Factuality> {
        let tree = self.tree;
        match tree.rel(c) {
            Deprel::Amod => self.puts(c, Standing::Adj),
            Deprel::Advmod if focus_follows(tree, c) => None,
            Deprel::Advmod | Deprel::Det | Deprel::Case | Deprel::CcPreconj | Deprel::Cc => self.puts(c, Standing::Dependent),
            // "attack or be attacked": a marker that only links says nothing.
            Deprel::Mark if tree.lower(c) == "to" => self.infinitive_after_be(t).then_some(Factuality::Planned),
            Deprel::Mark => self.puts(c, Standing::Dependent),
            Deprel::Aux if matches!(tree.lower(c), "would" | "'d" | "’d") => Some(self.would(t)),
            Deprel::Aux => self.puts(c, Standing::Dependent),
            // "no attack took place", "received no aid", "nobody was hurt"
            Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass if is_verbal(tree, t) && is_none(tree, c) => Some(Factuality::Negated),
            Deprel::Advcl if self.is_condition(c) && !is_past(tree, t) => Some(Factuality::Conditional),
            _ => None,
        }
    }

    /// "is to meet", "the aim is to defeat".
    fn infinitive_after_be(&self, t: usize) -> bool {
        self.tree.children_by(t, &[Deprel::Aux, Deprel::Cop]).any(|c| self.tree.lemma(c) == "be" && self.tree.token(c).xpos != "VB")
    }

    /// *Would* is a plan when a past report looks ahead (*said it would withdraw*), else it hangs on something.
    fn would(&self, t: usize) -> Factuality {
        let tree = self.tree;
        let clause = tree.first_conjunct(t);
        let reported =
            matches!(tree.rel(clause), Deprel::Ccomp | Deprel::Parataxis) && tree.head(clause).is_some_and(|h| is_past(tree, h));
        let conditioned = tree.children_by(t, &[Deprel::Advcl]).any(|c| self.is_condition(c));
        if reported && !conditioned { Factuality::Planned } else { Factuality::Conditional }
    }

    fn is_condition(&self, clause: usize) -> bool {
        self.tree.children_by(clause, &[Deprel::Mark]).any(|m| self.puts(m, Standing::Dependent) == Some(Factuality::Conditional))
    }

    /// How the word `c` puts what it stands with.
    fn puts(&self, c: usize, standing: Standing) -> Option<Factuality> {
        let tree = self.tree;
        let rows = [tree.lower(c), tree.lemma(c)].map(|word| self.table.rows(word, standing));
        let row = rows.into_iter().flatten().find(|row| row.with.iter().all(|w| has_word(tree, c, w)))?;
        match row.effect {
            Effect::Puts(put) => Some(put),
            Effect::Pass => None,
        }
    }

    /// By what governs it.
    fn governed(&self, t: usize, depth: usize) -> Factuality {
        let tree = self.tree;
        let (Some(head), true) = (tree.head(t), depth > 0) else {
            return if asks(tree, t) { Factuality::Uncertain } else { Factuality::Actual };
        };
        match self.governor_effect(head, t) {
            Some(Effect::Puts(put)) => return combine(self.whole(head, depth - 1), put),
            Some(Effect::Pass) => return self.whole(head, depth - 1),
            None => {}
        }
        match tree.rel(t) {
            Deprel::Xcomp => self.whole(head, depth - 1),
            Deprel::Advcl if tree.child_word(t, Deprel::Mark, "to").is_some() => Factuality::Planned,
            Deprel::Advcl if tree.child(t, Deprel::Mark).is_none() && tree.child(t, Deprel::Advmod).is_none() => {
                self.whole(head, depth - 1)
            }
            Deprel::Conj => self.shared(t, head, depth - 1),
            // "There will be talks."
            Deprel::Nsubj if tree.child(head, Deprel::Expl).is_some() => self.whole(head, depth - 1),
            _ => Factuality::Actual,
        }
    }

    /// What a later member of a coordination shares with the first: always the governor, and auxiliaries when it has none itself.
    fn shared(&self, t: usize, first: usize, depth: usize) -> Factuality {
        let tree = self.tree;
        let above = self.governed(first, depth);
        let own = |rel: &Deprel| rel.is_subject() || matches!(rel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop);
        if !is_verbal(tree, first) || tree.children(t).iter().any(|&c| own(&tree.rel(c))) {
            return above;
        }
        let negates_both = tree.children_by(t, &[Deprel::Cc]).any(|c| matches!(tree.lower(c), "or" | "nor"));
        match self.local(first) {
            Factuality::Negated if !negates_both => above,
            shared => combine(above, shared),
        }
    }

    /// What `head` does to its dependent `t`.
    fn governor_effect(&self, head: usize, t: usize) -> Option<Effect> {
        let tree = self.tree;
        let standing = match tree.upos(head) {
            Upos::Verb | Upos::Aux => Standing::Verb,
            Upos::Noun | Upos::Propn => Standing::Noun,
            Upos::Adj => Standing::Adj,
            _ => return None,
        };
        let part = self.part(head, t, standing)?;
        let holds = |scope: Scope| match scope {
            Scope::Complements => part != Scope::Subject || standing == Standing::Adj,
            Scope::Passive => tree.is_passive(head) && part != Scope::Subject,
            other => other == part,
        };
        let rows = self.table.rows(tree.lemma(head), standing);
        rows.iter().find(|row| holds(row.scope) && row.with.iter().all(|w| has_word(tree, head, w))).map(|row| row.effect)
    }

    /// What part of `head` the dependent `t` is: a clause, an object or a subject.
    fn part(&self, head: usize, t: usize, standing: Standing) -> Option<Scope> {
        let tree = self.tree;
        let case = |words: &[&str]| tree.children_by(t, &[Deprel::Case, Deprel::Mark]).any(|c| words.contains(&tree.lower(c)));
        match tree.rel(t) {
            Deprel::Xcomp | Deprel::Ccomp | Deprel::Csubj | Deprel::CsubjPass => Some(Scope::Clause),
            Deprel::Acl if standing == Standing::Noun => Some(Scope::Clause),
            Deprel::Advcl if case(&["from", "against"]) || (standing == Standing::Adj && case(&["to"])) => Some(Scope::Clause),
            // "is set to open", "plans to": a purpose reading of what is the verb's own complement.
            Deprel::Advcl if standing == Standing::Verb && case(&["to"]) && tree.child(head, Deprel::Obj).is_none() => {
                Some(Scope::Clause)
            }
            Deprel::Obj | Deprel::NsubjPass => Some(Scope::Object),
            Deprel::Obl if case(&["for", "of", "with"]) => Some(Scope::Object),
            Deprel::Nmod | Deprel::Compound if standing == Standing::Noun => Some(Scope::Object),
            Deprel::Nsubj => Some(Scope::Subject),
            _ => None,
        }
    }
}

/// The view of the whole when `outer` puts what `inner` already put.
fn combine(outer: Factuality, inner: Factuality) -> Factuality {
    use Factuality::*;
    match (outer, inner) {
        (Actual, put) | (put, Actual) => put,
        (Negated, Negated) => Actual,
        (Conditional, _) | (_, Conditional) => Conditional,
        (Uncertain, _) | (_, Uncertain) => Uncertain,
        (Negated, _) | (_, Negated) => Negated,
        (Planned, Planned) => Planned,
    }
}

/// `word` is a dependent of `i`, or the preposition of one.
fn has_word(tree: &Tree, i: usize, word: &str) -> bool {
    tree.children(i)
        .iter()
        .any(|&c| tree.lower(c) == word || tree.lemma(c) == word || tree.child_word(c, Deprel::Case, word).is_some())
        || (tree.child_word(i, Deprel::Advmod, word).is_some())
}

/// "not only ..." denies nothing.
fn focus_follows(tree: &Tree, negation: usize) -> bool {
    negation + 1 < tree.len()
        && matches!(tree.lower(negation), "not" | "n't")
        && matches!(tree.lower(negation + 1), "only" | "just" | "merely")
}

fn is_verbal(tree: &Tree, i: usize) -> bool {
    matches!(tree.upos(i), Upos::Verb | Upos::Aux) || tree.child(i, Deprel::Cop).is_some()
}

/// "no aid", "nobody", "none".
fn is_none(tree: &Tree, i: usize) -> bool {
    matches!(tree.lower(i), "nobody" | "nothing" | "none" | "neither")
        || tree.children_by(i, &[Deprel::Det]).any(|d| matches!(tree.lower(d), "no" | "neither"))
}

/// In the past tense, by itself or by its auxiliary.
fn is_past(tree: &Tree, i: usize) -> bool {
    let past = |j: usize| tree.token(j).xpos == "VBD";
    past(i) || tree.children_by(i, &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop]).any(past)
}

/// The main predicate of a question.
fn asks(tree: &Tree, i: usize) -> bool {
    tree.head(i).is_none() && is_verbal(tree, i) && (0..tree.len()).rev().take(3).any(|j| tree.form(j) == "?")
}
