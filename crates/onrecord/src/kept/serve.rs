//! `onrecord serve`.

use super::ask;
use super::cli::Db;
use crate::output;
use anyhow::{Context, Result, bail};
use clap::Args;
use onrecord_desk::Desk;
use std::net::{IpAddr, TcpListener};

/// Open the desk: pages to work in, the same as data
#[derive(Args)]
#[command(after_help = "\
The desk answers on this machine only, and asks nothing of any other; on another address everything needs a key. Its pages stand at paths such as /events with their filters in
the address; the same path with .json or .csv behind it gives the same as data.

Examples:
  onrecord serve
  onrecord serve --db sahel.db --port 9000
  onrecord serve --read-only
  onrecord key add ann && onrecord serve --host 0.0.0.0 --name desk.example.org")]
pub struct Serve {
    #[command(flatten)]
    pub db: Db,

    /// The address to answer on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub host: IpAddr,

    /// The port; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 8808)]
    pub port: u16,

    /// Another name by which browsers ask for the desk, such as that of a proxy before it
    #[arg(long = "name", value_name = "NAME")]
    pub names: Vec<String>,

    /// In whose name decisions are made
    #[arg(long, value_name = "WHO", env = "USER", default_value = "", hide_env_values = true)]
    pub by: String,

    /// Everything needs a key here too
    #[arg(long)]
    pub ask_for_key: bool,

    /// Nothing can be decided at the desk
    #[arg(long)]
    pub read_only: bool,
}

pub fn run(arguments: &Serve) -> Result<()> {
    // A store that cannot be opened is told before the desk opens.
    let keys = ask::open(&arguments.db)?.keys()?;
    let needs_key = arguments.ask_for_key || !arguments.host.is_loopback();
    if needs_key && keys.iter().all(|key| key.revoked.is_some()) {
        bail!("there, everything needs a key, and there is none: make one with `onrecord key add NAME`");
    }
    let listener = TcpListener::bind((arguments.host, arguments.port)).with_context(|| {
        format!("{}:{} cannot be had; is the desk open already? --port names another port", arguments.host, arguments.port)
    })?;
    output::report(&format!("the desk is open at http://{}/ (Ctrl-C closes it)", listener.local_addr()?));
    if !arguments.host.is_loopback() {
        output::report("it has no TLS of its own: put a proxy with TLS before it, or whoever listens on the way can read the key");
    }
    let desk = Desk {
        place: arguments.db.db.clone(),
        by: arguments.by.clone(),
        read_only: arguments.read_only,
        needs_key,
        hosts: arguments.names.clone(),
        now: super::now,
    };
    Ok(onrecord_desk::serve(desk, listener)?)
}
