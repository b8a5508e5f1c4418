//! `onrecord lexicon`, and `--lexicon`.

use crate::cli::{Export, Import, LexiconCommand, Program};
use crate::{document, output};
use anyhow::{Context, Result, bail};
use onrecord_petrarch::Dictionary;
use onrecord_reader::{Lexicon, OwnTable, Schema, TABLES};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Does what `onrecord lexicon` was asked for.
pub fn run(command: LexiconCommand) -> Result<ExitCode> {
    match command {
        LexiconCommand::Export(arguments) => export(&arguments),
        LexiconCommand::Check { folder } => check(&folder),
        LexiconCommand::Import(arguments) => import(&arguments),
        LexiconCommand::Document => {
            output::write(&mut io::stdout().lock(), &document::page())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Tells the faults of a user's tables; true when there are none.
pub fn tell_faults(own: &[OwnTable]) -> bool {
    let faults = Lexicon::faults(own);
    faults.iter().for_each(|fault| output::report(&fault.to_string()));
    faults.is_empty()
}

/// The tables of a folder, by name; what is no `.tsv` file is left alone.
pub fn tables(folder: &Path) -> Result<Vec<OwnTable>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read the folder {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.map(|e| e.path())).collect::<io::Result<_>>()?;
    paths.retain(|path| path.extension().is_some_and(|e| e == "tsv"));
    paths.sort();
    if paths.is_empty() {
        bail!("no table in {}; tables are files such as events.tsv (onrecord lexicon export writes them)", folder.display());
    }
    paths.iter().map(|path| table(path)).collect()
}

fn table(path: &Path) -> Result<OwnTable> {
    let place = path.display().to_string();
    let bytes = fs::read(path).with_context(|| format!("cannot read {place}"))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + good.iter().filter(|&&b| b == b'\n').count();
        anyhow::anyhow!("{place}, line {line}: not UTF-8; save the table as UTF-8")
    })?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(OwnTable { name, place, text })
}

fn check(folder: &Path) -> Result<ExitCode> {
    let own = tables(folder)?;
    if !tell_faults(&own) {
        return Ok(ExitCode::FAILURE);
    }
    let names: Vec<_> = own.iter().map(|table| table.name.as_str()).collect();
    output::write(&mut io::stdout().lock(), &format!("{}: fine\n", names.join(", ")))?;
    Ok(ExitCode::SUCCESS)
}

fn export(arguments: &Export) -> Result<ExitCode> {
    let chosen: Vec<&Schema> = TABLES.iter().filter(|t| arguments.tables.is_empty() || asked(t, &arguments.tables)).collect();
    let unknown = arguments.tables.iter().find(|name| !TABLES.iter().any(|t| asked(t, std::slice::from_ref(name))));
    if let Some(name) = unknown {
        let names: Vec<_> = TABLES.iter().map(|t| t.name).collect();
        output::report(&format!("there is no table {name:?}; the tables are {}", names.join(", ")));
        return Ok(ExitCode::from(2));
    }
    let text = |table: &Schema| if arguments.empty { start(table) } else { table.text.to_owned() };
    let tables: Vec<_> = chosen.iter().map(|table| (table.name, text(table))).collect();
    write(&arguments.folder, &tables, arguments.force)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes all tables or, where one would be overwritten unasked, none.
fn write(folder: &Path, tables: &[(&str, String)], force: bool) -> Result<()> {
    let there = tables.iter().map(|(name, _)| folder.join(name)).find(|path| path.exists() && !force);
    if let Some(path) = there {
        bail!("{} is there already; --force overwrites", path.display());
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    for (name, text) in tables {
        let path = folder.join(name);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn import(arguments: &Import) -> Result<ExitCode> {
    let Program::Petrarch = arguments.from;
    let mut dictionaries = Vec::new();
    let mut failed = false;
    for path in &arguments.files {
        match fs::read(path) {
            Ok(bytes) => dictionaries.push(Dictionary::new(path.display().to_string(), bytes)),
            Err(error) => {
                failed = true;
                output::report(&format!("cannot read {}: {error}", path.display()));
            }
        }
    }
    let imported = onrecord_petrarch::import(&dictionaries, &Lexicon::builtin());
    imported.summary().lines().for_each(output::report);
    write(&arguments.out, &imported.tables(), arguments.force)?;
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// By its name, with or without `.tsv`.
fn asked(table: &Schema, names: &[String]) -> bool {
    names.iter().any(|name| name.strip_suffix(".tsv").unwrap_or(name) == table.name.trim_end_matches(".tsv"))
}

/// A table without rows.
fn start(table: &Schema) -> String {
    let comment = table.text.lines().take_while(|line| line.starts_with('#'));
    comment.chain([table.heading()]).flat_map(|line| [line, "\n"]).collect()
}
