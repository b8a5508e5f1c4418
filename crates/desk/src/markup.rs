//! Markup put together from words: what is added is text unless it says otherwise.

use onrecord_view::page::escape;
use std::fmt;

/// A piece of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    pub fn new() -> Self {
        Markup::default()
    }

    /// Words.
    pub fn text(&mut self, text: &str) -> &mut Self {
        escape(text, &mut self.0);
        self
    }

    /// Words in an element of this name, with a class where one is given. Names and words of reports may run from right to left:
    /// `bdi` keeps them from turning what stands around.
    pub fn element(&mut self, name: &str, class: &str, text: &str) -> &mut Self {
        self.open(name, class).text(text).close(name)
    }

    /// Words that lead somewhere.
    pub fn link(&mut self, href: &str, class: &str, text: &str) -> &mut Self {
        self.0.push_str("<a href=\"");
        escape(href, &mut self.0);
        self.0.push('"');
        self.class(class);
        self.0.push('>');
        self.text(text).close("a")
    }

    /// Opens an element.
    pub fn open(&mut self, name: &str, class: &str) -> &mut Self {
        self.0.push('<');
        self.0.push_str(name);
        self.class(class);
        self.0.push('>');
        self
    }

    /// Closes an element.
    pub fn close(&mut self, name: &str) -> &mut Self {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
        self
    }

    /// Markup as it is: made elsewhere from words in the same way.
    pub fn markup(&mut self, markup: &Markup) -> &mut Self {
        self.0.push_str(&markup.0);
        self
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn class(&mut self, class: &str) {
        if !class.is_empty() {
            self.0.push_str(" class=\"");
            escape(class, &mut self.0);
            self.0.push('"');
        }
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Templates need not escape it again.
impl askama::filters::HtmlSafe for Markup {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_never_markup() {
        let mut markup = Markup::new();
        markup.element("b", "\"><script>", "<i>").link("/x?a=\"'&b", "", "<a>");
        assert_eq!(
            markup.to_string(),
            "<b class=\"&quot;&gt;&lt;script&gt;\">&lt;i&gt;</b><a href=\"/x?a=&quot;&#39;&amp;b\">&lt;a&gt;</a>"
        );
    }
}
