//! Style, script and drawings, in the binary; named by what they are, so that browsers may keep them for ever.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::LazyLock;

/// The style of the one-page report, and what the desk adds to it.
static STYLE: LazyLock<String> = LazyLock::new(|| {
    [
        onrecord_view::page::CSS,
        include_str!("../assets/desk.css"),
        include_str!("../assets/report.css"),
        include_str!("../assets/record.css"),
    ]
    .concat()
});
/// What the desk does everywhere, and what single pages do.
const SCRIPT: &str =
    concat!(include_str!("../assets/desk.js"), include_str!("../assets/report.js"), include_str!("../assets/record.js"));
const ICON: &str = include_str!("../assets/icon.svg");

static ADDRESSES: LazyLock<[String; 2]> = LazyLock::new(|| {
    [("desk", "css", STYLE.as_str()), ("desk", "js", SCRIPT)]
        .map(|(name, end, text)| format!("/static/{name}-{}.{end}", &blake3::hash(text.as_bytes()).to_hex()[..12]))
});

pub fn style_address() -> &'static str {
    &ADDRESSES[0]
}

pub fn script_address() -> &'static str {
    &ADDRESSES[1]
}

/// One of them.
pub async fn asset(Path(name): Path<String>) -> Response {
    const FOR_EVER: &str = "public, max-age=31536000, immutable";
    let address = format!("/static/{name}");
    let (kind, body, kept) = match () {
        () if address == style_address() => ("text/css; charset=utf-8", STYLE.as_str(), FOR_EVER),
        () if address == script_address() => ("text/javascript; charset=utf-8", SCRIPT, FOR_EVER),
        () if name == "icon.svg" => ("image/svg+xml", ICON, "public, max-age=86400"),
        () => return (StatusCode::NOT_FOUND, "no such file").into_response(),
    };
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept)], body).into_response()
}
