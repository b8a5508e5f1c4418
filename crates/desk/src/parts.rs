//! A figure and its parts as one report tells them: *267 = 138 intercepted + 119 failed + 10 unaccounted*.

use crate::links;
use crate::markup::Markup;
use crate::number_line::written;
use crate::strip::amount;
use onrecord_account::{Ref, figure_anchor};
use onrecord_record::{Figure, Record};
use onrecord_view::words;
use serde_json::{Value, json};

/// What one report says of the parts of a figure.
pub struct Parts<'r> {
    document: &'r str,
    whole: &'r Figure,
    parts: Vec<&'r Figure>,
    /// The figure that this one is a part of itself.
    of: Option<&'r Figure>,
}

impl<'r> Parts<'r> {
    /// Of a figure of a report; none where the report tells no parts of it and it is none.
    pub fn new(document: &'r str, record: &'r Record, figure: &str) -> Option<Self> {
        let whole = record.figures.iter().find(|known| known.id == *figure)?;
        let parts: Vec<&Figure> = record.figures.iter().filter(|part| part.part_of.as_ref() == Some(&whole.id)).collect();
        let of = whole.part_of.as_ref().and_then(|id| record.figures.iter().find(|figure| figure.id == *id));
        (!parts.is_empty() || of.is_some()).then_some(Parts { document, whole, parts, of })
    }

    /// As a sentence, each part leading to its own line.
    pub fn sentence(&self) -> Markup {
        let mut sentence = Markup::new();
        if !self.parts.is_empty() {
            sentence.element("b", "", &amount(self.whole.value, self.whole.bound)).text(" = ");
            for (i, part) in self.parts.iter().enumerate() {
                sentence.text(if i > 0 { " + " } else { "" });
                self.figure(&mut sentence, part, Some(self.whole));
            }
            if let Some(rest) = self.whole.unaccounted {
                sentence.text(" + ").element("em", "", &format!("{} unaccounted", written(rest)));
            }
        }
        if let Some(of) = self.of {
            sentence.text(if self.parts.is_empty() { "part of " } else { "; itself part of " });
            self.figure(&mut sentence, of, None);
        }
        sentence
    }

    fn figure(&self, sentence: &mut Markup, figure: &Figure, beside: Option<&Figure>) {
        let mut said = amount(figure.value, figure.bound);
        // What is counted need not be said again.
        if beside.is_none_or(|whole| whole.of != figure.of) {
            said.push_str(&format!(" {}", words::plural(&figure.of)));
        }
        if let Some(measure) = words::measure(figure.measure).filter(|_| beside.is_none_or(|whole| whole.measure != figure.measure))
        {
            said.push_str(&format!(" {measure}"));
        }
        sentence.link(&links::record(&self.name(figure)), "", &said);
    }

    fn name(&self, figure: &Figure) -> String {
        Ref::new(self.document, figure_anchor(figure)).name("figure")
    }

    pub fn json(&self) -> Value {
        let one = |figure: &&Figure| json!({"figure": self.name(figure), "value": figure.value, "bound": figure.bound, "of": figure.of, "measure": figure.measure});
        json!({
            "document": self.document,
            "value": self.whole.value,
            "parts": self.parts.iter().map(one).collect::<Vec<_>>(),
            "unaccounted": self.whole.unaccounted,
            "part_of": self.of.as_ref().map(one),
        })
    }
}
