import { longestLease } from '@autodevops/domain/ports/store';
import type { Lease, Leases } from '@autodevops/domain/ports/store';
import { fromStored, toStored } from '../stored-text.ts';
import type { PostgresConnection, SqlParameter } from './postgres-connection.ts';

const held = `BETWEEN clock_timestamp() + interval '1 microsecond' AND clock_timestamp() + ${longestLease} * interval '1 millisecond'`;

// Time is the database's, so that the clocks of those who want a lease do not matter. One statement: a free lease, or
// one that is not held any more, goes to who asks, with the next fence; one's own is prolonged.
const acquireIn = (schema: string): string => `
INSERT INTO ${schema}.lease AS l (customer, name, holder, fence, expires_at)
VALUES (current_setting('app.customer'), $1, $2, 1, clock_timestamp() + $3 * interval '1 millisecond')
ON CONFLICT (customer, name) DO UPDATE SET
  holder = excluded.holder,
  fence = CASE WHEN l.expires_at ${held} THEN l.fence ELSE l.fence + 1 END,
  expires_at = excluded.expires_at
WHERE l.expires_at NOT ${held} OR l.holder = excluded.holder
RETURNING name, holder, fence, expires_at`;

const renewIn = (schema: string): string => `
UPDATE ${schema}.lease SET expires_at = clock_timestamp() + $4 * interval '1 millisecond'
WHERE name = $1 AND holder = $2 AND fence = $3 AND expires_at > clock_timestamp()
RETURNING name, holder, fence, expires_at`;

// The row stays, so that the fence goes on rising.
const releaseIn = (schema: string): string =>
  `UPDATE ${schema}.lease SET expires_at = '-infinity' WHERE name = $1 AND holder = $2 AND fence = $3`;

export function postgresLeases(connection: PostgresConnection, schema = 'autodevops'): Leases {
  const [acquire, renew, release] = [acquireIn(schema), renewIn(schema), releaseIn(schema)];
  const one = async (sql: string, ...values: readonly SqlParameter[]): Promise<Lease | undefined> => {
    const [row] = await connection.write((query) => query(sql, ...values));
    if (row === undefined) return undefined;
    return {
      name: fromStored(String(row['name'])),
      holder: fromStored(String(row['holder'])),
      fence: Number(row['fence']),
      expiresAt: (row['expires_at'] as Date).toISOString(),
    };
  };
  return {
    acquire: (name, holder, milliseconds) =>
      one(acquire, toStored(name), toStored(holder), Math.min(milliseconds, longestLease)),
    renew: ({ name, holder, fence }, milliseconds) =>
      one(renew, toStored(name), toStored(holder), fence, Math.min(milliseconds, longestLease)),
    release: async ({ name, holder, fence }) => {
      await connection.write((query) => query(release, toStored(name), toStored(holder), fence));
    },
  };
}
