//! Which entity a noun phrase names.

use super::entity::{Class, Entity, normal};
use super::phrase::Phrase;
use super::{Actors, code};
use crate::context::Context;
use crate::lexicon::titles::Modifier;
use crate::lexicon::{Country, NounSet};
use crate::tree::Tree;
use onrecord_language::{Deprel, NameKind, Upos};
use onrecord_record::ActorKind;

/// Prepositions after which a capital is a place and not its government.
const LOCATIVE: &[&str] = &["in", "at", "near", "outside", "around", "from", "across", "inside", "over", "through"];
/// Most words of a title before a name.
const LONGEST_TITLE: usize = 6;
/// How many mentions a definite phrase looks back for what it stands for.
pub const MEMORY: usize = 400;

/// True when the name finder, a title before it or its first name says that the phrase names a person.
pub fn names_person(ctx: &Context, phrase: &Phrase) -> bool {
    let words = phrase.name_words();
    let (Some(first), Some(name)) = (words.first(), &phrase.name) else { return false };
    if phrase.name_kind == Some(NameKind::Per)
        || (phrase.name_kind != Some(NameKind::Loc) && ctx.lexicon.officeholders.knows(ctx.slice(phrase.name_span())))
    {
        return true;
    }
    let titled =
        phrase.core.iter().any(|&i| i < name.start && ctx.lexicon.titles.get(phrase.tree.lower(i)).is_some_and(|t| t.prefix));
    let known_first = words.len() >= 2 && ctx.lexicon.first_names.gender(first).is_some();
    phrase.name_kind != Some(NameKind::Loc) && (titled || known_first)
}

/// True when two phrases in apposition can mean one actor: not two people, not two countries.
pub fn may_be_one(ctx: &Context, a: &Phrase, b: &Phrase) -> bool {
    let (person_a, person_b) = (names_person(ctx, a), names_person(ctx, b));
    let bare = |p: &Phrase| {
        p.name.is_some() && p.core.iter().all(|&i| p.name.as_ref().is_some_and(|n| n.contains(&i)) || p.tree.rel(i) == Deprel::Det)
    };
    match (a.name.is_some(), b.name.is_some()) {
        // "Foreign Office Minister, Tobias Ellwood": a role in capitals beside a name.
        (true, true) if person_a != person_b => role_of(ctx, if person_a { b } else { a }).is_some(),
        // "Syrian Democratic Forces (SDF)": an abbreviation.
        (true, true) => {
            !person_a
                && bare(b)
                && is_acronym(&b.name_words().join(""))
                && b.head > 0
                && matches!(b.tree.form(b.head - 1), "(" | "[")
        }
        (false, false) => false,
        _ => true,
    }
}

/// True for a name on the map that is no country: places are acted in, not on.
pub fn is_place(ctx: &Context, phrase: &Phrase) -> bool {
    phrase.name_kind == Some(NameKind::Loc) || (phrase.name.is_some() && known_place(ctx, ctx.slice(phrase.name_span())))
}

/// The name finder takes some towns for people; a name of the gazetteer is none.
fn known_place(ctx: &Context, name: &str) -> bool {
    ctx.lexicon.cities.by_name(name).is_some()
}

/// The words before `start` that a title of several words goes back over: *U.S. Secretary* before *of State*.
fn office_before(ctx: &Context, tree: &Tree, start: usize) -> Option<std::ops::Range<usize>> {
    let covers = |first: usize| {
        let words: Vec<&str> = (first..tree.len().min(start + LONGEST_TITLE)).map(|i| tree.lower(i)).collect();
        ctx.lexicon.titles.longest_prefix(&words).is_some_and(|(n, _)| first + n > start)
    };
    let first = (start.saturating_sub(3)..start).find(|&i| covers(i))?;
    // "U.S." and the like before it.
    let named = (first.saturating_sub(2)..first).rev().take_while(|&i| tree.upos(i) == Upos::Propn).last();
    Some(named.unwrap_or(first)..start)
}

fn is_acronym(word: &str) -> bool {
    word.chars().count() >= 2 && word.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '.' | '&'))
}

/// The title that a phrase's words hold, if any: *foreign minister* in *Russia's Deputy Foreign Minister*.
pub fn role_of<'c>(ctx: &'c Context, phrase: &Phrase) -> Option<&'c crate::lexicon::Title> {
    title_in(ctx, &phrase.lower_words())
}

/// The title that a phrase's head belongs to: of *Deputy Foreign Minister*, not of *Foreign Minister talks*.
pub fn office_of<'c>(ctx: &'c Context, phrase: &Phrase) -> Option<&'c crate::lexicon::Title> {
    let words = phrase.lower_words();
    let head = phrase.core.iter().filter(|&&i| phrase.tree.rel(i) != Deprel::Det).position(|&i| i == phrase.head)?;
    let found = (0..=head).find_map(|i| ctx.lexicon.titles.longest_prefix(&words[i..]).map(|(n, title)| (i + n, title)));
    // Titles go on behind their head: *secretary of state*.
    found.filter(|&(end, title)| end > head || title.head == words[head]).map(|(_, title)| title)
}

/// The first title among these words.
fn title_in<'c>(ctx: &'c Context, words: &[&str]) -> Option<&'c crate::lexicon::Title> {
    (0..words.len()).find_map(|i| ctx.lexicon.titles.longest_prefix(&words[i..]).map(|(_, title)| title))
}

impl Actors {
    /// The entity a phrase names, by name, role or kind; `None` when its head is no word for an actor.
    pub(super) fn identify(&mut self, ctx: &Context, phrase: &Phrase) -> Option<usize> {
        if phrase.name.is_some() {
            return self
                .country(ctx, phrase)
                .or_else(|| self.body(ctx, phrase, true))
                .or_else(|| self.person(ctx, phrase))
                .or_else(|| self.office(ctx, phrase))
                .or_else(|| self.body(ctx, phrase, false))
                .or_else(|| self.common(ctx, phrase));
        }
        self.common(ctx, phrase)
    }

    /// A country by name, seat of government, or people.
    fn country(&mut self, ctx: &Context, phrase: &Phrase) -> Option<usize> {
        let words = ctx.slice(phrase.name_span());
        // "Northern Cyprus" is not Cyprus.
        let whole = code::proper_words(phrase);
        if whole.len() > words.len() && ctx.lexicon.organisations.get(&whole).is_some() {
            return None;
        }
        // Valeska Paris, Michael Jordan: named as a person first, the surname goes on naming that person.
        let surname = self.entities.surnamed(words).next().is_some();
        if let Some(country) = ctx.lexicon.countries.by_name(words) {
            let another = surname && self.entities.of_country(&country.iso3).is_none();
            return (!another).then(|| self.country_entity(country, ActorKind::Country));
        }
        if surname {
            return None;
        }
        if matches!(words, "North" | "South" | "East" | "West") && phrase.definite() {
            return self.latest(|e| e.class == Class::Country && e.actor.name.starts_with(words));
        }
        let country = ctx.lexicon.countries.by_seat(words)?;
        let place = phrase.tree.children_by(phrase.head, &[Deprel::Case]).any(|c| LOCATIVE.contains(&phrase.tree.lower(c)));
        (!place).then(|| self.country_entity(country, ActorKind::Government))
    }

    /// The one entity of a country.
    pub(super) fn country_entity(&mut self, country: &Country, kind: ActorKind) -> usize {
        let known = self.entities.of_country(&country.iso3);
        let entity = known.unwrap_or_else(|| {
            let mut new = Entity::new(&country.name, Class::Country, kind);
            code::country(&mut new, country);
            self.entities.add(new)
        });
        if kind == ActorKind::Government {
            self.entities[entity].actor.kind = kind;
        }
        entity
    }

    /// A person whose title, not name, heads the phrase: *Secretary of State Ann Lee*, however it was parsed.
    pub(super) fn titled(&mut self, ctx: &Context, s: usize, t: usize) -> Option<usize> {
        let tree = &ctx.trees[s];
        let name = tree
            .sentence
            .names
            .iter()
            .find(|n| n.kind == NameKind::Per && n.tokens.start > t && n.tokens.start <= t + LONGEST_TITLE)?;
        let words: Vec<&str> = (t..name.tokens.start).map(|i| tree.lower(i)).collect();
        let (n, title) = ctx.lexicon.titles.longest_prefix(&words)?;
        // Between title and name stands at most a rank or a field of office: "Officer 1st Class", "Minister for Trade,".
        let office = |i: usize| {
            matches!(tree.lower(i), "for" | "of" | "the" | "and" | ",")
                || tree.form(i).starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        };
        let common = tree.form(t) == tree.lower(t);
        if !title.prefix || (common && n != words.len()) || !(t + n..name.tokens.start).all(office) {
            return None;
        }
        let named = name.tokens.clone().find(|&i| tree.head(i).is_none_or(|h| !name.tokens.contains(&h)))?;
        let mut phrase = Phrase::at(tree, named);
        let first = Phrase::at(tree, t).core.first().copied().unwrap_or(t);
        phrase.core = (first.min(t)..name.tokens.end).collect();
        let entity = self.person(ctx, &phrase)?;
        // "Foreign Office Minister, Ann Lee": the words before the comma are the role.
        if phrase.before_name().is_empty() {
            let role: Vec<usize> =
                phrase.core.iter().copied().filter(|&i| i < name.tokens.start && tree.upos(i) != Upos::Punct).collect();
            self.learn_role(ctx, entity, tree, &role);
        }
        self.note(ctx, s, &phrase, entity);
        Some(entity)
    }

    /// A person by name; the words before the name are a role.
    fn person(&mut self, ctx: &Context, phrase: &Phrase) -> Option<usize> {
        let mut words = phrase.name_words();
        let lower: Vec<String> = words.iter().map(|w| w.to_lowercase()).collect();
        let lower: Vec<&str> = lower.iter().map(String::as_str).collect();
        // The name finder may take the title into the name.
        let title_words =
            ctx.lexicon.titles.longest_prefix(&lower).map_or(0, |(n, t)| if n < words.len() && t.prefix { n } else { 0 });
        words.drain(..title_words);
        let name = phrase.name.clone()?;
        let start = phrase.tree.token(name.start + title_words).span.start;
        let name_text = &phrase.tree.text[start..phrase.name_span().end];
        let known = self.entities.surnamed(name_text).find(|&e| same_person(&self.entities[e].actor.name, name_text));
        if known.is_none() && known_place(ctx, name_text) {
            return None;
        }
        if known.is_none() && !names_person(ctx, phrase) {
            return None;
        }
        let entity = known.unwrap_or_else(|| {
            let mut new = Entity::new(name_text, Class::Person, ActorKind::Person);
            new.gender = words.first().and_then(|first| ctx.lexicon.first_names.gender(first));
            self.entities.add(new)
        });
        self.entities.rename(entity, name_text);
        let mut role = phrase.before_name();
        if let Some(office) = office_before(ctx, phrase.tree, role.first().copied().unwrap_or(name.start)) {
            role.splice(0..0, office);
        }
        role.extend(name.start..name.start + title_words);
        self.learn_role(ctx, entity, phrase.tree, &role);
        Some(entity)
    }

    /// A body by name. With `listed`, only one that the lexicon or this report knows.
    pub(super) fn body(&mut self, ctx: &Context, phrase: &Phrase, listed: bool) -> Option<usize> {
        let text = code::proper_words(phrase);
        let form = normal(&text);
        let name = normal(ctx.slice(phrase.name_span()));
        let entry = code::organisation(ctx, phrase);
        let listed_name = entry.map(|o| normal(&o.name)).unwrap_or_default();
        let forms = [form.as_str(), &name, &listed_name];
        let by_name = forms.into_iter().flat_map(|f| self.entities.named(f)).find(|&e| self.entities[e].class == Class::Body);
        let known = by_name.or_else(|| self.entities.abbreviated(&name).next());
        if let Some(entity) = known {
            self.entities.rename(entity, &text);
            return Some(entity);
        }
        if let Some(entry) = entry {
            let mut new = Entity::new(&text, Class::Body, entry.kind);
            code::listed(&mut new, entry);
            new.answer_to([phrase.tree.lower(phrase.head)]);
            return Some(self.entities.add(new));
        }
        let looks = phrase.name_kind == Some(NameKind::Org)
            || code::noun(ctx, phrase).is_some()
            || is_acronym(&phrase.name_words().join(""));
        if listed || !looks || phrase.name_kind == Some(NameKind::Loc) {
            return None;
        }
        // "the Coalition" after "the Counter-Daesh Coalition".
        let head = phrase.tree.lower(phrase.head);
        let short = phrase.core.iter().filter(|&&i| phrase.tree.rel(i) != Deprel::Det).count() == 1;
        if let Some(entity) = short.then(|| self.latest(|e| e.class == Class::Body && e.heads.iter().any(|h| h == head))).flatten()
        {
            return Some(entity);
        }
        let mut new = Entity::new(&text, Class::Body, ActorKind::Organisation);
        code::named_body(ctx, phrase, &mut new);
        new.answer_to([head]);
        Some(self.entities.add(new))
    }

    /// A person known only by an office in capitals: *the Secretary-General*, *the Foreign Secretary*.
    fn office(&mut self, ctx: &Context, phrase: &Phrase) -> Option<usize> {
        let title = office_of(ctx, phrase)?;
        let person = code::noun(ctx, phrase).is_none_or(|n| n.kind == ActorKind::Person);
        (title.sector.is_some() && person && !phrase.plural()).then(|| self.common(ctx, phrase)).flatten()
    }

    /// A phrase whose head is a common noun: a government, a role, a group.
    fn common(&mut self, ctx: &Context, phrase: &Phrase) -> Option<usize> {
        let head = phrase.tree.lemma(phrase.head).to_lowercase();
        let country = code::country_of(ctx, phrase);
        if ctx.lexicon.noun_sets.has(NounSet::Government, &head) {
            // A region's authorities are not the country's.
            if let Some(country) = code::country_named(ctx, phrase) {
                return Some(self.country_entity(country, ActorKind::Government));
            }
            let plain = phrase.definite() && phrase.lower_words().len() == 1;
            if let Some(entity) =
                plain.then(|| self.latest(|e| e.actor.kind == ActorKind::Government || e.heads.contains(&head))).flatten()
            {
                return Some(entity);
            }
        }
        if matches!(head.as_str(), "country" | "nation") && phrase.definite() && !phrase.plural() {
            return self.latest(|e| e.class == Class::Country);
        }
        if let Some(people) =
            ctx.lexicon.countries.by_demonym(phrase.tree.form(phrase.head)).filter(|_| phrase.tree.upos(phrase.head) != Upos::Adj)
        {
            return Some(self.group(ctx, phrase, &head, Some(people)));
        }
        if let Some(title) = office_of(ctx, phrase).filter(|_| !phrase.plural()) {
            let heads = title.head.clone();
            // Who was first an office without a country is not the holder of another country's.
            let known_country = |e: &Entity| e.class != Class::Role || country.is_none() || e.actor.country.is_some();
            let is = |e: &Entity| {
                matches!(e.class, Class::Person | Class::Role)
                    && e.heads.iter().any(|h| *h == heads || *h == head)
                    && code::compatible(e, country)
                    && known_country(e)
            };
            // In headings and summaries the article is left out: "Minister condemns".
            let refers = phrase.definite() || phrase.tree.form(phrase.head).starts_with(char::is_uppercase);
            let known = refers.then(|| self.latest(is)).flatten();
            return Some(known.unwrap_or_else(|| self.role(ctx, phrase)));
        }
        code::noun(ctx, phrase)?;
        Some(self.group(ctx, phrase, &head, country))
    }

    /// A person known only by role.
    fn role(&mut self, ctx: &Context, phrase: &Phrase) -> usize {
        let text = ctx.slice(phrase.span());
        let form = normal(text);
        if let Some(known) = self.entities.named(&form).find(|&e| self.entities[e].class == Class::Role) {
            return known;
        }
        let entity = self.entities.add(Entity::new(ctx.slice(phrase.long_span()), Class::Role, ActorKind::Person));
        self.learn_role_of(ctx, entity, phrase);
        entity
    }

    /// People or things named by what they are.
    fn group(&mut self, ctx: &Context, phrase: &Phrase, head: &str, country: Option<&Country>) -> usize {
        let text = ctx.slice(phrase.span());
        let form = normal(text);
        let words: Vec<&str> = form.split(' ').collect();
        let refers = |e: &Entity| {
            let same_head = e.heads.iter().any(|h| h == head) && !matches!(e.class, Class::Person | Class::Country);
            same_head && e.forms.iter().any(|f| words.iter().all(|w| f.split(' ').any(|x| x == *w))) && code::compatible(e, country)
        };
        let same = self.entities.named(&form).find(|&e| matches!(self.entities[e].class, Class::Group | Class::Other));
        let known = same.or_else(|| phrase.definite().then(|| self.latest(refers)).flatten());
        known.unwrap_or_else(|| {
            let mut new = Entity::new(ctx.slice(phrase.long_span()), Class::Group, ActorKind::Other);
            code::group(ctx, phrase, &mut new, country);
            new.answer_to([head]);
            self.entities.add(new)
        })
    }

    /// An actor for a phrase that names nobody known.
    pub(super) fn describe(&mut self, ctx: &Context, phrase: &Phrase) -> usize {
        let text = ctx.slice(phrase.span());
        let form = normal(text);
        if let Some(known) = self.entities.named(&form).next() {
            return known;
        }
        let mut new = Entity::new(ctx.slice(phrase.long_span()), Class::Other, ActorKind::Other);
        new.plural = phrase.plural();
        new.actor.country = code::country_of(ctx, phrase).map(|c| c.iso3.clone());
        new.answer_to([phrase.tree.lemma(phrase.head)]);
        self.entities.add(new)
    }

    /// What an apposition adds: an abbreviation or a role.
    pub(super) fn learn(&mut self, ctx: &Context, entity: usize, side: &Phrase) {
        if self.entities[entity].class == Class::Person {
            self.learn_role_of(ctx, entity, side);
        } else if side.name.is_some() {
            self.entities.name(entity, ctx.slice(side.name_span()));
        } else if let Some(noun) = code::noun(ctx, side).filter(|_| self.entities[entity].class == Class::Body) {
            // "the Red Plain, an armed group that ..."
            if self.entities[entity].actor.sector.is_none() {
                code::describe_body(ctx, side, noun, &mut self.entities[entity]);
            }
            self.entities[entity].answer_to([side.tree.lemma(side.head)]);
        }
    }

    /// Takes the role that a phrase without a name is, with its complements: *commander of U.S. Central Command*.
    fn learn_role_of(&mut self, ctx: &Context, entity: usize, phrase: &Phrase) {
        let tree = phrase.tree;
        let outside = |c: usize| {
            let clause = matches!(
                tree.rel(c),
                Deprel::AclRelcl | Deprel::Acl | Deprel::Appos | Deprel::Conj | Deprel::Cc | Deprel::Punct | Deprel::Case
            );
            clause && tree.head(c) == Some(phrase.head)
        };
        let words: Vec<usize> =
            tree.subtree_without(phrase.head, outside).into_iter().filter(|&i| tree.rel(i) != Deprel::Det).collect();
        self.learn_role(ctx, entity, tree, &words);
    }

    /// Takes role words: text, sector, country and whom one speaks for in it.
    fn learn_role(&mut self, ctx: &Context, entity: usize, tree: &Tree, words: &[usize]) {
        let lower: Vec<&str> = words.iter().map(|&i| tree.lower(i)).collect();
        let Some(title) = title_in(ctx, &lower) else { return };
        let Some(span) = tree.span_of(words) else { return };
        let former = lower.iter().any(|w| ctx.lexicon.titles.modifier(w) == Some(Modifier::Former));
        let at = words.iter().position(|&i| tree.lower(i) == title.head).unwrap_or(0);
        let before = &words[..at];
        let employer = || code::employer(ctx, tree, before);
        // "head of the army", "president of the Senate".
        let behind = || {
            let start = words.iter().skip(at + 1).position(|&i| matches!(tree.lower(i), "of" | "for" | "at" | "in"))? + at + 2;
            let end = words.iter().skip(start).position(|&i| tree.upos(i) == Upos::Adp).map_or(words.len(), |n| start + n);
            code::employer(ctx, tree, &words[start..end])
        };
        let sector = if ctx.lexicon.noun_sets.has(NounSet::Bearer, &title.head) {
            employer().or_else(behind).or(title.sector)
        } else {
            title.sector.or_else(employer)
        };
        let sector = if former { code::past(sector) } else { sector };
        let principal = (title.principal && !former).then(|| self.principal_in(ctx, tree, words)).flatten();
        let e = &mut self.entities[entity];
        let role = ctx.slice(span);
        if e.class == Class::Person && !e.actor.roles.iter().any(|r| r == role) {
            e.actor.roles.push(role.to_string());
        }
        e.answer_to([title.head.as_str()].into_iter().chain(title.generic.iter().map(String::as_str)));
        e.actor.sector = e.actor.sector.or(sector);
        e.principal = e.principal.or(principal);
        let country = code::country_in(ctx, tree, words).or_else(|| code::country_around(ctx, tree, words)).map(|c| c.iso3.clone());
        let from_principal = e.principal;
        if self.entities[entity].actor.country.is_none() {
            self.entities[entity].actor.country = country
                .or_else(|| from_principal.and_then(|p| self.entities[p].actor.country.clone()))
                .or_else(|| code::listed_in(ctx, tree, words).and_then(|o| o.country.clone()))
                .or_else(|| self.country_of_employer(ctx, tree, before));
        }
    }

    /// The country of the body that a role's words refer back to: *ministry spokesman* after *Peru's foreign ministry*.
    fn country_of_employer(&self, ctx: &Context, tree: &Tree, words: &[usize]) -> Option<String> {
        let body = |w: &str| ctx.lexicon.actor_nouns.get(w).is_some_and(|n| n.group);
        let word = words.iter().rev().map(|&i| tree.lower(i)).find(|w| body(w))?;
        let employer = self.latest(|e| e.actor.country.is_some() && e.heads.iter().any(|h| h == word))?;
        self.entities[employer].actor.country.clone()
    }

    /// The body, else the country, that role words name: *Air Force* spokesman, commander of *U.S. Central Command*.
    fn principal_in(&mut self, ctx: &Context, tree: &Tree, words: &[usize]) -> Option<usize> {
        let windows = (0..words.len()).flat_map(|i| (i..words.len().min(i + 6)).rev().map(move |j| (i, j)));
        let text = |(i, j): (usize, usize)| normal(ctx.slice(tree.token(words[i]).span.cover(tree.token(words[j]).span)));
        let body = windows.map(text).find_map(|form| self.entities.named(&form).find(|&e| self.entities[e].class == Class::Body));
        if body.is_some() {
            return body;
        }
        let country = code::country_in(ctx, tree, words)?;
        let entity = self.country_entity(country, ActorKind::Country);
        // The role's words name it here, if nothing else in the report does.
        let named = words.iter().find(|&&i| code::country_in(ctx, tree, &[i]).is_some_and(|c| c.iso3 == country.iso3));
        let span = named.map(|&i| tree.token(i).span).or_else(|| tree.span_of(words))?;
        self.entities.mention(entity, ctx.document, span);
        Some(entity)
    }

    /// The country, person or body that a modifier names.
    pub(super) fn modifier(&mut self, ctx: &Context, tree: &Tree, t: usize) -> Option<usize> {
        let form = tree.form(t);
        let countries = &ctx.lexicon.countries;
        if let Some(country) = code::country_at(ctx, tree, t).or_else(|| countries.by_demonym(form)) {
            return Some(self.country_entity(country, ActorKind::Country));
        }
        let body = self.entities.named(&normal(form)).find(|&e| self.entities[e].class == Class::Body);
        body.or_else(|| self.entities.surnamed(form).next())
    }

    /// The entity mentioned last among those that fit.
    fn latest(&self, fits: impl Fn(&Entity) -> bool) -> Option<usize> {
        self.back_from(self.now).take(MEMORY).map(|m| m.entity).find(|&e| fits(&self.entities[e]))
    }
}

/// Two names with the same last word are one person's when nothing before it contradicts.
fn same_person(known: &str, name: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (known.split_whitespace().collect(), name.split_whitespace().collect());
    let initial = |w: &str| w.chars().next().map(|c| c.to_lowercase().to_string());
    a.len() == 1 || b.len() == 1 || initial(a[0]) == initial(b[0])
}
