//! Writing.

use crate::{Analysis, MentionKind, NameKind, Sentence, Token};
use onrecord_text::Span;
use std::fmt;

/// Writes `analysis` of `text` as CoNLL-U.
///
/// `TokenRange=start:end` in the last column counts code points of `text`; `Name` gives names in BIO notation. Words written
/// together (*can't*, *Kyiv's*) are multiword tokens as in the treebanks.
///
/// # Errors
/// When `out` fails; a `String` never does.
pub fn write(out: &mut impl fmt::Write, text: &str, analysis: &Analysis) -> fmt::Result {
    let mut place = Place::new(text);
    let mut paragraph = None;
    let mut buffer = String::new();
    for (number, sentence) in analysis.sentences.iter().enumerate() {
        buffer.clear();
        if paragraph.replace(sentence.paragraph) != Some(sentence.paragraph) {
            buffer.push_str("# newpar\n");
        }
        let line: String = text[sentence.span.range()].split_whitespace().collect::<Vec<_>>().join(" ");
        buffer.push_str(&format!("# sent_id = {}\n# text = {line}\n", number + 1));
        tokens(sentence, text, &mut place, &mut buffer);
        buffer.push('\n');
        out.write_str(&buffer)?;
    }
    Ok(())
}

fn tokens(sentence: &Sentence, text: &str, place: &mut Place<'_>, out: &mut String) {
    let tokens = &sentence.tokens;
    let space_after = |i: usize| match tokens.get(i + 1) {
        Some(next) => next.span.start > tokens[i].span.end,
        None => text[tokens[i].span.end..].chars().next().is_none_or(char::is_whitespace),
    };
    let mut i = 0;
    while i < tokens.len() {
        let mut end = i + 1;
        while end < tokens.len() && !space_after(end - 1) && fused(&tokens[end - 1], &tokens[end], text) {
            end += 1;
        }
        if end - i > 1 {
            let form = &text[tokens[i].span.cover(tokens[end - 1].span).range()];
            let misc = if space_after(end - 1) { "_" } else { "SpaceAfter=No" };
            out.push_str(&format!("{}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}\n", i + 1, end));
        }
        for (word, token) in tokens.iter().enumerate().take(end).skip(i) {
            Row::new(sentence, word, text, place).write(&printable(token.form(text)), end - i > 1 || space_after(word), out);
        }
        i = end;
    }
}

/// Two words that the treebanks treat as parts of one written token: the second is a clitic, or the two were one word.
fn fused(first: &Token, second: &Token, text: &str) -> bool {
    let (a, b) = (first.form(text), second.form(text));
    let clitic = b.chars().next().is_some_and(crate::tokenise::is_apostrophe) && (b.chars().count() > 1 || second.xpos == "POS");
    let negation = b.chars().count() == 3 && b.ends_with(['t', 'T']) && b.starts_with(['n', 'N']);
    let letters = |s: &str| s.chars().all(char::is_alphabetic);
    let word_before = a.ends_with(char::is_alphanumeric) || a.ends_with('.');
    word_before && (clitic || negation || (letters(a) && letters(b)))
}

/// A form may not hold a tab or a line end.
fn printable(form: &str) -> std::borrow::Cow<'_, str> {
    if form.contains(['\t', '\n', '\r']) { form.replace(['\t', '\n', '\r'], " ").into() } else { form.into() }
}

/// Converts byte places that only ever grow to code points, in one pass.
pub(super) struct Place<'a> {
    text: &'a str,
    byte: usize,
    point: usize,
}

impl<'a> Place<'a> {
    pub fn new(text: &'a str) -> Self {
        Place { text, byte: 0, point: 0 }
    }

    fn of(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            (self.byte, self.point) = (0, 0);
        }
        self.point += self.text.get(self.byte..byte).map_or(0, |s| s.chars().count());
        self.byte = byte;
        self.point
    }

    fn span(&mut self, span: Span) -> Span {
        Span::new(self.of(span.start), self.of(span.end))
    }
}

/// One word's line.
pub(super) struct Row<'a> {
    number: usize,
    token: &'a Token,
    name: Option<(NameKind, bool)>,
    mention: Option<(MentionKind, bool)>,
    range: Span,
}

impl<'a> Row<'a> {
    pub fn new(sentence: &'a Sentence, index: usize, _text: &str, place: &mut Place<'_>) -> Self {
        let token = &sentence.tokens[index];
        let name = sentence.name_at(index).map(|n| (n.kind, n.tokens.start == index));
        let next = sentence.mentions.partition_point(|m| m.tokens.end <= index);
        let mention = sentence.mentions.get(next).filter(|m| m.tokens.contains(&index)).map(|m| (m.kind, m.tokens.start == index));
        Row { number: index + 1, token, name, mention, range: place.span(token.span) }
    }

    pub fn write(&self, form: &str, space_after: bool, out: &mut String) {
        let t = self.token;
        let name = match self.name {
            None => "O".to_owned(),
            Some((kind, begins)) => format!("{}-{}", if begins { "B" } else { "I" }, long_name(kind)),
        };
        let mention = match self.mention {
            None => String::new(),
            Some((kind, begins)) => format!("|Mention={}-{}", if begins { "B" } else { "I" }, kind.as_str()),
        };
        let space = if space_after { "" } else { "|SpaceAfter=No" };
        out.push_str(&format!(
            "{}\t{form}\t{}\t{}\t{}\t{}\t{}\t{}\t_\tTokenRange={}:{}|Name={name}{mention}{space}\n",
            self.number,
            printable(&t.lemma),
            t.upos.as_str(),
            t.xpos,
            t.feats,
            t.head.map_or(0, |h| h + 1),
            t.deprel.as_str(),
            self.range.start,
            self.range.end,
        ));
    }
}

fn long_name(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Per => "PERSON",
        NameKind::Org => "ORGANIZATION",
        NameKind::Loc => "LOCATION",
    }
}
