-- What people put right in readings, in order; nothing is ever deleted from it. It is of the record that `anchor` names in its report,
-- whose own name is `thing`, and of one of its fields, or of the whole of it (`review`). `before` and `after` are JSON, with actors by
-- their names and passages by their words. Numbers are those of decisions: one series for both. Nothing was ever kept in the table that
-- had this name.
DROP TABLE correction;
CREATE TABLE correction (
  id INTEGER PRIMARY KEY,
  made TEXT NOT NULL,
  who TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES document (id),
  thing TEXT NOT NULL,
  anchor TEXT NOT NULL,
  field TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  why TEXT NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX correction_document ON correction (document);
CREATE INDEX correction_thing ON correction (thing);

-- Records that nobody has looked at yet, by how doubtful they are (0 to 1000), then by report, so that what comes in stands together;
-- `thing` is the record's own name.
CREATE TABLE unseen (
  doubt INTEGER NOT NULL,
  thing TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES document (id),
  PRIMARY KEY (doubt, document, thing)
) WITHOUT ROWID;
CREATE INDEX unseen_document ON unseen (document);
