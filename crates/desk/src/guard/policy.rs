//! The door: refuses what must not come in, and says what may be done with what goes out.

use super::{Visitor, origin};
use crate::form::Form;
use crate::problem::Problem;
use crate::router::State;
use axum::extract::{Request, State as Extract};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

/// Lets a request through, with what is known of who asks, and closes the answer.
pub async fn guarded(Extract(state): Extract<State>, mut request: Request, next: Next) -> Response {
    let (form, _) = Form::of(request.uri().path());
    let nonce = nonce();
    let mut response = match admitted(&state, request.method(), request.headers(), &nonce).await {
        Ok(visitor) => {
            request.extensions_mut().insert(visitor);
            next.run(request).await
        }
        Err(problem) => problem.answer(form),
    };
    close(response.headers_mut(), &nonce);
    response
}

async fn admitted(state: &State, method: &Method, headers: &HeaderMap, nonce: &str) -> Result<Visitor, Problem> {
    if !state.hosts.are_asked(headers) {
        return Err(Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            "this desk is not asked for by that name; start it with --name NAME if it should be",
        ));
    }
    let own = origin::is_own(headers, &state.hosts);
    let asks = matches!(*method, Method::GET | Method::HEAD);
    let desk = &state.desk;
    let may_write = !desk.read_only && !desk.needs_key && (own || asks);
    if !asks && !may_write {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "nothing can be changed from there; use the pages of this desk, or a key with the scope write",
        ));
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let base = format!("http://{host}");
    Ok(Visitor { may_write, by: desk.by.clone(), nonce: nonce.to_owned(), base, cookies: cookies(headers) })
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
        ("referrer-policy", "no-referrer"),
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
