//! Cues that are no verbs: nouns (*Kyiv's claim that*, *reports of*) and prepositions (*according to*).

use super::clause;
use super::draft::{At, Draft, Found};
use super::frames::Filling;
use super::scene::Scene;
use crate::lexicon::cues::{Cue, CuePos, Frame, SourceKind};
use crate::rules::statement as rules;
use onrecord_language::{Deprel, Upos};
use onrecord_record::Why;
use onrecord_text::Span;

/// All of them, in reading order.
pub(super) fn find(scene: &Scene) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for s in 0..scene.ctx.trees.len() {
        if scene.is_heading(s) {
            continue;
        }
        for t in 0..scene.tree(s).len() {
            drafts.extend(noun(scene, (s, t)).or_else(|| preposition(scene, (s, t))));
        }
    }
    drafts
}

fn noun(scene: &Scene, at: At) -> Option<Draft> {
    if scene.tree(at.0).upos(at.1) != Upos::Noun {
        return None;
    }
    scene.rows(at).filter(|c| c.pos == CuePos::Noun).find_map(|cue| noun_row(scene, at, cue))
}

fn noun_row(scene: &Scene, at: At, cue: &Cue) -> Option<Draft> {
    let (s, t) = at;
    let tree = scene.tree(s);
    let source = match cue.source {
        // "Amnesty's report that": the owner speaks; bare "reports that" speak themselves.
        SourceKind::Itself => owner(scene, at, cue).unwrap_or(at),
        _ => owner(scene, at, cue)?,
    };
    let (frame, filling) = cue.frames.iter().find_map(|frame| Some((frame, noun_frame(scene, at, frame)?)))?;
    // "a report of the committee" is the committee's, "reports of violence" are about it.
    let plural = tree.token(t).xpos == "NNS";
    // "any reports of", "all reports of" tell of none.
    if tree.child(t, Deprel::Det).is_some_and(|d| matches!(tree.lower(d), "all" | "any" | "no" | "every" | "such" | "what")) {
        return None;
    }
    if cue.source == SourceKind::Itself && matches!(frame, Frame::Preposition(_)) && !plural {
        return None;
    }
    let content = scene.pieces(at, &filling.tokens);
    if content.is_empty() || filling.tokens.contains(&source.1) && source != at {
        return None;
    }
    let cue_span =
        filling.particles.iter().filter(|&&p| p <= t + 2).fold(scene.span(at), |span, &p| span.cover(scene.span((s, p))));
    Some(Draft {
        at: Some(at),
        cue: Some(cue_span),
        source: Some(source),
        content,
        main: Some((s, filling.main)),
        to: Vec::new(),
        act: cue.act,
        mode: None,
        factuality: None,
        found: Found::Noun,
        participle: false,
        media: source == at,
        confidence: if source == at { 0.7 } else { 0.75 },
        why: Why::by(&rules::NOUN, format!("cues.tsv: {} + {}", cue.word, clause::name(frame))).row(cue.origin),
    })
}

/// What follows the noun: a *that* clause, an infinitive, a preposition.
fn noun_frame(scene: &Scene, (s, t): At, frame: &Frame) -> Option<Filling> {
    let tree = scene.tree(s);
    let clauses = || {
        tree.children(t).iter().copied().filter(|&c| {
            c > t && matches!(tree.rel(c), Deprel::Acl | Deprel::Ccomp | Deprel::Advcl | Deprel::AclRelcl | Deprel::Appos)
        })
    };
    match frame {
        Frame::That => {
            let hung = clauses().find_map(|c| Some((c, tree.child_word(c, Deprel::Mark, "that")?)));
            // Right after the noun, wherever the parser hung the clause; a relative pronoun is no marker.
            let next = || {
                let mark =
                    (t + 1 < tree.len() && tree.lower(t + 1) == "that" && tree.rel(t + 1) == Deprel::Mark).then_some(t + 1)?;
                Some((tree.head(mark).filter(|&h| h > mark)?, mark))
            };
            let (clause, mark) = hung.or_else(next)?;
            let tokens = tree.subtree_without(clause, |c| c == mark);
            Some(Filling { tokens, main: clause, particles: vec![mark], to: None, asserted: true })
        }
        Frame::Infinitive => {
            let hung = clauses().find(|&c| tree.child_word(c, Deprel::Mark, "to").is_some() && tree.rel(c) != Deprel::Advcl);
            let next =
                || (t + 1 < tree.len() && tree.token(t + 1).xpos == "TO").then(|| tree.head(t + 1)).flatten().filter(|&h| h > t);
            let clause = hung.or_else(next)?;
            Some(Filling { tokens: tree.subtree(clause), main: clause, asserted: true, ..Filling::default() })
        }
        Frame::Preposition(p) => {
            let head = tree.children(t).iter().copied().find(|&c| {
                c > t
                    && matches!(tree.rel(c), Deprel::Nmod | Deprel::Acl | Deprel::Obl)
                    && tree
                        .children(c)
                        .iter()
                        .any(|&m| m < c && matches!(tree.rel(m), Deprel::Case | Deprel::Mark) && tree.lower(m) == p)
                    && !scene.is_time((s, c))
            })?;
            let marker = tree.children(head).iter().copied().find(|&m| tree.lower(m) == p)?;
            let tokens = tree.subtree_without(head, |c| c == marker);
            Some(Filling { tokens, main: head, particles: vec![marker], to: None, asserted: true })
        }
        _ => None,
    }
}

/// Whose claim it is: the possessor, *by* or *from* somebody, or the people of a country (*Russian claims*).
fn owner(scene: &Scene, (s, t): At, cue: &Cue) -> Option<At> {
    let tree = scene.tree(s);
    let possessor = tree.child(t, Deprel::NmodPoss);
    let maker = || {
        tree.children(t).iter().copied().find(|&c| {
            c > t
                && tree.rel(c) == Deprel::Nmod
                && tree.children(c).iter().any(|&m| tree.rel(m) == Deprel::Case && matches!(tree.lower(m), "by" | "from"))
        })
    };
    let people = || {
        let lexicon = scene.ctx.lexicon;
        tree.children(t).iter().copied().find(|&c| {
            c < t
                && matches!(tree.rel(c), Deprel::Amod | Deprel::Compound)
                && (lexicon.countries.by_demonym(tree.form(c)).is_some()
                    || tree.rel(c) == Deprel::Compound && scene.in_name((s, c)))
        })
    };
    let found = possessor.or_else(maker).or_else(people)?;
    let at = (s, found);
    let own = scene.is_own_voice(at);
    (!own && (scene.is_party(at) || possessor != Some(found)) && cue.source != SourceKind::Any).then_some(at)
}

/// *according to X*, *in the words of X*: the clause it belongs to, without it.
fn preposition(scene: &Scene, at: At) -> Option<Draft> {
    let (s, t) = at;
    let tree = scene.tree(s);
    let cue =
        scene.cues.rows(tree.lower(t), CuePos::Preposition).iter().find(|cue| {
            cue.companions.iter().enumerate().all(|(i, word)| t + 1 + i < tree.len() && tree.lower(t + 1 + i) == word)
        })?;
    let end = t + cue.companions.len();
    // The governed noun: the first token after the phrase that hangs outside what follows it.
    let mut head = (end + 1..tree.len()).find(|&i| tree.upos(i) != Upos::Punct)?;
    while let Some(up) = tree.head(head).filter(|&h| {
        h > end
            && scene.quoted((s, h)) == scene.quoted((s, head))
            && matches!(tree.upos(h), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj)
            && !matches!(tree.rel(head), Deprel::Nsubj | Deprel::Obj)
    }) {
        head = up;
    }
    let speaks = |at: At| scene.is_party(at) || scene.is_document(at) || scene.is_media(at) || scene.in_name(at);
    // Where the parser misread the phrase, the first of its words that can speak.
    if !speaks((s, head)) {
        head = (end + 1..tree.len()).take(6).take_while(|&i| tree.form(i) != ",").find(|&i| speaks((s, i)))?;
    }
    let source = (s, head);
    if scene.is_own_voice(source) {
        return None;
    }
    let cue_span = Span::new(scene.span(at).start, scene.span((s, end)).end);
    // "in the words of the judge, “...”"
    let quote = cue.takes(&Frame::Quote).then(|| (end + 1..tree.len()).find(|&i| scene.opens_quote((s, i)))).flatten();
    if let Some(quotation) = quote.and_then(|q| scene.quoted((s, q))) {
        let content = scene.quotes.all[quotation].spans.clone();
        return Some(draft(cue, at, cue_span, source, content, None));
    }
    let (first, last) = (t, phrase_end(scene, source, end));
    let inside = |i: usize| (first..=last).contains(&i);
    let (anchor, tokens) = reported(scene, at, head, last)?;
    let tokens: Vec<usize> = tokens.into_iter().filter(|&i| !inside(i)).collect();
    let content = scene.pieces(at, &tokens);
    if content.is_empty() {
        return None;
    }
    Some(draft(cue, at, cue_span, source, content, Some((s, anchor))))
}

fn draft(cue: &Cue, at: At, words: Span, source: At, content: Vec<Span>, main: Option<At>) -> Draft {
    Draft {
        at: Some(at),
        cue: Some(words),
        source: Some(source),
        content,
        main,
        to: Vec::new(),
        act: cue.act,
        mode: None,
        factuality: None,
        found: if main.is_some() { Found::According } else { Found::Quoted },
        participle: false,
        media: main.is_some(),
        confidence: 0.9,
        why: Why::by(&rules::ACCORDING, format!("cues.tsv: {}", cue.word)).row(cue.origin),
    }
}

/// Last token of the phrase that names the source: its subtree, but no further than a comma that a clause follows.
fn phrase_end(scene: &Scene, (s, head): At, preposition: usize) -> usize {
    let tree = scene.tree(s);
    let own = tree.subtree_without(head, |c| c <= preposition);
    let mut last = own.iter().copied().filter(|&i| i > preposition).max().unwrap_or(head);
    // A clause may not begin before the comma: "according to a posting made on Monday, the site ...".
    let comma = (head + 1..tree.len()).find(|&i| matches!(tree.form(i), "," | ";" | "."));
    if let Some(comma) = comma {
        let appositive = own.iter().any(|&i| i > comma);
        last = if appositive { last } else { comma - 1 };
        let clausal = (preposition + 1..comma).filter(|&i| matches!(tree.token(i).xpos, "VBD" | "VBZ" | "VBP" | "MD")).count();
        // Without a comma of its own ("according to the ministry five people died") the tree decides.
        if clausal > 0 && !appositive && preposition < 4 {
            last = own.iter().copied().filter(|&i| i > preposition && i < comma).max().unwrap_or(head);
        }
    }
    last
}

/// The clause that a prepositional cue belongs to: its predicate and its tokens.
fn reported(scene: &Scene, (s, t): At, head: usize, last: usize) -> Option<(usize, Vec<usize>)> {
    let tree = scene.tree(s);
    let outside = |&a: &usize| !(t..=last).contains(&a);
    let final_phrase = (last + 1..tree.len()).all(|i| tree.upos(i) == Upos::Punct);
    let first_phrase = (0..t).all(|i| matches!(tree.upos(i), Upos::Punct | Upos::Cconj | Upos::Adv));
    let by_tree = tree.ancestors(head).chain(tree.ancestors(t)).find(outside);
    let mut anchor = by_tree.or_else(|| (0..tree.len()).find(|&i| tree.head(i).is_none()))?;
    while let Some(up) = tree.head(anchor).filter(|_| {
        let nominal = !matches!(tree.upos(anchor), Upos::Verb | Upos::Aux) && tree.child(anchor, Deprel::Cop).is_none();
        nominal || final_phrase || first_phrase
    }) {
        anchor = up;
    }
    // "..., according to X": all before the comma, unless it is only an opening phrase.
    let before = 0..t.saturating_sub(1);
    let clause = before.clone().any(|i| matches!(tree.token(i).xpos, "VBD" | "VBZ" | "VBP" | "MD"));
    if t > 0 && tree.form(t - 1) == "," && clause && !first_phrase {
        return Some((anchor, before.collect()));
    }
    // "has learned that, according to X, ...": what the clause says follows.
    let marked =
        t.checked_sub(1).filter(|&i| tree.lower(i) == "that" || tree.form(i) == "," && i > 0 && tree.lower(i - 1) == "that");
    if marked.is_some() {
        return Some((anchor, (last + 1..tree.len()).collect()));
    }
    Some((anchor, tree.subtree(anchor)))
}
