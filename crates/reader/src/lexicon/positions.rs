//! The words of positions: `positions.tsv`, `conditions.tsv` and `position_words.tsv`.

use super::table::{Layers, LexiconError, Row, Table};
use onrecord_record::{Move, Origin};
use std::collections::HashMap;

/// What kind of word takes the position, which decides where the tree is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum WordClass {
    Verb,
    Adjective,
    Noun,
    /// Binds the subject of its verb (*must*).
    Modal,
    /// A noun that binds who has it (*responsibility*).
    Duty,
    /// Said of the proposition (*off the table*).
    Idiom,
}

/// A place in the tree where a proposition or a counterpart stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// An infinitive of the holder.
    ToDo,
    /// An infinitive of another party.
    PartyToDo,
    /// A finite clause.
    That,
    /// A gerund.
    Doing,
    /// The direct object.
    Object,
    /// The indirect object.
    Indirect,
    /// The noun phrase itself.
    Phrase,
    /// A noun phrase or gerund after this preposition.
    After(String),
}

impl Slot {
    fn parse(text: &str) -> Slot {
        match text {
            "to-do" => Slot::ToDo,
            "party-to-do" => Slot::PartyToDo,
            "that" => Slot::That,
            "doing" => Slot::Doing,
            "object" => Slot::Object,
            "indirect" => Slot::Indirect,
            "phrase" => Slot::Phrase,
            preposition => Slot::After(preposition.into()),
        }
    }
}

/// What must hold for a row to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// In somebody's words or in a release's own voice.
    Voiced,
    /// Said by the holder of itself.
    Own,
    /// Under *will*, *shall*, *would*.
    Future,
    /// The clause has a modal or a subjunctive.
    Modal,
    /// The clause is about another party.
    Other,
    /// The clause is about the holder.
    Itself,
    /// The subject is a party.
    Party,
    /// The noun is the object of a verb that puts something forward.
    Carried,
    /// It is disputed: about what is owed or owned, turned down by somebody, or said by somebody who denies something.
    Disputed,
}

impl When {
    fn parse(text: &str) -> Option<When> {
        Some(match text {
            "voiced" => When::Voiced,
            "own" => When::Own,
            "future" => When::Future,
            "modal" => When::Modal,
            "other" => When::Other,
            "self" => When::Itself,
            "party" => When::Party,
            "carried" => When::Carried,
            "disputed" => When::Disputed,
            _ => return None,
        })
    }
}

/// One row of `positions.tsv`.
#[derive(Clone, Debug)]
pub(crate) struct PositionRow {
    /// The words: the one that is looked up, and those that must stand with it.
    pub words: Vec<String>,
    pub class: WordClass,
    pub stance: Option<Move>,
    pub what: Vec<Slot>,
    pub toward: Vec<Slot>,
    pub when: Vec<When>,
    pub denied: Option<Move>,
    pub terms: Option<String>,
    /// The row itself.
    pub origin: Origin,
}

impl PositionRow {
    /// The row as `why` names it.
    pub fn name(&self) -> String {
        self.words.join(" ")
    }

    pub fn needs(&self, when: When) -> bool {
        self.when.contains(&when)
    }

    /// The word by which the row is found: of a verb the verb, of an adjective the adjective, else the last one.
    fn key(class: WordClass, words: &[String]) -> String {
        let key = if class == WordClass::Verb { words.first() } else { words.last() };
        key.cloned().unwrap_or_default()
    }
}

/// What must follow the words that open a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Governs {
    Clause,
    Phrase,
    Any,
}

/// Where an opener counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Any,
    /// Only before the predicate it belongs to.
    Front,
    /// Only with a refusal or a negated predicate.
    Denied,
}

/// Words that open a condition.
#[derive(Clone, Debug)]
pub(crate) struct Opener {
    pub words: Vec<String>,
    pub governs: Governs,
    pub place: Place,
}

/// What words do in the constructions of positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Puts its object forward.
    Carry,
    /// Takes its object back.
    Drop,
    /// Fulfils its object.
    Deliver,
    /// *Will not* with it binds.
    Permit,
    /// *Will* with it promises nothing.
    Idle,
    /// Only introduces what is talked about.
    Topic,
    /// Declining it is silence.
    Decline,
    /// Offering it is good manners or a description.
    Courtesy,
    /// Is about what is owed or owned.
    Title,
}

impl Role {
    fn parse(text: &str) -> Option<Role> {
        Some(match text {
            "carry" => Role::Carry,
            "drop" => Role::Drop,
            "deliver" => Role::Deliver,
            "permit" => Role::Permit,
            "idle" => Role::Idle,
            "topic" => Role::Topic,
            "decline" => Role::Decline,
            "courtesy" => Role::Courtesy,
            "title" => Role::Title,
            _ => return None,
        })
    }
}

fn unknown_role(role: &str) -> String {
    format!("column role: {role:?} is none of carry, drop, deliver, permit, idle, topic, decline, courtesy, title")
}

/// The three tables.
pub(crate) struct Positions {
    rows: Vec<PositionRow>,
    by_word: HashMap<(WordClass, String), Vec<usize>>,
    openers: HashMap<String, Vec<Opener>>,
    roles: HashMap<String, Vec<Role>>,
}

impl Positions {
    /// Reads the tables' texts.
    pub fn parse(positions: Layers, conditions: Layers, words: Layers) -> Result<Self, LexiconError> {
        let rows: Vec<_> = Table::parse("positions.tsv", positions)?.rows().map(|r| position_row(&r)).collect::<Result<_, _>>()?;
        let mut by_word: HashMap<_, Vec<usize>> = HashMap::new();
        for (i, row) in rows.iter().enumerate() {
            by_word.entry((row.class, PositionRow::key(row.class, &row.words))).or_default().push(i);
        }
        let mut openers: HashMap<String, Vec<Opener>> = HashMap::new();
        for row in Table::parse("conditions.tsv", conditions)?.rows() {
            let opener = opener(&row)?;
            openers.entry(opener.words[0].clone()).or_default().push(opener);
        }
        // The longest opener wins: "as long as" before "as".
        openers.values_mut().for_each(|of_word| of_word.sort_by_key(|o| std::cmp::Reverse(o.words.len())));
        let mut roles: HashMap<String, Vec<Role>> = HashMap::new();
        for row in Table::parse("position_words.tsv", words)?.rows() {
            let role = Role::parse(row.get("role")).ok_or_else(|| row.fault(unknown_role(row.get("role"))))?;
            roles.entry(row.get("word").into()).or_default().push(role);
        }
        Ok(Positions { rows, by_word, openers, roles })
    }

    /// The rows of a word, in the table's order.
    pub fn rows(&self, class: WordClass, word: &str) -> impl Iterator<Item = &PositionRow> {
        self.by_word.get(&(class, word.to_string())).into_iter().flatten().map(|&i| &self.rows[i])
    }

    /// The openers that begin with this word, longest first.
    pub fn openers(&self, word: &str) -> &[Opener] {
        self.openers.get(word).map_or(&[], Vec::as_slice)
    }

    /// True when the word has the role.
    pub fn is(&self, word: &str, role: Role) -> bool {
        self.roles.get(word).is_some_and(|roles| roles.contains(&role))
    }
}

fn position_row(row: &Row) -> Result<PositionRow, LexiconError> {
    let class = match row.get("class") {
        "verb" => WordClass::Verb,
        "adjective" => WordClass::Adjective,
        "noun" => WordClass::Noun,
        "modal" => WordClass::Modal,
        "duty" => WordClass::Duty,
        "idiom" => WordClass::Idiom,
        other => return Err(row.fault(format!("column class: {other:?} is none of verb, adjective, noun, modal, duty, idiom"))),
    };
    let when = row
        .list("when")
        .map(|w| {
            When::parse(w).ok_or_else(|| {
                row.fault(format!(
                    "column when: {w:?} is none of voiced, own, future, modal, other, self, party, carried, disputed"
                ))
            })
        })
        .collect::<Result<_, _>>()?;
    let terms = row.get("terms");
    Ok(PositionRow {
        words: words(row.get("word")),
        class,
        stance: row.parsed("move")?,
        what: row.list("what").map(Slot::parse).collect(),
        toward: row.list("toward").map(Slot::parse).collect(),
        when,
        denied: row.parsed("denied")?,
        terms: (!terms.is_empty()).then(|| terms.to_string()),
        origin: row.origin(),
    })
}

fn opener(row: &Row) -> Result<Opener, LexiconError> {
    let words = words(row.get("opener"));
    if words.is_empty() {
        return Err(row.fault("an opener needs a word".into()));
    }
    let governs = match row.get("governs") {
        "clause" => Governs::Clause,
        "phrase" => Governs::Phrase,
        "any" => Governs::Any,
        other => return Err(row.fault(format!("column governs: {other:?} is none of clause, phrase, any"))),
    };
    let place = match row.get("where") {
        "any" => Place::Any,
        "front" => Place::Front,
        "denied" => Place::Denied,
        other => return Err(row.fault(format!("column where: {other:?} is none of any, front, denied"))),
    };
    Ok(Opener { words, governs, place })
}

fn words(cell: &str) -> Vec<String> {
    cell.split_whitespace().map(str::to_string).collect()
}
