//! The door, where a key is needed.

use crate::ask::Ask;
use crate::decide::Sent;
use crate::guard::KEY;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::shell::Shell;
use askama::Template;
use axum::http::{StatusCode, header};

/// Seconds that a browser keeps a key.
const MONTH: u32 = 30 * 24 * 60 * 60;

#[derive(Template)]
#[template(path = "enter.html")]
struct Page {
    shell: Shell,
    wrong: bool,
}

/// `/enter`
pub fn page(ask: &mut Ask) -> Result<Reply, Problem> {
    Reply::page(&Page { shell: Shell::new(ask, "Enter").without_data(), wrong: false })
}

/// Takes a key and remembers it in the browser.
pub fn enter(ask: &mut Ask, sent: &Sent) -> Result<Reply, Problem> {
    let secret = sent.must("key")?;
    // A cookie ends at a semicolon; keys are letters and digits.
    let known = secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') && ask.store.key(secret)?.is_some();
    if !known {
        let page = Page { shell: Shell::new(ask, "Enter").without_data(), wrong: true };
        return Ok(Reply::page(&page)?.status(StatusCode::UNAUTHORIZED));
    }
    let cookie = format!("{KEY}={secret}; Path=/; Max-Age={MONTH}; SameSite=Strict; HttpOnly");
    Ok(Reply::elsewhere("/").header(header::SET_COOKIE, cookie))
}
