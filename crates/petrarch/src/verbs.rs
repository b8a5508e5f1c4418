//! Dictionaries of verbs: blocks of verbs with patterns of what stands with them.

use super::Import;
use super::cameo::{Meaning, meaning};
use super::lines::{Line, bracketed, words};
use std::collections::BTreeMap;

/// Alternatives more than these no companion has.
const MOST_WORDS: usize = 400;

/// More verbs than these no block has.
const MOST_VERBS: usize = 500;

/// A block's verbs, for its patterns, and its code.
#[derive(Default)]
struct Block {
    verbs: Vec<Verb>,
    code: String,
}

/// A verb and what always stands with it (*break* with *down*).
#[derive(Clone)]
struct Verb {
    lemma: String,
    with: Vec<String>,
}

/// Reads a dictionary of verbs.
pub fn read(lines: &[Line], import: &mut Import) {
    let sets = synsets(lines);
    let mut block = Block::default();
    let mut in_set = false;
    for line in lines {
        let text = line.text.trim();
        // The lines of a set were read before; a + elsewhere begins a verb of several words.
        in_set = text.starts_with('&') || (in_set && text.starts_with('+'));
        if in_set {
            continue;
        }
        if text.starts_with("---") {
            let code = bracketed(text).and_then(|(_, codes)| codes.first().map(|c| (*c).to_owned())).unwrap_or_default();
            block = Block { verbs: Vec::new(), code };
        } else if text.starts_with('~') {
            import.entries += 1;
            import.leave("a transformation (~): it has no place in events.tsv", line);
        } else if let Some(pattern) = text.strip_prefix("- ").or_else(|| text.strip_prefix("-\t")) {
            import.entries += 1;
            pattern_row(pattern, &block, &sets, line, import);
        } else {
            import.entries += 1;
            verb(text, &mut block, line, import);
        }
    }
}

/// The words of each set of synonyms.
fn synsets<'l>(lines: &'l [Line]) -> BTreeMap<&'l str, Vec<&'l str>> {
    let mut sets: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut name = None;
    for line in lines {
        let text = line.text.trim();
        if text.starts_with('&') {
            name = text.split_whitespace().next().map(|n| n.trim_end_matches('_'));
        } else if let (Some(name), Some(word)) = (name, text.strip_prefix('+')) {
            sets.entry(name).or_default().push(word.trim());
        } else {
            name = None;
        }
    }
    sets
}

/// A verb of the block, with a code of its own or the block's.
fn verb(text: &str, block: &mut Block, line: &Line, import: &mut Import) {
    let Some((before, codes)) = bracketed(text) else { return import.leave("a bracket that is not closed", line) };
    // Forms in braces are known to the reader.
    let phrase = before.split('{').next().unwrap_or_default().to_lowercase();
    let phrase = phrase.trim().trim_matches('_');
    // A plus stands before the verb of several words (cordon_+off has it first).
    let parts: Vec<&str> = words(phrase);
    let head = parts.iter().position(|w| w.len() > 1 && w.starts_with('+')).filter(|_| parts.len() > 1).unwrap_or(0);
    let mut parts: Vec<&str> = parts.iter().map(|w| w.trim_matches('+')).filter(|w| !w.is_empty()).collect();
    if parts.is_empty() || !parts.iter().all(|w| is_word(w)) {
        return import.leave("no word", line);
    }
    // "cordon_+off": the mark before the particle.
    let head = if is_particle(parts[head.min(parts.len() - 1)]) { 0 } else { head.min(parts.len() - 1) };
    let lemma = parts.remove(head).to_owned();
    if block.verbs.len() == MOST_VERBS {
        return import.leave("a verb of a block that has too many", line);
    }
    let verb = Verb { lemma, with: parts.iter().map(|w| (*w).to_owned()).collect() };
    block.verbs.push(verb.clone());
    let code = codes.first().copied().unwrap_or(&block.code);
    match meaning(code) {
        Some(Meaning::Nothing) => import.leave("a verb whose code is no event of PLOVER's (--- and 01)", line),
        Some(coded) => row(&[verb], &[], &coded, ("", ""), line, import),
        None => import.leave("a code that is not CAMEO's", line),
    }
}

/// A pattern, for every verb of its block.
fn pattern_row(pattern: &str, block: &Block, sets: &BTreeMap<&str, Vec<&str>>, line: &Line, import: &mut Import) {
    let Some((pattern, codes)) = bracketed(pattern) else { return import.leave("a bracket that is not closed", line) };
    if codes.first().is_some_and(|code| code.starts_with(':')) {
        return import.leave("a code for the target alone (:)", line);
    }
    let Some(coded) = codes.first().and_then(|code| meaning(code)) else {
        return import.leave("a code that is not CAMEO's", line);
    };
    if block.verbs.is_empty() {
        return import.leave("no verb to which it belongs", line);
    }
    match companions(pattern, sets) {
        Ok(found) if found.with.is_empty() && found.places == ("", "") && coded == Meaning::Nothing => {
            import.leave("a pattern of the verb alone", line);
        }
        Ok(found) => row(&block.verbs, &found.with, &coded, found.places, line, import),
        Err(kind) => import.leave(kind, line),
    }
}

/// What a pattern asks for.
#[derive(Debug, PartialEq)]
struct Pattern {
    /// Words that must stand with the verb; alternatives by `|`.
    with: Vec<String>,
    /// The places of those who act and are acted on, where they are not the usual ones.
    places: (&'static str, &'static str),
}

/// The words of a pattern that must stand with its verb, or why they cannot be asked for.
fn companions(pattern: &str, sets: &BTreeMap<&str, Vec<&str>>) -> Result<Pattern, &'static str> {
    let spaced: String = pattern.chars().map(|c| if matches!(c, '(' | ')' | '{' | '}' | '_' | ',') { ' ' } else { c }).collect();
    let spaced = spaced.replace("**", "*");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let verb = tokens.iter().position(|t| *t == "*").ok_or("a pattern without its verb (*)")?;
    let mut with = Vec::new();
    let mut places = ("", "");
    for (i, &token) in tokens.iter().enumerate() {
        match token {
            "*" | "^" | "$" => {}
            // The target before the verb and the source behind it, as in the passive, which the reader turns itself.
            "+" if i < verb && tokens[verb..].contains(&"$") => {
                return Err("a pattern with source and target in turned places ($ +)");
            }
            "+" => {}
            "%" => places = ("subj&obj&with", "-"),
            "NOT" | "N'T" | "NO" | "NEVER" => return Err("a pattern with a negation, which the reader finds itself"),
            "SAID" | "INDICATED" | "SAYS" | "SAY" if i < verb => return Err("a pattern with a verb of saying above it"),
            _ if token.starts_with('&') => {
                let members = sets.get(token.trim_end_matches('_')).ok_or("a set of synonyms (&) that is not defined")?;
                with.push(alternatives(members).ok_or("a set of synonyms (&) of sets, or of too many words")?);
            }
            _ if token.starts_with('~') || token.contains(['<', '>', '=', '|', '/']) => {
                return Err("a pattern with signs that events.tsv cannot hold (~ < > = | /)");
            }
            word if is_word(&word.to_lowercase()) => with.push(forms(&word.to_lowercase())),
            _ => return Err("a pattern with signs that events.tsv cannot hold (~ < > = | /)"),
        }
    }
    with.dedup();
    Ok(Pattern { with, places })
}

/// The members of a set; of several words the last, which the others go with.
fn alternatives(members: &[&str]) -> Option<String> {
    let mut all: Vec<String> = Vec::new();
    for member in members {
        if member.starts_with('&') {
            return None;
        }
        let lower = member.to_lowercase();
        let word = words(&lower).last().map(|w| forms(w)).filter(|w| w.split('|').all(is_word))?;
        all.push(word);
    }
    let mut seen = std::collections::BTreeSet::new();
    let words: Vec<&str> = all.iter().flat_map(|w| w.split('|')).filter(|w| seen.insert(*w)).collect();
    (words.len() <= MOST_WORDS).then(|| words.join("|"))
}

/// A word and, where it looks like a plural, its singular: the table is asked by base forms and by words as they stand.
fn forms(word: &str) -> String {
    match word.strip_suffix('s').filter(|stem| stem.len() > 2 && !stem.ends_with(['s', 'u', 'i'])) {
        Some(stem) => format!("{word}|{stem}"),
        None => word.into(),
    }
}

fn is_word(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '.'))
}

fn is_particle(word: &str) -> bool {
    matches!(word, "up" | "down" | "off" | "out" | "in" | "on" | "over" | "away" | "back" | "with" | "for" | "to" | "by" | "of")
}

/// One row of events.tsv for verbs that ask for the same.
fn row(verbs: &[Verb], with: &[String], coded: &Meaning, places: (&str, &str), line: &Line, import: &mut Import) {
    let (kind, mode, code) = match coded {
        Meaning::Event { kind, mode, code } => (kind.as_str(), *mode, code.as_str()),
        Meaning::Nothing => ("-", "", ""),
    };
    // Verbs with companions of their own have rows of their own.
    let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for verb in verbs {
        let with = verb.with.iter().chain(with).cloned().collect::<Vec<_>>().join("+");
        groups.entry(with).or_default().push(&verb.lemma);
    }
    for (with, mut lemmas) in groups {
        lemmas.dedup();
        let words = lemmas.join("|");
        let key = format!("{words}\t{with}");
        let row = [words.as_str(), "verb", &with, kind, mode, "", code, places.0, places.1];
        import.take("events.tsv", key, row.map(String::from).to_vec(), line);
    }
}
