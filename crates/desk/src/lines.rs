//! Lines of the account as a person reads them: one sentence each, the exact words beneath.

use crate::links;
use crate::markup::Markup;
use crate::problem::Problem;
use onrecord_account::{Line, Points, Related, Relation, Told, Who};
use onrecord_export::amount;
use onrecord_export::known::Known;
use onrecord_record::{ActorKind, Factuality, Place, Precision};
use onrecord_view::{Kind, OWN_WORDS, condition_opener, human_date, is_quoted, one_line, words};
use std::collections::BTreeSet;

/// Stands before what the reports leave open.
const OPEN: &str = "○\u{a0}";
/// Words shorter than this say little alone: a number.
const SHORT: usize = 24;
/// Code points around them, at most.
const AROUND: usize = 120;
/// Names that a sentence has room for.
const NAMED: usize = 4;

/// A line ready to be set: its sign, the sentence, words, and what stands small at its end.
pub struct Spoken {
    /// Class of its kind: `s`, `e`, `p`, `f`, or `a` for an actor.
    pub class: &'static str,
    pub sign: &'static str,
    pub kind: &'static str,
    pub href: String,
    pub name: String,
    pub sentence: Markup,
    /// The exact words of the report that tells it first; how they are put is the class.
    pub quote: Option<Quote>,
    /// *3 reports, 2 witnesses*, and who vouches.
    pub small: Markup,
}

/// Words of a report.
pub struct Quote {
    /// What stands around the words in their sentence, where they alone say little.
    pub before: String,
    pub words: String,
    pub after: String,
    pub factuality: &'static str,
    /// The record beside its report.
    pub href: String,
    /// Outlet, headline, day.
    pub source: String,
    /// They run from right to left or not as they are.
    pub marked: bool,
}

/// Sets a line of the account; `known` has the reports.
///
/// # Errors
/// When a report cannot be had.
pub fn spoken(line: &Line, known: &mut Known) -> Result<Spoken, Problem> {
    let (sentence, quote, small) = match line {
        Line::Event { .. } => (event(line), first_quote(line, known)?, told_by(line)),
        Line::Statement { speaker, act, appearances, .. } => {
            let mut sentence = Markup::new();
            who_or(&mut sentence, speaker, "somebody unnamed");
            sentence.text(" ").text(words::said(*act).0);
            let quote = first_quote(line, known)?;
            date(&mut sentence, appearances.iter().filter_map(|place| place.published.as_deref()).min());
            (sentence, quote, told_by(line))
        }
        Line::Position { history, .. } => {
            let last = history.len().saturating_sub(1);
            (position(line, last, known)?, first_quote(line, known)?, told_by(line))
        }
        Line::Figure { series, .. } => {
            let last = series.len().saturating_sub(1);
            (figure(line, last), first_quote(line, known)?, told_by(line))
        }
        Line::Actor { name, actor_kind, country, sector, roles, documents, .. } => {
            let mut sentence = Markup::new();
            sentence.link(&links::record(line.id()), "name", name);
            for part in [Some(kind_of(*actor_kind)), country.clone(), sector.map(|s| s.to_string())].into_iter().flatten() {
                sentence.element("span", "soft", " · ").text(&part);
            }
            if !roles.is_empty() {
                sentence.element("span", "soft", " · ").element("bdi", "", &some(roles, NAMED));
            }
            let mut small = Markup::new();
            small.text(&words::count(documents.len(), "report"));
            (sentence, None, small)
        }
        Line::Document { id, outlet, published, title, .. } => {
            let mut sentence = Markup::new();
            sentence.link(&links::report(id), "name", title.as_deref().unwrap_or(id));
            for part in [outlet.clone(), published.as_deref().map(human_date)].into_iter().flatten() {
                sentence.element("span", "soft", " · ").element("bdi", "", &part);
            }
            (sentence, None, Markup::new())
        }
    };
    let (class, sign, kind) = kind(line);
    let href = if let Line::Document { id, .. } = line { links::report(id) } else { links::record(line.id()) };
    Ok(Spoken { class, sign, kind, href, name: line.id().to_owned(), sentence, quote, small })
}

/// As [`spoken`], but of a series or a history what the value or move at one place of it says.
///
/// # Errors
/// When a report cannot be had.
pub fn spoken_at(line: &Line, at: Option<usize>, known: &mut Known) -> Result<Spoken, Problem> {
    let mut spoken = spoken(line, known)?;
    match (line, at) {
        (Line::Figure { series, .. }, Some(at)) => {
            spoken.sentence = figure(line, at);
            let told = &series[at];
            spoken.quote = Some(quote(known, &told.document, &told.record, &[told.span], told.factuality)?);
        }
        (Line::Position { .. }, Some(at)) => spoken.sentence = position(line, at, known)?,
        _ => {}
    }
    Ok(spoken)
}

/// Class, sign and name of a line's kind.
pub fn kind(line: &Line) -> (&'static str, &'static str, &'static str) {
    let of = |kind: Kind| (kind.letter(), kind.sign(), kind.name());
    match line {
        Line::Event { .. } => of(Kind::Event),
        Line::Statement { .. } => of(Kind::Statement),
        Line::Position { .. } => of(Kind::Position),
        Line::Figure { .. } => of(Kind::Figure),
        Line::Actor { .. } => ("a", "◆", "actor"),
        Line::Document { .. } => ("d", "▤", "report"),
    }
}

/// **Russia** → **Ukraine** · ASSAULT (drone) · 22–23 Feb 2025 · Kyiv
fn event(line: &Line) -> Markup {
    let mut sentence = Markup::new();
    let Line::Event { event_type, mode, contexts, actors, recipients, date: day, place: at, factuality, figures, .. } = line else {
        return sentence;
    };
    if actors.is_empty() && !recipients.is_empty() {
        sentence.text(OPEN).text("somebody");
    }
    names(&mut sentence, actors);
    if !recipients.is_empty() {
        sentence.text(" → ");
        names(&mut sentence, recipients);
    }
    if !sentence.is_empty() {
        dot(&mut sentence);
    }
    sentence.text(event_type.as_str());
    if let Some(mode) = mode {
        sentence.text(" (").text(mode).text(")");
    }
    if !contexts.is_empty() {
        sentence.element("span", "soft", &format!(" {}", contexts.join(", ").replace('_', " ")));
    }
    put(&mut sentence, *factuality);
    date(&mut sentence, day.as_deref());
    place(&mut sentence, at.as_ref());
    if !figures.is_empty() {
        dot(&mut sentence);
        sentence.text(&words::count(figures.len(), "figure"));
    }
    sentence
}

/// **Norway** offers · “to host talks” · *if* both sides come · 3 Mar 2026: the move at one place of a history.
///
/// # Errors
/// When its report cannot be had.
pub fn position(line: &Line, at: usize, known: &mut Known) -> Result<Markup, Problem> {
    let mut sentence = Markup::new();
    let Line::Position { holder, history, .. } = line else { return Ok(sentence) };
    let Some(taken) = history.get(at) else { return Ok(sentence) };
    who_or(&mut sentence, holder, "somebody");
    let [one, many, _] = words::moves(taken.stance);
    sentence.text(" ").text(if holder.len() > 1 { many } else { one });
    if let Some(before) = at.checked_sub(1).map(|before| history[before].stance).filter(|before| *before != taken.stance) {
        sentence.element("span", "soft", &format!(" (before: {before})"));
    }
    dot(&mut sentence);
    let report = known.report(&taken.document)?;
    sentence.element("bdi", "quote", &one_line(report.words(taken.proposition)));
    for &condition in &taken.conditions {
        dot(&mut sentence);
        let (opener, rest) = condition_opener(&one_line(report.words(condition)));
        sentence.element("em", "", &opener).text(" ").element("bdi", "quote", &rest);
    }
    date(&mut sentence, taken.day());
    Ok(sentence)
}

/// **267** drones launched · before **240** · cannot hold with **300**: the value at one place of a series.
pub fn figure(line: &Line, at: usize) -> Markup {
    let mut sentence = Markup::new();
    let Line::Figure { measure, of, series, relations, .. } = line else { return sentence };
    let Some(told) = series.get(at) else { return sentence };
    let of = words::plural(of);
    sentence.element("b", "", &amount(told.value, told.bound)).text(" ").element("bdi", "", &of);
    if let Some(measure) = words::measure(*measure) {
        sentence.text(" ").text(measure);
    }
    put(&mut sentence, told.factuality);
    says(&mut sentence, told);
    let other = |related: &Related| match *related {
        Related { a, b, is } if b == at => Some((a, is)),
        Related { a, b, is: Relation::Conflict } if a == at => Some((b, Relation::Conflict)),
        _ => None,
    };
    for (is, words) in
        [(Relation::Update, "before"), (Relation::Correction, "corrected from"), (Relation::Conflict, "cannot hold with")]
    {
        let mut others: Vec<usize> =
            relations.iter().filter_map(other).filter(|(_, related)| *related == is).map(|(at, _)| at).collect();
        others.sort_unstable();
        others.dedup();
        let shown: BTreeSet<String> = others.iter().map(|&at| amount(series[at].value, series[at].bound)).collect();
        if !shown.is_empty() {
            dot(&mut sentence);
            sentence.element("em", "", words).text(" ");
            sentence.element("b", "", &shown.into_iter().collect::<Vec<_>>().join(" · "));
        }
    }
    sentence
}

/// *says the army*.
pub fn says(sentence: &mut Markup, told: &Told) {
    dot(sentence);
    match told.given_by.last() {
        Some(giver) => sentence.text("says ").element("bdi", "", giver),
        None => sentence.element("span", "soft", OWN_WORDS),
    };
}

/// The words that a line stands on, of its first report; of a series or history the last.
fn first_quote(line: &Line, known: &mut Known) -> Result<Option<Quote>, Problem> {
    let shown: Option<(&str, &str, Vec<Points>, Factuality)> = match line {
        Line::Event { reports, .. } => {
            reports.first().map(|r| (r.document.as_str(), r.record.as_str(), r.evidence.clone(), r.factuality))
        }
        Line::Statement { appearances, .. } => {
            appearances.first().map(|a| (a.document.as_str(), a.record.as_str(), a.content.clone(), Factuality::Actual))
        }
        Line::Figure { series, .. } => {
            series.last().map(|told| (told.document.as_str(), told.record.as_str(), vec![told.span], told.factuality))
        }
        // The sentence has the words.
        Line::Position { .. } | Line::Actor { .. } | Line::Document { .. } => None,
    };
    shown.map(|(document, record, points, factuality)| quote(known, document, record, &points, factuality)).transpose()
}

/// Words of a report, with where they stand.
///
/// # Errors
/// When the report cannot be had.
pub fn quote(known: &mut Known, document: &str, record: &str, points: &[Points], factuality: Factuality) -> Result<Quote, Problem> {
    let report = known.report(document)?;
    let words = one_line(&report.passages(points));
    let (before, after) = match points {
        [one] if one[1].saturating_sub(one[0]) < SHORT => {
            around(report.words([one[0].saturating_sub(AROUND), one[0]]), report.words([one[1], one[1] + AROUND]))
        }
        _ => Default::default(),
    };
    Ok(Quote {
        before,
        after,
        marked: is_quoted(&words),
        words,
        factuality: factuality.as_str(),
        href: links::record_in(document, record),
        source: report.citation(),
    })
}

/// What belongs to the sentence of the text on both sides, on whole words.
fn around(before: &str, after: &str) -> (String, String) {
    let end = |c: char| matches!(c, '.' | '!' | '?' | '\n');
    // A number behind a full stop goes on with what it stands behind: *Jan. 10*.
    let ended = |text: &str, at: usize| {
        let rest = &text[at + 1..];
        text[at..].starts_with('\n')
            || rest.starts_with(char::is_whitespace)
                && !rest.trim_start().starts_with(|c: char| c.is_ascii_digit() || c.is_lowercase())
    };
    let from = before.rmatch_indices(end).find(|(at, _)| ended(before, *at)).map(|(at, _)| at + 1);
    // A text cut by its length begins within a word.
    let from = from.or_else(|| before.find(' ').filter(|_| before.chars().count() == AROUND)).unwrap_or(0);
    let to =
        after.match_indices(end).find(|(at, _)| at + 1 == after.len() || ended(after, *at)).map(|(at, found)| at + found.len());
    let to = to.or_else(|| after.rfind(' ').filter(|_| after.chars().count() == AROUND)).unwrap_or(after.len());
    let ends = |text: &str, first: bool| if first && text.starts_with(' ') || !first && text.ends_with(' ') { " " } else { "" };
    let (before, after) = (&before[from..], &after[..to]);
    (one_line(before) + ends(before, false), ends(after, true).to_owned() + &one_line(after))
}

fn told_by(line: &Line) -> Markup {
    let mut small = Markup::new();
    let documents: BTreeSet<&str> = match line {
        Line::Event { reports, .. } => reports.iter().map(|telling| telling.document.as_str()).collect(),
        Line::Statement { appearances, .. } => appearances.iter().map(|place| place.document.as_str()).collect(),
        Line::Position { history, .. } => history.iter().map(|taken| taken.document.as_str()).collect(),
        Line::Figure { series, .. } => series.iter().map(|told| told.document.as_str()).collect(),
        Line::Actor { .. } | Line::Document { .. } => BTreeSet::new(),
    };
    small.text(&words::count(documents.len(), "report"));
    if let Line::Event { witnesses, reports, .. } = line {
        if *witnesses < documents.len() {
            small.text(&format!(", {witnesses} independent"));
        }
        match reports.first().and_then(|telling| telling.given_by.last()) {
            Some(giver) => small.text(" · says ").element("bdi", "", giver),
            None => small.text(" · ").text(OWN_WORDS),
        };
    }
    small
}

/// *A, B and 3 others*, each leading to its page.
pub fn names(sentence: &mut Markup, who: &[Who]) {
    let shown = if who.len() > NAMED { NAMED - 1 } else { who.len() };
    for (i, one) in who.iter().take(shown).enumerate() {
        let joint = match i {
            0 => "",
            _ if i + 1 == who.len() => " and ",
            _ => ", ",
        };
        sentence.text(joint).open("bdi", "").link(&links::record(&one.id), "name", &one.name).close("bdi");
    }
    if shown < who.len() {
        sentence.text(&format!(" and {} others", who.len() - shown));
    }
}

fn who_or(sentence: &mut Markup, who: &[Who], nobody: &str) {
    if who.is_empty() {
        sentence.text(OPEN).text(nobody);
    } else {
        names(sentence, who);
    }
}

/// How it is put, where it is not simply so.
fn put(sentence: &mut Markup, factuality: Factuality) {
    if let Some(word) = words::factuality(factuality) {
        dot(sentence);
        sentence.element("em", "", word);
    }
}

fn date(sentence: &mut Markup, day: Option<&str>) {
    if let Some(day) = day {
        dot(sentence);
        sentence.element("span", "date", &human_date(day));
    }
}

fn place(sentence: &mut Markup, place: Option<&Place>) {
    if let Some(place) = place {
        dot(sentence);
        // What the name stands for is not known.
        let open = place.lat.is_none() && place.country.is_none();
        sentence.text(if open { OPEN } else { "" }).element("bdi", "", &place.name);
        let precision = match place.precision {
            Some(Precision::Region) => " (region)",
            Some(Precision::Country) => " (country)",
            Some(Precision::Point | Precision::City) | None => return,
        };
        sentence.element("span", "soft", precision);
    }
}

/// The kind of an actor in words.
pub fn kind_of(kind: ActorKind) -> String {
    kind.as_str().replace('_', " ")
}

/// The first few of a list, and how many more there are.
pub fn some(all: &[String], most: usize) -> String {
    let shown = all.iter().take(most).cloned().collect::<Vec<_>>().join(", ");
    if all.len() > most { format!("{shown} and {} more", all.len() - most) } else { shown }
}

fn dot(sentence: &mut Markup) {
    sentence.element("span", "soft", " · ");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_in_its_sentence() {
        assert_eq!(
            around("It was so. The army said ", " soldiers died. More"),
            ("The army said ".into(), " soldiers died.".into())
        );
        assert_eq!(around("", " people"), (String::new(), " people".into()));
        assert_eq!(around("On Jan. 8, the army flew ", " strikes. In"), ("On Jan. 8, the army flew ".into(), " strikes.".into()));
        let long = "word ".repeat(40);
        let (before, after) = around(&long[..AROUND], &long[..AROUND]);
        assert!(before.starts_with("word") && after.ends_with("word"));
    }
}
