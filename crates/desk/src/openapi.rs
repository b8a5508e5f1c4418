//! What programs can ask, as an OpenAPI 3.1 document made from the code: paths from the router's tables, schemas from the types that are sent.

use crate::ask::Ask;
use crate::problem::Problem;
use crate::reply::Reply;
use onrecord_account::Line;
use onrecord_store::{Change, Corrected, Decided, Facets, News, Places, Saved, Source, Standing, Unseen, Why};
use rmcp::schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

/// A parameter: name, what it means, its schema.
type Parameter = (&'static str, &'static str, fn() -> Value);

const fn text() -> fn() -> Value {
    || json!({"type": "string"})
}

/// The filters of questions.
const QUESTION: [Parameter; 10] = [
    ("q", "Words and filters in one: ceasefire \"red line\" who:Norway type:offer since:2026-03", text()),
    ("who", "Words of the name of one who takes part, or the name of an actor's line", text()),
    ("to", "The same of one to whom it is done or said", text()),
    ("type", "PLOVER type of an event, act of a statement, move of a position, kind of an actor", text()),
    ("place", "ISO 3166-1 alpha-3 code of a country, or the beginning of a place's name", text()),
    ("since", "Not before this day, month or year", text()),
    ("until", "Not after this day, month or year", text()),
    ("outlet", "Who published it", text()),
    ("factuality", "actual, negated, planned, conditional or uncertain", text()),
    ("limit", "Lines of an answer", || json!({"type": "integer", "minimum": 1, "maximum": 1000, "default": 50})),
];
const AFTER: Parameter = ("after", "Where the answer before ended: its `next` leads here", text());

/// What a path gives.
pub struct Described {
    pub path: &'static str,
    says: &'static str,
    /// It takes the filters of questions.
    asks: bool,
    more: &'static [Parameter],
    /// The fields of the answer beside `ok`, each with its schema.
    gives: &'static [(&'static str, Gives)],
}

/// What a field of an answer holds.
#[derive(Clone, Copy)]
enum Gives {
    One(&'static str),
    Many(&'static str),
    Text,
    MaybeText,
    Number,
    Any,
}

/// Every path with data behind it.
pub const PATHS: &[Described] = &[
    Described {
        path: "/today",
        says: "What is new since a moment",
        asks: false,
        more: &[("since", "The moment, as an answer before gave it in `now`; the latest reports where it is left out", text())],
        gives: &[("since", Gives::Text), ("now", Gives::Text), ("news", Gives::One("News"))],
    },
    Described {
        path: "/events",
        says: "Events, the latest first",
        asks: true,
        more: &[AFTER],
        gives: &[("lines", Gives::Many("Line")), ("next", Gives::MaybeText)],
    },
    Described {
        path: "/statements",
        says: "Statements, the latest first",
        asks: true,
        more: &[AFTER],
        gives: &[("lines", Gives::Many("Line")), ("next", Gives::MaybeText)],
    },
    Described {
        path: "/positions",
        says: "Positions, the latest first, each with the matter it is about; as they are, or as they stood on a day",
        asks: true,
        more: &[
            AFTER,
            ("view", "matrix or list; the data are the same", text()),
            ("as_of", "As they stood at the end of this day", text()),
            ("diff", "What is another than on this day", text()),
        ],
        gives: &[
            ("lines", Gives::Many("Line")),
            ("matters", Gives::Any),
            ("matter_of", Gives::Any),
            ("changes", Gives::Any),
            ("next", Gives::MaybeText),
        ],
    },
    Described {
        path: "/figures",
        says: "Series of figures by their events, the latest first; no value is overwritten",
        asks: true,
        more: &[AFTER, ("conflicts", "1: only those whose values cannot all hold", text())],
        gives: &[("lines", Gives::Many("Line")), ("parts", Gives::Any), ("next", Gives::MaybeText)],
    },
    Described {
        path: "/timeline",
        says: "What happened, was said and changed, by days",
        asks: true,
        more: &[],
        gives: &[("moments", Gives::Any), ("since", Gives::MaybeText), ("cut", Gives::Any), ("next", Gives::MaybeText)],
    },
    Described {
        path: "/map",
        says: "Where the events are, with their numbers; /map.geojson has the same as GeoJSON",
        asks: true,
        more: &[("box", "The part of the map that a page shows", text())],
        gives: &[
            ("places", Gives::Any),
            ("more", Gives::Number),
            ("nowhere", Gives::Number),
            ("events", Gives::Number),
            ("whole", Gives::Any),
        ],
    },
    Described {
        path: "/actors",
        says: "Who is in the record, those named last first",
        asks: true,
        more: &[AFTER],
        gives: &[("lines", Gives::Many("Line")), ("next", Gives::MaybeText)],
    },
    Described {
        path: "/reports",
        says: "Reports that hold words or in which a record fits: by words alone the best first, else the latest",
        asks: true,
        more: &[AFTER],
        gives: &[("count", Gives::Number), ("whole", Gives::Any), ("reports", Gives::Any), ("next", Gives::MaybeText)],
    },
    Described {
        path: "/report/{name}",
        says: "A report with its record, and how each part of it stands to all other reports",
        asks: false,
        more: &[],
        gives: &[
            ("onrecord", Gives::Text),
            ("document", Gives::Any),
            ("actors", Gives::Any),
            ("statements", Gives::Any),
            ("events", Gives::Any),
            ("positions", Gives::Any),
            ("figures", Gives::Any),
            ("diagnostics", Gives::Any),
            ("standing", Gives::Many("Standing")),
        ],
    },
    Described {
        path: "/record/{name}",
        says: "Everything behind one line: the words of every report, why they are one, what people decided, what became of its name",
        asks: false,
        more: &[],
        gives: &[
            ("asked", Gives::Text),
            ("name", Gives::MaybeText),
            ("line", Gives::Any),
            ("sources", Gives::Many("Source")),
            ("joined", Gives::Any),
            ("decisions", Gives::Many("Decided")),
            ("corrections", Gives::Many("Corrected")),
            ("changes", Gives::Many("Change")),
            ("told", Gives::Number),
        ],
    },
    Described {
        path: "/feeds",
        says: "Feeds that are watched, and how they are",
        asks: false,
        more: &[],
        gives: &[("feeds", Gives::Any), ("saved", Gives::Many("Saved"))],
    },
    Described {
        path: "/review",
        says: "What nobody has looked at yet, the most doubtful first",
        asks: false,
        more: &[
            AFTER,
            ("limit", "Records of an answer", || json!({"type": "integer", "minimum": 1, "maximum": 1000, "default": 50})),
        ],
        gives: &[("waiting", Gives::Number), ("unseen", Gives::Many("Unseen")), ("next", Gives::MaybeText)],
    },
    Described {
        path: "/log",
        says: "What people decided and put right, and what became of names",
        asks: false,
        more: &[],
        gives: &[("log", Gives::Any), ("changes", Gives::Many("Change"))],
    },
    Described {
        path: "/method",
        says: "Codebook, scores, versions",
        asks: false,
        more: &[],
        gives: &[("version", Gives::Text), ("scores", Gives::Any), ("codebook", Gives::Any), ("readings", Gives::Any)],
    },
];

/// `/openapi.json`
pub fn page(ask: &mut Ask) -> Result<Reply, Problem> {
    ask.only(&[])?;
    Reply::json(&document(&ask.visitor.base))
}

/// The document, for a desk at an address.
pub fn document(base: &str) -> Value {
    let mut generator = SchemaSettings::draft2020_12().with(|s| s.definitions_path = "/components/schemas".into()).into_generator();
    schemas(&mut generator);
    let mut paths = Map::new();
    for described in PATHS {
        paths.insert(format!("{}.json", described.path), json!({"get": operation(described)}));
    }
    paths.insert("/decide.json".into(), decide());
    let mut schemas = generator.take_definitions(true);
    schemas.insert("Problem".into(), problem());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "onrecord",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "A sourced record of conflict and diplomacy. Every page of the desk is data at the same path with .json or .csv behind it; \
                            answers with more behind them have `next`. Reading needs no key on the machine of the desk; deciding needs one with the scope write.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": base}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
        "security": [{}, {"key": []}],
    })
}

/// Schemas of everything that answers hold.
fn schemas(generator: &mut SchemaGenerator) {
    fn add<T: JsonSchema>(generator: &mut SchemaGenerator) {
        generator.subschema_for::<T>();
    }
    add::<Line>(generator);
    add::<News>(generator);
    add::<Facets>(generator);
    add::<Places>(generator);
    add::<Standing>(generator);
    add::<Why>(generator);
    add::<Source>(generator);
    add::<Unseen>(generator);
    add::<Decided>(generator);
    add::<Corrected>(generator);
    add::<Change>(generator);
    add::<Saved>(generator);
}

fn operation(described: &Described) -> Value {
    let question = if described.asks { &QUESTION[..] } else { &[] };
    let mut parameters: Vec<Value> = question
        .iter()
        .chain(described.more)
        .map(
            |(name, says, schema)| json!({"name": name, "in": "query", "required": false, "description": says, "schema": schema()}),
        )
        .collect();
    if described.path.contains("{name}") {
        parameters.insert(
            0,
            json!({"name": "name", "in": "path", "required": true, "description": "What it is called", "schema": {"type": "string"}}),
        );
    }
    let mut properties = Map::from_iter([("ok".to_owned(), json!({"const": true}))]);
    properties.extend(described.gives.iter().map(|(name, gives)| ((*name).to_owned(), schema_of(*gives))));
    let answer = json!({"type": "object", "properties": properties});
    json!({
        "summary": described.says,
        "operationId": described.path.trim_matches('/').replace(['/', '{', '}', '.'], "_"),
        "parameters": parameters,
        "responses": responses(&answer),
    })
}

fn schema_of(gives: Gives) -> Value {
    let named = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    match gives {
        Gives::One(name) => named(name),
        Gives::Many(name) => json!({"type": "array", "items": named(name)}),
        Gives::Text => json!({"type": "string"}),
        Gives::MaybeText => json!({"type": ["string", "null"]}),
        Gives::Number => json!({"type": "integer"}),
        Gives::Any => json!({}),
    }
}

fn responses(answer: &Value) -> Value {
    let content = |schema: &Value| json!({"application/json": {"schema": schema}});
    let problem = json!({"$ref": "#/components/schemas/Problem"});
    let mut responses = json!({"200": {"description": "The answer", "content": content(answer)}});
    for (status, says) in [
        ("400", "It cannot be asked so; the message says how"),
        ("401", "A key is needed, or opens nothing"),
        ("403", "Nothing can be changed from there"),
        ("404", "There is no such thing"),
        ("421", "The desk is not asked for by that name"),
    ] {
        responses[status] = json!({"description": says, "content": content(&problem)});
    }
    responses
}

fn problem() -> Value {
    json!({
        "type": "object",
        "required": ["ok", "error", "errors", "status"],
        "properties": {
            "ok": {"const": false},
            "error": {"type": "string", "description": "What happened, and what to do"},
            "errors": {"type": "array", "items": {"type": "string"}},
            "status": {"type": "integer"},
        },
    })
}

/// Deciding, the one thing that changes the record.
fn decide() -> Value {
    let field = |says: &str| json!({"type": "string", "description": says});
    let body = json!({
        "type": "object",
        "required": ["verb"],
        "properties": {
            "verb": {"enum": ["merge", "never", "split", "accept", "reject", "correct", "undo", "save", "forget"]},
            "a": field("merge, never: one line"),
            "b": field("merge, never: the other"),
            "name": field("split: the line; save, forget: what the search is called"),
            "report": field("split: the report whose telling is taken out"),
            "document": field("accept, reject, correct: the report"),
            "record": field("accept, reject, correct: the record in it, such as e3"),
            "field": field("correct: which field"),
            "value": field("correct: what it is to be; nothing empties it"),
            "id": {"type": ["string", "integer"], "description": "undo: the number in the log"},
            "address": field("save: the page with its filters"),
            "why": field("for what reason"),
        },
    });
    let numbers = json!({"type": "array", "items": {"type": "integer"}, "description": "Numbers in the log, each can be undone"});
    let answer = json!({"type": "object", "properties": {"ok": {"const": true}, "numbers": numbers, "says": {"type": "string"}}});
    json!({"post": {
        "summary": "Decide: merge lines or keep them apart, put a record right, take something back",
        "operationId": "decide",
        "security": [{"key": []}],
        "requestBody": {"required": true, "content": {"application/json": {"schema": body}}},
        "responses": responses(&answer),
    }})
}
