//! `onrecord export`.

use super::cli;
use crate::output;
use anyhow::{Context, Result};
use clap::ValueEnum;
use onrecord_export::{ExportError, Fetch, Form, Open, counted};
use onrecord_store::Store;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

/// Writes the account.
pub fn run(export: &cli::Export) -> Result<ExitCode> {
    let form = export.form.form();
    if form.is_some_and(Form::is_folder) && export.out.is_none() {
        let name = export.form.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
        output::report(&format!("{name} is seven tables: name a folder for them, as in `onrecord export --as {name} -o tables`"));
        return Ok(ExitCode::from(2));
    }
    let store = Store::open(export.db.db.clone())?;
    match form {
        None if export.form == cli::ExportForm::Corrections => corrections(&store, export.out.as_deref())?,
        None if export.form == cli::ExportForm::Gold => gold(&store, export.out.as_deref())?,
        None => lines(&store, export.out.as_deref())?,
        Some(form) => formed(&store, form, export.out.as_deref())?,
    }
    Ok(ExitCode::SUCCESS)
}

/// One object a line.
fn lines(store: &Store, out: Option<&Path>) -> Result<()> {
    let mut out = sink(out)?;
    store.account::<anyhow::Error>(|line| {
        let text = serde_json::to_string(&line)? + "\n";
        enough(out.write_all(text.as_bytes())).context("cannot write the account")
    })?;
    enough(out.flush()).context("cannot write the account")
}

/// What people put right, one correction a line.
fn corrections(store: &Store, out: Option<&Path>) -> Result<()> {
    let mut out = sink(out)?;
    let mut count = 0;
    store.examples::<anyhow::Error>(|example| {
        count += 1;
        let text = serde_json::to_string(&example)? + "\n";
        enough(out.write_all(text.as_bytes())).context("cannot write the corrections")
    })?;
    enough(out.flush()).context("cannot write the corrections")?;
    output::report(&format!("{count} corrections written"));
    Ok(())
}

/// Reports that people looked through, one a line.
fn gold(store: &Store, out: Option<&Path>) -> Result<()> {
    let mut out = sink(out)?;
    let looked = store.gold::<anyhow::Error>(|document, record| {
        let text = onrecord_record::json::to_line(document, record) + "\n";
        enough(out.write_all(text.as_bytes())).context("cannot write the reports")
    })?;
    enough(out.flush()).context("cannot write the reports")?;
    let left = match looked.partly {
        0 => String::new(),
        partly => format!("; {partly} more have records that nobody looked at (onrecord review) and are left out"),
    };
    output::report(&format!("{} written, of which every record was looked at{left}", counted(looked.whole, "reports")));
    Ok(())
}

fn formed(store: &Store, form: Form, out: Option<&Path>) -> Result<()> {
    let open: Open = match (form, out) {
        (form, Some(folder)) if form.is_folder() => {
            fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
            Box::new(move |name| Ok(Box::new(BufWriter::new(File::create(folder.join(name))?))))
        }
        _ => {
            let mut sink = Some(sink(out)?);
            Box::new(move |_| sink.take().ok_or_else(|| io::Error::other("a form of one file asked for another")))
        }
    };
    let fetch: Fetch = Box::new(|id| Ok(store.kept(id)?.document));
    let mut export = quiet(onrecord_export::Export::new(form, open, fetch))?;
    store.account_by_event::<anyhow::Error>(|line| quiet(export.take(line)))?;
    let tally = quiet(export.end())?;
    output::report(&tally.to_string());
    Ok(())
}

pub fn sink(out: Option<&Path>) -> Result<Box<dyn Write>> {
    Ok(match out {
        Some(path) => {
            let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
            Box::new(BufWriter::new(file))
        }
        None => Box::new(BufWriter::new(io::stdout().lock())),
    })
}

/// Whoever read our output has enough of it: nothing is wrong, and nothing more is to do.
fn enough(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => std::process::exit(0),
        done => done,
    }
}

pub fn quiet<T>(done: Result<T, ExportError>) -> Result<T> {
    match done {
        Err(ExportError::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => std::process::exit(0),
        done => Ok(done?),
    }
}
