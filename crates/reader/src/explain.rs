//! Says in a sentence what decided about a record: the rule, the table row, the words, and how they hang together.

use crate::context::Context;
use crate::figures;
use crate::givers::Givers;
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};
use onrecord_record::{At, Explanation, Filled, Id, Origin, Part, Record, Rule, Why};
use onrecord_text::Span;

/// Words of the text that an explanation quotes are cut to this many characters.
const QUOTED: usize = 60;

/// The explanations of all records, kind by kind, in their order.
pub fn all(ctx: &Context, record: &Record) -> Vec<Explanation> {
    let explainer = Explainer { ctx, record, givers: Givers::new(ctx, &record.statements) };
    let statements = record.statements.iter().map(|s| {
        let places = [(Part::Source, s.speaker.as_slice()), (Part::Addressee, &s.to)];
        let what = format!("statement {} ({})", s.id, s.act);
        let shown = s.cue.or(s.content.first().copied()).unwrap_or_default();
        explainer.of(&s.id, &what, &s.why, s.why.row, shown, &places, explainer.relayed(&s.given_by))
    });
    let events = record.events.iter().map(|e| {
        let places = [(Part::Actor, e.actors.as_slice()), (Part::Recipient, &e.recipients)];
        let mode = e.mode.iter().map(|mode| format!("/{mode}")).collect::<String>();
        let what = format!("event {} {}{mode}", e.id, e.kind);
        explainer.of(&e.id, &what, &e.why, e.why.row, e.trigger, &places, explainer.reported(e.trigger, &e.given_by))
    });
    let positions = record.positions.iter().map(|p| {
        let places = [(Part::Holder, p.holder.as_slice()), (Part::Counterpart, &p.toward)];
        let what = format!("position {} ({})", p.id, p.stance);
        let shown = p.evidence.first().copied().unwrap_or(p.proposition);
        let given = explainer.reported(shown, &p.given_by);
        explainer.of(&p.id, &what, &p.why, p.why.row, p.proposition, &places, given)
    });
    let figures = record.figures.iter().map(|f| {
        let what = format!("figure {} “{}” ({} {})", f.id, explainer.quote(f.span), f.of, f.measure);
        explainer.of(&f.id, &what, &f.why, figures::row(ctx, f), f.span, &[], explainer.reported(f.span, &f.given_by))
    });
    statements.chain(events).chain(positions).chain(figures).collect()
}

struct Explainer<'a> {
    ctx: &'a Context<'a>,
    record: &'a Record,
    givers: Givers<'a>,
}

impl Explainer<'_> {
    /// `shown` are the words that stand for the record where no single word decided; `places` the actors in the record's places.
    #[allow(clippy::too_many_arguments)] // four kinds of record, taken apart
    fn of(
        &self,
        id: &Id,
        what: &str,
        why: &Why,
        row: Option<Origin>,
        shown: Span,
        places: &[(Part, &[Id])],
        given: String,
    ) -> Explanation {
        let word = why.at.map(|(s, t)| self.ctx.trees[s].token(t).span);
        let words = why.words.iter().filter(|(part, _)| places.iter().all(|(p, ids)| p != part || !ids.is_empty()));
        let words: Vec<Filled> = words.map(|&(part, at)| self.filled(why.at, part, at)).collect();
        let table = row.map(|row| format!(" ({})", name_of(row, why)));
        let mut clauses = vec![format!(
            "{what}, because “{}”{} {}",
            self.quote(word.unwrap_or(shown)),
            table.unwrap_or_default(),
            why.rule.map_or("decided", |rule| rule.because)
        )];
        for filled in words.iter().filter(|w| !matches!(w.part, Part::Content | Part::Number)) {
            clauses.push(format!("{} “{}” {}", filled.part.as_str(), self.quote(filled.span), filled.path));
        }
        for &(part, ids) in places.iter().filter(|(part, _)| words.iter().all(|w| w.part != *part)) {
            clauses.extend((!ids.is_empty()).then(|| format!("{} {} is not named beside it", part.as_str(), self.names(ids))));
        }
        clauses.extend(why.also.iter().map(|rule| format!("it {}", rule.because)));
        clauses.extend((!given.is_empty()).then_some(given));
        let rules: Vec<&Rule> = why.rule.into_iter().chain(why.also.iter().copied()).collect();
        let rules: Vec<&'static str> = rules.iter().map(|rule| rule.id).collect();
        let sentence = format!("{} [{}]", clauses.join("; "), rules.join(", "));
        Explanation { id: id.clone(), rules, row, word, words, sentence }
    }

    fn filled(&self, from: Option<At>, part: Part, (s, t): At) -> Filled {
        let tree = &self.ctx.trees[s];
        let path = match from {
            Some((sentence, word)) if sentence == s => path(tree, word, t),
            Some(_) => "stands in another sentence".into(),
            None => "is named beside it".into(),
        };
        Filled { part, span: phrase(tree, t), path }
    }

    /// Who vouches for what stands at `span`, in the words and the statements in which they do.
    fn reported(&self, span: Span, given_by: &[Id]) -> String {
        if given_by.is_empty() {
            return String::new();
        }
        let statements = self.givers.statements(span);
        let giver = |id: &Id| {
            let statement = statements.iter().find(|s| s.speaker.contains(id))?;
            let words = statement.source.map_or_else(|| self.names(std::slice::from_ref(id)), |s| format!("“{}”", self.quote(s)));
            Some(format!("{words} (statement {})", statement.id))
        };
        let all = given_by.iter().map(|id| giver(id).unwrap_or_else(|| self.names(std::slice::from_ref(id))));
        format!("reported by {}", all.collect::<Vec<_>>().join(", "))
    }

    fn relayed(&self, given_by: &[Id]) -> String {
        if given_by.is_empty() { String::new() } else { format!("passed on by {}", self.names(given_by)) }
    }

    fn names(&self, ids: &[Id]) -> String {
        let named = |id: &Id| self.record.actors.iter().find(|a| a.id == *id).map_or_else(|| id.clone(), |a| a.name.clone());
        ids.iter().map(|id| format!("“{}”", named(id))).collect::<Vec<_>>().join(", ")
    }

    /// The words at `span` in one line, cut in the middle when they are long.
    fn quote(&self, span: Span) -> String {
        let line = self.ctx.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
        let line = line.trim_matches(['“', '”', '"']);
        if line.chars().count() <= QUOTED {
            return line.into();
        }
        let head: String = line.chars().take(QUOTED * 2 / 3).collect();
        let count = line.chars().count();
        let tail: String = line.chars().skip(count - QUOTED / 3).collect();
        format!("{} … {}", head.trim_end(), tail.trim_start())
    }
}

/// *events.tsv, line 212: shell ASSAULT*.
fn name_of(row: Origin, why: &Why) -> String {
    let own = if row.own { "your " } else { "" };
    // The text of a reason names the row behind its table.
    let entry = why.strip_prefix(row.table).and_then(|rest| rest.strip_prefix(": ")).map(|entry| format!(": {entry}"));
    format!("{own}{}, line {}{}", row.table, row.line, entry.unwrap_or_default())
}

/// The phrase headed by `t`, without the clauses that hang on it and what is coordinated with it; of a verb the verb alone.
fn phrase(tree: &Tree, t: usize) -> Span {
    if matches!(tree.upos(t), Upos::Verb | Upos::Aux) {
        return tree.token(t).span;
    }
    let apart = |c: usize| {
        use Deprel::*;
        matches!(tree.rel(c), Acl | AclRelcl | Appos | Conj | Cc | Punct | Case | Mark | Cop | Nsubj | Advcl | Parataxis | Aux)
    };
    tree.span_of(&tree.subtree_without(t, |c| apart(c) && tree.head(c) == Some(t))).unwrap_or(tree.token(t).span)
}

/// How `to` hangs on `from` in the tree, as the end of a sentence: *is its object*, *is the subject of “carried”, above it*.
fn path(tree: &Tree, from: usize, to: usize) -> String {
    if from == to {
        return "is what it heads".into();
    }
    let Some(head) = tree.head(to) else { return "heads the sentence".into() };
    if head == from {
        return relation(tree, to, None);
    }
    let place = match (tree.is_under(from, head), tree.is_under(head, from)) {
        (true, _) => "above it in the tree",
        (_, true) => "below it in the tree",
        _ => "beside it in the tree",
    };
    format!("{}, {place}", relation(tree, to, Some(tree.form(head))))
}

/// What a token is to its governor, in words of school grammar; the governor is the word that decided, or another.
fn relation(tree: &Tree, t: usize, governor: Option<&str>) -> String {
    let named = |name: &str| governor.map_or_else(|| format!("is its {name}"), |word| format!("is the {name} of “{word}”"));
    let behind = |name: &str| {
        let preposition = tree.children_by(t, &[Deprel::Case]).map(|c| tree.lower(c)).next();
        let with = governor.map_or_else(|| "it".into(), |word| format!("“{word}”"));
        preposition.map_or_else(|| named(name), |word| format!("stands behind “{word}” with {with}"))
    };
    match tree.rel(t) {
        Deprel::Nsubj | Deprel::Csubj => named("subject"),
        Deprel::NsubjPass | Deprel::CsubjPass => named("subject, in the passive,"),
        Deprel::Obj => named("object"),
        Deprel::Iobj => named("indirect object"),
        Deprel::Obl | Deprel::OblAgent => behind("adverbial"),
        Deprel::Nmod => behind("attribute"),
        Deprel::NmodPoss => named("possessor"),
        Deprel::Amod | Deprel::Compound => named("modifier"),
        Deprel::Appos => named("apposition"),
        Deprel::Ccomp | Deprel::Xcomp => named("complement"),
        Deprel::Advcl => named("adverbial clause"),
        Deprel::Acl | Deprel::AclRelcl => named("attributive clause"),
        Deprel::Conj => named("coordinated word"),
        Deprel::Parataxis => named("parenthesis"),
        other => named(&format!("dependent ({})", other.as_str())),
    }
}
