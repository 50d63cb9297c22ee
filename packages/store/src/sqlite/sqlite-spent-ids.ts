import type { SpentIds } from '@autodevops/domain/ports/store';
import { toStored } from '../stored-text.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import type { Clock } from './sqlite-leases.ts';

const spend = 'INSERT INTO spent_id (id, until) VALUES (?, ?) ON CONFLICT (id) DO NOTHING';
/** More than come in between: what has ended goes with what comes. */
const forget = 'DELETE FROM spent_id WHERE id IN (SELECT id FROM spent_id WHERE until < ? ORDER BY until LIMIT 10)';

export function sqliteSpentIds(connection: SqliteConnection, now: Clock): SpentIds {
  return {
    spend: (id, until) =>
      connection.write((db) => {
        db.run(forget, now());
        return db.run(spend, toStored(id), Math.ceil(until)) === 1;
      }),
  };
}
