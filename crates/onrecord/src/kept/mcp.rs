//! `onrecord mcp`.

use super::cli::Db;
use super::{ask, now};
use anyhow::Result;
use clap::Args;
use onrecord_desk::Desk;
use std::net::SocketAddr;

/// Answer an assistant (Model Context Protocol) on standard input and output
#[derive(Args)]
#[command(after_help = "\
The tools only ask: search, get_record, evidence, timeline, positions, figures, compare. Every answer has permalinks and the exact words;
words of reports are marked as quoted. A desk that is open has the same at /mcp (streamable HTTP).

In the settings of an assistant:
  {\"mcpServers\": {\"onrecord\": {\"command\": \"onrecord\", \"args\": [\"mcp\", \"--db\", \"sahel.db\"]}}}")]
pub struct Mcp {
    #[command(flatten)]
    pub db: Db,

    /// Where the desk is to which permalinks lead
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8808")]
    pub desk: SocketAddr,
}

pub fn run(mcp: &Mcp) -> Result<()> {
    drop(ask::open(&mcp.db)?);
    let desk = Desk { place: mcp.db.db.clone(), by: String::new(), read_only: true, needs_key: false, hosts: Vec::new(), now };
    Ok(onrecord_desk::mcp::speak(&desk, mcp.desk)?)
}
