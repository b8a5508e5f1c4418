//! `onrecord read`.

use crate::cli::{Format, Read};
use crate::{cli, lexicon, output, pool, room};
use anyhow::Result;
use onrecord_reader::{Attribution, Lexicon, OwnTable, Reader};
use onrecord_record::{Record, json};
use onrecord_source::fetch::Fetcher;
use onrecord_source::{Form, Given, Input, Piece, SourceError, pieces};
use onrecord_text::Document;
use onrecord_view::terminal::Style;
use onrecord_view::{page, terminal};
use std::io::{self, IsTerminal};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// More threads than any machine has cores for are a slip of the pen.
const MOST_THREADS: usize = 512;

/// One report, ready to be printed.
enum Printed {
    Text(String),
    /// A report for a page, which is printed when all are there.
    Article(page::Article),
}

/// Why there is no record of a report.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Source(#[from] SourceError),
    #[error("{}", output::bug(.0))]
    Bug(String),
}

/// Reads all inputs and prints their records.
pub fn run(arguments: Read) -> Result<ExitCode> {
    let reports = match Reports::of(arguments.reports)? {
        Ok(reports) => reports,
        Err(code) => return Ok(code),
    };
    let threads = pool::threads(arguments.threads);
    // Lazily: an input is opened when a worker asks for its first document.
    let documents = reports.pieces().enumerate();
    let job = Job {
        reports: &reports,
        reader: OnceLock::new(),
        format: arguments.format.unwrap_or_else(output::default_format),
        style: output::style(arguments.color),
        timed: io::stdout().is_terminal(),
    };

    let mut out = io::stdout().lock();
    let mut articles = Vec::new();
    let (mut failed, mut printed) = (false, false);
    pool::in_order(
        documents,
        threads.min(MOST_THREADS),
        |(number, piece)| job.print(number, piece),
        |result| match result {
            Ok(Printed::Text(text)) => {
                let between = if job.format == Format::Human && std::mem::replace(&mut printed, true) { "\n\n" } else { "" };
                output::write(&mut out, between).and_then(|()| output::write(&mut out, &text))
            }
            Ok(Printed::Article(article)) => {
                articles.push(article);
                Ok(())
            }
            Err(failure) => {
                failed = true;
                output::report(&failure.to_string());
                Ok(())
            }
        },
    )?;
    if !articles.is_empty() {
        output::write(&mut out, &page::page(&articles))?;
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What to read, and by which tables.
pub struct Reports {
    inputs: Vec<Input>,
    form: Form,
    given: Given,
    fetcher: Fetcher,
    attribution: Attribution,
    /// The user's tables; none: the built-in ones.
    own: Vec<OwnTable>,
}

impl Reports {
    /// Looks through the arguments; the exit status where they are wrong, which is told.
    pub fn of(arguments: cli::Reports) -> Result<Result<Self, ExitCode>> {
        let mut inputs: Vec<Input> = arguments.inputs.iter().map(|argument| Input::from_argument(argument)).collect();
        if inputs.is_empty() && !io::stdin().is_terminal() {
            inputs.push(Input::Stdin);
        }
        let given = Given { id: arguments.id, published: arguments.published, outlet: arguments.outlet };
        if let Some(misused) = misused(&inputs, &given) {
            output::report(misused);
            return Ok(Err(ExitCode::from(2)));
        }
        let own = arguments.lexicon.as_deref().map(lexicon::tables).transpose()?.unwrap_or_default();
        if !lexicon::tell_faults(&own) {
            return Ok(Err(ExitCode::from(2)));
        }
        let (form, attribution) = (arguments.input.into(), arguments.statements.into());
        let fetcher = arguments.web.fetcher();
        Ok(Ok(Reports { inputs, form, given, fetcher, attribution, own }))
    }

    /// The documents of all inputs, opened one by one.
    pub fn pieces(&self) -> impl Iterator<Item = Result<Piece, SourceError>> + Send + '_ {
        self.inputs.iter().flat_map(|input| pieces(input, self.form, &self.given, &self.fetcher))
    }

    /// The reader for them.
    pub fn reader(&self) -> Reader {
        let lexicon = Lexicon::with(&self.own).expect("the tables were looked through");
        Reader::with_lexicon(lexicon).attributing(self.attribution)
    }
}

/// What is said of a single report must not be said of several.
fn misused(inputs: &[Input], given: &Given) -> Option<&'static str> {
    if inputs.is_empty() {
        return Some("nothing to read; name a file, or - for standard input (see onrecord read --help)");
    }
    if inputs.iter().filter(|input| **input == Input::Stdin).count() > 1 {
        return Some("standard input (-) can be read only once; name it once");
    }
    let about_one = given.id.is_some() || given.published.is_some() || given.outlet.is_some();
    (about_one && inputs.len() > 1).then_some(
        "--id, --published and --outlet are for a single report; read the reports one by one, or give each its own in JSON lines",
    )
}

/// What every worker needs.
struct Job<'a> {
    reports: &'a Reports,
    /// Built for the first document, so that help and errors about inputs do not wait for the model.
    reader: OnceLock<Reader>,
    format: Format,
    style: Style,
    timed: bool,
}

impl Job<'_> {
    fn print(&self, number: usize, piece: Result<Piece, SourceError>) -> Result<Printed, Failure> {
        let piece = piece?;
        let place = piece.place().to_owned();
        // Neither decoding nor reading panics; should one, that is a bug that costs one report and not all of them.
        catch_unwind(AssertUnwindSafe(|| Ok(self.read(number, &piece.document()?)))).unwrap_or(Err(Failure::Bug(place)))
    }

    fn read(&self, number: usize, document: &Document) -> Printed {
        let reader = self.reader.get_or_init(|| self.reports.reader());
        let start = Instant::now();
        let record = room::reading(document, || reader.read(document));
        let elapsed = start.elapsed();
        debug_assert_eq!(onrecord_record::check(document, &record), []);
        self.set(number, document, &record, elapsed)
    }

    fn set(&self, number: usize, document: &Document, record: &Record, elapsed: Duration) -> Printed {
        match self.format {
            // The time taken differs from run to run: only people get it.
            Format::Human => Printed::Text(terminal::render(document, record, self.style, self.timed.then_some(elapsed))),
            Format::Json => Printed::Text(json::to_pretty(document, record) + "\n"),
            Format::Jsonl => Printed::Text(json::to_line(document, record) + "\n"),
            Format::Html => Printed::Article(page::article(document, record, number + 1)),
        }
    }
}
