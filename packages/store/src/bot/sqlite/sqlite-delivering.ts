import { number, text } from '../../sqlite/statements.ts';
import type { Statements } from '../../sqlite/statements.ts';
import { chooseHead, freeThread } from './sqlite-heads.ts';
import { nextNumber } from './next-number.ts';
import { waitOnceMore } from './sqlite-wanting.ts';

const ofHolder =
  "SELECT sequence, key, customer, lane, app, team, channel, digest, ts FROM message WHERE key = ? AND holder = ? AND holder <> '' AND state = 'waiting'";

const stands = `
UPDATE message SET ts = ?, delivered_digest = ?, delivered_at = ?, uncertain = 0, attempts = 0, due_at = 0, holder = '', held_until = 0,
  state = 'settled', ready = 0, content = CASE WHEN digest = ? THEN NULL ELSE content END
WHERE sequence = ?`;

/** What Slack has now. Each of these within the caller's transaction; texts as they are stored. */
export function delivered(
  db: Statements,
  key: string,
  holder: string,
  done: { readonly digest: string; readonly ts: string; readonly now: number },
): void {
  const row = db.get(ofHolder, key, holder);
  if (row === undefined) return;
  db.run(stands, done.ts, done.digest, done.now, done.digest, number(row, 'sequence'));
  if (text(row, 'digest') !== done.digest) waitOnceMore(db, { ...row, ts: done.ts }, done.now);
  if (text(row, 'ts') !== '') return;
  freeThread(db, text(row, 'key'), text(row, 'customer'));
  chooseHead(db, row);
}

const bury =
  "UPDATE message SET state = 'dead', ready = 0, turn = ?, why = ?, holder = '', held_until = 0 WHERE sequence = ?";

export function giveUp(db: Statements, key: string, holder: string, why: string): void {
  const row = db.get(ofHolder, key, holder);
  if (row === undefined) return;
  db.run(bury, nextNumber(db), why, number(row, 'sequence'));
  if (text(row, 'ts') === '') chooseHead(db, row);
}

const dead = "SELECT sequence, lane, customer, app, team, channel, ts FROM message WHERE key = ? AND state = 'dead'";

export function revive(db: Statements, key: string, now: number): boolean {
  const row = db.get(dead, key);
  if (row === undefined) return false;
  waitOnceMore(db, row, now);
  return true;
}

const setAside =
  "UPDATE message SET state = 'settled', content = NULL, attempts = 0, due_at = 0, delivered_at = ? WHERE key = ? AND state = 'dead'";

const forgetThread = `
DELETE FROM message WHERE parent = ? AND blocked = 1 AND state = 'waiting' AND customer = (SELECT customer FROM message WHERE key = ?)`;

export function drop(db: Statements, key: string, now: number): boolean {
  const isDropped = db.run(setAside, now, key) === 1;
  if (isDropped) db.run(forgetThread, key, key);
  return isDropped;
}
