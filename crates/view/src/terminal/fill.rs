//! Setting words in lines of a width.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A stretch of text in one rendition.
#[derive(Clone, Debug)]
pub(super) struct Run {
    sgr: &'static str,
    text: String,
}

impl Run {
    pub(super) fn new(sgr: &'static str, text: impl Into<String>) -> Self {
        Run { sgr, text: text.into() }
    }
}

/// Columns that a text takes.
pub(super) fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// What cannot be broken: runs between two blanks.
#[derive(Clone, Debug, Default)]
struct Word {
    runs: Vec<Run>,
    width: usize,
    /// Whether it is the end of a word that was too wide for the line before.
    continues: bool,
}

impl Word {
    fn push(&mut self, sgr: &'static str, c: char) {
        match self.runs.last_mut() {
            Some(run) if run.sgr == sgr => run.text.push(c),
            _ => self.runs.push(Run::new(sgr, c)),
        }
        self.width += c.width().unwrap_or(0);
    }
}

/// Words that stand in one line.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    words: Vec<Word>,
    width: usize,
}

impl Line {
    fn push(&mut self, word: Word) {
        self.width += word.width + usize::from(!self.words.is_empty());
        self.words.push(word);
    }

    fn has_room(&self, word: &Word, columns: usize) -> bool {
        self.words.is_empty() || self.width + 1 + word.width <= columns
    }

    /// Writes the line with its renditions, unless it is to be plain.
    pub(super) fn print(&self, colour: bool, out: &mut String) {
        let mut open = "";
        let mut switch = |to: &'static str, out: &mut String| {
            if colour && to != open {
                if !open.is_empty() {
                    out.push_str("\x1b[0m");
                }
                if !to.is_empty() {
                    out.extend(["\x1b[", to, "m"]);
                }
                open = to;
            }
        };
        for (i, word) in self.words.iter().enumerate() {
            if i > 0 {
                // The blank between two words in one rendition belongs to it, so that an underline runs through.
                let (before, after) = (self.words[i - 1].runs.last(), word.runs.first());
                let same = before.map(|run| run.sgr) == after.map(|run| run.sgr);
                switch(if same { after.map_or("", |run| run.sgr) } else { "" }, out);
                out.push(' ');
            }
            for run in &word.runs {
                switch(run.sgr, out);
                out.push_str(&run.text);
            }
        }
        switch("", out);
    }
}

/// What a terminal must not get from a document: control characters, and those that turn the direction of what follows.
pub(super) fn is_harmful(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn words(runs: &[Run]) -> Vec<Word> {
    let mut words = Vec::new();
    let mut word = Word::default();
    for run in runs {
        for c in run.text.chars() {
            // A no-break space is not one of these: it holds a number and its unit together.
            if matches!(c, ' ' | '\n' | '\t' | '\r') {
                if !word.runs.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            } else {
                word.push(run.sgr, if is_harmful(c) { '\u{fffd}' } else { c });
            }
        }
    }
    if !word.runs.is_empty() {
        words.push(word);
    }
    words
}

/// Sets runs in lines, the first of `first` columns, the others of `rest`.
pub(super) fn fill(runs: &[Run], first: usize, rest: usize) -> Vec<Line> {
    let mut lines = vec![Line::default()];
    for word in words(runs) {
        let columns = if lines.len() == 1 { first } else { rest };
        // A word wider than a line (an address, a text without blanks) is broken where the line ends.
        let pieces = if word.width > columns { broken(word, columns) } else { vec![word] };
        for word in pieces {
            if !lines[lines.len() - 1].has_room(&word, columns) {
                lines.push(Line::default());
            }
            let last = lines.len() - 1;
            lines[last].push(word);
        }
    }
    lines
}

fn broken(word: Word, columns: usize) -> Vec<Word> {
    let mut pieces = vec![Word::default()];
    for run in word.runs {
        for c in run.text.chars() {
            let last = pieces.len() - 1;
            if pieces[last].width + c.width().unwrap_or(0) > columns {
                pieces.push(Word { continues: true, ..Word::default() });
            }
            let last = pieces.len() - 1;
            pieces[last].push(run.sgr, c);
        }
    }
    pieces
}

/// The first `most` lines; where there are more, `ellipsis` and how many words they hold stands at the end.
pub(super) fn at_most(mut lines: Vec<Line>, most: usize, columns: usize, ellipsis: &Run) -> Vec<Line> {
    if lines.len() <= most {
        return lines;
    }
    let begun = |word: &Word| usize::from(!word.continues);
    let mut more: usize = lines.drain(most..).flat_map(|line| line.words).map(|word| begun(&word)).sum();
    let mut last = lines.pop().unwrap_or_default();
    loop {
        // Of a word that was broken, its end is missing.
        let note = format!("{} (+{}\u{a0}{})", ellipsis.text, more.max(1), if more <= 1 { "word" } else { "words" });
        let note = words(&[Run::new(ellipsis.sgr, note)]);
        let needed: usize = note.iter().map(|word| word.width + 1).sum();
        if last.words.is_empty() || last.width + needed <= columns {
            note.into_iter().for_each(|word| last.push(word));
            lines.push(last);
            return lines;
        }
        let dropped = last.words.pop().unwrap_or_default();
        last.width -= dropped.width + usize::from(!last.words.is_empty());
        more += begun(&dropped);
    }
}

/// Adds runs to the last line, after `joint`, when they fit there as a whole; else as a line of their own.
pub(super) fn append(lines: &mut Vec<Line>, joint: &Run, runs: &[Run], columns: usize) {
    let joined = [std::slice::from_ref(joint), runs].concat();
    let needed: usize = words(&joined).iter().map(|word| word.width + 1).sum();
    match lines.last_mut() {
        Some(line) if line.width + needed <= columns => words(&joined).into_iter().for_each(|word| line.push(word)),
        _ => lines.extend(fill(runs, columns, columns)),
    }
}

/// As many words of `text` as fit in `columns`, with an ellipsis and the closing mark of a quotation that was open.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.into();
    }
    let end = match text.chars().next() {
        Some('“') => " …”",
        Some('"') => " …\"",
        _ => " …",
    };
    let mut kept = String::new();
    for word in text.split(' ') {
        let blank = usize::from(!kept.is_empty());
        if width(&kept) + blank + width(word) + width(end) > columns && !kept.is_empty() {
            break;
        }
        if blank == 1 {
            kept.push(' ');
        }
        kept.extend(word.chars().take(columns));
    }
    kept + end
}

/// Typographic signs in ASCII; letters of other scripts stay, for want of anything better.
pub(super) fn ascii(run: &Run) -> Run {
    let mut out = String::with_capacity(run.text.len());
    for c in run.text.chars() {
        match c {
            '“' | '”' | '„' => out.push('"'),
            '‘' | '’' => out.push('\''),
            '–' | '—' | '−' => out.push('-'),
            '…' => out.push_str("..."),
            '→' => out.push_str("->"),
            '·' => out.push('|'),
            '○' => out.push_str("(?)"),
            '\u{a0}' => out.push(' '),
            c => out.push(c),
        }
    }
    Run::new(run.sgr, out)
}
