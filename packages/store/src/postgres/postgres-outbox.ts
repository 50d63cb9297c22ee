import type { Outbox } from '@autodevops/domain/ports/store';
import { pastEvents } from '../outbox/past-events.ts';
import { parseOutbox } from '../stored-json.ts';
import type { PostgresConnection } from './postgres-connection.ts';

export function postgresOutbox(connection: PostgresConnection): Outbox {
  return {
    after: async (cursor, limit) => {
      const rows = await connection.read((query) =>
        query('SELECT cursor, event FROM autodevops.outbox WHERE cursor > $1 ORDER BY cursor LIMIT $2', cursor, limit),
      );
      return rows.map((row) => ({
        cursor: Number(row['cursor']),
        ...parseOutbox(Number(row['cursor']), String(row['event'])),
      }));
    },
    head: async () => {
      const [row] = await connection.read((query) =>
        query('SELECT cursor FROM autodevops.outbox ORDER BY cursor DESC LIMIT 1'),
      );
      return Number(row?.['cursor'] ?? 0);
    },
    oldest: async () => {
      const [row] = await connection.read((query) =>
        query('SELECT cursor FROM autodevops.outbox ORDER BY cursor LIMIT 1'),
      );
      return Number(row?.['cursor'] ?? 0);
    },
    prune: ({ before, limit }) =>
      connection.write(async (query) => {
        const [head] = await query('SELECT cursor FROM autodevops.outbox ORDER BY cursor DESC LIMIT 1');
        const rows = await query('SELECT cursor, event FROM autodevops.outbox ORDER BY cursor LIMIT $1', limit);
        const over = pastEvents(
          rows.map((row) => ({ cursor: Number(row['cursor']), event: String(row['event']) })),
          { before, head: Number(head?.['cursor'] ?? 0) },
        );
        await query('DELETE FROM autodevops.outbox WHERE cursor = ANY ($1)', over);
        return over.length;
      }),
  };
}
