//! Every form from invented lines: its columns, what hostile words do to it, what an empty account and one that knows nothing give.

use onrecord_account::{Appearance, Line, Related, Relation, Taken, Telling, Told, Who};
use onrecord_export::{Export, ExportError, Form, Tally};
use onrecord_record::{Act, ActorKind, Bound, EventType, Factuality, Measure, Move, Place, Precision, Sector, SpeechMode, Value};
use onrecord_text::Document;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::rc::Rc;

const FORMS: [Form; 11] = [
    Form::Csv,
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

const TEXT: &str =
    "Raid — on “Port\tAmber”\n\n=cmd|' /C calc'!A0 attacked the\nvillage, שלום 🕊, the \"mayor\" said. At least 5 civilians died.";

#[derive(Clone, Default)]
struct Files(Rc<RefCell<BTreeMap<String, Vec<u8>>>>);

struct OneFile(Files, String);

impl Write for OneFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.0.borrow_mut().entry(self.1.clone()).or_default().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn document(id: &str) -> Result<Document, Box<dyn std::error::Error + Send + Sync>> {
    let mut document = Document::new(id, TEXT);
    if id == "d1" {
        document.title = Some("Raid — on “Port\tAmber”".into());
        document.outlet = Some("The \"Harbour\", Daily".into());
        document.published = Some("2026-02-04".parse()?);
        document.url = Some("https://harbour.example/raid?a=1&b=2".into());
    }
    if id == "gone" { Err("gone: no such report".into()) } else { Ok(document) }
}

fn written(form: Form, lines: Vec<Line>) -> (BTreeMap<String, String>, Tally) {
    let files = Files::default();
    let open = files.clone();
    let open = move |name: &str| {
        open.0.borrow_mut().insert(name.to_owned(), Vec::new());
        Ok(Box::new(OneFile(open.clone(), name.to_owned())) as Box<dyn Write>)
    };
    let mut export = Export::new(form, Box::new(open), Box::new(document)).unwrap();
    for line in lines {
        export.take(line).unwrap();
    }
    let tally = export.end().unwrap();
    let text = |(name, bytes): (&String, &Vec<u8>)| (name.clone(), String::from_utf8(bytes.clone()).unwrap());
    let files = files.0.borrow().iter().map(text).collect();
    (files, tally)
}

fn one(form: Form, lines: Vec<Line>) -> (String, Tally) {
    let (files, tally) = written(form, lines);
    (files[""].clone(), tally)
}

fn who(id: &str, name: &str) -> Who {
    Who { id: id.into(), name: name.into() }
}

fn telling(document: &str, factuality: Factuality) -> Telling {
    let (record, witness) = ("e1".into(), document.into());
    let evidence = vec![[24, 63]];
    Telling { document: document.into(), record, witness, trigger: [43, 51], evidence, given_by: vec!["mayor".into()], factuality }
}

fn told(document: &str, value: Value, bound: Bound) -> Told {
    Told {
        document: document.into(),
        record: "f1".into(),
        value,
        bound,
        given_by: vec![],
        span: [90, 110],
        published: None,
        factuality: Factuality::Actual,
    }
}

fn figure(series: Vec<Told>, relations: Vec<Related>) -> Line {
    let event = Some("event-0000000000ff".into());
    Line::Figure { id: "figure-1".into(), event, measure: Measure::Killed, of: "civilian".into(), series, relations }
}

fn event(factuality: Factuality) -> Line {
    let place = Place {
        name: "Port\tAmber".into(),
        country: Some("UKR".into()),
        lat: Some(46.5),
        lon: Some(30.7),
        geonames: Some(698_740),
        precision: Some(Precision::City),
    };
    Line::Event {
        id: "event-0000000000ff".into(),
        event_type: EventType::Assault,
        mode: Some("drone".into()),
        contexts: vec!["military".into()],
        cameo: Some("1951".into()),
        actors: vec![who("a1", "=cmd|' /C calc'!A0"), who("a3", "Third\r\nforce")],
        recipients: vec![who("a2", "village, שלום 🕊")],
        date: Some("2026-02-03".into()),
        place: Some(place),
        factuality,
        figures: vec!["figure-1".into()],
        reports: vec![telling("d1", factuality), telling("d2", Factuality::Negated)],
        witnesses: 2,
        why_merged: vec!["same date".into()],
    }
}

fn actor(id: &str, name: &str, country: &str, sector: Sector) -> Line {
    Line::Actor {
        id: id.into(),
        name: name.into(),
        aliases: vec![name.into(), "village".into()],
        actor_kind: ActorKind::Military,
        country: Some(country.into()),
        sector: Some(sector),
        roles: vec!["@chief".into()],
        documents: vec!["d1".into()],
        reports: vec![],
    }
}

fn report(id: &str) -> Line {
    Line::Document { id: id.into(), outlet: None, published: None, title: Some("=1+1".into()), url: None, copy_of: None }
}

fn hostile() -> Vec<Line> {
    vec![
        report("d1"),
        report("d2"),
        actor("a1", "=cmd|' /C calc'!A0", "RUS", Sector::Mil),
        actor("a2", "village, שלום 🕊", "UKR", Sector::Cvl),
        event(Factuality::Actual),
        figure(vec![told("d1", Value::One(5.0), Bound::AtLeast), told("d2", Value::One(7.0), Bound::Exact)], vec![]),
        Line::Position {
            id: "position-1".into(),
            holder: vec![who("a1", "-holder")],
            issue: "=issue".into(),
            history: vec![Taken {
                document: "d1".into(),
                record: "p1".into(),
                stance: Move::Demand,
                proposition: [24, 50],
                conditions: vec![[0, 4], [7, 9]],
                date: None,
                given_by: vec![],
            }],
        },
        Line::Statement {
            id: "statement-1".into(),
            speaker: vec![who("a2", "village, שלום 🕊")],
            act: Act::State,
            appearances: vec![Appearance {
                document: "d1".into(),
                record: "s1".into(),
                content: vec![[65, 71]],
                mode: SpeechMode::Direct,
                published: Some("2026-02-04".into()),
            }],
        },
    ]
}

/// An event of which nothing is known but that it is told.
fn bare() -> Line {
    Line::Event {
        id: "event-000000000001".into(),
        event_type: EventType::Assault,
        mode: None,
        contexts: vec![],
        cameo: None,
        actors: vec![],
        recipients: vec![],
        date: None,
        place: None,
        factuality: Factuality::Actual,
        figures: vec![],
        reports: vec![telling("d2", Factuality::Actual)],
        witnesses: 1,
        why_merged: vec![],
    }
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
fn tables_disarm_formulas_and_lose_nothing() {
    let (files, tally) = written(Form::Csv, hostile());
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        ["actors.csv", "documents.csv", "events.csv", "figures.csv", "mentions.csv", "positions.csv", "statements.csv"]
    );
    let rows = |name: &str| table(&files[name]);
    let lengths: Vec<usize> = names.iter().map(|name| rows(name).len()).collect();
    assert_eq!(lengths, [2, 2, 1, 2, 2, 1, 1]);
    assert_eq!(tally.wrote.values().sum::<usize>(), 11);
    assert_eq!(rows("documents.csv")[0]["title"], "'=1+1");
    assert_eq!(rows("events.csv")[0]["actors"], "'=cmd|' /C calc'!A0; Third\r\nforce");
    assert_eq!(rows("actors.csv")[0]["roles"], "'@chief");
    let mention = &rows("mentions.csv")[0];
    assert_eq!((mention["trigger"].as_str(), mention["evidence_spans"].as_str()), ("attacked", "24-63"));
    assert_eq!(mention["evidence"], "'=cmd|' /C calc'!A0 attacked the\nvillage");
    assert_eq!(rows("positions.csv")[0]["holder"], "'-holder");
    assert_eq!(rows("statements.csv")[0]["content"], "שלום 🕊");
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
    assert!(text.ends_with("1 event.\n"));
}

#[test]
fn an_empty_account_is_an_empty_file_of_its_form() {
    for form in FORMS {
        let (files, tally) = written(form, vec![]);
        assert!(tally.wrote.is_empty(), "{form:?}");
        for (name, text) in files {
            let lines = text.lines().count();
            match form {
                Form::Gdelt | Form::GdeltMentions | Form::Ninjs => assert_eq!(text, "", "{form:?}"),
                Form::Csv | Form::Polecat | Form::AcledLike | Form::UcdpLike => assert_eq!(lines, 1, "{form:?} {name}"),
                Form::GeoJson | Form::WebAnno | Form::Claims => drop(serde_json::from_str::<serde_json::Value>(&text).unwrap()),
                Form::Md => assert!(text.contains("No events are on record.")),
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
