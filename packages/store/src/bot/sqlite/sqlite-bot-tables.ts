import type { Migration } from '../../migration.ts';

/**
 * Text columns that are compared hold text as `toStored` writes it; the others hold JSON. Times are milliseconds since
 * 1970. `ready` marks what may be claimed: a change of what stands in Slack, and of the new messages of a channel and a
 * lane that wait for no parent exactly one: the first, or the one that somebody holds. So a claim is a look into one
 * index, however many wait.
 */
const firstTables = `
CREATE TABLE store (
  customer TEXT NOT NULL
) STRICT;
CREATE TABLE counter (
  value INTEGER NOT NULL
) STRICT;
INSERT INTO counter VALUES (0);

CREATE TABLE event (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  handler TEXT NOT NULL,
  app TEXT NOT NULL,
  team TEXT NOT NULL,
  received_at TEXT NOT NULL,
  received INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'settled', 'dead')),
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL DEFAULT 0,
  holder TEXT NOT NULL DEFAULT '',
  held_until INTEGER NOT NULL DEFAULT 0,
  died INTEGER NOT NULL DEFAULT 0,
  why TEXT NOT NULL DEFAULT '""',
  payload TEXT
) STRICT;
CREATE INDEX event_waiting ON event (app, team, due_at, sequence) WHERE state = 'waiting';
CREATE INDEX event_settled ON event (received) WHERE state = 'settled';
CREATE INDEX event_dead ON event (died) WHERE state = 'dead';

CREATE TABLE message (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  customer TEXT NOT NULL,
  lane TEXT NOT NULL CHECK (lane IN ('interactive', 'stream', 'incident')),
  app TEXT NOT NULL,
  team TEXT NOT NULL,
  channel TEXT NOT NULL,
  parent TEXT,
  thread_ts TEXT,
  digest TEXT NOT NULL,
  delivered_digest TEXT NOT NULL DEFAULT '',
  ts TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'settled', 'dead')),
  blocked INTEGER NOT NULL,
  ready INTEGER NOT NULL,
  turn INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  uncertain INTEGER NOT NULL DEFAULT 0,
  first_wanted_at INTEGER NOT NULL,
  waiting_since INTEGER NOT NULL,
  delivered_at INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL DEFAULT 0,
  holder TEXT NOT NULL DEFAULT '',
  held_until INTEGER NOT NULL DEFAULT 0,
  held_for INTEGER NOT NULL DEFAULT 0,
  why TEXT NOT NULL DEFAULT '""',
  content TEXT
) STRICT;
CREATE INDEX message_ready ON message (lane, customer, due_at, turn) WHERE ready = 1;
CREATE INDEX message_new ON message (lane, customer, app, team, channel, sequence) WHERE state = 'waiting' AND ts = '' AND blocked = 0;
CREATE UNIQUE INDEX message_head ON message (lane, customer, app, team, channel) WHERE ready = 1 AND ts = '';
CREATE INDEX message_waiting ON message (lane, waiting_since) WHERE state = 'waiting';
CREATE INDEX message_dead ON message (turn) WHERE state = 'dead';
CREATE INDEX message_delivered ON message (delivered_at) WHERE state = 'settled';
CREATE INDEX message_thread ON message (parent) WHERE parent IS NOT NULL;
CREATE INDEX message_place ON message (team, channel, ts) WHERE ts <> '';

CREATE TABLE installation (
  app TEXT NOT NULL,
  team TEXT NOT NULL,
  organisation TEXT NOT NULL,
  enterprise TEXT NOT NULL,
  customer TEXT NOT NULL,
  bot_user TEXT NOT NULL,
  sealed TEXT NOT NULL,
  installed_at TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (app, team, organisation)
) STRICT, WITHOUT ROWID;

CREATE TABLE channel (
  app TEXT NOT NULL,
  team TEXT NOT NULL,
  channel TEXT NOT NULL,
  customer TEXT NOT NULL,
  purpose TEXT NOT NULL,
  suspended INTEGER NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (app, team, channel)
) STRICT, WITHOUT ROWID;
CREATE INDEX channel_of_customer ON channel (customer);

CREATE TABLE one_time_value (
  hash TEXT PRIMARY KEY,
  data TEXT NOT NULL,
  until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX one_time_value_until ON one_time_value (until);

CREATE TABLE note (
  customer TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (customer, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE lease (
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  fence INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

export const sqliteBotMigrations: readonly Migration[] = [{ number: 1, name: 'first-tables', sql: firstTables }];
