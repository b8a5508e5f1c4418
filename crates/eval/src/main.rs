//! `onrecord-eval`: measures the program; see `--help`.

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use onrecord_eval::entry::{Kind, Loaded};
use onrecord_eval::errors::{self, Listing};
use onrecord_eval::treebank::{self, NameCorpus};
use onrecord_eval::{
    account_curve, actor_codes, attribution, compound_actors, desk, gold, isaf, places, plover, quantities, score, specs, speed,
    store_curve, stories, synthetic, times,
};
use onrecord_language::{Engine, conllu};
use onrecord_reader::{Attribution, Reader};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures onrecord against gold records, treebanks and the reports in specs/.
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Score what the reader finds in the documents of gold records.
    Gold(GoldArgs),
    /// Check the reports in specs/ against the records they must give.
    Specs(SpecsArgs),
    /// Score the account of reports about the same happenings against the account that they must give.
    Stories(StoriesArgs),
    /// Time of the account of made-up reports of one year, for growing numbers of them.
    AccountCurve {
        /// How many reports.
        #[arg(default_values_t = [1_000, 10_000, 50_000])]
        reports: Vec<usize>,
    },
    /// Fill a new store with made-up records and ask it, for how time grows with the reports kept.
    StoreCurve {
        /// The store, a new file.
        file: PathBuf,
        /// How many reports.
        #[arg(default_value_t = 10_000)]
        reports: usize,
    },
    /// How fast an open desk answers, page by page; with --readers to so many at once.
    Desk {
        /// Where it is open.
        #[arg(default_value = "127.0.0.1:8808")]
        address: std::net::SocketAddr,
        /// How many ask at once.
        #[arg(long)]
        readers: Option<usize>,
        /// For how many seconds.
        #[arg(long, default_value_t = 20)]
        seconds: u64,
        /// Seconds that a reader looks at a page before asking for another.
        #[arg(long, default_value_t = 5.0)]
        pause: f64,
    },
    /// Print so many made-up reports as JSON lines, for measuring: those in specs/ with other people, towns, numbers and days.
    Synthetic {
        /// How many reports.
        count: usize,
        /// Words of each, at least.
        #[arg(long, default_value_t = 300)]
        words: usize,
        /// The reports they are made of.
        #[arg(long, default_value = "specs")]
        from: PathBuf,
        /// In the order of their days, as an archive has them; else each story is of any day of a year.
        #[arg(long)]
        by_day: bool,
    },
    /// UPOS, UAS, LAS and lemma on treebanks (CoNLL-U), with gold tokens.
    Ud {
        /// Treebank files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// F1 of names on corpora of lines `WORD <tab> B-PER`, with gold tokens.
    Names {
        /// Corpus files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Read reports (JSON Lines with `id` and `text`) and write who said what, as the attribution scorer wants it.
    Attribution {
        /// The reports.
        file: PathBuf,
        /// Only by listed words, without what was learnt.
        #[arg(long)]
        listed_only: bool,
    },
    /// Read reports (JSON Lines with `id` and `text`) and write the places they name, as the scorer of places wants them.
    Places {
        /// The reports.
        file: PathBuf,
    },
    /// Score the events of single sentences whose PLOVER type and parties are given (JSON Lines).
    Plover {
        /// The sentences.
        file: PathBuf,
        /// List the sentences whose event is not wholly right.
        #[arg(long)]
        errors: bool,
    },
    /// Country and sector of phrases (JSON Lines with `text` and `expect`): how many are right, and which are not.
    ActorCodes {
        /// The phrases with their codes.
        file: PathBuf,
    },
    /// Phrases taken apart into actors (JSON Lines with `text`, `given` and `actors`): how many are right, and which are not.
    CompoundActors {
        /// The sentences with their actors.
        file: PathBuf,
    },
    /// Read reports (JSON Lines with `id`, `text` and `reference_date`) and write the times they name, as the scorer of times wants
    /// them.
    Times {
        /// The reports.
        file: PathBuf,
        /// The texts tell history: their reference date is not the day that they are told from.
        #[arg(long)]
        undated: bool,
    },
    /// Score the test cases of Duckling and Recognizers-Text (JSON Lines with `id`, `source`, `text`, `reference_date`, `expressions`)
    /// by kind, those that news uses apart from the others.
    TimeCases {
        /// The cases.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// List what was wrong.
        #[arg(long)]
        errors: bool,
    },
    /// Score the reading of numbers on test cases of other programs (JSON Lines with `text` and `quantities`).
    Quantities {
        /// Files of cases.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Show every case that is not right.
        #[arg(long)]
        errors: bool,
    },
    /// Score how many were killed and captured in press releases (JSON Lines with `text` and `gold`).
    Isaf {
        /// The releases.
        file: PathBuf,
        /// Show every release with explicit numbers that is not right.
        #[arg(long)]
        errors: bool,
    },
    /// Learn the model of attributions from annotated reports (JSON Lines with `text` and `attributions`).
    LearnAttribution(LearnArgs),
    /// Tokens per second and memory of the engine and of the reader, on one thread.
    Speed(SpeedArgs),
}

#[derive(clap::Args)]
struct LearnArgs {
    /// Annotated reports.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Where the model goes.
    #[arg(long, default_value = "crates/reader/model/attribution.bin")]
    out: PathBuf,
    /// Passes over the reports.
    #[arg(long, default_value_t = 3)]
    epochs: usize,
}

#[derive(clap::Args)]
struct SpeedArgs {
    /// Text files, read again and again until there is enough.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// How much text, in MB.
    #[arg(long, default_value_t = 2.0)]
    size: f64,
    /// One document per so many MB; by default one long document.
    #[arg(long, value_name = "MB")]
    document: Option<f64>,
    /// How many times as fast so many threads are.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

#[derive(clap::Args)]
struct SpecsArgs {
    /// Only this spec.
    name: Option<String>,
    /// Put a todo mark on everything that does not hold and take it off everything that does.
    #[arg(long)]
    mark_todo: bool,
    /// Show what is marked todo as well.
    #[arg(long)]
    todo: bool,
}

#[derive(clap::Args)]
struct StoriesArgs {
    /// Folder of reports with their account.json; by default every one in specs/stories/.
    folder: Option<PathBuf>,
    /// List every pair that is missed or wrong, with the words and the reasons, and what the reader did not find.
    #[arg(long)]
    errors: bool,
}

#[derive(clap::Args)]
struct GoldArgs {
    /// Folder of gold records (*.json with a document and its text).
    folder: PathBuf,
    /// Only the documents whose ids this file lists, one a line (a file of the gold folder may be named without it).
    #[arg(long, value_name = "IDS")]
    only: Option<PathBuf>,
    /// Not the documents whose ids this file lists.
    #[arg(long, value_name = "IDS")]
    except: Option<PathBuf>,
    /// Three tables: all, without the documents that this file lists, only those.
    #[arg(long, value_name = "IDS", conflicts_with_all = ["only", "except"])]
    split: Option<PathBuf>,
    /// Score these records instead of running the reader.
    #[arg(long, value_name = "FILE.jsonl")]
    system: Option<PathBuf>,
    /// Write what the reader found, one record a line.
    #[arg(long, value_name = "FILE.jsonl")]
    dump: Option<PathBuf>,
    /// One table per document.
    #[arg(long)]
    by_document: bool,
    /// List what was missed, spurious or wrong: statements, events, positions or figures, and at most how many of each.
    #[arg(long, num_args = 1..=2, value_names = ["KIND", "N"])]
    errors: Option<Vec<String>>,
    /// With --errors: also records whose meaning is right but some other field is not.
    #[arg(long, requires = "errors")]
    strict: bool,
}

fn main() -> Result<()> {
    match Cli::parse().command {
        Command::Gold(args) => gold_scores(&args),
        Command::Specs(args) => check_specs(&args),
        Command::AccountCurve { reports } => {
            reports.iter().for_each(|&n| println!("{}", account_curve::measure(n)));
            Ok(())
        }
        Command::StoreCurve { file, reports } => store_curve::measure(&file, reports),
        Command::Desk { address, readers, seconds, pause } => {
            let said = match readers {
                Some(readers) => {
                    use std::time::Duration;
                    desk::load(address, readers, Duration::from_secs(seconds), Duration::from_secs_f64(pause))?
                }
                None => desk::pages(address)?,
            };
            print!("{said}");
            Ok(())
        }
        Command::Synthetic { count, words, from, by_day } => synthetic::write(
            &from,
            &synthetic::Wanted { count, words, by_day },
            &mut std::io::BufWriter::new(std::io::stdout().lock()),
        ),
        Command::Stories(args) => stories_scores(&args),
        Command::Speed(args) => speed_of(&args),
        Command::Attribution { file, listed_only } => {
            let reader = Reader::builtin().attributing(if listed_only { Attribution::Listed } else { Attribution::Every });
            answers(&file, |line| attribution::answer(&reader, line))
        }
        Command::Places { file } => {
            let reader = Reader::builtin();
            answers(&file, |line| places::answer(&reader, line))
        }
        Command::Plover { file, errors } => {
            let items = read(&file)?.lines().map(plover::Item::parse).collect::<Result<Vec<_>>>()?;
            let scores = plover::score(&Reader::builtin(), &items);
            if errors {
                scores.errors.iter().for_each(|error| println!("{error}"));
            }
            println!("{scores}");
            Ok(())
        }
        Command::ActorCodes { file } => {
            print!("{}", actor_codes::measure(&Reader::builtin(), &read(&file)?)?);
            Ok(())
        }
        Command::CompoundActors { file } => {
            print!("{}", compound_actors::measure(&Reader::builtin(), &read(&file)?)?);
            Ok(())
        }
        Command::Times { file, undated } => {
            let reader = Reader::builtin();
            answers(&file, |line| times::answer(&reader, line, undated))
        }
        Command::TimeCases { files, errors } => time_cases(&files, errors),
        Command::Quantities { files, errors } => {
            let reader = Reader::builtin();
            files.iter().try_for_each(|file| {
                println!("{}", file.file_name().unwrap_or_default().to_string_lossy());
                print!("{}", quantities::score(&reader, &read(file)?, errors)?);
                Ok(())
            })
        }
        Command::Isaf { file, errors } => {
            print!("{}", isaf::score(&Reader::builtin(), &read(&file)?, errors)?);
            Ok(())
        }
        Command::LearnAttribution(args) => {
            let reader = Reader::builtin();
            let mut reports = Vec::new();
            for file in &args.files {
                for line in read(file)?.lines() {
                    reports.push(attribution::Annotated::parse(line)?);
                }
            }
            let model = attribution::learn(&reader, &reports, args.epochs, &mut |line| eprintln!("{line}"));
            std::fs::write(&args.out, model.to_bytes()).with_context(|| format!("cannot write {}", args.out.display()))
        }
        Command::Ud { files } => {
            each(&files, |engine, gold| Ok(treebank::attachment(gold, &conllu::annotate(engine, gold)?)?.to_string()))
        }
        Command::Names { files } => each(&files, |engine, gold| {
            let corpus = NameCorpus::parse(gold)?;
            Ok(corpus.score(&conllu::annotate(engine, &corpus.conllu)?)?.to_string())
        }),
    }
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Prints the answer to every line of the file.
fn answers(file: &Path, answer: impl Fn(&str) -> Result<String>) -> Result<()> {
    read(file)?.lines().try_for_each(|line| answer(line).map(|answer| println!("{answer}")))
}

/// Prints what `measure` says of every file.
fn each(files: &[PathBuf], measure: impl Fn(&Engine, &str) -> Result<String>) -> Result<()> {
    let engine = Engine::builtin();
    for path in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        println!("{name}: {}", measure(&engine, &read(path)?).with_context(|| format!("cannot score {}", path.display()))?);
    }
    Ok(())
}

fn time_cases(files: &[PathBuf], errors: bool) -> Result<()> {
    let reader = Reader::builtin();
    for path in files {
        let mut tally = times::cases::Tally::default();
        read(path)?.lines().try_for_each(|line| tally.add(&reader, line))?;
        if errors {
            for (kind, words, gold, found) in &tally.wrong {
                println!("{kind:?}\t{words}\t{gold}\t{found}");
            }
        }
        println!("{}:\n{tally}", path.file_name().unwrap_or_default().to_string_lossy());
    }
    Ok(())
}

fn speed_of(args: &SpeedArgs) -> Result<()> {
    let texts = args.files.iter().map(|path| read(path)).collect::<Result<Vec<_>>>()?;
    let bytes = |mb: f64| (mb * 1e6) as usize;
    let documents = speed::documents(&texts, bytes(args.document.unwrap_or(args.size)), bytes(args.size));
    println!("{}", speed::measure(&documents));
    if let Some(threads) = args.threads {
        let (one, all) = speed::scaling(&documents, threads);
        let times = one.as_secs_f64() / all.as_secs_f64().max(1e-9);
        println!("{threads} threads {times:.2} times as fast as one ({:.2} s, {:.2} s)", all.as_secs_f64(), one.as_secs_f64());
    }
    Ok(())
}

fn check_specs(args: &SpecsArgs) -> Result<()> {
    let reader = Reader::builtin();
    let mut state = specs::State::default();
    for spec in specs::load(&specs::folder(), args.name.as_deref())? {
        let (checked, faults) = specs::run(&spec, &reader);
        print!("{}", specs::state(&spec, &checked, &faults, args.todo));
        state.add(&checked, &faults);
        if args.mark_todo {
            std::fs::write(&spec.path, specs::mark(&spec, &checked))
                .with_context(|| format!("cannot write {}", spec.path.display()))?;
        }
    }
    println!("{state}");
    Ok(())
}

fn stories_scores(args: &StoriesArgs) -> Result<()> {
    let reader = Reader::builtin();
    for folder in args.folder.clone().map_or_else(stories::all, |folder| Ok(vec![folder]))? {
        let gold = stories::Gold::load(&folder)?;
        let scores = stories::score(&gold, &stories::read(&gold, &reader));
        if args.errors {
            scores.errors.iter().for_each(|error| println!("{error}"));
        }
        println!("{}: {scores}", folder.file_name().unwrap_or_default().to_string_lossy());
    }
    Ok(())
}

fn gold_scores(args: &GoldArgs) -> Result<()> {
    let mut gold = gold::load(&args.folder)?;
    let ids = |path: &Option<PathBuf>| path.as_ref().map(|p| gold::load_ids(p, &args.folder)).transpose();
    let (only, except, split) = (ids(&args.only)?, ids(&args.except)?, ids(&args.split)?);
    gold.retain(|id, _| only.as_ref().is_none_or(|o| o.contains(id)) && except.as_ref().is_none_or(|e| !e.contains(id)));
    let system = found(args, &gold)?;
    let missing: Vec<&str> = gold.keys().filter(|id| !system.contains_key(*id)).map(String::as_str).collect();
    if !missing.is_empty() {
        println!("no system record for: {}", missing.join(", "));
    }
    if let Some(errors) = &args.errors {
        let kind: Kind = errors[0].parse().map_err(anyhow::Error::msg)?;
        let limit = errors.get(1).map_or(Ok(usize::MAX), |n| n.parse()).context("--errors KIND N: N is a number")?;
        print!("{}", errors::list(Listing { kind, limit, strict: args.strict }, &gold, &system));
    }
    if args.by_document {
        for (id, record) in &gold {
            println!("{id}: {}", score::report(&score::score([record], &system), 1));
        }
    }
    println!("{}", score::report(&score::score(gold.values(), &system), gold.len()));
    if let Some(ids) = split {
        let (listed, rest): (Vec<_>, Vec<_>) = gold.values().partition(|r| ids.contains(&r.document.id));
        for (name, part) in [("not listed", rest), ("listed", listed)] {
            println!("{name}: {}", score::report(&score::score(part.iter().copied(), &system), part.len()));
        }
    }
    Ok(())
}

/// The system's records: from a file, or by running the reader.
fn found(args: &GoldArgs, gold: &BTreeMap<String, Loaded>) -> Result<BTreeMap<String, Loaded>> {
    if let Some(path) = &args.system {
        return gold::load_file(path, gold);
    }
    let lines = gold::read_all(gold);
    if let Some(path) = &args.dump {
        let all: String = lines.values().map(|line| format!("{line}\n")).collect();
        std::fs::write(path, all).with_context(|| format!("cannot write {}", path.display()))?;
    }
    lines.iter().map(|(id, line)| Ok((id.clone(), Loaded::from_json(line, None)?))).collect()
}
