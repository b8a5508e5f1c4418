//! The record for a terminal: no boxes, as wide as the window, colours and signs where they can be shown.

mod fill;

use crate::dates::human_date;
use crate::evidence::{Shown, is_quoted, one_line, shown};
use crate::lines;
use crate::names::Names;
use crate::phrase::{Kind, OWN_WORDS, Phrase, Role};
use crate::words;
use fill::{Line, Run, fill, is_harmful, width};
use onrecord_record::{Explanation, Record};
use onrecord_text::{Document, Level, Span};
use std::time::Duration;

/// What the terminal can show.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Columns.
    pub width: usize,
    /// Whether to colour.
    pub colour: bool,
    /// Whether signs must be plain ASCII.
    pub ascii: bool,
}

/// Below this lines get too ragged to read; a narrower terminal breaks them itself.
const NARROWEST: usize = 40;

/// Columns by which evidence stands in.
const INDENT: usize = 4;

/// Lines of evidence that are shown; how much more there is stands at their end.
const EVIDENCE_LINES: usize = 2;

/// Columns that a quotation in a record's line gets at least.
const SHORTEST_QUOTE: usize = 30;

// Select Graphic Rendition codes.
const PLAIN: &str = "";
const BOLD: &str = "1";
const DIM: &str = "2";
const ITALIC: &str = "3";
const DIM_UNDERLINED: &str = "2;4";

fn colour(kind: Kind) -> &'static str {
    match kind {
        Kind::Statement => "1;34",
        Kind::Event => "1;31",
        Kind::Position => "1;35",
        Kind::Figure => "1;32",
    }
}

/// One report's record, from the summary line to the actors. `elapsed` is printed when given.
pub fn render(document: &Document, record: &Record, style: Style, elapsed: Option<Duration>) -> String {
    let names = Names::new(document, record);
    let mut out = Out { text: String::new(), style: Style { width: style.width.max(NARROWEST), ..style } };
    out.summary(record, elapsed);
    out.header(document);
    let all = shown(record);
    for kind in Kind::ALL {
        let of_kind: Vec<&Shown> = all.iter().filter(|shown| shown.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        out.heading(&capital(&words::plural(kind.name())), colour(kind));
        for shown in of_kind {
            let line = match kind {
                Kind::Statement => lines::statement(&names, &record.statements[shown.index]),
                Kind::Event => lines::event(&names, &record.events[shown.index]),
                Kind::Position => lines::position(&names, &record.positions[shown.index]),
                Kind::Figure => lines::figure(&names, &record.figures[shown.index]),
            };
            out.line(kind, &line);
            out.evidence(document, shown, line.own_words);
        }
    }
    if all.is_empty() {
        out.blank();
        out.fill(vec![Run::new(PLAIN, "No statements, events, positions or figures were found in this report.")], 0, 0);
    }
    if !record.actors.is_empty() {
        out.heading("Actors", BOLD);
        for actor in &record.actors {
            let runs = out.runs(&lines::actor(actor), BOLD);
            out.fill(runs, 2, INDENT);
        }
    }
    if !record.diagnostics.is_empty() {
        out.heading("About this reading", BOLD);
        for d in &record.diagnostics {
            let level = if d.level == Level::Warning { "warning: " } else { "note: " };
            out.fill(vec![Run::new(BOLD, level), Run::new(PLAIN, d.message.as_str())], 2, INDENT);
        }
    }
    out.text
}

/// What decided about each record of a report.
pub fn explanations(document: &Document, all: &[Explanation], style: Style) -> String {
    let mut out = Out { text: String::new(), style: Style { width: style.width.max(NARROWEST), ..style } };
    out.fill(vec![Run::new(DIM, document.id.as_str())], 0, 0);
    if all.is_empty() {
        out.fill(vec![Run::new(PLAIN, "No records to explain were found in this report.")], 0, 0);
    }
    for explanation in all {
        out.blank();
        let (sentence, rules) = explanation.sentence.rsplit_once(" [").unwrap_or((&explanation.sentence, ""));
        let rules = if rules.is_empty() { String::new() } else { format!(" [{rules}") };
        out.fill(vec![Run::new(PLAIN, sentence), Run::new(DIM, rules)], 0, 2);
    }
    out.text
}

/// What is said to people, as one line: the names and addresses in it may be strangers', and command no terminal.
///
/// ```
/// let message = onrecord_view::terminal::message("a\u{1b}[2J.txt:\nis empty");
/// assert_eq!(message, "a\u{fffd}[2J.txt: is empty");
/// ```
pub fn message(words: &str) -> String {
    words.lines().collect::<Vec<_>>().join(" ").chars().map(|c| if is_harmful(c) { '\u{fffd}' } else { c }).collect()
}

/// *31 statements, 16 events, 14 positions, 11 figures · 22 actors*
pub(crate) fn summary(record: &Record) -> String {
    let counts = [
        words::count(record.statements.len(), "statement"),
        words::count(record.events.len(), "event"),
        words::count(record.positions.len(), "position"),
        words::count(record.figures.len(), "figure"),
    ];
    format!("{} · {}", counts.join(", "), words::count(record.actors.len(), "actor"))
}

pub(crate) fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

struct Out {
    text: String,
    style: Style,
}

impl Out {
    fn blank(&mut self) {
        self.text.push('\n');
    }

    fn summary(&mut self, record: &Record, elapsed: Option<Duration>) {
        let mut runs = vec![Run::new(PLAIN, summary(record))];
        if let Some(elapsed) = elapsed {
            runs.push(Run::new(PLAIN, format!(" · {:.2}\u{a0}s", elapsed.as_secs_f64())));
        }
        self.fill(runs, 0, 2);
    }

    fn header(&mut self, document: &Document) {
        self.blank();
        if let Some(title) = &document.title {
            self.fill(vec![Run::new(BOLD, title.as_str())], 0, 0);
        }
        let published = document.published.map(|date| human_date(&date.to_string()));
        let about: Vec<&str> =
            [document.outlet.as_deref(), published.as_deref(), Some(&document.id)].into_iter().flatten().collect();
        self.fill(vec![Run::new(DIM, about.join(" · "))], 0, 0);
    }

    fn heading(&mut self, text: &str, sgr: &'static str) {
        self.blank();
        self.fill(vec![Run::new(sgr, text)], 0, 0);
    }

    /// The record in one line: its sign, then what is said about it.
    fn line(&mut self, kind: Kind, phrase: &Phrase) {
        let sign = if self.style.ascii {
            match kind {
                Kind::Statement => "\"",
                Kind::Event => "*",
                Kind::Position => "<>",
                Kind::Figure => "#",
            }
        } else {
            kind.sign()
        };
        // A position hangs on its terms: it gets a second line rather than lose them.
        let lines = if kind == Kind::Position { 2 } else { 1 };
        let phrase = shortened(phrase, (self.style.width - 2) * lines);
        let mut runs = vec![Run::new(colour(kind), format!("{sign} "))];
        runs.extend(self.runs(&phrase, BOLD));
        self.fill(runs, 0, 2);
    }

    fn runs(&self, phrase: &Phrase, strong: &'static str) -> Vec<Run> {
        let mut runs = Vec::new();
        for (i, group) in phrase.groups.iter().enumerate() {
            if i > 0 {
                runs.push(Run::new(DIM, " · "));
            }
            for part in group {
                let sgr = match part.role {
                    Role::Strong => strong,
                    Role::Stress => ITALIC,
                    Role::Soft => DIM,
                    Role::Plain | Role::Quote => PLAIN,
                };
                runs.push(Run::new(sgr, part.text.as_str()));
            }
        }
        runs
    }

    /// The words that show it, then what is small: the outlet's own voice, id and confidence.
    fn evidence(&mut self, document: &Document, shown: &Shown, own_words: bool) {
        let mut runs = Vec::new();
        for (i, &span) in shown.evidence.iter().enumerate() {
            if i > 0 {
                runs.push(Run::new(DIM, " … "));
            }
            quote(document, span, &shown.focus, &mut runs);
        }
        let mut tail = vec![Run::new(DIM, format!("{}\u{a0}{:.0}\u{a0}%", shown.id, shown.confidence * 100.0))];
        if own_words {
            tail.insert(0, Run::new(DIM, format!("{OWN_WORDS} · ")));
        }
        let columns = self.style.width - INDENT;
        let ellipsis = Run::new(DIM, if self.style.ascii { "..." } else { "…" });
        let mut kept = fill::at_most(self.lines(&runs, INDENT, INDENT), EVIDENCE_LINES, columns, &ellipsis);
        let joint = Run::new(DIM, if self.style.ascii { "| " } else { "· " });
        fill::append(&mut kept, &joint, &self.shown(&tail), columns);
        self.print(&kept, INDENT, INDENT);
    }

    fn fill(&mut self, runs: Vec<Run>, first: usize, rest: usize) {
        let lines = self.lines(&runs, first, rest);
        self.print(&lines, first, rest);
    }

    fn lines(&self, runs: &[Run], first: usize, rest: usize) -> Vec<Line> {
        fill(&self.shown(runs), self.style.width - first, self.style.width - rest)
    }

    /// The runs in the signs that the terminal has.
    fn shown(&self, runs: &[Run]) -> Vec<Run> {
        if self.style.ascii { runs.iter().map(fill::ascii).collect() } else { runs.to_vec() }
    }

    fn print(&mut self, lines: &[Line], first: usize, rest: usize) {
        for (i, line) in lines.iter().enumerate() {
            self.text.extend(std::iter::repeat_n(' ', if i == 0 { first } else { rest }));
            line.print(self.style.colour, &mut self.text);
            self.text.push('\n');
        }
    }
}

/// The words at `span` in quotation marks, those in `focus` underlined.
fn quote(document: &Document, span: Span, focus: &[Span], runs: &mut Vec<Run>) {
    let marks = if is_quoted(document.slice(span).trim_start()) { ("", "") } else { ("“", "”") };
    runs.push(Run::new(DIM, marks.0));
    let mut at = span.start;
    for inside in focus.iter().filter(|&&inside| span.contains(inside)) {
        runs.push(Run::new(DIM, blanks_folded(document.slice(Span::new(at, inside.start.max(at))))));
        runs.push(Run::new(DIM_UNDERLINED, blanks_folded(document.slice(Span::new(inside.start.max(at), inside.end)))));
        at = inside.end;
    }
    runs.push(Run::new(DIM, blanks_folded(document.slice(Span::new(at, span.end)))));
    runs.push(Run::new(DIM, marks.1));
}

/// As [`one_line`], but a blank at an end stays one, so that pieces can be put together again.
fn blanks_folded(text: &str) -> String {
    let blank = |at: Option<char>| if at.is_some_and(char::is_whitespace) { " " } else { "" };
    let line = one_line(text);
    if line.is_empty() {
        return blank(text.chars().next()).into();
    }
    format!("{}{line}{}", blank(text.chars().next()), blank(text.chars().next_back()))
}

/// The phrase with its quotations cut so that it takes about `columns`.
fn shortened(phrase: &Phrase, columns: usize) -> Phrase {
    let parts = || phrase.groups.iter().flatten();
    let quotes = parts().filter(|part| part.role == Role::Quote).count();
    let separators = 3 * phrase.groups.len().saturating_sub(1);
    let others: usize = separators + parts().filter(|part| part.role != Role::Quote).map(|part| width(&part.text)).sum::<usize>();
    let quoted: usize = parts().filter(|part| part.role == Role::Quote).map(|part| width(&part.text)).sum();
    if quotes == 0 || others + quoted <= columns {
        return phrase.clone();
    }
    let each = (columns.saturating_sub(others) / quotes).max(SHORTEST_QUOTE);
    let mut phrase = phrase.clone();
    for part in phrase.groups.iter_mut().flatten().filter(|part| part.role == Role::Quote) {
        part.text = fill::cut(&part.text, each);
    }
    phrase
}
