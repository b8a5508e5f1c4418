//! GDELT 2.0 events: 61 columns between tabs, no header, no quotes (GDELT Event Codebook 2.0).
//!
//! What GDELT has no column for is left out and counted: events that are denied, planned, conditional or uncertain, and parties beyond one
//! on each side. `SOURCEURL` is the id of a report without an address; the hour in `DATEADDED`, the day of the first report, is not known.
//! A place of two FIPS codes (Palestine) has none here. Geography is FIPS 10-4. Tone, ethnicity, religion, the places of actors and the numbers of features are not known here.

use crate::codes;
use crate::dates::Range;
use crate::error::ExportError;
use crate::form::Format;
use crate::known::{Actor, Known, Report};
use crate::occurrence::Occurrence;
use crate::sheet::{Cells, Tabs};
use crate::tally::Tally;
use onrecord_account::Line;
use onrecord_record::{Place, Precision};
use std::collections::BTreeSet;
use std::io::Write;

/// Names of the columns, which the file itself does not have.
pub const COLUMNS: &[&str] = &[
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1KnownGroupCode",
    "Actor1EthnicCode",
    "Actor1Religion1Code",
    "Actor1Religion2Code",
    "Actor1Type1Code",
    "Actor1Type2Code",
    "Actor1Type3Code",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2KnownGroupCode",
    "Actor2EthnicCode",
    "Actor2Religion1Code",
    "Actor2Religion2Code",
    "Actor2Type1Code",
    "Actor2Type2Code",
    "Actor2Type3Code",
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    "Actor1Geo_Type",
    "Actor1Geo_FullName",
    "Actor1Geo_CountryCode",
    "Actor1Geo_ADM1Code",
    "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat",
    "Actor1Geo_Long",
    "Actor1Geo_FeatureID",
    "Actor2Geo_Type",
    "Actor2Geo_FullName",
    "Actor2Geo_CountryCode",
    "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat",
    "Actor2Geo_Long",
    "Actor2Geo_FeatureID",
    "ActionGeo_Type",
    "ActionGeo_FullName",
    "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "ActionGeo_FeatureID",
    "DATEADDED",
    "SOURCEURL",
];

/// GDELT's events.
pub struct Events<'a> {
    out: Tabs<'a>,
}

impl<'a> Events<'a> {
    /// Writes to `out`.
    pub fn new(out: Box<dyn Write + 'a>) -> Self {
        Events { out: Tabs::new(out) }
    }
}

impl Format for Events<'_> {
    fn line(&mut self, line: &Line, series: &[Line], known: &mut Known, tally: &mut Tally) -> Result<(), ExportError> {
        let Some(event) = Occurrence::actual(line, series, tally) else { return Ok(()) };
        if event.is_crowded() {
            tally.note("events with more parties than two columns hold, of which the first of each side stand");
        }
        self.out.row(row(&event, known)?.cells())?;
        tally.wrote("rows");
        Ok(())
    }

    fn end(&mut self, _: &mut Tally) -> Result<(), ExportError> {
        self.out.flush()
    }
}

/// Programs read GDELT's numbers as signed ones of 64 bits.
const MOST: u64 = i64::MAX as u64;

/// GDELT's numbers of events are whole numbers: ours read as one, `event-00000000ff` as 255.
pub fn number(id: &str) -> String {
    let hex = id.rsplit('-').next().unwrap_or(id);
    u64::from_str_radix(hex, 16).map_or_else(|_| id.to_owned(), |number| (number & MOST).to_string())
}

/// Day of a report with an hour nobody told, as GDELT's timestamps are written.
pub fn stamp(report: &Report) -> Option<String> {
    report.document.published.map(|day| day.strftime("%Y%m%d000000").to_string())
}

fn row(event: &Occurrence, known: &mut Known) -> Result<Cells, ExportError> {
    let mut cells = Cells::new(COLUMNS);
    cells.set("GLOBALEVENTID", number(event.id));
    if let Some(range) = Range::of(event.date) {
        cells.set_some("SQLDATE", range.day().map(|day| day.strftime("%Y%m%d").to_string()));
        cells.set_some("MonthYear", range.month().map(|(year, month)| format!("{year:04}{month:02}")));
        cells.set_some("Year", range.year().map(|year| format!("{year:04}")));
        cells.set_some("FractionDate", range.day().map(fraction));
    }
    for (who, side) in event.sides().into_iter().zip(["Actor1", "Actor2"]) {
        if let Some(who) = who {
            party(&mut cells, side, &known.actor(who), &who.name);
        }
    }
    let code = event.cameo.or_else(|| codes::cameo_root(event.kind));
    if let Some(code) = code {
        cells.set("EventCode", code);
        cells.set("EventBaseCode", code.get(..3).unwrap_or(code));
        cells.set("EventRootCode", code.get(..2).unwrap_or(code));
        cells.set_some("GoldsteinScale", codes::goldstein(code));
    }
    cells.set("QuadClass", codes::gdelt_class(event.kind));
    told(&mut cells, event, known)?;
    if let Some(place) = event.place {
        action(&mut cells, place);
    }
    Ok(cells)
}

/// YYYY.FFFF, where FFFF is (month × 30 + day) / 365.
fn fraction(day: jiff::civil::Date) -> String {
    let part = (f64::from(day.month()) * 30.0 + f64::from(day.day())) / 365.0;
    // GDELT's own formula reaches past 1 in December; it is part of the year all the same.
    format!("{}.{:04}", day.year(), ((part * 10_000.0) as u32).min(9_999))
}

fn party(cells: &mut Cells, side: &str, actor: &Actor, name: &str) {
    let country = codes::country(actor.country.as_deref()).cameo;
    // Bodies of many countries have a type in CAMEO where records have them as a country.
    let body = actor.country.as_deref().filter(|code| matches!(*code, "IGO" | "NGO"));
    let kind = body.or_else(|| actor.sector.and_then(codes::cameo_sector)).unwrap_or_default();
    cells.set(&format!("{side}Code"), format!("{country}{kind}"));
    cells.set(&format!("{side}Name"), name);
    cells.set(&format!("{side}CountryCode"), country);
    cells.set(&format!("{side}Type1Code"), kind);
}

fn told(cells: &mut Cells, event: &Occurrence, known: &mut Known) -> Result<(), ExportError> {
    let (mut mentions, mut articles, mut outlets) = (0, BTreeSet::new(), BTreeSet::new());
    for (i, telling) in event.told().enumerate() {
        let report = known.report(&telling.document)?;
        if i == 0 {
            cells.set("IsRootEvent", u8::from(telling.trigger[0] < lead(&report)));
            cells.set_some("DATEADDED", stamp(&report));
            cells.set("SOURCEURL", report.document.url.clone().unwrap_or_else(|| report.document.id.clone()));
        }
        mentions += 1;
        articles.insert(&telling.document);
        outlets.extend(report.document.outlet.clone());
    }
    cells.set("NumMentions", mentions);
    cells.set("NumArticles", articles.len());
    cells.set_some("NumSources", (!outlets.is_empty()).then_some(outlets.len()));
    Ok(())
}

/// Code point at which the first paragraph ends that is not the headline.
fn lead(report: &Report) -> usize {
    let text = &report.document.text;
    let title = report.document.title.as_deref().unwrap_or_default().trim();
    let start = if title.is_empty() { 0 } else { text.trim_start().strip_prefix(title).map_or(0, |rest| text.len() - rest.len()) };
    let start = start + (text[start..].len() - text[start..].trim_start().len());
    let end = text[start..].find("\n\n").map_or(text.len(), |length| start + length);
    text[..end].chars().count()
}

fn action(cells: &mut Cells, place: &Place) {
    let country = codes::country(place.country.as_deref());
    let american = place.country.as_deref() == Some("USA");
    let kind = place.precision.map(|precision| match (precision, american) {
        (Precision::Country, _) => 1,
        (Precision::Region, true) => 2,
        (Precision::City | Precision::Point, true) => 3,
        (Precision::City | Precision::Point, false) => 4,
        (Precision::Region, false) => 5,
    });
    cells.set_some("ActionGeo_Type", kind);
    let within = if country.name.is_empty() || kind == Some(1) { String::new() } else { format!(", {}", country.name) };
    cells.set("ActionGeo_FullName", format!("{}{within}", place.name));
    cells.set("ActionGeo_CountryCode", country.fips);
    cells.set_some("ActionGeo_Lat", place.lat);
    cells.set_some("ActionGeo_Long", place.lon);
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_text::Document;

    #[test]
    fn numbers_lead_back() {
        assert_eq!(number("event-00000000ff"), "255");
        assert_eq!(number("event-ffffffffffffffff"), "9223372036854775807");
        assert_eq!(number("no number"), "no number");
    }

    #[test]
    fn a_day_as_a_fraction_of_its_year() {
        assert_eq!(fraction(jiff::civil::date(2026, 2, 3)), "2026.1726");
        assert_eq!(fraction(jiff::civil::date(2026, 12, 31)), "2026.9999");
    }

    #[test]
    fn the_lead_is_the_first_paragraph_beneath_the_headline() {
        let mut known = Known::new(Box::new(|_| {
            let mut document = Document::new("d", "Head — line\n\nLead, é.\n\nRest.");
            document.title = Some("Head — line".into());
            Ok(document)
        }));
        assert_eq!(lead(&known.report("d").unwrap()), 21);
    }
}
