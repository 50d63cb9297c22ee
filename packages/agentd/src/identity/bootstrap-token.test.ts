import { describe, expect, it } from 'vitest';
import type { Actor } from '@autodevops/domain/change/actor';
import type { AuditEntry } from '@autodevops/domain/change/audit-event';
import { createMemoryStore } from '@autodevops/testkit/memory-store';
import type { MemoryStore } from '@autodevops/testkit/memory-store';
import { ownerOfToken } from './access-token.ts';
import { claimAgent, isWithoutAdmin, offerBootstrapToken } from './bootstrap-token.ts';
import type { Claim, OfferWanted } from './bootstrap-token.ts';

const start = Date.UTC(2026, 0, 1);
const minutes = 60_000;
const root: Actor = { kind: 'person', account: 'local:root', person: '', name: 'root', roles: [], surface: 'cli' };
const linked: AuditEntry = {
  code: 'PPL001',
  time: '2026-01-01T00:00:00.000Z',
  actor: root,
  onBehalfOf: '',
  subject: 'eve',
  success: true,
  says: 'root linked Eve.',
  details: {},
};
const ann = { person: { id: 'ann', name: 'Ann' }, account: 'http:ann', milliseconds: 60 * minutes };
const ben = { person: { id: 'ben', name: 'Ben' }, account: 'http:ben', milliseconds: 60 * minutes };

async function offer(store: MemoryStore, change: Partial<OfferWanted> = {}): Promise<string> {
  return (
    await offerBootstrapToken(store, {
      from: 'command',
      milliseconds: 15 * minutes,
      brokenGlass: '',
      actor: root,
      now: start,
      ...change,
    })
  ).token;
}

function claim(store: MemoryStore, token: string, change: Partial<Claim> = {}): ReturnType<typeof claimAgent> {
  return claimAgent(store, { token, ...ann, now: start + minutes, ...change });
}

async function codes(store: MemoryStore): Promise<readonly string[]> {
  return (await store.audit.rows({ from: 1, limit: 100 })).map(({ entry }) => entry.code);
}

describe('a bootstrap token', () => {
  it('links the first administrator and gives a short-lived token, all of it audited and no token kept', async () => {
    const store = createMemoryStore();
    const token = await offer(store);
    const claimed = await claim(store, token);
    expect(claimed).toMatchObject({
      person: { id: 'ann', roles: ['admin'], accounts: ['http:ann'] },
      expiresAt: new Date(start + 61 * minutes).toISOString(),
    });
    expect(await ownerOfToken(store.settings, claimed.token, start + 2 * minutes)).toMatchObject({
      account: 'http:ann',
    });
    expect(await isWithoutAdmin(store)).toBe(false);
    expect(await codes(store)).toEqual(['TOK003', 'TOK004', 'PPL001', 'TOK001']);
    const kept = JSON.stringify([
      await store.settings.get('bootstrap-tokens'),
      await store.settings.get('access-tokens'),
      await store.audit.rows({ from: 1, limit: 100 }),
    ]);
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(claimed.token);
  });

  it('works once: the second use is refused and audited', async () => {
    const store = createMemoryStore();
    const token = await offer(store);
    await claim(store, token);
    await expect(claim(store, token, ben)).rejects.toMatchObject({
      code: 'agent.unauthorized',
      message: 'The bootstrap token is not accepted: it was used or replaced.',
    });
    expect((await codes(store)).at(-1)).toBe('DNY001');
    expect((await store.people.list()).map(({ id }) => id)).toEqual(['ann']);
  });

  it('makes one administrator of all who use it in the same moment, in whichever process', async () => {
    const store = createMemoryStore();
    const token = await offer(store);
    const outcomes = await Promise.allSettled([
      claim(store, token),
      claim(store.again(), token, ben),
      claim(store.again(), token, { ...ben, person: { id: 'eve', name: 'Eve' }, account: 'http:eve' }),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await store.people.list()).toHaveLength(1);
  });

  it('ends by its time, and when a newer one is made', async () => {
    const store = createMemoryStore();
    const old = await offer(store);
    await expect(claim(store, old, { now: start + 15 * minutes })).rejects.toThrow('it has expired');
    const newer = await offer(store, { now: start + minutes });
    await expect(claim(store, old)).rejects.toThrow('it was used or replaced');
    expect((await claim(store, newer)).person.id).toBe('ann');
  });

  it('that nobody made is refused, and fills no audit log', async () => {
    const store = createMemoryStore();
    await offer(store);
    for (const made of ['', 'adb_', `adb_${'x'.repeat(43)}`]) {
      await expect(claim(store, made)).rejects.toMatchObject({ code: 'agent.unauthorized' });
    }
    expect(await codes(store)).toEqual(['TOK003']);
  });

  it('is no access token, and an access token is no bootstrap token', async () => {
    const store = createMemoryStore();
    const token = await offer(store);
    expect(await ownerOfToken(store.settings, token, start)).toBeUndefined();
    const { token: access } = await claim(store, token);
    await expect(claim(store, access, ben)).rejects.toThrow('nobody made it');
  });
});

describe('where somebody administers the agent', () => {
  async function administered(): Promise<MemoryStore> {
    const store = createMemoryStore();
    await claim(store, await offer(store));
    return store;
  }

  it('no bootstrap token is made, but by broken glass with its reason in the audit log', async () => {
    const store = await administered();
    await expect(offer(store)).rejects.toMatchObject({
      code: 'change.not-allowed',
      message: 'Ann administers this agent already.',
    });
    const token = await offer(store, { brokenGlass: 'Ann has left, and her token with her.' });
    expect((await store.audit.rows({ from: 5, limit: 1 }))[0]?.entry).toMatchObject({
      code: 'TOK003',
      details: { brokenGlass: 'Ann has left, and her token with her.' },
    });
    expect((await claim(store, token, ben)).person).toMatchObject({ id: 'ben', roles: ['admin'] });
    expect(
      (await store.outbox.after(0, 10)).slice(2).map(({ topic, data }) => `${topic}: ${String(data['says'])}`),
    ).toEqual([
      expect.stringMatching(/^bootstrap\.made: root .*, with broken glass: Ann has left/),
      'bootstrap.used: Ben used the bootstrap token for http:ben.',
    ]);
  });

  it('one that was made before is good no more', async () => {
    const store = createMemoryStore();
    const token = await offer(store);
    await store.people.put({ id: 'eve', name: 'Eve', accounts: ['http:eve'], roles: ['admin'] }, linked);
    await expect(claim(store, token)).rejects.toThrow('somebody administers this agent already');
  });

  it("nobody's person or account is taken over by it, and it stays good for another", async () => {
    const store = await administered();
    const token = await offer(store, { brokenGlass: 'A drill.' });
    await expect(claim(store, token, { ...ben, account: 'http:ann' })).rejects.toMatchObject({ code: 'usage' });
    await expect(claim(store, token, { ...ben, person: { id: 'ann', name: 'Not Ann' } })).rejects.toMatchObject({
      code: 'usage',
    });
    expect((await claim(store, token, ben)).person.id).toBe('ben');
  });
});

it('when its record cannot be understood, none is accepted and none is made', async () => {
  const store = createMemoryStore();
  const token = await offer(store);
  await store.settings.put('bootstrap-tokens', { odd: true }, []);
  await expect(claim(store, token)).rejects.toMatchObject({ code: 'store.corrupt' });
  await expect(offer(store)).rejects.toMatchObject({ code: 'store.corrupt' });
});
