-- Reports as they came. `digest` is of everything that makes the document; `original` only where the bytes were not the text;
-- `added` is when it was kept. `version` says which of its readings counts.
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
  version TEXT NOT NULL,
  added TEXT NOT NULL
);
CREATE INDEX document_published ON document (published, name);
CREATE INDEX document_outlet ON document (lower(outlet));

-- Every reading of a report, with the version of the program that made it.
CREATE TABLE reading (
  document INTEGER NOT NULL REFERENCES document (id),
  version TEXT NOT NULL,
  record BLOB NOT NULL,
  PRIMARY KEY (document, version)
);

-- What other reports may tell too: one row for each actor, event, position and statement, and one for the report as a text.
-- `record` is its id in its report's record, `code` the number in its name. `node` is the thing that stands
-- for all of one identity (itself where there is none). Only of a node do `grp`, the node that stands for its group, and `first` count,
-- its first thing in the order of the account; only of a node that stands for a group does `lead`, the first thing of the group.
-- The columns behind it are what questions filter by.
CREATE TABLE thing (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES document (id),
  kind INTEGER NOT NULL,
  number INTEGER NOT NULL,
  record TEXT NOT NULL,
  code INTEGER NOT NULL,
  node INTEGER NOT NULL,
  grp INTEGER NOT NULL,
  first INTEGER NOT NULL,
  lead INTEGER NOT NULL,
  type TEXT,
  since INTEGER,
  until INTEGER,
  place TEXT,
  country TEXT,
  factuality TEXT
);
CREATE UNIQUE INDEX thing_document ON thing (document, kind, number);
CREATE INDEX thing_code ON thing (code);
CREATE INDEX thing_node ON thing (node) WHERE node <> id;
CREATE INDEX thing_grp ON thing (grp) WHERE grp <> id AND node = id;
CREATE INDEX thing_day ON thing (kind, since, code);
CREATE INDEX thing_type ON thing (kind, type, since, code);
CREATE INDEX thing_country ON thing (country, kind, since) WHERE country IS NOT NULL;
CREATE INDEX thing_place ON thing (place, kind) WHERE place IS NOT NULL;

-- Who has which part in it: actors by their nodes.
CREATE TABLE part (
  node INTEGER NOT NULL,
  thing INTEGER NOT NULL,
  role TEXT NOT NULL,
  PRIMARY KEY (node, thing, role)
) WITHOUT ROWID;
CREATE INDEX part_thing ON part (thing);

-- What actors are called and what is said to be known of them (`told`, JSON), by their nodes; and the words of their names as they are
-- looked for. `times` is how often it is said.
CREATE TABLE name (
  node INTEGER NOT NULL,
  told TEXT NOT NULL,
  times INTEGER NOT NULL,
  PRIMARY KEY (node, told)
) WITHOUT ROWID;
CREATE TABLE name_word (
  word TEXT NOT NULL,
  node INTEGER NOT NULL,
  PRIMARY KEY (word, node)
) WITHOUT ROWID;
CREATE INDEX name_word_node ON name_word (node);

-- Which node has an identity.
CREATE TABLE identity (
  hash INTEGER PRIMARY KEY,
  node INTEGER NOT NULL
);
CREATE INDEX identity_node ON identity (node);

-- Nodes as they are compared, where others can meet them.
CREATE TABLE compared (
  node INTEGER PRIMARY KEY,
  thing BLOB NOT NULL
);

-- Hashes under which nodes that may be the same find each other: the latest of each, as numbers of eight bytes.
CREATE TABLE filed (
  hash INTEGER PRIMARY KEY,
  things BLOB NOT NULL
);

-- Two nodes that are the same, as far as the program can tell.
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

-- What people put right, in order; nothing is ever deleted from it. `thing` is a name; `before` and `after` are JSON.
CREATE TABLE correction (
  id INTEGER PRIMARY KEY,
  made TEXT NOT NULL,
  who TEXT NOT NULL,
  thing TEXT NOT NULL,
  field TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  why TEXT NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX correction_thing ON correction (thing);

-- What became of the names of groups, in order: what `was` called so was merged into `becomes`, split from it, or withdrawn.
CREATE TABLE change (
  id INTEGER PRIMARY KEY,
  made TEXT NOT NULL,
  verb TEXT NOT NULL,
  was TEXT NOT NULL,
  becomes TEXT,
  cause TEXT NOT NULL
);

-- Feeds that are watched, with what is known of each.
CREATE TABLE feed (
  address TEXT PRIMARY KEY,
  state TEXT NOT NULL
) WITHOUT ROWID;

-- The words of reports, as the store itself divides them.
CREATE VIRTUAL TABLE words USING fts5 (found, content = '', tokenize = 'unicode61 remove_diacritics 0');
