//! The door: refuses what must not come in, and says what may be done with what goes out.

use super::{Visitor, origin};
use crate::form::Form;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::router::State;
use axum::extract::{Request, State as Extract};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use onrecord_store::{Key, Scope, StoreError};

/// The cookie that holds the key of somebody who entered by the page for it.
pub const KEY: &str = "onrecord_key";
/// Where whoever has a key can give it.
pub const ENTER: &str = "/enter";

/// Lets a request through, with what is known of who asks, and closes the answer.
pub async fn guarded(Extract(state): Extract<State>, mut request: Request, next: Next) -> Response {
    let (form, path) = Form::of(request.uri().path());
    let nonce = nonce();
    let mut response = match admitted(&state, path, request.method(), request.headers(), &nonce).await {
        Ok(Some(visitor)) => {
            request.extensions_mut().insert(visitor);
            next.run(request).await
        }
        Ok(None) if form == Form::Html && *request.method() == Method::GET => Reply::elsewhere(ENTER).into_response(),
        Ok(None) => {
            let problem = Problem::new(StatusCode::UNAUTHORIZED, "a key is needed here: send Authorization: Bearer KEY");
            let mut response = problem.answer(form);
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            response
        }
        Err(problem) => problem.answer(form),
    };
    close(response.headers_mut(), &nonce);
    response
}

/// Who asks, where they may; nobody where a key is missing.
async fn admitted(
    state: &State,
    path: &str,
    method: &Method,
    headers: &HeaderMap,
    nonce: &str,
) -> Result<Option<Visitor>, Problem> {
    if !state.hosts.are_asked(headers) {
        return Err(Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            "this desk is not asked for by that name; start it with --name NAME if it should be",
        ));
    }
    let desk = &state.desk;
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let mut visitor = Visitor {
        may_write: false,
        by: desk.by.clone(),
        nonce: nonce.to_owned(),
        base: format!("http://{host}"),
        cookies: cookies(headers),
    };
    let asks = matches!(*method, Method::GET | Method::HEAD);
    let own = origin::is_own(headers, &state.hosts);
    let bearer = bearer(headers);
    let secret = bearer.clone().or_else(|| visitor.cookie(KEY).map(str::to_owned));
    let key = match secret {
        Some(secret) => key(state, secret).await?,
        None => None,
    };
    if bearer.is_some() && key.is_none() {
        return Err(Problem::new(StatusCode::UNAUTHORIZED, "this key opens nothing: it was taken back, or there is a slip in it"));
    }
    let by_hand = path == ENTER || path.starts_with("/static/");
    if desk.needs_key && key.is_none() && !by_hand {
        return Ok(None);
    }
    // Whoever brings a key in a header is no page of another site; a cookie comes along from anywhere.
    let meant = bearer.is_some() || own;
    let allowed = match &key {
        Some(key) => key.scope == Scope::Write,
        None => !desk.needs_key,
    };
    visitor.may_write = !desk.read_only && allowed && (meant || asks);
    if let Some(key) = key {
        visitor.by = key.name;
    }
    if !asks && !visitor.may_write && !changes_nothing(path, headers, own || bearer.is_some()) {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "nothing can be changed from there; use the pages of this desk, or a key with the scope write",
        ));
    }
    Ok(Some(visitor))
}

/// What is sent without changing the record: a key at the door, a report of the browser, questions of an assistant. Pages of other sites
/// may not send it either.
fn changes_nothing(path: &str, headers: &HeaderMap, meant: bool) -> bool {
    match path {
        ENTER | "/csp-report" => meant,
        // An assistant is no browser and sends no origin.
        "/mcp" => meant || !headers.contains_key(header::ORIGIN),
        _ => false,
    }
}

async fn key(state: &State, secret: String) -> Result<Option<Key>, Problem> {
    let found: Result<Option<Key>, StoreError> = state.pool.with(move |store| store.key(&secret)).await;
    Ok(found?)
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim().to_owned())
}

fn cookies(headers: &HeaderMap) -> Vec<(String, String)> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = all.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Sixteen random bytes, in hexadecimal.
fn nonce() -> String {
    let mut bytes = [0_u8; 16];
    // Without them the page's own style does not act, which harms nothing.
    let _ = getrandom::fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Nothing acts but what is the desk's own; nothing is asked of anybody else, framed by anybody, or told to anybody.
fn close(headers: &mut HeaderMap, nonce: &str) {
    let policy = format!(
        "default-src 'none'; style-src 'self' 'nonce-{nonce}'; script-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; report-uri /csp-report"
    );
    let fixed = [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-frame-options", "DENY"),
    ];
    for (name, value) in fixed {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    // What is kept changes; only files that are named by what they hold say otherwise.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}
