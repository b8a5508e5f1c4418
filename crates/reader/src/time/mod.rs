//! Dates and times as written, resolved to ISO 8601 against the day of publication.
//!
//! [`Times`] finds every expression of a report once; [`of`] says which of them dates a predicate. [`grammar`] reads what an
//! expression says ([`when`]), [`resolve`] places it on the calendar, [`value`] writes what it comes to.

mod dateline;
mod dating;
mod grammar;
mod period;
mod resolve;
mod value;
mod when;

pub use dating::of;
pub use value::TimeKind;

use crate::lexicon::Lexicon;
use crate::lexicon::calendar::Edge;
use crate::scan::Piece;
use crate::tree::Tree;
use dateline::dateline;
use grammar::{Found, expressions, split};
use jiff::civil::Date;
use onrecord_record::IsoDate;
use onrecord_text::{Document, Span};
use period::Period;
use resolve::Anchor;
use value::Value;
use when::{When, Year};

/// A time that a report names, as [`crate::Reader::times`] tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeExpression {
    /// The words.
    pub span: Span,
    /// Its type in TIMEX3.
    pub kind: TimeKind,
    /// Its value in TIMEX3, with an `X` for what neither the text nor the day of publication tells.
    pub value: String,
    /// `START`, `MID` or `END` for a part of what the value names (*early March*).
    pub modifier: Option<&'static str>,
    /// The date or interval that it gives a record.
    pub interval: Option<IsoDate>,
}

/// A time expression in a sentence.
#[derive(Debug)]
pub struct Expression {
    /// The words.
    pub span: Span,
    /// The token that heads them in the tree.
    pub head: Option<usize>,
    /// What it comes to.
    value: Value,
    /// The part of it that is meant.
    edge: Option<Edge>,
    /// What it dates a record with; none for a duration, and for the report's own dateline.
    pub date: Option<IsoDate>,
}

/// All time expressions of a report, by sentence.
#[derive(Default)]
pub struct Times {
    sentences: Vec<Vec<Expression>>,
}

impl Times {
    /// Finds and resolves them.
    pub fn find(document: &Document, trees: &[Tree], lexicon: &Lexicon) -> Self {
        let dateline = dateline(&document.text, lexicon);
        let published = document.published.or(dateline.map(|(day, _)| day));
        let mut narration =
            Narration { anchor: Anchor { published, ..Anchor::default() }, dateline: dateline.map(|(_, line)| line) };
        let sentences = trees
            .iter()
            .map(|tree| {
                let pieces = split(tree.text, tree.sentence.span);
                let mut found = expressions(&pieces, &lexicon.calendar);
                share_years(&mut found);
                narration.sentence(tree, &pieces, &found)
            })
            .collect();
        Times { sentences }
    }

    /// The expressions of a sentence.
    pub fn of_sentence(&self, s: usize) -> &[Expression] {
        self.sentences.get(s).map_or(&[], Vec::as_slice)
    }

    /// True when these words say a time.
    pub fn covers(&self, s: usize, span: Span) -> bool {
        self.of_sentence(s).iter().any(|e| e.span.overlaps(span))
    }

    /// All of them in order.
    pub fn all(&self) -> impl Iterator<Item = TimeExpression> {
        self.sentences.iter().flatten().map(|e| TimeExpression {
            span: e.span,
            kind: e.value.kind(),
            value: e.value.timex(),
            modifier: e.edge.map(|edge| match edge {
                Edge::Start => "START",
                Edge::Mid => "MID",
                Edge::End => "END",
            }),
            interval: e.date.clone().or_else(|| e.value.interval()),
        })
    }
}

/// Where a report has got to in time.
struct Narration {
    anchor: Anchor,
    /// The line that dates the report.
    dateline: Option<Span>,
}

impl Narration {
    /// Resolves the expressions of the next sentence.
    fn sentence(&mut self, tree: &Tree, pieces: &[Piece], found: &[Found]) -> Vec<Expression> {
        let mut list: Vec<Expression> = Vec::with_capacity(found.len());
        for (at, one) in found.iter().enumerate() {
            let span = pieces[one.start].span.cover(pieces[one.end - 1].span);
            let head = tree.head_of(span);
            // The end of an interval lies on the side of its beginning.
            let ends = at.checked_sub(1).is_some_and(|from| is_interval(pieces, &found[from], one));
            if !ends {
                self.anchor.future = head.is_some_and(|head| dating::is_future(tree, head));
            }
            let Some(mut value) = one.meaning.resolve(self.anchor) else { continue };
            if let (When::Hour, Some(hour)) = (one.meaning.when, one.meaning.hour) {
                if let Some(day) = self.day_beside(pieces, found, at, &list) {
                    value = Value::Hour(day, hour);
                }
            }
            let is_dateline = self.dateline.is_some_and(|line| line.contains(span));
            let date = if is_dateline { None } else { dated(&value, one, pieces) };
            if !is_dateline {
                self.told(one, &value);
            }
            list.push(Expression { span, head, value, edge: one.meaning.edge, date });
            if ends {
                join(&mut list, pieces[found[at - 1].start].span, self.anchor.published);
            }
        }
        list
    }

    /// What the text is at once it has named this time.
    fn told(&mut self, one: &Found, value: &Value) {
        let Some(period) = value.period() else { return };
        self.anchor.told = Some(period);
        if let Period::Day(day) = period {
            self.anchor.day = Some(day);
        } else {
            // "the next day" no longer is that after a day outside of what the text is at now.
            let holds = |day: &Date| period.days().is_some_and(|(first, last)| first <= *day && *day <= last);
            self.anchor.day = self.anchor.day.filter(holds);
        }
        // A year by itself is mostly an aside ("as in 1812"), unless the sentence begins with it.
        let begins = one.start <= 1 && one.meaning.written_year().is_some();
        if one.meaning.is_within_a_year() || begins || self.anchor.year.is_none() {
            self.anchor.year = Some(period.year());
        }
    }

    /// The day that stands beside an hour: right behind it (*16:15 UTC, June 1*), or before it in the sentence.
    fn day_beside(&self, pieces: &[Piece], found: &[Found], at: usize, before: &[Expression]) -> Option<Date> {
        let next = found.get(at + 1).filter(|next| {
            let between = &pieces[found[at].end..next.start];
            next.meaning.is_day()
                && between.len() <= 2
                && between.iter().all(|p| matches!(p.lower.as_str(), "," | "on" | "of" | "the"))
        });
        let day = |value: &Value| match value.period() {
            Some(Period::Day(day)) => Some(day),
            _ => None,
        };
        match next {
            Some(next) => day(&next.meaning.resolve(self.anchor)?),
            None => before.iter().rev().find_map(|e| day(&e.value)),
        }
    }
}

/// The date that an expression gives by itself: *since 2022* is open to now.
fn dated(value: &Value, one: &Found, pieces: &[Piece]) -> Option<IsoDate> {
    let date = value.interval()?;
    let since = one.start.checked_sub(1).is_some_and(|i| pieces[i].is("since"));
    if !since {
        return Some(date);
    }
    (!date.contains('/')).then(|| format!("{date}/.."))
}

/// Words over which a year holds for the dates before it.
const YEAR_REACHES: usize = 8;

/// *on 4 April and from 5 to 6 May 2016*: the year of a day or month holds for the days and months just before it.
fn share_years(found: &mut [Found]) {
    let mut next: Option<(usize, Year)> = None;
    for one in found.iter_mut().rev() {
        let written = one.meaning.written_year().filter(|_| one.meaning.is_within_a_year());
        match next {
            Some((start, year)) if start <= one.end + YEAR_REACHES => one.meaning = one.meaning.with_year(year),
            _ => next = None,
        }
        next = match (written, next) {
            (Some(year), _) | (None, Some((_, year))) => Some((one.start, year)),
            _ => None,
        };
    }
}

/// True for the two ends of an interval: *25-26 May*, *from June to August*, *between 2014 and 2016*.
fn is_interval(pieces: &[Piece], from: &Found, to: &Found) -> bool {
    if from.opens {
        return true;
    }
    let ends = from.meaning.is_on_the_calendar() && to.meaning.is_on_the_calendar();
    if !ends || to.start != from.end + 1 {
        return false;
    }
    let opened = from.start.checked_sub(1).is_some_and(|i| matches!(pieces[i].lower.as_str(), "from" | "between"));
    let link = &pieces[from.end];
    match link.lower.as_str() {
        "and" => opened,
        "to" | "through" | "until" | "till" => opened || (from.meaning.is_day() && to.meaning.is_day()),
        _ => link.is_dash(),
    }
}

/// Gives both ends of an interval, the last two of the list, the whole of it; the first must lie at `from`. *Now* is the day of writing.
fn join(list: &mut [Expression], from: Span, published: Option<Date>) {
    let [.., first, last] = list else { return };
    if !first.span.contains(from) {
        return;
    }
    let period = |e: &Expression| match e.value {
        Value::Reference(_) => published.map(Period::Day),
        _ => e.value.period(),
    };
    let (Some(start), Some(end)) = (period(first), period(last)) else { return };
    let (Some((first_day, _)), Some((start_of_end, last_day))) = (start.days(), end.days()) else { return };
    if first_day > start_of_end {
        return;
    }
    let whole = match (start.iso(), end.iso()) {
        (Some(a), Some(b)) if !a.contains('/') && !b.contains('/') => format!("{a}/{b}"),
        (Some(_), Some(_)) => format!("{first_day}/{last_day}"),
        _ => return,
    };
    first.date = Some(whole.clone());
    last.date = Some(whole);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words, TIMEX3 value and type of each expression; the clause is in the future when it says *will*.
    fn read_at(text: &str, anchor: Anchor) -> Vec<(String, String, TimeKind)> {
        let lexicon = Lexicon::builtin();
        let pieces = split(text, Span::new(0, text.len()));
        let mut found = expressions(&pieces, &lexicon.calendar);
        share_years(&mut found);
        let anchor = Anchor { future: text.contains("will"), ..anchor };
        let words = |f: &Found| text[pieces[f.start].span.start..pieces[f.end - 1].span.end].to_string();
        found.iter().filter_map(|f| f.meaning.resolve(anchor).map(|v| (words(f), v.timex(), v.kind()))).collect()
    }

    fn read(text: &str, published: Option<&str>) -> Vec<(String, String, TimeKind)> {
        read_at(text, Anchor { published: published.map(|d| d.parse().unwrap()), ..Anchor::default() })
    }

    /// Each sentence's first expression has these words and this value; written on a Thursday.
    fn assert_first(cases: &[(&str, &str, &str)]) {
        for (text, words, value) in cases {
            let all = read(text, Some("2015-05-07"));
            assert_eq!(all.first().map(|(w, v, _)| (w.as_str(), v.as_str())), Some((*words, *value)), "{text}");
        }
    }

    #[test]
    fn days_by_name_and_number() {
        assert_first(&[
            ("met on February 2, 2016, in Oslo", "February 2, 2016", "2016-02-02"),
            ("came on 12 March", "12 March", "2015-03-12"),
            ("will come on 12 March", "12 March", "2016-03-12"),
            ("on the 4th of July 1999", "the 4th of July 1999", "1999-07-04"),
            ("on the first of March", "the first of March", "2015-03-01"),
            ("on Thursday, Dec. 15, they", "Thursday, Dec. 15", "2014-12-15"),
            ("on 2015-05-01.", "2015-05-01", "2015-05-01"),
            ("on 31.10.1974 and", "31.10.1974", "1974-10-31"),
            ("dated 4/25/07,", "4/25/07", "2007-04-25"),
            ("paid on the 20th, it", "the 20th", "2015-04-20"),
            ("at Christmas 2012", "Christmas 2012", "2012-12-25"),
        ]);
    }

    #[test]
    fn weekdays() {
        assert_first(&[
            ("on Tuesday they left", "Tuesday", "2015-05-05"),
            ("they will leave on Tuesday", "Tuesday", "2015-05-12"),
            ("early on Tuesday", "early on Tuesday", "2015-05-05"),
            ("last Friday they", "last Friday", "2015-05-01"),
            ("on Monday of last week", "Monday of last week", "2015-04-27"),
            ("the first Monday of March", "the first Monday of March", "2015-03-02"),
            ("this past Sunday", "this past Sunday", "2015-05-03"),
        ]);
    }

    #[test]
    fn months_seasons_years() {
        assert_first(&[
            ("in May 2016", "May 2016", "2016-05"),
            ("in January they", "January", "2015-01"),
            ("late March saw", "late March", "2015-03"),
            ("by the end of the year", "the end of the year", "2015"),
            ("by early 2014", "early 2014", "2014"),
            ("in mid-2011", "mid-2011", "2011"),
            ("in October of last year", "October of last year", "2014-10"),
            ("the summer of 2017", "the summer of 2017", "2017-SU"),
            ("last winter", "last winter", "2015-WI"),
            ("in the third quarter of 2009", "the third quarter of 2009", "2009-Q3"),
            ("in Q4 2005", "Q4 2005", "2005-Q4"),
            ("in the second half of last year", "the second half of last year", "2014-H2"),
            ("in 2012 it", "2012", "2012"),
            ("in the 1990s", "the 1990s", "199"),
            ("in the '70s", "'70s", "197"),
            ("in the nineteenth century", "the nineteenth century", "18"),
            ("in 493 BC", "493 BC", "BC0493"),
            ("from 499-493 BC", "499", "BC0499"),
        ]);
    }

    #[test]
    fn told_from_the_day_of_writing() {
        assert_first(&[
            ("last week", "last week", "2015-W18"),
            ("last month", "last month", "2015-04"),
            ("next year", "next year", "2016"),
            ("three days ago", "three days ago", "2015-05-04"),
            ("two weeks ago", "two weeks ago", "2015-W17"),
            ("almost a year ago", "almost a year ago", "2014"),
            ("the day before yesterday", "the day before yesterday", "2015-05-05"),
            ("the last week of March", "the last week of March", "2015-W13"),
            ("last weekend", "last weekend", "2015-W18-WE"),
        ]);
    }

    #[test]
    fn told_from_the_time_of_the_story() {
        let day: Date = "1941-06-22".parse().unwrap();
        let anchor = Anchor { told: Some(Period::Day(day)), day: Some(day), year: Some(1941), ..Anchor::default() };
        for (text, value) in [
            ("the following day", "1941-06-23"),
            ("that same month", "1941-06"),
            ("two weeks later", "1941-W27"),
            ("a year earlier", "1940"),
            ("the previous April", "1941-04"),
            ("in August of that year", "1941-08"),
            ("in September they", "1941-09"),
            ("the next morning", "1941-06-23TMO"),
            ("in '39", "1939"),
        ] {
            assert_eq!(read_at(text, anchor)[0].1, value, "{text}");
        }
    }

    #[test]
    fn hours() {
        assert_first(&[
            ("struck yesterday morning", "yesterday morning", "2015-05-06TMO"),
            ("hit overnight", "overnight", "2015-05-06TNI"),
            ("the night of 3 March", "the night of 3 March", "2015-03-03TNI"),
            ("at 12:00 UTC Monday", "12:00 UTC Monday", "2015-05-04T12:00Z"),
            ("at 6:40 p.m. it", "6:40 p.m.", "2015-05-07T18:40"),
            ("at 0300 GMT it", "0300 GMT", "2015-05-07T03:00Z"),
            ("at noon on Friday", "noon", "2015-05-07T12:00"),
            ("last night", "last night", "2015-05-06TNI"),
        ]);
    }

    #[test]
    fn lengths_and_what_comes_back() {
        for (text, words, value, kind) in [
            ("for three days", "three days", "P3D", TimeKind::Duration),
            ("over the next four years", "the next four years", "P4Y", TimeKind::Duration),
            ("in the past week alone", "the past week", "P1W", TimeKind::Duration),
            ("a 27-year contract", "27-year", "P27Y", TimeKind::Duration),
            ("two and a half years", "two and a half years", "P2.5Y", TimeKind::Duration),
            ("for several weeks", "several weeks", "PXW", TimeKind::Duration),
            ("in recent years", "recent years", "PXY", TimeKind::Duration),
            ("15 a year", "a year", "P1Y", TimeKind::Set),
            ("every two months", "every two months", "P2M", TimeKind::Set),
            ("on Sundays", "Sundays", "XXXX-WXX-7", TimeKind::Set),
            ("the annual report", "annual", "P1Y", TimeKind::Set),
            ("is now here", "now", "PRESENT_REF", TimeKind::Date),
            ("in the future", "the future", "FUTURE_REF", TimeKind::Date),
        ] {
            let all = read(text, Some("2015-05-07"));
            assert_eq!(all.first(), Some(&(words.to_string(), value.to_string(), kind)), "{text}");
        }
    }

    #[test]
    fn what_is_not_known_is_not_guessed() {
        assert_eq!(read("on Tuesday", None)[0].1, "XXXX-WXX-2");
        assert_eq!(read("on Jan. 8", None)[0].1, "XXXX-01-08");
        assert_eq!(read("last month", None)[0].1, "XXXX-XX");
        assert_eq!(read("at 18:00", None)[0].1, "XXXX-XX-XXT18:00");
        assert_eq!(read("on 4 April and 6 May 2016", None)[0].1, "2016-04-04");
    }

    #[test]
    fn other_words_are_no_dates() {
        for text in
            ["they may march", "2,000 people", "$2015", "Resolution 2254", "at 3 of them", "the fall of Kabul", "a quarter of them"]
        {
            assert_eq!(read(text, Some("2015-05-07")), [], "{text}");
        }
    }

    /// The dates that records get from a sentence.
    fn dates(text: &str) -> Vec<Option<String>> {
        let lexicon = Lexicon::builtin();
        let mut document = Document::new("d", text);
        document.published = Some("2015-05-07".parse().unwrap());
        let analysis = onrecord_language::Engine::builtin().analyse(text);
        let trees: Vec<Tree> = analysis.sentences.iter().map(|s| Tree::new(text, s)).collect();
        let times = Times::find(&document, &trees, &lexicon);
        times.sentences.iter().flatten().map(|e| e.date.clone()).collect()
    }

    #[test]
    fn intervals() {
        let both = |date: &str| vec![Some(date.to_owned()), Some(date.to_owned())];
        assert_eq!(dates("The talks were held on 25-26 October 2014 in Oslo."), both("2014-10-25/2014-10-26"));
        assert_eq!(dates("They fought from June to August 2012."), both("2012-06/2012-08"));
        assert_eq!(dates("He governed between 1992 and 1996."), both("1992/1996"));
        assert_eq!(dates("He served in 2015-16."), both("2015/2016"));
        assert_eq!(dates("They have fought since 2012."), [Some("2012/..".to_owned())]);
        assert_eq!(dates("In the past week three died."), [Some("2015-04-30/2015-05-06".to_owned())]);
        assert_eq!(dates("The army shelled it overnight."), [Some("2015-05-06/2015-05-07".to_owned())]);
    }

    #[test]
    fn lengths_date_nothing() {
        assert_eq!(dates("They marched for three days."), [None]);
        assert_eq!(dates("They march every Sunday."), [None]);
    }

    #[test]
    fn a_dateline_dates_the_report() {
        let lexicon = Lexicon::builtin();
        let day = |text| dateline(text, &lexicon).map(|(day, _)| day.to_string());
        assert_eq!(day("Boats found\n\nMonday, May 18, 2015\n\nOn Friday, two boats sank.").as_deref(), Some("2015-05-18"));
        assert_eq!(day("Boats found\n\nOn May 18, 2015 two boats sank.\n"), None);
        assert_eq!(day("May 18, 2015 two boats sank.\n"), None);
    }
}
