import type { Memory } from '@autodevops/domain/ports/store';
import { wantedWords } from '../search/search-words.ts';
import { parseMemory, requireShape } from '../stored-json.ts';
import { MemoryEntry } from '../stored-shapes.ts';
import { toStored } from '../stored-text.ts';
import type { PostgresConnection, Query } from './postgres-connection.ts';
import { queryText, vectorText } from './vector-text.ts';

const put = `
INSERT INTO autodevops.memory (customer, id, kind, thread, time, entry, words)
VALUES (current_setting('app.customer'), $1, $2, $3, $4, $5, $6::tsvector)`;

const searchSql = `
SELECT entry FROM autodevops.memory, CAST($1 AS tsquery) AS wanted
WHERE words @@ wanted AND ($3 = '' OR kind = $3)
ORDER BY ts_rank(words, wanted) DESC, number DESC LIMIT $2`;

const pruneSql = `
DELETE FROM autodevops.memory WHERE id IN (SELECT id FROM autodevops.memory WHERE time < $1 AND kind = ANY ($2) ORDER BY time, number LIMIT $3)
RETURNING id`;

/** Within the caller's transaction. */
export async function putMemoryRow(query: Query, entry: MemoryEntry): Promise<void> {
  const { id, kind, thread, time, text } = entry;
  const json = JSON.stringify(requireShape(MemoryEntry, 'A memory', entry));
  await query('DELETE FROM autodevops.memory WHERE id = $1', toStored(id));
  await query(put, toStored(id), kind, toStored(thread), toStored(time), json, vectorText(text));
}

export function postgresMemory(connection: PostgresConnection): Memory {
  return {
    put: (entry) => connection.write((query) => putMemoryRow(query, entry)),
    search: async (words, { limit, kind }) => {
      const wanted = wantedWords(words);
      if (wanted.length === 0) return [];
      const rows = await connection.read((query) => query(searchSql, queryText(wanted), limit, kind ?? ''));
      return rows.map((row) => parseMemory(String(row['entry'])));
    },
    thread: async (thread, { limit }) => {
      const rows = await connection.read((query) =>
        query(
          'SELECT entry FROM autodevops.memory WHERE thread = $1 ORDER BY time DESC, number DESC LIMIT $2',
          toStored(thread),
          limit,
        ),
      );
      return rows.map((row) => parseMemory(String(row['entry']))).toReversed();
    },
    forget: async (id) => {
      await connection.write((query) => query('DELETE FROM autodevops.memory WHERE id = $1', toStored(id)));
    },
    prune: async ({ before, kinds, limit }) =>
      (await connection.write((query) => query(pruneSql, toStored(before), kinds, limit))).length,
  };
}
