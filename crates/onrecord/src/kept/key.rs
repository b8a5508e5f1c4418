//! `onrecord key`.

use super::cli::Db;
use super::cli_ask::TableFormat;
use super::{ask, format, now, out};
use crate::output;
use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use onrecord_store::{Key as Kept, Scope, Store};

/// Keys by which people and programs elsewhere may ask at the desk
#[derive(Args)]
#[command(after_help = "\
A key is needed wherever the desk answers on another address than this machine's own, and by programs that decide something.
It is printed once, when it is made; of it the store keeps a hash.

Examples:
  onrecord key add ann
  onrecord key add importer --write
  curl -H \"Authorization: Bearer KEY\" http://127.0.0.1:8808/events.json
  onrecord key revoke ann")]
pub struct Key {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a key and print it
    Add {
        #[command(flatten)]
        db: Db,
        /// Whose it is: what is decided with it is decided in this name
        name: String,
        /// Lets it decide, not only ask
        #[arg(long)]
        write: bool,
    },
    /// All keys, also those that were taken back
    List {
        #[command(flatten)]
        db: Db,
        /// How to print them [default: table on a terminal, jsonl in a pipe]
        #[arg(long, value_enum, value_name = "FORMAT")]
        format: Option<TableFormat>,
    },
    /// Take a key back
    Revoke {
        #[command(flatten)]
        db: Db,
        /// Whose
        name: String,
    },
}

pub fn run(key: &Key) -> Result<()> {
    match &key.command {
        Command::Add { db, name, write } => {
            let secret = secret()?;
            let scope = if *write { Scope::Write } else { Scope::Read };
            Store::create(db.db.clone())?.add_key(name, &secret, scope, &now())?;
            output::write(&mut out(), &format!("{secret}\n"))?;
            output::report("it is not shown again; `onrecord key revoke` takes it back");
            Ok(())
        }
        Command::List { db, format: asked } => {
            let keys = ask::open(db)?.keys()?;
            if keys.is_empty() {
                output::report("there are no keys; onrecord key add NAME makes one");
            }
            let row = |key: &Kept| {
                let scope = if key.scope == Scope::Write { "write" } else { "read" };
                vec![key.name.as_str().into(), scope.into(), key.made.as_str().into(), key.revoked.as_deref().into()]
            };
            ask::print(&keys, &["name", "scope", "made", "revoked"], format(*asked), row)
        }
        Command::Revoke { db, name } => {
            if ask::open(db)?.revoke_key(name, &now())? {
                output::report(&format!("{name}: opens nothing any more"));
                return Ok(());
            }
            Err(onrecord_store::StoreError::Refused(format!(
                "{name}: no key of this name opens anything; onrecord key list has all"
            ))
            .into())
        }
    }
}

/// 32 bytes of the operating system, as letters and digits that can be told apart by what they are for.
fn secret() -> Result<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).context("the system gives no random bytes")?;
    Ok(format!("onrecord_{}", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()))
}
