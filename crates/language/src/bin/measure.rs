//! Scores an engine: `measure [--model FILE] FILE...`, treebanks (`.conllu`) and name corpora. See `TRAINING.md`.

use onrecord_language::Engine;
use onrecord_language::train::measure;
use std::path::PathBuf;
use std::process::ExitCode;

fn engine(model: Option<PathBuf>) -> Result<Engine, String> {
    let Some(path) = model else { return Ok(Engine::builtin()) };
    let bytes = std::fs::read(&path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
    Engine::load(&bytes).map_err(|e| format!("{}: {e}", path.display()))
}

fn main() -> ExitCode {
    let mut arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let model = (arguments.len() > 2 && arguments[0].as_os_str() == "--model").then(|| arguments.drain(..2).nth(1)).flatten();
    if arguments.is_empty() {
        eprintln!("usage: measure [--model FILE] FILE...");
        return ExitCode::from(2);
    }
    let engine = match engine(model) {
        Ok(engine) => engine,
        Err(error) => {
            eprintln!("measure: {error}");
            return ExitCode::FAILURE;
        }
    };
    for path in arguments {
        match measure(&engine, &path) {
            Ok(scores) => println!("{scores}"),
            Err(error) => {
                eprintln!("measure: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}
