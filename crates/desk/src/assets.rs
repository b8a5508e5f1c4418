//! Style, script and drawings, in the binary; named by what they are, so that browsers may keep them for ever.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::collections::HashSet;
use std::sync::LazyLock;

/// The style of the one-page report, and what the desk adds to it.
static STYLE: LazyLock<String> = LazyLock::new(|| {
    [
        onrecord_view::page::CSS,
        include_str!("../assets/desk.css"),
        include_str!("../assets/report.css"),
        include_str!("../assets/record.css"),
        include_str!("../assets/figures.css"),
        include_str!("../assets/positions.css"),
        include_str!("../assets/timeline.css"),
        include_str!("../assets/map.css"),
        include_str!("../assets/review.css"),
        include_str!("../assets/method.css"),
    ]
    .concat()
});
/// What the desk does everywhere, and what single pages do; each part a file that stands for itself.
const SCRIPT: &str = concat!(
    include_str!("../assets/desk.js"),
    include_str!("../assets/report.js"),
    include_str!("../assets/record.js"),
    include_str!("../assets/positions.js"),
    include_str!("../assets/review.js")
);
const ICON: &str = include_str!("../assets/icon.svg");

/// The countries of the world, each under its ISO 3166-1 alpha-3 code (`tools/world.py`).
const WORLD: &str = include_str!("../assets/world.svg");

static ADDRESSES: LazyLock<[String; 3]> = LazyLock::new(|| {
    [("desk", "css", STYLE.as_str()), ("desk", "js", SCRIPT), ("world", "svg", WORLD)]
        .map(|(name, end, text)| format!("/static/{name}-{}.{end}", &blake3::hash(text.as_bytes()).to_hex()[..12]))
});

pub fn style_address() -> &'static str {
    &ADDRESSES[0]
}

pub fn script_address() -> &'static str {
    &ADDRESSES[1]
}

pub fn world_address() -> &'static str {
    &ADDRESSES[2]
}

/// Whether a country has a shape.
pub fn has_shape(country: &str) -> bool {
    static SHAPES: LazyLock<HashSet<&'static str>> =
        LazyLock::new(|| WORLD.split("<path id=\"").skip(1).filter_map(|path| path.split('"').next()).collect());
    SHAPES.contains(country)
}

/// One of them.
pub async fn asset(Path(name): Path<String>) -> Response {
    const FOR_EVER: &str = "public, max-age=31536000, immutable";
    let address = format!("/static/{name}");
    let (kind, body, kept) = match () {
        () if address == style_address() => ("text/css; charset=utf-8", STYLE.as_str(), FOR_EVER),
        () if address == script_address() => ("text/javascript; charset=utf-8", SCRIPT, FOR_EVER),
        () if address == world_address() => ("image/svg+xml", WORLD, FOR_EVER),
        () if name == "icon.svg" => ("image/svg+xml", ICON, "public, max-age=86400"),
        () => return (StatusCode::NOT_FOUND, "no such file").into_response(),
    };
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept)], body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_world_has_its_countries() {
        assert!(["MLI", "UKR", "XKX", "FJI"].iter().all(|country| has_shape(country)));
        assert!(!has_shape("land") && !has_shape("") && !has_shape("XXX"));
        assert!(WORLD.len() < 400_000, "it travels with the program");
    }
}
