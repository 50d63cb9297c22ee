import { describe, expect, it } from 'vitest';
import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import type { BotStore, KeptInstallation } from '@autodevops/domain/ports/bot-store';
import type { WorkspaceEvent } from '../handling/workspace-event.ts';
import { originOf } from '../receiving/origin.ts';
import { fakeSlack } from '../testing/fake-slack.ts';
import { inboundEvent } from '../testing/surroundings.ts';
import { appUninstalled, teamAccessRevoked, tokensRevoked } from './leaving.ts';

const installedAt = '2027-01-15T08:00:00.000Z';
const seconds = Date.parse(installedAt) / 1000;

async function installed(store: BotStore, place: Partial<KeptInstallation> = {}): Promise<KeptInstallation> {
  return await store.installations.put({
    app: 'A1',
    team: 'T1',
    enterprise: '',
    customer: 'acme',
    botUser: 'UB',
    sealed: '',
    installedAt,
    ...place,
  });
}

/** Slack tells of something; gives what is installed afterwards, by workspace and organisation. */
async function told(
  handler: WorkspaceEvent,
  store: BotStore,
  given: { readonly event: object; readonly [more: string]: unknown },
): Promise<readonly string[]> {
  const payload = { api_app_id: 'A1', team_id: 'T1', authorizations: [{ team_id: 'T1' }], ...given };
  const origin = originOf(payload);
  const installation = await store.installations.find(origin.app, origin.team, origin.enterprise);
  await handler.handle({
    event: inboundEvent({ handler: handler.name, payload }),
    origin,
    installation: installation ?? expect.fail('nothing is installed there'),
    slack: fakeSlack().api,
    store,
    forget: () => {},
    signal: new AbortController().signal,
    log: () => {},
  });
  return (await store.installations.list()).map(({ team, enterprise }) => `${team}/${enterprise}`);
}

describe('an installation', () => {
  it('goes when the app was uninstalled, or when its own token was revoked', async () => {
    for (const [handler, event] of [
      [appUninstalled, {}],
      [tokensRevoked, { tokens: { bot: ['UB'] } }],
    ] as const) {
      const store = createMemoryBotStore();
      await installed(store);
      expect(await told(handler, store, { event, event_time: seconds + 60 })).toEqual([]);
    }
  });

  it('that was made anew stays when Slack tells of the one before it', async () => {
    for (const [handler, event] of [
      [appUninstalled, {}],
      [tokensRevoked, { tokens: { bot: ['UB'] } }],
    ] as const) {
      const store = createMemoryBotStore();
      await installed(store);
      expect(await told(handler, store, { event, event_time: seconds - 1 })).toEqual(['T1/']);
    }
  });

  it("stays when somebody else's token was revoked", async () => {
    const store = createMemoryBotStore();
    await installed(store);
    expect(await told(tokensRevoked, store, { event: { tokens: { oauth: ['U1'], bot: ['UX'] } } })).toEqual(['T1/']);
  });
});

describe("an organisation's installation", () => {
  const event = { tokens: { bot: ['UB'] } };
  const ofWorkspace = { authorizations: [{ team_id: 'T1', enterprise_id: 'E1' }], enterprise_id: 'E1' };

  it('stays when the app goes from one workspace, which had one of its own', async () => {
    const store = createMemoryBotStore();
    await installed(store, { team: '', enterprise: 'E1' });
    await installed(store, { enterprise: 'E1' });
    // Slack tells twice: the second time only the organisation's is found.
    for (const handler of [appUninstalled, tokensRevoked]) {
      expect(await told(handler, store, { event, ...ofWorkspace })).toEqual(['/E1']);
    }
  });

  it('goes when the organisation removes it', async () => {
    const store = createMemoryBotStore();
    await installed(store, { team: '', enterprise: 'E1' });
    const authorizations = [{ team_id: 'T1', enterprise_id: 'E1', is_enterprise_install: true }];
    expect(await told(appUninstalled, store, { event, authorizations })).toEqual([]);
  });

  it('keeps its channels but those of workspaces that do not have the app any more', async () => {
    const store = createMemoryBotStore();
    await installed(store, { team: '', enterprise: 'E1' });
    for (const [team, channel] of [
      ['T1', 'C1'],
      ['T2', 'C2'],
    ] as const) {
      const use = { customer: 'acme', use: 'incidents' as const, isSuspended: false, why: '' };
      await store.channels.put({ app: 'A1', team, channel, ...use });
    }
    expect(await told(teamAccessRevoked, store, { event: { team_ids: ['T2', 'T9'] }, ...ofWorkspace })).toEqual([
      '/E1',
    ]);
    expect((await store.channels.ofCustomer('acme')).map(({ channel }) => channel)).toEqual(['C1']);
  });
});
