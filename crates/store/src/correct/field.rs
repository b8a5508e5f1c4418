//! What can be put right of a record: its fields, and what each may hold.

use super::place::place;
use onrecord_account::{Days, Kind, anchors};
use onrecord_record::{Act, Bound, CONTEXTS, EventType, Factuality, Measure, Move, Record, RecordKind, SpeechMode, Status, modes};
use onrecord_text::{Document, Span};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What a field holds.
#[derive(Clone, Copy)]
pub(crate) enum Sort {
    /// One name of a closed list.
    Of(fn() -> Vec<&'static str>),
    Mode,
    Contexts,
    Cameo,
    Actors,
    Date,
    Place,
    Number,
    Words,
    Passages,
}

/// Declares the names of a closed list as [`Sort::Of`] wants them.
macro_rules! of {
    ($list:ty) => {
        Sort::Of(|| <$list>::ALL.iter().map(|value| value.as_str()).collect())
    };
}

/// The fields of a record that people may put right.
pub(crate) const fn fields(kind: RecordKind) -> &'static [(&'static str, Sort)] {
    match kind {
        RecordKind::Event => &[
            ("type", of!(EventType)),
            ("mode", Sort::Mode),
            ("contexts", Sort::Contexts),
            ("cameo", Sort::Cameo),
            ("actors", Sort::Actors),
            ("recipients", Sort::Actors),
            ("date", Sort::Date),
            ("place", Sort::Place),
            ("factuality", of!(Factuality)),
            ("given_by", Sort::Actors),
        ],
        RecordKind::Statement => &[
            ("speaker", Sort::Actors),
            ("act", of!(Act)),
            ("mode", of!(SpeechMode)),
            ("to", Sort::Actors),
            ("date", Sort::Date),
            ("factuality", of!(Factuality)),
            ("given_by", Sort::Actors),
        ],
        RecordKind::Position => &[
            ("holder", Sort::Actors),
            ("move", of!(Move)),
            ("conditions", Sort::Passages),
            ("toward", Sort::Actors),
            ("status", of!(Status)),
            ("date", Sort::Date),
            ("factuality", of!(Factuality)),
            ("given_by", Sort::Actors),
        ],
        RecordKind::Figure => &[
            ("value", Sort::Number),
            ("bound", of!(Bound)),
            ("of", Sort::Words),
            ("measure", of!(Measure)),
            ("by", Sort::Actors),
            ("against", Sort::Actors),
            ("date", Sort::Date),
            ("place", Sort::Place),
            ("factuality", of!(Factuality)),
            ("given_by", Sort::Actors),
        ],
    }
}

/// The field of this name.
pub(crate) fn sort(kind: RecordKind, field: &str) -> Result<Sort, String> {
    let known = fields(kind);
    let found = known.iter().find(|(name, _)| *name == field).map(|(_, sort)| *sort);
    let names = || known.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    found.ok_or_else(|| format!("{field}: {kind}s have no such field to put right; there are {}", names()))
}

/// A value with what it means in its report.
pub(crate) struct Context<'r> {
    pub document: &'r Document,
    pub record: &'r Record,
    /// Place of the record that is put right among those of its kind.
    pub at: usize,
}

impl Context<'_> {
    /// The value that a person typed, as it is kept: actors by their names, passages by their words, since ids and places of records
    /// are others when the report is read again.
    pub fn typed(&self, sort: Sort, value: &str) -> Result<Value, String> {
        let value = value.trim();
        let optional = |read: &dyn Fn() -> Result<Value, String>| if value.is_empty() { Ok(Value::Null) } else { read() };
        match sort {
            Sort::Of(names) => listed(value, &names()).map(Value::from),
            Sort::Mode => optional(&|| {
                let kind = self.record.events[self.at].kind;
                match modes(kind) {
                    [] => Err(format!("{kind} has no modes; leave it empty")),
                    modes => listed(value, modes).map(Value::from),
                }
            }),
            Sort::Contexts => parts(value, ';').map(|one| listed(one, CONTEXTS)).collect::<Result<Vec<_>, _>>().map(Value::from),
            Sort::Cameo => optional(&|| match value.len() {
                2..=4 if value.bytes().all(|b| b.is_ascii_digit()) => Ok(value.into()),
                _ => Err(format!("{value:?} is no code of CAMEO: 2 to 4 digits")),
            }),
            Sort::Actors => {
                let mut all = parts(value, ';').map(|one| self.actor(one)).collect::<Result<Vec<_>, _>>()?;
                let mut seen = BTreeSet::new();
                all.retain(|name| seen.insert(name.clone()));
                Ok(all.into())
            }
            Sort::Date => optional(&|| match Days::parse(value, self.document.published) {
                Some(_) => Ok(value.into()),
                None => Err(format!("{value:?} is no date: 2026-03-01, 2026-03, 2026, 2026-W10, or two of them with / between")),
            }),
            Sort::Place => optional(&|| place(value, self.record)),
            Sort::Number => number(value),
            Sort::Words if value.is_empty() => Err("it cannot be empty".to_owned()),
            Sort::Words => Ok(value.into()),
            Sort::Passages => {
                let all = parts(value, '|').map(|words| self.passage(words).map(|_| words));
                all.collect::<Result<Vec<_>, _>>().map(Value::from)
            }
        }
    }

    /// What a record has, as it is kept.
    pub fn kept(&self, sort: Sort, value: &Value) -> Value {
        let each = |read: &dyn Fn(&Value) -> Option<String>| value.as_array().into_iter().flatten().filter_map(read).collect();
        match sort {
            Sort::Actors => {
                let names = anchors(Kind::Actor, self.record);
                let of = |id: &Value| self.record.actors.iter().position(|actor| Some(actor.id.as_str()) == id.as_str());
                each(&|id| of(id).map(|at| names[at].clone()))
            }
            Sort::Passages => each(&|span| {
                let span: Span = serde_json::from_value(span.clone()).ok()?;
                Some(self.document.text.get(span.range())?.to_owned())
            }),
            _ => value.clone(),
        }
    }

    /// What is kept, as the record has it.
    pub fn meant(&self, sort: Sort, kept: &Value) -> Result<Value, String> {
        let each = |read: &dyn Fn(&str) -> Result<Value, String>| {
            kept.as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(read)
                .collect::<Result<Vec<_>, _>>()
                .map(Value::from)
        };
        match sort {
            Sort::Actors => {
                let names = anchors(Kind::Actor, self.record);
                each(&|name| match names.iter().position(|known| known == name) {
                    Some(at) => Ok(self.record.actors[at].id.as_str().into()),
                    None => Err(format!("it names no {name:?} as it is read now")),
                })
            }
            Sort::Passages => each(&|words| self.passage(words).map(|span| json!(span))),
            _ => Ok(kept.clone()),
        }
    }

    /// An actor of the report by its name, in whatever letters, or its id.
    fn actor(&self, name: &str) -> Result<String, String> {
        let names = anchors(Kind::Actor, self.record);
        let actors = || names.iter().zip(&self.record.actors);
        let exactly = actors().find(|(known, actor)| *known == name || actor.id == name);
        let found = exactly.or_else(|| actors().find(|(known, _)| known.to_lowercase() == name.to_lowercase()));
        let all = || actors().map(|(known, actor)| format!("{known} ({})", actor.id)).collect::<Vec<_>>().join("; ");
        found.map(|(known, _)| known.clone()).ok_or_else(|| match names.is_empty() {
            true => format!("{} names no actors", self.document.id),
            false => format!("{} names no {name:?}; it names {}", self.document.id, all()),
        })
    }

    /// Where these words stand: nearest to the record's own.
    fn passage(&self, words: &str) -> Result<Span, String> {
        let here = self.record.positions.get(self.at).map_or(0, |position| position.proposition.start);
        let found = self.document.text.match_indices(words).map(|(start, _)| start).min_by_key(|start| start.abs_diff(here));
        let span = found.map(|start| Span::new(start, start + words.len()));
        span.ok_or_else(|| format!("{words:?} are not the words of {}", self.document.id))
    }
}

fn listed(value: &str, names: &[&'static str]) -> Result<&'static str, String> {
    let found = names.iter().find(|name| name.eq_ignore_ascii_case(value)).copied();
    found.ok_or_else(|| format!("{value:?} is none of {}", names.join(", ")))
}

fn parts(value: &str, sign: char) -> impl Iterator<Item = &str> {
    value.split(sign).map(str::trim).filter(|part| !part.is_empty())
}

/// `267`, `24-99` or `[24, 99]`.
fn number(value: &str) -> Result<Value, String> {
    let wrong = || format!("{value:?} is no number or range: 267, 0.5, 24-99");
    let plain = value.trim_start_matches('[').trim_end_matches(']');
    let sides = plain.split_once(['-', '–', ',']).or_else(|| plain.split_once(".."));
    let one = |side: &str| side.trim().parse::<f64>().ok().filter(|n| n.is_finite() && *n >= 0.0);
    let value = match sides {
        Some((low, high)) => {
            let (low, high) = one(low).zip(one(high)).filter(|(low, high)| low <= high).ok_or_else(wrong)?;
            onrecord_record::Value::Range(low, high)
        }
        None => onrecord_record::Value::One(one(plain).ok_or_else(wrong)?),
    };
    Ok(json!(value))
}
