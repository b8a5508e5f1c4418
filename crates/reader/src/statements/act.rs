//! What is done by saying something, where the cue leaves it open: by the words said.

use super::scene::Scene;
use onrecord_record::{Act, SpeechMode};
use onrecord_text::Span;

/// Characters of a content that are looked at; what comes later no longer tells what the whole does.
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
