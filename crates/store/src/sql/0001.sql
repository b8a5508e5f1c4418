-- Reports as they came. `digest` is of everything that makes the document; `original` only where the bytes were not the text.
CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  digest TEXT NOT NULL,
  published TEXT,
  outlet TEXT,
  title TEXT,
  url TEXT,
  language TEXT NOT NULL,
  text BLOB NOT NULL,
  original BLOB,
  version TEXT NOT NULL
);
CREATE INDEX document_published ON document (published);

-- Every reading of a report, with the version of the program that made it; `document.version` says which one counts.
CREATE TABLE reading (
  document INTEGER NOT NULL REFERENCES document (id),
  version TEXT NOT NULL,
  record BLOB NOT NULL,
  PRIMARY KEY (document, version)
);

-- What other reports may tell too: one row for each actor, event, position and statement, and one for the report as a text.
-- `grp` is the first of those that are the same, `node` the one that stands for all of one identity (itself where there is none). The columns behind it are what questions filter by.
CREATE TABLE thing (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (id),
  kind INTEGER NOT NULL,
  number INTEGER NOT NULL,
  record TEXT NOT NULL,
  anchor TEXT NOT NULL,
  name TEXT NOT NULL UNIQUE,
  grp INTEGER NOT NULL,
  node INTEGER NOT NULL,
  type TEXT,
  first INTEGER,
  last INTEGER,
  place TEXT,
  country TEXT,
  factuality TEXT
);
CREATE INDEX thing_document ON thing (document, kind);
CREATE INDEX thing_grp ON thing (grp);
CREATE INDEX thing_node ON thing (node);
CREATE INDEX thing_asked ON thing (kind, type, first);

-- Who has which part in it: actors by the thing of their own.
CREATE TABLE part (
  thing INTEGER NOT NULL,
  role TEXT NOT NULL,
  actor INTEGER NOT NULL,
  PRIMARY KEY (thing, role, actor)
) WITHOUT ROWID;
CREATE INDEX part_actor ON part (actor);

-- Which node has an identity.
CREATE TABLE identity (
  hash INTEGER PRIMARY KEY,
  node INTEGER NOT NULL
);

-- Hashes under which nodes that may be the same find each other.
CREATE TABLE filed (
  hash INTEGER NOT NULL,
  thing INTEGER NOT NULL,
  PRIMARY KEY (hash, thing)
) WITHOUT ROWID;

-- Two things that are the same, as far as the program can tell.
CREATE TABLE pair (
  a INTEGER NOT NULL,
  b INTEGER NOT NULL,
  score REAL NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX pair_b ON pair (b);

-- What people decided, in order; nothing is ever deleted from it. `a` and `b` are names of things.
CREATE TABLE decision (
  id INTEGER PRIMARY KEY,
  made TEXT NOT NULL,
  who TEXT NOT NULL,
  verb TEXT NOT NULL,
  a TEXT NOT NULL,
  b TEXT NOT NULL,
  why TEXT NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0
);

CREATE VIRTUAL TABLE words USING fts5 (title, text, content = '', tokenize = 'unicode61 remove_diacritics 2');
