//! From a spec's files to records with spans.

use crate::entry::{Entry, Kind, Loaded};
use onrecord_record as codebook;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// A report and what its record must hold.
///
/// The JSON is one object with `document` (what is known besides the text), `actors` and the four lists of the codebook, with
/// every span written as its words: a string, or `["words", 2]` for their second occurrence. A field that is not stated is not
/// checked, except that `factuality` is `actual`, `given_by` empty and a position's `status` `standing` where nothing else is said.
/// `complete` lists kinds of which the record must hold nothing else. `never` lists records that must not appear, each with the
/// kind under `is`. Anything that the program does not do yet carries a `todo` with what differs.
pub struct Spec {
    /// Name of its files.
    pub name: String,
    /// Its JSON file.
    pub path: PathBuf,
    /// The file's content.
    pub json: Value,
    /// Document, actors and records, spans found.
    pub record: Loaded,
    /// Everything that is checked.
    pub items: Vec<Item>,
}

/// One thing that must hold.
pub struct Item {
    /// What it is about.
    pub kind: ItemKind,
    /// Its id; for `complete` the kind, for `never` its number.
    pub id: String,
    /// The fields that the spec states, with spans as code points.
    pub stated: Map<String, Value>,
    /// Why it does not hold yet.
    pub todo: Option<String>,
}

/// What an item is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// An actor must be there.
    Actor,
    /// A record must be there.
    Record(Kind),
    /// No other record of this kind may be there.
    Complete(Kind),
    /// No such record may be there.
    Never(Kind),
}

/// Why a spec cannot be used.
#[derive(Debug)]
pub enum SpecError {
    /// A file or folder cannot be read or is no JSON object.
    Unreadable(PathBuf, String),
    /// The record does not fit its report or the codebook.
    Faulty(PathBuf, Vec<String>),
}

impl std::fmt::Display for SpecError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SpecError::Unreadable(path, why) => write!(f, "cannot read {}: {why}", path.display()),
            SpecError::Faulty(path, faults) => write!(f, "{}:\n  {}", path.display(), faults.join("\n  ")),
        }
    }
}

impl std::error::Error for SpecError {}

/// Fields that hold one span.
const SPAN: [&str; 5] = ["source", "cue", "trigger", "span", "proposition"];
/// Fields that hold a list of spans.
const SPANS: [&str; 4] = ["content", "conditions", "evidence", "mentions"];
/// Fields that hold a list of actors.
const ACTORS: [&str; 9] = ["speaker", "to", "actors", "recipients", "holder", "toward", "by", "against", "given_by"];

impl Spec {
    /// Reads `NAME.json` and the `NAME.txt` beside it.
    ///
    /// # Errors
    /// When a file cannot be read or the record does not fit; every fault is named.
    pub fn load(path: &Path) -> Result<Spec, SpecError> {
        let read = |path: &Path| std::fs::read_to_string(path).map_err(|e| SpecError::Unreadable(path.to_owned(), e.to_string()));
        let text = read(&path.with_extension("txt"))?;
        let json: Value = serde_json::from_str(&read(path)?).map_err(|e| SpecError::Unreadable(path.to_owned(), e.to_string()))?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Spec::new(name, path, &text, json).map_err(|faults| SpecError::Faulty(path.to_owned(), faults))
    }

    /// A spec from its parts.
    ///
    /// # Errors
    /// Every fault of the record.
    pub fn new(name: String, path: &Path, text: &str, json: Value) -> Result<Spec, Vec<String>> {
        let mut compiler = Compiler { text, faults: Vec::new(), actors: BTreeSet::new(), figures: BTreeSet::new() };
        let mut form = json.clone();
        let Some(object) = form.as_object_mut() else { return Err(vec!["the record is no object".into()]) };
        let items = compiler.items(object);
        for item in &items {
            compiler.check_item(item);
        }
        let mut document = object.get("document").and_then(Value::as_object).cloned().unwrap_or_default();
        document.insert("id".into(), json!(name));
        document.insert("text".into(), json!(text));
        object.insert("document".into(), Value::Object(document));
        let record = match Loaded::from_json(&form.to_string(), None) {
            Ok(record) if compiler.faults.is_empty() => record,
            Ok(_) => return Err(compiler.faults),
            Err(error) => return Err([compiler.faults, vec![error.to_string()]].concat()),
        };
        Ok(Spec { name, path: path.to_owned(), json, record, items })
    }

    /// The record of one kind with this id.
    pub fn entry(&self, kind: Kind, id: &str) -> Option<&Entry> {
        self.record.list(kind).iter().find(|e| e.id == id)
    }
}

/// Turns words into spans and notes what does not fit.
struct Compiler<'a> {
    text: &'a str,
    faults: Vec<String>,
    actors: BTreeSet<String>,
    figures: BTreeSet<String>,
}

impl Compiler<'_> {
    /// Finds the spans of everything in the file and lists what is to be checked.
    fn items(&mut self, object: &mut Map<String, Value>) -> Vec<Item> {
        let known = ["document", "complete", "actors", "statements", "events", "positions", "figures", "never"];
        self.faults.extend(object.keys().filter(|k| !known.contains(&k.as_str())).map(|k| format!("unknown key {k:?}")));
        let mut items = Vec::new();
        for kind in object.get("complete").and_then(Value::as_array).into_iter().flatten() {
            let name = kind.as_str().or_else(|| kind["kind"].as_str()).unwrap_or("");
            match name.parse() {
                Ok(list) => {
                    items.push(Item { kind: ItemKind::Complete(list), id: name.into(), stated: Map::new(), todo: todo(kind) })
                }
                Err(error) => self.faults.push(format!("complete: {error}")),
            }
        }
        self.list(object, "actors", |_| Some(ItemKind::Actor), &mut items);
        for kind in Kind::ALL {
            self.list(object, kind.as_str(), |_| Some(ItemKind::Record(kind)), &mut items);
        }
        self.list(object, "never", |item| item.get("is")?.as_str()?.parse().ok().map(ItemKind::Never), &mut items);
        items
    }

    fn list(
        &mut self,
        object: &mut Map<String, Value>,
        key: &str,
        kind: impl Fn(&Map<String, Value>) -> Option<ItemKind>,
        items: &mut Vec<Item>,
    ) {
        let mut seen = BTreeSet::new();
        for (number, value) in object.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten().enumerate() {
            let Some(item) = value.as_object_mut() else {
                self.faults.push(format!("{key}: {value} is no object"));
                continue;
            };
            let id = item.get("id").and_then(Value::as_str).map_or_else(|| format!("{key} {}", number + 1), str::to_owned);
            if !seen.insert(id.clone()) || (key != "never" && !item.contains_key("id")) {
                self.faults.push(format!("{key} {id}: id missing or used twice"));
            }
            for (field, value) in item.iter_mut().filter(|(_, value)| !value.is_null()) {
                let place = format!("{key} {id}.{field}");
                if SPAN.contains(&field.as_str()) {
                    *value = self.find(value, &place);
                } else if SPANS.contains(&field.as_str()) {
                    let list = if is_one(value) { vec![value.clone()] } else { value.as_array().cloned().unwrap_or_default() };
                    *value = list.iter().map(|words| self.find(words, &place)).collect();
                }
            }
            match kind(item) {
                Some(kind) => items.push(Item { kind, id, stated: item.clone(), todo: todo(&Value::Object(item.clone())) }),
                None => self.faults.push(format!("{key} {id}: `is` names no kind of record")),
            }
        }
        match key {
            "actors" => self.actors = seen,
            "figures" => self.figures = seen,
            _ => {}
        }
    }

    /// The code point span of the words, which must stand in the text and, where their number is not told, only once.
    fn find(&mut self, words: &Value, place: &str) -> Value {
        let (text, nth) = match (words, words.get(0), words.get(1)) {
            (Value::String(text), ..) => (text.as_str(), None),
            (_, Some(Value::String(text)), Some(n)) => (text.as_str(), n.as_u64()),
            _ => ("", None),
        };
        let starts: Vec<usize> = if text.is_empty() { Vec::new() } else { occurrences(self.text, text) };
        let start = match (starts.len(), nth) {
            (0, _) => Err("not in the text".to_owned()),
            (1, None) => Ok(starts[0]),
            (n, None) => Err(format!("stands {n} times, say which")),
            (n, Some(nth)) => starts.get((nth as usize).wrapping_sub(1)).copied().ok_or(format!("stands {n} times, not {nth}")),
        };
        match start {
            Ok(start) => {
                let first = self.text[..start].chars().count();
                json!([first, first + text.chars().count()])
            }
            Err(why) => {
                self.faults.push(format!("{place}: {why}: {words}"));
                json!([0, 0])
            }
        }
    }

    fn check_item(&mut self, item: &Item) {
        let (place, known) = (format!("{:?} {}", item.kind, item.id), known_fields(item.kind));
        for (field, value) in &item.stated {
            if !known.contains(&field.as_str()) {
                self.faults.push(format!("{place}: no field {field:?}"));
            } else if ACTORS.contains(&field.as_str()) {
                self.refers(&place, field, value, &self.actors.clone());
            } else if field == "figures" || (field == "part_of" && !value.is_null()) {
                self.refers(&place, field, value, &self.figures.clone());
            } else if let (Some(name), Some(false)) =
                (value.as_str(), value.as_str().and_then(|name| is_listed(item.kind, field, name)))
            {
                self.faults.push(format!("{place}: {name:?} is no {field} of the codebook"));
            }
        }
    }

    fn refers(&mut self, place: &str, field: &str, value: &Value, known: &BTreeSet<String>) {
        let ids = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
        let unknown = ids.iter().filter(|id| id.as_str().is_none_or(|id| !known.contains(id)));
        self.faults.extend(unknown.map(|id| format!("{place}.{field}: {id} is not in the spec")));
        if field != "part_of" && !value.is_array() {
            self.faults.push(format!("{place}.{field}: must be a list"));
        }
    }
}

/// Every start of `words` as whole words: *he* does not occur in *the*.
pub(crate) fn occurrences(text: &str, words: &str) -> Vec<usize> {
    let joins = |a: Option<char>, b: Option<char>| a.is_some_and(char::is_alphanumeric) && b.is_some_and(char::is_alphanumeric);
    let whole = |&start: &usize| {
        let (before, after) = (&text[..start], &text[start + words.len()..]);
        !joins(before.chars().next_back(), words.chars().next()) && !joins(words.chars().next_back(), after.chars().next())
    };
    text.match_indices(words).map(|(start, _)| start).filter(whole).collect()
}

/// Words or words with their number, in contrast to a list of those.
fn is_one(value: &Value) -> bool {
    value.is_string() || (value.get(0).is_some_and(Value::is_string) && value.get(1).is_some_and(Value::is_u64))
}

fn todo(value: &Value) -> Option<String> {
    value.get("todo")?.as_str().map(str::to_owned)
}

fn known_fields(kind: ItemKind) -> Vec<&'static str> {
    let all = ["id", "todo", "note", "is", "date", "factuality", "given_by", "evidence"];
    let own: &[&str] = match kind {
        ItemKind::Actor => return vec!["id", "todo", "note", "name", "aliases", "kind", "country", "sector", "roles", "mentions"],
        ItemKind::Complete(_) => &[],
        ItemKind::Record(kind) | ItemKind::Never(kind) => match kind {
            Kind::Statements => &["speaker", "source", "cue", "content", "mode", "act", "to"],
            Kind::Events => &["type", "mode", "contexts", "cameo", "trigger", "actors", "recipients", "place", "figures"],
            Kind::Positions => &["holder", "move", "proposition", "conditions", "toward", "status"],
            Kind::Figures => &["value", "bound", "of", "measure", "span", "by", "against", "part_of", "unaccounted", "place"],
        },
    };
    [&all, own].concat()
}

/// Whether `name` stands on the codebook's list for that field; `None` when the field has no list.
fn is_listed(kind: ItemKind, field: &str, name: &str) -> Option<bool> {
    fn on<T: FromStr>(name: &str) -> Option<bool> {
        Some(name.parse::<T>().is_ok())
    }
    let statement = matches!(kind, ItemKind::Record(Kind::Statements) | ItemKind::Never(Kind::Statements));
    match field {
        "kind" => on::<codebook::ActorKind>(name),
        "sector" => on::<codebook::Sector>(name),
        "mode" if statement => on::<codebook::SpeechMode>(name),
        "act" => on::<codebook::Act>(name),
        "factuality" => on::<codebook::Factuality>(name),
        "type" => on::<codebook::EventType>(name),
        "move" => on::<codebook::Move>(name),
        "status" => on::<codebook::Status>(name),
        "bound" => on::<codebook::Bound>(name),
        "measure" => on::<codebook::Measure>(name),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(record: Value) -> Vec<String> {
        Spec::new("x".into(), Path::new("x.json"), "They said that he left. “He left,” Ana said.", record).err().unwrap_or_default()
    }

    #[test]
    fn words_become_spans_and_must_be_told_apart() {
        assert_eq!(occurrences("the he, he", "he"), [4, 8]);
        let actors = json!([{"id": "a", "name": "Ana", "kind": "person", "sector": null}]);
        let with = |content: Value| json!({"actors": actors, "statements": [{"id": "s", "speaker": ["a"], "cue": ["said", 2], "content": content, "act": "state"}]});
        assert!(faults(with(json!("“He left,”"))).is_empty());
        assert!(faults(with(json!([["said", 1], "left,"]))).is_empty());
        assert_eq!(faults(with(json!("said"))), ["statements s.content: stands 2 times, say which: \"said\""]);
        assert_eq!(faults(with(json!("She left"))), ["statements s.content: not in the text: \"She left\""]);
    }

    #[test]
    fn names_must_be_the_codebooks_and_references_known() {
        let event = |fields: Value| {
            let mut event = json!({"id": "e", "type": "ASSAULT", "trigger": "Ana"});
            event.as_object_mut().expect("an object").extend(fields.as_object().cloned().unwrap_or_default());
            faults(json!({"events": [event]}))
        };
        assert_eq!(event(json!({})), Vec::<String>::new());
        assert_eq!(event(json!({"type": "WAR"})).len(), 1);
        assert_eq!(event(json!({"actors": ["a"], "figures": ["f"]})).len(), 2);
        assert_eq!(event(json!({"bound": "exact"})).len(), 1);
        assert_eq!(faults(json!({"complete": ["actors"], "figure": []})).len(), 2);
    }
}
