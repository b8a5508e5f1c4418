-- Who else than the people of this machine may ask at the desk, and who may change something. Of a key its hash is kept alone.
CREATE TABLE api_key (
  name TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  scope TEXT NOT NULL,
  made TEXT NOT NULL,
  revoked TEXT
);

-- Questions that somebody wants to ask again: `address` is that of a page of the desk.
CREATE TABLE saved (
  name TEXT PRIMARY KEY,
  address TEXT NOT NULL,
  made TEXT NOT NULL,
  who TEXT NOT NULL
);
