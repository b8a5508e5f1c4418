//! How two readings of one report differ.

use super::table::Row;
use onrecord_record::Record;
use onrecord_text::{Document, Span};
use onrecord_view::{Kind, Names, Phrase};

/// A record that one reading has and the other has not, or has otherwise.
pub struct Difference {
    kind: &'static str,
    words: String,
    before: Option<String>,
    after: Option<String>,
}

/// What a row says of a difference.
pub const COLUMNS: [&str; 6] = ["report", "is", "kind", "words", "before", "after"];

impl Difference {
    /// *added*, *gone* or *changed*.
    pub fn is(&self) -> &'static str {
        match (&self.before, &self.after) {
            (None, _) => "added",
            (_, None) => "gone",
            _ => "changed",
        }
    }

    pub fn row(&self, report: &str) -> Row {
        vec![
            report.into(),
            self.is().into(),
            self.kind.into(),
            self.words.as_str().into(),
            self.before.as_deref().into(),
            self.after.as_deref().into(),
        ]
    }
}

/// A record as it is compared: the words that decide where it stands, and what it says.
struct Told {
    at: Span,
    says: String,
}

/// What changed from one reading to the other: records that say the same are left out, those whose words overlap are one that changed.
pub fn differences(document: &Document, before: &Record, after: &Record) -> Vec<Difference> {
    let mut found = Vec::new();
    for kind in Kind::ALL {
        let (mut old, mut new) = (told(document, before, kind), told(document, after, kind));
        old.retain(|one| match new.iter().position(|other| other.at == one.at && other.says == one.says) {
            Some(same) => {
                new.remove(same);
                false
            }
            None => true,
        });
        let difference = |told: &Told, before: Option<String>, after: Option<String>| {
            let words = document.slice(told.at).split_whitespace().collect::<Vec<_>>().join(" ");
            (told.at.start, Difference { kind: kind.name(), words, before, after })
        };
        let mut of_kind = Vec::new();
        for one in old {
            let other = new.iter().position(|other| other.at.start < one.at.end && one.at.start < other.at.end);
            let after = other.map(|other| new.remove(other).says);
            of_kind.push(difference(&one, Some(one.says.clone()), after));
        }
        of_kind.extend(new.iter().map(|one| difference(one, None, Some(one.says.clone()))));
        of_kind.sort_by_key(|(start, _)| *start);
        found.extend(of_kind.into_iter().map(|(_, difference)| difference));
    }
    found
}

fn told(document: &Document, record: &Record, kind: Kind) -> Vec<Told> {
    let names = Names::new(document, record);
    let told = |at: Span, phrase: Phrase| Told { at, says: said(&phrase) };
    match kind {
        Kind::Statement => {
            let at = |s: &onrecord_record::Statement| s.content.first().copied().or(s.cue).unwrap_or_default();
            record.statements.iter().map(|s| told(at(s), onrecord_view::statement(&names, s))).collect()
        }
        Kind::Event => record.events.iter().map(|e| told(e.trigger, onrecord_view::event(&names, e))).collect(),
        Kind::Position => record.positions.iter().map(|p| told(p.proposition, onrecord_view::position(&names, p))).collect(),
        Kind::Figure => record.figures.iter().map(|f| told(f.span, onrecord_view::figure(&names, f))).collect(),
    }
}

/// A phrase as plain words. What names another record is left out: its number changes with those before it.
fn said(phrase: &Phrase) -> String {
    let group = |parts: &Vec<onrecord_view::Part>| {
        parts.iter().filter(|part| part.link.is_none()).map(|part| part.text.as_str()).collect::<String>()
    };
    phrase.groups.iter().map(group).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_record::{Event, EventType};

    fn record(events: &[(EventType, usize, usize)]) -> Record {
        let event = |(i, &(kind, start, end)): (usize, &(EventType, usize, usize))| Event {
            id: format!("e{i}"),
            kind,
            trigger: Span { start, end },
            ..Event::default()
        };
        Record { events: events.iter().enumerate().map(event).collect(), ..Record::default() }
    }

    #[test]
    fn what_is_the_same_is_left_out_and_what_overlaps_has_changed() {
        let document = Document::new("d", "They met, attacked, fled and talked.");
        let before = record(&[(EventType::Consult, 5, 8), (EventType::Assault, 10, 18), (EventType::Retreat, 20, 24)]);
        let after = record(&[(EventType::Assault, 10, 18), (EventType::Concede, 20, 24), (EventType::Consult, 29, 35)]);
        let found = differences(&document, &before, &after);
        let told: Vec<(&str, &str)> = found.iter().map(|d| (d.is(), d.words.as_str())).collect();
        assert_eq!(told, [("gone", "met"), ("changed", "fled"), ("added", "talked")]);
        assert!(differences(&document, &before, &before).is_empty());
    }
}
