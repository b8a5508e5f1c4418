//! The record for assistants: a server of the Model Context Protocol with tools that only ask.
//!
//! Every answer carries the address of what it tells of and the exact words, and words of reports are always marked as what they are:
//! text that somebody published, never instructions ([`told::quoted`]).

mod asked;
mod told;
mod tools;

pub use tools::Tools;

use crate::pool::Pool;
use crate::serve::Desk;
use rmcp::ServiceExt;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use std::io;
use std::net::SocketAddr;

/// The same over HTTP, for the desk's router: without sessions, since every question stands for itself. The guard before it has looked at
/// `Host` and `Origin`.
pub fn service(pool: &Pool, base: &str) -> StreamableHttpService<Tools, LocalSessionManager> {
    let tools = Tools::new(pool.clone(), base);
    let config =
        StreamableHttpServerConfig::default().with_legacy_session_mode(false).with_json_response(true).disable_allowed_hosts();
    StreamableHttpService::new(move || Ok(tools.clone()), Default::default(), config)
}

/// Answers an assistant on standard input and output until it closes them. Permalinks lead to a desk at this address.
///
/// # Errors
/// When the other side does not speak the protocol.
pub fn speak(desk: &Desk, address: SocketAddr) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let tools = Tools::new(Pool::new(desk.place.clone()), &format!("http://{address}"));
    runtime.block_on(async {
        let running = tools.serve(rmcp::transport::stdio()).await.map_err(io::Error::other)?;
        running.waiting().await.map(drop).map_err(io::Error::other)
    })
}
