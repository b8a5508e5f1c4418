//! What keeping and asking costs as a store grows: made-up reports with their records, without the time of reading them.

use crate::account_curve::report;
use anyhow::Result;
use onrecord_account::Kind;
use onrecord_store::{Asked, Prepared, Store};
use std::path::Path;
use std::time::{Duration, Instant};

/// Reports kept in one transaction.
const BATCH: usize = 500;
/// Lines asked for.
const LIMIT: usize = 100;
/// Each question is asked so often; the middle counts.
const TIMES: usize = 5;

/// Fills a new store with so many reports and asks it; prints what each took.
///
/// # Errors
/// When the store exists already with other reports, or refuses.
pub fn measure(file: &Path, reports: usize) -> Result<()> {
    let mut store = Store::create(file)?;
    let mut spent = Duration::ZERO;
    let step = (reports / 10).max(1);
    for first in (0..reports).step_by(BATCH) {
        let last = (first + BATCH).min(reports);
        let all = (first..last).map(|n| report(n as u64, reports as u64));
        let batch: Vec<Prepared> = all.map(|(document, record)| Prepared::new(document, &record, "curve", None)).collect();
        let start = Instant::now();
        store.add(batch, "2026-01-01T00:00:00Z")?;
        spent += start.elapsed();
        if last / step > first / step {
            println!("{last:>8} reports kept, {:>6.3} ms each lately", 1e3 * spent.as_secs_f64() / step as f64);
            spent = Duration::ZERO;
        }
    }
    for (name, kind, query) in questions()? {
        println!("{name:<40} {}", timed(|| Ok(store.ask(kind, &query)?.len()))?);
    }
    let conflicts = Asked { limit: Some(LIMIT), ..Asked::default() };
    println!("{:<40} {}", "figures in conflict", timed(|| Ok(store.figures(&conflicts, true)?.len()))?);
    for words in ["workers", "workers AND front", "\"killing 12 people\"", "front* -workers", "said"] {
        let asked = Asked { words: Some(words.parse()?), limit: Some(LIMIT), ..Asked::default() };
        println!("{:<40} {}", format!("search {words}"), timed(|| Ok(store.search(&asked)?.len()))?);
    }
    Ok(())
}

fn questions() -> Result<Vec<(&'static str, Kind, Asked)>> {
    let asked = || Asked { limit: Some(LIMIT), ..Asked::default() };
    let list = |word: &str| vec![word.to_owned()];
    Ok(vec![
        ("events, the latest", Kind::Event, asked()),
        ("events of a type", Kind::Event, Asked { what: list("assault"), ..asked() }),
        ("events of a type in a country", Kind::Event, Asked { what: list("aid"), place: list("MLI"), ..asked() }),
        ("events of one who is often there", Kind::Event, Asked { who: list("front"), ..asked() }),
        ("events of an outlet and a type", Kind::Event, Asked { outlet: list("herald"), what: list("aid"), ..asked() }),
        ("events in a month", Kind::Event, Asked { since: Some(20_120), until: Some(20_150), ..asked() }),
        (
            "events of one in a country in a month",
            Kind::Event,
            Asked { who: list("workers"), place: list("UKR"), since: Some(20_120), until: Some(20_150), ..asked() },
        ),
        (
            "events with a word and a phrase",
            Kind::Event,
            Asked { words: Some("workers \"people said\" OR front".parse()?), ..asked() },
        ),
        ("events with nothing that fits", Kind::Event, Asked { who: list("nobody"), ..asked() }),
        ("events none of which is so", Kind::Event, Asked { factuality: list("negated"), ..asked() }),
        ("statements of one", Kind::Statement, Asked { who: list("ba"), ..asked() }),
        ("positions with a word", Kind::Position, Asked { words: Some("demanded".parse()?), ..asked() }),
        ("actors, the latest", Kind::Actor, asked()),
        ("actors of a name", Kind::Actor, Asked { who: list("front"), ..asked() }),
        ("actors of a kind", Kind::Actor, Asked { what: list("person"), ..asked() }),
    ])
}

fn timed(ask: impl Fn() -> Result<usize>) -> Result<String> {
    let mut times = Vec::new();
    let mut found = 0;
    for _ in 0..TIMES {
        let start = Instant::now();
        found = ask()?;
        times.push(start.elapsed());
    }
    times.sort();
    Ok(format!("{found:>5} lines {:>8.1} ms", 1e3 * times[TIMES / 2].as_secs_f64()))
}
