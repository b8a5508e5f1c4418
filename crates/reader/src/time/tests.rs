//! Sentences by kind, and what their times come to.

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
        ("on Monday, Dec. 15, they", "Monday, Dec. 15", "2014-12-15"),
        ("it will open on Friday, Jul 15", "Friday, Jul 15", "2016-07-15"),
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
        ("the 20th of last month", "the 20th of last month", "2015-04-20"),
        ("the week of March 4", "the week of March 4", "2015-W10"),
        ("next week Wednesday", "next week Wednesday", "2015-05-13"),
        ("it will open in two weeks", "two weeks", "2015-W21"),
        ("last week's vote", "last week", "2015-W18"),
        ("by year-end", "year-end", "2015"),
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
        ("at 8.30pm today", "8.30pm today", "2015-05-07T20:30"),
        ("this afternoon at 3:20", "this afternoon", "2015-05-07TAF"),
        ("this at 3:15 in the afternoon", "3:15 in the afternoon", "2015-05-07T15:15"),
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
    let trees: Vec<Tree> = analysis.sentences.iter().map(|s| Tree::new(text, s, &lexicon.measures)).collect();
    let times = Times::find(&document, &trees, &lexicon);
    times.sentences.iter().flatten().map(|e| e.date.clone()).collect()
}

/// Date of the event whose trigger is this word.
fn event_date(text: &str, trigger: &str) -> Option<String> {
    let mut document = Document::new("d", text);
    document.published = Some("2015-05-07".parse().unwrap());
    let record = crate::Reader::builtin().read(&document);
    let event = record.events.iter().find(|e| document.slice(e.trigger).contains(trigger));
    event.unwrap_or_else(|| panic!("no {trigger} in {text}")).date.clone()
}

#[test]
fn the_right_one_of_several_dates_an_event() {
    let killed = "Gunmen killed nine people in Herat on Sunday evening, police said.";
    assert_eq!(event_date(killed, "killed").as_deref(), Some("2015-05-03"));
    let raid = "Rebels attacked the camp of Adra and killed 12 soldiers on Tuesday.";
    assert_eq!(event_date(raid, "attacked").as_deref(), Some("2015-05-05"));
    let fight = "The army fought the rebels for three days.";
    assert_eq!(event_date(fight, "fought"), None);
}

#[test]
fn what_is_told_by_its_distance_in_days() {
    let strike = "A bomb killed nine people in Herat on Tuesday, three days after an attack on the town of Farah killed 12.";
    assert_eq!(event_date(strike, "attack").as_deref(), Some("2015-05-02"));
    let talks = "The minister rejected the plan on Wednesday, two days before a second round of talks in Geneva.";
    assert_eq!(event_date(talks, "round").as_deref(), Some("2015-05-08"));
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
