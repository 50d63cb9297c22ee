import { longestLease } from '@autodevops/domain/ports/store';
import type { Lease, Leases } from '@autodevops/domain/ports/store';
import { leaseLost } from '../refusals.ts';
import { fromStored, toStored } from '../stored-text.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { number, text } from './statements.ts';
import type { Statements } from './statements.ts';

/** Milliseconds since 1970. */
export type Clock = () => number;

/** Within the caller's transaction. Throws `store.fenced`. */
export function requireLease(
  db: Statements,
  fence: { readonly lease: string; readonly fence: number } | undefined,
  now: number,
): void {
  if (fence === undefined) return;
  const held = db.get(
    'SELECT 1 AS held FROM lease WHERE name = ? AND fence = ? AND expires_at > ?',
    toStored(fence.lease),
    fence.fence,
    now,
  );
  if (held === undefined) throw leaseLost(fence.lease);
}

// One statement: a free lease, or one that is not held any more, goes to who asks, with the next fence; one's own is prolonged.
const acquire = `
INSERT INTO lease (name, holder, fence, expires_at) VALUES (?, ?, 1, ?)
ON CONFLICT (name) DO UPDATE SET
  holder = excluded.holder,
  fence = CASE WHEN expires_at BETWEEN ? AND ? THEN fence ELSE fence + 1 END,
  expires_at = excluded.expires_at
WHERE expires_at NOT BETWEEN ? AND ? OR holder = excluded.holder
RETURNING name, holder, fence, expires_at`;

const renew = `
UPDATE lease SET expires_at = ? WHERE name = ? AND holder = ? AND fence = ? AND expires_at > ?
RETURNING name, holder, fence, expires_at`;

export function sqliteLeases(connection: SqliteConnection, now: Clock): Leases {
  const one = async (sql: string, values: () => readonly (string | number)[]): Promise<Lease | undefined> => {
    const row = await connection.write((db) => db.get(sql, ...values()));
    if (row === undefined) return undefined;
    return {
      name: fromStored(text(row, 'name')),
      holder: fromStored(text(row, 'holder')),
      fence: number(row, 'fence'),
      expiresAt: new Date(number(row, 'expires_at')).toISOString(),
    };
  };
  return {
    acquire: (name, holder, milliseconds) =>
      one(acquire, () => {
        const at = now();
        const held = [at + 1, at + longestLease] as const;
        return [toStored(name), toStored(holder), at + Math.min(milliseconds, longestLease), ...held, ...held];
      }),
    renew: ({ name, holder, fence }, milliseconds) =>
      one(renew, () => [now() + Math.min(milliseconds, longestLease), toStored(name), toStored(holder), fence, now()]),
    release: async ({ name, holder, fence }) => {
      // The row stays, so that the fence goes on rising.
      await connection.write((db) =>
        db.run(
          'UPDATE lease SET expires_at = 0 WHERE name = ? AND holder = ? AND fence = ?',
          toStored(name),
          toStored(holder),
          fence,
        ),
      );
    },
  };
}
