//! `onrecord read`.

use crate::cli::{Format, Read};
use crate::{lexicon, output, pool};
use anyhow::Result;
use onrecord_reader::{Attribution, Lexicon, Reader};
use onrecord_record::{Record, json};
use onrecord_source::{Form, Given, Input, Piece, SourceError, pieces};
use onrecord_text::Document;
use onrecord_view::terminal::Style;
use onrecord_view::{page, terminal};
use std::io::{self, IsTerminal};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;
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
    #[error("{0}: reading it went wrong inside the program; please report this, with the document")]
    Bug(String),
}

/// Reads all inputs and prints their records.
pub fn run(arguments: Read) -> Result<ExitCode> {
    let mut inputs: Vec<Input> = arguments.inputs.iter().map(|argument| Input::from_argument(argument)).collect();
    if inputs.is_empty() && !io::stdin().is_terminal() {
        inputs.push(Input::Stdin);
    }
    let given = Given { id: arguments.id, published: arguments.published, outlet: arguments.outlet };
    if let Some(misused) = misused(&inputs, &given) {
        output::report(misused);
        return Ok(ExitCode::from(2));
    }
    let own = match arguments.lexicon.as_deref().map(lexicon::of).transpose()? {
        Some(None) => return Ok(ExitCode::from(2)),
        own => own.flatten(),
    };
    let job = Job {
        reader: OnceLock::new(),
        own: Mutex::new(own),
        attribution: arguments.statements.into(),
        format: arguments.format.unwrap_or_else(output::default_format),
        style: output::style(arguments.color),
        timed: io::stdout().is_terminal(),
    };
    let threads = arguments.threads.map_or_else(|| thread::available_parallelism().map_or(1, usize::from), usize::from);
    let form = Form::from(arguments.input);
    // Lazily: an input is opened when a worker asks for its first document.
    let documents = inputs.into_iter().flat_map(|input| pieces(&input, form, &given)).enumerate();

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
struct Job {
    /// Built for the first document, so that help and errors about inputs do not wait for the model.
    reader: OnceLock<Reader>,
    /// The user's lexicon, until the reader has it.
    own: Mutex<Option<Lexicon>>,
    attribution: Attribution,
    format: Format,
    style: Style,
    timed: bool,
}

impl Job {
    fn print(&self, number: usize, piece: Result<Piece, SourceError>) -> Result<Printed, Failure> {
        let piece = piece?;
        let place = piece.place().to_owned();
        // Neither decoding nor reading panics; should one, that is a bug that costs one report and not all of them.
        catch_unwind(AssertUnwindSafe(|| Ok(self.read(number, &piece.document()?)))).unwrap_or(Err(Failure::Bug(place)))
    }

    fn read(&self, number: usize, document: &Document) -> Printed {
        let reader = self.reader.get_or_init(|| {
            let own = self.own.lock().unwrap_or_else(PoisonError::into_inner).take();
            own.map_or_else(Reader::builtin, Reader::with_lexicon).attributing(self.attribution)
        });
        let start = Instant::now();
        let record = reader.read(document);
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
