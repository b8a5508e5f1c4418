//! How fast the program reads, on one thread, in that thread's own time.

use onrecord_language::Engine;
use onrecord_reader::Reader;
use onrecord_text::Document;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// What reading so many tokens took.
pub struct Speed {
    /// Number of documents.
    pub documents: usize,
    /// Bytes of text.
    pub bytes: usize,
    /// Tokens in it.
    pub tokens: usize,
    /// The engine alone.
    pub analysing: Duration,
    /// The whole reader, engine included.
    pub reading: Duration,
}

/// The texts one after the other, again and again, cut into documents of about `size` bytes until there are `total` bytes.
pub fn documents(texts: &[String], size: usize, total: usize) -> Vec<Document> {
    let (mut documents, mut text, mut made) = (Vec::new(), String::new(), 0);
    let some = texts.iter().any(|t| !t.trim().is_empty());
    for part in texts.iter().cycle().take_while(|_| some) {
        text.push_str(part.trim_end());
        text.push_str("\n\n");
        if text.len() >= size.min(total) {
            made += text.len();
            documents.push(Document::new(format!("d{}", documents.len() + 1), std::mem::take(&mut text)));
        }
        if made >= total {
            break;
        }
    }
    documents
}

/// Reads the documents twice: with the engine alone, and with everything.
pub fn measure(documents: &[Document]) -> Speed {
    let (engine, reader) = (Engine::builtin(), Reader::builtin());
    let bytes = documents.iter().map(|d| d.text.len()).sum();
    let clock = Clock::start();
    let sentences = documents.iter().map(|d| engine.analyse(&d.text).sentences);
    let tokens = sentences.map(|s| s.iter().map(|s| s.tokens.len()).sum::<usize>()).sum();
    let analysing = clock.elapsed();
    let clock = Clock::start();
    let records = documents.iter().map(|d| std::hint::black_box(reader.read(d)).actors.len()).sum::<usize>();
    std::hint::black_box(records);
    Speed { documents: documents.len(), bytes, tokens, analysing, reading: clock.elapsed() }
}

/// Wall-clock time of reading the documents with one thread and with `threads`, each taking the next document that is free.
pub fn scaling(documents: &[Document], threads: usize) -> (Duration, Duration) {
    let reader = Reader::builtin();
    let time = |threads: usize| {
        let (start, next) = (Instant::now(), AtomicUsize::new(0));
        let work = || {
            while let Some(document) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
                std::hint::black_box(reader.read(document));
            }
        };
        std::thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
        start.elapsed()
    };
    (time(1), time(threads))
}

/// Measures what this thread itself computed, where the system tells, so that a busy machine does not spoil the number; else the time
/// that passed.
struct Clock {
    wall: Instant,
    cpu: Option<Duration>,
}

impl Clock {
    fn start() -> Self {
        Clock { wall: Instant::now(), cpu: cpu_time() }
    }

    fn elapsed(&self) -> Duration {
        self.cpu.zip(cpu_time()).map_or_else(|| self.wall.elapsed(), |(from, to)| to.saturating_sub(from))
    }
}

/// Time that this thread spent computing.
fn cpu_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(stat.split_whitespace().next()?.parse().ok()?))
}

/// Most memory that this process ever held, in MB; `None` where the system does not tell.
pub fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok()? / 1024.0)
}

impl fmt::Display for Speed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rate = |time: Duration| self.tokens as f64 / time.as_secs_f64().max(1e-9);
        writeln!(f, "{} documents, {} bytes, {} tokens, one thread", self.documents, self.bytes, self.tokens)?;
        writeln!(f, "engine  {:>9.0} tokens/s  {:.2} s", rate(self.analysing), self.analysing.as_secs_f64())?;
        let seconds = self.reading.as_secs_f64();
        let documents = self.documents as f64 / seconds.max(1e-9);
        writeln!(f, "reader  {:>9.0} tokens/s  {seconds:.2} s (engine included), {documents:.1} documents/s", rate(self.reading))?;
        match peak_memory() {
            Some(mb) => write!(f, "peak memory {mb:.0} MB"),
            None => write!(f, "peak memory unknown on this system"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_reach_the_size_and_nothing_gives_none() {
        let texts = ["One.\n".to_owned(), "Two.\n".to_owned()];
        let made = documents(&texts, 10, 25);
        assert_eq!(made.iter().map(|d| d.text.as_str()).collect::<Vec<_>>(), ["One.\n\nTwo.\n\n"; 3]);
        assert_eq!(documents(&texts, 1_000, 20).len(), 1);
        assert!(documents(&[" ".into()], 10, 25).is_empty() && documents(&[], 10, 25).is_empty());
    }
}
