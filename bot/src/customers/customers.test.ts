import { generateKeyPairSync } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { readAssertion } from '@autodevops/agentd/assertion';
import type { Asserted } from '@autodevops/agentd/assertion';
import type { BotCustomer } from '../configuration/bot-configuration.ts';
import { callKeys } from './call-keys.ts';
import { customersOf } from './customers.ts';
import type { Customers } from './customers.ts';

const now = Date.parse('2027-01-15T08:00:00Z');
const pairs = ['acme', 'other'].map((name) => ({ name, ...generateKeyPairSync('ed25519') }));
const pem = (name: string): string =>
  pairs
    .find((pair) => pair.name === name)
    ?.privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString() ?? '';
const publicPem = (name: string): string =>
  pairs
    .find((pair) => pair.name === name)
    ?.publicKey.export({ type: 'spki', format: 'pem' })
    .toString() ?? '';

const customer = (name: string): BotCustomer => ({
  name,
  agent: { socket: `${name}.sock` },
  issuer: { name: 'slack', key: { env: name } },
  links: [],
});
const ann = { account: 'slack:T1/U1', name: 'Ann', roles: [] };
const signal = AbortSignal.timeout(10_000);

interface Asked {
  readonly to: string;
  readonly bearer: string;
  readonly key: string;
}

function agents(): { readonly customers: Customers; readonly asked: readonly Asked[] } {
  const asked: Asked[] = [];
  const customers = customersOf({
    customers: [customer('acme'), customer('other')],
    wayOf: async ({ name }) => ({
      address: 'http://localhost',
      fetch: async ({ headers }) => {
        asked.push({
          to: name,
          bearer: (headers.get('authorization') ?? '').replace('Bearer ', ''),
          key: headers.get('idempotency-key') ?? '',
        });
        return Response.json(
          { error: { code: 'change.not-found', what: 'No.', remedy: '', reference: 'r' } },
          { status: 404 },
        );
      },
    }),
    secrets: { read: async (source) => pem('env' in source ? source.env : '') },
    now: () => now,
    wait: async () => {},
  });
  return { customers, asked };
}

async function shownTo(name: string, bearer: string): Promise<Asserted> {
  return await readAssertion(bearer, {
    issuers: [{ name: 'slack', publicKey: publicPem(name), surface: 'slack' }],
    audience: name,
    once: async () => true,
    now: () => now,
  });
}

describe('an agent is asked', () => {
  it('in the name of who acts, with an assertion of its own for each request', async () => {
    const { customers, asked } = agents();
    const agent = customers.agentFor('acme', ann, callKeys('Ev1'));
    await expect(agent.change({ params: { id: 'chg-abcdef' } }, { signal })).rejects.toThrow('No.');
    await expect(agent.change({ params: { id: 'chg-abcdef' } }, { signal })).rejects.toThrow('No.');
    expect(asked.map(({ to }) => to)).toEqual(['acme', 'acme']);
    expect(await shownTo('acme', asked[0]?.bearer ?? '')).toMatchObject({
      account: 'slack:T1/U1',
      name: 'Ann',
      roles: [],
      surface: 'slack',
    });
    expect(asked[0]?.bearer).not.toBe(asked[1]?.bearer);
  });

  it("with what another customer's agent does not take", async () => {
    const { customers, asked } = agents();
    await expect(customers.agentFor('acme', ann, callKeys('Ev1')).health({}, { signal })).rejects.toThrow('No.');
    await expect(shownTo('other', asked[0]?.bearer ?? '')).rejects.toMatchObject({ code: 'agent.unauthorized' });
  });

  it('with the same keys when an event is worked on again', async () => {
    const { customers, asked } = agents();
    for (let time = 0; time < 2; time += 1) {
      const agent = customers.agentFor('acme', ann, callKeys('Ev1'));
      for (const why of ['a', 'b']) {
        await expect(agent.reject({ params: { id: 'chg-abcdef' }, body: { why } }, { signal })).rejects.toThrow('No.');
      }
      await expect(agent.cancel({ params: { id: 'chg-abcdef' }, body: { why: 'c' } }, { signal })).rejects.toThrow(
        'No.',
      );
    }
    const keys = asked.map(({ key }) => key);
    expect(keys.slice(0, 3)).toEqual(keys.slice(3));
    expect(new Set(keys).size).toBe(3);
    expect(keys.every((key) => /^[\w-]{8,100}$/.test(key))).toBe(true);
  });

  it('by the bot itself as somebody who may look', async () => {
    const { customers, asked } = agents();
    await expect(customers.watcherOf('other').health({}, { signal })).rejects.toThrow('No.');
    expect(await shownTo('other', asked[0]?.bearer ?? '')).toMatchObject({ account: 'slack:bot', roles: ['viewer'] });
  });

  it('never for a customer that is not known', () => {
    expect(() => agents().customers.watcherOf('nobody')).toThrow("not in the bot's configuration");
  });
});

it('a stream of events is cut by its signal, also when nobody holds the first form of the request any more', async () => {
  const ending = new AbortController();
  const sent = await new Promise<Request>((resolve) => {
    const customers = customersOf({
      customers: [customer('acme')],
      wayOf: async () => ({
        address: 'http://elsewhere',
        fetch: async (request) => {
          resolve(request);
          return new Response(
            new ReadableStream({
              start: (controller) => {
                controller.enqueue(new TextEncoder().encode(': alive\n\n'));
              },
            }),
          );
        },
      }),
      secrets: { read: async () => pem('acme') },
      now: () => now,
      wait: async () => {},
    });
    const events = customers.watcherOf('acme').events({}, { signal: ending.signal })[Symbol.asyncIterator]();
    void events.next().catch(() => undefined);
  });
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let rounds = 0; rounds < 5; rounds += 1) {
    await sleep(10);
    collect();
  }
  ending.abort();
  expect(sent.signal.aborted).toBe(true);
});
