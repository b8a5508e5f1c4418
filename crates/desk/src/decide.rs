//! What people decide at the desk, by the form of a page or as JSON; everything stands in the log and can be taken back.

use crate::ask::Ask;
use crate::form::Form;
use crate::links;
use crate::problem::Problem;
use crate::reply::Reply;
use onrecord_store::{Entry, Review, Saved, Signed, Target, Verb};
use serde_json::{Value, json};

/// What is decided, as names and values.
pub struct Sent(pub Vec<(String, String)>);

impl Sent {
    /// From the body of a request: a form, or one JSON object of strings.
    ///
    /// # Errors
    /// When it is neither.
    pub fn read(kind: &str, body: &[u8]) -> Result<Self, Problem> {
        let wrong = |why: &str| {
            Problem::wrong(format!("the body is {why}; send a form, or a JSON object such as {{\"verb\": \"undo\", \"id\": 3}}"))
        };
        let text = std::str::from_utf8(body).map_err(|_| wrong("no UTF-8"))?;
        if !kind.starts_with("application/json") {
            return Ok(Sent(crate::router::parameters_with_empty(text)));
        }
        let Ok(Value::Object(fields)) = serde_json::from_str(text) else { return Err(wrong("no JSON object")) };
        let text = |(name, value): (String, Value)| match value {
            Value::String(text) => Ok((name, text)),
            Value::Number(number) => Ok((name, number.to_string())),
            Value::Null => Ok((name, String::new())),
            _ => Err(wrong(&format!("no object of strings and numbers at {name:?}"))),
        };
        fields.into_iter().map(text).collect::<Result<_, _>>().map(Sent)
    }

    fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All values of a field, as boxes that are ticked send them.
    fn all(&self, name: &str) -> String {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(";")
    }

    /// A field that must be filled in.
    ///
    /// # Errors
    /// When it is not.
    pub fn must(&self, name: &str) -> Result<&str, Problem> {
        self.one(name).map(str::trim).filter(|value| !value.is_empty()).ok_or_else(|| Problem::wrong(format!("{name} is missing")))
    }
}

/// What came of it: the numbers in the log, or nothing where it stands in none.
struct Done {
    numbers: Vec<i64>,
    said: String,
}

/// Decides. A page is led back to where it came from, with what was done; a program is told.
pub fn decide(ask: &mut Ask, sent: &Sent) -> Result<Reply, Problem> {
    let made = (ask.desk.now)();
    let who = ask.visitor.by.clone();
    let Done { numbers, said } = done(ask, sent, &who, &made)?;
    if ask.form == Form::Json {
        return Reply::json(&json!({"ok": true, "numbers": numbers, "says": said}));
    }
    let back =
        sent.one("back").filter(|back| back.starts_with('/') && !back.starts_with("//") && !back.contains('\\')).unwrap_or("/log");
    let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
    let (path, anchor) = back.split_once('#').map_or((back, None), |(path, anchor)| (path, Some(anchor)));
    let sign = if path.contains('?') { '&' } else { '?' };
    let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
    let done = links::escaped(&numbers.join(","));
    Ok(Reply::elsewhere(&if numbers.is_empty() { back.to_owned() } else { format!("{path}{sign}done={done}{anchor}") }))
}

fn done(ask: &mut Ask, sent: &Sent, who: &str, made: &str) -> Result<Done, Problem> {
    let why = sent.one("why").unwrap_or_default().trim();
    let signed = Signed { who, why, made };
    let target = || -> Result<Target, Problem> {
        Ok(Target { document: sent.must("document")?.to_owned(), record: sent.must("record")?.into() })
    };
    let store = &mut *ask.store;
    let (numbers, said) = match sent.must("verb")? {
        "merge" => (vec![store.decide(Verb::Merge, sent.must("a")?, sent.must("b")?, who, why, made)?], "they are one"),
        "never" => (vec![store.decide(Verb::Never, sent.must("a")?, sent.must("b")?, who, why, made)?], "they are not one"),
        "split" => (store.split(sent.must("name")?, sent.must("report")?, who, why, made)?, "it is taken out"),
        "accept" => (store.review(&[target()?], Review::Accepted, signed)?, "accepted"),
        "reject" => (store.review(&[target()?], Review::Rejected, signed)?, "rejected"),
        "correct" => {
            let (target, field) = (target()?, sent.must("field")?);
            let value = if field == "contexts" { sent.all("value") } else { sent.one("value").unwrap_or_default().to_owned() };
            (store.correct(&[target], field, &value, signed)?, "put right")
        }
        "undo" => {
            let id = sent.must("id")?;
            let id = id.parse().map_err(|_| Problem::wrong(format!("id={id}: no number of the log")))?;
            let entry = store.undo(id, made)?;
            return Ok(Done { numbers: Vec::new(), said: format!("{} is taken back", cause(&entry)) });
        }
        "save" => {
            let (name, address) = (sent.must("name")?.to_owned(), sent.must("address")?.to_owned());
            store.save(&Saved { name, address, made: made.to_owned(), who: who.to_owned() })?;
            return Ok(Done { numbers: Vec::new(), said: "saved".to_owned() });
        }
        "forget" => {
            let name = sent.must("name")?;
            if !store.forget_saved(name)? {
                return Err(Problem::missing(format!("{name}: no search is saved by that name")));
            }
            return Ok(Done { numbers: Vec::new(), said: "forgotten".to_owned() });
        }
        other => {
            return Err(Problem::wrong(format!(
                "verb={other}: there are merge, never, split, accept, reject, correct, undo, save, forget"
            )));
        }
    };
    Ok(Done { numbers, said: said.to_owned() })
}

fn cause(entry: &Entry) -> String {
    match entry {
        Entry::Decided(one) => format!("decision {}", one.id),
        Entry::Corrected(one) => format!("correction {}", one.id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_a_form_or_json() {
        let form = Sent::read("application/x-www-form-urlencoded", b"verb=correct&value=&why=a+b").unwrap();
        assert_eq!((form.one("value"), form.one("why")), (Some(""), Some("a b")));
        let json = Sent::read("application/json; charset=utf-8", br#"{"verb": "undo", "id": 3}"#).unwrap();
        assert_eq!(json.must("id").ok(), Some("3"));
        assert!(Sent::read("application/json", b"[1]").is_err());
        assert!(Sent::read("application/json", br#"{"a": [1]}"#).is_err());
        assert!(Sent::read("text/plain", &[0xff]).is_err());
        assert!(json.must("document").is_err());
    }
}
