//! Drawings made on the server: SVG put together from shapes. Colours come by class, so that they follow the scheme of the page; what is
//! drawn is said in words too.

use onrecord_view::page::escape;
use std::fmt::{self, Write};

/// An SVG image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawing(String);

/// A value of an attribute.
#[derive(Clone, Copy)]
pub enum At<'a> {
    /// A length or place.
    Is(f64),
    /// A share of the width or height.
    Percent(f64),
    /// Words or a path.
    Text(&'a str),
}

impl Drawing {
    /// Opens an image that says the same in words.
    pub fn new(class: &str, attributes: &[(&str, At)], says: &str) -> Self {
        let mut drawing = Drawing::default();
        drawing.open("svg", class, attributes);
        drawing.0.truncate(drawing.0.len() - 1);
        drawing.0.push_str(" role=\"img\" aria-label=\"");
        escape(says, &mut drawing.0);
        drawing.0.push_str("\">");
        drawing
    }

    /// As [`Drawing::new`], of an image whose parts are links, each with its own words.
    pub fn of_links(class: &str, attributes: &[(&str, At)], says: &str) -> Self {
        let mut drawing = Drawing::new(class, attributes, says);
        drawing.0 = drawing.0.replacen("role=\"img\"", "role=\"group\"", 1);
        drawing
    }

    /// Opens an element.
    pub fn open(&mut self, name: &str, class: &str, attributes: &[(&str, At)]) -> &mut Self {
        let _ = write!(self.0, "<{name}");
        if !class.is_empty() {
            self.attribute("class", At::Text(class));
        }
        for (name, value) in attributes {
            self.attribute(name, *value);
        }
        self.0.push('>');
        self
    }

    /// Closes it.
    pub fn close(&mut self, name: &str) -> &mut Self {
        let _ = write!(self.0, "</{name}>");
        self
    }

    /// An element with nothing in it.
    pub fn shape(&mut self, name: &str, class: &str, attributes: &[(&str, At)]) -> &mut Self {
        self.open(name, class, attributes).close(name)
    }

    /// An element with words in it.
    pub fn words(&mut self, name: &str, class: &str, attributes: &[(&str, At)], words: &str) -> &mut Self {
        self.open(name, class, attributes);
        escape(words, &mut self.0);
        self.close(name)
    }

    fn attribute(&mut self, name: &str, value: At) {
        let _ = match value {
            At::Is(number) => write!(self.0, " {name}=\"{}\"", short(number)),
            At::Percent(share) => write!(self.0, " {name}=\"{}%\"", short(share)),
            At::Text(text) => {
                let _ = write!(self.0, " {name}=\"");
                escape(text, &mut self.0);
                self.0.write_str("\"")
            }
        };
    }
}

/// With two digits behind the point at most; nothing that is no number gets into a drawing.
fn short(number: f64) -> String {
    let rounded = (number * 100.0).round() / 100.0;
    // A negative nought would be written with its sign.
    if rounded.is_finite() { (rounded + 0.0).to_string() } else { "0".to_owned() }
}

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Templates need not escape it again.
impl askama::filters::HtmlSafe for Drawing {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_cannot_break_out() {
        let mut drawing = Drawing::new("a", &[("width", At::Percent(100.0))], "\"><script>");
        drawing.shape("circle", "", &[("cx", At::Is(1.0 / 3.0)), ("cy", At::Is(f64::NAN)), ("r", At::Is(-0.0001))]);
        drawing.words("title", "", &[], "<b>").close("svg");
        assert_eq!(
            drawing.to_string(),
            "<svg class=\"a\" width=\"100%\" role=\"img\" aria-label=\"&quot;&gt;&lt;script&gt;\">\
             <circle cx=\"0.33\" cy=\"0\" r=\"0\"></circle><title>&lt;b&gt;</title></svg>"
        );
    }
}
