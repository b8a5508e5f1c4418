//! What a format may ask about while it writes: who an actor is, what a report says.

use crate::ExportError;
use onrecord_account::{Line, Points, Who};
use onrecord_record::{ActorKind, Sector};
use onrecord_text::Document;
use std::collections::HashMap;
use std::rc::Rc;

/// Reports kept at hand. Lines come in the order of the reports that tell them, so that few are asked for twice.
const REMEMBERED: usize = 256;
/// Code points between two stored offsets.
const STEP: usize = 128;

/// Gives the report of an id.
pub type Fetch<'a> = Box<dyn FnMut(&str) -> Result<Document, Box<dyn std::error::Error + Send + Sync>> + 'a>;

/// One who takes part, as far as other people's codes need it.
#[derive(Clone, Debug, Default)]
pub struct Actor {
    /// All names, the fullest first.
    pub names: Vec<String>,
    /// What it is.
    pub kind: ActorKind,
    /// ISO 3166-1 alpha-3, `IGO`, `NGO`.
    pub country: Option<String>,
    /// PLOVER sector.
    pub sector: Option<Sector>,
    /// Roles that reports give.
    pub roles: Vec<String>,
}

/// A report whose words can be had by code points.
pub struct Report {
    /// The report.
    pub document: Document,
    /// Byte of every 128th code point; empty where bytes are code points.
    marks: Vec<usize>,
    /// Code points of the text.
    pub length: usize,
}

impl Report {
    fn new(document: Document) -> Self {
        let text = &document.text;
        if text.is_ascii() {
            let length = text.len();
            return Report { document, marks: Vec::new(), length };
        }
        let marks = text.char_indices().step_by(STEP).map(|(byte, _)| byte).collect();
        let length = text.chars().count();
        Report { document, marks, length }
    }

    fn byte(&self, point: usize) -> usize {
        let text = &self.document.text;
        if self.marks.is_empty() {
            return point.min(text.len());
        }
        let Some(&mark) = self.marks.get(point / STEP) else { return text.len() };
        text[mark..].char_indices().nth(point % STEP).map_or(text.len(), |(byte, _)| mark + byte)
    }

    /// The words at these code points; what reaches past the text ends with it.
    pub fn words(&self, [start, end]: Points) -> &str {
        let start = self.byte(start);
        &self.document.text[start..self.byte(end).max(start)]
    }

    /// The words of several passages in the order of the text, none twice, with an ellipsis between.
    pub fn passages(&self, points: &[Points]) -> String {
        let mut sorted = points.to_vec();
        sorted.sort_unstable();
        let mut apart: Vec<Points> = Vec::new();
        for [start, end] in sorted {
            match apart.last_mut().filter(|last| start <= last[1]) {
                Some(last) => last[1] = last[1].max(end),
                None => apart.push([start, end]),
            }
        }
        apart.iter().map(|&p| self.words(p)).collect::<Vec<_>>().join(" … ")
    }

    /// Outlet, or nothing.
    pub fn outlet(&self) -> &str {
        self.document.outlet.as_deref().unwrap_or_default()
    }

    /// Day of publication as ISO 8601, or nothing.
    pub fn published(&self) -> String {
        self.document.published.map(|day| day.to_string()).unwrap_or_default()
    }

    /// Outlet, headline, day: as much of it as is known, else the id.
    pub fn citation(&self) -> String {
        let published = self.published();
        let title = self.document.title.as_deref().unwrap_or_default();
        let known: Vec<&str> = [self.outlet(), title, &published].into_iter().filter(|part| !part.is_empty()).collect();
        if known.is_empty() { self.document.id.clone() } else { known.join(", ") }
    }
}

/// Actors met so far, and reports.
pub struct Known<'a> {
    actors: HashMap<String, Actor>,
    reports: HashMap<String, Rc<Report>>,
    fetch: Fetch<'a>,
}

impl<'a> Known<'a> {
    /// Asks `fetch` for reports.
    pub fn new(fetch: Fetch<'a>) -> Self {
        Known { actors: HashMap::new(), reports: HashMap::new(), fetch }
    }

    /// Takes note of an actor.
    pub fn meet(&mut self, line: &Line) {
        if let Line::Actor { id, name, aliases, actor_kind, country, sector, roles, .. } = line {
            let mut names = vec![name.clone()];
            names.extend(aliases.iter().filter(|alias| *alias != name).cloned());
            let actor = Actor { names, kind: *actor_kind, country: country.clone(), sector: *sector, roles: roles.clone() };
            self.actors.insert(id.clone(), actor);
        }
    }

    /// What is known of somebody.
    pub fn actor(&self, who: &Who) -> Actor {
        self.actors.get(&who.id).cloned().unwrap_or_else(|| Actor { names: vec![who.name.clone()], ..Actor::default() })
    }

    /// The report of this id.
    ///
    /// # Errors
    /// When there is none.
    pub fn report(&mut self, id: &str) -> Result<Rc<Report>, ExportError> {
        if let Some(report) = self.reports.get(id) {
            return Ok(Rc::clone(report));
        }
        let report = Rc::new(Report::new((self.fetch)(id).map_err(ExportError::Report)?));
        if self.reports.len() >= REMEMBERED {
            self.reports.clear();
        }
        self.reports.insert(id.to_owned(), Rc::clone(&report));
        Ok(report)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_code_points() {
        let text = "é".repeat(300) + "“stop” 🕊";
        let report = Report::new(Document::new("d", text));
        assert_eq!(report.words([300, 306]), "“stop”");
        assert_eq!(report.words([307, 308]), "🕊");
        assert_eq!((report.words([400, 500]), report.words([307, 999]), report.words([5, 2])), ("", "🕊", ""));
        assert_eq!(report.length, 308);
        assert_eq!(report.passages(&[[303, 306], [300, 304], [307, 308], [307, 308]]), "“stop” … 🕊");
        assert_eq!(Report::new(Document::new("d", "plain")).words([2, 5]), "ain");
    }
}
