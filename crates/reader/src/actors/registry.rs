//! All entities of a report, indexed by what names them, so that a long report costs no more per word than a short one.

use super::entity::{Class, Entity, normal};
use onrecord_record::Id;
use onrecord_text::{Document, Span};
use std::collections::HashMap;

/// Entities with their indexes. Candidates come back in order of first mention.
#[derive(Default)]
pub struct Registry {
    entities: Vec<Entity>,
    by_form: HashMap<String, Vec<usize>>,
    by_surname: HashMap<String, Vec<usize>>,
    by_initials: HashMap<String, Vec<usize>>,
    by_country: HashMap<String, usize>,
}

impl Registry {
    pub fn add(&mut self, mut entity: Entity) -> usize {
        let index = self.entities.len();
        entity.actor.id = id(index);
        let forms = entity.forms.clone();
        if let (Class::Country, Some(code)) = (entity.class, &entity.actor.country) {
            self.by_country.insert(code.clone(), index);
        }
        if entity.class == Class::Person {
            self.by_surname.entry(surname(&entity.actor.name)).or_default().push(index);
        }
        self.entities.push(entity);
        for form in forms {
            self.enter(index, form);
        }
        index
    }

    /// Enters a form of an entity into the indexes.
    fn enter(&mut self, index: usize, form: String) {
        if self.entities[index].class == Class::Body {
            let letters = initials(&form);
            if letters.len() >= 2 {
                self.by_initials.entry(letters).or_default().push(index);
            }
        }
        self.by_form.entry(form).or_default().push(index);
    }

    /// Adds a name of an entity, normalised or not.
    pub fn name(&mut self, index: usize, name: &str) {
        let form = normal(name);
        if !form.is_empty() && !super::pronoun::is_pronoun(&form) && !self.entities[index].forms.contains(&form) {
            self.entities[index].forms.push(form.clone());
            self.enter(index, form);
        }
    }

    /// Takes `name` as the entity's name when it is fuller than the one known.
    pub fn rename(&mut self, index: usize, name: &str) {
        let known = &mut self.entities[index].actor.name;
        if name.chars().count() > known.chars().count() {
            *known = name.to_string();
        }
        self.name(index, name);
    }

    /// Adds a place that names an entity.
    pub fn mention(&mut self, index: usize, document: &Document, span: Span) {
        let mentions = &mut self.entities[index].actor.mentions;
        if let Err(at) = mentions.binary_search(&span) {
            mentions.insert(at, span);
        }
        self.name(index, document.slice(span));
    }

    /// Entities named by this normalised form.
    pub fn named(&self, form: &str) -> impl Iterator<Item = usize> + '_ {
        self.by_form.get(form).into_iter().flatten().copied()
    }

    /// People whose name ends in the last word of `name`.
    pub fn surnamed(&self, name: &str) -> impl Iterator<Item = usize> + '_ {
        self.by_surname.get(&surname(name)).into_iter().flatten().copied()
    }

    /// Bodies whose name has these initials (*syrian democratic forces* for *sdf*).
    pub fn abbreviated(&self, letters: &str) -> impl Iterator<Item = usize> + '_ {
        self.by_initials.get(letters).into_iter().flatten().copied()
    }

    pub fn of_country(&self, code: &str) -> Option<usize> {
        self.by_country.get(code).copied()
    }

    pub fn len(&self) -> usize {
        self.entities.len()
    }

    pub fn into_entities(self) -> Vec<Entity> {
        self.entities
    }
}

/// Identifier of an entity while the report is read.
pub fn id(index: usize) -> Id {
    format!("a{}", index + 1)
}

impl std::ops::Index<usize> for Registry {
    type Output = Entity;
    fn index(&self, index: usize) -> &Entity {
        &self.entities[index]
    }
}

impl std::ops::IndexMut<usize> for Registry {
    fn index_mut(&mut self, index: usize) -> &mut Entity {
        &mut self.entities[index]
    }
}

/// Last word of a person's name, normalised, without *Jr.* and the like.
pub fn surname(name: &str) -> String {
    let suffix = |w: &&str| !matches!(w.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV");
    name.split_whitespace().rfind(suffix).map(normal).unwrap_or_default()
}

fn initials(form: &str) -> String {
    let words: Vec<&str> = form.split([' ', '-']).filter(|w| !matches!(*w, "of" | "and" | "for" | "on" | "to" | "in")).collect();
    if words.len() < 2 { String::new() } else { words.iter().filter_map(|w| w.chars().next()).collect() }
}
