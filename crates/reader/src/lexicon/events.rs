//! `lexicon/events.tsv` and `lexicon/event_words.tsv`: words that name events, and words that tell them apart.

use super::table::Row;
use super::{LexiconError, Table};
use onrecord_record::{EventType, Factuality};
use std::collections::HashMap;

/// Part of speech of an event's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pos {
    /// Verbs.
    Verb,
    /// Nouns.
    Noun,
    /// Predicative adjectives.
    Adj,
}

/// Where in the sentence a participant stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Logical subject.
    Subject,
    /// Logical object.
    Object,
    /// Indirect object.
    Indirect,
    /// Possessor.
    Possessor,
    /// A name or demonym that modifies a noun.
    Modifier,
    /// Subject of the light verb that carries a noun.
    Light,
    /// Subject of the verb that a noun is the means of.
    Means,
    /// Who claims an attack.
    Claimant,
    /// Subject of the governed clause.
    Clause,
    /// Object of the governed clause.
    ClauseObject,
    /// Whose words they are.
    Speaker,
    /// Anybody that what it is about concerns, the nearest first.
    Matter,
    /// Behind this preposition.
    Preposition(String),
}

/// What a place must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Class {
    /// Anything.
    Any,
    /// Somebody or a body that can act.
    Actor,
    /// One person or more.
    Person,
    /// A group, force or people.
    Group,
    /// A place on the map.
    Place,
    /// A word of this set.
    Set(String),
}

/// One requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    /// A place holds something of a class.
    Has(Role, Class),
    /// If a place is filled, it is of the class.
    IfAny(Role, Class),
    /// A place holds nothing of a class.
    Without(Role, Class),
    /// The word governs a clause.
    Clausal,
    /// The word governs an infinitive.
    Infinitive,
    /// The verb is finite or a past participle: not *defeating*, *to defeat*.
    Finite,
    /// The word has a light verb, or this word beside it.
    Word(Companion),
}

/// A word that stands with the event's word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Companion {
    /// This base form.
    Word(String),
    /// Any word of the set.
    Set(String),
}

/// All must hold; each holds when one of its alternatives does.
pub type AllOfAny<T> = Vec<Vec<T>>;

/// A sense of a word that names an event.
#[derive(Clone, Debug)]
pub struct EventRow {
    /// The word, with its type: what `why` names.
    pub name: String,
    /// Part of speech.
    pub pos: Pos,
    /// PLOVER type; none for a sense that is no event.
    pub kind: Option<EventType>,
    /// How it is put where the word itself says so: money pledged is aid planned.
    pub factuality: Option<Factuality>,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// Words that must stand with it.
    pub with: AllOfAny<Companion>,
    /// Where those who do it stand: first alternative that names somebody, members of one together.
    pub actor: AllOfAny<Role>,
    /// Where those stand that it is done to.
    pub recipient: AllOfAny<Role>,
    /// Requirements.
    pub needs: AllOfAny<Need>,
    /// Words that make it something else.
    pub not: Vec<String>,
}

/// What a word lends to an event beside it.
#[derive(Clone, Debug, Default)]
pub struct EventWord {
    /// Sets it belongs to.
    pub sets: Vec<String>,
    /// Mode it gives an assault.
    pub mode: Option<String>,
    /// Contexts it gives.
    pub contexts: Vec<String>,
}

/// Both tables.
pub struct EventTable {
    rows: HashMap<String, Vec<EventRow>>,
    words: HashMap<String, EventWord>,
}

impl EventTable {
    /// Reads both tables.
    ///
    /// # Errors
    /// When a cell holds something its column does not know.
    pub fn parse(events: &str, words: &str) -> Result<Self, LexiconError> {
        let table = Table::parse("events.tsv", events)?;
        let mut places: HashMap<(Pos, EventType), (&str, &str)> = HashMap::new();
        let mut rows: HashMap<String, Vec<EventRow>> = HashMap::new();
        for row in table.rows() {
            let pos = pos(row)?;
            let (kind, factuality) = kind(row)?;
            if row.get("word") == "*" {
                let kind = kind.ok_or_else(|| row.fault("a default row needs a type".into()))?;
                places.insert((pos, kind), (row.get("actor"), row.get("recipient")));
                continue;
            }
            let (actor, recipient) = kind.and_then(|k| places.get(&(pos, k))).copied().unwrap_or_default();
            let filled = |cell, default| if row.get(cell).is_empty() { default } else { row.get(cell) };
            for word in row.list("word") {
                rows.entry(word.to_owned()).or_default().push(EventRow {
                    name: format!("{word} {}", row.get("type")),
                    pos,
                    kind,
                    factuality,
                    mode: optional(row.get("mode")),
                    contexts: row.list("contexts").map(str::to_owned).collect(),
                    cameo: optional(row.get("cameo")),
                    with: all_of_any(row.get("with"), companion),
                    actor: alternatives(filled("actor", actor)),
                    recipient: alternatives(filled("recipient", recipient)),
                    needs: all_of_any(row.get("needs"), need),
                    not: row.list("not").map(str::to_owned).collect(),
                });
            }
        }
        Ok(EventTable { rows, words: self::words(words)? })
    }

    /// The senses of a word, the more particular first.
    pub fn rows(&self, lemma: &str) -> &[EventRow] {
        self.rows.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// What is known of a word that may stand beside an event.
    pub fn word(&self, lemma: &str) -> Option<&EventWord> {
        self.words.get(lemma)
    }

    /// True when `lemma` is in the set.
    pub fn in_set(&self, lemma: &str, set: &str) -> bool {
        self.words.get(lemma).is_some_and(|w| w.sets.iter().any(|s| s == set))
    }
}

fn pos(row: Row) -> Result<Pos, LexiconError> {
    match row.get("pos") {
        "verb" => Ok(Pos::Verb),
        "noun" => Ok(Pos::Noun),
        "adj" => Ok(Pos::Adj),
        other => Err(row.fault(format!("pos {other:?} is none of verb, noun, adj"))),
    }
}

/// The type, and behind a colon how it is put.
fn kind(row: Row) -> Result<(Option<EventType>, Option<Factuality>), LexiconError> {
    let cell = row.get("type");
    let (kind, factuality) = cell.split_once(':').map_or((cell, None), |(kind, factuality)| (kind, Some(factuality)));
    let unknown = || row.fault(format!("type {cell:?} is none of PLOVER's, with or without how it is put"));
    let factuality = factuality.map(|f| f.parse::<Factuality>().map_err(|_| unknown())).transpose()?;
    let kind = if kind == "-" { None } else { Some(kind.parse::<EventType>().map_err(|_| unknown())?) };
    Ok((kind, factuality))
}

fn words(text: &str) -> Result<HashMap<String, EventWord>, LexiconError> {
    let table = Table::parse("event_words.tsv", text)?;
    let mut words: HashMap<String, EventWord> = HashMap::new();
    for row in table.rows() {
        let word = words.entry(row.get("word").to_owned()).or_default();
        word.sets.extend(row.list("set").map(str::to_owned));
        word.mode = word.mode.take().or(optional(row.get("mode")));
        word.contexts.extend(row.list("contexts").map(str::to_owned));
    }
    Ok(words)
}

fn optional(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

fn all_of_any<T>(cell: &str, read: impl Fn(&str) -> T) -> AllOfAny<T> {
    cell.split('+').filter(|g| !g.is_empty()).map(|group| group.split('|').map(&read).collect()).collect()
}

fn alternatives(cell: &str) -> AllOfAny<Role> {
    let parts = cell.split('|').filter(|p| !p.is_empty() && *p != "-");
    parts.map(|together| together.split('&').map(role).collect()).collect()
}

fn companion(cell: &str) -> Companion {
    match cell.strip_prefix('@') {
        Some(set) => Companion::Set(set.to_owned()),
        None => Companion::Word(cell.to_owned()),
    }
}

fn role(cell: &str) -> Role {
    match cell {
        "subj" => Role::Subject,
        "obj" => Role::Object,
        "iobj" => Role::Indirect,
        "poss" => Role::Possessor,
        "mod" => Role::Modifier,
        "light" => Role::Light,
        "inst" => Role::Means,
        "claim" => Role::Claimant,
        "clause" => Role::Clause,
        "clause-obj" => Role::ClauseObject,
        "speaker" => Role::Speaker,
        "matter" => Role::Matter,
        preposition => Role::Preposition(preposition.to_owned()),
    }
}

fn class(cell: &str) -> Class {
    match cell {
        "" => Class::Any,
        "actor" => Class::Actor,
        "person" => Class::Person,
        "group" => Class::Group,
        "place" => Class::Place,
        set => Class::Set(set.trim_start_matches('@').to_owned()),
    }
}

fn need(cell: &str) -> Need {
    let (place, of) = cell.split_once(':').unwrap_or((cell, ""));
    match place {
        "clausal" => Need::Clausal,
        "infinitive" => Need::Infinitive,
        "finite" => Need::Finite,
        _ if place.starts_with('@') => Need::Word(companion(place)),
        _ if place.starts_with('!') => Need::Without(role(&place[1..]), class(of)),
        _ if place.starts_with('?') => Need::IfAny(role(&place[1..]), class(of)),
        _ => match role(place) {
            // A bare word: behind it as a preposition or beside it.
            Role::Preposition(word) if of.is_empty() => Need::Word(Companion::Word(word)),
            role => Need::Has(role, class(of)),
        },
    }
}
