//! `onrecord read`.

use crate::cli::{Format, Read};
use crate::kept::export::sink;
use crate::kept::manifest::{Entry, Manifest};
use crate::kept::progress::Progress;
use crate::kept::tally::Tally;
use crate::{bulk, cli, lexicon, output, pool, room};
use anyhow::Result;
use clap::ValueEnum;
use onrecord_reader::{Lexicon, OwnTable, Reader};
use onrecord_record::{Record, json as lines};
use onrecord_source::fetch::Fetcher;
use onrecord_source::{Form, Given, Input, Meter, Piece, SourceError, measured};
use onrecord_text::Document;
use onrecord_view::terminal::Style;
use onrecord_view::{page, terminal};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::{self, IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
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
pub enum Failure {
    #[error(transparent)]
    Source(#[from] SourceError),
    #[error("{}", output::bug(.0))]
    Bug(String),
}

/// What came of one thing that was to be read.
pub struct Came<T> {
    /// Where it came from.
    pub place: String,
    /// Its id, where it has one.
    pub id: Option<String>,
    pub got: Result<T, Failure>,
}

impl<T> Came<T> {
    /// Whether the program was stopped while it was fetched.
    pub fn was_stopped(&self) -> bool {
        matches!(&self.got, Err(Failure::Source(error)) if error.was_stopped())
    }
}

/// Makes a document of a piece and something of the document.
pub fn each<T>(piece: Result<Piece, SourceError>, of: impl FnOnce(&Document) -> T) -> Came<T> {
    let piece = match piece {
        Ok(piece) => piece,
        Err(error) => return Came { place: error.place.clone(), id: None, got: Err(error.into()) },
    };
    let place = piece.place().to_owned();
    // Neither decoding nor reading panics; should one, that is a bug that costs one report and not all of them.
    let done = catch_unwind(AssertUnwindSafe(|| piece.document().map(|document| (of(&document), document.id))));
    match done {
        Ok(Ok((got, id))) => Came { place, id: Some(id), got: Ok(got) },
        Ok(Err(error)) => Came { place, id: None, got: Err(error.into()) },
        Err(_) => Came { id: None, got: Err(Failure::Bug(place.clone())), place },
    }
}

/// Reads all inputs and prints their records.
pub fn run(arguments: Read) -> Result<ExitCode> {
    let format = arguments.format.unwrap_or_else(|| if arguments.out.is_some() { Format::Jsonl } else { output::default_format() });
    let reports = match Reports::of(arguments.reports)? {
        Ok(reports) => reports,
        Err(code) => return Ok(code),
    };
    let threads = pool::threads(arguments.threads).min(MOST_THREADS);
    if format == Format::Parquet {
        let Some(folder) = arguments.out else {
            output::report("parquet is a folder of files: name it, as in `onrecord read reports/ --format parquet -o records`");
            return Ok(ExitCode::from(2));
        };
        if arguments.manifest.is_some() {
            output::report("parquet has its manifest in its folder, _manifest.jsonl; leave --manifest out");
            return Ok(ExitCode::from(2));
        }
        return bulk::run(&reports, threads, &folder);
    }
    let job = Job {
        reader: OnceLock::new(),
        format,
        style: output::style(arguments.color),
        timed: arguments.out.is_none() && io::stdout().is_terminal(),
        reports: &reports,
    };
    print_all(&job, threads, sink(arguments.out.as_deref())?, arguments.manifest.as_deref())
}

fn print_all(job: &Job, threads: usize, mut out: Box<dyn Write>, manifest: Option<&Path>) -> Result<ExitCode> {
    let mut manifest = manifest.map(Manifest::create).transpose()?;
    let meter = Meter::default();
    // Results on the same terminal would be torn by it.
    let progress = if job.timed { Progress::hidden() } else { Progress::through(&job.reports.inputs, &meter) };
    let mut tally = Tally::of("read");
    let mut articles = Vec::new();
    // Lazily: an input is opened when a worker asks for its first document.
    let documents = job.reports.pieces(&meter).enumerate();
    let read = |(number, piece)| each(piece, |document| job.read(number, document));
    pool::in_order(documents, threads, read, |came: Came<Printed>| -> Result<()> {
        let why = came.got.as_ref().err().map(ToString::to_string);
        let outcome = if why.is_none() { "new" } else { "failed" };
        let entry = Entry { source: &came.place, id: came.id.as_deref(), outcome, why: why.as_deref() };
        manifest.as_mut().map_or(Ok(()), |manifest| manifest.write(std::iter::once(entry)))?;
        match came.got {
            Ok(Printed::Text(text)) => {
                let between = if job.format == Format::Human && tally.new > 0 { "\n\n" } else { "" };
                output::write(&mut out, between).and_then(|()| output::write(&mut out, &text))?;
                tally.new += 1;
            }
            Ok(Printed::Article(article)) => {
                articles.push(article);
                tally.new += 1;
            }
            Err(failure) => {
                progress.report(&failure.to_string());
                tally.failed += 1;
            }
        }
        progress.tell(&tally);
        Ok(())
    })?;
    progress.end();
    if !articles.is_empty() {
        output::write(&mut out, &page::page(&articles))?;
    }
    Ok(if tally.failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What to read, and by which tables.
pub struct Reports {
    pub inputs: Vec<Input>,
    form: Form,
    given: Given,
    fetcher: Fetcher,
    statements: cli::Statements,
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
        let (form, statements) = (arguments.input.into(), arguments.statements);
        let fetcher = arguments.web.fetcher();
        Ok(Ok(Reports { inputs, form, given, fetcher, statements, own }))
    }

    /// The documents of all inputs, opened one by one; what is read of files is counted on `meter`.
    pub fn pieces<'r>(&'r self, meter: &Meter) -> impl Iterator<Item = Result<Piece, SourceError>> + Send + use<'r> {
        let meter = meter.clone();
        self.inputs.iter().flat_map(move |input| measured(input, self.form, &self.given, &self.fetcher, &meter))
    }

    /// What ends a fetch that is under way.
    pub fn stopping(&self) -> impl Fn() + Send + use<> {
        let fetcher = self.fetcher.clone();
        move || fetcher.stop()
    }

    /// What decides, beside their words, what is read of them.
    pub fn settings(&self) -> Value {
        let statements = self.statements.to_possible_value().map(|word| word.get_name().to_owned());
        let own: Vec<String> = self.own.iter().map(|table| format!("{}\n{}", table.name, table.text)).collect();
        let digest = || output::hex(&Sha256::digest(own.join("\n"))[..8]);
        let lexicon = (!own.is_empty()).then(digest);
        json!({"onrecord": env!("CARGO_PKG_VERSION"), "statements": statements, "lexicon": lexicon})
    }

    /// The reader for them.
    pub fn reader(&self) -> Reader {
        let lexicon = Lexicon::with(&self.own).expect("the tables were looked through");
        Reader::with_lexicon(lexicon).attributing(self.statements.into())
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
            Format::Json => Printed::Text(lines::to_pretty(document, record) + "\n"),
            Format::Jsonl => Printed::Text(lines::to_line(document, record) + "\n"),
            Format::Html => Printed::Article(page::article(document, record, number + 1)),
            Format::Parquet => unreachable!("Parquet has its own way (`bulk`)"),
        }
    }
}
