//! The seven tables, as csv and as Parquet, from invented lines.

mod account;

use account::{Files, bare, event, figure, hostile, report, told, written};
use bytes::Bytes;
use onrecord_account::{Line, Related, Relation};
use onrecord_export::Form;
use onrecord_record::{Bound, Factuality, Value};
use parquet::file::reader::{FileReader, SerializedFileReader};
use std::collections::BTreeMap;

const TABLES: [&str; 7] = ["actors", "documents", "events", "figures", "mentions", "positions", "statements"];

fn files(ending: &str) -> Vec<String> {
    TABLES.iter().map(|table| format!("{table}.{ending}")).collect()
}

fn cells(csv: &[u8]) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(csv).deserialize().map(Result::unwrap).collect()
}

fn parquet(bytes: &[u8]) -> SerializedFileReader<Bytes> {
    SerializedFileReader::new(Bytes::copy_from_slice(bytes)).unwrap()
}

/// Cells by column, as text: `null`, `"words"`, `[{start: 1, end: 2}]`.
fn values(parquet_file: &[u8]) -> Vec<BTreeMap<String, String>> {
    let file = parquet(parquet_file);
    let rows = file.get_row_iter(None).unwrap().map(Result::unwrap);
    rows.map(|row| row.get_column_iter().map(|(name, value)| (name.clone(), value.to_string())).collect()).collect()
}

/// Rows of each group.
fn groups(parquet_file: &[u8]) -> Vec<i64> {
    parquet(parquet_file).metadata().row_groups().iter().map(|group| group.num_rows()).collect()
}

#[test]
fn csv_disarms_formulas_and_loses_nothing() {
    let (found, tally) = written(Form::Csv, hostile());
    assert!(found.keys().eq(files("csv").iter()));
    let rows = |name: &str| cells(&found[name]);
    let lengths: Vec<usize> = found.keys().map(|name| rows(name).len()).collect();
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
fn parquet_has_the_rows_and_columns_of_csv() {
    let (csv, of_csv) = written(Form::Csv, hostile());
    let (found, tally) = written(Form::Parquet, hostile());
    assert!(found.keys().eq(files("parquet").iter()));
    assert_eq!(tally, of_csv);
    for (table, bytes) in csv.values().zip(found.values()) {
        let header = table.split(|&byte| byte == b'\n').next().unwrap();
        let read = parquet(bytes);
        let fields: Vec<&str> = read.metadata().file_metadata().schema().get_fields().iter().map(|field| field.name()).collect();
        let shared: Vec<&str> = fields.into_iter().filter(|name| !matches!(*name, "date_start" | "date_end")).collect();
        assert_eq!(shared.join(","), String::from_utf8_lossy(header));
        assert_eq!(values(bytes).len(), cells(table).len());
    }
}

#[test]
fn parquet_gives_words_as_they_are_and_lists_as_lists() {
    let (files, _) = written(Form::Parquet, hostile());
    let first = |name: &str| values(&files[name]).swap_remove(0);
    let is = |row: &BTreeMap<String, String>, expected: &[(&str, &str)]| {
        for (column, value) in expected {
            assert_eq!(row[*column], *value, "{column}");
        }
    };
    is(
        &first("events.parquet"),
        &[
            ("actors", "[\"=cmd|' /C calc'!A0\", \"Third\r\nforce\"]"),
            ("actor_ids", "[\"a1\", \"a3\"]"),
            ("recipients", "[\"village, שלום 🕊\"]"),
            ("date", "\"2026-02-03\""),
            ("date_start", "2026-02-03"),
            ("date_end", "2026-02-03"),
            ("lat", "46.5"),
            ("geonames", "698740"),
            ("reports", "2"),
        ],
    );
    is(
        &first("mentions.parquet"),
        &[
            ("trigger", "\"attacked\""),
            ("start", "43"),
            ("evidence", "\"=cmd|' /C calc'!A0 attacked the\nvillage\""),
            ("evidence_spans", "[{start: 24, end: 63}]"),
            ("given_by", "[\"mayor\"]"),
        ],
    );
    is(&first("documents.parquet"), &[("title", "\"=1+1\""), ("outlet", "null"), ("published", "null"), ("copy_of", "null")]);
    is(&first("positions.parquet"), &[("conditions", "[\"Raid\", \"on\"]"), ("date", "null"), ("date_start", "null")]);
    is(&first("statements.parquet"), &[("content", "\"שלום 🕊\""), ("published", "2026-02-04")]);
}

#[test]
fn parquet_says_null_where_nothing_is_known() {
    let (files, _) = written(Form::Parquet, vec![bare()]);
    let row = values(&files["events.parquet"]).swap_remove(0);
    let with = |value: &str| {
        row.iter().filter(|(_, cell)| *cell == value).map(|(column, _)| column.as_str()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(with("null"), "cameo country date date_end date_start geonames lat lon mode place precision");
    assert_eq!(with("[]"), "actor_ids actors contexts figure_ids recipient_ids recipients why_merged");
}

#[test]
fn parquet_has_both_ends_of_a_date_as_far_as_they_are_known() {
    let dated = |iso: &str| {
        let mut line = event(Factuality::Actual);
        if let Line::Event { date, .. } = &mut line {
            *date = Some(iso.to_owned());
        }
        let row = values(&written(Form::Parquet, vec![line]).0["events.parquet"]).swap_remove(0);
        ["date", "date_start", "date_end"].map(|column| row[column].clone()).join(" ")
    };
    assert_eq!(dated("2026-02"), "\"2026-02\" 2026-02-01 2026-02-28");
    assert_eq!(dated("2026-01-05/.."), "\"2026-01-05/..\" 2026-01-05 null");
    assert_eq!(dated("PXD"), "\"PXD\" null null");
}

#[test]
fn parquet_says_how_values_stand_to_earlier_ones() {
    let value = |n| told("d1", Value::One(n), Bound::Exact);
    let update = |a, b| Related { a, b, is: Relation::Update };
    let relations = vec![update(0, 1), update(0, 2), Related { a: 2, b: 1, is: Relation::Conflict }];
    let (files, _) = written(Form::Parquet, vec![figure(vec![value(3.0), value(4.0), value(9.0)], relations)]);
    let rows = values(&files["figures.parquet"]);
    let found: Vec<&str> = rows.iter().map(|row| row["relations"].as_str()).collect();
    let third = "[{is: \"update\", nth: 1}, {is: \"conflict\", nth: 2}]";
    assert_eq!(found, ["[]", "[{is: \"update\", nth: 1}]", third]);
    assert_eq!((rows[0]["low"].as_str(), rows[2]["high"].as_str(), rows[2]["nth"].as_str()), ("3.0", "9.0", "3"));
}

#[test]
fn parquet_goes_out_in_groups() {
    let files = Files::default();
    let mut export = files.export(Form::Parquet);
    for n in 0..70_000 {
        export.take(report(&format!("d{n:06}"))).unwrap();
    }
    let early = files.0.borrow()["documents.parquet"].len();
    export.end().unwrap();
    let written = files.0.take().remove("documents.parquet").unwrap();
    assert!(early > 50_000, "the first group is out before the end: {early} of {} bytes", written.len());
    assert_eq!(groups(&written), [65_536, 4_464]);
    let ids: Vec<String> = values(&written).into_iter().map(|mut row| row.remove("document_id").unwrap()).collect();
    assert!(ids.iter().enumerate().all(|(n, id)| *id == format!("\"d{n:06}\"")));
}

#[test]
fn many_words_make_a_group_too() {
    let long = "שלום ".repeat(1 << 17);
    let lines = (0..40).map(|n| Line::Document {
        id: n.to_string(),
        outlet: None,
        published: None,
        title: Some(long.clone()),
        url: None,
        copy_of: None,
    });
    let (files, _) = written(Form::Parquet, lines.collect());
    let groups = groups(&files["documents.parquet"]);
    assert!(groups.len() > 1 && groups.iter().sum::<i64>() == 40, "{groups:?}");
}

#[test]
fn the_same_account_gives_the_same_bytes() {
    assert_eq!(written(Form::Parquet, hostile()).0, written(Form::Parquet, hostile()).0);
}

#[test]
fn empty_tables_have_their_columns() {
    for (name, bytes) in written(Form::Parquet, vec![]).0 {
        let read = parquet(&bytes);
        let metadata = read.metadata().file_metadata();
        assert!(metadata.num_rows() == 0 && metadata.schema().get_fields().len() >= 6, "{name}");
    }
}
