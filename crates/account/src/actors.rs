//! One actor in many reports: Zelensky and Zelenskyy, the RSF and the Rapid Support Forces.

use crate::item::{Item, Keys, Same};
use crate::words::fold;
use onrecord_record::{Actor, ActorKind, Sector};
use onrecord_text::Document;
use std::collections::BTreeSet;

/// What an actor of one report is known by elsewhere.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// A state: ISO 3166 code; its government is the same actor.
    pub state: Option<String>,
    /// Folded proper names, as the report writes them.
    pub names: BTreeSet<String>,
    /// Of a person: family name and given name, folded.
    pub person: Option<(String, Option<String>)>,
    /// Country code, where it has one.
    pub country: Option<String>,
    /// What it is, coarsely: forces and groups of one name are one, persons and bodies never.
    pub is_person: bool,
}

impl Known {
    /// What the report tells of the actor.
    pub fn new(document: &Document, actor: &Actor) -> Self {
        let is_person = actor.kind == ActorKind::Person;
        let names = proper_names(document, actor);
        Known {
            state: state(actor),
            person: is_person.then(|| person(&names)).flatten(),
            names,
            country: actor.country.clone(),
            is_person,
        }
    }

    /// Where those who may be the same are found; none for one who is only known as *the police*, *officials*.
    pub fn names_to_find(&self) -> Vec<String> {
        if let Some(state) = &self.state {
            return vec![format!("state {state}")];
        }
        if self.is_person {
            return self.person.iter().map(|(family, _)| format!("person {family}")).collect();
        }
        self.names.iter().map(|name| format!("name {name}")).collect()
    }

    /// How sure the two are the same, from 0 to 1; none when they are not known to be.
    pub fn likeness(&self, other: &Known) -> Option<f64> {
        if self.differs(other) {
            return None;
        }
        match (&self.state, &other.state, &self.person, &other.person) {
            (Some(a), Some(b), ..) => (a == b).then_some(1.0),
            (_, _, Some((a, given)), Some((b, other_given))) if a == b => Some(match (given, other_given) {
                (Some(x), Some(y)) if x == y => 1.0,
                // Two who share a family name and a country, or of whom nothing else is known.
                _ if self.country.is_some() && self.country == other.country => 0.8,
                _ => 0.6,
            }),
            (None, None, None, None) => (!self.names.is_disjoint(&other.names)).then_some(0.9),
            _ => None,
        }
    }

    /// They differ in what one actor has only one of.
    pub fn differs(&self, other: &Known) -> bool {
        let differ = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && a != b;
        let given = |k: &Known| k.person.as_ref().and_then(|(_, given)| given.clone());
        let (a, b) = (given(self), given(other));
        let initials = a.as_ref().zip(b.as_ref()).is_some_and(|(a, b)| a.chars().next() != b.chars().next());
        let names = differ(&a, &b) && (initials || a.is_some_and(|a| a.len() > 1) && b.is_some_and(|b| b.len() > 1));
        self.is_person != other.is_person || differ(&self.country, &other.country) || differ(&self.state, &other.state) || names
    }
}

impl Item for Known {
    fn keys(&self) -> Keys {
        Keys::both(self.names_to_find())
    }

    fn same(&self, other: &Self) -> Option<Same> {
        self.likeness(other).map(|sure| Same::new(sure, "same name".into()))
    }

    fn cannot_be(&self, other: &Self) -> bool {
        self.differs(other)
    }

    /// By all that [`Known::likeness`] looks at.
    fn identity(&self) -> Option<String> {
        let country = self.country.as_deref().unwrap_or("-");
        if let Some(state) = &self.state {
            return Some(format!("state {state}"));
        }
        if self.is_person {
            let (family, given) = self.person.as_ref()?;
            return Some(format!("person {family}, {}, {country}", given.as_deref().unwrap_or("-")));
        }
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        (!names.is_empty()).then(|| format!("body {}, {country}", names.join(", ")))
    }
}

/// The country whose government acts under this name.
fn state(actor: &Actor) -> Option<String> {
    let country = actor.country.as_ref().filter(|c| c.len() == 3 && !matches!(c.as_str(), "IGO" | "NGO"))?;
    let whole = match actor.kind {
        ActorKind::Country => true,
        ActorKind::Government => {
            let name = actor.name.to_lowercase();
            let part = ["ministry", "department", "office", "embassy", "agency", "council", "minister"];
            matches!(actor.sector, Some(Sector::Gov) | None) && !part.iter().any(|p| name.contains(p)) && is_proper(&actor.name)
        }
        _ => false,
    };
    whole.then(|| country.clone())
}

/// The names that the report writes with capitals, whatever it writes before them in small letters.
fn proper_names(document: &Document, actor: &Actor) -> BTreeSet<String> {
    let written = actor.mentions.iter().map(|&span| document.slice(span)).chain([actor.name.as_str()]);
    written.filter(|w| is_proper(w)).map(|w| fold(without_titles(w))).filter(|w| w.len() > 1).collect()
}

/// Every longer word is a name's: *Rapid Support Forces*, not *Sudanese officials*.
fn is_proper(words: &str) -> bool {
    let mut long = words.split_whitespace().filter(|w| w.chars().count() > 3 || w.chars().all(char::is_uppercase)).peekable();
    long.peek().is_some() && long.all(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_numeric()))
}

/// A name without *President*, *Mr* and the like before it.
fn without_titles(name: &str) -> &str {
    const TITLES: &[&str] = &[
        "President",
        "Prime",
        "Minister",
        "Foreign",
        "Defence",
        "Defense",
        "Interior",
        "Mr",
        "Mr.",
        "Mrs",
        "Mrs.",
        "Ms",
        "Ms.",
        "Dr",
        "Dr.",
        "General",
        "Gen.",
        "Col.",
        "Colonel",
        "Secretary",
        "Sen.",
        "Senator",
        "King",
        "Queen",
        "Prince",
        "Chancellor",
        "Ambassador",
        "Major",
        "Maj.",
        "Lt.",
        "Capt.",
        "Captain",
        "Sheikh",
        "Ayatollah",
        "Pope",
        "Rep.",
        "Governor",
        "Gov.",
    ];
    let mut rest = name;
    while let Some((first, after)) = rest.split_once(' ').filter(|(first, _)| TITLES.contains(first)) {
        debug_assert!(!first.is_empty());
        rest = after;
    }
    rest
}

/// Family name and given name of the fullest form.
fn person(names: &BTreeSet<String>) -> Option<(String, Option<String>)> {
    let fullest = names.iter().max_by_key(|n| (n.split(' ').count().min(3), n.len()))?;
    let mut words: Vec<&str> = fullest.split(' ').collect();
    let family = words.pop()?.to_owned();
    Some((family, words.first().map(|w| (*w).to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_text::Span;

    fn known(kind: ActorKind, text: &str, country: Option<&str>) -> Known {
        let document = Document::new("d", text);
        let mentions = vec![Span::new(0, text.len())];
        let actor = Actor { name: text.into(), kind, country: country.map(str::to_owned), mentions, ..Actor::default() };
        Known::new(&document, &actor)
    }

    #[test]
    fn persons_by_family_name_unless_given_names_or_countries_differ() {
        let person = |name, country| known(ActorKind::Person, name, country);
        let full = person("Volodymyr Zelenskyy", Some("UKR"));
        assert_eq!(full.likeness(&person("President Zelensky", Some("UKR"))), Some(0.8));
        assert_eq!(full.likeness(&person("Volodymyr Zelenskiy", None)), Some(1.0));
        assert_eq!(person("Jane Smith", None).likeness(&person("John Smith", None)), None);
        assert_eq!(person("J Smith", None).likeness(&person("John Smith", None)), Some(0.6));
        assert_eq!(person("Smith", Some("GBR")).likeness(&person("John Smith", Some("USA"))), None);
        assert_eq!(person("Putin", None).names_to_find(), ["person putin"]);
    }

    #[test]
    fn bodies_by_name_and_states_by_country() {
        let group = |name| known(ActorKind::ArmedGroup, name, None);
        assert_eq!(group("Rapid Support Forces").likeness(&group("the Rapid Support Forces")), Some(0.9));
        assert!(group("gunmen").names_to_find().is_empty());
        let state = known(ActorKind::Country, "Kenya", Some("KEN"));
        assert_eq!(state.likeness(&known(ActorKind::Government, "Kenyan Government", Some("KEN"))), Some(1.0));
        assert_eq!(state.likeness(&known(ActorKind::Person, "Kenya Jones", Some("KEN"))), None);
    }
}
