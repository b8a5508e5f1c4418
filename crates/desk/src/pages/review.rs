//! Review: what nobody has looked at yet, the most doubtful first, one record at a time.
//!
//! Every key is a button of the page (`data-key`), so that everything works without a script too.

use crate::ask::Ask;
use crate::form::Form;
use crate::lines::{self, Spoken};
use crate::links;
use crate::pages::log::{self, Said};
use crate::problem::Problem;
use crate::reply::Reply;
use crate::shell::Shell;
use askama::Template;
use onrecord_account::{Kind, Line};
use onrecord_export::thousands;
use onrecord_record::RecordKind;
use onrecord_store::{Asked, Field, Queue, Target, Unseen};
use serde_json::json;

/// Code points around the words that show the record.
const AROUND: usize = 320;
/// Lines that a record may be one with.
const SUGGESTED: usize = 5;
/// Empty parts of the queue that are passed over before a page says so.
const PASSED_OVER: usize = 20;

/// The text around a record's words.
struct Passage {
    before: String,
    words: String,
    after: String,
    factuality: &'static str,
}

/// A field in the form that puts it right.
struct Input {
    name: &'static str,
    value: String,
    /// Values to choose from, and whether each is the present one; none where anything may be typed.
    options: Vec<(String, bool)>,
}

/// A record with all that is needed to decide about it.
struct Task {
    name: String,
    document: String,
    record: String,
    doubt: String,
    reasons: Vec<String>,
    why: String,
    source: String,
    report: String,
    passage: Passage,
    line: Option<Spoken>,
    fields: Vec<Input>,
    suggested: Vec<Spoken>,
    /// Lines of this kind can be one with others.
    can_merge: bool,
}

#[derive(Template)]
#[template(path = "review.html")]
struct Page {
    shell: Shell,
    waiting: String,
    task: Option<Task>,
    /// Where to come back to after a decision: the same place, since what was decided waits no more.
    here: String,
    /// Where this record is passed over.
    skip: String,
    last: Option<Said>,
}

/// `/review`
pub fn page(ask: &mut Ask) -> Result<Reply, Problem> {
    ask.only(&["after", "limit", "done"])?;
    let limit = if ask.form == Form::Html { 1 } else { ask.limit(50)? };
    let Queue { unseen, next } = next_of(ask, limit)?;
    match ask.form {
        Form::Json => {
            let next = next.map(|next| links::address("/review.json", [("after", next.as_str())]));
            Reply::json(&json!({"ok": true, "waiting": ask.store.waiting()?, "unseen": unseen, "next": next}))
        }
        Form::Csv => {
            let row = |one: &Unseen| {
                let source = &one.source;
                let words = onrecord_view::one_line(&source.words).into();
                vec![
                    source.name.as_str().into(),
                    one.doubt.into(),
                    one.conflict.into(),
                    source.document.as_str().into(),
                    source.record.as_str().into(),
                    source.why.as_str().into(),
                    words,
                ]
            };
            Reply::csv(&["id", "doubt", "conflict", "report", "record", "why", "words"], unseen.iter().map(row))
        }
        Form::Html => {
            let here = ask.one("after").map_or_else(|| "/review".to_owned(), |after| links::address("/review", [("after", after)]));
            let skip = next.map_or_else(|| "/review".to_owned(), |next| links::address("/review", [("after", next.as_str())]));
            let task = unseen.first().map(|one| task(ask, one)).transpose()?;
            let waiting = thousands(ask.store.waiting()?);
            let last = last(ask)?;
            Reply::page(&Page { shell: Shell::new(ask, "Review"), waiting, task, here, skip, last })
        }
    }
}

/// The next part of the queue that holds anything.
fn next_of(ask: &Ask, limit: usize) -> Result<Queue, Problem> {
    let mut after = ask.one("after").map(str::to_owned);
    let mut queue = ask.store.queue(after.as_deref(), limit)?;
    for _ in 0..PASSED_OVER {
        if !queue.unseen.is_empty() || queue.next.is_none() {
            break;
        }
        after = queue.next;
        queue = ask.store.queue(after.as_deref(), limit)?;
    }
    Ok(queue)
}

/// What was decided a moment ago, to be taken back by one key.
fn last(ask: &Ask) -> Result<Option<Said>, Problem> {
    let Some(done) = ask.one("done").and_then(|done| done.split(',').next_back()?.parse::<i64>().ok()) else { return Ok(None) };
    let entry = ask.store.log()?.into_iter().find(|entry| entry.id() == done);
    Ok(entry.as_ref().map(log::said).filter(|said: &Said| !said.undone))
}

fn task(ask: &Ask, unseen: &Unseen) -> Result<Task, Problem> {
    let source = &unseen.source;
    let target = Target { document: source.document.clone(), record: source.record.clone() };
    let kept = ask.store.kept(&source.document)?;
    let line = ask.store.line(&source.name)?;
    let mut known = ask.reports();
    let suggested = match &line {
        Some(line) => suggested(ask, line)?.iter().map(|line| lines::spoken(line, &mut known)).collect::<Result<_, _>>()?,
        None => Vec::new(),
    };
    let head = [source.outlet.as_deref(), source.title.as_deref(), source.published.as_deref()];
    let head: Vec<&str> = head.into_iter().flatten().collect();
    Ok(Task {
        name: source.name.clone(),
        document: source.document.clone(),
        record: source.record.to_string(),
        doubt: format!("{:.0}\u{a0}%", unseen.doubt * 100.0),
        reasons: reasons(unseen),
        why: source.why.clone(),
        source: if head.is_empty() { source.document.clone() } else { head.join(", ") },
        report: links::record_in(&source.document, &source.record),
        passage: passage(&kept.document.text, &source.words, source.factuality.unwrap_or_default().as_str()),
        line: line.as_ref().map(|line| lines::spoken(line, &mut known)).transpose()?,
        fields: ask.store.fields(&target)?.into_iter().map(input).collect(),
        suggested,
        can_merge: unseen.kind != RecordKind::Figure,
    })
}

fn input(field: Field) -> Input {
    let Field { name, value, allowed } = field;
    // Of contexts several may hold.
    if allowed.is_empty() || name == "contexts" {
        return Input { name, value, options: Vec::new() };
    }
    let mut options: Vec<(String, bool)> = allowed.iter().map(|one| ((*one).to_owned(), *one == value)).collect();
    if name == "mode" || !allowed.contains(&value.as_str()) {
        options.insert(0, (String::new(), value.is_empty()));
    }
    Input { name, value, options }
}

/// Why it comes so early.
fn reasons(unseen: &Unseen) -> Vec<String> {
    let mut reasons = Vec::new();
    if unseen.conflict {
        reasons.push("it cannot hold together with another report’s figure".to_owned());
    }
    if let Some(confidence) = unseen.source.confidence {
        reasons.push(format!("the reader is {:.0}\u{a0}% sure", confidence * 100.0));
    }
    reasons
}

/// The first words that show it, with some text around, on whole words.
fn passage(text: &str, words: &str, factuality: &'static str) -> Passage {
    let first = words.split(" … ").next().unwrap_or_default();
    let Some(start) = text.find(first).filter(|_| !first.is_empty()) else {
        return Passage { before: String::new(), words: words.to_owned(), after: String::new(), factuality };
    };
    let end = start + first.len();
    let from = text[..start].char_indices().rev().take(AROUND).last().map_or(start, |(at, _)| at);
    let to = text[end..].char_indices().nth(AROUND).map_or(text.len(), |(at, _)| end + at);
    let before = &text[from..start];
    let before = if from == 0 { before } else { before.split_once(char::is_whitespace).map_or(before, |(_, rest)| rest) };
    let after = &text[end..to];
    let after = if to == text.len() { after } else { after.rsplit_once(char::is_whitespace).map_or(after, |(rest, _)| rest) };
    Passage { before: before.to_owned(), words: first.to_owned(), after: after.to_owned(), factuality }
}

/// Lines of the same kind and type near it in time and place.
fn suggested(ask: &Ask, line: &Line) -> Result<Vec<Line>, Problem> {
    let mut asked = Asked { limit: Some(SUGGESTED + 1), ..Asked::default() };
    let kind = match line {
        Line::Event { event_type, place, .. } => {
            asked.what.push(event_type.as_str().to_owned());
            asked.place.extend(place.as_ref().and_then(|place| place.country.clone()));
            Kind::Event
        }
        Line::Position { holder, .. } => {
            asked.who.extend(holder.first().map(|who| who.id.clone()));
            Kind::Position
        }
        Line::Statement { speaker, .. } => {
            asked.who.extend(speaker.first().map(|who| who.id.clone()));
            Kind::Statement
        }
        _ => return Ok(Vec::new()),
    };
    let day = onrecord_account::first_day(line);
    (asked.since, asked.until) = (day.map(|day| day - 3), day.map(|day| day + 3));
    let mut found = ask.store.ask(kind, &asked)?;
    found.retain(|other| other.id() != line.id());
    found.truncate(SUGGESTED);
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_stand_in_their_text() {
        let text = format!("{} before it, the army said 12 died, and after it {}", "long ".repeat(100), "more ".repeat(100));
        let passage = passage(&text, "12 died … and more", "actual");
        assert_eq!(passage.words, "12 died");
        assert!(passage.before.ends_with("the army said ") && passage.before.starts_with("long"), "{}", passage.before);
        assert!(passage.after.starts_with(", and after it") && passage.after.ends_with("more"), "{}", passage.after);
        assert_eq!(super::passage("héé", "é", "actual").words, "é");
        assert_eq!(super::passage("none", "other", "actual").before, "");
    }
}
