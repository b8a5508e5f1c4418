//! In what respect a number counts, from the construction it stands in.

use super::noun::{Phrase, thing};
use super::numbers::{Number, Unit};
use crate::lexicon::measures::{Counted, Measures, Pos, Thing};
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};
use onrecord_record::Measure;
use onrecord_text::Span;

/// A measure and the words that gave it.
#[derive(Clone, Debug)]
pub struct Measured {
    /// In what respect.
    pub measure: Measure,
    /// The predicate or noun that says so.
    pub by: Option<usize>,
    /// True when a governing word says so, false when it is the noun's own meaning or nothing.
    pub governed: bool,
}

/// The measure of a number in its phrase. A number without a noun may be of the thing that was counted just before, `understood`.
pub fn measure(tree: &Tree, phrase: &Phrase, number: &Number, measures: &Measures, understood: Option<&Thing>) -> Measured {
    let found = |measure, by, governed| Measured { measure, by, governed };
    match number.unit {
        Unit::Money(_) => return found(Measure::Money, None, false),
        Unit::Percent => return found(Measure::Share, None, false),
        Unit::Thing => {}
    }
    let thing = phrase.noun.map_or(understood, |n| thing(tree, n, measures));
    let reader = Reader { tree, measures, thing, span: phrase.span };
    let stands = reader.first_of_list(phrase.anchor);
    let modified = || reader.modifier(phrase.anchor).or_else(|| reader.modifier(phrase.noun?));
    if let Some((measure, by)) = reader.governor(stands, phrase.anchor).or_else(modified).or_else(|| reader.neighbour()) {
        return found(measure, Some(by), true);
    }
    match thing.and_then(|t| t.measure).filter(|_| phrase.noun.is_some()) {
        Some(measure) => found(measure, phrase.noun, false),
        None => found(Measure::Count, None, false),
    }
}

/// The measure of those that a noun names without a number (*killed an insurgent*), and the word that gives it.
pub fn of_noun(tree: &Tree, noun: usize, measures: &Measures) -> Option<(Measure, usize)> {
    let reader = Reader { tree, measures, thing: thing(tree, noun, measures), span: tree.token(noun).span };
    reader.governor(reader.first_of_list(noun), noun).or_else(|| reader.modifier(noun))
}

/// The measure of a later item in a list whose first item was measured: *destroyed six stills, three caches and two bridges*, read off
/// the words where the tree has lost the list. No verb may stand between the items or right behind this one.
pub fn listed(tree: &Tree, before: (&Phrase, &Measured), phrase: &Phrase, measures: &Measures) -> Option<Measured> {
    let by = before.1.by.filter(|&by| before.1.governed && tree.upos(by) == Upos::Verb)?;
    let tokens = &tree.sentence.tokens;
    let from = tokens.partition_point(|t| t.span.start < before.0.span.end);
    let to = tokens.partition_point(|t| t.span.end <= phrase.span.start);
    let verbal = |i: usize| matches!(tree.upos(i), Upos::Verb | Upos::Aux) && tree.rel(i) != Deprel::Amod;
    let linked = to > from && (matches!(tree.lower(to - 1), "," | "and" | ";") || tree.upos(to - 1) == Upos::Cconj);
    let behind = tokens.partition_point(|t| t.span.start < phrase.span.end);
    if !linked || (from..to).any(verbal) || (behind < tree.len() && verbal(behind)) {
        return None;
    }
    let thing = thing(tree, phrase.noun?, measures);
    let reader = Reader { tree, measures, thing, span: phrase.span };
    let measure = reader.look_up(by, Pos::Verb, Counted::Object).filter(|m| *m == before.1.measure)?;
    Some(Measured { measure, by: Some(by), governed: true })
}

struct Reader<'t, 'a> {
    tree: &'t Tree<'a>,
    measures: &'t Measures,
    thing: Option<&'t Thing>,
    /// The number's phrase.
    span: Span,
}

impl Reader<'_, '_> {
    /// The first noun of a list: *destroyed eight trucks and nine guns*. A verb that the number hangs on as a conjunct is no list;
    /// a phrase whose only preposition is a word of exactness (*drones, over 1,400 bombs*) is one.
    fn first_of_list(&self, anchor: usize) -> usize {
        let tree = self.tree;
        let mut at = anchor;
        for _ in 0..tree.len() {
            let bare = || {
                let mut cases = tree.children_by(at, &[Deprel::Case]).peekable();
                cases.peek().is_some() && cases.all(|c| self.span.contains(tree.token(c).span))
            };
            // "the commander along with six fighters"
            let along =
                || tree.children_by(at, &[Deprel::Case]).any(|c| matches!(tree.lower(c), "along" | "alongside" | "together"));
            let listed =
                tree.rel(at) == Deprel::Conj || (matches!(tree.rel(at), Deprel::Nmod | Deprel::Appos) && (bare() || along()));
            match tree.head(at).filter(|&h| listed && tree.upos(h) != Upos::Verb) {
                Some(head) => at = head,
                None => break,
            }
        }
        at
    }

    /// The verb right before or right behind the phrase, where the tree says nothing: *to intercept 138*, *345 pilgrims have been killed*.
    fn neighbour(&self) -> Option<(Measure, usize)> {
        let tree = self.tree;
        let tokens = &tree.sentence.tokens;
        let first = tokens.partition_point(|t| t.span.end <= self.span.start);
        let verb_at = |back: usize| first.checked_sub(back).filter(|&v| tree.upos(v) == Upos::Verb);
        if let Some(done) = verb_at(1).and_then(|verb| Some((self.look_up(verb, Pos::Verb, Counted::Object)?, verb))) {
            return Some(done);
        }
        // "shot down 70"
        let with_particle = verb_at(2).and_then(|verb| {
            let words = format!("{} {}", tree.lemma(verb).to_lowercase(), tree.lower(verb + 1));
            Some((self.measures.measure(&words, Pos::Verb, Counted::Object, self.thing)?, verb))
        });
        if with_particle.is_some() {
            return with_particle;
        }
        let behind = tokens.partition_point(|t| t.span.start < self.span.end);
        let verb = (behind..tree.len().min(behind + 4)).find(|&i| !matches!(tree.upos(i), Upos::Aux | Upos::Adv | Upos::Cconj))?;
        let measure = match tree.upos(verb) {
            // "ten people killed": a participle right behind says what was done to them.
            Upos::Verb if verb == behind && tree.token(verb).xpos == "VBN" => self.participle(verb),
            Upos::Verb => self.subject_of(verb),
            _ => None,
        };
        measure.map(|m| (m, verb))
    }

    /// A word of the table in one of its forms: base, or with its particle.
    fn look_up(&self, at: usize, pos: Pos, counted: Counted) -> Option<Measure> {
        let tree = self.tree;
        let lemma = tree.lemma(at).to_lowercase();
        // "drove 300 people from their homes": the homes may hang on the people.
        let of_object = tree.object(at).into_iter().flat_map(|o| tree.children_by(o, &[Deprel::Nmod])).filter(|_| pos == Pos::Verb);
        let own = tree.children(at).iter().copied().filter(|&c| {
            c > at && matches!(tree.rel(c), Deprel::CompoundPrt | Deprel::Advmod | Deprel::Obj | Deprel::Xcomp | Deprel::Obl)
        });
        let tail = own.chain(of_object);
        // Strikes are launched or repelled; what they destroy is not counted by them.
        let possible = |m: &Measure| {
            !self.thing.is_some_and(|t| t.is("act")) || matches!(m, Measure::Launched | Measure::Intercepted | Measure::Failed)
        };
        let longer = tail
            .map(|c| format!("{lemma} {}", tree.lower(c)))
            .find_map(|words| self.measures.measure(&words, pos, counted, self.thing));
        longer.or_else(|| self.measures.measure(&lemma, pos, counted, self.thing)).filter(possible)
    }

    /// What a participle, adjective or relative clause at the noun says: *12 people killed*, *wounded men*, *ten people who died*.
    fn modifier(&self, noun: usize) -> Option<(Measure, usize)> {
        let tree = self.tree;
        tree.children(noun).iter().find_map(|&c| {
            let measure = match tree.rel(c) {
                Deprel::Amod => self.look_up(c, Pos::Adj, Counted::Subject).or_else(|| self.participle(c)),
                Deprel::Acl if tree.upos(c) == Upos::Adj => self.look_up(c, Pos::Adj, Counted::Subject),
                Deprel::Acl => self.participle(c),
                Deprel::AclRelcl if self.is_subject_relative(c) => self.subject_of(c),
                _ => None,
            };
            measure.map(|m| (m, c))
        })
    }

    /// *killed*, *deployed from*: done to the noun; *fleeing*, *missing*: what it does.
    fn participle(&self, verb: usize) -> Option<Measure> {
        if self.tree.token(verb).xpos == "VBG" {
            return self.look_up(verb, Pos::Verb, Counted::Subject).or_else(|| self.look_up(verb, Pos::Adj, Counted::Subject));
        }
        let done = self.look_up(verb, Pos::Verb, Counted::Object).or_else(|| self.look_up(verb, Pos::Adj, Counted::Subject));
        done.or_else(|| self.said_to_be(verb))
    }

    /// *who died*, *that were destroyed*; not *that the army destroyed*.
    fn is_subject_relative(&self, clause: usize) -> bool {
        let subject = self.tree.children(clause).iter().copied().find(|&c| self.tree.rel(c).is_subject());
        subject.is_none_or(|c| matches!(self.tree.lower(c), "who" | "which" | "that"))
    }

    /// The measure of whatever is the subject of the predicate.
    fn subject_of(&self, predicate: usize) -> Option<Measure> {
        let tree = self.tree;
        if tree.upos(predicate) != Upos::Verb {
            return self.look_up(predicate, Pos::Adj, Counted::Subject);
        }
        let done_to = || self.look_up(predicate, Pos::Verb, Counted::Object);
        let does = || self.look_up(predicate, Pos::Verb, Counted::Subject);
        if tree.is_passive(predicate) {
            return done_to()
                .or_else(|| self.look_up(predicate, Pos::Adj, Counted::Subject))
                .or_else(|| self.said_to_be(predicate));
        }
        // "were found dead", "are feared drowned"
        if let Some(found) = self.said_to_be(predicate) {
            return Some(found);
        }
        // Headlines drop the auxiliary: "Over 900 migrants rescued off the coast".
        let bare = tree.object(predicate).is_none() && matches!(tree.token(predicate).xpos, "VBN" | "VBD");
        does().or_else(|| if bare { done_to() } else { None })
    }

    /// *feared dead*, *found dead*, *reported missing*, *confirmed killed*: the word behind the participle says it.
    fn said_to_be(&self, participle: usize) -> Option<Measure> {
        let tree = self.tree;
        let opinion = matches!(
            tree.lemma(participle),
            "fear" | "believe" | "presume" | "report" | "confirm" | "find" | "declare" | "list" | "remain" | "lie"
        );
        let word =
            (participle + 1..tree.len().min(participle + 3)).find(|&i| !matches!(tree.upos(i), Upos::Adv | Upos::Part | Upos::Aux));
        let word = word.filter(|&i| {
            opinion && matches!(tree.upos(i), Upos::Adj | Upos::Verb) && tree.token(i).xpos != "VBG"
                || opinion && tree.lower(i) == "missing"
        })?;
        self.look_up(word, Pos::Adj, Counted::Subject).or_else(|| self.look_up(word, Pos::Verb, Counted::Object))
    }

    /// What governs the phrase that `stands` for.
    fn governor(&self, stands: usize, anchor: usize) -> Option<(Measure, usize)> {
        let tree = self.tree;
        let head = tree.head(stands);
        // A phrase that is its clause's root: "Hundreds dead", "12 wounded".
        let Some(head) = head else { return self.dependents_say(stands, anchor) };
        let measure = match tree.rel(stands) {
            Deprel::Obj => self.left_as(head).or_else(|| self.look_up(head, Pos::Verb, Counted::Object).map(|m| (m, head))),
            Deprel::NsubjPass => self.subject_of(head).map(|m| (m, head)),
            Deprel::Nsubj => self.subject_of(head).map(|m| (m, head)).or_else(|| self.shared_predicate(head)),
            // "the death of 12 people", "the toll of 23"; "rose to 23" counts what its subject says.
            Deprel::Nmod => self.look_up(head, Pos::Noun, Counted::Object).map(|m| (m, head)).or_else(|| self.in_addition(head)),
            // "arrested him together with two aides"
            Deprel::Obl
                if tree
                    .children_by(stands, &[Deprel::Case])
                    .any(|c| matches!(tree.lower(c), "along" | "alongside" | "together")) =>
            {
                self.look_up(head, Pos::Verb, Counted::Object).map(|m| (m, head))
            }
            Deprel::Obl if tree.child_word(stands, Deprel::Case, "with").is_some() => {
                self.look_up(head, Pos::Verb, Counted::With).map(|m| (m, head))
            }
            Deprel::Obl if tree.child_word(stands, Deprel::Case, "at").is_some() => self.put_at(head),
            // "revised the toll to 27"
            Deprel::Obl | Deprel::Xcomp => tree
                .subject(head)
                .into_iter()
                .chain(tree.object(head))
                .find_map(|s| Some((self.look_up(s, Pos::Noun, Counted::Object)?, s))),
            _ => None,
        };
        measure.or_else(|| self.predicate_noun(stands))
    }

    /// *put the death toll at 29*, *put the number of dead at 14*: what the object of the verb counts.
    fn put_at(&self, verb: usize) -> Option<(Measure, usize)> {
        let tree = self.tree;
        let object = tree.object(verb).or_else(|| tree.subject(verb))?;
        let of = tree.with_preposition(object, "of").next();
        let measure = self.look_up(object, Pos::Noun, Counted::Object).or_else(|| thing(tree, of?, self.measures)?.measure)?;
        Some((measure, object))
    }

    /// *in addition to the 14 tanks, three guns were destroyed*: what holds for the rest holds for these.
    fn in_addition(&self, noun: usize) -> Option<(Measure, usize)> {
        let predicate = self.tree.head(noun).filter(|_| self.tree.lower(noun) == "addition")?;
        let measure = self.subject_of(predicate).or_else(|| self.look_up(predicate, Pos::Verb, Counted::Object))?;
        Some((measure, predicate))
    }

    /// *left ten people dead*, *leaving 12 wounded*.
    fn left_as(&self, verb: usize) -> Option<(Measure, usize)> {
        self.tree.children_by(verb, &[Deprel::Xcomp]).find_map(|c| {
            let measure = self.look_up(c, Pos::Adj, Counted::Subject).or_else(|| self.look_up(c, Pos::Verb, Counted::Object))?;
            Some((measure, c))
        })
    }

    /// *119 either malfunctioned or failed*: the first verb may say nothing where the next does.
    fn shared_predicate(&self, verb: usize) -> Option<(Measure, usize)> {
        self.tree
            .children_by(verb, &[Deprel::Conj])
            .filter(|&c| self.tree.upos(c) == Upos::Verb && !self.tree.children(c).iter().any(|&s| self.tree.rel(s).is_subject()))
            .find_map(|c| Some((self.subject_of(c)?, c)))
    }

    /// *The death toll was 23*: the number is the predicate of a noun of the table.
    fn predicate_noun(&self, stands: usize) -> Option<(Measure, usize)> {
        self.tree.child(stands, Deprel::Cop)?;
        let subject = self.tree.child(stands, Deprel::Nsubj)?;
        Some((self.look_up(subject, Pos::Noun, Counted::Object)?, subject))
    }

    /// *Hundreds dead in stampede*, where the adjective hangs on the number whatever the relation.
    fn dependents_say(&self, stands: usize, anchor: usize) -> Option<(Measure, usize)> {
        self.predicate_noun(stands).or_else(|| {
            let next = |&&c: &&usize| c > anchor && matches!(self.tree.upos(c), Upos::Adj | Upos::Verb);
            self.tree.children(stands).iter().filter(next).find_map(|&c| {
                let measure = self.look_up(c, Pos::Adj, Counted::Subject).or_else(|| self.participle(c))?;
                Some((measure, c))
            })
        })
    }
}
