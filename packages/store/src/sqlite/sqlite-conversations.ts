import { Conversation, keptConversations, keptTurns } from '@autodevops/domain/conversation';
import type { Turn } from '@autodevops/domain/conversation';
import type { ConversationHit, Conversations, NewTurn, Owners } from '@autodevops/domain/ports/conversations';
import { begun, numbered, parseTurn, turnWords } from '../conversation/kept-conversation.ts';
import type { KeptConversation, KeptTurn } from '../conversation/kept-conversation.ts';
import { conversationTaken } from '../refusals.ts';
import { searchWords, wantedWords } from '../search/search-words.ts';
import { requireShape } from '../stored-json.ts';
import { fromStored, toStored } from '../stored-text.ts';
import type { SqlRow } from './driver/driver.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { matchQuery } from './match-query.ts';
import { number, text } from './statements.ts';
import type { Statements } from './statements.ts';

const columns = 'c.number, c.id, c.owner, c.workspace, c.title, c.begun_at, c.updated_at, c.turns';
const theirs = 'c.owner IN (SELECT value FROM json_each(?))';

function conversationOf(row: SqlRow): Conversation {
  const stored = (column: string): string => fromStored(text(row, column));
  return {
    id: stored('id'),
    workspace: stored('workspace'),
    title: stored('title'),
    begunAt: stored('begun_at'),
    updatedAt: stored('updated_at'),
    turns: number(row, 'turns'),
  };
}

function ownersJson(owners: Owners): string {
  return JSON.stringify(owners.map(toStored));
}

function find(db: Statements, id: string, owners: Owners): SqlRow | undefined {
  return db.get(`SELECT ${columns} FROM conversation c WHERE c.id = ? AND ${theirs}`, toStored(id), ownersJson(owners));
}

function removeTurns(db: Statements, conversation: number, upTo: number): void {
  const range = 'conversation = ? AND sequence <= ?';
  db.run(
    `DELETE FROM conversation_words WHERE rowid IN (SELECT number FROM conversation_turn WHERE ${range})`,
    conversation,
    upTo,
  );
  db.run(`DELETE FROM conversation_turn WHERE ${range}`, conversation, upTo);
}

function removeWhole(db: Statements, conversation: number): void {
  removeTurns(db, conversation, Number.MAX_SAFE_INTEGER);
  db.run('DELETE FROM conversation_words WHERE rowid = ?', -conversation);
  db.run('DELETE FROM conversation WHERE number = ?', conversation);
}

function putTitleWords(db: Statements, conversation: number, title: string): void {
  db.run('DELETE FROM conversation_words WHERE rowid = ?', -conversation);
  db.run('INSERT INTO conversation_words (rowid, words) VALUES (?, ?)', -conversation, searchWords(title).join(' '));
}

function insert(
  db: Statements,
  owner: string,
  { id, workspace, title, begunAt, updatedAt, turns }: Conversation,
): number {
  db.run(
    'INSERT INTO conversation (id, owner, workspace, title, begun_at, updated_at, turns) VALUES (?, ?, ?, ?, ?, ?, ?)',
    toStored(id),
    toStored(owner),
    toStored(workspace),
    toStored(title),
    toStored(begunAt),
    toStored(updatedAt),
    turns,
  );
  const made = number(db.get('SELECT number FROM conversation WHERE id = ?', toStored(id)), 'number');
  putTitleWords(db, made, title);
  return made;
}

function insertTurn(db: Statements, conversation: number, { key, turn }: KeptTurn): void {
  db.run(
    'INSERT INTO conversation_turn (conversation, sequence, key, turn) VALUES (?, ?, ?, ?)',
    conversation,
    turn.number,
    toStored(key),
    JSON.stringify(turn),
  );
  const made = number(
    db.get('SELECT number FROM conversation_turn WHERE conversation = ? AND sequence = ?', conversation, turn.number),
    'number',
  );
  db.run('INSERT INTO conversation_words (rowid, words) VALUES (?, ?)', made, turnWords(turn));
}

function append(db: Statements, id: string, owners: Owners, turn: NewTurn): Turn | undefined {
  const row = find(db, id, owners);
  if (row === undefined) return undefined;
  const [conversation, sequence] = [number(row, 'number'), number(row, 'turns') + 1];
  const earlier = db.get(
    'SELECT turn FROM conversation_turn WHERE conversation = ? AND key = ?',
    conversation,
    toStored(turn.key),
  );
  if (earlier !== undefined) return parseTurn(text(earlier, 'turn'));
  const kept = numbered(turn, sequence);
  insertTurn(db, conversation, { key: turn.key, turn: kept });
  db.run(
    'UPDATE conversation SET turns = ?, updated_at = ? WHERE number = ?',
    sequence,
    toStored(turn.time),
    conversation,
  );
  removeTurns(db, conversation, sequence - keptTurns);
  return kept;
}

/** Within the caller's transaction. */
export function putConversation(db: Statements, { owner, conversation, turns }: KeptConversation): void {
  const made = insert(db, owner, conversation);
  for (const turn of turns) insertTurn(db, made, turn);
}

/** Of a row with `number`, `owner` and the columns of the conversation. */
export function keptConversation(db: Statements, row: SqlRow): KeptConversation {
  const turns = db.all(
    'SELECT key, turn FROM conversation_turn WHERE conversation = ? ORDER BY sequence',
    number(row, 'number'),
  );
  return {
    owner: fromStored(text(row, 'owner')),
    conversation: conversationOf(row),
    turns: turns.map((one) => ({ key: fromStored(text(one, 'key')), turn: parseTurn(text(one, 'turn')) })),
  };
}

const listSql = (workspace: boolean, before: boolean): string => `
SELECT ${columns} FROM conversation c WHERE ${theirs} ${workspace ? 'AND c.workspace = ?' : ''}
${before ? 'AND (c.updated_at, c.number) < (SELECT updated_at, number FROM conversation WHERE id = ?)' : ''}
ORDER BY c.updated_at DESC, c.number DESC LIMIT ?`;

// The function that ranks cannot be used where rows are put together, so what it says is taken down first.
const searchSql = `
WITH found AS MATERIALIZED (SELECT rowid AS place, rank AS score FROM conversation_words WHERE conversation_words MATCH ?)
SELECT ${columns}, t.turn, min(f.score) FROM found f
LEFT JOIN conversation_turn t ON t.number = f.place
JOIN conversation c ON c.number = CASE WHEN f.place < 0 THEN -f.place ELSE t.conversation END
WHERE ${theirs} GROUP BY c.number ORDER BY min(f.score), c.updated_at DESC, c.number DESC LIMIT ?`;

function search(db: Statements, words: string, owners: Owners, limit: number): readonly ConversationHit[] {
  const wanted = wantedWords(words);
  if (wanted.length === 0) return [];
  return db.all(searchSql, matchQuery(wanted), ownersJson(owners), limit).map((row) => {
    const turn = row['turn'];
    return { conversation: conversationOf(row), ...(typeof turn === 'string' ? { turn: parseTurn(turn) } : {}) };
  });
}

function prune(db: Statements, before: string, limit: number): number {
  const resting = db.all(
    'SELECT number FROM conversation WHERE updated_at < ? ORDER BY updated_at, number LIMIT ?',
    toStored(before),
    limit,
  );
  for (const row of resting) removeWhole(db, number(row, 'number'));
  return resting.length;
}

function dropBeyond(db: Statements, owner: string): void {
  const beyond = db.all(
    'SELECT number FROM conversation WHERE owner = ? ORDER BY updated_at DESC, number DESC LIMIT -1 OFFSET ?',
    toStored(owner),
    keptConversations,
  );
  for (const row of beyond) removeWhole(db, number(row, 'number'));
}

export function sqliteConversations(connection: SqliteConnection): Conversations {
  return {
    begin: (wanted) =>
      connection.write((db) => {
        const conversation = begun(wanted);
        const known = find(db, wanted.id, wanted.owners);
        if (known !== undefined) return conversationOf(known);
        if (db.get('SELECT 1 AS taken FROM conversation WHERE id = ?', toStored(wanted.id)) !== undefined) {
          throw conversationTaken(wanted.id);
        }
        insert(db, wanted.owners[0], conversation);
        dropBeyond(db, wanted.owners[0]);
        return conversation;
      }),
    append: (id, owners, turn) => connection.write((db) => append(db, id, owners, turn)),
    list: async (owners, { limit, workspace, before }) => {
      const values = [
        ownersJson(owners),
        ...(workspace === undefined ? [] : [toStored(workspace)]),
        ...(before === undefined ? [] : [toStored(before)]),
        limit,
      ];
      return (
        await connection.read((db) => db.all(listSql(workspace !== undefined, before !== undefined), ...values))
      ).map(conversationOf);
    },
    read: (id, owners, { limit }) =>
      connection.read((db) => {
        const row = find(db, id, owners);
        if (row === undefined) return undefined;
        const turns = db.all(
          'SELECT turn FROM conversation_turn WHERE conversation = ? ORDER BY sequence DESC LIMIT ?',
          number(row, 'number'),
          limit,
        );
        return {
          conversation: conversationOf(row),
          turns: turns.map((one) => parseTurn(text(one, 'turn'))).toReversed(),
        };
      }),
    search: (words, owners, { limit }) => connection.read((db) => search(db, words, owners, limit)),
    rename: (id, owners, title) =>
      connection.write((db) => {
        const row = find(db, id, owners);
        if (row === undefined) return undefined;
        const renamed = requireShape(Conversation, 'A conversation', { ...conversationOf(row), title });
        db.run('UPDATE conversation SET title = ? WHERE number = ?', toStored(title), number(row, 'number'));
        putTitleWords(db, number(row, 'number'), title);
        return renamed;
      }),
    remove: (id, owners) =>
      connection.write((db) => {
        const row = find(db, id, owners);
        if (row !== undefined) removeWhole(db, number(row, 'number'));
        return row !== undefined;
      }),
    prune: ({ before, limit }) => connection.write((db) => prune(db, before, limit)),
  };
}
