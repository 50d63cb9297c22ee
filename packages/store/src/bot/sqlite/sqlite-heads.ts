import type { SqlRow } from '../../sqlite/driver/driver.ts';
import { number, text } from '../../sqlite/statements.ts';
import type { Statements } from '../../sqlite/statements.ts';

const ofChannel = 'lane = ? AND customer = ? AND app = ? AND team = ? AND channel = ?';
const stepBack = `UPDATE message SET ready = 0 WHERE ${ofChannel} AND ready = 1 AND ts = '' AND holder = ''`;
const held = `SELECT 1 FROM message WHERE ${ofChannel} AND ready = 1 AND ts = ''`;
const first = `SELECT sequence FROM message WHERE ${ofChannel} AND state = 'waiting' AND ts = '' AND blocked = 0 ORDER BY sequence LIMIT 1`;

/**
 * Makes the first of the new messages of a channel and lane the one that may be claimed, unless somebody holds one: two
 * are never on their way. Within the caller's transaction, whenever such a message came, went or was let go by its parent.
 */
export function chooseHead(db: Statements, row: SqlRow): void {
  const channel = ['lane', 'customer', 'app', 'team', 'channel'].map((column) => text(row, column));
  db.run(stepBack, ...channel);
  if (db.get(held, ...channel) !== undefined) return;
  const next = db.get(first, ...channel);
  if (next !== undefined) db.run('UPDATE message SET ready = 1 WHERE sequence = ?', number(next, 'sequence'));
}

const free =
  'UPDATE message SET blocked = 0 WHERE parent = ? AND customer = ? AND blocked = 1 RETURNING lane, customer, app, team, channel';

/** Lets go what waits for a message that was just posted. */
export function freeThread(db: Statements, key: string, customer: string): void {
  const freed = new Map(db.all(free, key, customer).map((row) => [JSON.stringify(row), row]));
  for (const row of freed.values()) chooseHead(db, row);
}
