//! How the time of [`account`] grows with the number of reports.

use crate::synthetic::Mixed;
use onrecord_account::{Report, account};
use onrecord_record::{
    Actor, ActorKind, Bound, Event, EventType, Figure, Measure, Move, Place, Position, Precision, Record, Sector, SpeechMode,
    Statement, Value,
};
use onrecord_text::{Document, Span};
use std::fmt;
use std::time::{Duration, Instant};

/// What one account took.
pub struct Point {
    /// Reports.
    pub reports: usize,
    /// Lines of the account.
    pub lines: usize,
    /// Time that passed.
    pub time: Duration,
}

/// The time of an account of so many made-up reports of one year.
pub fn measure(reports: usize) -> Point {
    let all: Vec<(Document, Record)> = (0..reports).map(|n| report(n as u64, reports as u64)).collect();
    let reports: Vec<Report> = all.iter().map(|(document, record)| Report { document, record }).collect();
    let start = Instant::now();
    let lines = std::hint::black_box(account(&reports, &[])).lines.len();
    Point { reports: reports.len(), lines, time: start.elapsed() }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, each) = (self.time.as_secs_f64(), 1e3 * self.time.as_secs_f64() / self.reports.max(1) as f64);
        write!(f, "{:>7} reports {:>8} lines {seconds:>8.2} s {each:>7.3} ms a report", self.reports, self.lines)
    }
}

/// Reports of one happening; of each day as many happenings as there are reports for.
const EACH: u64 = 4;
const DAYS: u64 = 365;
const COUNTRIES: [&str; 12] = ["UKR", "RUS", "SDN", "MLI", "ISR", "LBN", "SYR", "COD", "MMR", "COL", "HTI", "YEM"];
const ACTS: [(EventType, &str); 6] = [
    (EventType::Assault, "attacked"),
    (EventType::Consult, "met"),
    (EventType::Accuse, "accused"),
    (EventType::Request, "urged"),
    (EventType::Sanction, "punished"),
    (EventType::Aid, "helped"),
];

impl Mixed {
    /// A word of three to five syllables, one of some 8,000 to 3 million.
    fn word(&mut self) -> String {
        let syllable = |m: &mut Mixed| {
            let pick = |of: &str, m: &mut Mixed| of.chars().nth(m.below(of.len() as u64) as usize).unwrap_or('a');
            [pick("bdfgklmnprstvz", m), pick("aeiou", m)]
        };
        let syllables = 3 + self.below(3);
        (0..syllables).flat_map(|_| syllable(self)).collect()
    }

    fn name(&mut self) -> String {
        let word = self.word();
        word[..1].to_uppercase() + &word[1..]
    }
}

/// A text that is put together from pieces whose places are kept.
#[derive(Default)]
struct Draft(String);

impl Draft {
    fn add(&mut self, words: &str) -> Span {
        let start = self.0.len();
        self.0.push_str(words);
        let span = Span::new(start, self.0.len());
        self.0.push(' ');
        span
    }
}

/// One of the reports of one of the happenings: two named parties, a town, a toll, a quotation and a demand, told in words that differ
/// from report to report.
pub(crate) fn report(n: u64, all: u64) -> (Document, Record) {
    let happening = n / EACH;
    let mut same = Mixed(happening.wrapping_mul(0x51_7cc1_b727_220a));
    let mut own = Mixed(n.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 7);
    let day = happening * DAYS * EACH / all.max(1) % DAYS;
    let country = COUNTRIES[same.below(COUNTRIES.len() as u64) as usize];
    let (kind, verb) = ACTS[same.below(ACTS.len() as u64) as usize];
    // Many happenings in few countries, with recurring towns and people, as in a war.
    let (town, person, group) = {
        let mut often = Mixed(same.below(400) + 1);
        (often.name(), format!("{} {}", often.name(), often.name()), format!("{} Front", often.name()))
    };
    let mut draft = Draft::default();
    let start = draft.0.len();
    let doer = draft.add(&format!("The {group}"));
    let trigger = draft.add(verb);
    let target = draft.add(&format!("{} workers", same.word()));
    draft.add(&format!("in {town}"));
    let killed = same.below(30) + own.below(2);
    let toll = draft.add(&format!("killing {killed} people"));
    let evidence = Span::new(start, draft.0.len());
    let quote = draft.add(&format!("“We {} the {} of {},”", same.word(), same.word(), same.word()));
    let speaker = draft.add(&person);
    draft.add(&format!("said {}.", own.word()));
    draft.add("He demanded");
    let demand = draft.add(&format!("the {} of the {}", same.word(), same.word()));
    for _ in 0..40 {
        let word = own.word();
        draft.add(&word);
    }
    let actor = |id: &str, name: String, kind, sector, span| Actor {
        id: id.into(),
        name,
        kind,
        country: Some(country.into()),
        sector: Some(sector),
        mentions: vec![span],
        ..Actor::default()
    };
    let place = Place {
        name: town,
        country: Some(country.into()),
        lat: Some(same.below(120) as f64 - 60.0),
        lon: Some(same.below(300) as f64 - 150.0),
        geonames: None,
        precision: Some(Precision::City),
    };
    let record = Record {
        actors: vec![
            actor("a1", group, ActorKind::ArmedGroup, Sector::Reb, doer),
            actor("a2", "workers".into(), ActorKind::Population, Sector::Cvl, target),
            actor("a3", person, ActorKind::Person, Sector::Gov, speaker),
        ],
        events: vec![Event {
            id: "e1".into(),
            kind,
            trigger,
            actors: vec!["a1".into()],
            recipients: vec!["a2".into()],
            place: (own.below(4) > 0).then_some(place),
            figures: vec!["f1".into()],
            evidence: vec![evidence],
            ..Event::default()
        }],
        figures: vec![Figure {
            id: "f1".into(),
            value: Value::One(killed as f64),
            bound: Bound::Exact,
            of: "person".into(),
            measure: Measure::Killed,
            span: toll,
            evidence: vec![toll],
            ..Figure::default()
        }],
        statements: vec![Statement {
            id: "s1".into(),
            speaker: vec!["a3".into()],
            content: vec![quote],
            evidence: vec![quote],
            mode: SpeechMode::Direct,
            ..Statement::default()
        }],
        positions: vec![Position {
            id: "p1".into(),
            holder: vec!["a3".into()],
            stance: Move::Demand,
            proposition: demand,
            evidence: vec![demand],
            ..Position::default()
        }],
        ..Record::default()
    };
    let published = jiff::civil::date(2025, 1, 1).checked_add(jiff::Span::new().days((day + own.below(3)) as i64)).ok();
    let outlet = Some(format!("Outlet {}", own.below(40)));
    (Document { published, outlet, ..Document::new(format!("r{n:06}"), draft.0) }, record)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_records_are_sound_and_told_more_than_once() {
        let all: Vec<(Document, Record)> = (0..40).map(|n| report(n, 40)).collect();
        for (document, record) in &all {
            assert!(onrecord_record::check(document, record).is_empty(), "{:?}", onrecord_record::check(document, record));
        }
        let point = measure(40);
        // 40 documents, and less than a line for each of the eight other things of each report.
        assert!(point.lines > 40 && point.lines < 40 + 8 * 40, "{point}");
    }
}
