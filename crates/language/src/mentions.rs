//! What names name, finer than the network's three kinds: by the lists of the model and `data/name_words.tsv`.

use crate::features::{Casing, Word};
use crate::gazetteer::Listed;
use crate::{Name, NameKind, Token, Upos};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

labels! {
    /// What a mention names.
    MentionKind {
        Person = "PERSON", Organisation = "ORGANIZATION", Country = "COUNTRY", Place = "PLACE", Facility = "FACILITY", Group = "GROUP",
        Event = "EVENT",
    }
}

/// A name with its finer kind, or a word for a people, or the name of an event. Mentions do not overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Indices of its tokens.
    pub tokens: Range<usize>,
    /// What it names.
    pub kind: MentionKind,
}

/// What a row of the table says of a word.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Facility,
    Event,
    EventFirst,
    EventAlone,
    Group,
}

fn is(word: &str, kind: Kind) -> bool {
    static ROWS: OnceLock<HashMap<&'static str, u8>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| {
        let mut rows = HashMap::new();
        for line in include_str!("../data/name_words.tsv").lines().filter(|l| !l.starts_with('#')).skip(1) {
            if let Some((word, kind)) = line.split_once('\t') {
                let kind = match kind {
                    "facility" => Kind::Facility,
                    "event" => Kind::Event,
                    "event first" => Kind::EventFirst,
                    "event alone" => Kind::EventAlone,
                    _ => Kind::Group,
                };
                *rows.entry(word).or_insert(0) |= 1 << kind as u8;
            }
        }
        rows
    });
    rows.get(word.to_lowercase().as_str()).is_some_and(|kinds| kinds & (1 << kind as u8) != 0)
}

/// All mentions of a sentence, in order.
pub(crate) fn mentions(tokens: &[Token], words: &[(Word<'_>, Casing)], names: &[Name]) -> Vec<Mention> {
    let mut found: Vec<Mention> = events(tokens, words).collect();
    let free = |found: &[Mention], t: &Range<usize>| found.iter().all(|m| m.tokens.end <= t.start || t.end <= m.tokens.start);
    for name in names {
        if free(&found, &name.tokens) {
            found.push(Mention { tokens: name.tokens.clone(), kind: finer(name, words) });
        }
    }
    for t in 0..tokens.len() {
        let (form, listed) = (words[t].0.form, words[t].0.listed);
        let people = listed.holds(Listed::DEMONYM) || is(form, Kind::Group);
        // Saudi Arabian, Bosnian Croat: an entry of several words.
        let further =
            words[t + 1..].iter().take_while(|(w, _)| w.listed.holds(Listed::INSIDE) && w.listed.holds(Listed::DEMONYM)).count();
        let span = t..t + 1 + further;
        if people && form.starts_with(char::is_uppercase) && free(&found, &span) {
            found.push(Mention { tokens: span, kind: MentionKind::Group });
        }
    }
    found.sort_by_key(|m| m.tokens.start);
    found
}

fn finer(name: &Name, words: &[(Word<'_>, Casing)]) -> MentionKind {
    let last = words[name.tokens.end - 1].0.form;
    match name.kind {
        NameKind::Per => MentionKind::Person,
        NameKind::Org | NameKind::Loc if name.tokens.len() > 1 && is(last, Kind::Facility) => MentionKind::Facility,
        NameKind::Org => MentionKind::Organisation,
        NameKind::Loc if name.tokens.clone().any(|t| words[t].0.listed.holds(Listed::COUNTRY)) => MentionKind::Country,
        NameKind::Loc => MentionKind::Place,
    }
}

/// Runs of capitalised words that a word of the table makes the name of an event.
fn events<'a>(tokens: &'a [Token], words: &'a [(Word<'a>, Casing)]) -> impl Iterator<Item = Mention> + 'a {
    let form = |t: usize| words[t].0.form;
    let capital = move |t: usize| {
        matches!(tokens[t].upos, Upos::Propn | Upos::Noun | Upos::Adj | Upos::Num)
            && form(t).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < tokens.len() {
            let start = at;
            if !capital(at) {
                at += 1;
                continue;
            }
            while at < tokens.len() && capital(at) {
                at += 1;
            }
            let named = |t: usize| form(t).starts_with(char::is_uppercase);
            // World War II: the number belongs to it.
            let head = (start..at).rev().find(|&t| is(form(t), Kind::Event) && named(t));
            let by_last = head.filter(|&h| h > start && (h + 1 == at || h + 2 == at && is_number(form(h + 1))));
            let alone = at == start + 1 && is(form(start), Kind::EventAlone);
            let by_first = at > start + 1 && is(form(start), Kind::EventFirst) && tokens[start + 1].upos == Upos::Propn;
            if by_last.is_some() || alone || by_first {
                return Some(Mention { tokens: start..at, kind: MentionKind::Event });
            }
        }
        None
    })
}

fn is_number(form: &str) -> bool {
    form.chars().all(|c| matches!(c, 'I' | 'V' | 'X') || c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use crate::Engine;

    #[test]
    fn finer_kinds() {
        let text = "Kurds and Iraqi officials met John Miller at Baghdad Airport in Iraq after the Vietnam War and World War II.";
        let analysis = Engine::builtin().analyse(text);
        let sentence = &analysis.sentences[0];
        let words = |m: &super::Mention| {
            let span = sentence.tokens[m.tokens.start].span.cover(sentence.tokens[m.tokens.end - 1].span);
            format!("{} {}", m.kind.as_str(), &text[span.range()])
        };
        let found: Vec<String> = sentence.mentions.iter().map(words).collect();
        let expected = [
            "GROUP Kurds",
            "GROUP Iraqi",
            "PERSON John Miller",
            "FACILITY Baghdad Airport",
            "COUNTRY Iraq",
            "EVENT Vietnam War",
            "EVENT World War II",
        ];
        assert_eq!(found, expected);
    }
}
