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
The desk answers on this machine only, and asks nothing of any other. Its pages stand at paths such as /events with their filters in
the address; the same path with .json or .csv behind it gives the same as data.

Examples:
  onrecord serve
  onrecord serve --db sahel.db --port 9000
  onrecord serve --read-only")]
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

    /// Nothing can be decided at the desk
    #[arg(long)]
    pub read_only: bool,
}

pub fn run(arguments: &Serve) -> Result<()> {
    if !arguments.host.is_loopback() {
        bail!("{}: others than this machine could ask there; the desk answers on 127.0.0.1", arguments.host);
    }
    // A store that cannot be opened is told before the desk opens.
    drop(ask::open(&arguments.db)?);
    let listener = TcpListener::bind((arguments.host, arguments.port)).with_context(|| {
        format!("{}:{} cannot be had; is the desk open already? --port names another port", arguments.host, arguments.port)
    })?;
    output::report(&format!("the desk is open at http://{}/ (Ctrl-C closes it)", listener.local_addr()?));
    let desk = Desk {
        place: arguments.db.db.clone(),
        by: arguments.by.clone(),
        read_only: arguments.read_only,
        needs_key: false,
        hosts: arguments.names.clone(),
        now: super::now,
    };
    Ok(onrecord_desk::serve(desk, listener)?)
}
