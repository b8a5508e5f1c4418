//! `onrecord doctor`: whether this program has what it needs here.

mod finding;
mod keeping;
mod limits;
mod machine;
mod network;
mod program;
mod reading;
mod screen;

use crate::cli::Colour;
use crate::kept::cli::Db;
use crate::output;
use anyhow::Result;
use clap::Args;
use finding::{Finding, State};
use onrecord_export::counted;
use serde_json::json;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use unicode_width::UnicodeWidthStr;

/// Look whether everything the program needs is there, and say what to do where it is not
#[derive(Args)]
#[command(after_help = "\
A line for each check, always in the same order: ok, warning (something does not go as it could) or problem (something does not \
go), and what to do. Nothing is changed and no other machine is asked, but a store on a server is. Exit status 1 where there is a \
problem. When you report a fault, add what onrecord doctor --json says.

Examples:
  onrecord doctor
  onrecord doctor --db sahel.db --lexicon mine
  onrecord doctor --json | jq '.checks[] | select(.state != \"ok\")'")]
pub struct Doctor {
    #[command(flatten)]
    db: Db,

    /// A folder with tables of your own, to be looked through too
    #[arg(long, value_name = "DIR")]
    lexicon: Option<PathBuf>,

    /// Print JSON, with more facts
    #[arg(long)]
    json: bool,
}

/// Makes all checks and tells what they found.
pub fn run(arguments: &Doctor) -> Result<ExitCode> {
    let findings = findings(arguments);
    let told = if arguments.json { as_json(&findings)? } else { as_lines(&findings) };
    output::write(&mut io::stdout().lock(), &told)?;
    Ok(if count(&findings, State::Problem) == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn findings(arguments: &Doctor) -> Vec<Finding> {
    let mut findings = vec![program::build(), program::models(), program::tables()];
    findings.extend([program::processor(), machine::cores(), machine::memory(), machine::files()]);
    findings.extend([screen::terminal(), screen::locale()]);
    findings.extend(keeping::look(&arguments.db.db));
    findings.extend(arguments.lexicon.as_deref().map(reading::own_tables));
    findings.extend([network::loopback(), network::web(), reading::test()]);
    findings
}

fn count(findings: &[Finding], state: State) -> usize {
    findings.iter().filter(|finding| finding.state == state).count()
}

fn as_json(findings: &[Finding]) -> Result<String> {
    let all = json!({
        "onrecord": env!("CARGO_PKG_VERSION"),
        "checks": findings,
        "warnings": count(findings, State::Warning),
        "problems": count(findings, State::Problem),
    });
    Ok(serde_json::to_string_pretty(&all)? + "\n")
}

/// A summary, then a line for each check with what to do beneath.
fn as_lines(findings: &[Finding]) -> String {
    let style = output::style(Colour::Auto);
    let arrow = if style.ascii { "->" } else { "→" };
    let mut lines = vec![
        format!(
            "{}, {}, {}",
            counted(findings.len(), "checks"),
            counted(count(findings, State::Warning), "warnings"),
            counted(count(findings, State::Problem), "problems")
        ),
        String::new(),
    ];
    let column = findings.iter().map(|finding| finding.check.len()).max().unwrap_or(0);
    for Finding { check, state, what, advice, .. } in findings {
        let head = format!("{:<9}{check:<column$}  ", state.word());
        lines.extend(hanging(&head, what, style.width));
        if let Some(advice) = advice {
            lines.extend(hanging(&format!("{:indent$}{arrow} ", "", indent = head.len()), advice, style.width));
        }
    }
    lines.join("\n") + "\n"
}

/// Words in lines of this width; the second and later lines stand as far in as the head is wide.
fn hanging(head: &str, text: &str, width: usize) -> Vec<String> {
    let indent = " ".repeat(head.width());
    let mut lines = Vec::new();
    let mut line = head.to_owned();
    let mut begun = false;
    for word in text.split_whitespace() {
        if begun && line.width() + 1 + word.width() > width {
            lines.push(std::mem::replace(&mut line, indent.clone()));
            begun = false;
        }
        if begun {
            line.push(' ');
        }
        line.push_str(word);
        begun = true;
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_hang_under_their_first_word() {
        assert_eq!(hanging("ok  ", "one two three", 11), ["ok  one two", "    three"]);
        assert_eq!(hanging("ok  ", "much-too-wide two", 8), ["ok  much-too-wide", "    two"]);
        assert_eq!(hanging("ok  ", "", 8), ["ok  "]);
    }

    #[test]
    fn problems_and_warnings_are_counted_apart() {
        let findings = [Finding::ok("a", "fine"), Finding::warning("b", "slow", "wait"), Finding::problem("c", "gone", "make it")];
        assert_eq!([State::Ok, State::Warning, State::Problem].map(|state| count(&findings, state)), [1, 1, 1]);
        assert!(as_lines(&findings).starts_with("3 checks, 1 warning, 1 problem\n\nok       a  fine\nwarning  b  slow\n"));
    }
}
