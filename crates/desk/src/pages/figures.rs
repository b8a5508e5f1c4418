//! Figures: one row a quantity, its values as dots beside each other, whoever gives them.

use crate::ask::Ask;
use crate::at_hand::AtHand;
use crate::drawing::Drawing;
use crate::filters::Filters;
use crate::form::Form;
use crate::lines::{self, Quote};
use crate::links;
use crate::markup::Markup;
use crate::parts::Parts;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::shell::Shell;
use crate::strip::{self, Dot, amount};
use askama::Template;
use onrecord_account::{Kind, Line, Related, Relation, Told};
use onrecord_export::flat::Row;
use onrecord_export::known::Known;
use onrecord_record::Measure;
use onrecord_view::{human_date, words};
use serde_json::{Map, Value, json};
use std::collections::{BTreeSet, HashMap};

/// Series of a page where nobody says how many.
const SERIES: usize = 25;
/// Relations of a series that are said; the rest is counted.
const SAID: usize = 6;
/// One row a value.
const COLUMNS: [&str; 12] =
    ["series", "event", "measure", "of", "low", "high", "bound", "giver", "report", "published", "factuality", "relation"];

#[derive(Template)]
#[template(path = "figures.html")]
struct Page {
    shell: Shell,
    filters: Filters,
    series: Vec<Shown>,
    conflicts: bool,
    /// The same with the other choice.
    all: String,
    only_conflicts: String,
    next: Option<String>,
}

/// A quantity.
struct Shown {
    name: String,
    href: String,
    what: String,
    /// The sentence of its event.
    event: Option<(Markup, String)>,
    lanes: Vec<Giver>,
    drawing: Drawing,
    /// Earlier values that are not drawn.
    more: usize,
    relations: Vec<Markup>,
    more_relations: usize,
    parts: Vec<(Markup, Quote)>,
    /// Reports that tell the event and give no number.
    without: usize,
    values: Vec<Valued>,
}

struct Giver {
    name: String,
    own: bool,
}

/// A value with its words.
struct Valued {
    amount: String,
    giver: String,
    own: bool,
    day: String,
    quote: Quote,
}

/// `/figures`
pub fn page(ask: &mut Ask) -> Result<Reply, Problem> {
    ask.only_questions_and(&["conflicts"])?;
    let conflicts = ask.is_on("conflicts")?;
    let mut asked = ask.question()?;
    asked.limit = Some(ask.limit(SERIES)?);
    asked.fits(Kind::Event)?;
    let page = ask.store.page_of_figures(&asked, conflicts, ask.after()?.as_ref())?;
    let next = page.next.as_ref().map(|next| ask.next(next));
    let at_hand = AtHand::new(ask.store);
    match ask.form {
        Form::Json => {
            let mut parts = Map::new();
            for line in &page.lines {
                parts.extend(parts_as_data(line, &at_hand)?);
            }
            Reply::json(&json!({"ok": true, "lines": page.lines, "parts": parts, "next": next}))
        }
        Form::Csv => Ok(Reply::csv(&COLUMNS, page.lines.iter().flat_map(rows))?.next(next.as_ref())),
        Form::Html => {
            let filters = Filters::new(ask, ask.store.facets(Kind::Event, &asked)?);
            let mut known = at_hand.words();
            let mut events = HashMap::new();
            let mut series = Vec::with_capacity(page.lines.len());
            for line in &page.lines {
                if let Line::Figure { event: Some(event), .. } = line
                    && !events.contains_key(event)
                {
                    events.insert(event.clone(), ask.store.line(event)?);
                }
                series.extend(shown(line, &events, &at_hand, &mut known)?);
            }
            Reply::page(&Page {
                shell: Shell::new(ask, "Figures"),
                filters,
                series,
                conflicts,
                all: ask.without("conflicts", ask.one("conflicts").unwrap_or_default()),
                only_conflicts: ask.set("conflicts", "1"),
                next,
            })
        }
    }
}

/// *soldiers killed*.
pub fn what(of: &str, measure: Measure) -> String {
    match words::measure(measure) {
        Some(measure) => format!("{} {measure}", words::plural(of)),
        None => words::plural(of),
    }
}

/// A series as it is set; none of another line.
fn shown(
    line: &Line,
    events: &HashMap<String, Option<Line>>,
    at_hand: &AtHand,
    known: &mut Known,
) -> Result<Option<Shown>, Problem> {
    let Line::Figure { id, event, measure, of, series, relations } = line else { return Ok(None) };
    let event = event.as_ref().and_then(|event| events.get(event)?.as_ref());
    let more = series.len().saturating_sub(strip::DRAWN);
    let mut dots = Vec::new();
    for (at, told) in series.iter().enumerate().skip(more) {
        dots.push(Dot { at, told, giver: giver(told, known)? });
    }
    let what = what(of, *measure);
    let lanes = strip::lanes(&dots);
    let drawing = strip::drawn(&what, *measure == Measure::Share, &lanes, relations);
    let lanes = lanes.iter().map(|lane| Giver { name: lane.giver.to_owned(), own: lane.own }).collect();
    let sayable: Vec<&Related> = relations.iter().filter(|r| r.is != Relation::Repeat && r.a >= more && r.b >= more).collect();
    let mut values = Vec::with_capacity(dots.len());
    for dot in &dots {
        values.push(valued(dot, known)?);
    }
    Ok(Some(Shown {
        href: links::record(id),
        name: id.clone(),
        event: event.map(|line| Ok::<_, Problem>((lines::spoken(line, known)?.sentence, links::record(line.id())))).transpose()?,
        drawing,
        lanes,
        more,
        more_relations: sayable.len().saturating_sub(SAID),
        relations: sayable.into_iter().take(SAID).map(|related| related_in_words(related, &dots, more)).collect(),
        parts: parts(&dots, at_hand, known)?,
        without: event.map_or(0, |line| without_number(line, series)),
        values,
        what,
    }))
}

/// Who gives a value: the last who is named, else the outlet in its own words.
fn giver(told: &Told, known: &mut Known) -> Result<String, Problem> {
    if let Some(giver) = told.given_by.last() {
        return Ok(giver.clone());
    }
    let report = known.report(&told.document)?;
    Ok(if report.outlet().is_empty() { told.document.clone() } else { report.outlet().to_owned() })
}

fn valued(dot: &Dot, known: &mut Known) -> Result<Valued, Problem> {
    let told = dot.told;
    Ok(Valued {
        amount: strip::put(told),
        giver: dot.giver.clone(),
        own: told.given_by.is_empty(),
        day: told.published.as_deref().map(human_date).unwrap_or_default(),
        quote: lines::quote(known, &told.document, &told.record, &[told.span], told.factuality)?,
    })
}

/// *the army: 14, before 12*: how two values stand to each other.
fn related_in_words(related: &Related, dots: &[Dot], first: usize) -> Markup {
    let (before, after) = (&dots[related.a - first], &dots[related.b - first]);
    let value = |dot: &Dot| amount(dot.told.value, dot.told.bound);
    let day = |sentence: &mut Markup, dot: &Dot| {
        if let Some(day) = &dot.told.published {
            sentence.element("span", "soft", &format!(" ({})", human_date(day)));
        }
    };
    let mut sentence = Markup::new();
    let said = match related.is {
        Relation::Update => " now says ",
        Relation::Correction => " corrects itself to ",
        Relation::Conflict | Relation::Same | Relation::Repeat => " says ",
    };
    sentence.element("bdi", "", &after.giver).text(said).element("b", "", &value(after));
    day(&mut sentence, after);
    match related.is {
        Relation::Update => drop(sentence.text(", ").element("em", "", "before").text(" ")),
        Relation::Correction => drop(sentence.text(", ").element("em", "", "corrected from").text(" ")),
        Relation::Conflict => drop(sentence.text(" – ").element("em", "", "cannot hold with").text(" ")),
        Relation::Same | Relation::Repeat => {
            sentence.text(", ").element("em", "", "the same as").text(" ").element("bdi", "", &before.giver);
            return sentence;
        }
    }
    sentence.element("b", "", &value(before));
    if related.is == Relation::Conflict {
        sentence.text(" says ").element("bdi", "", &before.giver);
    }
    day(&mut sentence, before);
    sentence
}

/// What each report that tells parts says of them, the same said once.
fn parts(dots: &[Dot], at_hand: &AtHand, known: &mut Known) -> Result<Vec<(Markup, Quote)>, Problem> {
    let mut all: Vec<(Markup, Quote)> = Vec::new();
    for Dot { told, .. } in dots {
        let kept = at_hand.kept(&told.document)?;
        let Some(parts) = Parts::new(&told.document, &kept.record, &told.record) else { continue };
        let sentence = parts.sentence();
        if !all.iter().any(|(known, _)| *known == sentence) {
            all.push((sentence, lines::quote(known, &told.document, &told.record, &[told.span], told.factuality)?));
        }
    }
    Ok(all)
}

fn parts_as_data(line: &Line, at_hand: &AtHand) -> Result<Option<(String, Value)>, Problem> {
    let Line::Figure { id, series, .. } = line else { return Ok(None) };
    let mut all = Vec::new();
    for told in series {
        let kept = at_hand.kept(&told.document)?;
        all.extend(Parts::new(&told.document, &kept.record, &told.record).map(|parts| parts.json()));
    }
    Ok((!all.is_empty()).then(|| (id.clone(), all.into())))
}

fn without_number(event: &Line, series: &[Told]) -> usize {
    let Line::Event { reports, .. } = event else { return 0 };
    let with: BTreeSet<&str> = series.iter().map(|told| told.document.as_str()).collect();
    let all: BTreeSet<&str> = reports.iter().map(|telling| telling.document.as_str()).collect();
    all.difference(&with).count()
}

/// One row a value.
fn rows(line: &Line) -> Vec<Row> {
    let Line::Figure { id, event, measure, of, series, relations } = line else { return Vec::new() };
    let relation = |at: usize| {
        let of_value = relations.iter().filter(|related| related.b == at || (related.a == at && related.is == Relation::Conflict));
        let said = of_value.map(|related| {
            let other = &series[if related.b == at { related.a } else { related.b }];
            let is = serde_json::to_value(related.is).unwrap_or_default();
            format!("{} {}", is.as_str().unwrap_or_default(), onrecord_export::amount(other.value, other.bound))
        });
        let said: Vec<String> = said.collect();
        said.join("; ")
    };
    let row = |(at, told): (usize, &Told)| -> Row {
        vec![
            id.as_str().into(),
            event.as_deref().unwrap_or_default().into(),
            measure.as_str().into(),
            of.as_str().into(),
            number(told.value.low()),
            number(told.value.high()),
            told.bound.as_str().into(),
            told.given_by.last().map(String::as_str).unwrap_or_default().into(),
            told.document.as_str().into(),
            told.published.as_deref().unwrap_or_default().into(),
            told.factuality.as_str().into(),
            relation(at).into(),
        ]
    };
    series.iter().enumerate().map(row).collect()
}

/// Whole numbers without a point.
fn number(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 1e15 { (value as i64).into() } else { value.into() }
}
