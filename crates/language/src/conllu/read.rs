//! A tolerant reader: it insists on what it needs (identifiers, forms) and keeps the rest as it is.

use super::ConlluError;
use onrecord_text::Span;

/// A sentence as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block<'a> {
    /// Lines that begin with `#`.
    pub comments: Vec<&'a str>,
    /// Lines of words, multiword tokens and empty nodes, in order.
    pub lines: Vec<Line<'a>>,
}

/// What a line stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A syntactic word.
    Word,
    /// The words `first..=last` (counted from 1) are written as one.
    Range {
        /// First word.
        first: usize,
        /// Last word.
        last: usize,
    },
    /// An empty node of the enhanced graph.
    Empty,
}

/// One line of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// What it stands for.
    pub kind: Kind,
    /// As it was written.
    pub text: &'a str,
}

impl<'a> Line<'a> {
    fn column(&self, n: usize) -> &'a str {
        self.text.split('\t').nth(n).unwrap_or("_")
    }

    /// Second column.
    pub fn form(&self) -> &'a str {
        self.column(1)
    }

    /// False when the last column says `SpaceAfter=No`.
    pub fn space_after(&self) -> bool {
        !self.column(9).split('|').any(|m| m == "SpaceAfter=No")
    }
}

impl<'a> Block<'a> {
    /// The sentence's own text, when a comment gives it.
    pub fn text(&self) -> Option<&'a str> {
        self.comments.iter().find_map(|c| c.strip_prefix("# text = "))
    }

    /// Appends the sentence's text and gives the place of every word in it.
    ///
    /// Words of a multiword token whose forms do not add up to it (*gonna*: *going to*) share its place.
    pub(crate) fn lay_out(&self, out: &mut String) -> Vec<Span> {
        let start = out.len();
        let spans = self.join(out);
        let Some(text) = self.text() else { return spans };
        // The comment is better where all forms are found in it: it has the real white space.
        let mut at = 0;
        let mut found = Vec::with_capacity(spans.len());
        for span in &spans {
            let form = &out[span.range()];
            match (found.last(), text[at..].find(form)) {
                (_, Some(n)) if text[at..at + n].trim().is_empty() => {
                    found.push(Span::new(start + at + n, start + at + n + form.len()));
                    at += n + form.len();
                }
                (Some(&last), _) if out[last_range(&spans, found.len())] == *form && spans[found.len() - 1] == *span => {
                    found.push(last)
                }
                _ => return spans,
            }
        }
        out.truncate(start);
        out.push_str(text);
        found
    }

    /// Joins the forms.
    fn join(&self, out: &mut String) -> Vec<Span> {
        let mut spans = Vec::new();
        // Words still to come of a multiword token, where it began, whether a space follows it.
        let mut inside: Option<(usize, Span, bool, bool)> = None;
        for line in &self.lines {
            match line.kind {
                Kind::Range { first, last } => {
                    let words = self.lines.iter().filter(|l| l.kind == Kind::Word).skip(first - 1).take(last + 1 - first);
                    let fits = words.map(|w| w.form()).collect::<String>() == line.form();
                    let span = Span::new(out.len(), out.len() + line.form().len());
                    if !fits {
                        out.push_str(line.form());
                    }
                    inside = Some((last + 1 - first, span, line.space_after(), fits));
                }
                Kind::Word => {
                    let (span, space) = match &mut inside {
                        Some((left, whole, space, fits)) => {
                            *left -= 1;
                            let end = *left == 0;
                            (if *fits { append(out, line.form()) } else { *whole }, end && *space)
                        }
                        None => (append(out, line.form()), line.space_after()),
                    };
                    spans.push(span);
                    if inside.is_some_and(|(left, ..)| left == 0) {
                        inside = None;
                    }
                    if space {
                        out.push(' ');
                    }
                }
                Kind::Empty => {}
            }
        }
        spans
    }
}

fn last_range(spans: &[Span], found: usize) -> std::ops::Range<usize> {
    spans[found - 1].range()
}

fn append(out: &mut String, form: &str) -> Span {
    let start = out.len();
    out.push_str(form);
    Span::new(start, out.len())
}

/// Sentences of a CoNLL-U text.
///
/// # Errors
/// When a line has no ten columns or an identifier that is not the next one.
pub fn parse(input: &str) -> Result<Vec<Block<'_>>, ConlluError> {
    let mut blocks = Vec::new();
    let mut block = Block::default();
    let (mut words, mut open_until, mut last_line) = (0usize, 0usize, 0);
    for (number, line) in input.lines().enumerate() {
        let line = line.trim_end_matches('\r');
        let fail = |what: String| ConlluError { line: number + 1, what };
        if line.trim().is_empty() {
            finish(&mut block, &mut blocks, words, open_until, number)?;
            (words, open_until) = (0, 0);
            continue;
        }
        last_line = number + 1;
        if line.starts_with('#') {
            block.comments.push(line);
            continue;
        }
        let columns = line.split('\t').count();
        if columns != 10 {
            return Err(fail(format!("{columns} columns where CoNLL-U has ten, separated by tabs")));
        }
        let (id, rest) = line.split_once('\t').unwrap_or((line, ""));
        if rest.starts_with('\t') {
            return Err(fail("the form (second column) is empty".into()));
        }
        let kind = if let Some((first, last)) = id.split_once('-') {
            match (first.parse(), last.parse()) {
                (Ok(first), Ok(last)) if first == words + 1 && last >= first && first > open_until => {
                    open_until = last;
                    Kind::Range { first, last }
                }
                _ => return Err(fail(format!("the range {id:?} does not begin at the next word, {}", words + 1))),
            }
        } else if id.contains('.') {
            Kind::Empty
        } else if id.parse() == Ok(words + 1) {
            words += 1;
            Kind::Word
        } else {
            return Err(fail(format!("the identifier is {id:?} where {} comes next", words + 1)));
        };
        block.lines.push(Line { kind, text: line });
    }
    finish(&mut block, &mut blocks, words, open_until, last_line)?;
    Ok(blocks)
}

fn finish<'a>(
    block: &mut Block<'a>,
    blocks: &mut Vec<Block<'a>>,
    words: usize,
    open_until: usize,
    line: usize,
) -> Result<(), ConlluError> {
    if open_until > words {
        return Err(ConlluError { line, what: format!("a range reaches to word {open_until}, the sentence has {words}") });
    }
    if block.lines.is_empty() {
        // Comments without a sentence belong to the next one.
        return Ok(());
    }
    blocks.push(std::mem::take(block));
    Ok(())
}
