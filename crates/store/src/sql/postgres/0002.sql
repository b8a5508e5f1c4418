-- Which report a figure of this number was ever told by: figures are no things, they are found by their report.
CREATE TABLE figure (
  code BIGINT PRIMARY KEY,
  document BIGINT NOT NULL REFERENCES document (id)
);

-- What became of a name, and what a name was before.
CREATE INDEX change_was ON change (was);
CREATE INDEX change_becomes ON change (becomes);

-- For people who ask in SQL. A row of `telling` is one record of one report, `id` the line of the account that it belongs to;
-- `party` says who takes part in it, `called` what actors are called and how often. The others have a row for each line.
CREATE VIEW report AS
  SELECT name AS id, published, outlet, title, url, language, version, added FROM document;
CREATE VIEW telling AS
  SELECT CASE t.kind WHEN 1 THEN 'actor' WHEN 2 THEN 'event' WHEN 3 THEN 'position' WHEN 4 THEN 'statement' END AS kind,
    CASE t.kind WHEN 1 THEN 'actor-' WHEN 2 THEN 'event-' WHEN 3 THEN 'position-' WHEN 4 THEN 'statement-' END
      || lpad(to_hex(f.code), 16, '0') AS id,
    d.name AS report, d.published, d.outlet, t.record, t.type, to_char(DATE '1970-01-01' + CAST(t.since AS integer), 'YYYY-MM-DD') AS since, to_char(DATE '1970-01-01' + CAST(t.until AS integer), 'YYYY-MM-DD') AS until,
    t.place, t.country, t.factuality, t.id AS thing
  FROM thing t JOIN thing n ON n.id = t.node JOIN thing r ON r.id = n.grp JOIN thing f ON f.id = r.lead
    JOIN document d ON d.id = t.document
  WHERE t.kind > 0;
CREATE VIEW event AS
  SELECT id, min(type) AS type, min(since) AS since, max(until) AS until, min(place) AS place, min(country) AS country,
    substr(min(CASE factuality WHEN 'actual' THEN '1' WHEN 'negated' THEN '2' WHEN 'planned' THEN '3' WHEN 'conditional' THEN '4' ELSE '5' END
      || factuality), 2) AS factuality, count(DISTINCT report) AS reports
  FROM telling WHERE kind = 'event' GROUP BY id;
CREATE VIEW statement AS
  SELECT id, min(type) AS act, min(since) AS since, max(until) AS until, substr(min(CASE factuality WHEN 'actual' THEN '1' WHEN 'negated' THEN '2' WHEN 'planned' THEN '3' WHEN 'conditional' THEN '4' ELSE '5' END
      || factuality), 2) AS factuality,
    count(DISTINCT report) AS reports
  FROM telling WHERE kind = 'statement' GROUP BY id;
CREATE VIEW position AS
  SELECT id, min(since) AS since, max(until) AS until, count(DISTINCT type) AS moves, count(DISTINCT report) AS reports
  FROM telling WHERE kind = 'position' GROUP BY id;
CREATE VIEW called AS
  SELECT id, name, sum(times) AS times
  FROM (
    SELECT 'actor-' || lpad(to_hex(f.code), 16, '0') AS id, CAST(m.told AS json) ->> 'name' AS name, m.times
    FROM name m JOIN thing n ON n.id = m.node JOIN thing r ON r.id = n.grp JOIN thing f ON f.id = r.lead
  ) AS told
  GROUP BY id, name;
CREATE VIEW actor AS
  SELECT c.id, c.name, t.kind, t.country, t.reports
  FROM (SELECT id, name, row_number() OVER (PARTITION BY id ORDER BY times DESC, name) AS nth FROM called) AS c
    JOIN (
      SELECT id, max(type) AS kind, max(country) AS country, count(DISTINCT report) AS reports
      FROM telling WHERE kind = 'actor' GROUP BY id
    ) AS t ON t.id = c.id
  WHERE c.nth = 1;
CREATE VIEW party AS
  SELECT t.kind, t.id, t.report, t.record, p.role, 'actor-' || lpad(to_hex(f.code), 16, '0') AS actor
  FROM part p JOIN telling t ON t.thing = p.thing JOIN thing n ON n.id = p.node JOIN thing r ON r.id = n.grp JOIN thing f ON f.id = r.lead;
