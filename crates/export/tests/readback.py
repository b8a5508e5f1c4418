"""Reads every export of one account back with the tools people use for it, and compares what is there with the account itself.

    python readback.py FOLDER

FOLDER holds account.jsonl, the tables of csv in csv/ and of parquet in parquet/, and a file named after each other form (gdelt, geojson,
...). Needs pandas, duckdb, pyarrow, jsonschema and shapely. Exit status 1 and a line per difference where something does not agree.
"""

import datetime
import json
import re
import sys
from pathlib import Path

import duckdb
import jsonschema
import pandas
import pyarrow.parquet
from shapely.geometry import shape

faults = []


def same(what, found, expected):
    if found != expected:
        faults.append(f"{what}: {found!r}, expected {expected!r}")


def told(event):
    """The tellings that GDELT and POLECAT have room for."""
    return [t for t in event["reports"] if event["factuality"] == "actual" and t["factuality"] == "actual"]


def frame(path, **options):
    return pandas.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8", **options)


def duck(path, columns, sep, header, quote):
    names = "{" + ", ".join(f"'c{i}': 'VARCHAR'" for i in range(columns)) + "}"
    query = (
        f"SELECT count(*) FROM read_csv('{path}', auto_detect=false, columns={names}, delim='{sep}', header={header}, "
        f"quote='{quote}', escape='{quote}', max_line_size=10000000)"
    )
    return duckdb.sql(query).fetchall()[0][0]


def tabs(path, columns, header, rows):
    """Strict: no quoting, every row as wide as the form."""
    lines = path.read_text(encoding="utf-8").split("\n")
    same(f"{path.name}: end", lines.pop(), "")
    same(f"{path.name}: widths", {line.count("\t") + 1 for line in lines} - {columns}, set())
    same(f"{path.name}: rows", len(lines) - header, rows)
    if len(lines) > header:
        read = frame(path, sep="\t", header=0 if header else None, quoting=3)
        same(f"{path.name}: pandas", read.shape, (rows, columns))
        same(f"{path.name}: duckdb", duck(path, columns, "\\t", bool(header), ""), rows)
        return read
    return None


def commas(path, columns, rows):
    read = frame(path)
    same(f"{path.name}: pandas", read.shape, (rows, columns))
    same(f"{path.name}: duckdb", duck(path, columns, ",", True, '"'), rows)
    return read


LISTS = {
    "aliases", "roles", "documents", "contexts", "actors", "actor_ids", "recipients", "recipient_ids", "figure_ids", "why_merged", "given_by",
    "holder", "holder_ids", "conditions", "speaker", "speaker_ids",
}
TYPES = {
    "int64": {"start", "end", "nth", "reports", "witnesses", "geonames"},
    "double": {"lat", "lon", "low", "high"},
    "date32[day]": {"published", "date_start", "date_end"},
    "list<element: string not null>": LISTS,
    "list<element: struct<start: int64 not null, end: int64 not null> not null>": {"evidence_spans", "content_spans"},
    "list<element: struct<is: string not null, nth: int64 not null> not null>": {"relations"},
}
TYPE = {column: name for name, columns in TYPES.items() for column in columns}


def typed(folder, table, header, expected):
    """One Parquet table against the rows it must have, by Arrow, pandas and DuckDB; its columns are those of the csv table."""
    path = folder / f"{table}.parquet"
    file = pyarrow.parquet.ParquetFile(path)
    read = file.read()
    same(f"{path.name}: columns", [c for c in read.column_names if c not in ("date_start", "date_end")], header)
    same(f"{path.name}: types", {f.name: str(f.type) for f in read.schema}, {c: TYPE.get(c, "string") for c in read.column_names})
    same(f"{path.name}: rows", read.num_rows, len(expected))
    for found, row in zip(read.to_pylist(), expected):
        same(f"{path.name}: {row}", {column: found[column] for column in row}, row)
    groups = [file.metadata.row_group(i).num_rows for i in range(file.metadata.num_row_groups)]
    same(f"{path.name}: groups", max(groups, default=0) <= 65_536, True)
    same(f"{path.name}: pandas", pandas.read_parquet(path).shape, read.shape)
    counts = ", ".join(f'count("{column}"), {sum_of(column)}' for column in read.column_names)
    known = [[value for value in read[column].to_pylist() if value is not None] for column in read.column_names]
    items = [sum(map(len, values)) if TYPE.get(column, "").startswith("list") else 0 for column, values in zip(read.column_names, known)]
    counted = [number for pair in zip(map(len, known), items) for number in pair]
    same(f"{path.name}: duckdb", list(duckdb.sql(f"SELECT {counts} FROM '{path}'").fetchall()[0]), counted)
    return read.to_pylist()


def sum_of(column):
    return f'coalesce(sum(len("{column}")), 0)' if TYPE.get(column, "").startswith("list") else "0"


def day(iso):
    return datetime.date.fromisoformat(iso) if iso and re.fullmatch(r"\d{4}-\d\d-\d\d", iso) else None


def ends(iso):
    """What `date_start` and `date_end` must be, where both are one day."""
    return {"date": iso, "date_start": day(iso), "date_end": day(iso)} if iso is None or day(iso) else {"date": iso}


def spans(points):
    return [{"start": start, "end": end} for start, end in points]


def named(who, plural, ids):
    return {plural: [w["name"] for w in who], ids: [w["id"] for w in who]}


QUOTED = {"type": "object", "required": ["type", "exact"]}
PLACED = {"type": "object", "required": ["type", "start", "end"], "properties": {"start": {"type": "integer", "minimum": 0}}}
ANNOTATION = {
    "type": "object",
    "required": ["id", "type", "motivation", "body", "target"],
    "properties": {
        "type": {"const": "Annotation"},
        "target": {
            "type": "array",
            "minItems": 1,
            "items": {
                "required": ["source", "selector"],
                "properties": {"selector": {"type": "array", "prefixItems": [QUOTED, PLACED], "minItems": 2}},
            },
        },
    },
}
TEXTS = {"type": "array", "items": {"type": "object", "additionalProperties": False, "properties": {
    "role": {"type": "string"}, "contentType": {"type": "string"}, "charCount": {"type": "integer"}, "wordCount": {"type": "integer"},
    "value": {"type": "string"}}}}
# What of ninjs 3.1 is written here; whatever else would be against its `unevaluatedProperties`.
NEWS = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["uri"],
    "additionalProperties": False,
    "properties": {
        "uri": {"type": "string", "format": "uri"},
        "standard": {"type": "object", "additionalProperties": False, "properties": {k: {"type": "string"} for k in ("name", "version", "schema")}},
        "type": {"enum": ["text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning"]},
        "representationType": {"enum": ["full", "partial"]},
        "language": {"type": "string"},
        "title": {"type": "string"},
        "headlines": TEXTS,
        "bodies": TEXTS,
        "infoSources": {"type": "array", "items": {"type": "object", "additionalProperties": False, "properties": {
            k: {"type": "string"} for k in ("name", "role", "uri", "literal")}}},
        "altIds": {"type": "array", "items": {"type": "object", "additionalProperties": False, "properties": {
            k: {"type": "string"} for k in ("role", "value")}}},
        "edNote": {"type": "string"},
    },
}
CLAIM = {
    "type": "object",
    "required": ["@type", "@id", "appearance"],
    "properties": {
        "@type": {"const": "Claim"},
        "appearance": {"type": "array", "minItems": 1, "items": {"required": ["@type", "isPartOf"], "properties": {"@type": {"enum": ["Quotation", "CreativeWork"]}}}},
    },
}


def expected_rows(documents, actors, events, figures, positions, statements):
    """What each table must hold of the account, but for words of the reports."""
    return {
        "documents": [
            {"document_id": d["id"], "published": day(d["published"])} | {k: d[k] for k in ("outlet", "title", "url", "copy_of")}
            for d in documents
        ],
        "actors": [
            {"actor_id": a["id"], "kind": a["actor_kind"]}
            | {k: a[k] for k in ("name", "aliases", "country", "sector", "roles", "documents")}
            for a in actors
        ],
        "events": [
            {"event_id": e["id"], "reports": len(e["reports"]), "figure_ids": e["figures"]}
            | {k: e[k] for k in ("type", "mode", "contexts", "cameo", "factuality", "witnesses", "why_merged")}
            | named(e["actors"], "actors", "actor_ids")
            | named(e["recipients"], "recipients", "recipient_ids")
            | {"place": (e["place"] or {}).get("name")}
            | {k: (e["place"] or {}).get(k) for k in ("country", "lat", "lon", "geonames", "precision")}
            | ends(e["date"])
            for e in events
        ],
        "mentions": [
            {"event_id": e["id"], "document_id": t["document"], "start": t["trigger"][0], "end": t["trigger"][1]}
            | {"evidence_spans": spans(t["evidence"])}
            | {k: t[k] for k in ("witness", "given_by", "factuality")}
            for e in events
            for t in e["reports"]
        ],
        "figures": [
            {"figure_id": f["id"], "event_id": f["event"], "measure": f["measure"], "of": f["of"], "nth": nth}
            | {"low": min(numbers(t)), "high": max(numbers(t)), "document_id": t["document"], "published": day(t["published"])}
            | {"start": t["span"][0], "end": t["span"][1]}
            | {"relations": [{"is": r["is"], "nth": min(r["a"], r["b"]) + 1} for r in f["relations"] if max(r["a"], r["b"]) + 1 == nth]}
            | {k: t[k] for k in ("bound", "factuality", "given_by")}
            for f in figures
            for nth, t in enumerate(f["series"], 1)
        ],
        "positions": [
            {"position_id": p["id"], "issue": p["issue"], "nth": nth, "move": t["move"], "document_id": t["document"]}
            | named(p["holder"], "holder", "holder_ids")
            | {"start": t["proposition"][0], "end": t["proposition"][1], "given_by": t["given_by"]}
            | ends(t["date"])
            for p in positions
            for nth, t in enumerate(p["history"], 1)
        ],
        "statements": [
            {"statement_id": s["id"], "act": s["act"], "mode": a["mode"], "document_id": a["document"]}
            | named(s["speaker"], "speaker", "speaker_ids")
            | {"content_spans": spans(a["content"]), "published": day(a["published"])}
            for s in statements
            for a in s["appearances"]
        ],
    }


def numbers(told):
    return told["value"] if isinstance(told["value"], list) else [told["value"]]


def main(folder):
    with open(folder / "account.jsonl", encoding="utf-8") as lines:
        account = [json.loads(line) for line in lines]
    kinds = {}
    for line in account:
        kinds.setdefault(line["kind"], []).append(line)
    documents, actors, events, figures, positions, statements = (
        kinds.get(kind, []) for kind in ("document", "actor", "event", "figure", "position", "statement")
    )
    mentions = sum(len(e["reports"]) for e in events)
    values = sum(len(f["series"]) for f in figures)
    moves = sum(len(p["history"]) for p in positions)
    appearances = sum(len(s["appearances"]) for s in statements)
    happened = [e for e in events if told(e)]

    tables = folder / "csv"
    csv = {
        table: commas(tables / f"{table}.csv", columns, rows)
        for table, columns, rows in [
            ("documents", 6, len(documents)),
            ("actors", 8, len(actors)),
            ("events", 21, len(events)),
            ("mentions", 10, mentions),
            ("figures", 16, values),
            ("positions", 13, moves),
            ("statements", 9, appearances),
        ]
    }
    same("events.csv: ids", list(csv["events"]["event_id"]), [e["id"] for e in events])

    frames = {
        table: typed(folder / "parquet", table, list(csv[table].columns), rows)
        for table, rows in expected_rows(documents, actors, events, figures, positions, statements).items()
    }

    read = tabs(folder / "gdelt", 61, 0, len(happened))
    if read is not None:
        ids = [int(e["id"].removeprefix("event-"), 16) & (2**63 - 1) for e in happened]
        same("gdelt: ids", [int(n) for n in read[0]], ids)
        same("gdelt: mentions", sum(map(int, read[31])), sum(len(told(e)) for e in happened))
        same("gdelt: classes", set(read[29]) - {"1", "2", "3", "4"}, set())
    read = tabs(folder / "gdelt-mentions", 16, 0, sum(len(told(e)) for e in happened))
    if read is not None:
        same("gdelt-mentions: ids", set(read[15]), {e["id"] for e in happened})
    read = tabs(folder / "polecat", 40, 1, len(happened))
    if read is not None:
        same("polecat: ids", list(read["Event ID"]), [e["id"] for e in happened])
        pandas.to_numeric(read["Intensity"].replace("", None))

    perhaps = [e for e in events if e["factuality"] in ("actual", "uncertain")]
    assaults = [e["id"] for e in perhaps if e["type"] == "ASSAULT"]
    read = commas(folder / "ucdp-like", 61, len(assaults))
    same("ucdp-like: ids", list(read["id"]), assaults)
    coded = [
        e["id"]
        for e in perhaps
        if e["type"] in ("ASSAULT", "PROTEST") or (e["type"], e["mode"]) == ("COERCE", "arrest")
    ]
    read = commas(folder / "acled-like", 43, len(coded))
    same("acled-like: ids", list(read["event_id_cnty"]), coded)

    with open(folder / "geojson", encoding="utf-8") as file:
        world = json.load(file)
    placed = [e["id"] for e in events if e["place"] and e["place"]["lat"] is not None and e["place"]["lon"] is not None]
    same("geojson: ids", [f["id"] for f in world["features"]], placed)
    same("geojson: counts", world["onrecord"], {"events": len(events), "without_coordinates": len(events) - len(placed)})
    same("geojson: valid", all(shape(f["geometry"]).is_valid for f in world["features"]), True)

    texts = {}
    with open(folder / "ninjs", encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines]
    same("ninjs: items", len(items), len(documents))
    for item, document in zip(items, documents):
        jsonschema.validate(item, NEWS, format_checker=jsonschema.FormatChecker())
        texts[document["url"] or item["uri"]] = texts[document["id"]] = item["bodies"][0]["value"]
    for table, words in [("mentions", "trigger"), ("figures", "words"), ("positions", "proposition")]:
        for row in frames[table]:
            same(f"{table}.parquet: words", row[words], texts[row["document_id"]][row["start"] : row["end"]])

    with open(folder / "webanno", encoding="utf-8") as file:
        page = json.load(file)
    same("webanno: items", len(page["items"]), mentions + values + moves + appearances)
    same("webanno: total", page["partOf"]["total"], len(page["items"]))
    for item in page["items"]:
        jsonschema.validate(item, ANNOTATION)
        for target in item["target"]:
            quote, place = target["selector"]
            if target["source"] in texts:
                same(f"webanno: {item['id']}", quote["exact"], texts[target["source"]][place["start"] : place["end"]])

    with open(folder / "claims", encoding="utf-8") as file:
        graph = json.load(file)
    same("claims: ids", [c["identifier"] for c in graph["@graph"]], [s["id"] for s in statements])
    for claim in graph["@graph"]:
        jsonschema.validate(claim, CLAIM)

    brief = (folder / "md").read_text(encoding="utf-8")
    same("md: sentences", brief.count("<!-- event-"), len(events))
    of_events = sum(len(f["series"]) for f in figures if f["event"])
    same("md: footnotes", brief.count("\n[^"), mentions + of_events + moves + appearances)

    for fault in faults:
        print(fault)
    print(f"read back: {len(account)} lines of the account in {len(list(folder.iterdir()))} exports, {len(faults)} differences")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
