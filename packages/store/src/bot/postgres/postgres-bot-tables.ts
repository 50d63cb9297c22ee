/**
 * As in SQLite: text columns that are compared hold text as `toStored` writes it, the others JSON; times are milliseconds
 * since 1970; `ready` marks what may be claimed: a change of what stands in Slack, and of the new messages of a channel
 * and a lane that wait for no parent exactly one: the first, or the one that somebody holds.
 */
export const botTables = `
CREATE SEQUENCE autodevops_bot.number;

CREATE TABLE autodevops_bot.event (
  sequence bigint PRIMARY KEY DEFAULT nextval('autodevops_bot.number'),
  id text COLLATE "C" NOT NULL UNIQUE,
  handler text NOT NULL,
  app text COLLATE "C" NOT NULL,
  team text COLLATE "C" NOT NULL,
  received_at text NOT NULL,
  received bigint NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'settled', 'dead')),
  attempts integer NOT NULL DEFAULT 0,
  due_at bigint NOT NULL DEFAULT 0,
  holder text COLLATE "C" NOT NULL DEFAULT '',
  held_until bigint NOT NULL DEFAULT 0,
  died bigint NOT NULL DEFAULT 0,
  why text NOT NULL DEFAULT '""',
  payload text
);
CREATE INDEX event_waiting ON autodevops_bot.event (app, team, due_at, sequence) WHERE state = 'waiting';
CREATE INDEX event_settled ON autodevops_bot.event (received) WHERE state = 'settled';
CREATE INDEX event_dead ON autodevops_bot.event (died) WHERE state = 'dead';

CREATE TABLE autodevops_bot.message (
  sequence bigint PRIMARY KEY DEFAULT nextval('autodevops_bot.number'),
  key text COLLATE "C" NOT NULL UNIQUE,
  customer text COLLATE "C" NOT NULL,
  lane text COLLATE "C" NOT NULL CHECK (lane IN ('interactive', 'stream', 'incident')),
  app text COLLATE "C" NOT NULL,
  team text COLLATE "C" NOT NULL,
  channel text COLLATE "C" NOT NULL,
  parent text COLLATE "C",
  thread_ts text,
  digest text COLLATE "C" NOT NULL,
  delivered_digest text COLLATE "C" NOT NULL DEFAULT '',
  ts text COLLATE "C" NOT NULL DEFAULT '',
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'settled', 'dead')),
  blocked boolean NOT NULL,
  ready boolean NOT NULL,
  turn bigint NOT NULL DEFAULT nextval('autodevops_bot.number'),
  attempts integer NOT NULL DEFAULT 0,
  uncertain boolean NOT NULL DEFAULT false,
  first_wanted_at bigint NOT NULL,
  waiting_since bigint NOT NULL,
  delivered_at bigint NOT NULL DEFAULT 0,
  due_at bigint NOT NULL DEFAULT 0,
  holder text COLLATE "C" NOT NULL DEFAULT '',
  held_until bigint NOT NULL DEFAULT 0,
  held_for bigint NOT NULL DEFAULT 0,
  why text NOT NULL DEFAULT '""',
  content text
);
CREATE INDEX message_ready ON autodevops_bot.message (lane, customer, due_at, turn) WHERE ready;
CREATE INDEX message_new ON autodevops_bot.message (lane, customer, app, team, channel, sequence) WHERE state = 'waiting' AND ts = '' AND NOT blocked;
CREATE UNIQUE INDEX message_head ON autodevops_bot.message (lane, customer, app, team, channel) WHERE ready AND ts = '';
CREATE INDEX message_waiting ON autodevops_bot.message (lane, waiting_since) WHERE state = 'waiting';
CREATE INDEX message_dead ON autodevops_bot.message (turn) WHERE state = 'dead';
CREATE INDEX message_delivered ON autodevops_bot.message (delivered_at) WHERE state = 'settled';
CREATE INDEX message_thread ON autodevops_bot.message (parent) WHERE parent IS NOT NULL;
CREATE INDEX message_place ON autodevops_bot.message (team, channel, ts) WHERE ts <> '';

CREATE TABLE autodevops_bot.installation (
  app text COLLATE "C" NOT NULL,
  team text COLLATE "C" NOT NULL,
  organisation text COLLATE "C" NOT NULL,
  enterprise text NOT NULL,
  customer text COLLATE "C" NOT NULL,
  bot_user text NOT NULL,
  sealed text NOT NULL,
  installed_at text NOT NULL,
  version bigint NOT NULL DEFAULT nextval('autodevops_bot.number'),
  PRIMARY KEY (app, team, organisation)
);

CREATE TABLE autodevops_bot.channel (
  app text COLLATE "C" NOT NULL,
  team text COLLATE "C" NOT NULL,
  channel text COLLATE "C" NOT NULL,
  customer text COLLATE "C" NOT NULL,
  purpose text NOT NULL,
  suspended boolean NOT NULL,
  why text NOT NULL,
  PRIMARY KEY (app, team, channel)
);
CREATE INDEX channel_of_customer ON autodevops_bot.channel (customer);

CREATE TABLE autodevops_bot.one_time_value (
  hash text COLLATE "C" PRIMARY KEY,
  data text NOT NULL,
  until bigint NOT NULL
);
CREATE INDEX one_time_value_until ON autodevops_bot.one_time_value (until);

CREATE TABLE autodevops_bot.note (
  customer text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  value text NOT NULL,
  PRIMARY KEY (customer, name)
);

CREATE TABLE autodevops_bot.lease (
  customer text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  holder text COLLATE "C" NOT NULL,
  fence bigint NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (customer, name)
);
`;
