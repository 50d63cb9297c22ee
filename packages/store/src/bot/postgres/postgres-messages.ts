import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { KeptMessage, Lane, Messages } from '@autodevops/domain/ports/bot-store';
import type { PostgresConnection } from '../../postgres/postgres-connection.ts';
import { fromStored, toStored } from '../../stored-text.ts';
import { holdLost, messageTaken } from '../bot-refusals.ts';
import { instant, keptMessageIn, laneIn, longText, messageIn, moment, requireTs } from '../bot-values.ts';
import { wantedColumns } from '../wanted-columns.ts';
import type { WantedColumns } from '../wanted-columns.ts';

const columns =
  'sequence, key, customer, lane, app, team, channel, parent, thread_ts, digest, delivered_digest, ts, attempts, uncertain, first_wanted_at';
const want = `SELECT autodevops_bot.want(${Array.from({ length: 12 }, (_, at) => `$${at + 1}`).join(', ')})`;
const claim = `SELECT ${columns}, content FROM autodevops_bot.claim_messages($1, $2, $3, $4, $5, $6)`;

const held = "key = $1 AND holder = $2 AND holder <> '' AND state = 'waiting'";
const sending = `UPDATE autodevops_bot.message SET uncertain = (ts = ''), held_until = autodevops_bot.moment() + held_for WHERE ${held} RETURNING key`;
const renew = `UPDATE autodevops_bot.message SET held_until = autodevops_bot.moment() + $3::bigint WHERE key = ANY($1) AND holder = $2 AND holder <> '' AND state = 'waiting'`;
const defer = `UPDATE autodevops_bot.message SET due_at = $3, why = $4, uncertain = ($5 AND ts = ''), holder = '', held_until = 0 WHERE ${held}`;
const byKey = `SELECT ${columns}, content FROM autodevops_bot.message WHERE key = $1`;
const at = `SELECT ${columns}, content FROM autodevops_bot.message WHERE team = $1 AND channel = $2 AND ts = $3 AND ts <> '' LIMIT 1`;
const dead = `SELECT ${columns}, why FROM autodevops_bot.message WHERE state = 'dead' ORDER BY turn DESC LIMIT $1`;
const backlog =
  "SELECT lane, count(*) AS waiting, min(waiting_since) AS oldest FROM autodevops_bot.message WHERE state = 'waiting' GROUP BY lane";
const drop = `
WITH dropped AS (
  UPDATE autodevops_bot.message SET state = 'settled', content = NULL, attempts = 0, due_at = 0, delivered_at = autodevops_bot.moment()
  WHERE key = $1 AND state = 'dead' RETURNING key, customer
), thread AS (
  DELETE FROM autodevops_bot.message AS reply USING dropped
  WHERE reply.parent = dropped.key AND reply.customer = dropped.customer AND reply.blocked AND reply.state = 'waiting'
)
SELECT key FROM dropped`;
const prune = `
DELETE FROM autodevops_bot.message WHERE sequence IN (
  SELECT sequence FROM autodevops_bot.message AS old
  WHERE state = 'settled' AND delivered_at < $1 AND NOT EXISTS (SELECT FROM autodevops_bot.message AS reply WHERE reply.parent = old.key)
  ORDER BY delivered_at LIMIT $2 FOR UPDATE SKIP LOCKED
) RETURNING key`;

/** What the function `want` refuses, by its own error codes. */
function refusal(error: unknown, settled: { readonly id: string } | undefined): unknown {
  const { code, detail } =
    ((error instanceof AutoDevOpsError ? error.cause : undefined) as { code?: unknown; detail?: unknown }) ?? {};
  if (code === 'AD001') return messageTaken(fromStored(String(detail)));
  if (code === 'AD002') return holdLost(`The event ${settled?.id ?? ''}`);
  return error;
}

function wanting({ alone }: PostgresConnection): Messages['want'] {
  return async (messages, settled) => {
    const wanted = wantedColumns(messages);
    const all = (column: keyof WantedColumns): readonly (string | null)[] => wanted.map((one) => one[column]);
    const event = settled === undefined ? [null, null] : [toStored(settled.id), toStored(settled.holder)];
    const lists = (
      ['key', 'customer', 'lane', 'app', 'team', 'channel', 'parent', 'threadTs', 'digest', 'content'] as const
    ).map(all);
    await alone(want, ...event, ...lists).catch((error: unknown) => {
      throw refusal(error, settled);
    });
  };
}

/** Handing out. Whose turn it was is this process's own memory: it has to be fair, not to last. */
function claiming({ alone }: PostgresConnection): Messages['claim'] {
  const last = new Map<Lane, string>();
  return async ({ holder, milliseconds, limit, lane, now }) => {
    const rows = await alone(claim, toStored(holder), milliseconds, limit, lane, instant(now), last.get(lane) ?? '');
    const served = rows.at(-1);
    if (served !== undefined) last.set(lane, String(served['customer']));
    return rows.map(keptMessageIn);
  };
}

function looking({ look }: PostgresConnection): Pick<Messages, 'byKey' | 'at' | 'dead' | 'backlog'> {
  const one = async (sql: string, ...values: readonly string[]): Promise<KeptMessage | undefined> =>
    (await look(sql, ...values)).map(keptMessageIn)[0];
  return {
    byKey: (key) => one(byKey, toStored(key)),
    at: ({ team, channel, ts }) => one(at, toStored(team), toStored(channel), toStored(ts)),
    dead: async (limit) => (await look(dead, limit)).map((row) => ({ ...messageIn(row), why: longText(row, 'why') })),
    backlog: async () =>
      (await look(backlog)).map((row) => ({
        lane: laneIn(row),
        count: Number(row['waiting']),
        oldest: moment(row['oldest']),
      })),
  };
}

export function postgresMessages(connection: PostgresConnection): Messages {
  const { alone } = connection;
  return {
    ...looking(connection),
    want: wanting(connection),
    claim: claiming(connection),
    renew: async (keys, { holder, milliseconds }) =>
      void (await alone(renew, keys.map(toStored), toStored(holder), milliseconds)),
    sending: async (key, holder) => {
      if ((await alone(sending, toStored(key), toStored(holder))).length === 0) throw holdLost(`The message ${key}`);
    },
    delivered: async (key, holder, { digest, ts }) => {
      await alone(
        'SELECT autodevops_bot.delivered($1, $2, $3, $4)',
        toStored(key),
        toStored(holder),
        toStored(digest),
        toStored(requireTs(ts)),
      );
    },
    defer: async (key, holder, until, why, isUncertain) =>
      void (await alone(defer, toStored(key), toStored(holder), instant(until), JSON.stringify(why), isUncertain)),
    giveUp: async (key, holder, why) =>
      void (await alone(
        'SELECT autodevops_bot.give_up($1, $2, $3)',
        toStored(key),
        toStored(holder),
        JSON.stringify(why),
      )),
    revive: async (key) =>
      (await alone('SELECT autodevops_bot.revive($1) AS revived', toStored(key)))[0]?.['revived'] === true,
    drop: async (key) => (await alone(drop, toStored(key))).length === 1,
    prune: async (before, limit) => (await alone(prune, instant(before), limit)).length,
  };
}
