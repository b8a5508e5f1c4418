//! Those who take part, as far as two reports can be told to mean the same.

use crate::actors::{Known, Side, is_state};
use crate::words::fold;
use onrecord_record::{Actor, ActorKind, Id};
use onrecord_text::Document;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// How two lists of parties stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub enum Match {
    /// They cannot be the same: two states, two names.
    Differ,
    /// They have nothing in common.
    Apart,
    /// One list is empty, or a person may speak for a party of the other.
    Open,
    /// Groups of the same word: *soldiers*, *two soldiers*.
    Word,
    /// Of the same country: *Russia*, *the Russian army*.
    Country,
    /// The same by name.
    Named,
}

/// The parties of one side of a record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Parties {
    known: Vec<Arc<Known>>,
    /// Last words of those who have no name.
    heads: BTreeSet<String>,
}

/// The actors of one report, each known once for all that it takes part in.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    /// With the word that says what an unnamed one is.
    actors: HashMap<Id, (Arc<Known>, Option<String>)>,
}

impl Cast {
    /// These of a report.
    pub fn new<'r>(document: &Document, actors: impl IntoIterator<Item = &'r Actor>) -> Self {
        let known = |actor: &Actor| (actor.id.clone(), (Arc::new(Known::new(document, actor)), head(actor)));
        Cast { actors: actors.into_iter().map(known).collect() }
    }

    /// What the report tells of one.
    pub fn known(&self, actor: &Actor) -> Arc<Known> {
        self.actors.get(&actor.id).map(|(known, _)| Arc::clone(known)).unwrap_or_default()
    }
}

impl Parties {
    /// Those of these ids.
    pub fn new(cast: &Cast, ids: &[Id]) -> Self {
        let mut parties = Parties::default();
        for (known, head) in ids.iter().filter_map(|id| cast.actors.get(id)) {
            if known.names_to_find().is_empty() {
                parties.heads.extend(head.clone());
            }
            parties.known.push(Arc::clone(known));
        }
        parties
    }

    /// All of both.
    pub fn and(mut self, other: Parties) -> Parties {
        self.known.extend(other.known);
        self.heads.extend(other.heads);
        self
    }

    /// True when nobody is named.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// True when there are some, and all are of this country.
    pub fn all_of(&self, country: &str) -> bool {
        !self.is_empty() && self.known.iter().all(|k| k.country.as_deref() == Some(country))
    }

    /// True when there are some, and all are this state.
    pub fn all_state(&self, country: &str) -> bool {
        !self.is_empty() && self.known.iter().all(|k| k.state.as_deref() == Some(country))
    }

    /// True when one of them has a name by which others know it.
    pub fn is_named(&self) -> bool {
        self.known.iter().any(|k| !k.names_to_find().is_empty())
    }

    /// Who of the other list they may be.
    pub fn compare(&self, other: &Parties) -> Match {
        if self.is_empty() || other.is_empty() {
            return Match::Open;
        }
        let any = |is: &dyn Fn(&Known, &Known) -> bool| self.known.iter().any(|a| other.known.iter().any(|b| is(a, b)));
        if any(&|a, b| a.likeness(b).is_some_and(|sure| sure >= 0.6)) {
            return Match::Named;
        }
        // Two persons of one country with names of their own are two; so are an army and those who fight it.
        let sides = |a: &Known, b: &Known| a.side.is_none() || b.side.is_none() || a.side == b.side;
        let persons = |a: &Known, b: &Known| a.person.is_some() && b.person.is_some();
        let state = |a: &Known| a.country.as_deref().is_some_and(is_state);
        if any(&|a, b| state(a) && a.country == b.country && !persons(a, b) && sides(a, b)) {
            return Match::Country;
        }
        if !self.heads.is_disjoint(&other.heads) {
            return Match::Word;
        }
        // A minister whose country the report leaves open may speak for any state.
        let speaks =
            |a: &Known, b: &Known| a.person.is_some() && a.country.is_none() && b.person.is_none() && b.side != Some(Side::Armed);
        if any(&|a, b| speaks(a, b) || speaks(b, a)) {
            return Match::Open;
        }
        // The country of *seven officers* is a guess, that of a name is not.
        let of_countries = |p: &Parties| p.known.iter().all(|k| k.country.is_some() && !k.names_to_find().is_empty());
        if of_countries(self) && of_countries(other) || self.opposes(other) { Match::Differ } else { Match::Apart }
    }

    /// All of one act for a state, all of the other against one.
    fn opposes(&self, other: &Parties) -> bool {
        let all = |p: &Parties, side| p.known.iter().all(|k| k.side == Some(side));
        (all(self, Side::State) && all(other, Side::Armed)) || (all(self, Side::Armed) && all(other, Side::State))
    }

    /// What the same parties have in common, to find them by: countries, else names, and the words of those without a name.
    pub fn features(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for known in &self.known {
            match (&known.country, known.names_to_find()) {
                (Some(country), _) if country.len() == 3 && country != "IGO" && country != "NGO" => {
                    found.insert(format!("country {country}"));
                }
                (_, keys) => found.extend(keys),
            }
        }
        found.extend(self.heads.iter().map(|head| format!("word {head}")));
        found
    }
}

/// The word that says what an unnamed party is.
fn head(actor: &Actor) -> Option<String> {
    let name = fold(&actor.name);
    // "head of the police" is known by its first noun, "two soldiers" by its last.
    let phrase = name.split(" of ").next().unwrap_or(&name).split(" in ").next().unwrap_or(&name);
    let word = phrase.split(' ').next_back().filter(|w| !w.is_empty() && actor.kind != ActorKind::Country)?;
    let people = matches!(word, "people" | "persons" | "person" | "civilians" | "residents" | "others" | "men");
    Some(if people { "person".to_owned() } else { word.strip_suffix('s').unwrap_or(word).to_owned() })
}
