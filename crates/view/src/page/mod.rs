//! One self-contained page: the report at left with its evidence underlined, its records at right, each linked to the other.
//!
//! It needs no script and asks for nothing: the style stands in the page, and what is selected (`:target`) or under the pointer
//! is tinted on both sides by one rule per record.

mod additions;
mod escape;
mod marks;
mod paragraphs;

use crate::dates::human_date;
use crate::evidence::{Shown, is_quoted, one_line, shown};
use crate::lines;
use crate::names::Names;
use crate::phrase::{Kind, OWN_WORDS, Phrase, Role};
use crate::terminal::{capital, summary};
use crate::words;
pub use additions::{Additions, Plain};
pub use escape::escape;
use marks::pieces;
use onrecord_record::{Factuality, Record};
use onrecord_text::{Document, Level, Span};
use std::collections::{HashMap, HashSet};
use std::fmt::Write;

/// The style of the page.
pub const CSS: &str = include_str!("page.css");

/// Lines under a word that are told apart; the style has a class for each (`.l0`), and one for how many a paragraph has (`.n1`), since
/// a server may forbid styles that stand in the markup.
const LANES: usize = 12;

/// Nothing but the page's own style may act.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// One report, set; put together by [`page`].
pub struct Article {
    title: String,
    rules: String,
    body: String,
}

/// Sets one report. `number` tells the anchors of several reports on one page apart: those of the first are `#s1` for a
/// statement and `#e-s1` for its evidence, those of the third `#d3-s1` and `#e-d3-s1`.
pub fn article(document: &Document, record: &Record, number: usize) -> Article {
    article_with(document, record, number, &Plain)
}

/// As [`article`], with what the place that shows it adds.
pub fn article_with(document: &Document, record: &Record, number: usize, additions: &dyn Additions) -> Article {
    let prefix = if number <= 1 { String::new() } else { format!("d{number}-") };
    let all = shown(record);
    let numbers = all.iter().enumerate().map(|(n, shown)| (shown.id, n)).collect();
    let names = Names::new(document, record);
    let mut setter = Setter { names, all, numbers, prefix, additions, rules: String::new(), out: String::new() };
    setter.article();
    let title = document.title.clone().unwrap_or_else(|| document.id.clone());
    Article { title, rules: setter.rules, body: setter.out }
}

impl Article {
    /// What the report is called.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The report and its records, as markup.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// Its own rules beside [`CSS`]: they tint what belongs together.
    pub fn rules(&self) -> &str {
        &self.rules
    }
}

/// A whole page of reports.
pub fn page(articles: &[Article]) -> String {
    let mut out = String::from("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    let _ = writeln!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
    let _ = writeln!(out, "<meta name=\"generator\" content=\"onrecord {}\">\n<title>", onrecord_record::json::VERSION);
    let title = match articles {
        [] => "No report".into(),
        [one] => one.title.clone(),
        [first, rest @ ..] => format!("{} and {}", first.title, words::count(rest.len(), "other report")),
    };
    escape(&title, &mut out);
    out.push_str("</title>\n<style>\n");
    out.push_str(CSS);
    articles.iter().for_each(|article| out.push_str(&article.rules));
    out.push_str("</style>\n</head>\n<body>\n<main>\n");
    articles.iter().for_each(|article| out.push_str(&article.body));
    out.push_str("</main>\n");
    out.push_str(&legend());
    out.push_str("</body>\n</html>\n");
    out
}

/// What signs and underlines mean.
pub fn legend() -> String {
    let mut out = String::from("<footer class=\"legend\"><p>");
    for kind in Kind::ALL {
        let _ = write!(out, "<span class=\"{}\"><b>{}</b> {}</span> ", kind.letter(), kind.sign(), kind.name());
    }
    out.push_str("</p><p>");
    for &factuality in Factuality::ALL {
        let word = words::factuality(factuality).unwrap_or("so, as told");
        let _ = write!(out, "<span><span class=\"u {factuality}\">{word}</span></span> ");
    }
    out.push_str("<span>○ left open by the text</span></p></footer>\n");
    out
}

struct Setter<'a> {
    names: Names<'a>,
    all: Vec<Shown<'a>>,
    /// Where the record with an id stands in `all`.
    numbers: HashMap<&'a str, usize>,
    prefix: String,
    additions: &'a dyn Additions,
    rules: String,
    out: String,
}

impl Setter<'_> {
    fn article(&mut self) {
        let document = self.names.document;
        self.out.push_str("<article class=\"doc\">\n<header>");
        let paragraphs = paragraphs::paragraphs(&document.text);
        let headed =
            paragraphs.first().is_some_and(|first| document.title.as_deref().map(str::trim) == Some(document.slice(*first)));
        if let (Some(title), false) = (&document.title, headed) {
            self.out.push_str("<h1 dir=\"auto\">");
            escape(title, &mut self.out);
            self.out.push_str("</h1>");
        }
        self.about();
        self.out.push_str(&self.additions.head());
        self.out.push_str("</header>\n");
        let marks = self.marks(&paragraphs);
        let beside = self.beside(&paragraphs);
        let mut seen = vec![false; self.all.len()];
        for (i, &paragraph) in paragraphs.iter().enumerate() {
            self.out.push_str("<section class=\"row\">");
            self.paragraph(paragraph, &marks[i], if headed && i == 0 { "h1" } else { "p" }, &mut seen);
            self.records(&beside[i]);
            self.out.push_str("</section>\n");
        }
        self.actors();
        self.diagnostics();
        self.out.push_str("</article>\n");
        self.rules();
    }

    /// Where it comes from, and how much was found.
    fn about(&mut self) {
        let document = self.names.document;
        let published = document.published.map(|date| human_date(&date.to_string()));
        let about: Vec<&str> =
            [document.outlet.as_deref(), published.as_deref(), Some(&document.id)].into_iter().flatten().collect();
        self.out.push_str("<p class=\"soft\"><bdi>");
        escape(&about.join(" · "), &mut self.out);
        self.out.push_str("</bdi>");
        if let Some(url) = document.url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://")) {
            self.out.push_str(" · <a rel=\"noreferrer\" href=\"");
            escape(url, &mut self.out);
            self.out.push_str("\">original</a>");
        }
        let _ = write!(self.out, "</p><p>{}</p>", summary(self.names.record));
    }

    /// Anchor of a record.
    fn anchor(&self, n: usize) -> String {
        format!("{}{}{}", self.prefix, self.all[n].kind.letter(), self.all[n].index + 1)
    }

    /// The anchor of the record with this id, for references inside the record.
    fn anchor_of(&self, id: &str) -> Option<String> {
        self.numbers.get(id).map(|&n| self.anchor(n))
    }

    /// Per paragraph, the evidence in it.
    fn marks(&self, paragraphs: &[Span]) -> Vec<Vec<(usize, Span)>> {
        let mut marks = vec![Vec::new(); paragraphs.len()];
        for (n, shown) in self.all.iter().enumerate() {
            for &span in shown.evidence {
                let first = paragraphs.partition_point(|paragraph| paragraph.end <= span.start);
                let touched = paragraphs[first..].iter().take_while(|paragraph| paragraph.start < span.end).count();
                marks[first..first + touched].iter_mut().for_each(|list| list.push((n, span)));
            }
        }
        marks
    }

    /// Per paragraph, the records whose evidence begins in it, in reading order.
    fn beside(&self, paragraphs: &[Span]) -> Vec<Vec<usize>> {
        let mut beside = vec![Vec::new(); paragraphs.len()];
        let mut order: Vec<(usize, usize)> = self
            .all
            .iter()
            .enumerate()
            .filter_map(|(n, shown)| Some((shown.evidence.iter().map(|span| span.start).min()?, n)))
            .collect();
        order.sort_unstable();
        for (start, n) in order {
            let at = paragraphs.partition_point(|paragraph| paragraph.end <= start);
            if let Some(list) = beside.get_mut(at.min(paragraphs.len().saturating_sub(1))) {
                list.push(n);
            }
        }
        beside
    }

    fn paragraph(&mut self, paragraph: Span, marks: &[(usize, Span)], tag: &str, seen: &mut [bool]) {
        let pieces = pieces(paragraph, marks);
        let lanes = pieces.iter().flat_map(|piece| &piece.marks).map(|(_, lane)| lane + 1).max().unwrap_or(0).min(LANES);
        let _ = write!(self.out, "<{tag} class=\"text n{lanes}\" dir=\"auto\">");
        // A click on words goes to the record that they show most narrowly; a record that is never that one gets a mark.
        let extent = |n: &usize| self.all[*n].evidence.iter().map(|span| span.len()).sum::<usize>();
        let targets: Vec<Option<usize>> =
            pieces.iter().map(|piece| piece.marks.iter().map(|(n, _)| *n).min_by_key(|n| (extent(n), *n))).collect();
        let reached: HashSet<usize> = targets.iter().flatten().copied().collect();
        let mut linked = HashSet::new();
        for (i, piece) in pieces.iter().enumerate() {
            for &(n, lane) in &piece.marks {
                let lane = lane.min(LANES - 1);
                let shown = &self.all[n];
                let anchor = self.anchor(n);
                let _ = write!(self.out, "<span class=\"u {} {} l{lane} {anchor}\"", shown.kind.letter(), shown.factuality);
                if !std::mem::replace(&mut seen[n], true) {
                    let _ = write!(self.out, " id=\"e-{anchor}\"");
                }
                self.out.push('>');
            }
            let text = self.names.document.slice(piece.span);
            if let Some(n) = targets[i] {
                let rest = if linked.insert(n) { "" } else { " tabindex=\"-1\"" };
                let _ = write!(self.out, "<a class=\"go\" href=\"#{}\"{rest}>", self.anchor(n));
                escape(text, &mut self.out);
                self.out.push_str("</a>");
            } else {
                escape(text, &mut self.out);
            }
            piece.marks.iter().for_each(|_| self.out.push_str("</span>"));
            // Marks whose evidence ends here.
            let next: &[(usize, usize)] = pieces.get(i + 1).map_or(&[], |piece| &piece.marks);
            for &(n, _) in piece.marks.iter().rev().filter(|(n, _)| !next.iter().any(|(m, _)| m == n)) {
                if !reached.contains(&n) && linked.insert(n) {
                    let anchor = self.anchor(n);
                    let _ = write!(self.out, "<a class=\"mark {}\" href=\"#{anchor}\">", self.all[n].kind.letter());
                    escape(self.all[n].id, &mut self.out);
                    self.out.push_str("</a>");
                }
            }
        }
        let _ = write!(self.out, "</{tag}>");
    }

    fn records(&mut self, list: &[usize]) {
        self.out.push_str("<ol>");
        for &n in list {
            self.record(n);
        }
        self.out.push_str("</ol>");
    }

    fn record(&mut self, n: usize) {
        let record = self.names.record;
        let (kind, index) = (self.all[n].kind, self.all[n].index);
        let phrase = match kind {
            Kind::Statement => lines::statement(&self.names, &record.statements[index]),
            Kind::Event => lines::event(&self.names, &record.events[index]),
            Kind::Position => lines::position(&self.names, &record.positions[index]),
            Kind::Figure => lines::figure(&self.names, &record.figures[index]),
        };
        let anchor = self.anchor(n);
        let _ = write!(
            self.out,
            "\n<li class=\"rec {} {anchor}\" id=\"{anchor}\"><span class=\"sign\" title=\"{}\">{}</span>",
            kind.letter(),
            kind.name(),
            kind.sign()
        );
        self.phrase(&phrase);
        let _ = write!(self.out, " <span class=\"soft\">·</span> ");
        if phrase.own_words {
            let _ = write!(self.out, "<span class=\"small\">{OWN_WORDS} ·</span> ");
        }
        let _ = write!(self.out, "<span class=\"small\"><a href=\"#e-{anchor}\" title=\"to the words that show it\">");
        escape(self.all[n].id, &mut self.out);
        let _ = write!(self.out, "</a> {:.0}\u{a0}% ·</span>\u{a0}", self.all[n].confidence * 100.0);
        self.why(n);
        self.out.push_str(&self.additions.beside(self.all[n].id));
        self.out.push_str("</li>");
    }

    /// What lies behind a record, on demand: its words in full and what decided.
    fn why(&mut self, n: usize) {
        self.out.push_str("<details class=\"small\"><summary>why</summary>");
        for &span in self.all[n].evidence {
            let text = one_line(self.names.document.slice(span));
            let (open, close) = if is_quoted(&text) { ("", "") } else { ("“", "”") };
            let _ = write!(self.out, "<blockquote dir=\"auto\">{open}");
            escape(&text, &mut self.out);
            let _ = write!(self.out, "{close}</blockquote>");
        }
        escape(self.all[n].why, &mut self.out);
        self.out.push_str("</details>");
    }

    fn phrase(&mut self, phrase: &Phrase) {
        for (i, group) in phrase.groups.iter().enumerate() {
            self.out.push_str(if i == 0 { "" } else { " <span class=\"soft\">·</span> " });
            for part in group {
                if let Some(anchor) = part.link.as_deref().and_then(|id| self.anchor_of(id)) {
                    let _ = write!(self.out, "<a class=\"soft\" href=\"#{anchor}\">");
                    escape(&part.text, &mut self.out);
                    self.out.push_str("</a>");
                    continue;
                }
                let (open, close) = match part.role {
                    Role::Plain => ("", ""),
                    Role::Strong => ("<b><bdi>", "</bdi></b>"),
                    Role::Stress => ("<em>", "</em>"),
                    Role::Quote => ("<bdi class=\"quote\">", "</bdi>"),
                    Role::Soft => ("<bdi class=\"soft\">", "</bdi>"),
                };
                self.out.push_str(open);
                escape(&part.text, &mut self.out);
                self.out.push_str(close);
            }
        }
    }

    fn actors(&mut self) {
        if self.names.record.actors.is_empty() {
            return;
        }
        let _ = writeln!(self.out, "<h2 id=\"{}actors\">Actors</h2>", self.prefix);
        self.out.push_str(
            "<div class=\"scroll\"><table><thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Kind</th>\
             <th scope=\"col\">Country</th><th scope=\"col\">Sector</th><th scope=\"col\">Roles</th><th scope=\"col\" class=\"n\">Mentions</th></tr></thead><tbody>",
        );
        for actor in &self.names.record.actors {
            let roles = actor.roles.join(", ");
            let kind = actor.kind.as_str().replace('_', " ");
            let sector = actor.sector.map_or("", |sector| sector.as_str());
            let address = self.additions.actor_address(&actor.id);
            self.out.push_str("\n<tr>");
            for (i, cell) in
                [actor.name.as_str(), &kind, actor.country.as_deref().unwrap_or_default(), sector, &roles].iter().enumerate()
            {
                self.out.push_str("<td>");
                let address = address.as_deref().filter(|_| i == 0);
                if let Some(address) = address {
                    self.out.push_str("<a href=\"");
                    escape(address, &mut self.out);
                    self.out.push_str("\">");
                }
                self.out.push_str("<bdi>");
                escape(cell, &mut self.out);
                self.out.push_str("</bdi>");
                self.out.push_str(if address.is_some() { "</a></td>" } else { "</td>" });
            }
            let _ = write!(self.out, "<td class=\"n\">{}</td></tr>", actor.mentions.len());
        }
        self.out.push_str("</tbody></table></div>\n");
    }

    fn diagnostics(&mut self) {
        if self.names.record.diagnostics.is_empty() {
            return;
        }
        self.out.push_str("<h2>About this reading</h2>\n<ul>");
        for diagnostic in &self.names.record.diagnostics {
            let level = if diagnostic.level == Level::Warning { "warning" } else { "note" };
            let _ = write!(self.out, "<li>{}: ", capital(level));
            escape(&diagnostic.message, &mut self.out);
            self.out.push_str("</li>");
        }
        self.out.push_str("</ul>\n");
    }

    /// Tints a record and all its evidence while either is selected or under the pointer.
    fn rules(&mut self) {
        for n in 0..self.all.len() {
            let a = self.anchor(n);
            let _ = writeln!(
                self.rules,
                ":root:has(#{a}:target) .{a},:root:has(#e-{a}:target) .{a},:root:has(.{a}:hover) .{a}{{background-color:var(--tint)}}"
            );
        }
    }
}
