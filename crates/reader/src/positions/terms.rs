//! What a position hangs on, and where the words of a proposition begin and end.

use crate::lexicon::positions::{Governs, Opener, Place, Positions};
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};
use onrecord_text::Span;

/// A clause or phrase that opens with a word of `conditions.tsv`.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    /// The words, opener included.
    pub span: Span,
    /// Head of the clause or phrase.
    pub head: usize,
    /// Highest token of opener and clause: the branch that leaves the proposition.
    pub top: usize,
    /// What the branch depends on.
    governor: usize,
    place: Place,
}

/// All conditions of a sentence, in reading order, coordinated ones taken apart.
pub(super) fn conditions(tree: &Tree, table: &Positions) -> Vec<Condition> {
    let mut found: Vec<Condition> = Vec::new();
    let mut i = 0;
    while i < tree.len() {
        let opener = table.openers(tree.lower(i)).iter().find(|o| opens(tree, i, o));
        let Some((opener, head)) = opener.and_then(|o| governed(tree, i, o).map(|head| (o, head))) else {
            i += 1;
            continue;
        };
        found.extend(branch(tree, i, opener, head, &found));
        i += opener.words.len();
    }
    found
}

/// True when the words of the opener stand at `i`, and are no part of *as if* or *even if*.
fn opens(tree: &Tree, i: usize, opener: &Opener) -> bool {
    let compared = i > 0 && matches!(tree.lower(i - 1), "as" | "even" | "what");
    let words = i + opener.words.len() <= tree.len() && opener.words.iter().enumerate().all(|(k, w)| tree.lower(i + k) == w);
    words && !(compared && opener.words.len() == 1)
}

/// Head of what the opener at `i` governs.
fn governed(tree: &Tree, i: usize, opener: &Opener) -> Option<usize> {
    let last = i + opener.words.len() - 1;
    let complement = tree.children_by(last, &[Deprel::Ccomp, Deprel::Xcomp, Deprel::Obj, Deprel::Obl]).find(|&c| c > last);
    let head = match tree.rel(last) {
        Deprel::Mark | Deprel::Case | Deprel::Advmod | Deprel::Cc => tree.head(last).filter(|&h| h > last),
        _ => None,
    }
    .or(complement)?;
    let clausal = tree.children(head).iter().any(|&c| tree.rel(c).is_subject() || matches!(tree.rel(c), Deprel::Cop | Deprel::Aux))
        || matches!(tree.token(head).xpos, "VBG" | "VBN");
    let head = finite_of(tree, opener, i, head);
    // "asked if", "see if": a question, no condition.
    let question = tree.rel(head) == Deprel::Ccomp && opener.words.len() == 1 && tree.head(head).is_some_and(|h| h < i);
    let fits = match opener.governs {
        Governs::Clause => clausal && !question,
        Governs::Phrase => matches!(tree.upos(head), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Verb | Upos::Num | Upos::Sym),
        Governs::Any => true,
    };
    fits.then_some(head)
}

/// The parser may take the gerund that is the subject for the verb: in "if leaving means peace" the clause is that of *means*.
fn finite_of(tree: &Tree, opener: &Opener, i: usize, head: usize) -> usize {
    let finite = |v: usize| matches!(tree.token(v).xpos, "VBZ" | "VBP" | "VBD");
    let verb =
        tree.head(head).filter(|&v| opener.governs == Governs::Clause && head == i + opener.words.len() && v > head && finite(v));
    let apart = |v: usize| (head..v).any(|t| tree.upos(t) == Upos::Punct) || tree.children_by(v, &[Deprel::Nsubj]).next().is_some();
    verb.filter(|&v| tree.token(head).xpos == "VBG" && !apart(v)).unwrap_or(head)
}

/// The condition that opens at `i`, followed by those coordinated with it that have no opener of their own.
fn branch(tree: &Tree, i: usize, opener: &Opener, head: usize, before: &[Condition]) -> Vec<Condition> {
    let inside = i..i + opener.words.len();
    let mut top = head;
    while let Some(h) = tree.head(top).filter(|h| inside.contains(h)) {
        top = h;
    }
    // "if A and if B": the second hangs on what the first hangs on.
    let first = before.iter().rev().find(|c| tree.rel(top) == Deprel::Conj && c.head == tree.first_conjunct(top));
    // "If A, then B": the parser may coordinate B with A; B is what hangs on it.
    let consequence = tree.children_by(head, &[Deprel::Conj]).find(|&c| tree.child_word(c, Deprel::Advmod, "then").is_some());
    let Some(governor) = consequence.or(first.map(|c| c.governor)).or(tree.head(top)) else { return Vec::new() };
    // "After the talks they offered" tells a time, "after the talks we will offer" a condition.
    let told = matches!(tree.token(governor).xpos, "VBD" | "VBN");
    if opener.place == Place::Front && (governor < head || told) {
        return Vec::new();
    }
    let others: Vec<usize> = tree
        .children_by(head, &[Deprel::Conj])
        .filter(|&c| Some(c) != consequence && tree.children(c).iter().any(|&d| tree.rel(d).is_subject()))
        .collect();
    let part = |start: usize, of: usize| {
        let tokens = tree.subtree_without(of, |c| {
            others.contains(&c) || Some(c) == consequence || (tree.head(c) == Some(of) && tree.rel(c) == Deprel::Cc)
        });
        // Punctuation behind a branch that left (a closing quotation mark) is not the condition's.
        let words = tokens.into_iter().filter(|&t| t >= start && tree.upos(t) != Upos::Punct);
        tree.span_of(&words.collect::<Vec<_>>()).map(|s| s.cover(tree.token(start).span))
    };
    let mut found = Vec::new();
    if let Some(span) = part(i, head) {
        found.push(Condition { span, head, top, governor, place: opener.place });
    }
    for &other in &others {
        let opened = tree.children_by(other, &[Deprel::Mark]).next().is_some();
        let start = tree.subtree(other).into_iter().find(|&t| !matches!(tree.upos(t), Upos::Punct | Upos::Cconj));
        if let (false, Some(span)) = (opened, start.and_then(|s| part(s, other))) {
            found.push(Condition { span, head: other, top: other, governor, place: opener.place });
        }
    }
    found
}

/// The conditions that belong to a position taken by `trigger` with the proposition headed by `what`.
pub(super) fn attached<'c>(tree: &Tree, all: &'c [Condition], trigger: usize, what: usize, denied: bool) -> Vec<&'c Condition> {
    all.iter()
        .filter(|c| denied || c.place != Place::Denied)
        .filter(|c| !c.span.contains(tree.token(trigger).span) && !c.span.contains(tree.token(what).span))
        .filter(|c| {
            c.governor == trigger || tree.is_under(c.governor, what) || carries(tree, c.governor, trigger, c.head < trigger)
        })
        .collect()
}

/// True when `trigger` stands in the main line of the clause of `governor` (*If A, Kyiv says it is ready*).
fn carries(tree: &Tree, governor: usize, trigger: usize, fronted: bool) -> bool {
    let mut at = trigger;
    while at != governor {
        let line = match tree.rel(at) {
            Deprel::Xcomp | Deprel::Aux | Deprel::Cop => true,
            Deprel::Ccomp | Deprel::Parataxis | Deprel::Conj | Deprel::Obj => fronted,
            _ => false,
        };
        match tree.head(at).filter(|_| line) {
            Some(head) => at = head,
            None => return false,
        }
    }
    true
}

/// Which dependents of its head a proposition leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// Subject and all: *all parties respect the ceasefire*.
    Clause,
    /// From the verb on, negation included: *not allow them to return*.
    Predicate,
    /// A noun phrase.
    Phrase,
}

/// The words of the proposition headed by `head`, without markers, conditions, and what only runs on after it.
pub(super) fn proposition(tree: &Tree, trigger: usize, head: usize, extent: Extent, leave: &[&Condition]) -> Option<Span> {
    let refuse = |c: usize| leave.iter().any(|l| l.top == c || l.head == c) || runs_on(tree, c) || is_edge(tree, head, c, extent);
    let mut tokens = tree.subtree_without(head, refuse);
    if extent == Extent::Predicate {
        let start = predicate_start(tree, head);
        tokens.retain(|&t| t >= start);
    }
    // What the parser hung on the proposition across the verb it belongs to ("his offer to go will lead to talks").
    if let Some(above) = tree.ancestors(head).filter(|&a| a > head).min() {
        let until =
            if tree.rel(head) == Deprel::Acl || tree.rel(head) == Deprel::Nmod { first_of_verb(tree, above) } else { above };
        tokens.retain(|&t| t < until);
    }
    let conditions: Vec<Span> = leave.iter().map(|l| l.span).collect();
    if extent != Extent::Clause {
        extend(tree, trigger, head, &mut tokens, &refuse);
    }
    tokens.retain(|&t| !conditions.iter().any(|c| c.contains(tree.token(t).span)));
    balanced(tree, tree.span_of(&tokens)?)
}

/// Takes in what follows without a break but hangs on the trigger (*demanded an end | to the attacks*): a preposition after a noun
/// is read as the noun's.
fn extend(tree: &Tree, trigger: usize, head: usize, tokens: &mut Vec<usize>, refuse: &impl Fn(usize) -> bool) {
    // "urging continued support": between the verb and its noun stands nothing but the noun's.
    while let Some(before) = tokens.first().and_then(|f| f.checked_sub(1)) {
        let attribute = matches!(tree.upos(before), Upos::Adj) || tree.token(before).xpos == "VBN";
        if before <= trigger || !attribute {
            break;
        }
        tokens.insert(0, before);
    }
    for _ in 0..4 {
        let Some(next) = tokens.last().map(|&t| t + 1).filter(|&n| n < tree.len()) else { return };
        let top = std::iter::successors(Some(next), |&t| tree.head(t).filter(|&h| h >= next)).last().unwrap_or(next);
        let near = tree.head(top).is_some_and(|h| h == trigger || tokens.contains(&h) || tree.head(trigger) == Some(h));
        let participle =
            matches!(tree.rel(top), Deprel::Acl | Deprel::Advcl) && top == next && matches!(tree.token(top).xpos, "VBG" | "VBN");
        let phrase = participle || (matches!(tree.rel(top), Deprel::Obl | Deprel::Nmod | Deprel::Acl) && joins(tree, next));
        let complement =
            top != head && tree.is_under(top, head) && !refuse(top) && matches!(tree.rel(top), Deprel::Xcomp | Deprel::Obj);
        if refuse(top) || !near || !(phrase || complement) || is_date(tree, top) {
            return;
        }
        tokens.extend(tree.subtree_without(top, refuse).into_iter().filter(|&t| t >= next));
    }
}

/// Where a verb group begins: at its first auxiliary.
fn first_of_verb(tree: &Tree, verb: usize) -> usize {
    tree.children_by(verb, &[Deprel::Aux, Deprel::Cop, Deprel::AuxPass]).next().map_or(verb, |a| a.min(verb))
}

/// Prepositions that hang a noun on a noun.
fn joins(tree: &Tree, t: usize) -> bool {
    matches!(
        tree.lower(t),
        "of" | "to"
            | "in"
            | "from"
            | "for"
            | "between"
            | "against"
            | "on"
            | "than"
            | "with"
            | "before"
            | "into"
            | "over"
            | "through"
            | "under"
            | "within"
            | "across"
    )
}

/// True for a day, a month or a year.
fn is_date(tree: &Tree, t: usize) -> bool {
    let written = tree.lower(t);
    let day = written.ends_with("day") && tree.upos(t) == Upos::Propn
        || matches!(written, "today" | "yesterday" | "week" | "month" | "year");
    day || (tree.upos(t) == Upos::Num && written.len() == 4)
        || tree.children(t).iter().any(|&c| tree.upos(c) == Upos::Num && tree.upos(t) == Upos::Propn)
}

/// First token of a predicate: its *to* is left out unless *not* stands before it.
fn predicate_start(tree: &Tree, head: usize) -> usize {
    let marker = tree.children_by(head, &[Deprel::Mark]).filter(|&m| m < head).last();
    let negation = tree.children_by(head, &[Deprel::Advmod]).find(|&c| c < head && is_negation(tree, c));
    let auxiliary = tree.children_by(head, &[Deprel::Aux]).filter(|&a| a < head && tree.lemma(a) != "be").last();
    let bare = marker.max(auxiliary).map_or_else(|| first_part(tree, head), |m| m + 1);
    negation.map_or(bare, |n| n.min(bare))
}

/// Where a predicate without marker or auxiliary begins: at its copula, determiner or adverb, never at its subject.
fn first_part(tree: &Tree, head: usize) -> usize {
    let subject = tree.children(head).iter().copied().rfind(|&c| c < head && tree.rel(c).is_subject());
    match subject {
        Some(s) => tree.subtree(s).last().map_or(head, |&t| t + 1),
        None => 0,
    }
}

/// Markers, prepositions and whatever else stands at the edge of the proposition without belonging to it.
fn is_edge(tree: &Tree, head: usize, c: usize, extent: Extent) -> bool {
    if tree.head(c) != Some(head) {
        return false;
    }
    match tree.rel(c) {
        Deprel::Mark | Deprel::Case | Deprel::Cc | Deprel::CcPreconj | Deprel::Discourse => true,
        Deprel::Aux => extent == Extent::Predicate && c < head && tree.lemma(c) != "be",
        Deprel::Conj => {
            let own = |d: usize| tree.rel(d).is_subject() || matches!(tree.rel(d), Deprel::Mark | Deprel::Case);
            // "to press and underlined": what is told does not continue what is asked.
            let told = tree.token(head).xpos == "VB" && matches!(tree.token(c).xpos, "VBD" | "VBZ");
            // A verb does not go on where a noun was said of the subject: "he was a guest and claims ...".
            let named = tree.child(head, Deprel::Cop).is_some() && tree.upos(c) == Upos::Verb;
            told || named || tree.children(c).iter().any(|&d| own(d))
        }
        rel => extent == Extent::Predicate && rel.is_subject(),
    }
}

/// What follows the proposition without being part of it: asides, loose participles, non-restrictive relative clauses, *so that*.
fn runs_on(tree: &Tree, c: usize) -> bool {
    let after_comma = || {
        tree.subtree(c).first().is_some_and(|&f| f > 0 && [f, f - 1].iter().any(|&i| matches!(tree.form(i), "," | ";" | "—" | "–")))
    };
    match tree.rel(c) {
        Deprel::Parataxis => true,
        Deprel::Advcl if tree.head(c).is_some_and(|h| c > h) => {
            tree.child_word(c, Deprel::Mark, "so").is_some() || tree.child_word(c, Deprel::Mark, "while").is_some() || after_comma()
        }
        Deprel::AclRelcl | Deprel::AdvclRelcl => after_comma(),
        _ => false,
    }
}

/// True for *not* and *never*.
pub(super) fn is_negation(tree: &Tree, t: usize) -> bool {
    matches!(tree.lower(t), "not" | "n't" | "n’t" | "never" | "nor" | "neither")
}

/// Without a quotation mark whose partner lies outside.
fn balanced(tree: &Tree, span: Span) -> Option<Span> {
    let words = &tree.text[span.range()];
    let (opening, closing) = (['“', '"', '‘'], ['”', '"']);
    let inner = words.strip_prefix(opening).filter(|rest| !rest.contains(closing));
    if let Some(rest) = inner {
        return Some(Span::new(span.end - rest.len(), span.end)).filter(|s| !s.is_empty());
    }
    let inner = words.strip_suffix(closing).filter(|rest| !rest.contains(opening));
    if let Some(rest) = inner {
        let rest = rest.trim_end_matches([',', '.', ' ']);
        return Some(Span::new(span.start, span.start + rest.len())).filter(|s| !s.is_empty());
    }
    Some(span)
}
