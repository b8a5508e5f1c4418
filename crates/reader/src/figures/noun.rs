//! What a number counts: the noun it stands with, or none where the sentence leaves it out.

use super::numbers::{Number, Unit};
use crate::lexicon::measures::{Measures, Thing};
use crate::tree::Tree;
use onrecord_language::{Deprel, Upos};
use onrecord_record::{Bound, Value};
use onrecord_text::Span;

/// A number in its noun phrase.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// The token that stands for the phrase in the tree.
    pub anchor: usize,
    /// The noun that is counted; none where it is left out (*138 were intercepted*) or is a unit.
    pub noun: Option<usize>,
    /// *five of the ships*, *three of them*: a part of something that is known.
    pub partitive: bool,
    /// *the 14 tanks*, *these two men*.
    pub definite: bool,
    /// *a panel of twelve*: members of a group.
    pub group: bool,
    /// Number, bound and noun.
    pub span: Span,
}

/// The phrase around `number`, unless the number counts nothing: part of a name, an age, a duration, *one of the best*.
pub fn phrase(tree: &Tree, number: &Number, measures: &Measures) -> Option<Phrase> {
    let top = tree.head_of(number.body)?;
    if is_name_part(tree, number, top) || is_age(tree, number, top) {
        return None;
    }
    let behind = first_behind(tree, number.span);
    let mut found = Phrase { anchor: top, noun: None, partitive: false, definite: false, group: false, span: number.span };
    if number.unit != Unit::Thing {
        return Some(unit_phrase(tree, found));
    }
    if let Some(compound) = &number.compound {
        // "a 131-page document" counts no documents; "a 63-nation coalition" counts nations.
        measures.thing(compound).filter(|thing| thing.is("member"))?;
        found.span = number.span.cover(tree.token(behind?).span);
        return Some(found);
    }
    if let Some(group) = group(tree, top, measures) {
        found.span = tree.token(group).span.cover(number.span);
        found.group = true;
        return Some(found);
    }
    if let Some(of) = behind.filter(|&i| tree.lower(i) == "of") {
        let inner = tree.head(of).filter(|&n| n > of);
        if let Some(noun) = inner {
            if number.one {
                return None;
            }
            // "54 of 120 seats": seats are counted.
            if tree.upos(noun) == Upos::Num {
                found.partitive = true;
                found.noun = noun_ahead(tree, noun + 1);
                return kept(tree, found, number, measures);
            }
            found.definite = !number.vague && is_definite(tree, noun);
            found.partitive = found.definite || tree.upos(noun) == Upos::Pron;
            if tree.upos(noun) != Upos::Pron {
                found.noun = Some(noun);
                found.span = number.span.cover(tree.token(noun).span);
            }
        }
        return kept(tree, found, number, measures);
    }
    let governor = tree
        .head(top)
        .filter(|&h| h > top && matches!(tree.rel(top), Deprel::Nummod | Deprel::Compound | Deprel::Amod | Deprel::Det));
    if let Some(noun) =
        governor.or_else(|| behind.and_then(|i| noun_ahead(tree, i)).filter(|&n| is_plural(tree, n, measures))).filter(|&n| n > top)
    {
        let noun = compound_head(tree, noun, measures);
        // "two others": what the sentence before counted, or people.
        found.noun = Some(noun).filter(|&n| tree.lower(n) != "others");
        found.anchor = noun;
        found.definite = is_definite(tree, noun);
        if tree.token(noun).span.end > number.span.end {
            found.span = number.span.cover(tree.token(noun).span);
        }
    } else if let Some(noun) = aside(tree, top) {
        found.noun = Some(noun);
    }
    kept(tree, found, number, measures)
}

/// Drops the phrase when its noun is one that no figure counts.
fn kept(tree: &Tree, found: Phrase, number: &Number, measures: &Measures) -> Option<Phrase> {
    let thing = found.noun.and_then(|n| thing(tree, n, measures));
    // "having one vote", but "a raid on a lone truck is one strike" says what a word means.
    let defines = number.one && found.noun.is_some_and(|n| tree.child(n, Deprel::Cop).is_some());
    let model = found.noun.is_some_and(|n| is_model(tree, n, number, measures));
    let nothing =
        thing.is_some_and(|t| t.is("none")) || defines || model || (found.noun.is_none() && number.one && !found.partitive);
    (!nothing).then_some(found)
}

/// *its 737 airliner*, *the 500 index*: digits before a singular with an article are part of what the thing is called.
fn is_model(tree: &Tree, noun: usize, number: &Number, measures: &Measures) -> bool {
    let singular = matches!(tree.token(noun).xpos, "NN" | "NNP") && !measures.is_plural(tree.lower(noun));
    let digits = matches!(number.value, Value::One(n) if n > 1.0)
        && number.bound == Bound::Exact
        && tree.token(noun).span.start > number.span.end;
    let article = tree.children_by(noun, &[Deprel::Det, Deprel::NmodPoss]).any(|c| !matches!(tree.lower(c), "no" | "some" | "all"));
    // "a 63 nation coalition" counts nations.
    let member = thing(tree, noun, measures).is_some_and(|t| t.is("member"));
    singular && !member && digits && article && !number.vague && number.compound.is_none()
}

/// The group that a bare number gives the size of.
fn group(tree: &Tree, top: usize, measures: &Measures) -> Option<usize> {
    let alone = tree.rel(top) == Deprel::Nmod
        && tree.child(top, Deprel::Nmod).is_none()
        && tree.child_word(top, Deprel::Case, "of").is_some();
    let head = tree.head(top).filter(|&h| alone && h + 2 >= top.saturating_sub(1) && tree.upos(h) == Upos::Noun)?;
    measures.thing(tree.lower(head)).filter(|thing| thing.is("group")).map(|_| head)
}

/// Percent and money: *more than 30 percent of the territory*, *a 50% stake*.
fn unit_phrase(tree: &Tree, mut found: Phrase) -> Phrase {
    let whole = first_behind(tree, found.span).filter(|&i| tree.lower(i) == "of").and_then(|of| tree.head(of).filter(|&n| n > of));
    let stake = tree
        .head(found.anchor)
        .filter(|&h| h > found.anchor && matches!(tree.rel(found.anchor), Deprel::Nummod | Deprel::Compound | Deprel::Amod));
    found.partitive = whole.is_some_and(|n| matches!(tree.lower(n), "it" | "this" | "that" | "which" | "them"));
    if let Some(end) = whole.or(stake).filter(|&n| matches!(tree.upos(n), Upos::Noun | Upos::Propn)) {
        found.span = found.span.cover(tree.token(end).span);
        if stake.is_some() {
            found.anchor = end;
        }
    }
    found
}

/// The first token behind `span`.
fn first_behind(tree: &Tree, span: Span) -> Option<usize> {
    let at = tree.sentence.tokens.partition_point(|t| t.span.start < span.end);
    (at < tree.len()).then_some(at)
}

/// The head of the noun phrase that starts at token `i`, read off the tags: for numbers that the parse left alone.
fn noun_ahead(tree: &Tree, i: usize) -> Option<usize> {
    let mut last = None;
    for at in i..tree.len().min(i + 6) {
        match tree.upos(at) {
            Upos::Noun | Upos::Propn => last = Some(at),
            Upos::Adj => {}
            Upos::Verb if tree.rel(at) == Deprel::Amod => {}
            Upos::Punct if matches!(tree.form(at), "-" | "–") && last.is_some() => {}
            _ => break,
        }
    }
    last.filter(|&n| tree.head(n) != Some(i) || n == i)
}

/// A plural, or a singular that the table knows (*63 nation*, *40 personnel*): a bare singular behind a number is a misread verb.
fn is_plural(tree: &Tree, noun: usize, measures: &Measures) -> bool {
    tree.token(noun).xpos != "NN" || thing(tree, noun, measures).is_some()
}

/// The noun that a number behind it takes up: *with air strikes -- eight in the last day*.
fn aside(tree: &Tree, top: usize) -> Option<usize> {
    let loose = matches!(tree.rel(top), Deprel::Appos | Deprel::Parataxis) && tree.child(top, Deprel::Nsubj).is_none();
    let dashed = top > 0 && matches!(tree.form(top - 1), "-" | "--" | "–" | "—" | ":" | "(");
    let plural = |i: &usize| tree.token(*i).xpos == "NNS";
    let touching = top.checked_sub(2).filter(plural);
    tree.head(top).filter(|&h| loose && dashed && h < top).and_then(|h| touching.or(Some(h).filter(plural)))
}

/// The last noun of a compound, when the number was hung on one of the nouns before it: *14 oil tanker trucks*; but *a 63 nation
/// coalition* counts nations.
fn compound_head(tree: &Tree, noun: usize, measures: &Measures) -> usize {
    if measures.thing(tree.lower(noun)).is_some_and(|t| t.is("member")) {
        return noun;
    }
    let mut at = noun;
    let mut last = noun;
    while let Some(head) = tree.head(at).filter(|&h| h > at && h - at <= 4) {
        if !matches!(tree.rel(at), Deprel::Compound | Deprel::Amod | Deprel::Nummod | Deprel::NmodUnmarked | Deprel::NmodDesc) {
            break;
        }
        at = head;
        if matches!(tree.upos(at), Upos::Noun | Upos::Propn) {
            last = at;
        }
    }
    last
}

/// *the*, *these*, *its*: the thing is known.
pub fn is_definite(tree: &Tree, noun: usize) -> bool {
    tree.children(noun).iter().any(|&c| match tree.rel(c) {
        Deprel::Det | Deprel::DetPredet => matches!(tree.lower(c), "the" | "these" | "those" | "both" | "all" | "this" | "that"),
        Deprel::NmodPoss => true,
        _ => false,
    })
}

/// *Resolution 2254*, *Task Force 50*, *Mobile Unit Two*: a number right behind a noun it hangs on, or inside a longer name.
fn is_name_part(tree: &Tree, number: &Number, top: usize) -> bool {
    if number.unit != Unit::Thing {
        return false;
    }
    // "the ministry over 345 pilgrims", "In Syria 15 strikes": a number with a bound, or with things behind it, is none of the name's.
    let counts_ahead = |h: usize| {
        let things = first_behind(tree, number.span).and_then(|i| noun_ahead(tree, i)).is_some_and(|n| tree.token(n).xpos == "NNS");
        number.bound != Bound::Exact || (things && tree.rel(top) != Deprel::Flat && tree.upos(h) == Upos::Propn)
    };
    let behind_noun = tree.head(top).is_some_and(|h| {
        h < top
            && matches!(tree.upos(h), Upos::Propn | Upos::Noun)
            && matches!(
                tree.rel(top),
                Deprel::Nummod
                    | Deprel::Flat
                    | Deprel::NmodUnmarked
                    | Deprel::NmodDesc
                    | Deprel::Dep
                    | Deprel::Compound
                    | Deprel::Goeswith
            )
            && !counts_ahead(h)
    });
    let after_name =
        top > 0 && tree.rel(top) == Deprel::Nmod && tree.upos(top - 1) == Upos::Propn && tree.child(top, Deprel::Case).is_none();
    let in_name = tree.sentence.name_at(top).is_some_and(|name| name.tokens.start < top);
    behind_noun || after_name || in_name
}

/// *Dayton, 42, of Woodbridge*, *aged 14*, *at age seventeen*, *when she was six*, *12 years old*.
fn is_age(tree: &Tree, number: &Number, top: usize) -> bool {
    let value = number.value.high();
    if number.unit != Unit::Thing || value > 120.0 {
        return false;
    }
    let form = |i: Option<usize>| i.filter(|&i| i < tree.len()).map_or("", |i| tree.lower(i));
    let first = tree.sentence.tokens.partition_point(|t| t.span.end <= number.span.start);
    let before = form(first.checked_sub(1));
    let after = form(first_behind(tree, number.span));
    let bare =
        tree.child(top, Deprel::Nmod).is_none() && !tree.head(top).is_some_and(|h| h > top && tree.rel(top) == Deprel::Nummod);
    let between_commas =
        before == "," && matches!(after, "," | "." | "" | ")" | ";") && !matches!(tree.rel(top), Deprel::Obj | Deprel::Conj);
    let of_person = || {
        tree.children(top)
            .iter()
            .any(|&c| tree.rel(c) == Deprel::Nsubj && matches!(tree.lower(c), "he" | "she" | "i" | "who" | "they"))
            && tree.child(top, Deprel::Cop).is_some()
    };
    matches!(before, "aged" | "age" | "ages")
        || (before == "of" && first > 1 && tree.lower(first - 2) == "age")
        || (bare && (between_commas || of_person()))
}

/// What kind of thing a noun names: two words where the table has them, else the head.
pub fn thing<'m>(tree: &Tree, noun: usize, measures: &'m Measures) -> Option<&'m Thing> {
    let head = measures.singular(tree.lower(noun));
    let pair = noun.checked_sub(1).and_then(|before| measures.thing(&format!("{} {head}", tree.lower(before))));
    pair.or_else(|| measures.thing(&head))
}

/// The noun with what stands between it and the number, singular: *guided aerial bomb*.
pub fn of(tree: &Tree, phrase: &Phrase, number: &Number, measures: &Measures) -> Option<String> {
    let noun = phrase.noun?;
    let behind = first_behind(tree, number.span).filter(|&i| i <= noun);
    // A noun in front of its number (an aside) keeps what is written with it.
    let from = behind.unwrap_or_else(|| tree.subtree_without(noun, |c| tree.rel(c) != Deprel::Compound)[0]);
    let mut words: Vec<String> = Vec::new();
    for i in from..noun {
        let keep = matches!(tree.upos(i), Upos::Adj | Upos::Noun | Upos::Propn | Upos::Verb | Upos::X)
            && !matches!(tree.lower(i), "other" | "more" | "additional" | "further" | "such" | "of")
            // "five regional and international nations": only what stands right before the noun.
            && tree.rel(i) != Deprel::Conj
            && tree.child(i, Deprel::Conj).is_none();
        let glued = tree.upos(i) == Upos::Punct && !words.is_empty() && tree.token(i).span.start == tree.token(i - 1).span.end;
        if keep || glued {
            let touching = i > from && tree.token(i).span.start == tree.token(i - 1).span.end;
            match words.last_mut() {
                Some(last) if touching => last.push_str(tree.form(i)),
                _ => words.push(tree.form(i).to_string()),
            }
        } else {
            words.clear();
        }
    }
    words.push(measures.singular(tree.form(noun)));
    Some(words.join(" "))
}
