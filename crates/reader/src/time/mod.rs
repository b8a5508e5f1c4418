//! Dates and times as written, resolved to ISO 8601 against the day of publication.
//!
//! [`Times`] finds every expression of a report once; [`of`] says which of them dates a predicate.

mod expressions;
mod when;

use crate::context::Context;
use crate::lexicon::Lexicon;
use crate::scan::pieces;
use crate::tree::Tree;
use expressions::{Found, expressions};
use jiff::civil::Date;
use onrecord_language::{Deprel, Upos};
use onrecord_record::IsoDate;
use onrecord_text::{Document, Span};
use when::{Anchor, When, agrees};

/// A time expression in a sentence.
#[derive(Debug)]
pub struct Expression {
    /// The words.
    pub span: Span,
    /// The token that heads them in the tree.
    pub head: usize,
    /// On the calendar, where that can be told.
    pub value: Option<IsoDate>,
}

/// All time expressions of a report, by sentence.
#[derive(Default)]
pub struct Times {
    sentences: Vec<Vec<Expression>>,
    published: Option<Date>,
}

/// Lines at the beginning among which a line that is only a date is the report's dateline.
const DATELINE_LINES: usize = 5;

impl Times {
    /// Finds and resolves them.
    pub fn find(document: &Document, trees: &[Tree], lexicon: &Lexicon) -> Self {
        let dateline = dateline(&document.text, lexicon);
        let published = document.published.or(dateline.map(|(day, _)| day));
        let mut narrated = None;
        let mut sentences = Vec::with_capacity(trees.len());
        for tree in trees {
            let pieces = pieces(tree.text, tree.sentence.span);
            let mut found = expressions(&pieces, &lexicon.calendar);
            share_years(&mut found);
            let mut list: Vec<Expression> = Vec::new();
            let mut at = 0;
            while let Some(&one) = found.get(at) {
                let anchor = |head| Anchor { published, narrated, future: is_future(tree, head) };
                let before = |i: usize| i.checked_sub(1).map_or("", |i| pieces[i].lower.as_str());
                let (mut end, mut value) = (one.end, None);
                let head = tree.head_of(pieces[one.start].span.cover(pieces[one.end - 1].span));
                if let (Some(head), Some(next)) = (head, found.get(at + 1)) {
                    let opened = matches!(before(one.start), "from" | "between");
                    let linked = next.start == one.end + 1
                        && matches!(pieces[one.end].lower.as_str(), "to" | "and" | "until" | "till" | "through" | "–" | "-");
                    if opened && linked {
                        let ends = (one.when.resolve(anchor(head)), next.when.resolve(anchor(head)));
                        if let (Some(from), Some(to)) = ends {
                            value = Some(format!("{from}/{to}")).filter(|_| !from.contains('/') && !to.contains('/'));
                            end = next.end;
                            at += 1;
                        }
                    }
                }
                at += 1;
                let span = pieces[one.start].span.cover(pieces[end - 1].span);
                let Some(head) = head else { continue };
                if dateline.is_some_and(|(_, line)| line.contains(span)) {
                    // It dates the report, not what the sentence behind it tells.
                    list.push(Expression { span, head, value: None });
                    continue;
                }
                if value.is_none() {
                    value = one.when.resolve(anchor(head));
                    if matches!(before(one.start), "since") {
                        value = value.filter(|v| !v.contains('/')).map(|v| format!("{v}/.."));
                    }
                }
                narrated = one.when.day(anchor(head)).or(narrated);
                list.push(Expression { span, head, value });
            }
            sentences.push(list);
        }
        Times { sentences, published }
    }

    /// The day of publication: as given, else by the report's dateline.
    pub fn published(&self) -> Option<Date> {
        self.published
    }

    /// The expressions of a sentence.
    pub fn of_sentence(&self, s: usize) -> &[Expression] {
        self.sentences.get(s).map_or(&[], Vec::as_slice)
    }

    /// True when these words say a time.
    pub fn covers(&self, s: usize, span: Span) -> bool {
        self.of_sentence(s).iter().any(|e| e.span.overlaps(span))
    }
}

/// *on 4 April and from 5 to 6 May 2016*: a year holds for the dates before it in the sentence.
fn share_years(found: &mut [Found]) {
    let mut year = None;
    for one in found.iter_mut().rev() {
        year = one.when.written_year().or(year);
        one.when = one.when.with_year(year);
    }
}

/// The date of a line at the beginning that says nothing else, and its place.
fn dateline(text: &str, lexicon: &Lexicon) -> Option<(Date, Span)> {
    let mut at = 0;
    let mut seen = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len().min(200).min(line.trim_end().len()));
        at += line.len();
        if line.trim().is_empty() {
            continue;
        }
        seen += 1;
        if seen > DATELINE_LINES {
            return None;
        }
        let span = Span::new(span.start, floor_char(text, span.end));
        let pieces = pieces(text, span);
        let Some(first) = expressions(&pieces, &lexicon.calendar).into_iter().next().filter(|f| f.start == 0) else { continue };
        let When::Day { year: Some(year), month, day } = first.when else { continue };
        let Ok(date) = Date::new(year, month, day) else { continue };
        let weekday = match lexicon.calendar.word(&pieces[0].lower) {
            Some(crate::lexicon::calendar::CalendarWord::Weekday(day)) => Some(day),
            _ => None,
        };
        // A line that goes on behind the date is a dateline only when it gives weekday, day and year.
        if (first.end == pieces.len() || weekday.is_some()) && agrees(date, weekday) {
            return Some((date, pieces[0].span.cover(pieces[first.end - 1].span)));
        }
    }
    None
}

fn floor_char(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// True for the relations by which a noun phrase or adverb hangs on its clause or on another noun.
fn is_phrasal(rel: Deprel) -> bool {
    !matches!(
        rel,
        Deprel::Acl
            | Deprel::AclRelcl
            | Deprel::Advcl
            | Deprel::AdvclRelcl
            | Deprel::Ccomp
            | Deprel::Xcomp
            | Deprel::Csubj
            | Deprel::CsubjPass
            | Deprel::CsubjOuter
            | Deprel::Parataxis
            | Deprel::Root
    )
}

/// The predicate of the clause that `t` stands in.
pub fn clause_of(tree: &Tree, t: usize) -> usize {
    let mut at = t;
    while let Some(head) = tree.head(at) {
        if !is_phrasal(tree.rel(at)) || (tree.rel(at) == Deprel::Conj && tree.upos(at) == Upos::Verb) {
            break;
        }
        at = head;
    }
    at
}

/// True when the clause of token `t` speaks of what is to come.
fn is_future(tree: &Tree, t: usize) -> bool {
    let mut at = clause_of(tree, t);
    for _ in 0..3 {
        let aux = tree
            .children(at)
            .iter()
            .any(|&c| tree.rel(c) == Deprel::Aux && matches!(tree.lower(c), "will" | "shall" | "'ll" | "’ll" | "wo"));
        let planned = matches!(tree.lemma(at), "plan" | "schedule" | "expect" | "due" | "set" | "intend" | "slate" | "prepare");
        if aux || (planned && tree.child(at, Deprel::Xcomp).is_some_and(|x| tree.is_under(t, x))) {
            return true;
        }
        match tree.head(at) {
            Some(head) if matches!(tree.rel(at), Deprel::Xcomp | Deprel::Ccomp | Deprel::Acl | Deprel::Advcl) => at = head,
            _ => return false,
        }
    }
    false
}

/// The date that holds for the predicate or noun at token `t` of sentence `s`, when the text gives one: an expression of its own,
/// else of the clause it stands in, else of a clause that governs it without reporting it.
pub fn of(ctx: &Context, s: usize, t: usize) -> Option<IsoDate> {
    let tree = ctx.trees.get(s).filter(|tree| t < tree.len())?;
    let dated = |at: usize| ctx.times.of_sentence(s).iter().filter(|e| hangs_on(tree, e.head, at)).find_map(|e| e.value.clone());
    let mut at = t;
    for _ in 0..8 {
        if let Some(date) = dated(at) {
            return Some(date);
        }
        let head = tree.head(at)?;
        match tree.rel(at) {
            // What is said is not dated by the saying.
            Deprel::Ccomp | Deprel::Parataxis | Deprel::Csubj | Deprel::CsubjPass | Deprel::Root => return None,
            // What happened is not dated by what is still to be done: "to vote by May, after gunmen killed ..."
            Deprel::Advcl if tree.token(at).xpos != "VB" && tree.child_word(head, Deprel::Mark, "to").is_some() => return None,
            _ => at = head,
        }
    }
    None
}

/// How many nouns may stand between a time and what it dates.
const NOUNS_BETWEEN: usize = 3;

/// True when the expression headed by `head` belongs to `at`: as its dependent, or through nouns that are its subject, object or
/// place (*a court on Friday convicted*, *conducted strikes on Monday*, *at a station in Rome on Monday*).
fn hangs_on(tree: &Tree, head: usize, at: usize) -> bool {
    if head == at {
        return false;
    }
    if tree.head(head) == Some(at) {
        return is_phrasal(tree.rel(head)) && tree.rel(head) != Deprel::Conj;
    }
    let mut noun = head;
    for step in 0..NOUNS_BETWEEN {
        let Some(governor) = tree.head(noun) else { return false };
        if governor == at {
            return step > 0;
        }
        if !passes(tree, governor, head) {
            return false;
        }
        noun = governor;
    }
    tree.head(noun) == Some(at)
}

/// True for a noun that hands a time behind it on to its own governor.
fn passes(tree: &Tree, noun: usize, time: usize) -> bool {
    let earlier = tree
        .children_by(noun, &[Deprel::Case])
        .any(|c| matches!(tree.lower(c), "since" | "after" | "before" | "following" | "until" | "during"));
    let rel = match tree.rel(noun) {
        Deprel::Obj | Deprel::Obl | Deprel::Nmod | Deprel::OblUnmarked | Deprel::Advmod | Deprel::NmodUnmarked | Deprel::Appos => {
            true
        }
        // Between subject and verb: "a court on Friday convicted".
        Deprel::Nsubj | Deprel::NsubjPass => tree.head(noun).is_some_and(|verb| noun < time && time < verb),
        _ => false,
    };
    rel && !earlier && matches!(tree.upos(noun), Upos::Noun | Upos::Propn | Upos::Num | Upos::Adv)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, published: Option<&str>) -> Vec<(String, Option<String>)> {
        let lexicon = Lexicon::builtin();
        let published = published.map(|d| d.parse().unwrap());
        let pieces = pieces(text, Span::new(0, text.len()));
        let mut found = expressions(&pieces, &lexicon.calendar);
        share_years(&mut found);
        let anchor = Anchor { published, narrated: None, future: text.contains("will") };
        found
            .iter()
            .map(|f| (text[pieces[f.start].span.start..pieces[f.end - 1].span.end].to_string(), f.when.resolve(anchor)))
            .collect()
    }

    #[test]
    fn expressions_on_the_calendar() {
        // Thursday
        let day = Some("2015-05-07");
        for (text, words, value) in [
            ("met on February 2, 2016, in Oslo", "February 2, 2016", "2016-02-02"),
            ("held October 25-26, 2016", "October 25-26, 2016", "2016-10-25/2016-10-26"),
            ("came on 12 March", "12 March", "2015-03-12"),
            ("will come on 12 March", "12 March", "2016-03-12"),
            ("on Tuesday they left", "Tuesday", "2015-05-05"),
            ("they will leave on Tuesday", "Tuesday", "2015-05-12"),
            ("on Thursday, Dec. 15, they", "Thursday, Dec. 15", "2014-12-15"),
            ("in May 2016", "May 2016", "2016-05"),
            ("struck yesterday morning", "yesterday morning", "2015-05-06"),
            ("hit overnight", "overnight", "2015-05-06/2015-05-07"),
            ("last week", "last week", "2015-W18"),
            ("in the past week alone", "past week", "2015-04-30/2015-05-06"),
            ("for the coming week", "coming week", "2015-05-07/2015-05-13"),
            ("last month", "last month", "2015-04"),
            ("in 2012 it", "2012", "2012"),
            ("in the 1990s", "1990s", "1990/1999"),
            ("three days ago", "three days ago", "2015-05-04"),
            ("the summer of 2017", "summer of 2017", "2017-06/2017-08"),
            ("on 2015-05-01.", "2015-05-01", "2015-05-01"),
        ] {
            let all = read(text, day);
            assert_eq!(all.first().map(|(w, v)| (w.as_str(), v.as_deref())), Some((words, Some(value))), "{text}");
        }
    }

    #[test]
    fn without_a_day_of_publication_only_full_dates_resolve() {
        assert_eq!(read("on Tuesday", None)[0].1, None);
        assert_eq!(read("on Jan. 8", None)[0].1, None);
        assert_eq!(read("on 4 April and 6 May 2016", None)[0].1.as_deref(), Some("2016-04-04"));
    }

    #[test]
    fn other_words_are_no_dates() {
        for text in ["they may march", "2,000 people", "$2015", "Resolution 2254", "in recent years", "at 3 of them"] {
            assert_eq!(read(text, Some("2015-05-07")), [], "{text}");
        }
    }

    #[test]
    fn a_dateline_dates_the_report() {
        let lexicon = Lexicon::builtin();
        let day = |text| dateline(text, &lexicon).map(|(day, _)| day.to_string());
        assert_eq!(day("Boats found\n\nMonday, May 18, 2015\n\nOn Friday, two boats sank.").as_deref(), Some("2015-05-18"));
        assert_eq!(day("Boats found\n\nOn May 18, 2015 two boats sank.\n"), None);
        assert_eq!(day("May 18, 2015 two boats sank.\n"), None);
    }
}
