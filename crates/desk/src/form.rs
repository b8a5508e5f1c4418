//! In which form an answer is wanted: a page, or data by the end of the path.

/// The form of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A page.
    Html,
    /// `.json`
    Json,
    /// `.csv`
    Csv,
}

impl Form {
    /// What stands behind a path for this form.
    pub fn end(self) -> &'static str {
        match self {
            Form::Html => "",
            Form::Json => ".json",
            Form::Csv => ".csv",
        }
    }

    /// The form that a path asks for, and the path without it.
    pub fn of(path: &str) -> (Form, &str) {
        match (path.strip_suffix(".json"), path.strip_suffix(".csv")) {
            (Some(rest), _) => (Form::Json, rest),
            (_, Some(rest)) => (Form::Csv, rest),
            _ => (Form::Html, path),
        }
    }
}
