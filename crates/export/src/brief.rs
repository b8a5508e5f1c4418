//! A brief in Markdown: each event, position and statement as a sentence with a footnote per report, which holds the exact words and where
//! they stand; figures side by side with who gives them.

use crate::error::ExportError;
use crate::form::Format;
use crate::known::Known;
use crate::markdown::{Footnotes, plain};
use crate::prose::{self, counted, quote};
use crate::tally::{Tally, thousands};
use onrecord_account::{Happening, Line, Relation};
use std::io::Write;

/// A brief.
pub struct Brief<'a> {
    out: Box<dyn Write + 'a>,
    notes: Footnotes,
    /// Events, positions and statements so far.
    counts: [usize; 3],
}

/// What is counted, and the heading that stands above the first.
const SECTIONS: [(&str, &str); 3] = [("event", ""), ("position", "## Where parties stand"), ("statement", "## Who said what")];

impl<'a> Brief<'a> {
    /// Writes the heading.
    pub fn new(mut out: Box<dyn Write + 'a>) -> Result<Self, ExportError> {
        out.write_all(
            "# What the reports say\n\nEvery sentence is what reports tell, not what is so; its footnotes hold their words.\n"
                .as_bytes(),
        )?;
        Ok(Brief { out, notes: Footnotes::default(), counts: [0; 3] })
    }

    /// The sentences of a line, and the section it belongs to.
    fn sentences(&mut self, line: &Line, series: &[Line], known: &mut Known) -> Result<Option<(usize, String)>, ExportError> {
        let mut text = String::new();
        let section = match line {
            Line::Event { .. } => {
                text += &self.notes.sentence(&prose::said(line, Happening::Event, known)?);
                0
            }
            Line::Position { history, .. } => {
                for at in 0..history.len() {
                    let before = at.checked_sub(1).map(|before| history[before].stance).filter(|b| *b != history[at].stance);
                    let sentence = self.notes.sentence(&prose::said(line, Happening::Move(at, before), known)?);
                    text += if at > 0 { " " } else { "" };
                    text += &sentence;
                }
                1
            }
            Line::Statement { .. } => {
                text += &self.notes.sentence(&prose::said(line, Happening::Said, known)?);
                2
            }
            Line::Document { .. } | Line::Actor { .. } | Line::Figure { .. } => return Ok(None),
        };
        text += &format!(" <!-- {} -->\n", line.id());
        for line in series {
            text += &self.figure(line, known)?;
        }
        Ok(Some((section, text + &self.notes.close())))
    }

    /// A series as an item of a list, its values side by side.
    fn figure(&mut self, line: &Line, known: &mut Known) -> Result<String, ExportError> {
        let Line::Figure { measure, of, series, relations, .. } = line else { return Ok(String::new()) };
        let mut values = Vec::new();
        for told in series {
            let mark = self.notes.mark(&quote(known, &told.document, &[told.span])?);
            values.push(plain(&prose::value(told, known)?) + &mark);
        }
        let conflict = if relations.iter().any(|r| r.is == Relation::Conflict) { "; these cannot all hold" } else { "" };
        Ok(format!("\n- {}: {}{conflict}\n", plain(&counted(of, *measure)), values.join(" · ")))
    }
}

impl Format for Brief<'_> {
    fn line(&mut self, line: &Line, series: &[Line], known: &mut Known, tally: &mut Tally) -> Result<(), ExportError> {
        if let Line::Figure { event: None, .. } = line {
            tally.note("figures of no event left out");
        }
        let Some((section, text)) = self.sentences(line, series, known)? else { return Ok(()) };
        let heading = SECTIONS[section].1;
        if self.counts[section] == 0 && !heading.is_empty() {
            self.out.write_all(format!("\n{heading}\n").as_bytes())?;
        }
        self.counts[section] += 1;
        self.out.write_all(format!("\n{text}").as_bytes())?;
        tally.wrote("sentences");
        Ok(())
    }

    fn end(&mut self, _: &mut Tally) -> Result<(), ExportError> {
        let counts = self.counts.iter().zip(SECTIONS).filter(|(n, _)| **n > 0);
        let counts: Vec<String> =
            counts.map(|(&n, (what, _))| format!("{} {what}{}", thousands(n), if n == 1 { "" } else { "s" })).collect();
        let counts = if counts.is_empty() { "Nothing is on record".to_owned() } else { counts.join(", ") };
        self.out.write_all(format!("\n---\n\n{counts}.\n").as_bytes())?;
        Ok(self.out.flush()?)
    }
}
