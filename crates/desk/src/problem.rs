//! What went wrong, in one form: a page for people, `{"ok": false, "error", "errors", "status"}` for programs.

use crate::form::Form;
use crate::shell;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use onrecord_export::ExportError;
use onrecord_store::StoreError;
use serde_json::json;

/// A request that was not answered.
#[derive(Debug)]
pub struct Problem {
    /// Of HTTP.
    pub status: StatusCode,
    /// What happened, and what to do.
    pub message: String,
}

impl Problem {
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Problem { status, message: message.into() }
    }

    /// What was asked for is nothing that can be asked.
    pub fn wrong(message: impl Into<String>) -> Self {
        Problem::new(StatusCode::BAD_REQUEST, message)
    }

    /// There is no such thing.
    pub fn missing(message: impl Into<String>) -> Self {
        Problem::new(StatusCode::NOT_FOUND, message)
    }

    /// As an answer in this form.
    pub fn answer(self, form: Form) -> Response {
        match form {
            Form::Html => {
                let page = shell::problem(self.status, &self.message);
                (self.status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
            }
            Form::Json | Form::Csv => {
                let status = self.status.as_u16();
                let body = json!({"ok": false, "error": self.message, "errors": [self.message], "status": status});
                (self.status, [(header::CONTENT_TYPE, "application/json")], format!("{body}\n")).into_response()
            }
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let status = match &error {
            StoreError::Refused(_) => StatusCode::BAD_REQUEST,
            StoreError::Unknown(_) => StatusCode::NOT_FOUND,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Problem::new(status, error.to_string())
    }
}

impl From<ExportError> for Problem {
    fn from(error: ExportError) -> Self {
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
    }
}

impl From<askama::Error> for Problem {
    fn from(error: askama::Error) -> Self {
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, format!("the page could not be set: {error}"))
    }
}
