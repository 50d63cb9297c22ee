import type { Memory } from '@autodevops/domain/ports/store';
import { searchWords, wantedWords } from '../search/search-words.ts';
import { parseMemory, requireShape } from '../stored-json.ts';
import { MemoryEntry } from '../stored-shapes.ts';
import { toStored } from '../stored-text.ts';
import { matchQuery } from './match-query.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { number, text } from './statements.ts';
import type { Statements } from './statements.ts';

interface PreparedEntry {
  readonly columns: readonly [id: string, kind: string, thread: string, time: string, entry: string];
  readonly words: string;
}

function prepare(entry: MemoryEntry): PreparedEntry {
  const { id, kind, thread, time, text } = entry;
  return {
    columns: [
      toStored(id),
      kind,
      toStored(thread),
      toStored(time),
      JSON.stringify(requireShape(MemoryEntry, 'A memory', entry)),
    ],
    words: searchWords(text).join(' '),
  };
}

function numberOf(db: Statements, id: string): number | undefined {
  const row = db.get('SELECT number FROM memory WHERE id = ?', id);
  return row === undefined ? undefined : number(row, 'number');
}

function forget(db: Statements, id: string): void {
  const known = numberOf(db, id);
  if (known === undefined) return;
  db.run('DELETE FROM memory_words WHERE rowid = ?', known);
  db.run('DELETE FROM memory WHERE number = ?', known);
}

/** Within the caller's transaction. */
export function putMemory(db: Statements, entry: MemoryEntry): void {
  const { columns, words } = prepare(entry);
  forget(db, columns[0]);
  db.run('INSERT INTO memory (id, kind, thread, time, entry) VALUES (?, ?, ?, ?, ?)', ...columns);
  db.run('INSERT INTO memory_words (rowid, words) VALUES (?, ?)', numberOf(db, columns[0]) ?? 0, words);
}

function prune(db: Statements, { before, kinds, limit }: Parameters<Memory['prune']>[0]): number {
  const over = db.all(
    'SELECT id FROM memory WHERE time < ? AND kind IN (SELECT value FROM json_each(?)) ORDER BY time, number LIMIT ?',
    toStored(before),
    JSON.stringify(kinds),
    limit,
  );
  for (const row of over) forget(db, text(row, 'id'));
  return over.length;
}

const searchSql = (kind: boolean): string => `
SELECT m.entry FROM memory_words w JOIN memory m ON m.number = w.rowid
WHERE memory_words MATCH ? ${kind ? 'AND m.kind = ?' : ''}
ORDER BY w.rank, m.number DESC LIMIT ?`;

export function sqliteMemory(connection: SqliteConnection): Memory {
  return {
    put: async (entry) => {
      await connection.write((db) => putMemory(db, entry));
    },
    search: async (words, { limit, kind }) => {
      const wanted = wantedWords(words);
      if (wanted.length === 0) return [];
      const values = [matchQuery(wanted), ...(kind === undefined ? [] : [kind]), limit];
      const rows = await connection.read((db) => db.all(searchSql(kind !== undefined), ...values));
      return rows.map((row) => parseMemory(text(row, 'entry')));
    },
    thread: async (thread, { limit }) => {
      const rows = await connection.read((db) =>
        db.all(
          'SELECT entry FROM memory WHERE thread = ? ORDER BY time DESC, number DESC LIMIT ?',
          toStored(thread),
          limit,
        ),
      );
      return rows.map((row) => parseMemory(text(row, 'entry'))).toReversed();
    },
    forget: async (id) => {
      await connection.write((db) => forget(db, toStored(id)));
    },
    prune: (options) => connection.write((db) => prune(db, options)),
  };
}
