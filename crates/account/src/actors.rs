//! One actor in many reports: Zelensky and Zelenskyy, the RSF and the Rapid Support Forces.

use crate::item::{Item, Keys, Same};
use crate::naming::{self, acronym, initials, is_proper, without_titles};
use crate::words::{fold, sound};
use onrecord_record::{Actor, ActorKind, Sector};
use onrecord_text::Document;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Those who act for a state, and those who act against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// Governments, their forces, police and courts.
    State,
    /// Rebels and other armed groups.
    Armed,
}

/// What an actor of one report is known by elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Known {
    /// A state: ISO 3166 code; its government is the same actor.
    pub state: Option<String>,
    /// Folded proper names, as the report writes them.
    pub names: BTreeSet<String>,
    /// Of a person: family name and given name, folded.
    pub person: Option<(String, Option<String>)>,
    /// Country code, where it has one.
    pub country: Option<String>,
    /// Acronyms it is written with: *UN*.
    pub acronyms: BTreeSet<String>,
    /// What its longer names could be shortened to.
    pub initials: BTreeSet<String>,
    /// Of a state's own forces: which of them.
    pub force: Option<Cow<'static, str>>,
    /// Which side it stands on in its country, where that is known.
    pub side: Option<Side>,
    /// What it is, coarsely: forces and groups of one name are one, persons and bodies never.
    pub is_person: bool,
}

impl Known {
    /// What the report tells of the actor.
    pub fn new(document: &Document, actor: &Actor) -> Self {
        let is_person = actor.kind == ActorKind::Person;
        let written = naming::written(document, actor);
        let names: BTreeSet<String> = written.iter().map(|w| fold(without_titles(w))).filter(|w| w.len() > 1).collect();
        Known {
            state: state(actor),
            person: is_person.then(|| person(&names)).flatten(),
            acronyms: written.iter().filter(|_| !is_person).filter_map(|w| acronym(w)).collect(),
            initials: written.iter().filter(|_| !is_person).filter_map(|w| initials(w)).collect(),
            names,
            country: actor.country.clone(),
            force: force(actor).map(Cow::Borrowed),
            side: side(actor),
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
        let force = self.force.iter().map(|force| format!("force {force} {}", self.country.as_deref().unwrap_or_default()));
        let names = self.names.iter().map(|name| format!("name {name}"));
        names.chain(force).collect()
    }

    /// How sure the two are the same, from 0 to 1; none when they are not known to be.
    pub fn likeness(&self, other: &Known) -> Option<f64> {
        if self.differs(other) {
            return None;
        }
        let called = !self.names.is_disjoint(&other.names);
        match (&self.state, &other.state, &self.person, &other.person) {
            (Some(a), Some(b), ..) => (a == b).then_some(1.0),
            (_, _, Some((a, given)), Some((b, other_given))) if a == b => Some(match (given, other_given) {
                (Some(x), Some(y)) if same_given(x, y) => 1.0,
                // Two who share a family name and a country, or of whom nothing else is known.
                _ if self.country.is_some() && self.country == other.country => 0.8,
                _ => 0.6,
            }),
            (None, None, None, None) if called => Some(0.9),
            (None, None, None, None) if self.force.is_some() && self.force == other.force => Some(0.85),
            (None, None, None, None) => {
                let shortened = |a: &Known, b: &Known| !a.acronyms.is_disjoint(&b.initials);
                (shortened(self, other) || shortened(other, self)).then_some(0.8)
            }
            _ => None,
        }
    }

    /// They differ in what one actor has only one of.
    pub fn differs(&self, other: &Known) -> bool {
        let differ = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && a != b;
        let given = |k: &Known| k.person.as_ref().and_then(|(_, given)| given.clone());
        let (a, b) = (given(self), given(other));
        let both = a.as_ref().zip(b.as_ref());
        // One who is known by the same two names is the same, whatever country a report seems to give.
        let full = both.is_some_and(|(a, b)| same_given(a, b)) && self.family() == other.family();
        let names = both.is_some_and(|(a, b)| !may_be_given(a, b));
        self.is_person != other.is_person
            || (differ(&self.country, &other.country) && !full)
            || differ(&self.state, &other.state)
            || names
    }

    fn family(&self) -> Option<&String> {
        self.person.as_ref().map(|(family, _)| family)
    }
}

impl Item for Known {
    /// By its names; an acronym finds, and is found by, the names that it may stand for.
    fn keys(&self) -> Keys {
        let mut keys = Keys::both(self.names_to_find());
        for (own, others, letters) in [("short", "long", &self.acronyms), ("long", "short", &self.initials)] {
            keys.under.extend(letters.iter().map(|l| format!("{own} {l}")));
            keys.finds.extend(letters.iter().map(|l| format!("{others} {l}")));
        }
        keys
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
        let all = |words: &BTreeSet<String>| words.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        let force = self.force.as_deref().unwrap_or("-");
        let called = [&self.names, &self.acronyms, &self.initials].map(all).join("; ");
        (!self.names.is_empty() || self.force.is_some()).then(|| format!("body {called}; {force}, {country}"))
    }
}

/// The country whose government acts under this name.
fn state(actor: &Actor) -> Option<String> {
    let country = actor.country.as_ref().filter(|c| is_state(c))?;
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

/// Words that say no more than that these are forces.
const FORCES: &[&str] = &[
    "army", "armed", "force", "forces", "military", "national", "general", "staff", "command", "defence", "defense", "our", "of",
    "its", "their", "troops", "soldiers",
];

/// Which forces of its country these are: *the Sudanese army*, *the Sudanese Armed Forces*, *our air force*.
fn force(actor: &Actor) -> Option<&'static str> {
    actor.country.as_ref().filter(|c| actor.kind == ActorKind::Military && is_state(c))?;
    let name = fold(&actor.name);
    let words: Vec<&str> = name.split(' ').take_while(|w| *w != "of" || name.starts_with("general")).collect();
    let branch = if words.contains(&"air") {
        "air force"
    } else if words.contains(&"navy") {
        "navy"
    } else if words.iter().any(|w| matches!(*w, "army" | "military" | "armed")) {
        "army"
    } else {
        return None;
    };
    let own = words.iter().filter(|w| !FORCES.contains(w) && !matches!(**w, "air" | "navy")).count();
    (own <= 1).then_some(branch)
}

fn side(actor: &Actor) -> Option<Side> {
    use Sector::{Cop, Gov, Jud, Leg, Mil, Reb, Spy, Uaf};
    match (actor.kind, actor.sector) {
        (ActorKind::ArmedGroup, _) | (_, Some(Reb | Uaf)) => Some(Side::Armed),
        (ActorKind::Country | ActorKind::Government | ActorKind::Military, _) | (_, Some(Gov | Mil | Cop | Leg | Jud | Spy)) => {
            Some(Side::State)
        }
        _ => None,
    }
}

/// True for an ISO 3166 code, false for the codebook's *IGO* and *NGO*.
pub(crate) fn is_state(country: &str) -> bool {
    country.len() == 3 && !matches!(country, "IGO" | "NGO")
}

/// Family name and given name of the fullest form, as they sound.
fn person(names: &BTreeSet<String>) -> Option<(String, Option<String>)> {
    let fullest = names.iter().max_by_key(|n| (n.split(' ').count().min(3), n.len()))?;
    let mut words: Vec<&str> = fullest.split(' ').collect();
    let family = sound(words.pop()?);
    Some((family, words.first().map(|w| sound(w))))
}

/// Two spellings of one given name: *Viktar* and *Viktor* have the same consonants.
fn same_given(a: &str, b: &str) -> bool {
    let consonants = |name: &str| name.chars().filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')).collect::<String>();
    a == b || (a.len().min(b.len()) > 3 && consonants(a) == consonants(b))
}

/// The same given name, or one that could be the other's initial.
fn may_be_given(a: &str, b: &str) -> bool {
    let first = |name: &str| name.chars().next();
    same_given(a, b) || (first(a) == first(b) && a.chars().count().min(b.chars().count()) == 1)
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
