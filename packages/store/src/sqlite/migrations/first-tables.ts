/** Text columns that are keys hold text as `toStored` writes it; the others hold JSON. */
export const firstTables = `
CREATE TABLE store (
  customer TEXT NOT NULL
) STRICT;

CREATE TABLE journal (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  number INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  first_time TEXT NOT NULL,
  last_time TEXT NOT NULL,
  ended INTEGER NOT NULL,
  key TEXT,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX journal_by_number ON journal (kind, number);
CREATE UNIQUE INDEX journal_by_key ON journal (kind, key) WHERE key IS NOT NULL;
CREATE INDEX journal_open ON journal (kind, number) WHERE ended = 0;

CREATE TABLE journal_event (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  event TEXT NOT NULL,
  PRIMARY KEY (kind, id, sequence),
  FOREIGN KEY (kind, id) REFERENCES journal (kind, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER journal_event_stays BEFORE UPDATE ON journal_event BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER journal_event_is_kept BEFORE DELETE ON journal_event BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;

CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL,
  entry TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_follows BEFORE INSERT ON audit
WHEN NEW.sequence <> coalesce((SELECT max(sequence) FROM audit), 0) + 1
  OR NEW.previous <> coalesce((SELECT hash FROM audit ORDER BY sequence DESC LIMIT 1), printf('%064d', 0))
BEGIN SELECT RAISE(ABORT, 'a row of the audit follows the last one'); END;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is never cut'); END;

CREATE TABLE audit_checkpoint (
  number INTEGER PRIMARY KEY,
  checkpoint TEXT NOT NULL
) STRICT;

CREATE TABLE outbox (
  cursor INTEGER PRIMARY KEY,
  event TEXT NOT NULL
) STRICT;
CREATE TRIGGER outbox_newest_is_kept BEFORE DELETE ON outbox
WHEN OLD.cursor = (SELECT max(cursor) FROM outbox)
BEGIN SELECT RAISE(ABORT, 'a cursor is never used twice'); END;

CREATE TABLE lease (
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  fence INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE account (
  account TEXT PRIMARY KEY,
  person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX account_by_person ON account (person);

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE memory (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  thread TEXT NOT NULL,
  time TEXT NOT NULL,
  entry TEXT NOT NULL
) STRICT;
CREATE INDEX memory_by_thread ON memory (thread, time, number);
CREATE VIRTUAL TABLE memory_words USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0');
`;
