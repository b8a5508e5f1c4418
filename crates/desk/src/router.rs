//! Every address of the desk.

use crate::ask::Ask;
use crate::assets;
use crate::form::Form;
use crate::guard::{Hosts, Visitor, guarded};
use crate::pages;
use crate::pool::Pool;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::serve::Desk;
use axum::extract::{Extension, RawQuery, Request, State as Extract};
use axum::http::{StatusCode, Uri};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, body::Bytes};
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
const PAGES: [(&str, Page); 6] = [
    ("/events", pages::events::page),
    ("/figures", pages::figures::page),
    ("/positions", pages::positions::page),
    ("/timeline", pages::timeline::page),
    ("/map", pages::map::page),
    ("/map.geojson", pages::map::geojson),
];

/// Pages of something that the end of the path names.
const NAMED: [(&str, Page); 0] = [];

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
    router.fallback(nothing).layer(middleware::from_fn_with_state(state.clone(), guarded)).with_state(state)
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

/// Names and values of a query (WHATWG, *application/x-www-form-urlencoded*), empty ones left out: forms send what nobody filled in.
pub fn parameters(query: &str) -> Vec<(String, String)> {
    let plain = |text: &str| decoded(&text.replace('+', " "));
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (plain(name), plain(value))).filter(|(_, value)| !value.trim().is_empty()).collect()
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

    #[test]
    fn queries_are_read_as_forms_write_them() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(parameters("q=a+b%2B%20c&type=aid&since=&x"), [pair("q", "a b+ c"), pair("type", "aid")]);
        assert_eq!(parameters("q=%ff%C3%A9"), [pair("q", "\u{fffd}é")]);
    }
}
