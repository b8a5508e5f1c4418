//! Putting readings right, and the help that says how.

use super::cli::Db;
use super::cli_ask::TableFormat;
use super::cli_decide::By;
use clap::Args;

/// Put a field of a record right
#[derive(Args)]
#[command(after_help = "\
The reading stays as it is; your word lies over it, holds when the report is read again, and is taken
back with `onrecord undo`. ID is what answers print. Of an event or statement that several reports
tell the field is put right in each of them, unless --in names one; of a position or a figure --in
must say in which. One report may tell a line twice: --record says which record of it.

Fields, and what they hold:
  event      type, mode, contexts, cameo, actors, recipients, date, place, factuality, given_by
  statement  speaker, act, mode, to, date, factuality, given_by
  position   holder, move, conditions, toward, status, date, factuality, given_by
  figure     value (12, 12-15), bound, of, measure, by, against, date, place, factuality, given_by
Actors are those that the report names, with ; between; conditions are words of the report, with |
between; a place is a name, or {\"name\": ...} as records have it. '' says that there is none.

Examples:
  onrecord correct event-1a2b3c4d5e6f7a8b type protest --why 'a march, no raid'
  onrecord correct event-1a2b3c4d5e6f7a8b actors 'Rebels; Army' --in herald-0302 --why 'both fired'
  onrecord correct figure-1a2b3c4d5e6f7a8b value 14 --in herald-0302 --why 'misread'")]
pub struct Correct {
    #[command(flatten)]
    pub record: Which,

    /// The field
    #[arg(value_name = "FIELD")]
    pub field: String,

    /// What it holds
    #[arg(value_name = "VALUE", allow_hyphen_values = true)]
    pub value: String,

    #[command(flatten)]
    pub signed: Signed,
}

/// Say that a report does not say this: take a record out of the account
#[derive(Args)]
#[command(after_help = "\
Of an event or statement that several reports tell all that tell it are meant, unless --in names one;
of a position or a figure --in must say which. `onrecord undo` brings it back.

Example:
  onrecord reject event-1a2b3c4d5e6f7a8b --in herald-0302 --why 'a film, not a raid'")]
pub struct Reject {
    #[command(flatten)]
    pub record: Which,

    #[command(flatten)]
    pub signed: Signed,
}

/// Say that a record is as its report has it
#[derive(Args)]
#[command(after_help = "\
Of what several reports tell all that tell it are meant, unless --in names one. What is accepted is no
longer in `onrecord review`, and is gold: `onrecord export --as gold`.

Example:
  onrecord accept event-1a2b3c4d5e6f7a8b")]
pub struct Accept {
    #[command(flatten)]
    pub record: Which,

    #[command(flatten)]
    pub by: By,
}

/// A record, or all that tell one line.
#[derive(Args)]
pub struct Which {
    #[command(flatten)]
    pub db: Db,

    /// Name of the line, such as event-1a2b3c4d5e6f7a8b
    #[arg(value_name = "ID")]
    pub name: String,

    /// Only in this report, of those that tell it
    #[arg(long = "in", value_name = "REPORT")]
    pub report: Option<String>,

    /// Only this record of the report, such as e3 (`onrecord why` shows it)
    #[arg(long, value_name = "RECORD")]
    pub record: Option<String>,
}

/// Who says so, and why.
#[derive(Args)]
pub struct Signed {
    /// For what reason
    #[arg(long, value_name = "REASON")]
    pub why: String,

    /// Whose word it is
    #[arg(long, value_name = "NAME", env = "USER", default_value = "")]
    pub by: String,
}

/// List the records that nobody has looked at yet, the most doubtful first
#[derive(Args)]
#[command(after_help = "\
Figures that cannot hold together with another report's come first, then all by how doubtful they
are: 1 less the confidence, more where nobody is known to speak. `onrecord accept`, `correct` and
`reject`, with --in and --record as they stand here, take a record off the list.

Examples:
  onrecord review
  onrecord review --limit 200 --format csv > review.csv")]
pub struct Review {
    #[command(flatten)]
    pub db: Db,

    /// How many to list
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub limit: usize,

    /// Begin behind this place of the list, as the part before gave it
    #[arg(long, value_name = "PLACE")]
    pub after: Option<String>,

    /// How to print it [default: table on a terminal, jsonl in a pipe]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<TableFormat>,
}
