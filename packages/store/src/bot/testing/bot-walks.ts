import * as fc from 'fast-check';
import type { BotStore, KeptMessage } from '@autodevops/domain/ports/bot-store';
import { inbound, installation, wanted } from '@autodevops/testkit/bot-store-conformance-samples';

/** Milliseconds since 1970, when a walk begins. */
export const start = Date.parse('2026-01-01T12:00:00.000Z');
const iso = (milliseconds: number): string => new Date(start + milliseconds).toISOString();

/** One thing that somebody does at a time, with names from a small stock, so that steps meet one another. */
export type Step = (store: BotStore, time: number) => Promise<unknown>;

const small = fc.nat(3);
const key = fc.integer({ min: 0, max: 5 }).map((n) => `m${n}`);
const holder = fc.constantFrom('me', 'you');
const team = small.map((n) => `T${n % 2}`);

// A customer has a workspace: a thread is within one.
const message = fc.record({ key, text: small, channel: small, thread: small }).map(({ key, text, channel, thread }) => {
  const [customer, team, parent] = Number(key.slice(1)) < 3 ? ['a', 'T0', 'm0'] : ['b', 'T1', 'm3'];
  return wanted(key, `${text}`, {
    customer,
    place: { channel: `C${channel === 0 ? 1 : 0}`, team, ...(thread === 0 && key !== parent ? { parent } : {}) },
  });
});

/** Claims as a worker does, and does the same with all of it. */
function working(
  milliseconds: number,
  then: (store: BotStore, message: KeptMessage, who: string) => Promise<void>,
): fc.Arbitrary<Step> {
  return fc.tuple(holder, small).map(([who, limit]) => async (store, time) => {
    const claimed = await store.messages.claim({
      holder: who,
      milliseconds,
      limit: limit + 1,
      lane: 'incident',
      now: iso(time),
    });
    for (const message of claimed) await then(store, message, who);
    return claimed;
  });
}

/** Holds last for so many milliseconds by the clock of the store; a time of a step is one that is given to it. */
const stepsHolding = (milliseconds: number): fc.Arbitrary<Step> =>
  fc.oneof(
    {
      weight: 10,
      arbitrary: working(milliseconds, (store, { key, digest }, who) =>
        store.messages.delivered(key, who, { digest, ts: `1.${key}` }),
      ),
    },
    { weight: 2, arbitrary: working(milliseconds, (store, { key }, who) => store.messages.giveUp(key, who, 'no')) },
    {
      weight: 6,
      arbitrary: fc.array(message, { minLength: 1, maxLength: 3 }).map(
        (messages): Step =>
          (store) =>
            store.messages.want(messages),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(message, key, holder).map(
        ([one, id, who]): Step =>
          (store) =>
            store.messages.want([one], { id, holder: who }),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(message, holder).map(([one, who]): Step => async (store) => {
        const events = await store.inbox.claim({ holder: who, milliseconds, limit: 1 });
        for (const { id } of events) await store.messages.want([one], { id, holder: who });
        return events;
      }),
    },
    {
      weight: 6,
      arbitrary: fc.tuple(holder, small).map(
        ([who, limit]): Step =>
          (store, time) =>
            store.messages.claim({ holder: who, milliseconds, limit, lane: 'incident', now: iso(time) }),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(key, holder).map(
        ([one, who]): Step =>
          (store) =>
            store.messages.sending(one, who),
      ),
    },
    {
      weight: 6,
      arbitrary: fc.tuple(key, holder, small).map(
        ([one, who, text]): Step =>
          (store) =>
            store.messages.delivered(one, who, { digest: `sha256:${text}`, ts: `1.${one}` }),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(key, holder, small, fc.boolean()).map(
        ([one, who, wait, isUncertain]): Step =>
          (store, time) =>
            store.messages.defer(one, who, iso(time + wait * 20), 'busy', isUncertain),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(key, holder).map(
        ([one, who]): Step =>
          (store) =>
            store.messages.giveUp(one, who, 'no'),
      ),
    },
    {
      weight: 2,
      arbitrary: key.map(
        (one): Step =>
          (store) =>
            store.messages.revive(one),
      ),
    },
    {
      weight: 1,
      arbitrary: key.map(
        (one): Step =>
          (store) =>
            store.messages.drop(one),
      ),
    },
    {
      weight: 1,
      arbitrary: small.map(
        (limit): Step =>
          (store, time) =>
            store.messages.prune(iso(time - 30), limit),
      ),
    },
    { weight: 1, arbitrary: fc.constant<Step>((store) => store.messages.prune('2999-01-01T00:00:00.000Z', 100)) },
    {
      weight: 2,
      arbitrary: fc.tuple(key, team).map(
        ([id, where]): Step =>
          (store, time) =>
            store.inbox.accept(inbound(id, { team: where, receivedAt: iso(time) })),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(key, team, holder).map(
        ([id, where, who]): Step =>
          (store, time) =>
            store.inbox.accept(inbound(id, { team: where, receivedAt: iso(time) }), { holder: who, milliseconds }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.array(key, { maxLength: 3 }), holder).map(
        ([ids, who]): Step =>
          (store) =>
            store.inbox.renew(ids, { holder: who, milliseconds }),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.array(key, { maxLength: 3 }), holder).map(
        ([keys, who]): Step =>
          (store) =>
            store.messages.renew(keys, { holder: who, milliseconds }),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(holder, small).map(
        ([who, limit]): Step =>
          (store) =>
            store.inbox.claim({ holder: who, milliseconds, limit }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(key, holder, small).map(
        ([id, who, wait]): Step =>
          (store, time) =>
            store.inbox.defer(id, who, iso(time + wait * 20), 'busy'),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(key, holder).map(
        ([id, who]): Step =>
          (store) =>
            store.inbox.giveUp(id, who, 'no'),
      ),
    },
    {
      weight: 1,
      arbitrary: key.map(
        (id): Step =>
          (store) =>
            store.inbox.revive(id),
      ),
    },
    {
      weight: 1,
      arbitrary: key.map(
        (id): Step =>
          (store) =>
            store.inbox.drop(id),
      ),
    },
    {
      weight: 1,
      arbitrary: small.map(
        (limit): Step =>
          (store, time) =>
            store.inbox.prune(iso(time - 30), limit),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(team, fc.constantFrom('a', 'b')).map(([where, customer]): Step => async (store) => {
        await store.installations.put(installation({ team: where, customer }));
        await store.installations.remove('A1', where, '');
      }),
    },
  );

/** Steps with the milliseconds that pass before each. */
export function walks(holding: number, longest: number): fc.Arbitrary<[Step, number][]> {
  return fc.array(fc.tuple(stepsHolding(holding), fc.nat(40)), { minLength: 20, maxLength: longest, size: 'max' });
}

/** What differs between two stores that do the same: numbers of writes, of which only the order is the same, and times of their own clocks. */
const own = new Set(['sequence', 'version', 'firstWantedAt', 'oldest']);

/** What a step answered. */
export function answered(outcome: PromiseSettledResult<unknown> | undefined): unknown {
  if (outcome?.status === 'rejected') return (outcome.reason as { code?: string }).code ?? outcome.reason;
  const plain = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(plain);
    return Object.fromEntries(
      Object.entries(value as KeptMessage)
        .filter(([name]) => !own.has(name))
        .map(([name, one]) => [name, plain(one)]),
    );
  };
  return plain(outcome?.value);
}

/** All that can be seen of what steps speak of. */
export async function seen(store: BotStore): Promise<unknown> {
  const messages = await Promise.all(['m0', 'm1', 'm2', 'm3', 'm4', 'm5'].map((one) => store.messages.byKey(one)));
  const [dead, deadEvents] = [await store.messages.dead(10), await store.inbox.dead(10)];
  return answered({
    status: 'fulfilled',
    value: {
      messages,
      dead,
      deadEvents,
      backlog: (await store.messages.backlog()).toSorted((a, b) => (a.lane < b.lane ? -1 : 1)),
    },
  });
}
