//! Dictionaries of agents: a noun, its plural in braces, a code; `!PERSON!` stands for the words of a list.

use super::cameo::{parts, sector};
use super::lines::{Line, bracketed, words};
use super::{Import, SAID};
use onrecord_reader::Lexicon;
use onrecord_record::ActorKind;
use std::collections::BTreeMap;

/// More nouns than these no entry stands for.
const MOST_NOUNS: usize = 100;

/// Reads a dictionary of agents.
pub fn read(lines: &[Line], lexicon: &Lexicon, import: &mut Import) {
    let mut macros: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in lines {
        let text = line.text.trim();
        if let Some((name, list)) = text.split_once('=').filter(|(name, _)| name.trim_end().ends_with('!')) {
            macros.insert(name.trim(), list.split(',').map(str::trim).filter(|w| !w.is_empty()).collect());
            continue;
        }
        import.entries += 1;
        let Some((phrase, codes)) = bracketed(text) else {
            import.leave("a bracket that is not closed", line);
            continue;
        };
        let (phrase, plural) = phrase.split_once('{').unwrap_or((phrase, "?"));
        // "the poor", of which there is no plural: many people.
        let people = phrase.to_lowercase().starts_with("the_") && plural.trim_matches('}').trim().is_empty();
        let role = codes.first().map(|code| code.trim_matches('~'));
        let Some(role) = role.filter(|role| role.len() >= 3 && role.bytes().all(|b| b.is_ascii_alphanumeric())) else {
            import.leave("no code", line);
            continue;
        };
        let Some(nouns) = expanded(phrase, &macros) else {
            import.leave("a list (!...!) that is not known or stands for too much", line);
            continue;
        };
        let sector = parts(role).into_iter().find_map(sector);
        let mut nouns: Vec<String> = nouns.iter().filter_map(|noun| singular(noun, lexicon)).collect();
        nouns.dedup();
        let fresh: Vec<&String> = nouns.iter().filter(|noun| lexicon.actor_noun(noun).is_none()).collect();
        if fresh.is_empty() {
            import.leave(if nouns.is_empty() { "no word" } else { "known to actor_nouns.tsv" }, line);
            continue;
        }
        for noun in fresh {
            let many = people.then_some((ActorKind::Population, true));
            let Some((kind, group)) = many.or_else(|| named(noun, lexicon)) else {
                import.leave("neither a person nor a body by its last word", line);
                continue;
            };
            if !import.name("actor_nouns.tsv", noun) {
                import.leave(SAID, line);
                continue;
            }
            let row = [noun.as_str(), kind.as_str(), sector.map_or("", |s| s.as_str()), if group { "yes" } else { "" }];
            import.add("actor_nouns.tsv", row.map(String::from).to_vec(), line);
        }
    }
}

/// The phrases that an entry stands for, its lists written out.
fn expanded(phrase: &str, macros: &BTreeMap<&str, Vec<&str>>) -> Option<Vec<String>> {
    let mut all = vec![phrase.to_owned()];
    while let Some(open) = all[0].find('!') {
        let close = open + 1 + all[0][open + 1..].find('!')?;
        let list = macros.get(&all[0][open..=close])?;
        let marker = all[0][open..=close].to_owned();
        all = all.iter().flat_map(|p| list.iter().map(|word| p.replacen(&marker, word, 1))).collect();
        if all.is_empty() || all.len() > MOST_NOUNS || all[0].len() > 200 {
            return None;
        }
    }
    Some(all)
}

/// The noun as the table has it: lower case, singular, without an article.
fn singular(phrase: &str, lexicon: &Lexicon) -> Option<String> {
    let lower = phrase.to_lowercase();
    let mut words = words(&lower);
    if words.first() == Some(&"the") {
        words.remove(0);
    }
    // Of "bureau of investigations" only the bureau.
    let head = words.iter().position(|&w| w == "of").unwrap_or(words.len()).checked_sub(1)?;
    let one = lexicon.singular(words[head]);
    words[head] = &one;
    Some(words.join(" ").replace('|', " "))
}

/// What the noun names, by the word that the others go with (*minister* of *minister of justice*): as actor_nouns.tsv has it, else by
/// its ending; and whether one of them is several people or a body.
fn named(noun: &str, lexicon: &Lexicon) -> Option<(ActorKind, bool)> {
    let head = noun.split_once(" of ").map_or(noun, |(head, _)| head);
    let word = head.rsplit([' ', '-']).next().unwrap_or(head);
    if let Some(known) = lexicon.actor_noun(word) {
        return Some(known);
    }
    let ends = |endings: &[&str]| endings.iter().any(|e| word.len() > e.len() + 1 && word.ends_with(e));
    // "ministry" is no "-ary", "department" no "-ent".
    let body = ["ry", "tion", "ment", "ship", "ance", "ence", "ity", "dom", "union", "corp", "group", "party", "bank", "board"];
    if ends(&body) && !ends(&["ary"]) {
        return Some((ActorKind::Organisation, true));
    }
    let person = ["er", "or", "ist", "ian", "man", "woman", "person", "eer", "ent", "ant", "ee", "crat", "iff", "ary"];
    ends(&person).then_some((ActorKind::Person, false))
}
