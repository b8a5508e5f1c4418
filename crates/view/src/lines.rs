//! The line of each kind of record.

use crate::dates::human_date;
use crate::names::Names;
use crate::numbers::{money, value};
use crate::phrase::{Phrase, Role};
use crate::words;
use onrecord_record::{Act, Actor, Event, Factuality, Figure, Id, IsoDate, Measure, Place, Position, Statement, Status, Value};
use onrecord_text::Span;

/// Stands before what the text leaves open.
const OPEN: &str = "○\u{a0}";

/// **Zelenskyy** said · “If stepping down means securing peace …” · 23 Feb 2025 · in the report’s own words
pub fn statement(names: &Names, s: &Statement) -> Phrase {
    let mut line = Phrase::default();
    let (verb, to) = words::said(s.act);
    line.group();
    match s.source {
        _ if !s.speaker.is_empty() => names.list(&s.speaker, Role::Strong, &mut line),
        Some(source) => drop(line.part(Role::Plain, OPEN).part(Role::Strong, one_line(names, source))),
        None => drop(line.part(Role::Plain, OPEN).part(Role::Strong, "somebody unnamed")),
    }
    line.part(Role::Plain, format!(" {verb}"));
    if !s.to.is_empty() {
        line.part(Role::Plain, to);
        names.list(&s.to, Role::Strong, &mut line);
    }
    // A refusal to speak says by its verb that nothing was said.
    if s.act != Act::Refuse || s.factuality != Factuality::Negated {
        put(s.factuality, &mut line);
    }
    let content: Vec<String> = s.content.iter().map(|&span| one_line(names, span)).collect();
    line.group().part(Role::Quote, content.join(" … "));
    when(&s.date, &mut line);
    given(names, &s.given_by, line)
}

/// **Russia** → **Ukraine** · ASSAULT (drone) · 22–23 Feb 2025 · Ukraine · 3 figures · in the report’s own words
pub fn event(names: &Names, e: &Event) -> Phrase {
    let mut line = Phrase::default();
    line.group();
    names.list(&e.actors, Role::Strong, &mut line);
    if !e.recipients.is_empty() {
        if e.actors.is_empty() {
            line.part(Role::Plain, OPEN).part(Role::Plain, "somebody");
        }
        line.part(Role::Plain, " → ");
        names.list(&e.recipients, Role::Strong, &mut line);
    }
    line.group().part(Role::Plain, e.kind.as_str());
    if let Some(mode) = &e.mode {
        line.part(Role::Plain, format!(" ({mode})"));
    }
    if !e.contexts.is_empty() {
        line.part(Role::Soft, format!(" {}", e.contexts.join(", ").replace('_', " ")));
    }
    put(e.factuality, &mut line);
    when(&e.date, &mut line);
    place(e.place.as_ref(), &mut line);
    if !e.figures.is_empty() {
        line.group().part(Role::Plain, words::count(e.figures.len(), "figure"));
        for id in &e.figures {
            line.part(Role::Soft, "\u{a0}").link(id.as_str(), id);
        }
    }
    given(names, &e.given_by, line)
}

/// **Zelenskyy** offers · stepping down · *if* peace for Ukraine · *if* NATO membership · in the report’s own words
pub fn position(names: &Names, p: &Position) -> Phrase {
    let mut line = Phrase::default();
    let [one, many, to] = words::moves(p.stance);
    line.group();
    match p.holder.as_slice() {
        [] => drop(line.part(Role::Plain, OPEN).part(Role::Plain, "somebody ").part(Role::Plain, one)),
        holders => {
            names.list(holders, Role::Strong, &mut line);
            let several = holders.len() > 1 || names.is_plural(&holders[0]);
            line.part(Role::Plain, format!(" {}", if several { many } else { one }));
        }
    }
    if !p.toward.is_empty() {
        line.part(Role::Plain, to);
        names.list(&p.toward, Role::Strong, &mut line);
    }
    // The conditions below say *if* themselves.
    if p.factuality != Factuality::Conditional || p.conditions.is_empty() {
        put(p.factuality, &mut line);
    }
    if p.status != Status::Standing {
        line.group().part(Role::Stress, p.status.as_str());
    }
    line.group().part(Role::Quote, one_line(names, p.proposition));
    for &condition in &p.conditions {
        let text = one_line(names, condition);
        let (opener, rest) = condition_opener(&text);
        line.group().part(Role::Stress, opener).part(Role::Plain, " ").part(Role::Quote, rest);
    }
    when(&p.date, &mut line);
    given(names, &p.given_by, line)
}

/// **267** drones launched · = 138 intercepted + 119 failed + *10 unaccounted* · says Ukraine’s Air Force
pub fn figure(names: &Names, f: &Figure) -> Phrase {
    let mut line = Phrase::default();
    let (amount, of) = amount(f);
    line.group().part(Role::Strong, format!("{}{amount}", words::bound(f.bound)));
    if !of.is_empty() {
        line.part(Role::Plain, format!(" {of}"));
    }
    if let Some(measure) = measure(f) {
        line.part(Role::Plain, format!(" {measure}"));
    }
    put(f.factuality, &mut line);
    parts(names, f, &mut line);
    if let Some(whole) = f.part_of.as_deref().and_then(|id| names.figure(id)) {
        let (amount, _) = self::amount(whole);
        line.group().part(Role::Plain, format!("of {}{amount}", words::bound(whole.bound)));
        if let Some(measure) = measure(whole) {
            line.part(Role::Plain, format!(" {measure}"));
        }
        line.part(Role::Soft, "\u{a0}").link(whole.id.as_str(), &whole.id);
    }
    line.group();
    for (preposition, actors) in [("by ", &f.by), ("against ", &f.against)] {
        if !actors.is_empty() {
            let blank = if preposition == "against " && !f.by.is_empty() { " " } else { "" };
            line.part(Role::Plain, blank).part(Role::Plain, preposition);
            names.list(actors, Role::Strong, &mut line);
        }
    }
    when(&f.date, &mut line);
    place(f.place.as_ref(), &mut line);
    given(names, &f.given_by, line)
}

/// **Volodymyr Zelenskyy** · person · UKR · GOV · President of Ukraine · named 23 times
pub fn actor(a: &Actor) -> Phrase {
    let mut line = Phrase::default();
    line.group().part(Role::Strong, a.name.as_str());
    line.group().part(Role::Plain, a.kind.as_str().replace('_', " "));
    line.group().part(Role::Plain, a.country.clone().unwrap_or_default());
    line.group().part(Role::Plain, a.sector.map_or("", |sector| sector.as_str()));
    line.group().part(Role::Plain, a.roles.join(", "));
    line.group().part(Role::Soft, words::count(a.mentions.len(), "mention"));
    line.done()
}

/// The number and what is counted, in the number that the number asks for.
fn amount(f: &Figure) -> (String, String) {
    match f.measure {
        Measure::Money if f.of.len() == 3 && f.of.bytes().all(|b| b.is_ascii_uppercase()) => (money(f.value, &f.of), String::new()),
        _ if f.of == "percent" => (format!("{}\u{a0}%", value(f.value)), String::new()),
        _ if f.value == Value::One(1.0) => (value(f.value), f.of.clone()),
        _ => (value(f.value), words::plural(&f.of)),
    }
}

/// In what respect, unless the thing counted says it: nobody reads *1 fatality killed*.
fn measure(f: &Figure) -> Option<&'static str> {
    let says_it =
        ["fatality", "death", "casualty", "injury", "victim", "detainee", "arrest"].iter().any(|noun| f.of.ends_with(noun));
    words::measure(f.measure).filter(|_| !says_it)
}

/// What a whole consists of, when the report tells.
fn parts(names: &Names, whole: &Figure, line: &mut Phrase) {
    let parts = names.parts(&whole.id);
    if parts.is_empty() {
        return;
    }
    let sum: f64 = parts.iter().map(|f| f.value.low()).sum::<f64>() + whole.unaccounted.unwrap_or(0.0);
    // Parts may overlap or be told in part; only those that add up are written as a sum.
    let adds_up = (sum - whole.value.low()).abs() < 1e-9;
    line.group().part(Role::Plain, if adds_up { "= " } else { "of which " });
    for (i, part) in parts.iter().enumerate() {
        let text = format!("{}{}", words::bound(part.bound), amount(part).0);
        let label = match measure(part) {
            Some(measure) if part.measure != whole.measure => format!(" {measure}"),
            _ if part.of != whole.of => format!(" {}", amount(part).1),
            _ => part.place.as_ref().map(|place| format!(" in {}", place.name)).unwrap_or_default(),
        };
        let joint = if adds_up { " + " } else { ", " };
        line.part(Role::Plain, if i == 0 { "" } else { joint }).part(Role::Plain, text + &label);
    }
    if let Some(left) = whole.unaccounted.filter(|&n| n > 0.0) {
        line.part(Role::Plain, if adds_up { " + " } else { ", " })
            .part(Role::Stress, format!("{} unaccounted", crate::numbers::number(left)));
    }
}

/// The word that opens a condition, and what follows it; *if* where the text has none.
///
/// ```
/// assert_eq!(onrecord_view::condition_opener("in exchange for prisoners"), ("in exchange for".into(), "prisoners".into()));
/// assert_eq!(onrecord_view::condition_opener("peace for Ukraine"), ("if".into(), "peace for Ukraine".into()));
/// ```
pub fn condition_opener(text: &str) -> (String, String) {
    const OPENERS: [&str; 19] = [
        "as long as",
        "in exchange for",
        "in return for",
        "on condition that",
        "on the condition that",
        "provided that",
        "only if",
        "even if",
        "so long as",
        "without",
        "provided",
        "unless",
        "until",
        "before",
        "after",
        "once",
        "when",
        "with",
        "if",
    ];
    let starts = |opener: &str| {
        text.get(..opener.len()).is_some_and(|start| start.eq_ignore_ascii_case(opener)) && text[opener.len()..].starts_with(' ')
    };
    match OPENERS.iter().find(|opener| starts(opener)) {
        Some(opener) => ((*opener).into(), text[opener.len()..].trim_start().into()),
        None => ("if".into(), text.into()),
    }
}

fn put(factuality: Factuality, line: &mut Phrase) {
    line.group().part(Role::Stress, words::factuality(factuality).unwrap_or_default());
}

fn when(date: &Option<IsoDate>, line: &mut Phrase) {
    line.group().part(Role::Plain, date.as_deref().map(human_date).unwrap_or_default());
}

/// A place that could not be told on the map is shown as written, with a hollow sign.
fn place(place: Option<&Place>, line: &mut Phrase) {
    let Some(place) = place else { return };
    let resolved = place.country.is_some() || place.geonames.is_some() || place.lat.is_some();
    line.group().part(Role::Plain, if resolved { "" } else { OPEN }).part(Role::Plain, place.name.as_str());
}

fn given(names: &Names, given_by: &[Id], mut line: Phrase) -> Phrase {
    line.group().part(Role::Plain, names.giver(given_by));
    line.own_words = given_by.is_empty();
    line.done()
}

fn one_line(names: &Names, span: Span) -> String {
    crate::evidence::one_line(names.document.slice(span))
}
