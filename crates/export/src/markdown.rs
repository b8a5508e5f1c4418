//! Sentences in Markdown, with their quotations as footnotes.

use crate::prose::{Quote, Said};
use crate::sheet::flat;

/// Numbers footnotes.
#[derive(Default)]
pub struct Footnotes {
    count: usize,
    /// Those of the paragraph that is being written.
    open: Vec<String>,
}

impl Footnotes {
    /// The mark of a new footnote.
    pub fn mark(&mut self, quote: &Quote) -> String {
        self.count += 1;
        let url = quote.url.as_deref().filter(|url| !url.contains(['<', '>', ' ', '\n'])).map(|url| format!(" <{url}>"));
        let words = if quote.words.starts_with('“') { plain(&quote.words) } else { format!("“{}”", plain(&quote.words)) };
        self.open.push(format!(
            "[^{}]: {words}{}. {}{}.",
            self.count,
            plain(&quote.aside),
            plain(&quote.source),
            url.unwrap_or_default()
        ));
        format!("[^{}]", self.count)
    }

    /// A sentence with its marks.
    pub fn sentence(&mut self, said: &Said) -> String {
        let marks: String = said.quotes.iter().map(|quote| self.mark(quote)).collect();
        plain(&said.sentence) + &marks
    }

    /// The footnotes since the last time, each a paragraph.
    pub fn close(&mut self) -> String {
        self.open.drain(..).map(|note| format!("\n{note}\n")).collect()
    }
}

/// Words on one line whose signs Markdown does not read.
pub fn plain(words: &str) -> String {
    let mut plain = String::new();
    for c in flat(words).chars() {
        if "\\`*_{}[]<>#|~&".contains(c) {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_words() {
        assert_eq!(plain("<b>*x*</b>\n[^1]"), "\\<b\\>\\*x\\*\\</b\\> \\[^1\\]");
    }
}
