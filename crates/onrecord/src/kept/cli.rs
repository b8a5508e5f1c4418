//! What can be asked of the kept record.

use super::cli_ask::{Actors, Brief, Events, Figures, Positions, Search, Statements, Timeline};
use super::cli_correct::{Accept, Correct, Reject, Review};
use super::cli_decide::{Changes, Log, Merge, Never, Reread, Split, Sql, Undo, Why};
use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{Args, Subcommand, ValueEnum};
use onrecord_store::Place;
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum Kept {
    Add(Add),
    Watch(super::watch_cli::Watch),
    Feeds(super::watch_cli::Feeds),
    Original(super::watch_cli::Original),
    Events(Events),
    Statements(Statements),
    Positions(Positions),
    Figures(Figures),
    Actors(Actors),
    Search(Search),
    Timeline(Timeline),
    Brief(Brief),
    Why(Why),
    Sql(Sql),
    Export(Export),
    Merge(Merge),
    Never(Never),
    Split(Split),
    Correct(Correct),
    Reject(Reject),
    Accept(Accept),
    Review(Review),
    Undo(Undo),
    Log(Log),
    Changes(Changes),
    Reread(Reread),
    Serve(super::serve::Serve),
    Key(super::key::Key),
    Mcp(super::mcp::Mcp),
    /// Whether everything kept is whole
    Check(Db),
    /// Copy the store while it is in use
    Backup(Backup),
}

/// Where the record is kept.
#[derive(Args, Clone)]
pub struct Db {
    /// The store: a file, or postgres://user:password@host/database
    #[arg(long, value_name = "STORE", env = "ONRECORD_DB", default_value = "onrecord.db", value_parser = OsStringValueParser::new().map(Place::from))]
    pub db: Place,
}

/// Read reports and keep them with their records
#[derive(Args)]
#[command(after_help = "\
Reports kept before are not read again; the same id with other words is kept beside. What is interrupted can be run again:
whole reports only are kept.

Examples:
  onrecord add *.html
  onrecord add reports/ CC-NEWS.warc.gz https://example.org/feed
  onrecord add corpus.jsonl --db sahel.db
  ONRECORD_DB=sahel.db onrecord events --type assault --since 2026-03-01")]
pub struct Add {
    #[command(flatten)]
    pub db: Db,

    /// Files, folders, patterns such as 'reports/**/*.txt', web addresses; - is standard input
    #[arg(value_name = "SOURCE", required = true)]
    pub inputs: Vec<OsString>,

    #[command(flatten)]
    pub web: crate::cli::Web,

    /// What the inputs are
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    pub input: crate::cli::InputForm,

    /// How many reports to read at a time [default: one per core]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,

    #[command(flatten)]
    pub keep: super::watch_cli::Keep,
}

/// Print the whole account, or what people put right in it, in a form that other programs read
#[derive(Args)]
#[command(after_help = "\
What is not known stays empty: no 0 stands for a number that nobody told. What a form cannot hold is counted on standard error.
acled-like and ucdp-like have the columns and codes of those data sets, ours behind them (onrecord_...); they are not their data.
parquet has lists as lists, null for what is not known, and beside a date that may be a month or an interval its first and last day.
Cells of csv that a spreadsheet would run as a formula get an apostrophe; the other forms give every cell as it is.

Examples:
  onrecord export > account.jsonl
  onrecord export --as csv -o tables/
  onrecord export --as parquet -o frames/
  onrecord export --as geojson -o events.geojson
  onrecord export --as gdelt -o 20260301.export.CSV --db sahel.db
  onrecord export --as gold -o reviewed.jsonl")]
pub struct Export {
    #[command(flatten)]
    pub db: Db,

    /// The form
    #[arg(long = "as", value_enum, value_name = "FORM", default_value_t)]
    pub form: ExportForm,

    /// Where it goes: a file, for csv, parquet and arrow a folder [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// `--as`.
#[derive(Clone, Copy, Default, PartialEq, ValueEnum)]
pub enum ExportForm {
    /// One object a line: documents, actors, events, figures, positions, statements
    #[default]
    Jsonl,
    /// Seven tables for spreadsheets, in the folder that -o names
    Csv,
    /// The same seven tables for data frames, typed and nested, in the folder that -o names
    Parquet,
    /// The same as streams of Arrow (IPC), in the folder that -o names
    Arrow,
    /// A map of the events with coordinates (RFC 7946)
    Geojson,
    /// GDELT 2.0 events: 61 columns between tabs, no header
    Gdelt,
    /// GDELT 2.0 mentions: 16 columns between tabs, no header
    GdeltMentions,
    /// POLECAT: 40 columns between tabs
    Polecat,
    /// Violence and protests in ACLED's columns
    AcledLike,
    /// Assaults in the columns of UCDP's georeferenced events
    UcdpLike,
    /// W3C Web Annotations: every record tied to its words
    Webanno,
    /// schema.org Claims and Quotations (JSON-LD)
    Claims,
    /// ninjs 3.1: each report as a news item, one a line
    Ninjs,
    /// A brief in Markdown, with footnotes
    Md,
    /// What people put right: the record's words, the field, the machine's value and theirs, one correction a line
    Corrections,
    /// Reports of which people looked at every record, as these records are now, one report a line as `onrecord read` prints it
    Gold,
}

impl ExportForm {
    /// Of forms of the account that have their own writer.
    pub fn form(self) -> Option<onrecord_export::Form> {
        use onrecord_export::Form;
        Some(match self {
            ExportForm::Jsonl | ExportForm::Corrections | ExportForm::Gold => return None,
            ExportForm::Csv => Form::Csv,
            ExportForm::Parquet => Form::Parquet,
            ExportForm::Arrow => Form::Arrow,
            ExportForm::Geojson => Form::GeoJson,
            ExportForm::Gdelt => Form::Gdelt,
            ExportForm::GdeltMentions => Form::GdeltMentions,
            ExportForm::Polecat => Form::Polecat,
            ExportForm::AcledLike => Form::AcledLike,
            ExportForm::UcdpLike => Form::UcdpLike,
            ExportForm::Webanno => Form::WebAnno,
            ExportForm::Claims => Form::Claims,
            ExportForm::Ninjs => Form::Ninjs,
            ExportForm::Md => Form::Md,
        })
    }
}

#[derive(Args)]
pub struct Backup {
    #[command(flatten)]
    pub db: Db,

    /// The copy, which must not exist
    #[arg(value_name = "FILE")]
    pub to: PathBuf,
}
