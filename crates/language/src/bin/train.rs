//! Trains the English model: `train --treebank FILE... --names FILE... --held-out FILE... --out FILE`. See `TRAINING.md`.

use onrecord_language::train::{Settings, train};
use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "usage: train --treebank FILE... [--names FILE...] [--silver FILE...] [--held-out FILE...] [--lexicon FOLDER [--wide-names FILE]] --out FILE
    [--width 160] [--layers 4] [--epochs 12] [--dropout 0.2] [--rate 0.003] [--batch 600] [--silver-share 0.7] [--seed 1]";

fn parse(arguments: impl Iterator<Item = String>) -> Option<(Settings, PathBuf)> {
    let mut settings = Settings {
        treebanks: Vec::new(),
        names: Vec::new(),
        silver: Vec::new(),
        silver_share: 0.7,
        lexicon: None,
        wide_names: None,
        held_out: Vec::new(),
        width: 160,
        layers: 4,
        epochs: 12,
        dropout: 0.2,
        rate: 0.003,
        batch: 600,
        seed: 1,
    };
    let (mut out, mut option) = (None, String::new());
    for argument in arguments {
        if argument.starts_with("--") {
            option = argument;
            continue;
        }
        match option.as_str() {
            "--treebank" => settings.treebanks.push(argument.into()),
            "--names" => settings.names.push(argument.into()),
            "--silver" => settings.silver.push(argument.into()),
            "--silver-share" => settings.silver_share = argument.parse().ok()?,
            "--lexicon" => settings.lexicon = Some(argument.into()),
            "--wide-names" => settings.wide_names = Some(argument.into()),
            "--held-out" => settings.held_out.push(argument.into()),
            "--out" => out = Some(argument.into()),
            "--width" => settings.width = argument.parse().ok()?,
            "--layers" => settings.layers = argument.parse().ok()?,
            "--epochs" => settings.epochs = argument.parse().ok()?,
            "--dropout" => settings.dropout = argument.parse().ok()?,
            "--rate" => settings.rate = argument.parse().ok()?,
            "--batch" => settings.batch = argument.parse().ok()?,
            "--seed" => settings.seed = argument.parse().ok()?,
            _ => return None,
        }
    }
    (!settings.treebanks.is_empty() && settings.width.is_multiple_of(32)).then_some((settings, out?))
}

fn main() -> ExitCode {
    let Some((settings, out)) = parse(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let trained = train(&settings, &mut |line| eprintln!("{line}")).map_err(|e| e.to_string());
    match trained.and_then(|bytes| std::fs::write(&out, bytes).map_err(|e| format!("cannot write {}: {e}", out.display()))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("train: {error}");
            ExitCode::FAILURE
        }
    }
}
