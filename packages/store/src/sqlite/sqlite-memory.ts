import type { Memory } from '@autodevops/domain/ports/store';
import { searchWords, wantedWords } from '../search/search-words.ts';
import { parseMemory, requireShape } from '../stored-json.ts';
import { MemoryEntry } from '../stored-shapes.ts';
import { toStored } from '../stored-text.ts';
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
    columns: [toStored(id), kind, toStored(thread), toStored(time), JSON.stringify(requireShape(MemoryEntry, 'A memory', entry))],
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

/** Words hold letters and digits alone, so that in quotation marks they are nothing but words to FTS5. */
function query(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(' OR ');
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
      const values = [query(wanted), ...(kind === undefined ? [] : [kind]), limit];
      const rows = await connection.read((db) => db.all(searchSql(kind !== undefined), ...values));
      return rows.map((row) => parseMemory(text(row, 'entry')));
    },
    thread: async (thread, { limit }) => {
      const rows = await connection.read((db) => db.all('SELECT entry FROM memory WHERE thread = ? ORDER BY time DESC, number DESC LIMIT ?', toStored(thread), limit));
      return rows.map((row) => parseMemory(text(row, 'entry'))).toReversed();
    },
    forget: async (id) => {
      await connection.write((db) => forget(db, toStored(id)));
    },
  };
}
