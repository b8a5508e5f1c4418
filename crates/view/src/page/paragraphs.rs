//! Where paragraphs begin and end.

use onrecord_text::Span;

/// Lines of text that was broken to a width are about this long.
const BROKEN_TO: std::ops::RangeInclusive<usize> = 45..=100;

/// The paragraphs of a text, without the blanks around them.
///
/// Blank lines part them. Within a block every line is a paragraph, unless the lines look as if a mail program had broken
/// them to a width.
pub(super) fn paragraphs(text: &str) -> Vec<Span> {
    let mut paragraphs = Vec::new();
    let mut block: Vec<Span> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let span = Span::new(start, start + line.trim().len());
        at += line.len();
        if span.is_empty() {
            close(text, &mut block, &mut paragraphs);
        } else {
            block.push(span);
        }
    }
    close(text, &mut block, &mut paragraphs);
    paragraphs
}

fn close(text: &str, block: &mut Vec<Span>, paragraphs: &mut Vec<Span>) {
    let Some((last, before)) = block.split_last() else { return };
    let broken = !before.is_empty() && before.iter().all(|line| BROKEN_TO.contains(&text[line.range()].chars().count()));
    if broken {
        paragraphs.push(before[0].cover(*last));
    } else {
        paragraphs.append(block);
    }
    block.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        paragraphs(text).into_iter().map(|span| &text[span.range()]).collect()
    }

    #[test]
    fn by_blank_line_by_line_and_by_width() {
        assert_eq!(split("\u{3000}A title\r\n\r\nOne.\nTwo.\n"), ["A title", "One.", "Two."]);
        let broken = "The delegations met for a second day in the old town hall,\nand parted without a word to the press.";
        assert_eq!(split(broken), [broken]);
        assert_eq!(split(" \n\n"), [""; 0]);
    }
}
