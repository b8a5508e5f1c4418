//! How feeds are watched, and what is kept besides records.

use super::cli::Db;
use super::cli_ask::TableFormat;
use clap::Args;
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

/// Look at feeds again and again, and keep what is new
#[derive(Args)]
#[command(after_help = "\
A source is the address of a feed (RSS, Atom, JSON Feed), of a news sitemap or of a list of feeds (OPML), or a file in OPML.
Without one, the feeds that the store knows are watched. A feed that often has news is looked at more often than a quiet one, one
that fails ever less; what servers ask for (Retry-After, ttl, robots.txt, a pause between requests) goes before --every.

What a feed has in full is read from the feed, the rest from the pages it links to. Reports are kept together with what is known of
their feed: after Ctrl-C, and after worse, the same command goes on without losing or doubling one. A page that is out of reach is
tried at three looks.

Examples:
  onrecord watch https://example.org/feed https://example.org/news-sitemap.xml
  onrecord watch agencies.opml --every 15m
  onrecord watch                       go on with the feeds that are known
  onrecord watch --once                look once and end, as for cron
  onrecord feeds                       how they are")]
pub struct Watch {
    #[command(flatten)]
    pub db: Db,

    /// Feeds, news sitemaps, lists of feeds [default: the feeds that the store knows]
    #[arg(value_name = "SOURCE")]
    pub sources: Vec<OsString>,

    /// How often to look, such as 15m or 1h [default: from 10 minutes to 4 hours, as a feed has news]
    #[arg(long, value_name = "TIME", value_parser = every)]
    pub every: Option<Duration>,

    /// Look at each feed once, and end; those that failed wait until they are due
    #[arg(long)]
    pub once: bool,

    #[command(flatten)]
    pub web: crate::cli::Web,

    #[command(flatten)]
    pub keep: Keep,
}

/// What is kept besides reports and their records.
#[derive(Args)]
pub struct Keep {
    /// Write down what became of each report, one JSON object a line: {"source", "id", "outcome", "why"}; the outcome is new, known,
    /// changed, reread, skipped or failed
    #[arg(long, value_name = "FILE")]
    pub manifest: Option<PathBuf>,

    /// Keep only the text of each report, not the page, line or news item that it came as
    #[arg(long)]
    pub no_original: bool,
}

/// The feeds that are watched, and how they are
#[derive(Args)]
#[command(after_help = "\
Health: new (not looked at yet), well, quiet (nothing new for a week), failing (looked at again when due), gone (its server says for
good). Its reports stay when a feed is removed.

Examples:
  onrecord feeds
  onrecord feeds --format jsonl | jq 'select(.health == \"failing\")'
  onrecord feeds --remove https://example.org/feed")]
pub struct Feeds {
    #[command(flatten)]
    pub db: Db,

    /// Watch this one no more; may be given several times
    #[arg(long, value_name = "ADDRESS")]
    pub remove: Vec<String>,

    /// How to print them [default: table on a terminal, jsonl in a pipe]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<TableFormat>,
}

/// Print the bytes that a report came as: the page, the line of JSON, the news item
#[derive(Args)]
#[command(after_help = "\
A report that came as plain text, or was kept with --no-original, has its text only, which is printed.

Examples:
  onrecord original https://example.org/report -o report.html
  onrecord original 4711 | jq .")]
pub struct Original {
    #[command(flatten)]
    pub db: Db,

    /// Id of the report (see onrecord search)
    #[arg(value_name = "ID")]
    pub id: String,

    /// Where it goes [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

fn every(text: &str) -> Result<Duration, String> {
    let wrong = || "no time between two looks; write it as in 15m, 1h or 90s".to_owned();
    let span: jiff::SignedDuration = text.trim().parse().map_err(|_| wrong())?;
    Duration::try_from(span).ok().filter(|span| *span >= Duration::from_secs(1)).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_people_write_them() {
        for (text, seconds) in [("15m", 900), ("1h", 3600), ("90s", 90), ("1h 30m", 5400)] {
            assert_eq!(every(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "15", "-5m", "0s", "often"] {
            assert!(every(text).is_err(), "{text}");
        }
    }
}
