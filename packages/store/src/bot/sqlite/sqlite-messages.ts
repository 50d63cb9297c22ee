import type { Lane, Messages } from '@autodevops/domain/ports/bot-store';
import type { SqlRow } from '../../sqlite/driver/driver.ts';
import type { SqliteConnection } from '../../sqlite/sqlite-connection.ts';
import type { Clock } from '../../sqlite/sqlite-leases.ts';
import { number, text } from '../../sqlite/statements.ts';
import type { Statements } from '../../sqlite/statements.ts';
import { toStored } from '../../stored-text.ts';
import { holdLost } from '../bot-refusals.ts';
import { instant, keptMessageIn, laneIn, longText, messageIn, moment, requireTs } from '../bot-values.ts';
import { fromNext, takeInTurn } from '../in-turn.ts';
import { wantedColumns } from '../wanted-columns.ts';
import { delivered, drop, giveUp, revive } from './sqlite-delivering.ts';
import { settleEvent } from './sqlite-inbox.ts';
import { wantMessage } from './sqlite-wanting.ts';

const columns =
  'sequence, key, customer, lane, app, team, channel, parent, thread_ts, digest, delivered_digest, ts, attempts, uncertain, first_wanted_at';

const firstCustomer = 'SELECT customer FROM message WHERE lane = ? AND ready = 1 ORDER BY customer LIMIT 1';
const nextCustomer =
  'SELECT customer FROM message WHERE lane = ? AND ready = 1 AND customer > ? ORDER BY customer LIMIT 1';

/** Those that have something to be sent, in order: one step in the index for each, not one for each message. */
function customers(db: Statements, lane: Lane): readonly string[] {
  const found: string[] = [];
  for (
    let row = db.get(firstCustomer, lane);
    row !== undefined;
    row = db.get(nextCustomer, lane, text(row, 'customer'))
  ) {
    found.push(text(row, 'customer'));
  }
  return found;
}

const hold = `
UPDATE message SET holder = ?, held_until = ?, held_for = ?, attempts = attempts + 1 WHERE sequence IN (
  SELECT sequence FROM message WHERE lane = ? AND customer = ? AND ready = 1 AND due_at <= ? AND held_until <= ? ORDER BY due_at, turn LIMIT ?
) RETURNING ${columns}, content, due_at, turn`;

interface Holding {
  readonly lane: Lane;
  readonly holder: string;
  readonly milliseconds: number;
  readonly due: number;
  readonly now: number;
}

function takeOf(
  db: Statements,
  customer: string,
  count: number,
  { lane, holder, milliseconds, due, now }: Holding,
): readonly SqlRow[] {
  const rows = db.all(hold, holder, now + milliseconds, milliseconds, lane, customer, due, now, count);
  return rows.toSorted((a, b) => number(a, 'due_at') - number(b, 'due_at') || number(a, 'turn') - number(b, 'turn'));
}

const heldBy = "WHERE key = ? AND holder = ? AND holder <> '' AND state = 'waiting'";
const renew = "UPDATE message SET held_until = ? WHERE key = ? AND holder = ? AND holder <> '' AND state = 'waiting'";
const sending = `UPDATE message SET uncertain = (ts = ''), held_until = ? + held_for ${heldBy}`;
const defer = `UPDATE message SET due_at = ?, why = ?, uncertain = (? AND ts = ''), holder = '', held_until = 0 ${heldBy}`;
const byKey = `SELECT ${columns}, content FROM message WHERE key = ?`;
const at = `SELECT ${columns}, content FROM message WHERE team = ? AND channel = ? AND ts = ? AND ts <> '' LIMIT 1`;
const dead = `SELECT ${columns}, why FROM message WHERE state = 'dead' ORDER BY turn DESC LIMIT ?`;
const backlog =
  "SELECT lane, count(*) AS waiting, min(waiting_since) AS oldest FROM message WHERE state = 'waiting' GROUP BY lane";
const prune = `
DELETE FROM message WHERE sequence IN (
  SELECT sequence FROM message AS old WHERE state = 'settled' AND delivered_at < ? AND NOT EXISTS (SELECT 1 FROM message AS reply WHERE reply.parent = old.key)
  ORDER BY delivered_at LIMIT ?
)`;

/** Handing out. Whose turn it was is this process's own memory: it has to be fair, not to last. */
function claiming(connection: SqliteConnection, now: Clock): Messages['claim'] {
  const last = new Map<Lane, string>();
  return async ({ holder, milliseconds, limit, lane, now: given }) => {
    const due = instant(given);
    const rows = await connection.write((db) => {
      const holding = { lane, holder: toStored(holder), milliseconds, due, now: now() };
      return takeInTurn(
        fromNext(customers(db, lane), (customer) => customer > (last.get(lane) ?? '')),
        limit,
        (customer, count) => takeOf(db, customer, count, holding),
      );
    });
    const served = rows.at(-1);
    if (served !== undefined) last.set(lane, text(served, 'customer'));
    return rows.map(keptMessageIn);
  };
}

function looking(connection: SqliteConnection): Pick<Messages, 'byKey' | 'at' | 'dead' | 'backlog'> {
  const one = async (
    sql: string,
    ...values: readonly string[]
  ): Promise<ReturnType<typeof keptMessageIn> | undefined> => {
    const row = await connection.read((db) => db.get(sql, ...values));
    return row === undefined ? undefined : keptMessageIn(row);
  };
  return {
    byKey: (key) => one(byKey, toStored(key)),
    at: ({ team, channel, ts }) => one(at, toStored(team), toStored(channel), toStored(ts)),
    dead: async (limit) =>
      (await connection.read((db) => db.all(dead, limit))).map((row) => ({
        ...messageIn(row),
        why: longText(row, 'why'),
      })),
    backlog: async () =>
      (await connection.read((db) => db.all(backlog))).map((row) => ({
        lane: laneIn(row),
        count: number(row, 'waiting'),
        oldest: moment(row['oldest']),
      })),
  };
}

export function sqliteMessages(connection: SqliteConnection, now: Clock): Messages {
  return {
    ...looking(connection),
    claim: claiming(connection, now),
    want: async (messages, settled) => {
      const wanted = wantedColumns(messages);
      await connection.write((db) => {
        settleEvent(db, settled);
        for (const message of wanted) wantMessage(db, message, now());
      });
    },
    renew: async (keys, { holder, milliseconds }) =>
      await connection.write((db) => {
        for (const key of keys) db.run(renew, now() + milliseconds, toStored(key), toStored(holder));
      }),
    sending: async (key, holder) => {
      if ((await connection.write((db) => db.run(sending, now(), toStored(key), toStored(holder)))) === 0) {
        throw holdLost(`The message ${key}`);
      }
    },
    delivered: async (key, holder, { digest, ts }) => {
      const done = { digest: toStored(digest), ts: toStored(requireTs(ts)) };
      await connection.write((db) => delivered(db, toStored(key), toStored(holder), { ...done, now: now() }));
    },
    defer: async (key, holder, until, why, isUncertain) => {
      const due = instant(until);
      await connection.write((db) =>
        db.run(defer, due, JSON.stringify(why), Number(isUncertain), toStored(key), toStored(holder)),
      );
    },
    giveUp: (key, holder, why) =>
      connection.write((db) => giveUp(db, toStored(key), toStored(holder), JSON.stringify(why))),
    revive: (key) => connection.write((db) => revive(db, toStored(key), now())),
    drop: (key) => connection.write((db) => drop(db, toStored(key), now())),
    prune: async (before, limit) => {
      const time = instant(before);
      return connection.write((db) => db.run(prune, time, limit));
    },
  };
}
