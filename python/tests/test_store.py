"""Asking a store."""

import json
import subprocess

import onrecord
import pyarrow as pa
import pytest


@pytest.fixture(scope="module")
def db(store):
    return onrecord.open(store)


@pytest.fixture(scope="module")
def account(program, store):
    run = subprocess.run([program, "export", "--db", str(store)], check=True, capture_output=True, text=True, encoding="utf-8")
    return [json.loads(line) for line in run.stdout.splitlines()]


def of(account, kind):
    return [line for line in account if line["kind"] == kind]


def test_every_table_has_what_the_account_has(db, account):
    lines = {kind: of(account, kind) for kind in ("document", "actor", "event", "position", "statement")}
    assert len(db) == len(db.documents()) == len(lines["document"])
    ids = {"actors": ("actor", "actor_id"), "events": ("event", "event_id"), "positions": ("position", "position_id"), "statements": ("statement", "statement_id")}
    for table, (kind, column) in ids.items():
        assert set(getattr(db, table)().arrow().column(column).to_pylist()) == {line["id"] for line in lines[kind]}
    assert len(db.mentions()) == sum(len(line["reports"]) for line in lines["event"])
    of_events = [line for line in of(account, "figure") if line["event"]]
    assert len(db.figures()) == sum(len(line["series"]) for line in of_events)


def test_a_question_is_that_of_the_command_line(db, program, store):
    run = subprocess.run([program, "events", "type:assault", "--db", str(store), "--format", "jsonl"], check=True, capture_output=True, text=True)
    expected = [json.loads(line)["id"] for line in run.stdout.splitlines()]
    assert db.events("type:assault").arrow().column("event_id").to_pylist() == expected and expected
    assert len(db.events("type:assault", limit=2)) == 2
    with pytest.raises(ValueError, match="colour"):
        db.events("colour:red").arrow()


def test_an_answer_is_a_frame_of_any_kind(db):
    polars = pytest.importorskip("polars")
    events = db.events()
    assert events.pandas().shape == events.polars().shape == events.arrow().shape
    assert polars.DataFrame(events).equals(events.polars())
    assert pa.table(events).equals(events.arrow())
    assert events.arrow().schema.field("date_start").type == pa.date32()
    assert "<table" in events._repr_html_() and repr(db.events("x")) == "<Answer: events for 'x'>"


def test_a_kept_record_is_the_one_that_was_read(db, printed):
    for line in printed[::10]:
        record = onrecord.Record.from_json(line)
        assert db.record(record.document.id) == record
    with pytest.raises(ValueError, match="nothing"):
        db.record("nothing")


def test_what_is_no_store_is_told(tmp_path):
    with pytest.raises(FileNotFoundError, match="onrecord add"):
        onrecord.open(tmp_path / "none.db")
    (tmp_path / "other.db").write_bytes(b"not a database, but long enough to look like a file of some kind")
    with pytest.raises(ValueError, match="other.db"):
        onrecord.open(tmp_path / "other.db")
