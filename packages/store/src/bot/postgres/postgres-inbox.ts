import { batchQueue } from '@autodevops/domain/batch-queue';
import type { ClaimedEvent, Inbox } from '@autodevops/domain/ports/bot-store';
import type { PostgresConnection, PostgresRow } from '../../postgres/postgres-connection.ts';
import { toStored } from '../../stored-text.ts';
import { data, eventIn, instant, longText } from '../bot-values.ts';

const accept = `
INSERT INTO autodevops_bot.event (id, handler, app, team, received_at, received, payload, holder, held_until, attempts)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, CASE WHEN $8 = '' THEN 0 ELSE autodevops_bot.moment() + $9::bigint END, CASE WHEN $8 = '' THEN 0 ELSE 1 END)
ON CONFLICT (id) DO NOTHING RETURNING id`;

const claim = 'SELECT * FROM autodevops_bot.claim_events($1, $2, $3, $4, $5)';
const held = "id = $1 AND holder = $2 AND holder <> '' AND state = 'waiting'";
const renew = `UPDATE autodevops_bot.event SET held_until = autodevops_bot.moment() + $3::bigint WHERE id = ANY($1) AND holder = $2 AND holder <> '' AND state = 'waiting'`;
const settle = `
UPDATE autodevops_bot.event AS event SET state = 'settled', payload = NULL FROM unnest($1::text[], $2::text[]) AS ended (id, holder)
WHERE event.id = ended.id AND event.holder = ended.holder AND event.holder <> '' AND event.state = 'waiting'`;
const defer = `UPDATE autodevops_bot.event SET due_at = $3, why = $4, holder = '', held_until = 0 WHERE ${held}`;
const giveUp = `UPDATE autodevops_bot.event SET state = 'dead', died = nextval('autodevops_bot.number'), why = $3, holder = '', held_until = 0 WHERE ${held}`;
const revive =
  "UPDATE autodevops_bot.event SET state = 'waiting', attempts = 0, due_at = 0 WHERE id = $1 AND state = 'dead' RETURNING id";
const drop =
  "UPDATE autodevops_bot.event SET state = 'settled', payload = NULL WHERE id = $1 AND state = 'dead' RETURNING id";
const dead =
  "SELECT id, handler, app, team, received_at, attempts, why FROM autodevops_bot.event WHERE state = 'dead' ORDER BY died DESC LIMIT $1";
const prune = `
DELETE FROM autodevops_bot.event WHERE sequence IN (
  SELECT sequence FROM autodevops_bot.event WHERE state = 'settled' AND received < $1 ORDER BY received LIMIT $2 FOR UPDATE SKIP LOCKED
) RETURNING id`;

function claimedIn(row: PostgresRow): ClaimedEvent {
  return {
    ...eventIn(row),
    payload: data('The payload of an event', row['payload']),
    attempt: Number(row['attempts']),
  };
}

interface Ended {
  readonly id: string;
  readonly holder: string;
}

/** What ends at the same time is settled by one statement, and one commit. */
function settling({ alone }: PostgresConnection): Inbox['settle'] {
  const queue = batchQueue<Ended, undefined>(async (ended) => {
    await alone(
      settle,
      ended.map(({ id }) => id),
      ended.map(({ holder }) => holder),
    );
    return ended.map(() => ({ value: undefined }));
  });
  return async (id, holder) => await queue.submit({ id: toStored(id), holder: toStored(holder) });
}

export function postgresInbox(connection: PostgresConnection): Inbox {
  const { alone, look } = connection;
  // Whose turn it was, as it is stored, is this process's own memory: it has to be fair, not to last.
  let last = ['', ''];
  return {
    accept: async ({ id, handler, app, team, receivedAt, payload }, hold) => {
      const holding = hold === undefined ? ['', 0] : [toStored(hold.holder), hold.milliseconds];
      const rows = await alone(
        accept,
        toStored(id),
        toStored(handler),
        toStored(app),
        toStored(team),
        toStored(receivedAt),
        instant(receivedAt),
        JSON.stringify(payload),
        ...holding,
      );
      return rows.length === 1;
    },
    claim: async ({ holder, milliseconds, limit }) => {
      const rows = await alone(claim, toStored(holder), milliseconds, limit, ...last);
      const served = rows.at(-1);
      if (served !== undefined) last = [String(served['app']), String(served['team'])];
      return rows.map(claimedIn);
    },
    renew: async (ids, { holder, milliseconds }) =>
      void (await alone(renew, ids.map(toStored), toStored(holder), milliseconds)),
    settle: settling(connection),
    defer: async (id, holder, until, why) =>
      void (await alone(defer, toStored(id), toStored(holder), instant(until), JSON.stringify(why))),
    giveUp: async (id, holder, why) => void (await alone(giveUp, toStored(id), toStored(holder), JSON.stringify(why))),
    dead: async (limit) =>
      (await look(dead, limit)).map((row) => ({
        ...eventIn(row),
        why: longText(row, 'why'),
        attempts: Number(row['attempts']),
      })),
    revive: async (id) => (await alone(revive, toStored(id))).length === 1,
    drop: async (id) => (await alone(drop, toStored(id))).length === 1,
    prune: async (before, limit) => (await alone(prune, instant(before), limit)).length,
  };
}
