//! Every address of the desk.

use crate::ask::Ask;
use crate::assets;
use crate::decide::{self, Sent};
use crate::follow::{self, FOLLOWED, Syntax};
use crate::form::Form;
use crate::guard::{Hosts, Visitor, guarded};
use crate::mcp;
use crate::openapi;
use crate::pages;
use crate::pool::Pool;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::serve::Desk;
use axum::extract::{DefaultBodyLimit, Extension, RawQuery, Request, State as Extract};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, body::Bytes};
use onrecord_store::Follow;
use percent_encoding::percent_decode_str;
use std::net::SocketAddr;
use std::sync::Arc;

/// What every request may need.
#[derive(Clone)]
pub struct State {
    pub desk: Arc<Desk>,
    pub pool: Pool,
    pub hosts: Arc<Hosts>,
}

/// A page: from what is asked to an answer.
type Page = fn(&mut Ask) -> Result<Reply, Problem>;

/// Pages at paths of their own; `.json` and `.csv` behind a path give the same as data.
const PAGES: [(&str, Page); 14] = [
    ("/", pages::today::page),
    ("/events", pages::list::events),
    ("/statements", pages::list::statements),
    ("/positions", pages::positions::page),
    ("/figures", pages::figures::page),
    ("/timeline", pages::timeline::page),
    ("/map", pages::map::page),
    ("/actors", pages::list::actors),
    ("/reports", pages::reports::page),
    ("/feeds", pages::feeds::page),
    ("/review", pages::review::page),
    ("/log", pages::log::page),
    ("/method", pages::method::page),
    ("/enter", pages::enter::page),
];

/// What takes something that was sent.
type Taking = fn(&mut Ask, &Sent) -> Result<Reply, Problem>;

/// Where something can be sent to.
const TAKING: [(&str, Taking); 2] = [("/decide", decide::decide), ("/enter", pages::enter::enter)];

/// Bytes of what is sent, at most.
const SENT: usize = 64 * 1024;

/// Pages of something that the end of the path names.
const NAMED: [(&str, Page); 2] = [("/report", pages::report::page), ("/record", pages::record::page)];

/// All addresses, behind the guard.
pub fn router(desk: Desk, pool: Pool, address: SocketAddr) -> Router {
    let hosts = Arc::new(Hosts::new(address, &desk.hosts));
    let state = State { desk: Arc::new(desk), pool, hosts };
    let mut router = Router::new().route("/static/{name}", get(assets::asset)).route("/csp-report", post(reported));
    for (path, page) in PAGES {
        let answer = move |state, visitor, uri, query| answer(page, None, state, visitor, uri, query);
        // The first page has no name of its own, as data it needs one.
        let name = if path == "/" { "/today" } else { path };
        router =
            router.route(path, get(answer)).route(&format!("{name}.json"), get(answer)).route(&format!("{name}.csv"), get(answer));
    }
    for (path, page) in NAMED {
        let answer = move |state, visitor, uri, query| answer(page, Some(path), state, visitor, uri, query);
        router = router.route(&format!("{path}/{{name}}"), get(answer));
    }
    for (path, taking) in TAKING {
        for path in [path.to_owned(), format!("{path}.json")] {
            let answer = move |state, visitor, uri, headers, body| taken(taking, state, visitor, uri, headers, body);
            router = router.route(&path, post(answer));
        }
    }
    for (path, follow) in FOLLOWED {
        for (end, syntax) in [(".atom", Syntax::Atom), (".feed.json", Syntax::Json)] {
            let answer = move |state, visitor, query| followed(path, follow, syntax, state, visitor, query);
            router = router.route(&format!("{path}{end}"), get(answer));
        }
    }
    let described = |state, visitor, uri, query| answer(openapi::page, None, state, visitor, uri, query);
    let drawn = |state, visitor, uri, query| answer(pages::map::geojson, None, state, visitor, uri, query);
    router = router.route("/openapi.json", get(described)).route("/map.geojson", get(drawn));
    router = router.nest_service("/mcp", mcp::service(&state.pool, &format!("http://{address}")));
    let router = router.fallback(nothing).layer(DefaultBodyLimit::max(SENT));
    router.layer(middleware::from_fn_with_state(state.clone(), guarded)).with_state(state)
}

/// Answers one request.
async fn answer(
    page: Page,
    named: Option<&'static str>,
    Extract(state): Extract<State>,
    Extension(visitor): Extension<Visitor>,
    uri: Uri,
    RawQuery(query): RawQuery,
) -> Response {
    let (form, path) = Form::of(uri.path());
    let path = if path == "/today" { "/".to_owned() } else { path.to_owned() };
    let name = named.and_then(|before| path.strip_prefix(before)?.strip_prefix('/')).map(decoded);
    let query = parameters(query.as_deref().unwrap_or_default());
    let desk = Arc::clone(&state.desk);
    let work =
        move |store: &mut onrecord_store::Store| page(&mut Ask { store, desk: &desk, form, path: &path, name, query, visitor });
    state.pool.with(work).await.map_or_else(|problem| problem.answer(form), IntoResponse::into_response)
}

/// Takes what was sent.
async fn taken(
    taking: Taking,
    Extract(state): Extract<State>,
    Extension(visitor): Extension<Visitor>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let (form, path) = Form::of(uri.path());
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let sent = match Sent::read(kind, &body) {
        Ok(sent) => sent,
        Err(problem) => return problem.answer(form),
    };
    let (desk, path) = (Arc::clone(&state.desk), path.to_owned());
    let work = move |store: &mut onrecord_store::Store| {
        taking(&mut Ask { store, desk: &desk, form, path: &path, name: None, query: Vec::new(), visitor }, &sent)
    };
    state.pool.with(work).await.map_or_else(|problem| problem.answer(form), IntoResponse::into_response)
}

/// Answers with a feed.
async fn followed(
    path: &'static str,
    follow: Follow,
    syntax: Syntax,
    Extract(state): Extract<State>,
    Extension(visitor): Extension<Visitor>,
    RawQuery(query): RawQuery,
) -> Response {
    let query = parameters(query.as_deref().unwrap_or_default());
    let desk = Arc::clone(&state.desk);
    let work = move |store: &mut onrecord_store::Store| {
        let mut ask = Ask { store, desk: &desk, form: Form::Json, path, name: None, query, visitor };
        follow::feed(&mut ask, follow, syntax)
    };
    state.pool.with(work).await.map_or_else(|problem| problem.answer(Form::Json), IntoResponse::into_response)
}

/// Names and values of a query (WHATWG, *application/x-www-form-urlencoded*), empty ones left out: forms send what nobody filled in.
pub fn parameters(query: &str) -> Vec<(String, String)> {
    let mut all = parameters_with_empty(query);
    all.retain(|(_, value)| !value.trim().is_empty());
    all
}

/// The same with empty ones: a field that is emptied.
pub fn parameters_with_empty(query: &str) -> Vec<(String, String)> {
    let plain = |text: &str| decoded(&text.replace('+', " "));
    query.split('&').filter_map(|pair| pair.split_once('=')).map(|(name, value)| (plain(name), plain(value))).collect()
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// A browser tells that something on a page wanted to act that may not. It is said where the program runs.
async fn reported(body: Bytes) -> StatusCode {
    const SAID: usize = 2_000;
    eprintln!("onrecord: a page was kept from doing this: {}", String::from_utf8_lossy(&body[..body.len().min(SAID)]));
    StatusCode::NO_CONTENT
}

async fn nothing(request: Request) -> Response {
    let (form, path) = Form::of(request.uri().path());
    Problem::missing(format!("there is nothing at {}", decoded(path))).answer(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pages that are no data.
    const NO_DATA: [&str; 1] = ["/enter"];

    #[test]
    fn every_path_is_described() {
        let described: Vec<&str> = openapi::PATHS.iter().map(|one| one.path).collect();
        let pages = PAGES.iter().map(|(path, _)| if *path == "/" { "/today".to_owned() } else { (*path).to_owned() });
        let named = NAMED.iter().map(|(path, _)| format!("{path}/{{name}}"));
        let all: Vec<String> = pages.chain(named).filter(|path| !NO_DATA.contains(&path.as_str())).collect();
        for path in &all {
            assert!(described.contains(&path.as_str()), "{path} is not described");
        }
        assert_eq!(described.len(), all.len(), "{described:?} {all:?}");
    }

    #[test]
    fn queries_are_read_as_forms_write_them() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(parameters("q=a+b%2B%20c&type=aid&since=&x"), [pair("q", "a b+ c"), pair("type", "aid")]);
        assert_eq!(parameters("q=%ff%C3%A9"), [pair("q", "\u{fffd}é")]);
    }
}
