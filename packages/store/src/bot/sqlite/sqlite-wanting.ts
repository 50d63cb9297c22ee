import type { SqlRow } from '../../sqlite/driver/driver.ts';
import { number, text } from '../../sqlite/statements.ts';
import type { Statements } from '../../sqlite/statements.ts';
import { fromStored } from '../../stored-text.ts';
import { messageTaken } from '../bot-refusals.ts';
import type { WantedColumns } from '../wanted-columns.ts';
import { chooseHead } from './sqlite-heads.ts';
import { nextNumber } from './next-number.ts';

const posted = "SELECT 1 FROM message WHERE key = ? AND customer = ? AND ts <> ''";
const waitingNew =
  "SELECT 1 FROM message WHERE lane = ? AND customer = ? AND app = ? AND team = ? AND channel = ? AND state = 'waiting' AND ts = '' AND blocked = 0 LIMIT 1";
const add = `
INSERT INTO message (key, customer, lane, app, team, channel, parent, thread_ts, digest, content, blocked, ready, turn, first_wanted_at, waiting_since)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const known =
  'SELECT sequence, customer, lane, app, team, channel, digest, delivered_digest, ts, state, attempts FROM message WHERE key = ?';
const replace = 'UPDATE message SET digest = ?, content = ? WHERE sequence = ?';
const standsAlready = "UPDATE message SET state = 'settled', ready = 0, content = NULL WHERE sequence = ?";
const waitAgain =
  "UPDATE message SET state = 'waiting', ready = (ts <> ''), turn = ?, waiting_since = ?, attempts = 0, due_at = 0 WHERE sequence = ?";

function addMessage(db: Statements, wanted: WantedColumns, now: number): void {
  const { key, customer, lane, app, team, channel, parent, threadTs, digest, content } = wanted;
  const blocked = parent !== null && db.get(posted, parent, customer) === undefined;
  const ready = !blocked && db.get(waitingNew, lane, customer, app, team, channel) === undefined;
  db.run(
    add,
    key,
    customer,
    lane,
    app,
    team,
    channel,
    parent,
    threadTs,
    digest,
    content,
    Number(blocked),
    Number(ready),
    nextNumber(db),
    now,
    now,
  );
}

/** Of a message that is settled or was given up, within the caller's transaction. */
export function waitOnceMore(db: Statements, row: SqlRow, now: number): void {
  db.run(waitAgain, nextNumber(db), now, number(row, 'sequence'));
  if (text(row, 'ts') === '') chooseHead(db, row);
}

/** Within the caller's transaction. Throws `store.conflict`. */
export function wantMessage(db: Statements, wanted: WantedColumns, now: number): void {
  const row = db.get(known, wanted.key);
  if (row === undefined) return addMessage(db, wanted, now);
  if (text(row, 'customer') !== wanted.customer) throw messageTaken(fromStored(wanted.key));
  if (text(row, 'digest') === wanted.digest) return;
  db.run(replace, wanted.digest, wanted.content, number(row, 'sequence'));
  if (text(row, 'state') !== 'waiting') waitOnceMore(db, row, now);
  // Slack has it again already; nobody began to say otherwise.
  else if (text(row, 'ts') !== '' && text(row, 'delivered_digest') === wanted.digest && number(row, 'attempts') === 0) {
    db.run(standsAlready, number(row, 'sequence'));
  }
}
