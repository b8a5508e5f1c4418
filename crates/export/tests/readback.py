"""Reads every export of one account back with the tools people use for it, and compares what is there with the account itself.

    python readback.py FOLDER

FOLDER holds account.jsonl, the tables of csv in csv/, and a file named after each other form (gdelt, geojson, ...). Needs pandas, duckdb,
jsonschema and shapely. Exit status 1 and a line per difference where something does not agree.
"""

import json
import sys
from pathlib import Path

import duckdb
import jsonschema
import pandas
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
    commas(tables / "documents.csv", 6, len(documents))
    commas(tables / "actors.csv", 8, len(actors))
    read = commas(tables / "events.csv", 21, len(events))
    same("events.csv: ids", list(read["event_id"]), [e["id"] for e in events])
    commas(tables / "mentions.csv", 10, mentions)
    commas(tables / "figures.csv", 16, values)
    commas(tables / "positions.csv", 13, moves)
    commas(tables / "statements.csv", 9, appearances)

    read = tabs(folder / "gdelt", 61, 0, len(happened))
    if read is not None:
        same("gdelt: ids", [f"event-{int(n):012x}" for n in read[0]], [e["id"] for e in happened])
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
        texts[document["url"] or item["uri"]] = item["bodies"][0]["value"]

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
    same("md: footnotes", brief.count("\n[^"), mentions + of_events)

    for fault in faults:
        print(fault)
    print(f"read back: {len(account)} lines of the account in {len(list(folder.iterdir()))} exports, {len(faults)} differences")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
