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
    Putting { tree, table: &ctx.lexicon.factuality }.whole(t, None, DEPTH)
}

/// One sentence and the table.
struct Putting<'a> {
    tree: &'a Tree<'a>,
    table: &'a FactualityTable,
}

impl Putting<'_> {
    /// By its own dependents and by what governs it; `from` is the dependent that asks, which has already counted.
    fn whole(&self, t: usize, from: Option<usize>, depth: usize) -> Factuality {
        combine(self.governed(t, depth), self.local(t, from))
    }

    /// By its own dependents.
    fn local(&self, t: usize, from: Option<usize>) -> Factuality {
        let mut put = Factuality::Actual;
        for &c in self.tree.children(t).iter().filter(|&&c| Some(c) != from) {
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
            Some(Effect::Puts(put)) => return combine(self.whole(head, Some(t), depth - 1), put),
            Some(Effect::Pass) => return self.whole(head, Some(t), depth - 1),
            None => {}
        }
        match tree.rel(t) {
            Deprel::Xcomp => self.whole(head, Some(t), depth - 1),
            // What is done to an end is put as the means are.
            Deprel::Advcl if tree.child_word(t, Deprel::Mark, "to").is_some() => self.whole(head, Some(t), depth - 1),
            Deprel::Advcl if tree.child(t, Deprel::Mark).is_none() && tree.child(t, Deprel::Advmod).is_none() => {
                self.whole(head, Some(t), depth - 1)
            }
            Deprel::Conj => self.shared(t, head, depth - 1),
            // "There will be talks."
            Deprel::Nsubj if tree.child(head, Deprel::Expl).is_some() => self.whole(head, Some(t), depth - 1),
            _ => Factuality::Actual,
        }
    }

    /// What a later member of a coordination shares with the first: always the governor, and auxiliaries when it has none itself.
    fn shared(&self, t: usize, first: usize, depth: usize) -> Factuality {
        let tree = self.tree;
        let above = self.governed(first, depth);
        let own = |rel: &Deprel| rel.is_subject() || matches!(rel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop);
        // A finite form takes no auxiliary: "would open the road but rejected monitors".
        let finite = matches!(tree.token(t).xpos, "VBD" | "VBZ" | "VBP") && tree.child(first, Deprel::Aux).is_some();
        if finite || !is_verbal(tree, first) || tree.children(t).iter().any(|&c| own(&tree.rel(c))) {
            return above;
        }
        // *Or* carries the first one's negation on; *nor* brings its own.
        let negates_both = tree.children_by(t, &[Deprel::Cc]).any(|c| tree.lower(c) == "or");
        match self.local(first, Some(t)) {
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

/// The main predicate of a question; a question quoted at the end is somebody's, not the sentence's.
fn asks(tree: &Tree, i: usize) -> bool {
    tree.head(i).is_none() && is_verbal(tree, i) && tree.len() > 0 && tree.form(tree.len() - 1) == "?"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{handmade, lexicon::Lexicon};

    /// How the word `form` of the sentence is put.
    fn put(tree: &str, form: &str) -> Factuality {
        let (document, analysis) = handmade::read(&[tree]);
        let lexicon = Lexicon::builtin();
        let ctx = Context::new(&document, &analysis, &lexicon);
        let t = (0..ctx.trees[0].len()).find(|&i| ctx.trees[0].form(i) == form).expect("the word");
        of(&ctx, 0, t)
    }

    #[test]
    fn plans_reach_what_they_govern_and_their_denial_too() {
        let plan = "They/they/PRP/nsubj/2 plan/plan/VBP/root/0 to/to/TO/mark/4 attack/attack/VB/xcomp/2";
        assert_eq!(put(plan, "attack"), Factuality::Planned);
        let denied = "They/they/PRP/nsubj/4 do/do/AUX/aux/4 not/not/RB/advmod/4 plan/plan/VB/root/0 to/to/TO/mark/6 attack/attack/VB/xcomp/4";
        assert_eq!(put(denied, "attack"), Factuality::Negated);
        let held = "They/they/PRP/nsubj/3 will/will/MD/aux/3 hold/hold/VB/root/0 talks/talk/NNS/obj/3";
        assert_eq!(put(held, "talks"), Factuality::Planned);
    }

    #[test]
    fn would_is_a_plan_in_a_past_report_and_a_condition_with_if() {
        let reported = "He/he/PRP/nsubj/2 said/say/VBD/root/0 he/he/PRP/nsubj/5 would/would/MD/aux/5 resign/resign/VB/ccomp/2";
        assert_eq!(put(reported, "resign"), Factuality::Planned);
        let conditional = "He/he/PRP/nsubj/2 said/say/VBD/root/0 he/he/PRP/nsubj/5 would/would/MD/aux/5 resign/resign/VB/ccomp/2 \
                           if/if/SC/mark/8 they/they/PRP/nsubj/8 paid/pay/VBD/advcl/5";
        assert_eq!(put(conditional, "resign"), Factuality::Conditional);
        assert_eq!(put(conditional, "paid"), Factuality::Conditional);
    }

    #[test]
    fn what_a_denial_reports_is_denied_and_what_is_not_said_is_not() {
        let denied = "They/they/PRP/nsubj/2 denied/deny/VBD/root/0 they/they/PRP/nsubj/4 fired/fire/VBD/ccomp/2";
        assert_eq!(put(denied, "fired"), Factuality::Negated);
        let unsaid = "They/they/PRP/nsubj/4 did/do/AUX/aux/4 not/not/RB/advmod/4 say/say/VB/root/0 they/they/PRP/nsubj/6 fired/fire/VBD/ccomp/4";
        assert_eq!(put(unsaid, "fired"), Factuality::Actual);
        let only = "They/they/PRP/nsubj/4 not/not/RB/advmod/4 only/only/RB/advmod/4 fired/fire/VBD/root/0";
        assert_eq!(put(only, "fired"), Factuality::Actual);
    }

    #[test]
    fn nothing_received_is_negated_and_failure_is_too() {
        let none = "They/they/PRP/nsubj/2 received/receive/VBD/root/0 no/no/DT/det/4 aid/aid/NN/obj/2";
        assert_eq!((put(none, "received"), put(none, "aid")), (Factuality::Negated, Factuality::Negated));
        let failed = "They/they/PRP/nsubj/2 failed/fail/VBD/root/0 to/to/TO/mark/4 agree/agree/VB/xcomp/2";
        assert_eq!(put(failed, "agree"), Factuality::Negated);
    }

    #[test]
    fn hedges_and_passive_belief_leave_it_open() {
        let hedge = "They/they/PRP/nsubj/3 reportedly/reportedly/RB/advmod/3 fired/fire/VBD/root/0";
        assert_eq!(put(hedge, "fired"), Factuality::Uncertain);
        let belief = "They/they/PRP/nsubj:pass/3 are/be/AUX/aux:pass/3 believed/believe/VBN/root/0 to/to/TO/mark/6 have/have/AUX/aux/6 fled/flee/VBN/xcomp/3";
        assert_eq!(put(belief, "fled"), Factuality::Uncertain);
    }
}
