//! What a check found, and how it is told.

use serde::Serialize;
use serde_json::{Map, Value};

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Ok,
    /// Something does not go as it could.
    Warning,
    /// Something does not go.
    Problem,
}

impl State {
    pub fn word(self) -> &'static str {
        match self {
            State::Ok => "ok",
            State::Warning => "warning",
            State::Problem => "problem",
        }
    }
}

/// What a check found.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    pub check: &'static str,
    pub state: State,
    pub what: String,
    /// What to do.
    #[serde(rename = "do")]
    pub advice: Option<String>,
    /// The same for programs.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub facts: Map<String, Value>,
}

impl Finding {
    /// All is well.
    pub fn ok(check: &'static str, what: impl Into<String>) -> Self {
        Finding { check, state: State::Ok, what: what.into(), advice: None, facts: Map::new() }
    }

    /// Something does not go as it could, and what to do.
    pub fn warning(check: &'static str, what: impl Into<String>, advice: impl Into<String>) -> Self {
        Finding { state: State::Warning, ..Finding::ok(check, what) }.advised(advice)
    }

    /// Something does not go, and what to do.
    pub fn problem(check: &'static str, what: impl Into<String>, advice: impl Into<String>) -> Self {
        Finding { state: State::Problem, ..Finding::ok(check, what) }.advised(advice)
    }

    /// With what can be done.
    pub fn advised(self, advice: impl Into<String>) -> Self {
        Finding { advice: Some(advice.into()), ..self }
    }

    /// With a fact.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.facts.insert(name.to_owned(), value.into());
        self
    }
}

/// Bytes as people say them.
pub fn bytes(count: u64) -> String {
    const UNITS: [(&str, u64); 3] = [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)];
    let (unit, size) = UNITS.into_iter().find(|(_, size)| count >= *size).unwrap_or(("bytes", 1));
    if size == 1_000_000_000 { format!("{:.1} {unit}", count as f64 / size as f64) } else { format!("{} {unit}", count / size) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_said_in_their_unit() {
        let said: Vec<_> = [999, 1_000, 256 << 20, 24_000_000_000].into_iter().map(bytes).collect();
        assert_eq!(said, ["999 bytes", "1 kB", "268 MB", "24.0 GB"]);
    }
}
