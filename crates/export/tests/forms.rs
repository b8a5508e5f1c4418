//! Every form from invented lines: its columns, what hostile words do to it, what an empty account and one that knows nothing give.

mod account;

use account::{TEXT, bare, document, event, figure, hostile, report, told, written};
use onrecord_account::{Line, Related, Relation, Told};
use onrecord_export::{Export, ExportError, Form, Tally};
use onrecord_record::{Bound, Factuality, Value};
use std::collections::BTreeMap;
use std::io::{self, Write};

const FORMS: [Form; 13] = [
    Form::Csv,
    Form::Parquet,
    Form::Arrow,
    Form::GeoJson,
    Form::Gdelt,
    Form::GdeltMentions,
    Form::Polecat,
    Form::AcledLike,
    Form::UcdpLike,
    Form::WebAnno,
    Form::Claims,
    Form::Ninjs,
    Form::Md,
];

fn one(form: Form, lines: Vec<Line>) -> (String, Tally) {
    let (mut files, tally) = written(form, lines);
    (String::from_utf8(files.remove("").unwrap()).unwrap(), tally)
}

fn table(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn tab_forms_have_their_columns_whatever_the_words() {
    for (form, columns, rows) in [(Form::Gdelt, 61, 1), (Form::GdeltMentions, 16, 1), (Form::Polecat, 40, 2)] {
        let (text, _) = one(form, hostile());
        assert!(text.ends_with('\n'));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), rows, "{form:?}");
        for line in lines {
            assert_eq!(line.split('\t').count(), columns, "{form:?}: {line}");
        }
    }
    let (polecat, _) = one(Form::Polecat, hostile());
    assert!(polecat.starts_with("Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\t"));
    assert!(polecat.lines().next().unwrap().ends_with("\tStory Locations\tLanguage\tVersion"));
}

#[test]
fn gdelt_cells_stand_where_gdelt_has_them() {
    let (text, tally) = one(Form::Gdelt, hostile());
    let cells: Vec<&str> = text.trim_end_matches('\n').split('\t').collect();
    // Zero-based, as loaders of the published files count.
    let expected = [
        (0, "255"),
        (1, "20260203"),
        (2, "202602"),
        (3, "2026"),
        (4, "2026.1726"),
        (5, "RUSMIL"),
        (6, "=cmd|' /C calc'!A0"),
        (7, "RUS"),
        (12, "MIL"),
        (15, "UKRCVL"),
        (16, "village, שלום 🕊"),
        (25, "1"),
        (26, "1951"),
        (27, "195"),
        (28, "19"),
        (29, "4"),
        (30, "-10.0"),
        (31, "1"),
        (32, "1"),
        (33, "1"),
        (34, ""),
        (51, "4"),
        (52, "Port Amber, Ukraine"),
        (53, "UP"),
        (56, "46.5"),
        (57, "30.7"),
        (58, ""),
        (59, "20260204000000"),
        (60, "https://harbour.example/raid?a=1&b=2"),
    ];
    for (at, cell) in expected {
        assert_eq!(cells[at], cell, "column {at}");
    }
    assert_eq!((tally.read["events"], tally.wrote["rows"]), (1, 1));
    assert_eq!(tally.noted.values().sum::<usize>(), 1, "three parties in two columns");
}

#[test]
fn gdelt_mentions_point_at_the_words() {
    let (text, tally) = one(Form::GdeltMentions, hostile());
    let cells: Vec<&str> = text.trim_end_matches('\n').split('\t').collect();
    assert_eq!(
        cells[..6],
        ["255", "20260204000000", "20260204000000", "1", "The \"Harbour\", Daily", "https://harbour.example/raid?a=1&b=2"]
    );
    // The first party stands at code point 24, the second, by another of its names, behind "attacked the".
    assert_eq!(cells[6..11], ["", "24", "56", "43", "1"]);
    assert_eq!(cells[12], TEXT.chars().count().to_string());
    assert_eq!(cells[15], "event-0000000000ff");
    assert_eq!(tally.noted.values().sum::<usize>(), 1, "the denial is no mention");
    let (text, _) = one(Form::GdeltMentions, vec![bare()]);
    let cells: Vec<&str> = text.trim_end_matches('\n').split('\t').collect();
    assert_eq!((cells[1], cells[3], cells[5], cells[7], cells[8]), ("", "2", "d2", "-1", "-1"));
}

#[test]
fn what_is_denied_is_no_event_of_gdelt_or_polecat() {
    for form in [Form::Gdelt, Form::GdeltMentions] {
        let (text, tally) = one(form, vec![event(Factuality::Negated)]);
        assert_eq!((text.as_str(), tally.noted.values().sum::<usize>()), ("", 1));
    }
    assert_eq!(one(Form::Polecat, vec![event(Factuality::Planned)]).0.lines().count(), 1);
    assert_eq!(table(&one(Form::AcledLike, vec![event(Factuality::Negated)]).0).len(), 0);
    assert_eq!(table(&one(Form::AcledLike, vec![event(Factuality::Uncertain)]).0)[0]["onrecord_factuality"], "uncertain");
}

#[test]
fn polecat_scores_and_joins() {
    let (text, _) = one(Form::Polecat, hostile());
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    let cell = |name: &str| rows[1][rows[0].iter().position(|column| *column == name).unwrap()];
    assert_eq!((cell("Event Date"), cell("Intensity"), cell("Quad Code")), ("2026-02-03", "-9.5", "MATERIAL CONFLICT"));
    assert_eq!((cell("Actor Name"), cell("Actor COW")), ("=cmd|' /C calc'!A0; Third force", "365"));
    assert_eq!((cell("City"), cell("GeoNames ID"), cell("Language")), ("Port Amber", "698740", "en"));
}

#[test]
fn acled_like_has_acleds_columns_first_and_ours_behind() {
    let (text, _) = one(Form::AcledLike, hostile());
    assert!(text.starts_with(
        "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,\
         assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,\
         geo_precision,source,source_scale,notes,fatalities,tags,timestamp,onrecord_"
    ));
    let row = &table(&text)[0];
    assert_eq!((row["sub_event_type"].as_str(), row["time_precision"].as_str()), ("Air/drone strike", "1"));
    assert_eq!((row["inter1"].as_str(), row["interaction"].as_str()), ("External/Other forces", "Civilians-External/Other forces"));
    assert_eq!((row["iso"].as_str(), row["country"].as_str(), row["geo_precision"].as_str()), ("804", "Ukraine", "1"));
    assert_eq!(row["assoc_actor_1"], "Third\r\nforce");
    // Two sources do not agree: no number is put in their place.
    assert_eq!((row["fatalities"].as_str(), row["onrecord_fatalities_low"].as_str()), ("", "5"));
    let (text, _) = one(Form::AcledLike, vec![bare()]);
    let row = &table(&text)[0];
    let known: Vec<&str> = row.iter().filter(|(_, cell)| !cell.is_empty()).map(|(column, _)| column.as_str()).collect();
    let expected = [
        "disorder_type",
        "event_id_cnty",
        "notes",
        "onrecord_factuality",
        "onrecord_reports",
        "onrecord_type",
        "onrecord_witnesses",
    ];
    assert_eq!(known, expected);
}

#[test]
fn ucdp_like_counts_from_the_series() {
    let (text, _) = one(Form::UcdpLike, hostile());
    let header: Vec<&str> = text.lines().next().unwrap().split(',').collect();
    assert_eq!(header.iter().position(|column| column.starts_with("onrecord_")), Some(49));
    assert_eq!(
        (header[0], header[5], header[24], header[44..49].join(" ").as_str()),
        ("id", "type_of_violence", "where_prec", "best high low gwnoa gwnob")
    );
    let deaths = |lines: Vec<Line>| {
        let row = table(&one(Form::UcdpLike, lines).0).swap_remove(0);
        ["best", "low", "high", "deaths_civilians"].map(|column| row[column].clone()).join("|")
    };
    assert_eq!(deaths(hostile()), "|5|7|");
    assert_eq!(deaths(vec![bare()]), "|||");
    let with = |told: Vec<Told>, relations| vec![event(Factuality::Actual), figure(told, relations)];
    let told_by = |n: f64, bound| told("d1", Value::One(n), bound);
    assert_eq!(deaths(with(vec![told_by(5.0, Bound::AtLeast)], vec![])), "5|5||5");
    assert_eq!(deaths(with(vec![told_by(5.0, Bound::AtMost)], vec![])), "||5|");
    assert_eq!(deaths(with(vec![told("d1", Value::Range(24.0, 99.0), Bound::About)], vec![])), "|24|99|");
    let update = vec![Related { a: 0, b: 1, is: Relation::Update }];
    assert_eq!(deaths(with(vec![told_by(3.0, Bound::Exact), told_by(4.0, Bound::Exact)], update)), "4|4|4|4");
    let feared = Told { factuality: Factuality::Conditional, ..told_by(900.0, Bound::Exact) };
    assert_eq!(deaths(with(vec![feared], vec![])), "|||");
    let row = table(&one(Form::UcdpLike, hostile()).0).swap_remove(0);
    assert_eq!((row["date_prec"].as_str(), row["where_prec"].as_str(), row["geom_wkt"].as_str()), ("1", "1", "POINT (30.7 46.5)"));
    assert_eq!((row["gwnoa"].as_str(), row["gwnob"].as_str(), row["country_id"].as_str()), ("365", "", "369"));
    assert!(row["onrecord_fatalities_told"].starts_with("at least 5 civilian (The \"Harbour\", Daily, "));
}

#[test]
fn a_map_has_longitude_first_and_counts_what_it_lacks() {
    let (text, tally) = one(Form::GeoJson, vec![event(Factuality::Planned), bare()]);
    let map: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(map["features"][0]["geometry"]["coordinates"], serde_json::json!([30.7, 46.5]));
    assert_eq!(map["features"][0]["properties"]["factuality"], "planned");
    assert_eq!(map["onrecord"], serde_json::json!({ "events": 2, "without_coordinates": 1 }));
    assert_eq!(tally.to_string(), "from 2 events: wrote 1 feature; 1 event without coordinates left out");
}

#[test]
fn annotations_quote_what_stands_at_their_positions() {
    let (text, tally) = one(Form::WebAnno, hostile());
    let page: serde_json::Value = serde_json::from_str(&text).unwrap();
    let items = page["items"].as_array().unwrap();
    assert_eq!((items.len(), page["partOf"]["total"].as_u64(), tally.wrote["annotations"]), (6, Some(6), 6));
    let points: Vec<char> = TEXT.chars().collect();
    for target in items.iter().flat_map(|item| item["target"].as_array().unwrap()) {
        let [quote, position] = [&target["selector"][0], &target["selector"][1]];
        let at = |name: &str| usize::try_from(position[name].as_u64().unwrap()).unwrap();
        let words: String = points[at("start")..at("end").min(points.len())].iter().collect();
        assert_eq!(quote["exact"], words);
    }
}

#[test]
fn claims_are_never_reviewed() {
    let (text, _) = one(Form::Claims, hostile());
    let graph: serde_json::Value = serde_json::from_str(&text).unwrap();
    let claim = &graph["@graph"][0];
    assert_eq!((&claim["@type"], &claim["identifier"]), (&"Claim".into(), &"statement-1".into()));
    assert_eq!((&claim["appearance"][0]["@type"], &claim["appearance"][0]["text"]), (&"Quotation".into(), &"שלום 🕊".into()));
    assert!(!text.contains("ClaimReview") && !text.contains("reviewRating"));
}

#[test]
fn news_items_stand_one_a_line() {
    let (text, _) = one(Form::Ninjs, hostile());
    let items: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(items.len(), 2);
    assert_eq!((&items[0]["uri"], &items[1]["uri"]), (&"urn:onrecord:document:d1".into(), &"urn:onrecord:document:d2".into()));
    assert_eq!((&items[0]["bodies"][0]["value"], items[1].get("title")), (&TEXT.into(), None));
    assert_eq!(items[0]["altIds"][0]["value"], "https://harbour.example/raid?a=1&b=2");
    assert!(items[0].get("versionCreated").is_none(), "no hour is made up");
}

#[test]
fn a_brief_says_it_in_english_with_the_words_beneath() {
    let (text, _) = one(Form::Md, hostile());
    assert!(
        text.contains(
            "On 3 February 2026, =cmd\\|' /C calc'!A0 and Third force attacked village, שלום 🕊 in Port Amber (drone).[^1][^2]"
        ),
        "{text}"
    );
    assert!(text.contains("[^1]: “=cmd\\|' /C calc'!A0 attacked the village”, as given by mayor. "), "{text}");
    assert!(text.contains("told as negated"));
    assert!(text.contains("- civilian, killed: at least 5 (The \"Harbour\", Daily)[^3] · 7 (d2)[^4]"), "{text}");
    assert!(text.contains("## Where parties stand\n\n-holder demanded: “"), "{text}");
    assert!(text.contains("## Who said what\n\nAs reported on 4 February 2026, village, שלום 🕊 said: “"), "{text}");
    assert!(text.ends_with("1 event, 1 position, 1 statement.\n"), "{text}");
}

#[test]
fn an_empty_account_is_an_empty_file_of_its_form() {
    for form in FORMS {
        let (files, tally) = written(form, vec![]);
        assert!(tally.wrote.is_empty(), "{form:?}");
        for (name, bytes) in files {
            let text = String::from_utf8_lossy(&bytes);
            let lines = text.lines().count();
            match form {
                Form::Gdelt | Form::GdeltMentions | Form::Ninjs => assert_eq!(text, "", "{form:?}"),
                Form::Csv | Form::Polecat | Form::AcledLike | Form::UcdpLike => assert_eq!(lines, 1, "{form:?} {name}"),
                Form::GeoJson | Form::WebAnno | Form::Claims => drop(serde_json::from_str::<serde_json::Value>(&text).unwrap()),
                Form::Parquet => assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"), "{name}"),
                Form::Arrow => assert!(bytes.starts_with(&[0xFF; 4]) && bytes.ends_with(&[0; 4]), "{name}"),
                Form::Md => assert!(text.contains("Nothing is on record.")),
            }
        }
    }
}

#[test]
fn what_knows_nothing_is_written_all_the_same() {
    for form in FORMS {
        written(form, vec![report("d2"), bare()]);
    }
}

struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::Error::from(io::ErrorKind::StorageFull))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_and_a_missing_report_are_told() {
    for form in FORMS {
        let export = || -> Result<Tally, ExportError> {
            let mut export = Export::new(form, Box::new(|_| Ok(Box::new(Full))), Box::new(document))?;
            for line in hostile() {
                export.take(line)?;
            }
            export.end()
        };
        assert!(matches!(export(), Err(ExportError::Write(_))), "{form:?}");
    }
    let mut lost = bare();
    if let Line::Event { reports, .. } = &mut lost {
        reports[0].document = "gone".into();
    }
    let mut export = Export::new(Form::Md, Box::new(|_| Ok(Box::new(io::sink()))), Box::new(document)).unwrap();
    export.take(lost).unwrap();
    assert_eq!(export.end().unwrap_err().to_string(), "gone: no such report");
}
