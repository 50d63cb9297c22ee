import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryBotStore } from '@autodevops/testkit/memory-bot-store';
import { startSlack } from '@autodevops/testkit/slack/start-slack';
import type { SlackStandIn } from '@autodevops/testkit/slack/slack-stand-in';
import { startBot } from './compose.ts';
import type { RunningBot } from './compose.ts';
import { BotConfiguration } from './configuration/bot-configuration.ts';
import { botRegistry } from './handling/handlers.ts';
import { appManifest } from './manifest/app-manifest.ts';
import { eventually } from './testing/bot-on-stand-in.ts';

/** What an agent of one customer was asked, and in whose name. */
interface Asked {
  readonly customer: string;
  readonly account: string;
  readonly path: string;
}

function accountIn(authorization: string | undefined): string {
  const claims = JSON.parse(Buffer.from((authorization ?? '').split('.')[1] ?? '', 'base64url').toString() || '{}') as {
    sub?: string;
    aud?: string;
  };
  return `${claims.aud ?? ''} ${claims.sub ?? ''}`;
}

const customers = ['acme', 'other'] as const;
type Customer = (typeof customers)[number];

/** Three workspaces, the third of nobody who is a customer, and a channel of the first that all three share by Slack Connect. */
describe('one bot for two customers', () => {
  const asked: Asked[] = [];
  const servers: Server[] = [];
  let slack: SlackStandIn;
  let bot: RunningBot;
  let folder: string;
  const store = createMemoryBotStore();
  const world = {} as {
    readonly apps: Readonly<Record<Customer, ReturnType<SlackStandIn['addApp']>>>;
    readonly teams: Readonly<Record<Customer | 'nobody', ReturnType<SlackStandIn['addTeam']>>>;
    readonly people: Readonly<Record<Customer | 'nobody', ReturnType<SlackStandIn['addUser']>>>;
    readonly shared: ReturnType<SlackStandIn['addChannel']>;
    readonly own: Readonly<Record<Customer, ReturnType<SlackStandIn['addChannel']>>>;
  };
  const byPeople = (): readonly Asked[] => asked.filter(({ account }) => !account.endsWith('slack:bot'));

  beforeAll(async () => {
    slack = await startSlack();
    folder = await mkdtemp(join(tmpdir(), 'autodevops-isolation-'));
    const teams = { acme: slack.addTeam('Acme'), other: slack.addTeam('Other'), nobody: slack.addTeam('Nobody') };
    const people = {
      acme: slack.addUser(teams.acme, { name: 'ann' }),
      other: slack.addUser(teams.other, { name: 'otto' }),
      nobody: slack.addUser(teams.nobody, { name: 'nina' }),
    };
    const manifest = appManifest(
      botRegistry(() => []),
      { name: 'Auto-DevOps', publicUrl: 'https://bot.example.com', app: 'A0', unfurlDomains: [], isDistributed: false },
    );
    const apps = { acme: slack.addApp({ manifest }), other: slack.addApp({ manifest }) };
    const installed = { acme: slack.install(apps.acme, teams.acme), other: slack.install(apps.other, teams.other) };
    const shared = slack.addChannel(teams.acme, {
      name: 'shared',
      members: Object.values(people),
      sharedWith: [teams.other, teams.nobody],
    });
    const own = {
      acme: slack.addChannel(teams.acme, { name: 'acme-ops', members: [people.acme] }),
      other: slack.addChannel(teams.other, { name: 'other-ops', members: [people.other] }),
    };
    slack.invite(shared, installed.acme.botUser);
    for (const name of customers) slack.invite(own[name], installed[name].botUser);
    const environment: Record<string, string> = {};
    for (const name of customers) {
      environment[`KEY_${name}`] = generateKeyPairSync('ed25519')
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString();
      environment[`BOT_${name}`] = installed[name].token;
      environment[`SIGN_${name}`] = apps[name].signingSecret;
      const server = createServer((request, response) => {
        asked.push({ customer: name, account: accountIn(request.headers.authorization), path: request.url ?? '' });
        request.resume();
        response.writeHead(404, { 'content-type': 'application/json' }).end(
          JSON.stringify({
            error: { code: 'object.not-found', what: 'There is nothing.', remedy: '', reference: 'r' },
          }),
        );
      });
      await new Promise<void>((resolve) => {
        server.listen(join(folder, `${name}.sock`), resolve);
      });
      servers.push(server);
    }
    bot = await startBot({
      folder,
      environment,
      openedStore: store,
      writeLog: () => {},
      configuration: BotConfiguration.parse({
        transport: { kind: 'http', port: 0 },
        slackApi: slack.apiUrl,
        limits: {
          ...BotConfiguration.shape.limits.parse(undefined),
          perPersonAMinute: 1000,
          perWorkspaceAMinute: 100_000,
        },
        apps: customers.map((name) => ({
          id: apps[name].id,
          customer: name,
          botToken: { env: `BOT_${name}` },
          signingSecret: { env: `SIGN_${name}` },
        })),
        customers: customers.map((name) => ({
          name,
          agent: { socket: `${name}.sock` },
          issuer: { key: { env: `KEY_${name}` } },
        })),
      }),
    });
    for (const name of customers) {
      apps[name].requestUrl = `http://127.0.0.1:${bot.port ?? 0}/slack/${apps[name].id}/events`;
    }
    Object.assign(world, { apps, teams, people, shared, own });
  });

  afterAll(async () => {
    await bot.stop();
    await slack.close();
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    await rm(folder, { recursive: true, force: true });
  });

  const quiet = async (): Promise<void> => {
    await slack.quiet();
    await new Promise((resolve) => {
      setTimeout(resolve, 600);
    });
  };

  it("asks each customer's agent for his own people, in their names", async () => {
    for (const name of customers) await slack.person(world.people[name]).slash('/jamie', 'changes', world.own[name]);
    await eventually('both agents are asked', () =>
      customers.every((name) => byPeople().some((one) => one.customer === name)),
    );
    for (const { customer, account } of byPeople()) {
      expect(account).toBe(
        `${customer} slack:${world.teams[customer as Customer].id}/${world.people[customer as Customer].id}`,
      );
    }
  });

  const interactions = (
    team: string,
    user: string,
    home: string,
    channel: string,
  ): readonly Readonly<Record<string, unknown>>[] => {
    const common = {
      team: { id: team },
      user: { id: user, team_id: home },
      channel: { id: channel },
      container: { type: 'message', channel_id: channel, message_ts: '1.1' },
      message: { ts: '1.1' },
      trigger_id: `t.${Math.random()}`,
      response_url: `${slack.apiUrl}../none`,
    };
    const registry = botRegistry(() => []);
    return registry.handlers.flatMap(({ name }): readonly Readonly<Record<string, unknown>>[] => {
      const [kind = '', called = ''] = [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)];
      if (kind === 'action') {
        return [
          {
            type: 'block_actions',
            ...common,
            actions: [
              {
                type: 'button',
                action_id: called,
                block_id: 'b',
                action_ts: `${Math.random()}`,
                value: 'chg-abcdef1234 sha256:0123456789abcdef0123456789abcdef',
              },
              {
                type: 'button',
                action_id: called,
                block_id: 'c',
                action_ts: `${Math.random()}`,
                value: 'inc-abcdef1234',
              },
            ],
          },
        ];
      }
      if (kind === 'shortcut') {
        return [{ type: 'message_action', callback_id: called, ...common, message: { ts: '1.1', text: 'x', user } }];
      }
      if (kind === 'command') {
        return [
          {
            command: called,
            text: 'changes',
            team_id: team,
            user_id: user,
            channel_id: channel,
            trigger_id: `t.${Math.random()}`,
            response_url: `${slack.apiUrl}../none`,
          },
        ];
      }
      return [];
    });
  };
  const events = (
    team: string,
    user: string,
    home: string,
    channel: string,
  ): readonly Readonly<Record<string, unknown>>[] =>
    ['app_mention', 'message', 'app_home_opened', 'agent_session_stopped'].map((type) => ({
      type: 'event_callback',
      event_id: `Ev${Math.random()}`,
      team_id: home,
      context_team_id: team,
      authorizations: [{ team_id: team, is_bot: true, is_enterprise_install: false }],
      event: {
        type,
        user,
        user_team: home,
        channel,
        channel_type: 'channel',
        thread_ts: '1.1',
        ts: '1.2',
        text: 'changes',
        tab: 'home',
      },
    }));

  it('does nothing for people of another company, by any command, button, shortcut or event, whatever home they claim', async () => {
    const before = byPeople().length;
    for (const stranger of ['other', 'nobody'] as const) {
      const { id } = world.people[stranger];
      for (const home of [world.teams[stranger].id, world.teams.acme.id]) {
        for (const payload of interactions(world.teams.acme.id, id, home, world.shared.id)) {
          await slack.forge(world.apps.acme, 'command' in payload ? 'command' : 'interaction', {
            ...payload,
            api_app_id: world.apps.acme.id,
          });
        }
        for (const payload of events(world.teams.acme.id, id, home, world.shared.id)) {
          await slack.forge(world.apps.acme, 'event', { ...payload, api_app_id: world.apps.acme.id });
        }
      }
    }
    await quiet();
    expect(byPeople().slice(before)).toEqual([]);
  });

  it("does nothing where one customer's app names the other's workspace", async () => {
    const before = byPeople().length;
    for (const payload of [
      ...interactions(world.teams.other.id, world.people.other.id, world.teams.other.id, world.own.other.id),
      ...interactions(world.teams.other.id, world.people.acme.id, world.teams.acme.id, world.own.acme.id),
    ]) {
      await slack.forge(world.apps.acme, 'command' in payload ? 'command' : 'interaction', {
        ...payload,
        api_app_id: world.apps.acme.id,
      });
    }
    for (const payload of events(
      world.teams.other.id,
      world.people.other.id,
      world.teams.other.id,
      world.own.other.id,
    )) {
      await slack.forge(world.apps.acme, 'event', { ...payload, api_app_id: world.apps.acme.id });
    }
    await quiet();
    expect(byPeople().slice(before)).toEqual([]);
  });

  it("takes nothing that is signed by one customer's app and names the other's", async () => {
    const outcomes = await Promise.all(
      interactions(world.teams.other.id, world.people.other.id, world.teams.other.id, world.own.other.id).map(
        async (payload) =>
          await slack.forge(world.apps.acme, 'command' in payload ? 'command' : 'interaction', {
            ...payload,
            api_app_id: world.apps.other.id,
          }),
      ),
    );
    expect(outcomes.every(({ isAcknowledged, status }) => !isAcknowledged && status === 403)).toBe(true);
  });

  it("writes nothing of one customer into the other's channel", async () => {
    const place = { app: world.apps.other.id, team: world.teams.other.id, channel: world.own.other.id };
    await store.messages.want([
      {
        key: 'incident/inc-acme1/root',
        customer: 'acme',
        lane: 'incident',
        place,
        content: { text: 'of acme' },
        digest: 'd',
      },
    ]);
    await eventually('it is given up', async () => (await store.messages.dead(10)).length === 1);
    expect(
      slack
        .person(world.people.other)
        .sees(world.own.other)
        .some(({ text }) => text === 'of acme'),
    ).toBe(false);
  });

  it('does for his own people what it did for no other above', async () => {
    const before = byPeople().length;
    const { id } = world.people.acme;
    const all = [
      ...interactions(world.teams.acme.id, id, world.teams.acme.id, world.own.acme.id),
      ...events(world.teams.acme.id, id, world.teams.acme.id, world.own.acme.id),
    ];
    for (const payload of all) {
      await slack.forge(
        world.apps.acme,
        'command' in payload ? 'command' : 'event' in payload ? 'event' : 'interaction',
        { ...payload, api_app_id: world.apps.acme.id },
      );
    }
    // How many there are depends on which of them still find their form open: of each sort there is one.
    const sorts = ['/v1/recent-changes', '/v1/fixes', '/v1/diagnose', '/v1/incidents/', '/v1/conversations'];
    const asked = (): typeof sorts =>
      sorts.filter((sort) =>
        byPeople()
          .slice(before)
          .some(({ path }) => path.startsWith(sort)),
      );
    await eventually('his agent is asked for each of it', () => asked().length === sorts.length);
    const done = byPeople().slice(before);
    expect(new Set(done.map(({ customer }) => customer))).toEqual(new Set(['acme']));
  });
});
