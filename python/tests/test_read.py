"""Reading one report and many."""

import copy
import datetime
import json
import pickle
import threading
import time

import onrecord
import pyarrow as pa
import pytest


def test_one_report_is_what_the_program_prints(reports, printed):
    for report, line in zip(reports[:10], printed):
        known = {name: value for name, value in report.items() if value is not None}
        assert onrecord.read(**known).to_json() == line


def test_a_record_has_types_and_words():
    record = onrecord.read("The army said rebels had killed between 20 and 30 soldiers near Gao, Mali.", id="d1", published=datetime.date(2026, 3, 4))
    assert record.document == onrecord.Document("d1", record.document.text, title=record.document.title, published="2026-03-04")
    (figure,) = record.figures
    assert figure.value == (20, 30) and figure.place == record.events[0].place
    assert isinstance(figure.span, onrecord.Span) and record.words(figure.span) == "between 20 and 30 soldiers"
    statement = record.statements[0]
    assert [record.actor(who).name for who in statement.speaker] == ["army"]
    assert record.words(statement.content).startswith("rebels had killed")
    with pytest.raises(KeyError):
        record.actor("a99")
    assert copy.copy(record) == pickle.loads(pickle.dumps(record)) == onrecord.Record.from_json(record.to_json()) == record
    assert {record: 1}[copy.deepcopy(record)] == 1


def test_a_notebook_shows_the_evidence():
    html = onrecord.read("Norway offered talks <b>.", id="x")._repr_html_()
    assert html.startswith("<iframe srcdoc=") and "Norway" in html and "<b>" not in html


def test_a_page_is_read_as_its_article():
    page = "<html><head><title>Talks</title></head><body><article>" + "<p>Norway offered to host talks, the minister said on Sunday.</p>" * 5
    assert "Norway offered" in onrecord.read(html=page + "</article></body></html>").document.text


@pytest.mark.parametrize("text, known, why", [(" ", {}, "text"), ("x", {"published": "soon"}, "date"), (None, {}, "text")])
def test_what_cannot_be_read_is_told(text, known, why):
    with pytest.raises(ValueError, match=why):
        onrecord.read(text, **known)


def rows_as_json(rows):
    """Rows as the program prints them."""
    for row in rows.to_pylist():
        names = ("document_id", "title", "published", "language", "url", "outlet", "text")
        document = {name.removeprefix("document_"): row.pop(name) for name in names}
        if document["published"]:
            document["published"] = document["published"].isoformat()
        yield document, row


def spans(value):
    """Spans as pairs, as JSON has them."""
    if isinstance(value, dict):
        return [value["start"], value["end"]] if list(value) == ["start", "end"] else {name: spans(v) for name, v in value.items()}
    return [spans(v) for v in value] if isinstance(value, list) else value


@pytest.mark.parametrize("threads", [1, 8, None])
def test_a_batch_has_what_the_program_prints(reports, printed, threads):
    rows = onrecord.read_batch(pa.Table.from_pylist(reports), threads=threads)
    assert rows.schema.equals(onrecord.schema()) and rows.schema.metadata[b"onrecord"] == onrecord.__version__.encode()
    for (document, record), line in zip(rows_as_json(rows), printed, strict=True):
        expected = json.loads(line)
        assert document == expected["document"]
        for kind in ("actors", "statements", "events", "positions", "figures", "diagnostics"):
            for found, wanted in zip(spans(record[kind]), expected[kind], strict=True):
                if kind == "figures":
                    value = wanted.pop("value")
                    wanted["low"], wanted["high"] = value if isinstance(value, list) else (value, value)
                for name, value in wanted.items():
                    assert found[name] == (pytest.approx(value, rel=1e-6) if isinstance(value, float) else value), (kind, name)


def test_a_report_alone_is_read_as_in_a_batch(reports):
    table = pa.Table.from_pylist(reports)
    together = onrecord.read_batch(table)
    for n in range(0, len(reports), 9):
        assert onrecord.read_batch(table.slice(n, 1)).equals(together.slice(n, 1))


def test_batches_come_as_whatever_people_have():
    polars, pandas = pytest.importorskip("polars"), pytest.importorskip("pandas")
    rows = [{"id": "a", "text": "Rebels seized Gao.", "published": datetime.date(2026, 3, 4)}, {"id": "b", "text": "It rained.", "published": None}]
    expected = onrecord.read_batch(rows)
    assert expected.column("published").to_pylist() == [datetime.date(2026, 3, 4), None]
    assert onrecord.read_batch(polars.DataFrame(rows)).equals(expected)
    frame = pandas.DataFrame(rows)
    assert onrecord.read_batch(frame).equals(expected)
    frame["published"] = pandas.to_datetime(frame["published"])
    assert onrecord.read_batch(frame).equals(expected)
    (batch,) = pa.Table.from_pylist(rows).to_batches()
    assert isinstance(onrecord.read_batch(batch), pa.RecordBatch)
    encoded = pa.table({"text": pa.array(["It rained."] * 3).dictionary_encode()})
    assert onrecord.read_batch(encoded).num_rows == 3


def test_rows_may_know_different_things():
    rows = onrecord.read_batch([
        "The rebels left Gao on Sunday.",
        {"text": "The rebels left Gao on Sunday.", "published": datetime.date(2026, 3, 4)},
        {"html": "<article><p>The rebels left Gao on Sunday.</p></article>", "published": "2026-03-04", "outlet": "Post"},
    ])
    assert rows.column("published").to_pylist() == [None, datetime.date(2026, 3, 4), datetime.date(2026, 3, 4)]
    assert rows.column("outlet").to_pylist() == [None, None, "Post"]
    with pytest.raises(TypeError, match="a report is a text or a dictionary, not int"):
        onrecord.read_batch([7])
    assert onrecord.read_batch({"text": ["The rebels left."], "id": ["x"]}).column("document_id").to_pylist() == ["x"]


def test_a_time_has_the_day_of_its_zone():
    late = datetime.datetime(2026, 3, 4, 20, tzinfo=datetime.timezone.utc)
    table = pa.table({"text": ["The rebels left."], "published": pa.array([late], pa.timestamp("us", "Asia/Tokyo"))})
    assert onrecord.read_batch(table).column("published").to_pylist() == [datetime.date(2026, 3, 5)]


def test_dictionaries_are_words():
    outlets = pa.DictionaryArray.from_arrays(pa.array([0, None, 1], pa.int32()), ["Post", "Wire"])
    table = pa.table({"text": ["The rebels left."] * 3, "outlet": outlets})
    assert onrecord.read_batch(table).column("outlet").to_pylist() == ["Post", None, "Wire"]


def test_a_long_batch_is_a_batch():
    batch = pa.RecordBatch.from_pydict({"text": [f"Talks number {n} failed." for n in range(5_000)]})
    rows = onrecord.read_batch(batch)
    assert isinstance(rows, pa.RecordBatch) and rows.num_rows == 5_000 and rows.column("text")[4_999].as_py() == "Talks number 4999 failed."


def test_a_report_that_cannot_be_read_keeps_its_row():
    rows = onrecord.read_batch(pa.table({"id": ["a", "b", "c"], "text": ["It rained.", None, " "], "outlet": ["X", "Y", "Z"]}))
    assert rows.column("document_id").to_pylist() == ["a", "b", "c"] and rows.column("outlet").to_pylist() == ["X", "Y", "Z"]
    codes = [[said["code"] for said in row] for row in rows.column("diagnostics").to_pylist()]
    assert codes[0] == [] and codes[1] == codes[2] == ["unreadable"]


def test_an_id_is_made_of_the_content():
    first, second = (onrecord.read_batch(["It rained.", "It snowed."]).column("document_id").to_pylist() for _ in range(2))
    assert first == second and len(set(first)) == 2
    # However it is given.
    alone = onrecord.read("The rebels left.", outlet="Post").document.id
    batch = onrecord.read_batch(pa.table({"outlet": ["Post"], "text": ["The rebels left."], "title": pa.nulls(1)}))
    assert batch.column("document_id").to_pylist() == [alone]


@pytest.mark.parametrize("table, why", [({"words": ["x"]}, "\"text\" or \"html\""), ({"text": [["x"]]}, "make it a string")])
def test_a_batch_of_something_else_is_told(table, why):
    with pytest.raises(ValueError, match=why):
        onrecord.read_batch(pa.table(table))
    with pytest.raises(TypeError):
        onrecord.read_batch(7)


def test_nothing_gives_no_rows():
    assert onrecord.read_batch(pa.table({"text": pa.array([], pa.string())})).schema.equals(onrecord.schema())


def test_others_run_meanwhile(reports):
    """Python's lock is let go of: a thread that only counts is not held up for as long as a batch takes."""
    table, ticks, done = pa.Table.from_pylist(reports), [], threading.Event()

    def count():
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    counter = threading.Thread(target=count)
    counter.start()
    onrecord.read_batch(table, threads=1)
    done.set()
    counter.join()
    assert len(ticks) > 20


def test_tables_of_ones_own(tmp_path):
    with pytest.raises(ValueError, match="no table in"):
        onrecord.Reader(lexicon=tmp_path)
    with pytest.raises(ValueError, match="none of listed"):
        onrecord.Reader(statements="all")
    (tmp_path / "events.tsv").write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(ValueError, match="events.tsv"):
        onrecord.Reader(lexicon=tmp_path)
    reader = pickle.loads(pickle.dumps(onrecord.Reader(statements="listed")))
    assert reader.read("It rained.").document.text == "It rained."
