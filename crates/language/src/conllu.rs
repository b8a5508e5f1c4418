//! CoNLL-U: what the engine found, and the engine on tokens that somebody else made.

mod read;
mod write;

pub use read::{Block, Kind, Line, parse};
pub use write::write;

use crate::{Engine, Sentence};
use onrecord_text::Span;
use write::{Place, Row};

/// What is wrong with a CoNLL-U text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct ConlluError {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

/// Keeps sentences, tokens, multiword tokens, empty nodes and comments of `input` and predicts everything else.
///
/// `TokenRange` counts code points of the sentences' texts (their `# text`, else their tokens with spaces where there is no
/// `SpaceAfter=No`), laid end to end with a line feed between them.
///
/// # Errors
/// When a line is not CoNLL-U; the error says which.
pub fn annotate(engine: &Engine, input: &str) -> Result<String, ConlluError> {
    let blocks = parse(input)?;
    let mut text = String::new();
    let mut spans: Vec<Vec<Span>> = Vec::new();
    for block in &blocks {
        if !text.is_empty() {
            text.push('\n');
        }
        spans.push(block.lay_out(&mut text));
    }
    let analysis = engine.analyse_tokens(&text, &spans);
    let mut out = String::with_capacity(input.len() * 2);
    let mut place = Place::new(&text);
    for (block, sentence) in blocks.iter().zip(&analysis.sentences) {
        for comment in &block.comments {
            out.push_str(comment);
            out.push('\n');
        }
        rows(block, sentence, &text, &mut place, &mut out);
        out.push('\n');
    }
    Ok(out)
}

/// The lines of a sentence: predicted words, and ranges and empty nodes as they were.
fn rows(block: &Block, sentence: &Sentence, text: &str, place: &mut Place<'_>, out: &mut String) {
    let mut word = 0;
    for line in &block.lines {
        match line.kind {
            Kind::Word => {
                let row = Row::new(sentence, word, text, place);
                row.write(line.form(), line.space_after(), out);
                word += 1;
            }
            Kind::Range { .. } | Kind::Empty => {
                out.push_str(line.text);
                out.push('\n');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INPUT: &str = "# sent_id = a\n# text = Don't go.\n1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tDo\t_\t_\t_\t_\t_\t_\t_\t_\n\
        2\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n3\tgo\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n3.1\t_\t_\t_\t_\t_\t_\t_\t_\t_\n4\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n";

    #[test]
    fn given_tokens_are_kept() {
        let out = annotate(&Engine::builtin(), INPUT).unwrap();
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines.len(), INPUT.lines().count());
        assert_eq!(lines[..3], INPUT.lines().collect::<Vec<_>>()[..3]);
        assert!(lines[5].starts_with("3\tgo\tgo\tVERB\t"), "{}", lines[5]);
        assert!(lines[5].contains("TokenRange=6:8") && lines[5].contains("SpaceAfter=No"), "{}", lines[5]);
        assert!(lines[6].starts_with("3.1\t"));
    }

    #[test]
    fn errors_name_the_line() {
        assert_eq!(annotate(&Engine::builtin(), "1\tGo\n").unwrap_err().line, 1);
        let skipped = "1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n3\tb\t_\t_\t_\t_\t_\t_\t_\t_\n";
        assert_eq!(annotate(&Engine::builtin(), skipped).unwrap_err().line, 2);
        assert_eq!(annotate(&Engine::builtin(), "").unwrap(), "");
    }

    #[test]
    fn written_text_can_be_read_again() {
        let engine = Engine::builtin();
        let text = "“We can't wait,” Ms. Orr said.\nThe talks – in Oslo – failed.";
        let mut first = String::new();
        write(&mut first, text, &engine.analyse(text)).unwrap();
        assert!(first.contains("# text = “We can't wait,” Ms. Orr said.\n"));
        assert!(first.contains("3-4\tcan't\t_"), "{first}");
        let again = annotate(&engine, &first).unwrap();
        let columns = |s: &str| s.lines().map(|l| l.split('\t').take(9).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>();
        assert_eq!(columns(&first), columns(&again));
    }
}
