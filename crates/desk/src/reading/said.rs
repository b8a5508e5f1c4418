//! Records of a report in one short line each.

use onrecord_record::Record;
use onrecord_text::Document;
use onrecord_view::{Kind, Names, event, figure, position, statement};

/// Characters of a line that is shortened.
const SHORT: usize = 84;

/// A record in a line.
pub struct Said {
    pub id: String,
    pub kind: Kind,
    /// What `article` calls its element.
    pub anchor: String,
    pub line: String,
}

/// All records of a report that others may tell too, kind by kind.
pub fn all(document: &Document, record: &Record) -> Vec<Said> {
    let names = Names::new(document, record);
    let mut all = Vec::new();
    let mut say = |kind: Kind, index: usize, id: &str, mut phrase: onrecord_view::Phrase| {
        // Who vouches for it stands beside the record itself.
        phrase.own_words = false;
        let anchor = format!("{}{}", kind.letter(), index + 1);
        all.push(Said { id: id.to_owned(), kind, anchor, line: short(&phrase.to_string()) });
    };
    record.statements.iter().enumerate().for_each(|(i, r)| say(Kind::Statement, i, &r.id, statement(&names, r)));
    record.events.iter().enumerate().for_each(|(i, r)| say(Kind::Event, i, &r.id, event(&names, r)));
    record.positions.iter().enumerate().for_each(|(i, r)| say(Kind::Position, i, &r.id, position(&names, r)));
    record.figures.iter().enumerate().for_each(|(i, r)| say(Kind::Figure, i, &r.id, figure(&names, r)));
    all
}

/// The beginning of a line, in whole words.
fn short(line: &str) -> String {
    let Some((end, _)) = line.char_indices().nth(SHORT) else { return line.to_owned() };
    let end = line[..end].rfind(' ').unwrap_or(end);
    format!("{} …", line[..end].trim_end_matches([' ', '·']))
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn lines_are_cut_between_words() {
        assert_eq!(short("Norway offers"), "Norway offers");
        let long = short(&"äöü ".repeat(40));
        assert!(long.ends_with("äöü …") && long.chars().count() <= 86, "{long}");
        assert!(short(&"x".repeat(200)).ends_with("x …"));
    }
}
