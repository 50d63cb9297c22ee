import type { Outbox } from '@autodevops/domain/ports/store';
import { pastEvents } from '../outbox/past-events.ts';
import { parseOutbox } from '../stored-json.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { number, text } from './statements.ts';
import type { Statements } from './statements.ts';

/** Within the caller's transaction. SQLite gives each row the number after the highest; the highest is never deleted. */
export function appendOutbox(db: Statements, events: readonly string[]): void {
  for (const event of events) db.run('INSERT INTO outbox (event) VALUES (?)', event);
}

export function sqliteOutbox(connection: SqliteConnection): Outbox {
  return {
    after: async (cursor, limit) => {
      const rows = await connection.read((db) =>
        db.all('SELECT cursor, event FROM outbox WHERE cursor > ? ORDER BY cursor LIMIT ?', cursor, limit),
      );
      return rows.map((row) => ({
        cursor: number(row, 'cursor'),
        ...parseOutbox(number(row, 'cursor'), text(row, 'event')),
      }));
    },
    head: () => connection.read((db) => number(db.get('SELECT max(cursor) AS head FROM outbox'), 'head')),
    oldest: () => connection.read((db) => number(db.get('SELECT min(cursor) AS oldest FROM outbox'), 'oldest')),
    prune: ({ before, limit }) =>
      connection.write((db) => {
        const head = number(db.get('SELECT max(cursor) AS head FROM outbox'), 'head');
        const oldest = db
          .all('SELECT cursor, event FROM outbox ORDER BY cursor LIMIT ?', limit)
          .map((row) => ({ cursor: number(row, 'cursor'), event: text(row, 'event') }));
        const over = pastEvents(oldest, { before, head });
        for (const cursor of over) db.run('DELETE FROM outbox WHERE cursor = ?', cursor);
        return over.length;
      }),
  };
}
