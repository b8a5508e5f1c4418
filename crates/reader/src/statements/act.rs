//! What is done by saying something, where the cue leaves it open: by the words said.

use super::scene::Scene;
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};
use onrecord_record::{Act, SpeechMode};
use onrecord_text::Span;

/// Bytes of a content that are looked at; what comes later no longer tells what the whole does.
const HORIZON: usize = 600;

/// The act that the content shows, if it shows one: a question, or the first phrase of `acts.tsv` in it.
pub(super) fn by_words(scene: &Scene, content: &[Span], mode: SpeechMode) -> Option<Act> {
    let direct = mode == SpeechMode::Direct;
    let mut budget = HORIZON;
    for span in content {
        let text = scene.ctx.slice(*span);
        let words = words(text, budget);
        for (i, (word, initial)) in words.iter().enumerate() {
            let phrase = scene.cues.acts(word).iter().find(|p| {
                (direct || !p.direct)
                    && (*initial || !p.initial)
                    && p.rest.iter().enumerate().all(|(k, r)| words.get(i + 1 + k).is_some_and(|(w, start)| w == r && !start))
            });
            if let Some(phrase) = phrase {
                return Some(phrase.act);
            }
        }
        budget = budget.saturating_sub(text.len());
    }
    let last = content.last().map_or("", |s| scene.ctx.slice(*s));
    last.trim_end_matches(['”', '"', '’', '\'', ' ']).ends_with('?').then_some(Act::Ask)
}

/// The act that the first clause of a content shows by its verb: what the speaker's own side will do (announced, offered on a
/// condition, threatened where it harms) or will not do (refused), and what somebody else must do (demanded). `own` says whether the
/// subject at this token is the speaker.
pub(super) fn by_clause(scene: &Scene, content: &[Span], mut own: impl FnMut(usize, usize) -> bool) -> Option<Act> {
    let first = content.first()?;
    let s = scene.ctx.sentences_in(*first).next()?;
    let tree = scene.tree(s);
    let inside = |i: usize| first.contains(tree.token(i).span);
    let root = (0..tree.len()).find(|&i| inside(i) && tree.head(i).is_none_or(|h| !inside(h)) && tree.upos(i) != Upos::Punct)?;
    let modal =
        tree.children(root).iter().copied().find(|&c| tree.rel(c) == Deprel::Aux && tree.token(c).xpos == "MD" && inside(c))?;
    let subject = tree.children(root).iter().copied().find(|&c| tree.rel(c).is_subject() && inside(c))?;
    let negated = tree
        .children(root)
        .iter()
        .any(|&c| matches!(tree.lower(c), "not" | "n't" | "n’t" | "never") && tree.rel(c) == Deprel::Advmod);
    match tree.lower(modal) {
        "must" if !negated && !own(s, subject) => Some(Act::Demand),
        "will" | "would" | "'ll" | "’ll" | "wo" | "shall" if own(s, subject) => Some(match () {
            () if negated => Act::Refuse,
            () if is_harm(scene, tree, root) => Act::Threaten,
            () if hangs_on_a_condition(tree, root) => Act::Offer,
            () => Act::Announce,
        }),
        "might" | "may" | "could" if own(s, subject) && is_harm(scene, tree, root) => Some(Act::Threaten),
        _ => None,
    }
}

/// The verb is one of harming or punishing somebody.
fn is_harm(scene: &Scene, tree: &Tree, verb: usize) -> bool {
    use onrecord_record::EventType::{Assault, Coerce, Sanction, Threaten};
    let rows = scene.ctx.lexicon.events.rows(tree.lemma(verb));
    let kinds: Vec<_> = rows.iter().filter_map(|row| row.kind).collect();
    !kinds.is_empty() && kinds.iter().all(|kind| matches!(kind, Assault | Coerce | Sanction | Threaten))
}

/// *If*, *once*, *unless* something else happens.
fn hangs_on_a_condition(tree: &Tree, verb: usize) -> bool {
    let conditional = |c: usize| {
        tree.rel(c) == Deprel::Advcl
            && tree.children(c).iter().any(|&m| matches!(tree.lower(m), "if" | "once" | "unless" | "provided" | "until"))
    };
    tree.children(verb).iter().any(|&c| conditional(c))
}

/// Words in lower case, each with whether it begins a sentence. *I'll* is *i* and *'ll*.
fn words(text: &str, budget: usize) -> Vec<(String, bool)> {
    let mut found: Vec<(String, bool)> = Vec::new();
    let mut word = String::new();
    let mut initial = true;
    let mut next_initial = true;
    for (at, c) in text.char_indices() {
        if at > budget {
            break;
        }
        let apostrophe = matches!(c, '\'' | '’');
        if c.is_alphanumeric() {
            if word.is_empty() {
                initial = std::mem::take(&mut next_initial);
            }
            word.extend(c.to_lowercase());
            continue;
        }
        if !word.is_empty() && word != "'" {
            found.push((std::mem::take(&mut word), initial));
        }
        word.clear();
        if apostrophe && !found.is_empty() {
            word.push('\'');
            initial = false;
        } else if matches!(c, '.' | '!' | '?' | '\n') {
            next_initial = true;
        }
    }
    if !word.is_empty() {
        found.push((word, initial));
    }
    found
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_know_where_sentences_begin() {
        let found = super::words("“We'll go. Please stay.", 100);
        let expected = [("we", true), ("'ll", false), ("go", false), ("please", true), ("stay", false)];
        assert_eq!(found.iter().map(|(w, i)| (w.as_str(), *i)).collect::<Vec<_>>(), expected);
    }
}
