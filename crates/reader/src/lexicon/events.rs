//! `lexicon/events.tsv` and `lexicon/event_words.tsv`: words that name events, and words that tell them apart.

use super::table::{Layers, LexiconError, Row, Table};
use onrecord_record::{EventType, Factuality, Origin};
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
    /// A word of this set, or this word.
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
    /// The row itself.
    pub origin: Origin,
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
    pub fn parse(events: Layers, words: Layers) -> Result<Self, LexiconError> {
        let table = Table::parse("events.tsv", events)?;
        let mut places: HashMap<(Pos, EventType), Places> = HashMap::new();
        for row in table.rows().filter(|row| row.get("word") == "*") {
            let kind = kind(row)?.0.ok_or_else(|| row.fault("a default row needs a type".into()))?;
            // A user's stand first.
            places.entry((pos(row)?, kind)).or_insert((alternatives(row, "actor")?, alternatives(row, "recipient")?));
        }
        let mut rows: HashMap<String, Vec<EventRow>> = HashMap::new();
        for row in table.rows().filter(|row| row.get("word") != "*") {
            let (pos, (kind, factuality)) = (pos(row)?, kind(row)?);
            let default = kind.and_then(|k| places.get(&(pos, k)));
            let filled = |column, default: Option<&AllOfAny<Role>>| match row.get(column) {
                "" => Ok(default.cloned().unwrap_or_default()),
                _ => alternatives(row, column),
            };
            for word in row.list("word") {
                rows.entry(word.to_owned()).or_default().push(EventRow {
                    name: format!("{word} {}", row.get("type")),
                    pos,
                    kind,
                    factuality,
                    mode: code(row, "mode")?,
                    contexts: codes(row, "contexts")?,
                    cameo: cameo(row)?,
                    with: all_of_any(row.get("with"), companion),
                    actor: filled("actor", default.map(|d| &d.0))?,
                    recipient: filled("recipient", default.map(|d| &d.1))?,
                    needs: all_of_any(row.get("needs"), need),
                    not: row.list("not").map(str::to_owned).collect(),
                    origin: row.origin(),
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

/// Places of those who do something and of those it is done to.
type Places = (AllOfAny<Role>, AllOfAny<Role>);

/// The type, and behind a colon how it is put.
fn kind(row: Row) -> Result<(Option<EventType>, Option<Factuality>), LexiconError> {
    let cell = row.get("type");
    let (kind, factuality) = cell.split_once(':').map_or((cell, None), |(kind, factuality)| (kind, Some(factuality)));
    let fault = |problem: String| row.fault(format!("column type: {cell:?}: {problem}"));
    let factuality = factuality.map(|f| f.parse::<Factuality>().map_err(|e| fault(e.to_string()))).transpose()?;
    let kind = match kind {
        "-" => None,
        kind => Some(kind.parse::<EventType>().map_err(|e| fault(format!("{e}, or - for a sense that is no event")))?),
    };
    Ok((kind, factuality))
}

fn pos(row: Row) -> Result<Pos, LexiconError> {
    match row.get("pos") {
        "verb" => Ok(Pos::Verb),
        "noun" => Ok(Pos::Noun),
        "adj" => Ok(Pos::Adj),
        other => Err(row.fault(format!("column pos: {other:?} is none of verb, noun, adj"))),
    }
}

fn words(text: Layers) -> Result<HashMap<String, EventWord>, LexiconError> {
    let table = Table::parse("event_words.tsv", text)?;
    let mut words: HashMap<String, EventWord> = HashMap::new();
    for row in table.rows() {
        let word = words.entry(row.get("word").to_owned()).or_default();
        word.sets.extend(row.list("set").map(str::to_owned));
        word.mode = word.mode.take().or(code(row, "mode")?);
        word.contexts.extend(codes(row, "contexts")?);
    }
    Ok(words)
}

/// PLOVER's names of modes and contexts are written so.
fn is_code(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '-' | '_'))
}

fn codes(row: Row, column: &str) -> Result<Vec<String>, LexiconError> {
    let wrong = |name: &str| row.fault(format!("column {column}: {name:?} is not written in lower-case letters, - and _"));
    row.list(column).map(|name| if is_code(name) { Ok(name.to_owned()) } else { Err(wrong(name)) }).collect()
}

fn code(row: Row, column: &str) -> Result<Option<String>, LexiconError> {
    let mut codes = codes(row, column)?.into_iter();
    let code = codes.next();
    if codes.next().is_some() {
        return Err(row.fault(format!("column {column}: one is expected")));
    }
    Ok(code)
}

fn cameo(row: Row) -> Result<Option<String>, LexiconError> {
    let code = row.get("cameo");
    let right = (2..=4).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
    match code {
        "" => Ok(None),
        _ if right => Ok(Some(code.into())),
        _ => Err(row.fault(format!("column cameo: {code:?} is no CAMEO code of 2 to 4 digits"))),
    }
}

fn all_of_any<T>(cell: &str, read: impl Fn(&str) -> T) -> AllOfAny<T> {
    cell.split('+').filter(|g| !g.is_empty()).map(|group| group.split('|').map(&read).collect()).collect()
}

fn alternatives(row: Row, column: &str) -> Result<AllOfAny<Role>, LexiconError> {
    let one = |cell: &str| match role(cell) {
        Role::Preposition(word) if !word.chars().all(|c| c.is_ascii_lowercase()) || word.is_empty() => {
            let places = "subj, obj, iobj, poss, mod, light, inst, claim, clause, clause-obj, speaker, matter, a preposition";
            Err(row.fault(format!("column {column}: {word:?} is none of {places}")))
        }
        role => Ok(role),
    };
    let parts = row.get(column).split('|').filter(|p| !p.is_empty() && *p != "-");
    parts.map(|together| together.split('&').map(one).collect()).collect()
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
