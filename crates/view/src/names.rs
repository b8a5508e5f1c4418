use crate::phrase::{Phrase, Role};
use crate::words::joint;
use onrecord_record::{Actor, ActorKind, Figure, Id, Record};
use onrecord_text::Document;
use std::borrow::Cow;
use std::collections::HashMap;

/// A record with its document, able to look up what ids refer to.
pub struct Names<'a> {
    /// The report.
    pub document: &'a Document,
    /// What was read from it.
    pub record: &'a Record,
    actors: HashMap<&'a str, &'a Actor>,
    short: HashMap<&'a str, &'a str>,
    figures: HashMap<&'a str, &'a Figure>,
    parts: HashMap<&'a str, Vec<&'a Figure>>,
}

impl<'a> Names<'a> {
    /// Indexes a record.
    pub fn new(document: &'a Document, record: &'a Record) -> Self {
        let actors = record.actors.iter().map(|actor| (actor.id.as_str(), actor)).collect();
        let figures = record.figures.iter().map(|figure| (figure.id.as_str(), figure)).collect();
        let mut parts: HashMap<&str, Vec<&Figure>> = HashMap::new();
        for figure in &record.figures {
            if let Some(whole) = &figure.part_of {
                parts.entry(whole).or_default().push(figure);
            }
        }
        let ends = name_ends(record);
        let short =
            record.actors.iter().filter_map(|actor| Some((actor.id.as_str(), short_name(document, &ends, actor)?))).collect();
        Names { document, record, actors, short, figures, parts }
    }

    /// The figure with this id.
    pub(crate) fn figure(&self, id: &str) -> Option<&'a Figure> {
        self.figures.get(id).copied()
    }

    /// The figures that are parts of the one with this id.
    pub(crate) fn parts(&self, id: &str) -> &[&'a Figure] {
        self.parts.get(id).map_or(&[], Vec::as_slice)
    }

    /// What to call an actor: a person as the report does for short, anybody else by the full name; the id itself where a
    /// record refers to nobody.
    pub(crate) fn name(&self, id: &'a str) -> Cow<'a, str> {
        let name = self.short.get(id).copied().unwrap_or_else(|| self.actors.get(id).map_or(id, |actor| actor.name.as_str()));
        // A name that was found at the head of a sentence, and stands in the middle of a line.
        match name.strip_prefix("The ") {
            Some(rest) => Cow::Owned(format!("the {rest}")),
            None => Cow::Borrowed(name),
        }
    }

    /// Adds the names of actors to a phrase: *A, B and C*.
    pub(crate) fn list(&self, ids: &'a [Id], role: Role, phrase: &mut Phrase) {
        for (i, id) in ids.iter().enumerate() {
            phrase.part(Role::Plain, joint(i, ids.len())).part(role, self.name(id));
        }
    }

    /// Who vouches for a record, in words; nothing where it is the outlet.
    pub(crate) fn giver(&self, given_by: &'a [Id]) -> String {
        let Some((outermost, inner)) = given_by.split_first() else { return String::new() };
        let says = if self.is_plural(outermost) { "say" } else { "says" };
        let cited = inner.iter().map(|id| format!(", citing {}", self.name(id)));
        format!("{says} {}{}", self.name(outermost), cited.collect::<String>())
    }

    /// Whether a verb after the actor's name stands in the plural: *officials say*, *the Air Force says*.
    pub(crate) fn is_plural(&self, id: &str) -> bool {
        let Some(actor) = self.actors.get(id) else { return false };
        // *reports from Kyiv* are as many as *reports*.
        let head = [" of ", " from ", " in ", " at ", " with ", " to ", " who ", " close ", " familiar "]
            .iter()
            .filter_map(|after| actor.name.find(after))
            .min()
            .map_or(actor.name.as_str(), |end| &actor.name[..end]);
        let last = head.split_whitespace().next_back().unwrap_or_default();
        let looks_plural = last.ends_with('s') && !last.ends_with("ss") && !last.ends_with("’s") && !last.ends_with("'s");
        // *Hamas* and *Reuters* are one; *officials*, *the Houthis* and *Ukrainians* are many.
        let many = match actor.kind {
            ActorKind::Population => true,
            ActorKind::Other => last.starts_with(char::is_lowercase) || !actor.name.contains(' '),
            _ => last.starts_with(char::is_lowercase) || actor.kind == ActorKind::ArmedGroup && actor.name.starts_with("the "),
        };
        actor.name.contains(" and ") || looks_plural && many || last == "people"
    }
}

/// What names of persons begin and end with, word by word, with the person; nobody where it is several.
///
/// *Trump’s envoy* does not make *Trump* unclear; a wife or a brother of the same name does.
fn name_ends(record: &Record) -> HashMap<&str, Option<&str>> {
    let mut ends = HashMap::new();
    for actor in record.actors.iter().filter(|actor| actor.kind == ActorKind::Person) {
        let name = actor.name.as_str();
        let blanks = name.match_indices(' ').flat_map(|(at, _)| [&name[..at], &name[at + 1..]]);
        for end in blanks.chain([name]) {
            let person: &mut Option<&str> = ends.entry(end).or_insert(Some(&actor.id));
            *person = person.filter(|id| *id == actor.id);
        }
    }
    ends
}

/// How the report itself calls a person for short (*Zelenskyy*): the shortest mention that is part of the full name and of
/// no other person's.
fn short_name<'a>(document: &'a Document, ends: &HashMap<&str, Option<&str>>, actor: &Actor) -> Option<&'a str> {
    if actor.kind != ActorKind::Person {
        return None;
    }
    let mentions = actor.mentions.iter().map(|&span| document.slice(span)).filter(|mention| has_words(&actor.name, mention));
    let shortest = mentions.min_by_key(|mention| mention.len())?;
    let own = ends.get(shortest).is_none_or(|person| *person == Some(&actor.id));
    (own && shortest.starts_with(char::is_uppercase)).then_some(shortest)
}

/// Whether `part` stands in `name` as whole words.
fn has_words(name: &str, part: &str) -> bool {
    let whole = |at: usize| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !letter(name[..at].chars().next_back()) && !letter(name[at + part.len()..].chars().next())
    };
    !part.is_empty() && name.match_indices(part).any(|(at, _)| whole(at))
}
