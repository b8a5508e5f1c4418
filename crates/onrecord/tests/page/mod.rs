//! A page of the book, taken apart into what can be run.

use std::ops::Range;

/// A fenced block.
pub struct Block<'a> {
    /// What stands behind the fence: a language, then `file=NAME` or `needs=PROGRAM`.
    info: &'a str,
    /// The lines between the fences, and where they stand in the page.
    pub text: &'a str,
    pub at: Range<usize>,
}

/// A command of a console block, with what the book says that it prints.
pub struct Step<'a> {
    pub command: String,
    pub expected: &'a str,
    /// Where that stands in the block.
    pub at: Range<usize>,
}

/// The fenced blocks of a page, in order.
pub fn blocks(page: &str) -> Vec<Block<'_>> {
    let (mut all, mut open, mut at) = (Vec::new(), None, 0);
    for line in page.split_inclusive('\n') {
        if let Some(info) = line.strip_prefix("```") {
            open = match open.take() {
                None => Some((info.trim(), at + line.len())),
                Some((info, start)) => {
                    all.push(Block { info, text: &page[start..at], at: start..at });
                    None
                }
            };
        }
        at += line.len();
    }
    assert!(open.is_none(), "a fence is not closed");
    all
}

impl<'a> Block<'a> {
    /// Whether it is of this language.
    pub fn is(&self, language: &str) -> bool {
        self.info.split_whitespace().next() == Some(language)
    }

    /// What stands behind `name=`.
    pub fn setting(&self, name: &str) -> Option<&'a str> {
        self.info.split_whitespace().find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
    }

    /// Its commands: a line behind `$ `, with those behind `> ` after it.
    pub fn steps(&self) -> Vec<Step<'a>> {
        let (mut steps, mut at) = (Vec::<Step>::new(), 0);
        for line in self.text.split_inclusive('\n') {
            let end = at + line.len();
            if let Some(command) = line.strip_prefix("$ ") {
                steps.push(Step { command: command.to_owned(), expected: "", at: end..end });
            } else {
                let step = steps.last_mut().expect("a console block begins with `$ `");
                match line.strip_prefix("> ") {
                    Some(more) if step.expected.is_empty() => {
                        step.command.push_str(more);
                        step.at = end..end;
                    }
                    _ => step.at.end = end,
                }
                step.expected = &self.text[step.at.clone()];
            }
            at = end;
        }
        steps
    }
}
