//! Answering on one address.

use crate::pool::Pool;
use crate::router;
use onrecord_store::Place;
use std::io;
use std::net::{SocketAddr, TcpListener};

/// A desk before it opens.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The store.
    pub place: Place,
    /// Decisions are made in this name where no key says another.
    pub by: String,
    /// Nothing can be decided here.
    pub read_only: bool,
    /// Every request needs a key: so wherever others than the people of this machine can ask.
    pub needs_key: bool,
    /// Names by which the desk is asked for beside its addresses: what a browser asks for by another name is refused (DNS rebinding).
    pub hosts: Vec<String>,
    /// Gives the moment, ISO 8601: nothing here reads a clock.
    pub now: fn() -> String,
}

/// Answers on this listener until the program is told to stop (Ctrl-C, SIGTERM); requests that were begun are ended.
///
/// # Errors
/// When the listener fails.
pub fn serve(desk: Desk, listener: TcpListener) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let pool = Pool::new(desk.place.clone());
        let app = router::router(desk, pool, address).into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, app).with_graceful_shutdown(told_to_stop()).await
    })
}

async fn told_to_stop() {
    #[cfg(unix)]
    let terminated = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
