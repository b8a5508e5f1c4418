//! The timeline: day by day what happened, what was said, which numbers and positions changed; above it how much, and how often told.

use crate::ask::Ask;
use crate::at_hand::AtHand;
use crate::bars::Bars;
use crate::calendar::iso;
use crate::drawing::Drawing;
use crate::filters::Filters;
use crate::form::Form;
use crate::lines::{self, Spoken};
use crate::problem::Problem;
use crate::reply::Reply;
use crate::shell::Shell;
use askama::Template;
use onrecord_account::{Days, Happening, Kind, Line, Moment, timeline};
use onrecord_export::flat::Row;
use onrecord_export::known::Known;
use onrecord_export::thousands;
use onrecord_store::{Asked, Stretch};
use onrecord_view::human_date;
use serde_json::json;
use std::collections::HashMap;

/// Events, positions and statements of a page, each.
const ROOM: usize = 40;
const COLUMNS: [&str; 6] = ["date", "happening", "line", "who", "what", "reports"];

#[derive(Template)]
#[template(path = "timeline.html")]
struct Page {
    shell: Shell,
    filters: Filters,
    bars: Option<Drawing>,
    unit: &'static str,
    /// Events of before the first bar, and where they are.
    earlier: Option<(String, String)>,
    days: Vec<Day>,
    map: String,
    /// The first day of the page holds more than is shown: where the rest is.
    cut: Option<(String, String)>,
    next: Option<String>,
}

/// A day, or as narrow as it is told.
struct Day {
    heading: String,
    moments: Vec<Shown>,
}

/// A line with what it adds to the day.
struct Shown {
    line: Spoken,
    /// Its name, and the first time it stands on the page nothing else.
    anchor: String,
}

/// `/timeline`
pub fn page(ask: &mut Ask) -> Result<Reply, Problem> {
    // Pages go back by dates, not by places in an answer.
    ask.only(&[&["q", "limit"], &crate::ask::FILTERS[..]].concat())?;
    let asked = ask.question()?;
    let stretch = ask.store.stretch(&asked, ask.limit(ROOM)?)?;
    let moments = moments(&stretch, &asked);
    let next = stretch.since.map(|since| ask.set("until", &iso(since.saturating_sub(1))));
    match ask.form {
        Form::Json => {
            let all: Vec<_> = moments
                .iter()
                .map(
                    |moment| json!({"date": moment.date, "happening": happening(moment), "at": place(moment), "line": moment.line}),
                )
                .collect();
            let since = stretch.since.map(iso);
            let next = next.map(|next| in_form(&next, ask.form));
            Reply::json(&json!({"ok": true, "moments": all, "since": since, "cut": stretch.cut, "next": next}))
        }
        Form::Csv => Ok(Reply::csv(&COLUMNS, moments.iter().map(row))?.next(next.map(|next| in_form(&next, ask.form)).as_ref())),
        Form::Html => {
            let filters = Filters::new(ask, ask.store.facets(Kind::Event, &asked)?);
            let bars = Bars::new(&ask.store.strip(Kind::Event, &asked)?.days);
            let at_hand = AtHand::new(ask.store);
            let mut known = at_hand.words();
            let days = days(&moments, &mut known)?;
            let day = stretch.since.filter(|_| stretch.cut).map(iso);
            Reply::page(&Page {
                shell: Shell::new(ask, "Timeline"),
                filters,
                unit: bars.as_ref().map_or("day", |bars| bars.unit.word()),
                earlier: bars.as_ref().and_then(|bars| Some((thousands(bars.earlier), ask.set("until", bars.before.as_deref()?)))),
                bars: bars.map(|bars| bars.drawn(|when| between(ask, when, when))),
                days,
                map: ask.at("/map"),
                cut: day.map(|day| (human_date(&day), ask.at_with("/events", &[("since", &day), ("until", &day)]))),
                next,
            })
        }
    }
}

/// This page between two dates.
fn between(ask: &Ask, since: &str, until: &str) -> String {
    ask.at_with(ask.path, &[("since", since), ("until", until)])
}

/// The address of the same as data.
fn in_form(href: &str, form: Form) -> String {
    let end = form.end();
    let (path, query) = href.split_once('?').unwrap_or((href, ""));
    if query.is_empty() { format!("{path}{end}") } else { format!("{path}{end}?{query}") }
}

/// What the stretch tells, the latest day first and what has no day last. A value or a move counts where it was told; what happened or was
/// said stands where the account has it, and on no earlier day than those that are told whole: there it will stand on their page.
fn moments<'s>(stretch: &'s Stretch, asked: &Asked) -> Vec<Moment<'s>> {
    let fits = |moment: &Moment| {
        let Some(days) = moment.days else { return stretch.since.is_none() };
        let changes = matches!(moment.what, Happening::Value(_) | Happening::Move(..));
        let since = if changes { stretch.since.max(asked.since) } else { stretch.since };
        since.is_none_or(|since| days.first >= since) && (!changes || asked.until.is_none_or(|until| days.first <= until))
    };
    let mut all: Vec<Moment> = timeline(&stretch.lines, None, None).into_iter().filter(fits).collect();
    // Days turn, what stands on one keeps its order.
    all.sort_by_key(|moment| std::cmp::Reverse(moment.days.map(|days| (days.first, -days.length()))));
    all
}

fn days(moments: &[Moment], known: &mut Known) -> Result<Vec<Day>, Problem> {
    let mut days: Vec<(Option<Days>, Day)> = Vec::new();
    let mut times: HashMap<String, usize> = HashMap::new();
    for moment in moments {
        let line = lines::spoken_at(moment.line, place(moment), known)?;
        let again = times.entry(line.name.clone()).or_default();
        *again += 1;
        let anchor = if *again == 1 { line.name.clone() } else { format!("{}-{again}", line.name) };
        let shown = Shown { line, anchor };
        match days.last_mut().filter(|(days, _)| *days == moment.days) {
            Some((_, day)) => day.moments.push(shown),
            None => days.push((moment.days, Day { heading: heading(moment), moments: vec![shown] })),
        }
    }
    Ok(days.into_iter().map(|(_, day)| day).collect())
}

/// *Tuesday, 3 Mar 2026*, or as narrow as it is told.
fn heading(moment: &Moment) -> String {
    let (Some(date), Some(days)) = (moment.date, moment.days) else { return "Without a day".to_owned() };
    if days.length() > 1 || date.contains('/') {
        return human_date(date);
    }
    crate::calendar::date_of(days.first).strftime("%A, %-d %b %Y").to_string()
}

fn happening(moment: &Moment) -> &'static str {
    match moment.what {
        Happening::Event => "event",
        Happening::Value(_) => "value",
        Happening::Move(..) => "move",
        Happening::Said => "said",
    }
}

/// Its place in the series or history of the line.
fn place(moment: &Moment) -> Option<usize> {
    match moment.what {
        Happening::Value(at) | Happening::Move(at, _) => Some(at),
        Happening::Event | Happening::Said => None,
    }
}

fn row(moment: &Moment) -> Row {
    let names = |who: &[onrecord_account::Who]| who.iter().map(|who| who.name.as_str()).collect::<Vec<_>>().join("; ");
    let (who, what, reports) = match (moment.what, moment.line) {
        (_, Line::Event { event_type, actors, reports, .. }) => (names(actors), event_type.as_str().to_owned(), reports.len()),
        (Happening::Value(at), Line::Figure { of, measure, series, .. }) => {
            let told = &series[at];
            let value = onrecord_export::amount(told.value, told.bound);
            (
                told.given_by.last().cloned().unwrap_or_default(),
                format!("{value} {}", super::figures::what(of, *measure)),
                series.len(),
            )
        }
        (Happening::Move(at, _), Line::Position { holder, history, .. }) => {
            (names(holder), history[at].stance.as_str().to_owned(), history.len())
        }
        (_, Line::Statement { speaker, act, appearances, .. }) => (names(speaker), act.as_str().to_owned(), appearances.len()),
        _ => Default::default(),
    };
    vec![
        moment.date.unwrap_or_default().into(),
        happening(moment).into(),
        moment.line.id().into(),
        who.into(),
        what.into(),
        reports.into(),
    ]
}
