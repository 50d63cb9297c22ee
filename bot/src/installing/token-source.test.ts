import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import type { BotStore } from '@autodevops/domain/ports/bot-store';
import { SlackFailure } from '../slack/slack-failure.ts';
import { openTokens, sealTokens } from './kept-tokens.ts';
import { sealingWith } from './sealing.ts';
import { tokenSource } from './token-source.ts';
import type { TokenSource } from './token-source.ts';

const now = Date.parse('2027-01-15T08:00:00Z');
const [a, b] = [
  { id: 'a', key: randomBytes(32) },
  { id: 'b', key: randomBytes(32) },
];
const oldSealing = sealingWith([a]);
const place = { app: 'A1', team: 'T1', enterprise: '' };

interface Rotation {
  readonly store: BotStore;
  readonly refreshes: string[];
  readonly source: (holder: string) => TokenSource;
  readonly logged: string[];
}

/** Slack that takes each refresh token once. */
async function rotation(expiresIn: number, sealing = oldSealing): Promise<Rotation> {
  const store = createMemoryBotStore();
  const granted = { ...place, botUser: 'UB', scopes: [], token: 'xoxb-0', refreshToken: 'r-0', expiresIn };
  await store.installations.put({
    ...place,
    customer: 'acme',
    botUser: 'UB',
    installedAt: '2027-01-01T00:00:00Z',
    sealed: sealTokens(oldSealing, place, granted, now),
  });
  const refreshes: string[] = [];
  const logged: string[] = [];
  const source = (holder: string): TokenSource =>
    tokenSource({
      store,
      sealing,
      holder,
      now: () => now,
      log: (message) => void logged.push(message),
      wait: async () =>
        await new Promise((resolve) => {
          setTimeout(resolve, 1);
        }),
      clientOf: async () => ({ clientId: '1', clientSecret: 's' }),
      ownToken: async () => undefined,
      oauth: {
        exchange: async () => await Promise.reject(new Error('not part of this test')),
        refresh: async (_client, token) => {
          if (refreshes.includes(token)) throw new SlackFailure('refused', 'invalid_refresh_token');
          refreshes.push(token);
          await new Promise((resolve) => {
            setTimeout(resolve, 5);
          });
          return {
            ...granted,
            token: `xoxb-${refreshes.length}`,
            refreshToken: `r-${refreshes.length}`,
            expiresIn: 43_200,
          };
        },
      },
    });
  return { store, refreshes, source, logged };
}

describe('a token that is about to end', () => {
  it('is renewed once for twenty who want it at once', async () => {
    const { refreshes, source } = await rotation(60);
    const one = source('a');
    expect(new Set(await Promise.all(Array.from({ length: 20 }, async () => await one.tokenOf(place))))).toEqual(
      new Set(['xoxb-1']),
    );
    expect(refreshes).toEqual(['r-0']);
  });

  it('is renewed once for two processes', async () => {
    const { refreshes, source } = await rotation(60);
    expect(await Promise.all([source('a'), source('b')].map(async (one) => await one.tokenOf(place)))).toEqual([
      'xoxb-1',
      'xoxb-1',
    ]);
    expect(refreshes).toEqual(['r-0']);
  });

  it('is renewed in the background hours before', async () => {
    const { refreshes, source } = await rotation(3600);
    const one = source('a');
    expect(await one.tokenOf(place)).toBe('xoxb-0');
    expect(await one.renewAll(new AbortController().signal)).toBe(1);
    expect(await one.tokenOf(place)).toBe('xoxb-1');
    expect(await one.renewAll(new AbortController().signal)).toBe(0);
    expect(refreshes).toEqual(['r-0']);
  });
});

describe('what Slack gave for a refresh token, when the store does not take it', () => {
  const away = async (): Promise<never> =>
    await Promise.reject(new AutoDevOpsError('store.unavailable', 'The store is away.', ''));

  it('is tried again until it is kept', async () => {
    const { store, refreshes, source } = await rotation(60);
    const put = store.installations.put.bind(store.installations);
    let failures = 3;
    Object.assign(store.installations, {
      put: async (...given: Parameters<typeof put>) => (failures-- > 0 ? await away() : await put(...given)),
    });
    expect(await source('a').tokenOf(place)).toBe('xoxb-1');
    expect(await source('b').tokenOf(place)).toBe('xoxb-1');
    expect(refreshes).toEqual(['r-0']);
  });

  it('is used from memory, said loudly, and kept as soon as the store answers', async () => {
    const { store, refreshes, source, logged } = await rotation(60);
    const put = store.installations.put.bind(store.installations);
    Object.assign(store.installations, { put: away });
    const one = source('a');
    expect(await one.tokenOf(place)).toBe('xoxb-1');
    expect(logged).toContain(
      'A NEW TOKEN COULD NOT BE KEPT: it is tried again; if this process ends first, the app has to be installed again',
    );
    Object.assign(store.installations, { put });
    await one.renewAll(new AbortController().signal);
    expect(await source('b').tokenOf(place)).toBe('xoxb-1');
    expect(refreshes).toEqual(['r-0']);
  });

  it('gives way to whoever installed the app again meanwhile', async () => {
    const { store, source } = await rotation(60);
    const put = store.installations.put.bind(store.installations);
    const again = {
      ...place,
      botUser: 'UB',
      scopes: [],
      token: 'xoxb-again',
      refreshToken: 'r-again',
      expiresIn: 43_200,
    };
    Object.assign(store.installations, {
      put: async (...given: Parameters<typeof put>) => {
        Object.assign(store.installations, { put });
        await put({
          ...place,
          customer: 'acme',
          botUser: 'UB',
          installedAt: '2027-01-01T00:00:00Z',
          sealed: sealTokens(oldSealing, place, again, now),
        });
        return await put(...given);
      },
    });
    const one = source('a');
    await expect(one.tokenOf(place)).rejects.toMatchObject({ code: 'store.conflict' });
    expect(await one.tokenOf(place)).toBe('xoxb-again');
  });

  it('and was lost: it is said that the app has to be installed again', async () => {
    const { refreshes, source, logged } = await rotation(60);
    refreshes.push('r-0');
    await expect(source('a').tokenOf(place)).rejects.toMatchObject({ code: 'invalid_refresh_token' });
    expect(logged).toContain(
      'INSTALL THE APP AGAIN: Slack does not take its refresh token any more, so its token ends and is not followed by another',
    );
  });
});

describe('a token', () => {
  it('that an older key sealed is sealed with the newest, and no other is needed then', async () => {
    const { store, source, refreshes } = await rotation(43_200, sealingWith([b, a]));
    await source('a').renewAll(new AbortController().signal);
    const [kept] = await store.installations.list();
    expect(kept === undefined ? '' : openTokens(sealingWith([b]), kept).token).toBe('xoxb-0');
    expect(refreshes).toEqual([]);
  });

  it('is not sealed anew beside somebody who renews it: what Slack gave for it would be lost', async () => {
    const { store, source, refreshes } = await rotation(60, sealingWith([b, a]));
    const [token] = await Promise.all([source('a').tokenOf(place), source('b').renewAll(new AbortController().signal)]);
    const [kept] = await store.installations.list();
    expect([token, kept === undefined ? '' : openTokens(sealingWith([b]), kept).token]).toEqual(['xoxb-1', 'xoxb-1']);
    expect(refreshes).toEqual(['r-0']);
  });

  it('that holds is not renewed', async () => {
    const { refreshes, source } = await rotation(43_200);
    expect(await source('a').tokenOf(place)).toBe('xoxb-0');
    expect(refreshes).toEqual([]);
  });

  it('of an app that was uninstalled is none', async () => {
    const { store, source } = await rotation(43_200);
    await store.installations.remove('A1', 'T1', '');
    await expect(source('a').tokenOf(place)).rejects.toMatchObject({ code: 'not_installed' });
  });
});
