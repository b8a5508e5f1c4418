//! What the program gives to shells and to `man`.

mod program;

use program::{Run, within};
use std::path::Path;
use std::process::{Command, Stdio};

fn run(arguments: &[&str]) -> Run {
    within(Path::new("."), arguments).output().unwrap().into()
}

/// What another program says of `input`; none where this machine does not have it.
fn told(program: &str, arguments: &[&str], input: &str) -> Option<Run> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().inspect_err(|error| eprintln!("not asked: {program}: {error}")).ok()?;
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes()).unwrap();
    Some(child.wait_with_output().unwrap().into())
}

#[test]
fn every_shell_has_its_script_and_accepts_it() {
    for (shell, flags) in [("bash", "-n"), ("zsh", "-n"), ("fish", "-n"), ("elvish", "-compileonly"), ("powershell", "")] {
        let script = run(&["completions", shell]).fine().out;
        for word in ["timeline", "threads", "completions"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
        let checked = if flags.is_empty() { None } else { told(shell, &[flags], &script) };
        if let Some(checked) = checked {
            assert_eq!((checked.code, checked.err.as_str()), (Some(0), ""), "{shell}");
        }
    }
    assert_eq!(run(&["completions", "csh"]).code, Some(2));
}

#[test]
fn bash_completes_commands_options_and_values() {
    let script = run(&["completions", "bash"]).fine().out;
    for (line, offered) in [
        ("onrecord tim", &["timeline"][..]),
        ("onrecord lexicon ", &["export", "check", "import", "document"]),
        ("onrecord read --thr", &["--threads"]),
        ("onrecord read --statements ", &["listed", "sure", "every"]),
        ("onrecord export --as geo", &["geojson"]),
    ] {
        let ask = "COMP_WORDS=($1); [[ $1 == *' ' ]] && COMP_WORDS+=('')\n\
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE=$1; COMP_POINT=${#1}\n\
            _onrecord onrecord \"${COMP_WORDS[COMP_CWORD]}\" \"${COMP_WORDS[COMP_CWORD-1]}\"; printf '%s\\n' \"${COMPREPLY[@]}\"";
        let Some(run) = told("bash", &["-c", &format!("{script}\n{ask}"), "bash", line], "") else { return };
        let replies: Vec<&str> = run.out.lines().collect();
        for word in offered {
            assert!(replies.contains(word), "{line}: {replies:?} {}", run.err);
        }
    }
}

#[test]
fn there_is_a_page_for_every_command_and_man_has_nothing_to_say_against_it() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("man1");
    run(&["man", "--out", pages.to_str().unwrap()]).fine();
    let help = run(&["--help"]).fine().out;
    let commands = help.lines().skip_while(|l| *l != "Commands:").skip(1).take_while(|l| !l.is_empty());
    // A line that stands further in is the rest of the one before.
    let commands = commands.filter_map(|line| line.strip_prefix("  ").filter(|rest| !rest.starts_with(' ')));
    let commands: Vec<&str> = commands.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.len() > 30, "{commands:?}");
    for command in commands {
        let page = std::fs::read_to_string(pages.join(format!("onrecord-{command}.1"))).expect(command);
        assert_eq!(page, run(&["man", command]).fine().out);
        assert!(page.contains(".SH NAME") && page.contains(".SH SYNOPSIS"), "{command}");
    }
    for file in std::fs::read_dir(&pages).unwrap() {
        let page = std::fs::read_to_string(file.unwrap().path()).unwrap();
        if let Some(set) = told("groff", &["-man", "-ww", "-Tutf8", "-K", "utf8", "-z"], &page) {
            assert_eq!((set.code, set.err.as_str()), (Some(0), ""), "{page}");
        }
    }
}

#[test]
fn a_page_is_read_by_its_name() {
    let page = run(&["man", "lexicon", "export"]).fine().out;
    assert!(page.contains("onrecord-lexicon-export") && page.contains("\\-\\-empty"), "{page}");
    let page = run(&["man"]).fine().out;
    assert!(page.contains("onrecord\\-read(1)") && page.contains("ONRECORD_DB"), "{page}");
    let unknown = run(&["man", "lexicon", "eat"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.err.contains("onrecord lexicon has no command \"eat\"; it has export, check"), "{}", unknown.err);
}
