import type { ClaimedEvent, Inbox } from '@autodevops/domain/ports/bot-store';
import type { SqlRow } from '../../sqlite/driver/driver.ts';
import type { SqliteConnection } from '../../sqlite/sqlite-connection.ts';
import type { Clock } from '../../sqlite/sqlite-leases.ts';
import { number, text } from '../../sqlite/statements.ts';
import type { Statements } from '../../sqlite/statements.ts';
import { toStored } from '../../stored-text.ts';
import { holdLost } from '../bot-refusals.ts';
import { data, eventIn, instant, longText } from '../bot-values.ts';
import { fromNext, takeInTurn } from '../in-turn.ts';
import { nextNumber } from './next-number.ts';

interface Team {
  readonly app: string;
  readonly team: string;
}

interface Holding {
  readonly holder: string;
  readonly now: number;
  readonly milliseconds: number;
}

const isBehind = (a: Team, b: Team): boolean => a.app > b.app || (a.app === b.app && a.team > b.team);

const accept = `
INSERT INTO event (id, handler, app, team, received_at, received, payload, holder, held_until, attempts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO NOTHING`;

// A holder that came to its end has settled: his asking again is nothing.
const settleFenced =
  "UPDATE event SET state = 'settled', payload = NULL WHERE id = ? AND holder = ? AND holder <> '' AND state <> 'dead'";
const settle =
  "UPDATE event SET state = 'settled', payload = NULL WHERE id = ? AND holder = ? AND holder <> '' AND state = 'waiting'";
const defer =
  "UPDATE event SET due_at = ?, why = ?, holder = '', held_until = 0 WHERE id = ? AND holder = ? AND holder <> '' AND state = 'waiting'";
const giveUp =
  "UPDATE event SET state = 'dead', died = ?, why = ?, holder = '', held_until = 0 WHERE id = ? AND holder = ? AND holder <> '' AND state = 'waiting'";
const revive = "UPDATE event SET state = 'waiting', attempts = 0, due_at = 0 WHERE id = ? AND state = 'dead'";
const drop = "UPDATE event SET state = 'settled', payload = NULL WHERE id = ? AND state = 'dead'";
const dead =
  "SELECT id, handler, app, team, received_at, attempts, why FROM event WHERE state = 'dead' ORDER BY died DESC LIMIT ?";
const prune =
  "DELETE FROM event WHERE sequence IN (SELECT sequence FROM event WHERE state = 'settled' AND received < ? ORDER BY received LIMIT ?)";

const firstTeam = "SELECT app, team FROM event WHERE state = 'waiting' ORDER BY app, team LIMIT 1";
const nextTeam =
  "SELECT app, team FROM event WHERE state = 'waiting' AND (app, team) > (?, ?) ORDER BY app, team LIMIT 1";

const holdOfTeam = `
UPDATE event SET holder = ?, held_until = ?, attempts = attempts + 1 WHERE sequence IN (
  SELECT sequence FROM event WHERE state = 'waiting' AND due_at <= ? AND held_until <= ? AND app = ? AND team = ? ORDER BY due_at, sequence LIMIT ?
) RETURNING sequence, due_at, id, handler, app, team, received_at, attempts, payload`;
const renew = "UPDATE event SET held_until = ? WHERE id = ? AND holder = ? AND holder <> '' AND state = 'waiting'";

/** Within the caller's transaction. Throws `store.fenced`. */
export function settleEvent(
  db: Statements,
  settled: { readonly id: string; readonly holder: string } | undefined,
): void {
  if (settled === undefined) return;
  if (db.run(settleFenced, toStored(settled.id), toStored(settled.holder)) === 0) {
    throw holdLost(`The event ${settled.id}`);
  }
}

/** Those that have something waiting, in order: one step in the index for each, not one for each event. */
function teams(db: Statements): readonly Team[] {
  const found: Team[] = [];
  for (let row = db.get(firstTeam); row !== undefined; row = db.get(nextTeam, text(row, 'app'), text(row, 'team'))) {
    found.push({ app: text(row, 'app'), team: text(row, 'team') });
  }
  return found;
}

function takeOf(
  db: Statements,
  { app, team }: Team,
  count: number,
  { holder, now, milliseconds }: Holding,
): readonly SqlRow[] {
  const rows = db.all(holdOfTeam, holder, now + milliseconds, now, now, app, team, count);
  return rows.toSorted(
    (a, b) => number(a, 'due_at') - number(b, 'due_at') || number(a, 'sequence') - number(b, 'sequence'),
  );
}

function claimedIn(row: SqlRow): ClaimedEvent {
  return {
    ...eventIn(row),
    payload: data('The payload of an event', row['payload']),
    attempt: number(row, 'attempts'),
  };
}

export function sqliteInbox(connection: SqliteConnection, now: Clock): Inbox {
  // Whose turn it was is this process's own memory: it has to be fair, not to last.
  let last: Team = { app: '', team: '' };
  return {
    accept: async ({ id, handler, app, team, receivedAt, payload }, held) => {
      const values = [
        toStored(id),
        toStored(handler),
        toStored(app),
        toStored(team),
        toStored(receivedAt),
        instant(receivedAt),
        JSON.stringify(payload),
      ];
      const holding = (): readonly (string | number)[] =>
        held === undefined ? ['', 0, 0] : [toStored(held.holder), now() + held.milliseconds, 1];
      return (await connection.write((db) => db.run(accept, ...values, ...holding()))) === 1;
    },
    claim: async ({ holder, milliseconds, limit }) => {
      const rows = await connection.write((db) => {
        const holding = { holder: toStored(holder), now: now(), milliseconds };
        return takeInTurn(
          fromNext(teams(db), (team) => isBehind(team, last)),
          limit,
          (team, count) => takeOf(db, team, count, holding),
        );
      });
      const served = rows.at(-1);
      if (served !== undefined) last = { app: text(served, 'app'), team: text(served, 'team') };
      return rows.map(claimedIn);
    },
    renew: async (ids, { holder, milliseconds }) =>
      await connection.write((db) => {
        for (const id of ids) db.run(renew, now() + milliseconds, toStored(id), toStored(holder));
      }),
    settle: async (id, holder) => void (await connection.write((db) => db.run(settle, toStored(id), toStored(holder)))),
    defer: async (id, holder, until, why) => {
      const due = instant(until);
      await connection.write((db) => db.run(defer, due, JSON.stringify(why), toStored(id), toStored(holder)));
    },
    giveUp: async (id, holder, why) =>
      void (await connection.write((db) =>
        db.run(giveUp, nextNumber(db), JSON.stringify(why), toStored(id), toStored(holder)),
      )),
    dead: async (limit) =>
      (await connection.read((db) => db.all(dead, limit))).map((row) => ({
        ...eventIn(row),
        why: longText(row, 'why'),
        attempts: number(row, 'attempts'),
      })),
    revive: async (id) => (await connection.write((db) => db.run(revive, toStored(id)))) === 1,
    drop: async (id) => (await connection.write((db) => db.run(drop, toStored(id)))) === 1,
    prune: async (before, limit) => {
      const time = instant(before);
      return connection.write((db) => db.run(prune, time, limit));
    },
  };
}
