//! What can be asked for, and the help that says so.

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use onrecord_reader::Attribution;
use onrecord_source::Form;
use onrecord_source::fetch::{Allow, Fetcher, Limits};
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Reads news reports into a sourced record: who said what, who did what to whom, who offers or refuses what on which terms,
/// what was counted and by whom, each with the exact words that show it.
#[derive(Parser)]
#[command(
    version,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    after_help = "Exit status: 0 all done, 1 some inputs failed (each named, the rest done), 2 wrong use.\n\
                  Results go to standard output, everything else to standard error."
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    Read(Read),
    Explain(Explain),
    Parse(Parse),
    #[command(flatten)]
    Kept(crate::kept::cli::Kept),
    /// Look at the tables of words, or prepare your own
    Lexicon {
        #[command(subcommand)]
        command: LexiconCommand,
    },
    Doctor(crate::doctor::Doctor),
    Completions(crate::completions::Completions),
    Man(crate::manual::Manual),
}

/// Read reports and print their records
#[derive(Args)]
#[command(after_help = "\
Examples:
  onrecord read report.txt                       the record, as people read it
  onrecord read report.txt --format html > r.html
                                                 a page with the evidence underlined
  onrecord read --published 2025-02-24 report.txt
                                                 “on Sunday” becomes a date
  onrecord read *.html > records.jsonl           saved pages, one record a line
  onrecord read reports/ CC-NEWS.warc.gz > records.jsonl
                                                 a folder, and the pages of a web archive
  onrecord read https://example.org/feed         the reports of a feed
  cat corpus.jsonl | onrecord read - --threads 4 > records.jsonl
                                                 {\"id\", \"text\", \"published\", ...} a line
  onrecord read CC-NEWS-*.warc.gz --format parquet -o records
                                                 records/day=2026-03-04/part-00000.parquet, a row a
                                                 report; stopped, the same command goes on")]
pub struct Read {
    #[command(flatten)]
    pub reports: Reports,

    /// How to print records [default: human on a terminal, jsonl in a pipe]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,

    /// Where records go: a file, for parquet a folder [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,

    /// Write down what became of each report, one JSON object a line: {"source", "id", "outcome", "why"}; the outcome is new, known
    /// or failed. Beside Parquet it stands in any case, as _manifest.jsonl
    #[arg(long, value_name = "FILE")]
    pub manifest: Option<PathBuf>,

    /// How many reports to read at a time [default: one per core]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,

    /// Whether the human form has colours
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Colour,
}

/// Which reports to read, and how.
#[derive(Args)]
pub struct Reports {
    /// Files, folders, patterns such as 'reports/**/*.txt', web addresses; - is standard input
    #[arg(value_name = "FILE|URL")]
    pub inputs: Vec<OsString>,

    /// What the inputs are
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    pub input: InputForm,

    #[command(flatten)]
    pub web: Web,

    /// Day of publication of a single report, such as 2025-02-24; relative dates are counted from it
    #[arg(long, value_name = "DATE", value_parser = published)]
    pub published: Option<Date>,

    /// Id of a single report [default: the file's name without its extension]
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,

    /// Who published a single report
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,

    /// Which statements to find
    #[arg(long, value_enum, default_value_t, value_name = "WHICH")]
    pub statements: Statements,

    /// Folder with tables of your own: rows for words, actors, titles, ... that go before the built-in ones (see onrecord lexicon)
    #[arg(long, value_name = "DIR")]
    pub lexicon: Option<PathBuf>,
}

/// Make tables of your own from dictionaries of another program
#[derive(Args)]
#[command(after_help = "\
Dictionaries of actors (*.actors.txt), agents (*.agents.txt) and verbs (*.verbs.txt, CAMEO*.txt) become rows of \
organisations.tsv, actor_nouns.tsv and events.tsv; what these tables cannot hold is told by kind, with the first examples. \
Names and nouns that the built-in tables know are left to them.

Example:
  onrecord lexicon import --from petrarch --out mine Phoenix.*.actors.txt Phoenix.agents.txt CAMEO.2.0.txt
  onrecord read --lexicon mine report.txt")]
pub struct Import {
    /// The program whose dictionaries they are
    #[arg(long, value_enum, value_name = "PROGRAM")]
    pub from: Program,

    /// Where to write the tables; made if it is not there
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,

    /// Overwrite tables that are there
    #[arg(long)]
    pub force: bool,

    /// The dictionaries
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
}

/// `--from`.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Program {
    /// PETRARCH 1 and 2, TABARI, and the Phoenix dictionaries
    Petrarch,
}

/// Say for each record of a report what decided: the rule, the row of a table, the words
#[derive(Args)]
#[command(after_help = "\
A sentence for each statement, event, position and figure. It names the word that decided and the row of the table that lists \
it, the words that fill the places of the record and how they hang on it in the sentence's tree, who reports it, and in \
brackets the rules (docs/lexicon.md describes them all).

Examples:
  onrecord explain report.txt
  onrecord explain report.txt --record e3        only the event e3
  onrecord explain report.txt --lexicon mine     rows of your own are marked as yours")]
pub struct Explain {
    #[command(flatten)]
    pub reports: Reports,

    /// Only this record, such as e3; may be given several times
    #[arg(long = "record", value_name = "ID")]
    pub records: Vec<String>,

    /// How to print explanations [default: human on a terminal, jsonl in a pipe]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<ExplainFormat>,

    /// Whether the human form has colours
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Colour,
}

/// `onrecord lexicon`.
#[derive(Subcommand)]
#[command(after_help = "\
A folder for onrecord read --lexicon DIR holds any of the tables, with their names and columns. Its rows are added to the \
built-in ones; where two rows have the same key, yours counts. A table whose first line is \"# replace\" stands instead of \
the built-in one.

Examples:
  onrecord lexicon export mine --empty           all tables with their explanations, without rows
  onrecord lexicon export mine organisations titles
                                                 two tables with all their rows
  onrecord lexicon check mine                    every mistake with its file and line
  onrecord read --lexicon mine report.txt")]
pub enum LexiconCommand {
    Export(Export),
    /// Tell every mistake in a folder of your own tables
    Check {
        /// The folder
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    Import(Import),
    /// Print a page that describes every table and every rule
    Document,
}

/// Write the built-in tables to a folder, to correct or as a start for your own
#[derive(Args)]
pub struct Export {
    /// Where to write; made if it is not there
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,

    /// Which tables, such as events or titles.tsv [default: all]
    #[arg(value_name = "TABLE")]
    pub tables: Vec<String>,

    /// Only their explanations and columns, no rows
    #[arg(long)]
    pub empty: bool,

    /// Overwrite tables that are there
    #[arg(long)]
    pub force: bool,
}

/// Print what the language engine saw, as CoNLL-U
#[derive(Args)]
#[command(after_help = "\
Every sentence with its tokens, lemmas, tags, features and tree (Universal Dependencies 2). MISC has
TokenRange=start:end in code points of the text, Name=B-PERSON, I-PERSON, ... or O, and a finer
Mention=B-COUNTRY, B-FACILITY, B-GROUP, B-EVENT ... where there is one.

Examples:
  onrecord parse report.txt
  echo 'The talks failed.' | onrecord parse -
  onrecord parse --pretokenized treebank.conllu > predicted.conllu")]
pub struct Parse {
    /// Text or saved web page, or CoNLL-U with --pretokenized; - is standard input
    #[arg(value_name = "FILE")]
    pub input: Option<OsString>,

    /// The input is CoNLL-U: keep its sentences and tokens, predict everything else
    #[arg(long)]
    pub pretokenized: bool,
}

/// `--statements`.
#[derive(Clone, Copy, Default, PartialEq, ValueEnum)]
pub enum Statements {
    /// By quotation marks and words listed in the table of cues
    Listed,
    /// Also what a model learnt from annotated news is sure of; as listed in a build without that model
    #[default]
    Sure,
    /// Whatever that model finds likely: attitudes, intentions, hints
    Every,
}

impl From<Statements> for Attribution {
    fn from(statements: Statements) -> Self {
        match statements {
            Statements::Listed => Attribution::Listed,
            Statements::Sure => Attribution::Sure,
            Statements::Every => Attribution::Every,
        }
    }
}

/// How web addresses are read.
#[derive(Args)]
pub struct Web {
    /// Let web addresses lead into private networks, as for an intranet
    #[arg(long)]
    pub allow_private: bool,
}

impl Web {
    /// The one thing that reads from the web in this run.
    pub fn fetcher(&self) -> Fetcher {
        Fetcher::new(Limits::default(), if self.allow_private { Allow::Private } else { Allow::Public })
    }
}

/// `--input`.
#[derive(Clone, Copy, Default, PartialEq, ValueEnum)]
pub enum InputForm {
    /// By name and content
    #[default]
    Auto,
    /// Plain text, UTF-8
    Text,
    /// A web page, of which the article is read
    Html,
    /// One document a line: {"id", "text" or "html", "published", "title", "url", "outlet"}
    Jsonl,
    /// RSS, Atom or JSON Feed: each entry that holds its report
    Feed,
    /// Feeds that somebody reads, as OPML
    Opml,
    /// Reports that a site has
    Sitemap,
    /// News items of IPTC ninjs
    Ninjs,
    /// A web archive
    Warc,
}

impl From<InputForm> for Form {
    fn from(form: InputForm) -> Form {
        match form {
            InputForm::Auto => Form::Auto,
            InputForm::Text => Form::Text,
            InputForm::Html => Form::Html,
            InputForm::Jsonl => Form::JsonLines,
            InputForm::Feed => Form::Feed,
            InputForm::Opml => Form::Outline,
            InputForm::Sitemap => Form::Sitemap,
            InputForm::Ninjs => Form::Ninjs,
            InputForm::Warc => Form::Warc,
        }
    }
}

/// `--format`.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Format {
    /// For people: a line per record, its evidence beneath
    Human,
    /// JSON, indented
    Json,
    /// JSON, one report a line
    Jsonl,
    /// One self-contained page: reports with their evidence underlined, records beside them
    Html,
    /// Parquet files, a row a report, in a folder for each day of publication
    Parquet,
}

/// `--format` of `onrecord explain`.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum ExplainFormat {
    /// Sentences
    Human,
    /// JSON, one record a line
    Jsonl,
}

/// `--color`.
#[derive(Clone, Copy, Default, PartialEq, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// A date as people write it.
pub fn published(text: &str) -> Result<Date, String> {
    onrecord_source::parse_date(text).ok_or_else(|| "not a date; write it as in 2025-02-24".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }
}
