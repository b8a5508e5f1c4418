//! Questions, and the help that says how they are asked.

use super::cli::Db;
use clap::{Args, ValueEnum};
use onrecord_account::Days;
use onrecord_store::Words;
use std::path::PathBuf;

/// How a question is written; stands in the help of every command that takes one.
pub const LANGUAGE: &str = "\
A question is words and filters, in any order; single quotes keep the shell from reading it:
  ceasefire truce            reports that hold both words; ceasefire OR truce: either
  \"red line\" drone*          these words in this order; what begins so
  talks -football            without that word; or talks NOT football
  who:Russia                 someone so called takes part; given again, another does too
  to:\"Kari Solberg\"          it is done or said to them
  type:assault,protest       PLOVER type of an event, act of a statement, move of a position,
                             kind of an actor
  place:MLI place:Gao        a country by its ISO code, or the beginning of a place's name
  since:2026-03 until:2026   not before, not after: a day, a month or a year
  outlet:\"Daily Herald\"      who published it
  factuality:actual          or negated, planned, conditional, uncertain
All filters must hold together. Several values of one, with commas between or the filter given
again, are alternatives, but for who and to, of which all must hold. A word with a colon that is
no filter goes in double quotes.";

#[derive(Args, Clone)]
pub struct Ask {
    #[command(flatten)]
    pub db: Db,

    /// Words and filters, such as 'who:Russia type:assault since:2026-03 drone*'
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,

    #[command(flatten)]
    pub filters: Filters,

    /// At most so many, the latest first [default: all; on a terminal 50]
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,

    /// How to print them [default: table on a terminal, jsonl in a pipe]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<TableFormat>,
}

/// The filters of a question as flags, for scripts.
#[derive(Args, Clone)]
#[command(next_help_heading = "The same as flags")]
pub struct Filters {
    /// Words that the report must hold: words, "phrases", AND, OR, NOT, prefix*
    #[arg(long, value_name = "WORDS")]
    pub words: Option<Words>,

    /// Words of the name of one who takes part in it; given again, of another who does too
    #[arg(long, value_name = "NAME")]
    pub who: Vec<String>,

    /// Words of the name of one to whom it is done or said
    #[arg(long, value_name = "NAME")]
    pub to: Vec<String>,

    /// PLOVER type of an event, act of a statement, move of a position, kind of an actor; several with commas between
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    pub what: Vec<String>,

    /// Where: the beginning of a name, or the ISO code of a country
    #[arg(long, value_name = "PLACE")]
    pub place: Vec<String>,

    /// Not before this day, month or year
    #[arg(long, value_name = "DATE", value_parser = days)]
    pub since: Option<String>,

    /// Not after this day, month or year
    #[arg(long, value_name = "DATE", value_parser = days)]
    pub until: Option<String>,

    /// Who published it
    #[arg(long, value_name = "NAME")]
    pub outlet: Vec<String>,

    /// actual, negated, planned, conditional or uncertain
    #[arg(long, value_name = "HOW", value_delimiter = ',')]
    pub factuality: Vec<String>,
}

/// A date as people write it, or a month or a year, as ISO 8601.
pub fn days(text: &str) -> Result<String, String> {
    let whole = Days::parse(text, None).filter(|_| !text.contains('/')).map(|_| text.to_owned());
    whole.map_or_else(|| crate::cli::published(text).map(|day| day.to_string()), Ok)
}

/// What happened: events, each with every report that tells it
#[derive(Args)]
#[command(after_help = LANGUAGE, after_long_help = format!("{LANGUAGE}\n\n\
Examples:
  onrecord events 'who:Russia type:assault since:2026-03'
  onrecord events 'place:MLI ceasefire OR truce' --format csv > events.csv
  onrecord events --who Russia --type assault --since 2026-03-01 --limit 20"))]
pub struct Events {
    #[command(flatten)]
    pub ask: Ask,
}

/// Who said what, with all the places where it stands
#[derive(Args)]
#[command(after_help = LANGUAGE, after_long_help = format!("{LANGUAGE}\n\n\
Examples:
  onrecord statements 'who:Lavrov \"red line\"'
  onrecord statements 'type:deny,accuse outlet:Herald since:2026-03' --format jsonl"))]
pub struct Statements {
    #[command(flatten)]
    pub ask: Ask,
}

/// Who is in the record, by all their names
#[derive(Args)]
#[command(after_help = LANGUAGE, after_long_help = format!("{LANGUAGE}\n\n\
Examples:
  onrecord actors who:solberg
  onrecord actors 'type:armed_group place:MLI' --format csv"))]
pub struct Actors {
    #[command(flatten)]
    pub ask: Ask,
}

/// Where parties stand, and how it changed
#[derive(Args)]
#[command(after_help = LANGUAGE, after_long_help = format!("{LANGUAGE}\n\n\
Examples:
  onrecord positions 'who:Norway ceasefire'
  onrecord positions 'type:refusal since:2026-03' --format jsonl
  onrecord positions who:Sudan --as-of 2026-03-05  what held at the end of that day"))]
pub struct Positions {
    #[command(flatten)]
    pub ask: Ask,

    /// As it stood at the end of this day, month or year: the history up to then, and the stance that held
    #[arg(long, value_name = "DATE", value_parser = days)]
    pub as_of: Option<String>,
}

/// What was counted: series of values, none overwritten
#[derive(Args)]
#[command(after_help = LANGUAGE, after_long_help = format!("{LANGUAGE}\n\n\
Figures are asked for by their events: type: is a type of events, place: where it happened.

Examples:
  onrecord figures 'type:assault place:MLI' --conflicts
  onrecord figures 'who:Russia since:2026-03' --format csv > figures.csv"))]
pub struct Figures {
    #[command(flatten)]
    pub ask: Ask,

    /// Only those whose values cannot all hold
    #[arg(long)]
    pub conflicts: bool,
}

/// Reports that hold words, or in which a record fits
#[derive(Args)]
#[command(after_help = LANGUAGE, after_long_help = format!("{LANGUAGE}\n\n\
With words alone the best reports come first, with filters the latest. A report is found when it
holds the words and some event, statement or position of it fits all the filters.

Examples:
  onrecord search 'ceasefire OR \"red line\"'
  onrecord search 'type:assault place:MLI outlet:Herald -football'
  onrecord search 'who:Norway type:offer,refusal' --format csv > reports.csv"))]
pub struct Search {
    #[command(flatten)]
    pub db: Db,

    /// Words and filters, such as 'ceasefire outlet:Herald since:2026-03'
    #[arg(value_name = "QUERY", required = true)]
    pub query: Vec<String>,

    /// At most so many [default: all; on a terminal 50]
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,

    /// How to print them [default: table on a terminal, jsonl in a pipe]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<TableFormat>,
}

/// What happened, what was said and what changed, day by day
#[derive(Args)]
#[command(after_help = LANGUAGE, after_long_help = format!("{LANGUAGE}\n\n\
The earliest day comes first: events with the number of reports and of witnesses (reports that do
not copy each other), figures that revise or contradict earlier ones, positions that are new or
another than before, statements.

Examples:
  onrecord timeline 'place:MLI since:2026-03'
  onrecord timeline 'who:Norway talks' --format md > talks.md
  onrecord timeline --format csv > days.csv"))]
pub struct Timeline {
    #[command(flatten)]
    pub db: Db,

    /// Words and filters, such as 'place:MLI since:2026-03' [default: everything]
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,

    /// How to print it [default: table on a terminal, jsonl in a pipe]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<TimelineFormat>,
}

/// `--format` of a timeline.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum TimelineFormat {
    /// Columns, for people
    Table,
    /// Comma-separated values; cells that a spreadsheet would run are disarmed
    Csv,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// Markdown, the words of the reports as footnotes
    Md,
}

/// A brief in Markdown, every sentence with the exact words and their source
#[derive(Args)]
#[command(after_help = LANGUAGE, after_long_help = format!("{LANGUAGE}\n\n\
Events with their figures, positions, statements: the earliest first. It says what reports tell, and nothing else.

Examples:
  onrecord brief 'place:MLI since:2026-03' > mali.md
  onrecord brief 'who:Norway talks' -o talks.md"))]
pub struct Brief {
    #[command(flatten)]
    pub db: Db,

    /// Words and filters, such as 'place:MLI since:2026-03' [default: everything]
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,

    /// Where it goes [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// `--format` of questions.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum TableFormat {
    /// Columns, for people
    Table,
    /// Comma-separated values; cells that a spreadsheet would run are disarmed
    Csv,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
}
