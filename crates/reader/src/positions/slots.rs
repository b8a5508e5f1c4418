//! Where in the tree the proposition and the counterpart of a word stand.

use super::terms::Extent;
use crate::lexicon::positions::{PositionRow, Slot};
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};
use onrecord_record::Move;

/// A filled place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Filled {
    /// Head of the proposition.
    pub head: usize,
    /// Which of its words belong to it.
    pub extent: Extent,
    /// The party that is asked, when the place itself tells.
    pub party: Option<usize>,
}

/// The propositions of the word `w`: what fills the first slot that is filled, and what is coordinated with it under a marker of its own
/// (*that A, and that B*).
pub(super) fn fill(tree: &Tree, w: usize, row: &PositionRow) -> Vec<Filled> {
    let by_tree = row.what.iter().find_map(|slot| place(tree, w, slot, &row.toward));
    let Some(first) = by_tree.or_else(|| row.what.iter().find_map(|slot| adjacent(tree, w + 1, slot))) else { return Vec::new() };
    let mut all = vec![first];
    // The word that opens the first must open the second too: "to pay and to leave", but "to talk and in good faith" is one.
    let marker = |c: usize| tree.children(c).iter().copied().find(|&d| matches!(tree.rel(d), Deprel::Mark | Deprel::Case) && d < c);
    let opener = marker(first.head).map(|m| tree.lower(m));
    let marked = |c: usize| marker(c).is_some_and(|m| m > first.head && Some(tree.lower(m)) == opener);
    // The second clause may hang on the first or beside it.
    let beside = tree
        .children_by(w, &[Deprel::Conj])
        .filter(|&c| first.extent == Extent::Clause && tree.child_word(c, Deprel::Mark, "that").is_some());
    for c in tree.children_by(first.head, &[Deprel::Conj]).filter(|&c| marked(c)).chain(beside) {
        let subject = tree.children(c).iter().copied().find(|&d| tree.rel(d).is_subject());
        all.push(Filled { head: c, party: if first.extent == Extent::Clause { subject } else { first.party }, ..first });
    }
    all
}

/// A complement that begins right after the word is the word's, wherever the parser hung it.
fn adjacent(tree: &Tree, next: usize, slot: &Slot) -> Option<Filled> {
    if next >= tree.len() {
        return None;
    }
    let governor = tree.head(next).filter(|&h| h > next);
    match slot {
        Slot::ToDo if tree.lower(next) == "to" => {
            infinitive_at(tree, next).map(|head| Filled { head, extent: Extent::Predicate, party: None })
        }
        Slot::That if tree.lower(next) == "that" && tree.rel(next) == Deprel::Mark => {
            let head = governor?;
            let party = tree.children(head).iter().copied().find(|&d| tree.rel(d).is_subject())?;
            Some(Filled { head, extent: Extent::Clause, party: Some(party) })
        }
        Slot::After(word) if tree.lower(next) == word && matches!(tree.rel(next), Deprel::Case | Deprel::Mark) => {
            // "the importance of timely recognition": the preposition is the noun's, not its adjective's.
            let inside = |h: &usize| matches!(tree.rel(*h), Deprel::Amod | Deprel::Compound | Deprel::Nummod | Deprel::NmodPoss);
            let head = std::iter::successors(governor, |h| tree.head(*h).filter(|up| inside(h) && up > h)).last()?;
            match tree.token(head).xpos {
                "VB" => None,
                "VBG" => Some(Filled { head, extent: Extent::Predicate, party: None }),
                _ => Some(Filled { head, extent: Extent::Phrase, party: None }),
            }
        }
        _ => None,
    }
}

/// The verb of the infinitive whose *to* stands at `to`, adverbs skipped.
fn infinitive_at(tree: &Tree, to: usize) -> Option<usize> {
    (to + 1..tree.len()).find(|&v| tree.upos(v) != Upos::Adv).filter(|&v| matches!(tree.token(v).xpos, "VB" | "VBP"))
}

/// The infinitive that the noun at `t` leaves to its verb or to what stands between (*has a duty in this matter to act*).
pub(super) fn infinitive_after(tree: &Tree, verb: usize, t: usize) -> Option<Filled> {
    let near =
        || (t + 1..tree.len()).take_while(|&i| !matches!(tree.upos(i), Upos::Punct | Upos::Verb)).find(|&i| tree.lower(i) == "to");
    let head = infinitives(tree, verb).find(|&c| c > t).or_else(|| near().and_then(|to| infinitive_at(tree, to)))?;
    Some(Filled { head, extent: Extent::Predicate, party: None })
}

fn place(tree: &Tree, w: usize, slot: &Slot, toward: &[Slot]) -> Option<Filled> {
    match slot {
        Slot::ToDo => infinitive(tree, w),
        Slot::PartyToDo => asked(tree, w, toward),
        Slot::That => finite(tree, w),
        Slot::Doing => gerund(tree, w, None).map(|head| Filled { head, extent: Extent::Predicate, party: None }),
        Slot::Object => object(tree, w).map(|head| Filled { head, extent: Extent::Phrase, party: None }),
        Slot::Indirect => None,
        Slot::Phrase => Some(Filled { head: w, extent: Extent::Phrase, party: None }),
        Slot::After(preposition) => after(tree, w, preposition),
    }
}

/// Complement clauses, by what the parser may call them. A noun's are `acl`; a clause after *it is vital* is its subject.
const CLAUSES: [Deprel; 6] = [Deprel::Xcomp, Deprel::Ccomp, Deprel::Advcl, Deprel::Acl, Deprel::Csubj, Deprel::CsubjPass];

/// Infinitives below `w`: those with *to*, after it.
fn infinitives<'t>(tree: &'t Tree, w: usize) -> impl Iterator<Item = usize> + 't {
    tree.children_by(w, &CLAUSES).filter(move |&c| c > w && has_to(tree, c) && tree.token(c).xpos != "VBG")
}

fn has_to(tree: &Tree, c: usize) -> bool {
    tree.children(c).iter().any(|&m| tree.lower(m) == "to" && tree.upos(m) == Upos::Part && m < c)
}

/// *refused to leave*; *the refusal to leave*.
fn infinitive(tree: &Tree, w: usize) -> Option<Filled> {
    // "made an offer to help reach peace" is one thing, "left to get help" another: a loose clause counts only right after the word.
    let near = |c: usize| tree.rel(c) != Deprel::Advcl || tree.object(w).is_none();
    infinitives(tree, w)
        .find(|&c| {
            near(c)
                && tree.child_word(c, Deprel::Mark, "for").is_none()
                && !tree.children(c).iter().any(|&d| tree.rel(d).is_subject())
        })
        .map(|head| Filled { head, extent: Extent::Predicate, party: None })
}

/// *urged him to press*, *called on all to respect*, *pressed for Russia to use*, *was asked to leave*.
fn asked(tree: &Tree, w: usize, toward: &[Slot]) -> Option<Filled> {
    let with_subject = infinitives(tree, w).find_map(|c| {
        let subject = tree.children(c).iter().copied().find(|&d| tree.rel(d).is_subject())?;
        Some(Filled { head: c, extent: Extent::Clause, party: Some(subject) })
    });
    with_subject.or_else(|| {
        let party = if tree.is_passive(w) && tree.child(w, Deprel::NsubjPass).is_some() {
            tree.child(w, Deprel::NsubjPass)
        } else {
            let rels = [Deprel::Obj, Deprel::Iobj, Deprel::Obl, Deprel::Nmod];
            tree.children_by(w, &rels).find(|&c| c > w && can_be_asked(tree, c, toward))
        }?;
        let own = infinitives(tree, w).find(|&c| c > party);
        let after = || tree.subtree(party).last().and_then(|&last| adjacent(tree, last + 1, &Slot::ToDo)).map(|f| f.head);
        let noun = || tree.children_by(party, &[Deprel::Acl]).find(|&c| c > party && has_to(tree, c));
        let head = own.or_else(noun).or_else(after)?;
        Some(Filled { head, extent: Extent::Predicate, party: Some(party) })
    })
}

/// A word that names its counterpart after a preposition (*call on*, *appeal to*) asks nobody else (*called him to say*).
fn can_be_asked(tree: &Tree, c: usize, toward: &[Slot]) -> bool {
    let before = tree.subtree(c).first().and_then(|f| f.checked_sub(1)).filter(|&b| tree.upos(b) == Upos::Adp);
    let preposition = tree.children_by(c, &[Deprel::Case]).next().or(before);
    let named = |p: usize| toward.iter().any(|slot| matches!(slot, Slot::After(word) if word == tree.lower(p)));
    match preposition {
        Some(p) => named(p) || tree.lower(p) == "for",
        None => !toward.iter().any(|slot| matches!(slot, Slot::After(word) if word != "from" && word != "of")),
    }
}

/// *insists that no deal can be reached*.
pub(super) fn finite(tree: &Tree, w: usize) -> Option<Filled> {
    let asks = |c: usize| {
        tree.children(c).iter().any(|&d| {
            matches!(tree.lower(d), "whether" | "if" | "how" | "why" | "what" | "who" | "where" | "when" | "which")
                && d < c
                && !tree.rel(d).is_subject()
        })
    };
    let clause = tree
        .children_by(w, &[Deprel::Ccomp, Deprel::Csubj, Deprel::CsubjPass, Deprel::Acl, Deprel::AclRelcl, Deprel::Advcl])
        .find(|&c| {
            let subject = tree.children(c).iter().any(|&d| tree.rel(d).is_subject() || tree.rel(d) == Deprel::Expl);
            let that = tree.child_word(c, Deprel::Mark, "that").is_some();
            let gerund = tree.token(c).xpos == "VBG" && tree.child(c, Deprel::Aux).is_none();
            let complement = matches!(tree.rel(c), Deprel::Ccomp | Deprel::Csubj) && !gerund;
            c > w && !has_to(tree, c) && !asks(c) && ((that && subject) || (complement && (that || subject)))
        })?;
    let subject = tree.children(clause).iter().copied().find(|&d| tree.rel(d).is_subject());
    Some(Filled { head: clause, extent: Extent::Clause, party: subject })
}

/// *ruled out leaving*, *insisted on leaving*.
fn gerund(tree: &Tree, w: usize, preposition: Option<&str>) -> Option<usize> {
    tree.children_by(w, &CLAUSES).find(|&c| {
        let marker = tree.children_by(c, &[Deprel::Mark, Deprel::Case]).next();
        c > w
            && tree.token(c).xpos == "VBG"
            && marker.map(|m| tree.lower(m)) == preposition
            && (preposition.is_some() || tree.rel(c) != Deprel::Advcl)
    })
}

/// The direct object, of a passive its subject. A pronoun is no proposition.
fn object(tree: &Tree, w: usize) -> Option<usize> {
    let passive = if tree.is_passive(w) { tree.child(w, Deprel::NsubjPass) } else { None };
    tree.object(w)
        .or(passive)
        .filter(|&o| matches!(tree.upos(o), Upos::Noun | Upos::Propn | Upos::Verb | Upos::Num | Upos::Sym | Upos::Adj | Upos::Adv))
}

/// *called for restraint*, *committed to leaving*.
fn after(tree: &Tree, w: usize, preposition: &str) -> Option<Filled> {
    let rels = [Deprel::Obl, Deprel::Nmod, Deprel::Advcl, Deprel::Acl, Deprel::Ccomp, Deprel::Xcomp];
    let phrase = tree.children_by(w, &rels).find(|&c| {
        let led = tree.child_word(c, Deprel::Case, preposition).is_some();
        c > w
            && led
            && matches!(tree.upos(c), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Verb | Upos::Sym)
            && tree.token(c).xpos != "VB"
    });
    match phrase {
        Some(head) if tree.token(head).xpos != "VBG" => Some(Filled { head, extent: Extent::Phrase, party: None }),
        Some(head) => Some(Filled { head, extent: Extent::Predicate, party: None }),
        None => gerund(tree, w, Some(preposition)).map(|head| Filled { head, extent: Extent::Predicate, party: None }),
    }
}

/// The tokens that name the counterparts of the word `w`.
pub(super) fn counterparts(tree: &Tree, w: usize, slots: &[Slot], filled: &Filled) -> Vec<usize> {
    let mut found: Vec<usize> = filled.party.into_iter().collect();
    for slot in slots {
        let rels: &[Deprel] = match slot {
            Slot::Object => &[Deprel::Obj, Deprel::NsubjPass],
            Slot::Indirect => &[Deprel::Iobj],
            Slot::After(_) => &[Deprel::Obl, Deprel::Nmod],
            _ => continue,
        };
        found.extend(tree.children_by(w, rels).filter(|&c| match slot {
            Slot::After(preposition) => tree.child_word(c, Deprel::Case, preposition).is_some(),
            _ => true,
        }));
    }
    found.retain(|&t| t != filled.head && !tree.is_under(t, filled.head) || filled.party == Some(t));
    found.dedup();
    found
}

/// Parties inside a proposition whom it touches: whom one commits oneself to support or fight, whose demand one accepts or turns down.
pub(super) fn touched(tree: &Tree, what: usize, stance: Move) -> Vec<usize> {
    if stance == Move::Demand || stance == Move::Claim {
        return tree
            .children_by(what, &[Deprel::Nmod, Deprel::Obl])
            .filter(|&c| tree.child_word(c, Deprel::Case, "from").is_some())
            .collect();
    }
    let toward = |c: usize| {
        tree.children_by(c, &[Deprel::Case]).any(|p| matches!(tree.lower(p), "with" | "against" | "to" | "for"))
            || tree.rel(c) == Deprel::Obj
    };
    let owner = tree.child(what, Deprel::NmodPoss);
    owner.into_iter().chain(tree.children_by(what, &[Deprel::Obj, Deprel::Obl, Deprel::Nmod]).filter(|&c| toward(c))).collect()
}
