//! What standard output and standard error are given, and what they can show.

use crate::cli::{Colour, Format};
use anyhow::Context;
use onrecord_view::terminal::{self, Style};
use std::io::{self, IsTerminal, Write};

/// Lines wider than this are hard to follow, however wide the window.
const WIDEST: usize = 120;

/// Columns where there is no terminal to ask.
const PIPE_WIDTH: usize = 100;

/// Says on standard error what went wrong, on one line. It may hold names and addresses that strangers chose: they command no terminal.
pub fn report(message: &str) {
    eprintln!("onrecord: {}", terminal::message(message));
}

/// What is said of a report that could not be read by a fault of the program's own.
pub fn bug(place: &str) -> String {
    format!("{place}: reading it went wrong inside the program; please report this, with the document")
}

/// Writes a result and lets go of it, so that whoever reads our output gets each as soon as it is there.
pub fn write(out: &mut impl Write, text: &str) -> anyhow::Result<()> {
    bytes(out, text.as_bytes())
}

/// As [`write`], of what need not be text.
pub fn bytes(out: &mut impl Write, bytes: &[u8]) -> anyhow::Result<()> {
    match out.write_all(bytes).and_then(|()| out.flush()) {
        // Whoever read our output has enough of it: nothing is wrong, and nothing more is to do.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => std::process::exit(0),
        done => done.context("cannot write the results"),
    }
}

/// Bytes in hexadecimal digits, as sums are compared.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The format when none was asked for.
pub fn default_format() -> Format {
    if io::stdout().is_terminal() { Format::Human } else { Format::Jsonl }
}

/// What standard output can show.
pub fn style(colour: Colour) -> Style {
    let terminal = io::stdout().is_terminal();
    let colour = match colour {
        Colour::Always => true,
        Colour::Never => false,
        // https://no-color.org: set to anything but nothing. A dumb terminal prints the codes.
        Colour::Auto => {
            terminal && variable("NO_COLOR").is_none_or(|v| v.is_empty()) && variable("TERM").is_none_or(|t| t != "dumb")
        }
    };
    Style { width: width(terminal), colour, ascii: !has_utf8() }
}

fn width(terminal: bool) -> usize {
    let asked = variable("COLUMNS").and_then(|columns| columns.parse().ok()).filter(|&columns| columns > 0);
    let window = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let width = if terminal { window().or(asked) } else { asked };
    width.unwrap_or(PIPE_WIDTH).min(WIDEST)
}

/// Whether the locale writes UTF-8. Windows and macOS always do.
fn has_utf8() -> bool {
    if cfg!(any(windows, target_os = "macos")) {
        return true;
    }
    locale().is_some_and(|(_, locale)| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

/// The variable that says how characters are written, and what it says: the first of these that is set, as POSIX has it.
pub fn locale() -> Option<(&'static str, String)> {
    ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| Some((name, variable(name).filter(|value| !value.is_empty())?)))
}

/// A variable of the environment.
pub fn variable(name: &str) -> Option<String> {
    std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}
