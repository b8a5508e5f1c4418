//! Keeping the `todo` marks of a spec file true.

use super::check::Checked;
use super::compile::{ItemKind, Spec};
use serde::Serialize;
use serde_json::ser::Formatter;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// The spec's file with a mark on everything that does not hold and none on anything that does.
pub fn mark(spec: &Spec, checked: &[Checked]) -> String {
    let mut json = spec.json.clone();
    let Some(object) = json.as_object_mut() else { return print(&json) };
    for Checked { item, differs, .. } in checked {
        let (list, id) = match item.kind {
            ItemKind::Actor => ("actors", "id"),
            ItemKind::Record(kind) => (kind.as_str(), "id"),
            ItemKind::Complete(_) => ("complete", "kind"),
            ItemKind::Never(_) => ("never", ""),
        };
        let place = object.get_mut(list).and_then(Value::as_array_mut).and_then(|items| {
            let number = item.id.strip_prefix("never ").and_then(|n| n.parse::<usize>().ok());
            let at = number
                .map_or_else(|| items.iter().position(|v| v.as_str().or(v[id].as_str()) == Some(&item.id)), |n| Some(n - 1))?;
            items.get_mut(at)
        });
        if let Some(value) = place {
            set(value, differs);
        }
    }
    print(&json)
}

/// Writes or removes the mark of one item. A kind under `complete` is a bare name as long as it holds.
fn set(value: &mut Value, differs: &str) {
    match value {
        Value::Object(item) if !differs.is_empty() => _ = item.insert("todo".into(), differs.into()),
        Value::Object(item) => {
            item.shift_remove("todo");
            if let (1, Some(kind)) = (item.len(), item.get("kind")) {
                *value = kind.clone();
            }
        }
        Value::String(kind) if !differs.is_empty() => *value = json!({"kind": kind, "todo": differs}),
        _ => {}
    }
}

/// One record a line, with a space after every comma and colon.
fn print(json: &Value) -> String {
    let Some(object) = json.as_object() else { return line(json) };
    let part = |(key, value): (&String, &Value)| match value.as_array().filter(|list| list.iter().any(Value::is_object)) {
        Some(list) => format!("  {}: [\n    {}\n  ]", line(&json!(key)), list.iter().map(line).collect::<Vec<_>>().join(",\n    ")),
        None => format!("  {}: {}", line(&json!(key)), line(value)),
    };
    let parts: Vec<String> = Map::iter(object).map(part).collect();
    format!("{{\n{}\n}}\n", parts.join(",\n"))
}

fn line(value: &Value) -> String {
    let mut out = Vec::new();
    // Writing to memory cannot fail, and a value has only string keys.
    let written = value.serialize(&mut serde_json::Serializer::with_formatter(&mut out, Spaced));
    written.ok().and_then(|()| String::from_utf8(out).ok()).unwrap_or_default()
}

struct Spaced;

impl Formatter for Spaced {
    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { out.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { out.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::specs::Outcome;
    use std::path::Path;

    #[test]
    fn marks_are_written_and_taken_off() {
        let file = "{\n  \"complete\": [\"events\", {\"kind\": \"figures\", \"todo\": \"old\"}],\n  \"actors\": [\n    \
            {\"id\": \"a\", \"name\": \"Ana\", \"todo\": \"old\"}\n  ],\n  \"never\": [\n    {\"is\": \"figures\", \"span\": \"two\"}\n  ]\n}\n";
        let json = serde_json::from_str(file).expect("it is JSON");
        let spec = Spec::new("x".into(), Path::new("x.json"), "Ana saw two.", json).unwrap_or_else(|faults| panic!("{faults:?}"));
        let wrong = |item: &super::super::Item| {
            if matches!(item.kind, ItemKind::Complete(crate::entry::Kind::Events) | ItemKind::Never(_)) { "extra" } else { "" }
        };
        let checked = |item| Checked { item, outcome: Outcome::Holds, differs: wrong(item).into(), span: None };
        let marked = mark(&spec, &spec.items.iter().map(checked).collect::<Vec<_>>());
        assert!(marked.contains("[\n    {\"kind\": \"events\", \"todo\": \"extra\"},\n    \"figures\"\n  ]"), "{marked}");
        assert!(marked.contains("{\"id\": \"a\", \"name\": \"Ana\"}"), "{marked}");
        assert!(marked.contains("\"span\": \"two\", \"todo\": \"extra\"}"), "{marked}");
    }
}
