//! Looking behind the account and putting it right, and the help that says how.

use super::cli::Db;
use super::cli_ask::TableFormat;
use clap::{Args, ValueEnum};
use std::num::NonZeroUsize;

/// Everything behind one line of the account
#[derive(Args)]
#[command(after_help = "\
What each report says of it in its exact words, the rule, the row of a table or the model that
decided, why reports were found to tell the same, what people decided, and what became of names.
A name that was merged into another leads there.

Examples:
  onrecord why event-1a2b3c4d5e6f7a8b
  onrecord why figure-1a2b3c4d5e6f7a8b --format json")]
pub struct Why {
    #[command(flatten)]
    pub db: Db,

    /// A name of an event, statement, position, figure or actor, of today or of before
    #[arg(value_name = "ID")]
    pub name: String,

    /// How to print it [default: human on a terminal, json in a pipe]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<WhyFormat>,
}

/// `--format` of `onrecord why`.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum WhyFormat {
    /// For people
    Human,
    /// One JSON object
    Json,
}

/// Ask in SQL, which cannot change anything
#[derive(Args)]
#[command(after_help = "\
The views event, statement, position and actor have a row for each line of the account; telling
has one for each record of a report, party for each who takes part in one, called for each name of
an actor, report for each report. Without a question they are listed with their columns. Words and
figures lie packed in the store: `onrecord export --as parquet` has them as tables.

Examples:
  onrecord sql \"SELECT type, count(*) FROM event GROUP BY type ORDER BY 2 DESC\"
  onrecord sql \"SELECT since, id, reports FROM event WHERE country = 'MLI' ORDER BY since\" --format csv > mali.csv
  onrecord sql \"SELECT actor.name, count(*) FROM party JOIN actor ON actor.id = party.actor
    WHERE party.kind = 'event' AND role = 'actor' GROUP BY actor.name ORDER BY 2 DESC LIMIT 10\"")]
pub struct Sql {
    #[command(flatten)]
    pub db: Db,

    /// The question, in SQLite's SQL or PostgreSQL's
    #[arg(value_name = "QUERY")]
    pub query: Option<String>,

    /// Stop it after so many seconds; 0: never
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub timeout: u64,

    /// How to print the answer [default: table on a terminal, jsonl in a pipe]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<TableFormat>,
}

/// Say that two are the same (two events, two actors, ...)
#[derive(Args)]
#[command(after_help = "\
The decision stands whatever the program thinks and whatever is added later; `onrecord undo` takes it back.

Example:
  onrecord merge event-1a2b3c4d5e6f7a8b event-8b7a6f5e4d3c2b1a --why 'the same raid'")]
pub struct Merge {
    #[command(flatten)]
    pub decide: Decide,
}

/// Say that two are not the same, and never will be
#[derive(Args)]
#[command(after_help = "\
Of a line that reports tell together `onrecord split` takes one report out.

Example:
  onrecord never actor-1a2b3c4d5e6f7a8b actor-8b7a6f5e4d3c2b1a --why 'father and son'")]
pub struct Never {
    #[command(flatten)]
    pub decide: Decide,
}

#[derive(Args)]
pub struct Decide {
    #[command(flatten)]
    pub db: Db,

    /// Name of one, such as event-1a2b3c4d5e6f7a8b
    #[arg(value_name = "ID")]
    pub a: String,

    /// Name of the other
    #[arg(value_name = "ID")]
    pub b: String,

    #[command(flatten)]
    pub by: By,
}

/// Who decides, and why.
#[derive(Args)]
pub struct By {
    /// For what reason
    #[arg(long, value_name = "REASON", default_value = "")]
    pub why: String,

    /// Whose decision it is
    #[arg(long, value_name = "NAME", env = "USER", default_value = "")]
    pub by: String,
}

/// Take what one report tells out of a line that reports tell together
#[derive(Args)]
#[command(after_help = "\
It becomes a decision that the two are not the same, against the first of the rest; against others
too where that is not enough. `onrecord why ID` lists the reports; `onrecord undo` takes each
decision back.

Example:
  onrecord split event-1a2b3c4d5e6f7a8b herald-0302 --why 'another post'")]
pub struct Split {
    #[command(flatten)]
    pub db: Db,

    /// Name of the line
    #[arg(value_name = "ID")]
    pub name: String,

    /// Id of the report
    #[arg(value_name = "REPORT")]
    pub report: String,

    #[command(flatten)]
    pub by: By,
}

/// Take a decision or a correction back
#[derive(Args)]
#[command(after_help = "\
It stays in the log, marked as taken back.

Example:
  onrecord log
  onrecord undo 3")]
pub struct Undo {
    #[command(flatten)]
    pub db: Db,

    /// Its number (see onrecord log)
    #[arg(value_name = "NUMBER")]
    pub id: i64,
}

/// What people decided and put right, in order
#[derive(Args)]
pub struct Log {
    #[command(flatten)]
    pub db: Db,

    /// How to print it [default: table on a terminal, jsonl in a pipe]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<TableFormat>,
}

/// What became of names: merged, split, withdrawn
#[derive(Args)]
#[command(after_help = "\
Whoever keeps names elsewhere learns here what they mean now: remember the greatest number seen,
and ask for what came after it.

Examples:
  onrecord changes
  onrecord changes --after 1204 --format jsonl")]
pub struct Changes {
    #[command(flatten)]
    pub db: Db,

    /// Only those after the one of this number
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub after: i64,

    /// How to print them [default: table on a terminal, jsonl in a pipe]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<TableFormat>,
}

/// Read kept reports again, with this version of the program, and say what changes
#[derive(Args)]
#[command(after_help = "\
Without --all only reports that an older version read. A reading by an older version stays in the
store beside the new one; decisions of people hold.

Examples:
  onrecord reread --dry-run                        what an update of the program would change
  onrecord reread
  onrecord reread --all --format csv > changes.csv")]
pub struct Reread {
    #[command(flatten)]
    pub db: Db,

    /// Every report, whichever version read it
    #[arg(long)]
    pub all: bool,

    /// Only say what would change
    #[arg(long)]
    pub dry_run: bool,

    /// How many reports to read at a time [default: one per core]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,

    /// How to print the changes [default: table on a terminal, jsonl in a pipe]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<TableFormat>,
}
