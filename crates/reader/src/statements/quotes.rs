//! Where a text quotes: spans between quotation marks, as writers really set them.

use onrecord_text::Span;

/// One quotation, marks included. Several spans when it runs over several paragraphs, each of which opens with a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Its parts, one a paragraph.
    pub spans: Vec<Span>,
}

impl Quotation {
    /// First byte.
    pub fn start(&self) -> usize {
        self.spans[0].start
    }

    /// Byte after the last.
    pub fn end(&self) -> usize {
        self.spans[self.spans.len() - 1].end
    }
}

/// The quotations of a text, in order, none inside another.
#[derive(Debug, Default)]
pub struct Quotations {
    /// In order.
    pub all: Vec<Quotation>,
    /// Every span with the index of its quotation, in order.
    flat: Vec<(Span, usize)>,
}

impl Quotations {
    /// Finds the quotations of `text`, whose paragraphs lie at `paragraphs`. One pass.
    pub fn find(text: &str, paragraphs: &[Span]) -> Self {
        let mut finder = Finder { text, all: Vec::new(), open: None };
        for (i, &paragraph) in paragraphs.iter().enumerate() {
            finder.paragraph(paragraph, paragraphs.get(i + 1).copied());
        }
        let all = finder.all;
        let flat = all.iter().enumerate().flat_map(|(i, q)| q.spans.iter().map(move |&s| (s, i))).collect();
        Quotations { all, flat }
    }

    /// Index of the quotation that holds the byte position.
    pub fn at(&self, byte: usize) -> Option<usize> {
        let i = self.flat.partition_point(|(span, _)| span.end <= byte);
        self.flat.get(i).filter(|(span, _)| span.start <= byte).map(|&(_, q)| q)
    }

    /// The quoted stretches that share a position with `span`, in order.
    pub fn overlapping(&self, span: Span) -> impl Iterator<Item = Span> + '_ {
        let from = self.flat.partition_point(|(s, _)| s.end <= span.start);
        self.flat[from..].iter().map(|&(s, _)| s).take_while(move |s| s.start < span.end)
    }
}

/// A quotation whose end has not come yet.
struct Open {
    spans: Vec<Span>,
    start: usize,
    /// Quotations inside it that are open.
    depth: usize,
    /// Its first mark can be nothing else.
    sure: bool,
}

struct Finder<'t> {
    text: &'t str,
    all: Vec<Quotation>,
    open: Option<Open>,
}

/// A quotation mark and how it stands.
#[derive(Clone, Copy)]
struct Mark {
    at: usize,
    len: usize,
    shape: Shape,
    /// Space, bracket or dash before, something after.
    opens: bool,
    /// Something before that is not space.
    closes: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Open,
    Close,
    Straight,
    SingleOpen,
    SingleStraight,
}

impl Finder<'_> {
    fn paragraph(&mut self, span: Span, next: Option<Span>) {
        let marks = marks(self.text, span);
        let last_double = marks.iter().rev().find(|m| m.shape.is_double()).map_or(0, |m| m.at);
        let mut past = span.start;
        for (i, mark) in marks.iter().enumerate() {
            if mark.at < past {
                continue;
            }
            if self.open.as_ref().is_some_and(|o| o.start == mark.at) {
                continue; // the mark that takes the quotation up again in this paragraph
            }
            match (&mut self.open, mark.shape) {
                (None, Shape::SingleOpen | Shape::SingleStraight) => {
                    if let Some(end) = mark.opens.then(|| single_end(self.text, span, &marks, i)).flatten() {
                        self.all.push(Quotation { spans: vec![Span::new(mark.at, end)] });
                        past = end;
                    }
                }
                (Some(_), Shape::SingleOpen | Shape::SingleStraight) => {}
                (None, shape) => {
                    let starts = match shape {
                        Shape::Open => mark.opens || !mark.closes,
                        Shape::Close => mark.opens && last_double > mark.at,
                        _ => mark.opens || last_double > mark.at,
                    };
                    if starts {
                        let sure = shape == Shape::Open || mark.opens;
                        self.open = Some(Open { spans: Vec::new(), start: mark.at, depth: 0, sure });
                    }
                }
                (Some(open), shape) => {
                    // “ after a comma and a space, with nothing open to close it: a closing mark mistyped.
                    let turned = shape == Shape::Open && before(self.text, mark.at).ends_with([',', '.', '!', '?']);
                    if shape == Shape::Open && !turned && (mark.opens || !mark.closes) {
                        open.depth += 1;
                    } else if open.depth > 0 && shape != Shape::Straight {
                        open.depth -= 1;
                    } else {
                        self.close(mark.at + mark.len);
                    }
                }
            }
        }
        self.end_of_paragraph(span, next);
    }

    fn close(&mut self, end: usize) {
        if let Some(mut open) = self.open.take() {
            open.spans.push(Span::new(open.start, end));
            self.all.push(Quotation { spans: open.spans });
        }
    }

    /// A quotation still open runs on where the next paragraph opens with a mark; else its end was forgotten.
    fn end_of_paragraph(&mut self, span: Span, next: Option<Span>) {
        let Some(open) = &mut self.open else { return };
        let resumes = next.and_then(|n| mark_at(self.text, n, n.start)).filter(|m| m.shape.is_double() && m.opens);
        match resumes {
            Some(mark) => {
                open.spans.push(Span::new(open.start, span.end));
                open.start = mark.at;
                open.depth = 0;
            }
            None if open.sure => self.close(span.end),
            None => self.open = None,
        }
    }
}

impl Shape {
    fn is_double(self) -> bool {
        matches!(self, Shape::Open | Shape::Close | Shape::Straight)
    }
}

fn before(text: &str, at: usize) -> &str {
    text[..at].trim_end_matches([' ', '\u{a0}'])
}

/// Every mark of the paragraph.
fn marks(text: &str, span: Span) -> Vec<Mark> {
    let mut found = Vec::new();
    let mut past = 0;
    for (i, c) in text[span.range()].char_indices() {
        let candidate = i >= past && matches!(c, '“' | '”' | '„' | '‟' | '«' | '»' | '"' | '‘' | '\'' | '`');
        if let Some(mark) = candidate.then(|| mark_at(text, span, span.start + i)).flatten() {
            past = i + mark.len;
            found.push(mark);
        }
    }
    found
}

/// The mark at `at`, if there is one there.
fn mark_at(text: &str, span: Span, at: usize) -> Option<Mark> {
    let rest = &text[at..span.end];
    let c = rest.chars().next()?;
    let doubled = rest[c.len_utf8()..].starts_with(c);
    let (shape, len) = match c {
        '“' | '„' | '‟' | '«' => (Shape::Open, c.len_utf8()),
        '”' | '»' => (Shape::Close, c.len_utf8()),
        '"' => (Shape::Straight, 1),
        '`' if doubled => (Shape::Open, 2),
        '\'' if doubled => (Shape::Straight, 2),
        '‘' => (Shape::SingleOpen, c.len_utf8()),
        '\'' => (Shape::SingleStraight, 1),
        _ => return None,
    };
    let left = text[span.start..at].chars().next_back();
    let right = rest[len..].chars().next();
    let opens = left.is_none_or(|l| l.is_whitespace() || matches!(l, '(' | '[' | '—' | '–' | '-' | '/' | '“' | '‘' | '"'))
        && right.is_some_and(|r| !r.is_whitespace() && !matches!(r, ',' | ';' | ':' | ')'));
    let closes = left.is_some_and(|l| !l.is_whitespace());
    Some(Mark { at, len, shape, opens, closes })
}

/// End of the quotation that the single mark `marks[i]` opens: the next single mark after a word that no letter follows.
/// After an *s* it may be a possessive (*the workers’ rights*) and counts only when no other comes.
fn single_end(text: &str, span: Span, marks: &[Mark], i: usize) -> Option<usize> {
    let start = marks[i].at;
    let stop = marks[i + 1..].iter().find(|m| m.shape == marks[i].shape && m.opens).map_or(span.end, |m| m.at);
    let inside = &text[start + marks[i].len..stop];
    // Clipped words: ’90s, 'em, 'twas.
    let word: String = inside.chars().take_while(|c| c.is_alphanumeric()).collect();
    if word.starts_with(|c: char| c.is_ascii_digit())
        || matches!(word.as_str(), "em" | "til" | "tis" | "twas" | "cause" | "n" | "s" | "t")
    {
        return None;
    }
    let mut possessive = None;
    for (at, c) in inside.char_indices().filter(|(_, c)| matches!(c, '’' | '\'')) {
        let left = inside[..at].chars().next_back()?;
        let right = inside[at + c.len_utf8()..].chars().next();
        if left.is_whitespace() || right.is_some_and(char::is_alphanumeric) {
            continue;
        }
        let end = start + marks[i].len + at + c.len_utf8();
        if left != 's' {
            return Some(end);
        }
        possessive.get_or_insert(end);
    }
    possessive
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<Vec<&str>> {
        let mut at = 0;
        let mut paragraphs = Vec::new();
        for line in text.split('\n') {
            if !line.trim().is_empty() {
                paragraphs.push(Span::new(at, at + line.trim_end().len()));
            }
            at += line.len() + 1;
        }
        let found = Quotations::find(text, &paragraphs);
        found.all.iter().map(|q| q.spans.iter().map(|s| &text[s.range()]).collect()).collect()
    }

    #[test]
    fn all_kinds_of_marks() {
        assert_eq!(
            quoted("“Yes,” he said. \"No.\" ``Why?'' ‘So.’ «Da»"),
            [["“Yes,”"], ["\"No.\""], ["``Why?''"], ["‘So.’"], ["«Da»"]]
        );
    }

    #[test]
    fn apostrophes_are_no_quotations() {
        assert!(quoted("It’s the workers’ right, isn't it? The '90s rock 'n' roll don`t.").is_empty());
        assert_eq!(quoted("She wasn't 'forced' to go"), [["'forced'"]]);
        assert_eq!(quoted("‘The miners’ union won’t yield,’ he said"), [["‘The miners’ union won’t yield,’"]]);
    }

    #[test]
    fn a_quotation_over_paragraphs_closes_once() {
        assert_eq!(quoted("He said: “One.\n“Two.\n“Three.”\nFour."), [["“One.", "“Two.", "“Three.”"]]);
    }

    #[test]
    fn marks_that_were_mistyped_or_forgotten() {
        assert_eq!(quoted("“They are the key, “Mills said. “We go.”"), [["“They are the key, “"], ["“We go.”"]]);
        assert_eq!(quoted("She said, “We stay.\nThey left."), [["“We stay."]]);
        assert_eq!(quoted("They open schools,\" so it said, \"and more\"."), [["\" so it said, \""]]);
        assert!(quoted("A 5\" pipe").is_empty());
        assert_eq!(quoted("“He called it “a lie” twice,” she said"), [["“He called it “a lie” twice,”"]]);
    }
}
