import { Conversation, keptConversations, keptTurns } from '@autodevops/domain/conversation';
import type { Turn } from '@autodevops/domain/conversation';
import type { ConversationHit, Conversations, NewTurn, Owners } from '@autodevops/domain/ports/conversations';
import { begun, numbered, parseTurn, turnText } from '../conversation/kept-conversation.ts';
import type { KeptConversation, KeptTurn } from '../conversation/kept-conversation.ts';
import { conversationTaken } from '../refusals.ts';
import { wantedWords } from '../search/search-words.ts';
import { requireShape } from '../stored-json.ts';
import { fromStored, toStored } from '../stored-text.ts';
import type { PostgresConnection, PostgresRow, Query } from './postgres-connection.ts';
import { queryText, vectorText } from './vector-text.ts';

const columns = 'c.number, c.id, c.owner, c.workspace, c.title, c.begun_at, c.updated_at, c.turns';

function conversationOf(row: PostgresRow): Conversation {
  const stored = (column: string): string => fromStored(String(row[column]));
  return {
    id: stored('id'),
    workspace: stored('workspace'),
    title: stored('title'),
    begunAt: stored('begun_at'),
    updatedAt: stored('updated_at'),
    turns: Number(row['turns']),
  };
}

async function find(query: Query, id: string, owners: Owners): Promise<PostgresRow | undefined> {
  const [row] = await query(
    `SELECT ${columns} FROM autodevops.conversation c WHERE c.id = $1 AND c.owner = ANY ($2)`,
    toStored(id),
    owners.map(toStored),
  );
  return row;
}

const insertSql = `
INSERT INTO autodevops.conversation (customer, id, owner, workspace, title, begun_at, updated_at, turns, words)
VALUES (current_setting('app.customer'), $1, $2, $3, $4, $5, $6, $7, $8::tsvector)`;

async function insert(
  query: Query,
  owner: string,
  { id, workspace, title, begunAt, updatedAt, turns }: Conversation,
): Promise<void> {
  await query(
    insertSql,
    toStored(id),
    toStored(owner),
    toStored(workspace),
    toStored(title),
    toStored(begunAt),
    toStored(updatedAt),
    turns,
    vectorText(title),
  );
}

const insertTurnSql = `
INSERT INTO autodevops.conversation_turn (customer, conversation, sequence, key, turn, words)
VALUES (current_setting('app.customer'), $1, $2, $3, $4, $5::tsvector)`;

async function insertTurn(query: Query, conversation: string, { key, turn }: KeptTurn): Promise<void> {
  await query(
    insertTurnSql,
    toStored(conversation),
    turn.number,
    toStored(key),
    JSON.stringify(turn),
    vectorText(turnText(turn)),
  );
}

async function append(query: Query, id: string, owners: Owners, turn: NewTurn): Promise<Turn | undefined> {
  const row = await find(query, id, owners);
  if (row === undefined) return undefined;
  const [earlier] = await query(
    'SELECT turn FROM autodevops.conversation_turn WHERE conversation = $1 AND key = $2',
    toStored(id),
    toStored(turn.key),
  );
  if (earlier !== undefined) return parseTurn(String(earlier['turn']));
  const kept = numbered(turn, Number(row['turns']) + 1);
  await insertTurn(query, id, { key: turn.key, turn: kept });
  await query(
    'UPDATE autodevops.conversation SET turns = $2, updated_at = $3 WHERE id = $1',
    toStored(id),
    kept.number,
    toStored(turn.time),
  );
  await query(
    'DELETE FROM autodevops.conversation_turn WHERE conversation = $1 AND sequence <= $2',
    toStored(id),
    kept.number - keptTurns,
  );
  return kept;
}

/** Within the caller's transaction. */
export async function putConversationRow(
  query: Query,
  { owner, conversation, turns }: KeptConversation,
): Promise<void> {
  await insert(query, owner, conversation);
  for (const turn of turns) await insertTurn(query, conversation.id, turn);
}

/** Of a row with the owner and the columns of the conversation. */
export async function keptConversation(query: Query, row: PostgresRow): Promise<KeptConversation> {
  const turns = await query(
    'SELECT key, turn FROM autodevops.conversation_turn WHERE conversation = $1 ORDER BY sequence',
    String(row['id']),
  );
  return {
    owner: fromStored(String(row['owner'])),
    conversation: conversationOf(row),
    turns: turns.map((one) => ({ key: fromStored(String(one['key'])), turn: parseTurn(String(one['turn'])) })),
  };
}

const listSql = (workspace: boolean, before: boolean): string => `
SELECT ${columns} FROM autodevops.conversation c WHERE c.owner = ANY ($1) ${workspace ? 'AND c.workspace = $3' : ''}
${before ? `AND (c.updated_at, c.number) < (SELECT b.updated_at, b.number FROM autodevops.conversation b WHERE b.id = $${workspace ? 4 : 3})` : ''}
ORDER BY c.updated_at DESC, c.number DESC LIMIT $2`;

const searchSql = `
SELECT * FROM (
  SELECT DISTINCT ON (f.number) f.* FROM (
    SELECT ${columns}, t.turn, ts_rank(t.words, wanted) AS score
    FROM CAST($1 AS tsquery) AS wanted, autodevops.conversation_turn t JOIN autodevops.conversation c ON c.customer = t.customer AND c.id = t.conversation
    WHERE t.words @@ wanted AND c.owner = ANY ($2)
    UNION ALL
    SELECT ${columns}, NULL, ts_rank(c.words, wanted) FROM CAST($1 AS tsquery) AS wanted, autodevops.conversation c WHERE c.words @@ wanted AND c.owner = ANY ($2)
  ) AS f ORDER BY f.number, f.score DESC
) AS best ORDER BY score DESC, updated_at DESC, number DESC LIMIT $3`;

async function search(query: Query, words: string, owners: Owners, limit: number): Promise<readonly ConversationHit[]> {
  const wanted = wantedWords(words);
  if (wanted.length === 0) return [];
  const rows = await query(searchSql, queryText(wanted), owners.map(toStored), limit);
  return rows.map((row) => ({
    conversation: conversationOf(row),
    ...(typeof row['turn'] === 'string' ? { turn: parseTurn(row['turn']) } : {}),
  }));
}

const dropBeyond = `
DELETE FROM autodevops.conversation WHERE id IN (
  SELECT id FROM autodevops.conversation WHERE owner = $1 ORDER BY updated_at DESC, number DESC OFFSET ${keptConversations})`;

const pruneSql = `
DELETE FROM autodevops.conversation WHERE id IN (SELECT id FROM autodevops.conversation WHERE updated_at < $1 ORDER BY updated_at, number LIMIT $2)
RETURNING id`;

export function postgresConversations(connection: PostgresConnection): Conversations {
  return {
    begin: (wanted) =>
      connection.write(async (query) => {
        const conversation = begun(wanted);
        const known = await find(query, wanted.id, wanted.owners);
        if (known !== undefined) return conversationOf(known);
        const [taken] = await query(
          'SELECT 1 AS taken FROM autodevops.conversation WHERE id = $1',
          toStored(wanted.id),
        );
        if (taken !== undefined) throw conversationTaken(wanted.id);
        await insert(query, wanted.owners[0], conversation);
        await query(dropBeyond, toStored(wanted.owners[0]));
        return conversation;
      }),
    append: (id, owners, turn) => connection.write((query) => append(query, id, owners, turn)),
    list: async (owners, { limit, workspace, before }) => {
      const values = [
        ...(workspace === undefined ? [] : [toStored(workspace)]),
        ...(before === undefined ? [] : [toStored(before)]),
      ];
      return (
        await connection.read((query) =>
          query(listSql(workspace !== undefined, before !== undefined), owners.map(toStored), limit, ...values),
        )
      ).map(conversationOf);
    },
    read: (id, owners, { limit }) =>
      connection.read(async (query) => {
        const row = await find(query, id, owners);
        if (row === undefined) return undefined;
        const turns = await query(
          'SELECT turn FROM autodevops.conversation_turn WHERE conversation = $1 ORDER BY sequence DESC LIMIT $2',
          toStored(id),
          limit,
        );
        return {
          conversation: conversationOf(row),
          turns: turns.map((one) => parseTurn(String(one['turn']))).toReversed(),
        };
      }),
    search: (words, owners, { limit }) => connection.read((query) => search(query, words, owners, limit)),
    rename: (id, owners, title) =>
      connection.write(async (query) => {
        const row = await find(query, id, owners);
        if (row === undefined) return undefined;
        const renamed = requireShape(Conversation, 'A conversation', { ...conversationOf(row), title });
        await query(
          'UPDATE autodevops.conversation SET title = $2, words = $3::tsvector WHERE id = $1',
          toStored(id),
          toStored(title),
          vectorText(title),
        );
        return renamed;
      }),
    remove: (id, owners) =>
      connection.write(
        async (query) =>
          (
            await query(
              'DELETE FROM autodevops.conversation WHERE id = $1 AND owner = ANY ($2) RETURNING id',
              toStored(id),
              owners.map(toStored),
            )
          ).length > 0,
      ),
    prune: async ({ before, limit }) =>
      (await connection.write((query) => query(pruneSql, toStored(before), limit))).length,
  };
}
