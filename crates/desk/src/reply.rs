//! An answer, ready to be sent.

use crate::problem::Problem;
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use onrecord_export::disarmed;
use onrecord_export::flat::{self, Row};
use serde::Serialize;

/// What is sent.
pub struct Reply {
    status: StatusCode,
    kind: &'static str,
    body: String,
    headers: Vec<(header::HeaderName, String)>,
}

impl Reply {
    pub fn new(kind: &'static str, body: String) -> Self {
        Reply { status: StatusCode::OK, kind, body, headers: Vec::new() }
    }

    /// A page.
    ///
    /// # Errors
    /// When it cannot be set.
    pub fn page(page: &impl Template) -> Result<Self, Problem> {
        Ok(Reply::new("text/html; charset=utf-8", page.render()?))
    }

    /// Data.
    ///
    /// # Errors
    /// When it is not to be written as JSON.
    pub fn json(data: &impl Serialize) -> Result<Self, Problem> {
        let body =
            serde_json::to_string(data).map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
        Ok(Reply::new("application/json", body + "\n"))
    }

    /// Rows for a spreadsheet; cells that it would take for a formula are disarmed.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn csv<C: AsRef<str>>(columns: &[C], rows: impl IntoIterator<Item = Row>) -> Result<Self, Problem> {
        let failed = |error: String| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error);
        let mut csv = csv::Writer::from_writer(Vec::new());
        csv.write_record(columns.iter().map(AsRef::as_ref)).map_err(|error| failed(error.to_string()))?;
        for row in rows {
            csv.write_record(row.iter().map(|value| disarmed(&flat::cell(value)))).map_err(|error| failed(error.to_string()))?;
        }
        let bytes = csv.into_inner().map_err(|error| failed(error.to_string()))?;
        Ok(Reply::new("text/csv; charset=utf-8", String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// The answer is at another address now.
    pub fn elsewhere(address: &str) -> Self {
        Reply { status: StatusCode::SEE_OTHER, ..Reply::new("text/plain; charset=utf-8", String::new()) }
            .header(header::LOCATION, address)
    }

    /// With another status.
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// With one more header.
    pub fn header(mut self, name: header::HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Says in a header, as CSV has no other place for it, where the next page is.
    pub fn next(self, next: Option<&String>) -> Self {
        match next {
            Some(next) => self.header(header::LINK, format!("<{next}>; rel=\"next\"")),
            None => self,
        }
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = (self.status, [(header::CONTENT_TYPE, self.kind)], self.body).into_response();
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().append(name, value);
            }
        }
        response
    }
}
