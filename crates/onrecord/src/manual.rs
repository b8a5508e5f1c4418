//! `onrecord man`: the help as manual pages.

use crate::cli::Cli;
use crate::output;
use anyhow::{Context, Result};
use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Print a manual page, or write all of them to a folder
#[derive(Args)]
#[command(after_help = "\
Examples:
  onrecord man read | man -l -
  onrecord man lexicon export > onrecord-lexicon-export.1
  onrecord man --out ~/.local/share/man/man1         then: man onrecord-read")]
pub struct Manual {
    /// The command, as it is typed after onrecord [default: onrecord itself]
    #[arg(value_name = "COMMAND", conflicts_with = "out")]
    command: Vec<String>,

    /// Write a page for every command to this folder; made if it is not there
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// What of the environment counts.
const ENVIRONMENT: [(&str, &str); 5] = [
    ("ONRECORD_DB", "The store, where --db names none."),
    ("USER", "In whose name something is decided or put right, where --by names nobody."),
    ("NO_COLOR", "Set to anything: no colours."),
    ("COLUMNS", "How wide lines may be, where no terminal tells it."),
    ("LC_ALL, LC_CTYPE, LANG", "The first that is set tells whether signs can be printed as UTF-8."),
];

/// Prints a page or writes all.
pub fn run(arguments: &Manual) -> Result<ExitCode> {
    let program = program();
    if let Some(folder) = &arguments.out {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
        write(&program, None, folder)?;
        return Ok(ExitCode::SUCCESS);
    }
    let (mut above, mut command) = (None, &program);
    for name in &arguments.command {
        let Some(found) = command.find_subcommand(name) else {
            output::report(&unknown(command, name));
            return Ok(ExitCode::from(2));
        };
        (above, command) = (Some(command), found);
    }
    output::bytes(&mut io::stdout().lock(), &page(command, above)?)?;
    Ok(ExitCode::SUCCESS)
}

/// The whole command line, every command with its full name.
fn program() -> Command {
    let mut program = Cli::command();
    program.build();
    program
}

fn unknown(command: &Command, name: &str) -> String {
    let called = called(command);
    let names: Vec<_> = command.get_subcommands().map(Command::get_name).collect();
    match names.as_slice() {
        [] => format!("{called} has no commands; its page is printed by its name alone"),
        names => format!("{called} has no command {name:?}; it has {}", names.join(", ")),
    }
}

/// As it is typed: *onrecord lexicon export*.
fn called(command: &Command) -> &str {
    command.get_bin_name().unwrap_or_else(|| command.get_name())
}

/// As its page is called: *onrecord-lexicon-export*.
fn titled(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

fn write(command: &Command, above: Option<&Command>, folder: &Path) -> Result<()> {
    let path = folder.join(format!("{}.1", titled(command)));
    fs::write(&path, page(command, above)?).with_context(|| format!("cannot write {}", path.display()))?;
    command.get_subcommands().try_for_each(|below| write(below, Some(command), folder))
}

/// A page in the order in which manuals are read.
fn page(command: &Command, above: Option<&Command>) -> io::Result<Vec<u8>> {
    let version = concat!("onrecord ", env!("CARGO_PKG_VERSION"));
    let man = Man::new(command.clone()).source(version).manual("onrecord");
    let help = command.get_after_long_help().or(command.get_after_help()).map(ToString::to_string).unwrap_or_default();
    let (prose, examples) = divided(&help);
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    paragraphs(prose).to_writer(&mut page)?;
    if command.get_arguments().next().is_some() {
        man.render_options_section(&mut page)?;
    }
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    if !examples.is_empty() {
        as_it_stands("EXAMPLES", examples).to_writer(&mut page)?;
    }
    if above.is_none() {
        environment().to_writer(&mut page)?;
    }
    see_also(command, above).to_writer(&mut page)?;
    Ok(page)
}

/// What a help says at its end, and its examples.
fn divided(help: &str) -> (&str, &str) {
    let at = ["Examples:\n", "Example:\n"].iter().find_map(|head| help.find(head).map(|at| (at, head.len())));
    at.map_or((help, ""), |(at, head)| (&help[..at], &help[at + head..]))
}

/// Text whose lines are filled; an empty line parts it, one that stands in begins anew.
fn paragraphs(text: &str) -> Roff {
    let mut roff = Roff::new();
    if !text.trim().is_empty() {
        roff.control("PP", []);
    }
    for line in text.trim().lines() {
        match line.trim_start() {
            "" => roff.control("PP", []),
            stands_in if stands_in.len() < line.len() => roff.control("br", []).text([roman(stands_in)]),
            line => roff.text([roman(line)]),
        };
    }
    roff
}

/// A section whose lines and blanks stay as they are.
fn as_it_stands(title: &str, text: &str) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [title]).control("nf", []);
    text.trim_end().lines().for_each(|line| {
        roff.text([roman(line)]);
    });
    roff.control("fi", []);
    roff
}

fn environment() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["ENVIRONMENT"]);
    for (name, what) in ENVIRONMENT {
        roff.control("TP", []).text([bold(name)]).text([roman(what)]);
    }
    roff
}

/// The page above, and those below.
fn see_also(command: &Command, above: Option<&Command>) -> Roff {
    let near: Vec<&str> = above.into_iter().chain(command.get_subcommands()).map(titled).collect();
    let mut roff = Roff::new();
    roff.control("SH", ["SEE ALSO"]);
    let last = near.len().saturating_sub(1);
    for (i, title) in near.iter().enumerate() {
        roff.text([bold(*title), roman(if i == last { "(1)" } else { "(1)," })]);
    }
    roff
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_help_is_parted_from_its_examples() {
        assert_eq!(divided("It reads.\n\nExamples:\n  onrecord read a.txt"), ("It reads.\n\n", "  onrecord read a.txt"));
        assert_eq!(divided("Example:\n  a"), ("", "  a"));
        assert_eq!(divided("No more."), ("No more.", ""));
    }

    #[test]
    fn every_variable_that_stands_for_an_option_is_in_the_manual() {
        fn variables(command: &Command) -> Vec<String> {
            let own = command.get_arguments().filter_map(|argument| Some(argument.get_env()?.to_string_lossy().into_owned()));
            own.chain(command.get_subcommands().flat_map(variables)).collect()
        }
        let found = variables(&program());
        assert!(!found.is_empty() && found.iter().all(|name| ENVIRONMENT.iter().any(|(known, _)| known == name)), "{found:?}");
    }

    #[test]
    fn lines_that_stand_in_begin_anew() {
        let text = paragraphs("Words\nof text.\n  .a row\n\nMore.").to_roff();
        assert!(text.ends_with(".PP\nWords\nof text.\n.br\n\\&.a row\n.PP\nMore.\n"), "{text}");
    }
}
