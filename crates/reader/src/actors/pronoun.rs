//! What a pronoun stands for: the nearest fitting actor before it, subjects first.

use super::entity::Class;
use super::{Actors, is_subject};
use crate::context::Context;
use crate::lexicon::Gender;
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};
use onrecord_record::ActorKind;
use onrecord_text::Span;

/// How many sentences a pronoun may look back.
const REACH: usize = 4;

/// True for a personal, possessive, reflexive or relative pronoun in lower case.
pub fn is_pronoun(word: &str) -> bool {
    const PRONOUNS: &[&str] = &[
        "he",
        "him",
        "his",
        "himself",
        "she",
        "her",
        "hers",
        "herself",
        "it",
        "its",
        "itself",
        "they",
        "them",
        "their",
        "theirs",
        "themselves",
        "i",
        "me",
        "my",
        "mine",
        "myself",
        "we",
        "us",
        "our",
        "ours",
        "ourselves",
        "you",
        "your",
        "yours",
        "who",
        "whom",
        "whose",
        "which",
        "that",
        "this",
        "these",
        "those",
        "what",
        "one",
        "there",
    ];
    PRONOUNS.contains(&word)
}

/// `Some(plural)` for a pronoun of the first person.
pub fn first_person(tree: &Tree, t: usize) -> Option<bool> {
    match tree.lower(t) {
        "i" | "me" | "my" | "mine" | "myself" => Some(false),
        // "US" in capitals is the country.
        "we" | "us" | "our" | "ours" | "ourselves" if tree.form(t) != "US" => Some(true),
        _ => None,
    }
}

/// What a pronoun asks of the actor it stands for.
#[derive(Clone, Copy)]
enum Wanted {
    Person(Gender),
    Thing,
    Plural,
}

fn wanted(word: &str) -> Option<Wanted> {
    match word {
        "he" | "him" | "his" | "himself" => Some(Wanted::Person(Gender::Male)),
        "she" | "her" | "hers" | "herself" => Some(Wanted::Person(Gender::Female)),
        "it" | "its" | "itself" => Some(Wanted::Thing),
        "they" | "them" | "their" | "theirs" | "themselves" => Some(Wanted::Plural),
        _ => None,
    }
}

impl Actors {
    /// The entity that the pronoun at `t` stands for.
    pub(super) fn refer(&mut self, ctx: &Context, s: usize, t: usize) -> Option<usize> {
        let tree = &ctx.trees[s];
        if matches!(tree.lower(t), "who" | "which" | "that" | "whom" | "whose") {
            let clause = tree.ancestors(t).find(|&a| tree.rel(a) == Deprel::AclRelcl)?;
            return self.link(ctx, s, tree.head(clause)?);
        }
        let wanted = wanted(tree.lower(t))?;
        let found = self.look_back(ctx, s, t, wanted)?;
        if let Wanted::Person(gender) = wanted {
            self.entities[found].gender = Some(gender);
        }
        Some(found)
    }

    /// Subjects of this sentence before `t`, then its other actors, then the same in the sentences before.
    fn look_back(&self, ctx: &Context, s: usize, t: usize, wanted: Wanted) -> Option<usize> {
        // "the minister accused him": not the minister, by whatever name.
        let doer = self.doer_beside(ctx, s, t);
        for back in 0..=REACH.min(s) {
            let sentence = s - back;
            let tree = &ctx.trees[sentence];
            let here = self.back_from(sentence).take_while(|m| m.sentence == sentence).filter(|m| back > 0 || m.token < t);
            let fitting: Vec<_> = here
                .filter(|m| self.fits(m.entity, wanted) && !self.is_local(ctx, s, t, m.sentence, m.token) && Some(m.entity) != doer)
                .collect();
            // Inside the sentence the nearest subject; before it the main clause's, else the first.
            let mut subjects = fitting.iter().filter(|m| is_subject(tree, m.token));
            let main =
                || fitting.iter().find(|m| is_subject(tree, m.token) && tree.head(m.token).is_some_and(|h| tree.head(h).is_none()));
            // *They* are many before they are a body: "the villagers" before "the army".
            let many = || fitting.iter().find(|m| matches!(wanted, Wanted::Plural) && self.entities[m.entity].plural);
            let subject = if back == 0 { subjects.next() } else { main().or_else(|| subjects.next_back()) };
            let subject =
                subject.filter(|m| !matches!(wanted, Wanted::Plural) || self.entities[m.entity].plural).or_else(many).or(subject);
            if let Some(found) = subject.or(fitting.first()) {
                return Some(found.entity);
            }
        }
        None
    }

    /// The subject of the verb whose object the pronoun is.
    fn doer_beside(&self, ctx: &Context, s: usize, t: usize) -> Option<usize> {
        let tree = &ctx.trees[s];
        let object = matches!(tree.rel(t), Deprel::Obj | Deprel::Iobj | Deprel::Obl) && !tree.lower(t).ends_with("self");
        let subject = tree.subject(tree.head(t).filter(|_| object)?)?;
        self.links.get(&(s, subject)).copied()
    }

    /// An object pronoun does not stand for the subject of its own verb, nor a possessive for the noun it modifies.
    fn is_local(&self, ctx: &Context, s: usize, t: usize, sentence: usize, token: usize) -> bool {
        let tree = &ctx.trees[s];
        let object = matches!(tree.lower(t), "him" | "her" | "them" | "it") && tree.upos(t) == Upos::Pron && !is_subject(tree, t);
        s == sentence
            && (tree.is_under(t, token) || (object && tree.rel(t) != Deprel::NmodPoss && tree.head(t) == tree.head(token)))
    }

    fn fits(&self, entity: usize, wanted: Wanted) -> bool {
        let e = &self.entities[entity];
        match wanted {
            Wanted::Person(gender) => {
                matches!(e.class, Class::Person | Class::Role)
                    && !e.plural
                    && e.gender.is_none_or(|g| g == gender || g == Gender::Either)
            }
            Wanted::Thing => {
                !e.plural
                    && matches!(e.class, Class::Country | Class::Body | Class::Other | Class::Group)
                    && e.actor.kind != ActorKind::Person
            }
            Wanted::Plural => {
                e.plural || e.collective || matches!(e.class, Class::Body | Class::Country) || e.actor.kind == ActorKind::Population
            }
        }
    }

    /// Who says *I* or *we* at `span`; a *we* holds for the speaker's government or organisation too.
    pub(super) fn speaker_at(&self, ctx: &Context, s: usize, span: Span, plural: bool) -> Vec<usize> {
        let mut passages = self.speech.get(&s).into_iter().flatten();
        let Some((_, speakers)) = passages.find(|(passage, _)| passage.contains(span)) else {
            return if plural { self.issuer(ctx, s) } else { Vec::new() };
        };
        let mut all = speakers.clone();
        if plural {
            all.extend(speakers.iter().filter_map(|&p| self.entities[p].principal));
        }
        all
    }

    /// Whose release this is, when it says *we* in its own voice: the last government or body that was a subject.
    fn issuer(&self, ctx: &Context, s: usize) -> Vec<usize> {
        let body = |m: &&super::Mention| {
            m.sentence <= s
                && matches!(self.entities[m.entity].class, Class::Country | Class::Body)
                && is_subject(&ctx.trees[m.sentence], m.token)
        };
        self.back_from(s).take(super::link::MEMORY).find(body).map(|m| m.entity).into_iter().collect()
    }
}
