/**
 * Conversations, and the words of their turns and titles: the row of a turn has its number, that of a title the
 * conversation's number below zero. Text columns that are keys hold text as `toStored` writes it.
 */
export const conversationTables = `
CREATE TABLE conversation (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  owner TEXT NOT NULL,
  workspace TEXT NOT NULL,
  title TEXT NOT NULL,
  begun_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  turns INTEGER NOT NULL
) STRICT;
CREATE INDEX conversation_by_owner ON conversation (owner, updated_at, number);
CREATE INDEX conversation_by_age ON conversation (updated_at, number);

CREATE TABLE conversation_turn (
  number INTEGER PRIMARY KEY,
  conversation INTEGER NOT NULL REFERENCES conversation (number),
  sequence INTEGER NOT NULL,
  key TEXT NOT NULL,
  turn TEXT NOT NULL,
  UNIQUE (conversation, sequence)
) STRICT;
CREATE UNIQUE INDEX conversation_turn_by_key ON conversation_turn (conversation, key);
CREATE VIRTUAL TABLE conversation_words USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0');

CREATE INDEX memory_by_age ON memory (time, number);
`;
