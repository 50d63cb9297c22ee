import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { SlackFailure } from '../slack/slack-failure.ts';
import { finishInstall, newInstallLink } from './install-visits.ts';
import type { InstallChoice } from './install-visits.ts';
import { openTokens } from './kept-tokens.ts';
import { sealingWith } from './sealing.ts';

const sealing = sealingWith([{ id: 'a', key: randomBytes(32) }]);

function installing(team = 'T1'): InstallChoice & { at: number } {
  const codes = new Set<string>();
  const made = {
    at: Date.parse('2027-01-15T08:00:00Z'),
    store: createMemoryBotStore(),
    sealing,
    log: () => {},
    slackApi: 'https://slack.com/api/',
    now: () => new Date(made.at),
    clientOf: async (app: string) =>
      app === 'A1' || app === 'A2' ? { clientId: '1.2', clientSecret: 's' } : undefined,
    redirectUri: (app: string) => `https://bot.example.com/slack/${app}/installed`,
    oauth: {
      exchange: async (_client: unknown, code: string) => {
        if (codes.has(code)) throw new SlackFailure('refused', 'invalid_code');
        codes.add(code);
        return {
          app: 'A1',
          team,
          enterprise: '',
          botUser: 'UB',
          token: `xoxb-${code}`,
          refreshToken: '',
          expiresIn: 0,
          scopes: [],
        };
      },
      refresh: async () => await Promise.reject(new Error('not part of this test')),
    },
  };
  return made;
}

async function stateOf(choice: InstallChoice, customer = 'acme'): Promise<string> {
  const { url } = await newInstallLink({ app: 'A1', customer, admin: 'ann' }, ['chat:write'], choice);
  return new URL(url).searchParams.get('state') ?? '';
}

const back = (state: string, code = 'c1'): URLSearchParams => new URLSearchParams({ state, code });

describe('a link to install the app', () => {
  it('leads to Slack with the scopes, and says nothing of the customer', async () => {
    const { url } = await newInstallLink(
      { app: 'A1', customer: 'acme', admin: 'ann' },
      ['chat:write', 'commands'],
      installing(),
    );
    expect(url).toMatch(
      /^https:\/\/slack\.com\/oauth\/v2\/authorize\?client_id=1\.2&scope=chat%3Awrite%2Ccommands&state=/,
    );
    expect(url).not.toMatch(/acme|ann/);
  });

  it('installs it for its customer, with the token sealed', async () => {
    const choice = installing();
    expect((await finishInstall('A1', back(await stateOf(choice)), choice)).status).toBe(200);
    const kept = await choice.store.installations.find('A1', 'T1', '');
    expect(kept).toMatchObject({ customer: 'acme', botUser: 'UB' });
    expect(kept?.sealed).not.toContain('xoxb');
    expect(kept === undefined ? '' : openTokens(sealing, kept).token).toBe('xoxb-c1');
  });

  it('is good once, and for ten minutes', async () => {
    const choice = installing();
    const state = await stateOf(choice);
    expect((await finishInstall('A1', back(state), choice)).status).toBe(200);
    expect((await finishInstall('A1', back(state, 'c2'), choice)).status).toBe(400);
    const old = await stateOf(choice);
    choice.at += 600_001;
    expect((await finishInstall('A1', back(old, 'c3'), choice)).status).toBe(400);
  });

  it("of somebody's own making, or for another app, installs nothing", async () => {
    const choice = installing();
    expect((await finishInstall('A1', back('invented'), choice)).status).toBe(400);
    expect((await finishInstall('A1', new URLSearchParams({ code: 'c1' }), choice)).status).toBe(400);
    const ofAnother = await finishInstall('A2', back(await stateOf(choice)), choice);
    expect(ofAnother.status).toBe(400);
    // Slack was not asked: the code is as good as it was.
    expect(await ofAnother.text()).toContain('This link was used before, or is too old.');
    expect(await choice.store.installations.list()).toEqual([]);
  });

  it('takes no workspace over from another customer', async () => {
    const choice = installing();
    await finishInstall('A1', back(await stateOf(choice)), choice);
    expect((await finishInstall('A1', back(await stateOf(choice, 'other'), 'c2'), choice)).status).toBe(409);
    expect(await choice.store.installations.find('A1', 'T1', '')).toMatchObject({ customer: 'acme' });
  });

  it('shows nothing of what came with the visitor', async () => {
    const answer = await finishInstall(
      'A1',
      new URLSearchParams({ state: '<script>', error: '<b>denied</b>' }),
      installing(),
    );
    expect(await answer.text()).not.toMatch(/script>|<b>/);
  });
});
