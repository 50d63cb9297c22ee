import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { startSlack } from '@autodevops/testkit/slack/start-slack';
import type { SlackStandIn } from '@autodevops/testkit/slack/slack-stand-in';
import type { SlackApp } from '@autodevops/testkit/slack/state/apps';
import type { User } from '@autodevops/testkit/slack/state/workspaces';
import type { BotChoice } from '../bot-choice.ts';
import { startBot } from '../compose.ts';
import type { RunningBot } from '../compose.ts';
import { installLinkFor } from './compose.ts';
import { BotConfiguration } from '../configuration/bot-configuration.ts';
import { handler } from '../handling/handler.ts';
import { registryOf } from '../handling/registry.ts';
import { appManifest } from '../manifest/app-manifest.ts';
import { eventually } from '../testing/bot-on-stand-in.ts';
import { appUninstalled, tokensRevoked } from './leaving.ts';

const worked: string[] = [];
const registry = registryOf(
  [
    handler({
      name: 'command./echo',
      payload: z.looseObject({ response_url: z.string() }),
      need: 'read',
      listing: { description: 'Says it again.' },
      handle: async ({ response_url: url }, { slack, customer, actor, signal }) => {
        worked.push(`${customer} ${actor.user.name}`);
        await slack.respond(url, { text: 'heard', blocks: [] }, signal);
      },
    }),
  ],
  [appUninstalled, tokensRevoked],
);

interface Scene {
  readonly slack: SlackStandIn;
  readonly app: SlackApp;
  readonly bot: RunningBot;
  readonly choice: BotChoice;
  readonly store: ReturnType<typeof createMemoryBotStore>;
  readonly install: (by: User, customer: string, forOrganisation?: boolean) => Promise<number>;
}

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.bot.stop();
  await scene?.slack.close();
  scene = undefined;
  worked.length = 0;
});

const publicUrl = 'https://bot.example.com';

async function started(): Promise<Scene> {
  const slack = await startSlack();
  const app = slack.addApp({
    manifest: {
      ...appManifest(registry, { name: 'Auto-DevOps', publicUrl, app: 'A0', unfurlDomains: [], isDistributed: true }),
      oauth_config: {
        redirect_urls: [publicUrl],
        scopes: { bot: ['chat:write', 'commands', 'users:read', 'channels:read', 'groups:read'] },
      },
    },
    distribution: 'commercial',
  });
  const store = createMemoryBotStore();
  const choice: BotChoice = {
    folder: '/',
    registry,
    openedStore: store,
    writeLog: () => {},
    environment: { SIGN: app.signingSecret, CLIENT: app.clientSecret, SEAL: randomBytes(32).toString('base64') },
    configuration: BotConfiguration.parse({
      transport: { kind: 'http', port: 0, publicUrl },
      slackApi: slack.apiUrl,
      sealing: [{ id: 'a', key: { env: 'SEAL' } }],
      apps: [
        {
          id: app.id,
          signingSecret: { env: 'SIGN' },
          oauth: { clientId: app.clientId, clientSecret: { env: 'CLIENT' } },
        },
      ],
      customers: ['acme', 'other'].map((name) => ({
        name,
        agent: { socket: '/nowhere' },
        issuer: { key: { env: 'NONE' } },
      })),
    }),
  };
  const bot = await startBot(choice);
  app.requestUrl = `http://127.0.0.1:${bot.port ?? 0}/slack/${app.id}/events`;
  scene = {
    slack,
    app,
    bot,
    choice,
    store,
    install: async (by, customer, forOrganisation = false) => {
      const { url } = await installLinkFor({ app: app.id, customer, admin: 'ann' }, choice);
      const wanted = new URL(url);
      // The bot asks for its own scopes; this app has those of the handler above.
      wanted.searchParams.set('scope', 'chat:write,commands,users:read,channels:read,groups:read');
      const back = slack.authorise(wanted.href, by, { forOrganisation });
      if (back === undefined) throw new Error('Slack shows an error');
      return (await fetch(back.replace(publicUrl, `http://127.0.0.1:${bot.port ?? 0}`))).status;
    },
  };
  return scene;
}

describe('an app that is installed by a link', () => {
  it('works for its customer in each workspace, and leaves nothing behind when it goes', async () => {
    const { slack, store, install } = await started();
    const [acme, other] = [slack.addTeam('Acme'), slack.addTeam('Other')];
    const [ann, otto] = [
      slack.addUser(acme, { name: 'ann', isAdmin: true }),
      slack.addUser(other, { name: 'otto', isAdmin: true }),
    ];
    expect(await install(ann, 'acme')).toBe(200);
    expect(await install(otto, 'other')).toBe(200);
    await slack.person(ann).slash('/echo', '', slack.addChannel(acme, { name: 'ops', members: [ann] }));
    await slack.person(otto).slash('/echo', '', slack.addChannel(other, { name: 'ops', members: [otto] }));
    await eventually('both were heard', () => worked.length === 2);
    expect(worked.toSorted()).toEqual(['acme ann', 'other otto']);
    const installation = slack.state.installations.find(({ team }) => team === acme);
    if (installation !== undefined) slack.uninstall(installation);
    await eventually('it is gone', async () => (await store.installations.list()).length === 1);
    expect((await store.installations.list())[0]).toMatchObject({ customer: 'other' });
  });

  it('is not taken over for another customer', async () => {
    const { slack, store, install } = await started();
    const acme = slack.addTeam('Acme');
    const ann = slack.addUser(acme, { name: 'ann', isAdmin: true });
    expect(await install(ann, 'acme')).toBe(200);
    expect(await install(ann, 'other')).toBe(409);
    expect(await store.installations.list()).toMatchObject([{ customer: 'acme' }]);
  });

  it('of a whole organisation works in each of its workspaces', async () => {
    const { slack, install } = await started();
    const enterprise = slack.addEnterprise('Big');
    const [one, two] = [slack.addTeam('One', enterprise), slack.addTeam('Two', enterprise)];
    const [ann, bob] = [slack.addUser(one, { name: 'ann', isAdmin: true }), slack.addUser(two, { name: 'bob' })];
    expect(await install(ann, 'acme', true)).toBe(200);
    await slack.person(bob).slash('/echo', '', slack.addChannel(two, { name: 'ops', members: [bob] }));
    await eventually('he was heard', () => worked.length === 1);
    expect(worked).toEqual(['acme bob']);
  });
});
