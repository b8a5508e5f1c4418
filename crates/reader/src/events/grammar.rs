//! Who stands where around a verb or a noun that names an event: tokens only, nobody is identified yet.

use crate::lexicon::events::Role;
use crate::lexicon::{Lexicon, NounSet};
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};

/// The verb that carries an event noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// Its subject does it (*carried out strikes*).
    Light(usize),
    /// Its subject has it done to it (*suffered an attack*).
    Undergo(usize),
}

/// Heads of what stands in the place `role` of the event word `t`.
pub fn at(tree: &Tree, lexicon: &Lexicon, t: usize, role: &Role) -> Vec<usize> {
    match role {
        Role::Subject => subject(tree, t).into_iter().collect(),
        Role::Object => object(tree, t).into_iter().collect(),
        Role::Indirect => tree.child(t, Deprel::Iobj).into_iter().collect(),
        Role::Possessor => shared_children(tree, t, |c| tree.rel(c) == Deprel::NmodPoss),
        Role::Modifier => shared_children(tree, t, |c| {
            matches!(tree.rel(c), Deprel::Amod | Deprel::Compound | Deprel::Nmod) && is_modifier(tree, c)
        }),
        Role::Light => match carrier(tree, lexicon, t) {
            Some(Carrier::Light(verb)) => subject(tree, verb).into_iter().filter(|&s| s != t).collect(),
            _ => Vec::new(),
        },
        Role::Means => means_of(tree, t).and_then(|verb| subject(tree, verb)).into_iter().collect(),
        Role::Claimant => claimant(tree, t).into_iter().collect(),
        Role::Clause => clauses(tree, t).into_iter().filter_map(|c| subject(tree, c)).filter(|&s| s != t).collect(),
        Role::ClauseObject => clauses(tree, t).into_iter().filter_map(|c| object(tree, c)).collect(),
        Role::Preposition(word) => behind(tree, lexicon, t, word),
        Role::Matter => matter(tree, lexicon, t),
        Role::Speaker => Vec::new(),
    }
}

/// What the event word is about, nearest first: everything in its objects, obliques and complements, and in those of the light
/// verb that carries it (*threatened to cut off the supply of gas to the islands*, *staged a strike in protest at the ruling*).
fn matter(tree: &Tree, lexicon: &Lexicon, t: usize) -> Vec<usize> {
    let mut found = vec![t];
    if let Some(Carrier::Light(verb)) = carrier(tree, lexicon, t).filter(|_| is_nominal(tree, t)) {
        found.push(verb);
    }
    let start = found.len();
    let mut at = 0;
    while at < found.len() {
        let near = at < start;
        let below = tree.children(found[at]).iter().copied().filter(|&c| is_matter(tree, c, near) && !found[..start].contains(&c));
        let below: Vec<usize> = below.collect();
        found.extend(below);
        at += 1;
    }
    found.split_off(start)
}

fn is_matter(tree: &Tree, c: usize, near: bool) -> bool {
    match tree.rel(c) {
        Deprel::Obj | Deprel::Iobj | Deprel::Obl | Deprel::OblAgent | Deprel::Xcomp | Deprel::Ccomp => true,
        Deprel::Nmod | Deprel::NmodPoss | Deprel::Acl | Deprel::AclRelcl | Deprel::Conj | Deprel::Compound | Deprel::Amod => {
            !near || tree.rel(c) == Deprel::Nmod
        }
        Deprel::Nsubj | Deprel::NsubjPass => !near,
        // "called a strike to protest against": what it is done for.
        Deprel::Advcl => tree.child_word(c, Deprel::Mark, "to").is_some(),
        _ => false,
    }
}

/// True when the verb's subject is the one it is done to.
pub fn is_passive(tree: &Tree, t: usize) -> bool {
    if tree.is_passive(t) {
        return true;
    }
    let finite = tree.children_by(t, &[Deprel::Aux]).next().is_some();
    tree.token(t).xpos == "VBN"
        && !finite
        && match tree.rel(t) {
            Deprel::Advcl | Deprel::Acl | Deprel::Amod | Deprel::Parataxis | Deprel::Dep | Deprel::Root => {
                tree.child(t, Deprel::Obj).is_none()
            }
            Deprel::Conj => tree.child(t, Deprel::Nsubj).is_none() && tree.head(t).is_some_and(|h| is_passive(tree, h)),
            _ => false,
        }
}

/// Logical subject: the agent of a passive; of an adjective in a predicate (*this was an outrageous attack*) the noun it modifies.
pub fn subject(tree: &Tree, t: usize) -> Option<usize> {
    if tree.rel(t) == Deprel::Amod && tree.upos(t) == Upos::Adj {
        return tree.head(t).filter(|&h| tree.child(h, Deprel::Nsubj).is_some() && tree.child(h, Deprel::Cop).is_some());
    }
    if is_passive(tree, t) {
        let by = |c: &usize| tree.child_word(*c, Deprel::Case, "by").is_some();
        let own = tree.child(t, Deprel::OblAgent).or_else(|| tree.children_by(t, &[Deprel::Obl]).find(by));
        // "was banned from holding meetings by the ministry": the agent hangs on what it was banned from.
        let lower = || {
            let active = tree.children_by(t, &[Deprel::Advcl, Deprel::Xcomp]).filter(|&c| !tree.is_passive(c));
            active.flat_map(|c| tree.children_by(c, &[Deprel::Obl, Deprel::OblAgent]).collect::<Vec<_>>()).find(by)
        };
        return own.or_else(lower);
    }
    if let Some(judged) = judged_for(tree, t) {
        return Some(judged);
    }
    // A phrase in a preposition is no subject, whatever the parser says: "Near the river, one strike destroyed ...".
    let own: Vec<usize> = tree.children_by(t, &[Deprel::Nsubj]).collect();
    if own.len() > 1 {
        return own.iter().copied().find(|&n| !opens_with_preposition(tree, n)).map(|n| antecedent(tree, n));
    }
    tree.subject(t).map(|s| antecedent(tree, s)).filter(|&s| s != t)
}

/// "thanked Norway for mediating", "accused them of arming rebels": the one who is thanked or accused did it.
fn judged_for(tree: &Tree, t: usize) -> Option<usize> {
    let judging = |m: usize| matches!(tree.lower(m), "for" | "of");
    let reason = tree.rel(t) == Deprel::Advcl && tree.token(t).xpos == "VBG" && tree.child(t, Deprel::Nsubj).is_none();
    let marked = reason && tree.children_by(t, &[Deprel::Mark, Deprel::Case]).any(judging);
    tree.head(t).filter(|_| marked).and_then(|h| tree.object(h)).filter(|&o| o < t).map(|o| antecedent(tree, o))
}

fn opens_with_preposition(tree: &Tree, noun: usize) -> bool {
    tree.subtree(noun).first().is_some_and(|&i| tree.upos(i) == Upos::Adp)
}

/// Logical object: the subject of a passive, the noun that a passive participle modifies, the object shared with a first verb.
pub fn object(tree: &Tree, t: usize) -> Option<usize> {
    if let Some(object) = tree.object(t) {
        return Some(antecedent(tree, object));
    }
    if is_passive(tree, t) {
        let bare = !tree.children(t).iter().any(|&c| tree.rel(c).is_subject());
        if bare && matches!(tree.rel(t), Deprel::Acl | Deprel::Amod) {
            return tree.head(t);
        }
        return tree.subject(t).map(|s| antecedent(tree, s));
    }
    // "kill and injure civilians": the object hangs on the first verb but stands after the second.
    if tree.rel(t) == Deprel::Conj {
        return tree.head(t).filter(|&h| !is_passive(tree, h)).and_then(|h| tree.object(h)).filter(|&o| o > t);
    }
    // "the towns they attacked": a relative clause without a pronoun.
    if tree.rel(t) == Deprel::AclRelcl && tree.child(t, Deprel::Nsubj).is_some() {
        return tree.head(t);
    }
    None
}

/// The object of the second verb is that of the first, before or behind both: *condemned and deplored the attack*.
pub fn shares_object(tree: &Tree, second: usize) -> bool {
    let governs = |verb: usize| {
        tree.children_by(verb, &[Deprel::Obj, Deprel::Ccomp, Deprel::Xcomp, Deprel::Obl, Deprel::Advcl]).any(|c| c < second)
    };
    !tree.head(second).is_some_and(governs)
}

/// What a relative pronoun stands for.
fn antecedent(tree: &Tree, t: usize) -> usize {
    if !matches!(tree.lower(t), "who" | "whom" | "which" | "that") || tree.upos(t) == Upos::Noun {
        return t;
    }
    tree.ancestors(t).find(|&a| tree.rel(a) == Deprel::AclRelcl).and_then(|clause| tree.head(clause)).unwrap_or(t)
}

/// Clauses that `t` governs as complements or, for a noun, as modifiers.
pub fn clauses(tree: &Tree, t: usize) -> Vec<usize> {
    let infinitive = |c: usize| tree.child_word(c, Deprel::Mark, "to").is_some();
    let is_clause = |&c: &usize| match tree.rel(c) {
        Deprel::Xcomp | Deprel::Ccomp => tree.upos(c) != Upos::Noun || tree.child(c, Deprel::Nsubj).is_some(),
        Deprel::Acl => tree.upos(t) != Upos::Verb,
        Deprel::AclRelcl => is_content(tree, c),
        Deprel::Advcl => infinitive(c),
        // "called on them to stop": the infinitive may hang on the one who is called on.
        Deprel::Obl => false,
        _ => false,
    };
    let mut found: Vec<usize> = tree.children(t).iter().copied().filter(is_clause).collect();
    for noun in tree.children_by(t, &[Deprel::Obj, Deprel::Obl]) {
        let content = |&c: &usize| infinitive(c) || tree.rel(c) == Deprel::Ccomp || is_content(tree, c);
        found.extend(tree.children_by(noun, &[Deprel::Acl, Deprel::Ccomp, Deprel::AclRelcl]).filter(content));
    }
    found
}

/// "the call that they stop": a clause with *that* which tells the content, whatever the parser calls it.
fn is_content(tree: &Tree, clause: usize) -> bool {
    tree.child_word(clause, Deprel::Mark, "that").is_some()
}

/// A modifier that may name somebody: a name, a demonym, a noun; not a place inside its own noun phrase.
fn is_modifier(tree: &Tree, c: usize) -> bool {
    tree.rel(c) != Deprel::Nmod && matches!(tree.upos(c), Upos::Propn | Upos::Noun | Upos::Adj)
        || tree.rel(c) == Deprel::Nmod && tree.child(c, Deprel::Case).is_none()
}

/// Children of `t`, or, when it has none such and is a later member of a coordination, those of the first member.
fn shared_children(tree: &Tree, t: usize, wanted: impl Fn(usize) -> bool) -> Vec<usize> {
    let own: Vec<usize> = tree.children(t).iter().copied().filter(|&c| wanted(c)).collect();
    match tree.head(t) {
        Some(first) if own.is_empty() && tree.rel(t) == Deprel::Conj && is_nominal(tree, first) => {
            tree.children(first).iter().copied().filter(|&c| wanted(c)).collect()
        }
        _ => own,
    }
}

/// Nouns behind `word`: the event word's own, its light verb's, or those shared in a coordination.
fn behind(tree: &Tree, lexicon: &Lexicon, t: usize, word: &str) -> Vec<usize> {
    let is_behind = |c: usize| {
        let preposition = tree.children_by(c, &[Deprel::Case]).any(|k| tree.lower(k) == word)
            || (word == "including" || word == "involving") && tree.lower(c) == word;
        preposition && !matches!(tree.rel(c), Deprel::Conj)
    };
    let next_to = adjacent(tree, t, word);
    let of = |i: usize| tree.children(i).iter().copied().filter(|&c| is_behind(c)).collect::<Vec<_>>();
    let mut found = of(t);
    // A preposition's noun may hang on the object: "express support for Kyiv", "open fire on protesters".
    if found.is_empty() && !is_nominal(tree, t) {
        let carried = tree.children_by(t, &[Deprel::Obj, Deprel::Xcomp]).filter(|&o| tree.upos(o) != Upos::Verb);
        found = carried.flat_map(|o| tree.conjuncts(o)).flat_map(of).collect();
    }
    // "the use of force by the army": hung on what the noun is of.
    if found.is_empty() && is_nominal(tree, t) && word == "by" {
        found = tree.with_preposition(t, "of").flat_map(of).collect();
    }
    // "stand shoulder to shoulder with"
    if found.is_empty() && !is_nominal(tree, t) && is_participant(word) {
        found = tree.children_by(t, &[Deprel::Obl, Deprel::Advmod]).filter(|&o| o > t).flat_map(of).collect();
    }
    if found.is_empty() && is_nominal(tree, t) {
        found.extend(next_to);
    }
    if found.is_empty()
        && is_nominal(tree, t)
        && let Some(Carrier::Light(verb) | Carrier::Undergo(verb)) = carrier(tree, lexicon, t)
    {
        found = of(verb).into_iter().filter(|&c| c > t && is_participant(word)).collect();
    }
    let own_subject = tree.children_by(t, &[Deprel::Nsubj, Deprel::NsubjPass]).next().is_some();
    if found.is_empty() && tree.rel(t) == Deprel::Conj && !own_subject {
        found = tree.head(t).map(of).unwrap_or_default();
    }
    if found.is_empty() && is_nominal(tree, t) {
        found = tree.children_by(t, &[Deprel::Conj]).flat_map(of).collect();
    }
    found.into_iter().map(|c| antecedent(tree, c)).collect()
}

/// Words of its own phrase that a noun's preposition may follow.
const OWN: usize = 8;

/// The noun whose preposition follows `t` at once (*between*: soon), whatever the parser hung it on.
fn adjacent(tree: &Tree, t: usize, word: &str) -> Option<usize> {
    let reach = if word == "between" { 6 } else { 1 };
    // "the call of the United Nations for an inquiry": behind what the noun is of.
    let own = (t + 1..(t + OWN).min(tree.len())).take_while(|&i| tree.is_under(i, t)).last().unwrap_or(t);
    let is_case = |&i: &usize| tree.lower(i) == word && tree.rel(i) == Deprel::Case;
    let past_own = (own + 1..(own + 2).min(tree.len())).filter(|_| word == "for");
    let case = (t + 1..(t + 1 + reach).min(tree.len())).chain(past_own).find(is_case)?;
    tree.head(case).filter(|&noun| noun > case && is_nominal(tree, noun))
}

/// Prepositions that tell an event noun's participant even when they hang on its light verb; the others tell place and time.
fn is_participant(preposition: &str) -> bool {
    matches!(preposition, "on" | "against" | "at" | "with" | "to" | "for" | "between" | "from" | "among")
}

/// The light verb that carries the noun `t`, if one does.
pub fn carrier(tree: &Tree, lexicon: &Lexicon, t: usize) -> Option<Carrier> {
    let words = &lexicon.events;
    let kind = |verb: usize| {
        let lemma = tree.lemma(verb);
        if words.in_set(lemma, "undergo") {
            Some(Carrier::Undergo(verb))
        } else {
            words.in_set(lemma, "light").then_some(Carrier::Light(verb))
        }
    };
    // "the strikes carried out by ...", "the talks that they held"
    for c in tree.children_by(t, &[Deprel::Acl, Deprel::AclRelcl]) {
        let carried = is_passive(tree, c) || object(tree, c) == Some(t);
        if let Some(found) = kind(c).filter(|_| carried) {
            return Some(found);
        }
    }
    let mut at = t;
    for _ in 0..4 {
        let head = tree.head(at)?;
        match tree.rel(at) {
            Deprel::Obj | Deprel::NsubjPass => return kind(head),
            // "a series of strikes", "strikes and raids": what carries the whole carries its members.
            Deprel::Nmod if tree.child_word(at, Deprel::Case, "of").is_some() => at = head,
            Deprel::Conj if is_nominal(tree, head) => at = head,
            // "take part in", "lead efforts in"
            Deprel::Nmod | Deprel::Obl if tree.child_word(at, Deprel::Case, "in").is_some() && takes_part(tree, head) => {
                if !is_nominal(tree, head) {
                    return kind(head);
                }
                at = head;
            }
            _ => return None,
        }
    }
    None
}

/// The light verb whose object the noun `t` is, or that it is the subject of in the passive.
pub fn light_verb(tree: &Tree, lexicon: &Lexicon, t: usize) -> Option<usize> {
    match carrier(tree, lexicon, t)? {
        Carrier::Light(verb) if matches!(tree.rel(t), Deprel::Obj | Deprel::NsubjPass) => Some(verb),
        _ => None,
    }
}

/// The auxiliary that puts the verb into the future.
pub fn will(tree: &Tree, verb: usize) -> Option<usize> {
    tree.children_by(verb, &[Deprel::Aux]).find(|&a| matches!(tree.lower(a), "will" | "shall" | "'ll" | "’ll" | "wo" | "would"))
}

/// A word of taking part, whose *in* names what is done.
fn takes_part(tree: &Tree, t: usize) -> bool {
    matches!(tree.lemma(t), "part" | "role" | "effort" | "participate" | "engage")
}

/// The verb that the noun `t` is the means of: *hit them with strikes*, *by an attack*, *in a raid*.
fn means_of(tree: &Tree, t: usize) -> Option<usize> {
    let t = if tree.rel(t) == Deprel::Conj { tree.head(t)? } else { t };
    let means = tree.children_by(t, &[Deprel::Case]).any(|k| matches!(tree.lower(k), "with" | "through" | "via"));
    (tree.rel(t) == Deprel::Obl && means).then(|| tree.head(t)).flatten().filter(|&v| tree.upos(v) == Upos::Verb)
}

/// "an attack claimed by", "for which ... has claimed responsibility", "claimed responsibility for the attack"
fn claimant(tree: &Tree, t: usize) -> Option<usize> {
    let claims = |&c: &usize| tree.lemma(c) == "claim";
    if let Some(clause) = tree.children_by(t, &[Deprel::Acl, Deprel::AclRelcl]).find(claims) {
        return subject(tree, clause);
    }
    let verb = tree.ancestors(t).take(2).find(claims)?;
    tree.object(verb).filter(|&o| tree.lemma(o) == "responsibility").and_then(|_| subject(tree, verb))
}

/// True for nouns, names and pronouns.
pub fn is_nominal(tree: &Tree, t: usize) -> bool {
    matches!(tree.upos(t), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
}

/// Words that stand with `t`: its dependents, their prepositions, what hangs on them by *of*, and the verb that governs a noun.
pub fn stands_with(tree: &Tree, t: usize, is: &dyn Fn(usize) -> bool) -> bool {
    let noun = is_nominal(tree, t);
    tree.children(t).iter().any(|&c| {
        is(c)
            || tree.children(c).iter().any(|&g| match tree.rel(g) {
                Deprel::Case | Deprel::Mark | Deprel::Compound | Deprel::Amod => is(g),
                Deprel::Nmod | Deprel::Conj | Deprel::Appos => is(g) && !noun,
                _ => false,
            })
    }) || noun
        && tree.head(t).is_some_and(|h| {
            matches!(tree.rel(t), Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obl | Deprel::Nmod) && is(h)
        })
}

/// What a word of quantity counts: *dozens of missiles* → *missiles*.
pub fn counted(lexicon: &Lexicon, tree: &Tree, t: usize) -> usize {
    if lexicon.noun_sets.has(NounSet::Quantity, tree.lemma(t)) || tree.upos(t) == Upos::Num {
        return tree.with_preposition(t, "of").next().unwrap_or(t);
    }
    t
}
